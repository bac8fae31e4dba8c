"""What a check is: a value. Its module's docstring is its manual: what fires, what stays quiet, limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from auditor.align_stated import Contradiction
from auditor.encoder import Encode
from auditor.ledger import Ledger
from auditor.model import Abstention, Category, Drift, Pair


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: a source term and the renderings it must have in `lang`.

    targets         what may stand for it, the preferred one first; none when only something is forbidden
    forbidden       what must not
    keep            it stands in the translation as it is (do not translate)
    case_sensitive  does its case matter? None: when it has capitals
    note            for the editor
    """

    source: str
    lang: str
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    case_sensitive: bool | None = None
    note: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether its case matters."""
        return any(c.isupper() for c in self.source) if self.case_sensitive is None else self.case_sensitive


@dataclass(frozen=True, slots=True)
class Document:
    """One translation of the article, aligned and read: what every check is given.

    pairs   the passages in the order of the translation's beads; one side's facts are empty for 1-0 and 0-1
    ledger  how each figure and name of the source was rendered in this document
    encode  folded texts to unit vectors, for checks that ask what a sentence means; None where no encoder is at hand
    contradicted  pairs that the translator's file states and that do not belong together by meaning
    """

    lang: str
    source_text: str
    target_text: str
    pairs: tuple[Pair, ...]
    ledger: Ledger
    glossary: tuple[Term, ...] = ()
    encode: Encode | None = None
    contradicted: tuple[Contradiction, ...] = ()


Found = Iterator[Drift | Abstention]


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its id; `languages` are those it can judge, or None for all."""

    id: str
    category: Category
    scope: Literal["passage", "document"]
    languages: tuple[str, ...] | None
    find: Callable[[Document], Found]


def per_passage(find: Callable[[Pair, Document], Found]) -> Callable[[Document], Found]:
    """A check of one passage at a time; passages that have no counterpart are not its business."""

    def find_all(document: Document) -> Found:
        for pair in document.pairs:
            if pair.passage.source is None or pair.passage.target is None:
                continue
            for found in find(pair, document):
                yield replace(found, passage=pair.passage.id)

    return find_all
