"""Which changes of figures an editor is told about, and which faithful pairs stay quiet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auditor import ledger
from auditor.checks.base import Document
from auditor.checks.figure import CHECK
from auditor.checks.figure_words import figure_in_words
from auditor.lang.base import language
from auditor.lang.figure_roles import role
from auditor.model import Drift, Facts, Figure, Pair, Passage, Span, shift

_CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "figure.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def _moved(facts: Facts, by: int) -> Facts:
    return replace(facts, words=shift(facts.words, by), figures=shift(facts.figures, by), names=shift(facts.names, by))


def document(lang: str, *rows: tuple[str, str] | tuple[str, str, str]) -> Document:
    """A document of aligned lines, each with its back-translation or none."""
    pairs = []
    at = to = 0
    for index, (source, target, *back) in enumerate(rows):
        passage = Passage(
            f"{lang}-{index:04d}", lang, "1-1", Span(at, at + len(source), source), Span(to, to + len(target), target), 0.8,
            back_translation=back[0] if back else None,
        )  # fmt: skip
        facts = language("en").read(source), language(lang).read(target), language("en").read(back[0]) if back else None
        pairs.append(Pair(passage, _moved(facts[0], at), _moved(facts[1], to), facts[2], (index,), (index,)))
        at, to = at + len(source) + 1, to + len(target) + 1
    texts = ["\n".join(row[side] for row in rows) for side in (0, 1)]
    return Document(lang, texts[0], texts[1], tuple(pairs), ledger.build(pairs))


def found(lang: str, *rows: tuple[str, str] | tuple[str, str, str]) -> list[Drift]:
    return [f for f in CHECK.find(document(lang, *rows)) if isinstance(f, Drift)]


@pytest.mark.parametrize(
    ("expect", "lang", "english", "translation", "note"), _CASES, ids=[f"{c[1]} {c[4]} {i}" for i, c in enumerate(_CASES)]
)
def test_a_changed_figure_is_flagged_and_a_faithful_one_is_not(expect: str, lang: str, english: str, translation: str, note: str) -> None:
    drifts = [d for d in found(lang, (english, translation)) if d.severity != "minor"]
    assert bool(drifts) == (expect in ("fire", "limit")), (note, drifts)


@pytest.mark.parametrize(
    ("english", "translation", "kind", "severity"),
    [
        ("The fund holds 90 billion dollars.", "该基金持有90亿美元。", "magnitude", "critical"),
        ("The phone costs 500 yen.", "这部手机售价500元。", "currency", "critical"),
        ("Prices rose 2%.", "物价上升了2个百分点。", "percent_points", "critical"),
        ("It opens on Sunday.", "它周六开放。", "weekday", "major"),
        ("The walker covered 5 km.", "步行者走了5英里。", "unit", "major"),
        ("Built in 1870.", "建于1970年。", "date", "major"),
        ("Twenty-one goats escaped.", "31只山羊逃跑了。", "digits", "major"),
    ],
)
def test_a_finding_says_what_kind_of_change_it_is(english: str, translation: str, kind: str, severity: str) -> None:
    assert [(d.type, d.severity) for d in found("zh", (english, translation))] == [(kind, severity)]


def test_the_message_gives_both_values_in_words() -> None:
    [drift] = found("zh", ("The contract was worth $19 million.", "合同价值1.9亿美元。"))
    assert drift.message == "$19 million became 1.9亿美元 (190 million US dollars), ten times as much"
    assert drift.source is not None and drift.source.text == "$19 million"
    assert drift.target is not None and drift.target.text == "1.9亿美元"


def test_offsets_are_those_of_the_document() -> None:
    [drift] = found("zh", ("Nothing here.", "这里没有数字。"), ("Twenty-one goats escaped.", "31只山羊逃跑了。"))
    assert drift.passage == "zh-0001"
    assert drift.source is not None and drift.source.start == len("Nothing here.\n")
    assert drift.target is not None and drift.target.start == len("这里没有数字。\n")


def test_a_figure_moved_to_the_next_passage_is_not_lost() -> None:
    rows = (("He was 45 and lived by the sea.", "他住在海边。"), ("He fished.", "他打鱼，时年45岁。"))
    assert [d for d in found("zh", *rows) if d.severity != "minor"] == []


def test_the_back_translation_bears_witness() -> None:
    english, translation = "It killed 384 people.", "造成348人死亡。"
    assert [d.back for d in found("zh", (english, translation))] == [None]
    assert [d.back for d in found("zh", (english, translation, "It killed 348 people."))] == [True]
    assert [d.back for d in found("zh", (english, translation, "It killed 384 people."))] == [False]


def test_the_key_does_not_move_with_the_text() -> None:
    row = ("It killed 384 people.", "造成348人死亡。")
    assert found("zh", row)[0].key == found("zh", ("First of all.", "首先。"), row)[0].key


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(0, 1, "x", "money", "190000000", unit="USD"), "190 million US dollars"),
        (Figure(0, 1, "x", "money", "1", unit="EUR"), "1 euro"),
        (Figure(0, 1, "x", "percent", "1.8"), "1.8 percent"),
        (Figure(0, 1, "x", "weekday", "4"), "Thursday"),
        (Figure(0, 1, "x", "date", "--11-19"), "19 November"),
        (Figure(0, 1, "x", "date", "1980", "1989"), "1980 to 1989"),
        (Figure(0, 1, "x", "measure", "5", unit="kilometer", bound="over"), "more than 5 kilometers"),
        (Figure(0, 1, "x", "ordinal", "22"), "22nd"),
        (Figure(0, 1, "x", "range", "10", "20", approximate=True), "about 10 to 20"),
        (Figure(0, 1, "x", "duration", "1", unit="day"), "1 day"),
        (Figure(0, 1, "dozens", "number", None), "dozens"),
    ],
)
def test_a_figure_is_said_as_an_english_reader_would(figure: Figure, words: str) -> None:
    assert figure_in_words(figure) == words


@pytest.mark.parametrize(
    ("lang", "rows", "severities"),
    [
        ("zh", (("He owes HK$900.", "他欠900美元。"),), ["critical"]),
        ("zh", (("He owes $900.", "他欠900澳元。"),), ["major"]),
        ("zh", (("It is a bank in Sydney.", "这是悉尼的一家银行。"), ("He owes $900.", "他欠900澳元。")), []),
        ("ja", (("He paid A$20.", "彼は20豪ドルを払った。"), ("He owes A$900.", "彼は900ドルの借金がある。")), []),
        ("ja", (("He lives in Canada.", "彼はカナダに住んでいる。"), ("He owes C$900.", "彼は900ドルの借金がある。")), ["minor"]),
        ("ja", (("He owes C$900.", "彼は900ドルの借金がある。"),), ["major"]),
        ("zh", (("He owes £900.", "他欠900英镑。"),), []),
    ],
)
def test_one_kind_of_dollar_for_another_weighs_what_the_text_leaves_open(
    lang: str, rows: tuple[tuple[str, str], ...], severities: list[str]
) -> None:
    assert [d.severity for d in found(lang, *rows)] == severities


@pytest.mark.parametrize(
    ("lang", "english", "translation", "kind", "message"),
    [
        (
            "zh", "Rents fell 5.5% in Lyon and 2.3% in Nantes.", "里昂的租金下降2.3%,南特下降5.5%。", "swapped",
            "5.5% and 2.3% changed places",
        ),
        (
            "ja", "The rate rose from 3.1% to 4.2%.", "失業率は4.2%から3.1%に上昇した。", "swapped",
            "3.1 percent and 4.2 percent changed places",
        ),
        (
            "zh", "Output fell by 40%.", "产量下降到40%。", "by_or_to",
            "40% is the change on one side and the result on the other: 40%",
        ),
    ],
)  # fmt: skip
def test_what_a_figure_belongs_to_is_said_when_its_value_is_there(
    lang: str, english: str, translation: str, kind: str, message: str
) -> None:
    assert [(d.type, d.severity, d.message) for d in found(lang, (english, translation))] == [(kind, "major", message)]


def test_the_back_translation_bears_witness_to_figures_that_changed_places() -> None:
    english, translation = "Sales grew 6% in 2019 and 8% in 2020.", "2019年销售额增长8%,2020年增长6%。"
    assert [d.back for d in found("zh", (english, translation, "Sales grew by 8% in 2019 and by 6% in 2020."))] == [True]
    assert [d.back for d in found("zh", (english, translation, "Sales grew by 6% in 2019 and by 8% in 2020."))] == [None]


@pytest.mark.parametrize(
    ("lang", "text", "roles"),
    [
        ("en", "Wages rose 5% and rents by about 8%.", ["by", None]),
        ("en", "They cut the fare for children by 15%, to $3 from a year-earlier $4.", ["by", None, "from"]),
        ("en", "The club raised $5 million.", [None]),
        ("en", "It led to 30% higher costs.", [None]),
        ("zh", "票价从去年的3美元涨到4美元。", ["from", "to"]),
        ("zh", "产量提高了将近5%，增幅达到6%。", ["by", None]),
        ("ja", "賃金は3%増え、20%近くに上がった。", ["by", "to"]),
        ("ja", "上昇率は20%に上った。", [None]),
    ],
)
def test_by_to_and_from_are_read_where_they_are_plain(lang: str, text: str, roles: list[str | None]) -> None:
    facts = language(lang).read(text)
    assert [role(facts, f, 0) for f in facts.figures] == roles
