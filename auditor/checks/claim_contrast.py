"""What is set against what: engineers rather than an engine / 押注于引擎而不是工程师, dearer than winter gas / 冬のガスが夏のガスより.

Both sides say of two things that they stand in two places which cannot be exchanged (`Language.contrasts`): what is chosen and what is
not, what is measured and against what, where from and where to, what is given and what is got for it. Fires when words of the source's
first place stand in the translation's second and words of its second place in the translation's first, and none where it ought to be.

Stays quiet where a place shares no word with the other side, and where both sides have the comparison the other way round and a word that
turns it ("cheaper than" / 比…贵).

Limits: places are stretches of words beside what joins them; a contrast made of two sentences is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.claim_sides import Case, content, drift, explains
from auditor.checks.claim_signs import pointing
from auditor.checks.name_match import share_key
from auditor.lang.base import language
from auditor.lang.contrasts import Contrast
from auditor.lang.en.signs import SIZE
from auditor.model import Drift, Facts, Word


def find(case: Case) -> Iterator[Drift]:
    """At most one."""
    for here, word, other in _exchanged(case.source.facts, case.target.facts):
        if here.kind == "compared" and _other_way(case):
            continue
        back = _witness(case, here)
        said = f"“{word.text}” and {other.text}: {_WHAT[here.kind]} have changed places"
        yield drift("roles", "minor" if back is False else "major", 0.7, word, other, said, back)
        return


def converse(case: Case) -> bool:
    """Does the translation compare the other thing with the one, and the other way (rice dearer than wheat / 小麦比大米便宜)?"""
    return any(here.kind == "compared" for here, _, _ in _exchanged(case.source.facts, case.target.facts)) and _other_way(case)


def _exchanged(source: Facts, target: Facts) -> Iterator[tuple[Contrast, Word, Word]]:
    """The source's contrasts whose places are exchanged in one of the translation's, with a word of the second and its counterpart.

    A place before what joins them may reach far back; what stands there besides, or in both places, is nobody's counterpart."""
    for here, there in _pairs(source, target):
        second, other = _own(here.second, here.first), _own(there.second, there.first)
        first, beyond = _own(here.first, here.second), _own(there.first, there.second)
        if _meeting(source, target, second, other) or not _meeting(source, target, first, other):
            continue
        if (crossed := _meeting(source, target, second, beyond)) is not None:
            yield here, *crossed


def _pairs(source: Facts, target: Facts) -> Iterator[tuple[Contrast, Contrast]]:
    mine = _said(source)
    theirs = _said(target) if mine else ()
    return ((here, there) for here in mine for there in theirs if here.kind == there.kind)


_WHAT = {
    "chosen": "what is chosen and what is not",
    "compared": "what is compared with what",
    "path": "where from and where to",
    "exchange": "what is given for what",
}


_WHEN = frozenset({"ordinal", "date", "time", "duration"})
"""Figures that say when, and measure nothing."""


def _said(facts: Facts) -> tuple[Contrast, ...]:
    """Its contrasts; what is measured against a figure is the business of the figure's bound."""
    counted = {at for f in facts.figures if f.kind not in _WHEN for at in range(f.start, f.end)}
    found = language(facts.lang).contrasts(facts.words)
    return tuple(c for c in found if c.kind != "compared" or not any(w.start in counted for w in (*c.first, *c.second)))


def _own(words: tuple[Word, ...], others: tuple[Word, ...]) -> list[Word]:
    """The words of content of a place that do not stand in the other, too."""
    said = {w.lemma.lower() for w in others}
    return [w for w in words if content(w) and w.lemma.lower() not in said]


def _meeting(source: Facts, target: Facts, words: Sequence[Word], others: Sequence[Word]) -> tuple[Word, Word] | None:
    """A word and its counterpart, by the dictionaries or as parts of two names that are one."""
    return next(((w, o) for w in words for o in others if explains(w, o) or _named_alike(source, target, w, o)), None)


def _named_alike(source: Facts, target: Facts, word: Word, other: Word) -> bool:
    mine = [n for n in source.names if n.start <= word.start < n.end]
    theirs = [n for n in target.names if n.start <= other.start < n.end]
    return any(share_key(a, b) or not set(a.forms).isdisjoint(b.forms) for a in mine for b in theirs)


def _other_way(case: Case) -> bool:
    """Does a word of the translation measure the other way than one of the source (dearer / 便宜), so that the two change places?"""
    ways = [sum(way for axis, _, way in pointing(side) if axis == SIZE) for side in (case.source, case.target)]
    here, there = (_poles(side.facts) for side in (case.source, case.target))
    return ways[0] * ways[1] < 0 or any(here[axis].isdisjoint(there[axis]) for axis in here.keys() & there.keys())


def _poles(facts: Facts) -> dict[str, set[str]]:
    """The poles named, by axis: both of summer and winter, but only one of dear and cheap."""
    found: dict[str, set[str]] = {}
    for pole in (p for p in facts.poles if p.sure):
        found.setdefault(pole.axis, set()).add(pole.pole)
    return found


def _witness(case: Case, here: Contrast) -> bool | None:
    """Does the back-translation set them against each other the other way round (True), or as the source does (False)?"""
    if case.back is None:
        return None
    source, back = case.source.facts, case.back.facts
    if any(found == here for found, _, _ in _exchanged(source, back)):
        return True
    there = [t for h, t in _pairs(source, back) if h == here]
    kept = any(_meeting(source, back, here.first, t.first) and _meeting(source, back, here.second, t.second) for t in there)
    return False if kept else None
