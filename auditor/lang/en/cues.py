"""English cues, from `data/cues.tsv` over tokens whose contractions are taken apart, plus the shape of the sentence.

What no table can hold is read here: whether the sentence asks (a question mark, or an auxiliary before its subject), rhetorical
tags ("isn't it?"), negation inside a word by its form (un-, in-, dis-, non-, -less before a word that exists), and the tense of a
future made with a contracted "will".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from auditor.lang.cue_table import STOPS, answers, cues, find, load
from auditor.lang.denial import negative_form
from auditor.lang.en.morphology import all_lemmas
from auditor.lang.en.words import DENIED, lemmas
from auditor.model import Cue, Word

_CLITICS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would"}
_IRREGULAR = {"won't": "will", "can't": "can", "shan't": "shall", "ain't": "is", "cannot": "can"}
_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being"])
_AUXILIARY = _BE | frozenset(
    ["do", "does", "did", "have", "has", "had", "can", "could", "will", "would", "shall", "should", "may", "might", "must"]
)
_SUBJECT = frozenset(["i", "you", "he", "she", "it", "we", "they", "this", "that", "these", "those", "there"])
_OPENING = _AUXILIARY - {"may", "should", "were", "be", "have", "been", "being", "had"}
"""Auxiliaries that open a question; the others may open a wish or a condition."""
_TAG = re.compile(
    r"(?:is|are|was|were|do|does|did|wo|would|ca|could|should|have|has|had|ai)n['’]t (?:i|you|s?he|it|we|they|there)\s*[?？]", re.I
)
Token = tuple[int, int, str]


def _take_apart(words: tuple[Word, ...]) -> list[Token]:
    """(start, end, lower-case form) with contractions split; the pieces keep honest spans."""
    tokens: list[Token] = []
    for word in words:
        low = word.text.lower().replace("’", "'")
        if low == "cannot":
            tokens += [(word.start, word.start + 3, "can"), (word.start + 3, word.end, "not")]
            continue
        if low in DENIED:
            tokens += [(word.start, word.end - 2, DENIED[low]), (word.end - 2, word.end, "not")]
            continue
        clitic = next((c for c in _CLITICS if low.endswith(c) and len(low) > len(c)), None)
        if clitic is None:
            tokens.append((word.start, word.end, low))
            continue
        cut = word.end - len(clitic)
        tokens.append((word.start, cut, _IRREGULAR.get(low, low[: -len(clitic)])))
        tokens.append((cut, word.end, _CLITICS[clitic]))
    return tokens


@lru_cache(maxsize=4096)
def _names(low: str) -> frozenset[str]:
    if low in _BE:
        return frozenset({low, "=be"})
    if low in ("have", "has", "had", "having"):
        return frozenset({low, "=have"})
    if low in ("do", "does", "did"):
        return frozenset({low, "do"})
    return frozenset({low, f"={low}", *(f"={lemma.lower()}" for _, lemma in lemmas(low)), *_degree(low)})


def _degree(low: str) -> Iterator[str]:
    """ "+er" for a comparative and "+est" for a superlative by its form."""
    for ending in ("er", "est"):
        if low.endswith(ending) and any(lemma.lower() != low for lemma in all_lemmas(low).get("ADJ", ())):
            yield f"+{ending}"


def read_cues(text: str, words: tuple[Word, ...]) -> tuple[Cue, ...]:
    """The cues of one sentence, in order of position."""
    tokens = _take_apart(words)
    names, spans = [_names(t[2]) for t in tokens], [(t[0], t[1]) for t in tokens]
    found = find(load("auditor.lang.en", "cues.tsv"), names)
    taken = {at for _, indices in found for at in indices}
    read = list(cues(found, spans, text))
    qualities = {w.start for w in words if w.pos in ("adj", "adv")}
    for at, (start, end, low) in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else (0, 0, "")
        quality = after[0] in qualities or after[2].endswith(("ing", "ed"))
        lessened = low in ("less", "least") and quality  # "less cheerful" is 不太高兴
        lessened = lessened or (low in ("less", "fewer") and any(t[2] == "than" for t in tokens[at + 1 : at + _THAN]))  # 不如...多
        without = low == "free" and text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha()  # nuclear-free
        if at not in taken and (lessened or without or low.startswith("non-") or negative_form(low)):
            read.append(Cue(start, end, text[start:end], "negative", "word"))
    for table in ("footing.tsv", "rungs.tsv"):
        read += cues(find(load("auditor.lang.en", table), names), spans, text)
    read += answers(find(load("auditor.lang.en", "answers.tsv"), names, None, _FAR, STOPS, False), spans, text)
    read = [_opening(_weakened(cue, text), text) for cue in read if not _month(cue, text) and not _bought(cue, text)]
    read += _questions(text, tokens)
    return tuple(sorted(read, key=lambda c: (c.start, c.end)))


_THAN = 6
"""Words after which "less" is not compared any more."""
_FAR = 10
"""Words that may stand between a denial and what it is answered by ("not ... until")."""
_ENDS = re.compile(r"\s*(?:$|[,.;:!?，。—–\"”)]|(?:and|or|but|either)\b)", re.I)
_BEFORE_MAY = re.compile(r"(?:\b[a-z]+|\d\w*|\bM(?:rs?|s|iss)\.?)[ -]$")
_AFTER_MAY = re.compile(r" (?:\d|(?:will|would|has|had|is|was|said|says|told|and|or)\b)|['’]s\b|,")


def _month(cue: Cue, text: str) -> bool:
    """Is it the month of May, or somebody of that name: with a capital, after a small word, a title or a day, or before one?"""
    return cue.text == "May" and bool(_AFTER_MAY.match(text, cue.end) or _BEFORE_MAY.search(text[: cue.start]))


_GOODS = re.compile(
    r"\s+(?:(?:an?|another|about|some|nearly|almost|over|up to|more than|at least)\s+)*(?:\d|(?:two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|dozens?|hundreds?|thousands?|further|additional|more)\b)(?![^.,;:]*\bto\b)",
    re.I,
)


def _bought(cue: Cue, text: str) -> bool:
    """Are so many things ordered from a maker ("ordered six submarines"), and nobody to do anything?"""
    return cue.kind == "rung" and cue.text.lower().startswith("order") and bool(_GOODS.match(text, cue.end))


_INVERTED_NOT = re.compile(r"n['’]t (?:i|you|he|she|it|we|they|this|that|there|these|those)\b", re.I)


def _opening(cue: Cue, text: str) -> Cue:
    """ "Nor" denies by grammar where it opens a sentence: there is no other denial that it goes on with."""
    opens = cue.text == "Nor" and cue.kind == "negative" and text[: cue.start].rstrip(" “\"‘'(")[-1:] in ("", ".", "!", "?", "”", ";")
    return replace(cue, kind="negation", value="none") if opens else cue


_CONTRACTED = re.compile(r"n['’]t$", re.I)
_NEGATIVE_QUESTION = re.compile(r"(?:^|[\"“‘.?!:;,]|\b(?:and|but|so|why|or))\s*$", re.I)
"""What stands before the auxiliary of "Shouldn't the council be told?"."""


def _weakened(cue: Cue, text: str) -> Cue:
    """A negation that a translation need not repeat as one becomes `negative` (or a rhetorical question).

    That is an interjection ("No, ..."), an ellipsis ("the advice they don't"), a compound ("no-fault") and a negative question, which asks
    whether one should.
    """
    if _NEGATIVE_QUESTION.search(text[: cue.start]) and _CONTRACTED.search(cue.text) and "?" in text[cue.end :]:
        if cue.kind == "obligation":
            return replace(cue, value="should")
        return replace(cue, kind="question", value="rhetorical") if cue.kind == "negation" else cue
    if cue.kind == "negation" and _NEARLY.match(text, cue.start):
        return replace(cue, kind="negative", value="word")
    if cue.kind != "negation" or cue.value not in ("not", "none", "unable"):
        return cue
    if _INVERTED_NOT.match(text, cue.end - 3 if cue.text.lower().endswith(("n't", "n’t")) else cue.end):
        return replace(cue, kind="question", value="rhetorical")
    if cue.text.lower() in ("no", "not", "n't", "n’t") and (text[cue.end : cue.end + 1] == "-" or _ENDS.match(text, cue.end)):
        return replace(cue, kind="negative", value="word")
    return cue


_NEARLY = re.compile(
    r"not (?:quite|yet|(?:very )?much (?:more|less|over|under|above|below)(?: than)?|far (?:short of|off|from|below|above|under))"
    r" (?:an? (?:half|third|quarter|fifth|tenth|dozen|hundred|thousand|million|billion|trillion|year|month|week|day)|half|one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|[$€£¥]?\d)",
    re.I,
)
"""An amount nearly reached or hardly passed ("not quite two-thirds", "not much more than a third"): 近三分之二, 3分の1をやや上回る."""


def _questions(text: str, tokens: list[Token]) -> list[Cue]:
    tag = _TAG.search(text)
    if tag:
        return [Cue(tag.start(), tag.end(), tag[0], "question", "rhetorical")]
    marks = [t for t in tokens if t[2] == "?"]
    found = [Cue(s, e, text[s:e], "question", "question") for s, e, _ in marks[:1]]
    if not found:
        found = [Cue(s, e, text[s:e], "question", "question") for s, e, _ in (_inverted(tokens, text) or _quoted(tokens))[:1]]
    return found


_SPECIFIC = frozenset(("the", "a", "an", "any", "anyone", "anybody", "anything", "my", "your", "his", "her", "its", "our", "their"))
_QUOTES = frozenset('"“‘「')


def _quoted(tokens: list[Token]) -> list[Token]:
    """The auxiliary that opens a quotation and stands before a pronoun: the ballot reads, "Are you for ..."."""
    for quote, first, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if quote[2] in _QUOTES and first[2] in _OPENING - {"do"} and second[2] in _SUBJECT:
            return [first]
    return []


def _inverted(tokens: list[Token], text: str) -> list[Token]:
    """An auxiliary that stands first in the sentence or its quotation, before its subject: "Did she ...", "Is the ..."."""
    letters = [t for t in tokens if t[2][:1].isalnum()]
    first = letters[0] if letters else None
    if first is None or len(letters) < 3 or first[2] not in _OPENING:
        return []
    if letters[1][2] not in _SUBJECT and not (letters[1][2] in _SPECIFIC and first[2] != "will") and not text[letters[1][0]].isupper():
        return []  # "Can be delivered in a day", "Did some reading": a subject left out
    if first[2] == "do" and letters[1][2] in ("not", "it", "this", "that", "so", "what", "your", "nothing", "something", "be"):
        return []
    return [first]
