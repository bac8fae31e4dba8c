"""Tables of opposites and sisters: on which pole of which axis a word of a language stands.

An axis is a set of things of which one cannot be said for another: support and oppose, north and south, killed and injured, brother and
sister, a few dozen and a few thousand. A language's table (`data/poles.tsv`) has a row for each pole: axis, pole, its words separated by
commas; so have `data/poles_sisters.tsv` (things of one kind) and `data/poles_contraries.tsv` (opposites), whose axes begin with their kind.
The names of axes and poles are the same in every language, so a check compares those. A word after `~` only excuses: it may stand for
the pole, or for other things besides (a faithful translation may use it; nobody is accused of it).

What a word in the table is compared with is the language's business: it hands over where each word of the table occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from auditor.model import Pole


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the table, in items (one in a language without spaces), the pole it stands on, and whether it may accuse."""

    items: tuple[str, ...]
    axis: str
    pole: str
    sure: bool


TABLES = ("poles.tsv", "poles_sisters.tsv", "poles_contraries.tsv")
Index = dict[str, tuple[Entry, ...]]
Found = tuple[Entry, int, int]
"""An entry and the offsets at which it stands."""


@cache
def load(package: str) -> tuple[Entry, ...]:
    """Every entry of a language's table, in its order."""
    texts = [(resources.files(package) / "data" / name).read_text(encoding="utf-8") for name in TABLES]
    rows = [line.split("\t") for text in texts for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Entry(tuple(word.removeprefix("~").split()), axis, pole, not word.startswith("~"))
        for axis, pole, words in rows
        for word in map(str.strip, words.split(","))
        if word.strip("~")
    )


@cache
def index(package: str, key: Callable[[Entry], str]) -> Index:
    """The entries by what they begin with."""
    found: dict[str, list[Entry]] = {}
    for entry in load(package):
        found.setdefault(key(entry), []).append(entry)
    return {first: tuple(entries) for first, entries in found.items()}


def poles(found: Sequence[Found], text: str) -> tuple[Pole, ...]:
    """The longest of what was found on each axis; a place is read once an axis, a word that accuses before one that excuses."""
    taken: dict[str, list[tuple[int, int]]] = {}
    read: list[Pole] = []
    for entry, start, end in sorted(found, key=lambda f: (f[1] - f[2], not f[0].sure, f[1], f[0].pole)):
        places = taken.setdefault(entry.axis, [])
        if all(end <= s or e <= start for s, e in places) or (start, end) in places:
            places.append((start, end))
            read.append(Pole(start, end, text[start:end], entry.axis, entry.pole, entry.sure))
    return tuple(sorted(set(read), key=lambda p: (p.start, p.end, p.axis, p.pole)))


def runs(entries: Sequence[Entry], forms: Sequence[frozenset[str]], at: int) -> Iterator[tuple[Entry, int]]:
    """The entries whose items are what the tokens from `at` on may be called, with the token after the last."""
    for entry in entries:
        end = at + len(entry.items)
        if end <= len(forms) and all(item in forms[k] for k, item in enumerate(entry.items, at)):
            yield entry, end


@cache
def standing(lang: str, axis: str, pole: str) -> tuple[str, ...]:
    """The words of a language that accuse on a pole, as they are written together."""
    return tuple("".join(e.items) for e in load(f"auditor.lang.{lang}") if (e.axis, e.pole, e.sure) == (axis, pole, True))
