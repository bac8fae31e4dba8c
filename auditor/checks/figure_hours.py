"""Parts of the day and seasons: no figures, yet each has its place on a circle of hours or of seasons.

| English | fires beside | quiet beside |
|---|---|---|
| Monday night | 月曜日の朝, 周一上午 | 周一晚, 深夜, 凌晨, 午後10時 |
| before midnight | 黎明前 | 午夜前, 夜里 |
| last winter | 昨夏, 去年夏天 | 昨冬, 去年年底 |

A part of the day is a stretch of hours (`day-part` rows of figures_said.tsv: the hours it may mean, counted past 24 where it runs over
midnight). Two that share an hour may be one; a time of the day explains the part it lies in. A drift is one part of the English that
nothing of the translation may mean, beside one of the translation that nothing of the English may mean; the same with seasons, where a
second table (`season-any`) has every word that may speak of one.

Limits: of several that changed at once none is told; night for small hours, evening for afternoon, which share hours, pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from auditor.lang.figures_said import NEVER, places, said
from auditor.model import Facts, Pair

_DAY = 24
Place = tuple[int, int]


@lru_cache(maxsize=256)
def _hours(key: str) -> frozenset[int]:
    """The hours of "18-29" on the clock: 18 to 23 and 0 to 4."""
    first, last = map(int, key.split("-"))
    return frozenset(hour % _DAY for hour in range(first, last))


def other_hours(pair: Pair) -> Iterator[tuple[Place, Place]]:
    """The spans of a part of the day and of the other one that took its place."""
    here, there = _parts(pair, pair.source), _parts(pair, pair.target)
    if here and there:
        mine = frozenset().union(*(hours for _, hours in here), _clock(pair.source))
        theirs = frozenset().union(*(hours for _, hours in there), _clock(pair.target))
        gone = [place for place, hours in here if not hours & theirs]
        come = [place for place, hours in there if not hours & mine]
        if len(gone) == len(come) == 1:
            yield gone[0], come[0]


def _parts(pair: Pair, facts: Facts) -> list[tuple[Place, frozenset[int]]]:
    """Every part of the day that stands by itself, not beside the hour it is said of; of two at one place the first row."""
    offset = pair.offset(facts)
    taken = [(f.start - offset, f.end - offset) for f in facts.figures if f.kind == "time" and any(c.isdecimal() for c in f.text)]
    found: list[tuple[Place, frozenset[int]]] = []
    for key, words in said(facts.lang, "day-part").items():
        for place in places(facts, words):
            if all(place[1] <= start or end <= place[0] for start, end in taken):
                taken.append(place)
                found.append((place, _hours(key)))
    return found


def _clock(facts: Facts) -> frozenset[int]:
    """The hours of the times that a text says; from one to the other, all between them."""
    hours: set[int] = set()
    for figure in facts.figures:
        if figure.kind == "time" and figure.value is not None:
            first = int(figure.value.split(":")[0])
            last = int(figure.high.split(":")[0]) if figure.high else first
            hours |= {hour % _DAY for hour in range(first - 1, (last if last >= first else last + _DAY) + 1)}
            hours |= {(hour + 12) % _DAY for hour in hours} if figure.approximate else set()
    return frozenset(hours)


def other_seasons(pair: Pair) -> Iterator[tuple[Place, Place]]:
    """The spans of a season and of the other one that took its place."""
    here, there = _seasons(pair.source), _seasons(pair.target)
    gone = [place for season, place in here.items() if not _may_be(pair.target, season)]
    come = [place for season, place in there.items() if not _may_be(pair.source, season)]
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]


def _seasons(facts: Facts) -> Mapping[str, Place]:
    found = {season: next(places(facts, words), None) for season, words in said(facts.lang, "season").items()}
    return {season: place for season, place in found.items() if place is not None}


def _may_be(facts: Facts, season: str) -> bool:
    return any(places(facts, said(facts.lang, "season-any").get(season, NEVER)))
