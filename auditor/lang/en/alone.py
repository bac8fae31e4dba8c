"""What is read only as the whole text, or with words that bound it and other measures: "5 in", "at least 5''", "2 yards, 7'", "a lb".

In a sentence "5 in" counts what happened in a place, and a mark behind a number closes a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.lang.en.bounds import bounding
from auditor.model import Figure

_MEASURES = re.compile(r"(?:\s*\d+(?:\.\d+)?\s?(?:yards?|yds?|feet|foot|ft|miles?|mi|['’′])[\s,]*(?:and\s+)?)*", re.IGNORECASE)
_MARKS = {"'": "foot", "’": "foot", "′": "foot"}
_MARKED = re.compile(r"(?<![\w.,'’′])(?P<n>\d+(?:\.\d+)?)\s?(?P<mark>\"|''|’’|”|″|['’′])(?=\s*$)")
_INCHES = re.compile(r"(?<![\w.,])(?P<n>\d+(?:\.\d+)?)\s?(?:in|ins)\.?(?=\s*$)")


def alone(text: str, start: int, end: int) -> bool:
    """Is the span the whole text, but for what bounds it and for other measures before it?"""
    before = text[:start]
    while (found := bounding(before)) is not None:
        before = before[: found.start()]
    return not text[end:].strip(" .!") and _MEASURES.fullmatch(before.rstrip()) is not None


def marks_alone(text: str) -> Iterator[Figure]:
    """5", at least 5'', 2 yd 7', above 5 in: feet and inches."""
    for pattern in (_MARKED, _INCHES):
        found = pattern.search(text)
        if found is None or not alone(text, found.start(), found.end()):
            continue
        unit = _MARKS.get(found.groupdict().get("mark") or "", "inch")
        yield Figure(found.start(), found.end(), found[0], "measure", found["n"], unit=unit)
