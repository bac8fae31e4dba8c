"""What is denied without a "not" and stated in the translation: few believed / 大多相信, inactive / 活動している, cannot / できる.

Fires, when the translation denies less often than the source, and
- a word for hardly any or hardly ever of the source (few, seldom, barely) has what it is about in a clause of the translation that denies
  nothing, and the translation has no word of that kind anywhere;
- the base of an adjective denied by its form ("active" of "inactive") stands in such a clause and stands for nothing else of the source;
- the source says that somebody is unable to, and the translation has an ability beside which nothing is denied.

Stays quiet about amounts ("barely 100 kilometres", "the last few days", "hardly more than a third"), where the source denies the word once
more ("not uninteresting") and where the translation's word stands for the whole word, too (冷淡 for "unmoved"), or is
part of words that mean it (評判は悪い).

Limits: verbs turned round by un- and dis- (unseat, displace) are not read: what they undo may stand in the translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.checks.claim_sides import (
    Case,
    Side,
    counterparts,
    denials,
    denials_beside,
    denied_in_clause,
    drift,
    explains,
    following,
    meanings_of,
    strict,
)
from auditor.lang.denial import base_of
from auditor.lang.en.denial import FEW, of_amount
from auditor.lang.lexical import LOOSE, SURELY
from auditor.model import Cue, Drift, Word

_NEAR_FIGURE = 12
"""Characters from a word for hardly any to the figure it is said of."""
_SENSES = 3
"""So many first senses of a word may be what a denied word's base says."""
_BEHIND, _AHEAD = 6, 2
"""Characters around an ability in which a denial is its own."""


def find(case: Case) -> Iterator[Drift]:
    """At most one, without a back-translation that would know better."""
    if case.back is not None or len(denials(case.target)) >= len(denials(case.source)):
        return
    for cue, there in (*_hardly(case), *_formed(case), *_able(case)):
        said = f"“{cue.text}” is not in the translation: {there.text} is not denied"
        yield drift("negation", "major", 0.6, cue, there, said, cue=cue.value)
        return


def _hardly(case: Case) -> Iterator[tuple[Cue, Word]]:
    if case.target.of("answer", "scant") or case.target.of("quantifier", "few", "only"):
        return
    links = {x.word.start: x for x in case.lexical.source}
    for cue in (c for c in denials(case.source) if c.text.lower() in FEW and not _is_amount(case.source, c)):
        if len(denials_beside(case.source, cue)) > 1:
            continue  # "few would bet against it"
        for word in following(case.source, cue, 2):
            link = links.get(word.start)
            if link is not None and link.by is not None and link.how in SURELY and not denials_beside(case.target, link.by):
                yield cue, link.by


def _is_amount(side: Side, cue: Cue) -> bool:
    text, at = side.facts.text, cue.start - side.offset
    figured = any(0 <= f.start - cue.start <= _NEAR_FIGURE or f.start <= cue.start < f.end for f in side.facts.figures)
    return figured or of_amount(text, at, at + len(cue.text))


def _answered(case: Case, cue: Cue, there: Word) -> bool:
    """Is the word part of others that have the meaning of the source's ("unpopular" / 評判は悪い)?"""
    meant = meanings_of(case.source, cue)
    return bool(meant) and any(c.start <= there.start < c.end for c in case.target.of("answer", *meant))


def _formed(case: Case) -> Iterator[tuple[Cue, Word]]:
    said = {x.word.start for x in case.lexical.target if x.by is not None and x.how not in LOOSE}
    links = {x.word.start: x for x in case.lexical.source}
    adjectives = {w.start: w for w in case.source.facts.words if w.pos == "adj"}
    for cue in (c for c in case.source.of("negative") if c.start in adjectives and not denied_in_clause(case.source, c)):
        word, base = adjectives[cue.start], base_of(cue.text.lower())
        link = links.get(word.start)
        if not base or (link is not None and link.by is not None and link.how not in LOOSE):
            continue
        meant = replace(word, lemma=base, senses=(base,))
        for there in counterparts(meant, case.target):
            first = replace(there, senses=there.senses[:_SENSES])
            if _answered(case, cue, there):
                continue
            free = there.start not in said and len(there.text) > 1 and not explains(word, there)
            if free and explains(meant, first) and not denials_beside(case.target, there):
                yield cue, there


def _able(case: Case) -> Iterator[tuple[Cue, Cue]]:
    unable = [c for c in strict(case.source) if c.value == "unable"]
    if not unable or case.source.of("ability") or any(c.value == "unable" for c in strict(case.target)):
        return
    if len(strict(case.source)) <= len(strict(case.target)):
        return
    for able in case.target.of("ability"):
        beside = (0 <= d.start - able.end <= _BEHIND or 0 <= able.start - d.end <= _AHEAD for d in denials(case.target))
        if not any(beside):
            yield unable[0], able
