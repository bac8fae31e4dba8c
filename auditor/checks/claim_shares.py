"""How many of them: most polls / 个别民调, all ferries / 半数, some lawmakers / 全体议员.

The words for all, most, half, some, few and none stand for so much else, and translators leave so many of them out, that a word of another
rung says nothing by itself. Fires when it stands beside the same thing: a word of the source's rung more often in the source, one of
another rung more often in the translation, the words after the one have their counterpart right beside the other, and the translation
comes nearer to the source with a word of the source's rung in its place.

Stays quiet between "some" and "few", where any word of the translation may stand for the source's rung (axis "share" of `data/poles.tsv`),
and where a denial on one side makes up for the change ("not all" / 部分).

Limits: a rung told by figures (all recovered / 2人が回復した), or by "only", "every ... but" and "including".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.checks.claim_meaning import target_moves
from auditor.checks.claim_sides import Case, Side, content, drift, explains, made_up
from auditor.lang.pole_table import standing
from auditor.model import Drift, Pole, Word

_AXIS = "share"
_ALIKE = frozenset({"few", "some"})
_AFTER, _AROUND = 4, 3
"""Words of its clause after the source's word, and on either side of the translation's, that are looked at."""
_NEARER = 0.005
_TRIED = 4


def find(case: Case) -> Iterator[Drift]:
    """At most one: the change that brings the translation nearest."""
    told = [(gain, a, b) for a, b in changes(case) if (gain := _gain(case, a, b)) > _NEARER]
    if told:
        _, one, other = max(told, key=lambda t: (t[0], -t[1].start, -t[2].start))
        back = _witness(case, one, other)
        said = f"“{one.text}” ({one.pole}) became {other.text} ({other.pole})"
        yield drift("opposite", "minor" if back is False else "major", 0.65, one, other, said, back)


def changes(case: Case) -> Iterator[tuple[Pole, Pole]]:
    """Words of two rungs that stand beside the same thing."""
    mine, theirs = _rungs(case.source), _rungs(case.target)
    here, there = _count(mine), _count(theirs)
    excused = {p.pole for p in theirs if not p.sure}
    for one in (p for p in mine if p.sure and here[p.pole] > there[p.pole] and p.pole not in excused):
        for other in (p for p in theirs if p.sure and p.pole != one.pole and there[p.pole] > here[p.pole]):
            if {one.pole, other.pole} != _ALIKE and _beside(case, one, other) and not made_up(case, one, other):
                yield one, other


def _rungs(side: Side) -> list[Pole]:
    return [p for p in side.facts.poles if p.axis == _AXIS]


def _count(poles: list[Pole]) -> Counter[str]:
    return Counter(p.pole for p in poles if p.sure)


def _beside(case: Case, one: Pole, other: Pole) -> bool:
    here, there = _words(case.source, one, 0), _words(case.target, other, _AROUND)
    return any(explains(a, b) for a in here for b in there)


def _words(side: Side, pole: Pole, before: int) -> list[Word]:
    """The content words after a word in its clause, and as many as asked before it."""
    start, end = side.clause(pole.start)
    words = [w for w in side.facts.words if start <= w.start < end and w.pos != "punct"]
    after = [w for w in words if w.start >= pole.end][: _AROUND if before else _AFTER]
    ahead = [w for w in words if w.end <= pole.start][-before:] if before else []
    return [w for w in (*ahead, *after) if content(w)]


def _gain(case: Case, one: Pole, other: Pole) -> float:
    """How much nearer the translation comes with a word of the source's rung in its word's place."""
    words = standing(case.target.facts.lang, _AXIS, one.pole)[:_TRIED]
    return max(target_moves(case, other, words), default=0.0)


def _witness(case: Case, one: Pole, other: Pole) -> bool | None:
    """Does the back-translation have the translation's rung and not the source's, or the other way round?"""
    if case.back is None:
        return None
    said = {p.pole for p in _rungs(case.back) if p.sure}
    return None if (one.pole in said) == (other.pole in said) else other.pole in said
