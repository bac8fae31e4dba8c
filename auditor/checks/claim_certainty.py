"""How sure the writer is, and what one has to do.

Fires when
- the source only thinks something possible or likely and the translation is certain of it ("could" / 必将, ことは確実だ), or the other
  way round;
- the source is certain, or hedges, in so many words, and neither the translation nor the back-translation does;
- an obligation changed by two rungs of the ladder forbidden, optional, permitted or advised, should, must ("have to" / 可以选择, 望ましい);
- what one should not do became what one may (てもよい, 不妨), what may be became what must (義務がある), the verb being the same.

Stays quiet when the words of certainty are the same rung or next to each other, when a hedge may hide in an ability (可, 能, できる), in an
expectation (预计, 見通し) or in what somebody says, thinks or fears, when it is a thing or its quality ("the chance", "potential danger"),
and for "sure" words that only stress (当然, もちろん).

Limits: without a back-translation a hedge that is merely gone is minor, but for a bare "may" or "might"; which of two predicates carries a
hedge is not parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.checks.claim_sides import Case, Side, counterparts, drift, ended, following, foremost, strict
from auditor.lang.cue_kinds import CERTAINTY, OBLIGATION, SOFT
from auditor.lang.lexical import LOOSE
from auditor.model import Cue, Drift

_SURE = ("certain", "stressed")
_HEDGES = ("possible", "likely", "unlikely")


def find(case: Case) -> Iterator[Drift]:
    """At most one: the first that is serious; certainty first."""
    yield from foremost(told for rule in (_certainty, _crossed, _obligation, _let, _freed) for told in rule(case))


def _certainty(case: Case) -> Iterator[Drift]:
    source, target, back = case.source, case.target, case.back
    sure, hedged = source.of("certainty", *_SURE), source.of("certainty", *_HEDGES)
    sure_t, hedged_t = target.of("certainty", *_SURE), target.of("certainty", *_HEDGES)
    plain_t = [c for c in sure_t if c.value == "certain"]
    if plain_t and not sure and (hedged or not source.of("obligation", "must")):
        first = (*hedged, *source.of("completion", "planned"), None)[0]
        what = f"became {plain_t[0].text}, which is certain"
        yield _drift(0.85 if hedged else 0.6, first, plain_t[0], what, _says(back, "certain"), weak=first is None)
    elif sure and sure[0].value == "certain" and not sure_t:
        if back is not None and not back.of("certainty", *_SURE):
            named = _named(source, sure[0]) or bool(target.of("certainty", "stressed"))
            yield _drift(0.5, sure[0], None, "is not in the translation", True, weak=named)
        elif hedged_t and not hedged:
            yield _drift(0.6, sure[0], hedged_t[0], f"became {hedged_t[0].text}, a possibility", None)
    elif hedged and (hedged[0].value == "possible" or _twice(hedged)):
        yield from _unhedged(case, hedged)


def _crossed(case: Case) -> Iterator[Drift]:
    """Across the middle of the ladder: unlikely became likely or certain, certain became possible, likely became sure."""
    mine, theirs = _graded(case.source, _VAGUE), _graded(case.target)
    if not mine or not theirs or _denied_besides(case.source, mine) or _denied_besides(case.target, theirs):
        return
    here, there = _span(mine), _span(theirs)
    down = here[1] >= _LIKELY and there[0] <= _UNLIKELY
    up = here[0] <= _UNLIKELY and there[1] >= _LIKELY
    sure = here[1] == CERTAINTY["certain"] and there[0] == CERTAINTY["possible"]
    overdone = here[0] <= _LIKELY and there[1] == CERTAINTY["certain"]
    overdone = overdone or (here[0] == CERTAINTY["possible"] and there[0] > _LIKELY and _is_sure(case.back))  # "may" / きっと / "I'm sure"
    if (down or up or sure or overdone) and not all(_named(case.source, c) for c in mine):
        weak = overdone and all(_polite(case, c) for c in mine)
        yield _drift(0.6, mine[0], theirs[0], f"became {theirs[0].text}", _crossed_back(case, theirs[0]), weak=weak)


_VAGUE = ("verb", "function")
"""What the source "would", "believes" and "expects" is no rung of its own."""
_UNLIKELY, _LIKELY = CERTAINTY["unlikely"], CERTAINTY["likely"]


def _graded(side: Side, vague: tuple[str, ...] = ()) -> list[Cue]:
    """Its cues of certainty without those that may be an ability, and without likelihoods by words of the vague parts of speech."""
    able = {a.start for a in side.of("ability")}
    parts = {w.start: w.pos for w in side.facts.words}
    return [c for c in side.of("certainty") if c.start not in able and not (c.value == "likely" and parts.get(c.start) in vague)]


def _span(graded: list[Cue]) -> tuple[int, int]:
    """The highest rung and the lowest."""
    rungs = [CERTAINTY[c.value] for c in graded]
    return max(rungs), min(rungs)


def _denied_besides(side: Side, graded: list[Cue]) -> bool:
    """Is anything else denied? "Absolutely not" is impossible."""
    return any(all(not c.start <= d.start < c.end for c in graded) for d in strict(side))


def _is_sure(back: Side | None) -> bool:
    """Does the back-translation hold for certain what it has a word of certainty for?"""
    return back is not None and not back.of("certainty", *_HEDGES) and bool(back.of("certainty", *_SURE) or back.of("rung", "convinced"))


def _crossed_back(case: Case, theirs: Cue) -> bool | None:
    if case.back is None:
        return None
    rungs = {CERTAINTY[c.value] for c in _graded(case.back)}
    return None if not rungs else min(abs(r - CERTAINTY[theirs.value]) for r in rungs) <= 1


def _let(case: Case) -> Iterator[Drift]:
    """What one must do became what one can or may do."""
    parts = {w.start: w.pos for w in case.source.facts.words}
    must = [c for c in case.source.of("obligation", "must") if parts.get(c.start) in ("function", "adj")]  # "need" is a verb, and a wish
    may = [*case.target.of("obligation", "permitted", "free", "optional"), *case.target.of("ability")]
    if not must or not may:
        return
    softer = [*case.source.of("ability"), *case.source.of("obligation", "permitted", "optional", "should")]
    # "I do not care whom they must hurt" asks nothing of anybody
    softer += [*_denied_beside(case.source, must[0]), *case.source.of("negation", "not", "never", "unable")]
    kept = [*case.target.of("obligation", "must", "should", "forbidden"), *case.target.of("certainty", "certain")]
    kept += [*_denied_beside(case.target, may[0]), *case.target.of("negation", "not", "never", "unable")]
    if not softer and not kept and (case.back is None or not case.back.of("obligation", "must", "should")):
        yield _drift(0.6, must[0], may[0], f"became “{may[0].text}”", case.back is not None or None, kind="obligation")


def _denied_beside(side: Side, cue: Cue) -> list[Cue]:
    """The denials in the clause of a cue, its own apart."""
    start, end = side.clause(cue.start)
    return [d for d in strict(side) if start <= d.start < end and not cue.start <= d.start < cue.end]


def _freed(case: Case) -> Iterator[Drift]:
    """What one should not do became what one may, what one should do too; what one may do, or what may be, became what one must."""
    no, free = case.source.of("obligation", "forbidden"), case.target.of("obligation", "free", "permitted")
    kept = case.target.of("obligation", "forbidden") or case.source.of("obligation", "permitted", "free")
    lifted = bool(no and free) and ended(case.source, no[0], case.target, free[0], case.lexical)  # "lifted the ban" / 許可
    if no and free and not kept and not lifted and not _denied_beside(case.target, free[0]):
        yield _drift(0.6, no[0], free[0], f"became “{free[0].text}”", _free_in_back(case), kind="obligation")
    should = case.source.of("obligation", "should")
    denied = (*strict(case.source), *strict(case.target), *case.source.of("ability"), *case.source.of("obligation", "permitted", "free"))
    if should and free and case.back is None and not denied and not case.target.of("obligation", "must", "should", "forbidden"):
        yield _drift(0.6, should[0], free[0], f"became “{free[0].text}”", None, kind="obligation")
    may, must = _modal(case.source), case.target.of("obligation", "must")
    if not may or not must or case.source.of("obligation", "must", "should", "forbidden") or case.source.of("footing", "urged"):
        return
    start, end = case.target.clause(must[0].start)
    hedges = [c for c in (*case.target.of("certainty"), *case.target.of("condition"), *strict(case.target)) if start <= c.start < end]
    sure = [x.word for x in case.lexical.target if x.by is not None and x.how not in LOOSE]
    answered = any(w.start < must[0].end and must[0].start < w.end for w in sure)
    same = any(start <= w.start < end for verb in following(case.source, may[0], 1) for w in counterparts(verb, case.target))
    if case.back is not None:
        same = same or bool(case.back.of("obligation", "must"))
    if same and not hedges and not answered and not case.target.of("certainty", *_HEDGES):
        yield _drift(0.6, may[0], must[0], f"became “{must[0].text}”", None, kind="obligation")


def _modal(side: Side) -> list[Cue]:
    parts = {w.start: w.pos for w in side.facts.words}
    return [c for c in side.of("certainty", "possible") if parts.get(c.start) == "function" and c.text.lower() in ("may", "might")]


def _free_in_back(case: Case) -> bool | None:
    return None if case.back is None else not (strict(case.back) or case.back.of("obligation", "forbidden"))


def _unhedged(case: Case, hedged: tuple[Cue, ...]) -> Iterator[Drift]:
    """A possibility that neither the translation nor, around the same words, the back-translation hedges."""
    plain = [c for c in case.target.of("certainty", *_HEDGES) if c.start not in {a.start for a in case.target.of("ability")}]
    if _twice(hedged) and len(plain) < len(hedged) - 1 and case.back is not None and not case.target.of("question"):
        kept = [c for c in case.back.of("certainty", *_HEDGES) if c.value != "likely"]
        if not kept:
            yield _drift(0.6, hedged[0], None, "is not in the translation", True)
            return
    if plain:
        return
    polite = all(_polite(case, c) or _named(case.source, c) for c in hedged) or (len(hedged) < 2 and _soft(case.target))
    agreed = None if case.back is None else _plain_in_back(case, hedged, case.back)
    if agreed or not (case.target.of("certainty", *_HEDGES) or _soft(case.target)):
        # "only members may": who may is told by "only"
        allowed = case.source.of("quantifier", "only") and case.target.of("quantifier", "only")
        bare = case.back is None and not allowed and (_twice(hedged) or any(_left_bare(case, c) for c in _modal(case.source)))
        yield _drift(0.45, hedged[0], None, "is not in the translation", agreed, weak=not bare and (agreed is not True or polite))


def _left_bare(case: Case, cue: Cue) -> bool:
    """Is it a "may" of what happens, neither manners nor a permission nor denied, and no month?"""
    asks = any(c.start == case.source.offset for c in case.source.of("question", "word"))  # "How a war may end" is a title
    doubted = asks or case.source.of("rung", "rumoured") or case.target.of("footing", *SOFT)
    return not (doubted or _polite(case, cue) or _denied_beside(case.source, cue))


def _twice(hedged: tuple[Cue, ...]) -> bool:
    """Is it hedged in two words beside each other ("might possibly"): nothing but a hedge answers that?"""
    return any(later.start - cue.end == 1 for cue, later in pairwise(hedged))


def _named(side: Side, cue: Cue) -> bool:
    """Is the hedge a thing or a quality of one ("the chance", "potential danger") and not said of what happens?"""
    at = next((k for k, w in enumerate(side.facts.words) if w.start == cue.start), None)
    if at is None:
        return False
    word, after = side.facts.words[at], side.facts.words[at + 1 : at + 2]
    return word.pos == "noun" or (word.pos == "adj" and any(w.pos in ("noun", "adj") for w in after))


def _polite(case: Case, cue: Cue) -> bool:
    """Is the hedge no more than manners or an ability: "you may ask", "could", or part of a question?"""
    able = {c.start for c in case.source.of("ability")}
    near = {w.lemma for w in case.source.facts.words if -2 <= w.start - cue.end <= 2 or -2 <= cue.start - w.end <= 2}
    return bool(cue.start in able or near & {"i", "you", "we"} or case.source.of("question", "question"))


def _plain_in_back(case: Case, hedged: tuple[Cue, ...], back: Side) -> bool | None:
    """Does the back-translation say without a hedge what the source hedges?"""
    soft = [*back.of("certainty", *_HEDGES), *back.of("ability")]
    if not soft and not back.of("attribution"):
        return True
    for cue in hedged:
        for word in following(case.source, cue, 2):
            for other in counterparts(word, back):
                start, end = back.clause(other.start)
                return not any(start <= c.start < end for c in soft)
    return None if len(soft) < len(hedged) else False


def _says(back: Side | None, value: str) -> bool | None:
    if back is None:
        return None
    if back.of("certainty", value):
        return True
    return False if back.of("certainty", *_HEDGES) else None


def _obligation(case: Case) -> Iterator[Drift]:
    mine, theirs = _rungs(case.source), _rungs(case.target)
    if not mine or not theirs:
        yield from _gone(case, mine)
        return
    near = min(abs(a - b) for a in mine for b in theirs)
    if set(mine) == {OBLIGATION["forbidden"]} and case.target.of("rung", "forbidden"):
        return  # "demands that it be forbidden" / 要求禁止
    if set(mine) == {OBLIGATION["should"]} and case.target.of("footing", "expected") and case.source.of("footing", "expected"):
        return  # what should happen is what is expected (料可)
    if near >= 3 and not _raised(case, theirs):
        a, b = mine[max(mine)], theirs[min(theirs) if max(mine) > 2 else max(theirs)]
        if b.value == "free" and case.source.of("negation", "not", "never", "unable"):
            return  # "they do not care whom they have to hurt" / 誰を傷つけても構わない
        rungs = _rungs(case.back) if case.back is not None else {}
        agreed = None if not rungs else min(abs(x - y) for x in mine for y in rungs) >= 3
        yield _drift(0.7, a, b, f"became “{b.text}”", agreed, kind="obligation")


def _raised(case: Case, theirs: dict[int, Cue]) -> bool:
    """ "Do not think he should" is 认为他不应该: the denial stands elsewhere."""
    return set(theirs) == {OBLIGATION["forbidden"]} and bool(case.source.of("negation"))


def _gone(case: Case, mine: dict[int, Cue]) -> Iterator[Drift]:
    """ "Need not" that neither the translation nor the back-translation has, where the latter has an obligation instead."""
    if OBLIGATION["optional"] in mine and case.back is not None and max(_rungs(case.back), default=0) >= OBLIGATION["should"]:
        yield _drift(0.5, mine[OBLIGATION["optional"]], None, "is not in the translation", True, kind="obligation")


def _rungs(side: Side) -> dict[int, Cue]:
    return {OBLIGATION[c.value]: c for c in side.of("obligation") if c.value != "permitted"}


def _drift(
    strength: float, source: Cue | None, target: Cue | None, what: str, back: bool | None, weak: bool = False, kind: str = "certainty"
) -> Drift:
    said = f"“{source.text}” {what}" if source else f"the source does not say so surely: {what.removeprefix('became ')}"
    return drift(kind, "minor" if weak or back is False else "major", strength, source, target, said, back)


def _soft(side: Side) -> bool:
    """Anything a possibility may hide in."""
    return any(side.of(kind) for kind in ("ability", "attribution", "question", "condition", "obligation"))
