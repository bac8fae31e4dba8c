"""Dictionary definitions made bare English lemmas and phrases: one rule for every bilingual dictionary.

A definition such as "to state; to show (of sth)" becomes the senses ("state", verb) and ("show", verb). What describes the word
instead of translating it ("variant of ...", "classifier for ...", "surname ...") gives no sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log1p

_WORDS = 4  # longer phrases explain, they do not translate
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|\{[^}]*\}")
_FOREIGN = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]+\|?")
_ABOUT = re.compile(
    r"(?:cl:|(?:\w+ )?variant of|erhua|see\b|same as|surname|also (?:written|pr|called|known)|used (?:in|to|as|at|when|for|before|after)|"
    r"classifier|taiwan pr|tw\b|onom|name of|component of|radical|kangxi|particle|interjection|japanese (?:variant|surname)|"
    r"(?:male|female) given name|suffix|prefix|abbr\. to|measure word|counter for|indicat|expresses|pattern|contraction of)"
)
_LEAD = re.compile(r"^(?:lit\.|fig\.|esp\.|usu\.|e\.g\.|i\.e\.|abbr\. for|abbr\.|very|so-called|kind of|type of) ")
_LABEL = re.compile(r"^[^:]{6,}: ")
_ARTICLE = re.compile(r"^(?:the|an?|one's|sb's|some|any) ")
_SLOT = re.compile(
    r" (?:sb|sth|someone|something|somebody|oneself|oneself's|one's|sb's|etc|to do|doing)\b|\b(?:sb|sth|sb's|one's|someone's) |\.\.\.|[~…]"
)
_GAP = re.compile(r"\w ?(?:\.\.\.|[~…]) ?\w")  # "as ... as one can" is a pattern, no phrase
_CUT = re.compile(r" (?:on|in|of|with|for|at|from|by|about|into|that|which|who|when|where|while|so|as|to) ")
_TRIM = " .,-!?\"'“”"


@dataclass(frozen=True, slots=True)
class Sense:
    """An English lemma or phrase a word may stand for.

    pos  verb when the dictionary says "to ...", else what it says the word is, else ""
    """

    english: str
    pos: str


def senses_of(definition: str, pos: str = "", loose: bool = False) -> Iterator[Sense]:
    """The bare senses of one definition, in order; `loose` cuts a long explanation to its head instead of leaving it out."""
    text = definition
    for _ in range(3):
        text = _BRACKETS.sub(" ", text)
    text = _FOREIGN.sub("", text).strip().lower()
    if _ABOUT.match(text):
        return
    text = _LABEL.sub("", text)
    verb = False
    for part in (alternative for piece in re.split(r"[;,/]", text) for alternative in _alternatives(piece.strip())):
        if _GAP.search(part):
            continue
        bare = _LEAD.sub("", part.strip())
        marked = bare.startswith("to ")
        verb = marked or (verb and pos == "verb")
        bare = bare[3:] if marked else bare
        copula = bare.startswith("be ")
        bare = _ARTICLE.sub("", bare[3:] if copula else bare)
        bare = " ".join(_SLOT.sub(" ", f" {bare} ").split()).strip(_TRIM)
        if loose and bare.count(" ") >= _WORDS:
            bare = " ".join(_CUT.split(bare)[0].split()[:_WORDS])
        if bare and bare.count(" ") < _WORDS and bare[0].isalnum() and (marked or not _ABOUT.match(bare)):
            yield Sense(bare, "adj" if copula else "verb" if verb else "" if pos == "verb" else pos)


def _alternatives(phrase: str) -> Iterator[str]:
    """ "white man or woman" is "white man" and "white woman"; "to do or say" is "to do" and "to say"."""
    parts = phrase.split(" or ")
    yield parts[0]
    shared = parts[0].split()[:-1]
    for part in parts[1:]:
        yield part if part.startswith("to ") or " " in part else " ".join([*shared, part])


def unique(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    """The first of each English and part of speech."""
    return tuple(dict.fromkeys(senses))


def support_of(cells: str | None) -> dict[str, int]:
    """A row of `words_support.tsv.gz` as sense -> how many longer words bear it out."""
    return {english: int(count) for english, _, count in (cell.rpartition("=") for cell in (cells or "").split("\t") if cell)}


def ordered(senses: tuple[Sense, ...], pos: str, support: Mapping[str, int]) -> tuple[str, ...]:
    """English of the senses, each once, likeliest first: by the dictionary's order, the part of speech and what compounds bear out."""
    score: dict[str, float] = {}
    for at, sense in enumerate(senses):
        agrees = 1.0 if sense.pos == pos else 0.5 if not sense.pos or not pos else 0.0
        value = agrees - 0.2 * min(at, 15) + 0.5 * log1p(support.get(sense.english, 0)) - 0.3 * sense.english.count(" ")
        score[sense.english] = max(value, score.get(sense.english, value))
    return tuple(sorted(score, key=lambda english: -score[english]))
