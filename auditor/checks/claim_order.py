"""Words of order and comparison that became their opposite: before / 之后, more / 不足, up / 下降, with the same words behind them.

Fires when what follows the source's word of order goes with the opposite in the translation (and in the back-translation, where there
is one); and, with a back-translation, when no other version says "before" and the word's own clause is nearer to its counterparts with
"after" (claim_clauses), or the other way round.

Stays quiet about "A before B" told as "after A, B", about a time counted from the other event, and about a word that belongs to another
figure. A "before" that nothing follows ("never tried it before") or that a question leads to is no word of order.

Limits: words of order and comparison are judged by count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.checks.claim_clauses import clause_around
from auditor.checks.claim_meaning import swapped
from auditor.checks.claim_sides import Case, Side, content, drift, explains, following
from auditor.lang.cjk_words import OF
from auditor.model import Cue, Drift, Figure, Word

_ORDER = (("before", "after"), ("more", "less"), ("up", "down"))


def find(case: Case) -> Iterator[Drift]:
    """By the words beside it, then by its clause."""
    yield from _by_words(case)
    yield from _by_clause(case)


def _by_words(case: Case) -> Iterator[Drift]:
    """Before and after, more and less, with the same words behind them: "after the vote" / 投票之前.

    "A before B" may well be "after A, B": what follows the source's word must belong to the other side's word, too, or, where none of
    the words match, at least not what goes before it.
    """
    for one, other in _ORDER:
        for mine, theirs in ((one, other), (other, one)):
            for cue in case.source.of("direction", mine):
                about = tuple(following(case.source, cue, 2))
                near = _around if one == "more" else _before
                there = _beside_figure(case, cue, theirs, mine) or _same(about, case.target, theirs, mine, near)
                if there is not None and one == "before" and any(explains(a, w) for a in about for w in following(case.target, there, 2)):
                    continue  # "hold on before deciding" / 踏ん張ってから決める
                turned = _same(about, case.back, theirs, mine, _after) or _turned(case, cue, theirs, mine)
                if there is not None and (_is_reckoned(case, cue, there, about) or _of_another_figure(case, cue, there)):
                    continue
                if there is not None and (turned is not None or case.back is None):
                    yield drift("order", "major", 0.7, cue, there, f"“{cue.text}” became {there.text}", turned is not None or None)
                elif turned is not None and not case.target.of("direction", mine):
                    yield drift("order", "major", 0.5, cue, None, f"“{cue.text}” is “{turned.text}” in the back-translation", True)


def _beside_figure(case: Case, cue: Cue, theirs: str, mine: str) -> Cue | None:
    """The other side's word of order beside the figure that the source's stands before: "before December" / 12月之后."""
    figure = next((f for f in case.source.facts.figures if 0 < f.start - cue.end <= _CLOSE and f.value is not None), None)
    same = [f for f in case.target.facts.figures if figure and (f.kind, f.value) == (figure.kind, figure.value)]
    if len(same) != 1 or any(_touch(same[0], c) for c in case.target.of("direction", mine)):
        return None
    return next((c for c in case.target.of("direction", theirs) if _touch(same[0], c)), None)


def _touch(figure: Figure, cue: Cue) -> bool:
    return max(cue.start - figure.end, figure.start - cue.end) <= 1


_CLOSE = 5
"""Characters from a word of order to its figure ("before the 3rd")."""


def _of_another_figure(case: Case, cue: Cue, there: Cue) -> bool:
    """Is the other word of order that of another figure ("more than half of those under 25" / 25歳未満の半数余り)?"""
    touched = next((f for f in case.target.facts.figures if _touch(f, there)), None)
    same = [f for f in case.source.facts.figures if touched and f.value is not None and f.value == touched.value]
    return bool(same) and not any(0 <= f.start - cue.end <= _CLOSE or 0 <= cue.start - f.end <= _CLOSE for f in same)


def _is_reckoned(case: Case, cue: Cue, there: Cue, about: tuple[Word, ...]) -> bool:
    """ "Two days after the launch failed" as "the launch failed two days before" (发射已于两天前失败): a length of time counted from the
    other event, unless it is counted from the same one (发射失败的两天前)."""
    if not any(f.kind == "duration" and 0 <= cue.start - f.end < 2 for f in case.source.facts.figures):
        return False
    length = next((f for f in case.target.facts.figures if f.kind == "duration" and f.start < there.start <= f.end), None)
    if length is None:
        return False
    nearest = max((w.end for w in case.target.facts.words if w.end <= length.start and any(explains(a, w) for a in about)), default=None)
    between = "" if nearest is None else case.target.facts.text[nearest - case.target.offset : length.start - case.target.offset]
    return nearest is None or (bool(between) and between not in OF)


def _by_clause(case: Case) -> Iterator[Drift]:
    """ "Before" that nobody else says, in a clause that is nearer to its counterparts with "after" in its place, and the other way round.

    For what follows in time by itself, translators need no word for it: 考了 ... 就 is "after", so that counting words is not enough.
    """
    if case.back is None:
        return
    for mine, theirs in (("before", "after"), ("after", "before")):
        if any(side.of("direction", mine) for side in (case.target, case.back)):
            continue
        for cue in (c for c in case.source.of("direction", mine) if c.text.lower() == mine):
            if any(_exchanged_places(case, cue, case.back, other) for other in case.back.of("direction", theirs)):
                continue
            if next(following(case.source, cue, 1), None) is None or _asked(case.source, cue):
                continue  # "have not tried it before", "how long before it comes"
            found = clause_around(case, cue)
            if found is None or found.likeness < _ANSWERS:
                continue
            move = found.moves(case, [swapped(found.source.text, cue, theirs, found.source.start)])[0]
            if move.least > _NEARER_CLAUSE:
                said = f"“{cue.text}” is “{theirs}” in the translation and in the back-translation"
                yield drift("order", "major", 0.5, cue, found.target, said, True)


def _asked(side: Side, cue: Cue) -> bool:
    start, _ = side.clause(cue.start)
    return any(start <= c.start < cue.start for c in side.of("question", "word"))


_ANSWERS, _NEARER_CLAUSE = 0.4, 0.005
"""A clause answers another from this likeness on, and says the opposite when that is so much nearer."""


def _turned(case: Case, cue: Cue, theirs: str, mine: str) -> Cue | None:
    """The only cue of order in the back-translation when it is the opposite, target and back-translation agree, and nothing was swapped."""
    if case.back is None or case.source.of("direction", theirs) or case.back.of("direction", mine) or case.target.of("direction", mine):
        return None
    found = case.back.of("direction", theirs)
    if not found or not case.target.of("direction", theirs) or len(found) != len(case.source.of("direction", mine)):
        return None
    return None if _exchanged_places(case, cue, case.back, found[0]) else found[0]


def _exchanged_places(case: Case, cue: Cue, back: Side, other: Cue) -> bool:
    """Does what goes before the source's word of order follow the back-translation's: "A before B" as "after A, B"?"""
    ahead = [w for w in case.source.facts.words if content(w) and cue.start - 40 <= w.start < cue.start]
    return any(explains(a, w) for a in ahead for w in following(back, other, 2))


def _same(about: tuple[Word, ...], side: Side | None, value: str, other: str, near: Callable[[Side, Cue], Iterator[Word]]) -> Cue | None:
    """A cue of that value beside a counterpart of what the source's cue is about, and none of the other value beside it."""
    if side is None or not about:
        return None
    for cue in side.of("direction", value):
        if any(explains(a, w) or a.text == w.text for a in about for w in near(side, cue)):
            turned = [w for c in side.of("direction", other) for w in near(side, c)]
            return None if any(explains(a, w) for a in about for w in turned) else cue
    return None


def _around(side: Side, cue: Cue) -> Iterator[Word]:
    yield from _before(side, cue)
    yield from _after(side, cue)


def _after(side: Side, cue: Cue) -> Iterator[Word]:
    return following(side, cue, 2)


def _before(side: Side, cue: Cue) -> Iterator[Word]:
    start, _ = side.clause(cue.start)
    for word in side.facts.words:
        if max(start, cue.start - 10) <= word.start < cue.start:
            yield word
