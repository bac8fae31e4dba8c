"""A word of the source whose opposite is meant, as translation and back-translation agree.

Fires, with a back-translation only, when the source with the opposite in the word's place is nearer in meaning to both, and
- the back-translation has the opposite, and the translation bears it out ("small" / large / 大きな); or
- an opposite by WordNet or the axes fits, and the translation or the back-translation has some word of that side, or the gain is large,
  and no word of the back-translation stands there for the source's own.

Stays quiet when the opposite is denied ("warm" / not cold), when the back-translation or the translation has a word for the source's own,
and where the two English sentences differ all over (a free translation, a poor engine).

Limits: a word that the dictionaries relate to its opposite (begin, end) counts as explained; opposites of two words for one ("take part",
"drop out") are found only where the whole of the sentence is otherwise alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.checks.claim_english import Compared, Lone, compare, near
from auditor.checks.claim_meaning import Move, moves, swapped
from auditor.checks.claim_sides import Case, content, counterparts, denied_in_clause, drift
from auditor.lang.en.lexicon import antonyms
from auditor.lang.en.morphology import in_form_of
from auditor.lang.en.opposites import across, antonymous, names_sex, opposites, places
from auditor.model import Drift, Word

_LIKE = 0.65
"""Likeness of the two English sentences from which a swap is looked at; from `_LIKER` on an opposite nobody wrote."""
_LIKER = 0.78
_SAME = 0.8
"""Two English sentences so alike hardly differ but in the one word."""
_APART = 0.4
"""So far apart in their sentences, as shares of them, two words are no longer in each other's place."""
_MOST = 32
"""Changes looked at in a passage; one with more differs all over."""


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage: the change that brings most."""
    found = compare(case)
    if found is None or found.likeness < _LIKE:
        return
    pairs = [(lone, other) for lone in found.source for other in found.back if _in_place(lone, other)]
    guesses = [(one, lemma) for one in found.source if one.native <= 0.5 and not _sexed(one.word) for lemma in opposites(one.word.lemma)]
    guesses = guesses if found.likeness > _LIKER else []
    if (not pairs and not guesses) or len(pairs) + len(guesses) > _MOST:
        return
    text, offset = case.source.facts.text, case.source.offset
    changed = [swapped(text, lone.word, other.word.text, offset) for lone, other in pairs]
    changed += [swapped(text, one.word, in_form_of(one.word, lemma), offset) for one, lemma in guesses]
    moved = moves(case, changed)
    tried = [_Swap(*pair, move) for pair, move in zip(pairs, moved[: len(pairs)], strict=True)]
    told: list[tuple[float, Word, Word | None]] = [
        (t.move.both, t.lone.word, t.other.word) for t in tried if t.opposite and _swap_fits(t.move) and _denied_alike(case, t)
    ]
    for (one, lemma), move in zip(guesses, moved[len(pairs) :], strict=True):
        if _guess_fits(case, found, one, lemma, move) and not _paraphrased(one, lemma, move, tried):
            told.append((move.both, one.word, None))
    if told:
        _, word, other = max(told, key=lambda t: (t[0], -t[1].start))
        yield _drift(case, word, other)


@dataclass(frozen=True, slots=True)
class _Swap:
    """A lone word of the source, one of the back-translation that stands about there, and what its place by the other brings."""

    lone: Lone
    other: Lone
    move: Move

    @property
    def opposite(self) -> bool:
        borne = self.lone.native <= 0.7 and self.other.native >= 0.5
        return borne and are_opposites(self.lone.word, self.other.word) and not sexes(self.lone.word, self.other.word)


def _denied_alike(case: Case, swap: _Swap) -> bool:
    """Is the word denied as its opposite is, or neither? "So that they do not get cold" keeps them warm."""
    assert case.back is not None
    return denied_in_clause(case.source, swap.lone.word) == denied_in_clause(case.back, swap.other.word)


def _in_place(lone: Lone, other: Lone) -> bool:
    if not (content(lone.word) and content(other.word)):
        return False
    near_by = abs(lone.place - other.place) < _APART
    return near_by and (lone.word.pos == other.word.pos or are_opposites(lone.word, other.word))


def _paraphrased(one: Lone, lemma: str, move: Move, tried: list[_Swap]) -> bool:
    """Is a word of the back-translation in its place: on the source word's own side, or fitting better and nearer to that?"""
    opposite = replace(one.word, lemma=lemma, senses=(lemma,))
    there = [t for t in tried if t.lone is one]
    better = [t.other.word for t in there if t.move.both >= move.both]
    own = any(are_opposites(t.other.word, opposite) for t in there)
    return own or any(near(one.word, [word]) >= near(opposite, [word]) for word in better)


def sexes(one: Word, other: Word) -> bool:
    """Is it the sex of somebody that differs? A machine guesses it where the translation does not say."""
    return _sexed(one) and _sexed(other)


def _sexed(word: Word) -> bool:
    return names_sex(word.senses or (word.lemma,))


def are_opposites(one: Word, other: Word) -> bool:
    """Two English words, by WordNet or by an axis."""
    here = {p for lemma in one.senses[:2] for p in places(lemma)}
    there = {across(p) for lemma in other.senses[:2] for p in places(lemma)}
    wordnet = antonymous(one.lemma, other.lemma) or other.lemma in antonyms(one.lemma) or one.lemma in antonyms(other.lemma)
    return wordnet or not here.isdisjoint(there)


def _swap_fits(move: Move) -> bool:
    return move.back > 0 and move.target > -0.01 and move.both > 0.005 and move.share > 0.05


def _guess_fits(case: Case, found: Compared, lone: Lone, lemma: str, move: Move) -> bool:
    if move.target < 0.004 or move.both < 0.02 or move.share < 0.08:
        return False
    assert case.back is not None
    borne = any(lemma in w.senses[:6] for w in case.target.facts.words)
    written = any(content(w) and are_opposites(lone.word, w) for w in case.back.facts.words)
    return borne or written or (found.likeness > _SAME and move.both > 0.03 and move.share > 0.2)


def _drift(case: Case, word: Word, other: Word | None) -> Drift:
    there = next(iter(counterparts(other, case.target)), None) if other is not None else None
    said = f"“{word.text}” is “{other.text}” in the back-translation" if other else f"the opposite of “{word.text}” is meant"
    return drift("opposite", "major", 0.6, word, there, f"{said}, and the translation is nearer to that", True)
