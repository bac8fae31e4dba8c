"""Cue tables and their matcher: longest entry first, no token read twice.

A table is a TSV of `surface, kind, value, note`; `#` starts a comment line. Words that are two cues at once have both kinds and both
values, joined by "+" (must not: obligation+negation, forbidden+not). The surface is a sequence of items separated by spaces; `*`
stands for up to six tokens in between (more where the reader says so). What an item is compared with is the language's business: it
hands over, for every token, the set of forms that token answers to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from auditor.lang.cue_kinds import KINDS
from auditor.model import Cue

GAP = 6
_NONE: frozenset[str] = frozenset()
STOPS = frozenset(".;?!。；？！")
"""What no gap of `answers` goes across."""
Forms = Sequence[frozenset[str]]
"""For every token, what it may be called in a table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: items ("*" is a gap) and what they say, as (kind, value) pairs; nothing for words that only look like a cue."""

    items: tuple[str, ...]
    says: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        return sum(1 for i in self.items if i != "*")


Index = dict[str, tuple[Entry, ...]]
Spans = Sequence[tuple[int, int]]


def parse(text: str, characters: bool = False) -> Index:
    """Rows by their first item, longest first. With `characters` a surface is a sequence of characters, spaces or not."""
    rows: dict[str, list[Entry]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        surface, kind, *rest = (part.strip() for part in line.split("\t")[:3])
        says = () if kind == "-" else tuple(zip(kind.split("+"), rest[0].split("+"), strict=True))
        if wrong := [s for s in says if s[1] not in KINDS.get(s[0], frozenset())]:
            raise ValueError(f"cue table line {number}: no such cue {wrong[0]}")
        items = tuple(c for c in surface if c != " ") if characters else tuple(surface.split())
        rows.setdefault(items[0], []).append(Entry(items, says))
    return {first: tuple(sorted(found, key=lambda e: -e.size)) for first, found in rows.items()}


@cache
def load(package: str, name: str, characters: bool = False) -> Index:
    """A packaged table, read once."""
    return parse((resources.files(package) / "data" / name).read_text(encoding="utf-8"), characters)


Match = tuple[Entry, tuple[int, ...]]


def find(
    index: Index,
    forms: Forms,
    stands: Callable[[Entry, tuple[int, ...]], bool] | None = None,
    gap: int = GAP,
    stop: frozenset[str] = _NONE,
    once: bool = True,
) -> list[Match]:
    """Every entry found with the tokens it took (gaps left out), in order of position; longer entries first, of equal ones
    those that say nothing, tokens taken once (unless not `once`).

    `stands` may refuse a match, such as a character that is no word of its own; a gap has at most `gap` tokens and none of `stop`.
    """
    candidates: list[tuple[int, int, Entry, tuple[int, ...]]] = []
    for at, names in enumerate(forms):
        for name in names:
            for entry in index.get(name, ()):
                taken = _match(entry.items, forms, at, gap, stop)
                if taken is not None and (stands is None or stands(entry, taken)):
                    candidates.append((-entry.size, at, entry, taken))
    # A total order: of rows of one length at one place the longer surface wins, or the hash seed would decide between two forms of a word.
    candidates.sort(key=lambda c: (c[0], bool(c[2].says), c[1], -sum(map(len, c[2].items)), c[2].items))
    used: set[int] = set()
    found: list[Match] = []
    for _, _, entry, taken in candidates:
        if not once or used.isdisjoint(taken):
            used.update(taken)
            found.append((entry, taken))
    return sorted(found, key=lambda f: f[1])


def _match(items: tuple[str, ...], forms: Forms, at: int, gap: int, stop: frozenset[str]) -> tuple[int, ...] | None:
    if not items:
        return ()
    if items[0] == "*":
        for step in range(gap + 1):
            if step and (at + step > len(forms) or not stop.isdisjoint(forms[at + step - 1])):
                return None
            rest = _match(items[1:], forms, at + step, gap, stop)
            if rest is not None:
                return rest
        return None
    if at >= len(forms) or items[0] not in forms[at]:
        return None
    rest = _match(items[1:], forms, at + 1, gap, stop)
    return None if rest is None else (at, *rest)


def cues(found: Sequence[Match], spans: Spans, text: str) -> Iterator[Cue]:
    """The cues of what was found. A cue with a gap spans its first unbroken run of tokens."""
    for entry, taken in found:
        if not entry.says:
            continue
        last = taken[0]
        for nxt in taken[1:]:
            if nxt != last + 1:
                break
            last = nxt
        start, end = spans[taken[0]][0], spans[last][1]
        for kind, value in entry.says:
            yield Cue(start, end, text[start:end], kind, value)


def answers(found: Sequence[Match], spans: Spans, text: str) -> Iterator[Cue]:
    """The cues of what was found, one for every unbroken run of tokens."""
    for entry, taken in found:
        runs = [[taken[0]]]
        for nxt in taken[1:]:
            if nxt == runs[-1][-1] + 1:
                runs[-1].append(nxt)
            else:
                runs.append([nxt])
        for run in runs:
            start, end = spans[run[0]][0], spans[run[-1]][1]
            for kind, value in entry.says:
                yield Cue(start, end, text[start:end], kind, value)
