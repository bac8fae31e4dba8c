"""Names nobody knows that became others, told by which letters their characters stand for in names (`lang/letters.py`).

A foreign name of the translation that spells no word of the source, where a name of the source is spelled nowhere in the translation:
a full name for another (Alenka Zupan, 玛雅·科瓦奇), or one whose given name is kept (加雷思·伊文斯 for Gareth Pritchard). A known place,
person or organisation that the article names nowhere, where an unknown name of the source is spelled nowhere (Ikoyi, 阿布贾).

An unknown name that ends with a common word of its sort (Cornell University, Harwick Hotels) is heard by the words before; a known
organisation, or a dotted name of which no part spells a word of the source, may stand in its place, and the dotted one in that of a name
of common words (the Silver Lantern). A place of the dictionary (育空, Yukon) is compared by what the dictionary calls it.

Quiet where the translation's name spells a name of another passage, where a name of the source may be written in characters that stand
there unexplained, and about names of one short syllable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from auditor.checks.base import Document
from auditor.checks.name_match import is_described, is_headed, is_spelled, is_sure, share_key, without_words
from auditor.checks.name_people import Swap, groups, whole
from auditor.checks.name_sides import Sides, towns
from auditor.lang.base import language
from auditor.lang.letters import letters
from auditor.lang.names_base import country_of, is_characters
from auditor.lang.respelled import respelled
from auditor.lang.translit import likeness, may_be_characters, plain
from auditor.model import Name, Pair

NOT = -0.25  # score under which a spelling is surely not the name's
IS = 0.5  # score from which it is
_NEARLY = 0.9  # likeness of consonants from which a common word is
_CHANCE = 0.2  # score under which a common word is not what is spelled
_ALIKE = 0.78  # likeness of consonants from which a name may be the other's whatever its letters
_CHARACTERS = "一"  # where characters begin that run on without a mark behind a name
_IN_CHARACTERS = ("place:CN", "place:TW", "place:HK", "place:MO", "place:JP", "place:KR", "place:KP", "place:VN")
_BEGINS = re.compile(r"(?:^|[.!?:;(\"“‘—])\s*$")  # what a capital letter says nothing behind
_SHORT = 3  # letters that are enough to tell one name from another


def unheard(document: Document, pair: Pair, sides: Sides) -> Iterator[Swap]:
    """Pairs of a source name and the name that stands in its place."""
    strangers = [g for g in groups(pair.target.names) if len(language(document.lang).syllables(_parts(g)[-1])) > 1 and not _is_native(g)]
    words, doubtful = _spellings(pair) if strangers else ((), ())
    strangers = [
        g
        for g in strangers
        if not (_spells_any(pair, g, words) or _spells_any(pair, g, doubtful, IS)) and not _is_elsewhere(document, pair, g)
    ]
    strays = [t for t in sides.gained if _is_stray(document, t)]
    lone = _lone_places(document, pair, sides)
    if not strangers and not strays and not lone:
        return
    hidden = any(is_characters(t) and not t.keys for t in sides.gained)
    unknown = [e for e in pair.source.names if not e.keys and not (hidden and may_be_characters(e.text))]
    lost = [e for e in unknown if not is_described(e)]
    lost = [e for e in lost if is_absent(document, pair, e)]
    weak = [e for e in sides.lost if e.keys and _is_town_or_unknown(pair, e) and is_absent(document, pair, e)] if strays else []
    for group in strangers:
        full = len(_parts(group)) > 1
        near = sorted(lost, key=lambda e, f=full: (is_headed(e), (" " in e.text) is not f, e.start))  # type: ignore[misc]
        near = [e for e in near if not is_headed(e) or (full and not _spells_some(pair, group, words))]
        if near:
            lost.remove(near[0])
            yield near[0], whole(pair, group)
        elif full and (said := _by_meaning(pair, group, [e for e in unknown if is_described(e) and e in sides.lost])) is not None:
            unknown.remove(said)
            yield said, whole(pair, group)
    for other in strays:
        fits = [e for e in (*lost, *weak) if _may_stray(pair, e, other)]
        if fits:
            (lost if fits[0] in lost else weak).remove(fits[0])
            yield fits[0], other

    gone = [e for e in (*sides.lost, *_own(pair, sides.spare)) if _is_town_or_unknown(pair, e) and is_absent(document, pair, e)]
    for other in lone:
        fits = [e for e in gone if "place" in (e.kind, other.kind) or not _is_compound(pair, other)]
        fits = [e for e in fits if not (is_characters(other) and _is_of_characters(e))]
        if fits:
            gone.remove(fits[0])
            yield fits[0], other


def _may_stray(pair: Pair, name: Name, other: Name) -> bool:
    """An unknown name a known one may stand for: an organisation's for an organisation's, one word or a place's for a place's."""
    if other.kind == "organisation":
        return name.kind == "organisation"
    if name.kind == "organisation" or name.text.isupper() or name.start <= pair.offset(pair.source):
        return False
    return bool(towns((other,))) and (" " not in name.text or name.kind == "place")


def _own(pair: Pair, spare: Sequence[Name]) -> list[Name]:
    """Towns whose country is in the translation for itself: Kourou in French Guiana."""
    themselves = [t for t in pair.target.names if any(share_key(e, t) for e in pair.source.names)]
    return [e for e in towns(tuple(spare)) if any(country_of(key) in t.keys for t in themselves for key in e.keys)]


def _is_town_or_unknown(pair: Pair, name: Name) -> bool:
    """A town, or one word that may be anything but an acronym or a person beside whom it is named."""
    if name.kind == "place":
        return not name.keys or bool(towns((name,)))
    before = pair.source.text[: name.start - pair.offset(pair.source)]
    if name.keys:  # a surname that is a town as well, or the town itself
        return name.kind == "other" and bool(towns((name,))) and " " not in name.text and not _BEGINS.search(before)
    led = name.forms[1:] == (plain(name.text).split(" ")[-1],)  # Cyclone Norbet: a common word before the name
    return name.kind == "other" and not name.text.isupper() and (" " not in name.text or led)


def _is_compound(pair: Pair, name: Name) -> bool:
    """Made of words a dictionary has (ラジオ + ホスト), or counted (40トントラック)."""
    if pair.target.text[: name.start - pair.offset(pair.target)][-1:].isdigit():
        return True
    inside = [w for w in pair.target.words if name.start <= w.start and w.end <= name.end]
    return bool(inside) and all(w.senses for w in inside)


def _is_of_characters(name: Name) -> bool:
    """Its owners may write it in characters, which another language reads in its own way: Xiamen, not Kourou in Guiana."""
    return may_be_characters(name.text) and (not name.keys or any(country_of(key) in _IN_CHARACTERS for key in name.keys))


def _lone_places(document: Document, pair: Pair, sides: Sides) -> list[Name]:
    """Names of one word that may be places and spell no word of the source, nor a name of another passage."""
    foreign = [t for t in sides.gained if not t.text.isascii() and t.kind in ("place", "other") and _has_sounds(pair.target.lang, t)]
    may_be = [t for t in foreign if not t.keys or (t.kind == "other" and towns((t,)))]
    if not may_be:
        return []
    words = tuple({word for some in _spellings(pair) for word in some})
    plains = (plain(form) for w in pair.source.words if len(w.text) > _SHORT and w.pos != "function" for form in (w.text, w.lemma))
    common = tuple(set(plains) - set(words))
    strange = [t for t in may_be if not _spells_common(pair, t, common) and not _is_elsewhere(document, pair, (t,))]
    return [t for t in strange if not (_is_read(t, words) if _is_listed(t) else _spells_any(pair, (t,), words))]


def _is_listed(name: Name) -> bool:
    """In characters whose English a dictionary gives (育空, Yukon): its form is no reading."""
    return is_characters(name) and bool(name.forms) and " " not in name.forms[0]


def _is_read(name: Name, words: Sequence[str]) -> bool:
    return any(likeness(form, word) >= _ALIKE for form in name.forms for word in words)


def _spells_common(pair: Pair, name: Name, words: Sequence[str]) -> bool:
    """A common word of the source said by its sound (ラジオ): it is spelled better than by chance."""
    if _is_listed(name):
        return False
    if not is_characters(name):  # letters made for loans: many a common word is one
        return _spells_any(pair, (name,), words)
    sounds = language(pair.target.lang).syllables(name.text)
    spelled = any(letters(pair.target.lang).whole(word, sounds) >= _CHANCE for word in words)
    return spelled or any(likeness(form, word) >= _NEARLY for form in name.forms for word in words)


def _has_sounds(lang: str, name: Name) -> bool:
    """By sounds, three or more; a place may be written by meaning (種子島), or be a dictionary's name (育空, Yukon)."""
    return len(language(lang).syllables(name.text)) >= _SHORT or ((name.kind == "place" or _is_listed(name)) and len(name.text) > 1)


