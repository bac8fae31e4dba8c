"""A name spelled by sound in one way in most passages and in another way in one (カバノー, カヴァノー).

Short forms (one spelling inside the other), names left in Latin letters and synonyms of countries are no other spellings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from auditor.checks.base import Document
from auditor.checks.name_match import SPELLS, is_described, is_sure, share_key, sounds_like
from auditor.lang.translit import plain
from auditor.model import Drift, Name, Pair, Span

_USUAL = 3  # passages a spelling must stand in to be the usual one
_MQM = "terminology/inconsistent use of terminology"


def spellings(document: Document) -> Iterator[Drift]:
    """Spellings by sound of the same source name: surface -> (pair, source name, its rendering)."""
    found: dict[str, dict[str, list[tuple[Pair, Name, Name]]]] = defaultdict(lambda: defaultdict(list))
    for pair in document.pairs:
        for name in pair.source.names:
            if is_described(name) or (is_sure(name) and name.kind != "person") or len(name.text) < 4:
                continue
            fits = [t for t in pair.target.names if _is_spelling(name, t)]
            if len(fits) == 1:
                found[_family(name)][fits[0].text].append((pair, name, fits[0]))
    for spellings in found.values():
        yield from _odd_ones(spellings)


def _family(name: Name) -> str:
    return plain(name.text).split(" ")[-1]


def _is_spelling(name: Name, other: Name) -> bool:
    if other.text.isascii() or (name.keys and other.keys and not share_key(name, other)):
        return False
    return sounds_like(name, other, SPELLS)


def _odd_ones(spellings: dict[str, list[tuple[Pair, Name, Name]]]) -> Iterator[Drift]:
    counts = Counter({surface: len({p.passage.id for p, _, _ in places}) for surface, places in spellings.items()})
    usual, n = counts.most_common(1)[0]
    if n < _USUAL:
        return
    model = spellings[usual][0][2]
    for surface, places in spellings.items():
        pair, name, other = places[0]
        short = surface in usual or usual in surface or _parts(surface) & _parts(usual)
        if len(places) != 1 or short or not sounds_like(model, other):
            continue
        yield Drift(
            category="name", type="inconsistent", severity="minor", strength=0.6, source=Span(name.start, name.end, name.text),
            target=Span(other.start, other.end, other.text), message=f"{name.text} is {other.text} here and {usual} in {n} passages",
            mqm=_MQM, key=f"{name.text}>{surface}", evidence={"usual": usual, "passages": n}, passage=pair.passage.id,
        )  # fmt: skip


def _parts(surface: str) -> set[str]:
    return {p for p in re.split(r"[・·•＝=\s]", surface) if len(p) > 1}
