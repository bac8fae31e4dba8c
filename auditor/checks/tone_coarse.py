"""Coarse words of the source that the translation made mild: a curse or an obscene insult more than it has harsh words.

A coarse word's counterpart need not be coarse: languages curse in their own ways. It must be harsh, and there must be as many of them;
one that a word of the translation stands for by the dictionaries is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.lang.lexical import explain
from auditor.model import Drift, Pair, Span, ToneWord

_HARSH = -1.5  # valence of a word that may stand for a curse, and its least intensity: a death is as bad, and is no curse
_STRONG = 0.7


def made_mild(pair: Pair) -> Iterator[Drift]:
    """One finding a passage, at the coarse word the translation most surely lacks: the strongest."""
    coarse = [t for t in pair.source.tone if t.coarse]
    if not coarse:
        return
    said = [x.word for x in explain(pair.source.words, pair.target.words).source if x.by is not None]
    coarse = [t for t in coarse if not any(t.start <= w.start < t.end for w in said)]
    harsh = [t for t in pair.target.tone if t.valence <= _HARSH and t.intensity >= _STRONG]
    if len(coarse) > len(harsh):
        yield _drift(min(coarse, key=lambda t: (t.valence, t.start)), pair, len(coarse), len(harsh))


def _drift(word: ToneWord, pair: Pair, coarse: int, harsh: int) -> Drift:
    return Drift(
        category="tone",
        type="made_mild",
        severity="major",
        strength=0.6,
        source=Span(word.start, word.end, word.text),
        target=pair.passage.target,
        message=f"{word.text} in the English is coarse, and the translation has {'no' if not harsh else 'fewer'} harsh words",
        mqm="accuracy/mistranslation/tone",
        key=f"coarse:{word.lemma or word.text}",
        evidence={"word": word.text, "coarse": coarse, "harsh": harsh},
        passage=pair.passage.id,
    )