def _is_stray(document: Document, name: Name) -> bool:
    """A known town, region or organisation that the article names nowhere, nor has in the letters of another name (富士 in Terunofuji)."""
    if not is_sure(name) or len(name.text) < _SHORT or any(key in document.ledger.places for key in name.keys):
        return False
    if name.kind != "organisation" and not towns((name,)):
        return False
    return not any(form.replace(" ", "") in plain(document.source_text).replace(" ", "") for form in name.forms)


def _is_native(group: Sequence[Name]) -> bool:
    """A person whom the characters name by meaning too, a family name and a given name: no transliteration."""
    return len(group) == 1 and is_characters(group[0]) and len(group[0].forms) > 1


def _parts(group: Sequence[Name]) -> list[str]:
    """The given name and the family name of a foreigner, as they are written."""
    return [part for name in group for part in name.text.replace("・", "·").replace("•", "·").replace("‧", "·").split("·") if part]


def _spellings(pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a name of the translation may be of: each word of the source with a capital, and two neighbours as one; and common words that
    only begin a sentence (People), which are surely a name's only when they are spelled well (Dewar)."""
    everything = pair.source.words
    starts = {w.start for before, w in zip((None, *everything), everything, strict=False) if before is None or before.pos == "punct"}
    capital = [w for w in everything if w.text[:1].isupper()]
    words = [w for w in capital if w.pos == "name" or w.start not in starts]
    single = [plain(w.text).replace(" ", "") for w in words]
    joined = [plain(a.text + b.text).replace(" ", "") for a, b in pairwise(capital) if b.start - a.end <= 1]
    named = [plain(part).replace(" ", "") for e in pair.source.names for part in (e.text, *e.text.replace("-", " ").split())]
    said = [other for word in (*single, *named) for other in respelled(word)]
    doubtful = [plain(w.text) for w in capital if w not in words]
    return tuple(dict.fromkeys(w for w in (*single, *joined, *named, *said) if len(w) > 1)), tuple(w for w in doubtful if len(w) > _SHORT)


@lru_cache(maxsize=4096)
def _spells(lang: str, part: str, form: str, word: str, least: float = NOT) -> bool:
    """A part of a name, with its reading, may be the word in another script; without spaces its last sound may be the text's."""
    sounds = language(lang).syllables(part)
    cuts = (sounds, sounds[:-1]) if len(sounds) > 2 and part[0] >= _CHARACTERS else (sounds,)
    return any(letters(lang).whole(word, cut) >= least for cut in cuts) or likeness(form, word) >= _ALIKE


def _spells_any(pair: Pair, group: Sequence[Name], words: Sequence[str], least: float = NOT) -> bool:
    """The family name, the last part, may be one of the words; without spaces it may have been cut short by a sound or two."""
    part, form = _parts(group)[-1], group[-1].forms[-1] if group[-1].forms else ""
    at = group[-1].end - pair.offset(pair.target)
    beyond = [part + pair.target.text[at : at + more] for more in (1, 2) if is_characters(group[-1])]
    return any(_spells(pair.target.lang, said, form, word, least) for said in (part, *beyond) for word in words)


def _by_meaning(pair: Pair, group: Sequence[Name], described: Sequence[Name]) -> Name | None:
    """A name of common words (the Silver Lantern) where a dotted one stands that spells no word of the source, and it is not spelled."""
    words = tuple(plain(w.text) for w in pair.source.words if len(w.text) > 1 and w.pos not in ("function", "punct", "num"))
    if _spells_some(pair, group, words):
        return None
    return next(
        (e for e in described if all(_is_unspelled(pair, replace(e, text=word)) for word in e.text.split() if len(word) >= _SHORT)), None
    )


def _spells_some(pair: Pair, group: Sequence[Name], words: Sequence[str]) -> bool:
    """Any part of a dotted name may be one of the words, as Harwick in ハーウィック・ホテルズ."""
    parts = ((part, name.forms[-1] if name.forms else "") for name in group for part in _parts((name,)))
    return any(_spells(pair.target.lang, part, form, word) for part, form in parts for word in words)


def is_absent(document: Document, pair: Pair, name: Name) -> bool:
    """The last part of the name is spelled nowhere in the translation, nor stands there in its own letters."""
    text = pair.target.text
    if _is_learned(document, name, text):
        return False
    if is_headed(name):  # the last word is said by meaning
        return all(_is_unspelled(pair, replace(name, text=form)) for form in name.forms[1:])
    return _is_unspelled(pair, name)


def _is_unspelled(pair: Pair, name: Name) -> bool:
    lang, text = pair.target.lang, pair.target.text
    last = plain(name.text).split(" ")[-1]
    if len(last) < _SHORT or last in plain(text):
        return False
    ways = (last, *respelled(last))
    parts = [(part, form) for t in pair.target.names for part, form in zip(_parts((t,)), t.forms[-1:], strict=False)]
    if any(_spells(lang, part, form, way) for part, form in parts for way in ways):
        return False
    body = without_words(pair.target, pair.offset(pair.target))
    return not any(is_spelled(lang, replace(name, text=way), body) for way in (name.text, *ways[1:]))


def _is_learned(document: Document, name: Name, text: str) -> bool:
    """The document renders the name so in several passages."""
    return any(n > 1 and surface in text for surface, n in document.ledger.known(name).items())


def _is_elsewhere(document: Document, pair: Pair, group: Sequence[Name]) -> bool:
    """The family name may be a name of another passage."""
    part = _parts(group)[-1]
    others = {
        word for p in document.pairs if p is not pair for e in p.source.names for word in plain(e.text).split() if len(word) >= _SHORT
    }
    return any(letters(document.lang).whole(word, language(document.lang).syllables(part)) >= IS for word in others)
