"""On what footing a statement stands: heard, believed, possible, hoped, planned, promised, decided, proved or done.

Fires when
- a word of the source leaves open what the translation settles ("reportedly" / 经证实, "is expected to" / ことが確定した,
  "hopes to" / 保证, "may" / 绝不会), or the source settles what is left open (promised / 検討);
- the translation hears, believes or holds possible what the source states, which leaves nothing open in any other way (はずだ, 据说),
  which is minor;
- "may" became "will", of the same verb;
- a plan became an act ("plans to close" / 已经关闭, 閉鎖済み), or an act a plan ("had been replaced" / 即将更换): the verb is the same
  by the dictionaries;
- hearsay is told as a fact: no word of the translation leaves anything open or names who says it.

Words are counted, those left out that stand for one another by the dictionaries: the source must have more words that leave something
open than the translation, and the clause of the word that settles must have none. Any such word answers any other ("may" / 预计); hearsay
is answered by hearsay and belief alone. `data/footing.tsv` of each language is the ladder.

Stays quiet (minor) when the back-translation has no such word; where what settles is only what could be done (決めることもできた);
where both sides oblige ("should be the last word" / 決定者になるべき); and where what is arranged is a thing (安排的牢房).

Limits: a footing that is merely lost is `claim_certainty`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.claim_sides import Case, Side, apart, content, drift, strict
from auditor.lang.base import language
from auditor.lang.cue_kinds import HARD, SOFT
from auditor.lang.en.tense import tenses
from auditor.lang.lexical import LOOSE
from auditor.model import Cue, Drift, Word

_FACT = ("proved", "decided", "promised", "never")
_SETTLES = {
    "vague": ("proved", "evident", "never"),
    "heard": ("proved", "evident", "never"),
    "believed": ("proved", "evident", "never"),
    "possible": (*_FACT, "evident"),
    "weighed": _FACT,
    "hoped": ("proved", "promised", "never"),
    "planned": ("proved", "decided"),
    "future": ("proved",),
    "expected": _FACT,
    "promised": (),
}
"""What of the translation is too sure for what of the source."""
_OPENS = {
    "promised": ("weighed", "hoped"),
    "decided": ("weighed",),
    "proved": ("weighed",),
    "never": ("weighed", "planned"),
}
"""What of the translation is too open for what of the source."""
_OPEN = tuple(value for value in SOFT if value not in HARD)
_ACTS = ("weighed", "hoped", "planned", "future", "expected", "promised", "possible")
"""What an act is before it is done."""
_DOUBTS = ("heard", "believed", "possible")
_EITHER = ("certainty", "attribution", "ability", "question", "condition", "obligation")
"""Kinds of cues that leave something open, too."""
_FAR = 4
"""Words between a footing and the verb it is of."""


_DENIES = 8
"""Characters between a denial and what it leaves open ("has yet to decide")."""


def find(case: Case) -> Iterator[Drift]:
    """At most one."""
    for rule in (_settled, _opened, _acted, _willed, _put_off, _unheard, _hedged):
        for found in rule(case):
            yield found
            return


def _settled(case: Case) -> Iterator[Drift]:
    soft, there = _alone(case, "source", SOFT), _alone(case, "target", _OPEN)
    hard = [c for c in _alone(case, "target", HARD) if not _open_beside(case.target, c) and not _able(case.target, c)]
    if not soft or not hard or len(_alone(case, "source", HARD)) >= len(hard) or case.source.of("footing", "firm"):
        return
    owed = bool(case.source.of("obligation") and case.target.of("obligation"))  # "should be the last word" / 決定者になるべき
    for cue in (c for c in soft if not (c.value == "expected" and owed)):
        kinds = ("vague", "heard", "believed") if cue.value == "heard" else SOFT
        if len([c for c in there if c.value in kinds]) >= len([c for c in soft if c.value in kinds]):
            continue
        for other in hard:
            told = other.value in _SETTLES[cue.value] and (other.value != "never" or _denies_more(case))
            if told and not apart(case, cue, other):
                yield _told(case, cue, other)
                return


def _opened(case: Case) -> Iterator[Drift]:
    hard, there = _alone(case, "source", HARD), _alone(case, "target", HARD)
    soft = _alone(case, "target", _OPEN)
    if len(there) >= len(hard) or len(_alone(case, "source", _OPEN)) >= len(soft) or case.target.of("footing", "firm"):
        return
    for cue in (c for c in hard if not any(d.end <= c.start and c.start - d.end <= _DENIES for d in strict(case.source))):
        for other in soft:
            if other.value in _OPENS[cue.value] and not apart(case, cue, other):
                yield _told(case, cue, other)
                return


def _acted(case: Case) -> Iterator[Drift]:
    soft, there = _alone(case, "source", _ACTS), _alone(case, "target", _ACTS)
    if len(there) >= len(soft):
        return
    for done in case.target.of("footing", "done"):
        cue = None if _open_beside(case.target, done) else _same_verb(case, done)  # "by then they will have" / 届时已有 is a plan
        if cue is not None and cue in soft and cue.value in _ACTS:
            yield _told(case, cue, done)
            return
    acts = [c for c in _alone(case, "target", ("done",)) if not _open_beside(case.target, c)]
    plans = [c for c in soft if c.value in ("planned", "promised", "hoped") and not all(apart(case, c, act) for act in acts)]
    if acts and plans and not case.source.of("footing", "done") and "past" not in {t for t, _ in tenses(case.source.facts.words).values()}:
        yield _told(case, plans[0], acts[0])


def _willed(case: Case) -> Iterator[Drift]:
    """ "May visit" became "will visit"."""
    if case.target.of("footing", *(v for v in SOFT if v != "future"), "faint") or any(case.target.of(kind) for kind in _EITHER):
        return
    for will in case.target.of("footing", "future"):
        cue = _same_verb(case, will)
        if cue is not None and cue.value == "possible":
            yield _told(case, cue, will)
            return


def _same_verb(case: Case, cue: Cue) -> Cue | None:
    """The source's footing of the verb that a footing of the translation is of."""
    # where something of the source is done, too (has said that he will), only the very next verb is the translation's
    most = 1 if cue.value == "done" and case.source.of("footing", "done") else 4
    verbs = [word for word in _verbs(case, cue, most) if not _said_twice(case.source, word)]
    found = (_governs(case.source, word, (*SOFT, "done")) for word in verbs)
    return next((c for c in found if c is not None), None)


