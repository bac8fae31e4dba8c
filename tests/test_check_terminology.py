"""A glossary is kept to."""

from __future__ import annotations

import pytest

from auditor.checks.base import Term
from auditor.checks.terminology import CHECK
from tests.names_kit import document, drifts, rows

ROWS = rows("terminology.tsv")


@pytest.mark.parametrize(("expect", "lang", "glossary", "english", "translation", "note"), ROWS, ids=[f"{r[1]}-{r[5]}" for r in ROWS])
def test_a_glossary_is_kept_to(expect: str, lang: str, glossary: str, english: str, translation: str, note: str) -> None:
    source, targets = glossary.split("=")
    doc = document(lang, [(english, translation)], (Term(source, lang, tuple(targets.split("|"))),))
    assert bool([d for d in drifts(CHECK, doc) if d.severity == "major"]) == (expect == "fire")


def test_a_later_mention_that_is_left_out_is_minor() -> None:
    term = Term("Harbour Board", "ja", ("港湾委員会",))
    lines = [("The Harbour Board met.", "港湾委員会が開かれた。"), ("The Harbour Board voted.", "採決が行われた。")]
    assert [d.severity for d in drifts(CHECK, document("ja", lines, (term,)))] == ["minor"]


def test_a_term_of_another_language_is_not_this_ones() -> None:
    assert drifts(CHECK, document("ja", [("The Harbour Board met.", "会議があった。")], (Term("Harbour Board", "zh", ("港务局",)),))) == []
