"""What holds for every text."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.align import align
from auditor.audit import Plan, PlannedTranslation, audit
from auditor.intake import Submission, Translation
from auditor.lang.base import language, language_codes
from auditor.model import Facts
from auditor.segment import segment
from auditor.session import Session
from auditor.settings import Settings

ALPHABET = st.sampled_from(
    list("aAbz .,!?\n\t\"'()$%0123456789")
    + list("中日米国不没有的是在三四一二十百千万亿億兆点分之半第年月日曜周说表示会可能")
    + list("がのをはにとでたないするますンアイウー・「」『』（）“”，。！？、…～％￥円元")
    + ["１", "２", "，", "Ａ", "㍑", "½", "🙂", "\u202e", "\u3000", "Trump", " million", "3.5", "高市", "特朗普", "トランプ"]
)
TEXT = st.lists(ALPHABET, max_size=60).map("".join)
CODES = st.sampled_from(language_codes())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, CODES)
def test_segments_joined_with_what_lies_between_are_the_text(text: str, code: str) -> None:
    at, rebuilt = 0, ""
    for s in segment(text, code):
        assert text[s.start : s.end] == s.text
        assert not text[at : s.start].strip()
        rebuilt += text[at : s.start] + s.text
        at = s.end
    assert rebuilt + text[at:] == text
    assert not text[at:].strip()


def spans(facts: Facts) -> list[tuple[int, int, str]]:
    every = (*facts.words, *facts.figures, *facts.names, *facts.cues, *facts.tone)
    return [(s.start, s.end, s.text) for s in every]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, CODES)
def test_every_span_quotes_the_text_it_was_read_in(text: str, code: str) -> None:
    for start, end, quoted in spans(language(code).read(text)):
        assert text[start:end] == quoted


ARTICLE = """The ministry approved the export of 19 missiles on Tuesday.
“We will not sell them to anyone,” Prime Minister Anna Keller said.
Spending rose by 1.8% to $19 million, two-thirds of the plan.
Critics in Geneva may never agree with the so-called reform.
The 9th round of talks was held in March 2023."""


@lru_cache(maxsize=1)
def loaded() -> Session:
    return Session(Settings())


@pytest.mark.parametrize("code", language_codes())
def test_aligning_a_text_with_itself_is_the_identity(code: str) -> None:
    text = {
        "en": ARTICLE,
        "zh": "该部批准了导弹出口。\n反对党表示反对。\n支出增长了1.8%。",
        "ja": "同省は輸出を承認した。\n野党は反対した。\n支出は1.8%増えた。",
    }[code]
    lines = text.split("\n")
    beads = align(lines, lines, loaded().reading.encoder)
    assert [(b.source, b.target) for b in beads] == [((i,), (i,)) for i in range(len(lines))]
    assert not any(b.moved for b in beads)


def test_a_text_audited_against_itself_has_no_finding() -> None:
    reading = loaded().reading
    segments = reading.segments(ARTICLE, "en")
    beads = align([s.text for s in segments], [s.text for s in segments], reading.encoder)
    submission = Submission("self", "en", ARTICLE, (Translation("en", ARTICLE),))
    report = audit(Plan(submission, segments, (PlannedTranslation("en", ARTICLE, segments, beads),)), {}, reading)
    assert report.findings == ()
