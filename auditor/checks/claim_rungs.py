"""Rungs that no single ladder holds: what is urged, ordered, obliged, allowed, tried, planned, weighed, begun or done.

Ladders compare a hedge with a certainty, a duty with a wish that is near it. News changes its footing across ladders: officials urged and
the translation has them 强令, a deal must be found and 争取, talks are planned and 取り沙汰されている, something had begun and is
検討している. A change here is a pair of rungs, each with what answers it.

Fires when
- a word of the source stands on one rung and a word of the translation on another (`_CHANGES` has the pairs), nothing in the clause of the
  translation's word answers the source's, and nothing in the source answers the translation's;
- a duty ("must") or what seems so ("perhaps", "believed to") is told as a fact: the translation leaves nothing open in any way (no
  back-translation must be there to ask);
- the translation holds possible (可能, かもしれない) what the source states, which leaves nothing open.

What answers is in `data/rungs.tsv` of each language, wide on purpose: 要 answers a wish, a plan and a duty. A word that the dictionaries
link to one of the other side has its answer, and answers nothing else.

Stays quiet in questions, where the act is denied by the words before it (尚未拿定主意), where a ban is only named to be ended, and
where the back-translation has no such rung (minor).

Limits: which verb a rung is of is not parsed: in a sentence with two the other's word may answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.claim_sides import Case, Side, apart, denials, drift, ended, strict
from auditor.lang.cue_kinds import SOFT
from auditor.lang.en.tense import tenses
from auditor.lang.lexical import SURELY
from auditor.model import Cue, Drift, Word

_Says = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A rung of the source that became one of the translation.

    mine    kinds and values of the source's cue
    became  rungs of the translation
    kept    what in the translation answers the source's
    had     what in the source answers the translation's
    acts    the translation says that it happened: a past in the source answers that
    denied  a denial on either side answers, too
    plain   any denial of the source answers
    """

    mine: _Says
    became: tuple[str, ...]
    kept: tuple[str, ...]
    had: tuple[str, ...]
    acts: bool = False
    denied: bool = False
    plain: bool = False


