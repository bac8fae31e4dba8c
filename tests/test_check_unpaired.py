"""Sentences that one side does not have: found, and never where sentences were only merged, split or left with a Latin name."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.intake import Submission, Translation
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
