"""How common English words are: zipf frequencies of wordfreq's large list (its data, read directly).

wordfreq itself costs 0.4 s to import and load. Words in Latin letters are looked up here by its rules, to the same figures; what its
tokenizer would take apart in a way of its own (years, decimals, some apostrophes) may differ, which decides nothing here.
"""

from __future__ import annotations

import gzip
import math
import re
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


_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_NUMBER = re.compile(r"\d{2,3}")
_FIRST_DIGIT = (0.009, 0.300, 0.175, 0.124, 0.096, 0.078, 0.066, 0.057, 0.050, 0.045)


@lru_cache(maxsize=4096)
def zipf(phrase: str) -> float:
    """0 for the unknown, 8 for the commonest; for words in Latin letters what `wordfreq.zipf_frequency(phrase, "en")` says."""
    inverse = 0.0
    for word in _WORD.findall(phrase.casefold()):
        known = _NUMBER.sub(lambda m: "0" * len(m[0]), word)
        centibels = _list().get(known)
        if centibels is None:
            return 0.0
        share = 1.0 if known == word else math.prod(_FIRST_DIGIT[int(n[0])] / 10 ** (len(n) - 1) for n in _NUMBER.findall(word))
        inverse += 1.0 / (10 ** (-centibels / 100) * share)
    if not inverse:
        return 0.0
    frequency = 1.0 / inverse
    frequency = round(frequency, math.floor(-math.log(frequency, 10)) + 3)
    return round(math.log(frequency, 10) + 9, 2) if frequency > 1e-9 else 0.0
