"""English sentences with a denial taken out or put in, for weighing what a text would say without it or with it."""

from __future__ import annotations

import re

from auditor.lang.en.words import DENIED
from auditor.model import Cue, Facts

_AFFIRMED = {
    "without": "with", "unable": "able", "neither": "either", "nor": "or", "nobody": "somebody", "nothing": "something",
    "none": "some", "nowhere": "somewhere", "cannot": "can", "wo": "will", "ca": "can", "sha": "shall", **DENIED,
}  # fmt: skip
_DENIAL = re.compile(r"\b(?:not|never|no longer|no|no one)\b|n['’]t\b", re.I)
_LETTERS = re.compile(r"[A-Za-z]+")


def affirmed(text: str, cue: Cue, offset: int = 0) -> str:
    """The text with a denial taken out: "could not" is "could", "without" is "with"."""
    start = cue.start - offset
    while start > 0 and text[start - 1].isalpha():  # "ca" of "can't"
        start -= 1
    words = _DENIAL.sub("", text[start : cue.end - offset])
    said = _LETTERS.sub(lambda m: _AFFIRMED.get(m[0].lower(), m[0]), words)
    return re.sub(r"  +", " ", f"{text[:start]}{said}{text[cue.end - offset :]}")


BE = frozenset("am is are was were be been being get gets got".split())  # noqa: SIM905
"""What makes a verb passive."""
AUXILIARIES = frozenset(
    "am is are was were will would shall should can could may might must do does did has have had".split()  # noqa: SIM905
)


def denied(facts: Facts, offset: int = 0) -> list[str]:
    """The text with one denial put in, after each auxiliary or before each verb where there is none."""
    text = facts.text
    places = [w.end for w in facts.words if w.text.lower() in AUXILIARIES]
    places = places or [w.start - 1 for w in facts.words if w.pos == "verb"]
    return [f"{text[: max(0, at - offset)]} not{text[max(0, at - offset) :]}" for at in places]


NOT = frozenset({"not", "n't", "n’t"})
"""Denials that may stand at the end ("if it doesn't")."""
NO_FURTHER = frozenset({"but"})
"""What ends the reach of a denial: "not how they would vote but how their neighbours would"."""
ENDING = frozenset(
    """end cease halt stop lift scrap repeal revoke rescind abolish cancel annul bury settle resolve heal quell defuse overcome waive avert
    terminate subside conclude finish lifting rescinding cancellation abolition termination""".split()  # noqa: SIM905
)
"""Verbs that leave of a thing its contrary (the ban was lifted, the quarrel buried, the war averted), and what dictionaries call them."""
ENDABLE = frozenset(
    """ban embargo prohibition restriction boycott blockade siege curfew freeze moratorium war warfare conflict hostility hostilities
    fighting battle quarrel feud dispute row rift spat standoff strike unrest riot crisis""".split()  # noqa: SIM905
)
"""What has a contrary once it is ended."""
NOT_ITS_OBJECT = frozenset({"to", "and", "or", "but", "of", "in", "on", "at", "by", "with", "for", "from", "after", "before", "as"})
"""What stands between a verb and what is not its object."""
HARDLY = frozenset({"hardly", "barely", "rarely", "seldom", "scarcely"})
"""Adverbs that all but deny."""
SELDOM, FEW = HARDLY | {"rare"}, HARDLY | {"few"}
LESSER = ("less", "fewer")
"""Deny what they are compared with ("less than feared" / 懸念されたほどではない), whatever they are linked with."""
_COUNTED = re.compile(r"\b(?:last|next|past|a|an|the|these|those|first|every|his|her|our|their|its|coming|very|what|quite|another) $", re.I)
_MORE = re.compile(r" (?:more|less|over|above|half|a|an|have|has|any)\b", re.I)


def of_amount(text: str, start: int, end: int) -> bool:
    """Is "few" or "hardly" said of how much ("the last few days", "hardly more than"), so that it denies nothing?"""
    return bool(_COUNTED.search(text[:start]) or _MORE.match(text, end))
