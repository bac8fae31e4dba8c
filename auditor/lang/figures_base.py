"""What the figure readers of every language share: the notation of values, unit and currency names from CLDR, overlaps.

The notation, so that readers agree and checks need not know a language:

| figure | kind | value / high | unit |
|---|---|---|---|
| 19 million, 一百五, 105 | number | "19000000", "150" | |
| dozens, 数百万 (no value named) | number | None, approximate | |
| 3rd, 第三 | ordinal | "3" | |
| 1.8 %, 三成 | percent | "1.8", "30" | |
| two percentage points, 2ポイント | points | "2" | |
| two thirds, half, 半 | fraction | "0.6667", "0.5" | |
| twice, 3倍 | multiple | "2", "3" | |
| $2.8bn, 28億ドル, 50 cents | money | "2800000000", "0.5" | ISO 4217; None when the text leaves it open |
| 5 km, 5公里, 40 °C | measure | "5", "40" | CLDR unit name: "kilometer", "celsius" |
| 三斤, 三十两, 387万亩, 3坪 | measure | "3", "30", "3870000", "3" | units that CLDR does not name: "jin", "liang", "mu", "tsubo" |
| 6 ft 6 in | measure | "78" in the smaller unit | "inch" |
| three days, 37 years old, 37岁, 一个半小时 | duration | "3", "37", "1.5" | "day", "year", "hour" |
| a decade, a century, a fortnight, a quarter, all day | duration | "10" year, "100" year, "2" week, "3" month, "1" day | |
| 1 h 30 min | duration | "90" in the smaller unit | "minute" |
| 2023, November 2023, Nov 19, 19日 (Friday the 19th), 2023-11-19 | date | "2023", "2023-11", "--11-19", "---19", "2023-11-19" | |
| the 1980s; the 20th century | date | "1980" to high "1989"; "1901" to "2000" | |
| early 2000s, 3月下旬 | date | as without the qualifier, approximate | |
| Q3, the quarter to September; Q3 2023; first half of 2023 | date | "--07" to "--09"; "2023-07" to "2023-09"; "2023-01" to "2023-06" | |
| fiscal 2024, 2024年度 | date | "2024" | |
| 令和6年, 平成元年 | date | "2024", "1989" | |
| Tuesday, 周二, （火） | weekday | "2" (Monday is 1) | |
| 4.40 am, noon, 25時, half past 8 pm, 8時3分前, 7:05:30 pm | time | "04:40", "12:00", "01:00", "20:30", "07:57", "19:05:30" | |
| 5 to 6 pm, 上午9点至下午5点 | time | "17:00" to "18:00", "09:00" to "17:00" | |
| 10-20, 10～20人 | range (any other kind keeps its kind) | "10" to "20" | |
| 2-0, 2比0, 2対0 (a score) | two numbers | "2", "0" | |

Bounds are CLDR-free: "over", "at least", "under", "at most", else "exact"; about, nearly, some, 约, 近, 弱 are `approximate`
(nearly also "under", a bit over also "over"). Negative numbers carry "-".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from auditor.model import Figure

Number = Decimal | Fraction | int


def plain(value: Number) -> str:
    """A value in plain notation: no exponent, no trailing zeros, a fraction that never ends rounded to four places (small: four digits)."""
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        places = Decimal("0.0001") if abs(exact) >= Decimal("0.1") else Decimal((0, (1,), exact.adjusted() - 3))
        value = exact if Fraction(exact) == value else exact.quantize(places, ROUND_HALF_UP)
    number = Decimal(value)
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def iso_date(year: int | None = None, month: int | None = None, day: int | None = None) -> str:
    """An ISO date as far as it is known: "2023", "2023-11", "2023-11-19", "--11", "--11-19", "---19"."""
    if year is not None:
        text = f"{year:04d}"
        if month is not None:
            text += f"-{month:02d}" + (f"-{day:02d}" if day is not None else "")
        return text
    if month is not None:
        return f"--{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return f"---{day:02d}"


def quarter(number: int, year: int | None = None) -> tuple[str, str]:
    """Value and high of a quarter of the year, by months."""
    return iso_date(year, 3 * number - 2), iso_date(year, 3 * number)


def half_year(number: int, year: int | None = None) -> tuple[str, str]:
    """Value and high of the first or second half of the year, by months."""
    return iso_date(year, 6 * number - 5), iso_date(year, 6 * number)


def decade(first_year: int) -> tuple[str, str]:
    """Value and high of a decade by its first year."""
    return iso_date(first_year), iso_date(first_year + 9)


def century(number: int) -> tuple[str, str]:
    """Value and high of a century: the 20th is 1901 to 2000."""
    return iso_date(100 * number - 99), iso_date(100 * number)


def longest(found: Iterable[Figure]) -> tuple[Figure, ...]:
    """In text order, without overlaps: the longest match wins, of equals the first given."""
    kept: list[Figure] = []
    for figure in sorted(found, key=lambda f: f.start - f.end):
        if all(figure.end <= k.start or figure.start >= k.end for k in kept):
            kept.append(figure)
    return tuple(sorted(kept, key=lambda f: f.start))


@cache
def table(package: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a packaged TSV; lines that are empty or begin with "#" are not rows."""
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def unit_names(locale: str) -> Mapping[str, str]:
    """How CLDR writes units in a locale -> unit name: {"kilometers": "kilometer", "km": "kilometer", ...}; as written, case kept.

    Patterns that put something on both sides of the number (每小时{0}公里) are in `unit_frames`.
    """
    names: dict[str, str] = {}
    for pattern, unit in _unit_patterns(locale):
        before, _, after = pattern.partition("{0}")
        if not before.strip() and after.strip():
            names.setdefault(after.strip(), unit)
    return MappingProxyType(names)


