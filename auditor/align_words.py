"""Sentences that the aligner left alone, joined to the passage beside them when the words say that they are part of it.

The aligner knows a sentence by its vector, and the vector of a long sentence hardly moves when a short half is taken away: "... before
weakening as it moved inland" as a Japanese sentence of its own, or two short English sentences of a quotation made one in Chinese, may
be left without a counterpart. Here each such sentence is held against the passages that it touches in its own paragraph:

    said     how much of its words the passage's other side says                        (strong links of `lexical.explain` only)
    needed   how much of them explains words there that nothing else accounts for
    spare    figures and names it shares with the other side that the passage lacks;   foreign: those the other side has not either
    length   how much better the lengths agree once it is joined (squared logs, against the rest of the document)
    cosine   what joining it adds to the cosine

A weighted sum of these decides; the best neighbour takes the sentence, and the next one is held against the passage as it is then, so
that a dropped sentence beside a split one finds nothing left that needs it.

Figures. Of 452 halves of passages that a translator split or merged (own articles, NTREX-128, WMT; each held against its other half) 99 %
are joined; of 326 whole sentences held against the translation of the sentence beside them 1 (own articles 37 to 63 were no part of the
tuning: 98 % and 0.4 %). Quiet where a sentence has fewer than two words, figures and names to judge by, is in another paragraph than the
passage, or the passage was moved. Limits: a sentence rendered freely enough that no word of it is in the dictionaries stays alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.encoder import Encode, join
from auditor.lang.lexical import LOOSE, Link, explain
from auditor.model import Bead, Facts, Word

_WIDEST = 5
"""Segments of a passage on one side."""
_GAIN = 0.2
"""What joining adds to a cosine at most; what needs more is not worth encoding."""
_JUDGED = 2
"""Words, figures and names of a sentence from which there is something to judge by."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts for; joined above 0. Tuned as the module says."""

    said: float = 4.0
    needed: float = 4.0
    spare: float = 0.7
    foreign: float = 1.0
    length: float = 7.0
    length_cap: float = 0.5
    cosine: float = 12.5
    against: float = 1.5
    smoothing: float = 0.5
    ballast: float = 200.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Text:
    """One side of a document.

    folded  the texts of its segments, folded
    units   for each segment the number of its paragraph, or of the pair that a bilingual file states: nothing is joined across
    read    consecutive segments, by index -> what stands in them
    """

    folded: Sequence[str]
    units: Sequence[int]
    read: Callable[[Sequence[int]], Facts]

    def text(self, chosen: Sequence[int]) -> str:
        return join([self.folded[i] for i in chosen])

    def weight(self, chosen: Sequence[int]) -> float:
        """A length that compares across scripts, as the aligner measures it."""
        return sum(len(self.folded[i].encode()) + 4.0 for i in chosen)


def join_by_words(beads: Sequence[Bead], source: Text, target: Text, encode: Encode, weights: Weights = WEIGHTS) -> tuple[Bead, ...]:
    """The beads, with each segment left alone that belongs to a passage beside it in that passage."""
    if all(bead.source and bead.target for bead in beads):
        return tuple(beads)
    joiner = _Joiner(beads, source, target, encode, weights)
    while joiner.join_some():
        pass
    return tuple(bead for bead in joiner.beads if bead is not None)


