"""JMdict (CC BY-SA 4.0, from the `jamdict-data` wheel) as English senses of Japanese words."""

from __future__ import annotations

import re
import sqlite3
from functools import cache, lru_cache

_GLOSS = """select g.text from Sense s join SenseGloss g on g.sid = s.ID
where s.idseq = ? and +g.lang = 'eng' order by s.ID, g.rowid"""


@cache
def _database() -> sqlite3.Connection:
    import jamdict_data

    return sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=65536)
def definitions(word: str) -> tuple[str, ...]:
    """The English definitions of a dictionary form, written in kanji or kana."""
    db = _database()
    ids = [row[0] for row in db.execute("select distinct idseq from Kanji where text = ? limit 6", (word,))]
    if not ids:
        ids = [row[0] for row in db.execute("select distinct idseq from Kana where text = ? limit 6", (word,))]
    return tuple(row[0] for i in ids for row in db.execute(_GLOSS, (i,)))


@lru_cache(maxsize=65536)
def senses(word: str) -> tuple[str, ...]:
    """Definitions stripped to bare English: no brackets, no "to "; lower case."""
    found: dict[str, None] = {}
    for definition in definitions(word):
        bare = re.sub(r"\([^)]*\)", "", definition).strip().lower()
        bare = re.sub(r"^(?:to be|to|a|an|the) ", "", bare).strip(" .-")
        if bare:
            found[bare] = None
    return tuple(found)
