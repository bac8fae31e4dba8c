"""Which English words are opposites: WordNet's antonyms and the axes of `data/cues_opposites.tsv`.

English is the interlingua of words, so two words of any languages are opposites when what they stand for is. WordNet holds few
opposites of verbs (none for support, oppose, ban or arrest); the axes hold those of the news: every word on one side of an axis is
the opposite of every word on the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from auditor.lang.en.lexicon import close_synonyms, derivations, entry

Place = tuple[int, int]
"""A side of an axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A row of the table: the lemmas of its two sides. `weak`: they mean much else besides."""

    name: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    weak: bool


@cache
def axes() -> tuple[Axis, ...]:
    """The axes of opposites, in the order of `data/cues_opposites.tsv`."""
    text = (resources.files("auditor.lang.en") / "data" / "cues_opposites.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(Axis(name, (_lemmas(one), _lemmas(other)), note == ["weak"]) for name, one, other, *note in rows)


def _lemmas(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(","))


@cache
def _table() -> tuple[dict[str, frozenset[Place]], frozenset[int]]:
    """Lemma -> the places it stands at, and the axes that are weak."""
    found: dict[str, set[Place]] = {}
    for number, axis in enumerate(axes()):
        for side, words in enumerate(axis.sides):
            for word in words:
                found.setdefault(word, set()).add((number, side))
    weak = {number for number, axis in enumerate(axes()) if axis.weak}
    return {word: frozenset(at) for word, at in found.items()}, frozenset(weak)


@lru_cache(maxsize=4096)
def places(lemma: str) -> frozenset[Place]:
    """The sides of axes a lemma, or else a word of its family, stands on."""
    at, _ = _table()
    if lemma in at:
        return at[lemma]
    family = (d for d in derivations(lemma) if d != f"{lemma}ly")  # what costs something need not be costly
    return frozenset(p for d in family for p in at.get(d, ()))


def weak(place: Place) -> bool:
    """Do the words of this axis mean much else besides?"""
    return place[0] in _table()[1]


def across(place: Place) -> Place:
    """The other side of the axis."""
    return place[0], 1 - place[1]


@lru_cache(maxsize=4096)
def antonymous(one: str, other: str) -> bool:
    """Does WordNet hold the two lemmas themselves as antonyms?"""
    return one != other and other not in close_synonyms(one) and (other in entry(one).antonyms or one in entry(other).antonyms)


def both_sides(senses: Sequence[str]) -> bool:
    """Does a word mean the one thing and its opposite, so that it stands for neither (存亡 "life", "death"; 胜负 "victory", "defeat")?"""
    one, other = (*senses, "", "")[:2]
    return antonymous(one, other) or any(across(p) in places(other) for p in places(one))


@lru_cache(maxsize=4096)
def opposites(lemma: str) -> tuple[str, ...]:
    """A few single words that are opposites of a lemma: WordNet's antonyms first, then the first words across each axis."""
    sides = _sides()
    found = list(entry(lemma).antonyms[:_FEW])
    for place in sorted(places(lemma)):
        found += sides.get(across(place), ())[:_FEW]
    return tuple(dict.fromkeys(found))


_FEW = 2


@cache
def _sides() -> dict[Place, tuple[str, ...]]:
    """The single words of each side of an axis, in the order of the table."""
    found: dict[Place, tuple[str, ...]] = {}
    for word, stands in _table()[0].items():
        for place in stands if " " not in word else ():
            found[place] = (*found.get(place, ()), word)
    return found


_SEXES = frozenset("man woman male female masculine feminine boy girl lady gentleman guy gal lad".split())  # noqa: SIM905


def names_sex(lemmas: Iterable[str]) -> bool:
    """Does one of the lemmas name the sex of somebody?"""
    return not _SEXES.isdisjoint(lemmas)


TWO_PARTS = frozenset({"sometime", "lie", "stand", "sit"})
"""Words of the dictionaries whose opposites are those of another sense: 日后 is "sometime" ("the sometime king"), 位于 "lie"."""
