"""Packaged tables that are looked up by bisection: every word of them is found, in order."""

from __future__ import annotations

import gzip
from importlib import resources

import pytest

from auditor.lang.en.frequency import zipf
from auditor.lang.en.morphology import all_inflections, all_lemmas, inflection
from auditor.lang.rows import in_order, packaged, rows

TABLES = [
    ("en", "tone.tsv.gz"),
    ("en", "words_lemmas.tsv.gz"),
    ("ja", "tone.tsv.gz"),
    ("ja", "words_support.tsv.gz"),
    ("zh", "tone.tsv.gz"),
    ("zh", "words_support.tsv.gz"),
]


@pytest.mark.parametrize(("lang", "name"), TABLES)
def test_a_table_is_in_the_order_of_its_keys(lang: str, name: str) -> None:
    keys = list(packaged(lang, name).keys())
    assert keys == sorted(keys)


def test_every_synset_is_found() -> None:
    data = (resources.files("auditor.lang.en") / "data" / "words_synsets.tsv.gz").read_bytes()
    lines = [line.partition("\t") for line in gzip.decompress(data).decode().split("\n") if line and line[0] != "#"]
    table = in_order(packaged("en", "words_synsets.tsv.gz"))
    assert all(table.get(key) == cells for key, _, cells in lines[::7])


def test_rows_of_a_key_keep_their_order_and_neighbours_are_not_taken_for_it() -> None:
    table = rows("# head\nab\t2\nab\t1\nab c\t3\nabc\t4\n")
    assert (table.all("ab"), table.get("ab"), table.get("abc"), table.get("a"), "ab c" in table, len(table)) == (
        ["2", "1"],
        "2",
        "4",
        None,
        True,
        4,
    )


@pytest.mark.parametrize(
    "phrase",
    [
        "house",
        "New York",
        "utterly ludicrous",
        "qwzxv",
        "don't",
        "19th century",
        "co-operate",
        "U.S. Federal Reserve",
        "12-yard",
        "women's rights",
        "Müller",
        "",
        "a  b",
    ],
)
def test_a_word_is_as_common_as_wordfreq_says(phrase: str) -> None:
    from wordfreq import zipf_frequency

    assert zipf(phrase) == zipf_frequency(phrase, "en")


@pytest.mark.parametrize("word", ["left", "book shelves", "can", "be", "dogs", "Running", "zorbify", "axes"])
def test_inflections_are_those_of_lemminflect(word: str) -> None:
    from lemminflect.core.Inflections import InflectionLUCodec, Inflections
    from lemminflect.core.Lemmatizer import LemmaLUCodec, Lemmatizer, OverridesCodec

    lemmatizer = Lemmatizer()
    whole = LemmaLUCodec.load(lemmatizer.lemma_lu_fn).get(word.lower(), {}) | OverridesCodec.load(lemmatizer.overrides_fn).get(
        word.lower(), {}
    )
    assert {pos: tuple(f.lower() for f in forms) for pos, forms in all_lemmas(word).items()} == whole

    forms = InflectionLUCodec.load(Inflections().infl_lu_fn).get(word, {})
    assert set(forms) <= set(all_inflections(word))
    assert inflection("walk", "VBD") == ("walked",)
