"""How English words are related: WordNet 3.0 from packaged tables (`auditor.tables.wordnet` builds them).

English is the interlingua of words: senses of every language are English lemmas, so these relations serve all of them.
The tables are kept as lines and parsed word by word; the first use costs about 0.06 s.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from auditor.lang.rows import Rows, in_order, packaged

_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
DIMENSIONS = 64  # of `vector`
_NEGATIVE = ("un", "in", "im", "il", "ir", "dis", "non", "non-")
_LINKED = 2  # a synonym counts as close when the shared synset is among so many first senses of both words


@dataclass(frozen=True, slots=True)
class Entry:
    """A lemma of WordNet.

    counts       part of speech -> how often it was tagged in the concordance
    synsets      ids in the order of its senses, the most tagged first
    antonyms     of the lemma itself
    derivations  lemmas of another part of speech made of it or it is made of
    """

    counts: dict[str, int]
    synsets: tuple[str, ...]
    antonyms: tuple[str, ...]
    derivations: tuple[str, ...]


@cache
def _lemmas() -> Rows:
    return packaged("en", "words_lemmas.tsv.gz")


@cache
def _synsets() -> Rows:
    return in_order(packaged("en", "words_synsets.tsv.gz"))


_SPELLED = {"ceasefire": "cease-fire"}
"""Spellings of today that WordNet 3.0 lacks; it may hyphen what a dictionary writes as two words, too."""
_NONE = Entry({}, (), (), ())


@lru_cache(maxsize=4096)
def entry(lemma: str) -> Entry:
    """The entry of a lower-case lemma; an empty one when WordNet has none."""
    line = _lemmas().get(lemma) or _lemmas().get(_SPELLED.get(lemma, lemma.replace(" ", "-")))
    if line is None:
        return _NONE
    tagged, synsets, antonyms, derivations = line.split("\t")
    counts = {_PARTS[t[0]]: int(t[1:]) for t in tagged.split()}
    return Entry(counts, tuple(synsets.split()), _names(antonyms), _names(derivations))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(",")) if cell else ()


def all_lemmas() -> Iterator[str]:
    """Every lemma there is."""
    return _lemmas().keys()


def known(lemma: str) -> bool:
    """Whether WordNet has the lemma."""
    return lemma in _lemmas()


@lru_cache(maxsize=4096)
def _synset(id_: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Lemmas, hypernyms (or the head of a satellite), antonym synsets."""
    line = _synsets().get(id_)
    if line is None:
        return (), (), ()
    lemmas, above, opposite = line.split("\t")
    return _names(lemmas), tuple(above.split()), tuple(opposite.split())


@lru_cache(maxsize=4096)
def part(lemma: str) -> str:
    """The part of speech a lemma mostly is: noun, verb, adj, adv, or "" when WordNet does not know it."""
    counts = entry(lemma).counts
    return max(counts, key=lambda p: counts[p]) if counts else ""


@lru_cache(maxsize=4096)
def parts(lemma: str) -> frozenset[str]:
    """Every part of speech a lemma may be."""
    return frozenset(entry(lemma).counts)


@lru_cache(maxsize=4096)
def synonyms(lemma: str) -> frozenset[str]:
    """Lemmas that share any synset with it."""
    return frozenset(other for id_ in entry(lemma).synsets for other in _synset(id_)[0]) - {lemma}


@lru_cache(maxsize=4096)
def close_synonyms(lemma: str) -> frozenset[str]:
    """Lemmas that share one of the two first senses of both words."""
    first = entry(lemma).synsets[:_LINKED]
    return frozenset(other for id_ in first for other in _synset(id_)[0] if id_ in entry(other).synsets[:_LINKED]) - {lemma}


@lru_cache(maxsize=4096)
def first_synonyms(lemma: str) -> frozenset[str]:
    """Lemmas that mean first of all what it means first of all."""
    first = entry(lemma).synsets[:1]
    return frozenset(other for id_ in first for other in _synset(id_)[0] if id_ in entry(other).synsets[:1]) - {lemma}


