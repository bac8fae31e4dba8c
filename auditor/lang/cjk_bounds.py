"""What bounds or blurs a Chinese or Japanese figure: 约, 超过 before it, 以上, 未満 behind it, 比…多 about it."""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.lang.cjk_tables import Tables
from auditor.model import Figure

# What stands behind a comparison that is said: 比三十大一些; not 比3大学多.
_SAID = re.compile("$|[,，。、;；!！?？ ]|一|些|得?多|很")


def bounded(figure: Figure, text: str, tables: Tables) -> Figure:
    """The figure with what stands around it: 约, 超过, 以上, 未満."""
    bound, blurred = figure.bound, figure.approximate
    if before := tables.ends_before.search(text, max(0, figure.start - 8), figure.start):
        said, blur = tables.before[before[1]]
        if before[1] == "上" and figure.text[0] not in "百千万亿億":
            said, blur = None, False
        bound, blurred = (said if said and said != "exact" and bound == "exact" else bound), blurred or blur
    elif bound == "exact" and (ahead := tables.ends_ahead.search(text, max(0, figure.start - 12), figure.start)):
        bound = tables.ahead[ahead[1]]
    end = figure.end
    after = tables.starts_after.match(text, end)
    if after is None and figure.kind in ("number", "range", "ordinal") and (counter := tables.starts_counter.match(text, end)):
        after = tables.starts_after.match(text, counter.end())
    if after:
        said, blur = tables.after[after[1]]
        bound, blurred = (said if said and said != "exact" and bound == "exact" else bound), blurred or blur
    elif bound == "exact" and (first := tables.starts_around.search(text, max(0, figure.start - 4), figure.start)):
        counter = tables.starts_counter.match(text, end)
        rest = tables.ends_around.match(text, counter.end() if counter else end)
        if rest is None and (own := tables.ends_around.match(text, end)) and _SAID.match(text, own.end()):
            rest = own  # 比100大: the word is a counter as well
        bound = tables.around.get((first[1], rest[1]), bound) if rest else bound
    if figure.kind in ("date", "time", "weekday"):
        bound = figure.bound
    return replace(figure, bound=bound, approximate=blurred) if (bound, blurred) != (figure.bound, figure.approximate) else figure