def _said_twice(side: Side, word: Word) -> bool:
    """ "May forgive them: it forgave them before" says it of two times."""
    return sum(w.lemma == word.lemma and w.pos == word.pos for w in side.facts.words) > 1


def _put_off(case: Case) -> Iterator[Drift]:
    soft, there = _alone(case, "source", _ACTS), _alone(case, "target", ("planned",))
    if len(soft) >= len(there):
        return
    for plan in there:
        cue = _same_verb(case, plan)
        if cue is not None and cue.value == "done" and _of_a_verb(case, cue, plan):
            yield _told(case, cue, plan)
            return


def _of_a_verb(case: Case, cue: Cue, plan: Cue) -> bool:
    """Is what the plan and the act are of a verb: 安排的牢房 arranges no cell?"""
    return any(word.pos == "verb" and _governs(case.source, word, ("done",)) == cue for word in _verbs(case, plan))


def _unheard(case: Case) -> Iterator[Drift]:
    """Hearsay told as a fact."""
    heard = _alone(case, "source", ("heard",))
    kept = [*case.target.of("footing", *_DOUBTS, "vague"), *case.target.of("certainty", "possible", "likely")]
    kept += [c for kind in ("attribution", "status", "question", "naming") for c in case.target.of(kind)]
    if heard and not kept:
        back = None if case.back is None else not (case.back.of("footing", *_DOUBTS) or case.back.of("attribution"))
        said = f"“{heard[0].text}” is not in the translation: what is heard is stated"
        yield drift("hedge", "minor" if back is False else "major", 0.6, heard[0], None, said, back)


def _hedged(case: Case) -> Iterator[Drift]:
    """Doubt put in where the source leaves nothing open: a note, as translators of news do so four times for every drift."""
    doubts = _alone(case, "target", _DOUBTS)
    open_ = case.source.of("footing", *SOFT, "faint") or any(case.source.of(kind) for kind in _EITHER)
    if doubts and not open_:
        said = f"{doubts[0].text}: the source leaves no doubt"
        back = None if case.back is None else bool(case.back.of("footing", *_DOUBTS))
        yield drift("certainty", "minor", 0.4, None, doubts[0], said, back)


def _verbs(case: Case, cue: Cue, most: int = 4) -> Iterator[Word]:
    """The source's words for the verb that a footing of the translation is of: the next in its clause, or the one it follows."""
    start, end = case.target.clause(cue.start)
    before = language(case.target.facts.lang).verb_last
    links = [x for x in case.lexical.target if start <= x.word.start < end and x.word.start != cue.start]
    near = [x for x in reversed(links) if x.word.end <= cue.start] if before else [x for x in links if x.word.start >= cue.end]
    for link in near[: 1 if before else most]:
        if link.by is not None and link.how not in LOOSE and content(link.by):
            yield link.by


def _governs(side: Side, word: Word, values: tuple[str, ...]) -> Cue | None:
    """The last footing before a word, in its clause and not far from it."""
    start, _ = side.clause(word.start)
    before = [c for c in side.of("footing", *values) if start <= c.start and c.end <= word.start]
    if not before:
        return None
    between = [w for w in side.facts.words if before[-1].end <= w.start < word.start]
    return before[-1] if len(between) <= _FAR else None


def _alone(case: Case, side: str, values: tuple[str, ...]) -> list[Cue]:
    """The footings of a side that no word of the other surely stands for."""
    own, links = (case.source, case.lexical.source) if side == "source" else (case.target, case.lexical.target)
    sure = [x.word for x in links if x.by is not None and x.how not in LOOSE]
    return [c for c in own.of("footing", *values) if not any(c.start < w.end and w.start < c.end for w in sure)]


def _open_beside(side: Side, cue: Cue) -> bool:
    """Is something left open in the clause?"""
    start, end = side.clause(cue.start)
    return any(start <= c.start < end and c.start != cue.start and c.value != "promised" for c in side.of("footing", *SOFT))


def _able(side: Side, cue: Cue) -> bool:
    """Does the word say what could be done (決めることもできた), in a language whose verbs come last?"""
    return language(side.facts.lang).verb_last and any(0 <= able.start - cue.end <= _BEHIND for able in side.of("ability"))


_BEHIND = 2
"""Characters between a verb and the ability that it ends in."""


def _denies_more(case: Case) -> bool:
    return len(strict(case.target)) > len(strict(case.source))


def _told(case: Case, cue: Cue, other: Cue) -> Drift:
    back = None if case.back is None else bool(case.back.of("footing", other.value))
    return drift("certainty", "major", 0.6, cue, other, f"“{cue.text}” became {other.text}", back)
