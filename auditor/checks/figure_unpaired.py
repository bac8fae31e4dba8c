"""Figures of one side that nothing on the other is: dropped or added.

A figure told in another way looks like one that is lost: 1,880 lines of faithful articles that nobody had read lost or gained 39
substantial figures; with what stands here, 21 are left (2026-11-27). So it is major only where it stands in digits, and where the
other side has nothing that it could have become; minor

- in words (a dozen streets, ten minutes, Thursday);
- where the other side has a figure of its own, not in digits, that nothing here is;
- where it is the sum, difference, product, quotient, half, double or remainder of others in the passage.

Serious all the same: two figures in digits that are unlike (19th-century, 39世紀), one number with two units (two hours, 2日), money,
percentage points, 2.5 in digits, and a share in the place of a share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, permutations
from math import isclose

from auditor.checks.figure_back import back_evidence, shown_back
from auditor.checks.figure_compare import agreement, lunar, number
from auditor.checks.figure_likeness import COUNTS, in_digits, small
from auditor.checks.figure_match import Matched
from auditor.checks.figure_words import figure_in_words, figure_key
from auditor.checks.units import may_be_worth
from auditor.model import Drift, Figure, Pair, Span

_FEW = 12
"""Numbers of a passage from which one may be reckoned: from more, nearly any number can."""
_EXACT = frozenset(("money", "points"))
_SHARES = frozenset(("percent", "fraction", "range"))
_MQM = {"dropped": "accuracy/omission", "added": "accuracy/addition"}


def unpaired(pair: Pair, matched: Matched, source: Sequence[Figure], target: Sequence[Figure]) -> Iterator[Drift]:
    """A drift for every figure of the two sides' residuals that is worth one."""
    for figure in source:
        if not _idle(figure):
            yield _drift(pair, figure, "dropped", target)
    for figure in target:
        if not _idle(figure) and not _conversion(figure, matched):
            yield _drift(pair, figure, "added", source)


def _told_otherwise(figure: Figure, pair: Pair, rest: Sequence[Figure]) -> bool:
    """May it have been told in another way?

    rest  the figures of the other side that nothing here is
    """
    if in_digits(figure) and any(in_digits(f) for f in rest):
        return False
    bare = _bare_number(figure)
    if bare is not None and any(_bare_number(f) == bare for f in rest):
        return False  # two hours, 2日
    if figure.kind in _EXACT or _is_broken(figure) or (figure.kind in _SHARES and any(f.kind in _SHARES for f in rest)):
        return False
    return bool(rest) or not in_digits(figure) or _reckoned(figure, pair)


def _bare_number(figure: Figure) -> float | None:
    """Its number without a unit; of a day of the month the day."""
    value = figure.value or ""
    return number(value.removeprefix("---")) if value.startswith("---") else number(value)


def _is_broken(figure: Figure) -> bool:
    """2.5 in digits."""
    value = number(figure.value)
    return in_digits(figure) and value is not None and value != int(value)


def _reckoned(figure: Figure, pair: Pair) -> bool:
    """Can it be had from others of the passage by one step of reckoning?"""
    value = number(figure.value)
    if value is None:
        return False
    others = [n for f in (*pair.source.figures, *pair.target.figures) if f is not figure for n in map(number, (f.value, f.high)) if n]
    if len(others) > _FEW:
        return False
    by_one = (n for x in others for n in (100 - x, 1 - x, 2 * x, x / 2))
    by_two = (n for a, b in permutations(others, 2) for n in (a + b, a - b, a * b, a / b))
    return any(isclose(n, value, rel_tol=1e-6) for n in chain(by_one, by_two))


def _idle(figure: Figure) -> bool:
    """One, two, half, first, twice, a vague amount: what idiom adds and drops."""
    vague = figure.approximate and figure.high is not None and figure.kind in (*COUNTS, "duration")
    # a litre and 一升: the article of one language is the numeral of the other
    one = figure.kind == "measure" and figure.value == "1" and not in_digits(figure)
    return figure.value is None or small(figure) or vague or one


def _conversion(figure: Figure, matched: Matched) -> bool:
    """An amount in another currency beside one that is there: a conversion added for the reader."""
    others = [a for a, _, _ in matched.pairs]
    if figure.kind == "money":
        return any(o.kind == "money" and o.unit != figure.unit and may_be_worth(o, figure) for o in others)
    return figure.kind == "measure" and any(o.kind == "measure" and agreement(o, figure) is not None for o in others)


def _substantial(figure: Figure) -> bool:
    value = number(figure.value)
    if figure.kind == "percent" and figure.high is None and value is not None and 99 <= value <= 110:
        return False  # "a hundred percent certain": idiom
    if (figure.kind == "time" and not in_digits(figure)) or figure.value == "---01":
        return False  # noon, midnight; a lone first of the month is mostly "one day"
    if figure.kind == "measure" and figure.value == "1":
        return False  # per kilometre, 1キロ当たり
    if figure.kind == "money" and figure.value in ("0.01", "0.1"):
        return False  # not a cent, 一分钱也没有
    if figure.kind in ("money", "percent", "points", "date", "time", "weekday", "measure"):
        return True
    return value is None or abs(value) >= 10 or value != int(value)


def _drift(pair: Pair, figure: Figure, kind: str, rest: Sequence[Figure]) -> Drift:
    words = figure_in_words(figure)
    shown = figure.text + (f" ({words})" if words != figure.text and not figure.text.isascii() else "")
    span = Span(figure.start, figure.end, figure.text)
    dropped = kind == "dropped"
    back = shown_back(pair, figure, None) if dropped else shown_back(pair, None, figure)
    heavy = _substantial(figure) and back is not False and not (kind == "added" and _idle_addition(figure))
    heavy = heavy and (back is True or not _told_otherwise(figure, pair, rest))
    return Drift(
        category="figure",
        type=kind,
        severity="major" if heavy else "minor",
        strength=0.6 if heavy else 0.4,
        source=span if dropped else None,
        target=None if dropped else span,
        message=f"{shown} is not in the translation" if dropped else f"{shown} is not in the source",
        mqm=_MQM[kind],
        key=f"{kind}:{figure_key(figure)}",
        back=back,
        evidence={"value": words, **(back_evidence(pair, figure) if dropped else {})},
    )


def _idle_addition(figure: Figure) -> bool:
    """A weekday given beside its date, a round number in words (ten, a thousand), one of a currency where another language has "every
    pound", "a euro a litre", a feast of fixed date in one word (元日), a day of the lunar calendar (正月初一): what a language adds by
    itself.
    """
    value = number(figure.value)
    feast = figure.kind == "date" and figure.value in ("--01-01", "--12-31") and not in_digits(figure)
    return (
        feast
        or lunar(figure)
        or figure.kind == "weekday"
        or (figure.kind == "money" and value == 1)
        or (figure.kind == "number" and not in_digits(figure) and value in (10, 100, 1000, 10000))
    )
