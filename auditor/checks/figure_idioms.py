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
from auditor.model import Figure, Pair

_ROUNDS = {
    "4": re.compile(r"\bsemi[- ]?finals?\b", re.IGNORECASE),
    "8": re.compile(r"\bquarter[- ]?finals?\b", re.IGNORECASE),
    "16": re.compile(r"\b(?:round of (?:16|sixteen)|last[- ](?:16|sixteen)|pre-?quarter[- ]?finals?)\b", re.IGNORECASE),
}
_ROUND_AFTER, _ROUND_BEFORE = re.compile("[强強]"), re.compile("ベスト ?$")
_THE_HOUR = re.compile(r"\b(?:before|on|past|around|after|by) the hour\b(?! of\b)|\bhour mark\b", re.IGNORECASE)
_A_POINT = re.compile(r"\b(?:an?|one)(?: single| solitary| lone)?(?: percentage)? point\b", re.IGNORECASE)
_TEN_MEN = re.compile(r"\b(?:ten|10)[- ](?:men|man|players|player)\b", re.IGNORECASE)
_ONE_FEWER = re.compile(
    "少(?:了|打)?[一1](?:人|名|个|個)|[一1]人少な|一人减员|一人減員|減員|数的(?:不利|劣勢)|人数的劣势|退場者|以少打多|以寡敌众"
)


def told_in_words(figure: Figure, pair: Pair) -> bool:
    """Does the English say in words what this figure of the translation says?"""
    if pair.passage.target is None:
        return False
    text, source = pair.target.text, pair.source.text
    start, end = figure.start - pair.passage.target.start, figure.end - pair.passage.target.start
    if figure.kind == "points":
        return figure.value == "1" and figure.high is None and bool(_A_POINT.search(source))
    cup = _ROUNDS.get(figure.value or "")
    if cup is not None and (_ROUND_AFTER.match(text, end) or _ROUND_BEFORE.search(text[:start])):
        return bool(cup.search(source))
    minute = figure.unit == "minute" or text[end : end + 1] == "分"
    of_match = figure.value == "60" or (
        figure.value == "15" and text[:start].endswith(("後半", "下半場", "下半场", "下半场第", "下半場第"))
    )
    return minute and of_match and bool(_THE_HOUR.search(source))


def shortened(figure: Figure, pair: Pair) -> bool:
    """Ten men that the translation tells as one fewer, a year that it writes with a season's letters (FW31)."""
    if pair.passage.source is None:
        return False
    if figure.kind == "date" and re.fullmatch(r"20\d\d", figure.value or ""):
        return re.search(rf"(?<![A-Za-z])(?:[FASP][WS]|FY|MY|[AS]/[WS])['’]?{(figure.value or '')[2:]}(?!\d)", pair.target.text) is not None
    if figure.value != "10":
        return False
    at = figure.start - pair.passage.source.start
    return bool(_TEN_MEN.match(pair.source.text, at)) and bool(_ONE_FEWER.search(pair.target.text))


_OTHERS = re.compile(r"\s+(?:other|others|more)\b")
_AND_SO_ON = re.compile("等(?:这|這)?$|など(?:計|合わせて|の)?$|ほか$|ら(?:計)?$")


def with_the_named(source: tuple[Figure, ...], target: tuple[Figure, ...], pair: Pair) -> tuple[Figure, Figure] | None:
    """Yale and two other universities, 耶鲁等3所大学: the others on one side, all with those named on the other."""
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    for a in (f for f in source if f.kind == "number" and f.high is None and _OTHERS.match(pair.source.text, f.end - at)):
        for b in (f for f in target if f.kind == "number" and f.high is None and _AND_SO_ON.search(pair.target.text[: f.start - to])):
            others, together = number(a.value), number(b.value)
            if others is not None and together is not None and 1 <= together - others <= 4:
                return a, b
    return None
