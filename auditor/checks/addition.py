"""addition: a sentence of the translation that nothing in the source says.

Fires on every target passage the alignment left without a counterpart (0-1). Major, because an editor must see it; a fragment is
minor, and so is a sentence whose figures and names all stand in the neighbouring source passages, or that renders a clause of them:
it was probably split off. So is one of four words or fewer that its paragraph is as alike with. Fires, less sure, on a sentence of a
split passage that hardly a word of the source accounts for and none needs (minor where the rest is no nearer to the source without it).
Also names hidden characters on either side: bidirectional controls, which can show a reader another order
than the text has, and characters without a width inside a figure.
Stays quiet about merged, split and moved passages, which the alignment joins.
Limits: a clause added inside a passage is a claim, not an addition.
"""

from __future__ import annotations

from auditor.checks.base import Check, Document, Found
from auditor.checks.unpaired import how_alone, inserted, needless
from auditor.encoder import Encode
from auditor.model import Drift, Pair, Span
from auditor.text import hidden_characters


def _find(document: Document) -> Found:
    for index, pair in enumerate(document.pairs):
        if pair.passage.source is None and pair.passage.target is not None:
            yield _added(document, index, pair)
        elif pair.source.lang != pair.target.lang:
            yield from (_split_in(sentence, pair, document.encode) for sentence in inserted(pair))
    for side, text in (("source", document.source_text), ("target", document.target_text)):
        if hidden := hidden_characters(text):
            yield _hidden(document, hidden, side)


def _added(document: Document, index: int, pair: Pair) -> Drift:
    covered, slight = how_alone(document, index, "target")
    return Drift(
        category="addition",
        type="sentence",
        severity="minor" if slight else "major",
        strength=0.4 if slight else 0.9,
        source=None,
        target=pair.passage.target,
        message="nothing in the article says this sentence" + (": it may be split off the passages beside it" if covered else ""),
        mqm="accuracy/addition",
        passage=pair.passage.id,
    )


def _split_in(sentence: Span, pair: Pair, encode: Encode | None) -> Drift:
    return Drift(
        category="addition",
        type="sentence",
        severity="major" if needless(sentence, pair, encode) else "minor",
        strength=0.6,
        source=None,
        target=sentence,
        message="the passage is split in sentences, and nothing in the article says this one",
        mqm="accuracy/addition",
        passage=pair.passage.id,
    )


def _hidden(document: Document, spans: list[Span], side: str) -> Drift:
    places = ", ".join(f"U+{ord(s.text):04X} at {s.start}" for s in spans[:5])
    sides = [(p.passage, p.passage.source if side == "source" else p.passage.target) for p in document.pairs]
    passage = next((p for p, span in sides if span and span.start <= spans[0].start < span.end), None)
    where = "the English" if side == "source" else "the translation"
    return Drift(
        category="addition",
        type="hidden_characters",
        severity="minor",
        strength=0.99,
        source=spans[0] if side == "source" else None,
        target=spans[0] if side == "target" else None,
        message=f"{where} has {len(spans)} hidden characters that show it otherwise than it is ({places}); remove them",
        mqm="fluency/character-encoding",
        evidence={"offsets": [s.start for s in spans]},
        passage=passage.id if passage else None,
    )


CHECK = Check(id="addition", category="addition", scope="document", languages=None, find=_find)
