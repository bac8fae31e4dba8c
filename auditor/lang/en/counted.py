"""A number with what it counts, and the words behind it in which that may stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import plain
from auditor.model import FigureKind


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: `start` to `end` covers both."""

    start: int
    end: int
    kind: FigureKind
    value: Fraction | None
    unit: str | None = None
    numeral: Numeral | None = None
    prefix: bool = False

    @property
    def plain(self) -> str | None:
        return None if self.value is None else plain(self.value)


_AFTER = re.compile(r"[\s\-‐‑]*")
_PHRASE = re.compile(r"[A-Za-z°′″'’²³/.]+(?:(?<=m)[23](?!\w))?|¢")


def phrases(text: str, at: int) -> list[tuple[str, int]]:
    """The one to four words behind a number, longest first, hyphens as blanks; with the offset where each ends."""
    if (gap := _AFTER.match(text, at)) is None or len(gap[0]) > 3:
        return []
    phrases: list[tuple[str, int]] = []
    phrase, start = "", gap.end()
    for _ in range(5):
        word = _PHRASE.match(text, start)
        if word is None:
            break
        bare = word[0].rstrip(".'’/")
        for piece in dict.fromkeys((bare, word[0])):
            phrases.append(((phrase + " " + piece).strip(), start + len(piece)))
        phrase = (phrase + " " + word[0]).strip()
        joint = _AFTER.match(text, word.end())
        if joint is None or not 0 < len(joint[0]) < 3:
            break
        start = joint.end()
    return phrases[::-1]
