"""The axes of opposites and sisters, and how much a word on one of them says by itself.

| kind | axes whose words | what is asked before a change is told |
|---|---|---|
| title | mean one thing only: courts, ranks, ministries, armed forces, vague amounts, the label of a group | next to nothing |
| sure | seldom mean another thing: the compass, kin, exports and imports | the meaning must not speak against it |
| firm | are opposites in most sentences: support and oppose, rise and fall, kill and injure | the meaning must speak for it |
| ladder | are rungs: all, most, some, few; suspect and confirm; if and unless | the meaning must speak for it, well above chance |
| open | mean other things besides: give and receive, open and close | the meaning must speak clearly for it |
| share | are rungs only beside the same thing: all, most, half, some, few, none | the same words stand beside them (`claim_shares`) |
| camp | take one of two sides in any way: praise, endorse, welcome; blame, deny, reject | nothing else stands for either (`claim_camps`) |
| sister | name things of one kind (`data/poles_sisters.tsv`): nurse and doctor | the words stand alone, the meaning for it |
| contrary | are opposites (`data/poles_contraries.tsv`): wholesale and retail | the same |
| order | turn with the order of the clauses: before and after | the same words must stand beside them, too |

The poles of an axis and their words are in `data/poles.tsv` of each language.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["title", "sure", "firm", "ladder", "open", "share", "camp", "order", "sister", "contrary"]
_KINDS: dict[Kind, str] = {
    "title": "military court label vague monthpart portfolio force hospital partywing parties",
    "sure": "north east side stream trade kin custody verdict loan season",
    "firm": """
    stance vote office casualty deal outcome permission rank limit change doubling open ease strength same join hire profit
    weather outlook extreme quality crime legality measure build ally praise denial route employer property
    """,
    "ladder": "evidence quantity limitation condition",
    "open": """
    more early oblige start resume distance publicity battle daypart state level area
    country transfer school term civilian crowd truth wealth price age liking trust sequence success include gender parent trial victim
    peace inside front speed heavy
    """,
    "share": "share",
    "camp": "attitude going fortune motion guilt grip show part aid mood",
    "order": "order",
}
AXES: dict[str, Kind] = {axis: kind for kind, axes in _KINDS.items() for axis in axes.split()}
"""Axis of `data/poles.tsv` -> its kind."""


def kind_of(axis: str) -> Kind:
    """The kind of an axis: those of the other tables begin with it ("sister/farm-people")."""
    first, told, _ = axis.partition("/")
    return first if told else AXES[axis]  # type: ignore[return-value]


def group_of(axis: str) -> str:
    """What an axis is part of, so that no word of one of its axes can be said for a word of another ("sister/food/grain"); "" for none."""
    parts = axis.split("/")
    return parts[1] if len(parts) == _GROUPED else ""


_GROUPED = 3


Camp = tuple[str, str]
"""An axis whose words take one of two sides, and a pole of it."""
_EXCHANGED = "transfer country front state battle include start same daypart truth age casualty measure praise"
"""Axes whose words faithful translations exchange (was awarded / 获得, began / 结束, missing / 遺体): alarms on news lines and no finds."""
_CAMP_KINDS = frozenset({"camp", "sure", "firm", "open"})
CAMPS = frozenset(axis for axis, kind in AXES.items() if kind in _CAMP_KINDS) - frozenset(_EXCHANGED.split())
"""The axes read as camps by `checks/claim_camps.py`."""
