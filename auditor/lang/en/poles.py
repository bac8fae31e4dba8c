"""Where English words stand on the axes of `data/poles.tsv`: by form or by any lemma of it; "/v", "/n", "/a" ask for a part of speech,
and `MONTH` for the name of a month."""

from __future__ import annotations

from functools import cache

from auditor.lang.en.lexicon import parts
from auditor.lang.pole_table import Entry, Found, Index, index, load, poles, runs
from auditor.model import Pole, Word

_PACKAGE = "auditor.lang.en"
_MONTH = "MONTH"


def read_poles(text: str, words: tuple[Word, ...]) -> tuple[Pole, ...]:
    """The poles that words of one sentence stand on, in order of position."""
    table = _index()
    forms = [_forms(word) for word in words]
    found: list[Found] = []
    for at, names in enumerate(forms):
        for name in names:
            for entry, end in runs(table.get(name, ()), forms, at):
                found.append((entry, words[at].start, words[end - 1].end))
    return poles(found, text)


def _index() -> Index:
    return index(_PACKAGE, _first)


def _first(entry: Entry) -> str:
    return entry.items[0]


def _forms(word: Word) -> frozenset[str]:
    low = word.text.lower().replace("’", "'")
    names = {low, word.lemma, *word.senses}
    names |= {f"{name}/{word.pos[:1]}" for name in (low, word.lemma)}
    if word.text[:1].isupper() and low in _months():
        names.add(_MONTH)
    return frozenset(names)


@cache
def _months() -> frozenset[str]:
    from babel import Locale

    return frozenset(name.lower() for name in Locale("en").months["format"]["wide"].values())


@cache
def instead(axis: str, pole: str, part: str) -> tuple[str, ...]:
    """The English words that stand on a pole and may be of a part of speech; all of them when none is or it does not matter."""
    found = [" ".join(item.partition("/")[0] for item in e.items) for e in load(_PACKAGE) if (e.axis, e.pole, e.sure) == (axis, pole, True)]
    found = [f for f in found if _MONTH not in f]
    part = "noun" if part == "name" else part
    return tuple(f for f in found if " " not in f and part in parts(f)) or tuple(found)
