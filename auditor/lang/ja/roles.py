"""Which of two Japanese nouns does something to the other: 労組は造船所を提訴した, 造船所は労組に提訴された."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_SUBJECT, _OBJECT = frozenset({"は", "が", "も"}), frozenset({"を", "に", "へ", "から"})
_PASSIVE = frozenset({"れる", "られる"})
_SUFFERING = frozenset({"敗れる", "負ける", "屈する", "屈す", "劣る"})
"""Verbs whose subject is acted on by what stands before に: ブラジルはフランスに敗れた."""
_GROUP = frozenset({"の", "たち", "達", "ら", "側", "氏", "さん"})


def acts(words: Sequence[Word], one: Word, other: Word) -> int:
    """1 when the first of the two acts on the other, -1 when the other acts on it, 0 when the words do not say; `one` stands first."""
    first, second = _particle(words, one), _particle(words, other)
    if first is None or second is None:
        return 0
    after = [w for w in words if w.start >= max(one.end, other.end)]
    passive = any((w.lemma in _PASSIVE and w.pos == "function") or w.lemma in _SUFFERING for w in after)
    if (first in _SUBJECT) == (second in _SUBJECT):
        return 0
    subject_first = first in _SUBJECT
    marker = second if subject_first else first
    if marker not in _OBJECT or (passive and marker == "を"):
        return 0
    return 1 if subject_first != passive else -1


def _particle(words: Sequence[Word], noun: Word) -> str | None:
    """The particle after the noun, or after the group it opens (上院の決定を)."""
    for word in (w for w in words if w.start >= noun.end):
        if word.text in _SUBJECT or word.text in _OBJECT:
            return word.text
        if word.text not in _GROUP and word.pos not in ("noun", "name"):
            return None
    return None


def undergoes(words: Sequence[Word], verb: Word, noun: Word) -> bool:
    """The noun has を and stands right before the verb, which is no passive: 会社が村民を提訴."""
    after = [w for w in words if w.start >= noun.end]
    if not after or after[0].text != "を" or not 0 <= verb.start - after[0].end <= _BESIDE:
        return False
    return not any(w.lemma in _PASSIVE for w in [w for w in words if w.start >= verb.end][:3])


_BESIDE = 3
