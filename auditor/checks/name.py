"""Names: who, where and which organisation.

Fires
  replaced  a place, person or organisation of the source is not in the passage, and one of the same sort that the source
            passage lacks is (London -> 巴黎). Both known by the tables: critical; one of them known only by its spelling, and the
            back-translation agreeing: major
  added     the passage names what the source names nowhere, and the back-translation shows it too: major; else minor
  dropped   a name of the tables that neither the passage nor the back-translation has, though the document renders it
            elsewhere: major with the back-translation, minor without

Stays quiet about
  another spelling or script of the name, its short form, an initial (米, 美方), the demonym for the country, a city for its country
  or a government for its seat, a transliteration near enough by sound, a rendering the document taught, a name that a neighbouring
  passage carries over the sentence boundary, a pronoun or nothing for a repeated name.

Limits
  an unknown name written in characters whose reading the other language cannot know (高市 in Chinese) is judged only when the
  document repeats it or the tables have it; two people of the same family name are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.checks.base import Check, Document, Found
from auditor.checks.name_match import akin, in_text, is_sure, same, share_key, sounds_like, spells_same
from auditor.model import Drift, Facts, Name, Pair, Severity, Span

_MQM = "accuracy/mistranslation/entity"


@dataclass(frozen=True, slots=True)
class Side:
    """What stays unexplained in a pair: names of the source, of the translation, of the back-translation."""

    source: tuple[Name, ...]
    target: tuple[Name, ...]
    back: tuple[Name, ...]


def _find(document: Document) -> Found:
    for at, pair in enumerate(document.pairs):
        if pair.passage.source is None or pair.passage.target is None:
            continue
        for drift in _judge(document, at, pair):
            yield replace(drift, passage=pair.passage.id)


def _judge(document: Document, at: int, pair: Pair) -> Iterator[Drift]:
    side = _unexplained(document, pair)
    lost, gained = list(side.source), list(side.target)
    for name in side.source:
        other = next((t for t in gained if _swapped(name, t)), None)
        if other is None or _carried(document, at, name, other):
            continue
        lost.remove(name)
        gained.remove(other)
        yield _replaced(pair, name, other)
    if pair.back is not None:
        yield from _by_back(document, pair, side, lost, gained)


def _unexplained(document: Document, pair: Pair) -> Side:
    source = tuple(e for e in pair.source.names if not _explained(document, pair, e))
    target = tuple(t for t in pair.target.names if not _in_source(pair, t))
    back = () if pair.back is None else tuple(b for b in pair.back.names if not spells_same(b, pair.source))
    return Side(source, target, back)


def _explained(document: Document, pair: Pair, name: Name) -> bool:
    target = pair.target
    if any(same(name, t) for t in target.names) or in_text(name, target.text):
        return True
    if any(surface in target.text for surface in document.ledger.known(name)):
        return True
    return any(t in target.text for term in document.glossary if term.source in name.text or name.text in term.source for t in term.targets)


def _in_source(pair: Pair, name: Name) -> bool:
    return any(same(e, name) for e in pair.source.names) or in_text(name, pair.source.text)


def _swapped(name: Name, other: Name) -> bool:
    """Two sure names of one sort that are not akin."""
    return is_sure(name) and is_sure(other) and name.kind == other.kind and not akin(name, other)


def _carried(document: Document, at: int, name: Name, other: Name) -> bool:
    """The source name stands in a neighbouring passage of the translation and the other in the source there."""
    near = [document.pairs[i] for i in (at - 1, at + 1) if 0 <= i < len(document.pairs)]
    return any(share_key(name, t) for p in near for t in p.target.names) and any(share_key(other, e) for p in near for e in p.source.names)


def _replaced(pair: Pair, name: Name, other: Name) -> Drift:
    back = _back_says(pair.back, name, other)
    strength = 0.75 if back is False else 0.95 if back else 0.88
    severity: Severity = "critical" if back is not False else "major"
    return _drift("replaced", severity, strength, name, other, f"{name.text} became {other.text}", back)


def _back_says(back: Facts | None, name: Name, other: Name) -> bool | None:
    if back is None:
        return None
    if spells_same(name, back):
        return False
    return True if any(akin(b, other) or sounds_like(b, other) for b in back.names) else None


def _by_back(document: Document, pair: Pair, side: Side, lost: list[Name], gained: list[Name]) -> Iterator[Drift]:
    """What the back-translation shows and the passage bears out."""
    assert pair.back is not None
    absent = [e for e in lost if not spells_same(e, pair.back)]
    for shown in side.back:
        other = next((t for t in gained if akin(shown, t) or (not (is_sure(t) and is_sure(shown)) and sounds_like(shown, t))), None)
        if other is None:
            continue
        gained.remove(other)
        name = next((e for e in absent if e.kind == other.kind or "other" in (e.kind, other.kind)), None)
        if name is not None:
            absent.remove(name)
            yield _drift("replaced", "major", 0.8, name, other, f"{name.text} became {other.text} ({shown.text})", True)
        elif not document.ledger.mentions(shown.keys or other.keys) and not in_text(shown, document.source_text):
            yield _drift("added", "major", 0.7, None, other, f"{other.text} ({shown.text}) is not in the source", True)
    for name in absent:
        severity: Severity = "major" if is_sure(name) else "minor"
        yield _drift("dropped", severity, 0.6, name, None, f"{name.text} is missing", True)


def _drift(kind: str, severity: Severity, strength: float, name: Name | None, other: Name | None, message: str, back: bool | None) -> Drift:
    return Drift(
        category="name", type=kind, severity=severity, strength=strength, source=_span(name), target=_span(other), message=message, mqm=_MQM,
        key=f"{name.text if name else ''}>{other.text if other else ''}", back=back,
        evidence={"source_keys": list(name.keys) if name else [], "target_keys": list(other.keys) if other else []},
    )  # fmt: skip


def _span(name: Name | None) -> Span | None:
    return None if name is None else Span(name.start, name.end, name.text)


CHECK = Check(id="name", category="name", scope="document", languages=None, find=_find)
