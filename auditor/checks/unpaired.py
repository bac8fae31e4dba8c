"""What omission and addition share: is an unpaired passage worth an editor's look, and do its neighbours hold it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from auditor.model import Facts, Pair

FEW_WORDS = 3
_STOPS = tuple(".!?。！？．｡…")
_CLOSERS = "\"'”’」』）)》】 "
_CONTENT = frozenset({"noun", "verb", "adj", "adv", "name", "num"})


def is_fragment(facts: Facts) -> bool:
    """A caption, a dateline, a bare "Yes.": fewer than three content words and no sentence, or fewer than two."""
    words = sum(w.pos in _CONTENT for w in facts.words)
    is_sentence = facts.text.rstrip(_CLOSERS).endswith(_STOPS)
    return words < (FEW_WORDS - 1 if is_sentence else FEW_WORDS)


def covered_by_neighbours(pairs: Sequence[Pair], index: int, side: Literal["source", "target"]) -> bool:
    """Every figure and named entity of the unpaired passage stands on the other side of the passage before or after, and not on
    the same side of it: the neighbour renders something its own counterpart does not say, and that something is here.
    """
    other: Literal["source", "target"] = "target" if side == "source" else "source"
    own = _values(getattr(pairs[index], side))
    if len(own) < 2:
        return False
    spare: set[str] = set()
    for near in (index - 1, index + 1):
        if 0 <= near < len(pairs):
            spare |= _values(getattr(pairs[near], other)) - _values(getattr(pairs[near], side))
    return own <= spare


def _values(facts: Facts) -> set[str]:
    return {f"{f.kind}:{f.value}:{f.unit}" for f in facts.figures if f.value} | {key for n in facts.names for key in n.keys}
