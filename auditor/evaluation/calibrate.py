"""`python -m auditor.evaluation.calibrate CASES.jsonl...`: fit confidences on half of the documents, check them on the other half.

Prints the reliability table of the other half as Markdown (for BENCHMARKS.md) and, with --write, renews auditor/data/calibration.tsv.
Needs cases with planted drifts (ntrex, wmt, demetr). A finding counts as real when it lies on the line of the planted drift and has its
category, as false on a clean case; other findings of drifted cases say nothing (a clean case has them too).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from auditor import settings
from auditor.calibration import Calibration, features, log_odds
from auditor.corpus.lines import parse_line
from auditor.evaluation.__main__ import half_of
from auditor.evaluation.scoring import judged
from auditor.report import to_json
from auditor.session import Session
from auditor.settings import Settings

PENALTY_RULE, PENALTY_CATEGORY = 2.0, 0.2
"""Ridge penalties on intercepts: of a rule (a rule seen a handful of times stays near its category), of a category or severity."""
PENALTY_SLOPE = 5.0
"""Ridge penalty on the slope's distance from 1, which takes strengths as they are."""
FEWEST = 8
"""Findings that a rule needs for an intercept of its own."""
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)
_SESSION: Session | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """A finding whose truth is known."""

    category: str
    type: str
    severity: str
    strength: float
    real: bool


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m auditor.evaluation.calibrate", description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASES.jsonl")
    parser.add_argument("--half", choices=("a", "b"), default="a", help="the half that is fitted (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="renew auditor/data/calibration.tsv")
    options = parser.parse_args()
    halves: dict[str, list[Graded]] = {"a": [], "b": []}
    for half, graded in _graded(options.cases):
        halves[half] += graded
    fitted, other = halves.pop(options.half), next(iter(halves.values()))
    found = fit(fitted)
    print(f"Fitted on {len(fitted)} findings of half {options.half}, checked on {len(other)} of the other half.\n")
    print(reliability(found, other))
    if options.write:
        path = Path(__file__).parent.parent / "data" / "calibration.tsv"
        path.write_text(to_tsv(found, options.cases, options.half), encoding="utf-8")
        print(f"written: {path}", file=sys.stderr)
    return 0


def _graded(cases: Sequence[Path]) -> Iterator[tuple[str, list[Graded]]]:
    with ProcessPoolExecutor(settings.usable_cores(), initializer=_start) as pool:
        for path in cases:
            with path.open(encoding="utf-8") as file:
                yield from pool.map(_grade, (line for line in file if line.strip()), chunksize=8)


def _start() -> None:
    global _SESSION
    _SESSION = Session(Settings())


def _grade(line: str) -> tuple[str, list[Graded]]:
    """The half of a case, and its findings whose truth it tells."""
    case: dict[str, Any] = json.loads(line)
    session = _SESSION or Session(Settings())
    report, run = session.audit(parse_line(line), "gloss")
    strengths = {f.id: f.strength for f in report.findings}
    found = [Graded(f["category"], f["type"], f["severity"], strengths[f["id"]], real) for f, real in judged(case, to_json(report, run))]
    return half_of(case), found


def fit(graded: Sequence[Graded]) -> Calibration:
    """Ridge-penalised logistic regression, by Newton's method."""
    counts = Counter(name for g in graded for name in features(g.category, g.type, g.severity))
    names = sorted(name for name, n in counts.items() if n >= FEWEST)
    at = {name: i + 1 for i, name in enumerate(names)}
    x = np.zeros((len(graded), len(names) + 1))
    for row, g in enumerate(graded):
        x[row, 0] = log_odds(g.strength)
        for name in features(g.category, g.type, g.severity):
            if name in at:
                x[row, at[name]] = 1.0
    y = np.array([g.real for g in graded], dtype=float)
    penalty = np.array([PENALTY_SLOPE, *(PENALTY_RULE if "/" in name else PENALTY_CATEGORY if name else 0.01 for name in names)])
    prior = np.zeros(len(names) + 1)
    prior[0] = 1.0
    weights = prior.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - penalty * (weights - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return Calibration(float(weights[0]), {name: float(weights[at[name]]) for name in names})


def reliability(calibration: Calibration, graded: Sequence[Graded]) -> str:
    """Markdown: confidences in bins, how often they were right; the expected calibration error and the Brier score."""
    said = [calibration.confidence(g.category, g.type, g.severity, g.strength) for g in graded]
    rows = ["| confidence | findings | mean confidence | real |", "|---|---|---|---|"]
    error = 0.0
    for low, high in zip(BINS, islice(BINS, 1, None), strict=False):
        some = [(c, g.real) for c, g in zip(said, graded, strict=True) if low <= c < high]
        if some:
            mean, real = (sum(column) / len(some) for column in zip(*some, strict=True))
            error += abs(mean - real) * len(some) / len(graded)
            rows.append(f"| {low:.1f} to {min(high, 1):.1f} | {len(some)} | {mean:.2f} | {real:.2f} |")
    brier = sum((c - g.real) ** 2 for c, g in zip(said, graded, strict=True)) / len(graded)
    raw = sum((g.strength - g.real) ** 2 for g in graded) / len(graded)
    return "\n".join([*rows, "", f"Expected calibration error {error:.3f}; Brier score {brier:.3f} ({raw:.3f} without calibration).", ""])


def to_tsv(calibration: Calibration, cases: Sequence[Path], half: str) -> str:
    """The packaged table."""
    head = (
        f"# Weights of auditor/calibration.py, made by auditor.evaluation.calibrate on half {half} of {', '.join(c.stem for c in cases)}\n"
    )
    rows = [("slope", calibration.slope), *((name or "all", weight) for name, weight in sorted(calibration.rules.items()))]
    return head + "".join(f"{name}\t{weight:.4f}\n" for name, weight in rows)


if __name__ == "__main__":
    sys.exit(main())
