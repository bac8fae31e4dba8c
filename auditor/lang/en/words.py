"""English tokens and lemmas.

Lemmas come from LemmInflect (MIT), every part of speech it knows for a form: without a tagger "left" is both "left" and "leave",
and the senses say so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.model import Word

_TOKEN = re.compile(
    r"[A-Za-z](?:\.[A-Za-z])+\.?"  # U.S., a.m.
    r"|[A-Za-zÀ-ɏ]+(?:['’](?!s\b|S\b)[A-Za-z]+)?(?:[A-Za-zÀ-ɏ]*)"
    r"|['’][sS]\b"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+"
    r"|\S"
)
FUNCTION = frozenset(
    "a an the this that these those i you he she it we they me him her us them my your his its our their mine yours hers ours theirs "
    "who whom whose which what where when why how and or but nor so yet for of in on at by to from with without into onto upon about "
    "above below over under between among through during before after since until till against toward towards across along around "
    "as than then if unless because although though while whereas whether not no never n't be am is are was were been being do does "
    "did done doing have has had having will would shall should can could may might must ought there here also too very just only "
    "even still again ever such both either neither each every all any some more most much many few less least other another own "
    "same s 's 't".split()
)


@lru_cache(maxsize=65536)
def lemmas(form: str) -> tuple[tuple[str, str], ...]:
    """(pos, lemma) pairs of a lower-case form, likeliest first; empty for function words and unknown forms."""
    from lemminflect import getAllLemmas

    names = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "PROPN": "name", "AUX": "verb"}
    found = getAllLemmas(form)
    return tuple((names.get(pos, "other"), lemma) for pos in ("VERB", "NOUN", "ADJ", "ADV", "PROPN") for lemma in found.get(pos, ()))


def read_words(text: str) -> tuple[Word, ...]:
    """Tokens with lemma, a coarse part of speech, and all lemmas the form may have as senses."""
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        form = match[0]
        low = form.lower().replace("’", "'")
        if not form[0].isalnum():
            pos, lemma, senses = ("function" if low == "'s" else "punct"), low, ()
        elif form[0].isdigit():
            pos, lemma, senses = "num", low, ()
        elif low in FUNCTION or "n't" in low:
            pos, lemma, senses = "function", low, ()
        else:
            pos, lemma, senses = _content(form, low, at_start=not words)
        words.append(Word(match.start(), match.end(), form, lemma, pos, senses))
    return tuple(words)


def _content(form: str, low: str, at_start: bool) -> tuple[str, str, tuple[str, ...]]:
    pairs = lemmas(low)
    if not pairs:
        return ("name" if form[0].isupper() and not at_start else "noun"), low, (low,)
    senses = tuple(dict.fromkeys(lemma.lower() for _, lemma in pairs))
    pos, lemma = pairs[0]
    if form[0].isupper() and not at_start:
        pos, lemma = "name", low
    return pos, lemma.lower(), senses
