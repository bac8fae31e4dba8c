"""Claims that turned.

One rule a module (claim_negation, ...); each module's docstring says what fires, what stays quiet and its limits.
"""

from __future__ import annotations

from auditor.checks import claim_certainty, claim_content, claim_direction, claim_gender, claim_hedge, claim_negation, claim_question, claim_tense
from auditor.checks.base import Check, Document, Found, per_passage
from auditor.checks.claim_sides import case
from auditor.model import Pair

_RULES = (claim_negation, claim_certainty, claim_direction, claim_question, claim_tense, claim_gender, claim_hedge, claim_content)


def _find(pair: Pair, document: Document) -> Found:
    facts = case(pair)
    for rule in _RULES:
        yield from rule.find(facts)


CHECK = Check(id="claim", category="claim", scope="passage", languages=None, find=per_passage(_find))
