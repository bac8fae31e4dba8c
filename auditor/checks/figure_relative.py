"""Days, weeks, months and years told from now: yesterday and 前天, next month and 明年, last year and 今年.

Such a word is no figure, since what day it means is not in the text, but it has a place: a unit and how many of it from now. A drift is
one place that the translation has nowhere, beside one that the English has nowhere. What may stand for any place of its unit (翌年, the
following week, 过去一年) explains that unit; a weekday with "last" or "next" says nothing, since languages count weeks in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.model import Pair

Place = tuple[str, int]
_UNITS = ("day", "week", "month", "quarter", "year")
_NO_WEEKDAY = r"(?!\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
# Language -> pattern -> place; of two that fit at one place the first in the table wins.
_SAID: dict[str, tuple[tuple[str, Place], ...]] = {
    "en": (
        (r"the day before yesterday", ("day", -2)), (r"the day after tomorrow", ("day", 2)), (r"yesterday|last night", ("day", -1)),
        (r"tomorrow", ("day", 1)), (r"today|tonight|this (?:morning|afternoon|evening)", ("day", 0)),
        *((rf"(?<!the )(?<!of )last {u}(?!ing)", (u, -1)) for u in _UNITS[1:]),
        *((rf"this {u}", (u, 0)) for u in _UNITS[1:]),
        *((rf"(?<!the )next {u}", (u, 1)) for u in _UNITS[1:]),
    ),
    "zh": (
        ("大前天", ("day", -3)), ("前天", ("day", -2)), ("大后天|大後天", ("day", 3)), ("[后後]天", ("day", 2)),
        ("昨[天日晚夜晨]", ("day", -1)),
        ("明[天晚晨]|明日", ("day", 1)), ("今[天日晚夜晨早]", ("day", 0)),
        ("上(?:个|一)?(?:周|星期|礼拜)(?![一二三四五六日天])", ("week", -1)),
        ("[本这](?:个|一)?(?:周|星期|礼拜)(?![一二三四五六日天])", ("week", 0)),
        ("下(?:个|一)?(?:周|星期|礼拜)(?![一二三四五六日天])", ("week", 1)),
        ("上个?月", ("month", -1)), ("本月|这个月", ("month", 0)), ("下个?月", ("month", 1)),
        ("上个?季度?", ("quarter", -1)), ("本季度?|这个季度", ("quarter", 0)), ("下个?季度", ("quarter", 1)),
        ("前年", ("year", -2)), ("去年", ("year", -1)), ("今年", ("year", 0)), ("明年", ("year", 1)), ("[后後]年", ("year", 2)),
    ),
    "ja": (
        ("一昨日|おととい", ("day", -2)), ("明後日|あさって", ("day", 2)), ("(?<!一)昨[日夜晩]|きのう|ゆうべ", ("day", -1)),
        ("明日|明晩|(?<![\u3040-\u309f])あす|あした", ("day", 1)), ("今[日夜晩朝]|本日", ("day", 0)),
        ("先週", ("week", -1)), ("今週", ("week", 0)), ("(?<!再)来週", ("week", 1)), ("再来週", ("week", 2)),
        ("先月", ("month", -1)), ("今月", ("month", 0)), ("(?<!再)来月", ("month", 1)),
        ("前四半期", ("quarter", -1)), ("今四半期", ("quarter", 0)), ("来四半期", ("quarter", 1)),
        ("一昨年|おととし", ("year", -2)), ("去年|(?<!一)昨年", ("year", -1)), ("今年|本年", ("year", 0)), ("(?<!再)来年", ("year", 1)),
        ("再来年", ("year", 2)),
    ),
}  # fmt: skip
# Words of either side that may say any place of a unit.
_ANY = {
    "day": "[翌次当當前]日|当天|當天|现在|現在|当今|如今|现代|現代|当下|いま|一天前|前一天|第二天|隔天|当晚|翌朝|当夜|の前日|こんにち",
    "week": "[翌前]週|一[周週]|1[周週]|周内|数[周週]|(?<!上)(?<!下)周末|週末|一个?(?:星期|礼拜)|近日|日前|の週|7日|七天|几天",
    "month": "[翌前同当當次]月|一个?月|1[かカヶケか]月|1个?月|月内|数[かカヶ]月|近几个月|の月",
    "quarter": "季|四半期|三个月|3[かカヶ]月",
    "year": "[翌前同当當次上]年|一年|1年|年内|年初|年底|年末|(?:新|近)年|年間|全年|の年|年度|財年|财年|12个月|今季|本届|来季",
}
_ANY_ENGLISH = (
    r"\b(?:following|coming|previous|preceding|past|earlier|upcoming|same|that|another|one|a|every|each|current|recent|the last|the next)"
    r" {unit}|\b{unit}s? (?:ago|later|earlier|before|after)"
)
_CHARS = {"day": "", "week": "周週", "month": "月", "quarter": "季", "year": "年"}


@cache
def _patterns(lang: str) -> re.Pattern[str]:
    edge = r"\b" if lang == "en" else ""
    parts = "|".join(f"(?P<g{i}>{edge}(?:{p}){edge}{_NO_WEEKDAY if lang == 'en' else ''})" for i, (p, _) in enumerate(_SAID[lang]))
    return re.compile(parts, re.IGNORECASE)


def _places(text: str, lang: str) -> dict[Place, tuple[int, int]]:
    """Every place that a text names, with where it first does."""
    found: dict[Place, tuple[int, int]] = {}
    for m in _patterns(lang).finditer(text):
        found.setdefault(_SAID[lang][int((m.lastgroup or "g0")[1:])][1], m.span())
    return found


def moved_from_now(pair: Pair) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The spans of a place and of the other one that took its place."""
    source, target = pair.source.text, pair.target.text
    here, there = _places(source, "en"), _places(target, pair.target.lang)
    gone = [p for p in here if p not in there and not re.search(_ANY[p[0]], target)]
    come = [p for p in there if p not in here and not re.search(_ANY_ENGLISH.format(unit=p[0]), source, re.IGNORECASE)]
    if len(gone) != 1 or len(come) != 1:
        return
    [old], [new] = gone, come
    if old[0] == new[0] or (new[1] != 0 and not any(c in target.replace(target[slice(*there[new])], "") for c in _CHARS[old[0]])):
        yield here[old], there[new]
