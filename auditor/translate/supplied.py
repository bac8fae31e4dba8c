"""A back-translation that came with the texts: line k of it is the English of line k of the translation."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.errors import LineCountError
from auditor.lang.base import language
from auditor.model import Span


def line_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each line; a newline at the end of the text begins no line."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans[:-1] if len(spans) > 1 and text.endswith("\n") else spans


def lines_of(text: str, back: str) -> list[tuple[int, int, str]]:
    """Each line of the translation as start, end and its English. Raises LineCountError when the counts differ."""
    spans = line_spans(text)
    english = [back[start:end] for start, end in line_spans(back)]
    if len(spans) != len(english):
        raise LineCountError(
            f"the back-translation has {len(english)} lines and the translation has {len(spans)}; line k must be the translation of line k"
        )
    return [(start, end, line.strip()) for (start, end), line in zip(spans, english, strict=True)]


def segment_english(text: str, segments: Sequence[Span], back: str) -> list[str]:
    """The English of each segment of the translation, in order.

    A segment that is a line or several gets their English. Segments that share a line get a sentence of its English each when there are as
    many sentences as segments; otherwise nothing says which is whose, and each gets the whole line.
    """
    lines = lines_of(text, back)
    inside: dict[int, list[int]] = {}
    covers: list[list[int]] = []
    at = 0
    for number, segment in enumerate(segments):
        while at < len(lines) and lines[at][1] <= segment.start:
            at += 1
        covered = [i for i in range(at, len(lines)) if lines[i][0] < segment.end and lines[i][1] > segment.start]
        covers.append(covered)
        for line in covered:
            inside.setdefault(line, []).append(number)
    return [" ".join(filter(None, (_share(lines[i][2], inside[i], number) for i in covered))) for number, covered in enumerate(covers)]


def _share(english: str, sharing: list[int], segment: int) -> str:
    """What of a line's English belongs to one of the segments that share the line."""
    if len(sharing) == 1:
        return english
    sentences = language("en").split(english)
    if len(sentences) != len(sharing):
        return english
    return sentences[sharing.index(segment)].text


def english_of(text: str, start: int, end: int, back: str) -> str:
    """The English of one stretch of the translation: the lines it touches, joined."""
    return segment_english(text, [Span(start, end, text[start:end])], back)[0]
