"""Words: tokens stand where they say, and mean what they commonly mean."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from auditor.lang.base import language
from auditor.lang.en import lexicon
from auditor.lang.en.words import read_words
from auditor.lang.senses import Sense, ordered, senses_of

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "words_senses.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
TEXTS = {
    "en": "“We're ready,” said Dr. O’Brien at 9 a.m.; the U.S. team's café isn't.",
    "zh": "“我们准备好了，”王医生说，共有１，９００万美元和ＡＢＣ公司的 3 份合同。",
    "ja": "「準備ができた」と山田さんは言った。１，９００万ドルとＡＢＣ社の 3 つの契約。",
}


@pytest.mark.parametrize(("lang", "text", "token", "sense"), ROWS)
def test_a_word_means_what_it_commonly_means(lang: str, text: str, token: str, sense: str) -> None:
    words = language(lang).words(language(lang).fold(text).text)
    found = {w.text: w.senses for w in words}
    assert token in found, [w.text for w in words]
    assert found[token] == () if sense == "-" else sense in found[token][:5]


@pytest.mark.parametrize("lang", TEXTS)
def test_every_token_stands_where_it_says_and_none_is_lost(lang: str) -> None:
    folded = language(lang).fold(TEXTS[lang]).text
    words = language(lang).words(folded)
    assert all(folded[w.start : w.end] == w.text for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert "".join(w.text for w in words) == "".join(folded.split())


@pytest.mark.parametrize(
    ("definition", "pos", "senses"),
    [
        ("to state; to show (sth)", "", [("state", "verb"), ("show", "verb")]),
        ("variant of 著[zhe5]", "", []),
        ("CL:個|个[ge4]", "", []),
        ("surname Wang", "", []),
        ("also pr. [di4]", "", []),
        ("classifier for flat objects", "", []),
        ("white man or woman", "", [("white man", ""), ("white woman", "")]),
        ("to be unable to", "", [("unable to", "adj")]),
        ("to marry sb", "", [("marry", "verb")]),
        ("every day", "", [("every day", "")]),
        ("to see", "", [("see", "verb")]),
        ("to indicate", "", [("indicate", "verb")]),
        ("as ... as one can", "", []),
        ("government (of a country)", "noun", [("government", "noun")]),
        ("a very long story that nobody ever heard before", "noun", []),
    ],
)
def test_definitions_become_bare_lemmas(definition: str, pos: str, senses: list[tuple[str, str]]) -> None:
    assert [(s.english, s.pos) for s in senses_of(definition, pos)] == senses


def test_what_compounds_bear_out_comes_first() -> None:
    senses = (Sense("exit", ""), Sense("export", "verb"))
    assert ordered((*senses, Sense("leave", "verb")), "verb", {})[0] == "export"
    assert ordered(senses, "noun", {}) == ("exit", "export")
    assert ordered(senses, "verb", {"export": 7, "exit": 1}) == ("export", "exit")


@pytest.mark.parametrize(
    ("text", "token", "lemma", "pos"),
    [
        ("He left the room.", "left", "leave", "verb"),
        ("The left wing won.", "left", "left", "adj"),
        ("They want to rally.", "rally", "rally", "verb"),
        ("The rallies ended.", "rallies", "rally", "noun"),
        ("Kowalczyk resigned.", "Kowalczyk", "kowalczyk", "name"),
    ],
)
def test_english_words_are_read_in_their_place(text: str, token: str, lemma: str, pos: str) -> None:
    word = next(w for w in read_words(text) if w.text == token)
    assert (word.lemma, word.pos) == (lemma, pos)


@pytest.mark.parametrize(
    ("lemma", "antonym"),
    [
        ("increase", "decrease"),
        ("legal", "illegal"),
        ("win", "lose"),
        ("lukewarm", "enthusiastic"),
        ("likely", "unlikely"),
        ("allow", "forbid"),
    ],
)
def test_opposites_are_known_both_ways(lemma: str, antonym: str) -> None:
    assert antonym in lexicon.antonyms(lemma)
    assert lexicon.antonyms(antonym)


def test_families_synonyms_and_siblings() -> None:
    assert "announcement" in lexicon.derivations("announce")
    assert "purchase" in lexicon.synonyms("buy")
    assert lexicon.siblings("monday", "tuesday")
    assert not lexicon.siblings("car", "happiness")
    assert lexicon.part("government") == "noun"
    assert lexicon.vector("zzzzqq") is None
