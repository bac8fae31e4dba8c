"""Plant, audit, count: how much of what could drift in this article an audit of it would catch."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.audit import plan
from auditor.formats.terminal import visible
from auditor.intake import Submission
from auditor.model import Finding
from auditor.report import Report
from auditor.selftest.plant import KINDS, Planted, plant
from auditor.session import Session

EACH = 5
"""Drifts of a kind against each version: enough to tell "always" from "half", few enough to wait for."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A planted drift and whether a critical or major finding of its category pointed at it that was not there before."""

    planted: Planted
    caught: bool


@dataclass(frozen=True, slots=True)
class SelfTest:
    """All trials, and the critical and major findings of the article as it is, by language."""

    trials: tuple[Trial, ...]
    serious_before: Mapping[str, int]

    def counts(self) -> dict[str, dict[str, tuple[int, int]]]:
        """language -> kind -> (caught, planted), kinds in the order of KINDS, those that could be planted only."""
        table: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for trial in self.trials:
            row = table[trial.planted.lang][trial.planted.kind]
            row[0] += trial.caught
            row[1] += 1
        return {lang: {kind: (rows[kind][0], rows[kind][1]) for kind in KINDS if kind in rows} for lang, rows in table.items()}


def self_test(
    session: Session, submission: Submission, engine: str, each: int = EACH, progress: Callable[[int], None] | None = None
) -> SelfTest:
    """Plant up to `each` drifts of every kind against each version, one at a time, and audit each. `progress` is told each trial.

    Raises AuditorError for what cannot be audited.
    """
    planned = plan(submission, session.reading)
    trials: list[Trial] = []
    before: dict[str, int] = {}
    for translation in submission.translations:
        report, _ = session.audit(replace(submission, translations=(translation,)), engine)
        known = {f.id for f in report.findings if f.severity != "minor"}
        before[translation.lang] = len(known)
        for planted in plant(planned, translation.lang, each):
            changed, _ = session.audit(planted.submission, engine)
            trials.append(Trial(planted, _caught(changed, planted, known)))
            if progress:
                progress(len(trials))
    return SelfTest(tuple(trials), before)


def _caught(report: Report, planted: Planted, known: Collection[str]) -> bool:
    category = planted.kind.partition("/")[0]
    new = [f for f in report.findings if f.category == category and f.severity != "minor" and f.id not in known]
    if category in ("omission", "addition"):  # one sentence is gone, and nothing else changed: a new finding is of it
        return bool(new)
    return any(_points_at(f, report, planted) for f in new)


def _points_at(finding: Finding, report: Report, planted: Planted) -> bool:
    passage = next((p for t in report.translations for p in t.passages if p.id == finding.passage), None)
    span = finding.source or (passage.source if passage else None)
    return span is not None and span.start < planted.end and planted.start < span.end


def to_text(result: SelfTest) -> str:
    """What a person reads: a table a version, and the sentences whose drift was missed."""
    lines: list[str] = []
    for lang, kinds in result.counts().items():
        caught, planted = (sum(row[i] for row in kinds.values()) for i in (0, 1))
        lines.append(f"{lang}: {caught} of {planted} planted drifts caught ({result.serious_before[lang]} critical or major without any)")
        lines += [f"  {kind:16} {found} of {number}" for kind, (found, number) in kinds.items()]
        if none := [kind for kind in KINDS if kind not in kinds]:
            lines.append(f"  nothing to plant for: {', '.join(none)}")
        for trial in result.trials:
            if trial.planted.lang == lang and not trial.caught:
                lines.append(f"  missed {trial.planted.kind}: {_shown(trial.planted)}")
        lines.append("")
    return "\n".join(lines)


def to_json(result: SelfTest) -> str:
    """The same for a program."""
    value = {
        "self_test": {
            lang: {
                "serious_before": result.serious_before[lang],
                "kinds": {kind: {"caught": found, "planted": number} for kind, (found, number) in kinds.items()},
                "trials": [_trial(t) for t in result.trials if t.planted.lang == lang],
            }
            for lang, kinds in result.counts().items()
        }
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _trial(trial: Trial) -> dict[str, object]:
    return {"kind": trial.planted.kind, "before": trial.planted.before, "after": trial.planted.after, "caught": trial.caught}


def _shown(planted: Planted) -> str:
    """The change in its surroundings: [was → is]; the whole sentence when it was taken out."""
    old, new = planted.before, planted.after
    if not new:
        return f"[{_flat(old)} → nothing]"
    was, now = old.split(" "), new.split(" ")
    head = _same(was, now)
    tail = _same(was[head:][::-1], now[head:][::-1])
    was_end, now_end = len(was) - tail, len(now) - tail
    told = [*was[max(0, head - 6) : head], f"[{' '.join(was[head:was_end])} → {' '.join(now[head:now_end])}]", *was[was_end : was_end + 6]]
    return _flat(" ".join(told))


def _same(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two sentences share at their beginnings."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _flat(text: str) -> str:
    return visible(" ".join(text.split()))
