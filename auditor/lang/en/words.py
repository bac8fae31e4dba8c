"""English tokens and lemmas.

Lemmas come from LemmInflect (MIT), every part of speech it knows for a form: "left" may be "left" and "leave", and the senses say so.
Which of them stands first is guessed from how often WordNet's concordance has each and from the words before (a noun after "the", a verb
after "to" or "will").
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import log1p

from auditor.lang.en.lexicon import entry, known
from auditor.lang.en.morphology import all_lemmas
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
    """
    a an the this that these those i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
    who whom whose which what where when why how and or but nor so yet for of in on at by to from with without into onto upon about
    above below over under between among through during before after since until till against toward towards across along around
    as than then if unless because although though while whereas whether not no never n't be am is are was were been being do does
    did done doing have has had having will would shall should can could may might must ought there here also too very just only
    even still again ever such both either neither each every all any some more most much many few less least other another own
    same s 's 't
    """.split()  # noqa: SIM905
)


DENIED = {
    f"{auxiliary}nt": said
    for auxiliary, said in {
        **{a: a for a in ("do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "could", "would", "should", "must")},
        "ca": "can",
        "ai": "is",
    }.items()
}
"""Contractions of "not" as they are written in haste, without the apostrophe, and the auxiliary each denies ("wont" is a word)."""
_PHRASE = frozenset(
    """
    of in on at by from with without into onto upon about above below over under between among through during before after since until
    till against toward towards across along around than as because although though while whereas who whom whose which where when
    """.split()  # noqa: SIM905
)


CONNECTIVES = frozenset("and but because although though while that who which when if".split())  # noqa: SIM905
"""Words that open a clause within a sentence."""


def opens_phrase(word: Word) -> bool:
    """Does the word open a phrase that may be told or left out as a whole: a preposition, a relative, a conjunction of time or cause?"""
    return word.text.lower() in _PHRASE


@lru_cache(maxsize=4096)
def lemmas(form: str) -> tuple[tuple[str, str], ...]:
    """(pos, lemma) pairs of a lower-case form, likeliest first; empty for function words and unknown forms."""
    names = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "PROPN": "name", "AUX": "verb"}
    found = all_lemmas(form)
    return tuple((names.get(pos, "other"), lemma) for pos in ("VERB", "NOUN", "ADJ", "ADV", "PROPN") for lemma in found.get(pos, ()))


_NOUN_NEXT = frozenset(
    """
    a an the this that these those my your his its our their her no some any each every 's another
    """.split()  # noqa: SIM905
)
_VERB_NEXT = frozenset(
    """
    to will would can could may might must shall should not n't i you he she it we they who don't didn't doesn't won't can't let
    """.split()  # noqa: SIM905
)
_NUMBERS = frozenset(
    """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=4096)
def _readings(form: str, before: str) -> tuple[tuple[str, str], ...]:
    """The (pos, lemma) pairs of a form, likeliest first after the word before."""

    def score(pair: tuple[str, str]) -> float:
        pos, lemma = pair
        tagged = entry(lemma.lower()).counts.get(pos, -1)
        value = log1p(tagged) if tagged >= 0 else -1.0
        if before in _NOUN_NEXT:
            value += 1.5 * (pos in ("noun", "adj")) - 1.5 * (pos == "verb")
        elif before in _VERB_NEXT:
            value += 3.0 * (pos == "verb")
        return value + (1.0 if pos == "adv" and form.endswith("ly") else 0.0)

    return tuple(sorted(lemmas(form), key=score, reverse=True))


def read_words(text: str) -> tuple[Word, ...]:
    """Tokens with lemma, a coarse part of speech, and all lemmas the form may have as senses."""
    words: list[Word] = []
    senses: tuple[str, ...]
    for match in _TOKEN.finditer(text):
        form = match[0]
        low = form.lower().replace("’", "'")
        if not form[0].isalnum():
            pos, lemma, senses = ("function" if low == "'s" else "punct"), low, ()
        elif form[0].isdigit():
            pos, lemma, senses = "num", low, ()
        elif low in FUNCTION or low in DENIED or "n't" in low or low.partition("'")[0] in FUNCTION:
            pos, lemma, senses = "function", low, ()
        elif low in _NUMBERS:
            pos, lemma, senses = "num", low, ()
        else:
            last = words[-1] if words else None
            at_start = last is None or last.text in _OPENERS
            pos, lemma, senses = _content(form, low, at_start=at_start, before=last.lemma if last else "")
        words.append(Word(match.start(), match.end(), form, lemma, pos, senses))
    return tuple(words)


_OPENERS = frozenset('"“‘([.!?:;—–')


def _content(form: str, low: str, at_start: bool, before: str) -> tuple[str, str, tuple[str, ...]]:
    pairs = _readings(low, before)
    if not pairs or not any(known(lemma.lower()) for _, lemma in pairs):
        return ("name" if form[0].isupper() else "noun"), low, (low,) if not pairs else tuple(dict.fromkeys(p[1].lower() for p in pairs))
    senses = tuple(dict.fromkeys(lemma.lower() for _, lemma in pairs))
    pos, lemma = pairs[0]
    if form[0].isupper() and not at_start:
        pos, lemma = "name", low
    return pos, lemma.lower(), senses
