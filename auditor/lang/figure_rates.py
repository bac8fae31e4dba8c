"""What a figure is counted by: $500 a week, 每月500美元, 1トン当たり9870ドル. The words are each language's own (`figures_rates.tsv`)."""

from __future__ import annotations

import re
from functools import cache

from auditor.lang.cjk_tables import alternation
from auditor.lang.figures_base import table
from auditor.lang.figures_said import idiom
from auditor.model import Facts, Figure

_NEAR = r"[^\W\d]{0,6} ?"  # 每吨售价9870美元: letters that may stand between


@cache
def _patterns(lang: str) -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    rows = table(f"auditor.lang.{lang}", "figures_rates.tsv")
    before, after = ([row[1] for row in rows if row[0] == side] for side in ("before", "after"))
    return (
        {surface: unit for _, surface, unit in rows},
        re.compile(f"(?P<by>{alternation(before)}){_NEAR}$"),
        re.compile(rf"\s*(?P<by>{alternation(after)})(?![A-Za-z-])"),
    )


def rate(facts: Facts, figure: Figure, offset: int) -> str | None:
    """The unit by which the figure is counted, when it says so right beside it."""
    units, before, after = _patterns(facts.lang)
    start, end = figure.start - offset, figure.end - offset
    found = after.match(facts.text, end)
    if found is not None and idiom(facts.lang, "apart").match(facts.text, found.end()):
        found = None  # against 3 tonnes a year earlier
    found = found or _nearest(before, facts.text[max(0, start - 16) : start])
    return units[found["by"]] if found else None


def _nearest(before: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The rate that ends nearest to the figure; a single character behind a digit or a Han one (9月の, 前年同月は) is another word's."""
    nearest: re.Match[str] | None = None
    for at in range(len(text)):
        found = before.match(text, at)
        if found is None or (nearest is not None and found.end("by") <= nearest.end("by")):
            continue
        previous = text[at - 1 : at] if at else ""
        if not (len(found["by"]) == 1 and (previous.isdecimal() or "\u4e00" <= previous <= "\u9fff")):
            nearest = found
    return nearest
