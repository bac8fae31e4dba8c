"""Cutting a text into sentences: what the languages share. Nothing here knows a language's words.

A language's `split` cuts the text into lines (a line break always ends a sentence: headlines carry no full stop), finds the sentence ends
of each line by its own rules, and gets spans back. Between spans there is white space only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from auditor.model import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

Ends = Callable[[str], Iterable[int]]


def split_lines(text: str, ends: Ends) -> list[Span]:
    """Sentences of a text; `ends` gives the offsets in one line (without surrounding white space) at which a sentence ends."""
    spans: list[Span] = []
    for match in _LINE.finditer(text):
        line = match[0]
        body = line.strip()
        if body:
            offset = match.start() + len(line) - len(line.lstrip())
            spans += _cut(body, ends(body), offset)
    return spans


def _cut(line: str, ends: Iterable[int], offset: int) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for end in [*ends, len(line)]:
        piece = line[start:end]
        body = piece.strip()
        at = offset + start + len(piece) - len(piece.lstrip())
        if spans and body and not any(map(str.isalnum, body)):
            # a closing quote or mark that stands apart belongs to the sentence before it
            first = spans.pop().start
            spans.append(Span(first, at + len(body), line[first - offset : at + len(body) - offset]))
        elif body:
            spans.append(Span(at, at + len(body), body))
        start = max(start, end)
    return spans


def bracket_pairs(line: str, pairs: dict[str, str], straight: str = "") -> dict[int, int]:
    """Offset of each opening sign -> offset of its closing sign; signs without a counterpart in the line are left out.

    pairs     opening -> closing sign
    straight  signs that open and close alike ("); taken only when the line has an even number of them
    """
    closing = {c: o for o, c in pairs.items()}
    toggles = {c for c in straight if line.count(c) % 2 == 0}
    stack: list[tuple[str, int]] = []
    found: dict[int, int] = {}
    for at, char in enumerate(line):
        if char in pairs:
            stack.append((char, at))
        elif char in closing or char in toggles:
            opener = closing.get(char, char)
            depth = next((d for d in range(len(stack) - 1, max(-1, len(stack) - 9), -1) if stack[d][0] == opener), None)
            if depth is not None:
                found[stack[depth][1]] = at
                del stack[depth:]
            elif char in toggles:
                stack.append((char, at))
    return found
