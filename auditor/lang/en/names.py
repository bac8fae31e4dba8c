"""English names: places, organisations and people of the table, acronyms, and capitalised runs that are no common words.

Capital letters mean little at the start of a sentence and nothing in a headline: there a word counts as a name only when the table
or no dictionary knows it. A place that is part of a person's name (Michael Jordan, Paris Hilton) is not read as a place.
Days, months and titles are no names. An unknown or doubtful name behind a word that says where ("in Voss") is a place. A run of
capitalised common words (Supreme Court) is an organisation without forms to compare by sound; its spelling is its only form. An
unknown name that ends with a common word of places or organisations is one (Atacama Desert, Cornell University).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from auditor.lang import names_base
from auditor.lang.en.words import lemmas
from auditor.lang.names_base import NameTable
from auditor.lang.translit import plain
from auditor.model import Name, NameKind, Word

_LONGEST = 6


@cache
def _words(kind: str) -> frozenset[str]:
    """Words of `names_words.tsv`: "never" those that are no names by themselves, "join" those that stand inside one."""
    rows = (line.split("\t") for line in names_base.lines("en", "names_words.tsv"))
    return frozenset(word for row_kind, word in rows if row_kind == kind)


@cache
def _given() -> frozenset[str]:
    return frozenset(names_base.lines("en", "names_given.tsv.gz"))


def read_names(text: str, words: tuple[Word, ...]) -> tuple[Name, ...]:
    """Names in order, not overlapping."""
    table = names_base.load("en")
    known = _known(text, words, table)
    taken = {i for span in known for i in range(*span)}
    found = list(known.values())
    found += _runs(text, words, taken, _is_headline(words, taken))
    found.sort(key=lambda n: n.start)
    places = frozenset(n.start for n in found if n.kind == "place" and n.keys)
    return tuple(replace(name, kind="place") if _is_located(text, name, places) else name for name in found)


_GOES_ON = re.compile(r"['’-]|\s[A-Z]")
_WITHIN = re.compile(r", (?:in )?| in ")
_BEFORE = re.compile(r"(\w+) $")
_REACH = 12
"""Characters before a name that may hold a word that says where."""


def _is_located(text: str, name: Name, places: frozenset[int]) -> bool:
    """What may be a town stands where a place does: Voss in "in Voss" and "Voss in Norway", not in "Voss said" or "in Voss's view"."""
    if name.kind != "other" or name.text.isupper() or any(key.startswith("entity:") for key in name.keys):
        return False
    if _GOES_ON.match(text, name.end):
        return False
    before = _BEFORE.search(text[max(0, name.start - _REACH) : name.start])
    if before is not None and before[1].lower() in (_words("where") | _words("whence") if name.keys else _words("where")):
        return True
    within = _WITHIN.match(text, name.end)
    return within is not None and within.end() in places


def _is_headline(words: tuple[Word, ...], taken: set[int]) -> bool:
    """Most of the common words begin with a capital; a title says nothing if it has one, much if it has none."""
    content = [w for i, w in enumerate(words) if i and i not in taken and w.pos not in ("function", "punct", "num")]
    common = [w for w in content if _is_common(w.lemma) and (w.lemma not in _words("never") or w.text[0].islower())]
    return len(common) > 2 and sum(w.text[0].isupper() for w in common) >= 0.6 * len(common)


def _is_common(form: str) -> bool:
    return any(pos != "name" for pos, _ in lemmas(form.lower()))


def _known(text: str, words: tuple[Word, ...], table: NameTable) -> dict[tuple[int, int], Name]:
    """Names of the table by word range, the longest first at every word."""
    found: dict[tuple[int, int], Name] = {}
    at = 0
    while at < len(words):
        step = 1
        if words[at].text[0].isupper() or words[at].text in ("al", "bin", "von"):
            for last in range(min(at + _LONGEST, len(words)), at, -1):
                name = _entry(text, words, at, last, table)
                if name is not None:
                    found[(at, last)] = name
                    step = last - at
                    break
        at += step
    return found


def _entry(text: str, words: tuple[Word, ...], first: int, last: int, table: NameTable) -> Name | None:
    start, end = words[first].start, words[last - 1].end
    surface = text[start:end].replace("’", "'")
    entry = table.get(surface)
    if entry is None and surface.isupper() and len(surface) > 3:
        surface = surface.title()
        entry = table.get(surface)
    if entry is None or (first and _in_person(words, first, last, entry[0])):
        return None
    kind, keys = entry
    if kind == "place" and last - first == 1 and not first and _next_is_surname(words, last, surface):
        return None
    return Name(start, end, text[start:end], kind, keys, (plain(surface),))


def _in_person(words: tuple[Word, ...], first: int, last: int, kind: NameKind) -> bool:
    """Michael + Jordan: a given name before a single place or "other" makes it a person's."""
    before, word = words[first - 1], words[first]
    if kind == "person" or last - first > 1 or text_between(before, word) != 1 or names_base.load("en").get(before.text) is not None:
        return False
    if before.text in _given():
        return True
    unknown = first > 1 and before.text[0].isupper() and before.text[1:].islower() and before.lemma not in _words("never")
    if not unknown or _is_common(before.lemma) or before.pos == "function":
        return False
    return not lemmas(word.lemma) and word.lemma not in _adjectives()


