"""Up became down: rises / 削减, above / 低于, the thinnest / 最大, up 6 points / 下回った, fewer / 增え.

All words that say which way a quantity goes, how it stands to another or how great it is are read as one dimension (`lang/en/signs.py`), on
both sides by what the dictionaries say they mean. Fires when the source points one way once more than the translation and the translation
the other way once more than the source, and
- the words stand beside the same figure on both sides, each side pointing only its own way there; or
- the translation is nearer to the source with the source's direction in its word's place.

Stays quiet when a denial on one side makes up for it, and where the words are part of a figure ("more than 300") or a name.

Limits: a sentence that points both ways several times is judged by count; words that point only in context (a narrow win) are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.claim_meaning import target_moves
from auditor.checks.claim_sides import LOOSE, Case, Side, denials, drift
from auditor.lang.en.signs import sign_of
from auditor.lang.renderings import flipped, renderings
from auditor.model import Drift, Figure, Severity, Word

_BESIDE = {True: 45, False: 14}
"""Characters between a figure and a word that points its way, in Latin and in other scripts."""
_BEFORE_FIGURE = frozenset("up down above below over under".split())  # noqa: SIM905
_DEGREE = frozenset({"most", "more", "too", "even more", "further", "est", "again"})


@dataclass(frozen=True, slots=True)
class Turned:
    """A word of the source that points one way and one of the translation that points the other.

    anchored  they stand beside the same figure
    gain      how much nearer the translation comes to the source with the source's direction in its place
    """

    word: Word
    other: Word
    anchored: bool
    gain: float


def pointing(side: Side) -> list[tuple[Word, int]]:
    """The words of a side that point, with 1 for up and -1 for down."""
    taken = {at for span in (*side.facts.figures, *side.facts.names) for at in range(span.start, span.end)}
    starts = {f.start for f in side.facts.figures}
    found = []
    for word in side.facts.words:
        if word.start in taken or word.pos in ("punct", "num", "name"):
            continue
        if word.pos == "function" and not (word.lemma in _BEFORE_FIGURE and any(0 < s - word.end <= 6 for s in starts)):
            if word.lemma not in ("fewer", "less", "few", "many", "more") or word.lemma in ("more", "less") and word.text.isascii():
                continue
        senses = word.senses or (word.lemma,)
        if word.pos == "adv" and senses[0] in _DEGREE:
            continue
        if way := sign_of(senses):
            found.append((word, way))
    return found


def turned(case: Case) -> list[Turned]:
    """The pairs that may be one word turned round, the most telling first."""
    mine, theirs = pointing(case.source), pointing(case.target)
    here, there = Counter(s for _, s in mine), Counter(s for _, s in theirs)
    found = []
    for way in (1, -1):
        if here[way] <= there[way] or there[-way] <= here[-way]:
            continue
        for word in (w for w, s in mine if s == way):
            for other in (w for w, s in theirs if s == -way):
                found.append(Turned(word, other, _anchored(case, mine, theirs, word, other, way), _gain(case, word, other)))
    return sorted(found, key=lambda t: (-t.anchored, -t.gain, t.word.start, t.other.start))


def _anchored(case: Case, mine: list[tuple[Word, int]], theirs: list[tuple[Word, int]], word: Word, other: Word, way: int) -> bool:
    """Do both stand beside figures of one value, with no word beside them that points the other way?"""
    for figure in filter(_tells, case.source.facts.figures):
        if not _beside(case.source, figure, word):
            continue
        for same in case.target.facts.figures:
            if (same.kind, same.value) == (figure.kind, figure.value) and _beside(case.target, same, other):
                ways = {s for w, s in mine if _beside(case.source, figure, w)}
                ways_there = {s for w, s in theirs if _beside(case.target, same, w)}
                if ways == {way} and ways_there == {-way}:
                    return True
    return False


def _tells(figure: Figure) -> bool:
    """Not a small number of things ("two women"), which stands beside anything."""
    return figure.kind not in ("number", "ordinal", "date", "time", "weekday") or len((figure.value or "").partition(".")[0]) > 1


def _beside(side: Side, figure: Figure, word: Word) -> bool:
    start, end = side.clause(figure.start)
    gap = max(word.start - figure.end, figure.start - word.end, 0)
    return start <= word.start < end and gap <= _BESIDE[side.facts.text.isascii() or side.facts.lang == "en"]


def _gain(case: Case, word: Word, other: Word) -> float:
    lang, offset = case.target.facts.lang, case.target.offset
    text, start, end = case.target.facts.text, other.start - offset, other.end - offset
    instead = [*renderings(lang, word.senses or (word.lemma,)), *flipped(lang, other.text)]
    return max(target_moves(case, [text[:start] + by + text[end:] for by in instead if by != other.text]), default=0.0)


def _made_up(case: Case) -> bool:
    """Does a denial on one side, and not on the other, make up for it?"""
    here = sum(d.kind == "negation" for d in denials(case.source))
    there = sum(d.kind == "negation" for d in denials(case.target))
    return (here - there) % 2 == 1


_NEARER = {True: 0.004, False: 0.016}
"""The gain asked of a pair beside one figure, and of any other."""


def find(case: Case) -> Iterator[Drift]:
    """At most one: the most telling pair."""
    for found in [] if _made_up(case) else turned(case):
        if found.gain > _NEARER[found.anchored] and (found.anchored or _unexplained(case, found)):
            back = _witness(case, found)
            said = f"“{found.word.text}” became {found.other.text}, which points the other way"
            severity: Severity = "minor" if back is False else "major"
            yield drift("opposite", severity, 0.7 if found.anchored else 0.6, found.word, found.other, said, back)
            return


def _unexplained(case: Case, found: Turned) -> bool:
    """Is the source's word a content word that no other word of the translation stands for?"""
    links = [link for link in case.lexical.source if link.word == found.word]
    return bool(links) and all(link.by in (None, found.other) or link.how in LOOSE for link in links)


def _witness(case: Case, found: Turned) -> bool | None:
    """Does the back-translation point the way of the translation (True) or of the source (False), and only that?"""
    if case.back is None:
        return None
    ways = {way for _, way in pointing(case.back)}
    mine = sign_of(found.word.senses or (found.word.lemma,))
    return None if len(ways) != 1 else ways == {-mine}
