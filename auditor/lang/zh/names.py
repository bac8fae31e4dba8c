"""Chinese names, in text folded to Hans.

In this order, none overlapping an earlier one: Latin strings; the table's places, organisations and people by the longest match that
does not cut across two words; Japanese people by their full names (岸信介, `names_japanese.tsv.gz`); a country's initial in the
contexts of `names_initials.tsv` (美军, 访美, 日美); words that CC-CEDICT writes with a capital, the English of which are their forms
(西雅图, Seattle); runs of the characters that spell foreign names by sound, with their readings as forms, those with a dot as a
person's. A run may be a common word: it carries no key, so it can explain a name, not accuse.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from operator import itemgetter

from auditor.lang import names_base
from auditor.lang.names_base import Bounds, free
from auditor.lang.rows import Rows, packaged
from auditor.lang.translit import plain
from auditor.lang.zh.lexicon import raw_entries
from auditor.lang.zh.names_dotted import dotted, titled
from auditor.model import Name, NameKind, Word

_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ]*(?:[ .&'’-]+[A-Za-zÀ-ɏ0-9]+)*")
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: (?:of|the|and|de|da|del|von|van|al|bin|[A-ZÀ-Þ0-9][\w'’.-]*))*")
_SKIP = ("CL:", "variant of", "old variant", "see ", "abbr. for", "also written", "used in ", "surname ")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
)
_MARKS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[一-鿿㐀-䶿]+\|?")


def read_names(text: str, words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Names in order, not overlapping."""
    bounds = Bounds(frozenset(w.start for w in words), frozenset(w.end for w in words))
    found = [n for m in _LATIN.finditer(text) for n in _latin(m)]
    known = _known(text, words, bounds)
    people = [_spelled(text, *span) for span in dotted(text) if not _is_known(text, *span, known)]
    known = [n for n in known if free(n.start, n.end, people)]
    found += people
    titles = [
        span for span in dict.fromkeys(titled(text, bounds.starts)) if not raw_entries(text[slice(*span)]) and free(*span, (*found, *known))
    ]
    found += [_spelled(text, *span) for span in titles if free(*span, found)]
    runs = _sounded(words)
    listed = [n for n in _listed(words) if not _is_syllables(n, words, runs)]
    for more in (known, _japanese(text, bounds), _initials(text, words), listed, _persons(words)):
        found += [n for n in list(more) if free(n.start, n.end, found)]
    for run in runs:
        found += [n for n in ([run] if free(run.start, run.end, found) else _pieces(run)) if free(n.start, n.end, found)]
    return tuple(sorted(found, key=lambda n: n.start))


def _is_known(text: str, start: int, end: int, known: list[Name]) -> bool:
    """The table has the whole, a stretch over a dot, or the last part as a person's: 弗拉基米尔·普京."""
    inside = [n for n in known if n.start < end and start < n.end]
    return any("·" in n.text or (n.kind == "person" and n.end == end) for n in inside)


def _spelled(text: str, start: int, end: int) -> Name:
    """A person by sound: the whole, what the dictionary calls each part, and each part are forms."""
    parts = re.split("[·・•‧]", text[start:end])
    known = [_dictionary_name(part)[1][:1] if len(part) > 1 else () for part in parts]
    whole = " ".join((form or (pinyin(part),))[0] for form, part in zip(known, parts, strict=True))
    forms = (whole, *(form for some in known for form in some), *map(pinyin, parts))
    return Name(start, end, text[start:end], "person", (), tuple(dict.fromkeys(forms)))


def _latin(match: re.Match[str]) -> list[Name]:
    """A Latin string with a capital in it."""
    if match[0].islower():
        return []
    entry = names_base.load("zh").get(match[0]) or ("other", ())
    return [Name(match.start(), match.end(), match[0], entry[0], entry[1], (plain(match[0]),))] if len(match[0]) > 1 else []


def _known(text: str, words: tuple[Word, ...], bounds: Bounds) -> list[Name]:
    """Table names; one cut from a longer stretch of foreign sounds (普尔 in 哈特尔普尔), of West this or New that, or a town's behind
    a family name (遵义 in 刘遵义), only explains."""
    found = list(names_base.load("zh", True).scan(text, bounds))
    starts, ends = {n.start for n in found}, {n.end for n in found}
    surnames = {w.end for w in words if len(w.text) == 1 and w.pos in ("noun", "other", "name") and _is_surname(w.text)}
    found = [replace(n, forms=(pinyin(n.text),)) if n.kind == "person" or _is_sound(n.text) else n for n in found]
    found = [replace(n, kind="other") if _is_cut(text, n, starts, ends) else n for n in found]
    return [_given(text, n) if n.start in surnames and len(n.text) == 2 and n.keys[0].startswith("geo:CN.") else n for n in found]


