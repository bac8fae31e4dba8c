"""English forms: inflection (LemmInflect, MIT), verbs with their marks, sentences with capitals and spaces."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.lang.en import lexicon
from auditor.lang.en.morphology import inflection
from auditor.lang.en.words import lemmas

_BE = {"VBD": "was", "VBN": "been", "VBG": "being", "VBZ": "is", "VB": "be"}
_OBJECT = {"I": "me", "we": "us", "he": "him", "she": "her", "they": "them", "who": "whom"}
_OWN = {
    "I": "my", "we": "our", "you": "your", "he": "his", "she": "her", "it": "its", "they": "their", "who": "whose", "himself": "his own",
}  # fmt: skip


@lru_cache(maxsize=4096)
def inflect(phrase: str, tag: str) -> str:
    """The first word of a verb phrase, or the last of a noun phrase, in the form of a Penn tag (VBD, VBN, VBG, VBZ, NNS)."""
    words = phrase.split()
    at = -1 if tag == "NNS" else 0
    if words[at] == "be" and tag in _BE:
        words[at] = _BE[tag]
    else:
        forms = inflection(words[at], tag)
        words[at] = forms[0] if forms else words[at]
    return " ".join(words)


@lru_cache(maxsize=4096)
def verb_of(english: str) -> str:
    """A verb for a sense that may be a noun (announcement, announce); the sense itself when it can be a verb."""
    first, _, rest = english.partition(" ")
    if "verb" in lexicon.parts(first):
        return english
    if "adj" in lexicon.parts(english):
        return f"be {english}"
    for pos, lemma in lemmas(first):
        if pos == "verb" and "verb" in lexicon.parts(lemma):
            return f"{lemma} {rest}".strip()
    verbs = [d for d in sorted(lexicon.derivations(english)) if "verb" in lexicon.parts(d)]
    return max(verbs, key=lambda v: (v[:3] == english[:3], lexicon.entry(v).counts["verb"])) if verbs else english


def possessive(pronoun: str) -> str:
    """he, his."""
    return _OWN.get(pronoun, f"{pronoun}'s")


def objective(pronoun: str) -> str:
    """he, him."""
    return _OBJECT.get(pronoun, pronoun)


def verb_phrase(lemma: str, marks: list[str], tense: str = "VBD") -> str:
    """A verb with what was said of it: "did not announce", "may be announced", "will not announce"."""
    past = tense == "VBD"
    negative = any(m in marks for m in ("not", "notpast", "cannot", "wont"))
    before = [m.partition(":")[2] for m in marks if m.startswith("modal:")]
    if "cannot" in marks or "can" in marks:
        before.insert(0, "could" if "past" in marks else "can")
    if "will" in marks or "wont" in marks:
        before.insert(0, "will")
    if "may" in marks:
        before = ["may", *(b for b in before if b not in ("can", "will"))]
    form = "VB"
    if not _is_verb(lemma):
        lemma = f"be {lemma}"
    elif "passive" in marks:
        lemma, form = "be " + inflect(lemma, "VBN"), "VB"
    elif "progressive" in marks and not negative:
        lemma = "be " + inflect(lemma, "VBG")
    if before:
        helped = before[0].split()
        return " ".join([helped[0], *(["not"] if negative else []), *helped[1:], *before[1:], lemma])
    if negative:
        helper = "was not" if lemma.startswith("be ") else "did not" if past else "does not"
        return f"{helper} {lemma[3:] if lemma.startswith('be ') else lemma}"
    form = "VBD" if past else "VBZ"
    return inflect(lemma, form)


def _is_verb(phrase: str) -> bool:
    return phrase.startswith("be ") or "verb" in lexicon.parts(phrase.split()[0]) or not lexicon.known(phrase.split()[0])


def fitting(preposition: str, phrase: str, role: str) -> str:
    """ "in" as the phrase wants it: on a day, at an hour, to a figure."""
    if preposition != "in":
        return preposition
    if role == "date":
        return (
            "at"
            if phrase.endswith(".m.")
            else "in"
            if phrase.replace(" to ", "").isdigit() or (phrase.isalpha() and phrase[-3:] != "day")
            else "on"
        )
    return "to" if role == "figure" else "in"


def sentence(pieces: list[str]) -> str:
    """Pieces joined with spaces as English has them, the first letter a capital."""
    text = " ".join(p for p in pieces if p)
    text = re.sub(r"\s+([,.!?:;)\]%])", r"\1", re.sub(r"([(\[])\s+", r"\1", text))
    text = re.sub(r'"\s*([^"]*?)\s*"', r'"\1"', text)
    text = re.sub(r"“\s*", '"', re.sub(r"\s*”", '"', text))
    text = re.sub(r"([,.!?:;])(?:\s*,)+", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
    text = re.sub(r"\ba (?=[aeio])", "an ", text)
    text = re.sub(r"\b(about|approximately|nearly|around|almost|more than|less than|at least) (?:\1|about) ", r"\1 ", text)
    return re.sub(r"(^|[.!?]\"? )(\W*)([a-z])", lambda m: m[1] + m[2] + m[3].upper(), text)
