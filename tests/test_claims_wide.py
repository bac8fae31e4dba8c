"""Turned claims in sentences that no table was made for, words that point, who acts on whom, and the way back through the dictionaries."""

from __future__ import annotations

import pytest

from auditor.lang.base import language
from auditor.lang.en.lexicon import domain
from auditor.lang.en.signs import ways_of
from auditor.lang.renderings import flipped, renderings
from tests.claims_kit import rows, serious

_FAITHFUL, _DRIFTED = {"zh": 2, "ja": 4}, {"zh": 3, "ja": 5}
_LEAST = {"opposite": 0.45, "sibling": 0.3, "direction": 0.8, "quantifier": 0.45, "certainty": 0.7, "roles": 0.4}
"""So much of each kind is found at least, in both languages together; what is found today is in docs/quality.md."""


@pytest.mark.parametrize("kind", _LEAST)
def test_claims_that_turned_on_words_nobody_listed_are_found(kind: str) -> None:
    found = [bool(serious(lang, row[1], row[at])) for row in rows("claim_wide.tsv") if row[0] == kind for lang, at in _DRIFTED.items()]
    assert sum(found) / len(found) >= _LEAST[kind]


def test_faithful_sentences_are_left_alone() -> None:
    told = [found for row in rows("claim_wide.tsv") for lang, at in _FAITHFUL.items() if (found := serious(lang, row[1], row[at]))]
    assert len(told) <= len(rows("claim_wide.tsv")) * 2 / 100, told


_OWN = {"share": 0.85, "way": 0.75, "camp": 0.85}
"""The same of the sentences written for the rules of shares, of ways beside denials and bounds, and of camps."""


@pytest.mark.parametrize("kind", _OWN)
def test_shares_ways_and_camps_that_turned_are_found(kind: str) -> None:
    found = [bool(serious(lang, row[1], row[at])) for row in rows("claim_words.tsv") if row[0] == kind for lang, at in _DRIFTED.items()]
    assert sum(found) / len(found) >= _OWN[kind]


def test_faithful_shares_ways_and_camps_are_left_alone() -> None:
    assert not [found for row in rows("claim_words.tsv") for lang, at in _FAITHFUL.items() if (found := serious(lang, row[1], row[at]))]


@pytest.mark.parametrize(
    ("senses", "way"),
    [
        (("lower than",), -1),
        (("fall below", "less than"), -1),
        (("rise in value",), 1),
        (("reduce", "cut down", "lower"), -1),
        (("exceed",), 1),
        (("no less than",), 0),
        (("table",), 0),
        (("big", "lower"), 0),
    ],
)
def test_a_word_points_where_its_senses_agree_to(senses: tuple[str, ...], way: int) -> None:
    assert dict(ways_of(senses)).get("size", 0) == way


@pytest.mark.parametrize(
    ("lang", "text", "one", "other", "way"),
    [
        ("en", "The union sued the shipyard.", "union", "shipyard", 1),
        ("en", "The union was sued by the shipyard.", "union", "shipyard", -1),
        ("en", "The union and the shipyard agreed.", "union", "shipyard", 0),
        ("zh", "工会起诉了造船厂。", "工会", "造船厂", 1),
        ("zh", "工会被造船厂起诉。", "工会", "造船厂", -1),
        ("zh", "工会和造船厂达成一致。", "工会", "造船厂", 0),
        ("ja", "教師は生徒を褒めた。", "教師", "生徒", 1),
        ("ja", "教師は生徒に褒められた。", "教師", "生徒", -1),
        ("ja", "教師と生徒が話した。", "教師", "生徒", 0),
    ],
)
def test_who_acts_on_whom(lang: str, text: str, one: str, other: str, way: int) -> None:
    words = language(lang).read(text).words
    first, second = (next(w for w in words if w.text == wanted) for wanted in (one, other))
    assert language(lang).acts(words, first, second) == way


@pytest.mark.parametrize(
    ("lang", "text", "verb", "noun", "told"),
    [
        ("en", "The shipyard sued the union.", "sued", "union", True),
        ("en", "The union sued the shipyard.", "sued", "union", False),
        ("en", "The shipyard was sued.", "sued", "shipyard", False),
        ("zh", "造船厂起诉工会。", "起诉", "工会", True),
        ("zh", "工会起诉造船厂。", "起诉", "工会", False),
        ("zh", "起诉工会的造船厂", "起诉", "工会", False),
        ("ja", "教師が生徒を褒めた。", "褒め", "生徒", True),
        ("ja", "生徒が教師を褒めた。", "褒め", "生徒", False),
    ],
)
def test_whom_something_is_done_to(lang: str, text: str, verb: str, noun: str, told: bool) -> None:
    words = language(lang).read(text).words
    deed, whom = (next(w for w in words if w.text == wanted) for wanted in (verb, noun))
    assert language(lang).undergoes(words, deed, whom) == told


def test_the_way_back_through_a_dictionary() -> None:
    assert "出口" in renderings("zh", ("export",))
    assert "輸出" in renderings("ja", ("export",))
    assert renderings("zh", ("nosuchword", "export")) == renderings("zh", ("export",))
    assert renderings("en", ("export",)) == ()


def test_a_word_that_points_is_turned_round_by_its_one_character() -> None:
    assert flipped("zh", "低于") == ("高于",)
    assert flipped("ja", "下回る") == ("上回る",)
    assert flipped("zh", "大小") == flipped("zh", "桌子") == flipped("en", "low") == ()


def test_kinds_of_things() -> None:
    assert domain("architect") == domain("banker") == "person"
    assert domain("person") == domain("sorrow") == ""


_RUNGS = {"rung": 0.95, "doubt": 0.95, "denial": 0.9, "fresh": 0.85}
"""The same of the sentences written for rungs of different ladders, for doubt put in or left out, and for denials."""


@pytest.mark.parametrize("kind", _RUNGS)
def test_rungs_doubts_and_denials_that_turned_are_found(kind: str) -> None:
    found = [bool(serious(lang, row[1], row[at])) for row in rows("claim_rungs.tsv") if row[0] == kind for lang, at in _DRIFTED.items()]
    assert sum(found) / len(found) >= _RUNGS[kind]


def test_faithful_rungs_doubts_and_denials_are_left_alone() -> None:
    assert not [found for row in rows("claim_rungs.tsv") for lang, at in _FAITHFUL.items() if (found := serious(lang, row[1], row[at]))]
