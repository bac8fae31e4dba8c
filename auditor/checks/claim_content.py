"""Words that one version has and the two others have not: a fact added, a fact dropped.

Needs a healthy back-translation. A run of words that the dictionaries find no counterpart for is a suspect; what decides is the
meaning of the sentence without it. Fires when
- without the run the source comes closer in meaning to the translation and to the back-translation ("dropped": the source says more);
- without the run the back-translation comes closer to the source and further from the translation ("added": both say more than the
  source);
and the two English sentences are then near enough to each other to say so; also, as a minor note, when the two English sentences
share all but one word and the translation bears out the other's ("replaced").

Words added are major when a word of the translation bears them
out and the source has nothing of its own in their place. Words dropped are never more than minor: two translators who were both
faithful leave out as much in five lines of a hundred, as measured. Stays quiet without a back-translation, where the two English
sentences differ all over (a free translation, a poor engine), and for runs of very common words.

Limits: a single small adjective hardly moves the meaning of a long sentence and is often missed; figures and names inside a run count as
suspects, for "on 6 August" or "in Sendai" may be all that was lost, but a figure or name that changed is the business of other checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from auditor.checks.claim_sides import LOOSE, Case, Side, content, counterparts, drift
from auditor.encoder import Vectors
from auditor.lang.base import language
from auditor.lang.lexical import STRENGTH, LexicalMatch, explain, weight
from auditor.model import Drift, Severity, Span, Word

_MOST = 4
"""Runs looked at on either side; a sentence with more differs all over."""
_WEIGHT = 0.25
_FIRM = 0.7
"""Strength from which a word is shared by two English sentences."""
_ALIKE = 0.7
_SHARE = 0.6
"""Share of a sentence's content words that must be explained."""
ADDED = (0.8, 0.02, -0.01)
"""The back-translation without the run: likeness to the source, gain there, loss to the translation."""
DROPPED = (0.85, 0.015, 0.006)
"""The source without the run: likeness to the back-translation, gain there, gain to the translation."""
SURE = 0.025
"""From this gain on words added are major, if the source has no words of its own they may stand for."""


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage: words added, else words dropped."""
    if case.back is None or case.lexical_back is None or case.encode is None:
        return
    replaced = _replaced(case, case.lexical_back)
    if replaced is not None:
        yield replaced
    native = {link.word.start for link in case.lexical.source if link.by is not None and link.how not in LOOSE}
    reverse = explain(case.back.facts.words, case.source.facts.words)
    dropped = _runs(case.source, case.back, case.lexical_back, native)
    added = _runs(case.back, case.source, reverse, set())
    if not (dropped or added) or len(dropped) > _MOST or len(added) > _MOST:
        return
    yield from _judge(case, dropped, added)


def _replaced(case: Case, back: LexicalMatch) -> Drift | None:
    """The one word that two otherwise equal English sentences do not share, where the translation bears out the other's."""
    assert case.back is not None
    old, new = ([link.word for link in side if not link.how and link.weight >= _WEIGHT] for side in (back.source, back.target))
    shared = sum(STRENGTH.get(link.how, 0) >= _FIRM for link in back.source)
    if len(old) != 1 or len(new) != 1 or shared < max(4, _ALIKE * (len(back.source) - 1)):
        return None
    there = [
        w for w in counterparts(new[0], case.target) if not any(link.word == w and link.by is not None for link in case.lexical.target)
    ]
    apart = abs(_place(old[0], case.source) - _place(new[0], case.back))
    if not there or old[0].pos != new[0].pos or counterparts(old[0], case.target) or apart > 0.4:
        return None
    said = f"“{old[0].text}” became {there[0].text} (“{new[0].text}” in the back-translation)"
    return drift("replaced", "minor", 0.4, old[0], there[0], said, True)


def _place(word: Word, side: Side) -> float:
    return (word.start - side.offset) / max(1, len(side.facts.text))


