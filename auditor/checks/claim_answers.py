"""Denials that the other side answers by a statement, so that neither is a change: litotes, exceptives, and denials of time.

"Will not be delivered before May" is 最快5月交付, "none the worse" 安然无恙, "no memory beyond the smell" 只剩下气味, "not to be named"
匿名; "before the car had left" is 車が出ないうちに, "stayed" 没有离开. A denial that is so answered is read as `negative`: it explains
a denial elsewhere and raises none, as long as its side denies more often than the other.

A denial counts as answered when
- the words it stands in have a meaning of `data/answers.tsv`, and the other side has that meaning without a denial (`_ALSO`: or a cue that
  says as much: only, possible, at the earliest);
- what it denies has no word on the other side, but its opposite by WordNet or an axis has one, undenied ("not cheap" / 贵).
Stays out of it (the denial is raised as ever) when the word denied stands undenied on the other side where another must answer it ("did not
hide" / 掩饰了), or in a clause of its own ("have yet to reply" / 已答复，仍在谈判), or happens before the time (六月前会关闭).

Limits: a meaning is looked for in the whole passage, so two statements of one meaning of which one lost its denial are not told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.checks.claim_sides import Case, Side, content, counterparts, denied_in_clause, explains, following
from auditor.lang.cue_kinds import LITOTES
from auditor.lang.en.opposites import opposites
from auditor.lang.lexical import LOOSE
from auditor.model import Cue, Span, Word

_ALSO = {
    "except": (("quantifier", "only"),),
    "open": (("certainty", "possible"), ("footing", "possible")),
    "scant": (("quantifier", "few"),),
}
"""Cues of other kinds that state what a meaning does."""
_ITSELF = frozenset(
    {"open", "same", "stay", "goon", "noted", "secret", "surprise", "easy", "all", "unsure", "broken", "brief", "lose", *LITOTES}
    - {"unlike", "false"}  # 别物 is a thing, "not true" a rumour
)
"""Meanings that answer a denial only where the word denied does not stand on the other side, undenied."""
_TOGETHER = frozenset({"except", "yet", "halt", "scant", "first", "again"})
"""Meanings that answer a denied verb only in the clause where that stands, if it stands at all."""
_CONTRARY = {"open": "shut"}
"""A meaning that is none where its contrary stands undenied."""


def settled(case: Case) -> Case:
    """The case, the side that denies more often with as many of its denials made `negative` as the other answers."""
    source, target = case.source, case.target
    more = len({c.start for c in source.of("negation")}) - len({c.start for c in target.of("negation")})
    if more > 0:
        answered = {cue for cue, meaning in _by_table(source, target) if not _contradicted(case, cue, meaning)}
        return replace(case, source=_weakened(source, {*answered, *_by_opposite(case)}, more))
    if more < 0:
        stated = {cue for cue, _ in _by_table(target, source)}
        return replace(case, target=_weakened(target, {*stated, *_stated(case), *_not_yet(case)}, -more))
    return case


def _contradicted(case: Case, cue: Cue, meaning: str) -> bool:
    """Does the translation state what the source denies, whatever else answers it in this meaning?"""
    if meaning in _ITSELF:
        return _itself(case, cue, case.target.of("answer", meaning))
    if meaning in _TOGETHER:
        return _only_elsewhere(case, cue, meaning)
    return meaning == "time" and _happens_before(case, cue)


def _weakened(side: Side, answered: set[Cue], most: int) -> Side:
    """The side with so many of its answered denials made `negative`."""
    cues = sorted(answered, key=lambda c: c.start)[:most]
    if not cues:
        return side
    at = {(c.start, c.end) for c in cues}
    kept = [c for c in side.facts.cues if not (c.kind == "emphasis" and (c.start, c.end) in at)]
    read = tuple(replace(c, kind="negative", value="word") if c in cues else c for c in kept)
    return replace(side, facts=replace(side.facts, cues=read))


def _by_table(side: Side, other: Side) -> Iterator[tuple[Cue, str]]:
    """The denials of a side in words of a meaning that the other side states, with that meaning."""
    denials = side.of("negation")
    here = side.of("answer") if denials else ()
    stated = {c.value for c in other.of("answer")} - _denied(other)
    theirs = other.of("negation")  # ほとんど…ない denies itself what "almost no" does
    free = {
        value: [c for kind in kinds for c in other.of(*kind) if not any(_touch(c, d) for d in theirs)] for value, kinds in _ALSO.items()
    }
    stated |= {value for value, cues in free.items() if cues}
    shut = {value for value, contrary in _CONTRARY.items() if contrary in stated}
    for cue in denials:
        for meaning in sorted({c.value for c in here if _touch(c, cue)} & (stated - shut)):
            yield cue, meaning


def _denied(side: Side) -> set[str]:
    denials = side.of("negation")
    return {c.value for c in side.of("answer") if any(_touch(c, d) for d in denials)}


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _itself(case: Case, cue: Cue, answers: Sequence[Cue]) -> bool:
    """Does the word denied stand in the translation, undenied, where another must answer it ("did not hide" / 掩饰了)?

    As a part of an answer ("does not exceed" / 不超过) it is none."""
    words = [w for w in following(case.source, cue, 2) if w.pos in _QUALITIES][:1]
    found = (w for word in words for w in counterparts(word, case.target) if not denied_in_clause(case.target, w))
    return any(not any(_touch(w, a) for a in answers) for w in found)


def _only_elsewhere(case: Case, cue: Cue, meaning: str) -> bool:
    """Is it a verb that stands undenied in a clause of its own, another one stating ("do not think you regret anything but")?"""
    word = next(following(case.source, cue, 1), None)
    if word is None or word.pos != "verb":
        return False
    stated = [*case.target.of("answer", meaning), *(c for kind in _ALSO.get(meaning, ()) for c in case.target.of(*kind))]
    words = [w for w in counterparts(word, case.target) if not denied_in_clause(case.target, w)]
    clauses = [case.target.clause(w.start) for w in words]
    return bool(clauses) and not any(start <= c.start < end for start, end in clauses for c in stated)


def _happens_before(case: Case, cue: Cue) -> bool:
    """Does it happen before that time, by an undenied clause of the translation ("not before Sunday" / 周日之前有办法)?"""
    before = [case.target.clause(c.start) for c in case.target.of("direction", "before") if not denied_in_clause(case.target, c)]
    denied = [w for word in following(case.source, cue) for w in counterparts(word, case.target)]
    return any(start <= w.start < end for start, end in before for w in denied)


def _by_opposite(case: Case) -> Iterator[Cue]:
    """The source's denials of a word that has none in the translation, where its opposite has one."""
    firm = {x.word.start for x in case.lexical.target if x.by is not None and x.how not in LOOSE}
    for cue in case.source.of("negation"):
        word = next(following(case.source, cue, 1), None) or _object_of(case.source, cue)
        if word is None or word.pos not in (*_QUALITIES, "noun") or counterparts(word, case.target):
            continue
        found = [w for other in _opposites(word) for w in counterparts(other, case.target)]
        if any(w.start not in firm and not denied_in_clause(case.target, w) for w in found):
            yield cue


