"""A word that became another of the same axis: north / 南部, killed / 受伤, nurse / 医生, nickel / コバルト, unless / 如果.

Fires when a word of the source stands on one pole of an axis (`auditor/lang/pole_axes.py`) more often than words of the translation do,
the translation has a word of another pole more often than the source, and the exchange brings the two sentences nearer: the source with
a word of the other pole in its word's place, and the translation with a word of the source's pole in its. How much nearer depends on how
much else the words of the axis mean; ranks and courts mean nothing else. Words of the wide tables (things of one kind, opposites) must
besides stand alone: no word of the other side is linked with either of them, and none that excuses is about. Two words on different axes
of one group (a postman, a butcher) are told as two on one axis are (`docs/decisions/contrast-sets.md`).

Stays quiet when another word of the translation is the source word's dictionary meaning, when a denial on one side makes up for the
change, where the very word may stand for the other pole, too (the son of a miner / 父亲是矿工), and inside names (South Africa), titles
apart; where winning told for losing makes up for all and none ("lost every one" / 无一胜绩), and where a ban or a quarrel is only named
to be ended (`claim_sides.ended`). Words that only may stand for a pole excuse: more is asked then. With a back-translation that has the
source's pole and not the other's the finding is minor.

Limits: only words of the tables; in a sentence with words of both poles on both sides they are counted, not parsed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.checks.claim_meaning import moves, swapped, target_moves
from auditor.checks.claim_sides import Case, Side, alone, content, denials, drift, explains, left_over, made_up, may_be
from auditor.lang.en.denial import NOT
from auditor.lang.en.morphology import in_form_of
from auditor.lang.en.poles import instead
from auditor.lang.lexical import LOOSE, Link
from auditor.lang.pole_axes import AXES, group_of, kind_of
from auditor.lang.pole_table import standing
from auditor.model import Drift, Pole, Word

_LEAST = {"title": -0.1, "sure": -0.05, "firm": -0.01, "ladder": 0.018, "open": 0.025, "order": -0.005, "sister": 0.02, "contrary": 0.01}
"""So much nearer the exchange must bring the two sentences, on the English side and on the other together, by the kind of the axis."""
_OF_AMOUNTS, _LINKED = frozenset({"contrary/over-under-figure", "contrary/place-above"}), 0.01
"""Axes whose English words may be linked with another word (the "less" of 大きく下回った), and what is asked on top then."""
_LEAST_PLAINLY = {"contrary": -0.005}
"""The same where nothing else is left over: of 1,900 faithful lines no exchange of contraries lies between that and the other."""
_FEW_LEFT = 4
"""Words of content without a counterpart on a side, the one in question among them, that are hardly anything else."""
_MIXED, _EXCUSED, _EXCUSED_FIRMLY = 0.02, 0.04, 0.03
"""Asked on top of that where a pole stands on both sides, only more often on its own; and where a word may stand for it there."""
_NAMED = frozenset({"office", *(axis for axis, kind in AXES.items() if kind == "title")})
"""Axes whose words are part of names: the Supreme Court, Prime Minister Abe."""
_LONELY = frozenset({"sister", "contrary"})
"""Kinds of axes with so many words that nothing may stand for either of the two."""
_UNEXCUSED = frozenset({"title", *_LONELY})
_OF_GROUP = {"person": 0.015}
"""Asked of two words on different axes of a group: one person may be called by several trades."""
_JOINING = frozenset({"order", "condition"})
"""Axes whose words join clauses."""
_IF_NOT = 24
"""Characters between "if" and the denial that makes it an "unless" ("if it doesn't" / 若不)."""
_RESULTS = frozenset({"outcome", "contrary/victory-defeat", "contrary/win-draw-loss", "contrary/success-failure"})
_ALL_OR_NONE = frozenset({"quantity", "share"})
_CHAMBERS = "sister/parliament-chamber"
_NEAR = 0.02
"""The gain that makes a finding sure."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A word of the source and one of the translation that stand on two poles of an axis, and what the exchange brings.

    plain  nothing stands for either of the two, and hardly anything else is left over on either side
    """

    source: Pole
    target: Pole
    more: float = 0.0
    gain: float = 0.0
    plain: bool = False

    @property
    def least(self) -> float:
        kind = kind_of(self.source.axis)
        if self.plain and not self.more and kind in _LEAST_PLAINLY:
            return _LEAST_PLAINLY[kind]
        return max(_LEAST[kind], 0.0 if self.more else -1.0) + self.more


def find(case: Case) -> Iterator[Drift]:
    """At most one: the exchange that brings most."""
    found = [t for t in (_weighed(case, turn) for turn in turns(case) if not _cancelled(case, turn)) if t.gain > t.least]
    if not found:
        return
    best = max(found, key=lambda t: (t.gain, -t.source.start))
    back = _witness(case, best)
    said = f"“{best.source.text}” ({best.source.pole}) became {best.target.text} ({best.target.pole})"
    severity = "minor" if back is False else "major"
    strength = 0.75 if best.gain > _NEAR else 0.6
    yield drift("opposite", severity, strength, best.source, best.target, said, back)  # type: ignore[arg-type]


def _cancelled(case: Case, turn: Turn) -> bool:
    """Does winning told for losing make up for all and none ("lost every one" / 无一胜绩)?"""
    if turn.source.axis not in _ALL_OR_NONE or {turn.source.pole, turn.target.pole} != {"all", "none"}:
        return False
    mine, theirs = ([p for p in side.facts.poles if p.sure and p.axis in _RESULTS] for side in (case.source, case.target))
    here, there = ({(p.axis, p.pole) for p in poles} for poles in (mine, theirs))
    mine = [p for p in mine if (p.axis, p.pole) not in there and not _overlap(p, turn.source)]
    theirs = [p for p in theirs if (p.axis, p.pole) not in here and not _overlap(p, turn.target)]
    return any(a.axis == b.axis for a in mine for b in theirs)


def _overlap(one: Pole, other: Pole) -> bool:
    return one.start < other.end and other.start < one.end


def turns(case: Case) -> Iterator[Turn]:
    """Every pair of words on two poles of an axis of which each stands more often on its own side, and that nothing explains."""
    mine, theirs = _by_axis(case.source), _by_axis(case.target)
    for axis in sorted(a for a in mine.keys() & theirs.keys() if kind_of(a) in _LEAST):
        here, there, sure, sure_there = *map(_count, (mine[axis], theirs[axis])), *map(_count, map(_sure, (mine[axis], theirs[axis])))
        for source in (p for p in _sure(mine[axis]) if sure[p.pole] > sure_there[p.pole]):
            for target in (p for p in _sure(theirs[axis]) if p.pole != source.pole and sure_there[p.pole] > sure[p.pole]):
                if may_be(case, source, target):
                    continue
                linked = axis in _OF_AMOUNTS and not alone(case.lexical.source, source, target)
                if kind_of(axis) in _LONELY and (
                    not _lonely(case, source, target, linked) or _denied(case.source, source) != _denied(case.target, target)
                ):
                    continue
                if not _explained(case, source, target) and not _made_up(case, source, target):
                    excused = (there[source.pole] >= sure[source.pole]) + (here[target.pole] >= sure_there[target.pole])
                    if excused and kind_of(axis) in _UNEXCUSED:
                        continue
                    mixed = bool(sure_there[source.pole] or sure[target.pole])
                    asked = _EXCUSED_FIRMLY if kind_of(axis) == "firm" else _EXCUSED
                    more = _MIXED * mixed + asked * excused + _LINKED * linked
                    yield Turn(source, target, more, plain=_plainly(case, source, target))
    yield from _across(case, mine, theirs)


def _across(case: Case, mine: dict[str, list[Pole]], theirs: dict[str, list[Pole]]) -> Iterator[Turn]:
    """Pairs of words of one group that stand on different axes of it (a postman, a butcher), and for which nothing else stands."""
    here, there = _of_groups(mine, case.lexical.source), _of_groups(theirs, case.lexical.target)
    named = {(p.axis, p.pole) for p in case.source.facts.poles}, {(p.axis, p.pole) for p in case.target.facts.poles}
    for source in here:
        for target in there:
            if group_of(source.axis) == group_of(target.axis) and source.axis != target.axis:
                apart = named[1].isdisjoint(_standing(case.source, source)) and named[0].isdisjoint(_standing(case.target, target))
                if apart and not _written(case, source):
                    yield Turn(source, target, _OF_GROUP.get(group_of(source.axis), 0.0))


def _plainly(case: Case, source: Pole, target: Pole) -> bool:
    """Are the two about all that is left over on the two sides?"""
    return _lonely(case, source, target) and all(left_over(side) <= _FEW_LEFT for side in (case.lexical.source, case.lexical.target))


def _lonely(case: Case, source: Pole, target: Pole, linked: bool = False) -> bool:
    """Does nothing stand for either of the two words (`linked`: for the translation's)?"""
    contrary = kind_of(source.axis) == "contrary"
    here = linked or alone(case.lexical.source, source, target, as_phrase=contrary) or _each_other(case, source, target)
    return here and alone(case.lexical.target, target, source, as_phrase=contrary) and not _written(case, source)


def _each_other(case: Case, source: Pole, target: Pole) -> bool:
    """Is the source's word linked with nothing but the translation's own word, or none that is ever linked ("same")?"""
    own = [k.by for k in case.lexical.source if source.start <= k.word.start < source.end]
    return all(by is None or target.start <= by.start < target.end for by in own)


def _denied(side: Side, pole: Pole) -> bool:
    """Does a denial touch the word: 没有海岸线, 足りない?"""
    before, after = _TOUCH[pole.text.isascii()]
    found = (d for d in denials(side) if d.kind == "negation" and not pole.start <= d.start < pole.end)
    return any(0 <= pole.start - d.end <= before or 0 <= d.start - pole.end <= after for d in found)


_TOUCH = {True: (8, 0), False: (2, 2)}
"""Characters between a denial before or after a word and the word, where words are written in Latin letters and elsewhere."""


def _written(case: Case, source: Pole) -> bool:
    """Is a word of the source's pole part of any word of the translation (塩 in 海塩)?"""
    words = standing(case.target.facts.lang, source.axis, source.pole)
    return any(word in case.target.facts.text for word in words)


def _of_groups(found: dict[str, list[Pole]], links: tuple[Link, ...]) -> list[Pole]:
    return [p for axis, poles in found.items() if group_of(axis) for p in _sure(poles) if alone(links, p)]


def _standing(side: Side, word: Pole) -> frozenset[tuple[str, str]]:
    """Every pole that the word stands on."""
    return frozenset((p.axis, p.pole) for p in side.facts.poles if p.start == word.start)


def _sure(poles: list[Pole]) -> list[Pole]:
    return [p for p in poles if p.sure]


def _count(poles: list[Pole]) -> Counter[str]:
    return Counter(p.pole for p in poles)


def _by_axis(side: Side) -> dict[str, list[Pole]]:
    """Its poles by axis, without those inside a longer name or the name of a chamber, and without those of the wide tables in a figure
    (tripled / 2倍)."""
    names = side.facts.names
    counted = {at for f in side.facts.figures for at in range(f.start, f.end)}
    found: dict[str, list[Pole]] = {}
    chambers = [p for p in side.facts.poles if p.sure and p.axis == _CHAMBERS]
    for pole in side.facts.poles:
        if any(p.axis != pole.axis and p.start <= pole.start and pole.end <= p.end for p in chambers):
            continue  # "lower" of the lower house
        inside = any(n.start <= pole.start and pole.end <= n.end and n.end - n.start > pole.end - pole.start for n in names)
        compound = len(pole.text) == 1 and side.facts.text[: pole.start - side.offset][-1:].isalpha() and not pole.text.isascii()
        if compound and kind_of(pole.axis) in _LONELY:
            continue  # 王 of 山岳王
        if kind_of(pole.axis) in _LONELY and not counted.isdisjoint(range(pole.start, pole.end)):
            continue
        if not inside or pole.axis in _NAMED:
            found.setdefault(pole.axis, []).append(pole)
    return found


def _explained(case: Case, source: Pole, target: Pole) -> bool:
    """Is the one word the dictionary meaning of a word of the translation other than the other word?

    Of a phrase that is one of two opposites it is the rarest that counts ("ignored the order" / 命令を守った)."""
    own = [k for k in case.lexical.source if source.start <= k.word.start < source.end]
    if kind_of(source.axis) == "contrary" and own:
        own = [max(own, key=lambda link: link.weight)]
    return any(_elsewhere(link, target) for link in own)


def _elsewhere(link: Link, target: Pole) -> bool:
    by = link.by
    return by is not None and link.how not in LOOSE and len(by.text) > 1 and not (by.start < target.end and target.start < by.end)


def _made_up(case: Case, source: Pole, target: Pole) -> bool:
    """Does a denial make up for the change ("if not" / 除非, "keep closed" / 不开放)? Words that join clauses are denied anywhere; a court
    is no other court denied."""
    if kind_of(source.axis) == "title":
        return False
    if made_up(case, source, target):
        return True
    sides = ((case.source, source), (case.target, target))
    if source.axis not in _JOINING:
        return False
    here, there = (sum(d.kind == "negation" and not p.start <= d.start < p.end for d in denials(side)) for side, p in sides)
    if source.axis == "condition":
        here += any(d.kind != "negation" and 0 < d.start - source.end <= _IF_NOT and d.text in NOT for d in denials(case.source))
    return (here - there) % 2 == 1


def _weighed(case: Case, turn: Turn) -> Turn:
    """The turn with what it brings when either side says what the other does; nothing without an encoder."""
    if kind_of(turn.source.axis) == "order" and not _same_thing(case, turn):
        return replace(turn, gain=-1.0)
    words = [w for w in case.source.facts.words if turn.source.start <= w.start < turn.source.end]
    others = [_fitting(words, other) for other in _candidates(case, words, turn.target)]
    text, offset = case.source.facts.text, case.source.offset
    found = moves(case, [swapped(text, turn.source, other, offset) for other in others])
    length = len(turn.target.text)
    closest = sorted(standing(case.target.facts.lang, turn.source.axis, turn.source.pole), key=lambda o: abs(len(o) - length))[: _FEW + 1]
    back = target_moves(case, turn.target, closest)
    return replace(turn, gain=max((m.target for m in found), default=0.0) + max(back, default=0.0))


def _same_thing(case: Case, turn: Turn) -> bool:
    """Is what follows the source's word what goes before the other side's ("after the vote" / 投票之前), or a figure beside both?"""
    about = [w for w in case.source.facts.words if turn.source.end <= w.start < turn.source.end + 30 and content(w)][:_FEW]
    beside = [w for w in case.target.facts.words if turn.target.start - 12 <= w.start < turn.target.start]
    counted = any(0 <= f.start - turn.source.end <= 1 for f in case.source.facts.figures)
    return any(explains(a, w) for a in about for w in beside) or (
        counted and any(f.start == turn.target.end or f.end == turn.target.start for f in case.target.facts.figures)
    )


def _candidates(case: Case, words: list[Word], target: Pole) -> list[str]:
    """A few English words of the other pole: of the same part of speech, those that the translation's word means first."""
    said = {s for w in case.target.facts.words if target.start <= w.start < target.end for s in w.senses[:_SENSES]}
    found = instead(target.axis, target.pole, words[0].pos if len(words) == 1 else "")
    return [*[w for w in found if w in said][:_FEW], *[w for w in found if w not in said]][: _FEW + 1]


_SENSES = 4
_FEW = 2


def _fitting(words: list[Word], other: str) -> str:
    return in_form_of(words[0], other) if len(words) == 1 and " " not in other else other


def _witness(case: Case, turn: Turn) -> bool | None:
    """Does the back-translation stand on the other pole (True), on the source's (False), or on both or neither (None)?"""
    if case.back is None:
        return None
    there = {p.pole for p in case.back.facts.poles if p.axis == turn.source.axis}
    kept, turned = turn.source.pole in there, turn.target.pole in there
    return None if kept == turned else turned
