"""Rebuilds the table by which Chinese text knows Japanese people: `python -m auditor.tables.people`.

`zh/data/names_japanese.tsv.gz`  a full name in Hans characters, its reading in Latin letters, family name first (JMnedict's entries of
people, CC BY-SA 4.0). A name stays when its characters split into a family name and a given name that JMnedict reads so as well: what
it says of Chinese and Korean people is no reading of theirs.
"""

from __future__ import annotations

import gzip
import io
import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from auditor.lang.translit import plain, romaji

PATH = Path(__file__).parent.parent / "lang" / "zh" / "data" / "names_japanese.tsv.gz"
_FULL = (
    "select k.text, g.text from NETransType t join NETranslation n on n.ID = t.tid join NETransGloss g on g.tid = t.tid "
    "join NEKanji k on k.idseq = n.idseq where t.text = 'person'"
)
_PART = "select g.text from NEKanji k join NETranslation n on n.idseq = k.idseq join NETransGloss g on g.tid = n.ID where k.text = ?"
_HEAD = "# Japanese people: full name (Hans), readings (family name first); source: JMnedict (CC BY-SA 4.0), EDRDG, 2026-11"


def main() -> None:
    """Writes the table and says how large it is."""
    found: dict[str, dict[str, None]] = {}
    for surface, reading in _people():
        found.setdefault(surface, {})[reading] = None
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write("\n".join([_HEAD, *(f"{s}\t{'|'.join(r)}" for s, r in sorted(found.items()))]).encode())
    PATH.write_bytes(raw.getvalue())
    print(len(found), PATH.stat().st_size)


def _people() -> Iterator[tuple[str, str]]:
    import jamdict_data

    from auditor.lang.zh.lexicon import raw_entries
    from auditor.lang.zh.script import fold_hans

    base = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)

    @cache
    def readings(part: str) -> frozenset[str]:
        return frozenset(romaji(row[0]) for row in base.execute(_PART, (part,)))

    for surface, gloss in base.execute(_FULL):
        parts = plain(re.sub(r"\(.*|,.*", "", gloss)).split()
        if len(parts) != 2 or not re.fullmatch("[一-鿿々]{3,6}", surface):
            continue
        split = any(romaji(parts[0]) in readings(surface[:i]) and romaji(parts[1]) in readings(surface[i:]) for i in range(1, len(surface)))
        hans = fold_hans(re.sub("(.)々", r"\1\1", surface)).text
        if split and not raw_entries(hans):
            yield hans, " ".join(map(romaji, parts))


if __name__ == "__main__":
    main()
