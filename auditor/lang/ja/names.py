"""Japanese names.

In this order, none overlapping an earlier one: Latin strings; the table's places, organisations and people (a stretch of katakana must
match as a whole, kanji must not cut across two words); a country's initial where Sudachi lets it stand alone or in a compound of
initials (米政府, 日米, 訪中; `names_initials.tsv`); words Sudachi tags as proper nouns, with their readings in Hepburn and what JMnedict
calls them as forms; katakana no dictionary knows. Only table names carry keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from auditor.lang import names_base
from auditor.lang.ja.names_lexicon import is_common, spellings
from auditor.lang.ja.words import morphemes
from auditor.lang.names_base import Bounds, free
from auditor.lang.translit import hepburn, plain
from auditor.model import Name, NameKind, Word

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ]*(?:[ .&'’-]+[A-Za-zÀ-ɏ0-9]+)*")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}(?:[・＝=][ァ-ヺー]+)*")
_KINDS: dict[str, NameKind] = {"人名": "person", "地名": "place", "一般": "other"}


def read_names(text: str, words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Names in order, not overlapping."""
    found = [n for m in _LATIN.finditer(text) for n in _latin(m)]
    for more in (_kanji_known(text, words), _katakana_known(text), _initials(text, words), _tagged(text), _katakana_rest(text)):
        found += [n for n in list(more) if free(n.start, n.end, found)]
    return tuple(sorted(found, key=lambda n: n.start))


def _latin(match: re.Match[str]) -> list[Name]:
    """A Latin string with a capital in it."""
    if match[0].islower():
        return []
    entry = names_base.load("ja").get(match[0]) or ("other", ())
    return [Name(match.start(), match.end(), match[0], entry[0], entry[1], (plain(match[0]),))] if len(match[0]) > 1 else []


def _katakana_known(text: str) -> Iterator[Name]:
    """Whole stretches of katakana, or what stands between the dots of one, the longest first; a kanji ending of the table counts."""
    table = names_base.load("ja", True)
    for match in _KATAKANA.finditer(text):
        for start, end in _parts(match):
            for longer in (4, 3, 2, 1, 0):
                surface = text[start : end + longer]
                entry = table.get(surface) if end + longer <= len(text) and (longer == 0 or end == match.end()) else None
                if entry is not None:
                    kind = entry[0] if entry[0] == "person" or _stands_alone(text, start, start + len(surface)) else "other"
                    yield Name(start, start + len(surface), surface, kind, entry[1], (hepburn(surface),))
                    break


def _stands_alone(text: str, start: int, end: int) -> bool:
    """No unknown katakana beside it across a dot: ロイター is no agency in アンナ・ロイター."""
    table = names_base.load("ja")
    before = re.search(r"([ァ-ヺー]+)[・＝=]$", text[:start])
    after = re.match(r"[・＝=]([ァ-ヺー]+)", text[end:])
    return all(m is None or table.get(m[1]) is not None for m in (before, after))


def _parts(match: re.Match[str]) -> list[tuple[int, int]]:
    """A dotted stretch as a whole, then its pieces."""
    cuts = [match.start() - 1, *(m.start() + match.start() for m in re.finditer("[・＝=]", match[0])), match.end()]
    spans = [(cuts[i] + 1, cuts[j]) for i in range(len(cuts)) for j in range(i + 1, len(cuts))]
    return sorted(spans, key=lambda s: s[0] - s[1])


def _kanji_known(text: str, words: tuple[Word, ...]) -> Iterator[Name]:
    bounds = Bounds(frozenset(w.start for w in words), frozenset(w.end for w in words))
    people = {(m.begin(), m.end()) for m in morphemes(text) if m.part_of_speech()[2] == "人名"}
    for name in names_base.load("ja", True).scan(text, bounds):
        cuts_after = "ァ" <= name.text[-1] <= "ー" and "ァ" <= text[name.end : name.end + 1] <= "ー"
        if not cuts_after and not "ァ" <= name.text[0] <= "ヺ":
            if (name.start, name.end) in people and name.keys[0].startswith("geo:"):
                name = replace(name, kind="other")
            yield replace(name, forms=spellings(name.text)) if len(name.text) == 2 else name


@cache
def _titles() -> tuple[str, ...]:
    return tuple(names_base.lines("ja", "names_titles.tsv"))


