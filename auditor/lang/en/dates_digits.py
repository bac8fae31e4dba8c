"""English dates in digits: 2025-11-19, 11/19/2025, 19.11.2025, 08/12, 2015, on 4/22, 3/2015.

11/19/2025 is read month first unless the first part exceeds 12; with full stops the day comes first. Without a year it is a date only
behind what leads to one, or before an hour (4/25 at 4 pm), and with a day that no month is: 4/5 is as often a part of something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.lang.figures_base import iso_date
from auditor.model import Figure

YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})(?![\d,]*\d|\.\d|%)"
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<year>(?:1[0-9]|20)\d\d)([-/.])(?P<mm>1[0-2]|0?[1-9])\2(?P<dd>3[01]|[12]\d|0?[1-9])(?![\d/-])"
    r"|(?<![\d/.])(?P<year2>(?:19|20)\d\d) ?[-/] ?(?P<mm2>0[1-9]|1[0-2])(?![\d/-])"
    r"|(?:^|(?<=[a-z] ))(?P<year4>(?:19|20)\d\d)-(?P<mm4>[1-9])(?=\s*$)"
    rf"|(?<![\d/.-])(?P<mm3>0?[1-9]|1[0-2])(?:-| ?/ ?)(?P<year3>{YEAR})(?![/-]|\.\d)"
)
_YEAR_LAST = re.compile(
    rf"(?<![\d/.-])(?P<a>\d\d?)(?P<sign>[-/.])(?P<b>\d\d?)(?:(?P=sign)(?P<year>{YEAR}|\d\d(?!\d))|(?<=/\d\d),\s?(?P<year2>{YEAR}))(?![/-]|\.\d)"
)
_DAY = r"(?P<a>\d\d?)(?P<sign>[-/])(?P<b>\d\d?)"
_NO_YEAR = re.compile(
    rf"(?:\b(?:on|by|until|since|before|after|from|due|dated|back)\s+{_DAY}(?![\d/%-]|\.\d|\s+(?:percent|inch))"
    rf"|(?<![\d/.,-]){_DAY.replace('?P<a>', '?P<a2>').replace('?P<b>', '?P<b2>').replace('?P<sign>', '')}(?=\s+at\s+\d))",
    re.IGNORECASE,
)

# Out from 4 to 22 this month, 4 till 22 of this month: days; "from 4 to 22 this month" by itself is as often what a number rose to.
_SPAN = r"(?P<a>\d\d?)(?:\s?[-–]\s?|\s+(?:to|till|until|and|through)\s+)(?P<b>\d\d?)\s+"
_DAYS = re.compile(
    rf"\b(?:out|away|off|closed|abroad|on leave|on holiday|on vacation|travell?ing)\s+(?:from\s+|between\s+)?{_SPAN}"
    r"(?:of\s+|in\s+)?(?:this|next|last|the)\s+month\b"
    rf"|(?<![\d.,/$£€-]){_SPAN.replace('?P<a>', '?P<a2>').replace('?P<b>', '?P<b2>')}of\s+(?:this|next|last)\s+month\b",
    re.IGNORECASE,
)
# On 15 at 8:00, 8 pm on the 15: a day beside an hour.
_HOUR = r"\d{1,2}(?::\d\d|\s?[ap]\.?m\b\.?)"
_CLOCK_DAY = re.compile(
    rf"\bon\s+(?:the\s+)?(?P<a>\d\d?)(?=,?\s+(?:at\s+)?{_HOUR})|{_HOUR}\s+on\s+(?:the\s+)?(?P<b>\d\d?)(?=\s*(?:[.;:!?)]|$))", re.IGNORECASE
)
_ANOTHER = re.compile(r"(?:\s*,\s*|\s+)(?:(?:and|or|to|until)\s+)?(?P<a>\d\d?)/(?P<b>\d\d?)(?![\d/%-]|\.\d)")


def full_year(short: int) -> int:
    """The year that two digits mean."""
    return 2000 + short if short < 50 else 1900 + short


def read_digit_dates(text: str) -> Iterator[Figure]:
    """Dates of every form in digits."""
    for found in _YEAR_FIRST.finditer(text):
        year, month = (
            next(found[g] for g in groups if found[g]) for groups in (("year", "year2", "year3", "year4"), ("mm", "mm2", "mm3", "mm4"))
        )
        yield _date(text, found.start(), found.end(), iso_date(int(year), int(month), int(found["dd"]) if found["dd"] else None))
    for found in _YEAR_LAST.finditer(text):
        if (value := _year_last(found)) is not None:
            yield _date(text, found.start(), found.end(), value)
    for found in _DAYS.finditer(text):
        yield from _days(text, found)
    for found in _CLOCK_DAY.finditer(text):
        group = "a" if found["a"] else "b"
        if 0 < int(found[group]) < 32:
            yield _date(text, found.start(group), found.end(group), iso_date(None, None, int(found[group])))
    for found in _NO_YEAR.finditer(text):
        start = found.start("a") if found["a"] else found.start("a2")
        month, day = sorted((int(found["a"] or found["a2"]), int(found["b"] or found["b2"])))
        if 1 <= month <= 12 < day <= 31:
            yield _date(text, start, found.end(), iso_date(None, month, day))
            yield from _more_days(text, found.end())


def _more_days(text: str, at: int) -> Iterator[Figure]:
    """On 11/20, 11/22 or 11/25: the days behind the first."""
    while (found := _ANOTHER.match(text, at)) is not None:
        month, day = sorted((int(found["a"]), int(found["b"])))
        if not 1 <= month <= 12 < day <= 31:
            return
        at = found.end()
        yield _date(text, found.start("a"), at, iso_date(None, month, day))


def _days(text: str, found: re.Match[str]) -> Iterator[Figure]:
    """Out from 4 to 22 this month: the first and the last day."""
    first, last = ("a", "b") if found["a"] else ("a2", "b2")
    if 0 < int(found[first]) < int(found[last]) < 32:
        start, end = found.start(first), found.end(last)
        yield Figure(start, end, text[start:end], "date", iso_date(None, None, int(found[first])), iso_date(None, None, int(found[last])))


def _date(text: str, start: int, end: int, value: str) -> Figure:
    return Figure(start, end, text[start:end], "date", value)


def _year_last(found: re.Match[str]) -> str | None:
    first, second, sign, written = int(found["a"]), int(found["b"]), found["sign"], found["year"] or found["year2"]
    if (sign == "." and second <= 12) or first > 12:
        first, second = second, first
    # 10-31-74 is a date, 3-1-2 a line-up: without a whole year the day must be one that no month is.
    if not (1 <= first <= 12 and 1 <= second <= 31) or (sign != "/" and len(written) == 2 and (sign == "." or second <= 12)):
        return None
    return iso_date(int(written) if len(written) == 4 else full_year(int(written)), first, second)
