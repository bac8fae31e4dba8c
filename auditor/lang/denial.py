"""Denial inside an English word or definition: un-, in-, dis-, non-, -less, and words such as fail or lack.

English is what the dictionaries of the other languages define their words in, so this is shared: 不適 "unsuitable", 缺席 "absent".
"""

from __future__ import annotations

import re
from functools import lru_cache


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = _set(
    "not no never without nothing nobody none nor cannot lack lacking fail failure failing refuse refusal deny denial lose loss miss avoid "
    "hardly scarcely barely unable stop cease forbid prohibit prevent absent absence reject rejection ban neglect ignore wrong false "
    "missing exempt refrain refraining abstain can't doubtful dubious reluctant "
    "reluctance"
)
_STEM = re.compile(r"^(?:(un|non)-?|(in|im|ir|il)|(dis|mis))(?=[a-z]{4})")
_LOOKALIKES = _set(
    "under union unit unite united university universe unique discover discovery display dispose disposal discharge dispatch discuss "
    "discourse distribute distract dissent distance district disaster discipline misty mission until unless nonetheless interior "
    "indifferent inner intent intense inland indoor inside invaluable import unanimous understand undergo undertake undergraduate "
    "nevertheless regardless disease discount disguise disgust discard distill distress dissolve dismay disclose disclosure impending "
    "incoming disposition disposable disco dissertation disperse dispense mistress"
)


@lru_cache(maxsize=4096)
def negative_form(word: str) -> bool:
    """Is this lower-case English word denied by its own form (unhappy, impolite, disagree, harmless)?"""
    from auditor.lang.en.morphology import all_lemmas

    lemmas = {word, *(lemma for found in all_lemmas(word).values() for lemma in found)}
    if not _LOOKALIKES.isdisjoint(lemmas):
        return False
    if word.endswith("less") and len(word) > 6:
        return bool(all_lemmas(word[:-4]))
    match = _STEM.match(word)
    if match is None:
        return False
    kinds = set(all_lemmas(word[match.end() :]))
    if match[2]:
        return "ADJ" in kinds and "ADJ" in all_lemmas(word) and "VERB" not in all_lemmas(word)
    return bool(kinds & ({"ADJ", "VERB", "ADV"} if match[1] else {"VERB", "ADJ", "NOUN"}))


def base_of(word: str) -> str:
    """What a lower-case English word denies by its own form ("active" of "inactive"); "" for any other."""
    if not negative_form(word):
        return ""
    return word[:-4] if word.endswith("less") else _STEM.sub("", word)


@lru_cache(maxsize=4096)
def denies(definition: str) -> bool:
    """Does a dictionary's English definition deny something?"""
    return any(w in _WORDS or negative_form(w) for w in re.findall(r"[a-z'-]+", definition.lower()))


_DENYING = _set("not nothing no without")


def denies_another(definition: str) -> bool:
    """Is a word defined by the denial of another (黙る "say nothing")?"""
    words = definition.split()
    return len(words) > 1 and not _DENYING.isdisjoint(words)
