"""Builds `words_renderings.tsv.gz` of a language: the commonest words that say what an English lemma says.

    python -m auditor.tables.renderings zh        # from CC-CEDICT and wordfreq's Chinese list
    python -m auditor.tables.renderings ja        # from JMdict and wordfreq's Japanese list

The dictionaries go from the language to English; a rule that asks "what if the translation had the source's word?" needs the way back.
A word renders a lemma when the lemma is among its first senses; those it means first, and that are common, come first. Columns: lemma,
then word/part of speech by the dictionary ("" when it does not say). The file is the same byte for byte each time.
"""

from __future__ import annotations

import gzip
import importlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from wordfreq import get_frequency_dict

from auditor.lang.en.frequency import zipf
from auditor.lang.senses import Sense, ordered, support_of

HEAD = "# Columns: lemma, then word/part of speech, likeliest first\n# Source: {source}; built by auditor.tables.renderings\n"
_SOURCES = {"zh": "CC-CEDICT (CC BY-SA 4.0), wordfreq (CC BY-SA 4.0)", "ja": "JMdict (CC BY-SA 4.0), EDRDG, wordfreq (CC BY-SA 4.0)"}
_LEAST, _HEARD = 2.5, 2.0
"""Zipf frequency from which a word of the language and an English lemma are worth a row."""
_SENSES, _MOST = 4, 6
_SHORT = 1.0
"""What a word of one character loses: it mostly stands inside others."""


def words(lang: str) -> Iterator[tuple[str, float, tuple[Sense, ...], dict[str, int]]]:
    """Every common word of the dictionary with its zipf frequency, its senses and what compounds bear out."""
    lexicon = importlib.import_module(f"auditor.lang.{lang}.lexicon")
    support = lexicon._support()
    for word, share in sorted(get_frequency_dict(lang, "best").items()):
        import math

        common = math.log10(share) + 9
        if common >= _LEAST and not word.isascii() and (found := lexicon.all_senses(word)):
            if lang != "zh" or not lexicon.is_name(word):
                yield word, common, found, support_of(support.get(word))


def renderings(lang: str) -> dict[str, list[tuple[float, str, str]]]:
    """Lemma -> (score, word, part of speech)."""
    found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for word, common, senses, support in words(lang):
        parts = {s.english: s.pos for s in reversed(senses)}
        for rank, english in enumerate(ordered(senses, "", support)[:_SENSES]):
            if " " not in english and zipf(english) >= _HEARD:
                found[english].append((common - rank - _SHORT * (len(word) == 1), word, parts[english]))
    return found


def main() -> None:
    """Write the table of a language."""
    lang = sys.argv[1]
    rows = []
    for lemma, found in sorted(renderings(lang).items()):
        best = sorted(found, key=lambda f: (-f[0], f[1]))[:_MOST]
        rows.append("\t".join((lemma, *(f"{word}/{pos}" for _, word, pos in best))) + "\n")
    path = Path(__file__).parent.parent / "lang" / lang / "data" / "words_renderings.tsv.gz"
    path.write_bytes(gzip.compress((HEAD.format(source=_SOURCES[lang]) + "".join(rows)).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
