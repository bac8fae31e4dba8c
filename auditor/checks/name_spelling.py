"""A name spelled by sound in one way and, once, in another (カバノー, カヴァノー); of two that stand once each the later is the odd one.

Short forms (one spelling inside the other), names left in Latin letters and synonyms of countries are no other spellings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from auditor.checks.base import Document
from auditor.checks.name_match import SPELLS, is_described, is_sure, share_key, sounds_like
from auditor.lang.translit import likeness, plain
from auditor.model import Drift, Name, Pair, Span

_MQM = "terminology/inconsistent use of terminology"


def spellings(document: Document) -> Iterator[Drift]:
    """Spellings by sound of the same source name: surface -> (pair, source name, its rendering)."""
    found: dict[str, dict[str, list[tuple[Pair, Name, Name]]]] = defaultdict(lambda: defaultdict(list))
    for pair in document.pairs:
        for name in pair.source.names:
            if is_described(name) or (is_sure(name) and name.kind != "person") or len(name.text) < 4:
                continue
            fits = [t for t in pair.target.names if _is_spelling(name, t) and _has_family(name, t)]
            if len(fits) == 1:
                found[_family(name)][_last(fits[0])].append((pair, name, fits[0]))
    for spellings in found.values():
        yield from _odd_ones(spellings)


def _family(name: Name) -> str:
    return plain(name.text).split(" ")[-1]


def _last(name: Name) -> str:
    """The family name of a dotted one: 霍尔贝克 of 马丁·霍尔贝克."""
    return re.split("[·•‧]", name.text)[-1]


def _has_family(name: Name, other: Name) -> bool:
    """Of a full name the part that sounds like the family name: ホルベック, not マルティン."""
    return " " not in name.text or any(likeness(form, _family(name)) >= SPELLS for form in other.forms)


def _is_spelling(name: Name, other: Name) -> bool:
    if other.text.isascii() or (name.keys and other.keys and not share_key(name, other)):
        return False
    return sounds_like(name, other, SPELLS)


def _odd_ones(spellings: dict[str, list[tuple[Pair, Name, Name]]]) -> Iterator[Drift]:
    counts = Counter({surface: _passages(surface, spellings) for surface in spellings})
    usual, n = counts.most_common(1)[0]
    model = spellings[usual][0][2]
    for surface, places in spellings.items():
        pair, name, other = places[0]
        if _is_short(surface, usual) or counts[surface] != 1 or not sounds_like(model, other):
            continue
        where = "elsewhere" if n == 1 else f"in {n} passages"
        yield Drift(
            category="name", type="inconsistent", severity="minor", strength=0.6, source=Span(name.start, name.end, name.text),
            target=Span(other.start, other.end, other.text), message=f"{name.text} is {other.text} here and {usual} {where}",
            mqm=_MQM, key=f"{name.text}>{surface}", evidence={"usual": usual, "passages": n}, passage=pair.passage.id,
        )  # fmt: skip


def _passages(surface: str, spellings: Mapping[str, list[tuple[Pair, Name, Name]]]) -> int:
    """Passages with the spelling, in full or in short."""
    return len({p.passage.id for other, places in spellings.items() if _is_short(surface, other) for p, _, _ in places})


def _is_short(one: str, other: str) -> bool:
    return one in other or other in one or bool(_parts(one) & _parts(other))


def _parts(surface: str) -> set[str]:
    return {p for p in re.split(r"[・·•＝=\s]", surface) if len(p) > 1}
