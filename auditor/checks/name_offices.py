"""Offices and institutions told by what they do that became others: the finance ministry and エネルギー省, the Greens and 左翼党.

| English | fires beside | quiet beside |
|---|---|---|
| the finance minister | 外长, エネルギー相 | 财长, 財務大臣, 部长, 经济部长 |
| the American president | 国連事務総長 | 大統領, 总裁, a name |
| the ruling party | 在野党, 野党 | 执政党, 政府 |
| the constitutional court | 最高裁 | 宪法法院, 裁判所 |

Fires when of one kind (`lang/names_offices.py`) exactly one is named that nothing of the translation may speak of, and the translation
names exactly one that nothing of the English may speak of. A kind that is only left out, or said in a wider word, stays quiet; so does
a portfolio for another that the same word may mean (trade and industry).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.lang.figures_said import places
from auditor.lang.names_offices import KINDS, offices, speaks_of
from auditor.model import Facts, Pair, Span

Place = tuple[int, int]


def other_offices(pair: Pair) -> Iterator[tuple[Span, Span]]:
    """The spans of what became another, in the document's offsets."""
    for kind in KINDS:
        here, there = _named(pair.source, kind), _named(pair.target, kind)
        gone = [place for key, place in here.items() if not _may_be(pair.target, kind, key)]
        come = [place for key, place in there.items() if not _may_be(pair.source, kind, key)]
        if len(gone) == len(come) == 1:
            yield _span(pair, pair.source, gone[0]), _span(pair, pair.target, come[0])


def _named(facts: Facts, kind: str) -> dict[str, Place]:
    """Key to where it is first named; not what lies in a longer one (民主党 in 自由民主党)."""
    first = {key: next(places(facts, words), None) for key, words in offices(facts.lang, kind).items()}
    found = {key: place for key, place in first.items() if place is not None}
    return {
        key: (start, end)
        for key, (start, end) in found.items()
        if not any(a <= start and end <= b and b - a > end - start for a, b in found.values())
    }


def _may_be(facts: Facts, kind: str, key: str) -> bool:
    return any(places(facts, speaks_of(facts.lang, kind, key)))


def _span(pair: Pair, facts: Facts, place: Place) -> Span:
    offset = pair.offset(facts)
    return Span(place[0] + offset, place[1] + offset, facts.text[slice(*place)])
