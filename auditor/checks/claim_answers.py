"""Denials that the other side answers by a statement, so that neither is a change: litotes, exceptives, and denials of time.

"Will not be delivered before May" is 最快5月交付, "none the worse" 安然无恙, "no memory beyond the smell" 只剩下气味, "asked not to be named"
匿名; "before the car had left" is 車が出ないうちに, "stayed" 没有离开. A denial that is so answered is read as `negative`: it explains a denial
elsewhere and raises none, as long as its side denies more often than the other.

A denial counts as answered when
- the words it stands in have a meaning of `data/answers.tsv`, and the other side has that meaning without a denial (`_ALSO`: or a cue that
  says as much: only, possible, at the earliest);
- what it denies has no word on the other side, but its opposite by WordNet or an axis has one, undenied ("not cheap" / 贵).

Limits: a meaning is looked for in the whole passage, so two statements of one meaning of which one lost its denial are not told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.checks.claim_sides import Side, counterparts, explains, following
from auditor.lang.en.opposites import opposites
from auditor.model import Cue, Word

_ALSO = {"except": (("quantifier", "only"),), "open": (("certainty", "possible"), ("footing", "possible")), "scant": (("quantifier", "few"),)}
"""Cues of other kinds that state what a meaning does."""
_CONTRARY = {"open": "shut"}
"""A meaning that is none where its contrary stands undenied."""


def settled(source: Side, target: Side) -> tuple[Side, Side]:
    """The two sides, that which denies more often with as many of its denials made `negative` as the other answers."""
    more = len({c.start for c in source.of("negation")}) - len({c.start for c in target.of("negation")})
    if more > 0:
        return _weakened(source, {*_by_table(source, target), *_by_opposite(source, target)}, more), target
    return source, _weakened(target, {*_by_table(target, source), *_stated(source, target)}, -more) if more < 0 else target


def _weakened(side: Side, answered: set[Cue], most: int) -> Side:
    """The side with so many of its answered denials made `negative`."""
    cues = sorted(answered, key=lambda c: c.start)[:most]
    if not cues:
        return side
    at = {(c.start, c.end) for c in cues}
    kept = [c for c in side.facts.cues if not (c.kind == "emphasis" and (c.start, c.end) in at)]
    read = tuple(replace(c, kind="negative", value="word") if c in cues else c for c in kept)
    return replace(side, facts=replace(side.facts, cues=read))


def _by_table(side: Side, other: Side) -> Iterator[Cue]:
    """The denials of a side in words whose meaning the other side states."""
    denials = side.of("negation")
    here = side.of("answer") if denials else ()
    stated = {c.value for c in other.of("answer")} - _denied(other)
    stated |= {value for value, kinds in _ALSO.items() if any(other.of(*kind) for kind in kinds)}
    shut = {value for value, contrary in _CONTRARY.items() if contrary in stated}
    for cue in denials:
        if any(c.value in stated - shut and _touch(c, cue) for c in here):
            yield cue


def _denied(side: Side) -> set[str]:
    denials = side.of("negation")
    return {c.value for c in side.of("answer") if any(_touch(c, d) for d in denials)}


def _touch(one: Cue, other: Cue) -> bool:
    return one.start < other.end and other.start < one.end


def _by_opposite(source: Side, target: Side) -> Iterator[Cue]:
    """The source's denials of a word that has none in the translation, where its opposite has one."""
    for cue in source.of("negation"):
        word = next(following(source, cue, 1), None)
        if word is not None and word.pos in ("adj", "verb", "adv") and not counterparts(word, target) and _opposite(word, target):
            yield cue


def _opposite(word: Word, target: Side) -> bool:
    found = [w for lemma in opposites(word.lemma.lower()) for w in counterparts(replace(word, lemma=lemma, senses=(lemma,)), target)]
    return any(not _covered(target, w) for w in found)


def _stated(source: Side, target: Side) -> Iterator[Cue]:
    """The translation's denials right beside a word that is no word of the source's, but the opposite of one, which is undenied."""
    for cue in target.of("negation"):
        start, end = target.clause(cue.start)
        near = [w for w in target.facts.words if start <= w.start < end and w.pos in ("adj", "verb", "adv") and _beside(cue, w)]
        for word in near[:1]:
            said = [w for w in source.facts.words if explains(w, word)]
            against = [w for w in source.facts.words if w.pos in ("adj", "verb", "adv") and _against(w, word)]
            if not said and any(not _covered(source, w) for w in against):
                yield cue


def _against(word: Word, other: Word) -> bool:
    return any(explains(replace(word, lemma=lemma, senses=(lemma,)), other) for lemma in opposites(word.lemma.lower()))


def _beside(cue: Cue, word: Word) -> bool:
    return 0 <= word.start - cue.end <= _NEAR or 0 <= cue.start - word.end <= _NEAR


_NEAR = 2


def _covered(side: Side, word: Word) -> bool:
    start, end = side.clause(word.start)
    return any(start <= d.start < end for d in side.of("negation"))
