"""Japanese tokens: Sudachi (Apache-2.0) in mode C (long units), senses from JMdict.

A long unit the dictionary does not have is taken apart into Sudachi's shorter units (憲法改正 is 憲法, 改正). Verbs that only help another
(ている, てしまう, する after a noun) are function words; by themselves they are verbs.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from itertools import zip_longest
from typing import TYPE_CHECKING

from auditor.lang.ja.lexicon import is_kana, known, senses
from auditor.model import Word

if TYPE_CHECKING:
    from sudachipy import Morpheme, MorphemeList, Tokenizer

_POS = {"名詞": "noun", "動詞": "verb", "形容詞": "adj", "形状詞": "adj", "副詞": "adv", "代名詞": "function", "連体詞": "function",
        "接続詞": "function", "助詞": "function", "助動詞": "function", "補助記号": "punct", "空白": "punct", "接頭辞": "other",
        "接尾辞": "other", "感動詞": "other", "記号": "punct"}  # fmt: skip
_LOCAL = threading.local()


def tokenizer() -> Tokenizer:
    """This thread's Sudachi tokenizer (core dictionary, mode C); loaded at first use."""
    if not hasattr(_LOCAL, "tokenizer"):
        from sudachipy import Dictionary, SplitMode

        _LOCAL.tokenizer = Dictionary(dict="core").tokenizer(SplitMode.C)
    found: Tokenizer = _LOCAL.tokenizer
    return found


@cache
def _function() -> dict[str, frozenset[str]]:
    """What makes a word a function word -> the words: "hollow", or the particle it leans on."""
    text = (resources.files("auditor.lang.ja") / "data" / "words_function.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {kind: frozenset(word for k, word in rows if k == kind) for kind, _ in rows}


# Sudachi takes 49,149 bytes at a time; a character is four at most.
_LONGEST = 12_000


def morphemes(text: str) -> MorphemeList:
    """Sudachi's morphemes of a text; of one longer than it takes, those of the beginning."""
    return tokenizer().tokenize(text[:_LONGEST])


def read_words(text: str) -> tuple[Word, ...]:
    """Tokens in order, white space left out; the lemma is Sudachi's dictionary form."""
    if len(text) > _LONGEST:
        return tuple(
            replace(word, start=word.start + at, end=word.end + at)
            for at in range(0, len(text), _LONGEST)
            for word in read_words(text[at : at + _LONGEST])
        )
    words: list[Word] = []
    before: Morpheme | None = None
    for whole in morphemes(text):
        for m in _units(whole):
            word = _word(m, before)
            if word is not None:
                words.append(word)
            before = m
    return tuple(_bounds(words))


def _bounds(words: list[Word]) -> Iterator[Word]:
    """少なくとも is one word that says neither "few" nor "also"."""
    skipped = False
    for word, after in zip_longest(words, words[1:]):
        if skipped:
            skipped = False
        elif after is not None and word.pos == "adj" and word.text.endswith("く") and after.text == "とも" and word.end == after.start:
            skipped = True
            yield Word(word.start, after.end, word.text + after.text, word.text + after.text, "function", ())
        else:
            yield word


def _units(m: Morpheme) -> Iterator[Morpheme]:
    """The morpheme itself, or its parts when it is a compound no dictionary has."""
    from sudachipy import SplitMode

    tags = m.part_of_speech()
    if len(m.surface()) > 2 and tags[0] == "名詞" and tags[1] == "普通名詞" and not known(m.dictionary_form()):
        parts = m.split(SplitMode.B)
        if len(parts) > 1:
            for part in parts:
                yield from _units(part)
            return
        parts = m.split(SplitMode.A)
        if len(parts) > 1:
            yield from parts
            return
    yield m


def _word(m: Morpheme, before: Morpheme | None) -> Word | None:
    surface = m.surface()
    if not surface or surface.isspace():
        return None
    lemma, pos = m.dictionary_form(), _pos(m, before)
    meant = {"接尾辞": "suffix", "接頭辞": "prefix"}.get(m.part_of_speech()[0], pos)
    found = _senses(lemma, meant, m.reading_form(), m.normalized_form()) if pos not in ("punct", "num", "function") else ()
    return Word(m.begin(), m.end(), surface, lemma, pos, found)


@lru_cache(maxsize=4096)
def _senses(lemma: str, pos: str, reading: str, normal: str) -> tuple[str, ...]:
    return senses(lemma, pos, reading, normal)


def _pos(m: Morpheme, before: Morpheme | None) -> str:
    tags = m.part_of_speech()
    pos = _POS.get(tags[0], "other")
    if tags[1] == "数詞":
        return "num"
    if tags[1] == "固有名詞" or (m.is_oov() and len(m.surface()) > 1 and is_kana(m.surface())):
        return "name"
    if tags[1] == "助動詞語幹" or (pos == "noun" and m.dictionary_form() in _function()["hollow"]):
        return "function"
    if before is not None and m.dictionary_form() in _function()["tail"] and before.part_of_speech()[0] == "名詞":
        return "function"  # 分離|主義者
    if pos == "verb" and before is not None and _leans(m, before):
        return "function"
    if tags[1] == "非自立可能" and pos in ("verb", "adj"):
        return "function" if _helps(m, before) else pos
    return pos


def _helps(m: Morpheme, before: Morpheme | None) -> bool:
    """Whether a verb that may lean on another word does so here."""
    if m.dictionary_form() in ("する", "ある", "いる", "なる", "できる", "ない"):
        return True
    if before is None:
        return False
    tags = before.part_of_speech()
    return (before.surface() in ("て", "で") and tags[0] == "助詞") or (tags[0] in ("動詞", "助動詞") and tags[5].startswith("連用形"))


def _leans(m: Morpheme, before: Morpheme) -> bool:
    """Whether particle and verb are one particle: によって, に対して, という; the verb in kana, or one mostly written so."""
    if before.part_of_speech()[0] != "助詞":
        return False
    form, function = m.dictionary_form(), _function()
    return form in function.get(before.surface(), ()) and (m.surface()[0] < "一" or form in function["fixed"])
