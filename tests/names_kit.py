"""What the tests of names share: documents from plain sentences and the rows of a cases file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from auditor import ledger
from auditor.checks.base import Check, Document, Term
from auditor.lang.base import language
from auditor.model import Drift, Facts, Pair, Passage, Span, shift

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[list[str]]:
    """The rows of a cases file without comments and its header."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@cache
def read(lang: str, text: str) -> Facts:
    return language(lang).read(text)


def moved(facts: Facts, by: int) -> Facts:
    return Facts(facts.lang, facts.text, shift(facts.words, by), names=shift(facts.names, by))


def document(lang: str, lines: Sequence[tuple[str, ...]], glossary: tuple[Term, ...] = ()) -> Document:
    """A document of (English, translation) or (English, translation, back-translation) lines."""
    pairs: list[Pair] = []
    at = to = 0
    for i, (english, translation, *back) in enumerate(lines):
        passage = Passage(
            f"{lang}-{i:04d}", lang, "1-1", Span(at, at + len(english), english), Span(to, to + len(translation), translation), 0.7,
            back_translation=back[0] if back else None,
        )  # fmt: skip
        source, target = moved(read("en", english), at), moved(read(lang, translation), to)
        pairs.append(Pair(passage, source, target, read("en", back[0]) if back else None, (i,), (i,)))
        at, to = at + len(english) + 1, to + len(translation) + 1
    source_text, target_text = ("\n".join(line[k] for line in lines) for k in (0, 1))
    return Document(lang, source_text, target_text, tuple(pairs), ledger.build(pairs), glossary)


def drifts(check: Check, doc: Document) -> list[Drift]:
    return [found for found in check.find(doc) if isinstance(found, Drift)]
