"""Negation that one side has and the other has not.

Fires when
- the source denies something and nothing in the translation denies anything, or fewer things, and what the source denies is there
  ("do not tolerate violence" / 会容忍暴力);
- both deny something, but the words for what the source denies stand in a clause without a denial, and a denial is missing;
- the source refuses something ("declined to say") and its object stands in a clause without any denial (透露了);
- the translation denies something, and nothing in the source does: without a back-translation major only when the word denied stands
  for one of the source by the dictionaries (拘束力のない / "binding") or the denial says that it goes against what one thinks (并未,
  从未, 毫无: `emphasis`), else minor, for translators turn sentences round freely.

Stays quiet when the other side has a denial of any kind in reach: a word that denies in itself ("unfit" / 不适合, "fail" / できなかった,
"refuse", 难以), "only", "unless", "until" / 才, a rhetorical question, "need not", a possibility denied (不太可能), or states what
the source denies (claim_answers: not before May / 最快5月); double negations that mean "must" (不得不, ざるを得ない) and words that only
look negative (不仅, かもしれない) are no negation at all (the cue tables say so).
Where both deny something and only the number differs, with no word to show for it, the source must come nearer without its denial.
"Less cheerful" is a denial of cheerful (没那么高兴), "before ... was dry" one of dry (未干), and two denials of a clause make none.
A back-translation that denies what the source denies lowers the finding to minor. Which it does is asked of the meaning, too: with the
denial taken out (or put in), does the source come nearer to the translation and to the back-translation, or go away? In a long sentence the
same is asked of the denial's clause and the clauses that answer it.

Limits: a sentence with two denials of which one moved to another clause is judged by count; what exactly was denied is not parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.checks import claim_denied, claim_weakly
from auditor.checks.claim_answers import settled
from auditor.checks.claim_clauses import clause_around
from auditor.checks.claim_meaning import moves
from auditor.checks.claim_sides import (
    Case,
    Side,
    counterparts,
    denials,
    denials_beside,
    drift,
    excuses,
    explains,
    following,
    meanings_of,
    strict,
)
from auditor.lang.base import language
from auditor.lang.denial import denies_another, negative_form
from auditor.lang.en.denial import BE, LESSER, affirmed, denied
from auditor.lang.lexical import LOOSE, SURELY
from auditor.model import Cue, Drift, Span, Word

REACH = 24
"""Characters between a word and the denial that may cover it, within one clause."""
_PLAIN = frozenset({"not", "never", "unable"})


_AWAY = -0.008
"""A back-translation that is so much nearer to the source with its denial than without it denies, too."""
_NEARER = 0.003
"""One that is so much nearer without it does not."""
_PUT_IN = 0.02
"""The same for a denial that is put into the source at a guess of its place."""
_ALONE = 0.03
"""A translation that is so much nearer to the source without its denial, where no back-translation can tell."""
Lost = tuple[Cue, Word | Cue | None, float]


def find(case: Case) -> Iterator[Drift]:
    """Negations lost, then negations added."""
    case = settled(case)
    lost = _lost(case.source, case.target) or _lost_in_back(case) or _lost_by_meaning(case) or _refusal_lost(case)
    if lost is not None and _cancelled(case, lost[0]):
        return
    added = _added(case) if lost is None else None
    told = _report(case, *lost) if lost is not None else _report_added(case, *added) if added is not None else None
    if told is None or told.severity == "minor":
        told = _lost_in_clause(case) or next(claim_denied.find(case), None) or next(claim_weakly.find(case), None) or told
    if told is not None:
        yield told


def _lost(source: Side, target: Side) -> Lost | None:
    """The source negation that the target has not, the target word it should have denied, and how sure that is."""
    mine, theirs = strict(source), excuses(source, target)
    if not mine:
        return None
    if able := _able(mine, target):
        return mine[0], able, 0.85
    if item := _orphan(target):
        return mine[0], item, 0.9
    bare = _bare(source, target, mine, theirs)
    if bare and len(mine) > len(theirs):
        return *bare, 0.9 if not theirs else 0.75
    if bare and len(mine) > len(strict(target)):
        return *bare, 0.6
    plain = [c for c in mine if c.value in _PLAIN]
    if plain and len(mine) > len(theirs):
        return plain[0], None, 0.6 if not theirs else 0.5
    left = 0.3 if denials(target) or mine[0].value == "without" else 0.5
    return (mine[0], None, left) if not theirs else None


def _meant(case: Case, cue: Cue) -> bool | None:
    """Do translation and back-translation come nearer to the source when it does not deny (True), or go away (False)?"""
    if case.back is None:
        return None
    for move in moves(case, [affirmed(case.source.facts.text, cue, case.source.offset)]):
        if move.back < _AWAY or (move.back < 0 and move.target < 0):
            return False
        if move.least > _NEARER and move.both > 3 * _NEARER:
            return True
    return None


def _lost_by_meaning(case: Case) -> Lost | None:
    """A denial that no word shows to be lost, but meaning does, where the translation denies less often."""
    mine = strict(case.source)
    if len(strict(case.target)) >= len(mine):
        return None
    if case.back is None and len(denials(case.target)) >= len(denials(case.source)):
        return None
    if case.back is None:
        plain = [affirmed(case.source.facts.text, cue, case.source.offset) for cue in mine]
        told = [cue for cue, move in zip(mine, moves(case, plain), strict=True) if move.target > _ALONE]
        return (told[0], None, 0.6) if told else None
    return next(((cue, None, 0.8) for cue in mine if _meant(case, cue)), None)


def _lost_in_clause(case: Case) -> Drift | None:
    """A denial that the clauses which answer its own have not: neither side has as many, nor comes nearer to the clause with it."""
    if case.back is None or len(strict(case.back)) >= len(strict(case.source)):
        return None
    for cue in (c for c in strict(case.source) if c.value in _PLAIN):
        found = clause_around(case, cue)
        if found is None or found.likeness < _ANSWERS:
            continue
        mine = _within(case.source, found.source)
        if _within(case.target, found.target) >= mine or _within(case.back, found.back) >= mine:
            continue
        move = found.moves(case, [affirmed(found.source.text, cue, found.source.start)])[0]
        if move.least > 0:
            said = f"“{cue.text}” is neither in the translation nor in the back-translation of this clause"
            return drift("negation", "major", 0.6, cue, found.target, said, True, cue=cue.value)
    return None


def _cancelled(case: Case, cue: Cue) -> bool:
    """Do two denials of one clause make none in a translation that has neither ("I do not think it uncommon" / 很正常)?"""
    if case.back is not None or denials(case.target):
        return False
    start, end = case.source.clause(cue.start)
    said = {x.word.start for x in case.lexical.source if x.by is not None and x.how in SURELY}
    if any(start <= d.start < cue.start for d in case.source.of("quantifier", "few")):
        return True  # "hardly a day without"
    others = [d for d in case.source.of("negative") if start <= d.start < end and d.start > cue.start and negative_form(d.text.lower())]
    return any(d.start not in said for d in others)


def _refusal_lost(case: Case) -> Lost | None:
    """A word of refusal whose object stands in a translation that denies nothing in any way ("declined to say" / 透露了)."""
    if case.back is not None or len(denials(case.target)) >= len(denials(case.source)):
        return None
    links = {x.word.start: x for x in case.lexical.source}
    verbs = {w.start for w in case.source.facts.words if w.pos != "noun"}
    for cue in case.source.of("emphasis"):
        own = links.get(cue.start)
        answers = meanings_of(case.source, cue)
        if answers and case.target.of("answer", *answers):
            continue  # "declined to say whether" / 言及を避けた
        if cue.start not in verbs or _passive(case.source, cue) or (own is not None and own.by is not None and own.how not in LOOSE):
            continue
        for word in following(case.source, cue, 1):
            link = links.get(word.start)
            if link is not None and link.by is not None and link.how in SURELY and not denials_beside(case.target, link.by):
                return cue, link.by, 0.9
    return None


def _passive(side: Side, cue: Cue) -> bool:
    """Is somebody refused something ("was denied by"), which is told in many ways?"""
    before = [w for w in side.facts.words if w.end <= cue.start]
    return bool(before) and before[-1].text.lower() in BE


def _within(side: Side, clause: Span) -> int:
    """How many denials of any kind a clause has."""
    return sum(clause.start <= d.start < clause.end for d in denials(side))


_ANSWERS = 0.5
"""A clause of the back-translation answers a clause of the source from this likeness on."""


def _bare(source: Side, target: Side, mine: tuple[Cue, ...], theirs: tuple[Cue, ...]) -> tuple[Cue, Word] | None:
    """The first source negation whose predicate stands undenied in the target, with that predicate."""
    for cue in mine:
        word = _undenied(source, cue, target, theirs)
        if word is not None:
            return cue, word
    return None


def _lost_in_back(case: Case) -> Lost | None:
    """A source negation whose predicate stands undenied in the back-translation, while the target has fewer negations, too."""
    mine = strict(case.source)
    if case.back is None or len(mine) <= len(strict(case.target)) or len(mine) <= len(strict(case.back)):
        return None
    bare = _bare(case.source, case.back, mine, excuses(case.source, case.back))
    return (bare[0], None, 0.55) if bare else None


def _able(mine: tuple[Cue, ...], target: Side) -> Cue | None:
    """ "Could not" against a plain "can": somebody is able, and nothing in the target is denied by grammar."""
    able = target.of("ability")
    return able[0] if able and not strict(target) and any(c.value == "unable" for c in mine) else None


def _orphan(target: Side) -> Cue | None:
    """A word that only goes with a denial, in a clause that has none of any kind (一切否定している has one)."""
    for item in target.of("polarity"):
        start, end = target.clause(item.start)
        if not any(start <= d.start < end for d in denials(target)):
            return item
    return None


def _undenied(source: Side, cue: Cue, target: Side, theirs: tuple[Cue, ...]) -> Word | None:
    """The target's word for what the source cue denies, when no denial is in its reach."""
    for word in following(source, cue):
        found = tuple(w for w in counterparts(word, target) if len(w.text) > 1 or explains(word, replace(w, senses=w.senses[:_COMMON])))
        found = tuple(w for w in found if not any(f.start <= w.start < f.end for f in target.facts.figures))  # "not in 2021"
        if any(denies_another(sense) for w in found for sense in w.senses[:2]):
            return None  # "without telling" / 黙って
        if found and not any(_covers(target, d, t) for t in found for d in theirs):
            return found[0]
        if found:
            return None
    return None


