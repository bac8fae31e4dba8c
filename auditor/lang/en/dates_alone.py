"""Months, years and weekdays that stand alone in English: "in March", 2023, Friday; and their names, by CLDR.

"May" and "March" the verbs, "Sat" and "Sun" the words are none: short or ambiguous names count only beside a day or a year, or behind a
preposition of time. A bare four-digit number of 1500 to 2099 is a year unless it counts something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from auditor.lang.en.dates_digits import YEAR
from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import iso_date
from auditor.model import Figure, FigureKind

_TIME_PREP = (
    r"\b(?:in|since|by|until|till|from|to|of|on|this|last|next|early|late|mid|through|before|after|during|between|for|every|each"
    r"|and|or|past|previous|following|throughout|around|as of|(?:early|late|soon|recently|long ago) as|come|coming)[\s-]+"
)


@cache
def months() -> Mapping[str, int]:
    """Lower-case names and abbreviations of months -> number."""
    return _calendar("months", "abbreviated", "wide") | {"sept": 9}


@cache
def weekdays() -> Mapping[str, int]:
    """Lower-case names and abbreviations of weekdays -> 1 (Monday) to 7."""
    named = {name: number + 1 for name, number in _calendar("days", "abbreviated", "wide").items()}
    return named | {"tues": 2, "wednes": 3, "thur": 4, "thurs": 4, "weds": 3}


def _calendar(kind: str, *widths: str) -> dict[str, int]:
    from babel import Locale

    data = getattr(Locale.parse("en"), kind)["format"]
    return {name.lower().rstrip("."): number for width in widths for number, name in data[width].items()}


def span_of(text: str, start: int, end: int, kind: FigureKind, value: str, high: str | None = None, approximate: bool = False) -> Figure:
    """A figure of a stretch of the text."""
    return Figure(start, end, text[start:end], kind=kind, value=value, high=high, approximate=approximate)


AMBIGUOUS_MONTHS = frozenset(
    ["may", "march", "mar", "jan", "jun", "dec", "sep", "oct", "nov", "apr", "jul", "feb", "aug", "sept", "august"]
)


# "The March figures", "her May pledge", "March's decline"; not "the March on Rome", "the March was", Theresa May.
_OWNED = re.compile(r"(?:\b(?:(?i:an?|the|its|his|her|their|our|my|your)|[a-z]+['’]s?)\s+(?:[a-z]+\s+)?|^)$")
_A_NOUN = re.compile(r"\s+(?!(?:on|of|to|for|from|through|against|in|with|by|past|was|were|is|has|had|drew|said|will)\b)[a-z]")


def _of_the_month(text: str, found: re.Match[str]) -> bool:
    """Is a month that may be another word (March, May) or a short form (Sept.) put before a noun?"""
    name, after = found[1], text[found.end(1) :]
    if not name[0].isupper():
        return False
    if len(name) < 5 and name != "May":
        return re.match(r"\.\s+[a-z]", after) is not None
    start = name == "May" and found.start() == 0  # May they rest
    if name == "March" and re.match(r"['’]s\s+[a-z]", after):
        return True
    return not start and bool(_OWNED.search(text[: found.start()]) and _A_NOUN.match(after))


def months_alone(text: str) -> Iterator[Figure]:
    """Months without a day or a year."""
    names = "|".join(sorted(months(), key=len, reverse=True))
    for found in re.finditer(rf"\b({names})\b\.?", text, re.IGNORECASE):
        name = found[1]
        ambiguous = name.lower() in AMBIGUOUS_MONTHS
        if text.strip() == name and name[0].isupper():
            yield span_of(text, found.start(), found.end(1), "date", iso_date(None, months()[name.lower()]))
            continue
        preposed = re.search(_TIME_PREP + "$", text[: found.start()], re.IGNORECASE)
        if name.islower() and ambiguous and not (preposed and name in ("sept", "oct", "nov", "dec")):
            continue
        if (
            ambiguous
            and name.lower() != "august"
            and not preposed
            and not _of_the_month(text, found)
            and not re.match(rf"(?:\s+(?:and|or|to|through|until)\s+|[-–—])(?:{names})\b", text[found.end() :], re.IGNORECASE)
        ):
            continue
        if name.lower() == "may" and re.match(r"\s+(?:I|we|he|she|it|they|be|have|not|also|well)\b", text[found.end() :]):
            continue
        if re.match(r"['’]s\s+(?:[A-Z])", text[found.end() :]) or (
            re.match(r"\s+[A-Z][a-z]+", text[found.end() :]) and ambiguous and not preposed
        ):
            continue
        vague = re.search(r"\b(early|late|mid)[\s-]+$", text[: found.start()], re.IGNORECASE)
        end = found.start() + len(name)
        yield span_of(text, found.start(), end, "date", iso_date(None, months()[name.lower()]), approximate=bool(vague))


# Below 1990 levels: the year is one.
_LEVELS = re.compile(r"\s+(?:levels?|figures?|totals?|averages?|highs?|lows?|peaks?|numbers?|norms?|baselines?)\b")


def years_alone(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """Years without a month."""
    for found in re.finditer(rf"(?<![\w$£€¥.,:/#-]){YEAR}(?![\w/]|-\d)", text):
        before, after = text[: found.start()], text[found.end() :]
        year = int(found[0])
        preposed = re.search(
            r"\b(?:in|since|by|until|till|from|of|after|before|during|circa|through|year|early|late|mid|around|between)[\s-]+$",
            before,
            re.IGNORECASE,
        )
        if re.search(
            r"\b(?:no\.|number|room|flight|highway|route|page|paragraph|more than|over|at least|about|some"
            r"|nearly|almost|under|below|above|beyond|exceed\w*|than|only|least)\s+$",
            before,
            re.IGNORECASE,
        ) and not _LEVELS.match(after):
            continue
        counts = re.match(
            r"\s+(?!(?:was|is|has|as|this|its|his|thus|plus|across|elections?|games|olympics|finals?|results|towards|always|sales|earnings|series|championships|playoffs)\b)(?:[a-z]+s|people|men|women|children|feet|percent)\b",
            after,
        )
        if counts and not _LEVELS.match(after) and not re.search(r"\b(?:in|since|until|the|'s|’s)\s+$", before, re.IGNORECASE):
            continue
        if preposed or 1500 <= year <= 2099:
            yield span_of(text, found.start(), found.end(), "date", iso_date(year))
    for n in numerals:
        if n.year and n.value is not None:
            yield span_of(text, n.start, n.end, "date", iso_date(int(n.value)))


_SHORT_DAYS = frozenset(["mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "weds", "thur", "thurs", "wednes"])


# Feasts and titles that a weekday is part of: no day of the week is meant.
_DAY_NAME = re.compile(r"\b(?:Good|Ash|Maundy|Palm|Easter|Whit|Shrove|Holy|Cyber|Black|Super|Bloody)\s+$")
_DAY_TITLE = re.compile(r"\s+(?:Night\s+[A-Z]|Times|Mail|Mirror|Express|Telegraph|Post|Herald|Sport|Agreement)")


def weekdays_alone(text: str) -> Iterator[Figure]:
    """Weekdays, with or without a date."""
    names = "|".join(sorted(weekdays(), key=len, reverse=True))
    for found in re.finditer(rf"\b({names})(?:(s)|\b)(?!-)", text, re.IGNORECASE):
        name = found[1]
        if (
            text.strip().rstrip(".") != name
            and name.lower() in _SHORT_DAYS
            and (
                name.islower()
                or found[2]
                or not (
                    re.search(r"\bon\s+$", text[: found.start()], re.IGNORECASE)
                    or re.match(r"\.(?=\s|,|$)|,?\s+\d|\s*[)–-]|,\s+[A-Z][a-z]{2}", text[found.end() :])
                )
            )
        ):
            continue
        if _DAY_NAME.search(text[max(0, found.start() - 12) : found.start()]) or _DAY_TITLE.match(text, found.end()):
            continue
        yield span_of(text, found.start(), found.start() + len(name), "weekday", str(weekdays()[name.lower()]))
