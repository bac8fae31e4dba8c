"""Which of two English nouns does something to the other: "the union sued the yard", "the yard was sued by the union"."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_BE = frozenset("be is are was were been being am get got gets".split())  # noqa: SIM905
_INSIDE = frozenset("the a an this that these those his her its their my our your of two three all both some any every".split())  # noqa: SIM905
_JOINING = frozenset({"and", "or", "but"})
_FAR = 9
"""Words between the two at most."""


def acts(words: Sequence[Word], one: Word, other: Word) -> int:
    """1 when the first of the two acts on the other, -1 when the other acts on it, 0 when the words do not say; `one` stands first."""
    between = [w for w in words if one.end <= w.start < other.start]
    verbs = [k for k, w in enumerate(between) if w.pos == "verb"]
    if len(verbs) > 1 and verbs[-1] == len(between) - 1 and between[-1].text.endswith("ing"):
        verbs.pop()  # sue gardening giant
    if not verbs or len(between) > _FAR or any(w.pos == "punct" for w in between) or _governed(words, one):
        return 0
    if between[0].text.lower() in _JOINING:
        return 0  # suspended the contractor and ordered ...
    after = between[verbs[-1] + 1 :]
    passive = any(w.text.lower() in _BE for w in between[: verbs[-1]])
    prepositions = [w.text.lower() for w in after if w.pos == "function" and w.text.lower() not in _INSIDE]
    if after and after[0].text.lower() == "that":
        return 0  # complained that the government ...
    if len(verbs) > 1 or any(w.pos in ("noun", "name") for w in between[: verbs[0]]):
        return 0
    if passive:
        return -1 if prepositions == ["by"] else 0
    return 1 if not prepositions and not any(w.pos in ("noun", "name") for w in after) else 0


def _governed(words: Sequence[Word], one: Word) -> bool:
    """Does a preposition stand before the noun ("a lawyer for the plaintiff called")?"""
    before = [w for w in words if w.end <= one.start]
    while before and (before[-1].pos in ("adj", "num", "noun") or before[-1].text.lower() in _INSIDE - {"of"}):
        before.pop()
    return bool(before) and before[-1].pos == "function"


def undergoes(words: Sequence[Word], verb: Word, noun: Word) -> bool:
    """The verb is active and the noun stands right behind it, but for articles: "sue the villagers"."""
    between = [w for w in words if verb.end <= w.start < noun.start]
    passive = any(w.text.lower() in _BE for w in [w for w in words if w.end <= verb.start][-2:])
    return verb.end <= noun.start and not passive and all(w.text.lower() in _INSIDE for w in between)
