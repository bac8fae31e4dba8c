"""Amounts without a number that are of other orders: a few million years and 几十亿年, dozens and 数千.

A vague figure has no value, but it has a reach, which its words give (`vague` rows of figures_said.tsv: from and to). Two that are
matched because nothing else fits are of other orders when their reaches do not meet, and neither meets that of another vague figure of
the other side. An exact figure in a vague one's place must lie in its reach, give or take a half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.figure_compare import number
from auditor.lang.figures_said import folded_text, said
from auditor.model import Facts, Figure, Pair

Reach = tuple[float, float]


def other_magnitude(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[tuple[Figure, Figure]]:
    """Matched figures, one of them vague at least, that cannot mean the same."""
    here = {f: r for f in pair.source.figures if (r := _reach(pair.source, f))}
    there = {f: r for f in pair.target.figures if (r := _reach(pair.target, f))}
    for a, b, _ in matched:
        one, two = here.get(a), there.get(b)
        if one is None or two is None or (a.value is not None and b.value is not None):
            continue
        if not any(_meet(one, r) for r in there.values()) and not any(_meet(r, two) for r in here.values()):
            yield a, b


def _reach(facts: Facts, figure: Figure) -> Reach | None:
    """How little and how much a figure may be; None where its words do not tell."""
    value = number(figure.value)
    if value is not None and figure.kind in ("number", "duration", "measure", "money", "range"):
        return value * 0.5, (number(figure.high) or value) * 1.5
    if figure.value is not None:
        return None
    for key, words in said(facts.lang, "vague").items():
        if words.search(folded_text(facts.lang, figure.text)):
            first, last = map(float, key.split("-"))
            return first, last
    return None


def _meet(one: Reach, other: Reach) -> bool:
    return one[0] < other[1] and other[0] < one[1]
