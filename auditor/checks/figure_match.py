"""Which figure of the source is which of the translation, and what neither side explains of the other.

`residuals(source, target)` pairs figures that agree, best and nearest first, then explains what is left: a range by its two ends, a
date by its parts, a figure said twice, a sum of two (1 hour, 30 minutes). What remains on either side is the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.checks.figure_compare import agreement, lunar, number, parts
from auditor.checks.units import convert
from auditor.model import Facts, Figure


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs that agree, and the figures left on each side.

    source, target              what the other side says nowhere
    source_again, target_again  what the other side says, but less often: most often a repetition, else the trace of a replaced figure
    """

    pairs: tuple[tuple[Figure, Figure, float], ...]
    source: tuple[Figure, ...]
    target: tuple[Figure, ...]
    source_again: tuple[Figure, ...] = ()
    target_again: tuple[Figure, ...] = ()


def residuals(source: Sequence[Figure], target: Sequence[Figure]) -> Matched:
    """Pairs and what is left on either side."""
    pairs = _assign(source, target)
    left = [f for i, f in enumerate(source) if all(i != p[0] for p in pairs)]
    right = [f for j, f in enumerate(target) if all(j != p[1] for p in pairs)]
    left, right = _merged(left, right)
    left, right = _opened(left, right), _opened(right, left)
    rest = tuple(f for f in left if not explained(f, target))
    extra = tuple(f for f in right if not explained(f, source))
    again = tuple(f for f in left if f not in rest and any(agreement(f, o) is not None for o in target))
    twice = tuple(f for f in right if f not in extra and any(agreement(f, o) is not None for o in source))
    return Matched(tuple((source[i], target[j], cost) for i, j, cost in pairs), rest, extra, again, twice)


