"""LemmInflect (MIT) with its tables read row by row: it parses all 120,000 rows at its first call, 0.6 s, where a text needs hundreds."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from auditor.lang.rows import rows
from auditor.model import Word


class _Table:
    """What LemmInflect takes for its dictionary: `get` is all it asks of it."""

    def __init__(self, path: str, entry: Callable[[str, str], dict[str, tuple[str, ...]]], given: dict[str, Any]) -> None:
        # Tabs for commas: the order by keys is that of the lines only when what ends a key comes before every letter.
        self.rows = rows(gzip.decompress(Path(path).read_bytes()).decode().replace(",", "\t"))
        self.entry, self.given = entry, given

    def get(self, word: str, default: Any) -> Any:
        if word in self.given:
            return self.given[word]
        found: dict[str, tuple[str, ...]] = {}
        for cells in self.rows.all(word):
            found |= self.entry(word, cells)
        return found or default


def _lemma(_: str, cells: str) -> dict[str, tuple[str, ...]]:
    from lemminflect.core.LexicalUtils import categoryToUPos

    category, forms = cells.split("\t")
    return {categoryToUPos(category): tuple(forms.split("/"))}


def _forms(word: str, cells: str) -> dict[str, tuple[str, ...]]:
    from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec

    found: dict[str, tuple[str, ...]] = InflectionLUCodec.fromString(",".join([word, *cells.split("\t")]))[2]
    return found


@cache
def _ready() -> Any:
    """The package, its dictionaries replaced."""
    import lemminflect
    from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec

    lemmatizer, inflections = lemminflect.Lemmatizer(), lemminflect.Inflections()
    lemmatizer.lemma_dict = _Table(lemmatizer.lemma_lu_fn, _lemma, {})
    inflections.infl_dict = _Table(inflections.infl_lu_fn, _forms, InflectionLUCodec.updateForAuxMod({}))
    return lemminflect


def all_lemmas(word: str, upos: str | None = None) -> dict[str, tuple[str, ...]]:
    """Universal part of speech -> lemmas."""
    found: dict[str, tuple[str, ...]] = _ready().getAllLemmas(word, upos)
    return found


def all_inflections(lemma: str, upos: str | None = None) -> dict[str, tuple[str, ...]]:
    """Penn tag -> forms."""
    found: dict[str, tuple[str, ...]] = _ready().getAllInflections(lemma, upos)
    return found


def inflection(lemma: str, tag: str) -> tuple[str, ...]:
    """The forms of a lemma for a Penn tag; by rule for a word that is not in the table."""
    found: tuple[str, ...] = _ready().getInflection(lemma, tag)
    return found


_PARTS = ("VERB", "NOUN", "ADJ", "ADV")
_BARE = frozenset({"VB", "VBP", "NN", "JJ", "RB"})


def in_form_of(word: Word, lemma: str) -> str:
    """Another lemma in the form a word stands in: "fall" for "grew" is "fell"."""
    low = word.text.lower()
    for part in _PARTS:
        if word.lemma in all_lemmas(low, part).get(part, ()):
            tags = (t for t, forms in all_inflections(word.lemma, part).items() if low in forms and t not in _BARE)
            for tag in tags:
                if found := inflection(lemma, tag):
                    return found[0]
    return lemma
