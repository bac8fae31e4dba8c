"""The tense of English verbs by their forms: past, present or future, per lemma.

A perfect counts as past ("has announced" says that it happened). An auxiliary lends its tense to the word it leads to, so "was the
best" is past for "best". Forms that may as well be a plural noun or a bare participle after a noun are read as verbs; who compares
two texts by lemma does not mind.
"""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.lang.en.morphology import all_inflections, all_lemmas, inflection
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
_AFTER_BE = 4
"""So soon after "be" a form in -ed is a participle: "be returned or exchanged"."""
_REACH = 5
"""An auxiliary lends its tense over so many words."""


@lru_cache(maxsize=4096)
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
    left = passive = 0
    before: Word | None = None
    for word in words:
        low = word.text.lower().replace("’", "'")
        left -= 1
        passive = _AFTER_BE if low in _BARE else passive - 1
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
            elif before is not None and before.pos != "punct" and not (low.endswith("ed") and passive > 0):
                for lemma, tense in _forms(low):
                    found.setdefault(lemma, set()).add(tense)
                    shown.setdefault(lemma, word)
        elif word.pos == "punct":
            pending = None
        before = word
    _add_copula(words, found, shown)
    return {lemma: (next(iter(seen)), shown[lemma]) for lemma, seen in found.items() if len(seen) == 1 and seen != {"modal"}}


_COPULA = {"is": "present", "are": "present", "am": "present", "was": "past", "were": "past"}


def _add_copula(words: tuple[Word, ...], found: dict[str, set[str]], shown: dict[str, Word]) -> None:
    """The tense of "be", whatever it leads to, under the lemma "be"."""
    for at, word in enumerate(words):
        low = word.text.lower()
        ahead = [w.text.lower() for w in words[at + 1 : at + 4]] if low in _FUTURE else []
        tense = "future" if "be" in ahead else _COPULA.get(low)
        if tense is not None:
            found.setdefault("be", set()).add(tense)
            shown.setdefault("be", word)


def is_auxiliary(word: Word) -> bool:
    """Does the word lend its tense to another?"""
    return word.text.lower() in _AUXILIARY


def main(words: tuple[Word, ...], verb: Word) -> bool:
    """Is the verb likely the sentence's own, not that of a clause inside it?"""
    before = [w.text.lower() for w in words if w.start < verb.start][-4:]
    return _LED.isdisjoint(before)


_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "would"))
_TAGS = {"past": "VBD", "present": "VBZ"}
_BE_AS = {"past": "was", "present": "is"}
_LED_TO = re.compile(r"\s+((?:\w+ly\s+|also\s+|not\s+|be\s+)*)(\w+)")


def retold(text: str, shown: Word, lemma: str, tense: str, offset: int = 0) -> str | None:
    """The text with a verb in another tense: `shown` is the word that shows its tense now, the verb or its auxiliary.

    tense  past, present or future; None for an auxiliary that leads to no verb
    """
    start, end, low = shown.start - offset, shown.end - offset, shown.text.lower().replace("’", "'")
    if low in _FUTURE or low.endswith("'ll"):
        return _untold(text[:start], text[end:], tense)
    if low in _AUXILIARY:
        was = low in ("was", "were", "is", "are", "am")
        new = (
            {"future": "will be", "past": "was", "present": "is"}[tense]
            if was
            else {"future": "will", "past": "had", "present": "has"}[tense]
        )
        return text[:start] + new + text[end:]
    if tense == "future":
        return f"{text[:start]}will {lemma}{text[end:]}"
    forms = inflection(lemma, _TAGS[tense])
    return f"{text[:start]}{forms[0] if forms else lemma}{text[end:]}"


def _untold(before: str, after: str, tense: str) -> str | None:
    """What a "will" led to, in the past or present: "will soon be" is "soon was"."""
    led = _LED_TO.match(after)
    if led is None or tense not in _TAGS:
        return None
    between, verb = led[1], led[2].lower()
    if "be" in between.split() or verb == "be":
        return before + _BE_AS[tense] + re.sub(r"^(.*?) be\b", r"\1", after, count=1)
    forms = inflection(verb, _TAGS[tense])
    return f"{before}{between}{forms[0] if forms else verb}{after[led.end() :]}"


def present_form(words: tuple[Word, ...], lemma: str) -> Word | None:
    """A bare form of a verb that no auxiliary, "to" or article leads to: "the states form a union"."""
    for at, word in enumerate(words):
        before = [w.text.lower() for w in words[max(0, at - 4) : at]]
        if word.text.lower() == lemma and word.pos in ("verb", "noun") and before and not _led(before):
            return word
    return None


def _led(before: list[str]) -> bool:
    """Does an auxiliary, an article or a preposition come before?"""
    return before[-1] in _NO_SUBJECT or any(b in _AUXILIARY or "n't" in b or "n’t" in b for b in before)


_NO_SUBJECT = frozenset(("not", "and", "or", "the", "a", "an", "of", "in", "for"))
