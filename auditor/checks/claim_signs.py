"""Up became down: rises / 削减, above / 低于, the thinnest / 最大, up 6 points / 下回った, fewer / 增え.

All words that say which way a quantity goes, how it stands to another or how great it is are read as one dimension (`lang/en/signs.py`), on
both sides by what the dictionaries say they mean. Fires when the source points one way once more than the translation and the translation
the other way once more than the source, and
- the translation is nearer to the source with the source's direction in its word's place; or
- however often, the words stand beside the same figure on both sides, each side pointing only its own way there; the bound of a figure
  ("more than 300") is such a word where the translation's figure has none.

Stays quiet when a denial in the clause of the one word, or right beside it where there is a figure, makes up for it, in names, and where
a movement stands against a mere degree that no figure holds to it (fall idle / 多い).

Limits: a sentence that points both ways several times is judged by count; words that point only in context (a narrow win) are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.checks.claim_meaning import target_moves
from auditor.checks.claim_sides import Case, Side, amounting, drift, made_up
from auditor.lang.en.signs import BEFORE_FIGURE, BOUNDING, DEGREE, DEGREES, QUANTITIES, SIZE, firm_axes, way_of_pole, ways_of
from auditor.lang.lexical import LOOSE
from auditor.lang.renderings import flipped, renderings
from auditor.model import Drift, Figure, Severity, Word

_BESIDE = {True: 45, False: 14}
"""Characters between a figure and a word that points its way, where words are written in Latin letters and elsewhere."""
_SHORTLY = 6
_OVER, _UNDER = ("exceed",), ("fall below",)
"""What the bound of a figure says, as senses of a word."""
_FAR = 0.55
"""Words so far from each other are not in each other's place unless they stand beside the same figure."""
_ByAxis = dict[str, list[tuple[Word, int]]]
"""The words that point on each axis, with 1 or -1."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A word of the source that points one way and one of the translation that points the other.

    axis      on which they do
    anchored  they stand beside the same figure
    gain      how much nearer the translation comes to the source with the source's direction in its place
    """

    axis: str
    word: Word
    other: Word
    anchored: bool
    gain: float = 0.0


def pointing(side: Side) -> Iterator[tuple[str, Word, int]]:
    """The words of a side that point, with the axis and 1 or -1."""
    taken = {at for span in (*side.facts.figures, *side.facts.names) for at in range(span.start, span.end)}
    starts = frozenset(f.start for f in side.facts.figures)
    counted, amounts = frozenset(f.end for f in side.facts.figures), amounting(side)
    stands = {p.start: way for p in side.facts.poles if p.sure and (way := way_of_pole(p))}
    for word in side.facts.words:
        counter = len(word.text) == 1 and word.start in counted  # 17起
        passed = counter or word.start in taken or word.start in amounts
        if word.pos not in ("punct", "num", "name") and not passed and _says(word, starts):
            ways = dict(ways_of(word.senses or (word.lemma,)))
            if word.start in stands:
                ways[SIZE] = stands[word.start]
            yield from ((axis, word, way) for axis, way in ways.items())


def _says(word: Word, starts: frozenset[int]) -> bool:
    """A word of content or of quantity, or a preposition right before a figure ("up 6 points"); no mere degree ("most serious")."""
    if word.pos == "function":
        before = any(0 < s - word.end <= _SHORTLY for s in starts)  # "less than 5" is the figure's bound
        return word.lemma in BEFORE_FIGURE if before else word.lemma in QUANTITIES
    if len(word.text) == 2 and word.text[0] == word.text[1]:  # 短短: only that long
        return False
    if len(word.text) == 1 and word.pos not in ("verb", "adj"):  # 上 of a place or a time, 再 of what happens again
        return False
    if word.senses and word.senses[0] in BOUNDING:  # 多达九家 is a bound, and no movement
        return False
    return word.pos != "adv" or (word.lemma not in DEGREES and (not word.senses or word.senses[0] not in DEGREE))


_ELSEWHERE = frozenset({"outcome"})
"""Axes that claim_poles knows enough words of: by their senses alone none of the five that were told had changed."""


