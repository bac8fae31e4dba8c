"""Two figures that changed places: 3.9 % in May and 4.2 % in April, said the other way round.

Both values stand on both sides, so comparing values finds nothing; what each of them belongs to does. Anchors are other figures
(months, years), names, words, and poles of one axis (in favour, against), each found exactly once on both sides, by value, key, spelling,
dictionary or table. Of two anchors of one sort, one stands beside each figure where the order of the text and its clauses leave no doubt.
Where such anchors put the figures the other way round, and none puts them straight, they were swapped. Two figures that only an "and"
joins belong to either anchor ("98% and 60% respectively").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeVar

from auditor.checks.claim_sides import content, explains
from auditor.checks.figure_compare import agreement
from auditor.lang.figures_said import folded_text, idiom
from auditor.ledger import Ledger
from auditor.model import Facts, Figure, Name, Pair, Span, Word

_BREAK = re.compile(r"(?<!\d)[,.:]|[,.:](?!\d)|[，、。;；：!！?？()（）—–]+")
# Figures (F) and anchors (A) in the order of the text where the first two and the last two belong together; A A F F says nothing.
# Of more than two figures only two in a row, each with its anchor on the same side, can be told.
_ORDERS = frozenset(("AFAF", "FAFA", "AFFA", "FAAF"))
_BELONGING = re.compile("つ?の|[个個座名位家间間条條]")
_PLAIN = 0.3  # what an agreement may cost
_NEAR = {True: 45, False: 16}  # characters between a word and its figure, in the source and in the translation
_JOINED = 3  # characters between two figures that nothing but an "and" joins
_FEW = 6  # figures of one kind beyond which a sentence is a table
_MOST = 40  # words of a side beyond which dictionaries find too much
Couple = tuple[Figure, Figure]
Match = tuple[Figure, Figure, float]
S = TypeVar("S", bound=Span)
T = TypeVar("T", bound=Span)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The same thing on both sides; `sort` is a kind of figure, "name" or "word"."""

    sort: str
    source: Span
    target: Span


def swapped(pair: Pair, matched: Sequence[Match], ledger: Ledger) -> Iterator[tuple[Couple, Couple]]:
    """Couples of figures that agree by value and changed places."""
    for one, two in combinations([m for m in matched if m[2] <= _PLAIN], 2):
        if not _twins(pair, one, two):
            continue
        if (part := _of_whole(pair, one[:2], two[:2])) is not None:
            if not part:
                yield one[:2], two[:2]
            continue
        votes = [vote for vote in _votes(pair, one[:2], two[:2], _anchors(pair, matched, (one, two), ledger)) if vote is not None]
        if votes and not any(votes):
            yield one[:2], two[:2]


def _twins(pair: Pair, one: Match, two: Match) -> bool:
    """Two figures of one kind and unit on each side, of different values, among a few, with words between them (no 3-1)."""
    for facts, a, b in ((pair.source, one[0], two[0]), (pair.target, one[1], two[1])):
        first, last = sorted((a, b), key=lambda f: f.start)
        offset = pair.offset(facts)
        between = facts.text[first.end - offset : last.start - offset]
        spans = a.kind == "date" and (a.high is None) != (b.high is None)  # a century and a year
        if (a.kind, a.unit) != (b.kind, b.unit) or spans or agreement(a, b) is not None or not any(c.isalpha() for c in between):
            return False
        if a.value is None or b.value is None or len(_akin(facts, a)) > _FEW:
            return False
    return True


def _of_whole(pair: Pair, one: Couple, two: Couple) -> bool | None:
    """Three of the seven clinics: is the three a part of the seven in the translation, too (7カ所のうち3カ所)? None where none is said."""
    part, whole = sorted((one, two), key=lambda c: c[0].start)
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    if not idiom(pair.source.lang, "part-of").fullmatch(pair.source.text[part[0].end - at : whole[0].start - at]):
        return None
    first, last = sorted((part[1], whole[1]), key=lambda f: f.start)
    between = folded_text(pair.target.lang, pair.target.text[first.end - to : last.start - to])
    said = idiom(pair.target.lang, "part-of").search(between)
    return first is whole[1] if said else True


def _votes(pair: Pair, one: Couple, two: Couple, anchors: Sequence[_Anchor]) -> Iterator[bool | None]:
    """True for anchors that say the figures are where they belong, False for those that say they are not, None for the rest."""
    for a, b in combinations(anchors, 2):
        if a.sort == b.sort:
            near = a.sort == "word" or a.sort.startswith("pole ")
            here = _straight(pair.source, pair, (one[0], two[0]), (a.source, b.source), near)
            there = _straight(pair.target, pair, (one[1], two[1]), (a.target, b.target), near)
            yield None if here is None or there is None else here == there


