"""The gloss: readable, faithful to figures, names and negation, never in the text's own script, the same every time, fast."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from auditor.model import Figure
from auditor.translate.gloss import Gloss, gloss
from auditor.translate.gloss.english import inflect, sentence, verb_phrase
from auditor.translate.gloss.figures import english_figure

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "gloss_sentences.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("lang", "text", "wanted", "unwanted"), ROWS)
def test_the_gloss_says_what_matters(lang: str, text: str, wanted: str, unwanted: str) -> None:
    said = gloss(lang, text)
    for part in wanted.split("|"):
        assert part in said, said
    assert not unwanted or unwanted not in said, said


@pytest.mark.parametrize(
    ("lang", "text"),
    [(r[0], r[1]) for r in ROWS] + [("zh", "张晓明说：“鸠占鹊巢！”"), ("ja", "ンゴロは〇〇さんの猫だ。"), ("zh", "臺灣總統賴清德。")],
)
def test_nothing_is_left_in_the_texts_own_script(lang: str, text: str) -> None:
    assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", gloss(lang, text)), gloss(lang, text)


@pytest.mark.parametrize("text", ["", " ", "。", "……", "2024", "ABC", "\n", "甲\n\n乙"])
@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_odd_texts_are_glossed_line_by_line(lang: str, text: str) -> None:
    assert gloss(lang, text).count("\n") == text.count("\n")


def test_the_engine_answers_one_for_one_and_calls_itself_no_witness() -> None:
    engine = Gloss()
    texts = [r[1] for r in ROWS if r[0] == "zh"]
    first = engine.translate("zh", texts).english
    assert len(first) == len(texts)
    assert (engine.name, engine.independent) == ("gloss", False)
    gloss.cache_clear()
    assert engine.translate("zh", texts[::-1]).english == first[::-1]


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_it_is_fast_once_warm(lang: str) -> None:
    texts = [r[1] for r in ROWS if r[0] == lang]
    for text in texts:
        gloss(lang, text)
    gloss.cache_clear()
    begun = time.process_time()
    for text in texts:
        gloss(lang, text)
    assert len(texts) / (time.process_time() - begun) > 300


@pytest.mark.parametrize(
    ("kind", "value", "unit", "more", "english"),
    [
        ("money", "19000000", "USD", {}, "19 million US dollars"),
        ("money", "1", "EUR", {}, "one euro"),
        ("fraction", "0.6667", None, {}, "2/3"),
        ("fraction", "0.5", None, {}, "half"),
        ("percent", "60", None, {}, "60%"),
        ("percent", "3.5", None, {"bound": "over"}, "more than 3.5%"),
        ("points", "2", None, {}, "two percentage points"),
        ("date", "--11-19", None, {}, "November 19"),
        ("date", "2024-11-19", None, {}, "November 19, 2024"),
        ("date", "2024-11", None, {}, "November 2024"),
        ("date", "2024", None, {}, "2024"),
        ("weekday", "6", None, {}, "Saturday"),
        ("time", "15:30", None, {}, "3:30 p.m."),
        ("time", "00:00", None, {}, "12 a.m."),
        ("ordinal", "12", None, {}, "12th"),
        ("ordinal", "3", None, {}, "third"),
        ("number", "1234567", None, {}, "1.234567 million"),
        ("number", "40000", None, {}, "40,000"),
        ("number", "10", None, {"high": "20"}, "ten to 20"),
        ("measure", "300", "kilometer", {"approximate": True}, "about 300 kilometers"),
        ("multiple", "3", None, {}, "three times"),
    ],
)
def test_figures_are_said_in_english(kind: str, value: str, unit: str | None, more: dict[str, object], english: str) -> None:
    assert english_figure(Figure(0, 1, "x", kind, value, unit=unit, **more)) == english  # type: ignore[arg-type]


def test_a_figure_without_a_value_is_not_invented() -> None:
    assert english_figure(Figure(0, 1, "x", "number", None)) is None


@pytest.mark.parametrize(
    ("lemma", "marks", "english"),
    [
        ("announce", [], "announced"),
        ("announce", ["not"], "did not announce"),
        ("announce", ["will", "not"], "will not announce"),
        ("announce", ["may", "passive"], "may be announced"),
        ("arrest", ["passive", "past"], "was arrested"),
        ("bring about", [], "brought about"),
        ("close", ["modal:plan to"], "plan to close"),
        ("build", ["progressive"], "was building"),
    ],
)
def test_verbs_carry_what_was_said_of_them(lemma: str, marks: list[str], english: str) -> None:
    assert verb_phrase(lemma, marks) == english


def test_sentences_look_like_english() -> None:
    assert sentence(["he", "said", ",", '"', "go", '"', "about", "about", "ten", "."]) == 'He said, "go" about ten.'
    assert inflect("bus stop", "NNS") == "bus stops"
