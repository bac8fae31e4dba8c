"""Which segments of a translation render which segments of the source: many to many, with omissions, additions and moved passages.

    align(source, target, encoder) -> beads

Every source and every target index is in exactly one bead. Texts are given folded. A text aligned with itself is aligned one to one.

How: sentence vectors; a score for every bead of up to five segments within a band, from the cosine of the two sides (neighbours joined as
one text), how far it stands out, how well the lengths agree and which figures and Latin words both sides share; the best path through the
scores by dynamic programming, in which two neighbours may change places; then what is left on both sides is paired when it is clearly the
same (moved).
Long texts are first aligned coarsely, blocks of neighbours at a time, and then only in a band around that path: time grows with length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Protocol

import numpy as np

from auditor.align_path import Band, Floats, Step, band_around, best_path, full_band
from auditor.align_score import Params, Scorer, Side, banded
from auditor.encoder import Parts, Vectors
from auditor.model import Bead

# Beyond this many segments a side the path is first sought on blocks of two.
_COARSE_FROM = 160
_SLACK = 32
_WIDEST, _CELLS = 512, 4_000_000
"""Columns of a band, and its cells: a band of 30,000 rows is narrower, or its tables would take gigabytes."""
_LARGEST_GAP = 400
_COMPARED = 50_000_000
"""Cosines that are looked at for what was moved: beyond that most of both texts is left alone, and they are hardly the same article."""
_ROWS = 256
"""Segments that are compared with a whole text at a time."""


class PartsEncoder(Protocol):
    """What the aligner needs of an encoder."""

    def parts(self, texts: Sequence[str]) -> Parts: ...


def align(
    source: Sequence[str],
    target: Sequence[str],
    encoder: PartsEncoder,
    anchors: tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]] | None = None,
    params: Params | None = None,
) -> tuple[Bead, ...]:
    """The beads of two texts, given as folded segments in order.

    anchors  for each source and each target segment, language-neutral marks (figures, Latin words) that faithful passages share;
             read from the texts when not given
    """
    params = params or Params()
    if not source or not target:
        return (*(Bead((i,), ()) for i in range(len(source))), *(Bead((), (j,)) for j in range(len(target))))
    left = Side(source, encoder.parts(source), anchors[0] if anchors else None)
    right = Side(target, encoder.parts(target), anchors[1] if anchors else None)
    scorer = Scorer(left, right, params)
    band = _band(left.parts.vectors, right.parts.vectors)
    table = scorer.table(band)
    beads = _beads(best_path(table, np.zeros(left.count), np.zeros(right.count), band))
    beads = _fill(_moved(beads, scorer, params), table, band, params.gap)
    return tuple(_measured(bead, scorer) for bead in beads)


def _band(source: Vectors, target: Vectors) -> Band:
    """Every cell for a short text, else a band around a path found on blocks of two neighbours."""
    n, m = len(source), len(target)
    if max(n, m) <= _COARSE_FROM:
        return full_band(n, m)
    return band_around(_coarse_path(source, target), n, m, _SLACK, max(2 * _SLACK + 1, min(_WIDEST, _CELLS // n)))


def _coarse_path(source: Vectors, target: Vectors) -> list[tuple[int, int]]:
    """Cells (source used, target used) of a path through pairs of segments, found on blocks of two; recursive."""
    halves = _halve(source), _halve(target)
    n, m = len(halves[0]), len(halves[1])
    band = _band(*halves)
    cosines = banded(*halves, 1, 1, band)
    cosines -= cosines[np.isfinite(cosines)].mean() + 0.05
    cells = [(0, 0)]
    for a, b, _, _ in best_path({Step(1, 1): cosines}, np.zeros(n), np.zeros(m), band):
        cells.append((cells[-1][0] + a, cells[-1][1] + b))
    return [(min(2 * i, len(source)), min(2 * j, len(target))) for i, j in cells]


def _halve(vectors: Vectors) -> Vectors:
    if len(vectors) % 2:
        vectors = np.concatenate([vectors, vectors[-1:]])
    joined = vectors[0::2] + vectors[1::2]
    halved: Vectors = joined / np.maximum(np.linalg.norm(joined, axis=1, keepdims=True), 1e-6)
    return halved


def _beads(steps: Sequence[Step]) -> list[Bead]:
    found: list[Bead] = []
    i = j = 0
    for a, b, first, last in steps:
        if first:
            found.append(Bead(tuple(range(i, i + first)), tuple(range(j + b - last, j + b)), moved=True))
            found.append(Bead(tuple(range(i + first, i + a)), tuple(range(j, j + b - last)), moved=True))
        else:
            found.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    return found


def _moved(beads: list[Bead], scorer: Scorer, params: Params) -> list[Bead]:
    """Segments left alone that are each other's best in the whole texts, at least `moved` alike, and not in one gap (see `_fill`)."""
    gaps = np.cumsum([bool(bead.source and bead.target) for bead in beads])
    left = {b.source[0]: gap for b, gap in zip(beads, gaps, strict=True) if b.kind == "1-0"}
    right = {b.target[0]: gap for b, gap in zip(beads, gaps, strict=True) if b.kind == "0-1"}
    vectors, others = scorer.source.parts.vectors, scorer.target.parts.vectors
    if not left or not right or len(left) * len(others) + len(right) * len(vectors) > _COMPARED:
        return beads
    forward, backward = _nearest(vectors, list(left), others), _nearest(others, list(right), vectors)
    pairs: dict[int, int] = {}
    for i, gap in left.items():
        j, cosine = forward[i]
        if cosine >= params.moved and j in right and right[j] != gap and backward[j][0] == i:
            pairs[i] = j
    gone = set(pairs.values())
    joined = [replace(b, target=(pairs[b.source[0]],), moved=True) if b.kind == "1-0" and b.source[0] in pairs else b for b in beads]
    return [b for b in joined if not (b.kind == "0-1" and b.target[0] in gone)]


