"""Units of measure and time by dimension: what one unit is in another.

Names are CLDR's, and the customary ones of units it does not name (jin, mu, ri). Factors are exact by definition (international
yard and pound, US customary volumes) or customary (a month is a twelfth of 365.25 days).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from auditor.model import Figure

_FACTORS: Mapping[str, str] = {
    "length": (
        "meter 1 kilometer 1000 centimeter .01 millimeter .001 micrometer 1e-6 nanometer 1e-9 decimeter .1 "
        "mile 1609.344 yard .9144 foot .3048 inch .0254 nautical-mile 1852 furlong 201.168 fathom 1.8288 "
        "light-year 9.4607e15 astronomical-unit 1.495978707e11 "
        "li 500 zhang 3.333333333 chi .3333333333 cun .03333333333 ri 3927 shaku .303030303 sun .0303030303"
    ),
    "mass": (
        "kilogram 1 gram .001 milligram 1e-6 microgram 1e-9 tonne 1000 ton 907.18474 pound .45359237 "
        "ounce .028349523 stone 6.35029318 carat .0002 grain 6.479891e-5 jin .5 liang .05 kin .6 kan 3.75"
    ),
    "area": (
        "square-meter 1 square-kilometer 1e6 square-centimeter 1e-4 hectare 1e4 acre 4046.8564 "
        "mu 666.6666667 tsubo 3.305785 square-mile 2589988.1 square-foot .09290304 square-yard .83612736 square-inch .00064516"
    ),
    "volume": (
        "liter 1 milliliter .001 centiliter .01 deciliter .1 hectoliter 100 megaliter 1e6 cubic-meter 1000 "
        "cubic-centimeter .001 cubic-kilometer 1e12 gallon 3.785411784 gallon-imperial 4.54609 pint .473176473 "
        "quart .946352946 barrel 158.987 fluid-ounce .0295735 cubic-foot 28.3168 bushel 35.2391 "
        "tablespoon .0147868 teaspoon .00492892 cup .236588 go .18039 sho 1.8039"
    ),
    "speed": "meter-per-second 1 kilometer-per-hour .2777777778 mile-per-hour .44704 knot .5144444444",
    "duration": (
        "day 1 night 1 week 7 hour .0416666667 minute .000694444444 second 1.15740741e-5 millisecond 1.15740741e-8 "
        "month 30.4375 year 365.25 quarter 91.3125 decade 3652.5 century 36525"
    ),
    "power": "watt 1 kilowatt 1000 megawatt 1e6 gigawatt 1e9 horsepower 745.7",
    "energy": (
        "kilowatt-hour 1 watt-hour .001 megawatt-hour 1000 gigawatt-hour 1e6 terawatt-hour 1e9 "
        "joule 2.7777778e-7 kilojoule 2.7777778e-4 calorie 1.163e-6 kilocalorie .001163 foodcalorie .001163"
    ),
    "digital": ("byte 1 kilobyte 1e3 megabyte 1e6 gigabyte 1e9 terabyte 1e12 bit .125 kilobit 125 megabit 125e3 gigabit 125e6"),
    "frequency": "hertz 1 kilohertz 1e3 megahertz 1e6 gigahertz 1e9",
    "pressure": "hectopascal 1 pascal .01 kilopascal 10 millibar 1 bar 1000 atmosphere 1013.25",
}


@cache
def _units() -> Mapping[str, tuple[str, float]]:
    units: dict[str, tuple[str, float]] = {}
    for dimension, row in _FACTORS.items():
        names = row.split()
        units |= {name: (dimension, float(factor)) for name, factor in zip(names[::2], names[1::2], strict=True)}
    return units


def dimension(unit: str | None) -> str | None:
    """What a unit measures: "length", "mass", "temperature", ... or the unit itself when no other converts to it."""
    if unit in ("celsius", "fahrenheit", "kelvin", "degree"):
        return "temperature"
    return _units()[unit][0] if unit is not None and unit in _units() else unit


def convert(value: float, unit: str, into: str) -> float | None:
    """The value in another unit of the same dimension, else None. A bare degree is either scale."""
    if unit == into or ("degree" in (unit, into) and dimension(unit) == dimension(into)):
        return value
    if dimension(unit) == "temperature" and dimension(into) == "temperature":
        return _from_celsius(_to_celsius(value, unit), into)
    if unit not in _units() or into not in _units() or dimension(unit) != dimension(into):
        return None
    return value * _units()[unit][1] / _units()[into][1]


def _to_celsius(value: float, unit: str) -> float:
    return (value - 32) / 1.8 if unit == "fahrenheit" else value - 273.15 if unit == "kelvin" else value


def _from_celsius(value: float, unit: str) -> float:
    return value * 1.8 + 32 if unit == "fahrenheit" else value + 273.15 if unit == "kelvin" else value


# What one unit was worth in US dollars, lowest and highest year since 1990. Only to tell an amount ten times off from a conversion.
_WORTH: Mapping[str, tuple[float, float]] = {
    "USD": (1.0, 1.0), "EUR": (0.82, 1.6), "GBP": (1.05, 2.1), "JPY": (0.006, 0.0135), "CNY": (0.115, 0.21), "HKD": (0.125, 0.131),
    "TWD": (0.028, 0.041), "CHF": (0.55, 1.3), "AUD": (0.48, 1.1), "CAD": (0.62, 1.1), "NZD": (0.39, 0.88), "SGD": (0.54, 0.83),
    "KRW": (0.0005, 0.0014), "INR": (0.0105, 0.06), "SEK": (0.085, 0.19), "NOK": (0.085, 0.2), "DKK": (0.11, 0.215),
}  # fmt: skip


def may_be_worth(a: Figure, b: Figure) -> bool:
    """May one amount of money be the other in its currency, whatever the year? True when a currency's worth is not known."""
    one, other = _WORTH.get(a.unit or ""), _WORTH.get(b.unit or "")
    if one is None or other is None or not float(a.value or 0) or not float(b.value or 0):
        return True
    ratio = float(b.value or 0) / float(a.value or 0)
    lowest, highest = one[0] / other[1], one[1] / other[0]
    return 0.8 * lowest <= ratio <= 1.25 * highest
