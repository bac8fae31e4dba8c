"""Builds `words_support.tsv.gz` of a language: how often a compound bears out a sense of the word in it.

    python -m auditor.tables.support zh        # from CC-CEDICT
    python -m auditor.tables.support ja        # from JMdict

Dictionaries list senses in an order of their own. That 出口 is more often an export than an exit shows in the compounds it stands in:
出口商 an exporter, 出口额 export volume. For each word with several senses the table counts the longer words that contain it and whose
definitions contain the sense. Columns: word, then sense=count, likeliest first. The file is the same byte for byte each time.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.lang.en.words import FUNCTION, lemmas
from auditor.lang.senses import Sense, senses_of

HEAD = "# Columns: word, then sense=number of longer words whose definition has it\n# Source: {source}; built by auditor.tables.support\n"
_LONGEST = 6
_MOST = 8


def base(text: str) -> frozenset[str]:
    """The lemmas of the content words of a definition."""
    found = set()
    for token in re.findall(r"[a-z]+", text.lower()):
        if token not in FUNCTION:
            found.add(token)
            found.update(lemma.lower() for _, lemma in lemmas(token))
    return frozenset(found)


def chinese() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Words and definitions of CC-CEDICT."""
    from auditor.lang.zh.lexicon import definitions, words

    for word in words():
        yield word, definitions(word)


def japanese() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Written forms and definitions of JMdict."""
    import sqlite3

    import jamdict_data

    database = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    glosses: dict[int, list[str]] = defaultdict(list)
    query = "select s.idseq, g.text from SenseGloss g join Sense s on s.ID = g.sid where +g.lang = 'eng' order by s.idseq, s.ID, g.rowid"
    for idseq, text in database.execute(query):
        glosses[idseq].append(text)
    forms: dict[str, list[str]] = defaultdict(list)
    for idseq, form in database.execute("select idseq, text from Kanji order by idseq, ID"):
        forms[form] += glosses[idseq]
    for form, texts in forms.items():
        yield form, tuple(texts)


def count(dictionary: dict[str, tuple[str, ...]]) -> dict[str, Counter[str]]:
    """word -> sense -> number of longer words that bear it out."""
    needs: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for word, definitions in dictionary.items():
        senses: Iterable[Sense] = dict.fromkeys(s for d in definitions for s in senses_of(d))
        wanted = {s.english: base(s.english) for s in senses}
        if len(wanted) > 1:
            needs[word] = tuple((english, terms) for english, terms in wanted.items() if terms)
    support: dict[str, Counter[str]] = defaultdict(Counter)
    for word, definitions in dictionary.items():
        if not 1 < len(word) <= _LONGEST:
            continue
        terms = base(" ".join(definitions))
        inside = {word[i:j] for i in range(len(word)) for j in range(i + 1, len(word) + 1)} - {word}
        for part in inside & needs.keys():
            support[part].update(english for english, wanted in needs[part] if wanted <= terms)
    return support


def main() -> None:
    """Write the table of a language."""
    lang = sys.argv[1]
    words, source = {
        "zh": (chinese, "CC-CEDICT (CC BY-SA 4.0)"),
        "ja": (japanese, "JMdict (CC BY-SA 4.0), EDRDG"),
    }[lang]
    support = count(dict(words()))
    rows = []
    for word in sorted(support):
        best = sorted(support[word].items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        if best and best[0][1] > 1:
            rows.append("\t".join((word, *(f"{english}={n}" for english, n in best))) + "\n")
    path = Path(__file__).parent.parent / "lang" / lang / "data" / "words_support.tsv.gz"
    path.write_bytes(gzip.compress((HEAD.format(source=source) + "".join(rows)).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
