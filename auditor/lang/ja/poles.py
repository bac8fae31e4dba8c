"""Where Japanese words stand on the axes of `data/poles.tsv`.

A word of the table is a token's lemma, whole tokens of the text, or, with spaces, a run of lemmas; one that only excuses stands anywhere
in the text, too."""

from __future__ import annotations

from auditor.lang.cjk_numerals import BIG, MAGNITUDES
from auditor.lang.pole_table import Entry, Found, index, poles, runs
from auditor.model import Pole, Word


def read_poles(text: str, words: tuple[Word, ...]) -> tuple[Pole, ...]:
    """The poles that words of one sentence stand on, in order of position."""
    lemmas, signs = index("auditor.lang.ja", _first), index("auditor.lang.ja", _sign)
    forms = [frozenset({w.text, w.lemma}) for w in words]
    starts, ends = {w.start for w in words}, {w.end for w in words}
    found: list[Found] = []
    for at, names in enumerate(forms):
        for name in names:
            for entry, end in runs(lemmas.get(name, ()), forms, at):
                found.append((entry, words[at].start, words[end - 1].end))
    for at, char in enumerate(text):
        for entry in signs.get(char, ()):
            surface = entry.items[0]
            end = at + len(surface)
            if surface[-1] in MAGNITUDES and text[end : end + 1] in BIG:
                continue  # 数千 of 数千億
            if len(entry.items) == 1 and text.startswith(surface, at) and (not entry.sure or (at in starts and end in ends)):
                found.append((entry, at, end))
    return poles(found, text)


def _first(entry: Entry) -> str:
    return entry.items[0]


def _sign(entry: Entry) -> str:
    return entry.items[0][0]
