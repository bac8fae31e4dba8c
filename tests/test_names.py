"""What the readers take for a name in each language, and what they do not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from auditor.lang.names_base import related
from auditor.lang.translit import hepburn, likeness, may_be_characters
from auditor.ledger import build
from tests.names_kit import document, read, rows

ROWS = rows("names_read.tsv")


@pytest.mark.parametrize(("lang", "text", "names", "note"), ROWS, ids=[f"{r[0]}-{r[3]}" for r in ROWS])
def test_a_text_has_these_known_names(lang: str, text: str, names: str, note: str) -> None:
    found = {f"{n.text}={key}" for n in read(lang, text).names for key in n.keys if n.kind != "other"}
    assert {x for x in names.split(" & ") if x} <= found if names else not found, found


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_names_stand_where_they_say_and_do_not_overlap(lang: str) -> None:
    texts = {"en": "Ms. Ada King of Turin met U.N. envoys.", "zh": "艾达·金在都灵会见了联合国特使。", "ja": "彼はトリノで国連と会った。"}
    text = texts[lang]
    names = read(lang, text).names
    assert names and all(text[n.start : n.end] == n.text for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))


@pytest.mark.parametrize(
    ("kana", "latin"),
    [("トウキョウ", "tokyo"), ("タカイチ", "takaichi"), ("ジョンソン", "jonson"), ("マッチ", "matchi"), ("ウィリアム", "wiriamu")],
)
def test_kana_are_read_in_hepburn(kana: str, latin: str) -> None:
    assert hepburn(kana) == latin


@pytest.mark.parametrize(("one", "other"), [("Thompson", "tonpuson"), ("Schroeder", "shi luo de"), ("Chicago", "zhi jia ge")])
def test_a_name_is_like_its_transliteration(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.7


@pytest.mark.parametrize(("one", "other"), [("Thompson", "garushia"), ("Madrid", "beruriN"), ("Keller", "zhi jia ge"), ("Oslo", "pari")])
def test_a_name_is_not_like_another(one: str, other: str) -> None:
    assert likeness(one, other) < 0.6


def test_a_name_that_may_be_written_in_characters_is_known_by_its_sound() -> None:
    assert may_be_characters("Sanae Takaichi") and may_be_characters("Moon Jae-in")
    assert not may_be_characters("Peer Steinbrueck")


def test_a_city_is_related_to_its_country_and_not_to_another_city() -> None:
    assert related("geo:JP.1850147", "place:JP") and related("place:GB", "place:SCOTLAND")
    assert not related("geo:JP.1850147", "geo:JP.1853909") and not related("place:FR", "place:DE")


def test_a_spelling_learned_from_some_passages_explains_the_next() -> None:
    lines = [("Tsujimoto spoke.", "辻元发言。"), ("Critics of Tsujimoto left.", "辻元的批评者离开了。"), ("It rained.", "下雨了。")]
    doc = document("zh", lines)
    (name,) = doc.pairs[0].source.names
    assert "辻元" in build(doc.pairs).known(name)
