"""Figures of one value that are counted by other units: $500 a week and 每月500美元, the ninth month and 第九周."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.units import dimension
from auditor.lang.figure_rates import rate
from auditor.lang.figures_said import folded_text, said
from auditor.model import Facts, Figure, Pair

_KINDS = frozenset(("money", "measure", "number"))
_SPANS = ("day", "week", "month", "quarter", "year", "hour")
_BEHIND = 2  # words in which the unit of an ordinal stands: the ninth straight month


def other_rates(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[tuple[Figure, Figure]]:
    """Matched figures, equal in value, whose rates differ in unit."""
    for a, b, _ in matched:
        if a.kind in _KINDS and a.value == b.value and a.value is not None:
            one, two = rate(pair.source, a, pair.offset(pair.source)), rate(pair.target, b, pair.offset(pair.target))
            if one and two and one != two and dimension(one) == dimension(two) and not _told_apart(pair.target, one):
                yield a, b
    for a in (f for f in pair.source.figures if f.kind == "ordinal"):
        unit = _counted(pair.source, a)
        others = [b for b in pair.target.figures if b.value == a.value and b.kind in ("ordinal", "duration")]
        units = [_counted(pair.target, b) for b in others]
        if unit and others and all(other and other != unit for other in units):
            yield a, others[0]


def _told_apart(facts: Facts, unit: str) -> bool:
    """毎月の返済は1年前より5800クローネ多い: the unit of the rate stands elsewhere in the sentence, and what stands nearer is no rate."""
    words = said(facts.lang, "rate").get(unit)
    return words is not None and words.search(folded_text(facts.lang, facts.text)) is not None


def _counted(facts: Facts, figure: Figure) -> str | None:
    """The span of time a figure counts: its unit, or the noun behind an ordinal."""
    if figure.kind == "duration":
        return figure.unit
    if any(f.start - figure.end in (1, 2) for f in facts.figures):
        return None  # the first 11 days
    behind = [w for w in facts.words if w.start >= figure.end and w.pos != "punct"][:_BEHIND]
    return next((unit for word in behind for unit in _SPANS if unit in word.senses[:3]), None)
