"""A passage clause by clause: what a changed word does to its own clause, held against the nearest clauses of the other sides.

One word hardly moves the meaning of a sentence of forty. It moves its clause, and the clause has a counterpart in the translation and in
the back-translation: the one, or the two neighbours, that the sentence encoder finds nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from auditor.checks.claim_meaning import Move, weighed
from auditor.checks.claim_sides import Case, Side
from auditor.encoder import Vectors
from auditor.lang.base import language
from auditor.lang.clauses import clauses
from auditor.model import Cue, Span


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the source with its counterparts.

    source, target, back    spans of each document (of the back-translation: of its own text)
    likeness                cosine to the counterpart in the back-translation
    """

    source: Span
    target: Span
    back: Span
    likeness: float
    _vectors: tuple[Vectors, Vectors, Vectors]

    def moves(self, case: Case, changed: Sequence[str]) -> list[Move]:
        """A move for each changed text of the clause."""
        if case.encode is None or not changed:
            return []
        whole, target, back = self._vectors
        return [weighed(v, whole, target, back) for v in case.encode(list(changed))]


def clause_around(case: Case, cue: Cue) -> Clause | None:
    """The clause that a cue of the source stands in; None without an encoder or a back-translation."""
    if case.encode is None or case.back is None:
        return None
    own = next((s for s in _placed(case.source, pairs=False) if s.start <= cue.start < s.end), None)
    theirs, backs = _placed(case.target), _placed(case.back)
    if own is None or not theirs or not backs:
        return None
    fold = language(case.target.facts.lang).fold
    vectors = case.encode([own.text, *(fold(s.text).text for s in theirs), *(s.text for s in backs)])
    to_target, to_back = vectors[1 : 1 + len(theirs)] @ vectors[0], vectors[1 + len(theirs) :] @ vectors[0]
    target, back = int(np.argmax(to_target)), int(np.argmax(to_back))
    nearest = (vectors[0], vectors[1 + target], vectors[1 + len(theirs) + back])
    return Clause(own, theirs[target], backs[back], float(to_back[back]), nearest)


def _placed(side: Side, pairs: bool = True) -> list[Span]:
    """The clauses of a side, and every two neighbours as one, at their place in the document."""
    text, found = side.facts.text, clauses(side.facts.text, side.facts.lang)
    ends = [(s.start, s.end) for s in found]
    if pairs:
        ends += [(one.start, other.end) for one, other in pairwise(found)]
    return [Span(a + side.offset, b + side.offset, text[a:b]) for a, b in ends]
