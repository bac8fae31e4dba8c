"""What a confidence means: of the findings said with .8, about eight of ten are real.

The witnesses give a drift a strength; how often findings of such a strength, of that rule and severity, were real on development cases
gives the confidence: logistic regression (Platt, 1999) with an intercept for each rule, shrunk towards the others' by a ridge penalty.
`python -m auditor.evaluation.calibrate` fits it on one half of the documents and checks it on the other (BENCHMARKS.md). "Real" is what
those cases can tell: a planted drift on its line; every finding on a professional's faithful text counts as false. On texts with fewer
drifts than one a document the same finding is less often real.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log

LEAST, MOST = 0.02, 0.99
"""Confidences are kept within these: no number of cases makes a finding certain."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression.

    slope    of the strength's log odds
    rules    intercept by "category/type", by "category" for a type with few cases, by severity, and "" for all
    """

    slope: float
    rules: Mapping[str, float]

    def confidence(self, category: str, type_: str, severity: str, strength: float) -> float:
        """How often such a finding is real, to two decimals. `strength`: 0 to 1."""
        odds = self.slope * log_odds(strength) + sum(self.rules.get(name, 0.0) for name in features(category, type_, severity))
        return round(min(max(1 / (1 + exp(-odds)), LEAST), MOST), 2)


def features(category: str, type_: str, severity: str) -> tuple[str, ...]:
    """Names of the intercepts that a finding takes part in."""
    return ("", category, f"{category}/{type_}", severity)


def log_odds(strength: float) -> float:
    """Of a strength, kept away from 0 and 1."""
    inside = min(max(strength, 0.01), 0.99)
    return log(inside / (1 - inside))


@cache
def packaged() -> Calibration:
    """The calibration that comes with the auditor."""
    return parse((resources.files("auditor") / "data" / "calibration.tsv").read_text(encoding="utf-8"))


def parse(text: str) -> Calibration:
    """A table of name and weight; "slope" is the slope, "all" the common intercept."""
    rows = dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    slope = float(rows.pop("slope"))
    return Calibration(slope, {"" if name == "all" else name: float(weight) for name, weight in rows.items()})
