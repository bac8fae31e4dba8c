"""Figures of other values that say the same by another reckoning.

| English | translation |
|---|---|
| a second-floor window | 三楼, 3階: floors counted from the ground or above it, one off either way |
| lost four-fifths of its value | 5分の1になった, 只剩五分之一: what is left for what was lost |
| shrank by 0.5 %; minus 19 % | マイナス0.5%成長; 减少19%: a sign for a verb of decline |
| by the end of the decade | 2020年代末, 本世纪20年代末: a decade named |
| a club of 135 years | 百年老店: a vague hundred |
| every third shop | 店の3分の1 |
| all but two of the 30 | 30社のうち28社 |
| drop two of its five editions | 五期改出三期, 週5回を3回に減らす: what is left |
| none was older than 12 | 全員12歳以下: the opposite bound of one that is denied |
| since 2023, since '23 | 23年: a year of two digits |
"""

from __future__ import annotations

import re

from auditor.checks.figure_compare import number, parts
from auditor.lang.figures_said import folded_text, idiom
from auditor.model import Facts, Figure, Pair

_AROUND = 12  # characters about a figure of the translation in which its verb stands
_AHEAD = 60  # characters before a figure of the source


def by_floor(a: Figure, b: Figure, pair: Pair) -> bool:
    """Second-floor, 3階: the ground floor is counted on one side only."""
    one, two = number(a.value), number(b.value)
    kinds = a.kind in ("ordinal", "number") and b.kind in ("ordinal", "number")
    if not kinds or one is None or two is None or abs(one - two) != 1 or a.high or b.high:
        return False
    return bool(idiom(pair.source.lang, "floor").match(*_behind(pair.source, a, pair))) and bool(
        idiom(pair.target.lang, "floor").match(*_behind(pair.target, b, pair))
    )


def by_what_is_left(a: Figure, b: Figure, pair: Pair) -> bool:
    """Lost four fifths of its value, 5分の1になった; shrunk to a fifth, 8割縮小した; 30% cheaper, 7割の値."""
    lost, left = _share(a), _share(b)
    if lost is None or left is None or abs(lost + left - 1) > 6e-3:
        return False
    before, around = _before(pair.source, a, pair, _AHEAD), _around(pair.target, b, pair)
    if idiom(pair.source.lang, "less-by").match(*_behind(pair.source, a, pair)):
        return not idiom(pair.target.lang, "less").search(around)
    if not any(idiom(pair.source.lang, key).search(before) for key in ("shrank", "lost")):
        return False
    kept = bool(idiom(pair.target.lang, "remains").search(around))
    if idiom(pair.source.lang, "down-to").search(before):
        return not kept and bool(idiom(pair.target.lang, "shrank").search(around))
    return kept


def by_sign(a: Figure, b: Figure, pair: Pair) -> bool:
    """Shrank by 0.5 % and a growth of -0.5 %: the sign says what the verb says."""
    one, two = number(a.value), number(b.value)
    if a.kind != b.kind or a.unit != b.unit or a.high or b.high or one is None or two is None or one != -two or not one:
        return False
    if one < 0:
        return bool(idiom(pair.target.lang, "shrank").search(_around(pair.target, b, pair)))
    return bool(idiom(pair.source.lang, "shrank").search(_before(pair.source, a, pair, _AHEAD)))


def by_decade(a: Figure, b: Figure, pair: Pair) -> bool:
    """The end of the decade, 2020年代末."""
    if a.kind != "duration" or a.unit != "year" or a.value != "10" or b.kind != "date" or b.high is None:
        return False
    first, last = parts(b.value)[0], parts(b.high)[0]
    decade = first is not None and last is not None and first % 10 == 0 and last - first == 9
    return decade and bool(idiom(pair.source.lang, "the-decade").search(_before(pair.source, a, pair, 20) + a.text))


def by_vague_hundred(a: Figure, b: Figure, pair: Pair) -> bool:
    """135 years, 百年の: a hundred and more."""
    years = number(a.value)
    if a.kind != "duration" or a.unit != "year" or years is None or not 90 <= years < 200 or a.high:
        return False
    at = b.start - pair.offset(pair.target)
    return b.unit == "year" and b.value == "100" and bool(idiom(pair.target.lang, "a-century").match(pair.target.text, at))


def by_short_year(a: Figure, b: Figure, pair: Pair) -> bool:
    """Since 2023, 23年; since '23, 2023年: the last two digits of a year."""
    if a.kind == "date" and b.kind == "duration" and b.unit == "year":
        return _last_digits(a, b) and idiom(pair.target.lang, "short-year").fullmatch(b.text) is not None
    if b.kind == "date" and a.kind in ("number", "date"):
        start = a.start - pair.offset(pair.source)
        return _last_digits(b, a) and idiom(pair.source.lang, "short-year").search(pair.source.text[:start]) is not None
    return False


