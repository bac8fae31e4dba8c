"""What the claim check says seriously of one sentence and its translation, without a back-translation; and tables of such sentences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from auditor.checks.base import Document
from auditor.checks.claim import CHECK
from auditor.encoder import Encoder
from auditor.lang.base import language
from auditor.ledger import build
from auditor.model import Drift, Pair, Passage, Span
from auditor.witnesses import weigh

_ENCODER = Encoder()


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The cells of `tests/cases/NAME`."""
    text = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


@cache
def serious(lang: str, english: str, translation: str) -> tuple[str, ...]:
    """The messages of the major and critical drifts."""
    source, target = Span(0, len(english), english), Span(0, len(translation), translation)
    passage = Passage(f"{lang}-0001", lang, "1-1", source, target, 0.8)
    pair = Pair(passage, language("en").read(english), language(lang).read(translation), None, (0,), (0,))
    document = Document(lang, english, translation, (pair,), build((pair,)), encode=_ENCODER.encode)
    drifts = [d for d in CHECK.find(document) if isinstance(d, Drift)]
    return tuple(d.message for d in drifts if weigh(d, pair, 0.8).severity != "minor")
