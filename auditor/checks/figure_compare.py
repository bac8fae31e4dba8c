"""Do two figures say the same? By value, whatever the language, script, unit or notation.

`agreement(a, b)` is 0 when they are the same, up to 1 when they may pass for the same (a unit dropped, a conversion within rounding),
None when they differ.

Same: a number and an ordinal, a multiple or a counted unit of the same value; two thirds and 66.7 %; a decade and ten years; 72 hours
and three days; 6 feet and 183 cm (conversions within rounding); a year and a date in it; 19th and November 19; about 100 and 103.
Not the same: 2 % and 2 points, 5 dollars and 5 yuan, 5 km and 5 miles, 4:40 and 16:40, Tuesday and Thursday.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from math import isclose

from auditor.checks.units import convert, dimension
from auditor.lang.figures_said import idiom_anywhere
from auditor.model import Figure, Reduction, Remainder, of_price

_COUNTS = frozenset(("number", "ordinal", "multiple", "fraction", "range"))
# The ISO codes a bare word may stand for: a dollar any dollar, 元 any of the three, a pound any pound.
BARE = {
    "USD": frozenset(["AUD", "CAD", "HKD", "SGD", "NZD", "TWD"]),
    "CNY": frozenset(("TWD", "HKD")),
    "GBP": frozenset(("EGP", "LBP", "SYP")),
}


def number(text: str | None) -> float | None:
    """A plain value as a float; None for dates and other notations."""
    if text is None:
        return None
    try:
        return float(Decimal(text))
    except ArithmeticError:
        return None


def agreement(a: Figure, b: Figure) -> float | None:
    """0 the same, up to 1 near enough, None different."""
    if isinstance(a, Remainder) != isinstance(b, Remainder):
        return _off(a, b) if isinstance(a, Remainder) else _off(b, a)
    if a.kind == "weekday" or b.kind == "weekday":
        return 0.0 if a.kind == b.kind and a.value == b.value else None
    if a.kind == "time" or b.kind == "time":
        return _times(a, b)
    if a.kind == "date" or b.kind == "date":
        return _dates(a, b) if a.kind == b.kind else _date_number(a, b) if a.kind == "date" else _date_number(b, a)
    return _numbers(a, b)


def _off(left: Figure, other: Figure) -> float | None:
    """80 % of the price beside the 20 % taken off; beside 80 % unless these are what is taken off."""
    off = [f"{100 - (number(end) or 0.0):.10g}" for end in (left.high or left.value, left.value)]
    cost = agreement(of_price(Figure, replace(left, value=off[0], high=off[1] if left.high else None)), other)
    return agreement(of_price(Figure, left), other) if cost is None and not isinstance(other, Reduction) else cost


# --- numbers ----------------------------------------------------------------------------------------------------------------
def _numbers(a: Figure, b: Figure) -> float | None:
    if a.value is None or b.value is None:
        return _unvalued(a, b)
    if _next_in_row(a, b) or _next_in_row(b, a):
        return 0.4
    scaled = _comparable(a, b)
    if scaled is None:
        return 0.5 if least_coin(a, b) else None
    factor_a, factor_b, cost, tolerance = scaled
    ends_a, ends_b = _ends(a, factor_a), _ends(b, factor_b)
    if ends_a is None or ends_b is None:
        return None
    if _equal(ends_a, ends_b, tolerance):
        return cost
    if _tenths_and_more(a, b) or _tenths_and_more(b, a):
        return cost + 0.3
    if _in_pairs(a, b, ends_a, ends_b) or _in_pairs(b, a, ends_b, ends_a):
        return cost + 0.1
    if _bare_coins(a, b) or _bare_coins(b, a) or least_coin(a, b):
        return 0.5
    if (
        "multiple" in (a.kind, b.kind)
        and {a.kind, b.kind} <= {"multiple", "number"}
        and min(ends_a[0], ends_b[0]) >= 4
        and abs(ends_a[0] - ends_b[0]) == 1
    ):
        return 0.5  # grew 40-fold and 增长40倍 (to 41 times): few writers tell them apart
    if a.approximate or b.approximate:
        return _roughly(a, b, ends_a, ends_b, cost)
    return None


def _next_in_row(a: Figure, b: Figure) -> bool:
    """ "A third" in words is a part, and the third of a row."""
    share, place = number(a.value), number(b.value)
    if a.kind != "fraction" or b.kind != "ordinal" or any(c.isdecimal() for c in a.text) or not share or not place:
        return False
    return isclose(share * place, 1, rel_tol=1e-3) and place > 2


def _tenths_and_more(part: Figure, tenths: Figure) -> bool:
    """A third, 三成多, 3割; two thirds, 六成六: a part in words beside tenths, which are told to the tenth or the hundredth."""
    share, value = number(part.value), number(tenths.value)
    if part.kind != "fraction" or tenths.kind != "percent" or share is None or value is None or tenths.high:
        return False
    off = value - 100 * share
    in_words = not any(c.isdecimal() for c in part.text) and idiom_anywhere("tenths").search(tenths.text) is not None
    if in_words and abs(off) < (1 if value % 10 else 3.5) and isclose(6 * share, round(6 * share), abs_tol=3e-3):
        return True
    if value % 10:
        return False
    if tenths.bound in ("over", "at least"):
        return 0 < -off < 7
    return tenths.bound == "under" and tenths.approximate and 0 < off < (11 if part.bound == "over" else 4)  # well over half, 6割近く


def _in_pairs(pairs: Figure, other: Figure, ends_pairs: tuple[float, float], ends_other: tuple[float, float]) -> bool:
    """7万对 beside 70,000 couples: read as 140,000 people, they may be counted by couples on the other side."""
    doubled = idiom_anywhere("doubled")
    if doubled.search(pairs.text) is None or doubled.search(other.text) or idiom_anywhere("pair").search(other.text):
        return False
    return _equal((ends_pairs[0] / 2, ends_pairs[1] / 2), ends_other, 1e-9)


def _bare_coins(bare: Figure, money: Figure) -> bool:
    """Sold at 91, 91美分: cents that one side does not name."""
    if bare.kind != "number" or money.kind != "money" or bare.high or money.high or idiom_anywhere("cents").search(money.text) is None:
        return False
    value, sum_ = number(bare.value), number(money.value)
    return value is not None and sum_ is not None and 1 < value < 100 and isclose(value, 100 * sum_)


def least_coin(a: Figure, b: Figure) -> bool:
    """Not a cent, 一分钱也没有, 一銭も: the least coin of any currency stands for nothing at all."""
    return a.kind == b.kind == "money" and all(number(f.value) in (0.01, 0.1) and not any(c in "23456789" for c in f.text) for f in (a, b))


def _million(a: Figure, b: Figure) -> bool:
    """ "5m" read as five million beside five metres: the letter stands for either."""
    counted, measured = (a, b) if a.kind == "number" else (b, a)
    value = number(measured.value)
    return value is not None and value != 0 and number(counted.value) == 1e6 * value


def _unvalued(a: Figure, b: Figure) -> float | None:
    """ "Millions" and a figure that is itself vague, or no value either."""
    other = b if a.value is None else a
    if other.value is None or other.approximate:
        return 0.3
    return 0.8 if (a.kind, a.unit) == (b.kind, b.unit) and (number(other.value) or 0) >= 10 else None


def _ends(figure: Figure, by: float) -> tuple[float, float] | None:
    low, high = number(figure.value), number(figure.high)
    if low is None:
        return None
    return low * by, (low if high is None else high) * by


def _equal(a: tuple[float, float], b: tuple[float, float], tolerance: float) -> bool:
    return all(isclose(x, y, rel_tol=tolerance, abs_tol=1e-9) for x, y in zip(a, b, strict=True))


def _roughly(a: Figure, b: Figure, ends_a: tuple[float, float], ends_b: tuple[float, float], cost: float) -> float | None:
    """One is approximate: the other rounded to its digits, or intervals that overlap. Two that are both "about" must be equal."""
    if ends_a[0] != ends_a[1] or ends_b[0] != ends_b[1]:
        return cost + 0.3 if ends_a[0] <= ends_b[1] * 1.001 and ends_b[0] <= ends_a[1] * 1.001 else None
    if a.approximate and b.approximate:
        # nearly two thirds is no 近四分之三
        in_words = not any(c.isdecimal() for c in a.text + b.text) and "fraction" not in (a.kind, b.kind)
        return cost + 0.5 if in_words and isclose(ends_a[0], ends_b[0], rel_tol=0.17) else None  # a dozen or so, 十来
    exact, short = (ends_b[0], ends_a[0]) if a.approximate else (ends_a[0], ends_b[0])
    if a.bound == b.bound != "exact" and abs(exact - short) > 0.05 * abs(exact):
        return None  # "more than 45" is no 40余
    return cost + 0.4 if _rounded(exact, short) else None


def _rounded(exact: float, short: float) -> bool:
    """Is the second the first rounded to fewer digits (1,034 and 1,000; 48 and 50)?"""
    digits = len(plain_digits(short))
    if not short or digits >= len(plain_digits(exact)):
        return False
    return isclose(float(f"%.{digits}g" % exact), short, rel_tol=1e-9)


def plain_digits(value: float) -> str:
    """The significant digits of a value: 1,050 has three, 0.5 one."""
    return f"{abs(value):.10g}".replace(".", "").split("e")[0].strip("0")


def _comparable(a: Figure, b: Figure) -> tuple[float, float, float, float] | None:
    """Factors that bring both to one scale, what the difference in kind costs, and the relative tolerance; None: no comparison."""
    kinds = {a.kind, b.kind}
    if a.kind in _COUNTS and b.kind in _COUNTS:
        return 1.0, 1.0, 0.0 if a.kind == b.kind else 0.1, 6e-4 if "fraction" in kinds else 1e-9
    if kinds <= {"percent"} or kinds <= {"points"}:
        return 1.0, 1.0, 0.0, 1e-9
    if kinds == {"percent", "points"}:
        return (1.0, 1.0, 0.3, 1e-9) if _basis_points(a, b) else None
    if "percent" in kinds and (kinds & _COUNTS):
        return _percent_count(a, b)
    if kinds == {"money"}:
        return _currencies(a.unit, b.unit)
    if a.unit is not None and b.unit is not None and a.kind in ("measure", "duration") and b.kind in ("measure", "duration"):
        return _units(a, b)
    if kinds == {"money", "measure"} and "pound" in (a.unit, b.unit):
        return 1.0, 1.0, 0.4, 1e-9
    if kinds == {"number", "measure"} and "meter" in (a.unit, b.unit) and _million(a, b):
        return (1e-6, 1.0, 0.6, 1e-9) if a.kind == "number" else (1.0, 1e-6, 0.6, 1e-9)
    if kinds & (_COUNTS | {"money", "measure", "duration", "percent", "points"}) and (a.kind in _COUNTS or b.kind in _COUNTS):
        return 1.0, 1.0, 0.3, 1e-9
    return None


def _basis_points(a: Figure, b: Figure) -> bool:
    """Four basis points, 0.04%高い: a hundredth of a percentage point is never a share of the yield."""
    points = a if a.kind == "points" else b
    return abs(number(points.value) or 0.0) <= 1 and bool(idiom_anywhere("basis-points").search(points.text))


def _percent_count(a: Figure, b: Figure) -> tuple[float, float, float, float]:
    """66.7 % and two thirds, 150 % and one and a half times; 30 % and a bare 30 as well."""
    percent, count = (a, b) if a.kind == "percent" else (b, a)
    share, value = number(percent.value) or 0.0, number(count.value) or 0.0
    if count.kind in ("fraction", "multiple") or isclose(share / 100, value, rel_tol=6e-3):
        return (0.01, 1.0, 0.2, 6e-3) if a is percent else (1.0, 0.01, 0.2, 6e-3)
    return 1.0, 1.0, 0.4, 1e-9


def _currencies(a: str | None, b: str | None) -> tuple[float, float, float, float] | None:
    if a == b:
        return 1.0, 1.0, 0.0, 1e-9
    if a is None or b is None:
        return 1.0, 1.0, 0.2, 1e-9
    if b in BARE.get(a, ()) or a in BARE.get(b, ()):
        return 1.0, 1.0, 0.5, 1e-9
    return None


def _units(a: Figure, b: Figure) -> tuple[float, float, float, float] | None:
    assert a.unit is not None and b.unit is not None
    if a.unit == b.unit or {a.unit, b.unit} in ({"day", "night"}, {"ton", "tonne"}):
        # 30坪 is 99.17 square metres: what the reader converted is not meant to the centimetre
        converted = a.approximate != b.approximate and max(len(plain_digits(number(f.value) or 0.0)) for f in (a, b)) >= 5
        return 1.0, 1.0, 0.0, 0.01 if converted else 1e-9
    if _flow(a.unit, b.unit) or _flow(b.unit, a.unit):
        return 1.0, 1.0, 0.1, 1e-9
    if _either_kilo(a, b) or _either_kilo(b, a):
        return 1.0, 1.0, 0.1, 1e-9
    low = number(a.value)
    into = None if low is None else convert(low, a.unit, b.unit)
    if into is None or low is None:
        return None
    if a.value == b.value and a.high == b.high and low and not 0.95 < into / low < 1.05:
        return None  # 30 metres and 30 yards: nobody who converts keeps the number
    calendar = a.kind == "duration"
    tolerance = 0.02 if calendar else _rounding(a, b)
    if dimension(a.unit) == "temperature":
        target = number(b.value)
        return (into / low if low else 1.0, 1.0, 0.3, max(tolerance, 0.6 / abs(target))) if target else None
    if a.approximate or b.approximate:
        tolerance = max(tolerance, 0.02)
    return into / low if low else 1.0, 1.0, 0.2, tolerance


def _flow(per: str, unit: str) -> bool:
    """毎秒2600リットル beside 2,600 litres, whose rate the text says apart (`figure_rates` compares it); a length by time is a speed."""
    return "-per-" in per and per.partition("-per-")[0] == unit and dimension(unit) != "length"


def _either_kilo(a: Figure, b: Figure) -> bool:
    """キロ by itself is a kilometre as well as a kilogram."""
    kilos = {"kilogram", "kilometer"}
    return a.text.endswith("キロ") and a.unit in kilos and b.unit in kilos


def _rounding(a: Figure, b: Figure) -> float:
    """How far two roundings of one length may lie apart: half a unit in the coarser one's last digit, and at most a tenth."""
    return min(0.1, max(_grain(a.value), _grain(b.value), 0.005))


