"""omission: a sentence of the source that no passage of the translation renders.

Fires on every source passage the alignment left without a counterpart (1-0), and on a passage whose translation is still English, or
holds a sentence of the source word for word.
Major, because an editor must see it; a fragment is minor (a dateline, a caption, "Yes."), and so
is a sentence whose figures and names all stand in the neighbouring passages, or that a clause beside it renders: it was probably merged.
Fires, less sure, on a sentence of a merged passage when no word of the translation needs it.
Fires as well on a segment that a translator's file pairs with a text of quite another meaning (wrong_pair): major.
Stays quiet about merged, split and moved passages, which the alignment joins.
Limits: a clause dropped inside a passage that is otherwise there is a claim, not an omission.
"""

from __future__ import annotations

from auditor.checks.base import Check, Document, Found
from auditor.checks.unpaired import how_alone, swallowed
from auditor.model import Drift, Pair, Span

_SAME = 0.9
"""Share of a passage's letters that stand in Latin script, from which a zh or ja passage counts as not translated."""


def _find(document: Document) -> Found:
    yield from _wrong_pairs(document)
    for index, pair in enumerate(document.pairs):
        if pair.passage.source is not None and pair.passage.target is None:
            yield _omitted(document, index, pair)
        elif pair.passage.source is not None and pair.passage.target is not None and _untranslated(pair):
            yield _left_in_english(pair, pair.passage.source, "passage")
        else:
            left = [s for s in pair.sentences if _stands_in(s.text, pair.target.text)] if pair.source.lang != pair.target.lang else []
            yield from (_left_in_english(pair, sentence, "sentence") for sentence in left)
            yield from (_merged_away(sentence, pair) for sentence in swallowed(pair, document.encode) if sentence not in left)


def _wrong_pairs(document: Document) -> Found:
    """Stated pairs that the encoder contradicts; the passage is the one that holds the source now."""
    for wrong in document.contradicted:
        start, end = wrong.stated.source
        holding = [p.passage.id for p in document.pairs if p.passage.source and start <= p.passage.source.start < end]
        source, target = document.source_text[start:end], document.target_text[slice(*wrong.stated.target)]
        where = "its translation stands at another segment of the file" if wrong.elsewhere else "nothing in the file renders it"
        yield Drift(
            category="omission",
            type="wrong_pair",
            severity="major",
            strength=0.8,
            source=Span(start, end, source),
            target=Span(*wrong.stated.target, target),
            message=f"the file pairs this segment with a text of another meaning (similarity {wrong.similar:.2f}); {where}",
            mqm="accuracy/mistranslation",
            evidence={"similarity": wrong.similar},
            passage=holding[0] if holding else None,
        )


def _omitted(document: Document, index: int, pair: Pair) -> Drift:
    covered, slight = how_alone(document, index, "source")
    return Drift(
        category="omission",
        type="sentence",
        severity="minor" if slight else "major",
        strength=0.4 if slight else 0.9,
        source=pair.passage.source,
        target=None,
        message="this sentence is not in the translation" + (": it may be merged into the passages beside it" if covered else ""),
        mqm="accuracy/omission",
        passage=pair.passage.id,
    )


def _merged_away(sentence: Span, pair: Pair) -> Drift:
    return Drift(
        category="omission",
        type="sentence",
        severity="major",
        strength=0.6,
        source=sentence,
        target=None,
        message="the passage merges sentences, and nothing in it renders this one",
        mqm="accuracy/omission",
        passage=pair.passage.id,
    )


def _untranslated(pair: Pair) -> bool:
    """The target is the source itself, letter for letter, and is long enough not to be a name or a title."""
    source, target = " ".join(pair.source.text.split()), " ".join(pair.target.text.split())
    letters = [c for c in target if c.isalpha()]
    latin = sum(c.isascii() for c in letters)
    if pair.source.lang == pair.target.lang:
        return False
    return len(target.split()) >= 4 and bool(letters) and latin / len(letters) >= _SAME and (source == target or len(target.split()) >= 6)


def _stands_in(sentence: str, text: str) -> bool:
    """Whether a sentence stands in the translation word for word; three words may be a title or a name."""
    words = sentence.strip(" .!?\"'“”‘’").split()
    return len(words) >= 4 and any(w.islower() for w in words) and " ".join(words) in " ".join(text.split())


def _left_in_english(pair: Pair, source: Span | None, what: str) -> Drift:
    return Drift(
        category="omission",
        type="untranslated",
        severity="major",
        strength=0.95,
        source=source,
        target=pair.passage.target,
        message=f"this {what} was left in English",
        mqm="accuracy/untranslated",
        passage=pair.passage.id,
    )


CHECK = Check(id="omission", category="omission", scope="document", languages=None, find=_find)
