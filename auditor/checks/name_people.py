"""People who became other people, told by how their names are read or spelled: pairs of a source name and what stands for it.

strangers  a person of the source is nowhere, and a person stands there who sounds like no word of it (施罗德 for Merkel, 岸信介 for
           Shigeru Yoshida). A famous person may become any person; an unknown one of a full name a full name only
           Or a famous person whom the article names nowhere (河野太郎 for Hirokazu Matsuno)
renamed    a given name that is kept before a family name that is not: Emily Carter, エミリー・ウォーカー
namesakes  of a Japanese name one half kept, the other in characters never read so: Haruki Murakami, 村上龍; Haruki Tonegawa, 最上春樹

Quiet about people whose names may be written in characters of another reading (Korean and Chinese people in Japanese).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from auditor.checks.name_match import SPELLS, is_spelled, is_sure
from auditor.lang.names_base import free, is_characters
from auditor.lang.respelled import respelled
from auditor.lang.translit import is_japanese, likeness, may_be_characters, romaji, skeleton
from auditor.model import Name, Pair

NOT_AT_ALL = 0.55  # likeness under which a name is surely another's
_CONSONANTS = 3  # a name of fewer is too short to be told from another by its sound
_RUNS_ON = 2  # characters behind a name that may be its own
_DOTS = "·・•=＝"

Swap = tuple[Name, Name]


def strangers(pair: Pair, lost: Sequence[Name], gained: Sequence[Name]) -> Iterator[Swap]:
    """A person who is nowhere, and a person who is nobody of the source."""
    people = [e for e in lost if (is_sure(e) and e.kind == "person") or _is_comparable(e)]
    others = [e for e in pair.source.names if is_sure(e) and e.kind != "person"]
    capitals = [w for w in pair.source.words if w.text[:1].isupper() and len(w.text) > 2 and w.pos != "function"]
    words = [w.text for w in capitals if free(w.start, w.end, others)]
    for group in groups(gained) if people else ():
        famous = [e for e in people if is_sure(e)]
        fits = people if _is_full(group) else famous
        # a name that runs into the word behind it (乔·斯通买下) is read short, and spelled all the same
        fits = [e for e in fits if is_sure(e) or not is_spelled(pair.target.lang, e, _from(pair, group))]
        if fits and all(_is_nobody(other, words, NOT_AT_ALL if other is group[-1] else SPELLS) for other in group):
            yield fits[0], whole(pair, group)


def famous(mentioned: Collection[str], lost: Sequence[Name], gained: Sequence[Name]) -> Iterator[Swap]:
    """An unknown full name that is nowhere, and the one person there, a famous one whom the article (`mentioned`: its keys) never names."""
    people = [e for e in lost if not e.keys and e.kind in ("person", "other") and 1 < len(e.text.split()) < 4 and len(e.forms) > 1]
    others = [t for t in gained if t.kind == "person" or (not t.keys and not t.text.isascii())]
    if len(people) == len(others) == 1 and is_sure(others[0]) and not any(key in mentioned for key in others[0].keys):
        yield people[0], others[0]


def _is_nobody(other: Name, words: Sequence[str], least: float) -> bool:
    """None of its parts sounds like a word of the source; a family name more surely so than the given name before it."""
    if _japanese(other):
        return not any(romaji(word) in reading for word in words for reading in _japanese(other))
    parts = _parts(other)
    return bool(parts) and all(_is_long(part) and not any(likeness(part, word) >= least for word in words) for part in parts)


def _is_comparable(name: Name) -> bool:
    """A person's full name, or a Japanese one: words that may be nothing else."""
    if name.keys or " " not in name.text:
        return False
    return is_japanese(name.text) or (name.kind == "person" and not may_be_characters(name.text))


def groups(names: Sequence[Name]) -> Iterator[tuple[Name, ...]]:
    """Unknown people: pieces that a dot joins, or a name by itself."""
    group: list[Name] = []
    for name in (*names, None):
        if name is not None and group and name.start - group[-1].end == 1:
            group.append(name)
            continue
        if any(n.kind == "person" for n in group) and all(n.forms and not n.keys and not n.text.isascii() for n in group):
            yield tuple(group)
        group = [name] if name is not None else []


def _from(pair: Pair, group: tuple[Name, ...]) -> str:
    """The text of a group and what runs on behind it."""
    at = pair.offset(pair.target)
    return pair.target.text[group[0].start - at : group[-1].end - at + _RUNS_ON]


def _is_full(group: tuple[Name, ...]) -> bool:
    """A family name and a given name: two pieces, a dotted one, or characters read as Japanese ones."""
    return len(group) > 1 or any(dot in group[0].text for dot in _DOTS) or bool(_japanese(group[0]))


def _japanese(name: Name) -> list[list[str]]:
    """Family and given name of each Japanese reading of a full name."""
    if len(name.text) < 3 or not is_characters(name):
        return []
    return [romaji(form).split() for form in name.forms if len(form.split()) == 2 and is_japanese(form)]


def _parts(name: Name) -> list[str]:
    """What to compare: the words of its readings; of a dotted name those of its pieces; of Gerhard Schröder
    the family name; syllables of characters are one word."""
    forms = name.forms[1:] if any(dot in name.text for dot in _DOTS) else name.forms
    return [form.split()[-1] if min(map(len, form.split())) > 3 else form for form in forms]


def _is_long(part: str) -> bool:
    return len(skeleton(part)) >= _CONSONANTS or is_japanese(part)


def whole(pair: Pair, group: tuple[Name, ...]) -> Name:
    """A group as one name."""
    first, last = group[0], group[-1]
    base = pair.passage.target.start if pair.passage.target else 0
    return Name(first.start, last.end, pair.target.text[first.start - base : last.end - base], "person", (), last.forms)


def renamed(pair: Pair) -> Iterator[Swap]:
    """A given name that is kept before a family name that is not."""
    for given, family in pairwise(pair.target.names):
        if family.start - given.end != 1 or not (given.forms and family.forms) or family.text.isascii():
            continue
        for name in pair.source.names:
            parts = name.text.split()
            forms = [form for form in family.forms if len(skeleton(form)) >= _CONSONANTS]
            if len(parts) != 2 or name.keys or len(skeleton(parts[1])) < _CONSONANTS or not forms:
                continue
            spelled = [part for e in pair.source.names for part in e.text.split() if part != parts[0]]
            others = [way for part in spelled for way in (part, *respelled(part))]
            if _reads(given, parts[0], SPELLS) and not any(likeness(form, part) >= NOT_AT_ALL for form in forms for part in others):
                yield name, family


def _reads(name: Name, word: str, least: float) -> bool:
    return any(likeness(form, word) >= least for form in name.forms)


def namesakes(pair: Pair) -> Iterator[Swap]:
    """A Japanese name of which one half is kept and the characters of the other half are not read as the source's."""
    for name in pair.source.names:
        parts = romaji(name.text).split()
        if len(parts) != 2 or name.keys or not is_japanese(name.text):
            continue
        for other in pair.target.names:
            readings = _japanese(other) if other.kind == "person" and not other.keys else []
            for kept, changed in ((0, 1), (1, 0)):
                halves = {reading[changed] for reading in readings if reading[kept] in parts}
                if halves and not any(half in parts or likeness(half, part) >= SPELLS for half in halves for part in parts):
                    yield name, other
