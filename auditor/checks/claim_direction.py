"""A word that became its opposite: support / 反对, rise / 下降, before / 之后.

Fires when a source word has no counterpart in the translation, the translation has a word without counterpart in the source, and the
two are opposites, by WordNet's antonyms of what the dictionaries say the word means; with a back-translation also when that has the
opposite, and the translation bears it out.

Stays quiet when either word is explained by any other word of the other side, and when a denial on one side makes up for the opposite
("lost" / 没能赢, "remain" / 没有改变).

Limits: opposites that no dictionary holds (start work / knock off) are missed; words of order and comparison are judged by count.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from auditor.checks.claim_negation import strict
from auditor.checks.claim_sides import Case, Side, content, counterparts, denials, drift, explains, family, sense_words
from auditor.lang.en.lexicon import antonyms
from auditor.model import Drift, Word

_ORDER = (("before", "after"), ("more", "less"), ("up", "down"))


@lru_cache(maxsize=65536)
def opposites(lemmas: tuple[str, ...]) -> frozenset[str]:
    """Antonyms of any of the lemmas, less the lemmas' own family."""
    found: frozenset[str] = frozenset().union(*(antonyms(m) for m in lemmas)) if lemmas else frozenset()
    return found - family(lemmas)


def find(case: Case) -> Iterator[Drift]:
    """Opposites found natively, then those that the back-translation shows and the translation bears out, then order."""
    found = next(_native(case), None) or next(_through_back(case), None) or next(_order(case), None)
    if found is not None:
        yield found


def _native(case: Case) -> Iterator[Drift]:
    source = [w for w in case.source.facts.words if content(w)]
    target = [w for w in case.target.facts.words if content(w)]
    for word in source:
        against = opposites(word.senses or (word.lemma,))
        if not against or counterparts(word, case.target):
            continue
        for other in target:
            if against & _first(other) and not any(explains(s, other) for s in source) and not _made_up(case.source, case.target):
                back = _witness(case, word, against)
                severity = "minor" if back is False else "major"
                yield drift("opposite", severity, 0.75, word, other, f"“{word.text}” became its opposite, {other.text}", back)  # type: ignore[arg-type]
                return


def _first(word: Word) -> frozenset[str]:
    return sense_words(word.senses[:3])


def _made_up(source: Side, target: Side) -> bool:
    """Does a denial on one side only make up for the opposite?"""
    return (len(strict(source)) - len(strict(target))) % 2 == 1


def _witness(case: Case, word: Word, against: frozenset[str]) -> bool | None:
    if case.back is None:
        return None
    mine = family(word.senses or (word.lemma,))
    said = {m for w in case.back.facts.words for m in (w.senses or (w.lemma,))}
    if said & against and not said & mine:
        return True
    return False if said & mine else None


def _through_back(case: Case) -> Iterator[Drift]:
    if case.back is None:
        return
    said = {m for w in case.source.facts.words for m in (w.senses or (w.lemma,))}
    for word in case.source.facts.words:
        against = opposites(word.senses or (word.lemma,)) if content(word) else frozenset()
        if not against or counterparts(word, case.back) or counterparts(word, case.target):
            continue
        for other in case.back.facts.words:
            lemmas = frozenset(other.senses or (other.lemma,))
            if lemmas & against and not lemmas & said and not _made_up(case.source, case.back):
                borne = counterparts(other, case.target)
                yield drift(
                    "opposite", "major" if borne else "minor", 0.7 if borne else 0.3, word, borne[0] if borne else None,
                    f"“{word.text}” is “{other.text}” in the back-translation", True,
                )  # fmt: skip
                return


def _order(case: Case) -> Iterator[Drift]:
    """Before and after, more and less: one word on each side, opposite, and no other of its kind."""
    for one, other in _ORDER:
        for mine, theirs in ((one, other), (other, one)):
            here, there = case.source.of("direction", mine), case.target.of("direction", theirs)
            if not here or case.source.of("direction", theirs):
                continue
            back = None
            if case.back is not None:
                same, turned = case.back.of("direction", mine), case.back.of("direction", theirs)
                back = True if turned and not same else False if same else None
            plain = there and not case.target.of("direction", mine)
            if plain and (back is True or (back is None and len(here) == len(there) == 1 and not denials(case.target) and not denials(case.source))):
                yield drift("order", "major", 0.6, here[0], there[0], f"“{here[0].text}” became {there[0].text}", back)
            elif back is True and not case.target.of("direction", mine):
                yield drift("order", "major", 0.4, here[0], None, f"“{here[0].text}” is the opposite in the back-translation", back)
