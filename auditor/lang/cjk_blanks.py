"""Blanks inside a Chinese or Japanese numeral (三千 八百, 十 余 万, 五 分之 一) are left out for reading.

Typists and machines put them there. They go only when what is left reads as one numeral: 四万 五万 stay two, 三 四 五 three.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.lang.cjk_numerals import BIG, DIGITS, SMALL, NumeralRules, is_numeral
from auditor.model import Figure, Word

_SIGNS = "".join((*DIGITS, *SMALL, *BIG)) + "0-9."
_INSIDE = f"[{_SIGNS}点多余几又]|分 *之"
_RUN = re.compile(rf"[{_SIGNS}](?:{_INSIDE}| +(?!百 *分)(?={_INSIDE}))+")
_LIST = re.compile("[0-9.〇零一二三四五六七八九] +[0-9.〇零一二三四五六七八九]")
# 百分 点, パ ーセ ント behind a number; 7 2 折.
_WORDS = re.compile("(?<=[0-9kK一二三四五六七八九十百]) *(?:个 *百 *分 *点|パ *ー *セ *ン *ト)")
_TENTHS = re.compile("[0-9一二三四五六七八九] [0-9一二三四五六七八九] ?折")
_PARTS = re.compile("又|分之")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without the blanks inside its numerals. cuts: the offset of each blank less the blanks before it, in order."""

    original: str
    text: str
    cuts: tuple[int, ...]

    def words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words of the original at their places in the squeezed text."""
        gone = [cut + i for i, cut in enumerate(self.cuts)]

        def place(at: int) -> int:
            return at - bisect_right(gone, at - 1)

        return tuple(replace(w, start=place(w.start), end=place(w.end)) for w in words)

    def back(self, figure: Figure) -> Figure:
        """A figure of the squeezed text at its place in the original."""
        start = figure.start + bisect_right(self.cuts, figure.start)
        end = figure.end + bisect_right(self.cuts, figure.end - 1)
        return replace(figure, start=start, end=end, text=self.original[start:end])


def squeezed(text: str, rules: NumeralRules) -> Squeezed | None:
    """The text without the blanks inside its numerals; None when there are none."""
    if " " not in text:
        return None
    gone = [i for m in _WORDS.finditer(text) for i in range(m.start(), m.end()) if text[i] == " "]
    for m in _RUN.finditer(text):
        run = m[0].rstrip()
        if " " not in run or (_LIST.search(run) and not _TENTHS.match(text, m.start())):
            continue
        if all(is_numeral(part, rules) for part in _PARTS.split(run.replace(" ", ""))):
            gone += [m.start() + i for i, char in enumerate(run) if char == " "]
            gone += [m.start() + len(run)] if _TENTHS.match(text, m.start()) and text[m.start() + len(run)] == " " else []
    if not gone:
        return None
    gone = sorted(set(gone))
    kept = "".join(char for i, char in enumerate(text) if i not in set(gone))
    return Squeezed(text, kept, tuple(at - i for i, at in enumerate(gone)))
