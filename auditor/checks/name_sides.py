"""The two sides of a passage: its names matched one to one, and what that leaves of each."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.checks.base import Document
from auditor.checks.name_match import SPELLS, akin, in_text, is_spelled, is_sure, same, share_key, sounds_like, without_words
from auditor.lang.names_base import free
from auditor.lang.translit import likeness
from auditor.model import Drift, Facts, Name, Pair, Severity, Span

_SPELLED = 3  # characters of a name beyond which its pieces are not another's
_LONG = 5  # letters a town must have to be known by its spelling alone
MQM = "accuracy/mistranslation/entity"


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


def match_sides(document: Document, pair: Pair) -> Sides:
    """Pairs the names by key, then by form, then towns with their countries; what stays is explained or not."""
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
    for e in [e for e in left if _is_town(e)]:
        hit = next((t for t in free if is_sure(t) and not _is_town(t) and akin(e, t)), None)
        if hit is not None:  # the town stands for its country ("Washington would like" / 米国): that is no other country's place
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
    """Some unsure name of the translation sounds like it, or its characters spell the town: the mention is there."""
    return _is_spelled_town(pair.target, name, pair) or any(
        not is_sure(t) and (sounds_like(name, t) or share_key(name, t)) for t in pair.target.names
    )


def _explained(document: Document, pair: Pair, name: Name, free: list[Name]) -> bool:
    """By a relative, by sound (of a sure name: what is not another's; of a town even so, as there are two Livingstons), in its own letters,
    by the document or by the glossary."""
    target = pair.target
    near = free if is_sure(name) else target.names
    if any(akin(name, t) for t in target.names) or any(same(name, t) for t in near) or in_text(name, target.text):
        return True
    if any(surface in target.text for surface in document.ledger.known(name)) or _is_spelled_town(target, name, pair):
        return True
    return any(t in target.text for term in document.glossary if term.source in name.text or name.text in term.source for t in term.targets)


def _in_source(pair: Pair, name: Name) -> bool:
    """The source has the name, or a word with a capital that sounds like it."""
    if any(same(e, name) for e in pair.source.names) or in_text(name, pair.source.text):
        return True
    words = (w for w in pair.source.words if w.text[:1].isupper() and len(w.text) > 3 and free(w.start, w.end, pair.source.names))
    return any(likeness(word.text, form) >= SPELLS for word in words for form in name.forms)


def missing(pair: Pair, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names that no name of the translation shares a key with."""
    return tuple(e for e in names if not any(share_key(e, t) for t in pair.target.names))


def towns(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names of cities and regions only: a capital may stand for its country, another city not for it."""
    return tuple(n for n in names if _is_town(n))


def _is_spelled_town(facts: Facts, name: Name, pair: Pair) -> bool:
    """A town of one word that the characters spell though the tables give them to another: Livingston, 利文斯顿 in Zambia. Not in
    characters that are another name's of the passage (维尔 of 约翰·范德维尔), nor in words of the dictionary (认为)."""
    if " " in name.text or not _is_town(name):
        return False
    others = [e for e in pair.source.names if e is not name]
    theirs = [t for t in facts.names if t.end - t.start > _SPELLED and not is_sure(t) and any(sounds_like(e, t) for e in others)]
    return is_spelled(facts.lang, name, without_words(facts, pair.offset(facts), theirs), _LONG)


def _is_town(name: Name) -> bool:
    return all(key.startswith("geo:") or key == "place:WASHINGTON" for key in name.keys)


def swapped(name: Name, other: Name) -> bool:
    """Two sure names of one sort that are not akin; a word of a longer one may sound like the other (Columbia in District of Columbia)."""
    if not (_is_known(name) and is_sure(other)) or not _is_one_sort(name, other) or akin(name, other):
        return False
    words = [word for word in name.text.split() if len(word) > 3]
    if " " in name.text and sounds_like(name, other):
        return False  # Santa Cruz / サンタクルス: two towns of the name
    return len(words) < 2 or not any(likeness(word, form) >= SPELLS for word in words for form in other.forms)


def _is_known(name: Name) -> bool:
    """A sure name, or an organisation that is a common word as well (Apple)."""
    return is_sure(name) or any(key.startswith("entity:") for key in name.keys)


def _is_one_sort(name: Name, other: Name) -> bool:
    """Of one kind; the European Union is an organisation too, and an unsure one is what its key says."""
    kinds = {n.kind for n in (name, other)} - {"other"}
    return len(kinds) == 1 or (kinds == {"place", "organisation"} and any("place:EU" in n.keys for n in (name, other)))


def is_used(other: Name, used: list[Name]) -> bool:
    """The name, a part of it, or the other half of it, is spoken for."""
    inside = any(other.kind == u.kind and u.start <= other.start and other.end <= u.end for u in used)
    return inside or any(other == u or (other.start - u.end == 1 and other.kind == u.kind == "person") for u in used)


def name_drift(
    kind: str, severity: Severity, strength: float, name: Name | None, other: Name | None, message: str, back: bool | None
) -> Drift:
    """A drift of a name of the source, of the translation, or of both."""
    return Drift(
        category="name", type=kind, severity=severity, strength=strength, source=_span(name), target=_span(other),
        message=message, mqm=MQM,
        key=f"{name.text if name else ''}>{other.text if other else ''}", back=back,
        evidence={"source_keys": list(name.keys) if name else [], "target_keys": list(other.keys) if other else []},
    )  # fmt: skip


def _span(name: Name | None) -> Span | None:
    return None if name is None else Span(name.start, name.end, name.text)
