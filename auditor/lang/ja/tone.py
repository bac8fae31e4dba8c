"""Japanese words that carry tone, from the dictionary-built table: verbs of saying on their ladder, labels, words of judgement.

A word of judgement is an intensifier in its adverbial form (に, にも, く), or an adverb by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.lang.tonewords import Tone, manner, read, table
from auditor.model import ToneWord, Word


def read_tone(text: str, words: tuple[Word, ...]) -> tuple[ToneWord, ...]:
    """The longest entries at word boundaries, in order."""
    found = (t for t in read(words, table("ja"), "", _choose) if not _named(text, t))
    return tuple(replace(t, speaks=_speaks(text, t)) for t in found)


def _named(text: str, word: ToneWord) -> bool:
    """Is it part of a foreign name (スベタ・アナ)?"""
    return "・" in (text[word.start - 1 : word.start], text[word.end : word.end + 1]) and all("ァ" <= c <= "ー" for c in word.text)


_QUOTES = re.compile(r"(?:」|』|と|って)[^。、「『]{0,8}$")


def _speaks(text: str, word: ToneWord) -> bool:
    """Does what is said end shortly before the word, with と or a closing quote?"""
    return bool(_QUOTES.search(text[: word.start]))


def _choose(entries: tuple[Tone, ...], words: tuple[Word, ...], start: int, end: int) -> Tone | None:
    if not entries or (entries[0].kind == "evaluative" and _any_word("".join(w.text for w in words[start:end]))):
        return None
    after = words[end].text if end < len(words) else ""
    return (
        manner(entries[0])
        if after in ("に", "にも", "くも", "も") or words[end - 1].text.endswith("く") or words[start].pos == "adv"
        else entries[0]
    )


def _any_word(text: str) -> bool:
    """Short words in kana are many words at once."""
    return len(text) <= 3 and all("ぁ" <= c <= "ん" for c in text)
