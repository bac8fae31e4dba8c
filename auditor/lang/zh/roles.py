"""Which of two Chinese nouns does something to the other: 工会起诉造船厂, 造船厂被工会起诉, 工会把船厂告了."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_PASSIVE = frozenset("被 遭 遭到 由 受 受到 遭受 为".split())  # noqa: SIM905
_ACTIVE = frozenset("把 将 对 向".split())  # noqa: SIM905
_HAS = frozenset("有 是 在 成 当".split())  # noqa: SIM905
"""Verbs that do nothing to anybody: 羊群有围栏保护 is a flock that a fence protects."""
_FAR = 9


def acts(words: Sequence[Word], one: Word, other: Word) -> int:
    """1 when the first of the two acts on the other, -1 when the other acts on it, 0 when the words do not say; `one` stands first."""
    between = [w for w in words if one.end <= w.start < other.start]
    if len(between) > _FAR or any(w.pos == "punct" or w.text in ("的", "和", "与", "及") for w in between[:1]):
        return 0
    if any(w.pos == "punct" for w in between):
        return 0
    said = {w.text for w in between}
    if said & _PASSIVE:
        return -1
    if said & _ACTIVE or any(w.pos == "verb" and w.text not in _HAS for w in between):
        return 1
    return 0
