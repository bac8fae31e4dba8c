"""Supplied back-translations cut to segments, and the health of English that an engine wrote."""

from __future__ import annotations

import pytest

from auditor.errors import LineCountError
from auditor.model import Span
from auditor.translate.health import health
from auditor.translate.supplied import english_of, lines_of, segment_english

TEXT = "标题\n第一句。第二句。\n\n第三句。第四句。"
BACK = "Title\nFirst sentence. Second sentence.\n\nThird and fourth in one sentence."


def span(piece: str) -> Span:
    start = TEXT.index(piece)
    return Span(start, start + len(piece), piece)


def test_each_segment_gets_its_own_english() -> None:
    segments = [span(p) for p in ("标题", "第一句。", "第二句。", "第三句。", "第四句。")]
    assert segment_english(TEXT, segments, BACK) == [
        "Title",
        "First sentence.",
        "Second sentence.",
        "Third and fourth in one sentence.",
        "Third and fourth in one sentence.",
    ]


def test_a_segment_over_several_lines_gets_all_of_them() -> None:
    assert english_of(TEXT, 0, len("标题\n第一句。第二句。"), BACK) == "Title First sentence. Second sentence."


def test_a_newline_at_the_end_begins_no_line() -> None:
    assert [line[2] for line in lines_of("甲\n乙\n", "A\nB")] == ["A", "B"]


def test_another_number_of_lines_names_both() -> None:
    with pytest.raises(LineCountError, match="2 lines and the translation has 4"):
        segment_english(TEXT, [span("标题")], "Title\nFirst.")


PASSAGE = "政府宣布明年将关闭三座工厂，工会表示反对。"
GOOD = "The government announced it will close three factories next year; the union objected."


@pytest.mark.parametrize(
    ("english", "similarity", "typical", "reason"),
    [
        (GOOD, 0.8, 0.7, "ok"),
        (GOOD, None, None, "ok"),
        ("", 0.0, 0.7, "empty"),
        (" ... ", None, None, "empty"),
        ("The government 宣布明年将关闭三座工厂", 0.6, 0.7, "script"),
        (PASSAGE, 1.0, 0.7, "script"),
        ("I love it, I love it, I love it, I love it, I love it, I love it.", 0.3, 0.7, "loop"),
        ("The the the the the the government.", 0.5, 0.7, "loop"),
        ("Factoriesssssssssssssss", 0.5, 0.7, "loop"),
        ("Go.", 0.5, 0.7, "length"),
        (GOOD * 4, 0.5, 0.7, "length"),
        ("My cat enjoys the warm sunshine on the kitchen window every single morning.", 0.05, 0.7, "meaning"),
        (GOOD, 0.25, 0.3, "ok"),
    ],
)
def test_ill_english_is_named(english: str, similarity: float | None, typical: float | None, reason: str) -> None:
    assert health("zh", PASSAGE, english, similarity, typical) == reason


def test_a_passage_that_repeats_may_be_repeated() -> None:
    assert health("ja", "だめだ、だめだ、だめだ、だめだ、だめだ", "No good, no good, no good, no good, no good", 0.7, 0.7) == "ok"


def test_an_empty_passage_may_stay_empty() -> None:
    assert health("ja", "――", "--", None, None) == "ok"
