"""Names that changed on the way are found; other spellings, scripts, initials and short forms are not drift."""

from __future__ import annotations

import pytest

from auditor.checks.name import CHECK
from tests.names_kit import document, drifts, rows

ROWS = rows("name.tsv")


@pytest.mark.parametrize(("expect", "lang", "english", "translation", "note"), ROWS, ids=[f"{r[1]}-{r[4]}" for r in ROWS])
def test_a_sentence_is_judged_as_an_editor_would(expect: str, lang: str, english: str, translation: str, note: str) -> None:
    loud = [d for d in drifts(CHECK, document(lang, [(english, translation)])) if d.severity != "minor"]
    assert bool(loud) == (expect == "fire"), [d.message for d in loud]


def test_spans_are_where_the_names_stand_in_the_document() -> None:
    doc = document("ja", [("It rained.", "雨が降った。"), ("She flew to Rome.", "彼女はアテネへ飛んだ。")])
    (found,) = drifts(CHECK, doc)
    assert found.source is not None and found.target is not None
    assert doc.source_text[found.source.start : found.source.end] == found.source.text == "Rome"
    assert doc.target_text[found.target.start : found.target.end] == found.target.text == "アテネ"
    assert (found.passage, found.severity, found.type) == ("ja-0001", "critical", "replaced")


def test_a_back_translation_that_has_the_right_name_makes_it_minor() -> None:
    line = ("She flew to Rome.", "她飞往雅典。")
    (agrees,) = drifts(CHECK, document("zh", [(*line, "She flew to Athens.")]))
    (denies,) = drifts(CHECK, document("zh", [(*line, "She flew to Rome.")]))
    assert (agrees.back, agrees.severity, denies.back, denies.severity) == (True, "critical", False, "minor")


def test_a_name_the_source_never_has_is_found_when_the_back_translation_has_it_too() -> None:
    line = ("The minister arrived late.", "ノルウェーの大臣が遅れて到着した。", "The Norwegian minister arrived late.")
    (found,) = drifts(CHECK, document("ja", [line]))
    assert (found.type, found.severity) == ("added", "major")
    named = ("Norway sent a minister.", "ノルウェーは大臣を派遣した。", "Norway sent a minister.")
    assert drifts(CHECK, document("ja", [named, line])) == []


def test_a_translation_that_explains_in_several_passages_is_not_blamed_for_each() -> None:
    lines = [
        ("The minister arrived.", "挪威大臣抵达。", "The Norwegian minister arrived."),
        ("The museum reopened.", "希腊的博物馆重新开放。", "The museum in Greece reopened."),
    ]
    assert {d.severity for d in drifts(CHECK, document("zh", lines))} == {"minor"}


def test_an_unknown_name_replaced_is_found_with_the_back_translation() -> None:
    line = ("Quentin Zabriskie led the team.", "チームを率いたのはドロシー・ペンブルックだった。", "Dorothy Pembroke led the team.")
    assert [d.type for d in drifts(CHECK, document("ja", [line]))] == ["replaced"]


def serious(lang: str, *lines: tuple[str, ...]) -> list[str]:
    return [d.type for d in drifts(CHECK, document(lang, lines)) if d.severity != "minor"]


@pytest.mark.parametrize(
    ("lang", "line", "expect"),
    [
        ("ja", ("Rossi's tariffs hurt.", "ロッシ伊首相の関税は痛手だ。", "Italian Prime Minister Rossi's tariffs hurt."), []),
        ("zh", ("Tom Mulroney resigned.", "加拿大总理汤姆·马尔罗尼辞职。", "Canada's Tom Mulroney resigned."), []),
        ("ja", ("The prime minister's tariffs hurt.", "伊首相の関税は痛手だ。", "The Italian prime minister's tariffs hurt."), ["added"]),
        ("zh", ("Senator of Ohio spoke.", "俄亥俄州参议员加里·奥斯本发言。", "Ohio senator Gary Osborn spoke."), ["added"]),
        ("ja", ("Easily won on Friday.", "金曜日はバンブリーズが快勝した。", "Bambries won easily on Friday."), ["added"]),
        ("zh", ("Xinhuanet reported it.", "新华社报道了此事。", "Xinhua News Agency reported it."), []),
        ("zh", ("British teachers met in Washington.", "教师们在华盛顿开会。", "Teachers met in Washington."), ["dropped"]),
        ("zh", ("Talks with Czech farmers failed.", "与农民的谈判失败了。", "Talks with Tex farmers failed."), ["dropped"]),
        ("ja", ("A new hair essence", "新発想ヘアエッセンス", "New Idea Hair Essence"), []),
        ("ja", ("Japanese farmers met in Lyon.", "農家らがリヨンに集まった。", "Farmers met in Lyon."), []),
        ("ja", ("Danish farmers met in Lyon.", "農家らがリヨンに集まった。", "Farmers met in Lyon."), ["dropped"]),
        ("zh", ("Guenther Brantl won the award.", "这一奖项颁给了唐氏集团。", "The award went to Tangshi Group."), ["replaced"]),
        ("ja", ("The VDMB hall is full.", "赤坂亭は満員だ。", "Akasakatei is full."), ["replaced"]),
        ("zh", ("Kowalczyk praised the bank.", "许正明称赞了该银行。", "Hui Ching Ming praised the bank."), ["replaced"]),
    ],
)  # fmt: skip
def test_the_back_translation_tells_a_gloss_from_a_change(lang: str, line: tuple[str, ...], expect: list[str]) -> None:
    assert serious(lang, line) == expect


