"""Units that an article or a part counts in English: a week, an hour and a half, half a mile, a quarter of a century, all day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from auditor.lang.en.alone import alone
from auditor.lang.en.counted import Quantity
from auditor.lang.en.numeral_words import vocabulary
from auditor.lang.figures_base import plain, table
from auditor.model import Figure

_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade|century|fortnight|millennium)"
_ARTICLE = re.compile(rf"(?<!-)\b(?:an?)\s+(?:[a-z]+\s+(?=decade))?{_UNIT}(?!-)\b(?P<half>\s+and\s+(?:a\s+)?half\b)?", re.IGNORECASE)
_WHOLE_UNIT = re.compile(
    r"(?<!-)\b(?:all|whole|full|entire|another)[\s-](?:(?:business|working|calendar)\s)?"
    r"(?P<unit>hour|day|week|month|year)\b(?!-)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?:\d[\w%.]*|million|billion|thousand|hundred|times|once|twice|dollars|euros|yen|pounds|percent|miles|kilomet(?:er|re)s|people|barrels|tons|many|much|%)\s+$"
    r"|(?:\b\d[\w,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|dozens?|hundreds?|thousands?|[mb]illions?|more|fewer|many"
    r"|several|few))\s+(?:[\w-]+\s+){0,3}\w+s\s+$",
    re.IGNORECASE,
)
# An hour after the vote, a year ago: what is behind such a unit makes it a stretch of time whatever stands before.
_APART = re.compile(r"\s+(?:after|later|before|ago|earlier|early|late|from now|apart|since|away|longer|in advance)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin (?:the|that) (?P<unit>minute|hour|day|week|fortnight|month|decade)\b(?! of)", re.IGNORECASE)
_NAMED_SPAN = re.compile(
    r"\b(?:the|this|that|past|last|next|previous|coming|per|each|every|new)\s+"
    r"(?P<unit>decade|fortnight|(?<=past )century(?=[.,;:!?]|$|\s+(?:and|but|or|has|have|in|as)\b))\b(?!\s+of\s+the)",
    re.IGNORECASE,
)
_VAGUE_TIME = re.compile(r"\b(?:many\s+|several\s+|a\s+few\s+|for\s+)?(?P<unit>decades|centuries)\b", re.IGNORECASE)
_LONG = re.compile(r"(?<!half[- ])\b(?P<unit>century|decade)-(?:old|long)\b", re.IGNORECASE)
_YEARS = {"cen": 100, "sesquicen": 150, "bicen": 200, "tercen": 300, "tricen": 300, "quincen": 500}
_ANNIVERSARY = re.compile(r"\b((?:sesqui|bi|ter|tri|quin)?cen)ten(?:ary|aries|nials?)\b", re.IGNORECASE)
_BY = {
    "decade": ("year", 10),
    "century": ("year", 100),
    "fortnight": ("week", 2),
    "millennium": ("year", 1000),
    "decades": ("year", 10),
    "centuries": ("year", 100),
}


def article_units(text: str) -> Iterator[Figure]:
    """A week, an hour and a half, all day, another month; not a rate ("50 miles an hour", "twice a year"). A shop and a half is 1.5."""
    for found in _THING_AND_HALF.finditer(text):
        yield Figure(found.start(), found.end(), found[0], kind="number", value="1.5")
    for found in _ARTICLE.finditer(text):
        unit, by = _BY.get(found["unit"].lower(), (found["unit"].lower(), 1))
        if not found["half"] and by == 1 and _RATE.search(text[: found.start()]) and not _APART.match(text, found.end()):
            continue
        value = by + (Fraction(by, 2) if found["half"] else 0)
        yield Figure(found.start(), found.end(), found[0], kind="duration", value=plain(value), unit=unit)
    for found in _measures_and_half().finditer(text):
        yield _measure(found, "1.5", _units("prose", "part")[found["unit"].lower()])
    for found in _WITHIN.finditer(text):
        unit, by = _BY.get(found["unit"].lower(), (found["unit"].lower(), 1))
        yield Figure(found.start("unit"), found.end(), found["unit"], kind="duration", value=plain(by), unit=unit)
    for found in _WHOLE_UNIT.finditer(text):
        yield Figure(found.start(), found.end(), found[0], "duration", "1", unit=found["unit"].lower())
    for found in _NAMED_SPAN.finditer(text):
        unit, by = _BY[found["unit"].lower()]
        yield Figure(found.start("unit"), found.end(), found["unit"], kind="duration", value=plain(by), unit=unit)
    for found in _LONG.finditer(text):
        yield Figure(found.start(), found.end(), found[0], "duration", str(_BY[found["unit"].lower()][1]), unit="year")
    for found in _ANNIVERSARY.finditer(text):
        yield Figure(found.start(), found.end(), found[0], "ordinal", str(_YEARS[found[1].lower()]))
    for found in _VAGUE_TIME.finditer(text):
        yield Figure(found.start("unit"), found.end(), found["unit"], kind="duration", value=None, unit="year", approximate=True)


_PART_OF = re.compile(rf"(?:[\s-]+(?:of\s+)?(?:an?\s+)?){_UNIT}(?!s)\b", re.IGNORECASE)


@cache
def _units(*places: str) -> Mapping[str, str]:
    """Units that an article or a part counts at these places -> CLDR's name."""
    return {name: unit for name, unit, place in table("auditor.lang.en", "figures_articles.tsv") if place in places}