def _grain(value: str | None) -> float:
    digits = (value or "").lstrip("-").replace(".", "").strip("0")
    return 0.5 / max(float(digits[:8] or 1), 5.0)


# --- dates and times --------------------------------------------------------------------------------------------------------
def _times(a: Figure, b: Figure) -> float | None:
    if a.kind != b.kind:
        clock, other = (a, b) if a.kind == "time" else (b, a)
        return _clock_number(clock, other)
    if a.value == b.value:
        return 0.0
    if a.value is None or b.value is None:
        return 0.5
    apart = abs(_minutes(a.value) - _minutes(b.value))
    return 0.3 if apart == 1440 or (apart == 720 and (_either_half(a) or _either_half(b))) else None


def _either_half(clock: Figure) -> bool:
    """May the time be of either half of the day? Not "about 05:40", "about 5:40 am", 17時ごろ, though they are approximate."""
    said = clock.text[:1] == "0" or _HALF_SAID.search(clock.text) is not None
    return clock.approximate and not said and (clock.value or "") < "13"


def _clock_number(clock: Figure, other: Figure) -> float | None:
    """16:00 and a bare 4 or 16; 7:30 and a span of seven and a half minutes or hours; 2:09:33 and 2小时9分33秒."""
    if other.kind == "duration" and clock.value is not None and other.unit is not None:
        span = convert(number(other.value) or 0.0, other.unit, "minute")
        _, _, seconds = clock.value.partition(":")[2].partition(":")
        minutes, near = (_minutes(clock.value) + int(seconds) / 60, 0.02) if seconds else (_minutes(clock.value), 1)
        return 0.4 if span is not None and (abs(span - minutes) < near or abs(span - minutes / 60) < 0.02) else None
    if other.kind not in _COUNTS or clock.value is None or other.value is None:
        return None
    if (dotted := _dotted_hours(other)) is not None:
        return 0.4 if dotted[0] in _halves(clock.value) and (clock.high is None or dotted[-1] in _halves(clock.high)) else None
    hour, minute = divmod(_minutes(clock.value), 60)
    value = number(other.value)
    return 0.5 if minute == 0 and value in (hour, hour - 12) else None


