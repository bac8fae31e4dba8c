"""Opposites and sisters: words of all languages on the poles of the same axes, and how many turned claims they find in a list of fresh
sentences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from auditor.checks.base import Document
from auditor.checks.claim import CHECK
from auditor.encoder import Encoder
from auditor.lang.base import language, language_codes
from auditor.lang.pole_axes import AXES
from auditor.lang.pole_table import load
from auditor.ledger import build
from auditor.model import Drift, Pair, Passage, Span
from auditor.witnesses import weigh

_CASES = Path(__file__).parent / "cases" / "claim_axes.tsv"
_ENCODER = Encoder()
_FAITHFUL, _DRIFTED = {"zh": 0, "ja": 2}, {"zh": 1, "ja": 3}
_LEAST = {"zh": 0.75, "ja": 0.7}
"""So much of the list is found at least; what is found today is in docs/quality.md."""


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in _CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


@cache
def _serious(lang: str, english: str, translation: str) -> tuple[str, ...]:
    source, target = Span(0, len(english), english), Span(0, len(translation), translation)
    passage = Passage(f"{lang}-0001", lang, "1-1", source, target, 0.8)
    pair = Pair(passage, language("en").read(english), language(lang).read(translation), None, (0,), (0,))
    document = Document(lang, english, translation, (pair,), build((pair,)), encode=_ENCODER.encode)
    drifts = [d for d in CHECK.find(document) if isinstance(d, Drift)]
    return tuple(d.message for d in drifts if weigh(d, pair, 0.8).severity != "minor")


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_faithful_sentences_with_words_of_an_axis_are_left_alone(lang: str) -> None:
    told = {row[1]: found for row in _rows() if (found := _serious(lang, row[1], row[2 + _FAITHFUL[lang]]))}
    assert not told


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_most_claims_that_turned_on_an_axis_are_found(lang: str) -> None:
    found = [bool(_serious(lang, row[1], row[2 + _DRIFTED[lang]])) for row in _rows()]
    assert sum(found) / len(found) >= _LEAST[lang]


@pytest.mark.parametrize("code", language_codes())
def test_every_word_stands_on_an_axis_that_all_languages_know(code: str) -> None:
    english = {(e.axis, e.pole) for e in load("auditor.lang.en")}
    own = {(e.axis, e.pole) for e in load(f"auditor.lang.{code}")}
    assert own <= english
    assert {axis for axis, _ in own} == set(AXES)


@pytest.mark.parametrize("code", language_codes())
def test_no_word_accuses_on_two_poles_of_an_axis(code: str) -> None:
    stands: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for entry in load(f"auditor.lang.{code}"):
        if entry.sure:
            stands.setdefault((entry.axis, entry.items), set()).add(entry.pole)
    assert not {key: poles for key, poles in stands.items() if len(poles) > 1}


def test_the_longest_word_wins_and_a_place_is_read_once_an_axis() -> None:
    read = language("en").read("Her left knee hurt as she left.").poles
    assert [(p.text, p.pole) for p in read if p.axis == "side"] == [("left knee", "left")]
    assert [(p.text, p.pole) for p in language("zh").read("他的副部长辞职了。").poles if p.axis == "office"] == [
        ("副部长", "deputy minister")
    ]
