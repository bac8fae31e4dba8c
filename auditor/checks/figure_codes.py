"""Designations of letters and digits (F-16, Boeing 747): no figures, but with other digits they are another thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Figure, Pair, Span
from auditor.text import fold_width

_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,8})[-‐ ]?(\d{1,6})(?![\d.,]*\d)")


def codes(pair: Pair) -> Iterator[tuple[Figure, Figure]]:
    """Designations such as F-16: the same letters with other digits, when each side has exactly one of them."""
    source, target = _coded(pair.source.text), _coded(pair.target.text)
    for letters in source.keys() & target.keys():
        lost = [m for m in source[letters] if m[2] not in {x[2] for x in target[letters]}]
        new = [m for m in target[letters] if m[2] not in {x[2] for x in source[letters]}]
        if len(lost) == len(new) == 1:
            yield _code_figure(pair.passage.source, lost[0]), _code_figure(pair.passage.target, new[0])


def _coded(text: str) -> dict[str, list[re.Match[str]]]:
    found: dict[str, list[re.Match[str]]] = {}
    for match in _CODE.finditer(fold_width(text)):
        if match[1].isupper() or (match[1][0].isupper() and match[0][len(match[1])] != " "):
            found.setdefault(match[1].lower(), []).append(match)
    return found


def _code_figure(passage: Span | None, found: re.Match[str]) -> Figure:
    offset = passage.start if passage is not None else 0
    return Figure(offset + found.start(), offset + found.end(), found[0], kind="number", value=str(int(found[2])))