def _judge(case: Case, dropped: list[Span], added: list[Span]) -> Iterator[Drift]:
    assert case.back is not None and case.encode is not None
    target = language(case.target.facts.lang).fold(case.target.facts.text).text
    source, back = case.source.facts.text, case.back.facts.text
    without = [_cut(source, d, case.source.offset) for d in dropped] + [_cut(back, a, 0) for a in added]
    vectors = case.encode([source, back, target, *without])
    base, rest = vectors[:3], vectors[3:]
    for run, vector in zip(added, rest[len(dropped) :], strict=True):
        near, gain, loss = _moves(vector, base[1], base[0], base[2])
        if near > ADDED[0] and gain > ADDED[1] and loss < ADDED[2]:
            said = f"the source does not say “{run.text}”"
            there = _where(case, run)
            severity: Severity = "major" if there and gain > SURE and not dropped else "minor"
            yield drift("added", severity, min(0.8, 0.4 + 5 * gain), None, there, said, True, words=run.text)
            return
    for run, vector in zip(dropped, rest[: len(dropped)], strict=True):
        near, gain, other = _moves(vector, base[0], base[1], base[2])
        if near > DROPPED[0] and gain > DROPPED[1] and other > DROPPED[2]:
            said = f"“{run.text}” is neither in the translation nor in the back-translation"
            yield drift("dropped", "minor", min(0.7, 0.3 + 5 * gain), run, None, said, True)
            return


def _where(case: Case, run: Span) -> Word | None:
    """A target word that stands for a word of the run and for nothing in the source."""
    assert case.back is not None
    free = {link.word.start for link in case.lexical.target if link.by is None}
    said = [w for w in case.back.facts.words if run.start <= w.start < run.end and content(w)]
    return next((t for w in said for t in counterparts(w, case.target) if t.start in free or t.pos == "name"), None)


def _moves(without: Vectors, whole: Vectors, near: Vectors, far: Vectors) -> tuple[float, float, float]:
    """Likeness to `near` without the run, what the cut gains there, and what it gains towards `far`."""
    closeness = float(np.dot(without, near))
    return closeness, closeness - float(np.dot(whole, near)), float(np.dot(without, far)) - float(np.dot(whole, far))


def _cut(text: str, run: Span, offset: int) -> str:
    return f"{text[: run.start - offset].rstrip()} {text[run.end - offset :].lstrip()}".strip()


def _runs(side: Side, other: Side, match: LexicalMatch, known: set[int]) -> list[Span]:
    """Runs of words without counterpart, with the function words between and right before them; none when most words are such."""
    if match.source_share < _SHARE:
        return []
    lone = _lone(side.facts.words, other.facts.words, match) - known
    found: list[list[Word]] = [[]]
    for word in side.facts.words:
        if word.start in lone or (word.pos == "function" and found[-1]):
            found[-1].append(word)
        elif found[-1]:
            found.append([])
    runs = [_trim(run, lone) for run in found if run]
    return [_span(_lead(run, side.facts.words), side) for run in runs if sum(weight(w.lemma) for w in run if w.start in lone) >= _WEIGHT]


def _lone(words: Sequence[Word], others: Sequence[Word], match: LexicalMatch) -> set[int]:
    there = {w.text.lower() for w in others}
    lone = {link.word.start for link in match.source if link.by is None or link.how in LOOSE}
    return lone | {w.start for w in words if w.pos in ("name", "num") and w.text.lower() not in there}


def _trim(run: list[Word], lone: set[int]) -> list[Word]:
    last = max(k for k, word in enumerate(run) if word.start in lone)
    return run[: last + 1]


def _lead(run: list[Word], words: Sequence[Word]) -> list[Word]:
    """The run with its preposition and article."""
    at = next(k for k, word in enumerate(words) if word.start == run[0].start)
    while at > 0 and words[at - 1].pos == "function":
        at -= 1
        run = [words[at], *run]
        if words[at].text.lower() not in ("the", "a", "an", "of"):
            break
    return run


def _span(run: list[Word], side: Side) -> Span:
    text = side.facts.text[run[0].start - side.offset : run[-1].end - side.offset]
    return Span(run[0].start, run[-1].end, text)
