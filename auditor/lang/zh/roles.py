"""Which of two Chinese nouns does something to the other: 工会起诉造船厂, 造船厂被工会起诉, 工会把船厂告了."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_PASSIVE = frozenset("被 遭 遭到 由 受 受到 遭受 为".split())  # noqa: SIM905
_ACTIVE = frozenset("把 将 对 向".split())  # noqa: SIM905
_HAS = frozenset("有 是 在 成 当".split())  # noqa: SIM905
"""Verbs that do nothing to anybody: 羊群有围栏保护 is a flock that a fence protects."""
_FAR = 9
_BESIDE_A_DEED = _PASSIVE | frozenset("所 让 令 使 的".split())  # noqa: SIM905
"""Words before a verb with which what follows it is not what it is done to (令村民高兴, 被起诉)."""


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


def undergoes(words: Sequence[Word], verb: Word, noun: Word) -> bool:
    """The noun stands right behind the verb, whose subject stands before it: 公司起诉村民; not 起诉村民的公司, 来了村民."""
    before = [w for w in words if w.end <= verb.start]
    after = next((w.text for w in words if w.start >= noun.end), "")
    between = [w for w in words if verb.end <= w.start < noun.start]
    counted = all(w.pos == "num" or w.text in _COUNTERS for w in between)
    if verb.end > noun.start or not counted or after in _JOINED or not before or before[-1].pos not in _LEADS:
        return False
    return _BESIDE_A_DEED.isdisjoint(w.text for w in before[-4:])


_COUNTERS = frozenset("名 位 个 家 了 过".split())  # noqa: SIM905
_JOINED = frozenset("的 和 与 之 及 、".split())  # noqa: SIM905
_LEADS = frozenset({"noun", "name", "adv"})
