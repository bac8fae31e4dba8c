"""What a figure is to a change: what it was ("from"), what it became ("to"), or the difference ("by").

Tables `data/figures_roles.tsv` say which particle stands before or after a figure in which role. What rises or falls is known by the
English senses of words, which stand on the axes of opposites that hold "increase" and "ascend"; "to" and "by" count only beside one
such word, and only one: in 增幅扩大到20% it is the growth that grew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from auditor.lang.en.lexicon import close_synonyms
from auditor.lang.en.opposites import places
from auditor.lang.figures_base import table
from auditor.model import Facts, Figure, Word

Role = Literal["from", "to", "by"]
_ITSELF, _BETWEEN = "~", "-"
_SENSES = 4
_AHEAD = 60  # characters of the clause before a figure that are looked at
_AFTER = 16
_GAP = 25  # characters from a word of change to its particle: cut the fare for children by
_BESIDE = 3  # characters from に to its word of change
_LOOSE = 24  # characters from "from" to its figure: from a year-earlier 3.1 %
_CLAUSE = re.compile(r"(?<!\d)[,.:;]|[,.:;](?!\d)|[，、。；：（）()!?！？—–]")


@cache
def _markers(lang: str) -> tuple[tuple[str, bool, Role, str], ...]:
    """(marker, stands before the figure, role, kinds or "" for all), longest marker first; none for a language without a table."""
    rows = sorted(_rows(lang), key=lambda row: -len(row[0]))
    return tuple((m, side == "before", cast(Role, role), "".join(kinds)) for m, side, role, *kinds in rows if role != _BETWEEN)


def _rows(lang: str) -> tuple[tuple[str, ...], ...]:
    try:
        return table(f"auditor.lang.{lang}", "figures_roles.tsv")
    except FileNotFoundError:
        return ()


@cache
def _between(lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand between a marker and its figure, before it and after it ("about", 了), longest first; none holds a marker (近くに)."""
    vague = [(m, side) for m, side, _, *blur in table(f"auditor.lang.{lang}", "figures_bounds.tsv") if blur == ["~"]]
    vague += [(m, side) for m, side, role, *_ in _rows(lang) if role == _BETWEEN]
    markers = tuple(m for m, *_ in _markers(lang))
    free = sorted({(m, side) for m, side in vague if not m.startswith(markers) and not m.endswith(markers)}, key=lambda r: (-len(r[0]), r))
    before, after = (tuple(m for m, s in free if s == side) for side in ("before", "after"))
    return before, after


@lru_cache(maxsize=4096)
def _of_change(senses: tuple[str, ...]) -> bool:
    axis = {number for term in ("increase", "ascend") for number, _ in places(term)}
    parts = {part for sense in senses for part in (sense, *sense.split())}
    return any(number in axis for part in parts for term in (part, *close_synonyms(part)) for number, _ in places(term))


def changes(word: Word) -> bool:
    """Does the word say that something rises or falls, by one of its first senses?"""
    return word.pos not in ("num", "punct", "name") and _of_change(word.senses[:_SENSES] or (word.lemma.lower(),))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands about a figure in its clause, back to the last figure of its kind. Offsets are those of the text.

    ahead   words of change before the figure: where each begins and ends
    behind  where those after it begin
    """

    lead: str
    trail: str
    start: int
    end: int
    ahead: tuple[tuple[int, int], ...]
    behind: tuple[int, ...]


def role(facts: Facts, figure: Figure, offset: int) -> Role | None:
    """The role of a figure, None when there is none or it is not plain. `offset` is where the text of the facts begins in the document."""
    around = _around(facts, figure, offset)
    for marker, before, kind, only in _markers(facts.lang):
        if only and figure.kind not in only.split(","):
            continue
        if (_leads if before else _trails)(marker, kind, facts.lang, around):
            return kind
    return None


def _around(facts: Facts, figure: Figure, offset: int) -> _Around:
    start, end = figure.start - offset, figure.end - offset
    since = max((f.end - offset for f in facts.figures if f.end - offset <= start and f.kind == figure.kind), default=0)
    lead = _CLAUSE.split(facts.text[max(since, start - _AHEAD) : start])[-1]
    trail = _CLAUSE.split(facts.text[end : end + _AFTER])[0]
    first, last = start - len(lead), end + len(trail)
    spans = [(w.start - offset, w.end - offset) for w in facts.words if first <= w.start - offset < last and changes(w)]
    ahead, behind = [s for s in spans if s[0] < start], [s[0] for s in spans if s[0] >= end]
    return _Around(lead, trail, start, end, tuple(ahead), tuple(behind))


def _leads(marker: str, kind: Role, lang: str, around: _Around) -> bool:
    """Does the marker stand before the figure: rose by 20 %, 涨到20%?"""
    if kind == "from":
        return re.search(_whole(marker) + f".{{0,{_LOOSE}}}$", around.lead) is not None
    near = _cut(around.lead, _between(lang)[0], str.removesuffix)
    at = around.start - len(around.lead) + len(near)
    if len(around.ahead) != 1:
        return False
    apart = at - around.ahead[0][1]
    if marker == _ITSELF:
        return apart == 0
    # a particle may be the end of the word of change itself: 涨到
    return re.search(_whole(marker) + "$", near) is not None and apart - len(marker) <= (_GAP if marker.isascii() else 0)


def _trails(marker: str, kind: Role, lang: str, around: _Around) -> bool:
    """Does the marker stand after the figure: 20%に上昇, 20%増?"""
    near = _cut(around.trail, _between(lang)[1], str.removeprefix)
    at = around.end + len(around.trail) - len(near)
    if kind == "from":
        return near.startswith(marker)
    if around.ahead or not around.behind:
        return False
    return around.behind[0] == at if marker == _ITSELF else near.startswith(marker) and around.behind[0] - at - len(marker) <= _BESIDE


def _whole(marker: str) -> str:
    return rf"\b{marker}\b" if marker.isascii() else marker


def _cut(text: str, words: tuple[str, ...], cut: Callable[[str, str], str]) -> str:
    """The text without the words (and blanks) at one of its ends."""
    while True:
        shorter = next((found for word in ("\u0020", *words) if (found := cut(text, word)) != text), text)
        if shorter == text:
            return text
        text = shorter
