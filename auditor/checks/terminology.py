"""Terminology: a glossary's term must be rendered as the glossary says.

Fires
  glossary  a passage whose source has a term of the glossary and whose translation has none of its renderings: major; minor when
            the passage before has one (a later mention may be left out), or when it stands inside the rendering of a longer term only.
            A term that is not to be translated must stay as it is
  forbidden  a passage whose source has the term and whose translation has a rendering that the glossary forbids: major
  inconsistent  a term in capitals (Basic Law) that the translation renders in one way in two passages at least and in a single one
            in another, of which half the characters are the same (最高法院, 高等法院): minor

Terms of the source are whole words, inflected as well (quantum dots), the longest that fits: of "Supreme Court" the term "court" is no
part. Their case matters when they have capitals, or as the glossary says. Renderings are looked for without word boundaries, the longest
first; Latin letters and digits are no part of a longer word (AI in OpenAI).

Stays quiet about
  the other Chinese script, capitals where the term has none, a term inside another word, a space between Latin and Chinese or Japanese
  characters, a term that stands over the sentence boundary in a neighbouring passage.

Limits
  without a glossary a rendering of quite other characters is not judged, nor are common words: synonyms are good style. Names spelled
  by sound in two ways are the name check's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from auditor.checks.base import Check, Document, Found, Term
from auditor.checks.name_match import is_described
from auditor.checks.term_match import Place, Terms, renderings
from auditor.model import Drift, Name, Pair, Span

_OFTEN = 2  # passages that make a rendering the usual one
_SHORTEST, _LONGEST = 3, 13  # characters of a rendering that can be told from another, and one more than is looked for
_ALIKE = 0.5  # share of characters that two renderings of one term have in common
_RUN = re.compile(r"[一-鿿々ァ-ヺー]{3,}")
_MQM = "terminology/inconsistent with terminology resource"


def _find(document: Document) -> Found:
    yield from _glossary(document)
    yield from _inconsistent(document)


def _glossary(document: Document) -> Iterator[Drift]:
    terms = [t for t in document.glossary if t.lang == document.lang and (t.targets or t.forbidden)]
    if not terms:
        return
    index = Terms(terms)
    called = [{term.source: (term, span) for term, span in index.within(pair)} for pair in document.pairs]
    said = _Said(document.pairs, called)
    for i, pair in enumerate(document.pairs):
        if pair.passage.target is None:
            continue
        for term, span in called[i].values():
            places = said.of(term, i)
            if wrong := next((p for p in places if p.forbidden), None):
                yield _forbidden(term, pair, span, wrong)
            elif term.targets and not places and not said.is_shifted(term, i):
                # Anyhow: it stands in the rendering of a longer term only.
                yield _breach(term, pair, span, later=said.is_before(term, i) or said.anyhow(term, i))


class _Said:
    """Renderings of terms by passage, found when they are asked for."""

    def __init__(self, pairs: Sequence[Pair], called: Sequence[Mapping[str, tuple[Term, Span]]]) -> None:
        self._pairs, self._called = pairs, called
        self._known: dict[tuple[int, str], list[Place]] = {}

    def of(self, term: Term, at: int) -> list[Place]:
        """What stands for a term in a passage, beside the other terms that its source has."""
        if (at, term.source) not in self._known:
            terms = {source: t for source, (t, _) in self._called[at].items()} | {term.source: term}
            self._known |= {(at, source): found for source, found in renderings(list(terms.values()), self._pairs[at]).items()}
        return self._known[at, term.source]

    def anyhow(self, term: Term, at: int) -> bool:
        """Whether an allowed rendering stands there at all, inside another term's as well."""
        return any(not place.forbidden for place in renderings([term], self._pairs[at])[term.source])

    def is_before(self, term: Term, at: int) -> bool:
        """Whether the passage before has an allowed rendering."""
        return at > 0 and any(not place.forbidden for place in self.of(term, at - 1))

    def is_shifted(self, term: Term, at: int) -> bool:
        """A neighbour's translation has a rendering that its own source does not call for."""
        near = [i for i in (at - 1, at + 1) if 0 <= i < len(self._pairs) and term.source not in self._called[i]]
        return any(not place.forbidden for i in near for place in self.of(term, i))