_COMMON = 4
"""A word of one character (則 "follow") stands for another by so many of its first senses."""


def _covers(side: Side, denial: Cue, word: Word) -> bool:
    start, end = side.clause(word.start)
    return start <= denial.start < end and min(abs(denial.start - word.end), abs(word.start - denial.end)) <= REACH


def _added(case: Case) -> tuple[Cue, Word | None] | None:
    """A negation that only the target has, with the source word it denies where the back-translation shows one."""
    theirs, mine = [c for c in strict(case.target) if c.value != "partial"], _open_denials(case)
    if not theirs or len(strict(case.target)) <= len(strict(case.source)):
        return None
    if case.back is not None:
        word = _denied_in_back(case, case.back) or _denied_by_meaning(case, case.back)
        if word is not None:
            return theirs[0], word
    elif not mine:
        for cue in theirs:
            if (word := _states(case, cue)) is not None:
                return cue, word
        loud = {c.start for c in case.target.of("emphasis")}
        theirs.sort(key=lambda c: c.start not in loud)
    return (theirs[0], None) if not mine else None


def _open_denials(case: Case) -> list[Cue]:
    """The source's denials, without the weak ones whose word stands in the translation ("stop" / 停留所)."""
    denied = strict(case.target)
    said = {x.word.start for x in case.lexical.source if x.by is not None and x.how in SURELY and not _overlaps(x.by, denied)}
    words = {w.start: w for w in case.source.facts.words}
    open_ = [d for d in denials(case.source) if d.kind != "negative" or d.start not in said or words[d.start].end != d.end]
    return open_ + [d for d in case.source.of("negative") if d.text.lower() in LESSER and d not in open_]


