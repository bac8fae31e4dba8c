"""Segments of a text: sentences, headlines, list items.

Nothing is lost: between two segments there is white space only, so segments joined with their gaps are the text.
A sentence beyond MAX_LENGTH is cut at the last clause mark that fits (or hard, if there is none), so that one pathological line
cannot stall what comes after.
"""

from __future__ import annotations

import re

from auditor.lang.base import language
from auditor.model import Segment, Span

MAX_LENGTH = 2000
_CLAUSE = "，,、；;：:。！？.!? \t"
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def segment(text: str, lang: str) -> tuple[Segment, ...]:
    """The segments of a text in its language, in order; `paragraph` counts non-empty lines."""
    segments: list[Segment] = []
    paragraph, last = -1, 0
    for whole in language(lang).split(text):
        for span in _pieces(whole):
            if paragraph < 0 or _BREAK.search(text, last, span.start):
                paragraph += 1
            segments.append(Segment(span.start, span.end, span.text, len(segments), paragraph))
            last = span.end
    return tuple(segments)


def _pieces(span: Span) -> list[Span]:
    """The span itself, or pieces of at most MAX_LENGTH characters."""
    pieces: list[Span] = []
    start = 0
    while start < len(span.text):
        end = len(span.text)
        if end - start > MAX_LENGTH:
            window = span.text[start : start + MAX_LENGTH]
            end = start + (max(window.rfind(c) for c in _CLAUSE) + 1 or MAX_LENGTH)
        piece = span.text[start:end]
        body = piece.strip()
        if body:
            at = span.start + start + len(piece) - len(piece.lstrip())
            pieces.append(Span(at, at + len(body), body))
        start = end
    return pieces
