"""Names across scripts by what their characters are spelled with: how likely a Latin spelling is for a row of syllables.

`names_letters.tsv.gz` of a language says with which letters each of its syllables stands in names known in both scripts (科: ko, co, ka,
kov ...; `auditor/tables/names_letters.py`). The score of a spelling is the logarithm of how much likelier it is under the syllables than
among names in general, per letter: about 1.5 for a transliteration, about 0 for another name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from auditor.lang.names_base import lines

LONGEST = 5  # letters one syllable may be spelled with
_UNSEEN, _UNSEEN_LETTER = -4.0, 2.8  # logarithm of a spelling the table has not, and more for each letter of it
_NEVER = -1e9

Row = dict[str, float]


@cache
def sounds(code: str) -> frozenset[str]:
    """The characters a language spells foreign names with (`names_sounds.tsv`); none where it has letters of their own for that."""
    from importlib.resources import files

    if not (files("auditor.lang") / code / "data" / "names_sounds.tsv").is_file():
        return frozenset()
    return frozenset(lines(code, "names_sounds.tsv")[0])


@dataclass(frozen=True, slots=True)
class Heard:
    """The best stretch of syllables for a spelling: units[start:end], and its score per letter."""

    score: float
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Letters:
    """Spellings of one language's syllables: syllable -> letters -> probability; of letters after letters among names in general."""

    spelled: dict[str, Row]
    general: dict[str, Row]

    def best(self, word: str, units: Sequence[str]) -> Heard:
        """The stretch of the units that spells the whole word best (Viterbi, free at both ends)."""
        found = self._paths(word, units, True)
        return max(found, key=lambda heard: heard.score, default=Heard(_NEVER))

    def whole(self, word: str, units: Sequence[str]) -> float:
        """The score of the word for all of the units."""
        found = [h.score for h in self._paths(word, units, False) if h.end == len(units)]
        return max(found, default=_NEVER)

    def _paths(self, word: str, units: Sequence[str], anywhere: bool) -> list[Heard]:
        size = len(word)
        if not size:
            return []
        general = self.general_of(word)
        row: list[tuple[float, int]] = [(0.0, 0), *[(_NEVER, 0)] * size]
        found: list[Heard] = []
        for at, unit in enumerate(units):
            if anywhere:
                row[0] = (0.0, at)
            new = [(_NEVER, 0)] * (size + 1)
            for start in range(size + 1):
                score, since = row[start]
                if score <= _NEVER:
                    continue
                for end in range(start, min(size, start + LONGEST) + 1):
                    total = score + self._cost(unit, word[start:end])
                    if total > new[end][0]:
                        new[end] = (total, since)
            row = new
            if row[size][0] > _NEVER:
                found.append(Heard((row[size][0] - general) / size, row[size][1], at + 1))
        return found

    def _cost(self, unit: str, chunk: str) -> float:
        row = self.spelled.get(unit)
        if row is None:
            return -2.0 - _UNSEEN_LETTER * len(chunk)
        return row.get(chunk) or _UNSEEN - _UNSEEN_LETTER * len(chunk)

    def general_of(self, word: str) -> float:
        """The logarithm of how likely the spelling is among names in general (letters after letters)."""
        total, before = 0.0, "^"
        for letter in word:
            total += self.general.get(before, {}).get(letter, -6.0)
            before = letter
        return total


@cache
def letters(lang: str) -> Letters:
    """The table of a language."""
    spelled: dict[str, Row] = {}
    general: dict[str, Row] = {}
    for line in lines(lang, "names_letters.tsv.gz"):
        unit, *cells = line.split("\t")
        row = {chunk: -int(cost) / 100 for chunk, _, cost in (cell.rpartition(":") for cell in cells)}
        (general if unit.startswith("^") else spelled)[unit.removeprefix("^") or "^"] = row
    return Letters(spelled, general)
