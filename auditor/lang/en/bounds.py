"""What bounds or blurs an English figure: more than, at least, up to, nearly before it; or more, at most behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from auditor.lang.figures_base import table
from auditor.model import Bound, Figure


@cache
def _bound_phrases(place: str) -> tuple[re.Pattern[str], Mapping[str, tuple[Bound, bool]]]:
    rows = {
        phrase: (bound, blur == "~")
        for phrase, where, bound, *rest in table("auditor.lang.en", "figures_bounds.tsv")
        if where == place
        for blur in [rest[0] if rest else ""]
    }
    names = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(rows, key=len, reverse=True))
    if place == "before":
        return re.compile(
            rf"(?:^|(?<=[^\w])|(?<=^[a-z])(?=[<>])|(?<=[^<\w/][a-z])(?=[<>]))({names})(?:\s*-\s*|\s*(?:the\s+|an?\s+)?(?:age\s+of\s+)?)$",
            re.IGNORECASE,
        ), rows  # type: ignore[return-value]
    return re.compile(rf"[\s-]?({names})(?!\w)", re.IGNORECASE), rows  # type: ignore[return-value]


def bounding(text: str) -> re.Match[str] | None:
    """The words at the end of a text that bound what stands behind."""
    return _bound_phrases("before")[0].search(text)


# What an "over" stands behind that means more than: for over five years, took over an hour, aged over 60.
_LASTING = re.compile(
    r"(?:^|\b(?:for|in|at|with|last(?:ed|s|ing)?|t[ao]k(?:e|es|en|ing)|took|after|of|is|are|was|were|be|been|just|well|spent|spend\w*|wait\w*|serv\w+"
    r"|span\w*|and|or|aged?|by|within|ago|anyone|people|those|men|women|the|an?|all|every\w*|from|to|than|drivers|patients|workers"
    r"|liv\w+|stay\w*|held|jailed))\s*$",
    re.IGNORECASE,
)

# Less than 5000 or equal.
_EQUAL = re.compile(r"\s+or\s+equal\b", re.IGNORECASE)
_OR_EQUAL: Mapping[Bound, Bound] = {"under": "at most", "over": "at least"}

# An amount: $9m over ten is in ten years, told before.
_AMOUNT_ENDS = re.compile(r"(?:[$£€¥]\s?[\d.,]*\d\s?(?:m|mn|bn|b|tn|k)?|\b(?:million|billion|trillion|dollars|euros|pounds|yen|yuan))\s*$")


def bounded(text: str, figure: Figure) -> Figure:
    """The figure with the bound its surroundings give it; the span stays the figure's."""
    if figure.kind in ("ordinal", "weekday") or (figure.kind == "date" and figure.high):
        return figure
    bound, blur = figure.bound, figure.approximate
    at = figure.start
    pattern, rows = _bound_phrases("before")
    for _ in range(2):
        found = pattern.search(text[max(0, at - 40) : at])
        if found is None:
            break
        named = rows[re.sub(r"\s+", " ", found[1].lower())]
        if found[1].lower() == "over" and figure.kind == "duration" and not _LASTING.search(text[: max(0, at - 40) + found.start()]):
            break  # saves a million over five years: in the course of
        if found[1].lower() == "over" and figure.kind == "number" and _AMOUNT_ENDS.search(text[: max(0, at - 40) + found.start()]):
            break  # $5m over five years, $9m over ten
        bound, blur = (named[0] if bound == "exact" else bound), blur or named[1]
        at = max(0, at - 40) + found.start()
    if bound in _OR_EQUAL and _EQUAL.match(text, figure.end):
        bound = _OR_EQUAL[bound]
    pattern, rows = _bound_phrases("after")
    after = pattern.match(text, figure.end)
    if after and not (after[1].lower() in ("plus", "+") and re.match(r"\s*\d", text[after.end() :])):
        named = rows[re.sub(r"\s+", " ", after[1].lower())]
        bound, blur = (named[0] if bound == "exact" else bound), blur or named[1]
    if figure.kind in ("date", "time"):
        bound = "exact"
    return replace(figure, bound=bound, approximate=blur) if (bound, blur) != (figure.bound, figure.approximate) else figure
