"""What one language tells by a number and another by a word: the rounds of a cup, the hour of a match, a lone point, a man fewer.

| English | translation | figure that is explained |
|---|---|---|
| quarter-finals, semi-finals | 8强, ベスト4 | 8, 4 of the translation |
| before the hour (of a match) | 第60分钟, 後半15分 | the minutes of the translation |
| by a single point | 一个百分点, 1ポイント | one point of the translation |
| ten men, ten-man | 少一人, 数的不利 | ten of the source |
| autumn/winter 2031 | FW31 | the year of the source |
| Harvard and two other universities | 哈佛等3所大学 | two and three |
| three out of nine | 九名委员中已有三人 | a third, nine and three |
| the billion-euro scheme | 10亿欧元 | 1 billion euros |
| a penalty | 十二码 | 12 yards |
| fell tenfold | 降到十分之一 | tenfold and a tenth |
| in the 89th minute | 後半44分 | 89th and 44 |
| higher than third | 前二名 | third and two |
| the most faked painter of the century | 20世纪 | the century of the translation |
| on Christmas Day | 12月25日 | the date of the translation |
| before the second half | 下半年 | the half year of the translation |
| lacks a majority | 未过半数 | half of the translation |
| the odds are better than even | 五成 | 50 % of the translation |
| Typhoon Mangkhut | 台風22号「マンクット」 | the number of the translation |
| a club of 135 years | 百年老店 | the years of the source |
| a decade away rather than three; rose by 20 million, fell by 15 | 三十年, 1500万 | three and 30 years, 15 and 15 million |
"""

from __future__ import annotations

import re

from auditor.checks.figure_compare import number, parts
from auditor.checks.figure_reckoned import RECKONINGS
from auditor.lang.figures_said import folded_text, idiom, said
from auditor.model import Figure, Pair

_ROUND_SUMS = frozenset((1e6, 1e9, 1e12))


def told_in_words(figure: Figure, pair: Pair) -> bool:
    """Does the English say in words what this figure of the translation says?"""
    if pair.passage.target is None:
        return False
    lang, there, source = pair.source.lang, pair.target.lang, pair.source.text
    before, after = pair.target.text[: figure.start - pair.passage.target.start], pair.target.text[figure.end - pair.passage.target.start :]
    if figure.kind == "money" and (number(figure.value) or 0) in _ROUND_SUMS:
        # the scheme of a billion euros, "the billion-euro scheme": the article is its noun's
        return bool(idiom(lang, f"a-sum-{len(figure.value or '') - 1}").search(source))
    if figure.unit == "yard" or (figure.kind == "number" and bool(idiom(there, "yard").match(after))):
        return figure.value == "12" and bool(idiom(lang, "penalty").search(source))
    if figure.kind == "date":
        return _period_in_words(figure, pair)
    if figure.kind == "fraction" and idiom(there, "majority").fullmatch(folded_text(there, figure.text)):
        return bool(idiom(lang, "majority").search(source))
    if figure.kind == "percent":
        return figure.value == "50" and bool(idiom(lang, "even-odds").search(source))
    if idiom(there, "storm-number").search(before):
        return bool(idiom(lang, "storm").search(source))
    if figure.kind == "points":
        return figure.value == "1" and figure.high is None and bool(idiom(lang, "a-point").search(source))
    cup = said(lang, "round").get(figure.value or "")
    if cup is not None and (idiom(there, "round-behind").match(after) or idiom(there, "round-before").search(before)):
        return bool(cup.search(source))
    minute = figure.unit == "minute" or bool(idiom(there, "minute").match(after))
    of_match = figure.value == "60" or (figure.value == "15" and bool(idiom(there, "second-half").search(before)))
    return minute and of_match and bool(idiom(lang, "the-hour").search(source))


def _period_in_words(figure: Figure, pair: Pair) -> bool:
    """The century, 20世纪; before the second half, 下半年; Christmas Day, 12月25日."""
    (first, month, _), (last, last_month, _) = parts(figure.value), parts(figure.high)
    if (feast := said(pair.source.lang, "feast").get(figure.value or "")) is not None:
        return figure.high is None and bool(feast.search(pair.source.text))
    if first is not None and last is not None:
        century = last - first == 99 or (figure.approximate and first % 100 == 0)  # 本世纪初
        return century and bool(idiom(pair.source.lang, "the-century").search(pair.source.text))
    half = {(1, 6): "first-half", (7, 12): "latter-half"}.get((month or 0, last_month or 0)) if first is None else None
    return half is not None and bool(idiom(pair.source.lang, half).search(pair.source.text))


