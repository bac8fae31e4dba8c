"""Which of two camps an English word, or a word of any language by its senses, stands in: for or against, going on or stopped, well or ill.

The plain words are in `data/poles.tsv`. A word of another language that is in no table stands where its first senses stand; an English
word where all those stand that first of all mean the same or are made of it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from auditor.lang.en.lexicon import derivations, first_synonyms
from auditor.lang.pole_axes import CAMPS, Camp
from auditor.lang.pole_table import load

_SENSES = 2


@cache
def _lemmas() -> dict[str, frozenset[Camp]]:
    """The English lemmas and phrases of the tables, with those that only excuse, and their camps."""
    found: dict[str, set[Camp]] = {}
    for e in load("auditor.lang.en"):
        if e.axis in CAMPS:
            found.setdefault(" ".join(item.partition("/")[0] for item in e.items), set()).add((e.axis, e.pole))
    return {lemma: frozenset(camps) for lemma, camps in found.items()}


@cache
def _sure() -> dict[str, frozenset[Camp]]:
    """Those that accuse, and the camps in which they do."""
    found: dict[str, set[Camp]] = {}
    for e in (e for e in load("auditor.lang.en") if e.axis in CAMPS and e.sure):
        found.setdefault(" ".join(item.partition("/")[0] for item in e.items), set()).add((e.axis, e.pole))
    return {lemma: frozenset(camps) for lemma, camps in found.items()}


@lru_cache(maxsize=4096)
def meant(senses: tuple[str, ...]) -> tuple[Camp, ...]:
    """The camps of a word of any language by its first senses: the first must be a sure word, and no other speak for another camp."""
    sure = _sure().get(senses[0]) if senses else None
    if not sure:
        return ()
    return tuple(c for c in _agreed([_lemmas().get(s, frozenset()) for s in senses[:_SENSES]]) if c in sure)


@lru_cache(maxsize=4096)
def kin(lemma: str) -> tuple[Camp, ...]:
    """The camps of an English word that is in no table, by those that first of all mean the same or are made of it."""
    if lemma in _lemmas():
        return ()
    kin = [o for o in (*first_synonyms(lemma), *derivations(lemma)) if o in _lemmas()]
    sure = {c for o in kin for c in _sure().get(o, ())}
    return tuple(c for c in _agreed([_lemmas()[o] for o in kin]) if c in sure)


def _agreed(found: list[frozenset[Camp]]) -> tuple[Camp, ...]:
    """The camps, without axes on which both are named."""
    camps = {c for one in found for c in one}
    axes = Counter(axis for axis, _ in camps)
    return tuple(sorted(c for c in camps if axes[c[0]] == 1))