def _object_of(side: Side, cue: Cue) -> Word | None:
    """The verb right before a denial that nothing follows ("trusts neither")."""
    before = [w for w in side.facts.words if w.end <= cue.start][-1:]
    return before[0] if before and cue.value == "none" and before[0].pos == "verb" else None


def _opposites(word: Word) -> list[Word]:
    return [replace(word, lemma=lemma, senses=(lemma,)) for lemma in opposites(word.lemma.lower())]


def _stated(case: Case) -> Iterator[Cue]:
    """The translation's denials right beside a word that is no word of the source's, but the opposite of one, which is undenied."""
    firm = {x.word.start for x in case.lexical.source if x.by is not None and x.how not in LOOSE}
    lone = [w for w in case.source.facts.words if w.pos in _QUALITIES and content(w) and w.start not in firm]
    lone = [w for w in lone if not denied_in_clause(case.source, w)]
    for cue in case.target.of("negation"):
        start, end = case.target.clause(cue.start)
        near = [w for w in case.target.facts.words if start <= w.start < end and w.pos in _QUALITIES and _beside(cue, w)]
        for word in near[:1]:
            said = any(explains(w, word) for w in case.source.facts.words)
            meant = replace(word, senses=word.senses[:_SENSES])
            if not said and any(explains(other, meant) for w in lone for other in _opposites(w)):
                yield cue


def _not_yet(case: Case) -> Iterator[Cue]:
    """The translation's denials of what the source says something comes before ("before the shops open" / 还没开门)."""
    later = [w for before in case.source.of("direction", "before") for w in following(case.source, before, _MOST)]
    yet = [p for p in case.target.facts.poles if (p.axis, p.pole) == _NOT_YET and p.sure]
    for cue in (c for c in case.target.of("negation") if any(_touch(c, p) for p in yet)):
        near = [w for w in case.target.facts.words if _beside(cue, w) and w.start != cue.start]
        if any(explains(w, other) for w in later for other in near):
            yield cue


_NOT_YET = ("contrary/already-notyet", "notyet")
_MOST = 4
"""Words after a "before" that are about what it comes before."""
_QUALITIES = ("adj", "verb", "adv")
_SENSES = 3
"""So many first senses of a word may be an opposite."""


def _beside(cue: Cue, word: Word) -> bool:
    return 0 <= word.start - cue.end <= _NEAR or 0 <= cue.start - word.end <= _NEAR


_NEAR = 2
