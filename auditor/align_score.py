"""What a bead is worth: the score of every source run against every target run of neighbours.

score = mean size x (cosine - threshold - hubness x how close both runs are to just anything) - merging x (segments beyond one a side)
        - length x squared log of how far the lengths are from the document's own ratio + anchors x share of marks in common

A segment left alone scores 0, so the threshold is what a pair must beat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from auditor.align_path import Band, Floats, Step
from auditor.encoder import Parts, Vectors

# Runs of neighbours on either side of a bead.
SIZES: tuple[tuple[int, int], ...] = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2))
# Neighbours that change places: source sizes and target sizes, each in its own order.
_CROSSINGS: tuple[tuple[int, int, int, int], ...] = ((1, 1, 1, 1), (2, 1, 1, 1), (1, 2, 1, 1), (1, 1, 2, 1), (1, 1, 1, 2))
_MARK = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-zÀ-ɏ]{2,}")
_BUCKETS = 256


@dataclass(frozen=True, slots=True)
class Params:
    """Weights of the score, tuned on half of the development documents (docs/decisions/alignment.md)."""

    threshold: float = 0.2
    hubness: float = 0.6
    merging: float = 0.12
    both_sides: float = 0.1
    length: float = 0.36
    length_cap: float = 2.0
    anchors: float = 0.05
    swap: float = 0.05
    moved: float = 0.4
    gap: float = 0.15


def marks(text: str) -> frozenset[str]:
    """Figures and Latin words of a text, lower-case, grouping commas out: what often stays as it is in a translation."""
    return frozenset(m.lower().replace(",", "") for m in _MARK.findall(text))


class Side:
    """One text of the two: its parts, lengths and marks, for runs of any size."""

    def __init__(self, texts: Sequence[str], parts: Parts, anchors: Sequence[frozenset[str]] | None) -> None:
        self.parts = parts
        self.marks = list(anchors) if anchors is not None else [marks(t) for t in texts]
        self._lengths = np.array([_weight(t) for t in texts])
        self._runs: dict[int, Vectors] = {}
        self.count = len(texts)

    def runs(self, size: int) -> Vectors:
        if size not in self._runs:
            self._runs[size] = self.parts.runs(size)
        return self._runs[size]

    def lengths(self, size: int) -> Floats:
        count = max(self.count - size + 1, 0)
        total: Floats = np.sum([self._lengths[k : k + count] for k in range(size)], axis=0)
        return total

    @cached_property
    def total(self) -> float:
        return float(self._lengths.sum())

    def buckets(self, size: int, shared: frozenset[str]) -> Vectors:
        """Marks of each run as a row of hashed flags; only marks that both texts have."""
        flags = np.zeros((self.count, _BUCKETS), dtype=np.float32)
        for k, own in enumerate(self.marks):
            for mark in own & shared:
                flags[k, crc32(mark.encode()) % _BUCKETS] = 1
        count = max(self.count - size + 1, 0)
        return np.max([flags[k : k + count] for k in range(size)], axis=0) if count else flags[:0]


def _weight(text: str) -> float:
    """A length that compares across scripts: UTF-8 bytes, never zero."""
    return len(text.encode()) + 4.0


class Scorer:
    """Scores of the beads of two sides."""

    def __init__(self, source: Side, target: Side, params: Params) -> None:
        self.source, self.target, self.params = source, target, params
        self._shared = frozenset().union(*source.marks) & frozenset().union(*target.marks)

    def table(self, band: Band) -> dict[Step, Floats]:
        """Scores by step for every cell of the band."""
        table: dict[Step, Floats] = {}
        for a, b in SIZES:
            if a <= self.source.count and b <= self.target.count:
                table[Step(a, b)] = self._scores(a, b, band)
        for a1, a2, b1, b2 in _CROSSINGS:
            first, second = table.get(Step(a1, b2)), table.get(Step(a2, b1))
            if first is not None and second is not None:
                crossed = _moved_by(first, band, a2, 0) + _moved_by(second, band, 0, b2)
                table[Step(a1 + a2, b1 + b2, a1, b2)] = crossed - self.params.swap
        return table

    def _scores(self, a: int, b: int, band: Band) -> Floats:
        p = self.params
        score = banded(self.source.runs(a), self.target.runs(b), a, b, band)
        score -= p.threshold + p.hubness * _closeness(score, band)
        score *= (a + b) / 2
        score -= p.merging * (a + b - 2) + p.both_sides * (min(a, b) - 1)
        ratio = np.log(self.source.total / self.target.total)
        gap = outer(np.log(self.source.lengths(a)) - ratio, -np.log(self.target.lengths(b)), a, b, band)
        score -= p.length * np.minimum(gap * gap, p.length_cap) * (a + b) / 2
        if self._shared and p.anchors:
            score += p.anchors * self._anchors(a, b, band)
        return score

    def _anchors(self, a: int, b: int, band: Band) -> Floats:
        """Dice share of the marks in common, -1 to 1; 0 when neither run has a mark that both texts know."""
        left, right = self.source.buckets(a, self._shared), self.target.buckets(b, self._shared)
        both = banded(left, right, a, b, band)
        total = outer(left.sum(axis=1).astype(np.float64), right.sum(axis=1).astype(np.float64), a, b, band)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(total > 0, 4 * both / total - 1, 0.0)

    def similarity(self, source: Sequence[int], target: Sequence[int]) -> float:
        """Cosine of two runs."""
        left, right = self.source.runs(len(source))[source[0]], self.target.runs(len(target))[target[0]]
        return float(left @ right)


def banded(source: Vectors, target: Vectors, a: int, b: int, band: Band) -> Floats:
    """Products of rows as (n + 1, width): row i, column c holds source run i - a with target run low[i] + c - b; -inf outside."""
    n = len(source) + a - 1
    table = np.full((n + 1, band.width), -np.inf)
    block = 64
    for start in range(a, n + 1, block):
        stop = min(start + block, n + 1)
        first = max(int(band.low[start]) - b, 0)
        last = min(int(band.low[stop - 1]) + band.width - b, len(target))
        if last <= first:
            continue
        product = source[start - a : stop - a] @ target[first:last].T
        for i in range(start, stop):
            j0 = max(int(band.low[i]) - b, 0)
            j1 = min(int(band.low[i]) + band.width - b, len(target))
            c = j0 + b - int(band.low[i])
            table[i, c : c + j1 - j0] = product[i - start, j0 - first : j1 - first]
    return table


def _closeness(cosines: Floats, band: Band) -> Floats:
    """For each cell the mean of its row and its column within the band: how close the two runs are to just anything around."""
    inside = np.isfinite(cosines)
    known = np.where(inside, cosines, 0.0)
    columns = band.low[:, None] + np.arange(band.width)
    count = np.bincount(columns.ravel(), inside.ravel())
    column_mean = np.bincount(columns.ravel(), known.ravel()) / np.maximum(count, 1)
    row_mean = known.sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
    closeness: Floats = (row_mean[:, None] + column_mean[columns]) / 2
    return closeness


def outer(source: Floats, target: Floats, a: int, b: int, band: Band) -> Floats:
    """Sums source[i - a] + target[low[i] + c - b] in the shape of `banded`; 0 outside."""
    rows = np.concatenate([np.zeros(a), source])
    columns = np.concatenate([np.zeros(b), target, np.zeros(band.width + b)])
    index = band.low[:, None] + np.arange(band.width)[None, :]
    summed: NDArray[np.float64] = rows[: len(band.low), None] + columns[index]
    return summed


def _moved_by(table: Floats, band: Band, rows: int, columns: int) -> Floats:
    """The banded table with each cell's entry taken from so many source and target segments before; -inf outside."""
    i = np.arange(len(table)) - rows
    at = (band.low - band.low[np.maximum(i, 0)] - columns)[:, None] + np.arange(band.width)
    inside = (at >= 0) & (at < band.width) & (i >= 0)[:, None]
    return np.where(inside, table[np.maximum(i, 0)[:, None], np.clip(at, 0, band.width - 1)], -np.inf)
