"""Builds `auditor/lang/en/data/words_vectors.npz`: what English words are about, as short vectors.

    python -m auditor.tables.vectors

The words of WordNet that are heard of (zipf 2.2 or more) are encoded by the auditor's own sentence encoder (Google USE multilingual v3,
Apache-2.0), centred by frequency and projected on their 64 main directions, kept as signed bytes.
Arrays: `words` (UTF-8, one a line), `vectors` (int8, rows of one length each). The same machine writes the same bytes each time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

DIMENSIONS = 64
ZIPF = 2.2


def main() -> None:
    """Encode, project, write."""
    from wordfreq import zipf_frequency

    from auditor.encoder import Encoder
    from auditor.lang.en.lexicon import all_lemmas

    words = sorted(w for w in all_lemmas() if w.isascii() and w.isalpha() and zipf_frequency(w, "en") >= ZIPF)
    vectors = Encoder().encode(words)
    frequency = np.array([10 ** (zipf_frequency(w, "en") / 4) for w in words], dtype=np.float32)
    vectors = vectors - (vectors * frequency[:, None]).sum(0) / frequency.sum()
    _, _, directions = np.linalg.svd(vectors[::4], full_matrices=False)
    short = vectors @ directions[:DIMENSIONS].T
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    path = Path(__file__).parent.parent / "lang" / "en" / "data" / "words_vectors.npz"
    text = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(path, words=text, vectors=np.rint(short * 127 / np.abs(short).max()).astype(np.int8))


if __name__ == "__main__":
    main()
