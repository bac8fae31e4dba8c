"""What one language tells by a number and another by a word: the rounds of a cup, the hour of a match, a lone point, a man fewer.

| English | translation | figure that is explained |
|---|---|---|
| quarter-finals, semi-finals | 8强, ベスト4 | 8, 4 of the translation |
| before the hour (of a match) | 第60分钟, 後半15分 | the minutes of the translation |
| by a single point | 一个百分点, 1ポイント | one point of the translation |
| ten men, ten-man | 少一人, 数的不利 | ten of the source |
| autumn/winter 2031 | FW31 | the year of the source |
| Harvard and two other universities | 哈佛等3所大学 | two and three |
"""

from __future__ import annotations

import re

from auditor.checks.figure_compare import number
from auditor.lang.figures_said import idiom, said
from auditor.model import Figure, Pair


def told_in_words(figure: Figure, pair: Pair) -> bool:
    """Does the English say in words what this figure of the translation says?"""
    if pair.passage.target is None:
        return False
    lang, there, source = pair.source.lang, pair.target.lang, pair.source.text
    before, after = pair.target.text[: figure.start - pair.passage.target.start], pair.target.text[figure.end - pair.passage.target.start :]
    if figure.kind == "points":
        return figure.value == "1" and figure.high is None and bool(idiom(lang, "a-point").search(source))
    cup = said(lang, "round").get(figure.value or "")
    if cup is not None and (idiom(there, "round-behind").match(after) or idiom(there, "round-before").search(before)):
        return bool(cup.search(source))
    minute = figure.unit == "minute" or bool(idiom(there, "minute").match(after))
    of_match = figure.value == "60" or (figure.value == "15" and bool(idiom(there, "second-half").search(before)))
    return minute and of_match and bool(idiom(lang, "the-hour").search(source))


def shortened(figure: Figure, pair: Pair) -> bool:
    """Ten men that the translation tells as one fewer, a year that it writes with a season's letters (FW31)."""
    if pair.passage.source is None:
        return False
    if figure.kind == "date" and re.fullmatch(r"20\d\d", figure.value or ""):
        return re.search(rf"(?<![A-Za-z])(?:[FASP][WS]|FY|MY|[AS]/[WS])['’]?{(figure.value or '')[2:]}(?!\d)", pair.target.text) is not None
    if figure.value != "10":
        return False
    at = figure.start - pair.passage.source.start
    fewer = idiom(pair.target.lang, "one-fewer").search(pair.target.text)
    return bool(idiom(pair.source.lang, "ten-men").match(pair.source.text, at)) and bool(fewer)


def with_the_named(source: tuple[Figure, ...], target: tuple[Figure, ...], pair: Pair) -> tuple[Figure, Figure] | None:
    """Yale and two other universities, 耶鲁等3所大学: the others on one side, all with those named on the other."""
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    others_of, named = idiom(pair.source.lang, "others"), idiom(pair.target.lang, "others")
    for a in (f for f in source if f.kind == "number" and f.high is None and others_of.match(pair.source.text, f.end - at)):
        for b in (f for f in target if f.kind == "number" and f.high is None and named.search(pair.target.text[: f.start - to])):
            others, together = number(a.value), number(b.value)
            if others is not None and together is not None and 1 <= together - others <= 4:
                return a, b
    return None
