"""English dates.

The 1980s are 1980 to 1989, the early 2000s 2000 to 2009 (approximate), the 20th century 1901 to 2000, Q3 and the quarter
to September July to September. Thursday the 15th names the day of a month. Dates in digits: `dates_digits`;
months, years and weekdays alone: `dates_alone`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from auditor.lang.en.dates_alone import AMBIGUOUS_MONTHS, months, months_alone, span_of, weekdays, weekdays_alone, years_alone
from auditor.lang.en.dates_digits import YEAR as _YEAR
from auditor.lang.en.dates_digits import full_year, read_digit_dates
from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import century, decade, half_year, iso_date, quarter
from auditor.model import Figure, FigureKind

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d|[.:,]\d)"
_ORD = r"(?:st|nd|rd|th)"
_VAGUE = r"(?:(?P<vague>early|late|mid|the middle of|middle of|the end of|end of|the beginning of|beginning of)(?:-to-late)?[\s-]+)?"
_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


# December 8-10, December 8 to 10; not "December 8 to 10 people".
_UNTIL = r"(?:\s*[-–—]\s*|\s+(?:to|through|thru|until)\s+(?:the\s+)?)"
_NO_COUNT = (
    r"(?![\d:%]|[.,]\d|\s*(?:%|[ap]\.?m\b|percent|per cent|[mbt]r?illion|thousand|hundred|people|hours|minutes|days|dollars|euros|yen|"
    r"points))"
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Figure | None]], ...]:
    month = "|".join(sorted(months(), key=len, reverse=True))
    m = rf"(?P<month>{month})\b(?: ?\.)?"
    of_year = rf"(?: ?,?\s+(?:of\s+)?(?P<year>{_YEAR})|\s+’(?P<short>\d\d)\b|\s+'(?P<short2>\d\d)\b"
    of_year += r"|\s+of\s+(?P<short4>[1-9]\d)(?=\s*(?:[.,;)]|$)))"
    rows: list[tuple[str, Callable[[re.Match[str]], Figure | None]]] = [
        (rf"\b{m}(?:[\s-]+|/|(?<=\.))(?:the\s+)?(?P<day>{_DAY}){_ORD}?(?:{_UNTIL}(?P<day2>{_DAY}){_ORD}?{_NO_COUNT})?"
         rf"{of_year}?", _month_day),
        (rf"(?<![\d.,/$£€-])(?P<day>{_DAY}){_ORD}?(?:{_UNTIL}(?P<day2>{_DAY}){_ORD}?)?\s*(?:of\s+|day\s+of\s+|-)?{m}"
         rf"(?:{of_year}|\s(?P<short3>\d\d)(?=\s*(?:[.;)]|$)))?", _month_day),
        (rf"(?:^|(?<=\bon\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\bthe\s))(?P<day>{_DAY})\.(?P<day2>)\s+{m}{of_year}", _month_day),
        (r"(?:^|(?<=\bon\s)|(?<=,\s))(?P<month>(?-i:[JFMASOND]|[jfmasond])(?-i:an|eb|ar|pr|un|ul|ug|ep|ct|ov|ec))"
         r"(?P<day>\d\d?)(?P<day2>)\b(?!-)", _glued),
        (rf"\b{m}\s?[-–—]\s?(?P<month2>{month})\b\.?{of_year}?", _months),
        (rf"\b{_VAGUE}{m}(?:{of_year}|[-/](?P<year2>{_YEAR}))", _month_year),
        (rf"\b(?P<year>{_YEAR})\s(?P<month>{month})\b(?!\.?\s*\d)", _year_month),
        (rf"\b(?:{'|'.join(weekdays())}),?\s+(?:the\s+)?(?P<nth>(?P<day>{_DAY}){_ORD})\b", _nth_day),
        (rf"\b(?:on|by|until|till|since)\s+(?P<nth>the\s+(?P<day>{_DAY}){_ORD})(?=\s*(?:[.,;:!?)]|$)|\s+at\s+\d"
         r"|\s+in the\s+(?:morn|after|even))", _nth_day),
        (rf"\b(?:quarter|(?:three|3)\s+months)\s+(?:to|ended|ending|through)\s+(?:the\s+end\s+of\s+)?(?P<month>{month})\b"
         rf"(?!\s+\d{{1,2}}\b)(?:,?\s+(?P<year>{_YEAR}))?", _quarter_to),
        (r"(?<![\d/])9/11(?![\d/])", lambda f: _figure(f, "date", "--09-11")),
        (rf"\b{_VAGUE}(?P<decade>1[0-9]\d0|20\d0)['’]?s\b", _decade),
        (rf"(?<![\w$£€]){_VAGUE}['’]?(?P<tens>[2-9]0)['’]?s\b(?!\s*(?:per|%))", _tens),
        (rf"\b(?:the|(?P<age>his|her|their|my|your|our))\s+{_VAGUE}"
         rf"(?:(?P<hundred>{'|'.join(_HUNDREDS)})[\s-])?(?P<named>{'|'.join(_TENS)})\b", _decade),
        (rf"\bthe\s+{_VAGUE}(?:noughties|two thousands)\b", lambda f: _figure(f, "date", "2000", "2009", bool(f["vague"]))),
        (rf"\bthe\s+{_VAGUE}(?:two thousand and tens|twenty[\s-]tens)\b", lambda f: _figure(f, "date", "2010", "2019", bool(f["vague"]))),
        (rf"\b{_VAGUE}(?P<number>\d\d?){_ORD}(?:[\s-]+(?:and\s+\d\d?{_ORD}[\s-]+)?)(?:century|centuries)"
         rf"(?P<bc>\s+(?:BCE?|B\.C\.))?(?!\w)", _century),
        (r"\b(?P<bcyear>\d{1,4})\s*(?:BCE?|B\.C\.(?:E\.)?)(?!\w)", lambda f: _figure(f, "date", f"-{int(f['bcyear']):04d}")),
        (r"\b(?:AD|A\.D\.)\s*(?P<ad>\d{1,4})\b|\b(?P<ad2>\d{1,4})\s*(?:AD|A\.D\.|CE)(?!\w)",
         lambda f: _figure(f, "date", iso_date(int(f["ad"] or f["ad2"])))),
        (rf"\bQ(?P<q>[1-4])(?:\s+(?:of\s+)?(?:FY)?(?P<year>{_YEAR}))?\b|\b(?P<year2>{_YEAR})\s+Q(?P<q2>[1-4])\b", _quarter),
        (rf"\b(?P<nth>first|second|third|fourth|final|1st|2nd|3rd|4th)[\s-]+(?:fiscal\s+)?(?:quarter|qtr)"
         rf"(?:\s+of\s+(?:fiscal\s+(?:year\s+)?)?(?P<year>{_YEAR})|\s+(?P<year2>{_YEAR}))?(?!-?final)\b", _quarter),
        (rf"\b(?P<last>March|June|September|December)\s+quarter\b(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?", _quarter),
        (rf"\bH(?P<h>[12])\s+(?P<year>{_YEAR})\b"
         rf"|\b(?P<nth>first|second)\s+half\s+of\s+(?:(?P<year2>{_YEAR})|(?:the|this|last|next)\s+(?:fiscal\s+)?year)\b", _half),
        (rf"\b(?:fiscal|financial)(?:\s+year)?\s+(?P<year>{_YEAR})(?:[-–/]\d\d(?:\d\d)?)?\b|\bFY\s?(?P<year2>{_YEAR}|\d\d\b)", _fiscal),
        (rf"\b(?:the\s+)?year\s+(?P<year>{_YEAR}|\d{{1,4}}\b)(?!\s*(?:old|years?)|[.,]\d)",
         lambda f: _figure(f, "date", iso_date(int(f["year"])))),
        (rf"\b(?P<year>{_YEAR})\s*[-–—/]\s*(?P<to>{_YEAR}|\d\d)(?![\d-])", _years),
    ]  # fmt: skip
    return tuple((re.compile(pattern, re.IGNORECASE), build) for pattern, build in rows)


# The decades by name, and the hundreds that may stand before them (the nineteen seventies).
_HUNDREDS = {"sixteen": 1600, "seventeen": 1700, "eighteen": 1800, "nineteen": 1900, "twenty": 2000}


def _figure(found: re.Match[str], kind: FigureKind, value: str, high: str | None = None, approximate: bool = False) -> Figure:
    return Figure(found.start(), found.end(), found[0], kind=kind, value=value, high=high, approximate=approximate)


def _group(found: re.Match[str], *names: str) -> str | None:
    return next((value for name in names if name in found.re.groupindex and (value := found[name])), None)


def _year_of(found: re.Match[str]) -> int | None:
    text = _group(found, "year", "year2", "short", "short2", "short3", "short4")
    if text is None:
        return None
    return int(text) if len(text) == 4 else full_year(int(text))


def _month_day(found: re.Match[str]) -> Figure | None:
    name = found["month"]
    if name in ("may", "march") and not _year_of(found) and not _as_month(found):
        return None
    number, year = months()[name.lower()], _year_of(found)
    value = iso_date(year, number, int(found["day"]))
    high = iso_date(year, number, int(found["day2"])) if found["day2"] else None
    return _figure(found, "date", value, high)


def _glued(found: re.Match[str]) -> Figure | None:
    """On Feb13."""
    known = found["month"].lower() in months() and 1 <= int(found["day"]) <= 31
    return _figure(found, "date", iso_date(None, months()[found["month"].lower()], int(found["day"]))) if known else None


def _months(found: re.Match[str]) -> Figure | None:
    """Jan-Mar 2015, January - March."""
    if not (found["month"][0].isupper() and found["month2"][0].isupper()):
        return None
    year = _year_of(found)
    first, last = (iso_date(year, months()[found[name].lower()]) for name in ("month", "month2"))
    return _figure(found, "date", first, last)


def _year_month(found: re.Match[str]) -> Figure | None:
    """In 2017 April; not "in 2020 may have"."""
    return _figure(found, "date", iso_date(int(found["year"]), months()[found["month"].lower()])) if _as_name(found["month"]) else None


def _as_name(name: str) -> bool:
    return name[0].isupper() or name not in AMBIGUOUS_MONTHS


def _nth_day(found: re.Match[str]) -> Figure:
    """Thursday the 15th, on the 3rd: a day of the month; the span is the day's."""
    start, end = found.span("nth")
    return Figure(start, end, found["nth"], "date", iso_date(None, None, int(found["day"])))


