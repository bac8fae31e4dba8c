"""What a figure is to a rise or a fall: by 20 % said as to 20 %, from 3 to 4 said as from 4 to 3.

Roles are read by each language's own particles (`auditor.lang.figure_roles`); a figure without a plain role says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.figure_compare import agreement
from auditor.checks.figure_match import ends
from auditor.lang.figure_roles import role
from auditor.model import Facts, Figure, Pair

_KINDS = frozenset(("percent", "points", "money", "measure", "duration", "number"))
Couple = tuple[Figure, Figure]


def by_or_to(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[Couple]:
    """Figures that are the difference on one side and the result on the other."""
    for a, b, _ in matched:
        if a.kind not in _KINDS or b.kind not in _KINDS or a.high or b.high or a.bound != "exact" or b.bound != "exact":
            continue
        if {role(pair.source, a, pair.offset(pair.source)), role(pair.target, b, pair.offset(pair.target))} == {"by", "to"}:
            yield a, b


def turned(pair: Pair) -> Iterator[tuple[Couple, Couple]]:
    """What was and what became, the other way round: both couples, the source's "from" first."""
    here, there = _course(pair.source, pair), _course(pair.target, pair)
    if here is None or there is None:
        return
    (was, became), (began, ended) = here, there
    if agreement(was, ended) is not None and agreement(became, began) is not None and agreement(was, began) is None:
        yield (was, ended), (became, began)


def _course(facts: Facts, pair: Pair) -> Couple | None:
    """The only figures of a text that are "from" and "to", of one kind and unit."""
    found: dict[str, list[Figure]] = {"from": [], "to": []}
    for figure in facts.figures:
        kind = role(facts, figure, pair.offset(facts)) if figure.kind in _KINDS or figure.kind == "range" else None
        if kind is not None and figure.high is not None:
            first, last = ends(figure)
            found["from"].append(first)
            found["to"].append(last)
        elif kind in found:
            found[kind].append(figure)
    if [len(f) for f in found.values()] != [1, 1]:
        return None
    was, became = found["from"][0], found["to"][0]
    return (was, became) if (was.kind, was.unit) == (became.kind, became.unit) else None
