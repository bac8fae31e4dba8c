"""What JMnedict and JMdict (CC BY-SA 4.0, from the `jamdict-data` wheel) call a surface when it is a name."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.lang.ja.lexicon import _database, is_kana
from auditor.lang.translit import plain

_NAMED = "select g.text from {} k join NETranslation t on t.idseq = k.idseq join NETransGloss g on g.tid = t.ID where k.text = ? limit 8"
_COMMON = (
    "select g.text from {} k join Sense s on s.idseq = k.idseq join SenseGloss g on g.sid = s.ID "
    "where k.text = ? and +g.lang = 'eng' limit 4"
)


@lru_cache(maxsize=4096)
def spellings(surface: str) -> tuple[str, ...]:
    """Latin spellings of a name, as forms; dates and descriptions in brackets left out."""
    rows = _database().execute(_NAMED.format("NEKana" if is_kana(surface) else "NEKanji"), (surface,))
    return tuple(dict.fromkeys(form for row in rows if (form := plain(re.sub(r"\(.*?\)|,.*", "", row[0])))))


@lru_cache(maxsize=4096)
def is_common(surface: str) -> bool:
    """A common word as well: JMdict has it with a gloss that is not written with a capital."""
    rows = _database().execute(_COMMON.format("Kana" if is_kana(surface) else "Kanji"), (surface,)).fetchall()
    return any(re.sub(r"\([^)]*\)\s*", "", row[0])[:1].islower() for row in rows)
