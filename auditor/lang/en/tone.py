"""English words that carry tone: verbs of saying on their ladder, labels, words of judgement.

A word that is a verb of saying only now and then ("crow", "bark", "attack") counts as one where it reports: beside a quotation, before
"that", or set off by a comma. After an article or a possessive it is a noun.
An adverb of judgement ("brazenly") is an intensifier. Curses and obscene insults are marked as coarse.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

from auditor.lang.tonewords import Tone, manner, read, table
from auditor.model import ToneWord, Word

_NOUN_AFTER = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "no", "any", "some", "of", "'s"]
)
_OWNED = frozenset({"a", "an", "some", "of", "its"})
_BESIDE = frozenset("\"“”‘’',:")
_AFTER = frozenset({"that", "about", "at"})
NAMING = frozenset({"call", "brand", "label", "dub", "describe"})
"""Verbs that name somebody: what one is called may be an insult."""


def read_tone(text: str, words: tuple[Word, ...]) -> tuple[ToneWord, ...]:
    """Words and phrases of the tone table, in order."""
    coarse = _coarse()
    found = read(words, table("en"), " ", _choose)
    return tuple(replace(t, coarse=True) if t.valence < 0 and (t.text.lower() in coarse or t.lemma in coarse) else t for t in found)


@cache
def _coarse() -> frozenset[str]:
    """The words of `tone_coarse.tsv`."""
    text = (resources.files("auditor.lang.en") / "data" / "tone_coarse.tsv").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _choose(entries: tuple[Tone, ...], words: tuple[Word, ...], start: int, end: int) -> Tone | None:
    reporting = next((t for t in entries if t.kind == "reporting"), None)
    other = next((t for t in entries if t.kind != "reporting"), None)
    word = words[start]
    if other is not None and other.kind == "label" and word.pos == "verb":
        other = None  # "lies in", "schemes": the label is a noun
    if other is not None and word.text.lower().endswith("ly") and (word.pos == "adv" or "ly" in word.lemma[-2:]):
        return manner(other)
    if reporting is None or word.pos in ("noun", "adj", "adv", "function") or (start and words[start - 1].text.lower() in _NOUN_AFTER):
        return other
    if words[end : end + 1] and (words[end].pos == "num" or words[end].text.lower() in _OWNED):
        return other  # "boasts a pool"
    if reporting.share >= 0.6 or _reports(words, start, end):
        return reporting
    return other


def _reports(words: tuple[Word, ...], start: int, end: int) -> bool:
    before = words[start - 1].text if start else ""
    after = words[end].text if end < len(words) else ""
    return before in _BESIDE or after in _BESIDE or after.lower() in _AFTER
