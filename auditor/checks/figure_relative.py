"""Days, weeks, months and years told from now: yesterday and 前天, next month and 明年, last year and 今年.

Such a word is no figure, since what day it means is not in the text, but it has a place: a unit and how many of it from now. A drift is
one place that the translation has nowhere, beside one that the English has nowhere. What may stand for any place of its unit (翌年, the
following week, 过去一年) explains that unit; a weekday with "last" or "next" says nothing, since languages count weeks in two ways.
The day before and the day after are told from a day that is spoken of: one of them for the other is a drift.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.lang.figures_said import NEVER, places, said
from auditor.model import Facts, Pair


def _places(facts: Facts) -> dict[str, tuple[int, int]]:
    """Every place that a text names (a unit and how many of it from now), with where it first does; of two at one place the first row."""
    found: dict[str, tuple[int, int]] = {}
    taken: list[tuple[int, int]] = []
    for place, words in said(facts.lang, "from-now").items():
        for m in words.finditer(facts.text):
            if all(m.end() <= start or end <= m.start() for start, end in taken):
                taken.append(m.span())
                found.setdefault(place, m.span())
    return found


def moved_from_now(pair: Pair) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The spans of a place and of the other one that took its place."""
    here, there = _places(pair.source), _places(pair.target)
    gone = [p for p in here if p not in there and not _may_be(pair.target, p)]
    come = [p for p in there if p not in here and not _may_be(pair.source, p)]
    if len(gone) != 1 or len(come) != 1:
        return
    [old], [new] = gone, come
    left = pair.target.text.replace(pair.target.text[slice(*there[new])], "")
    trace = said(pair.target.lang, "trace").get(_unit(old), NEVER)
    if _unit(old) == _unit(new) or (not new.endswith(" 0") and not trace.search(left)):
        yield here[old], there[new]


def parts_from_now(pair: Pair) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Early next year said as 来年末: one place, another part of it."""
    here, there = said(pair.source.lang, "part"), said(pair.target.lang, "part")
    mine, theirs = _places(pair.source), _places(pair.target)
    for place, (start, end) in mine.items():
        if place in theirs:
            first, last = theirs[place]
            before = pair.source.text[max(0, start - _LEAD) : start]
            meant = [part for part, words in here.items() if words.search(before)]
            told = {part: m for part, words in there.items() if (m := words.match(pair.target.text, last - 1))}
            if len(meant) == len(told) == 1 and meant[0] not in told:
                yield (start, end), (first, told.popitem()[1].end())


_LEAD = 18  # characters in which "the beginning of" stands before a place


def turned_from_then(pair: Pair) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The day before said as the day after, and the like with weeks, months, quarters and years, where neither side says both."""
    here, there = (_first(facts, "from-then") for facts in (pair.source, pair.target))
    for place, span in here.items():
        other = f"{_unit(place)} {-int(place.split(' ')[1])}"
        if other in there and other not in here and place not in there:
            yield span, there[other]


def _first(facts: Facts, kind: str) -> dict[str, tuple[int, int]]:
    found = {key: next(places(facts, words), None) for key, words in said(facts.lang, kind).items()}
    return {key: span for key, span in found.items() if span is not None}


def _unit(place: str) -> str:
    return place.split(" ")[0]


def _may_be(facts: Facts, place: str) -> bool:
    return bool(said(facts.lang, "any").get(_unit(place), NEVER).search(facts.text))
