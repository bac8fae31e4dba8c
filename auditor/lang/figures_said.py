"""Tables of figures that are said without a number: `data/figures_said.tsv` of each language.

A row is a kind, a key and a regular expression; the same kinds and keys in every language, so that a check compares keys.

| kind | key | what the pattern finds |
|---|---|---|
| currency | dollar, euro, yen ... (a family) | the currency named in any way |
| money | the same | the currency beyond doubt, by its name alone |
| rate | hour, day, week, month, quarter, year | how often (weekly, 每周, 週1回) |
| mention | the same | the unit of a rate in any word |
| part | late, mid, early | the end, the middle or the beginning of a period, before an English date, behind 年 and 月 |
| from-now | a unit and how many of it from now (`day -2`) | 前天, the day before yesterday |
| from-then | the same | the day before, 翌日: told from a day that is spoken of |
| any | a unit | what may be any of that unit from now (翌日, the following week) |
| trace | a unit | a character of the unit |
| day-part | the hours it may mean, from and to, counted past 24 | a part of the day (`checks/figure_hours`) |
| season | spring, summer, autumn, winter; weekend, weekday | a season or a sort of day named |
| season-any | the same | whatever may speak of it (暑假, July) |
| vague | from and to | an amount without a number (`checks/figure_vague`); the first row that is found |
| round | 4, 8, 16 | the round of a cup with so many left (English) |
| carried | what an amount is multiplied by, and its unit | the word of the amount before, for a number that goes without (English) |
| feast | a date without a year (`--12-25`) | the day by its name (English) |
| idiom | what it says | words for what another language tells by a number (`checks/figure_idioms`) |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from auditor.lang.base import language, language_codes
from auditor.lang.names_base import lines
from auditor.model import Facts, Span
from auditor.text import Folded

Patterns = Mapping[str, re.Pattern[str]]
NEVER = re.compile("(?!)")


@cache
def said(code: str, kind: str) -> Patterns:
    """The patterns of a kind by key, in the order of the table; none when the language has none. A key of several rows is one pattern."""
    found: dict[str, list[str]] = {}
    for row_kind, key, pattern in (line.split("\t") for line in lines(code, "figures_said.tsv")):
        if row_kind == kind:
            found.setdefault(key, []).append(pattern)
    return {key: re.compile("|".join(patterns)) for key, patterns in found.items()}


def idiom(code: str, key: str) -> re.Pattern[str]:
    """The pattern of an idiom; one that never matches where the language has none."""
    return said(code, "idiom").get(key, NEVER)


@cache
def idiom_anywhere(key: str) -> re.Pattern[str]:
    """The patterns of an idiom in every language as one, for words that a figure holds whichever language it is of."""
    patterns = [pattern.pattern for code in language_codes() if (pattern := said(code, "idiom").get(key))]
    return re.compile("|".join(patterns)) if patterns else NEVER


@lru_cache(maxsize=1024)
def _folded(lang: str, text: str) -> Folded:
    return language(lang).fold(text)


def folded_text(lang: str, text: str) -> str:
    """A text in the widths and the script that the tables are written in."""
    return _folded(lang, text).text


def places(facts: Facts, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in a text, whatever its script: offsets into it."""
    folded = _folded(facts.lang, facts.text)
    for m in words.finditer(folded.text):
        span = folded.back(Span(m.start(), m.end(), m[0]))
        yield span.start, span.end