_DOTTED_HOUR = re.compile(r"(?<![\d.])(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.])")


def _dotted_hours(figure: Figure) -> list[int] | None:
    """The minutes of 10.15, between 10.15 and 11.00, as British clocks write them."""
    hours = _DOTTED_HOUR.findall(figure.text)
    whole = re.sub(r"[^\d.]", "", figure.text) == "".join(hours)
    return [_minutes(h.replace(".", ":")) for h in hours] if hours and whole and len(hours) == (2 if figure.high else 1) else None


def _halves(value: str) -> tuple[int, int]:
    """The time, and the same of the first half of the day."""
    return _minutes(value), _minutes(value) - 720


def _minutes(value: str) -> int:
    hour, minute, *_ = f"{value}:0".split(":")
    return int(hour) * 60 + int(minute)


def parts(value: str | None) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of an ISO date as far as known."""
    if value is None:
        return None, None, None
    if value.startswith("---"):
        return None, None, int(value[3:])
    if value.startswith("--"):
        month, _, day = value[2:].partition("-")
        return None, int(month), int(day) if day else None
    sign = -1 if value.startswith("-") else 1
    year, *rest = value.lstrip("-").split("-")
    return sign * int(year), int(rest[0]) if rest else None, int(rest[1]) if len(rest) > 1 else None


_LUNAR = re.compile("[农農]历|阴历|旧历|夏历|[正冬腊]月|月初[一二三四五六七八九十]|大年")


def lunar(figure: Figure) -> bool:
    """Is a date one of the lunar calendar (正月初一)? It is told by its own month and day and is another day of ours."""
    return figure.kind == "date" and _LUNAR.search(figure.text) is not None


def _dates(a: Figure, b: Figure) -> float | None:
    """Equal as far as both are known; a two-digit year is any century's."""
    if lunar(a) != lunar(b):
        return None
    cost = _date_ends(a.value, b.value)
    if cost is None:
        return _ending(a, b) or _within(a, b)
    if (a.high is None) != (b.high is None):
        return _one_open(a, b, cost)
    if a.high is not None:
        high = _date_ends(a.high, b.high)
        return None if high is None else max(cost, high)
    return cost


