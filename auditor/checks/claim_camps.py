"""Words of two camps: criticised / 支持, stable / 危急, suspended / 強化, reaches / 出発, jailed / 无罪.

Many axes of opposites are one at heart: whoever praises, endorses, welcomes or admits is for a thing, whoever blames, denies or rejects is
against it, and a translation that turns it round seldom takes the very antonym. The axes of the kind "camp" (`data/poles.tsv`) hold the
plain words of both; any other word stands where its first dictionary senses stand, an English one where all its WordNet kin stands. Most
other axes are read so, too: what `claim_poles` asks of a word that has company is more than what a word needs that stands alone.

Fires when nothing in the translation stands for the source's word and nothing in the source for the translation's, the camp of the one
stands more often in the source and that of the other more often in the translation, and the translation comes nearer to the source with
the source's word, or a plain word of its camp, in the other's place.

Stays quiet where a denial beside the one word makes up for the change (disputes / 不认可).

Limits: turns of phrase (goes from strength to strength), words that name neither camp (questions whether / 太鼓判).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.claim_meaning import target_moves
from auditor.checks.claim_sides import Case, Side, alone, amounting, content, drift, made_up
from auditor.lang.en.camps import kin, meant
from auditor.lang.pole_axes import CAMPS, Camp
from auditor.lang.pole_table import standing
from auditor.lang.renderings import renderings
from auditor.model import Drift, Span, Word

_NEARER = 0.0
_TRIED = 3
_PARTS = frozenset({"noun", "verb", "adj", "adv", "other"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, or a phrase of the table, in a camp."""

    span: Span
    camp: Camp
    word: Word


def find(case: Case) -> Iterator[Drift]:
    """At most one: the change that brings the translation nearest."""
    told = [(gain, a, b) for a, b in changes(case) if (gain := _gain(case, a, b)) > _NEARER]
    if told:
        _, one, other = max(told, key=lambda t: (t[0], -t[1].span.start, -t[2].span.start))
        back = _witness(case, one)
        said = f"“{one.span.text}” became {other.span.text}, which takes the other side"
        yield drift("opposite", "major" if back is True or case.back is None else "minor", 0.65, one.span, other.span, said, back)


def changes(case: Case) -> Iterator[tuple[Standing, Standing]]:
    """Words of two camps that nothing on the other side stands for."""
    mine, theirs = in_camps(case.source), in_camps(case.target)
    here, there = Counter(s.camp for s in mine), Counter(s.camp for s in theirs)
    mine, theirs = _unanswered(mine, there), _unanswered(theirs, here)
    excused = {(p.axis, p.pole) for p in case.source.facts.poles if not p.sure and alone(case.lexical.source, p)}
    both = {(p.axis, p.pole, p.start) for p in case.target.facts.poles if not p.sure}  # 横領 is fraud, and may be theft
    for one in (s for s in mine if here[s.camp] > there[s.camp] and alone(case.lexical.source, s.span)):
        others = (s for s in theirs if s.camp[0] == one.camp[0] and s.camp != one.camp and s.camp not in excused)
        for other in (s for s in others if there[s.camp] > here[s.camp]):
            doubtful = (*one.camp, other.span.start) in both
            if not doubtful and alone(case.lexical.target, other.span) and not made_up(case, one.span, other.span, closely=True):
                yield one, other


def _unanswered(found: list[Standing], other: Counter[Camp]) -> list[Standing]:
    """Those without a word whose camp on some axis the other side names too: departure / 离去 is not about launching and quitting."""
    answered = {s.span.start for s in found if other[s.camp]}
    return [s for s in found if s.span.start not in answered]


def in_camps(side: Side) -> list[Standing]:
    """The words of a side that stand in a camp, those of the table first."""
    words = {w.start: w for w in side.facts.words}
    named = {at for n in side.facts.names for at in range(n.start, n.end)}
    poles = [p for p in side.facts.poles if p.axis in CAMPS]
    found = [Standing(p, (p.axis, p.pole), words[p.start]) for p in poles if p.sure and p.start in words and p.start not in named]
    taken = {(at, p.axis) for p in poles for at in range(p.start, p.end)}
    amounts = amounting(side)
    found = [s for s in found if s.span.start not in amounts]
    named |= amounts
    told = (w for w in side.facts.words if w.pos in _PARTS and content(w) and w.start not in named)
    for word in (w for w in told if w.text.isascii() or w.pos != "adv"):  # 即将 "soon to come" says when
        camps = kin(word.lemma) if word.text.isascii() else meant(word.senses) if len(word.text) > 1 else ()
        found += [Standing(word, camp, word) for camp in camps if (word.start, camp[0]) not in taken]
    return found


def _gain(case: Case, one: Standing, other: Standing) -> float:
    """How much nearer the translation comes with the source's word, or a word of its camp, in the other's place."""
    lang, (axis, pole) = case.target.facts.lang, one.camp
    words = [*renderings(lang, one.word.senses or (one.word.lemma,)), *standing(lang, axis, pole)[:_TRIED]]
    return max(target_moves(case, other.span, words), default=0.0)


def _witness(case: Case, one: Standing) -> bool | None:
    """Does the back-translation name only the other camp, or the source's?"""
    if case.back is None:
        return None
    poles = {s.camp[1] for s in in_camps(case.back) if s.camp[0] == one.camp[0]}
    return one.camp[1] not in poles if len(poles) == 1 else None
