"""What an editor is told about claims that turned, and what she is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.checks.base import Document
from auditor.checks.claim import CHECK
from auditor.encoder import Encoder
from auditor.lang.base import language
from auditor.ledger import build
from auditor.model import Drift, Pair, Passage, Span

_CASES = Path(__file__).parent / "cases" / "claim.tsv"
ENCODER = Encoder()


def _rows(*expect: str) -> list[tuple[str, str, str, str, str]]:
    rows = [line.split("\t") for line in _CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(r[0], r[1], r[2], r[3], r[4]) for r in rows if r[0] in expect]


def _found(lang: str, english: str, translation: str, back: str) -> list[Drift]:
    passage = Passage(
        id=f"{lang}-0001", lang=lang, kind="1-1", source=Span(0, len(english), english), target=Span(0, len(translation), translation),
        similarity=0.8, back_translation=back or None,
    )  # fmt: skip
    english_reader = language("en")
    pair = Pair(
        passage, english_reader.read(english), language(lang).read(translation), english_reader.read(back) if back else None, (0,), (0,)
    )
    document = Document(lang, english, translation, (pair,), build((pair,)), encode=ENCODER.encode)
    return [d for d in CHECK.find(document) if isinstance(d, Drift)]


@pytest.mark.parametrize(("expect", "lang", "english", "translation", "back"), _rows("fire", "minor", "quiet"))
def test_a_turned_claim_is_told_and_a_faithful_one_is_not(expect: str, lang: str, english: str, translation: str, back: str) -> None:
    found = _found(lang, english, translation, back)
    serious = [d for d in found if d.severity != "minor"]
    if expect == "fire":
        assert serious, "nothing was told"
    else:
        assert not serious, serious
        assert found or expect == "quiet"


@pytest.mark.parametrize(("expect", "lang", "english", "translation", "back"), _rows("limit"))
def test_a_known_limit_is_still_one(expect: str, lang: str, english: str, translation: str, back: str) -> None:
    assert not [d for d in _found(lang, english, translation, back) if d.severity != "minor"]


@pytest.mark.parametrize(("expect", "lang", "english", "translation", "back"), _rows("fire", "minor"))
def test_a_finding_points_at_words_of_the_texts(expect: str, lang: str, english: str, translation: str, back: str) -> None:
    for found in _found(lang, english, translation, back):
        for span, text in ((found.source, english), (found.target, translation)):
            assert span is None or text[span.start : span.end] == span.text
        assert found.category == "claim"
        assert 0 <= found.strength <= 1


def test_a_back_translation_that_is_faithful_lowers_a_native_suspicion() -> None:
    alone = _found("zh", "The tenant would not pay.", "租户拖欠房租，支付很慢。", "")
    helped = _found("zh", "The tenant would not pay.", "租户拖欠房租，支付很慢。", "The tenant did not pay the rent.")
    assert not [d for d in helped if d.severity != "minor"], helped
    assert len(alone) >= len([d for d in helped if d.type == "negation" and d.back is True])
