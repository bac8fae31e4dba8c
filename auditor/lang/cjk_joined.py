"""What Chinese and Japanese write as one thing in two figures: the two ends of a span of dates or hours, a span of time in two units.

- 2016年1月12日から2016年1月22日, 上午8点45分至上午9点30分: one date or time with its end, when the second is the later one;
- 时速56英里（90公里）: the length in brackets is a speed as well;
- 8天又20小时, 2年1か月21日: one duration in the smaller unit, as English writes "two years, one month and 21 days".

Ends that say different things (a year and a day) stay two figures, and so do hours that run over midnight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from auditor.lang.figures_base import plain
from auditor.model import Figure

SMALLER = {
    ("hour", "minute"): 60, ("minute", "second"): 60, ("year", "month"): 12, ("foot", "inch"): 12, ("day", "hour"): 24, ("week", "day"): 7,
    ("week", "hour"): 168, ("year", "day"): 365, ("month", "day"): 30, ("kilometer", "meter"): 1000, ("meter", "centimeter"): 100,
    ("kilogram", "gram"): 1000, ("pound", "ounce"): 16, ("day", "minute"): 1440, ("hour", "second"): 3600,
}  # fmt: skip
_AND = re.compile(" ?[又与和と零余加]? ?")


@cache
def _connector(parts: tuple[str, ...], connect: str) -> re.Pattern[str]:
    return re.compile(f" ?(?:{connect}) ?(?:{'|'.join(parts)})?の? ?")


def joined(text: str, figures: Sequence[Figure], parts: tuple[str, ...], connect: str) -> tuple[Figure, ...]:
    """The figures with those that belong together made one; `parts` are words of the time of day (凌晨, 午後)."""
    if len(figures) < 2:
        return tuple(figures)
    between = _connector(parts, connect)
    kept: list[Figure] = []
    for figure in figures:
        if kept and _bracketed_speed(text, kept[-1], figure):
            figure = replace(figure, unit=f"{figure.unit}-per-hour")
        one = _one(text, kept[-1], figure, between) if kept else None
        kept[-1:] = [one] if one else [*kept[-1:], figure]
    return tuple(kept)


_OPENED = re.compile(" ?[（(](?:约|約|合|即|等于)?")


def _bracketed_speed(text: str, speed: Figure, length: Figure) -> bool:
    """Is a length the other way to say the speed before it: 时速56英里（90公里）?"""
    hourly = (speed.unit or "").endswith("-per-hour") and length.unit in ("kilometer", "mile")
    return hourly and _OPENED.fullmatch(text[speed.end : length.start]) is not None


def _days(text: str, first: Figure, second: Figure) -> Figure:
    """2カ月と10日: days that would be a date by themselves."""
    day = re.fullmatch(r"---(\d\d)", second.value or "") if first.kind == "duration" and second.kind == "date" else None
    if day is None or first.unit != "month" or text[first.end : second.start] != "と":
        return second
    return replace(second, kind="duration", value=str(int(day[1])), unit="day")


def _one(text: str, first: Figure, second: Figure, between: re.Pattern[str]) -> Figure | None:
    second = _days(text, first, second)
    if first.kind != second.kind or first.value is None or second.value is None or first.high or second.high:
        return None
    gap = text[first.end : second.start]
    if first.kind in ("date", "time"):
        alike = len(first.value) == len(second.value) and first.value < second.value
        if not alike or not between.fullmatch(gap):
            return None
        open_half = first.approximate and second.approximate
        return replace(
            second, start=first.start, text=text[first.start : second.end], value=first.value, high=second.value, approximate=open_half
        )
    times = SMALLER.get((first.unit or "", second.unit or "")) if first.kind == "duration" else None
    if times is None or not _AND.fullmatch(gap) or Fraction(second.value) >= times:
        return None
    value = plain(Fraction(first.value) * times + Fraction(second.value))
    bound = second.bound if first.bound == "exact" else first.bound
    blurred = first.approximate or second.approximate
    return replace(
        first, end=second.end, text=text[first.start : second.end], value=value, unit=second.unit, bound=bound, approximate=blurred
    )
