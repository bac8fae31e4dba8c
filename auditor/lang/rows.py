"""Packaged tables of many rows, kept as lines and looked up by bisection: reading 100,000 rows into a dict costs ten times as much as
splitting them, and a process needs a thousand of them.

The lines are `key<TAB>cells`, in the order of their keys (code points); rows of one key stand in the order in which they are meant.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from importlib import resources


class Rows:
    """Lines of a table by key."""

    __slots__ = ("_lines",)

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def get(self, key: str) -> str | None:
        """The cells of the first row of a key; None when there is none."""
        wanted = key + "\t"
        at = bisect_left(self._lines, wanted)
        if at < len(self._lines) and self._lines[at].startswith(wanted):
            return self._lines[at][len(wanted) :]
        return None

    def all(self, key: str) -> list[str]:
        """The cells of every row of a key."""
        wanted, found = key + "\t", []
        at = bisect_left(self._lines, wanted)
        while at < len(self._lines) and self._lines[at].startswith(wanted):
            found.append(self._lines[at][len(wanted) :])
            at += 1
        return found

    def __contains__(self, key: str) -> bool:
        wanted = key + "\t"
        at = bisect_left(self._lines, wanted)
        return at < len(self._lines) and self._lines[at].startswith(wanted)

    def __len__(self) -> int:
        return len(self._lines)

    def keys(self) -> Iterator[str]:
        """Every key, once a row."""
        return (line.partition("\t")[0] for line in self._lines)


def packaged(lang: str, name: str) -> Rows:
    """The rows of `auditor/lang/<lang>/data/<name>` (gzip) without its head comment; a table that is not in order is put in order."""
    data = (resources.files("auditor.lang") / lang / "data" / name).read_bytes()
    return rows(gzip.decompress(data).decode())


def rows(text: str) -> Rows:
    """The rows of a table's text."""
    lines = text.split("\n")
    head = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    end = len(lines) - 1 if lines[-1] == "" else len(lines)
    del lines[end:], lines[:head]
    return Rows(lines)


def in_order(table: Rows) -> Rows:
    """The table sorted, for one that is packaged in another order; no key may have two rows."""
    return Rows(sorted(table._lines))
