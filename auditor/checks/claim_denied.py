"""One word of both English sides that one of them denies: "was not late" / "was late", "have the qualification" / "was not qualified".

Fires, with a back-translation only, when a word stands once in the source and once, itself or in another form, in the back-translation,
- the source denies that very word and neither the back-translation's clause nor the translation's denies anything; or
- the back-translation denies that very word, the translation denies something in the clause of its counterpart, and the source denies
  nothing by grammar or in the form of a word, and nothing at all in that clause.

This sees what counting denials does not: a passage that denies several things on each side, of which one changed.

Stays quiet where the word has no counterpart in the translation, and where any denial, however weak, stands in the other clauses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.checks.claim_sides import Case, Side, content, counterparts, denials, denials_beside, drift, following, strict
from auditor.lang.denial import negative_form
from auditor.lang.en.denial import SELDOM
from auditor.lang.lexical import family
from auditor.model import Cue, Drift, Word

_PARTS = frozenset({"verb", "adj", "noun"})


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage."""
    if case.back is None:
        return
    weak = (d.text.lower() for d in denials(case.source) if d.kind == "negative")
    stated = not strict(case.source) and not any(negative_form(text) or text in SELDOM for text in weak)
    for word, other in _shared(case.source, case.back):
        mine, theirs = _denial_of(case.source, word), _denial_of(case.back, other)
        if mine is not None and not denials_beside(case.back, other):
            there = _counterpart(case, word)
            if there is not None and not denials_beside(case.target, there):
                said = f"“{mine.text}” is neither in the translation nor in the back-translation: {there.text} is not denied"
                yield drift("negation", "major", 0.6, mine, there, said, True, cue=mine.value)
                return
        if theirs is not None and stated and not denials_beside(case.source, word):
            there = _counterpart(case, word)
            denied = _strictly(case.target, there) if there is not None else None
            stated_there = any(not denials_beside(case.target, other) for other in counterparts(word, case.target))  # 不容易…操作简单
            if denied is not None and not stated_there:
                said = f"{denied.text} denies what the source states: “{word.text}”, as the back-translation does"
                yield drift("negation", "major", 0.6, word, denied, said, True, cue=denied.value)
                return


def _shared(source: Side, back: Side) -> list[tuple[Word, Word]]:
    """Words that stand once on both sides, as themselves or derived."""
    mine, theirs = _once(source), _once(back)
    pairs = []
    for lemma, word in mine.items():
        alike = [other for at, other in theirs.items() if at == lemma or family((lemma,)).get(at) == "derived"]
        if len(alike) == 1:
            pairs.append((word, alike[0]))
    return pairs


def _once(side: Side) -> dict[str, Word]:
    words = [w for w in side.facts.words if content(w) and w.pos in _PARTS]
    counted = Counter(w.lemma for w in words)
    return {w.lemma: w for w in words if counted[w.lemma] == 1}


def _denial_of(side: Side, word: Word) -> Cue | None:
    """The grammatical denial right before a word: nothing else of meaning stands between."""
    cues = side.of("negation", "not", "never", "unable")
    return next((c for c in cues if next(following(side, c, 1), None) == word), None)


def _strictly(side: Side, word: Word) -> Cue | None:
    return next((d for d in denials_beside(side, word) if d.kind == "negation"), None)


def _counterpart(case: Case, word: Word) -> Word | None:
    return next(iter(counterparts(word, case.target)), None)
