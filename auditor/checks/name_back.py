"""What the back-translation says of names that one-to-one matching leaves, borne out by the passage itself.

A name that stands in the translation and in its English but nowhere in the source was added; one of the source that neither has was
dropped, or replaced when another of its sort stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from rapidfuzz.fuzz import ratio

from auditor.checks.base import Document
from auditor.checks.name_match import SPELLS, akin, in_text, is_described, is_sure, same, share_key, sounds_like, spells_same
from auditor.checks.name_sides import Sides, is_used, name_drift, swapped, towns
from auditor.lang.translit import likeness, may_be_characters, plain, skeleton
from auditor.model import Drift, Facts, Name, Pair, Severity

UNLIKE = 0.62  # likeness under which two spellings are surely not of one name
RESPELLED = 70  # likeness of letters, of 100
_LONG = 4  # consonants of an unknown name that another language spells by its sound
_OFFICE = 6  # characters that an office may stand in between a country and its person


def by_back(document: Document, pair: Pair, sides: Sides, used: list[Name]) -> Iterator[Drift]:
    """What the back-translation shows and the passage bears out."""
    assert pair.back is not None
    absent = [e for e in sides.lost if e not in used and not is_described(e) and len(e.text) > 2 and not spells_same(e, pair.back)]
    added = 0
    for other in (*sides.gained, *sides.loose):
        proof = None if is_used(other, used) else _is_shown(pair, other)
        if proof is None and not _is_letters(other, absent):
            continue
        name = next((e for e in absent if _is_other(e, other, proof)), None)
        if name is not None:
            absent.remove(name)
            used.append(other)
            yield name_drift("replaced", "major", 0.8, name, other, f"{name.text} became {other.text}", True)
        elif proof is not None and not absent and not _is_spelled(other, document.source_text) and not _is_mentioned(document, other):
            sure = proof == "known" or (proof in ("read", "heard") and not sides.lost)
            severity: Severity = "major" if not added and sure and not _is_apposed(pair, other) else "minor"
            added += 1
            yield name_drift("added", severity, 0.7, None, other, f"{other.text} is not in the source", True)
    yield from _counted(pair, sides, used)
    for name, person in _exchanged(pair, [e for e in absent if e not in used], sides.gained):
        used.append(name)
        yield name_drift("replaced", "major", 0.7, name, person, f"{name.text} is missing, and the back-translation has another name", True)
    for name in (e for e in absent if e not in used):
        if _is_stranger(document, name):
            yield name_drift("dropped", "major", 0.5, name, None, f"{name.text} is missing", True)
        elif is_sure(name):
            nowhere = name.kind != "organisation" and not any(_stands_for(t, name) for p in document.pairs for t in p.target.names)
            nowhere = nowhere and home(document.lang) not in name.keys
            yield name_drift("dropped", "major" if nowhere else "minor", 0.5, name, None, f"{name.text} is missing", True)


def _is_respelled(shown: Name, facts: Facts) -> bool:
    """The text has the name by a key, or each of its words in letters that are mostly the same."""
    if any(share_key(shown, n) for n in facts.names):
        return True
    words = {plain(w.text) for w in facts.words}
    return all(any(ratio(part, word) >= RESPELLED for word in words) for part in plain(shown.text).split())


@cache
def home(lang: str) -> str:
    """The key of the country where a language is mostly spoken (CLDR): its readers need not be told that the government is theirs."""
    from babel.core import get_global

    return f"place:{str(get_global('likely_subtags').get(lang, lang)).split('_')[-1]}"


def _stands_for(other: Name, name: Name) -> bool:
    """A city is only itself; a country is its cities as well."""
    return share_key(name, other) if towns((name,)) else akin(name, other)


def _exchanged(pair: Pair, absent: list[Name], gained: tuple[Name, ...]) -> Iterator[tuple[Name, Name | None]]:
    """An acronym, a full name of unknown words, or an unknown name where an unknown person stands; and the back-translation has a name
    that the source has not. Or a known organisation, and it has another known one."""
    assert pair.back is not None
    shown = [b for b in pair.back.names if not is_described(b) and not _is_respelled(b, pair.source)]
    people = [t for t in gained if t.kind == "person" and not t.keys]
    for name in absent:
        if name.kind == "organisation" and is_sure(name) and any(b.kind == "organisation" and is_sure(b) for b in shown):
            yield name, None
        if is_sure(name) or not any(likeness(name.text, b.text) < UNLIKE for b in shown):
            continue
        foreign = len(skeleton(name.text)) >= _LONG and not may_be_characters(name.text)
        person = next(iter(people), None) if foreign else None
        full = foreign and name.kind == "other" and len(name.text.split()) == 2 and len(name.forms) == 3  # both words are unknown
        if person is not None or full or _is_acronym(name):
            yield name, person


def _is_stranger(document: Document, name: Name) -> bool:
    """A person of a full name in Latin fashion whom the source mentions here only."""
    parts = name.text.split()
    if name.kind != "person" or name.keys or len(parts) < 2 or may_be_characters(name.text):
        return False
    return sum(any(parts[-1] in e.text for e in p.source.names) for p in document.pairs) == 1


def _is_spelled(other: Name, text: str) -> bool:
    """The text has the name, or a word that begins or ends with it (Xinhuanet, Midorifuji) or is its plural."""
    if in_text(other, text):
        return True
    words = {plain(word) for word in re.findall(r"\w{5,}", text)}
    forms = (*other.forms, *(key.removeprefix("entity:") for key in other.keys))
    return any(word.startswith(form) or word.endswith(form) for form in forms if len(form) > 3 for word in words)


def _is_apposed(pair: Pair, other: Name) -> bool:
    """A country or an office beside a person whom the source names: the translator says who that is."""
    if not any(key.startswith(("place:", "entity:")) for key in other.keys):
        return False
    people = [t for t in pair.target.names if t.kind == "person" and any(same(e, t) for e in pair.source.names)]
    return any(0 <= t.start - other.end <= _OFFICE or 0 <= other.start - t.end <= _OFFICE for t in people)


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
        if sounds_like(shown, other, 0.75) and not _has_word(pair.source, shown):
            read = {form.replace(" ", "") for form in other.forms if " " in form}
            if any(form.replace(" ", "") in read for form in shown.forms):
                return "read"
            if other.kind == "person" and any(form in other.forms for form in shown.forms):
                return "known"
            strange = shown.forms[1:] if " " in shown.text else shown.forms  # Hair Essence in a headline is no name
            return "heard" if any(likeness(one, form) >= SPELLS for one in strange for form in other.forms) else None
    return None


def _has_word(facts: Facts, shown: Name) -> bool:
    """The text has one of the words that the name is made of, be it as a common word."""
    return bool(set(shown.forms[1:]) & set(plain(facts.text).split()))


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
        name = next((e for e in (*sides.lost, *sides.spare) if e not in used and swapped(e, other)), None)
        if name is None:
            continue
        there = sum(share_key(b, other) for b in pair.back.names) > sum(share_key(e, other) for e in pair.source.names)
        here = sum(share_key(b, name) for b in pair.back.names) < sum(share_key(e, name) for e in pair.source.names)
        if there and here:
            used += [name, other]
            yield name_drift("replaced", "major", 0.75, name, other, f"{name.text} became {other.text}", True)