@cache
def unit_frames(locale: str) -> Mapping[tuple[str, str], str]:
    """Patterns with something before the number, (before, after) -> unit name: {("每小时", "公里"): "kilometer-per-hour"}."""
    frames: dict[tuple[str, str], str] = {}
    for pattern, unit in _unit_patterns(locale):
        before, _, after = pattern.partition("{0}")
        if before.strip():
            frames.setdefault((before.strip(), after.strip()), unit)
    return MappingProxyType(frames)


# A unit's name without its dimension; CLDR's are "length-kilometer". These dimensions hold what is no unit of measure in prose.
_NOT_MEASURES = frozenset({"concentr", "graphics", "torque", "light"})
_NO_NEWS = frozenset({"parsec"})
"""Units nobody measures in here: 九秒差距 is a gap of nine seconds."""


def _unit_patterns(locale: str) -> Iterable[tuple[str, str]]:
    from babel import Locale

    for key, forms in Locale.parse(locale)._data["unit_patterns"].items():
        dimension, _, unit = key.partition("-")
        if dimension in _NOT_MEASURES or unit in _NO_NEWS or unit.endswith("-person"):
            continue
        for length in ("long", "short", "narrow"):
            patterns = forms.get(length)
            for plural, pattern in patterns.items() if hasattr(patterns, "items") else ():
                if plural in ("one", "two", "few", "many", "other") and isinstance(pattern, str):
                    yield pattern, unit


@cache
def currency_names(locale: str) -> Mapping[str, str]:
    """Names of currencies in a locale -> ISO code, as written: {"US Dollar": "USD", "US dollars": "USD", "欧元": "EUR", ...}.

    Currencies that are no longer legal tender give way to living ones of the same name.
    """
    from babel import Locale
    from babel.core import get_global

    data = Locale.parse(locale)
    living = {code for rows in get_global("territory_currencies").values() for code, _, end, tender in rows if end is None and tender}
    names: dict[str, str] = {}
    for wanted in (True, False):
        for code, name in data.currencies.items():
            if (code in living) != wanted:
                continue
            plurals = data._data["currency_names_plural"].get(code, {})
            for form in (name, *(plurals.values() if hasattr(plurals, "values") else ())):
                names.setdefault(form, code)
    return MappingProxyType(names)
