"""Syllables of Chinese: one a character, toneless pinyin, by which foreign names are spelled."""

from __future__ import annotations

import re
from functools import cache

from auditor.lang.names_base import lines

_STRETCH = re.compile("[一-鿿·・•‧]+")


@cache
def _readings() -> dict[str, str]:
    rows = (line.split("\t") for line in lines("zh", "names_pinyin.tsv.gz"))
    return {char: syllable for syllable, chars in rows for char in chars}


def syllables(text: str) -> tuple[str, ...]:
    """One a character; "" for what is no character."""
    return tuple(_readings().get(char, "") for char in text)


def stretches(text: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of every stretch of the text that a name may stand in."""
    return tuple(tuple(filter(None, syllables(m[0]))) for m in _STRETCH.finditer(text))  # a dot spells nothing