@cache
def _initial_rows() -> tuple[dict[str, str], frozenset[str]]:
    rows = [line.split("\t") for line in names_base.lines("ja", "names_initials.tsv")]
    return {r[1]: r[2] for r in rows if r[0] == "initial"}, frozenset(r[1] for r in rows if r[0] == "before")


def _initials(text: str, words: tuple[Word, ...]) -> Iterator[Name]:
    initials, before = _initial_rows()
    for i, word in enumerate(words):
        chars = word.text
        if not any(c in initials for c in chars) or len(chars) > 4:
            continue
        lone = len(chars) == 1 and i + 1 < len(words) and words[i + 1].pos in ("noun", "name", "num") and words[i + 1].start == word.end
        beside = [w for w in words[max(0, i - 1) : i + 2] if w is not word and len(w.text) == 1 and w.text in initials]
        run = len(chars) == 1 and any(w.end == word.start or w.start == word.end for w in beside)
        listed = len(chars) == 1 and (text[word.end : word.end + 1] in "、・側軍両" or (i and words[i - 1].text[-1] in initials))
        if (all(c in initials or c == "・" for c in chars) and len(chars) > 1) or (lone and chars not in "日中") or listed or run:
            at = range(len(chars))
        elif len(chars) == 2 and chars[0] in before:
            at = range(1, 2)
        else:
            continue
        kind: NameKind = "place" if (len(chars) > 1 and not is_common(chars)) or run else "other"
        for k in at:
            if chars[k] in initials:
                yield Name(word.start + k, word.start + k + 1, chars[k], kind, tuple(initials[chars[k]].split()))


def _tagged(text: str) -> Iterator[Name]:
    """Proper nouns of Sudachi; a family name and a given name that touch are one person."""
    open_name: Name | None = None
    table = names_base.load("ja")
    for m in morphemes(text):
        tags = m.part_of_speech()
        if tags[1] != "固有名詞" or (len(m.surface()) < 2 and tags[2] != "人名"):
            continue
        if _is_cut(text, m.begin(), m.end()) and tags[2] != "地名":
            continue
        known = table.get(m.surface()) if tags[2] == "地名" else None
        kind, keys = known or (_KINDS.get(tags[2], "other"), ())
        name = Name(m.begin(), m.end(), m.surface(), kind, keys, _forms(m.surface(), m.reading_form()))
        if open_name is not None:
            if open_name.end == name.start and open_name.kind == name.kind == "person":
                open_name = _joined(open_name, name)
                continue
            yield open_name
        open_name = name
    if open_name is not None:
        yield open_name


def _is_cut(text: str, start: int, end: int) -> bool:
    """A piece of a longer stretch of katakana (ロイド in ボイスロイド)."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return ("ァ" <= text[start] <= "ー" and "ァ" <= before <= "ー") or ("ァ" <= text[end - 1] <= "ー" and "ァ" <= after <= "ー")


def _joined(one: Name, other: Name) -> Name:
    """One person: what JMnedict reads the full name as, the readings of the parts put together, each part's own."""
    full = spellings(one.text + other.text)
    forms = (*full, *(f"{a} {b}" for a in one.forms[:2] for b in other.forms[:2]), *one.forms[:1], *other.forms[:1])
    return Name(one.start, other.end, one.text + other.text, "person", (), tuple(dict.fromkeys(forms)))


@lru_cache(maxsize=4096)
def _forms(surface: str, reading: str) -> tuple[str, ...]:
    return tuple(f for f in dict.fromkeys((hepburn(reading), *spellings(surface)[:6])) if f)


def _katakana_rest(text: str) -> Iterator[Name]:
    """What no dictionary knows as a common word; the pieces of a dotted stretch one by one, as a person's."""
    for match in _KATAKANA.finditer(text):
        pieces = [m for m in re.finditer(r"[ァ-ヺー]+", match[0]) if len(m[0]) > 1]
        titled = text.startswith(_titles(), match.end())
        kind: NameKind = "person" if len(pieces) > 1 or titled else "other"
        for piece in pieces:
            surface, start = piece[0], match.start() + piece.start()
            if len(pieces) > 1 or (len(surface) > (1 if titled else 2) and not is_common(surface)):
                yield Name(start, start + len(surface), surface, kind, (), _forms(surface, surface))
