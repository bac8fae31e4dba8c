"""Hedges, legal status and the base of a comparison.

Fires when
- the source alleges something ("allegedly", "accused of", "suspected") and the translation states it: minor by itself, major when the
  back-translation states it, too;
- the legal status of somebody changed: a suspect became a convict, a defendant was acquitted (容疑者, 被告, 受刑者);
- a comparison with the year before became one with the period before, or the other way round (同比 / 环比, 前年同期比 / 前期比).

Stays quiet when the other side has any word of hearsay, accusation or doubt, and for a status that only one side names: Japanese gives
容疑者 to whoever is arrested.

Limits: quotation marks as a hedge are not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.claim_sides import Case, drift
from auditor.model import Drift

_SIDES = {"suspect": 0, "accused": 0, "convicted": 1, "acquitted": 2}


def find(case: Case) -> Iterator[Drift]:
    """Hedges, status, base: at most one of each."""
    source, target, back = case.source, case.target, case.back
    alleged = source.of("attribution", "alleged")
    if alleged and not (target.of("attribution") or target.of("status") or target.of("certainty")):
        agreed = None if back is None else not (back.of("attribution") or back.of("certainty") or back.of("status"))
        said = f"“{alleged[0].text}” is not in the translation: what is alleged is stated"
        yield drift("hedge", "major" if agreed else "minor", 0.5, alleged[0], None, said, agreed)
    mine, theirs = source.of("status"), target.of("status")
    if mine and theirs and {_SIDES[c.value] for c in mine}.isdisjoint(_SIDES[c.value] for c in theirs):
        said = f"“{mine[0].text}” became {theirs[0].text}"
        yield drift("status", "major", 0.6, mine[0], theirs[0], said, _agrees(case, "status", theirs[0].value))
    mine, theirs = source.of("base"), target.of("base")
    if mine and theirs and {c.value for c in mine}.isdisjoint(c.value for c in theirs):
        said = f"“{mine[0].text}” became {theirs[0].text}"
        yield drift("base", "major", 0.9, mine[0], theirs[0], said, _agrees(case, "base", theirs[0].value))


def _agrees(case: Case, kind: str, value: str) -> bool | None:
    """Does the back-translation say what the target says (True), or another thing of that kind (False)?"""
    if case.back is None or not case.back.of(kind):
        return None
    return bool(case.back.of(kind, value))
