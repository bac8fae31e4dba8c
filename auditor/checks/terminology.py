"""Terminology: a glossary's term must be rendered as the glossary says, and a name should be spelled one way within a text.

Fires
  glossary      a passage whose source has a term of the glossary and whose translation has none of its renderings: major; minor when
                the passage before has one (a later mention may be left out). A term whose only rendering is itself must stay as it is
  inconsistent  a person or an unknown name that is spelled by sound one way in three passages or more and another way in one (カバノー,
                カヴァノー): minor

Stays quiet about
  short forms (one spelling inside the other), names left in Latin letters, synonyms of countries (米国, アメリカ), the other Chinese
  script, a term that stands over the sentence boundary in a neighbouring passage.

Limits
  common nouns rendered in two ways are not judged without a glossary: synonyms are good style.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from auditor.checks.base import Check, Document, Found, Term
from auditor.checks.name_match import SPELLS, is_described, is_sure, share_key, sounds_like
from auditor.lang.base import language
from auditor.lang.translit import plain
from auditor.model import Drift, Name, Pair, Span

_USUAL = 3  # passages a spelling must stand in to be the usual one
_MQM = "terminology/inconsistent with terminology resource"
_MQM_INCONSISTENT = "terminology/inconsistent use of terminology"


def _find(document: Document) -> Found:
    yield from _glossary(document)
    yield from _spellings(document)


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


def _spellings(document: Document) -> Iterator[Drift]:
    """Spellings by sound of the same source name: surface -> (pair, source name, its rendering)."""
    found: dict[str, dict[str, list[tuple[Pair, Name, Name]]]] = defaultdict(lambda: defaultdict(list))
    for pair in document.pairs:
        for name in pair.source.names:
            if is_described(name) or (is_sure(name) and name.kind != "person") or len(name.text) < 4:
                continue
            fits = [t for t in pair.target.names if _is_spelling(name, t)]
            if len(fits) == 1:
                found[_family(name)][fits[0].text].append((pair, name, fits[0]))
    for spellings in found.values():
        yield from _odd_ones(spellings)


def _family(name: Name) -> str:
    return plain(name.text).split(" ")[-1]


def _is_spelling(name: Name, other: Name) -> bool:
    if other.text.isascii() or (name.keys and other.keys and not share_key(name, other)):
        return False
    return sounds_like(name, other, SPELLS)


def _odd_ones(spellings: dict[str, list[tuple[Pair, Name, Name]]]) -> Iterator[Drift]:
    counts = Counter({surface: len({p.passage.id for p, _, _ in places}) for surface, places in spellings.items()})
    usual, n = counts.most_common(1)[0]
    if n < _USUAL:
        return
    model = spellings[usual][0][2]
    for surface, places in spellings.items():
        pair, name, other = places[0]
        short = surface in usual or usual in surface or _parts(surface) & _parts(usual)
        if len(places) != 1 or short or not sounds_like(model, other):
            continue
        yield Drift(
            category="terminology", type="inconsistent", severity="minor", strength=0.6, source=Span(name.start, name.end, name.text),
            target=Span(other.start, other.end, other.text), message=f"{name.text} is {other.text} here and {usual} in {n} passages",
            mqm=_MQM_INCONSISTENT, key=f"{name.text}>{surface}", evidence={"usual": usual, "passages": n}, passage=pair.passage.id,
        )  # fmt: skip


def _parts(surface: str) -> set[str]:
    return {p for p in re.split(r"[・·•＝=\s]", surface) if len(p) > 1}


CHECK = Check(id="terminology", category="terminology", scope="document", languages=None, find=_find)