def _quarter_to(found: re.Match[str]) -> Figure:
    """The quarter (the three months) to September: July to September; the quarter to January began in November."""
    last, year = months()[found["month"].lower()], _year_of(found)
    first = (last - 3) % 12 + 1
    return _figure(found, "date", iso_date(year - (first > last) if year else None, first), iso_date(year, last))


_OF = re.compile(r",?\s+(?:of\s+|in\s+)?")
_ENDS = re.compile(r"\s*(?:[.,;:!?)]|$)")


def with_years(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """June of nineteen ninety-nine, the fourth of June nineteen ninety-nine: a month or a day and a year in words as one date."""
    kept: list[Figure] = []
    for figure in figures:
        before = kept[-1] if kept else None
        whole = re.fullmatch(r"1[1-9]\d\d", figure.value or "") and " hundred" in figure.text and _ENDS.match(text, figure.end)
        said = figure.kind == "date" and re.fullmatch(r"\d{4}", figure.value or "")
        year = (said or (figure.kind == "number" and whole)) and not figure.high and figure.text[0].isalpha()
        open_year = before is not None and before.kind == "date" and (before.value or "").startswith("--") and not before.high
        if before is not None and year and open_year and _OF.fullmatch(text[before.end : figure.start]):
            value = f"{figure.value}{(before.value or '')[1:]}"
            kept[-1] = replace(before, end=figure.end, text=text[before.start : figure.end], value=value)
        else:
            kept.append(figure)
    return kept


def _as_month(found: re.Match[str]) -> bool:
    """Is "may" or "march" in small letters the month: on march 3, 4th of march, may the eleventh, or the whole text?"""
    before, whole = found.string[: found.start()], found.string.strip() == found[0]
    dated = re.search(r"\d(?:st|nd|rd|th)\b|\bof\b", found[0], re.IGNORECASE)
    return whole or bool(dated) or re.search(r"\b(?:on|since|until)\s+$", before, re.IGNORECASE) is not None


def _month_year(found: re.Match[str]) -> Figure:
    return _figure(found, "date", iso_date(_year_of(found), months()[found["month"].lower()]), approximate=bool(found["vague"]))


def _decade(found: re.Match[str]) -> Figure | None:
    tens = _group(found, "tens")
    if tens and _own_age(found):
        return Figure(
            found.start("tens"), found.end(), found[0][found.start("tens") - found.start() :], "duration", tens, str(int(tens) + 9), "year"
        )
    named = _group(found, "named")
    if named:
        tens = f"{2 + _TENS.index(named.lower())}0"
    if _group(found, "age"):
        return Figure(
            found.start("named"), found.end(), found["named"], "duration", tens, str(int(tens or 0) + 9), "year", approximate=True
        )
    first = (
        int(found["decade"]) if _group(found, "decade") else _HUNDREDS[(_group(found, "hundred") or "nineteen").lower()] + int(tens or 0)
    )
    low, high = decade(first)
    return _figure(found, "date", low, high, approximate=bool(found["vague"]))


def _tens(found: re.Match[str]) -> Figure | None:
    """ "The 80s", "the mid-80s", "'80s" are years; "his 80s" an age; "widespread 80s" any numbers of the eighties."""
    start, tens = found.start("tens"), int(found["tens"])
    if found["vague"] and re.search(r"\bin\s+$", found.string[: found.start()], re.IGNORECASE) and found.string[start - 1] not in "'’":
        return Figure(start, found.end(), found.string[start : found.end()], "duration", str(tens), str(tens + 9), "year", approximate=True)
    if _own_age(found) or found["vague"] or found.string[start - 1 : start] in ("'", "’"):
        return _decade(found)
    if re.search(r"\b(?:the|in|and|since|of)\s+$", found.string[: found.start()], re.IGNORECASE):
        return _decade(found)
    return Figure(start, found.end(), found.string[start : found.end()], "range", str(tens), str(tens + 9), approximate=True)


def _own_age(found: re.Match[str]) -> bool:
    """ "In his 70s", "in her late 20s", "their 50s and 60s" are ages."""
    before = found.string[max(0, found.start() - 30) : found.start()]
    return bool(
        re.search(
            r"\b(?:his|her|their|my|your|our|whose)\s+(?:(?:early|mid|late)[\s-]+)?(?:\d0s\s+(?:and|or|to)\s+)?$", before, re.IGNORECASE
        )
    )


def _century(found: re.Match[str]) -> Figure:
    low, high = _centuries(int(found["number"]), bool(found["bc"]))
    return _figure(found, "date", low, high, approximate=bool(found["vague"]))


def _centuries(number: int, before_christ: bool) -> tuple[str, str]:
    return (f"-{100 * number:04d}", f"-{100 * number - 99:04d}") if before_christ else century(number)


_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _quarter(found: re.Match[str]) -> Figure:
    last = _group(found, "last")  # "the December quarter" ends with December
    number = months()[last.lower()] // 3 if last else int(_group(found, "q", "q2") or _NTH[found["nth"].lower()])
    return _figure(found, "date", *quarter(number, _year_of(found)))


def _half(found: re.Match[str]) -> Figure:
    number = int(_group(found, "h") or _NTH[found["nth"].lower()])
    return _figure(found, "date", *half_year(number, _year_of(found)))


def _fiscal(found: re.Match[str]) -> Figure:
    year = _year_of(found)
    return _figure(found, "date", iso_date(year))


def _years(found: re.Match[str]) -> Figure | None:
    low, to = int(found["year"]), found["to"]
    if len(to) == 2 and 1 <= int(to) <= 12 and int(to) < low % 100 and found[0][4:-2].strip() in ("-", "/"):
        return None  # 2016-11 is a month; 2011-12 and 1914–18 are years
    high = int(to) if len(to) == 4 else low // 100 * 100 + int(to)
    if len(to) == 2 and high < low:
        high += 100
    return _figure(found, "date", iso_date(low), iso_date(high)) if 0 < high - low < 300 else None


def read_dates(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """Dates of every form; they may overlap, the longest wins later."""
    for pattern, build in _patterns():
        for found in pattern.finditer(text):
            figure = build(found)
            if figure is not None:
                yield figure
    yield from read_digit_dates(text)
    yield from _spelled_days(text, numerals)
    yield from _spelled_centuries(text, numerals)
    yield from months_alone(text)
    yield from years_alone(text, numerals)
    yield from weekdays_alone(text)


_ON_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+the\s+$", re.IGNORECASE)
_DAY_ENDS = re.compile(rf"\s*(?:[.;:!?)]|$|,\s*{_YEAR})|\s+(?:eigh|nine|seven)teen\s|\s+twenty\s")
_ON = re.compile(r"(?:^|\b(?:on|by|since|until|till|dated)\s+)$", re.IGNORECASE)


def _spelled_days(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """the nineteenth of November; November nineteenth; May the fourth."""
    names = "|".join(sorted(months(), key=len, reverse=True))
    for n in numerals:
        if n.kind not in ("ordinal", "number") or not n.words or n.value is None or n.value not in range(1, 32):
            continue
        if _ON_WEEKDAY.search(text[: n.start]):
            yield span_of(text, n.start, n.end, "date", iso_date(None, None, int(n.value)))
        of_month = re.compile(rf"\s+({names})\b(?=\s*(?:[.,;:!?)]|$)|\s+(?:{_YEAR}|\w+teen\s|twenty\s))", re.IGNORECASE)
        month = of_month.match(text, n.end) if n.kind == "number" and _ON.search(text[: n.start]) else None
        if month and month[1][0].isupper():
            yield span_of(text, n.start, month.end(), "date", iso_date(None, months()[month[1].lower()], int(n.value)))
        if n.kind == "number" and not (n.value > 20 and _DAY_ENDS.match(text, n.end)):
            continue  # May twenty-one; "in May nine died"
        after = re.compile(rf"(?:\s+day)?\s+of\s+({names})\b(?:,?\s+({_YEAR}))?", re.IGNORECASE).match(text, n.end)
        before = re.search(rf"\b({names})\s+(?:the\s+)?$", text[: n.start], re.IGNORECASE)
        if after:
            year = int(after[2]) if after[2] else None
            yield span_of(text, n.start, after.end(), "date", iso_date(year, months()[after[1].lower()], int(n.value)))
        elif before and (before[1][0].isupper() or before.start() == 0 or text[: before.start()].rstrip().lower().endswith(" on")):
            of_year = re.compile(rf",?\s+({_YEAR})").match(text, n.end)
            year, end = (int(of_year[1]), of_year.end()) if of_year else (None, n.end)
            yield span_of(text, before.start(), end, "date", iso_date(year, months()[before[1].lower()], int(n.value)))


def _spelled_centuries(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """the twentieth century, twenty-first-century."""
    for n in numerals:
        found = re.compile(r"[\s-]+centur(?:y|ies)\b(\s+(?:BCE?|B\.C\.))?", re.IGNORECASE).match(text, n.end)
        if found and n.kind == "ordinal" and n.value is not None and n.value <= 30 and n.words:
            low, high = _centuries(int(n.value), bool(found[1]))
            yield span_of(text, n.start, found.end(), "date", low, high)