_BEFORE = (("footing", "planned"), ("rung", "foreseen"), ("footing", "promised"), ("footing", "hoped"), ("footing", "weighed"))
_HELD = (("footing", "believed"), ("footing", "heard"))
_OPEN = ("hoped", "planned", "expected", "possible", "considered")
_CHANGES = (
    _Change((("rung", "begged"),), ("ordered",), ("urged",), ("ordered", "must")),
    _Change((("rung", "begged"),), ("granted",), ("urged",), ("permitted",)),
    _Change(
        (("rung", "commanded"),), ("begged", "granted", "weighed", "tried"), ("ordered", "obliged", "must"), ("urged", "hoped", "permitted")
    ),
    _Change((("footing", "planned"), ("rung", "foreseen")), ("must",), _OPEN, ("obliged", "ordered")),
    _Change(
        (("footing", "weighed"), ("footing", "hoped"), ("rung", "wanted")), ("must", "ordered"), (*_OPEN, "urged"), ("obliged", "ordered")
    ),
    _Change((("rung", "may"),), ("arranged", "settled", "formal"), (*_OPEN, "permitted", "able"), ("decided", "planned", "formal")),
    _Change((("rung", "may"),), ("never",), ("possible", "partial"), ("never",)),
    _Change((("rung", "may"),), ("must",), ("possible", "permitted"), ("obliged", "ordered")),
    _Change(
        (("rung", "may"), *_HELD, ("rung", "foreseen")), ("proven",), (*_OPEN, "rumoured", "estimated", "seeming"), ("declared", "proven")
    ),
    _Change((("rung", "must"),), ("tried",), ("obliged",), ("hoped",)),
    _Change((("rung", "must"),), ("weighed", "rumoured", "insinuated"), ("obliged",), ("considered", "hoped", "rumoured", "hinted")),
    _Change((("rung", "must"),), ("intended", "foreseen"), ("obliged",), ("planned", "expected", "scheduled")),
    _Change((("rung", "must"),), ("already",), ("obliged",), ("done",), acts=True),
    _Change(
        (("rung", "must"), ("obligation", "should"), ("rung", "begged"), ("rung", "told")),
        ("waived",),
        ("obliged", "urged"),
        (),
        plain=True,
    ),
    _Change((("rung", "begun"),), ("weighed",), ("begun",), ("considered",)),
    _Change((*_BEFORE, ("rung", "wanted")), ("started",), (*_OPEN, "vowed"), ("begun",)),
    _Change((*_BEFORE, ("rung", "wanted")), ("already",), (*_OPEN, "vowed"), ("done", "begun"), acts=True),
    _Change((("certainty", "unlikely"),), ("never",), ("possible", "partial"), ("never",)),
    _Change(_HELD, ("avowed", "formal", "settled"), (*_OPEN, "rumoured"), ("declared", "vowed", "formal", "decided")),
    _Change((("rung", "forbidden"),), ("must", "granted"), ("forbidden",), ("permitted", "obliged"), denied=True),
    _Change((("rung", "forbidden"),), ("begged",), ("forbidden",), ("urged",), denied=True),
    _Change((("rung", "barred"),), ("waived",), ("forbidden",), ("waived",)),
    _Change((("rung", "already"),), ("planned", "scheduled"), ("done", "already", "begun"), ("planned", "expected", "scheduled")),
    _Change((("rung", "granted"),), ("must", "ordered"), ("permitted",), ("obliged", "ordered")),
    _Change((("ability", "able"),), ("must",), ("permitted", "able", "possible"), ("obliged", "ordered")),
    _Change((("rung", "told"),), ("granted",), ("ordered", "obliged", "urged"), ("permitted",)),
    _Change((("rung", "agreed"), ("rung", "granted"), *_BEFORE), ("refused",), (), ("refused",), plain=True),
    _Change(
        (("rung", "foreseen"), *_HELD, ("footing", "hoped")),
        ("convinced",),
        ("foreseen", "rumoured", "possible"),
        ("convinced", "declared"),
    ),
    _Change((("certainty", "likely"), ("rung", "foreseen")), ("partial",), ("foreseen",), ("partial",), plain=True),
    _Change((("rung", "begged"), ("rung", "granted"), ("rung", "may"), *_BEFORE), ("banned",), ("urged",), ("forbidden",), plain=True),
    _Change((("footing", "weighed"), ("rung", "weighed")), ("settled",), ("considered", *_OPEN), ("decided",)),
    _Change((("footing", "hoped"), ("rung", "wanted")), ("settled",), _OPEN, ("done", "decided"), acts=True),
    _Change((("rung", "scheduled"),), ("rumoured",), _OPEN[:3], ("rumoured",)),
    _Change((("rung", "scheduled"),), ("weighed",), _OPEN[:3], ("considered",)),
    _Change(
        (("rung", "agreed"),), ("weighed", "rumoured", "tried", "insinuated"), ("decided",), ("considered", "rumoured", "hoped", "hinted")
    ),
    _Change((("rung", "hinted"),), ("swore", "settled"), ("hinted",), ("vowed", "decided")),
    _Change((("footing", "promised"),), ("insinuated", "weighed"), ("vowed",), ("hinted", "considered")),
    _Change((("negation", "partial"),), ("never",), ("partial",), ("never",)),
    _Change((("rung", "estimated"),), ("fixed",), ("estimated",), ("decided",)),
)
"""Every change that is told, the surest first."""
_SURELY = ("same", "derived")
"""Links by which a word has its answer: synonyms of verbs so common are loose ("fix" for repair, "let" for やる)."""


def find(case: Case) -> Iterator[Drift]:
    """At most one."""
    if case.source.of("question", "question") or case.target.of("question", "question"):
        return
    for change in _CHANGES:
        mine = _first(case.source, change.mine, case, "source")
        theirs = _first(case.target, tuple(("rung", value) for value in change.became), case, "target")
        if (
            mine is None
            or theirs is None
            or _denied_before(case.source, mine)
            or _denied_before(case.target, theirs)
            or ended(case.source, mine, case.target, theirs, case.lexical)
            or apart(case, mine, theirs)
            or _answered(case, change, mine, theirs)
        ):
            continue
        back = None if case.back is None else bool(case.back.of("rung", *change.became))
        yield drift("certainty", "major", 0.6, mine, theirs, f"“{mine.text}” became {theirs.text}", back)
        return
    yield from _gone(case) or _doubted(case)


def _denied_before(side: Side, cue: Cue) -> bool:
    """Is it an act that is denied by the very words before it ("has yet to agree", 尚未拿定主意)?"""
    return cue.value in _ACTS and any(0 <= cue.start - d.end <= _NEAR for d in strict(side))


