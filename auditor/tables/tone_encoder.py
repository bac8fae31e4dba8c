"""Valence by the sentence encoder: what a word of any language feels like, learnt from English and carried over by nearness of meaning.

The auditor's own encoder puts words that mean the same near each other, whatever their language. A kernel ridge regression from its vectors
to valence is fitted on VADER's words and on common words that VADER leaves out (valence 0), then asked about words of English, Chinese and
Japanese. In five-fold cross-validation on 9,826 English words (forms of one word may stand in two folds, which flatters) its correlation
with VADER is .84, on the words VADER lists .87; above 1 in size the sign is right for 99 in 100 of those, and 3 in 100 neutral words are
above 1. Chinese and Japanese have no such measure: on rare words there it errs visibly, so that several agreeing definitions outrank it.
It corrects what definitions alone get wrong ("deadpan", defined by "deadly earnest") and says something of words no list has.

`feelings` keeps what it computes in a folder: a quarter of an hour of one core. Delete the folder when the encoder changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from wordfreq import zipf_frequency

from auditor.tables.tone_english import Entry

WIDTH, RIDGE = 2.0, 0.5  # of the kernel, and its penalty; tried on short vectors of English words, where nearby values did as well
COMMON = 4.0  # zipf from which a word that VADER leaves out is held to be neutral
Vectors = NDArray[np.float32]


class Feeling:
    """The fitted regression: words in, valence out (-4 to 4)."""

    def __init__(self, vader: Mapping[str, float]) -> None:
        from auditor.encoder import Encoder
        from auditor.lang.en.lexicon import all_lemmas

        self._encoder = Encoder(threads=1)
        felt = [w for w in vader if zipf_frequency(w, "en") >= 1.5]
        plain = [w for w in all_lemmas() if w not in vader and w.isalpha() and zipf_frequency(w, "en") >= COMMON]
        self._known = self._encoder.encode([*felt, *plain])
        kernel = self._near(self._known) + RIDGE * np.eye(len(self._known), dtype=np.float32)
        self._weights = np.linalg.solve(kernel, np.array([*(vader[w] for w in felt), *(0.0 for _ in plain)], dtype=np.float32))

    def _near(self, vectors: Vectors) -> Vectors:
        near: Vectors = np.exp(WIDTH * (vectors @ self._known.T - 1)).astype(np.float32)
        return near

    def of(self, words: Sequence[str]) -> dict[str, float]:
        """The valence of each word."""
        found: dict[str, float] = {}
        for at in range(0, len(words), 2000):
            part = list(words[at : at + 2000])
            values = self._near(self._encoder.encode(part)) @ self._weights
            found |= {w: round(float(v), 2) for w, v in zip(part, values, strict=True)}
        return found


def read_vader(path: Path) -> dict[str, float]:
    """VADER's words (no emoticons) with their valence."""
    rows = (line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines())
    return {word: float(valence) for word, valence in rows if re.fullmatch(r"[a-z][a-z' -]+", word)}


def feelings(vader: Mapping[str, float], words: Mapping[str, Sequence[str]], folder: Path) -> dict[str, dict[str, float]]:
    """Language -> word -> valence, from `folder` or computed and kept there."""
    found: dict[str, dict[str, float]] = {}
    feeling: Feeling | None = None
    for lang, wanted in words.items():
        kept = folder / f"{lang}.tsv"
        if not kept.exists():
            feeling = feeling or Feeling(vader)
            folder.mkdir(parents=True, exist_ok=True)
            kept.write_text("".join(f"{w}\t{v}\n" for w, v in feeling.of(wanted).items()), encoding="utf-8")
        rows = (line.split("\t") for line in kept.read_text(encoding="utf-8").splitlines())
        found[lang] = {w: float(v) for w, v in rows}
    return found


def felt_too(entry: Entry | None, felt: float | None, sure: bool) -> Entry | None:
    """Definitions and the encoder's feeling together: where they agree the word is surer, where they disagree neither is trusted, unless
    several definitions say the same (`sure`).

    A word that definitions say nothing about is taken at its feeling, as little loaded: that is enough for a manner, never for a thing,
    since the encoder does not tell a massacre from an insult.
    """
    if felt is None or (entry is not None and entry.kind == "reporting"):  # the encoder hears laughter in a sneer
        return entry
    if entry is None or (entry.valence == 0 and entry.intensity == 0):
        return Entry("evaluative", felt, round(1.1 * abs(felt), 2)) if felt <= -1 else entry
    if entry.valence * felt < 0 and abs(felt) >= 0.5 and not sure:
        return replace(entry, valence=round(entry.valence * 0.5, 2), intensity=round(entry.intensity * 0.4, 2))
    if abs(felt) >= 0.8:
        valence = round((entry.valence + felt) / 2, 2) if abs(felt) > abs(entry.valence) else entry.valence
        return replace(entry, valence=valence, intensity=round(min(4.0, entry.intensity * (0.9 + 0.3 * min(2.0, abs(felt)))), 2))
    return entry