def turned(case: Case) -> list[Turned]:
    """The pairs that may be one word turned round, the most telling first."""
    mine, theirs = _by_axis(case.source), _by_axis(case.target)
    found = [Turned(SIZE, w, o, True) for w, o in _of_bounds(case, mine.get(SIZE, []), theirs.get(SIZE, []))]
    for axis in sorted((mine.keys() & theirs.keys()) - _ELSEWHERE):
        here, there = Counter(s for _, s in mine[axis]), Counter(s for _, s in theirs[axis])
        for way in (1, -1):
            pairs = [(w, o) for w, s in mine[axis] if s == way for o, s_ in theirs[axis] if s_ == -way]
            turns = [Turned(axis, w, o, axis == SIZE and _anchored(case, mine[axis], theirs[axis], w, o)) for w, o in pairs]
            found += [t for t in turns if t.anchored or (here[way] > there[way] and there[-way] > here[-way])]
    found = [t for t in found if _is_limit(case.source, t.word) == _is_limit(case.target, t.other)]
    found = [t for t in found if not (t.anchored and _answered(case, t, mine, theirs))]
    told = [t for t in found if (t.anchored or _alike(case, t)) and not _both(case, t)]
    weighed = [_weighed(case, t) for t in told]
    return sorted(weighed, key=lambda t: (-t.anchored, -t.gain, t.word.start, t.other.start))


def _is_limit(side: Side, word: Word) -> bool:
    """Does the word name a bound (上限), which goes nowhere itself?"""
    return word.pos == "noun" and any(p.axis == "limit" and p.start == word.start for p in side.facts.poles)


def _alike(case: Case, found: Turned) -> bool:
    """May the one be the other turned round, with no figure to hold them together: both alone, near, and both verbs or neither?

    A time that falls a year later is no less for what is often (多い)."""
    verbs = [w.pos == "verb" for w in (found.word, found.other)]
    degree = found.axis == SIZE and verbs[0] != verbs[1] and any(w.pos in ("adj", "adv") for w in (found.word, found.other))
    return not degree and _unexplained(case, found) and _apart(case, found) < _FAR


def _apart(case: Case, found: Turned) -> float:
    """How far from each other the two stand, as a share of their sentences."""
    sides = ((case.source, found.word), (case.target, found.other))
    here, there = ((word.start - side.offset) / max(1, len(side.facts.text)) for side, word in sides)
    return abs(here - there)


def _by_axis(side: Side) -> _ByAxis:
    found: _ByAxis = {}
    for axis, word, way in pointing(side):
        found.setdefault(axis, []).append((word, way))
    return found


def _anchored(
    case: Case,
    mine: list[tuple[Word, int]],
    theirs: list[tuple[Word, int]],
    word: Word,
    other: Word,
    but: frozenset[str | None] = frozenset(),
) -> bool:
    """Do both stand beside figures of one value (`but` none of these), with no word beside them that points the other way?"""
    mine, theirs = [*mine, *_bounds(case.source)], [*theirs, *_bounds(case.target)]
    for figure in case.source.facts.figures:
        for same in case.target.facts.figures if _tells(figure) and _beside(case.source, figure, word) else ():
            if (same.kind, same.value) == (figure.kind, figure.value) and same.value not in but and _beside(case.target, same, other):
                ways = {s for w, s in mine if _beside(case.source, figure, w)}
                ways_there = {s for w, s in theirs if _beside(case.target, same, w)}
                if len(ways) == len(ways_there) == 1:
                    return True
    return False


def _of_bounds(case: Case, mine: list[tuple[Word, int]], theirs: list[tuple[Word, int]]) -> Iterator[tuple[Word, Word]]:
    """Bounds of the source's figures with words of the translation that point the other way beside the same figure, which has no bound."""
    bounded = frozenset(f.value for f in case.target.facts.figures if f.bound != "exact")
    for word, way in _bounds(case.source):
        for other, its in theirs:
            if its == -way and _anchored(case, mine, theirs, word, other, bounded):
                yield word, other


def _bounds(side: Side) -> Iterator[tuple[Word, int]]:
    """The bounds that are read as part of a figure ("more than 900m") as words that point."""
    for figure in side.facts.figures:
        way = {"over": 1, "under": -1}.get(figure.bound)
        if way and _tells(figure) and not figure.approximate:
            said = _OVER if way == 1 else _UNDER
            yield Word(figure.start, figure.end, figure.text, said[0], "verb", said), way