_ACTS = ("agreed", "granted", "begun", "told", "wanted", "settled", "arranged", "formal", "convinced", "fixed")
_NEAR = 8


def _free(case: Case, which: str, values: tuple[str, ...], other: Cue) -> list[Cue]:
    """A side's cues of these rungs that may answer the other side's: not those which another word of that side accounts for."""
    side, links = (case.source, case.lexical.source) if which == "source" else (case.target, case.lexical.target)
    if not values:
        return []
    firm = [x for x in links if x.by is not None and x.how in SURELY]
    taken = [x.word for x in firm if x.by is not None and not (other.start < x.by.end and x.by.start < other.end)]
    return [c for c in side.of("rung", *values) if not any(w.start <= c.start and c.end <= w.end for w in taken)]


_DROPPED = ((("rung", "duty"),), (("rung", "seeming"),))
"""What is told when it is merely gone: a duty told as a fact, what seems so told as so."""


def _gone(case: Case) -> list[Drift]:
    """A rung of the source of which the translation has nothing at all, nor any word that leaves something open."""
    target = case.target
    if case.back is not None or case.source.of("question") or target.of("footing", *SOFT, "faint") or any(target.of(k) for k in _LEAVES):
        return []
    for says in _DROPPED:
        mine = _first(case.source, says, case, "source")
        linked = mine is not None and _any_of([x.word for x in case.lexical.source if x.by is not None], mine)
        if mine is not None and not linked and not target.of("rung", *_SOFTLY):
            return [drift("certainty", "major", 0.5, mine, None, f"“{mine.text}” is not in the translation: it is told as a fact")]
    return []


_LEAVES = ("certainty", "ability", "condition", "obligation", "attribution", "question")
_SOFTLY = ("rumoured", "hinted", "possible", "considered", "hoped", "urged", "planned", "expected", "vowed", "estimated", "obliged",
           "permitted", "able", "partial", "decided", "declared", "ordered")  # fmt: skip
"""Rungs a translator may have in the place of another."""


def _doubted(case: Case) -> Iterator[Drift]:
    """A possibility that only the translation has."""
    doubts = [c for c in case.target.of("rung", "doubt") if _own(case, c)]
    if not doubts or case.source.of("rung", *_DOUBTS) or any(case.source.of(kind) for kind in ("question", "condition", "ability")):
        return
    open_ = (("footing", _UNSURE), ("attribution", ("alleged",)), ("certainty", ("possible", "unlikely", "impossible")))
    if any(case.source.of(kind, *values) for kind, values in open_):
        return
    back = None if case.back is None else bool(case.back.of("certainty", "possible"))
    yield drift("certainty", "major", 0.5, None, doubts[0], f"{doubts[0].text}: the source leaves no doubt", back)


_UNSURE = ("possible", "believed", "heard", "vague", "expected", "weighed")
_DOUBTS = ("possible", "permitted", "able", "expected", "estimated", "partial", "considered", "rumoured", "hinted")


def _own(case: Case, cue: Cue) -> bool:
    return not _any_of([x.word for x in case.lexical.target if x.by is not None and x.how in _SURELY], cue)


def _answered(case: Case, change: _Change, mine: Cue, theirs: Cue) -> bool:
    start, end = case.target.clause(theirs.start)
    kept = _free(case, "target", change.kept, mine)
    if any(start <= c.start < end for c in kept) or _free(case, "source", change.had, theirs):
        return True
    if change.acts and (case.source.of("footing", "done") or "past" in {tense for tense, _ in tenses(case.source.facts.words).values()}):
        return True
    if change.plain and denials(case.source):
        return True
    return change.denied and bool(denials(case.target) or strict(case.source))


def _first(side: Side, says: _Says, case: Case, which: str) -> Cue | None:
    """The side's first cue of these that no word of the other side surely stands for."""
    links = case.lexical.source if which == "source" else case.lexical.target
    sure = [x.word for x in links if x.by is not None and x.how in _SURELY]
    found = (c for kind, value in says for c in side.of(kind, value))
    return next((c for c in found if not _any_of(sure, c)), None)


def _any_of(words: list[Word], cue: Cue) -> bool:
    return any(cue.start < w.end and w.start < cue.end for w in words)
