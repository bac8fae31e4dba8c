"""Chinese sentences, and how Chinese a text looks."""

from __future__ import annotations

from auditor.lang.cjk_sentences import sentence_ends
from auditor.lang.scripts import count_scripts
from auditor.lang.sentences import split_lines
from auditor.model import Span


def split(text: str) -> list[Span]:
    """Sentences with the closing quotes that belong to them."""
    return split_lines(text, lambda line: sentence_ends(line, lambda tail: tail[:1] in ("的", "等")))


def likeness(text: str) -> float:
    """Share of Han, a Latin word counting as one character; a tenth of kana among the rest makes it Japanese, not Chinese."""
    n = count_scripts(text)
    if n.letters == 0:
        return 1.0
    return n.han / (n.han + n.kana + n.latin_words + n.other) * max(0.0, 1.0 - n.japanese / 0.1) if n.han else 0.0