@lru_cache(maxsize=4096)
def derivations(lemma: str) -> frozenset[str]:
    """Lemmas of other parts of speech of the same family: announce, announcement, announcer."""
    direct = entry(lemma).derivations
    return frozenset((*direct, *(d for one in direct for d in entry(one).derivations))) - {lemma}


@lru_cache(maxsize=4096)
def above(lemma: str) -> frozenset[str]:
    """Ids of the synsets right above its first senses: what its siblings have in common with it."""
    return frozenset(up for id_ in entry(lemma).synsets[:3] for up in _synset(id_)[1])


_DOMAINS = ("person", "organization", "building", "vehicle", "animal", "weapon", "disease", "food", "body part", "illness", "crop", "metal")
_GENERAL = frozenset("person people human man woman child one individual someone somebody group member body thing".split())  # noqa: SIM905


@cache
def _roots() -> dict[str, str]:
    return {entry(name).synsets[0]: name for name in _DOMAINS if entry(name).synsets}


def _under(first: tuple[str, ...]) -> Iterator[str]:
    """The synsets and all above them."""
    at, seen = list(first), set(first)
    while at:
        id_ = at.pop()
        yield id_
        higher = [up for up in _synset(id_)[1] if up not in seen]
        seen.update(higher)
        at += higher


@lru_cache(maxsize=4096)
def domain(lemma: str) -> str:
    """Of what a noun first of all is a kind: a person, an organization, a building ...; "" for none of them and for a general word."""
    first = entry(lemma).synsets[:1]
    if lemma in _GENERAL or not first or first[0][0] != "n":
        return ""
    return next((_roots()[id_] for id_ in _under(first) if id_ in _roots()), "")


@lru_cache(maxsize=4096)
def may_act(lemma: str) -> bool:
    """May a noun be somebody who acts: a person, an animal, a group of people, by one of its first senses?"""
    actors = {entry(name).synsets[0] for name in ("person", "animal", "organization", "social group")}
    first = tuple(id_ for id_ in entry(lemma).synsets if id_[0] == "n")[:3]
    return any(id_ in actors for id_ in _under(first))


def siblings(one: str, other: str) -> bool:
    """Whether two lemmas are two kinds of the same thing (Monday and Tuesday; to walk and to run), or one is a kind of the other."""
    a, b = above(one), above(other)
    return bool(a & b or a.intersection(entry(other).synsets[:3]) or b.intersection(entry(one).synsets[:3]))


@lru_cache(maxsize=4096)
def antonyms(lemma: str) -> frozenset[str]:
    """Opposites: WordNet's own, those of its close synonyms, of the head of a satellite adjective, and "un-" forms."""
    found = set(entry(lemma).antonyms)
    for id_ in entry(lemma).synsets[:3]:
        _, heads, opposite = _synset(id_)
        if id_[0] == "a":
            opposite += tuple(o for head in heads for o in _synset(head)[2])
        found.update(other for o in opposite for other in _synset(o)[0])
    found.update(p + lemma for p in _NEGATIVE if known(p + lemma) and "adj" in parts(p + lemma))
    found.update(lemma[len(p) :] for p in _NEGATIVE if lemma.startswith(p) and "adj" in parts(lemma) and "adj" in parts(lemma[len(p) :]))
    return frozenset(found) - {lemma}


@cache
def _vectors() -> tuple[dict[str, int], NDArray[np.int8]]:
    data = (resources.files("auditor.lang.en") / "data" / "words_vectors.npz").read_bytes()
    with np.load(io.BytesIO(data)) as arrays:
        words = arrays["words"].tobytes().decode().split("\n")
        return {word: row for row, word in enumerate(words)}, arrays["vectors"]


@lru_cache(maxsize=4096)
def vector(english: str) -> NDArray[np.float32] | None:
    """What a lemma or phrase is about: a unit vector, None when no word of it is known (`auditor.tables.vectors`)."""
    index, vectors = _vectors()
    rows = [index[word] for word in english.replace("-", " ").split() if word in index]
    if not rows:
        return None
    total = vectors[rows].astype(np.float32).sum(0)
    found: NDArray[np.float32] = total / max(float(np.linalg.norm(total)), 1e-6)
    return found
