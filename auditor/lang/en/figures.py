"""English figures by value: numbers, ordinals, percent, fractions, multiples, money, measures, durations, dates, times, ranges.

The notation is `auditor.lang.figures_base`'s. Numbers are read by `numerals`, what stands around them by `quantities`, dates by
`dates`, times by `times`; the longest match wins. Here they are put together: compounds (2 years and 3 months, 6 lb 4 oz), ranges
(10-20, between $3 and $5 million, two or three) and bounds (more than, at least, up to, nearly, or more).

No figure: identifiers (F-16, G7, COVID-19), "one" the pronoun, "a second" of time, "first half" of a match, web addresses.
A score 2-0 is two numbers, since its order carries who won; 0-2 as well. "A day", "an hour" are durations of 1 unless they say a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise

from auditor.lang.en.dates import read_dates, with_years
from auditor.lang.en.numeral_words import Numeral
from auditor.lang.en.numerals import read_numerals
from auditor.lang.en.quantities import Quantity, quantity
from auditor.lang.en.times import hours_between, read_race_times, read_times
from auditor.lang.figures_base import longest, plain, table
from auditor.lang.notation import dates, powers, whole_text, without_endless
from auditor.model import Bound, Figure, Reduction, Word, of_price

_NO_FIGURES = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.]+@[\w.]+\b|\b24/7\b|\btwo\s+[a-z]+\s+to\s+rub\s+together\b|\bfifty[- ]fifty\b", re.IGNORECASE
)
# A text that is nothing but one of these: in a sentence the first is a pronoun more often than a number.
_ALONE = re.compile(r"\s*(one|a (?:pair|couple)(?= of|\s*$))(?: of)?\s*", re.IGNORECASE)
_CONNECT = re.compile(r"\s?[-–—~‐‑]\s?|\s+(?:to|through|or|and|up to)\s+")
_SMALLER = {"year": ("month", 12), "month": ("day", 30), "week": ("day", 7), "day": ("hour", 24), "hour": ("minute", 60),
            "minute": ("second", 60), "pound": ("ounce", 16), "foot": ("inch", 12), "stone": ("pound", 14), "kilometer": ("meter", 1000),
            "meter": ("centimeter", 100)}  # fmt: skip


def read_figures(text: str, words: tuple[Word, ...]) -> tuple[Figure, ...]:
    """The figures of a text in order, without overlaps."""
    text = without_endless(text)
    if (alone := whole_text(text)) is not None and text.strip() != "9/11":
        return (alone,)
    if (word := _ALONE.fullmatch(text)) is not None:
        return (Figure(word.start(1), word.end(1), word[1], kind="number", value="1" if word[1][-3:].lower() == "one" else "2"),)
    readable = _NO_FIGURES.sub(lambda m: "·" * len(m[0]), text)
    numerals = read_numerals(readable)
    counted = {f: q for q in (quantity(readable, n) for n in numerals) for f in [_as_figure(readable, q)]}
    found = [
        *read_times(readable, numerals),
        *read_dates(readable, numerals),
        *read_race_times(readable),
        *_part_units(readable, counted),
        *_article_units(readable),
        *_feet_marks(readable),
        *_romans(readable),
        *_a_dollar(readable),
        *powers(readable),
        *dates(readable),
        *counted,
    ]
    figures = _compounds(readable, longest([*found, *_shares(readable, numerals)]))
    figures = _same_month(readable, with_years(readable, _ranges(readable, hours_between(readable, figures), counted)))
    return tuple(_bounded(readable, _priced(readable, f)) for f in figures)


_OFF = re.compile(r"\s+(?:off|discounts?|price (?:cuts?|reductions?)|cheaper)\b", re.IGNORECASE)
_DISCOUNT_OF = re.compile(r"\bdiscounts?\s+of\s+(?:(?:up to|at least|about|some)\s+)?$", re.IGNORECASE)


def _priced(text: str, figure: Figure) -> Figure:
    """20% off, a discount of 20 percent: said to be taken off a price."""
    if figure.kind != "percent" or not (_OFF.match(text, figure.end) or _DISCOUNT_OF.search(text[: figure.start])):
        return figure
    return of_price(Reduction, figure)


def _as_figure(text: str, q: Quantity) -> Figure:
    approximate = q.numeral is not None and q.numeral.approximate
    return Figure(q.start, q.end, text[q.start : q.end], kind=q.kind, value=q.plain, unit=q.unit, approximate=approximate)


# --- a day, an hour and a half, half an hour, decades ----------------------------------------------------------------------
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade|century|fortnight|millennium)"
_ARTICLE = re.compile(rf"(?<!-)\b(?:an?)\s+{_UNIT}(?!-)\b(?P<half>\s+and\s+(?:a\s+)?half\b)?", re.IGNORECASE)
_WHOLE_UNIT = re.compile(r"(?<!-)\b(?:all|whole|full|entire|another)[\s-](?P<unit>hour|day|week|month|year)\b(?!-)", re.IGNORECASE)
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


def _article_units(text: str) -> Iterator[Figure]:
    """A week, an hour and a half, all day, another month; not a rate ("50 miles an hour", "twice a year"). A shop and a half is 1.5."""
    for found in _THING_AND_HALF.finditer(text):
        yield Figure(found.start(), found.end(), found[0], kind="number", value="1.5")
    for found in _ARTICLE.finditer(text):
        unit, by = _BY.get(found["unit"].lower(), (found["unit"].lower(), 1))
        if not found["half"] and by == 1 and _RATE.search(text[: found.start()]) and not _APART.match(text, found.end()):
            continue
        value = by + (Fraction(by, 2) if found["half"] else 0)
        yield Figure(found.start(), found.end(), found[0], kind="duration", value=plain(value), unit=unit)
    for found in _MEASURE_AND_HALF.finditer(text):
        name = found["unit"].lower()
        yield Figure(found.start(), found.end(), found[0], kind="measure", value="1.5", unit=_SPELLING.get(name, name))
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
_PART_MEASURE = re.compile(
    r"(?:[\s-]+(?:(?:of\s+)?an?|of\s+(?:one|1))\s+|-(?=point|percentage[- ]point))"
    r"(?P<unit>mile|kilometer|kilometre|meter|metre|inch|foot|pound|ton|tonne|acre|percent|per cent|percentage[- ]point|point)\b",
    re.IGNORECASE,
)
_SPELLING = {"kilometre": "kilometer", "metre": "meter", "litre": "liter", "centimetre": "centimeter", "kilo": "kilogram"}
_MEASURE_AND_HALF = re.compile(
    r"(?<!-)\ban?\s+(?P<unit>mile|kilomet(?:er|re)|centimet(?:er|re)|met(?:er|re)|inch|foot|yard|pound|ounce|kilo|kilogram|ton|tonne|acre|hectare"
    r"|lit(?:er|re)|gallon|pint)\s+and\s+a\s+half\b",
    re.IGNORECASE,
)

_THING_AND_HALF = re.compile(
    r"(?<!-)\ban?\s+(?!(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|century|millennium|dozen|hundred|thousand|[mb]illion|trillion"
    r"|mile|kilomet(?:er|re)|centimet(?:er|re)|met(?:er|re)|inch|foot|yard|pound|ounce|kilo|kilogram|ton|tonne|acre|hectare|lit(?:er|re)|gallon"
    r"|pint|dollar|euro|cent|point|third|half|percent|few|bit|lot)\b)[a-z]+\s+and\s+a\s+half\b(?!-)",
    re.IGNORECASE,
)


def _part_units(text: str, counted: Mapping[Figure, Quantity]) -> Iterator[Figure]:
    """Half an hour, half a year, three-quarters of a mile, a quarter of a century, half-century."""
    for figure, q in counted.items():
        if figure.kind != "fraction" or q.value is None:
            continue
        if found := _PART_OF.match(text, figure.end):
            unit, by = _BY.get(found["unit"].lower(), (found["unit"].lower(), 1))
            yield Figure(q.start, found.end(), text[q.start : found.end()], kind="duration", value=plain(q.value * by), unit=unit)
        elif found := _PART_MEASURE.match(text, figure.end):
            name = found["unit"].lower()
            kind = "percent" if name in ("percent", "per cent") else "points" if "point" in name else "measure"
            unit_name = None if kind != "measure" else _SPELLING.get(name, name)
            yield Figure(q.start, found.end(), text[q.start : found.end()], kind=kind, value=plain(q.value), unit=unit_name)  # type: ignore[arg-type]


_MARKS = re.compile(r"(?<![\w.,])(\d)['′’]\s?(\d{1,2})(?!\d)(?:[\"″”]|'')?")


def _feet_marks(text: str) -> Iterator[Figure]:
    """5'11": feet and inches."""
    for found in _MARKS.finditer(text):
        if int(found[2]) < 12:
            yield Figure(found.start(), found.end(), found[0], kind="measure", value=str(12 * int(found[1]) + int(found[2])), unit="inch")