def _inconsistent(document: Document) -> Iterator[Drift]:
    pairs = [p for p in document.pairs if p.passage.source is not None and p.passage.target is not None]
    places: dict[str, dict[int, Name]] = {}
    for at, pair in enumerate(pairs):
        for name in pair.source.names:
            if is_described(name):
                places.setdefault(name.forms[0], {}).setdefault(at, name)
    for found in places.values():
        usual = _usual([p.target.text for p in pairs], frozenset(found)) if len(found) > _OFTEN else None
        odd = [at for at in found if usual is not None and usual not in pairs[at].target.text]
        if usual is None or len(odd) != 1:
            continue
        elsewhere = [p.target.text for at, p in enumerate(pairs) if at not in found]
        other = _other_way(usual, pairs[odd[0]], elsewhere)
        if other is not None:
            yield _two_ways(found[odd[0]], other, usual, len(found) - 1, pairs[odd[0]])


def _usual(texts: Sequence[str], at: frozenset[int]) -> str | None:
    """The longest stretch of characters that all passages with the term have but one at most, and no other passage."""
    count: Counter[str] = Counter()
    for i in at:
        count.update({r[k : k + n] for r in _RUN.findall(texts[i]) for n in range(_SHORTEST, _LONGEST) for k in range(len(r) - n + 1)})
    fits = [s for s, n in count.items() if n >= max(_OFTEN, len(at) - 1) and not any(s in t for i, t in enumerate(texts) if i not in at)]
    return max(fits, key=lambda s: (len(s), s), default=None)


def _other_way(usual: str, pair: Pair, elsewhere: Sequence[str]) -> Span | None:
    """The whole words of the passage most like the usual rendering, if they are as long and half of the characters are the same."""
    words, size = pair.target.words, len(usual)
    ends = {w.end for w in words}
    base = pair.passage.target.start if pair.passage.target else 0
    found = [(w.start, pair.target.text[w.start - base : w.start - base + size]) for w in words if w.start + size in ends]
    alike = [(SequenceMatcher(None, usual, said).ratio(), -start, said) for start, said in found if _RUN.fullmatch(said)]
    share, start, said = max(alike, default=(0.0, 0, ""))
    if share < _ALIKE or any(said in text for text in elsewhere):
        return None
    return Span(-start, -start + size, said)


def _two_ways(name: Name, other: Span, usual: str, passages: int, pair: Pair) -> Drift:
    return Drift(
        category="terminology", type="inconsistent", severity="minor", strength=0.5, source=Span(name.start, name.end, name.text),
        target=other, message=f"{name.text} is {other.text} here and {usual} in {passages} passages",
        mqm="terminology/inconsistent use of terminology", key=f"{name.text}>{other.text}",
        evidence={"usual": usual, "passages": passages}, passage=pair.passage.id,
    )  # fmt: skip


def _breach(term: Term, pair: Pair, span: Span, later: bool) -> Drift:
    kept = term.keep or term.targets == (term.source,)
    wanted = " or ".join(term.targets)
    message = f"{term.source} should stay as it is" if kept else f"{term.source} is not rendered as {wanted}"
    return Drift(
        category="terminology", type="glossary", severity="minor" if later else "major", strength=0.5 if later else 0.85,
        source=span, target=None, message=message, mqm=_MQM, key=f"{term.source}>{wanted}",
        evidence=_evidence(term), passage=pair.passage.id,
    )  # fmt: skip


def _forbidden(term: Term, pair: Pair, span: Span, place: Place) -> Drift:
    wanted = f"; use {' or '.join(term.targets)}" if term.targets else ""
    return Drift(
        category="terminology", type="forbidden", severity="major", strength=0.9, source=span, target=place.span,
        message=f"{place.rendering} must not stand for {term.source}{wanted}", mqm=_MQM, key=f"{term.source}>!{place.rendering}",
        evidence=_evidence(term), passage=pair.passage.id,
    )  # fmt: skip


def _evidence(term: Term) -> dict[str, Any]:
    more = {"forbidden": list(term.forbidden)} if term.forbidden else {}
    return {"term": term.source, "targets": list(term.targets), **more, **({"note": term.note} if term.note else {})}


CHECK = Check(id="terminology", category="terminology", scope="document", languages=None, find=_find)
