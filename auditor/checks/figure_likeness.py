"""How likely one figure is another one changed, what kind of change that is, and which figures come and go in idiom."""

from __future__ import annotations

from math import isclose, log10

from auditor.checks.figure_compare import number
from auditor.checks.units import dimension
from auditor.lang.figures_said import idiom
from auditor.model import Facts, Figure, Pair

COUNTS = frozenset(("number", "ordinal", "multiple", "fraction", "range"))


def likeness(pair: Pair, a: Figure, b: Figure) -> float:
    """How likely one is the other changed: kind, unit, digits in common, place in the passage; 0: no pair."""
    alike = group(a) == group(b)
    if (
        not alike
        and not (a.kind in COUNTS and b.kind not in ("weekday", "time", "date"))
        and not (b.kind in COUNTS and a.kind not in ("weekday", "time", "date"))
    ):
        return 0.0
    if a.value is None or b.value is None:
        return 0.0
    if not alike and (small(a) or small(b)):
        return 0.0
    if _another(a, b) or _another(b, a) or (not in_digits(a) and _one_more(b, pair)):
        return 0.0
    if idiomatic(a) != idiomatic(b) and {a.kind, b.kind} != {"fraction"}:
        return 0.0
    score = 1.0 if a.kind == b.kind else 0.6 if alike else 0.2
    score += 0.5 if a.unit == b.unit and a.unit else 0.0
    score += 0.5 * _digits_alike(a.value, b.value)
    return score + 0.3 * (1 - abs(_place(a, pair.source, pair) - _place(b, pair.target, pair)))


def _another(a: Figure, b: Figure) -> bool:
    """ "A third was late", もう1人は: the next in a row on one side, one more on the other; "doubled" and three of something."""
    if a.kind == "multiple" and not in_digits(a) and b.kind in ("number", "ordinal"):
        return True
    nth = a.kind == "ordinal" or (a.kind == "fraction" and number(a.value) not in (None, 0.5))
    return nth and not in_digits(a) and b.kind == "number" and b.value == "1"


def _one_more(figure: Figure, pair: Pair) -> bool:
    """別の男1人 for "a third man": the one of another counts no one else."""
    if figure.value != "1" or figure.kind != "number":
        return False
    before = pair.target.text[: figure.start - pair.offset(pair.target)]
    return bool(idiom(pair.target.lang, "another").search(before))


def _place(figure: Figure, facts: Facts, pair: Pair) -> float:
    return (figure.start - pair.offset(facts)) / max(len(facts.text), 1)


def _digits_alike(a: str, b: str) -> float:
    from rapidfuzz.distance import Levenshtein

    bare_a, bare_b = (x.lstrip("-").replace(".", "").rstrip("0") or "0" for x in (a, b))
    return 1 - Levenshtein.normalized_distance(bare_a, bare_b)


def group(figure: Figure) -> str:
    if figure.kind in COUNTS:
        return "count"
    if figure.kind in ("percent", "points"):
        return "percent"
    if figure.kind in ("measure", "duration"):
        return dimension(figure.unit) or "measure"
    return figure.kind


def type_of_change(a: Figure, b: Figure) -> str:
    if a.kind in ("date", "weekday", "time") and b.kind == a.kind:
        return a.kind
    x, y = number(a.value), number(b.value)
    if {a.kind, b.kind} == {"percent", "points"} and x == y:
        return "percent_points"
    if x is None or y is None:
        return "digits"
    if x == y and a.kind == "money" and b.kind == "money":
        return "currency"
    if x == y and a.unit != b.unit:
        return "unit"
    if power(x, y):
        return "magnitude"
    return "ordinal" if a.kind == b.kind == "ordinal" else "digits"


def power(x: float, y: float) -> int:
    """The power of ten between two values of the same digits (19 and 190: 1), 0 when there is none."""
    if x <= 0 or y <= 0:
        return 0
    exact = log10(y / x)
    return round(exact) if round(exact) and isclose(exact, round(exact), abs_tol=1e-6) else 0


def small(figure: Figure) -> bool:
    value = number(figure.value)
    return figure.kind in COUNTS and figure.high is None and value is not None and abs(value) <= 2


def idiomatic(figure: Figure) -> bool:
    """One, first, half in words: more often idiom than a number that took another's place."""
    value = number(figure.value)
    part = figure.kind == "fraction" and value != 0.5  # two thirds is no idiom, half is
    return small(figure) and not in_digits(figure) and value is not None and value < 2 and not part


def in_digits(figure: Figure) -> bool:
    return any(c.isdecimal() for c in figure.text)
