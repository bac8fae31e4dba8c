"""Units of measure and time behind an English number, by CLDR's names and the customary ones of the table.

"5m" is five million; five metres only before a word of length (5m tall, 50m freestyle), centimetres (3m and 5cm) or with a blank (5 m).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache

from auditor.lang.en.alone import alone
from auditor.lang.en.counted import Quantity, phrases
from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import table, unit_names

_PACKAGE = "auditor.lang.en"
_DURATIONS: Mapping[str, tuple[str, int]] = {
    **{u: (u, 1) for u in ("millisecond", "microsecond", "nanosecond", "second", "minute", "hour", "day", "week", "month", "year",
                          "night")},
    "decade": ("year", 10), "century": ("year", 100), "fortnight": ("week", 2), "quarter": ("month", 3), "weekend": ("weekend", 1),
    "millennium": ("year", 1000),
}  # fmt: skip
_TIME_WORDS = {f"{name}s": name for name in _DURATIONS} | {name: name for name in _DURATIONS} | {
    "centuries": "century", "millennia": "millennium", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "sec": "second", "secs": "second",
    "yr": "year", "yrs": "year", "wk": "week", "wks": "week", "yo": "year", "y/o": "year", "calendar days": "day",
    "working days": "day", "business days": "day",
}  # fmt: skip
_METRE_WORDS = re.compile(
    r"(?:[\s-]+(?:tall|high|wide|deep|long|away|above|below|from|freestyle|backstroke|breaststroke|butterfly|hurdles|sprint|race|relay|dash|individual|medley"
    r"|waves?|tower|building|wall|pool|air|pistol|rifle|platform|springboard|exclusion|radius|distance|depth|height|length|of water)"
    r"|(?:\s+and)?\s+\d+\s?(?:cm|centimet(?:er|re)s?))\b",
    re.IGNORECASE,
)


@cache
def _units() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Units as written (abbreviations keep their case) and in lower case (names of four letters and more, and all customary ones)."""
    exact: dict[str, str] = {}
    lower: dict[str, str] = {}
    for surface, unit in unit_names("en").items():
        exact[surface] = unit
        if len(surface) > 3:
            lower.setdefault(surface.lower(), unit)
    for surface, unit in table(_PACKAGE, "figures_units.tsv"):
        exact[surface] = unit
        if len(surface) > 1:
            lower[surface.lower()] = unit
    return exact, lower


# What may stand between a number and its unit of time: three more days, two full years, ten straight weeks.
_MORE = re.compile(r"(?:more|additional|extra|further|full|whole|entire|consecutive|successive|straight|solid|long|next|last|past|coming) ")
# An adjective before a unit of time, told by its ending: two goalless hours, three gruelling weeks.
_ONE_NEXT = re.compile(r"(?:next|last|past|coming) (?:minute|hour|day|week|month|quarter|year|decade)$", re.IGNORECASE)
_SUCH = re.compile(
    r"(?:[a-z]{3,}(?:less|ful|ous|[^aeiou]ing|ive|ible|able|ish|ic|some)|tense|tough|hard|hot|cold|dry|wet|short|quiet"
    r"|bleak|lean|good|bad) "
    r"(?=(?:hours|days|weeks|months|years|minutes|decades|nights)$)"
)


def measured(text: str, n: Numeral) -> Quantity | None:
    """Units behind a number; a compound (6 ft 6, 1 hour 30 minutes) in its smaller unit."""
    if n.letter in ("m", "M") and n.letter == "m" and n.value is not None and _METRE_WORDS.match(text, n.end):
        return Quantity(n.start, n.end, "measure", n.value / n.scale, "meter", n)
    exact, lower = _units()
    for phrase, stop in phrases(text, n.end):
        low = phrase.lower()
        if low.startswith("of ") and (n.approximate or text[n.start : n.end].lower().endswith(("couple", "dozen", "score", "pair"))):
            low = low[3:]
        low = low if n.kind == "fraction" else _MORE.sub("", low, count=1)  # up a tenth last month
        if _ONE_NEXT.match(phrase) and n.value != 1:
            continue  # 4 to 23 next month
        low = _SUCH.sub("", low, count=1)
        if low in _TIME_WORDS and _is_time(text, n, low, stop):
            return _duration(text, n, _TIME_WORDS[low], stop)
        unit = exact.get(phrase) or lower.get(low)
        if unit is None or unit == "-" or (n.value is None and not n.scaled):
            continue
        if unit == "cup" and not _is_cup(text, n, stop):
            continue
        if unit == "stone" and n.value == 1:
            continue  # two birds with one stone
        if unit == "bit" and n.words:
            continue  # every single bit
        if unit in _DURATIONS:
            return _duration(text, n, unit, stop)
        if len(phrase) == 1 and phrase.isalpha() and (n.words or text[n.end : n.end + 1] == "-" or n.letter):
            continue
        if text[n.end : n.end + 1] == "'" and phrase.startswith("'"):
            continue
        if unit == "degree" and (hot := re.compile(r"\s*(C|F|[Cc]el[sc]ius|[Ff]ah?renheit)\b").match(text, stop)):
            unit, stop = ("celsius" if hot[1][0] in "Cc" else "fahrenheit"), hot.end()
        return _measure(text, below_zero(text, n, unit), unit, stop)
    attached = re.compile(r"(C|F)\b(?![-'’])").match(text, n.end)
    if attached and not n.words and n.value is not None and (5 if attached[1] == "C" else 20) <= abs(n.value) < 1000 and not n.scaled:
        return Quantity(n.start, attached.end(), "measure", n.value, "celsius" if attached[1] == "C" else "fahrenheit", n)
    return None


