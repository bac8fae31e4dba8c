"""Names: who, where and which organisation.

Fires
  replaced  a place, person or organisation of the source is not in the passage, and one of the same sort stands there that the
            source passage lacks (London -> 巴黎). Both known by the tables: critical. One mention of several: major. One of them known
            by its spelling only, with the back-translation agreeing: major. A person for another (`name_people`): major
  added     a known place, person or organisation that the source names nowhere, and the back-translation shows it too: major;
            minor when the translation does so in several passages
  dropped   a name of the tables that neither the passage nor the back-translation has: minor; major when the translation has the
            place or person nowhere, or when it is a person's full name, mentioned once
  inconsistent  a name spelled by sound one way and, in one passage, another way: minor

Stays quiet about
  another spelling or script of the name, its short form, an initial (米, 美方), the demonym for the country, a city for its country
  or a government for its seat, a transliteration near enough by sound, a rendering the document taught, a name that a neighbouring
  passage carries over the sentence boundary, a pronoun or nothing for a repeated name.

Limits
  an unknown name written in characters whose reading the other language cannot know (高市 in Chinese) is judged only when the
  document repeats it or the tables have it; two people of the same family name are one unless both are named in full. Without a
  back-translation a name that is dropped or added with nothing in its place is not judged: both are what good translators do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from auditor.checks.base import Check, Document, Found
from auditor.checks.name_match import SPELLS, akin, in_text, is_described, is_sure, same, share_key, sounds_like, spells_same
from auditor.checks.name_people import namesakes, renamed, strangers
from auditor.checks.name_spelling import spellings
from auditor.lang.names_base import country_of, free
from auditor.lang.translit import likeness, may_be_characters, plain
from auditor.model import Drift, Facts, Name, Pair, Severity, Span

UNLIKE = 0.62  # likeness under which two spellings are surely not of one name
_MQM = "accuracy/mistranslation/entity"


@dataclass(frozen=True, slots=True)
class Sides:
    """What one-to-one matching leaves of a passage.

    lost    source names nothing in the translation explains
    spare   sure source names explained by a relative only, or by a mention that is another's
    gained  names of the translation nothing in the source explains
    loose   sure names of the translation explained by a relative only
    again   sure names of the translation that are more mentions than the source makes
    """

    lost: tuple[Name, ...]
    spare: tuple[Name, ...]
    gained: tuple[Name, ...]
    loose: tuple[Name, ...]
    again: tuple[Name, ...]


def _find(document: Document) -> Found:
    """All drifts; a translation that adds names in several passages is one that explains, and adding is its habit."""
    found: list[Drift] = []
    for at, pair in enumerate(document.pairs):
        if pair.passage.source is not None and pair.passage.target is not None:
            found += [replace(drift, passage=pair.passage.id) for drift in _judge(document, at, pair)]
    explains = sum(drift.type == "added" and drift.severity != "minor" for drift in found) > 1
    for drift in found:
        yield replace(drift, severity="minor", strength=0.4) if explains and drift.type == "added" else drift
    yield from spellings(document)


def _judge(document: Document, at: int, pair: Pair) -> Iterator[Drift]:
    sides = _match(document, pair)
    used: list[Name] = []
    rounds: tuple[tuple[tuple[Name, ...], tuple[Name, ...], Severity, float], ...] = (
        (sides.lost, sides.gained, "critical", 0.9),
        (sides.spare, _peers(pair, sides), "major", 0.75),
        (sides.lost, sides.loose, "major", 0.75),
        (_towns(_missing(pair, sides.spare)), _towns(sides.loose), "major", 0.7),
    )  # fmt: skip
    for lost, gained, severity, strength in rounds:
        for other in gained:
            near = sorted(lost, key=lambda e, o=other: abs(_place(pair.source, e) - _place(pair.target, o)))  # type: ignore[misc]
            name = next((e for e in near if e not in used and _swapped(e, other) and not _carried(document, at, e, other)), None)
            if name is not None and other not in used:
                used += [name, other]
                yield _replaced(pair, name, other, severity, strength)
    for name, other in (*_misglossed(pair, sides), *renamed(pair), *namesakes(pair), *strangers(pair, sides.lost, sides.gained)):
        if other not in used and not _is_used(other, used):
            used += [name, other]
            yield _replaced(pair, name, other, "major", 0.8)
    if pair.back is not None:
        yield from _by_back(document, pair, sides, used)


def _place(facts: Facts, name: Name) -> float:
    """How far into its text a name stands, 0 to 1."""
    first = facts.words[0].start if facts.words else 0
    return (name.start - first) / max(len(facts.text), 1)


def _missing(pair: Pair, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names that no name of the translation shares a key with."""
    return tuple(e for e in names if not any(share_key(e, t) for t in pair.target.names))


def _peers(pair: Pair, sides: Sides) -> tuple[Name, ...]:
    """What is gained on the level of what is spare: a city for a city, a country for a country or for the capital that stands for one."""
    towns = {bool(_towns((e,))) for e in sides.spare}
    named = {key for e in pair.source.names for key in e.keys}
    capitals = any(country_of(key) in named for e in sides.spare for key in e.keys)
    return tuple(t for t in sides.gained if towns == {bool(_towns((t,)))} or (capitals and not _towns((t,))))


