"""A figure in English words, for messages: 190 million US dollars, 5 kilometers, Thursday, 19 November, from 3 to 5."""

from __future__ import annotations

from decimal import Decimal

from auditor.checks.figure_compare import number, parts
from auditor.model import Figure

_SCALES = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
_BOUNDS = {"over": "more than ", "at least": "at least ", "under": "less than ", "at most": "at most "}


def figure_in_words(figure: Figure) -> str:
    """The value as an English reader would say it; the text itself when it names no value."""
    if figure.value is None:
        return figure.text
    about = "about " if figure.approximate and figure.bound == "exact" and figure.kind not in ("time", "date") else ""
    return _BOUNDS.get(figure.bound, about) + _value(figure)


def _value(figure: Figure) -> str:
    low, high = _one(figure, figure.value or "", figure.high is None), _one(figure, figure.high or "", True) if figure.high else None
    return f"{low} to {high}" if high else low


def _one(figure: Figure, value: str, last: bool) -> str:
    if figure.kind == "weekday":
        return _weekday(value)
    if figure.kind == "date":
        return _date(value)
    if figure.kind == "time":
        return value
    amount = in_words(value)
    if figure.kind == "ordinal":
        return _ordinal(value)
    if not last:
        return amount
    return {
        "percent": f"{amount} percent", "points": f"{amount} percentage points", "multiple": f"{amount} times",
        "money": f"{amount} {_currency(figure.unit, value)}", "measure": _unit(figure.unit, value, amount),
        "duration": _unit(figure.unit, value, amount),
    }.get(figure.kind, amount).strip()  # fmt: skip


def in_words(value: str) -> str:
    """A plain decimal with separators, or in millions and billions when that is exact to two places."""
    amount = Decimal(value)
    for name, scale in _SCALES:
        if abs(amount) >= scale:
            short = amount / scale
            if short == short.quantize(Decimal("0.001")):
                return f"{short.normalize():f} {name}"
    return f"{amount:,f}"


def _ordinal(value: str) -> str:
    whole = int(Decimal(value))
    suffix = "th" if whole % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole:,}{suffix}"


def _currency(code: str | None, value: str) -> str:
    if code is None:
        return ""
    from babel.numbers import get_currency_name

    name: str = get_currency_name(code, count=1 if Decimal(value) == 1 else 2, locale="en")
    return name


def _unit(unit: str | None, value: str, amount: str) -> str:
    if unit is None:
        return amount
    if unit in ("celsius", "fahrenheit"):
        return f"{amount} °{unit[0].upper()}"
    if unit == "degree":
        return f"{amount} degrees"
    from babel.units import format_unit

    try:
        pattern: str = format_unit(1 if number(value) == 1 else 2, unit, locale="en")
    except Exception:  # babel raises its own error for a unit CLDR has no English pattern for
        return f"{amount} {unit.replace('-', ' ')}"
    return f"{amount} {pattern.partition(' ')[2] or unit}"


def _weekday(value: str) -> str:
    from babel.dates import get_day_names

    name: str = get_day_names("wide", locale="en")[int(value) - 1]
    return name


def _date(value: str) -> str:
    from babel.dates import get_month_names

    year, month, day = parts(value)
    if month is not None and not 1 <= month <= 12:
        return value
    names = get_month_names("wide", locale="en")
    pieces = [str(day)] if day is not None else []
    pieces += [names[month]] if month is not None else []
    if year is not None:
        pieces.append(f"{-year} BC" if year < 0 else str(year))
    text = " ".join(pieces)
    return f"the {_ordinal(str(day))}" if day is not None and month is None and year is None else text


def figure_key(figure: Figure) -> str:
    """What makes two findings about figures one."""
    return f"{figure.kind}={figure.value}{'..' + figure.high if figure.high else ''}{' ' + figure.unit if figure.unit else ''}"
