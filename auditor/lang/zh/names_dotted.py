"""Foreign people in Chinese whose names have a dot in them, read by characters before any tokenizer has cut them: 阿伦卡·祖潘.

How far a name reaches beyond its dots is told by its characters: each is so much likelier in a foreign name than in running text
(`names_characters.tsv`), and the stretch of the greatest sum is the name. A word of the text that lies wholly beyond the dot may be
left out (党首|阿伦卡), and none reaches over the edge of a stretch of other characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from auditor.lang import names_base

_DOT = "·・•‧"
_STRETCH = re.compile(rf"[一-鿿]+(?:[{_DOT}][一-鿿]+)+")
_LONGEST = 7  # characters of one part
_OTHER = -500  # of a character that no foreign name is written with


@cache
def _weights() -> dict[str, int]:
    rows = (line.split("\t") for line in names_base.lines("zh", "names_characters.tsv"))
    return {char: int(weight) for char, weight in rows}


def dotted(text: str) -> Iterator[tuple[int, int]]:
    """Where the names stand: start and end of each."""
    for match in _STRETCH.finditer(text):
        parts = re.split(f"[{_DOT}]", match[0])
        before, after = _reach(parts[0][::-1]), _reach(parts[-1])
        inner = all(sum(_weights().get(c, _OTHER) for c in part) > 0 for part in parts[1:-1])
        if before and after and inner:
            yield match.start() + len(parts[0]) - before, match.end() - len(parts[-1]) + after


def _reach(part: str) -> int:
    """How many characters from the dot on are the name's: the least number of the greatest sum; 0 when none are."""
    sums = list(accumulate(_weights().get(c, _OTHER) for c in part[:_LONGEST]))
    best = max(sums)
    return sums.index(best) + 1 if best > 0 else 0
