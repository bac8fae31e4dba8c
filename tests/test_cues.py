"""What an editor sees turn a claim: cues by kind and value, in three languages."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from auditor.lang.base import language
from auditor.lang.cue_kinds import KINDS
from auditor.lang.cue_table import find, parse
from auditor.lang.ja.cues import LEFT_OUT

_CASES = Path(__file__).parent / "cases"


def _rows() -> list[tuple[str, str, str]]:
    rows = []
    for lang in ("en", "zh", "ja"):
        for line in (_CASES / f"cues_{lang}.tsv").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                text, expected, _ = line.split("\t")
                rows.append((lang, text, expected))
    return rows


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
@pytest.mark.parametrize("name", ["cues", "answers", "footing", "rungs", "tone_words"])
def test_no_table_says_a_thing_twice(lang: str, name: str) -> None:
    text = (resources.files(f"auditor.lang.{lang}") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    cells = 2 if name == "tone_words" else None  # a word has one rung of a kind
    rows = [tuple(row.split("\t")[:cells]) for row in text.splitlines() if row and not row.startswith("#")]
    assert [row for row, times in Counter(rows).items() if times > 1] == []


@pytest.mark.parametrize("name", ["cues", "answers", "footing", "rungs"])
def test_no_japanese_row_has_a_word_that_is_left_out_before_the_tables_are_asked(name: str) -> None:
    text = (resources.files("auditor.lang.ja") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    surfaces = [row.split("\t")[0] for row in text.splitlines() if row and not row.startswith("#")]
    assert [surface for surface in surfaces if not LEFT_OUT.isdisjoint(surface.split())] == []


@pytest.mark.parametrize(("lang", "text", "expected"), _rows())
def test_a_word_that_turns_the_claim_is_read_and_a_lookalike_is_not(lang: str, text: str, expected: str) -> None:
    cues = language(lang).read(text).cues
    read = {f"{c.kind}/{c.value}" for c in cues}
    for want in expected.split(", "):
        if want.startswith("!"):
            assert not [c for c in cues if c.kind == want[1:]], (text, cues)
        else:
            assert want in read, (text, cues)


@pytest.mark.parametrize(("lang", "text", "expected"), _rows())
def test_a_cue_points_at_its_words_and_has_a_known_kind(lang: str, text: str, expected: str) -> None:
    for cue in language(lang).read(text).cues:
        assert text[cue.start : cue.end] == cue.text
        assert cue.value in KINDS[cue.kind]


def test_the_longest_row_wins_and_no_word_is_read_twice() -> None:
    table = parse("not\tnegation\tnot\nnot only\t-\nmust not\tobligation+negation\tforbidden+not\n")
    forms = [frozenset({w}) for w in ["you", "must", "not", "only", "look"]]
    assert [entry.items for entry, _ in find(table, forms)] == [("not", "only")]


def test_a_table_with_an_unknown_kind_names_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse("not\tnegation\tnot\nmaybe\tcertainty\tperhaps\n")
