"""The tone check fires on wording that changed and is quiet about wording that did not."""

from __future__ import annotations

import pytest

from auditor.checks.tone import CHECK
from auditor.model import Drift
from tests.test_tone import document, found, major, rows

CASES = [(r + [""] * 6)[:6] for r in rows("tone.tsv")]


@pytest.mark.parametrize(("expect", "lang", "english", "translation", "back", "note"), CASES, ids=[f"{c[1]}: {c[5]}" for c in CASES])
def test_case(expect: str, lang: str, english: str, translation: str, back: str, note: str) -> None:
    drifts = found(english, lang, translation, back or None)
    if expect == "limit" and not major(drifts):
        pytest.xfail(note)
    assert major(drifts) == (expect == "fire"), [d.message for d in drifts]


def test_a_finding_names_the_word_and_where_it_stands() -> None:
    text = "部长叫嚣，大桥将于春天开通。"
    drift = found("The minister said the bridge would open in spring.", "zh", text)[0]
    assert drift.target is not None and text[drift.target.start : drift.target.end] == "叫嚣"
    assert "叫嚣" in drift.message and drift.evidence["word"] == "叫嚣"


def test_what_somebody_is_called_is_no_loaded_word() -> None:
    named = ("The grower, Ivo Prates, laughed.", "种植户伊沃·普拉特斯笑了。")
    opening = ('Prates will not drink any: "Now I can say so."', "普拉特斯反正不喝：“我总算可以说出口了。”")
    assert not major([d for d in CHECK.find(document("zh", [opening, named])) if isinstance(d, Drift)])


COLD = [
    ("The firm said profits rose.", "这家公司吹嘘说利润上升了。"),
    ("It opened a plant in March.", "它三月悍然开设了一家工厂。"),
    ("Workers will be hired in May.", "工人将在五月受雇。"),
    ("The spokesman said jobs would follow.", "发言人叫嚣会有就业机会。"),
    ("The board met on Monday.", "董事会周一鬼鬼祟祟地开会。"),
    ("The union asked for talks.", "工会厚颜无耻地要求谈判。"),
    ("Prices did not change.", "价格没有变化。"),
]
WARM = [
    ("The firm said profits rose.", "这家卓越的公司说利润上升了。"),
    ("It opened a plant in March.", "它三月隆重开设了一家优秀的工厂。"),
    ("The board met on Monday.", "英明的董事会周一开会。"),
    ("The spokesman said jobs would follow.", "发言人自豪地说会有美好的就业机会。"),
    ("Workers will be hired in May.", "优秀的工人将在五月受雇。"),
    ("The chairman spoke for an hour.", "董事长发表了一小时精彩的讲话。"),
    ("Prices did not change.", "价格没有变化。"),
]


@pytest.mark.parametrize(("lines", "says"), [(COLD, "colder"), (WARM, "warmer")], ids=["colder", "warmer"])
def test_a_text_that_leans_one_way_is_one_finding_and_not_many(lines: list[tuple[str, str]], says: str) -> None:
    drifts = [d for d in CHECK.find(document("zh", lines)) if isinstance(d, Drift)]
    (serious,) = [d for d in drifts if d.severity != "minor"]
    assert (serious.type, serious.passage, serious.source, serious.target) == ("document_tone", None, None, None)
    assert says in serious.message and len(drifts) > 5


def test_two_loaded_words_are_two_findings_and_no_text() -> None:
    drifts = [d for d in CHECK.find(document("zh", COLD[:2] + [("Prices did not change.", "价格没有变化。")] * 6)) if isinstance(d, Drift)]
    assert [d.type for d in drifts] == ["reporting_verb", "loaded_word"] and {d.severity for d in drifts} == {"major"}
