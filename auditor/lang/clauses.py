"""The clauses of a sentence: pieces between punctuation and the words that open a clause.

Short on purpose of any grammar: what is compared clause by clause (`checks/claim_clauses.py`) looks for the nearest clause or two
neighbours of the other side, so that a cut too many does little harm.
"""

from __future__ import annotations

import re
from functools import cache

from auditor.lang.base import language
from auditor.model import Span

_POINTS = r"(?<!\d)[,.:](?=\s|$)|[，、。;；：:！!?？()（）「」『』“”\"—–]+"
_LEAST = {True: 18, False: 6}
"""A shorter piece joins the next one: characters, in a script with spaces and in one without."""
_LAST = {True: 12, False: 4}
"""A shorter piece at the end joins the one before it."""


def clauses(text: str, lang: str) -> tuple[Span, ...]:
    """Clauses in order, as spans of `text`; together they hold every word. None of an empty text.

    Others cut for their own ends: `checks/claim_sides.py` finds how far a denial reaches, `checks/figure_places.py` counts the breaks.
    """
    spaced = bool(language(lang).connectives)
    cuts, start = [], 0
    for found in _pattern(lang).finditer(text):
        if found.start() - start >= _LEAST[spaced]:
            cuts.append((start, found.start()))
            start = found.start() if found[0][0].isspace() else found.end()
    if cuts and len(text) - start < _LAST[spaced]:
        cuts[-1] = (cuts[-1][0], len(text))
    elif start < len(text):
        cuts.append((start, len(text)))
    return tuple(Span(a, b, text[a:b]) for a, b in cuts)


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    words = "|".join(sorted(language(lang).connectives))
    return re.compile(rf"{_POINTS}|\s(?:{words})\s" if words else _POINTS)