def _given(text: str, name: Name) -> Name:
    """A Chinese town's name behind a family name: read as the two together, and the town still."""
    whole = text[name.start - 1 : name.end]
    return Name(name.start - 1, name.end, whole, "other", name.keys, _read_person(whole))


def _is_cut(text: str, name: Name, starts: set[int], ends: set[int]) -> bool:
    before, after = text[max(0, name.start - 2) : name.start], text[name.end : name.end + 2]
    if before[-1:] in ("西", "东", "南", "北", "新") and name.start not in ends and len(name.text) > 2 and "r-" in name.keys[0]:
        return True
    sounds = _sounds()
    if name.kind != "person" and ((before[-1:] == "·" and name.start - 1 not in ends) or (after[:1] == "·" and name.end + 1 not in starts)):
        return True
    if name.keys[0].startswith("place:") or not all(c in sounds for c in name.text):
        return False
    left = len(before) == 2 and all(c in sounds for c in before) and name.start not in ends
    right = len(after) == 2 and all(c in sounds for c in after) and name.end not in starts
    return left or right


@cache
def _people() -> tuple[Rows, frozenset[str]]:
    """Full names of Japanese people, and the first two characters they begin with."""
    table = packaged("zh", "names_japanese.tsv.gz")
    return table, frozenset(map(itemgetter(slice(2)), table.keys()))


def _japanese(text: str, bounds: Bounds) -> list[Name]:
    """Full names of Japanese people, the longest at every place, with their Japanese readings and the Chinese one."""
    table, heads = _people()
    found: list[Name] = []
    for at in (i for i in range(len(text) - 2) if text[i : i + 2] in heads and i in bounds.starts):
        surface = next((s for n in (6, 5, 4, 3) if len(s := text[at : at + n]) == n and s in table), None)
        if surface is not None and free(at, at + len(surface), found):
            readings = (table.get(surface) or "").split("|")
            found.append(Name(at, at + len(surface), surface, "person", (), (*readings, pinyin(surface))))
    return found


@cache
def _sounds() -> frozenset[str]:
    return frozenset(names_base.lines("zh", "names_sounds.tsv")[0])


@cache
def _initial_rows() -> tuple[dict[str, str], frozenset[str], frozenset[str], tuple[str, ...]]:
    """Initial -> key; words after one; characters before one; matters of states."""
    rows = [line.split("\t") for line in names_base.lines("zh", "names_initials.tsv")]
    pick = {kind: {r[1]: r[2] if len(r) > 2 else "" for r in rows if r[0] == kind} for kind in ("initial", "after", "before", "matter")}
    return pick["initial"], frozenset(pick["after"]), frozenset(pick["before"]), tuple(pick["matter"])


def _initials(text: str, words: tuple[Word, ...]) -> list[Name]:
    initials, after, before, matters = _initial_rows()
    found: list[Name] = []
    for i, word in enumerate(words):
        chars = word.text
        if not 1 <= len(chars) <= 4 or not any(c in initials for c in chars):
            continue
        following = text[word.end : word.end + 2]
        if _is_common(chars) or (len(chars) == 1 and _is_common(chars + following[:1])):
            continue
        several = next((k for k in range(len(chars), 1, -1) if all(c in initials for c in chars[:k])), 0)
        if several and (several == len(chars) or chars[several:] in after):
            sure, at = True, range(several)
        elif chars[0] in initials and len(chars) > 1 and chars[1:] in after:
            sure, at = True, range(1)
        elif chars[-1] in initials and len(chars) == 2 and chars[0] in before:
            sure, at = True, range(1, 2)
        elif len(chars) == 1 and (following in after or following[:1] in after or (i and words[i - 1].text in before)):
            dealt = text[word.start - 1 : word.start] in before and text.startswith(matters, word.end)
            sure, at = following in after or dealt, range(1)
        else:
            continue
        kind: NameKind = "place" if sure else "other"
        found += [
            Name(word.start + k, word.start + k + 1, chars[k], kind, tuple(initials[chars[k]].split())) for k in at if chars[k] in initials
        ]
    return found


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    """CC-CEDICT has the word (two characters or more) and does not write its English with a capital."""
    definitions = [d for e in raw_entries(word) for d in e.definitions if not d.startswith(_SKIP)] if len(word) > 1 else []
    return bool(definitions) and not any(c.isupper() for d in definitions for c in d[:8])


def _listed(words: tuple[Word, ...]) -> list[Name]:
    return [
        Name(w.start, w.end, w.text, kind, (), forms)
        for w in words
        if len(w.text) > 1 and w.pos not in ("punct", "num")
        for kind, forms in [_dictionary_name(w.text)]
        if forms
    ]