def _tells(figure: Figure) -> bool:
    """Not a small number of things ("two women"), which stands beside anything."""
    return figure.kind not in ("number", "ordinal", "date", "time", "weekday") or len((figure.value or "").partition(".")[0]) > 1


def _beside(side: Side, figure: Figure, word: Word) -> bool:
    start, end = side.clause(figure.start)
    gap = max(word.start - figure.end, figure.start - word.end, 0)
    return start <= word.start < end and gap <= _BESIDE[word.text.isascii()]


def _weighed(case: Case, found: Turned) -> Turned:
    lang, other = case.target.facts.lang, found.other
    instead = [*renderings(lang, found.word.senses or (found.word.lemma,)), *flipped(lang, other.text)]
    gain = max(target_moves(case, other, [word for word in instead if word != other.text]), default=0.0)
    return replace(found, gain=gain)


_NEARER, _BOUND, _SIZED, _FIRM, _WEAK = -0.01, 0.0065, 0.015, 0.0105, 0.035
"""The gain asked of a pair beside one figure, of a figure's bound, of another pair of size, of one on an axis whose words mean little else,
and on any axis."""


def _least(found: Turned) -> float:
    if found.axis == SIZE:
        bound = found.word.senses in (_OVER, _UNDER)
        return _SIZED if not found.anchored else _BOUND if bound else _NEARER
    return _FIRM if found.axis in firm_axes() else _WEAK


def find(case: Case) -> Iterator[Drift]:
    """At most one: the most telling pair."""
    for found in turned(case):
        if found.gain > _least(found) and not made_up(case, found.word, found.other, found.anchored):
            back = _witness(case, found)
            said = f"“{found.word.text}” became {found.other.text}, which points the other way"
            severity: Severity = "major" if back is True or case.back is None else "minor"
            yield drift("opposite", severity, 0.7 if found.anchored else 0.6, found.word, found.other, said, back)
            return


def _both(case: Case, found: Turned) -> bool:
    """Does the translation's word stand on the pole of the source's, too (贷款 is to borrow and to lend)?"""
    here = {(p.axis, p.pole) for p in case.source.facts.poles if p.start <= found.word.start < p.end}
    there = {(p.axis, p.pole) for p in case.target.facts.poles if p.start < found.other.end and found.other.start < p.end}
    return not here.isdisjoint(there)


def _unexplained(case: Case, found: Turned) -> bool:
    """Is the source's word a content word that no other word of the translation stands for, and the other way round?"""
    links = [link for link in case.lexical.source if link.word == found.word]
    there = [link for link in case.lexical.target if link.word == found.other]
    if not links or found.word.text.lower() in BEFORE_FIGURE:
        return False
    return all(k.by in (None, found.word, found.other) or k.how in LOOSE or k.by.pos == "function" for k in (*links, *there))


def _answered(case: Case, found: Turned, mine: _ByAxis, theirs: _ByAxis) -> bool:
    """Does another word surely stand for the source's, one that points nowhere (contract / 契約), or there as often as the source does
    ("growth, down from 1.1 %" / 成長率を下方修正)?"""
    by = next((k.by for k in case.lexical.source if k.word == found.word and k.how not in LOOSE), None)
    if by is None or by == found.other or by.pos == "function":
        return False
    here, there = mine.get(found.axis, []), theirs.get(found.axis, [])
    way = next((s for w, s in here if w == found.word), 0)
    pointing_too = next((s for w, s in there if w == by), 0)
    return not pointing_too or (pointing_too == way and sum(s == way for _, s in here) <= sum(s == way for _, s in there))


def _witness(case: Case, found: Turned) -> bool | None:
    """Does the back-translation point the way of the translation (True) or of the source (False), and only that?"""
    if case.back is None:
        return None
    ways = {way for axis, _, way in pointing(case.back) if axis == found.axis}
    mine = dict(ways_of(found.word.senses or (found.word.lemma,))).get(found.axis, 0)
    return None if len(ways) != 1 else ways == {-mine}