@cache
def _adjectives() -> frozenset[str]:
    """Surfaces of countries and world regions: after an unknown capitalised word they are still places."""
    table = names_base.load("en")
    return frozenset(s.lower() for s, row in table.entries.items() if "place:" in row or "entity:" in row)


def _next_is_surname(words: tuple[Word, ...], last: int, surface: str) -> bool:
    """Paris + Hilton at the start of a sentence: a place that is also a given name, before an unknown capitalised word."""
    if surface not in _given() or last >= len(words):
        return False
    after = words[last]
    return after.text[0].isupper() and not lemmas(after.lemma) and text_between(words[last - 1], after) == 1


def text_between(one: Word, other: Word) -> int:
    """Characters between two words."""
    return other.start - one.end


def _runs(text: str, words: tuple[Word, ...], taken: set[int], shouted: bool) -> list[Name]:
    found: list[Name] = []
    at = 0
    while at < len(words):
        last = at
        while last < len(words) and last not in taken and _carries(words, at, last):
            last += 1
        while last > at and words[last - 1].lemma in _words("join") and words[last - 1].text[0].islower():
            last -= 1
        if last > at:
            name = _run(text, words, at, last, shouted)
            if name is not None:
                found.append(name)
        at = max(last, at + 1)
    return found


_COMPOUND = re.compile(
    r"^(?:style|era|like|wide|bound|born|run|made|led|old|only|friendly|loving|backed|based|built|owned|held|esque|ish|type|land|year|day|"
    r"themed|inspired|linked|aligned|funded|controlled|occupied|sponsored|educated|trained|speaking|hating|free|first|level|size|sized|"
    r"brokered|mediated|dominated|appointed|administered|affiliated|branded|registered|flagged|listed|certified|in|on|off|up|to|and)$"
)
"""What makes a compound of a name ("Le Pen-style"), where Korean names have their second syllable."""


def _carries(words: tuple[Word, ...], first: int, at: int) -> bool:
    word = words[at]
    if at > first and words[at].start - words[at - 1].end > 1:
        return False
    if word.text[0].isupper():
        if any(word.lemma.endswith(end) for end in ("'re", "'ll", "'ve", "'d", "'m", "n't")):
            return False
        return word.text.lower().rstrip(".") not in _words("never") and word.pos != "function"
    if at > first + 2 and words[at - 1].text == "-" and words[at - 2].end == words[at - 1].start and word.text.isalpha():
        return not _COMPOUND.search(word.text)  # Kang Tae-sik
    return at > first and (word.lemma in _words("join") or word.text in ("-", "."))


def _run(text: str, words: tuple[Word, ...], first: int, last: int, shouted: bool) -> Name | None:
    """The name of a run of capitalised words, or None when they are common words."""
    while last > first and words[last - 1].pos == "punct":
        last -= 1
    while first < last and (_starts_sentence(words, first) or shouted) and not _is_strange(words[first], shouted):
        if last - first > 1 and not shouted and not _is_strange(words[first + 1], shouted):
            break
        first += 1
    if first >= last:
        return None
    run = [w for w in words[first:last] if w.pos != "punct"]
    span = text[run[0].start : run[-1].end]
    strange = [w for w in run if _is_strange(w, shouted)]
    if not strange:
        if len(run) < 2 or shouted:
            return None
        return Name(run[0].start, run[-1].end, span, "organisation", (), (plain(span),))
    kind = _kind(run, strange)
    forms = tuple(dict.fromkeys(plain(f) for f in (span, *(w.text for w in strange))))
    return Name(run[0].start, run[-1].end, span, kind, (), tuple(f for f in forms if f))


def _kind(run: list[Word], strange: list[Word]) -> NameKind:
    """By the common word that a name ends with (Atacama Desert, Cornell University), or the given name it begins with."""
    if len(run) > 1 and run[-1] not in strange and strange:
        last = run[-1].text.lower().rstrip(".")
        if last in _words("org"):
            return "organisation"
        if last in _words("geo"):
            return "place"
    return "person" if run[0].text in _given() and len(run) > 1 else "other"


def _starts_sentence(words: tuple[Word, ...], at: int) -> bool:
    return at == 0 or words[at - 1].text in '.:!?"“‘—-(•|' or (words[at - 1].pos == "punct" and at == 1)


def _is_strange(word: Word, shouted: bool) -> bool:
    """No dictionary word in lower case, or an acronym, or a spelling with a capital inside."""
    form = word.text
    if len(form) > 1 and form.isupper() and not shouted and form.isalpha():
        return len(form) == 2 or not _is_common(form)
    if any(c.isupper() for c in form[1:]) and not form.isupper():
        return True
    return form[0].isupper() and len(form) > 1 and (form in _given() or not _is_common(form))
