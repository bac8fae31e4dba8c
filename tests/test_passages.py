"""An article's versions side by side: nothing lost, everything where it belongs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from auditor.demo import sample
from auditor.formats.passages import evidence_rows, rows, runs, strips
from auditor.intake import Submission, Translation
from auditor.report import Report
from auditor.session import Session


@pytest.fixture(scope="module")
def report(session: Session) -> Report:
    return session.audit(sample("drifted"))[0]


def test_the_rows_hold_every_passage_and_finding_once_and_the_english_in_its_order(report: Report) -> None:
    made = rows(report)
    assert [row.number for row in made] == list(range(1, len(made) + 1))
    for translation in report.translations:
        shown = [s.passage.id for row in made for s in row.sides.get(translation.lang, ())]
        assert sorted(shown) == sorted(p.id for p in translation.passages)
    assert sorted(f.id for row in made for f in row.findings) == sorted(f.id for f in report.findings if f.passage)
    english = "".join(p.text for row in made for p in row.source)
    assert english.replace(" ", "").replace("\n", "") == report.source.replace(" ", "").replace("\n", "")


def test_omissions_additions_and_moved_passages_are_where_they_belong(session: Session) -> None:
    english = "The mayor opened the bridge. It cost $40 million. Ferries stopped in June. Nobody was hurt in the works."
    chinese = "市长为大桥揭幕。大桥耗资4000万美元。当地渔民对此十分愤怒，并举行了抗议。施工中无人受伤。"
    made = rows(session.audit(Submission("x", "en", english, (Translation("zh", chinese),)))[0])
    said = ["".join(p.text for p in row.source) for row in made]
    omitted = next(row for row in made if any(not s.pieces for s in row.sides.get("zh", ())))
    assert said[omitted.number - 1].startswith("Ferries") and not omitted.sides["zh"][0].omitted
    added = next(row for row in made if row.is_addition)
    assert "渔民" in "".join(p.text for s in added.sides["zh"] for p in s.pieces) and added.number > 1
    assert {f.category for f in added.findings} == {"addition"} and {f.category for f in omitted.findings} == {"omission"}


def test_two_versions_that_cut_differently_share_one_row(session: Session) -> None:
    english = "The court met on Monday. It rejected the appeal. The company said it would pay."
    chinese = "法院周一开庭，驳回了上诉。该公司表示将会付款。"
    japanese = "裁判所は月曜日に開廷した。控訴を棄却した。会社は支払うと述べた。"
    report = session.audit(Submission("x", "en", english, (Translation("zh", chinese), Translation("ja", japanese))))[0]
    for row in rows(report):
        assert row.sides.keys() == {"zh", "ja"}
    merged = next(row for row in rows(report) if len(row.sides["ja"]) == 2)
    assert len(merged.sides["zh"]) == 1


def test_an_omission_beside_a_passage_of_the_same_row_quotes_what_is_left_out(report: Report) -> None:
    sides = [(row, s) for row in rows(report) for found in row.sides.values() for s in found if s.omitted]
    assert sides
    for row, side in sides:
        assert side.passage.kind.endswith("-0") and side.omitted in "".join(p.text for p in row.source)


def test_what_is_decided_away_no_longer_colours(report: Report) -> None:
    worst = next(f for f in report.findings if f.severity == "critical" and f.passage and f.target)
    others = [f for f in report.findings if f.passage == worst.passage]
    row = next(r for r in rows(report) if worst in r.findings)
    assert row.worst[worst.lang] == "critical"
    closed = next(r for r in rows(report, lambda f: f not in others) if worst in r.findings)
    assert closed.worst[worst.lang] == ""
    marks = [p for s in closed.sides[worst.lang] for p in s.pieces if worst.id in p.findings]
    assert marks and {p.severity for p in marks} == {"closed"}


def test_the_strip_has_a_cell_a_row_in_one_line_and_merges_only_where_nothing_is_told_apart(report: Report) -> None:
    made = rows(report)
    for strip in strips(report, made):
        assert [c.row for c in strip.cells] == [row.number for row in made]
        assert all(a.x + a.width == b.x for a, b in pairwise(strip.cells)) and strip.cells[-1].x + strip.cells[-1].width == strip.width
    many = strips(report, made * 10)
    assert all(len(s.cells) < len(made) * 10 for s in many)
    found = sum(bool(row.worst["zh"]) for row in made)
    assert sum(c.kind in ("critical", "major", "minor") for c in many[0].cells) == found * 10
    crowded = strips(report, [replace(row, number=n) for n, row in enumerate(made * 60)])[0]
    assert len(crowded.cells) <= 1000 and crowded.cells[-1].x + crowded.cells[-1].width == crowded.width
    assert all(c.kind == "critical" for c in crowded.cells if (made * 60)[c.row].worst["zh"] == "critical")
    assert sum(c.kind == "critical" for c in crowded.cells) > 50


def test_quoted_characters_carry_the_language_of_the_translation() -> None:
    assert runs("5 km became 8公里 (8 km)", "zh-Hans") == [("5 km became 8", "en"), ("公里", "zh-Hans"), (" (8 km)", "en")]
    assert runs("plain", "ja") == [("plain", "en")] and runs("", "ja") == []
    assert runs("第2四半期", "ja") == [("第2四半期", "ja")]


def test_evidence_leaves_out_what_says_nothing(report: Report) -> None:
    for finding in report.findings:
        assert all(key and value for key, value in evidence_rows(finding))
