"""Chinese words that carry tone, from the dictionary-built table: verbs of saying on their ladder, labels, words of judgement.

A word of judgement is an intensifier before 地, or an adverb by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.lang.tonewords import Tone, manner, read, table
from auditor.model import ToneWord, Word


def read_tone(text: str, words: tuple[Word, ...]) -> tuple[ToneWord, ...]:
    """The longest entries at word boundaries, in order."""
    return tuple(replace(t, speaks=_speaks(text, t)) for t in read(words, table("zh"), "", _choose))


_OPENS = re.compile(r"(?:道|说)?[：:，,]?[“「『]")
_CLOSED = re.compile(r"[”」』][^，。；！？]{0,12}$")


def _speaks(text: str, word: ToneWord) -> bool:
    """Does a quotation open right after the word, or end shortly before it, or does 道 or 说 follow, or a comma, as after 表示?"""
    after = text[word.end : word.end + 4]
    return after[:1] in ("道", "说", "称", "：", ":", "，", ",") or bool(_OPENS.match(after) or _CLOSED.search(text[: word.start]))


def _choose(entries: tuple[Tone, ...], words: tuple[Word, ...], start: int, end: int) -> Tone | None:
    if not entries:
        return None
    after = words[end].text if end < len(words) else ""
    return manner(entries[0]) if after == "地" or words[start].pos == "adv" else entries[0]
