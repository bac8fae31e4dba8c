"""Severity, strength and confidence of a drift from the witnesses that agree on it.

Native: what the translation itself says. Back-translation: what English readers find in an engine's English, counted only while it
is healthy and the engine independent (a gloss made by the same readers is not). Meaning: similarity of the pair, which speaks only
when it is far below what the document shows elsewhere. Witnesses that agree make a finding sure; one seen only in the
back-translation may be the machine's own mistake: it says so, and is never above minor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from auditor.calibration import packaged
from auditor.model import Drift, Pair, Severity

SURE = 0.9
"""Strength from which a drift of the weight "critical" is called critical."""
DOUBTFUL = 0.35
"""Strength below which a drift is worth a glance at most."""
LOW_MEANING = 0.25
"""A passage whose similarity is this far below the document's median supports a drift of meaning."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the witnesses make of a drift."""

    severity: Severity
    confidence: float
    strength: float
    witnesses: tuple[str, ...]
    note: str = ""


def typical_similarity(pairs: Sequence[Pair]) -> float:
    """The median similarity of the passages that have two sides; 0 when there are none."""
    values = [p.passage.similarity for p in pairs if p.passage.source and p.passage.target]
    return median(values) if values else 0.0


def weigh(drift: Drift, pair: Pair | None, typical: float) -> Verdict:
    """Severity, confidence and the names of the witnesses that speak for the drift."""
    witnesses = ["native"] if drift.native else []
    strength = drift.strength
    note = ""
    if drift.back is True:
        witnesses.append("back_translation")
        if drift.native:
            strength = 1 - (1 - strength) * 0.4
    elif drift.back is False:
        strength *= 0.5
        note = "the back-translation reads as the article does"
    if drift.category in ("claim", "omission") and pair is not None and _far_below(pair, typical):
        witnesses.append("meaning")
        strength = 1 - (1 - strength) * 0.8
    severity = drift.severity
    if not drift.native:
        severity, note = "minor", "seen in the back-translation only: it may be the machine's own mistake"
    elif strength < DOUBTFUL or (drift.back is False and severity == "major"):
        severity = "minor"
    elif severity == "critical" and strength < SURE:
        severity = "major"
    confidence = packaged().confidence(drift.category, drift.type, severity, strength)
    return Verdict(severity, confidence, round(min(strength, 0.99), 2), tuple(witnesses), note)


def _far_below(pair: Pair, typical: float) -> bool:
    passage = pair.passage
    return bool(passage.source and passage.target) and passage.similarity < typical - LOW_MEANING
