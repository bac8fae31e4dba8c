"""The English tone lexicon: seeds and VADER spread over WordNet.

Three sources meet. `tone_seeds.tsv` is the ladder of reporting verbs and labels, a few per rung. VADER (MIT) gives the valence of 7,500
word forms, TextBlob's adjective list (MIT) that of some more. WordNet carries both to their neighbours: a verb of communication without a
rung takes the one of its synset or of the nearest verb above it; a word without a valence takes the damped mean of its synonyms,
similar words, derivations, and of the words it shares a dictionary definition with (the bilingual dictionaries, pivoted).

Valence is not loadedness: "kill" is bad news, "thug" is an opinion. Loadedness (intensity) grows with valence for words of judgement
(adjectives, adverbs, nouns of persons and of talk), stays low for events and deeds, and is less for words that news uses every day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wordfreq import zipf_frequency

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
# How loaded a word of full valence is, by its lexicographer file: judgement, then talk and people, then the rest.
LOADED = {"00": 1.0, "01": 0.6, "02": 1.0, "18": 1.0, "10": 0.8,
     "07": 0.8, "09": 0.6, "12": 0.5, "32": 1.0, "14": 0.5, "04": 0.4, "37": 0.6, "29": 0.5}  # fmt: skip
PLAIN = 0.2
OPINION = -1.6  # valence of a word that is known to be bad


@dataclass(frozen=True, slots=True)
class Entry:
    """A word's tone: kind as in ToneWord; share is how much of the word's use is in that kind (1 for all)."""

    kind: str
    valence: float
    intensity: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Sense:
    """A synset: lexicographer file, lemmas, pointers (sign, synset id), gloss."""

    file: str
    lemmas: tuple[str, ...]
    pointers: tuple[tuple[str, str], ...]


def read_seeds(path: Path) -> dict[tuple[str, str], Entry]:
    """(word, kind) -> entry."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {(w, k): Entry(k, float(v), float(i)) for w, k, v, i in rows}


def read_opinions(path: Path) -> dict[str, float]:
    """The negative words of the Opinion Lexicon with the valence that VADER's mostly have: people sorted them, no one graded them."""
    words = path.read_text(encoding="latin-1").splitlines()
    return {word: OPINION for word in words if re.fullmatch(r"[a-z][a-z' -]+", word)}


