"""Who says it: a speaker who became another (traders / 官员, the mother / 同僚, an army spokesman / 警察報道官).

Fires when, among the words that name the speaker (`Language.speakers`: the subject of a verb of saying, what it is according to), one of
the source and one of the translation may be somebody (a person, a group, an organization, by WordNet), neither has a counterpart on the
other side, and the translation comes nearer to the source with the source's own word, by the dictionary, in the place of the other.

Fires, too, when a person who speaks in the source by the full name is named neither in this passage nor in the ones about it, and the
translation has somebody say it who has no name at all (wrote Justice Peter Omondi / 原告側弁護士は…記した).

Stays quiet when the two words are near each other by their vectors, without an encoder, and where one is a rendering of the other. Minor
where the back-translation has the source's word.

Limits: a body named by a compound (国防部 for the interior ministry), an office for another by abbreviation (CEO, CFO).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.base import Document
from auditor.checks.claim_meaning import target_moves
from auditor.checks.claim_sides import Case, content, counterparts, drift
from auditor.checks.name_heard import is_absent
from auditor.lang.base import language
from auditor.lang.en.lexicon import domain, may_act
from auditor.lang.lexical import LOOSE, Link
from auditor.lang.renderings import renderings
from auditor.model import Drift, Facts, Name, Pair, Severity, Word

_NEARER = 0.05
"""So much nearer the source's word brings the translation; of 3,200 faithful lines a language none came so near."""
_SENSES = 3
_LOOSELY = "related"
_AROUND = 3
"""Passages before and after in which the name may stand: a long quotation is told before or after its speaker."""
_SOMEBODY = ("", "person", "organization")
"""What a speaker's word is first of all a kind of: a head is a part of the body."""
_SAYS = 0.28
"""The weight of a word that says who it is: "people" says nothing."""


def find(case: Case) -> Iterator[Drift]:
    """At most one: the exchange that brings most."""
    told = [(gain, word, other) for word, other in _pairs(case) if (gain := _gain(case, word, other)) >= _NEARER]
    if not told:
        return
    _, word, other = max(told, key=lambda t: (t[0], -t[1].start))
    back = None if case.back is None else not counterparts(word, case.back)
    severity: Severity = "minor" if back is False else "major"
    yield drift("speaker", severity, 0.6, word, other, f"“{word.text}” became {other.text}: somebody else says it", back)


def unnamed(case: Case, document: Document) -> Iterator[Drift]:
    """At most one: the person whose words are somebody's without a name."""
    full = [name for name in case.source.facts.names if name.kind == "person" and " " in name.text]
    if not full or case.back is not None or any(_may_be_somebody(name) for name in case.target.facts.names):
        return
    told, near = _speak(case.source.facts), _about(case, document)
    for name in full:
        speaks = any(name.start <= start < name.end for start in told)
        if speaks and all(is_absent(document, pair, name) for pair in near):
            said_by = f"“{name.text}” says it in the source: the translation names nobody"
            yield drift("speaker", "major", 0.6, name, case.pair.passage.target, said_by, None)
            return


def _about(case: Case, document: Document) -> list[Pair]:
    """The passage and those around it that have a translation."""
    at = next((k for k, pair in enumerate(document.pairs) if pair is case.pair), 0)
    return [pair for pair in document.pairs[max(0, at - _AROUND) : at + _AROUND + 1] if pair.passage.target is not None]


def _may_be_somebody(name: Name) -> bool:
    return name.kind in ("person", "other")


def _pairs(case: Case) -> Iterator[tuple[Word, Word]]:
    mine, theirs = _speak(case.source.facts), _speak(case.target.facts)
    there = [k for k in case.lexical.target if k.word.start in theirs and k.word.pos == "noun" and len(k.word.text) > 1 and _lonely(k)]
    for link in case.lexical.source:
        near = link.by is not None and link.by.start in theirs
        if link.word.start in mine and link.word.pos in ("noun", "adj") and _lonely(link) and not near:
            yield from ((link.word, k.word) for k in there if k.by is None or k.by.start not in mine)


def _speak(facts: Facts) -> frozenset[int]:
    return frozenset(w.start for w in language(facts.lang).speakers(facts.words))


def _lonely(link: Link) -> bool:
    """Has the word no counterpart, and may it be somebody?"""
    unexplained = link.by is None or (link.how in LOOSE and link.how != _LOOSELY)
    senses = link.word.senses[:_SENSES] or (link.word.lemma,)
    somebody = any(map(may_act, senses)) and domain(senses[0]) in _SOMEBODY
    return unexplained and link.weight >= _SAYS and content(link.word) and somebody


def _gain(case: Case, word: Word, other: Word) -> float:
    instead = renderings(case.target.facts.lang, word.senses or (word.lemma,))
    if other.text in instead or other.lemma in instead:
        return 0.0
    return max(target_moves(case, other, instead), default=0.0)
