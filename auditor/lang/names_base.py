"""Tables of names: surfaces to kinds and language-neutral keys, read once and searched by the longest match.

A key says what it is: `place:JP` a country or world region, `geo:JP.1850147` a city, `geo:US.r-ohio` a first-level region,
`entity:nato` an organisation, person or other well-known thing. Names that share a key are the same. A name of kind "other"
with a key may be something else as well (a surname that is a town, a country's initial without clear context): it explains a
name of the other side and never accuses.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from auditor.lang.translit import is_japanese, romaji
from auditor.model import Name, NameKind, Span

Entry = tuple[NameKind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NameTable:
    """Surfaces of one language; `heads` are the lengths to try after the first two characters, longest first."""

    entries: dict[str, str]
    heads: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def get(self, surface: str) -> Entry | None:
        """Kind and keys of a surface."""
        row = self.entries.get(surface)
        if row is None:
            return None
        kind, keys = row.split("\t")
        return kind, tuple(keys.split())  # type: ignore[return-value]

    def scan(self, text: str, bounded: Bounds) -> Iterator[Name]:
        """The longest matches from left to right whose ends `bounded` allows; for text without spaces."""
        at, end = 0, len(text)
        while at < end - 1:
            for length in self.heads.get(text[at : at + 2], ()):
                surface = text[at : at + length]
                if surface in self.entries and bounded.allows(at, at + length):
                    entry = self.get(surface)
                    if entry is not None:
                        yield Name(at, at + length, surface, entry[0], entry[1])
                        at += length - 1
                        break
            at += 1


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the tokenizer ends words: a match may begin or end inside a word, not both in two different words."""

    starts: frozenset[int]
    ends: frozenset[int]

    def allows(self, start: int, end: int) -> bool:
        return start in self.starts or end in self.ends


def lines(code: str, name: str) -> list[str]:
    """The lines of a packaged table (plain or .gz) without its head comments."""
    raw = (resources.files("auditor.lang") / code / "data" / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@cache
def load(code: str, heads: bool = False) -> NameTable:
    """The table of a language; with `heads` it can be scanned."""
    entries = dict(line.split("\t", 1) for line in lines(code, "names_table.tsv.gz"))
    return NameTable(entries, _heads(entries) if heads else {})


def _heads(entries: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for surface in entries:
        found.setdefault(surface[:2], set()).add(len(surface))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


def country_of(key: str) -> str | None:
    """The country a city or region lies in, as a key (`geo:JP.1850147` -> `place:JP`)."""
    return f"place:{key[4:6]}" if key.startswith("geo:") else None


def free(name_start: int, name_end: int, taken: Iterable[Name]) -> bool:
    """Nothing of `taken` overlaps the stretch."""
    return all(name_end <= t.start or name_start >= t.end for t in taken)


@cache
def _wholes() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Rows of `data/names_wholes.tsv`: wholes that stand for one another, and their parts."""
    text = (resources.files("auditor.lang") / "data" / "names_wholes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((frozenset(wholes.split()), frozenset(parts.split())) for wholes, parts in rows)


def related(one: str, other: str) -> bool:
    """One lies in the other or stands for it: a city for its country, a government for its seat, Scotland for Britain, not for Wales."""
    if one == other or country_of(one) == other or country_of(other) == one:
        return True
    return any({one, other} <= wholes | parts and (one in wholes or other in wholes) for wholes, parts in _wholes())


def is_characters(name: Span) -> bool:
    """Written in Chinese characters only."""
    return all("一" <= c <= "鿿" or c == "々" for c in name.text)


def _is_by_rule(latin: Name, characters: Name) -> bool:
    """A Japanese name and characters with Japanese readings: these are spelled by rule, Saito is not 佐藤."""
    if not latin.text.isascii() or "-" in latin.text or not is_characters(characters) or not is_japanese(latin.text):
        return False
    words = {len(form.split()) for form in characters.forms if is_japanese(form)}
    return 2 in words if " " in latin.text else len(characters.text) > 1 and words == {1} and all(map(is_japanese, characters.forms))


def _romaji(name: Name) -> set[str]:
    return {romaji(word) for form in name.forms for word in (form, *form.split())}


def japanese_alike(one: Name, other: Name) -> bool | None:
    """Whether a Latin name is a reading of a Japanese one; None when they are no such pair."""
    for latin, characters in ((one, other), (other, one)):
        if _is_by_rule(latin, characters):
            return bool(_romaji(latin) & _romaji(characters))
    return None