class WordNet:
    """Synsets with lexicographer files and, for every lemma, its senses with how often each was tagged."""

    def __init__(self, folder: Path) -> None:
        self.senses: dict[str, Sense] = {}
        self.of: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, part in PARTS.items():
            for line in (folder / f"data.{name}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    fields = line.split(" | ")[0].split()
                    self.senses[part + fields[0]] = _sense(fields)
            for line in (folder / f"index.{name}").read_text(encoding="utf-8").splitlines():
                if not line.startswith(" "):
                    fields = line.split()
                    ids = fields[-int(fields[2]) :]
                    lemma = fields[0].replace("_", " ")
                    self.of[lemma] += [(part + x, 1.0 / (rank + 1) ** 1.5) for rank, x in enumerate(ids)]
        self._derived: dict[str, list[str]] = defaultdict(list)
        for lemma, senses in self.of.items():
            for sense, weight in senses:
                if sense[0] == "n" and weight >= 0.3:
                    targets = [t for sign, t in self.senses[sense].pointers if sign == "+" and t[0] == "v"]
                    self._derived[lemma] += [v for t in targets for v in self.senses[t].lemmas if v[:3] == lemma[:3]]

    def verbs_of(self, noun: str) -> list[str]:
        """Verbs that a noun derives from ("denunciation": denounce)."""
        return self._derived.get(noun, [])

    def adverbs(self) -> dict[str, str]:
        """Adverb -> the adjective it is made of."""
        return {
            lemma: self.senses[t].lemmas[0]
            for i, s in self.senses.items()
            if i[0] == "r"
            for sign, t in s.pointers
            if sign == "\\"
            for lemma in s.lemmas
            if lemma[:3] == self.senses[t].lemmas[0][:3]
        }


def _sense(fields: list[str]) -> Sense:
    count = int(fields[3], 16)
    lemmas = tuple(fields[4 + 2 * i].split("(")[0].replace("_", " ").lower() for i in range(count))
    at = 4 + 2 * count
    pointers = tuple(
        (fields[at + 1 + 4 * i], fields[at + 3 + 4 * i].replace("s", "a") + fields[at + 2 + 4 * i]) for i in range(int(fields[at]))
    )
    return Sense(fields[1], lemmas, pointers)


def reporting(net: WordNet, seeds: Mapping[tuple[str, str], Entry]) -> dict[str, Entry]:
    """Every verb of communication on the rung of its synset, or of the nearest verb above that has one."""
    rungs: dict[str, Entry] = {}
    for (word, kind), entry in seeds.items():
        if kind == "reporting":
            found = [s for s, _ in net.of.get(word, ()) if net.senses[s].file == "32"]
            for sense in found[: 1 if len(found) < 4 else 2]:
                if sense not in rungs or entry.intensity > rungs[sense].intensity:
                    rungs[sense] = entry
    lexicon: dict[str, Entry] = {}
    for lemma, senses in net.of.items():
        verbs = [(s, w) for s, w in senses if s[0] == "v"]
        talk = [(s, w) for s, w in verbs if net.senses[s].file == "32"]
        reached = [(e, w) for s, w in talk if (e := climb(net, s, rungs))]
        if reached:
            best, _ = max(reached, key=lambda x: (x[1], x[0].intensity))
            share = sum(w for _, w in talk) / sum(w for _, w in verbs)
            lexicon[lemma] = Entry("reporting", best.valence, best.intensity, round(share, 2))
    for (word, kind), entry in seeds.items():
        if kind == "reporting":
            lexicon[word] = Entry(kind, entry.valence, entry.intensity, lexicon[word].share if word in lexicon else 1.0)
    return lexicon


def climb(net: WordNet, sense: str, rungs: Mapping[str, Entry]) -> Entry | None:
    """The rung of a synset: its own, else the nearest above it."""
    seen: list[str] = [sense]
    for at in seen:
        if at in rungs:
            return rungs[at]
        if len(seen) < 12:
            seen += [t for sign, t in net.senses[at].pointers if sign == "@" and t not in seen and net.senses[t].file == "32"]
    return None


def spread(net: WordNet, known: Mapping[str, float], companions: Mapping[str, Iterable[str]], rounds: int = 2) -> dict[str, float]:
    """Valence of words that no list has: the damped mean of their neighbours, those that agree in sign."""
    valence = dict(known)
    neighbours: dict[str, set[str]] = {}
    for lemma, senses in net.of.items():
        if lemma not in known and zipf_frequency(lemma, "en") > 1.0:
            neighbours[lemma] = _neighbours(net, senses) - {lemma}
    for lemma, others in companions.items():
        if lemma not in known:
            neighbours.setdefault(lemma, set()).update(others)
    for _ in range(rounds):
        new: dict[str, float] = {}
        for lemma, others in neighbours.items():
            if lemma in valence:
                continue
            values = [valence.get(o, 0.0) for o in others]
            felt = [v for v in values if abs(v) >= 0.8]
            total = sum(felt)
            if felt and abs(total) >= 0.7 * sum(map(abs, felt)) and len(felt) >= 0.3 * len(values):
                new[lemma] = round(total / (len(felt) + 0.5), 2)
        valence |= new
    return valence


def _neighbours(net: WordNet, senses: Iterable[tuple[str, float]]) -> set[str]:
    found: set[str] = set()
    for sense, weight in senses:
        if weight < 0.3:
            continue
        found.update(net.senses[sense].lemmas)
        for sign, target in net.senses[sense].pointers:
            if sign in ("&", "+", "\\", "$"):
                found.update(net.senses[target].lemmas[:3])
    return found


def loadedness(net: WordNet, word: str, valence: float) -> float:
    """How much of a word's valence is opinion rather than event (0 to 4)."""
    senses = net.of.get(word) or net.of.get(re.sub(r"s$", "", word)) or []
    weights = sum(w for _, w in senses)
    factor = sum(w * LOADED.get(net.senses[s].file, PLAIN) for s, w in senses) / weights if weights else 0.8
    usual = min(1.0, max(0.35, 1.0 - 0.35 * (zipf_frequency(word, "en") - 3.4)))
    return round(min(4.0, 1.9 * abs(valence) * factor * usual), 2)
