"""Who is said to say it in a Japanese sentence: the words before は or が where a verb of saying follows, or before によると."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_SAYING = (
    "述べる 語る 話す 言う 説明 発表 指摘 主張 明かす 明らか 報告 報じる 伝える "
    "警告 訴える 強調 否定 認める 証言 コメント 批判 予測 発言 打ち明ける 評する 尋ねる 答える"
)
_SAY = frozenset(_SAYING.split())
_TOPIC = frozenset({"は", "が", "も"})
_BY = ("によると", "によれば")
_STOP = frozenset("、。「」『』！？!?,")
_FAR = 8


def speakers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that name who says it, in order of position."""
    found: dict[int, Word] = {}
    last = max((w.start for w in words if w.lemma in _SAY or (w.text == "と" and _closes(words, w))), default=-1)
    for at, word in enumerate(words):
        by = word.text.startswith("に") and "".join(w.text for w in words[at : at + 3]).startswith(_BY)
        if by or (word.text in _TOPIC and word.start < last):
            for other in reversed(words[max(0, at - _FAR) : at]):
                if other.text in _STOP:
                    break
                found[other.start] = other
    return tuple(found[start] for start in sorted(found))


def _closes(words: Sequence[Word], word: Word) -> bool:
    """...とした, ...としている, ...とみる."""
    after = next((w for w in words if w.start >= word.end), None)
    return after is not None and after.lemma in ("する", "みる", "見る")
