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


@pytest.mark.parametrize(
    ("lang", "usual", "other"),
    [("zh", "最高法院", "高等法院"), ("ja", "連邦憲法裁判所", "連邦最高裁判所")],
)
def test_a_term_rendered_in_another_way_once_is_noted(lang: str, usual: str, other: str) -> None:
    says = {
        "zh": ("{}今天裁决。", "部长称赞{}。", "{}的法官辞职。", "下雨了。"),
        "ja": ("{}は判断を下した。", "大臣は{}を称賛した。", "{}の判事が辞めた。", "雨だ。"),
    }[lang]
    english = (
        "The Federal Court ruled today.",
        "The minister praised the Federal Court.",
        "A judge of the Federal Court left.",
        "It rained.",
    )
    same = [(e, t.format(usual)) for e, t in zip(english, says, strict=True)]
    assert drifts(CHECK, document(lang, same)) == []
    (found,) = drifts(CHECK, document(lang, [*same[:2], (english[2], says[2].format(other)), same[3]]))
    assert (found.type, found.severity, found.passage) == ("inconsistent", "minor", f"{lang}-0002")
    assert found.target is not None and other in found.message
    assert drifts(CHECK, document(lang, [*same[:2], (english[2], says[2].format(usual[-2:])), same[3]])) == []  # a short form
