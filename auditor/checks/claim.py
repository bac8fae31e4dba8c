"""Claims that turned between the English and a translation, one rule a module; each module's docstring has the details.

Fires on
- negation (claim_negation; claim_answers says what answers a denial): a denial lost or added; of one very word by the back-translation
  (claim_denied); what few, an in- or cannot denies (claim_weakly);
- certainty and obligation (claim_certainty): could became will certainly, must became may;
- footing (claim_footing): reportedly became 经证实, a plan became an act, doubt put in (はずだ);
- rungs (claim_rungs): across ladders: urged became 勒令, planned 義務がある, begun 検討している; doubt put in (かもしれない);
- speaker (claim_speaker): traders / 官员 say so;
- opposite and order (claim_direction, claim_opposite, claim_order): support became oppose, before became after;
- up and down (claim_signs): rises became 削减, above 低于, also by one axis of all words of size, and beside the same figure;
- exchange (claim_exchange): any word that became its opposite by WordNet;
- another of the kind (claim_poles): killed became injured, north south, nurse 医生, nickel コバルト, dozens thousands;
- camp (claim_camps): criticised became 支持, stable 危急, suspended 強化, by two camps of words each;
- share (claim_shares): most polls became a few, all ferries half, beside the same thing;
- roles (claim_roles): A accused B became B accused A;
- contrast (claim_contrast): X rather than Y became Y而非X, dearer than winter gas 夏のガスより;
- question (claim_question): a question became a statement, or the other way round;
- tense (claim_tense): a plan became a fact;
- gender (claim_gender): she became he;
- hedge, status and base (claim_hedge): allegedly lost, so-called put in, a suspect became a convict or plain Mr, year-on-year became
  on the previous period;
- added and dropped (claim_content): words that only one of the versions has.

What the words alone leave open is asked of the sentence encoder (claim_meaning): would the source be nearer to the translation, and to the
back-translation, if it said the other thing?

Stays quiet where a translator said the same in another way: a denial answered by a word that denies in itself, a double negation,
an opposite made up for by a denial, a hedge carried by an ability or an expectation. A back-translation that shows the faithful
reading lowers a finding to minor; one that shows the drift confirms it.

Limits: predicates are found by words, not by parsing; a sentence of many clauses is judged by its nearest words and by count.
"""

from __future__ import annotations

from auditor.checks import (
    claim_certainty,
    claim_content,
    claim_contrast,
    claim_direction,
    claim_footing,
    claim_gender,
    claim_hedge,
    claim_negation,
    claim_question,
    claim_roles,
    claim_rungs,
    claim_speaker,
    claim_tense,
)
from auditor.checks.base import Check, Document, Found, per_passage
from auditor.checks.claim_sides import Case, case, foremost
from auditor.model import Drift, Pair

_RULES = (
    claim_negation,
    claim_direction,
    claim_speaker,
    claim_question,
    claim_tense,
    claim_gender,
    claim_hedge,
    claim_content,
)


def _sureness(facts: Case) -> list[Drift]:
    """What certainty says, or footing and rungs where certainty is not sure: three rules for one change."""
    told: list[Drift] = []
    for rule in (claim_certainty, claim_footing, claim_rungs):
        found = list(rule.find(facts))
        if any(drift.severity != "minor" for drift in found):
            return found
        told = told if told and rule is claim_rungs else found or told
    return told


def _find(pair: Pair, document: Document) -> Found:
    facts = case(pair, document.encode)
    for rule in _RULES:
        yield from rule.find(facts)
    yield from foremost(drift for rule in (claim_roles, claim_contrast) for drift in rule.find(facts))
    yield from claim_speaker.unnamed(facts, document)
    yield from _sureness(facts)
    yield from claim_hedge.given(facts, [other.source for other in document.pairs])


CHECK = Check(id="claim", category="claim", scope="passage", languages=None, find=per_passage(_find))
