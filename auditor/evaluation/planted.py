"""The drifts planted in the samples (samples/key.json): which of them a report has caught."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from auditor.demo import samples_folder
from auditor.model import Finding
from auditor.report import Report

Planted = Mapping[str, str]
"""An entry of the key: id, category, english, faithful, drifted (see samples/README.md)."""


def key(lang: str, folder: Path | None = None) -> Sequence[Planted]:
    """What was planted in one language."""
    path = (folder or samples_folder()) / "key.json"
    entries: list[Planted] = json.loads(path.read_text(encoding="utf-8"))[lang]
    return entries


def serious(report: Report, lang: str) -> list[Finding]:
    """Findings that an editor must look at."""
    return [f for f in report.findings if f.lang == lang and f.severity != "minor"]


def caught(report: Report, lang: str, drift: Planted) -> bool:
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
