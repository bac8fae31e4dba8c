"""Chinese tokens: rjieba (MIT) over text folded to Hans, senses from CC-CEDICT.

A token the dictionary does not have is taken apart into words it has (不太可能 is 不, 太, 可能; 三位 is 三, 位); a verb or
adjective of two characters stays one word with the senses of both. Names stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import rjieba

from auditor.lang.zh.lexicon import is_classifier, is_name, known, names_a_thing, senses, split
from auditor.model import Word

_POS = {"n": "noun", "v": "verb", "a": "adj", "d": "adv", "m": "num", "x": "punct", "b": "adj", "i": "other", "l": "other", "s": "noun"}
_EXACT = {"ad": "adv", "an": "noun", "vn": "noun", "vd": "adv", "t": "noun", "tg": "noun", "z": "adj", "j": "name", "eng": "name"}
_NAMES = ("nr", "ns", "nt", "nz")
_FUNCTION_TAGS = frozenset("ucperyfqkhog")
_NUMERALS = frozenset("0123456789.,%零〇一二两三四五六七八九十百千万亿兆几数半")
_OWN = frozenset("这那本此该每各某个不没未也都就再还又很更最太已将会可能要在被把对向从和或时中后前里内外是有说多几")  # words by themselves
_EMPTY = frozenset("于了着过的地得之者所以而与及和儿")  # characters that give an unknown word of two no sense of their own


def read_words(text: str) -> tuple[Word, ...]:
    """Tokens in order, white space left out."""
    words: list[Word] = []
    at = 0
    for token, tag in rjieba.tag(text):
        start, at = at, at + len(token)
        if not token.isspace():
            for piece, pos, found in _of_a_date(token, words) or _read(token, tag):
                words.append(Word(start, start + len(piece), piece, piece, pos, found))
                start += len(piece)
    return tuple(words)


_CALENDAR = {"日前": 1, "日后": 1, "年前": 4, "年后": 4}
"""Words that are two behind a date (3月3日前, 2027年后), and how many digits it has at least: 三年前 is "ago"."""


def _of_a_date(token: str, words: list[Word]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The two words of a token that ends a date; nothing elsewhere."""
    digits = _CALENDAR.get(token)
    dated = digits and words and words[-1].text.isdecimal() and len(words[-1].text) >= digits
    if not dated or (digits == 1 and (len(words) < 2 or words[-2].text not in ("月", "号"))):
        return ()
    return (*_read(token[0], "q"), *_read(token[1], "f"))


@lru_cache(maxsize=4096)
def _read(token: str, tag: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The pieces of a token: text, part of speech, senses."""
    return tuple(_pieces(token, tag))


def _pieces(token: str, tag: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    pos = _pos(token, tag)
    if pos in ("punct", "name", "num") and not (pos == "num" and _counts_a_unit(token)):
        yield token, pos, senses(token) if pos == "name" or not _NUMERALS.issuperset(token) else ()
    elif known(token):
        pos = "noun" if pos == "verb" and names_a_thing(token) else pos
        yield token, pos, senses(token, "verb" if tag == "vn" else pos)  # a verbal noun means what the verb does
    elif len(token) == 2 and pos not in ("num", "noun") and not (_OWN | _NUMERALS).intersection(token):
        meaning = [c for c in token if c not in _EMPTY]
        yield token, pos, tuple(dict.fromkeys(s for c in meaning for s in senses(c, pos)))
    elif len(parts := split(token)) > 1:
        for part in parts:
            own = _part_pos(part, pos)
            yield part, own, senses(part, own) if own != "num" else ()
    else:
        yield token, pos, ()


def _part_pos(part: str, whole: str) -> str:
    if _NUMERALS.issuperset(part):
        return "num"
    if part in _EMPTY or (whole == "num" and len(part) == 1 and is_classifier(part)):
        return "function"
    return "noun" if whole == "num" else whole


def _counts_a_unit(token: str) -> bool:
    """万美元, 三位: a numeral and something else, not listed as a word of its own."""
    return token[0] in _NUMERALS and not _NUMERALS.issuperset(token) and not known(token)


def _pos(token: str, tag: str) -> str:
    if not any(c.isalnum() for c in token):
        return "punct"
    if tag.startswith(_NAMES):
        return "noun" if known(token) and not is_name(token) else "name"
    if tag in _EXACT:
        return "noun" if tag == "j" and known(token) and not is_name(token) else _EXACT[tag]
    if tag == "f" and len(token) > 1 and known(token):
        return "noun"  # 东部, 左侧: places, not particles
    return _POS.get(tag[0]) or ("function" if tag[0] in _FUNCTION_TAGS else "other")
