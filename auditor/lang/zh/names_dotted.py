"""Foreign people in Chinese by the characters of their names, before any tokenizer has cut them: with a dot (阿伦卡·祖潘), or beside a
title (`names_titles.tsv`: 马洛里先生, 总统马洛里).

How far a name reaches beyond its dots is told by its characters: each is so much likelier in a foreign name than in running text
(`names_characters.tsv`), and the stretch of the greatest sum is the name. A word of the text that lies wholly beyond the dot may be
left out (党首|阿伦卡), and none reaches over the edge of a stretch of other characters.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
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


_BESIDE = 9  # characters a name beside a title may have
_EACH = 60  # weight a character of such a name has at least in the mean: without a dot less is sure


@cache
def _titles() -> re.Pattern[str]:
    """Titles, the longest first; those a name may follow are marked by a group."""
    rows = sorted((line.split("\t") for line in names_base.lines("zh", "names_titles.tsv")), key=lambda row: -len(row[1]))
    return re.compile("|".join(f"({title})" if side == "both" else title for side, title in rows))


def titled(text: str, starts: Container[int]) -> Iterator[tuple[int, int]]:
    """Where names without a dot stand before or behind a title that begins where a word does (not 夫人 in 斯拉夫人)."""
    for match in (m for m in _titles().finditer(text) if m.start() in starts):
        before = re.search(r"[一-鿿]*$", text[: match.start()])
        reach = _reach(before[0][::-1][:_BESIDE]) if before and before[0] else 0
        if _is_sure(text[match.start() - reach : match.start()]) and text[: match.start() - reach][-1:] not in tuple(_DOT):
            yield match.start() - reach, match.start()
        after = re.match(r"[一-鿿]*", text[match.end() :])
        reach = _reach(after[0][:_BESIDE]) if match.lastindex and after and after[0] else 0
        if _is_sure(text[match.end() : match.end() + reach]) and text[match.end() + reach :][:1] not in tuple(_DOT):
            yield match.end(), match.end() + reach


def _is_sure(name: str) -> bool:
    return len(name) > 1 and sum(_weights().get(c, _OTHER) for c in name) >= _EACH * len(name)


def _reach(part: str) -> int:
    """How many characters from the dot on are the name's: the least number of the greatest sum; 0 when none are."""
    sums = list(accumulate(_weights().get(c, _OTHER) for c in part[:_LONGEST]))
    best = max(sums)
    return sums.index(best) + 1 if best > 0 else 0
