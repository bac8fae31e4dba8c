"""What is set against what in a sentence: X rather than Y, X is dearer than Y, from Y to X, X in exchange for Y.

A language says how by patterns over its words, written one behind the other; here they are matched, and the words of the two places
found. The names of the kinds are the same in every language, so that a check compares those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

from auditor.model import Word

Kind = Literal["chosen", "compared", "path", "exchange"]
Pattern = tuple[Kind, str]
"""A kind, and how it is written, as a regular expression: the groups `first` and `second` are the two places."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two places of a sentence that cannot be exchanged, and the words in them.

    kind    chosen (first, and not second), compared (first against the measure of second), path (to first, from second),
            exchange (first is given, second received)
    """

    kind: Kind
    first: tuple[Word, ...]
    second: tuple[Word, ...]


def read(words: Sequence[Word], patterns: Sequence[Pattern], key: Callable[[Word], str], between: str) -> Iterator[Contrast]:
    """Every contrast of the patterns; `key` is how a word is written in them, `between` what stands between two."""
    written = [key(word) + between for word in words]
    starts, text = [0, *accumulate(map(len, written))], "".join(written)
    for kind, pattern in patterns:
        for found in _compiled(pattern).finditer(text):
            first, second = (tuple(words[slice(*(bisect_left(starts, at) for at in found.span(group)))]) for group in ("first", "second"))
            if first and second:
                yield Contrast(kind, first, second)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """At its first use: a language that is only loaded reads nothing yet."""
    return re.compile(pattern)
