"""What the article would have to say for a translation to be right: the source with a few words changed, weighed by meaning.

A dictionary cannot tell whether 前所未有 answers "unprecedented"; the sentence encoder can tell whether the translation comes nearer
when the source says "precedented". Every rule that suspects a word asks here: is the changed source nearer to the translation, and to
the back-translation? A change that was made on the way back brings both nearer; a paraphrase leaves them, a wrong guess takes them away.

Likeness is the cosine of sentence vectors. A word moves a long sentence less than a short one, so a move is also given as a share of
what was missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditor.checks.claim_sides import Case
from auditor.encoder import Vectors
from auditor.lang.base import language
from auditor.model import Span

_SLACK = 0.03
"""Added to what is missing, so that two nearly equal sentences make no share large."""


@dataclass(frozen=True, slots=True)
class Move:
    """How much nearer a changed sentence is than the unchanged one.

    target  gain in likeness to the translation
    back    gain in likeness to the back-translation, 0 without one
    near    likeness to the back-translation after the change, 0 without one
    share   `back` as a share of what was missing
    """

    target: float
    back: float
    near: float
    share: float

    @property
    def least(self) -> float:
        """The lesser gain of the two."""
        return min(self.target, self.back)

    @property
    def both(self) -> float:
        """The sum of the gains."""
        return self.target + self.back


def likeness(case: Case) -> float:
    """Of the source to the back-translation, 0 when there is none or no encoder."""
    if case.back is None or case.encode is None:
        return 0.0
    source, back = case.encode([case.source.facts.text, case.back.facts.text])
    return float(source @ back)


def moves(case: Case, changed: Sequence[str]) -> list[Move]:
    """A move for each changed source; none without an encoder."""
    if case.encode is None or not changed:
        return []
    vectors = case.encode([case.source.facts.text, _target(case), *_back(case), *changed])
    back = vectors[2] if case.back is not None else None
    return [weighed(v, vectors[0], vectors[1], back) for v in vectors[2 + (back is not None) :]]


def back_moves(case: Case, changed: Sequence[str]) -> list[Move]:
    """A move for each changed back-translation: `back` and `near` are likeness to the source."""
    if case.encode is None or case.back is None or not changed:
        return []
    vectors = case.encode([case.back.facts.text, _target(case), case.source.facts.text, *changed])
    return [weighed(v, vectors[0], vectors[1], vectors[2]) for v in vectors[3:]]


def target_moves(case: Case, span: Span, instead: Sequence[str]) -> list[float]:
    """How much nearer to the source the translation comes with each of the words in the place of a span; nothing without an encoder."""
    if case.encode is None or not instead:
        return []
    fold, side = language(case.target.facts.lang).fold, case.target
    changed = [swapped(side.facts.text, span, word, side.offset) for word in instead]
    vectors = case.encode([case.source.facts.text, _target(case), *(fold(text).text for text in changed)])
    return [float(np.dot(vectors[0], v - vectors[1])) for v in vectors[2:]]


def _target(case: Case) -> str:
    return language(case.target.facts.lang).fold(case.target.facts.text).text


def _back(case: Case) -> tuple[str, ...]:
    return () if case.back is None else (case.back.facts.text,)


def weighed(changed: Vectors, whole: Vectors, target: Vectors, back: Vectors | None) -> Move:
    """The move from a whole text's vector to that of the changed one."""
    to_target = float(np.dot(changed - whole, target))
    if back is None:
        return Move(to_target, 0.0, 0.0, 0.0)
    to_back, missing = float(np.dot(changed - whole, back)), 1 + _SLACK - float(np.dot(whole, back))
    return Move(to_target, to_back, float(np.dot(changed, back)), to_back / missing)


def swapped(text: str, span: Span, by: str, offset: int = 0) -> str:
    """The text with other words in the place of a span."""
    return f"{text[: span.start - offset]}{by}{text[span.end - offset :]}"


def cut(text: str, span: Span, offset: int = 0) -> str:
    """The text without a span."""
    return f"{text[: span.start - offset].rstrip()} {text[span.end - offset :].lstrip()}".strip()
