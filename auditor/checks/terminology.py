"""Terminology: a glossary's term must be rendered as the glossary says.

Fires
  glossary  a passage whose source has a term of the glossary and whose translation has none of its renderings: major; minor when
            the passage before has one (a later mention may be left out). A term whose only rendering is itself must stay as it is
  inconsistent  a term in capitals (Basic Law) that the translation renders in one way in two passages at least and in a single one
            in another, of which half the characters are the same (最高法院, 高等法院): minor

Stays quiet about
  the other Chinese script, capitals where the term has none, a term inside another word, a term that
  stands over the sentence boundary in a neighbouring passage.

Limits
  without a glossary a rendering of quite other characters is not judged, nor are common words: synonyms are good style. Names spelled
  by sound in two ways are the name check's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from auditor.checks.base import Check, Document, Found, Term
from auditor.checks.name_match import is_described
from auditor.lang.base import language
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
    terms = [t for t in document.glossary if t.lang == document.lang and t.targets]
    if not terms:
        return
    fold = language(document.lang).fold
    texts = [fold(p.target.text).text.casefold() for p in document.pairs]
    for term in terms:
        targets = [fold(t).text.casefold() for t in term.targets]
        has = [any(t in text for t in targets) for text in texts]
        sources = [_occurrence(term, p) for p in document.pairs]
        for i, (pair, span) in enumerate(zip(document.pairs, sources, strict=True)):
            if span is None or has[i] or pair.passage.target is None or _is_shifted(i, has, sources):
                continue
            yield _breach(term, pair, span, later=i > 0 and has[i - 1])


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


def _occurrence(term: Term, pair: Pair) -> Span | None:
    """Where the source passage has the term, in document offsets; letters' case counts when the term has capitals."""
    flags = 0 if any(c.isupper() for c in term.source) else re.IGNORECASE
    match = re.search(rf"(?<!\w){re.escape(term.source)}(?!\w)", pair.source.text, flags)
    if match is None or pair.passage.source is None:
        return None
    start = pair.passage.source.start + match.start()
    return Span(start, start + len(match[0]), match[0])


def _is_shifted(at: int, has: list[bool], sources: list[Span | None]) -> bool:
    """A neighbour's translation has a rendering that its own source does not call for."""
    return any(0 <= i < len(has) and has[i] and sources[i] is None for i in (at - 1, at + 1))


def _breach(term: Term, pair: Pair, span: Span, later: bool) -> Drift:
    kept = term.targets == (term.source,)
    wanted = " or ".join(term.targets)
    message = f"{term.source} should stay as it is" if kept else f"{term.source} is not rendered as {wanted}"
    return Drift(
        category="terminology", type="glossary", severity="minor" if later else "major", strength=0.5 if later else 0.85,
        source=span, target=None, message=message, mqm=_MQM, key=f"{term.source}>{wanted}",
        evidence={"term": term.source, "targets": list(term.targets)}, passage=pair.passage.id,
    )  # fmt: skip


CHECK = Check(id="terminology", category="terminology", scope="document", languages=None, find=_find)
