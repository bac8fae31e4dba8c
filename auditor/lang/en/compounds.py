"""What English tells in two units: 2 years and 3 months, 6 lb 4 oz, one dollar and five cents. One figure in the smaller unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.lang.en.alone import alone
from auditor.lang.figures_base import plain
from auditor.model import Figure

_SMALLER = {"year": ("month", 12), "month": ("day", 30), "week": ("day", 7), "day": ("hour", 24), "hour": ("minute", 60),
            "minute": ("second", 60), "pound": ("ounce", 16), "foot": ("inch", 12), "stone": ("pound", 14), "kilometer": ("meter", 1000),
            "meter": ("centimeter", 100)}  # fmt: skip


def compounds(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """2 years and 3 months, 1 hour 30 minutes, 6 lb 4 oz: one figure in the smaller unit."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        merged = _compound(text, last, figure) if last is not None else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(figure)
    return joined


def _compound(text: str, first: Figure, second: Figure) -> Figure | None:
    if first.kind == second.kind == "money":
        cents = second.unit == "USD" and first.unit not in _NO_CENTS and _CENTS.search(second.text)
        return _small_change(text, first, replace(second, unit=first.unit) if cents else second)
    if first.kind == "money" and second.kind == "number" and _bare_change(text, first, second):
        return _small_change(text, first, replace(second, unit=first.unit, value=plain(Decimal(second.value or 0) / 100)))
    if first.kind not in ("duration", "measure") or first.kind != second.kind or first.value is None or second.value is None:
        return None
    smaller, by = _SMALLER.get(first.unit or "", (None, None))
    if (first.unit, second.unit) == ("year", "day"):
        smaller, by = "day", 365
    between = text[first.end : second.start]
    if "," in between and re.match(r"an?\s", first.text, re.IGNORECASE):
        return None  # after a month, ten days is a lot
    if smaller != second.unit or by is None or not re.fullmatch(r",?\s+(?:and\s+)?", between) or Decimal(second.value) >= by:
        return None
    value = plain(Decimal(first.value) * by + Decimal(second.value))
    return replace(first, end=second.end, text=text[first.start : second.end], value=value, unit=second.unit)


# Three dollars fifty, when nothing follows.
_BARE_CHANGE = re.compile(
    r" (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|[2-9]\d)(?=\s*(?:[.;:!?)]|$))",
    re.IGNORECASE,
)


# Cents of the currency before: 5 euros 20 cents, 20 ringgit and 43c.
_CENTS = re.compile(r"(?:\d\s?c|cents?)$")
_NO_CENTS = frozenset(("GBP", "JPY", "CNY", "KRW", "INR", "RUB"))


def _bare_change(text: str, first: Figure, second: Figure) -> bool:
    """Three dollars fifty at the end of a clause; $20 43, twenty ringgit and 43 as the whole text."""
    if first.text[-1] == "s" and _BARE_CHANGE.match(text, first.end):
        return True
    whole = "." not in (first.value or ".") and re.fullmatch(r"[1-9]\d", second.text)
    return bool(whole) and alone(text, first.start, second.end)


def _small_change(text: str, first: Figure, second: Figure) -> Figure | None:
    """One dollar and five cents: one amount."""
    if (
        first.unit != second.unit
        or first.value is None
        or second.value is None
        or not re.fullmatch(r"\s+(?:and\s+)?", text[first.end : second.start])
    ):
        return None
    if not Decimal(second.value) < 1 <= Decimal(first.value):
        return None
    value = plain(Decimal(first.value) + Decimal(second.value))
    return replace(first, end=second.end, text=text[first.start : second.end], value=value)
