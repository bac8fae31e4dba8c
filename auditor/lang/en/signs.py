"""Which way a word points on the axes of opposites: up or down, early or late, for or against, gain or loss.

What a quantity does, how it stands to another and how great it is are one axis here ("size"), because a translation says one by the other
("fell" / 跌幅, "above" / 高于, "up 6 points" / 高出). The seeds are the axes of `data/poles.tsv` and `data/cues_opposites.tsv`; a word that
is no seed points where all seeds point that mean first of all what it means, or that it is derived from in WordNet. A sense of several
words ("fall below", "rise in value") points where its words agree to.
"""

from __future__ import annotations

from functools import cache, lru_cache

from auditor.lang.en.lexicon import entry, first_synonyms
from auditor.lang.en.opposites import axes
from auditor.lang.en.words import lemmas
from auditor.lang.pole_table import load
from auditor.model import Pole

Ways = dict[str, int]
"""Axis -> 1 or -1."""
SIZE = "size"
_SIZE = {"change": ("up", "down"), "limit": ("max", "min"), "extreme": ("largest", "smallest"), "more": ("more", "less")}
_SIZES = frozenset("amount height level number size".split())  # noqa: SIM905
_SILENT_AXES = frozenset("sex compass side life birth push crossing money giving loan trade teaching question cause".split())  # noqa: SIM905
"""Axes that the tables of poles read better, or whose words turn with the point of view ("was paid by" / 收了)."""
_UP = """
    above over up exceed surpass outstrip outpace upper high tall top most many much plenty numerous appreciate great largest biggest
"""
_DOWN = """
    below under down beneath lower low least few little undershoot fewest depreciate smallest thin narrow slim short mere
"""
_BESIDES = {1: _UP.split(), -1: _DOWN.split()}
_NEITHER = frozenset("let advance major minor lift control back lead put do go get minimum maximum contract fire half cost use".split())  # noqa: SIM905
"""Seeds that mostly mean something else."""
_DENIED = frozenset("no not non never without un".split())  # noqa: SIM905
_SILENT = frozenset("to of in than for by the a an as at on with up down over back out off sth sb be one one's".split())  # noqa: SIM905
_LONG, _FIRST = 3, 3
BEFORE_FIGURE = frozenset("up down above below over under".split())  # noqa: SIM905
"""Prepositions that point right before a figure ("up 6 points"), and nowhere else."""
QUANTITIES = frozenset({"fewer", "few", "many", "more", "less"})
"""Function words that point."""
DEGREE = frozenset({"most", "more", "too", "even more", "further", "est", "again", "somewhat", "slightly", "a little", "to some extent"})
"""Senses of adverbs that only say how much ("most serious")."""

DEGREES = frozenset({"mostly", "mainly", "largely", "highly", "greatly", "chiefly", "overly", "hugely", "vastly", "merely", "simply"})
"""English adverbs that do."""
BOUNDING = frozenset({"up to", "as many as", "as much as", "no less than", "not less than", "not exceeding"})
"""Senses of words that only bound the figure beside them."""
AMOUNTS = frozenset({"add up to", "amount to"})
"""Senses of verbs that say how much something is where they stand right behind a figure."""


@cache
def _seeds() -> dict[str, Ways]:
    found: dict[str, Ways] = {}
    both: set[tuple[str, str]] = set()
    for word, axis, way in (*_of_poles(), *_of_opposites()):
        if word not in _NEITHER and found.setdefault(word, {}).setdefault(axis, way) != way:
            both.add((word, axis))
    for word, axis in both:
        del found[word][axis]
    for way, words in _BESIDES.items():
        for word in words:
            found.setdefault(word, {})[SIZE] = way
    return found


def _of_poles() -> list[tuple[str, str, int]]:
    entries = [e for e in load("auditor.lang.en") if e.axis in _SIZE and e.sure and len(e.items) == 1]
    return [(e.items[0].partition("/")[0], SIZE, 1 if e.pole == _SIZE[e.axis][0] else -1) for e in entries]


def _of_opposites() -> list[tuple[str, str, int]]:
    return [
        (word, SIZE if axis.name in _SIZES else axis.name, way)
        for axis in axes()
        if axis.name not in _SILENT_AXES
        for way, words in zip((1, -1), axis.sides, strict=True)
        for word in words
    ]


def way_of_pole(pole: Pole) -> int:
    """Which way a word of any language points that stands on a pole of size; 0 for one that does not."""
    ends = _SIZE.get(pole.axis)
    return 0 if ends is None else 1 if pole.pole == ends[0] else -1


@cache
def firm_axes() -> frozenset[str]:
    """The axes whose words mean little else besides."""
    return frozenset(axis.name for axis in axes() if not axis.weak) | {SIZE}


@lru_cache(maxsize=4096)
def ways(word: str) -> tuple[tuple[str, int], ...]:
    """Where a lemma or a form points, as (axis, 1 or -1)."""
    seeds = _seeds()
    for form in (word, *(lemma.lower() for _, lemma in lemmas(word))):
        if form in seeds:
            return tuple(sorted(seeds[form].items()))
    if word in _NEITHER:
        return ()
    near = [seeds[o] for o in (*first_synonyms(word), *entry(word).derivations) if o in seeds]
    return tuple(sorted(_agreed(near, 1).items()))


def _agreed(found: list[Ways], least: int) -> Ways:
    """The axes on which those that point at all point one way, and so many do."""
    told: dict[str, list[int]] = {}
    for one in found:
        for axis, way in one.items():
            told.setdefault(axis, []).append(way)
    return {axis: all_[0] for axis, all_ in told.items() if len(set(all_)) == 1 and len(all_) >= least}


@lru_cache(maxsize=4096)
def ways_of_phrase(phrase: str) -> tuple[tuple[str, int], ...]:
    """Of a dictionary's sense; a denied one and a long one say nothing."""
    seeds = _seeds()
    if phrase in seeds:
        return tuple(sorted(seeds[phrase].items()))
    words = phrase.replace("-", " ").split()
    telling = [w for w in words if w not in _SILENT] or words
    if not _DENIED.isdisjoint(words) or len(telling) > _LONG or words[0] == "at":  # "at least" is a bound
        return ()
    found = _agreed([dict(ways(w)) for w in telling], 1) or _agreed([dict(ways(w)) for w in words], 1)
    return tuple(sorted(found.items()))


@lru_cache(maxsize=4096)
def ways_of(senses: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Of a word of any language, by its first senses: the first must point, and no other the other way."""
    found = [dict(ways_of_phrase(s)) for s in senses[:_FIRST]]
    return tuple((axis, way) for axis, way in _agreed(found, 1).items() if axis in found[0]) if found else ()