def _names(*places: str) -> str:
    return "(?P<unit>" + "|".join(sorted(_units(*places), key=len, reverse=True)) + ")"


@cache
def _part_measure() -> re.Pattern[str]:
    """Half a mile, a quarter of a litre, half-point."""
    names = _names("prose", "part", "alone")[:-1] + "|percent|per cent|percentage[- ]point|point)"
    behind = r"(?:[\s-]+(?:(?:of\s+)?an?|of\s+(?:one|1))\s+|-(?=point|percentage[- ]point))"
    return re.compile(behind + names + r"\b", re.IGNORECASE)


@cache
def _measures_and_half() -> re.Pattern[str]:
    """A mile and a half."""
    return re.compile(rf"(?<!-)\ban?\s+{_names('prose', 'part')}\s+and\s+a\s+half\b", re.IGNORECASE)


@cache
def _a_measure(alone: bool) -> re.Pattern[str]:
    places = ("prose", "part", "alone") if alone else ("prose",)
    return re.compile(rf"(?<!-)\ban?\s+{_names(*places)}\b(?!-|['’]s\b)", re.IGNORECASE)


@cache
def _glued_part() -> re.Pattern[str]:
    """Quarter-litre, half-mile; tenth of a gallon, each extra tenth of a point."""
    names = _names("prose", "part")[:-1] + "|(?:percentage[- ])?point)"
    parts = "|".join(sorted((w for w in vocabulary()["part"] if w.endswith(("th", "rd"))), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<glued>half|quarter)-{names}|(?P<part>{parts})\s+of\s+(?:an?\s+)?{names.replace('?P<unit>', '?P<of>')})\b(?!-)",
        re.IGNORECASE,
    )


# A sum or a count before "a litre" makes it a rate.
_PRICED = re.compile(
    r"(?:\b(?:pence|cents?|yuan|won|baht|ringgit|rand|krone[rn]?|kronor|zloty|rupiah|pesos?|costs?|prices?|each|miles?|grams?|litres?|liters?|ml|mg|\d[\d.,]*[a-z%]{0,2})|[\d€£$¥])"
    r"\s+(?:of\s+|per\s+)?$|\b\w+(?:th|rd|half|quarter)s?\s+of\s+$",
    re.IGNORECASE,
)


def measures(text: str) -> Iterator[Figure]:
    """A litre of milk, a kilometre away, quarter-litre, tenth of a gallon; not "two euros a litre"; "a lb" when it is the whole text."""
    for found in _a_measure(True).finditer(text):
        whole = alone(text, found.start(), found.end())
        if whole or (
            found["unit"].lower() in _units("prose") and not (_RATE.search(text[: found.start()]) or _PRICED.search(text[: found.start()]))
        ):
            yield _measure(found, "1", _units("prose", "part", "alone")[found["unit"].lower()])
    for found in _glued_part().finditer(text):
        word = found["glued"] or found["part"]
        by = 2 if word.lower() == "half" else 4 if word.lower() == "quarter" else vocabulary()["part"][word.lower()]
        yield _measure(found, plain(1 / Fraction(by)), _units("prose", "part").get((found["unit"] or found["of"]).lower()))


def _measure(found: re.Match[str], value: str, unit: str | None) -> Figure:
    """A measure, or points where there is no unit."""
    return Figure(found.start(), found.end(), found[0], "measure" if unit else "points", value, unit=unit)


_THING_AND_HALF = re.compile(
    r"(?<!-)\ban?\s+(?!(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|century|millennium|dozen|hundred|thousand|[mb]illion|trillion"
    r"|mile|kilomet(?:er|re)|centimet(?:er|re)|met(?:er|re)|inch|foot|yard|pound|ounce|kilo|kilogram|ton|tonne|acre|hectare|lit(?:er|re)|gallon"
    r"|pint|dollar|euro|cent|point|third|half|percent|few|bit|lot)\b)[a-z]+\s+and\s+a\s+half\b(?!-)",
    re.IGNORECASE,
)


def part_units(text: str, counted: Mapping[Figure, Quantity]) -> Iterator[Figure]:
    """Half an hour, half a year, three-quarters of a mile, a quarter of a century, half-century."""
    for figure, q in counted.items():
        if figure.kind != "fraction" or q.value is None:
            continue
        if found := _PART_OF.match(text, figure.end):
            unit, by = _BY.get(found["unit"].lower(), (found["unit"].lower(), 1))
            yield Figure(q.start, found.end(), text[q.start : found.end()], kind="duration", value=plain(q.value * by), unit=unit)
        elif found := _part_measure().match(text, figure.end):
            name = found["unit"].lower()
            kind = "percent" if name in ("percent", "per cent") else "points" if "point" in name else "measure"
            unit_name = None if kind != "measure" else _units("prose", "part", "alone").get(name, name)
            yield Figure(q.start, found.end(), text[q.start : found.end()], kind=kind, value=plain(q.value), unit=unit_name)  # type: ignore[arg-type]
