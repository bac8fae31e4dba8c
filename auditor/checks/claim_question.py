"""Questions that became statements, and statements that became questions.

Fires when one side asks and the other has neither a question mark or particle nor any word of asking ("whether", "who", 是否, 什么, か).

Major with a back-translation only when the source, asking as the translation does, comes nearer to it.

Stays quiet for rhetorical tags and for questions inside a statement: either may be turned into a statement. A question that the
translation itself answers (是否偷自他人？法院认定：没有) is a note without a back-translation that asks.

Limits: a passage of several sentences is judged as one; a translation that leaves out the question mark and asks by tone only is
taken for a statement, unless the back-translation asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.checks.claim_meaning import moves
from auditor.checks.claim_sides import Case, Side, drift
from auditor.model import Cue, Drift


def find(case: Case) -> Iterator[Drift]:
    """One drift when exactly one side asks."""
    asks, asked = case.source.of("question"), case.target.of("question")
    plain = [c for c in asks if c.value == "question"]
    if plain and not asked:
        back = _back(case, True)
        sure = _final(case.source, plain[0]) and _nearer(case, case.source.facts.text.replace("?", "."))
        yield drift(
            "question", "major" if sure and back is not False else "minor", 0.7, plain[0], None, "a question became a statement", back
        )
    plain = [c for c in asked if c.value == "question"]
    supposed = case.source.of("condition", "if") and not (plain and _final(case.target, plain[0]))  # 想当富翁？先开店。
    if plain and not asks and not supposed and not case.target.of("question", "rhetorical"):
        back = _back(case, False)
        sure = back is not False and _nearer(case, case.source.facts.text.rstrip(_END) + "?")
        sure = sure and (back is True or not _answered(case.target, plain[0]))
        yield drift("question", "major" if sure else "minor", 0.8, None, plain[0], "a statement became a question", back)


_END = ".!\"'”’ "
_GAIN = 0.015


def _nearer(case: Case, changed: str) -> bool:
    """Does the back-translation come nearer to the source when that asks as the translation does? Yes, when nothing can tell."""
    if case.back is None or changed == case.source.facts.text:
        return True
    return all(move.back > _GAIN for move in moves(case, [changed]))


def _final(side: Side, cue: Cue) -> bool:
    """Is the whole passage the question: an auxiliary that opens it, or a mark that ends it?"""
    text, at = side.facts.text, cue.start - side.offset
    return not any(c.isalnum() for c in text[at + len(cue.text) :]) or not any(c.isalnum() for c in text[:at])


def _answered(side: Side, cue: Cue) -> bool:
    """Does the text answer its own question (是否偷自他人？法院认定：没有)?"""
    behind = side.facts.text[cue.end - side.offset :]
    return bool(_ANSWER.search(behind)) and any(d.start > cue.end for d in (*side.of("negation"), *side.of("negative")))


_ANSWER = re.compile("[:：]")


def _back(case: Case, source_asks: bool) -> bool | None:
    if case.back is None:
        return None
    return _asks(case.back) != source_asks


def _asks(side: Side) -> bool:
    return bool(side.of("question", "question"))
