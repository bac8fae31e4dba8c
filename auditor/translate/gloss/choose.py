"""Which of a word's senses a sentence means.

A sense is worth more the earlier its dictionary puts it (compounds have had their say in that order), the commoner it is in English, the
shorter it is, if it can be the part of speech the word is, and the nearer it lies to what the other words of the sentence are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from auditor.lang.en import lexicon
from auditor.lang.en.frequency import zipf
from auditor.lang.en.words import FUNCTION
from auditor.model import Word

Vector = NDArray[np.float32]

_CONSIDERED = 10
_ORDER, _COMMON, _LONG, _PART, _NEAR = 0.35, 0.5, 0.4, 0.3, 1.2
_GRAMMAR = 1.5  # what a function word loses as the sense of a noun or a verb
_REACH = 3.0  # words: how far a neighbour is felt


@lru_cache(maxsize=4096)
def candidates(senses: tuple[str, ...], pos: str) -> tuple[tuple[str, ...], Vector, Vector, Vector]:
    """The senses worth considering, what each is worth by itself, their vectors, and the vector of the word before any context."""
    found = senses[:_CONSIDERED]
    worth = np.array(
        [
            -_ORDER * log1p(at)
            + _COMMON * min(zipf(sense), 5.0)
            - _LONG * sense.count(" ")
            - _GRAMMAR * (pos in ("noun", "verb", "adj") and sense in FUNCTION)
            + _PART * (pos not in ("noun", "verb", "adj", "adv") or pos in lexicon.parts(sense.split()[0] if pos == "verb" else sense))
            for at, sense in enumerate(found)
        ],
        dtype=np.float32,
    )
    none = np.zeros(lexicon.DIMENSIONS, dtype=np.float32)
    vectors = np.array([none if (v := lexicon.vector(sense)) is None else v for sense in found], dtype=np.float32)
    share = np.exp(2 * (worth - worth.max()))
    return found, worth, vectors, (share / share.sum()) @ vectors


def choose(words: Sequence[Word]) -> list[str | None]:
    """The English of each word of a sentence, None for a word without senses."""
    chosen: list[str | None] = [None] * len(words)
    sensed = [(at, candidates(w.senses, w.pos)) for at, w in enumerate(words) if w.senses]
    if not sensed:
        return chosen
    about = np.array([c[3] for _, c in sensed], dtype=np.float32)
    places = np.array([at for at, _ in sensed], dtype=np.float32)
    near = 1 / (1 + np.abs(places[:, None] - places[None, :]) / _REACH)
    np.fill_diagonal(near, 0)
    context = near @ about
    context /= np.maximum(np.linalg.norm(context, axis=1, keepdims=True), 1e-6)
    for row, (at, (found, worth, vectors, _)) in enumerate(sensed):
        chosen[at] = found[0] if len(found) == 1 else found[int(np.argmax(worth + _NEAR * (vectors @ context[row])))]
    return chosen
