"""Builds the packaged WordNet tables from Debian's `wordnet-base` (WordNet 3.0, Princeton's permissive licence).

    apt-get install wordnet-base
    python -m auditor.tables.wordnet            # reads /usr/share/wordnet, writes auditor/lang/en/data/words_*.tsv.gz

`words_lemmas.tsv.gz`   lemma, tag counts by part of speech ("n12 v3"), synset ids in the order of its senses, direct antonyms, derivations
`words_synsets.tsv.gz`  synset id, lemmas, ids of hypernyms (of a satellite adjective: its head), ids of antonym synsets

Only lemmas of at most three words that are heard of (zipf 1 or more) are kept, lower case; a synset that keeps no lemma goes.
The files are the same byte for byte each time.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from wordfreq import zipf_frequency

PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
HEAD = (
    "# {columns}\n# Source: WordNet 3.0 (Debian wordnet-base), built by auditor.tables.wordnet. Licence: WordNet 3.0 license,\n"
    "# Copyright 2006 by Princeton University. All rights reserved. THIS SOFTWARE AND DATABASE IS PROVIDED AS IS.\n"
)


@dataclass(frozen=True, slots=True)
class Synset:
    """A line of a data file: lemmas in order and (sign, target synset, own word number, its word number) pointers."""

    id: str
    lemmas: tuple[str, ...]
    pointers: tuple[tuple[str, str, int, int], ...]


def read_synsets(folder: Path) -> dict[str, Synset]:
    """All synsets by id: part of speech and offset ("n00001740")."""
    found: dict[str, Synset] = {}
    for name, part in PARTS.items():
        for line in (folder / f"data.{name}").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                synset = _synset(line.split(" | ")[0].split(), part)
                found[synset.id] = synset
    return found


def _synset(fields: list[str], part: str) -> Synset:
    count = int(fields[3], 16)
    lemmas = tuple(_lemma(fields[4 + 2 * i]) for i in range(count))
    at = 4 + 2 * count
    pointers = []
    for i in range(int(fields[at])):
        sign, offset, pos, numbers = fields[at + 1 + 4 * i : at + 5 + 4 * i]
        pointers.append((sign, ("a" if pos == "s" else pos) + offset, int(numbers[:2], 16), int(numbers[2:], 16)))
    return Synset(part + fields[0], lemmas, tuple(pointers))


def _lemma(written: str) -> str:
    return written.split("(")[0].replace("_", " ").lower()


def read_senses(folder: Path) -> dict[str, list[str]]:
    """lemma -> synset ids, by tag count over the parts of speech, then by sense number."""
    counts = sense_counts(folder)
    ranked: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for name, part in PARTS.items():
        for line in (folder / f"index.{name}").read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            lemma, number = _lemma(fields[0]), int(fields[2])
            for rank, offset in enumerate(fields[-number:], 1):
                ranked[lemma].append((-counts[(lemma, part, rank)], rank, part + offset))
    return {lemma: [id_ for _, _, id_ in sorted(senses)] for lemma, senses in ranked.items()}


def sense_counts(folder: Path) -> Counter[tuple[str, str, int]]:
    """(lemma, part of speech, sense number) -> how often it was tagged in the concordance."""
    counts: Counter[tuple[str, str, int]] = Counter()
    parts = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, sense, count = line.split()
        lemma, _, rest = key.partition("%")
        counts[(_lemma(lemma), parts[rest[0]], int(sense))] += int(count)
    return counts


def kept(lemma: str) -> bool:
    """Short enough and heard of."""
    return lemma.count(" ") < 3 and all(c.isalpha() or c in " -'." for c in lemma) and zipf_frequency(lemma, "en") >= 1.0


def lemma_rows(folder: Path, synsets: dict[str, Synset]) -> Iterator[tuple[str, ...]]:
    """Rows of words_lemmas."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (lemma, part, _), count in sense_counts(folder).items():
        counts[lemma][part] += count
    related = _lexical_pointers(synsets)
    for lemma, senses in sorted(read_senses(folder).items()):
        if kept(lemma):
            parts = {id_[0] for id_ in senses}
            tagged = " ".join(f"{p}{counts[lemma][p]}" for p in "nvar" if p in parts)
            yield lemma, tagged, " ".join(map(_short, senses)), *(",".join(filter(kept, related[(lemma, sign)])) for sign in "!+")


def _lexical_pointers(synsets: dict[str, Synset]) -> dict[tuple[str, str], dict[str, None]]:
    """(lemma, "!" antonym or "+" derivation) -> lemmas; adverbs get the adjective they are made of, participles their verb."""
    related: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for synset in synsets.values():
        for sign, target, own, its in synset.pointers:
            if sign in "!+\\<" and own and its:
                one, other = synset.lemmas[own - 1], synsets[target].lemmas[its - 1]
                kind = "!" if sign == "!" else "+"
                if one != other:
                    related[(one, kind)][other] = None
                    related[(other, kind)][one] = None
    return related


def synset_rows(synsets: dict[str, Synset]) -> Iterator[tuple[str, ...]]:
    """Rows of words_synsets."""
    for synset in synsets.values():
        lemmas = [x for x in dict.fromkeys(synset.lemmas) if kept(x)]
        if lemmas:
            heads = {t for sign, t, _, _ in synset.pointers if sign in ("@", "@i") or (sign == "&" and synset.id[0] == "a")}
            opposites = {t for sign, t, _, _ in synset.pointers if sign == "!"}
            yield _short(synset.id), ",".join(lemmas), " ".join(sorted(map(_short, heads))), " ".join(sorted(map(_short, opposites)))


def _short(id_: str) -> str:
    """An id in fewer letters: the offset in base 36."""
    digits, number = "", int(id_[1:])
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return id_[0] + digits


def write(path: Path, columns: str, rows: Iterable[tuple[str, ...]]) -> None:
    """A gzipped TSV with its head comment; no time stamp."""
    text = HEAD.format(columns=columns) + "".join("\t".join(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main() -> None:
    """Build both tables."""
    parser = argparse.ArgumentParser(description="Builds the packaged WordNet tables.")
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "lang" / "en" / "data")
    given = parser.parse_args()
    synsets = read_synsets(given.wordnet)
    columns = "lemma, tag counts, synset ids, antonyms, derivations"
    write(given.out / "words_lemmas.tsv.gz", columns, lemma_rows(given.wordnet, synsets))
    write(given.out / "words_synsets.tsv.gz", "synset id, lemmas, hypernyms or head, antonym synsets", synset_rows(synsets))


if __name__ == "__main__":
    main()
