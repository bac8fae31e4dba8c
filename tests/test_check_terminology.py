"""A glossary is kept to."""

from __future__ import annotations

import time

import pytest

from auditor.checks.base import Term
from auditor.checks.terminology import CHECK
from tests.names_kit import document, drifts, rows

ROWS = rows("terminology.tsv")


def term(entry: str, lang: str) -> Term:
    source, _, said = entry.partition("=")
    targets = [t for t in said.split("|") if t]
    allowed = tuple(t for t in targets if not t.startswith("!"))
    return Term(source, lang, allowed, tuple(t[1:] for t in targets if t.startswith("!")), allowed == (source,))


@pytest.mark.parametrize(("expect", "lang", "glossary", "english", "translation", "note"), ROWS, ids=[f"{r[1]}-{r[5]}" for r in ROWS])
def test_a_glossary_is_kept_to(expect: str, lang: str, glossary: str, english: str, translation: str, note: str) -> None:
    doc = document(lang, [(english, translation)], tuple(term(entry, lang) for entry in glossary.split("; ")))
    assert bool([d for d in drifts(CHECK, doc) if d.severity == "major"]) == (expect == "fire")


def test_a_later_mention_that_is_left_out_is_minor() -> None:
    term = Term("Harbour Board", "ja", ("港湾委員会",))
    lines = [("The Harbour Board met.", "港湾委員会が開かれた。"), ("The Harbour Board voted.", "採決が行われた。")]
    assert [d.severity for d in drifts(CHECK, document("ja", lines, (term,)))] == ["minor"]


def test_case_is_as_the_glossary_tells() -> None:
    english, chinese = "It costs more. IT costs more.", "信息技术更贵。"
    for case, said in ((None, "IT"), (True, "IT"), (False, "It")):
        entry = Term("IT", "zh", ("资讯科技",), case_sensitive=case)
        (found,) = drifts(CHECK, document("zh", [(english, chinese)], (entry,)))
        assert found.source is not None and found.source.text == said
    lower = Term("apple", "zh", ("苹果",), case_sensitive=True)
    assert drifts(CHECK, document("zh", [("Apple rose.", "果子公司上涨。")], (lower,))) == []


def test_a_forbidden_rendering_is_shown_where_it_stands() -> None:
    entry = Term("debt brake", "zh", ("债务刹车",), ("債務剎車", "负债刹车"), note="house style 4")
    lines = [("It rained.", "下雨了。"), ("The debt brake was changed.", "昨天，負債剎車被修改了。")]
    (found,) = drifts(CHECK, document("zh", lines, (entry,)))
    doc = document("zh", lines, (entry,))
    assert found.target is not None and found.source is not None
    assert (found.type, found.severity, found.target.text, found.source.text) == ("forbidden", "major", "負債剎車", "debt brake")
    assert doc.target_text[found.target.start : found.target.end] == found.target.text
    assert found.evidence["note"] == "house style 4" and found.message == "负债刹车 must not stand for debt brake; use 债务刹车"


@pytest.mark.parametrize(
    ("wanted", "forbidden", "said", "wrong"),
    [
        ("軟體", ("软件",), "軟體壞了。", False), ("軟體", ("軟件",), "軟體壞了。", False), ("軟體", ("软件",), "軟件壞了。", True),
        ("軟體", ("軟件",), "软件坏了。", True), ("软件", ("軟體",), "软件坏了。", False), ("软件", ("軟體",), "軟體壞了。", True),
        ("软件", (), "軟體壞了。", False),
    ],
)  # fmt: skip
def test_a_glossary_may_want_one_regions_word_and_forbid_the_others(
    wanted: str, forbidden: tuple[str, ...], said: str, wrong: bool
) -> None:
    """Both are folded to one word: each right rendering was called forbidden."""
    entry = Term("software", "zh", (wanted,), forbidden)
    found = drifts(CHECK, document("zh", [("The software crashed.", said)], (entry,)))
    assert [d.type for d in found] == (["forbidden"] if wrong else [])


def test_typographic_signs_are_those_of_a_glossary() -> None:
    entries = (
        Term("O'Neill", "zh", ("奥尼尔",)),
        Term("e\u2011bike", "zh", ("电动自行车",)),
        Term("Rock'n'Roll", "zh", ("Rock'n'Roll",), keep=True),
    )
    lines = [
        ("It was O\u2019Neill.", "是奥尼耳。"),
        ("An e-bike rose.", "一辆单车升了。"),
        ("He likes Rock\u2019n\u2019Roll.", "他喜欢Rock\u2019n\u2019Roll。"),
    ]
    assert [d.source.text for d in drifts(CHECK, document("zh", lines, entries)) if d.source] == ["O\u2019Neill", "e-bike"]


def test_two_entries_of_one_term_allow_both() -> None:
    entries = Term("bank", "zh", ("银行",)), Term("bank", "zh", ("河岸",))
    for said in ("银行", "河岸"):
        assert drifts(CHECK, document("zh", [("The bank collapsed.", f"{said}垮了。")], entries)) == []
    assert drifts(CHECK, document("zh", [("The bank collapsed.", "堤坝垮了。")], entries))


def test_a_rendering_only_inside_a_longer_terms_is_minor() -> None:
    entries = Term("Supreme Court", "zh", ("最高法院",)), Term("court", "zh", ("法院",))
    (found,) = drifts(CHECK, document("zh", [("The Supreme Court met, and the court ruled.", "最高法院开会并裁决。")], entries))
    assert found.severity == "minor" and found.source is not None and found.source.text == "court"


def test_a_large_glossary_takes_no_time() -> None:
    entries = tuple(Term(f"term{i} of business", "zh", (f"术语{i}",)) for i in range(50_000))
    lines = [(f"The term{i} of business number {i} grew.", f"第{i}号术语{i}增长了。") for i in range(40)]
    doc = document("zh", lines, entries)
    begun = time.perf_counter()
    assert drifts(CHECK, doc) == []
    assert time.perf_counter() - begun < 3


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