def _one_open(a: Figure, b: Figure, cost: float) -> float | None:
    """The 1980s beside a bare 1980: a decade named by its first year. Other ranges need both ends."""
    whole = a if a.high else b
    first, last = parts(whole.value)[0], parts(whole.high)[0]
    return cost + 0.3 if first is not None and last is not None and last - first in (9, 99) else None


_HALF_SAID = re.compile(r"\b[ap]\.?\s?m\b|morning|afternoon|evening|night|noon", re.IGNORECASE)
_QUARTER_TO = re.compile(r"(?:quarter|(?:\w+\s+)?months)\s+(?:to|end)", re.IGNORECASE)


def _ending(a: Figure, b: Figure) -> float | None:
    """The quarter to September, told by its last month (截至9月的季度)."""
    if (a.high is None) == (b.high is None):
        return None
    whole, single = (a, b) if a.high else (b, a)
    return 0.3 if _QUARTER_TO.match(whole.text) and _date_ends(whole.high, single.value) is not None else None


def _within(a: Figure, b: Figure) -> float | None:
    """A decade and a part of it, or a year said as part of a century: only when one is approximate."""
    if not (a.high or b.high) or not (a.approximate or b.approximate):
        return None
    low_a, high_a = parts(a.value)[0], parts(a.high or a.value)[0]
    low_b, high_b = parts(b.value)[0], parts(b.high or b.value)[0]
    if None in (low_a, high_a, low_b, high_b):
        return None
    return 0.6 if low_a <= high_b and low_b <= high_a else None  # type: ignore[operator]


