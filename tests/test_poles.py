"""Opposites and sisters: words of all languages on the poles of the same axes, and how many turned claims they find in a list of fresh
sentences."""

from __future__ import annotations

import pytest

from auditor.lang.base import language, language_codes
from auditor.lang.pole_axes import AXES
from auditor.lang.pole_table import load
from tests.claims_kit import rows, serious

_FAITHFUL, _DRIFTED = {"zh": 0, "ja": 2}, {"zh": 1, "ja": 3}
_LEAST = {"zh": 0.75, "ja": 0.7}
"""So much of the list is found at least; what is found today is in docs/quality.md."""


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_faithful_sentences_with_words_of_an_axis_are_left_alone(lang: str) -> None:
    told = {row[1]: found for row in rows("claim_axes.tsv") if (found := serious(lang, row[1], row[2 + _FAITHFUL[lang]]))}
    assert not told


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_most_claims_that_turned_on_an_axis_are_found(lang: str) -> None:
    found = [bool(serious(lang, row[1], row[2 + _DRIFTED[lang]])) for row in rows("claim_axes.tsv")]
    assert sum(found) / len(found) >= _LEAST[lang]


@pytest.mark.parametrize("code", language_codes())
def test_every_word_stands_on_an_axis_that_all_languages_know(code: str) -> None:
    english = {(e.axis, e.pole) for e in load("auditor.lang.en")}
    own = {(e.axis, e.pole) for e in load(f"auditor.lang.{code}")}
    assert own <= english
    assert {axis for axis, _ in own if "/" not in axis} == set(AXES)
    assert {axis for axis, _ in own} == {axis for axis, _ in english}


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
