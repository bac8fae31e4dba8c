"""Japanese tokens: Sudachi (Apache-2.0) in mode C (long units), senses from JMdict."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from auditor.lang.ja.lexicon import senses
from auditor.model import Word

if TYPE_CHECKING:
    from sudachipy import Tokenizer

_POS = {"名詞": "noun", "動詞": "verb", "形容詞": "adj", "形状詞": "adj", "副詞": "adv", "代名詞": "function", "連体詞": "function",
        "接続詞": "function", "助詞": "function", "助動詞": "function", "補助記号": "punct", "空白": "punct", "接頭辞": "other",
        "接尾辞": "other", "感動詞": "other", "記号": "punct"}  # fmt: skip
_LOCAL = threading.local()


def tokenizer() -> Tokenizer:
    """This thread's Sudachi tokenizer (core dictionary, mode C); loaded at first use."""
    if not hasattr(_LOCAL, "tokenizer"):
        from sudachipy import Dictionary, SplitMode

        _LOCAL.tokenizer = Dictionary(dict="core").create(SplitMode.C)
    found: Tokenizer = _LOCAL.tokenizer
    return found


def read_words(text: str) -> tuple[Word, ...]:
    """Tokens in order, white space left out; the lemma is Sudachi's dictionary form."""
    words: list[Word] = []
    for m in tokenizer().tokenize(text):
        surface = m.surface()
        if not surface or surface.isspace():
            continue
        tags = m.part_of_speech()
        pos = _POS.get(tags[0], "other")
        if tags[1] == "数詞":
            pos = "num"
        elif tags[1] == "固有名詞":
            pos = "name"
        elif tags[1] == "非自立可能" and pos == "verb":
            pos = "function"
        lemma = m.dictionary_form()
        found = senses(lemma) if pos not in ("punct", "num", "function") else ()
        words.append(Word(m.begin(), m.end(), surface, lemma, pos, found))
    return tuple(words)
