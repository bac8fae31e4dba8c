"""Whether an English back-translation may speak as a witness.

Machine translators fail in ways of their own: they say one phrase over and over, leave the text as it was, stop half way, or write about
something else. Such English would accuse the translator of the machine's faults, so it is shown, named ill, and not heard.

    empty    nothing is said
    script   the text's own characters were left standing
    loop     a phrase again and again that the passage does not repeat
    length   far too short or too long for the passage
    meaning  far from the passage's meaning, measured by what the document shows elsewhere; or the whole document's English is

Similarities are cosines of the encoder's vectors of passage and English. Measured on news with a real system's English (development
files, 3,557 lines): a line and its English .30 to .94 (first to last hundredth), the median of 15 lines .61 to .79; a line and the
English of its neighbour -.09 to .64, the median of 15 lines .01 to .32.
"""

from __future__ import annotations

import re
from collections import Counter

from auditor.lang.base import language

_LEFT = 0.15  # share of the letters that may be untranslated
_LONGEST_PHRASE = 8
_TIMES = 4
_LOOPED = 0.4  # share of the words that one phrase may make up
_SHORT, _LONG = 0.6, 9.0  # letters of English a weighted character of the passage
_FAR, _FLOOR, _NEVER = 0.3, 0.35, 0.2  # below typical and low by itself; so low that nothing else matters
_STRANGE, _MANY = 0.42, 4  # a document of at least so many passages, with a median below this, is not the English of this text
_BRIEF = 12  # characters: similarities of shorter passages are no measure
_BRIEF_FLOOR = 0.15


def health(lang: str, passage_text: str, english: str, similarity: float | None, typical: float | None) -> str:
    """ "ok", or the first of the reasons above. `similarity` is the cosine of passage and English, `typical` the document's median."""
    if not any(c.isalnum() for c in english):
        return "empty" if any(c.isalnum() for c in passage_text) else "ok"
    if _is_untranslated(lang, english):
        return "script"
    if _loops(english) and not _repeats(passage_text):
        return "loop"
    weight = sum(1.0 if ord(c) > 0x2E80 else 0.25 for c in passage_text if c.isalnum())
    letters = sum(c.isalnum() or c == " " for c in english)
    if letters < _SHORT * weight - 4 or letters > _LONG * weight + 20:
        return "length"
    if similarity is not None and typical is not None:
        floor = _BRIEF_FLOOR if len(passage_text) < _BRIEF else max(_NEVER, min(_FLOOR, typical - _FAR))
        if similarity < floor:
            return "meaning"
    return "ok"


def is_strange(typical: float, passages: int) -> bool:
    """Whether the English of a whole document has little to do with its text: a model that knows nothing of the subject or the language."""
    return passages >= _MANY and typical < _STRANGE


def _is_untranslated(lang: str, english: str) -> bool:
    letters = [c for c in english if c.isalpha()]
    left = sum(ord(c) > 0x2E80 for c in letters)
    return left > _LEFT * len(letters) if letters else language(lang).likeness(english) > 0.5


def _loops(english: str) -> bool:
    words = re.findall(r"\w+", english.lower())
    if re.search(r"(\w)\1{7,}", english):
        return True
    for size in range(1, _LONGEST_PHRASE + 1):
        run = 1
        for at in range(size, len(words) - size + 1, size):
            run = run + 1 if words[at : at + size] == words[at - size : at] else 1
            if run >= _TIMES + (size == 1):
                return True
    if len(words) < 20:
        return False
    phrases = Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))
    phrase, count = phrases.most_common(1)[0]
    return count >= _TIMES and count * len(phrase) > _LOOPED * len(words)


def _repeats(passage: str) -> bool:
    """The passage itself says something four times in a row (a chorus, a row of dashes)."""
    return re.search(r"(\w{1,12}?)(?:\W{0,2}\1){3,}", passage) is not None