_COMPLEMENTS = (("over", "at most"), ("under", "at least"))
_CLAUSE = re.compile("[，。、；,;.!?！？：:](?!\\d)")


def bound_denied(a: Figure, b: Figure, pair: Pair) -> bool:
    """None was older than 12, 全員12歳以下: a bound in a clause that denies it is the other side's opposite."""
    if (a.bound, b.bound) in _COMPLEMENTS:
        return bool(idiom(pair.source.lang, "denier").search(_clause(pair.source, a, pair)))
    return (b.bound, a.bound) in _COMPLEMENTS and bool(idiom(pair.target.lang, "denier").search(_clause(pair.target, b, pair)))


def _clause(facts: Facts, figure: Figure, pair: Pair) -> str:
    start, end = figure.start - pair.offset(facts), figure.end - pair.offset(facts)
    return folded_text(facts.lang, _CLAUSE.split(facts.text[:start])[-1] + facts.text[start:end] + _CLAUSE.split(facts.text[end:])[0])


def _last_digits(year: Figure, short: Figure) -> bool:
    whole, month, day = parts(year.value)
    two = number(short.value)
    if month is not None or day is not None or (year.high is None) != (short.high is None):
        return False
    last, end = parts(year.high)[0], number(short.high)
    return _is_short(whole, two) and (year.high is None or _is_short(last, end))


def _is_short(year: int | None, two: float | None) -> bool:
    return year is not None and two is not None and 10 <= two < 100 and 1900 < year < 2100 and year % 100 == two


def _share(figure: Figure) -> float | None:
    value = number(figure.value)
    if value is None or figure.high is not None or figure.kind not in ("fraction", "percent"):
        return None
    return value / 100 if figure.kind == "percent" else value


def _behind(facts: Facts, figure: Figure, pair: Pair) -> tuple[str, int]:
    return folded_text(facts.lang, facts.text), figure.end - pair.offset(facts)


def _before(facts: Facts, figure: Figure, pair: Pair, reach: int) -> str:
    start = figure.start - pair.offset(facts)
    return re.split(r"[.;:!?](?!\d)", facts.text[max(0, start - reach) : start])[-1]


def _around(facts: Facts, figure: Figure, pair: Pair) -> str:
    start, end = figure.start - pair.offset(facts), figure.end - pair.offset(facts)
    before = re.split("[，。、；,;]", facts.text[max(0, start - _AROUND) : start])[-1]
    after = re.split("[，。、；,;]", facts.text[end : end + _AROUND])[0]
    return folded_text(facts.lang, before + facts.text[start:end] + after)


def by_every_nth(a: Figure, b: Figure, pair: Pair) -> bool:
    """Every third shop, 店の3分の1."""
    nth, share = number(a.value), _share(b)
    if a.kind != "ordinal" or not nth or share is None or abs(nth * share - 1) > 6e-3:
        return False
    return bool(idiom(pair.source.lang, "every").search(_before(pair.source, a, pair, 12)))


def by_the_rest(a: Figure, b: Figure, pair: Pair) -> bool:
    """All but two of the 30, 30社のうち28社."""
    left_out, rest = number(a.value), number(b.value)
    if a.kind != "number" or b.kind != "number" or a.high or b.high or left_out is None or rest is None:
        return False
    if not idiom(pair.source.lang, "all-but").search(_before(pair.source, a, pair, 20)):
        return False
    return any(f.kind == "number" and f.high is None and number(f.value) == left_out + rest for f in pair.source.figures)


def by_what_stays(a: Figure, b: Figure, pair: Pair) -> bool:
    """Drop two of its five editions, 五期改出三期: of N those given up on one side, those kept on the other."""
    given_up, kept = number(a.value), number(b.value)
    if a.kind != "number" or b.kind != "number" or a.high or b.high or given_up is None or kept is None:
        return False
    whole = next((f for f in pair.source.figures if f.start > a.end and f.high is None and number(f.value) == given_up + kept), None)
    offset = pair.offset(pair.source)
    if whole is None or not idiom(pair.source.lang, "part-of").fullmatch(pair.source.text[a.end - offset : whole.start - offset]):
        return False
    given = idiom(pair.source.lang, "gave-up").search(_before(pair.source, a, pair, 40))
    return bool(given) and bool(idiom(pair.target.lang, "remains").search(_around(pair.target, b, pair)))


RECKONINGS = (by_every_nth, by_the_rest, by_what_stays, by_floor, by_what_is_left, by_sign, by_decade, by_vague_hundred, by_short_year)
