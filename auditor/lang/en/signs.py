"""Which way an English word points: up (rise, above, high, more, most, exceed) or down (fall, below, low, fewer, least, short of).

One dimension for what a quantity does, how it stands to another and how great it is, because a translation says one by the other ("fell" /
跌幅, "above" / 高于, "up 6 points" / 高出). The seeds are the axes of that kind (`data/poles.tsv`, `cues_opposites.tsv`); a word that is no
seed points where all of its close synonyms and derivations in WordNet that are seeds point.
"""

from __future__ import annotations

from functools import cache, lru_cache

from auditor.lang.en.lexicon import entry, first_synonyms
from auditor.lang.en.opposites import named
from auditor.lang.en.words import lemmas
from auditor.lang.pole_table import load

_AXES = {"change": ("up", "down"), "limit": ("max", "min"), "extreme": ("largest", "smallest"), "more": ("more", "less")}
_OPPOSITES = ("amount", "height", "level", "number", "size")
_BESIDES = {
    1: "above over up exceed surpass outstrip outpace upper high tall top most many much plenty numerous appreciate great largest biggest".split(),
    -1: "below under down beneath lower low least few little undershoot fewest depreciate smallest thin narrow slim short".split(),
}  # fmt: skip
_NEITHER = frozenset("advance major minor lift control back lead put".split())  # noqa: SIM905
"""Seeds of the axes that mostly mean something else."""
_DENIED = frozenset("no not non never without un".split())  # noqa: SIM905
_SILENT = frozenset("to of in than for by the a an as at on with up down over back out off sth sb be".split())  # noqa: SIM905


@cache
def _seeds() -> dict[str, int]:
    found: dict[str, int] = {}
    both: set[str] = set()
    for entry in load("auditor.lang.en"):
        if entry.axis in _AXES and entry.sure and len(entry.items) == 1:
            _put(found, both, entry.items[0].partition("/")[0], 1 if entry.pole == _AXES[entry.axis][0] else -1)
    for axis in _OPPOSITES:
        for sign, words in zip((1, -1), named(axis), strict=True):
            for word in words:
                _put(found, both, word, sign)
    for sign, words in _BESIDES.items():
        found |= dict.fromkeys(words, sign)
    sure = {*_BESIDES[1], *_BESIDES[-1]}
    return {word: sign for word, sign in found.items() if word in sure or (word not in both and word not in _NEITHER)}


def _put(found: dict[str, int], both: set[str], word: str, sign: int) -> None:
    if found.setdefault(word, sign) != sign:
        both.add(word)


@lru_cache(maxsize=65536)
def sign(word: str) -> int:
    """1 for up, -1 for down, 0 for neither, of a lemma or a form."""
    seeds = _seeds()
    if word in seeds:
        return seeds[word]
    for _, lemma in lemmas(word):
        if lemma.lower() in seeds:
            return seeds[lemma.lower()]
    near = {seeds[o] for o in (*first_synonyms(word), *entry(word).derivations) if o in seeds}
    return near.pop() if len(near) == 1 else 0


@lru_cache(maxsize=65536)
def sign_of_phrase(phrase: str) -> int:
    """Of a dictionary's sense: its words that point must agree; a denied one says nothing."""
    words = phrase.replace("-", " ").split()
    if not _DENIED.isdisjoint(words):
        return 0
    telling = [w for w in words if w not in _SILENT] or words
    found = {s for w in telling if (s := sign(w))} or {s for w in words if (s := sign(w))}
    return found.pop() if len(found) == 1 and len(telling) <= _LONG else 0


_LONG = 3


@lru_cache(maxsize=65536)
def sign_of(senses: tuple[str, ...]) -> int:
    """Of a word of any language, by its first senses: the first must point, and no other the other way."""
    found = [sign_of_phrase(s) for s in senses[:_FIRST]]
    total = {s for s in found if s}
    return total.pop() if len(total) == 1 and found[0] else 0


_FIRST = 3
