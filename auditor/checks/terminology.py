"""Terminology: a glossary's term must be rendered as the glossary says.

Fires
  glossary  a passage whose source has a term of the glossary and whose translation has none of its renderings: major; minor when
            the passage before has one (a later mention may be left out). A term whose only rendering is itself must stay as it is

Stays quiet about
  the other Chinese script, capitals where the term has none, a term inside another word, a term that
  stands over the sentence boundary in a neighbouring passage.

Limits
  without a glossary nothing is judged: synonyms are good style, and names spelled in two ways are the name check's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.checks.base import Check, Document, Found, Term
from auditor.lang.base import language
from auditor.model import Drift, Pair, Span

_MQM = "terminology/inconsistent with terminology resource"


def _find(document: Document) -> Found:
    yield from _glossary(document)


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
