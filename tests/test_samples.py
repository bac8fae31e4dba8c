"""The shipped samples, audited for real: what is caught, and silence about the faithful versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.demo import sample
from auditor.model import Finding
from auditor.report import Report
from auditor.session import Session

RECALL = {"zh": 0.65, "ja": 0.65}
"""Share of the planted drifts that must be caught in the right place and category, major or critical."""


@pytest.fixture(scope="module")
def drifted(session: Session) -> Report:
    return session.audit(sample("drifted"))[0]


@pytest.fixture(scope="module")
def faithful(session: Session) -> Report:
    return session.audit(sample("faithful"))[0]


def serious(report: Report, lang: str) -> list[Finding]:
    return [f for f in report.findings if f.lang == lang and f.severity != "minor"]


def caught(report: Report, lang: str, drift: dict[str, str]) -> bool:
    """A serious finding of the category whose passage or words touch the planted place."""
    translation = next(t for t in report.translations if t.lang == lang)
    english = report.source.find(drift["english"]) if drift.get("english") else -1
    target = translation.text.find(drift["drifted"]) if drift.get("drifted") else -1
    for finding in serious(report, lang):
        if finding.category != drift["category"]:
            continue
        passage = next((p for p in translation.passages if p.id == finding.passage), None)
        source = finding.source or (passage.source if passage else None)
        own = finding.target or (passage.target if passage else None)
        if own and target >= 0 and own.start < target + len(drift["drifted"]) and target < own.end:
            return True
        if source and english >= 0 and target < 0 and source.start < english + len(drift["english"]) and english < source.end:
            return True
        if passage and passage.target and target >= 0 and passage.target.start <= target < passage.target.end:
            return True
    return False


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_the_faithful_version_has_no_critical_or_major_finding(lang: str, faithful: Report) -> None:
    assert [(f.category, f.type, f.message) for f in serious(faithful, lang)] == []


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_the_planted_drifts_are_caught(lang: str, drifted: Report, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = json.loads((samples / "key.json").read_text(encoding="utf-8"))[lang]
    missed = [d for d in key if not caught(drifted, lang, d)]
    recall = 1 - len(missed) / len(key)
    with capsys.disabled():
        names = ", ".join(d["id"] for d in missed) or "none"
        print(f"\n{lang}: {len(key) - len(missed)} of {len(key)} planted drifts caught; missed: {names}")
    assert recall >= RECALL[lang]


def test_drifts_planted_in_both_versions_make_the_english_the_suspect(drifted: Report) -> None:
    assert sum(f.agreement == "both" for f in drifted.findings) >= 2