class _Joiner:
    """Beads on their way: what is joined is part of the passage for what is held against it next."""

    def __init__(self, beads: Sequence[Bead], source: Text, target: Text, encode: Encode, weights: Weights) -> None:
        self.beads: list[Bead | None] = list(beads)
        self._texts, self._encode, self._weights = (source, target), encode, weights
        pairs = [b for b in beads if b.source and b.target]
        self._totals = sum(source.weight(b.source) for b in pairs), sum(target.weight(b.target) for b in pairs)
        self._alone = [number for number, b in enumerate(beads) if not (b.source and b.target)]
        self._holds = tuple({i: number for number, b in enumerate(beads) for i in _sides(b)[side]} for side in (0, 1))
        self._known: dict[tuple[Bead, Bead], float] = {}

    def join_some(self) -> bool:
        """One pass over what is alone; whether anything was joined."""
        joined = [number for number in self._alone if self._joins(number)]
        self._alone = [number for number in self._alone if number not in joined]
        return bool(joined)

    def _joins(self, number: int) -> bool:
        """Joins what is alone to the best of the passages beside it, if it belongs there."""
        alone = self.beads[number]
        assert alone is not None
        scored = [(self._score(alone, bead), -at) for at, bead in self._beside(alone)]
        if not scored or max(scored)[0] <= 0:
            return False
        at = -max(scored)[1]
        self.beads[number], self.beads[at] = None, self._whole(alone, self.beads[at] or alone)
        side = 0 if alone.source else 1
        self._holds[side][_sides(alone)[side][0]] = at
        return True

    def _whole(self, alone: Bead, bead: Bead) -> Bead:
        source, target = (tuple(sorted((*one, *two))) for one, two in zip(_sides(alone), _sides(bead), strict=True))
        left, right = self._encode([self._texts[0].text(source), self._texts[1].text(target)])
        return replace(bead, source=source, target=target, similarity=round(float(left @ right), 4))

    def _beside(self, alone: Bead) -> Iterator[tuple[int, Bead]]:
        """The passages that touch it in its own paragraph, with their numbers."""
        side = 0 if alone.source else 1
        (own,) = _sides(alone)[side]
        for near in (own - 1, own + 1):
            at = self._holds[side].get(near)
            bead = self.beads[at] if at is not None else None
            if at is None or bead is None or not (bead.source and bead.target) or bead.moved or len(_sides(bead)[side]) >= _WIDEST:
                continue
            if self._texts[side].units[near] == self._texts[side].units[own]:
                yield at, bead

    def _score(self, alone: Bead, bead: Bead) -> float:
        if (alone, bead) not in self._known:
            self._known[alone, bead] = self._evidence(alone, bead)
        return self._known[alone, bead]

    def _evidence(self, alone: Bead, bead: Bead) -> float:
        w = self._weights
        side = 0 if alone.source else 1
        text, other = self._texts[side], self._texts[1 - side]
        own, run, across = _sides(alone)[side], _sides(bead)[side], _sides(bead)[1 - side]
        mine, beside, theirs = text.read(own), text.read(run), other.read(across)
        links = _links(mine.words, theirs.words, side)[0]
        marks, their_marks = _marks(mine), _marks(theirs)
        if len(links) + len(marks) < _JUDGED:
            return -math.inf
        free = [link.word for link in _links(beside.words, theirs.words, side)[1] if link.by is None]
        total = sum(link.weight for link in links) + w.smoothing
        evidence = (
            w.said * _explained(links) / total
            + w.needed * _explained(_links(mine.words, free, side)[0]) / total
            + w.spare * len(marks & (their_marks - _marks(beside)))
            - w.foreign * len({m for m in marks - their_marks if not _is_one(m)})
            + w.length * self._fits(text.weight(own), text.weight(run), other.weight(across), side)
            - w.against
        )
        if evidence + w.cosine * _GAIN <= 0:
            return -math.inf
        return evidence + w.cosine * self._nearer(text.text(run), text.text(sorted((*own, *run))), other.text(across))

    def _fits(self, own: float, beside: float, across: float, side: int) -> float:
        """How much better the lengths agree when it is joined, by what the rest of the document has for a ratio."""
        ballast = self._weights.ballast
        mine, theirs = self._totals[side], self._totals[1 - side]
        ratio = math.log((max(theirs - across, 0.0) + ballast) / (max(mine - beside, 0.0) + ballast))
        before, after = (math.log(across / length) - ratio for length in (beside, beside + own))
        return min(max(before * before - after * after, -self._weights.length_cap), self._weights.length_cap)

    def _nearer(self, beside: str, joined: str, across: str) -> float:
        before, after, there = self._encode([beside, joined, across])
        return float(after @ there) - float(before @ there)


def _sides(bead: Bead) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return bead.source, bead.target


def _links(words: Sequence[Word], others: Sequence[Word], side: int) -> tuple[Sequence[Link], Sequence[Link]]:
    """The links of the words of one side, and those of the other side's."""
    match = explain(words, others) if side == 0 else explain(others, words)
    return (match.source, match.target) if side == 0 else (match.target, match.source)


def _explained(links: Sequence[Link]) -> float:
    return sum(link.weight for link in links if link.by is not None and link.how not in LOOSE)


def _marks(facts: Facts) -> frozenset[tuple[str, str, str]]:
    """Figures and names by what they mean, the same on both sides."""
    figures = {(f.kind, f.value, f.unit or "") for f in facts.figures if f.value}
    return frozenset(figures | {("", key, "") for name in facts.names for key in name.keys})


def _is_one(mark: tuple[str, str, str]) -> bool:
    """A figure that a language says with an article as well ("an hour", "one hour")."""
    return bool(mark[0]) and mark[1] == "1"
