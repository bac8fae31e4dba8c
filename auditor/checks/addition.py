"""addition: a sentence of the translation that nothing in the source says.

Fires on every target passage the alignment left without a counterpart (0-1). Major, because an editor must see it; a fragment is
minor, and so is a sentence whose figures and names all stand in the neighbouring source passages: it was probably split off from
them. Also names hidden bidirectional controls: they can show a reader another order than the text has.
Stays quiet about merged, split and moved passages, which the alignment joins.
Limits: a clause added inside a passage is a claim, not an addition.
"""

from __future__ import annotations

from auditor.checks.base import Check, Document, Found
from auditor.checks.unpaired import covered_by_neighbours, is_fragment
from auditor.model import Drift, Pair, Span
from auditor.text import hidden_characters


def _find(document: Document) -> Found:
    for index, pair in enumerate(document.pairs):
        if pair.passage.source is None and pair.passage.target is not None:
            yield _added(document, index, pair)
    hidden = hidden_characters(document.target_text)
    if hidden:
        yield _hidden(document, hidden)


def _added(document: Document, index: int, pair: Pair) -> Drift:
    small = is_fragment(pair.target)
    covered = not small and covered_by_neighbours(document.pairs, index, "target")
    return Drift(
        category="addition",
        type="sentence",
        severity="minor" if small or covered else "major",
        strength=0.4 if small or covered else 0.9,
        source=None,
        target=pair.passage.target,
        message="nothing in the article says this sentence" + (": it may be split off the passages beside it" if covered else ""),
        mqm="accuracy/addition",
        passage=pair.passage.id,
    )


def _hidden(document: Document, spans: list[Span]) -> Drift:
    places = ", ".join(f"U+{ord(s.text):04X} at {s.start}" for s in spans[:5])
    passage = next((p.passage for p in document.pairs if p.passage.target and p.passage.target.end > spans[0].start), None)
    return Drift(
        category="addition",
        type="hidden_characters",
        severity="minor",
        strength=0.99,
        source=None,
        target=spans[0],
        message=f"the text has {len(spans)} bidirectional control characters that can show it in another order ({places}); remove them",
        mqm="fluency/character-encoding",
        evidence={"offsets": [s.start for s in spans]},
        passage=passage.id if passage else None,
    )


CHECK = Check(id="addition", category="addition", scope="document", languages=None, find=_find)