def paired(figure: Figure, figures: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Does the figure get one of the others for itself when all are paired, or is it explained by a range or a date in parts?"""
    pairs = _assign(figures, others)
    if any(figures[i] is figure for i, _, _ in pairs):
        return True
    return explained(figure, others) and not any(agreement(figure, o) is not None for o in others)


def _assign(source: Sequence[Figure], target: Sequence[Figure]) -> list[tuple[int, int, float]]:
    """One to one, cheapest first; among equals the nearest in order."""
    candidates: list[tuple[float, float, int, int]] = []
    for i, a in enumerate(source):
        for j, b in enumerate(target):
            cost = agreement(a, b)
            if cost is not None:
                candidates.append((round(cost, 3), abs(i / max(len(source), 1) - j / max(len(target), 1)), i, j))
    taken_source: set[int] = set()
    taken_target: set[int] = set()
    pairs: list[tuple[int, int, float]] = []
    for cost, _, i, j in sorted(candidates):
        if i not in taken_source and j not in taken_target:
            taken_source.add(i)
            taken_target.add(j)
            pairs.append((i, j, cost))
    return sorted(pairs)


def _merged(left: list[Figure], right: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Without the pairs of figures on one side that together make one on the other."""
    for one, many in ((left, right), (right, left)):
        for figure in list(one):
            group = _made_of(figure, many)
            if group:
                one.remove(figure)
                for part in group:
                    many.remove(part)
    return left, right


def _made_of(figure: Figure, others: Sequence[Figure]) -> list[Figure]:
    """Two of the others that make the figure: the ends of its range, or a sum of amounts (2 years and 3 months)."""
    for i, a in enumerate(others):
        for b in others[i + 1 :]:
            if figure.high is not None and _ends_are(figure, a, b):
                return [a, b]
            if figure.kind in ("duration", "measure") and _sum_is(figure, a, b):
                return [a, b]
            if figure.kind in ("fraction", "percent") and _ratio_is(figure, a, b):
                return [a, b]
    return []


def ends(figure: Figure) -> tuple[Figure, Figure]:
    """The two ends of a range as figures of their own."""
    kind = "number" if figure.kind == "range" else figure.kind
    return replace(figure, kind=kind, high=None), replace(figure, kind=kind, value=figure.high, high=None)


def _ends_are(figure: Figure, a: Figure, b: Figure) -> bool:
    low, high = ends(figure)
    return any(agreement(low, x) is not None and agreement(high, y) is not None for x, y in ((a, b), (b, a)))


def _sum_is(figure: Figure, a: Figure, b: Figure) -> bool:
    total = number(figure.value)
    if figure.unit is None or total is None:
        return False
    amounts = [convert(v, f.unit, figure.unit) for f in (a, b) if f.unit is not None and (v := number(f.value)) is not None]
    known = [x for x in amounts if x is not None]
    return len(known) == 2 and abs(sum(known) - total) <= 0.01 * abs(total)


def _opened(figures: list[Figure], others: Sequence[Figure]) -> list[Figure]:
    """A range of which just one end stands on the other side, as the other end: it was most often two figures."""
    opened = []
    for figure in figures:
        known = [any(agreement(e, o) is not None for o in others) for e in ends(figure)] if figure.high and figure.kind != "date" else []
        opened.append(ends(figure)[known.index(False)] if sorted(known) == [False, True] else figure)
    return opened


# The counts of one in five: parts are told as shares of few wholes.
_PARTS = [("number", [whole]) for whole in (4, 5, 10, 20, 100)]
_NEAR = 40


def _ratio_is(figure: Figure, a: Figure, b: Figure) -> bool:
    """A share said by its two counts: a third, and eight of the 24."""
    if (a.kind, a.unit) != (b.kind, b.unit) or a.kind not in ("number", "money", "duration", "measure", "date"):
        return False  # eight of the 24, 每10美元有7美元, 10日のうち9日
    days = [f.value[3:] if (f.value or "").startswith("---") else f.value for f in (a, b)]  # type: ignore[index]
    share, counts = number(figure.value), [number(v) for f, v in zip((a, b), days, strict=True) if f.high is None]
    known = sorted(x for x in counts if x)
    if figure.kind == "percent":  # one vote in five, 近两成
        if share is None or figure.high or abs(b.start - a.end) > _NEAR or counts != known or (a.kind, known[1:]) not in _PARTS:
            return False
        share /= 100
    return share is not None and len(known) == 2 and known[0] >= 1 and abs(known[0] / known[1] - share) < 6e-4


def literal(figure: Figure, facts: Facts, offset: int) -> bool:
    """Do the figure's digits stand in the other text where no figure was read (Office2019, an article number)? Two digits at least."""
    runs = re.findall(r"\d+", figure.text)
    if len("".join(runs)) < 2:
        return False
    taken = [(f.start - offset, f.end - offset) for f in facts.figures]
    unread = {m[0] for m in re.finditer(r"\d+", facts.text) if not any(start <= m.start() < end for start, end in taken)}
    return all(run in unread for run in runs)


def explained(figure: Figure, others: Sequence[Figure]) -> bool:
    """Does the other side say this somewhere: the same figure again, an end of a range, a date in parts?"""
    if any(agreement(figure, o) is not None for o in others):
        return True
    pieces = [end for o in others if o.high is not None for end in ends(o)] + [o for o in others if o.high is None]
    if any(agreement(figure, p) is not None for p in pieces):
        return True
    if figure.kind == "duration" and figure.unit == "month" and any(_is_length_of(figure, o) for o in others):
        return True
    if figure.kind == "date" and figure.high is not None and any(_part_of_span(figure, o) for o in others):
        return True
    if figure.high is not None and figure.kind != "date":
        return all(any(agreement(end, p) is not None for p in pieces) for end in ends(figure))
    if figure.high is not None:
        return all(any(agreement(end, p) is not None for p in pieces) for end in ends(figure))
    if figure.kind in ("number", "ordinal"):
        return any(number(figure.value) in parts(o.value)[1:] for o in others if o.kind == "date" and parts(o.value)[2] is not None)
    return figure.kind == "date" and _in_parts(figure, pieces)


def said_again(figure: Figure, before: Matched | None) -> bool:
    """Does the passage before hold the figure on both sides? The 24亿 of 24亿是拖欠的会费 for "that is what is owed"."""
    kinds = ("number", "money", "percent", "points", "measure", "date")
    if before is None or figure.kind not in kinds or figure.approximate or figure.high is not None:
        return False
    told = [b for _, b, cost in before.pairs if cost <= 0.3 and b.high is None]
    return any(b.value == figure.value and agreement(b, figure) is not None for b in told)


def _is_length_of(figure: Figure, span: Figure) -> bool:
    """The three months of 截至9月的三个月 beside a quarter told as July to September."""
    if span.kind != "date" or span.high is None:
        return False
    (year, month, _), (last_year, last, _) = parts(span.value), parts(span.high)
    return month is not None and last is not None and number(figure.value) == 12 * ((last_year or 0) - (year or 0)) + last - month + 1


def _part_of_span(figure: Figure, other: Figure) -> bool:
    """The 1920s or the 1930s of 二三十年代: a span that ends or begins with a longer one."""
    if other.kind != "date" or other.high is None or (figure.value, figure.high) == (other.value, other.high):
        return False
    first, last = (parts(x)[0] for x in (figure.value, figure.high))
    low, high = (parts(x)[0] for x in (other.value, other.high))
    if None in (first, last, low, high) or any(parts(x)[1] for x in (figure.value, other.value)):
        return False
    return (first == low and last < high) or (last == high and first > low)  # type: ignore[operator]


def _in_parts(date: Figure, others: Sequence[Figure]) -> bool:
    """Every known part of the date stands in some number or, in its own place, in some date of the other side: 5 April is no 4 May."""
    known = parts(date.value)
    if sum(p is not None for p in known) < 2:
        return False
    numbers = {number(o.value) for o in others if o.kind in ("number", "ordinal")}
    dated = [parts(o.value) for o in others if o.kind == "date" and lunar(o) == lunar(date)]
    return all(p is None or p in numbers or any(d[i] == p for d in dated) for i, p in enumerate(known))