@pytest.mark.parametrize(
    ("lang", "english", "right", "wrong"),
    [
        ("ja", "Hirokazu Matsuno will speak in Nagoya.", "松野博一氏が名古屋で演説する。", "河野太郎氏が名古屋で演説する。"),
        ("zh", "Hirokazu Matsuno will speak in Nagoya.", "松野博一将在名古屋发表演讲。", "河野太郎将在名古屋发表演讲。"),
        ("ja", "Qin Gang landed in Shenzhen.", "秦剛氏が深圳に到着した。", "李強氏が深圳に到着した。"),
    ],
)
def test_a_famous_person_in_the_place_of_an_unknown_one_is_found(lang: str, english: str, right: str, wrong: str) -> None:
    assert serious(lang, (english, right)) == [] and serious(lang, (english, wrong)) == ["replaced"]


def test_a_person_named_after_a_town_is_no_town() -> None:
    assert serious("zh", ("Professor Liu Zunyi praised Lisbon.", "刘遵义教授称赞了里斯本。")) == []


def test_characters_read_aloud_by_the_engine_prove_nothing() -> None:
    line = ("Kenta Tanabe led the team.", "田边健太率领球队。", "Tian Bianjiantai led the team.")
    assert [d for d in drifts(CHECK, document("zh", [line])) if d.severity != "minor"] == []


def test_a_name_carried_over_the_sentence_boundary_is_quiet() -> None:
    lines = [("Peru won. Chile lost.", "秘鲁赢了。"), ("The game was in Lima.", "智利输了。比赛在利马举行。")]
    assert drifts(CHECK, document("zh", lines)) == []


def test_a_mention_too_few_of_one_and_too_many_of_another_is_counted() -> None:
    back = "France sued Spain, and a French bank paid."
    line = ("France sued Spain, and a Spanish bank paid.", "法国起诉西班牙，一家法国银行付了款。", back)
    assert [d.severity for d in drifts(CHECK, document("zh", [line]))] == ["major"]


def test_a_name_spelled_in_two_ways_is_noted_once() -> None:
    usual = [("Kavanagh spoke.", "カバナーが話した。"), ("Kavanagh left.", "カバナーは去った。"), ("Kavanagh slept.", "カバナーは眠った。")]
    (found,) = drifts(CHECK, document("ja", [*usual, ("Kavanagh ate.", "カヴァナフは食べた。")]))
    assert (found.severity, found.type, found.passage) == ("minor", "inconsistent", "ja-0003")
    assert drifts(CHECK, document("ja", usual)) == []


def test_a_short_form_is_not_another_spelling() -> None:
    lines = [("Anna Kavanagh spoke.", "アンナ・カバナーが話した。")] + [("Kavanagh left.", "カバナーは去った。")] * 3
    assert drifts(CHECK, document("ja", lines)) == []


def test_of_two_spellings_the_rarer_or_the_later_is_the_odd_one() -> None:
    twice = [("Anna Kavanagh spoke.", "アンナ・カバナーが話した。"), ("Kavanagh ate.", "カヴァナフは食べた。")]
    (found,) = drifts(CHECK, document("ja", twice))
    assert (found.type, found.passage, found.target and found.target.text) == ("inconsistent", "ja-0001", "カヴァナフ")
    (found,) = drifts(CHECK, document("ja", [*twice, ("Kavanagh left.", "カヴァナフは去った。")]))
    assert (found.passage, found.target and found.target.text) == ("ja-0000", "カバナー")


def test_a_name_is_not_cut_where_its_beginning_is_a_name_as_well() -> None:
    assert drifts(CHECK, document("zh", [("Hollbrook spoke.", "霍尔布鲁克发言。"), ("Hollbrook left.", "霍尔布鲁克离开了。")])) == []
