"""What the article would have to say for a translation to be right: the source with a few words changed, weighed by meaning.

A dictionary cannot tell whether 前所未有 answers "unprecedented"; the sentence encoder can tell whether the translation comes nearer
when the source says "precedented". Every rule that suspects a word asks here: is the changed source nearer to the translation, and to
the back-translation? A change that was made on the way back brings both nearer; a paraphrase leaves them, a wrong guess takes them away.

Likeness is the cosine of sentence vectors. A word moves a long sentence less than a short one, so a move is also given as a share of
what was missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditor.checks.claim_sides import Case, Side
from auditor.encoder import Vectors
from auditor.lang.base import language
from auditor.lang.en.morphology import all_inflections, all_lemmas, inflection
from auditor.model import Cue, Span, Word

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
    return [_move(v, vectors[0], vectors[1], back) for v in vectors[2 + (back is not None) :]]


def back_moves(case: Case, changed: Sequence[str]) -> list[Move]:
    """A move for each changed back-translation: `back` and `near` are likeness to the source."""
    if case.encode is None or case.back is None or not changed:
        return []
    vectors = case.encode([case.back.facts.text, _target(case), case.source.facts.text, *changed])
    return [_move(v, vectors[0], vectors[1], vectors[2]) for v in vectors[3:]]


def _target(case: Case) -> str:
    return language(case.target.facts.lang).fold(case.target.facts.text).text


def _back(case: Case) -> tuple[str, ...]:
    return () if case.back is None else (case.back.facts.text,)


def _move(changed: Vectors, whole: Vectors, target: Vectors, back: Vectors | None) -> Move:
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


_AFFIRMED = {
    "without": "with", "unable": "able", "neither": "either", "nor": "or", "nobody": "somebody", "nothing": "something",
    "none": "some", "nowhere": "somewhere", "cannot": "can", "wo": "will", "ca": "can", "sha": "shall",
}  # fmt: skip
_DENIAL = re.compile(r"\b(?:not|never|no longer|no|no one)\b|n['’]t\b", re.I)
_LETTERS = re.compile(r"[A-Za-z]+")


def affirmed(text: str, cue: Cue, offset: int = 0) -> str:
    """The text with a denial taken out: "could not" is "could", "without" is "with"."""
    start = cue.start - offset
    while start > 0 and text[start - 1].isalpha():  # "ca" of "can't"
        start -= 1
    words = _DENIAL.sub("", text[start : cue.end - offset])
    said = _LETTERS.sub(lambda m: _AFFIRMED.get(m[0].lower(), m[0]), words)
    return re.sub(r"  +", " ", f"{text[:start]}{said}{text[cue.end - offset :]}")


_AUXILIARIES = frozenset(
    "am is are was were will would shall should can could may might must do does did has have had".split()  # noqa: SIM905
)


def denied(side: Side) -> list[str]:
    """The text with one denial put in, after each auxiliary or before each verb where there is none."""
    text = side.facts.text
    places = [w.end for w in side.facts.words if w.text.lower() in _AUXILIARIES]
    places = places or [w.start - 1 for w in side.facts.words if w.pos == "verb"]
    return [f"{text[: max(0, at - side.offset)]} not{text[max(0, at - side.offset) :]}" for at in places]


_PARTS = ("VERB", "NOUN", "ADJ", "ADV")
_BARE = frozenset({"VB", "VBP", "NN", "JJ", "RB"})


def in_form_of(word: Word, lemma: str) -> str:
    """Another lemma in the form a word stands in: "fall" for "grew" is "fell"."""
    low = word.text.lower()
    for part in _PARTS:
        if word.lemma in all_lemmas(low, part).get(part, ()):
            tags = (t for t, forms in all_inflections(word.lemma, part).items() if low in forms and t not in _BARE)
            for tag in tags:
                if found := inflection(lemma, tag):
                    return found[0]
    return lemma
