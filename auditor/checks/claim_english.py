"""Two English sentences side by side, the source and the back-translation: the words that the other one has nothing for.

A word that stands in one of them only is a paraphrase, or what changed. The translation itself is the second witness: `native` says how
well its words account for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditor.checks.claim_meaning import likeness
from auditor.checks.claim_sides import Case
from auditor.lang.lexical import STRENGTH, Link, explain, vectors
from auditor.model import Word

FIRM = 0.7
"""Strength from which a word is shared by two sentences."""


@dataclass(frozen=True, slots=True)
class Lone:
    """A word of one English sentence that the other has no firm counterpart for.

    weight  0 to 1: how much the word says
    native  0 to 1: how well the translation's words account for it
    place   0 to 1: where in its sentence it stands
    """

    word: Word
    weight: float
    native: float
    place: float


@dataclass(frozen=True, slots=True)
class Compared:
    """likeness of the two sentences, and the words that stand alone in each."""

    likeness: float
    source: tuple[Lone, ...]
    back: tuple[Lone, ...]

    @property
    def missing(self) -> float:
        """Weight of the source's lone words."""
        return sum(lone.weight for lone in self.source)

    @property
    def extra(self) -> float:
        """Weight of the back-translation's lone words."""
        return sum(lone.weight for lone in self.back)


def strength(link: Link | None) -> float:
    """Of what explains a word, 0 for nothing."""
    return STRENGTH.get(link.how, 0.0) if link is not None else 0.0


def compare(case: Case) -> Compared | None:
    """The source and the back-translation compared; None without one, or without an encoder."""
    if case.back is None or case.lexical_back is None or case.encode is None:
        return None
    native = {link.word.start: link for link in case.lexical.source}
    borne = {link.word.start: link for link in explain(case.back.facts.words, case.target.facts.words).source}
    reverse = explain(case.back.facts.words, case.source.facts.words)
    source, back = len(case.source.facts.text), len(case.back.facts.text)
    return Compared(
        likeness(case),
        _lone(case.lexical_back.source, native, source, case.source.offset),
        _lone(reverse.source, borne, back, 0),
    )


def _lone(links: Sequence[Link], native: dict[int, Link], length: int, offset: int) -> tuple[Lone, ...]:
    return tuple(
        Lone(link.word, link.weight, strength(native.get(link.word.start)), (link.word.start - offset) / max(1, length))
        for link in links
        if strength(link) < FIRM and link.word.pos != "name"
    )


def near(word: Word, others: Sequence[Word]) -> float:
    """The greatest cosine of the word to another, by what they are about; 0 without others."""
    known = [vectors(other.senses)[:2] for other in others if other.senses]
    if not known or not word.senses:
        return 0.0
    return float((vectors(word.senses)[:2] @ np.vstack(known).T).max())