def shortened(figure: Figure, pair: Pair) -> bool:
    """Ten men that the translation tells as one fewer, a year that it writes with a season's letters (FW31)."""
    if pair.passage.source is None:
        return False
    if figure.kind == "date" and re.fullmatch(r"20\d\d", figure.value or ""):
        return re.search(rf"(?<![A-Za-z])(?:[FASP][WS]|FY|MY|[AS]/[WS])['’]?{(figure.value or '')[2:]}(?!\d)", pair.target.text) is not None
    if figure.kind == "duration" and figure.unit == "year" and 90 <= (number(figure.value) or 0) < 200:
        told = any(f.value == "100" and f.unit == "year" for f in pair.target.figures)
        return not told and bool(idiom(pair.target.lang, "a-century").search(folded_text(pair.target.lang, pair.target.text)))
    if figure.value != "10":
        return False
    at = figure.start - pair.passage.source.start
    fewer = idiom(pair.target.lang, "one-fewer").search(pair.target.text)
    return bool(idiom(pair.source.lang, "ten-men").match(pair.source.text, at)) and bool(fewer)


def with_the_named(source: tuple[Figure, ...], target: tuple[Figure, ...], pair: Pair) -> tuple[Figure, ...]:
    """Yale and two other universities, 耶鲁等3所大学: the others on one side, all with those named on the other."""
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    others_of, named = idiom(pair.source.lang, "others"), idiom(pair.target.lang, "others")
    for a in (f for f in source if f.kind == "number" and f.high is None and others_of.match(pair.source.text, f.end - at)):
        for b in (f for f in target if f.kind == "number" and f.high is None and named.search(pair.target.text[: f.start - to])):
            others, together = number(a.value), number(b.value)
            if others is not None and together is not None and 1 <= together - others <= 4:
                return a, b
    return ()


def counted_out(source: tuple[Figure, ...], target: tuple[Figure, ...], pair: Pair) -> tuple[Figure, ...]:
    """Three out of nine, 九名委员中已有三人: a share and its two numbers, one of which may have been taken for another figure."""
    numbers = [(f, value) for f in pair.target.figures if f.kind == "number" and f.high is None and (value := number(f.value))]
    for a in (f for f in source if f.kind == "fraction" and f.high is None):
        share = number(a.value) or 0.0
        for b, part in numbers:
            for c, whole in numbers:
                if whole > part and abs(part / whole - share) < 6e-3 and (b in target or c in target):
                    return a, b, c
    return ()


def told_otherwise(source: tuple[Figure, ...], target: tuple[Figure, ...], pair: Pair) -> list[tuple[Figure, Figure]]:
    """Figures of other values that say the same, each used once."""
    found: list[tuple[Figure, Figure]] = []
    for a in source:
        tests = (_shrank, _ranked, _carried, _of_second_half, *RECKONINGS)
        b = next((b for b in target if all(b is not t for _, t in found) and any(test(a, b, pair) for test in tests)), None)
        if b is not None:
            found.append((a, b))
    return found


def _shrank(a: Figure, b: Figure, pair: Pair) -> bool:
    """Fell tenfold, 降到十分之一: the multiple by which and the part to which something shrank."""
    times, part = number(a.value), number(b.value)
    if a.kind != "multiple" or b.kind not in ("fraction", "percent") or not times or not part or times <= 1:
        return False
    part = part / 100 if b.kind == "percent" else part
    # a tenth of before, or by nine tenths
    same = any(abs(share * times - 1) < 6e-3 for share in (part, 1 - part))
    return same and bool(idiom(pair.source.lang, "shrank").search(pair.source.text))


def _of_second_half(a: Figure, b: Figure, pair: Pair) -> bool:
    """In the 89th minute, 後半44分: minutes of the match and of its second half."""
    minute, since = number(a.value), number(b.value)
    if a.kind not in ("ordinal", "number", "duration") or minute is None or since is None or minute - since != 45:
        return False
    before = pair.target.text[: b.start - pair.offset(pair.target)]
    return bool(idiom(pair.target.lang, "second-half").search(before))


def _ranked(a: Figure, b: Figure, pair: Pair) -> bool:
    """Never higher than third, 没进过前二名: the place that was not passed and the number of places above."""
    place, above = number(a.value), number(b.value)
    if a.kind != "ordinal" or b.kind not in ("number", "ordinal") or place is None or above is None or place - above != 1:
        return False
    before = pair.source.text[: a.start - pair.offset(pair.source)]
    ahead = pair.target.text[: b.start - pair.offset(pair.target)] + b.text
    return bool(idiom(pair.source.lang, "better-than").search(before)) and bool(idiom(pair.target.lang, "top").search(ahead))


def _carried(a: Figure, b: Figure, pair: Pair) -> bool:
    """A decade away rather than three; by 80 million, by 95: a bare number counted by what an amount before it is counted by."""
    low, value = number(a.value), number(b.value)
    if a.kind != "number" or a.high is not None or b.high is not None or not low or not value:
        return False
    before = pair.source.text[: a.start - pair.offset(pair.source)]
    years = b.kind == "duration" and b.unit == "year"
    for key, word in said(pair.source.lang, "carried").items():
        by, _, unit = key.partition(" ")
        if bool(unit) == years and abs(value / low - float(by)) < 1e-6 * float(by) and word.search(before):
            return True
    return False
