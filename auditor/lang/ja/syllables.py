"""Sounds of katakana, by which foreign names are spelled: シャ, ティ and the long mark are one each."""

from __future__ import annotations

import re

_KANA = re.compile("[ァ-ヺ][ァィゥェォャュョヮ]?|ー")
_STRETCH = re.compile("[ァ-ヺー・＝=]+")


def syllables(text: str) -> tuple[str, ...]:
    """The sounds of the katakana in a text."""
    return tuple(_KANA.findall(text))


def stretches(text: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of every stretch of the text that a name may stand in."""
    return tuple(syllables(m[0]) for m in _STRETCH.finditer(text))
