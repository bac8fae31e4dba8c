"""The best way through a matrix of bead scores: dynamic programming over a band.

A band gives, for every row i (source segments used so far), the first column `low[i]` of `width` columns (target segments used so far).
Rows are worked on as whole numpy arrays, so that time grows with rows times width and stays well below a millisecond a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Step(NamedTuple):
    """A bead on the path, of `source` by `target` segments; or two whose neighbours change places.

    Then the first `first_source` source segments go with the last `last_target` target segments, and the others with the others.
    """

    source: int
    target: int
    first_source: int = 0
    last_target: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """low has one entry a row, 0 to n, and never falls; the last column of the last row is m."""

    low: NDArray[np.int64]
    width: int


def full_band(n: int, m: int) -> Band:
    """Every cell."""
    return Band(np.zeros(n + 1, dtype=np.int64), m + 1)


def band_around(path: Sequence[tuple[int, int]], n: int, m: int, slack: int, widest: int = 512) -> Band:
    """A band of at least `slack` columns on either side of a path of cells, both ends included.

    Where the path runs along a row (many additions) the band is wider, up to `widest`; beyond that it climbs over several rows, for
    the rows of a band must overlap.
    """
    rows, columns = (np.array(axis) for axis in zip(*path, strict=True))
    every = np.arange(n + 1)
    first = np.interp(every, rows[np.r_[True, rows[1:] != rows[:-1]]], columns[np.r_[True, rows[1:] != rows[:-1]]])
    last = np.interp(every, rows[np.r_[rows[1:] != rows[:-1], True]], columns[np.r_[rows[1:] != rows[:-1], True]])
    last[:-1] = np.maximum(last[:-1], first[1:])
    width = min(2 * slack + 1 + int(np.ceil((last - first).max())), widest)
    width = min(max(width, 2 * slack + 1 + m // max(n, 1)), m + 1)
    low = np.clip(np.floor(first).astype(np.int64) - slack, 0, m + 1 - width)
    low[0], low[-1] = 0, m + 1 - width
    step = max(width - slack, 1)
    for i in range(1, n):
        low[i] = max(low[i - 1], min(low[i], low[i - 1] + step))
    for i in range(n - 1, 0, -1):
        low[i] = max(low[i], low[i + 1] - step)
    return Band(low, width)


def best_path(scores: Mapping[Step, Floats], null_source: Floats, null_target: Floats, band: Band) -> list[Step]:
    """The steps of the best path from (0, 0) to (n, m).

    scores       for each step of a by b: (n + 1, width); the entry of row i, column c is the score of the bead that ends at
                 source i, target low[i] + c; -inf where there is no such bead
    null_source  score of leaving each source segment alone (n)
    null_target  score of leaving each target segment alone (m)
    """
    n, m = len(null_source), len(null_target)
    low, width = band.low, band.width
    steps: list[Step] = [*scores, Step(1, 0)]
    running = np.concatenate([[0.0], np.cumsum(null_target)])
    best = np.full((n + 1, width), -np.inf)
    back = np.zeros((n + 1, width), dtype=np.int16)
    for i in range(n + 1):
        options = np.full((len(steps), width), -np.inf)
        for k, step in enumerate(steps):
            a, b = step.source, step.target
            if a <= i:
                _reach(options[k], best[i - a], int(low[i] - low[i - a]) - b)
                options[k] += null_source[i - 1] if b == 0 else scores[step][i]
        choice = options.argmax(axis=0)
        row = options[choice, np.arange(width)].copy()
        if i == 0:
            row[0] = 0.0
        # leaving targets alone runs along the row: a running maximum after the running cost is taken out
        offset = running[low[i] : low[i] + width]
        level = np.maximum.accumulate(row - offset)
        best[i] = level + offset
        back[i] = np.where(row - offset >= level, choice, -1)
    return _trace(back, steps, band, n, m)


def _reach(into: Floats, source: Floats, shift: int) -> None:
    """into[c] = source[c + shift], where that exists."""
    width = len(into)
    if abs(shift) >= width:
        return
    if shift >= 0:
        into[: width - shift] = source[shift:]
    else:
        into[-shift:] = source[:shift]


def _trace(back: NDArray[np.int16], steps: Sequence[Step], band: Band, n: int, m: int) -> list[Step]:
    path: list[Step] = []
    i, j = n, m
    while i > 0 or j > 0:
        k = back[i, j - band.low[i]] if i > 0 else -1
        step = Step(0, 1) if k < 0 else steps[k]
        path.append(step)
        i, j = i - step.source, j - step.target
    return path[::-1]
