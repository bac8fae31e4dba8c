"""Placeholder until its author lands it."""

from __future__ import annotations

import re

from auditor.model import Span


def split(text: str) -> list[Span]:
    return [Span(m.start(), m.end(), m[0]) for m in re.finditer(r"\S[^\n。！？]*[。！？」』”]*", text)]


def likeness(text: str) -> float:
    return 1.0
