"""English figures by value: numbers, ordinals, percent, fractions, multiples, money, measures, durations, dates, times, ranges.

The notation is `auditor.lang.figures_base`'s. Numbers are read by `numerals`, what stands around them by `quantities`, dates by
`dates`, times by `times`, units behind an article by `articles`, shares of two numbers by `shares`; the longest match wins. Here they
are put together: `compounds` (6 lb 4 oz), ranges (10-20, between $3 and $5 million, two or three) and `bounds` (more than, or more).

No figure: identifiers (F-16, G7, COVID-19), "one" the pronoun, "a second" of time, "first half" of a match, web addresses.
A score 2-0 is two numbers, since its order carries who won; 0-2 as well. "A day", "an hour" are durations of 1 unless they say a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from auditor.lang.en.alone import marks_alone
from auditor.lang.en.articles import article_units, measures, part_units
from auditor.lang.en.bounds import bounded
from auditor.lang.en.compounds import compounds
from auditor.lang.en.counted import Quantity
from auditor.lang.en.dates import read_dates, with_years
from auditor.lang.en.numerals import read_numerals
from auditor.lang.en.quantities import quantity
from auditor.lang.en.shares import shares
from auditor.lang.en.times import hours_between, read_race_times, read_times
from auditor.lang.figures_base import longest, plain
from auditor.lang.notation import dates, powers, whole_text, without_endless
from auditor.model import Figure, Reduction, Word, of_price

_NO_FIGURES = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.]+@[\w.]+\b|\b24/7\b|\btwo\s+[a-z]+\s+to\s+rub\s+together\b|\bfifty[- ]fifty\b", re.IGNORECASE
)
# A text that is nothing but one of these: in a sentence the first is a pronoun more often than a number.
_ALONE = re.compile(r"\s*(one|a (?:pair|couple)(?= of|\s*$))(?: of)?\s*", re.IGNORECASE)
_CONNECT = re.compile(r"\s?[-–—~‐‑]\s?|\s+(?:to|through|or|and|up to)\s+")


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
        *part_units(readable, counted),
        *article_units(readable),
        *measures(readable),
        *marks_alone(readable),
        *_feet_marks(readable),
        *_romans(readable),
        *_a_dollar(readable),
        *powers(readable),
        *dates(readable),
        *counted,
    ]
    figures = compounds(readable, longest([*found, *shares(readable, numerals)]))
    figures = _same_month(readable, with_years(readable, _ranges(readable, hours_between(readable, figures), counted)))
    return tuple(bounded(readable, _priced(readable, f)) for f in figures)


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
