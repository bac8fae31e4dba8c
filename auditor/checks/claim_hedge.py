"""Hedges, legal status and the base of a comparison.

Fires when
- the source alleges something ("allegedly", "accused of", "suspected") and the translation states it: minor by itself, major when the
  back-translation states it, too;
- the legal status of somebody changed: a suspect became a convict, a defendant was acquitted (容疑者, 被告, 受刑者);
- somebody whom the source gives a status is only a man or a woman in the translation, or somebody gets one in an article that speaks of
  no crime;
- the translation calls something "so-called" that the source merely names;
- a comparison with the year before became one with the period before, or the other way round (同比 / 环比, 前年同期比 / 前期比).

Stays quiet when the other side has any word of hearsay, accusation or doubt, or explains a name (known as, called), where it puts
something in quotation marks, and for a status that only the translation of an article about a crime names: Japanese gives 容疑者 to
whoever is arrested.

Limits: quotation marks as a hedge are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.claim_sides import Case, Side, drift
from auditor.lang.en.quotes import quotes
from auditor.model import Cue, Drift, Facts, Pole

_SIDES = {"suspect": 0, "accused": 0, "convicted": 1, "acquitted": 2}


def find(case: Case) -> Iterator[Drift]:
    """Hedges, status, base: at most one of each."""
    source, target, back = case.source, case.target, case.back
    heard = {c.start for c in source.of("footing", "heard")}  # these are claim_footing's
    alleged = tuple(c for c in source.of("attribution", "alleged") if c.start not in heard)
    if alleged and not (target.of("attribution") or target.of("status") or target.of("certainty")):
        agreed = None if back is None else not (back.of("attribution") or back.of("certainty") or back.of("status"))
        said = f"“{alleged[0].text}” is not in the translation: what is alleged is stated"
        yield drift("hedge", "major" if agreed else "minor", 0.5, alleged[0], None, said, agreed)
    mine, theirs = source.of("status"), target.of("status")
    unlike = {_SIDES[c.value] for c in mine}.isdisjoint(_SIDES[c.value] for c in theirs)
    if mine and theirs and unlike and not all(_titled(target, c) for c in theirs):
        said = f"“{mine[0].text}” became {theirs[0].text}"
        yield drift("status", "major", 0.6, mine[0], theirs[0], said, _agrees(case, "status", theirs[0].value))
    yield from _dropped(case)
    yield from _doubted(case)
    mine, theirs = source.of("base"), target.of("base")
    if mine and theirs and {c.value for c in mine}.isdisjoint(c.value for c in theirs):
        said = f"“{mine[0].text}” became {theirs[0].text}"
        yield drift("base", "major", 0.9, mine[0], theirs[0], said, _agrees(case, "base", theirs[0].value))


def _titled(side: Side, cue: Cue) -> bool:
    """Is it what the press calls somebody until the sentence is final (許文聡被告に懲役9年)?"""
    return cue.value == "accused" and any(n.end == cue.start for n in side.facts.names)


def _dropped(case: Case) -> Iterator[Drift]:
    """A suspect or defendant who is a man or a woman, no more, where the source names no sex."""
    mine, theirs = case.source.of("status", "suspect", "accused"), _sexes(case.target)
    if mine and theirs and not case.target.of("status") and not _sexes(case.source):
        said = f"“{mine[0].text}” became {theirs[0].text}: the legal status is gone"
        yield drift("status", "major", 0.6, mine[0], theirs[0], said, _gone(case))


def _sexes(side: Side) -> list[Pole]:
    return [p for p in side.facts.poles if p.axis == "gender" and p.sure]


def _gone(case: Case) -> bool | None:
    return None if case.back is None else not case.back.of("status")


def _doubted(case: Case) -> Iterator[Drift]:
    """A word that casts doubt on a name, where the source has neither such a word nor quotation marks."""
    put_in = case.target.of("naming", "doubted")
    if put_in and not (case.source.of("naming") or case.source.of("attribution") or quotes(case.source.facts.text)):
        said = f"{put_in[0].text} casts doubt on what the source merely names"
        back = None if case.back is None else bool(case.back.of("naming", "doubted"))
        yield drift("hedge", "major", 0.6, None, put_in[0], said, back)


def given(case: Case, article: Sequence[Facts]) -> Iterator[Drift]:
    """A legal status that the translation gives somebody in an article that speaks of no crime."""
    theirs = case.target.of("status")
    if theirs and not case.source.of("status") and not any(map(_speaks_of_crime, article)):
        said = f"{theirs[0].text}: the source gives nobody a legal status"
        yield drift("status", "major", 0.6, None, theirs[0], said, _agrees(case, "status", theirs[0].value))


_CRIME = frozenset({"crime", "custody", "verdict", "trial", "victim", "legality"})


def _speaks_of_crime(facts: Facts) -> bool:
    return any(c.kind == "status" or c.value == "alleged" for c in facts.cues) or any(p.axis in _CRIME for p in facts.poles)


def _agrees(case: Case, kind: str, value: str) -> bool | None:
    """Does the back-translation say what the target says (True), or another thing of that kind (False)?"""
    if case.back is None or not case.back.of(kind):
        return None
    return bool(case.back.of(kind, value))