def _date_ends(a: str | None, b: str | None) -> float | None:
    shared, cost = 0, 0.0
    for x, y in zip(parts(a), parts(b), strict=True):
        if x is None and y is None:
            continue
        if x is None or y is None:
            cost += 0.2
        elif x == y or (0 <= min(x, y) < 100 <= max(x, y) and max(x, y) % 100 == min(x, y)):
            shared += 1
        else:
            return None
    return cost if shared else None


def _date_number(date: Figure, other: Figure) -> float | None:
    """A year, a day or a month beside the same bare number; a decade beside ten years' worth of it."""
    if other.value is None or other.kind not in (*_COUNTS, "duration"):
        return None
    value = number(other.value)
    year, month, day = parts(date.value)
    known = [p for p in (year, month, day) if p is not None]
    if other.high is not None:
        ends = parts(date.high)
        return 0.3 if value in known and date.high and number(other.high) in [p for p in ends if p is not None] else None
    if date.high is not None and year is not None and other.kind == "ordinal":
        return 0.3 if value == year // 100 + 1 else None
    if other.kind == "duration" and other.unit not in ("year", "month", "day"):
        return None
    if other.kind == "ordinal" and day is not None:
        return 0.4 if value == day else None  # "the fifth" is a day, not the fifth month
    return 0.4 if value in known and (len(known) == 1 or other.kind == "ordinal") else None