def _towns(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names of cities and regions only: a capital may stand for its country, another city not for it."""
    return tuple(n for n in names if all(k.startswith("geo:") for k in n.keys))


def _match(document: Document, pair: Pair) -> Sides:
    source, target = list(pair.source.names), list(pair.target.names)
    free = list(target)
    left: list[Name] = []
    for e in source:
        hit = next((t for t in free if share_key(e, t)), None)
        if hit is None:
            left.append(e)
        else:
            free.remove(hit)
    for e in list(left):
        hit = next((t for t in free if any(form in t.forms for form in e.forms)), None)
        if hit is not None:
            left.remove(e)
            free.remove(hit)
    lost = tuple(e for e in left if not _explained(document, pair, e, free))
    spare = tuple(e for e in left if e not in lost and is_sure(e) and not _by_sound(pair, e))
    gained = tuple(t for t in free if not _in_source(pair, t))
    rest = [t for t in free if t not in gained and is_sure(t)]
    again = tuple(t for t in rest if any(share_key(e, t) for e in source))
    loose = tuple(t for t in rest if t not in again and not in_text(t, pair.source.text))
    return Sides(lost, spare, gained, loose, again)


def _by_sound(pair: Pair, name: Name) -> bool:
    """Some unsure name of the translation sounds like it: the mention is there."""
    return any(not is_sure(t) and (sounds_like(name, t) or share_key(name, t)) for t in pair.target.names)


def _explained(document: Document, pair: Pair, name: Name, free: list[Name]) -> bool:
    """By a relative, by sound (of a sure name: what is not another's), in its own letters, by the document or by the glossary."""
    target = pair.target
    near = free if is_sure(name) else target.names
    if any(akin(name, t) for t in target.names) or any(same(name, t) for t in near) or in_text(name, target.text):
        return True
    if any(surface in target.text for surface in document.ledger.known(name)):
        return True
    return any(t in target.text for term in document.glossary if term.source in name.text or name.text in term.source for t in term.targets)


def _in_source(pair: Pair, name: Name) -> bool:
    """The source has the name, or a word with a capital that sounds like it."""
    if any(same(e, name) for e in pair.source.names) or in_text(name, pair.source.text):
        return True
    words = (w for w in pair.source.words if w.text[:1].isupper() and len(w.text) > 3 and free(w.start, w.end, pair.source.names))
    return any(likeness(word.text, form) >= SPELLS for word in words for form in name.forms)


def _swapped(name: Name, other: Name) -> bool:
    """Two sure names of one sort that are not akin; a word of a longer one may sound like the other (Columbia in District of Columbia)."""
    if not (_is_known(name) and is_sure(other)) or not _is_one_sort(name, other) or akin(name, other):
        return False
    words = [word for word in name.text.split() if len(word) > 3]
    return len(words) < 2 or not any(likeness(word, form) >= SPELLS for word in words for form in other.forms)


def _is_known(name: Name) -> bool:
    """A sure name, or an organisation that is a common word as well (Apple)."""
    return is_sure(name) or any(key.startswith("entity:") for key in name.keys)


def _is_one_sort(name: Name, other: Name) -> bool:
    """Of one kind; the European Union is an organisation too, and an unsure one is what its key says."""
    kinds = {n.kind for n in (name, other)} - {"other"}
    return len(kinds) == 1 or (kinds == {"place", "organisation"} and any("place:EU" in n.keys for n in (name, other)))


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
    return _drift("replaced", severity, 0.95 if back else strength, name, other, f"{name.text} became {other.text}", back)


def _back_says(pair: Pair, name: Name, other: Name) -> bool | None:
    """True: the back-translation has the other and the name no more often than the translation; False: it has the name, not the other."""
    if pair.back is None:
        return None
    if any(share_key(b, other) for b in pair.back.names):
        return True
    return False if spells_same(name, pair.back) else None


def _by_back(document: Document, pair: Pair, sides: Sides, used: list[Name]) -> Iterator[Drift]:
    """What the back-translation shows and the passage bears out."""
    assert pair.back is not None
    absent = [e for e in sides.lost if e not in used and not is_described(e) and len(e.text) > 2 and not spells_same(e, pair.back)]
    added = 0
    for other in (*sides.gained, *sides.loose):
        proof = None if _is_used(other, used) else _is_shown(pair, other)
        if proof is None and not _is_letters(other, absent):
            continue
        name = next((e for e in absent if _is_other(e, other, proof)), None)
        if name is not None:
            absent.remove(name)
            used.append(other)
            yield _drift("replaced", "major", 0.8, name, other, f"{name.text} became {other.text}", True)
        elif proof is not None and not absent and not in_text(other, document.source_text) and not _is_mentioned(document, other):
            severity: Severity = "major" if not added and (proof == "known" or (proof == "read" and not sides.lost)) else "minor"
            added += 1
            yield _drift("added", severity, 0.7, None, other, f"{other.text} is not in the source", True)
    yield from _counted(pair, sides, used)
    for name in absent:
        if _is_stranger(document, name):
            yield _drift("dropped", "major", 0.5, name, None, f"{name.text} is missing", True)
        elif is_sure(name):
            nowhere = name.kind != "organisation" and not any(akin(name, t) for p in document.pairs for t in p.target.names)
            yield _drift("dropped", "major" if nowhere else "minor", 0.5, name, None, f"{name.text} is missing", True)


def _is_stranger(document: Document, name: Name) -> bool:
    """A person of a full name in Latin fashion whom the source mentions here only."""
    parts = name.text.split()
    if name.kind != "person" or name.keys or len(parts) < 2 or may_be_characters(name.text):
        return False
    return sum(any(parts[-1] in e.text for e in p.source.names) for p in document.pairs) == 1


def _is_used(other: Name, used: list[Name]) -> bool:
    """The name, or the other half of it, is spoken for."""
    return any(other == u or (other.start - u.end == 1 and other.kind == u.kind == "person") for u in used)


def _is_other(name: Name, other: Name, proof: Proof | None) -> bool:
    """The source name is surely not a spelling or a reading of the other."""
    if is_sure(name) and not is_sure(other) and name.kind != other.kind:
        return False
    if proof == "read":
        strange = name.kind == "person" or all(plain(word) in name.forms for word in name.text.split())
        return strange and not may_be_characters(name.text)
    return not sounds_like(name, other, SPELLS if proof == "known" else UNLIKE)


def _is_letters(other: Name, absent: list[Name]) -> bool:
    """An acronym for an acronym: the same letters are written in every language."""
    return _is_acronym(other) and any(_is_acronym(e) for e in absent)


def _is_acronym(name: Name) -> bool:
    return not name.keys and name.text.isascii() and name.text.isalpha() and name.text.isupper() and len(name.text) > 2


def _is_mentioned(document: Document, name: Name) -> bool:
    if name.keys:
        return any(key in document.ledger.places for key in name.keys)
    if name.text.isascii():
        return False
    return any(sounds_like(e, name) for p in document.pairs for e in p.source.names)


Proof = Literal["known", "heard", "read"]


def _is_shown(pair: Pair, other: Name) -> Proof | None:
    """Whether the back-translation has the name in so many words and the source has nothing it may be.

    known  by a key, in its own letters, or in the spelling the dictionaries give
    heard  by its sound only
    read   the back-translation does no more than read characters aloud, which another language may read quite differently
    """
    assert pair.back is not None
    if other.keys and not is_sure(other):
        return None
    if other.text.isascii() and other.text[1:].islower() and len(other.text) > 3 and other.text in pair.back.text:
        return None if in_text(other, pair.source.text) else "known"
    for shown in pair.back.names:
        if is_described(shown) or _has(pair.source, shown):
            continue
        if share_key(shown, other):
            return "known"
        if is_sure(shown) or is_sure(other) or min((len(f) for f in (shown.text, *other.forms)), default=0) < 3:
            continue
        if other.text.isascii() and in_text(other, shown.text):
            return "known"
        if sounds_like(shown, other, 0.75):
            read = {form.replace(" ", "") for form in other.forms if " " in form}
            if any(form.replace(" ", "") in read for form in shown.forms):
                return "read"
            return "known" if other.kind == "person" and any(form in other.forms for form in shown.forms) else "heard"
    return None


def _has(facts: Facts, shown: Name) -> bool:
    """The text has the name itself; a city's country is not enough."""
    if is_sure(shown) or shown.keys:
        near = (n for n in facts.names if share_key(shown, n) or (not (is_sure(shown) and is_sure(n)) and sounds_like(shown, n, SPELLS)))
        return in_text(shown, facts.text) or any(near)
    return spells_same(shown, facts)


def _counted(pair: Pair, sides: Sides, used: list[Name]) -> Iterator[Drift]:
    """One mention too few of one and one too many of another, the back-translation counting as the translation does."""
    assert pair.back is not None
    for other in sides.again:
        name = next((e for e in (*sides.lost, *sides.spare) if e not in used and _swapped(e, other)), None)
        if name is None:
            continue
        there = sum(share_key(b, other) for b in pair.back.names) > sum(share_key(e, other) for e in pair.source.names)
        here = sum(share_key(b, name) for b in pair.back.names) < sum(share_key(e, name) for e in pair.source.names)
        if there and here:
            used += [name, other]
            yield _drift("replaced", "major", 0.75, name, other, f"{name.text} became {other.text}", True)


def _drift(kind: str, severity: Severity, strength: float, name: Name | None, other: Name | None, message: str, back: bool | None) -> Drift:
    return Drift(
        category="name", type=kind, severity=severity, strength=strength, source=_span(name), target=_span(other),
        message=message, mqm=_MQM,
        key=f"{name.text if name else ''}>{other.text if other else ''}", back=back,
        evidence={"source_keys": list(name.keys) if name else [], "target_keys": list(other.keys) if other else []},
    )  # fmt: skip


def _span(name: Name | None) -> Span | None:
    return None if name is None else Span(name.start, name.end, name.text)


CHECK = Check(id="name", category="name", scope="document", languages=None, find=_find)