_A_DOLLAR = re.compile(r"\ban?\s+(dollar|euro|cent|penny|yuan)(?=\s+(?:an?|per|each|every|and)\b|[.,;]|\s*$)", re.IGNORECASE)
_ONE_COIN = {"dollar": ("1", "USD"), "euro": ("1", "EUR"), "cent": ("0.01", "USD"), "penny": ("0.01", "GBP"), "yuan": ("1", "CNY")}


def _a_dollar(text: str) -> Iterator[Figure]:
    """Less than a dollar a day, a euro each."""
    for found in _A_DOLLAR.finditer(text):
        value, unit = _ONE_COIN[found[1].lower()]
        yield Figure(found.start(), found.end(), found[0], kind="money", value=value, unit=unit)


_ROMAN = re.compile(r"(?<=[A-Za-z] )(?=[IVXL]{2,7}\b)(X?L|L?X{0,3})(IX|IV|V?I{0,3})\b(?!['’])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def _romans(text: str) -> Iterator[Figure]:
    """Gregory XVI, World War II, Super Bowl LII: an ordinal behind a capitalised word."""
    for found in _ROMAN.finditer(text):
        name = text[: found.start()].rstrip().rsplit(None, 1)[-1]
        if not name[0].isupper() or found[0] in ("XL", "XXL", "XXXL", "LL", "XX", "IL"):
            continue
        values = [_ROMAN_VALUES[c] for c in found[0]]
        total = sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))
        yield Figure(found.start(), found.end(), found[0], kind="ordinal", value=str(total))


