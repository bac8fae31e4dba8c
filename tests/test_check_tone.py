"""The tone check fires on wording that changed and is quiet about wording that did not."""

from __future__ import annotations

import pytest

from tests.test_tone import found, major, rows

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
