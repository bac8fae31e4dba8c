"""How each name of the source was rendered across the document.

A name of the source is known by its first key or, without one, by its last form's spelling (a family name). Its renderings are the
stretches of the translation that stand in the same passages: those that share a key or sound like it, and those that keep company with
it in most of the passages where either occurs although nothing else explains them (高市早苗 beside Takaichi). So a spelling learned
from ten passages explains the eleventh, and a rendering that occurs once beside ten others is seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.lang.names_base import japanese_alike, related
from auditor.lang.translit import likeness
from auditor.model import Name, Pair

_LEARNED = 2  # passages a bare companion must be seen in
_COMPANY = 0.6  # share of the passages of either in which both must stand
_SOUNDS = 0.7  # likeness from which an unknown name may be a rendering
_SURE = 0.74  # the same for a name of the tables


@dataclass(frozen=True, slots=True)
class Ledger:
    """Renderings of source names in this document.

    renderings  identity -> surface of the translation -> number of passages
    places      key -> passages (indices of the pairs) whose source names it
    """

    renderings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    places: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def known(self, name: Name) -> Mapping[str, int]:
        """The renderings of a source name, by passages."""
        return self.renderings.get(identity(name), {})

    def mentions(self, keys: Sequence[str]) -> bool:
        """The source names one of the keys, or something akin to one, anywhere."""
        return any(k in self.places for k in keys) or any(related(k, p) for k in keys for p in self.places)


def identity(name: Name) -> str:
    """What the ledger calls a name of the source."""
    return name.keys[0] if name.keys else (name.forms[-1] if name.forms else name.text.lower())


def build(pairs: Sequence[Pair]) -> Ledger:
    """The ledger of a document's passages."""
    where: dict[str, set[int]] = defaultdict(set)
    names: dict[str, Name] = {}
    stands: dict[str, set[int]] = defaultdict(set)
    surfaces: dict[str, Name | None] = {}
    places: dict[str, set[int]] = defaultdict(set)
    for i, pair in enumerate(pairs):
        for name in pair.source.names:
            where[identity(name)].add(i)
            names.setdefault(identity(name), name)
            for key in name.keys:
                places[key].add(i)
        for name in pair.target.names:
            stands[name.text].add(i)
            surfaces.setdefault(name.text, name)
        for word in pair.target.words:
            unknown = word.pos == "name" or not word.senses
            if unknown and len(word.text) > 1 and word.text.isalpha() and word.text not in surfaces:
                stands[word.text].add(i)
    heard: dict[int, list[int]] = defaultdict(list)
    for number, there in enumerate(stands.values()):
        for i in there:
            heard[i].append(number)
    listed = list(stands)
    rendered = {key: _renderings(names[key], where[key], _company(where[key], heard, listed), stands, surfaces) for key in where}
    return Ledger(_exclusive(rendered), {k: frozenset(v) for k, v in places.items()})


def _company(at: set[int], heard: Mapping[int, list[int]], listed: Sequence[str]) -> list[tuple[str, int]]:
    """The surfaces that stand in any of the passages, with in how many of them; in the order of the text."""
    counts = Counter(number for i in at for number in heard.get(i, ()))
    return [(listed[number], counts[number]) for number in sorted(counts)]


def _renderings(
    name: Name, at: set[int], beside: Sequence[tuple[str, int]], stands: Mapping[str, set[int]], surfaces: Mapping[str, Name | None]
) -> Counter[str]:
    found: Counter[str] = Counter()
    for surface, both in beside:
        there, other = stands[surface], surfaces.get(surface)
        known = bool(name.keys) and (name.kind != "other" or (other is not None and bool(other.keys)))
        company = not known and both >= _LEARNED and both >= _COMPANY * max(len(at), len(there))
        if company or (other is not None and _fits(name, other)):
            found[surface] = both
    return found


def _fits(name: Name, other: Name) -> bool:
    if any(k in other.keys for k in name.keys):
        return True
    if name.keys and other.keys and "other" not in (name.kind, other.kind):
        return False
    by_rule = japanese_alike(name, other)
    if by_rule is not None:
        return by_rule
    least = _SURE if name.keys and name.kind != "other" else _SOUNDS
    return any(likeness(a, b) >= least for a in name.forms[:4] for b in other.forms[:4])


def _exclusive(rendered: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    """A companion that keeps better company with another name is that one's."""
    best: dict[str, int] = {}
    for counts in rendered.values():
        for surface, n in counts.items():
            best[surface] = max(best.get(surface, 0), n)
    return {key: {s: n for s, n in counts.items() if n * 2 >= best[s]} for key, counts in rendered.items()}