def _overlaps(word: Word, cues: Iterable[Cue]) -> bool:
    return any(word.start < c.end and c.start < word.end for c in cues)


def _states(case: Case, cue: Cue) -> Word | None:
    """The source's word, undenied, for the very word that a denial of the translation is about."""
    start, end = case.target.clause(cue.start)
    links = [x for x in case.lexical.target if start <= x.word.start < end and not cue.start <= x.word.start < cue.end]
    if language(case.target.facts.lang).verb_last:
        near = [x for x in reversed(links) if x.word.end <= cue.start and cue.start - x.word.end <= _ENDINGS]
    else:
        near = [x for x in links if x.word.start >= cue.end and x.word.start - cue.end <= _BESIDE]
    for link in near[:1]:
        if any(
            x.by == link.by and x is not link and x.how not in LOOSE and not denials_beside(case.target, x.word)
            for x in case.lexical.target
        ):
            return None  # it is stated, too ("had got off; ... stayed" / 已下车 ... 没下车)
        if link.by is not None and link.how in (*SURELY, "phrase") and link.by.pos in ("verb", "adj") and len(link.word.text) > 1:
            return link.by
    return None


_BESIDE, _ENDINGS = 3, 5
"""Characters between a denial and the word it is about, and where endings stand between them (させられていない)."""


