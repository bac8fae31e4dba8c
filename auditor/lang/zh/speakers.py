"""Who is said to say it in a Chinese sentence: the words before a verb of saying, or after 据."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_SAYING = (
    "说 表示 称 指出 宣布 透露 认为 报道 报导 声称 宣称 警告 强调 补充说 告诉 "
    "否认 承认 证实 解释 坦言 介绍 公告 声明 相信 估计 预测 说道 表明 回应 直言 重申"
)
_SAY = frozenset(_SAYING.split())
_BY = frozenset({"据", "根据"})
_STOP = frozenset('，。；：！？“”「」『』,;:!?"（）()')
_SIDES = frozenset({"方面", "一方", "各方", "双方", "有关方面"})
"""Say that somebody is a side, not who."""
_FAR = 9


def speakers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that name who says it, in order of position."""
    found: dict[int, Word] = {}
    for at, word in enumerate(words):
        if word.lemma in _BY or word.text in _BY:
            for other in words[at + 1 : at + 1 + _FAR]:
                if other.text in _STOP or other.lemma in _SAY:
                    break
                found[other.start] = other
        elif word.lemma in _SAY or (len(word.text) > 1 and word.lemma[-1] in "说称"):  # 劳斯说, cut as one word
            for other in reversed(words[max(0, at - _FAR) : at]):
                if other.text in _STOP:
                    break
                found[other.start] = other
    return tuple(found[start] for start in sorted(found) if found[start].text not in _SIDES)
