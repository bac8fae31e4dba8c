"""Japanese words that carry tone, from the dictionary-built table: verbs of saying on their ladder, labels, words of judgement."""

from __future__ import annotations

from auditor.lang.tonewords import Tone, read, table
from auditor.model import ToneWord, Word


def read_tone(text: str, words: tuple[Word, ...]) -> tuple[ToneWord, ...]:
    """The longest entries at word boundaries, in order."""
    return read(words, table("ja"), "", _first)


def _first(entries: tuple[Tone, ...], words: tuple[Word, ...], start: int, end: int) -> Tone | None:
    return entries[0] if entries else None
