"""Texts are cut into sentences, and nothing of them is lost."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lang.en import segment as en
from auditor.lang.ja import segment as ja
from auditor.lang.zh import segment as zh
from auditor.segment import MAX_LENGTH, segment

CASES = [
    row.split("\t") for row in (Path(__file__).parent / "cases" / "segment_sentences.tsv").read_text("utf-8").splitlines() if row[0] != "#"
]
LANGUAGES = ("en", "zh", "ja")
# Arbitrary text, and text made of what splitters stumble over.
PIECES = [*'。！？.!?…「」“”"()（）Abあン猫 \n\u3000\u2028、，;．｡と', "U.S.", "No.", "1.8", "他说", "\r\n"]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.mark.parametrize(("lang", "what", "case"), CASES, ids=[f"{lang}: {what}" for lang, what, _ in CASES])
def test_sentences(lang: str, what: str, case: str) -> None:
    text, expected = case.replace("\\n", "\n").split("|=")
    assert [s.text for s in segment(text, lang)] == [s.removeprefix("_") for s in expected.split("|")]


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, lang=st.sampled_from(LANGUAGES))
def test_nothing_is_lost(text: str, lang: str) -> None:
    at = 0
    for index, found in enumerate(segment(text, lang)):
        assert found.index == index
        assert text[found.start : found.end] == found.text == found.text.strip() != ""
        assert not text[at : found.start].strip()
        assert "\n" not in found.text
        at = found.end
    assert not text[at:].strip()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["x", "あ", "「。", "(a. B ", "。」", '". ', "（", "！と"])
def test_a_line_without_end_does_not_stall(lang: str, unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    segments = segment(text, lang)
    assert time.perf_counter() - start < 5
    assert all(len(s.text) <= MAX_LENGTH for s in segments)


def test_a_sentence_that_is_too_long_is_cut_at_a_clause() -> None:
    text = ("長い文が続いて、" * 400) + "終わる。"
    assert {s.text[-1] for s in segment(text, "ja")} == {"、", "。"}


def test_a_long_quotation_is_cut_at_its_own_sentences() -> None:
    quote = "".join(f"第{n}の点について、私たちは長い時間をかけて話し合った。" for n in range(1, 6))
    assert segment(f"「{quote}」と述べた。", "ja")[0].text == "「第1の点について、私たちは長い時間をかけて話し合った。"
    assert len(segment(f"「{quote}」と述べた。", "ja")) == 5


def test_paragraphs_count_lines_that_hold_text() -> None:
    assert [s.paragraph for s in segment("\nA b. C d.\n\n  \nE f.", "en")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met in Kyoto (京都) on Monday and agreed a plan.", "en"),
        ("市议会周一开会，通过了一项计划，预算为2000万元。", "zh"),
        ("市議會週一開會，通過了一項計畫，Apple 和ソニー參加。預算為兩千萬元，反對者表示將提出上訴。", "zh"),
        ("市議会は月曜日に会合を開き、計画を承認した。AppleとGoogleも参加した。", "ja"),
    ],
)
def test_a_text_looks_like_its_own_language_only(text: str, language: str) -> None:
    looks = {"en": en.likeness(text), "zh": zh.likeness(text), "ja": ja.likeness(text)}
    assert max(looks, key=lambda code: looks[code]) == language
    assert looks[language] > 0.6
    assert all(value < 0.35 for code, value in looks.items() if code != language)


def test_a_text_without_letters_looks_like_any_language() -> None:
    assert en.likeness("12:30 – 3.5") == zh.likeness("") == ja.likeness("!") == 1.0


def test_another_script_is_none_of_the_three() -> None:
    assert max(f("Совет одобрил план на совещании в понедельник.") for f in (en.likeness, zh.likeness, ja.likeness)) == 0
