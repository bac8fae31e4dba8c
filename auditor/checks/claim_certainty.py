"""How sure the writer is, and what one has to do.

Fires when
- the source only thinks something possible or likely and the translation is certain of it ("could" / 必将, ことは確実だ), or the other
  way round;
- the source is certain, or hedges, in so many words, and neither the translation nor the back-translation does;
- an obligation changed by two rungs of the ladder forbidden, optional, permitted, should, must ("have to" / 可以选择).

Stays quiet when the words of certainty are the same rung or next to each other, when a hedge may hide in an ability (可, 能, できる), in an
expectation (预计, 見通し) or in what somebody says or thinks, and for "sure" words that only stress (当然, もちろん).

Limits: without a back-translation a hedge that is merely gone is minor; which of two predicates carries a hedge is not parsed.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.claim_sides import Case, Side, drift
from auditor.lang.cue_kinds import OBLIGATION
from auditor.model import Cue, Drift

_HEDGES = ("possible", "likely", "unlikely")


def find(case: Case) -> Iterator[Drift]:
    """Certainty first; an obligation is only looked at when certainty agrees."""
    found = list(_certainty(case)) or list(_obligation(case))
    yield from found[:1]


def _certainty(case: Case) -> Iterator[Drift]:
    source, target, back = case.source, case.target, case.back
    sure, hedged = source.of("certainty", "certain"), source.of("certainty", *_HEDGES)
    sure_t, hedged_t = target.of("certainty", "certain"), target.of("certainty", *_HEDGES)
    if sure_t and hedged and not sure:
        yield _drift("certainty", 0.85, hedged[0], sure_t[0], "became certain", _says(back, "certain"))
    elif sure and not sure_t and back is not None and not back.of("certainty", "certain"):
        yield _drift("certainty", 0.5, sure[0], hedged_t[0] if hedged_t else None, "is not in the translation", True)
    elif sure and hedged_t and not sure_t and not hedged:
        yield _drift("certainty", 0.6, sure[0], hedged_t[0], "became a possibility", None)
    elif hedged and not hedged_t and not _soft(target):
        agreed = None if back is None else not back.of("certainty", *_HEDGES) and not _soft(back)
        if hedged[0].value == "possible":
            yield _drift("certainty", 0.4, hedged[0], None, "is not in the translation", agreed, weak=agreed is not True)


def _soft(side: Side) -> bool:
    """Anything a possibility may hide in."""
    return bool(side.of("ability") or side.of("attribution") or side.of("question") or side.of("condition") or side.of("obligation"))


def _says(back: Side | None, value: str) -> bool | None:
    if back is None:
        return None
    if back.of("certainty", value):
        return True
    return False if back.of("certainty", *_HEDGES) else None


def _obligation(case: Case) -> Iterator[Drift]:
    mine, theirs = _rungs(case.source), _rungs(case.target)
    if not mine or not theirs:
        yield from _gone(case, mine)
        return
    near = min(abs(a - b) for a in mine for b in theirs)
    if near >= 2:
        a, b = mine[max(mine)], theirs[min(theirs) if max(mine) > 2 else max(theirs)]
        rungs = _rungs(case.back) if case.back is not None else {}
        agreed = None if not rungs else min(abs(x - y) for x in mine for y in rungs) >= 2
        yield _drift("obligation", 0.7, a, b, f"became “{b.text}”", agreed)


def _gone(case: Case, mine: dict[int, Cue]) -> Iterator[Drift]:
    """"Need not" that neither the translation nor the back-translation has, where the latter has an obligation instead."""
    if OBLIGATION["optional"] in mine and case.back is not None and max(_rungs(case.back), default=0) >= OBLIGATION["should"]:
        yield _drift("obligation", 0.5, mine[OBLIGATION["optional"]], None, "is not in the translation", True)


def _rungs(side: Side) -> dict[int, Cue]:
    return {OBLIGATION[c.value]: c for c in side.of("obligation")}


def _drift(kind: str, strength: float, source: Cue, target: Cue | None, what: str, back: bool | None, weak: bool = False) -> Drift:
    severity = "minor" if weak or back is False else "major"
    said = f"“{source.text}” {what}" + (f" ({target.text})" if target else "")
    return drift(kind, severity, strength, source, target, said, back)  # type: ignore[arg-type]
