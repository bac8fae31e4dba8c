"""Japanese sentences, and how Japanese a text looks."""

from __future__ import annotations

from auditor.lang.cjk_sentences import sentence_ends
from auditor.lang.scripts import count_scripts
from auditor.lang.sentences import split_lines
from auditor.model import Span

_PARTICLES = (*"とのはがをにでもやかよねへ", "って", "など", "だと", "から", "まで")
# A text this short may be a headline written in kanji alone; one with a common word of Chinese is none.
_SHORT = 24
_CHINESE = frozenset("的了们們这這没沒该該说說还還吗嗎呢")


def split(text: str) -> list[Span]:
    """Sentences with the closing quotes that belong to them; a particle after a quote continues the sentence."""
    return split_lines(text, lambda line: sentence_ends(line, lambda tail: tail.startswith(_PARTICLES)))


def likeness(text: str) -> float:
    """Share of Han and kana, a Latin word counting as one character; without a tenth of kana it is not Japanese."""
    n = count_scripts(text)
    if n.letters == 0:
        return 1.0
    cjk = n.han + n.kana
    if not cjk:
        return 0.0
    kana = min(1.0, n.japanese / 0.1)
    if cjk <= _SHORT and not n.kana and not _CHINESE.intersection(text):
        kana = 0.5
    return cjk / (cjk + n.latin_words + n.other) * kana
