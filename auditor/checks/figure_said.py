"""What is a figure without a number: a currency named alone, how often, the early or late part of a year or month.

| English | fires beside | quiet beside |
|---|---|---|
| the peso's slide | レアル安 | ペソ安, 货币贬值 |
| a weekly injection, once a week | 每月注射 | 每周注射, 注射 |
| until the end of 2027 | 2027年初 | 2027年底, 2027年 |
| next month (`figure_relative`) | 明年, 本月 | 下个月, 翌月 |
| Monday night, last winter (`figure_hours`) | 周一早上, 去年夏天 | 周一晚, 去年冬天 |
| a few million years (`figure_vague`) | 几十亿年 | 几百万年 |

Each fires only when the other side says another of its row and nowhere the one that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.figure_hours import other_hours, other_seasons
from auditor.checks.figure_relative import moved_from_now, parts_from_now, turned_from_then
from auditor.checks.figure_vague import other_magnitude
from auditor.lang.figures_said import NEVER, said
from auditor.model import Drift, Figure, Pair, Span


def said_otherwise(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[Drift]:
    """Currencies, rates and parts of a period that became another."""
    if pair.passage.target is None or pair.passage.source is None:
        return
    yield from _currencies(pair)
    yield from _rates(pair)
    yield from _parts(pair, matched)
    yield from (
        _drift(pair, "date", here, there) for here, there in (*moved_from_now(pair), *turned_from_then(pair), *parts_from_now(pair))
    )
    yield from (_drift(pair, "time", here, there) for here, there in other_hours(pair))
    yield from (_drift(pair, "date", here, there) for here, there in other_seasons(pair))
    for a, b in other_magnitude(pair, matched):
        at, to = pair.offset(pair.source), pair.offset(pair.target)
        yield _drift(pair, "magnitude", (a.start - at, a.end - at), (b.start - to, b.end - to))


_MQM = {
    "date": "accuracy/mistranslation/date-time",
    "time": "accuracy/mistranslation/date-time",
    "magnitude": "accuracy/mistranslation/number",
}


def _drift(pair: Pair, kind: str, source: tuple[int, int], target: tuple[int, int]) -> Drift:
    here, there = pair.source.text[slice(*source)], pair.target.text[slice(*target)]
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    return Drift(
        category="figure", type=kind, severity="major", strength=0.7,
        source=Span(source[0] + at, source[1] + at, here), target=Span(target[0] + to, target[1] + to, there),
        message=f"{here} became {there}", mqm=_MQM.get(kind, "accuracy/mistranslation/unit"),
        key=f"said:{kind}:{here.lower()}:{there}",
    )  # fmt: skip


def _currencies(pair: Pair) -> Iterator[Drift]:
    """A currency named without a sum."""
    here, there = pair.source, pair.target
    named = {family for family, words in said(here.lang, "currency").items() if words.search(here.text)}
    told = said(there.lang, "currency")
    gone = [f for f in said(here.lang, "money") if f in named and not told.get(f, NEVER).search(there.text)]
    if len(gone) != 1:
        return
    new = [m for family, words in said(there.lang, "money").items() if family not in named and (m := words.search(there.text))]
    if len(new) != 1 or _in_money(pair, new[0].start()):
        return
    old = said(here.lang, "currency")[gone[0]].search(here.text)
    if old is not None:
        yield _drift(pair, "currency", old.span(), new[0].span())


def _in_money(pair: Pair, at: int) -> bool:
    """A sum is compared as a figure."""
    place = at + pair.offset(pair.target)
    return any(f.kind == "money" and f.start <= place < f.end for f in pair.target.figures)


def _rates(pair: Pair) -> Iterator[Drift]:
    """Weekly said as 每月."""
    here, there = pair.source, pair.target
    old = {unit: m.span() for unit, words in said(here.lang, "rate").items() if (m := words.search(here.text))}
    new = {unit: m.span() for unit, words in said(there.lang, "rate").items() if (m := words.search(there.text))}
    if len(old) != 1 or len(new) != 1 or old.keys() == new.keys():
        return
    [(unit, before)], [(other, after)] = old.items(), new.items()
    if said(there.lang, "mention")[unit].search(there.text) or said(here.lang, "mention")[other].search(here.text):
        return
    yield _drift(pair, "unit", before, after)


def _parts(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[Drift]:
    """The end of 2027 said as its beginning, the middle of June as its end."""
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    here, there = said(pair.source.lang, "part"), said(pair.target.lang, "part")
    for a, b, _ in matched:
        if a.kind != "date" or b.kind != "date" or a.high or b.high:
            continue
        before = pair.source.text[max(0, a.start - at - 18) : a.end - at]
        start = b.start - to + max(b.text.rfind("年"), b.text.rfind("月"))
        meant = [part for part, words in here.items() if words.search(before)]
        told = [
            m
            for part, words in there.items()
            if part not in meant and start >= b.start - to and (m := words.match(pair.target.text, start))
        ]
        if len(meant) == 1 and told and not there.get(meant[0], NEVER).match(pair.target.text, start):
            yield _drift(pair, "date", (a.start - at, a.end - at), (b.start - to, told[0].end()))
