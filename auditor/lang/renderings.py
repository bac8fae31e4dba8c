"""How a language says an English lemma: the way back through its dictionary (`auditor.tables.renderings` builds the tables)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from auditor.lang.rows import Rows, packaged

_TABLE = "words_renderings.tsv.gz"
_EACH = 3


@cache
def _table(lang: str) -> Rows | None:
    if not (resources.files("auditor.lang") / lang / "data" / _TABLE).is_file():
        return None
    return packaged(lang, _TABLE)


@lru_cache(maxsize=4096)
def renderings(lang: str, lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """The three likeliest words for the first of the lemmas that has any; none in a language without a table."""
    table = _table(lang)
    rows = (table.get(lemma) for lemma in lemmas) if table is not None else ()
    found = [cell.rpartition("/")[0] for row in rows if row for cell in row.split("\t")[:_EACH]]
    return tuple(dict.fromkeys(found))[:_EACH]


@cache
def _flips(lang: str) -> dict[str, str]:
    data = resources.files("auditor.lang") / lang / "data" / "signs_flips.tsv"
    if not data.is_file():
        return {}
    rows = [line.split("\t") for line in data.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {a: b for row in rows for a, b in (row, row[::-1])}


def flipped(lang: str, word: str) -> tuple[str, ...]:
    """The word with the character that points one way turned into the one that points the other; none when it has none or several."""
    flips = _flips(lang)
    at = [k for k, char in enumerate(word) if char in flips]
    return (word[: at[0]] + flips[word[at[0]]] + word[at[0] + 1 :],) if len(at) == 1 else ()
