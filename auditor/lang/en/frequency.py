"""How common English words are: zipf frequencies of wordfreq's large list (its data, read directly).

wordfreq itself costs 0.3 s to import and load. Plain words and phrases of plain words are looked up here by its rules, to the same
figures; whatever needs its tokenizer (digits, apostrophes, other scripts) is handed to it.
"""

from __future__ import annotations

import gzip
import math
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _list() -> dict[str, int]:
    """word -> centibels below certainty."""
    import msgpack  # type: ignore[import-untyped]

    package = find_spec("wordfreq")  # found, not imported: `importlib.resources` would import it
    if package is None or package.origin is None:
        raise ImportError("wordfreq is not installed")
    data = (Path(package.origin).parent / "data" / "large_en.msgpack.gz").read_bytes()
    head, *buckets = msgpack.loads(gzip.decompress(data), raw=False)
    if head != {"format": "cB", "version": 1}:
        raise ValueError(f"wordfreq's list has an unknown format: {head}")
    found: dict[str, int] = {}
    for centibels, words in enumerate(buckets):
        found.update(dict.fromkeys(words, centibels))
    return found


@lru_cache(maxsize=65536)
def zipf(phrase: str) -> float:
    """0 for the unknown, 8 for the commonest; `wordfreq.zipf_frequency(phrase, "en")`."""
    words = phrase.split(" ")
    if not all(word.isascii() and word.isalpha() for word in words):
        from wordfreq import zipf_frequency

        return zipf_frequency(phrase, "en")
    inverse = 0.0
    for word in words:
        centibels = _list().get(word.lower())
        if centibels is None:
            return 0.0
        inverse += 1.0 / 10 ** (-centibels / 100)
    frequency = 1.0 / inverse
    frequency = round(frequency, math.floor(-math.log(frequency, 10)) + 3)
    return round(math.log(frequency, 10) + 9, 2) if frequency else 0.0
