"""Figures in English, from their values: "19 million US dollars", "2/3", "November 19", "60%"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

from auditor.model import Figure

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_SMALL = "zero one two three four five six seven eight nine ten".split()  # noqa: SIM905
_BOUNDS = {"over": "more than ", "at least": "at least ", "under": "less than ", "at most": "at most "}


def english_figure(figure: Figure) -> str | None:
    """The figure in English words and digits; None when it names no value."""
    if figure.value is None:
        return None
    text = _of_kind(figure, figure.value)
    lead = _BOUNDS.get(figure.bound, "about " if figure.approximate and figure.kind not in ("fraction", "date", "time") else "")
    return lead + text


def _of_kind(figure: Figure, value: str) -> str:
    if figure.kind == "date":
        return _range(_date(value), figure.high and _date(figure.high))
    if figure.kind == "weekday":
        return _DAYS[int(value) - 1] if value.isdigit() and 1 <= int(value) <= 7 else value
    if figure.kind == "time":
        return _range(_time(value), figure.high and _time(figure.high))
    if figure.kind == "ordinal":
        return _ordinal(value)
    if figure.kind == "fraction":
        part = Fraction(value).limit_denominator(20)
        return "half" if part == Fraction(1, 2) else f"{part.numerator}/{part.denominator}"
    number = _range(_number(value), figure.high and _number(figure.high))
    return number + _unit(figure, number)


def _range(low: str, high: str | None) -> str:
    return f"{low} to {high}" if high else low


def _unit(figure: Figure, number: str) -> str:
    plural = number not in ("one", "1")
    if figure.kind == "percent":
        return "%"
    if figure.kind == "points":
        return " percentage points" if plural else " percentage point"
    if figure.kind == "multiple":
        return " times"
    if figure.kind == "money" and figure.unit:
        return " " + _currency(figure.unit, plural)
    if figure.unit:
        return f" {_measure(figure.unit)}{'s' if plural and not figure.unit.endswith(('hertz', 'celsius', 'fahrenheit')) else ''}"
    return ""


def _number(value: str) -> str:
    number = Decimal(value)
    if number == number.to_integral() and 0 <= number <= 10:
        return _SMALL[int(number)]
    for scale, name in _SCALES:
        if number >= scale:
            return f"{(number / scale).normalize():,f} {name}"
    return f"{number:,f}" if number >= 10000 else f"{number:f}"


@cache
def _currency(code: str, plural: bool) -> str:
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, 2 if plural else 1, locale="en"))


def _measure(unit: str) -> str:
    area = {"square": "square ", "cubic": "cubic "}
    head, _, rest = unit.partition("-")
    return area[head] + rest if head in area else unit.replace("-", " ")


def _ordinal(value: str) -> str:
    if not value.isdigit():
        return value
    number = int(value)
    words = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if number < len(words):
        return words[number]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _date(value: str) -> str:
    """2023, 2023-11, 2023-11-19, --11-19, --11, ---19."""
    year, _, rest = value[1:].partition("-") if value.startswith("-") else value.partition("-")
    parts = [p for p in rest.split("-") if p]
    if value.startswith("---"):
        return f"the {_ordinal(value[3:].lstrip('0'))}"
    if not all(p.isdigit() for p in parts) or (parts and not 1 <= int(parts[0]) <= 12):
        return value
    month = _MONTHS[int(parts[0]) - 1] if parts else ""
    day = f" {int(parts[1])}" if len(parts) > 1 else ""
    comma = ", " if day and year else " " if month and year else ""
    return f"{month}{day}{comma}{year}"


def _time(value: str) -> str:
    hour, _, minute = value.partition(":")
    if not (hour.isdigit() and minute[:2].isdigit()):
        return value
    half = "p.m." if 12 <= int(hour) < 24 else "a.m."
    clock = (int(hour) - 1) % 12 + 1
    return f"{clock}{'' if minute[:2] == '00' else ':' + minute[:2]} {half}"
