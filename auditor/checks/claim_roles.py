"""Who did what to whom: the union sued the yard / 造船厂起诉了工会.

Fires when the source says that one noun or name acts on another, both have one counterpart each in the translation, and the translation
says that they act the other way round (by the order of words and 被, 把, by が and を, by a passive); or when only who acts has a
counterpart, and that is what the same deed is done to (villagers sue / 起诉村民).

Stays quiet where either side does not say it with so many words, and where the only counterpart is a word of another meaning (states /
声明).

Limits: subjects and objects are found by nearness and particles, not by parsing; a sentence with more verbs between the two is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from auditor.checks.claim_sides import Case, Side, counterparts, drift, explains
from auditor.lang.base import language
from auditor.lang.en.lexicon import may_act
from auditor.lang.lexical import family
from auditor.model import Drift, Word

_THINGS = frozenset({"noun", "name"})
_MOST = 8


def find(case: Case) -> Iterator[Drift]:
    """At most one."""
    things = [w for w in case.source.facts.words if w.pos in _THINGS and _can_act(case.source, w)]
    met = {w: t for w in things if (t := _one(w, case.target)) is not None}
    if len(met) <= _MOST:
        yield from islice((*_both(case, met), *_suffered(case, met)), 1)


def _suffered(case: Case, met: dict[Word, Word]) -> Iterator[Drift]:
    """Who does something in the source is whom it is done to in the translation."""
    undergoes, words = language(case.target.facts.lang).undergoes, case.target.facts.words
    for one, here in met.items():
        for verb in _deeds(case.source, one):
            if _is_somebody(here) and any(undergoes(words, deed, here) for deed in counterparts(verb, case.target)):
                said = f"{one.text} acts in the source ({verb.text}), and is acted on in the translation"
                yield drift("roles", "major" if case.back is None else "minor", 0.65, one, here, said, None)


def _deeds(side: Side, one: Word) -> Iterator[Word]:
    """The verbs by which a noun acts on the next one."""
    other = next((w for w in side.facts.words if w.start >= one.end and w.pos in _THINGS), None)
    if other is not None and _acts(side, one, other) == 1:
        yield from (w for w in side.facts.words if one.end <= w.start < other.start and w.pos == "verb")


def _is_somebody(word: Word) -> bool:
    return word.pos == "name" or any(map(may_act, word.senses[:2]))


def _both(case: Case, met: dict[Word, Word]) -> Iterator[Drift]:
    """Two that both have a counterpart, and changed places."""
    for one, other in combinations(met, 2):
        way = _acts(case.source, one, other)
        here, there = met[one], met[other]
        if way and here.start != there.start and not explains(one, there) and not explains(other, here):
            turned = _acts(case.target, here, there) if here.start < there.start else -_acts(case.target, there, here)
            if turned == -way and _acting(case, one, other):
                agent, patient = (one, other) if way == 1 else (other, one)
                said = f"{agent.text} acts on {patient.text} in the source, and the other way round in the translation"
                back = _witness(case, one, other, way)
                yield drift("roles", "major" if back is True or case.back is None else "minor", 0.65, one, here, said, back)
                return


def _can_act(side: Side, word: Word) -> bool:
    """Is it a person, an animal, an organization or a name of one?"""
    names = side.facts.names
    if any(f.start <= word.start < f.end for f in side.facts.figures):  # Billy Sunday is a person
        return False
    return may_act(word.lemma) or any(n.start <= word.start < n.end and n.kind in ("person", "place", "organisation") for n in names)


def _acts(side: Side, one: Word, other: Word) -> int:
    return language(side.facts.lang).acts(side.facts.words, one, other)


def _one(word: Word, side: Side) -> Word | None:
    """The only word of a side that may stand for a noun."""
    own = family(word.senses or (word.lemma,))
    found = [w for w in counterparts(word, side) if w.pos in _THINGS]
    if word.pos == "noun":  # the states make no statement (声明)
        found = [w for w in found if {own[s] for s in w.senses if s in own} != {"derived"}]
    return found[0] if len(found) == 1 else None


def _acting(case: Case, one: Word, other: Word) -> bool:
    """Is what is done there in the translation, too?"""
    verbs = [w for w in case.source.facts.words if one.end <= w.start < other.start and w.pos == "verb"]
    return any(counterparts(v, case.target) for v in verbs)


def _witness(case: Case, one: Word, other: Word, way: int) -> bool | None:
    if case.back is None:
        return None
    here, there = _one(one, case.back), _one(other, case.back)
    if here is None or there is None or here.start == there.start:
        return None
    turned = _acts(case.back, here, there) if here.start < there.start else -_acts(case.back, there, here)
    return None if not turned else turned == -way
