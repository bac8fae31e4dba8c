"""The tense of English verbs by their forms: past, present or future, per lemma.

A perfect counts as past ("has announced" says that it happened). An auxiliary lends its tense to the word it leads to, so "was the
best" is past for "best". Forms that may as well be a plural noun or a bare participle after a noun are read as verbs; who compares
two texts by lemma does not mind.
"""

from __future__ import annotations

from functools import lru_cache

from auditor.lang.en.morphology import all_inflections, all_lemmas
from auditor.model import Word

_AUXILIARY = {
    "will": "future", "shall": "future", "'ll": "future", "is": "present", "are": "present", "am": "present", "was": "past", "were": "past",
    "has": "past", "have": "past", "had": "past", "does": "present", "do": "present", "did": "past", "would": "future",
    "can": "modal", "could": "modal", "may": "modal", "might": "modal", "must": "modal", "should": "modal", "to": "modal",
}  # fmt: skip
_BARE = frozenset(("be", "been", "being"))
_LED_WORDS = "who which that when while if because after before since until where how whether what as although though"
_LED = frozenset(_LED_WORDS.split())
"""A verb soon after one of these is not the sentence's own."""
_REACH = 5
"""An auxiliary lends its tense over so many words."""


@lru_cache(maxsize=65536)
def _forms(low: str) -> tuple[tuple[str, str], ...]:
    """(lemma, tense) of the finite verb forms a word may be."""
    found = []
    for lemma in all_lemmas(low, upos="VERB").get("VERB", ()):
        tags = {tag for tag, forms in all_inflections(lemma, upos="VERB").items() if low in forms}
        if "VBD" in tags and "VB" not in tags:
            found.append((lemma, "past"))
        elif "VBZ" in tags:
            found.append((lemma, "present"))
    return tuple(found)


def tenses(words: tuple[Word, ...]) -> dict[str, tuple[str, Word]]:
    """Lemma -> its tense and the word that shows it; a lemma that appears in two tenses is left out."""
    found: dict[str, set[str]] = {}
    shown: dict[str, Word] = {}
    pending: tuple[str, Word] | None = None
    left = 0
    before: Word | None = None
    for word in words:
        low = word.text.lower().replace("’", "'")
        left -= 1
        if low in _AUXILIARY or low.endswith("'ll"):
            pending, left = (pending if pending and pending[0] == "future" and left > 0 else (_AUXILIARY.get(low, "future"), word)), _REACH
        elif low in _BARE:
            pending = pending or ("modal", word)
        elif word.pos in ("verb", "adj", "noun", "name", "other") and word.senses:
            perfect = pending is not None and pending[1].text.lower() in ("has", "have", "had")
            if perfect and not any(tense == "past" for _, tense in _forms(low)):
                pending = None
            if pending is not None and left > 0:
                for lemma in word.senses:
                    found.setdefault(lemma, set()).add(pending[0])
                    shown.setdefault(lemma, pending[1])
                pending = None
            elif before is not None and before.pos != "punct":
                for lemma, tense in _forms(low):
                    found.setdefault(lemma, set()).add(tense)
                    shown.setdefault(lemma, word)
        elif word.pos == "punct":
            pending = None
        before = word
    return {lemma: (next(iter(seen)), shown[lemma]) for lemma, seen in found.items() if len(seen) == 1 and seen != {"modal"}}


def main(words: tuple[Word, ...], verb: Word) -> bool:
    """Is the verb likely the sentence's own, not that of a clause inside it?"""
    before = [w.text.lower() for w in words if w.start < verb.start][-4:]
    return _LED.isdisjoint(before)