def _denied_by_meaning(case: Case, back: Side) -> Word | None:
    """The source's first verb, when the back-translation denies more often, too, and with a denial the source is nearer to both."""
    mine = strict(case.source)
    if len(strict(back)) <= len(mine) or len(denials(case.source)) > len(mine):
        return None
    told = any(move.least > _PUT_IN for move in moves(case, denied(case.source.facts, case.source.offset)))
    return next((w for w in case.source.facts.words if w.pos == "verb"), None) if told else None


def _denied_in_back(case: Case, back: Side) -> Word | None:
    """The source's verb that the back-translation denies and the source does not."""
    if len(strict(back)) + len(back.of("negative")) <= len(denials(case.source)):
        return None
    denied = {w for cue in strict(case.source) for w in following(case.source, cue)}
    for cue in (*(c for c in strict(back) if c.value in _PLAIN), *back.of("negative")):
        for word in following(back, cue, 1):
            for mine in counterparts(word, case.source):
                same = [w for w in denied if w.lemma == mine.lemma]
                if mine.pos == "verb" and not same and not any(_covers(case.source, d, mine) for d in denials(case.source)):
                    return mine
    return None


def witness(source: Side, back: Side | None) -> bool | None:
    """Does the back-translation lack a denial that the source has (True), or have what the source has (False)?"""
    if back is None:
        return None
    mine, theirs = strict(source), excuses(source, back)
    if not mine:
        return None
    if len(strict(back)) >= len(mine):
        return False
    if _bare(source, back, mine, theirs) or len(mine) > len(theirs):
        return True
    return None


def _report(case: Case, cue: Cue, word: Word | Cue | None, strength: float) -> Drift:
    meant = _meant(case, cue)
    back = witness(case.source, case.back) if meant is None else meant
    unsure = case.back is not None and back is None and (strength < 0.8 or cue.value not in _PLAIN)
    severity = "minor" if back is False or unsure or _faint(case, cue, word, strength, back) else "major"
    what = f"“{cue.text}” is not in the translation" + (f": {word.text} is not denied" if word else "")
    return drift("negation", severity, strength, cue, word, what, back, cue=cue.value)  # type: ignore[arg-type]


def _faint(case: Case, cue: Cue, word: Word | Cue | None, strength: float, back: bool | None) -> bool:
    """Is hardly anything told by it, or does nothing move?"""
    bare = word is None and strength < _NOTHING_DENIED
    return (strength < _COUNTED and back is None) or (strength <= _NOTHING_DENIED and _unmoved(case, cue, bare))


def _unmoved(case: Case, cue: Cue, bare: bool) -> bool:
    """Does the source come no nearer without its denial, or (not `bare`: a word shows what is not denied) go far away, where no
    back-translation can tell?"""
    if case.back is not None or case.encode is None:
        return False
    least = _BARELY if bare else _FAR
    return all(m.target <= least for m in moves(case, [affirmed(case.source.facts.text, cue, case.source.offset)]))


_BARELY, _FAR = 0.0015, -0.01
"""The least that it must come nearer, and from where on it is far: of 17,000 faithful lines ten denials were told from there on, of 7,000
drifts three."""
_NOTHING_DENIED, _COUNTED = 0.6, 0.5
"""How sure a denial is lost where the translation denies nothing at all, and where it only denies less often."""


def _report_added(case: Case, cue: Cue, word: Word | None) -> Drift:
    back = bool(strict(case.back)) or None if case.back is not None else None
    loud = case.back is None and any(c.start == cue.start for c in case.target.of("emphasis"))
    severity = "major" if word is not None or loud else "minor"
    said = f"{cue.text} denies what the source states" + (f": “{word.text}”" if word else "")
    return drift("negation", severity, 0.6 if word else 0.4, word, cue, said, back, cue=cue.value)  # type: ignore[arg-type]
