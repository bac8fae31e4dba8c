"""Where Chinese words stand on the axes of `data/poles.tsv`.

A word of the table stands where a token begins or ends, one of a single character only where it is a token of its own; one that only
excuses stands anywhere."""

from __future__ import annotations

from auditor.lang.cjk_numerals import BIG, MAGNITUDES
from auditor.lang.pole_table import Entry, Found, index, poles
from auditor.model import Pole, Word


def read_poles(text: str, words: tuple[Word, ...]) -> tuple[Pole, ...]:
    """The poles that words of one sentence stand on, in order of position."""
    table = index("auditor.lang.zh", _first)
    starts, ends = {w.start for w in words}, {w.end for w in words}
    found: list[Found] = []
    for at, char in enumerate(text):
        for entry in table.get(char, ()):
            surface = entry.items[0]
            end = at + len(surface)
            other = surface[-1] in MAGNITUDES and text[end : end + 1] in BIG  # 上千 of 上千亿
            other = other or (surface in _THOUGH and text[at - 1 : at] in _HEADS) or (surface in _MEASURES and text[at - 1 : at] in _COUNTS)
            if text.startswith(surface, at) and not other and (not entry.sure or _stands(at in starts, end in ends, surface)):
                found.append((entry, at, end))
    return poles(found, text)


_THOUGH, _HEADS = ("只是",), ("", "，", ",", "；", ";", "。")
"""At the head of a clause it is no "only", but "though"."""


_MEASURES, _COUNTS = frozenset("只升"), frozenset("0123456789０１２３４５６７８９一二两三四五六七八九十百千万每这那几数半单各另首双整")
"""Behind a number they count gloves and litres: no "only", no rise."""


def _stands(opens: bool, closes: bool, surface: str) -> bool:
    return (opens and closes) if len(surface) == 1 else (opens or closes)


def _first(entry: Entry) -> str:
    return entry.items[0][0]
