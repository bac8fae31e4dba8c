"""Which characters a text must have for a pattern to match: most rules need not be tried on most sentences."""

from __future__ import annotations

import re
from functools import cache

_QUANTIFIER = re.compile(r"[?*+]\??|\{\d+(?:,\d*)?\}")
_OPENING = re.compile(r"\((?:\?(?P<look>[=!]|<[=!])|\?:|\?P<[a-z]+>|(?P<back>\?P=[a-z]+))?")


@cache
def needs(pattern: str) -> tuple[str, ...]:
    """Characters without which the pattern cannot match, the rarer first (a numeral's mark last).

    Knows what the rules use: groups, lookarounds, classes, alternatives, quantifiers. What it is unsure of it does not require.
    """
    found, _ = _branches(pattern, 0)
    return tuple(sorted((c for c in found if not c.isascii()), reverse=True, key=lambda c: c < "\ue000"))


def _branches(pattern: str, at: int) -> tuple[set[str], int]:
    """What all alternatives of a group need, and where the group ends."""
    common, at = _sequence(pattern, at)
    while at < len(pattern) and pattern[at] == "|":
        other, at = _sequence(pattern, at + 1)
        common &= other
    return common, at


def _sequence(pattern: str, at: int) -> tuple[set[str], int]:
    """What one alternative needs, and where it ends."""
    found: set[str] = set()
    while at < len(pattern) and pattern[at] not in "|)":
        needed, at = _atom(pattern, at)
        if quantifier := _QUANTIFIER.match(pattern, at):
            at = quantifier.end()
            if quantifier[0][0] in "?*" or quantifier[0].startswith("{0"):
                needed = set()
        found |= needed
    return found, at


def _atom(pattern: str, at: int) -> tuple[set[str], int]:
    """What one character, class or group needs, and where it ends."""
    char = pattern[at]
    if char == "\\":
        return set(), at + 2
    if char == "[":
        end = at + 2
        while pattern[end] != "]" or pattern[end - 1] == "\\":
            end += 1
        return set(), end + 1
    if char != "(":
        return ({char} if char not in ".^$" else set()), at + 1
    opening = _OPENING.match(pattern, at)
    assert opening is not None
    if opening["back"]:
        return set(), opening.end() + 1
    needed, end = _branches(pattern, opening.end())
    return (set() if opening["look"] else needed), end + 1
