"""The tone table of a language, and how it is looked up: what the tone readers of all languages share.

Packaged beside each language: `tone.tsv.gz` (built by auditor.tables.tone) and above it `tone_words.tsv` (corrections by hand:
word, kind, valence, intensity; a kind of "none" takes a word out). A word may have a reporting entry and another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from auditor.lang.rows import Rows, packaged
from auditor.model import ToneWord, Word

LONGEST = 5


@dataclass(frozen=True, slots=True)
class Tone:
    """An entry: share is how much of the word's use is in this kind, for reporting verbs."""

    kind: str
    valence: float
    intensity: float
    share: float = 1.0


MANNER = "intensifier"
Choose = Callable[[tuple[Tone, ...], tuple[Word, ...], int, int], Tone | None]


def manner(tone: Tone) -> Tone:
    """A word of judgement that colours how something was done: an intensifier."""
    return replace(tone, kind=MANNER) if tone.kind == "evaluative" else tone


class Table:
    """The entries of a language by word, dictionary form or phrase; what is put right by hand takes the place of what was built."""

    def __init__(self, built: Rows, put_right: str) -> None:
        self._built = built
        self._right: dict[str, list[str]] = defaultdict(list)
        for line in put_right.splitlines():
            if not line.startswith("#") and line.strip():
                word, _, cells = line.partition("\t")
                self._right[word].append(cells)
        self.get = lru_cache(maxsize=4096)(self._get)

    def _get(self, word: str) -> tuple[Tone, ...] | None:
        """The entries of a word, none for one taken out; None for a word that is not there."""
        rows = self._right.get(word) or self._built.all(word)
        return tuple(tone for row in rows if (tone := _tone(row)).kind != "none") if rows else None


def _tone(cells: str) -> Tone:
    kind, valence, intensity, *share = cells.split("\t")
    return Tone(kind, float(valence), float(intensity), float(share[0]) if share and share[0] else 1.0)


@cache
def table(lang: str) -> Table:
    """The tone table of a language."""
    right = resources.files(f"auditor.lang.{lang}") / "data" / "tone_words.tsv"
    return Table(packaged(lang, "tone.tsv.gz"), right.read_text(encoding="utf-8"))


def read(words: tuple[Word, ...], entries: Table, join: str, choose: Choose) -> tuple[ToneWord, ...]:
    """The longest entry at every word, as it stands or with its last word in dictionary form."""
    found: list[ToneWord] = []
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            tone, key = _entry(words, at, at + length, entries, join, choose)
            if tone is not None:
                start, end = words[at].start, words[at + length - 1].end
                between = join.join(w.text for w in words[at : at + length])
                found.append(ToneWord(start, end, between, tone.kind, tone.valence, tone.intensity, key))
                step = length
                break
        at += step
    return tuple(found)


def _entry(words: tuple[Word, ...], start: int, end: int, entries: Table, join: str, choose: Choose) -> tuple[Tone | None, str]:
    part = words[start:end]
    if any(w.pos in ("punct", "num") for w in part) or (end - start == 1 and part[0].pos == "name"):
        return None, ""
    last = part[-1]
    if end - start == 1 or join == " ":
        first = (part[0].lemma, *part[0].senses, part[0].text.lower()) if join else (part[0].lemma, part[0].text)
        keys = [join.join([f, *(w.text.lower() for w in part[1:])]) for f in dict.fromkeys(first)]
    else:
        before = "".join(w.text for w in part[:-1])
        keys = [before + last.text, before + last.lemma]
    for key in dict.fromkeys(keys):
        found = entries.get(key)
        tone = choose(found, words, start, end) if found is not None else None
        if tone is not None or (found is not None and not (join and key == last.lemma)):
            return tone, key  # "bullying" may stand for itself where "bully" is no verb of saying
    return None, ""
