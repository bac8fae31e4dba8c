"""Cursors of lists: opaque to clients, a place to go on from to us."""

from __future__ import annotations

import base64
import binascii
import json

from auditor.web.problems import ProblemError


def to_cursor(*place: str | int) -> str:
    """A place as one word."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def from_cursor(cursor: str | None, *kinds: type) -> list[str | int] | None:
    """The place of a cursor that `to_cursor` made of values of these kinds. Raises ProblemError for another."""
    if cursor is None:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        place = None
    good = isinstance(place, list) and [type(p) for p in place] == list(kinds)
    if not good or any((isinstance(p, int) and abs(p) >= 2**62) or (isinstance(p, str) and not p.isprintable()) for p in place):
        raise ProblemError(422, "bad_cursor", "this cursor is none that a list gave; begin without one", "cursor")
    return list(place)
