"""The shipped samples, audited for real: what is caught, and silence about the faithful versions."""

from __future__ import annotations

import pytest

from auditor.demo import sample
from auditor.evaluation.planted import caught, key, serious
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


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_the_faithful_version_has_no_critical_or_major_finding(lang: str, faithful: Report) -> None:
    assert [(f.category, f.type, f.message) for f in serious(faithful, lang)] == []


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_the_planted_drifts_are_caught(lang: str, drifted: Report, capsys: pytest.CaptureFixture[str]) -> None:
    planted = key(lang)
    missed = [d for d in planted if not caught(drifted, lang, d)]
    recall = 1 - len(missed) / len(planted)
    with capsys.disabled():
        names = ", ".join(d["id"] for d in missed) or "none"
        print(f"\n{lang}: {len(planted) - len(missed)} of {len(planted)} planted drifts caught; missed: {names}")
    assert recall >= RECALL[lang]


def test_drifts_planted_in_both_versions_make_the_english_the_suspect(drifted: Report) -> None:
    assert sum(f.agreement == "both" for f in drifted.findings) >= 2
