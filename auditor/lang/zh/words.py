"""Chinese tokens: rjieba (MIT) over text folded to Hans, senses from CC-CEDICT."""

from __future__ import annotations

import rjieba

from auditor.lang.zh.lexicon import senses
from auditor.model import Word

_POS = {"n": "noun", "v": "verb", "a": "adj", "d": "adv", "m": "num", "nr": "name", "ns": "name", "nt": "name", "nz": "name", "x": "punct"}
_FUNCTION_TAGS = frozenset("ucperyf")


def read_words(text: str) -> tuple[Word, ...]:
    """Tokens in order, white space left out."""
    words: list[Word] = []
    at = 0
    for token, tag in rjieba.tag(text):
        start, at = at, at + len(token)
        if token.isspace():
            continue
        pos = _POS.get(tag) or ("function" if tag[:1] in _FUNCTION_TAGS else _POS.get(tag[:1], "other"))
        if not any(c.isalnum() for c in token):
            pos = "punct"
        words.append(Word(start, at, token, token, pos, senses(token) if pos not in ("punct", "num") else ()))
    return tuple(words)