def _nearest(vectors: Vectors, which: Sequence[int], others: Vectors) -> dict[int, tuple[int, float]]:
    """For some of the vectors, the nearest of the others and its cosine; memory does not grow with how many they are."""
    found: dict[int, tuple[int, float]] = {}
    for at in range(0, len(which), _ROWS):
        rows = which[at : at + _ROWS]
        cosines = vectors[list(rows)] @ others.T
        best = cosines.argmax(axis=1)
        found |= {i: (int(j), float(row[j])) for i, j, row in zip(rows, best, cosines, strict=True)}
    return found


def _fill(beads: list[Bead], table: Mapping[Step, Floats], band: Band, bonus: float) -> list[Bead]:
    """Gaps with segments left alone on both sides, aligned once more with `bonus` on every pair.

    An omission just where something was added is far rarer than a free translation.
    """
    filled: list[Bead] = []
    for alone, run in groupby(beads, key=lambda bead: not (bead.source and bead.target)):
        gap = list(run)
        source, target = [i for b in gap for i in b.source], [j for b in gap for j in b.target]
        if not alone or not _is_block(source) or not _is_block(target) or len(source) * len(target) > _LARGEST_GAP:
            filled += gap
            continue
        inner = {step: _part(scores, band, source, target) + bonus * (step.source + step.target) / 2 for step, scores in table.items()}
        n, m = len(source), len(target)
        steps = best_path(inner, np.zeros(n), np.zeros(m), full_band(n, m))
        filled += [
            replace(b, source=tuple(i + source[0] for i in b.source), target=tuple(j + target[0] for j in b.target)) for b in _beads(steps)
        ]
    return filled


def _is_block(indices: Sequence[int]) -> bool:
    """Some neighbours, none missing between them."""
    return bool(indices) and indices[-1] - indices[0] + 1 == len(indices)


def _part(scores: Floats, band: Band, source: Sequence[int], target: Sequence[int]) -> Floats:
    """The scores of beads that end within a gap, as a full table of its own."""
    rows = np.arange(source[0], source[-1] + 2)
    columns = np.arange(target[0], target[-1] + 2)[None, :] - band.low[rows][:, None]
    inside = (columns >= 0) & (columns < band.width)
    return np.where(inside, scores[rows[:, None], np.clip(columns, 0, band.width - 1)], -np.inf)


def _measured(bead: Bead, scorer: Scorer) -> Bead:
    if not bead.source or not bead.target:
        return bead
    return replace(bead, similarity=round(scorer.similarity(bead.source, bead.target), 4))
