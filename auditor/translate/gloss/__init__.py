"""A back-translation by dictionary: word by word, with the auditor's own readers. It needs no model and calls itself a gloss.

It shows an editor who reads no Chinese or Japanese what stands where: figures by value, names by what they are known as, words by the sense
that fits the sentence, negation, tense and possibility with their verb. It is no translation, and no independent witness: what the readers
get wrong, it repeats.

`python -m auditor.tables.measure_words` on NTREX-128 news lines that no tuning saw: chrF 37.7 for zh and for ja, some 800 lines a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from auditor import __version__
from auditor.translate.base import Decoding, Translated
from auditor.translate.gloss import sov, svo
from auditor.translate.gloss.english import sentence
from auditor.translate.gloss.items import read_items


@lru_cache(maxsize=8_192)
def gloss(lang: str, text: str) -> str:
    """English for one text of a language."""
    lines = []
    for line in text.split("\n"):
        order, items = read_items(lang, line)
        lines.append(sentence((sov if order == "sov" else svo).arrange(items)))
    return "\n".join(lines)


class Gloss:
    """The engine (see `auditor.translate.base.Engine`)."""

    name = "gloss"
    version = __version__
    independent = False

    def model(self, lang: str) -> str:
        """The dictionaries."""
        return "CC-CEDICT, JMdict, WordNet 3.0"

    def fingerprint(self, lang: str) -> str:
        """Its version: dictionaries and readers come with it."""
        return self.version

    def translate(self, lang: str, texts: Sequence[str], decoding: Decoding = "first") -> Translated:
        """English of each text, in order; never None. There is one way of decoding."""
        return Translated(tuple(gloss(lang, text) for text in texts))