_OUT_OF = re.compile(r"(?:\s+(?:in|(?:[a-z-]+\s+){0,2}?(?:out of|in every|out of every|of every|of each|in each))\s+|-in-)", re.IGNORECASE)
_OF_EVERY = re.compile(r"\b(?:every|each)\s+$", re.IGNORECASE)


def _shares(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """One in five, 3 out of 10: a fraction."""
    for part, whole in pairwise(numerals):
        over = text[part.end : whole.start].strip().lower() == "over" and not (text[: part.start] + text[whole.end :]).strip()
        if over and part.value is not None and whole.value:
            yield Figure(part.start, whole.end, text[part.start : whole.end], kind="fraction", value=plain(part.value / whole.value))
        between = _OUT_OF.fullmatch(text[part.end : whole.start])
        if between is None or part.value is None or whole.value is None or part.kind != "number" or whole.kind != "number":
            continue
        small = " in " in between[0] and (part.value > 9 or whole.value > 1000)  # closed one in 1993
        if (
            0 < part.value < whole.value
            and not small
            and (quantity(text, whole).kind == "number" or _OF_EVERY.search(between[0]))
            and whole.value != 24
            and whole.value <= 10**6
        ):
            yield Figure(part.start, whole.end, text[part.start : whole.end], kind="fraction", value=plain(part.value / whole.value))


# --- compounds --------------------------------------------------------------------------------------------------------------
def _compounds(text: str, figures: Sequence[Figure]) -> list[Figure]:
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
        return _small_change(text, first, second)
    if first.kind == "money" and second.kind == "number" and first.text[-1] == "s" and _BARE_CHANGE.match(text, first.end):
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


# --- ranges -----------------------------------------------------------------------------------------------------------------
_RANGED = frozenset(("number", "percent", "points", "money", "measure", "duration", "fraction", "multiple", "date", "time"))


def _ranges(text: str, figures: Sequence[Figure], counted: Mapping[Figure, Quantity]) -> list[Figure]:
    joined: list[Figure] = []
    for figure in figures:
        merged = _range(text, joined[-1], figure, counted) if joined else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(figure)
    return joined


def _range(text: str, low: Figure, high: Figure, counted: Mapping[Figure, Quantity]) -> Figure | None:
    connect = _CONNECT.fullmatch(text[low.end : high.start])
    if connect is None or low.value is None or high.value is None or low.high or high.high or high.kind not in _RANGED:
        return None
    word = connect[0].strip().lower()
    between = re.search(r"\bbetween\s+(?:\w+\s+)?$", text[: low.start], re.IGNORECASE)
    if (word == "and") != bool(between) and not (word in ("to", "-", "–", "—", "~", "‐", "‑") and between):
        return None
    if low.kind in ("date", "time") or high.kind in ("date", "time"):
        return _date_range(text, low, high, word)
    if low.kind == "money" and high.kind == "number" and low in counted and counted[low].prefix and word != "or":
        high = replace(high, kind="money", unit=low.unit)
        counted = {**counted, high: counted.get(replace(high, kind="number", unit=None), counted[low])}
    if low.kind == "duration" and high.kind == "number" and low.text[-1].isdecimal() and word != "or":
        high = replace(high, kind="duration", unit=low.unit)  # aged 6 to 14
    if low.kind not in ("number", high.kind) or (low.kind == high.kind and low.unit != high.unit):
        return None
    start = _low_value(low, high, counted)
    end = Decimal(high.value or 0)
    if start is None or start >= end:
        return None
    if word == "or" and high.kind == "number" and end - start > max(Decimal(2), start):
        return None
    kind = "range" if high.kind == "number" else high.kind
    return replace(high, start=low.start, text=text[low.start : high.end], kind=kind, value=plain(start), high=high.value)


def _low_value(low: Figure, high: Figure, counted: Mapping[Figure, Quantity]) -> Decimal | None:
    """The lower end; it takes the upper end's scale when it has none of its own ($5-10 million)."""
    first, second = counted.get(low), counted.get(high)
    if first is None or second is None or first.value is None:
        return Decimal(low.value) if low.value is not None and low.kind == high.kind else None
    value = first.value
    scale = second.numeral.scale if second.numeral is not None else Fraction(1)
    if (
        scale > 1
        and first.numeral is not None
        and not first.numeral.scaled
        and value < 1000
        and second.value is not None
        and value * scale < second.value
    ):
        value *= scale
    if (
        second.unit is not None
        and second.kind == "money"
        and low.kind == "number"
        and second.numeral is not None
        and second.numeral.value
        and second.value is not None
    ):
        value *= second.value / second.numeral.value
    return Decimal(plain(value))


def _date_range(text: str, low: Figure, high: Figure, word: str) -> Figure | None:
    """1990 to 1995, May 5 - June 3, 9 am to 5 pm."""
    if low.kind != high.kind or word == "or" or low.value is None or high.value is None:
        return None
    if low.kind == "date" and (len(low.value) != len(high.value) or low.value >= high.value):
        return None
    return replace(high, start=low.start, text=text[low.start : high.end], value=low.value, high=high.value)


def _same_month(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """July 17 and 22; the 3rd, 5th and 9 of May: a number joined to a date is another day of the same month."""
    dated = list(figures)
    for order in (range(1, len(dated)), range(len(dated) - 1, 0, -1)):
        for at in order:
            first, second = dated[at - 1], dated[at]
            if (
                not re.fullmatch(r"\s*(?:,|and|or|,\s*and|&)\s*(?:the\s+)?", text[first.end : second.start])
                or text[second.end :][:1] == "/"
            ):
                continue
            dated[at - 1], dated[at] = _day_of(first, second), _day_of(second, first)
    return dated


def _day_of(figure: Figure, date: Figure) -> Figure:
    """A bare day beside a date with a day, as a date of its month; the figure itself otherwise."""
    known = re.fullmatch(r"(--\d\d-|\d{4}-\d\d-)\d\d", date.value or "") if date.kind == "date" and date.high is None else None
    if (
        known is None
        or figure.kind not in ("number", "ordinal")
        or figure.value is None
        or not re.fullmatch(r"[1-9]|[12]\d|3[01]", figure.value)
    ):
        return figure
    return replace(figure, kind="date", value=f"{known[1]}{int(figure.value):02d}")


# --- bounds -----------------------------------------------------------------------------------------------------------------
@cache
def _bound_phrases(place: str) -> tuple[re.Pattern[str], Mapping[str, tuple[Bound, bool]]]:
    rows = {
        phrase: (bound, blur == "~")
        for phrase, where, bound, *rest in table("auditor.lang.en", "figures_bounds.tsv")
        if where == place
        for blur in [rest[0] if rest else ""]
    }
    names = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(rows, key=len, reverse=True))
    if place == "before":
        return re.compile(rf"(?:^|(?<=[^\w]))({names})(?:\s*-\s*|\s*(?:the\s+|an?\s+)?(?:age\s+of\s+)?)$", re.IGNORECASE), rows  # type: ignore[return-value]
    return re.compile(rf"[\s-]?({names})(?!\w)", re.IGNORECASE), rows  # type: ignore[return-value]


# What an "over" stands behind that means more than: for over five years, took over an hour, aged over 60.
_LASTING = re.compile(
    r"(?:^|\b(?:for|in|at|with|last(?:ed|s|ing)?|t[ao]k(?:e|es|en|ing)|took|after|of|is|are|was|were|be|been|just|well|spent|spend\w*|wait\w*|serv\w+"
    r"|span\w*|and|or|aged?|by|within|ago|anyone|people|those|men|women|the|an?|all|every\w*|from|to|than|drivers|patients|workers"
    r"|liv\w+|stay\w*|held|jailed))\s*$",
    re.IGNORECASE,
)

# An amount: $9m over ten is in ten years, told before.
_AMOUNT_ENDS = re.compile(r"(?:[$£€¥]\s?[\d.,]*\d\s?(?:m|mn|bn|b|tn|k)?|\b(?:million|billion|trillion|dollars|euros|pounds|yen|yuan))\s*$")


def _bounded(text: str, figure: Figure) -> Figure:
    """The figure with the bound its surroundings give it; the span stays the figure's."""
    if figure.kind in ("ordinal", "weekday") or (figure.kind == "date" and figure.high):
        return figure
    bound, blur = figure.bound, figure.approximate
    at = figure.start
    pattern, rows = _bound_phrases("before")
    for _ in range(2):
        found = pattern.search(text[max(0, at - 40) : at])
        if found is None:
            break
        named = rows[re.sub(r"\s+", " ", found[1].lower())]
        if found[1].lower() == "over" and figure.kind == "duration" and not _LASTING.search(text[: max(0, at - 40) + found.start()]):
            break  # saves a million over five years: in the course of
        if found[1].lower() == "over" and figure.kind == "number" and _AMOUNT_ENDS.search(text[: max(0, at - 40) + found.start()]):
            break  # $5m over five years, $9m over ten
        bound, blur = (named[0] if bound == "exact" else bound), blur or named[1]
        at = max(0, at - 40) + found.start()
    pattern, rows = _bound_phrases("after")
    after = pattern.match(text, figure.end)
    if after and not (after[1].lower() in ("plus", "+") and re.match(r"\s*\d", text[after.end() :])):
        named = rows[re.sub(r"\s+", " ", after[1].lower())]
        bound, blur = (named[0] if bound == "exact" else bound), blur or named[1]
    if figure.kind in ("date", "time"):
        bound = "exact"
    return replace(figure, bound=bound, approximate=blur) if (bound, blur) != (figure.bound, figure.approximate) else figure
