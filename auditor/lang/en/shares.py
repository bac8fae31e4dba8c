"""Shares told by two numbers in English: one in five, 3 out of 10, one case in eight.

"Children under three in four countries" holds an age, and "two goals in five games" counts both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.lang.en.halves import BEHIND_SHARE
from auditor.lang.en.numeral_words import Numeral
from auditor.lang.en.quantities import is_age, quantity
from auditor.lang.figures_base import plain
from auditor.model import Figure

_OUT_OF = re.compile(r"(?:\s+(?:in|(?:[a-z-]+\s+){0,2}?(?:out of|in every|out of every|of every|of each|in each))\s+|-in-)", re.IGNORECASE)
_OF_EVERY = re.compile(r"\b(?:every|each)\s+$", re.IGNORECASE)


# One over 20: what it is said to be, to the end of the text.
_STATED = re.compile(r"(?:^|\b(?:is|equals|be|was|=))\s*$", re.IGNORECASE)
# One case in eight: what is counted stands between the two, and nothing that the second could count behind it.
_CASE_IN = re.compile(
    r"\s+(?!(?:who|that|which|and|or|more|less|up|down|back|on|out|each|years?|months?)\b)[a-z]+(?:[- ][a-z]+)?\s+in\s+", re.IGNORECASE
)
_CASES = 100
_SCORED = re.compile(r"\b(?:goals?|points?|wins?|win|defeats?|draws?|games?|tries|try|runs?|titles?|times?)\s", re.IGNORECASE)


def _case_in(text: str, part: Numeral, whole: Numeral) -> bool:
    """One case in eight, two women in five: a share with its noun between; not two goals in five, one man in eight cars."""
    if part.value is None or whole.value is None or not 0 < part.value < whole.value <= _CASES or part.value > _FEW:
        return False
    between = text[part.end : whole.start]
    return bool(_CASE_IN.fullmatch(between) and not _SCORED.search(between) and BEHIND_SHARE.match(text, whole.end))


_FEW = 9


def shares(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """One in five, 3 out of 10: a fraction."""
    for part, whole in pairwise(numerals):
        over = (
            text[part.end : whole.start].strip().lower() == "over"
            and _STATED.search(text[: part.start])
            and not text[whole.end :].strip(" .")
        )
        if over and part.value is not None and whole.value:
            yield Figure(part.start, whole.end, text[part.start : whole.end], kind="fraction", value=plain(part.value / whole.value))
        if part.value is None or whole.value is None or part.kind != "number" or whole.kind != "number" or is_age(text, part):
            continue
        between = _OUT_OF.fullmatch(text[part.end : whole.start])
        if _case_in(text, part, whole) and quantity(text, whole).kind == "number":
            yield Figure(part.start, whole.end, text[part.start : whole.end], kind="fraction", value=plain(part.value / whole.value))
        if between is None:
            continue
        small = " in " in between[0] and (part.value > 9 or whole.value > 1000)  # closed one in 1993
        if (
            0 < part.value < whole.value
            and not small
            and (quantity(text, whole).kind == "number" or _OF_EVERY.search(between[0]))
            and whole.value != 24
            and whole.value <= 10**6
        ):
            yield Figure(part.start, whole.end, text[part.start : whole.end], kind="fraction", value=plain(part.value / whole.value))
