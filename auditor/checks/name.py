"""Names: who, where and which organisation.

Fires
  replaced  a place, person or organisation of the source is not in the passage, and one of the same sort stands there that the
            source passage lacks (London -> 巴黎). Both known by the tables: critical. One mention of several: major. One of them known
            by its spelling only, with the back-translation agreeing: major. A person for another (`name_people`): major;
            An acronym or an unknown name that is nowhere, where the back-translation has a name the source lacks: major. An unknown
            full name, where a famous person stands whom the article names nowhere: major
            An unknown name for another unknown one by sound, in full or beside a title (`name_heard`): major
            A ministry, a title, a party, a court told by what it does for another (`name_offices`): major
  added     a place, person or organisation that the source names nowhere, and the back-translation shows it too: major; minor when
            the translation does so in several passages, or only says whose president a person of the source is
  dropped   a name of the tables that neither the passage nor the back-translation has: minor; major when the translation has the
            place or person nowhere, or when it is a person's full name, mentioned once
  inconsistent  a name spelled by sound one way and, in one passage, another way: minor

Stays quiet about
  another spelling or script of the name, its short form, an initial (米, 美方), the demonym for the country, a city for its country
  or a government for its seat, a transliteration near enough by sound, a rendering the document taught, a name that a neighbouring
  passage carries over the sentence boundary, a pronoun or nothing for a repeated name, the own country of the readers left out.

Limits
  an unknown name written in characters whose reading the other language cannot know (高市 in Chinese) is judged only when the
  document repeats it or the tables have it; two people of the same family name are one unless both are named in full. Without a
  back-translation a name that is dropped or added with nothing in its place is not judged: both are what good translators do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from auditor.checks.base import Check, Document, Found
from auditor.checks.name_back import by_back
from auditor.checks.name_heard import unheard
from auditor.checks.name_match import akin, in_text, is_sure, share_key, spells_same
from auditor.checks.name_offices import other_offices
from auditor.checks.name_people import famous, namesakes, renamed, strangers
from auditor.checks.name_sides import MQM, Sides, is_used, match_sides, missing, name_drift, swapped, towns
from auditor.checks.name_spelling import spellings
from auditor.lang.names_base import country_of
from auditor.model import Drift, Facts, Name, Pair, Severity, Span


def _find(document: Document) -> Found:
    """All drifts; a translation that adds names in several passages is one that explains, and adding is its habit."""
    found: list[Drift] = []
    for at, pair in enumerate(document.pairs):
        if pair.passage.source is not None and pair.passage.target is not None:
            found += [replace(drift, passage=pair.passage.id) for drift in _judge(document, at, pair)]
    explains = len({drift.passage for drift in found if drift.type == "added" and drift.severity != "minor"}) > 1
    for drift in found:
        yield replace(drift, severity="minor", strength=0.4) if explains and drift.type == "added" else drift
    yield from spellings(document)


def _judge(document: Document, at: int, pair: Pair) -> Iterator[Drift]:
    sides = match_sides(document, pair)
    used: list[Name] = []
    rounds: tuple[tuple[tuple[Name, ...], tuple[Name, ...], Severity, float], ...] = (
        (sides.lost, sides.gained, "critical", 0.9),
        (sides.spare, _peers(pair, sides), "major", 0.75),
        (sides.lost, sides.loose, "major", 0.75),
        (towns(missing(pair, sides.spare)), towns(sides.loose), "major", 0.7),
    )  # fmt: skip
    for lost, gained, severity, strength in rounds:
        for other in gained:
            near = sorted(lost, key=lambda e, o=other: abs(_place(pair.source, e) - _place(pair.target, o)))  # type: ignore[misc]
            name = next((e for e in near if e not in used and swapped(e, other) and not _carried(document, at, e, other)), None)
            if name is not None and other not in used:
                used += [name, other]
                yield _replaced(pair, name, other, severity, strength)
    unknown = (*strangers(pair, sides.lost, sides.gained), *famous(document.ledger.places, sides.lost, sides.gained))
    for name, other in (*_misglossed(pair, sides), *renamed(pair), *namesakes(pair), *unknown, *unheard(document, pair, sides)):
        if other not in used and not is_used(other, used):
            used += [name, other]
            yield _replaced(pair, name, other, "major", 0.8)
    for office, became in other_offices(pair):
        if all(became.end <= u.start or u.end <= became.start for u in used):
            yield _office(office, became)
    if pair.back is not None:
        yield from by_back(document, pair, sides, used)


def _office(office: Span, other: Span) -> Drift:
    return Drift(
        category="name", type="replaced", severity="major", strength=0.75, source=office, target=other,
        message=f"{office.text} became {other.text}", mqm=MQM, key=f"{office.text.lower()}>{other.text}",
    )  # fmt: skip


def _place(facts: Facts, name: Name) -> float:
    """How far into its text a name stands, 0 to 1."""
    first = facts.words[0].start if facts.words else 0
    return (name.start - first) / max(len(facts.text), 1)


def _peers(pair: Pair, sides: Sides) -> tuple[Name, ...]:
    """What is gained on the level of what is spare: a city for a city, a country for a country or for the capital that stands for one."""
    cities = {bool(towns((e,))) for e in sides.spare}
    named = {key for e in pair.source.names for key in e.keys}
    capitals = any(country_of(key) in named for e in sides.spare for key in e.keys)
    return tuple(t for t in sides.gained if cities == {bool(towns((t,)))} or (capitals and not towns((t,))))


def _carried(document: Document, at: int, name: Name, other: Name) -> bool:
    """A neighbouring passage's translation has the name beyond its own source, or its source has the other beyond its translation."""
    for pair in _near(document, at):
        extra = any(share_key(name, t) for t in pair.target.names) and not any(share_key(name, e) for e in pair.source.names)
        short = any(share_key(other, e) for e in pair.source.names) and not any(share_key(other, t) for t in pair.target.names)
        if extra and short:
            return True
    return False


def _near(document: Document, at: int) -> list[Pair]:
    return [document.pairs[i] for i in (at - 1, at + 1) if 0 <= i < len(document.pairs)]


def _misglossed(pair: Pair, sides: Sides) -> Iterator[tuple[Name, Name]]:
    """A known name with the source's own letters behind it that are another's: 奥巴马(Donald Trump)."""
    names = pair.target.names
    for other, gloss in pairwise(names):
        known = other in sides.gained and is_sure(other) and other.kind == "person"
        if not known or not gloss.text.isascii() or not 0 < gloss.start - other.end < 3:
            continue
        name = next((e for e in pair.source.names if is_sure(e) and e.kind == other.kind and in_text(e, gloss.text)), None)
        if name is not None and not akin(name, other):
            yield name, other


def _replaced(pair: Pair, name: Name, other: Name, severity: Severity, strength: float) -> Drift:
    back = _back_says(pair, name, other)
    if back is False:
        severity, strength = "minor", 0.4
    return name_drift("replaced", severity, 0.95 if back else strength, name, other, f"{name.text} became {other.text}", back)


def _back_says(pair: Pair, name: Name, other: Name) -> bool | None:
    """True: the back-translation has the other and the name no more often than the translation; False: it has the name, not the other."""
    if pair.back is None:
        return None
    if any(share_key(b, other) for b in pair.back.names):
        return True
    return False if spells_same(name, pair.back) else None


CHECK = Check(id="name", category="name", scope="document", languages=None, find=_find)
