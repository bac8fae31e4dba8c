"""Any word that became its opposite by WordNet: preserved / 销毁.

Fires when a word of the source has no counterpart in the translation, a word of the translation has none in the source, WordNet holds the
two as opposites (antonyms, also through similar adjectives and derivations, or an axis), and the translation comes nearer to the source
when the source's own word, by the dictionary the other way round, stands in that word's place.

How much nearer is weighed with how much else in the passage has no counterpart (a free translation says less), how loosely the two words
are accounted for, and how far apart they stand. The weights were fitted to news lines (NTREX) and the same lines with a word exchanged at
random for a rendering of an antonym or sister (`docs/decisions/words-exchanged-by-wordnet.md`); no list of words has a part in it.

Stays quiet when a denial on one side makes up for the opposite, where another word of the source stands on the translation's side ("a
bigger budget and a smaller one" / 扩大, 缩水), and without an encoder. Minor where a back-translation does not agree.

Limits: words that neither WordNet nor the axes relate are not looked at; two of a kind are the tables' business (claim_poles).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.claim_meaning import moves, swapped, target_moves
from auditor.checks.claim_sides import Case, content, left_over, may_be
from auditor.lang.en.lexicon import antonyms
from auditor.lang.en.morphology import in_form_of
from auditor.lang.en.opposites import TWO_PARTS, across, both_sides, places
from auditor.lang.lexical import LOOSE, STRENGTH, Link
from auditor.lang.renderings import renderings
from auditor.model import Word

_PARTS = frozenset({"noun", "verb", "adj", "adv"})
_SAYS = 0.2
_SENSES = 3
"""So many first senses of the translation's word may be the opposite."""
_MOST = 12
"""Pairs weighed in a passage; one with more is a free translation."""
_BASE, _NEARER, _WITHOUT, _WEIGHT, _LOOSELY, _LONELY, _LONELY_THERE, _APART = (
    2.51,
    35.5,
    19.0,
    1.7,
    3.56,
    0.144,
    0.131,
    0.72,
)
"""The fitted weights: of opposites as such, of the gains with the source's word and without any, of how much the word says, of how it is
accounted for, of each further word without counterpart (up to eight a side), of the distance as a share of the sentence."""
_CROWD = 8
_LIKELY = 2.8
"""Log-odds from which an exchange is told."""
_FEW_LEFT, _NEARER_AT_ALL = 3, 0.003
"""Words left over on a side, and the gain, with which two words that nothing is linked with are told whatever the odds."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word of the source, the translation's word in its place, and the log-odds that one became the other."""

    word: Word
    other: Word
    odds: float


def exchanges(case: Case) -> list[Exchange]:
    """Every exchange that may be one, the likeliest first.

    Two words that nothing at all is linked with, and that are about all that is left over, need no more than that the source says with the
    opposite what the translation says."""
    # 暴徒 for protesters is the business of tone.
    labels = {at for t in case.target.facts.tone if t.kind == "label" for at in range(t.start, t.end)}
    lonely = _lonely(case.lexical.source)
    there = [k for k in _lonely(case.lexical.target) if len(k.word.text) > 1 and k.word.start not in labels]
    pairs = [(a, b) for a in lonely for b in there if (a.word.pos == "adv") == (b.word.pos == "adv") and are_opposites(a.word, b.word)]
    words = case.source.facts.words
    pairs = [(a, b) for a, b in pairs if not may_be(case, a.word, b.word) and not _said_beside(a.word, b.word, words)]
    if not pairs or len(pairs) > _MOST:
        return []
    crowd = -_LONELY * min(len(lonely), _CROWD) - _LONELY_THERE * min(len(there), _CROWD)
    weighed = [Exchange(a.word, b.word, crowd + odds) for a, b in pairs if (odds := _odds(case, a, b)) is not None]
    found = [e for e in weighed if e.odds >= _LIKELY] or [*_plain(case, pairs), *weighed]
    return sorted(found, key=lambda e: (-e.odds, e.word.start, e.other.start))


def _plain(case: Case, pairs: list[tuple[Link, Link]]) -> Iterator[Exchange]:
    """Of words that nothing is linked with where little else is left over, those whose exchange in the source brings it nearer."""
    if any(left_over(side) > _FEW_LEFT for side in (case.lexical.source, case.lexical.target)):
        return
    cues = case.source.facts.cues
    for word, other in ((a.word, b.word) for a, b in pairs if a.by is None and b.by is None):
        if any(c.start < word.start and word.end <= c.end for c in cues):
            continue  # "not impossible" is one word
        changed = [swapped(case.source.facts.text, word, in_form_of(word, sense), case.source.offset) for sense in other.senses[:2]]
        if max((m.target for m in moves(case, changed)), default=0.0) > _NEARER_AT_ALL:
            yield Exchange(word, other, _LIKELY)


def _lonely(links: tuple[Link, ...]) -> list[Link]:
    return [k for k in links if (k.by is None or k.how in LOOSE) and k.weight >= _SAYS and k.word.pos in _PARTS and content(k.word)]


def are_opposites(word: Word, other: Word) -> bool:
    """By the first senses of the other word."""
    if both_sides(other.senses):
        return False
    lemmas = _alike(word.senses[:2]) or (word.lemma,)
    return any(_opposite(lemma, sense) for sense in other.senses[:_SENSES] for lemma in lemmas)


def _alike(lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """The first lemma a form may have, and the second where it is the same word in another part of speech: "found" is seldom to found."""
    return tuple(lemma for lemma in lemmas if lemma[:2] == lemmas[0][:2])


def _said_beside(word: Word, other: Word, words: tuple[Word, ...]) -> bool:
    """Does another word of the source stand where the translation's does ("a bigger budget and ... a smaller one" / 扩大, 缩水)?"""
    there = {p for sense in other.senses[:_SENSES] for p in places(sense)}
    return any(w != word and not there.isdisjoint(places(w.lemma)) for w in words if content(w))


def _opposite(lemma: str, sense: str) -> bool:
    mine = places(lemma)
    if sense in TWO_PARTS:
        return False
    return sense in antonyms(lemma) or lemma in antonyms(sense) or any(across(p) in mine for p in places(sense))


def _odds(case: Case, link: Link, other: Link) -> float | None:
    """None where the dictionary has no way back, or the other word is one of the source word's renderings."""
    word, there = link.word, other.word
    instead = renderings(case.target.facts.lang, word.senses or (word.lemma,))
    if not instead or there.text in instead or there.lemma in instead:
        return None
    gains = target_moves(case, there, ("", *instead))
    if not gains:
        return None
    apart = abs(_place(word, case.source.facts.text, case.source.offset) - _place(there, case.target.facts.text, case.target.offset))
    odds = _BASE + _NEARER * max(gains[1:]) + _WITHOUT * gains[0]
    return odds + _WEIGHT * other.weight - _LOOSELY * STRENGTH.get(other.how, 0.0) - _APART * apart


def _place(word: Word, text: str, offset: int) -> float:
    return ((word.start + word.end) / 2 - offset) / max(1, len(text))


def likely(case: Case) -> Iterator[Exchange]:
    """The exchanges that are likely enough to be told."""
    return (e for e in exchanges(case) if e.odds >= _LIKELY)
