"""Sentences that one side does not have: found, and never where sentences were only merged, split or left with a Latin name."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.checks.unpaired import swallowed
from auditor.intake import Submission, Translation
from auditor.model import Pair, Passage, Span
from auditor.segment import segment
from auditor.session import Session

CASES = Path(__file__).parent / "cases"


def rows(check: str) -> list[tuple[str, ...]]:
    lines = (CASES / f"{check}.tsv").read_text(encoding="utf-8").splitlines()
    return [(check, *line.split("\t")[:4]) for line in lines if line and not line.startswith("#")]


ROWS = [*rows("omission"), *rows("addition")]


@pytest.mark.parametrize(
    ("check", "expect", "lang", "english", "translation"), ROWS, ids=[f"{r[0]}-{r[1]}-{r[2]}-{r[3][:24]}" for r in ROWS]
)
def test_a_sentence_only_one_side_has(check: str, expect: str, lang: str, english: str, translation: str, session: Session) -> None:
    texts = (text.replace("‖", "\n") for text in (english, translation))
    report, _ = session.audit(Submission("case", "en", next(texts), (Translation(lang, next(texts)),)))
    found = [f for f in report.findings if f.category == check and f.severity != "minor"]
    assert bool(found) == (expect == "fire"), [f.message for f in report.findings]


def test_a_sentence_that_the_aligner_merged_and_that_weighs_the_passage_down_is_missed(session: Session) -> None:
    """The second sentence speaks of the same apps, so that its words are explained; without it the rest is much nearer."""
    first = "Issue where apps installed from KiteStore after May 3 crash"
    second = "The maker's rules changed, and so KiteStore apps installed after May 3 and other copied apps stop at the start."
    told = "KiteStoreで、5月3日以降にインストールしたアプリはクラッシュする問題が発生した模様"
    english = f"{first} {second}"
    spans = (Span(0, len(first), first), Span(len(first) + 1, len(english), second))
    passage = Passage("ja-0000", "ja", "2-1", Span(0, len(english), english), Span(0, len(told), told), 0.6)
    read = [session.reading.passage(lang, text, segment(text, lang)) for lang, text in (("en", english), ("ja", told))]
    assert [s.text for s in swallowed(Pair(passage, *read, sentences=spans), session.encoder.encode)] == [second]
