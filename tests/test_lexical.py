"""Lexical explanation: what a translation's words account for, what they do not, and opposites."""

from __future__ import annotations

import pytest

from auditor.lang.base import language
from auditor.lang.lexical import antonym_pairs, explain, explain_facts
from auditor.model import Word


def words(lang: str, text: str) -> tuple[Word, ...]:
    return language(lang).words(language(lang).fold(text).text)


@pytest.mark.parametrize(
    ("english", "lang", "text"),
    [
        ("The government rejected the plan.", "zh", "政府拒绝了该计划。"),
        ("The government rejected the plan.", "ja", "政府は計画を拒否した。"),
        ("Police arrested a teacher on the bridge.", "zh", "警方在桥上逮捕了一名教师。"),
        ("Police arrested a teacher on the bridge.", "ja", "警察は橋の上で教師を逮捕した。"),
        ("The company announced new factories.", "zh", "该公司宣布了新工厂。"),
        ("The company announced new factories.", "ja", "会社は新しい工場を発表した。"),
    ],
)
def test_faithful_words_are_explained(english: str, lang: str, text: str) -> None:
    match = explain(words("en", english), words(lang, text))
    assert not match.source_residue, [w.text for w in match.source_residue]
    assert match.source_share == 1.0


@pytest.mark.parametrize(
    ("english", "lang", "text", "residue"),
    [
        ("The government rejected the plan and the tunnel.", "zh", "政府拒绝了该计划。", "tunnel"),
        ("The farmer sold seven elephants.", "ja", "農夫は七台の自転車を売った。", "elephants"),
        ("The nurse opened the umbrella.", "zh", "护士打开了冰箱。", "umbrella"),
    ],
)
def test_a_word_nothing_stands_for_is_left_over(english: str, lang: str, text: str, residue: str) -> None:
    match = explain(words("en", english), words(lang, text))
    assert residue in [w.text for w in match.source_residue]
    assert match.source_share < 1


@pytest.mark.parametrize(
    ("english", "lang", "text", "extra"),
    [("The nurse slept.", "zh", "护士和老虎睡着了。", "老虎"), ("The nurse slept.", "ja", "看護師と虎が眠った。", "虎")],
)
def test_a_word_that_was_added_is_left_over(english: str, lang: str, text: str, extra: str) -> None:
    match = explain(words("en", english), words(lang, text))
    assert [w.text for w in match.target_residue] == [extra]


@pytest.mark.parametrize(
    ("english", "lang", "text", "pair"),
    [
        ("Prices will increase next year.", "zh", "明年价格将减少。", ("increase", "减少")),
        ("The court accepted the appeal.", "zh", "法院拒绝了上诉。", ("accepted", "拒绝")),
        ("The rich nations met.", "ja", "貧しい国々が集まった。", ("rich", "貧しい")),
        ("The team won the final.", "ja", "チームは決勝で負けた。", ("won", "負け")),
    ],
)
def test_opposites_are_paired(english: str, lang: str, text: str, pair: tuple[str, str]) -> None:
    found = antonym_pairs(words("en", english), words(lang, text))
    assert pair in [(o.source.text, o.target.text) for o in found]


def test_a_negated_opposite_is_none() -> None:
    source, target = words("en", "He is unfit."), words("zh", "他不适合。")
    negations = tuple(w for w in target if w.text == "不")
    assert not antonym_pairs(source, target, negations=negations)


def test_names_and_figures_are_left_to_their_own_readers() -> None:
    source = language("en").read("Mr. Kowalczyk paid 19 million dollars for the bridge.")
    target = language("zh").read("科瓦尔奇克花1900万美元买桥。")
    judged = [link.word.text for link in explain_facts(source, target).source]
    assert "bridge" in judged
    assert not {"Kowalczyk", "dollars"} & set(judged)


def test_empty_sides_are_explained() -> None:
    assert explain((), ()).source_share == 1.0
    assert explain((), words("zh", "政府")).target_share == 0.0
    assert explain(words("en", "government"), ()).source_share == 0.0
