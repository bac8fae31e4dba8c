"""Two versions of a text side by side: lines that changed, and in them the words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.formats.terminal import visible

_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,:][0-9]+)*|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r".+?(?:[.!?]['\"”’)]*\s+|[。！？][」』”’）]*|\n+|$)", re.DOTALL)
_CONTEXT = 1
_MOST_TOKENS = 4000
"""Of a line, beyond which its words are not compared: the time grows with their square."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text and whether it is only here."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of both versions, each with its number from 1; None where the other has none. `kind` "skip": unchanged ones left out."""

    kind: Literal["same", "changed", "skip"]
    before: int | None = None
    after: int | None = None
    old: tuple[Word, ...] = ()
    new: tuple[Word, ...] = ()
    skipped: int = 0


def differences(old: str, new: str) -> list[Line]:
    """The sentences that changed, each with its neighbours; empty when the texts are the same."""
    before, after = _sentences(old), _sentences(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    groups = list(matcher.get_grouped_opcodes(_CONTEXT))
    lines: list[Line] = []
    seen = 0
    for group in groups:
        if skipped := group[0][1] - seen:
            lines.append(Line("skip", skipped=skipped))
        for tag, a, b, c, d in group:
            lines += _same(before, a, b, c) if tag == "equal" else _changed(before[a:b], after[c:d], a, c)
        seen = group[-1][2]
    if groups and len(before) > seen:
        lines.append(Line("skip", skipped=len(before) - seen))
    return lines


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def _same(before: Sequence[str], start: int, end: int, other: int) -> Iterator[Line]:
    for number in range(start, end):
        words = (Word(visible(before[number]), False),)
        yield Line("same", number + 1, other + number - start + 1, words, words)


def _changed(old: Sequence[str], new: Sequence[str], a: int, c: int) -> Iterator[Line]:
    for number in range(max(len(old), len(new))):
        left = old[number] if number < len(old) else None
        right = new[number] if number < len(new) else None
        was, now = _words(left or "", right or "")
        yield Line("changed", a + number + 1 if left is not None else None, c + number + 1 if right is not None else None, was, now)


def _words(old: str, new: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    a, b = _WORD.findall(old), _WORD.findall(new)
    if not a or not b or len(a) + len(b) > _MOST_TOKENS:
        return _whole(old), _whole(new)
    was: list[Word] = []
    now: list[Word] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        changed = tag != "equal"
        was += [Word(visible("".join(a[i:j])), changed)] if j > i else []
        now += [Word(visible("".join(b[k:m])), changed)] if m > k else []
    return tuple(was), tuple(now)


def _whole(text: str) -> tuple[Word, ...]:
    return (Word(visible(text), True),) if text else ()