@lru_cache(maxsize=4096)
def _dictionary_name(word: str) -> tuple[NameKind, tuple[str, ...]]:
    """What CC-CEDICT calls a word if it writes it with a capital first."""
    forms: dict[str, None] = {}
    kind: NameKind = "other"
    for definition in (d for entry in raw_entries(word) for d in entry.definitions):
        if definition.startswith(_SKIP):
            continue
        bare = _MARKS.sub("", definition).strip()
        match = _CAPITAL.match(bare)
        if match is None:
            return "other", ()
        if _CALENDAR.fullmatch(match[0]):
            return "other", ()
        forms[plain(match[0])] = None
        if "(name)" in definition:
            kind = "person"
        elif kind == "other" and re.search(r"\b(city|county|province|state|district|capital|country|island|river|town)\b", definition):
            kind = "place"
    return kind, tuple(forms)


@cache
def _readings() -> dict[str, str]:
    rows = (line.split("\t") for line in names_base.lines("zh", "names_pinyin.tsv.gz"))
    return {char: syllable for syllable, chars in rows for char in chars}


_RESPELL = str.maketrans({"x": "sh", "q": "ch", "c": "ts"})


def _persons(words: tuple[Word, ...]) -> list[Name]:
    """What the tokenizer takes for a person's name and no dictionary has; read in pinyin, family name first."""
    return [
        Name(w.start, w.end, w.text, "person", (), _read_person(w.text))
        for w in words
        if w.pos == "name" and 2 <= len(w.text) <= 3 and not raw_entries(w.text) and not _is_sound(w.text) and _is_surname(w.text[0])
        if w.text[0] not in _OF_ROLES or not _is_common(w.text[1:])
    ]


_OF_ROLES = frozenset("新旧老原前大小")
"""Family names, too, but before a common word no part of a name (新东家, the new owner)."""


def _read_person(text: str) -> tuple[str, ...]:
    """A family name of one character and a given name, in pinyin as it is spelled and as it sounds."""
    return (f"{plain_pinyin(text[0])} {plain_pinyin(text[1:])}", pinyin(text))


@lru_cache(maxsize=4096)
def _is_surname(char: str) -> bool:
    return any(d.startswith("surname ") for e in raw_entries(char) for d in e.definitions)


def plain_pinyin(text: str) -> str:
    """The reading as pinyin spells it, in one word."""
    return "".join(_readings().get(char, "") for char in text)


def _sounded(words: tuple[Word, ...]) -> list[Name]:
    """Neighbouring words spelt by sound alone, unless all of them are common words."""
    found: list[Name] = []
    run: list[Word] = []
    for word in (*words, None):
        if word is not None and (not run or run[-1].end == word.start) and (_is_sound(word.text) or (run and word.text in "·・•")):
            run.append(word)
            continue
        while run and run[-1].text in "·・•":
            run.pop()
        text = "".join(w.text for w in run)
        if len(text) > 1 and not all(len(w.text) > 1 and _is_common(w.text) for w in run):
            found.append(_dotted(Name(run[0].start, run[-1].end, text, "other", (), (pinyin(text),))))
        run = [word] if word is not None and _is_sound(word.text) else []
    return found


def _is_syllables(name: Name, words: tuple[Word, ...], runs: list[Name]) -> bool:
    """A name that is only the beginning or the end of a longer one spelled by sound: 霍尔 in 霍尔贝克."""
    for piece in (p for run in runs for p in _pieces(run) if p.start <= name.start and name.end <= p.end and p.text != name.text):
        rest = [w for w in words if piece.start <= w.start and w.end <= piece.end and not name.start <= w.start < name.end]
        return all(len(w.text) > 1 and not _is_common(w.text) for w in rest)
    return False


def _dotted(name: Name) -> Name:
    """A run with a dot in it is a person's, and each piece is a form."""
    pieces = _pieces(name)
    return replace(name, kind="person", forms=(*name.forms, *(form for p in pieces for form in p.forms))) if len(pieces) > 1 else name


def _pieces(name: Name) -> list[Name]:
    """What stands between the dots of a run of sounds."""
    found = [(m.start() + name.start, m[0]) for m in re.finditer(r"[^·・•]{2,}", name.text)]
    kind: NameKind = "person" if len(found) > 1 else "other"
    return [Name(start, start + len(text), text, kind, (), (pinyin(text),)) for start, text in found]


def _is_sound(text: str) -> bool:
    return all(c in _sounds() for c in text)


@lru_cache(maxsize=4096)
def pinyin(text: str) -> str:
    """The reading of characters by their commonest sound, respelled as an English reader would say it (xi -> shi, qi -> chi)."""
    out = []
    for char in text:
        syllable = _readings().get(char, "")
        out.append(syllable if syllable.startswith(("ch", "sh", "zh")) else syllable.translate(_RESPELL))
    return " ".join(x for x in out if x)