# Two cups of tea; not the cups of 2014, two cups of the season, three Cups of Nations.
_OF_WHAT = re.compile(r"\s+of\s+(?!the\b|his\b|her\b|their\b|its\b|(?-i:Nations)\b)[a-z]", re.IGNORECASE)


def _is_cup(text: str, n: Numeral, stop: int) -> bool:
    """Half a cup, 3/4 cup, two cups of flour: a measure; three cups are as often won."""
    part = n.value is not None and n.value.denominator != 1
    return part or _OF_WHAT.match(text, stop) is not None or alone(text, n.start, stop)


# - 20 degrees fahrenheit: a minus with a blank behind it, where a dash would stand between words.
_APART_MINUS = re.compile(
    r"(?:^|\b(?:to|at|of|is|was|convert|between|from|reach(?:es|ed)?|around|about|nearly)\s)(?P<sign>[-−])\s$", re.IGNORECASE
)


def below_zero(text: str, n: Numeral, unit: str) -> Numeral:
    """The temperature with the minus that stands apart before it."""
    sign = _APART_MINUS.search(text[: n.start]) if unit in ("celsius", "fahrenheit", "degree") and not n.words else None
    if sign is None or n.value is None or n.value < 0 or (unit == "degree" and sign.start("sign")):
        return n
    return replace(n, start=sign.start("sign"), value=-n.value)


def _is_time(text: str, n: Numeral, word: str, stop: int) -> bool:
    """A quarter behind a number is a fraction or a quarter of the year, not three months; a second is one when digits stand before."""
    return word not in ("quarter", "quarters") and (
        word != "second" or not n.words or bool(re.match(r"[\s-]+second\b", text[n.end : stop]))
    )


_AND_HALF = re.compile(r"\s+and\s+(?:a\s+half|half(?!\s+(?:the|of|an?|as|its|his|her|their|our|my|your|that|this)\b))\b", re.IGNORECASE)


def _duration(text: str, n: Numeral, word: str, stop: int) -> Quantity:
    unit, by = _DURATIONS[word]
    value = None if n.value is None else n.value * by
    half = _AND_HALF.match(text, stop)
    if half and value is not None:
        value, stop = value + Fraction(by, 2), half.end()
    old = re.compile(r"[\s-]+(?:old|olds)\b", re.IGNORECASE).match(text, stop)
    return Quantity(n.start, old.end() if old else stop, "duration", value, unit, n)


_FEET = re.compile(
    r"[\s-]*(?:(?P<and>and)\s+)?(?P<inches>\d{1,2}(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven)(?!\d|,\d)(?P<unit>[\s-]*(?:inches|inch|in\b|″|\"|ins\b))?"
)
_SMALL = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"])}


def _measure(text: str, n: Numeral, unit: str, stop: int) -> Quantity:
    assert n.value is not None or n.scaled
    found = _FEET.match(text, stop) if unit == "foot" and n.value is not None else None
    if found and (
        found["unit"]
        or text[stop : stop + 1] == "-"
        or (
            not found["and"]
            and float(_SMALL.get(found["inches"].lower(), 0) or _float(found["inches"])) < 12
            and re.match(r"\s?\d", text[stop:])
        )
    ):
        inches = Fraction(_SMALL[found["inches"].lower()]) if found["inches"].lower() in _SMALL else Fraction(found["inches"])
        return Quantity(n.start, found.end(), "measure", n.value * 12 + inches, "inch", n)  # type: ignore[operator]
    half = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE).match(text, stop)
    value = n.value
    if half and value is not None:
        value, stop = value + Fraction(1, 2), half.end()
    return Quantity(n.start, stop, "measure", value, unit, n)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 99.0