def _straight(facts: Facts, pair: Pair, figures: Couple, anchors: tuple[Span, Span], near: bool) -> bool | None:
    """Does the first anchor belong to the first figure, and the second to the second? None where that cannot be read."""
    offset = pair.offset(facts)
    spots = sorted([(f.start, "F", f) for f in figures] + [(a.start, "A", a) for a in anchors], key=lambda s: s[0])
    order = "".join(letter for _, letter, _ in spots)
    if order not in _ORDERS:
        return None
    gaps = [facts.text[x.end - offset : y.start - offset] for (_, _, x), (_, _, y) in pairwise(spots)]
    breaks = [len(_BREAK.findall(gap)) for gap in gaps]
    if breaks[1] < max(breaks[0], breaks[2]):
        return None  # a clause ends between an anchor and its figure, but not between the two couples
    if order[0] == order[2] and not breaks[1] and len(gaps[1]) <= min(1, max(len(gaps[0]), len(gaps[2]))):
        return None  # "employs 340 men and 120 women": 340 touches "men", 住民11世帯30人: 11 touches 世帯
    if order[0] == order[2] and _BELONGING.fullmatch(gaps[1]):
        return None  # 軍は四つの町に1900人分: four are the towns, not the army
    if order == "AFFA" and len(gaps[1].strip()) <= _JOINED:
        return None  # 98% and 60% of supply respectively: both belong to either
    if near and max(len(gaps[0]), len(gaps[2])) > _NEAR[facts is pair.source]:
        return None
    others = [f for f in _akin(facts, figures[0]) if f not in figures]
    if others and (order[0] != order[2] or any(x.end <= f.start < y.start for (_, _, x), (_, _, y) in pairwise(spots) for f in others)):
        return None
    first = [item for _, _, item in spots[:2]]
    return (figures[0] in first) == (anchors[0] in first)


def _akin(facts: Facts, figure: Figure) -> list[Figure]:
    return [f for f in facts.figures if (f.kind, f.unit) == (figure.kind, figure.unit)]


# --- anchors ----------------------------------------------------------------------------------------------------------------
def _anchors(pair: Pair, matched: Sequence[Match], twins: tuple[Match, Match], ledger: Ledger) -> list[_Anchor]:
    rest = [m for m in matched if m not in twins and m[2] <= _PLAIN]
    source, target = [m[0] for m in rest], [m[1] for m in rest]
    found = [_Anchor(a.kind, a, b) for a, b in _unique(source, target, lambda a, b: agreement(a, b) is not None)]
    names = _unique(pair.source.names, pair.target.names, lambda a, b: _one_name(a, b, ledger))
    found += [_Anchor("name", a, b) for a, b in names]
    mine, theirs = _words(pair.source), _words(pair.target)
    found += [_Anchor("name", a, b) for a, b in _unique(mine, theirs, lambda a, b: a.text == b.text and a.text[0].isupper())]
    if len(mine) <= _MOST:
        found += [_Anchor("word", a, b) for a, b in _unique(mine, theirs, explains)]
    return [*found, *_opposed(pair)]


def _opposed(pair: Pair) -> Iterator[_Anchor]:
    """Words of two poles of one axis, each said once on both sides: 61 % in favour and 22 % against."""
    mine, theirs = _poles(pair.source), _poles(pair.target)
    for (axis, pole), here in mine.items():
        there = theirs.get((axis, pole), [])
        if len(here) == len(there) == 1:
            yield _Anchor(f"pole {axis}", here[0], there[0])


def _poles(facts: Facts) -> dict[tuple[str, str], list[Span]]:
    found: dict[tuple[str, str], list[Span]] = {}
    for pole in facts.poles:
        if pole.sure:
            found.setdefault((pole.axis, pole.pole), []).append(pole)
    return found


def _unique(source: Sequence[S], target: Sequence[T], same: Callable[[S, T], bool]) -> list[tuple[S, T]]:
    """Those that are the same as exactly one of the other side, both ways."""
    links = [(a, b) for a in source for b in target if same(a, b)]
    return [(a, b) for a, b in links if sum(x is a for x, _ in links) == sum(y is b for _, y in links) == 1]


def _one_name(a: Name, b: Name, ledger: Ledger) -> bool:
    return a.text == b.text or bool(set(a.keys) & set(b.keys)) or b.text in ledger.known(a)


def _words(facts: Facts) -> list[Word]:
    """Words of content that are not part of a figure or a name, nor the counter after a numeral (人)."""
    taken = (*facts.figures, *facts.names)
    words = [w for w in facts.words if content(w) and w.pos != "num" and not any(t.start <= w.start < t.end for t in taken)]
    ends = {f.end for f in facts.figures}
    return [w for w in words if len(w.text) > 1 or w.start not in ends]
