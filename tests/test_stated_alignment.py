"""Alignments that a file states: used as they are, and held against what the sentences mean."""

from __future__ import annotations

import json
import random
from itertools import accumulate

import pytest

from auditor.corpus.lines import parse_line
from auditor.errors import InputError
from auditor.intake import Submission, Translation
from auditor.model import Stated
from auditor.report import Report
from auditor.session import Session

EN = [
    "Exports rose to $19 million in May, the trade ministry said on Tuesday.",
    "The court rejected the appeal of the two former managers.",
    "Heavy rain flooded the market, and the mayor closed three schools.",
    "She has played the violin since she was four years old.",
    "The museum will open a new wing for modern art next spring.",
]
ZH = [
    "贸易部周二表示，5月出口额增至1900万美元。",
    "法院驳回了两名前经理的上诉。",
    "暴雨淹没了市场，市长关闭了三所学校。",
    "她从四岁起就拉小提琴。",
    "博物馆将于明年春天开设现代艺术新馆。",
]


def audited(session: Session, source: list[str], target: list[str], pairs: list[tuple[int | None, int | None]]) -> Report:
    """An audit of lines whose pairs are stated by number."""
    starts = [[0, *accumulate(len(line) + 1 for line in side)] for side in (source, target)]

    def span(side: int, lines: list[str], number: int | None) -> tuple[int, int]:
        return (0, 0) if number is None else (starts[side][number], starts[side][number] + len(lines[number]))

    stated = tuple(Stated(span(0, source, a), span(1, target, b)) for a, b in pairs)
    translation = Translation("zh", "\n".join(target), None, stated)
    return session.audit(Submission("x", "en", "\n".join(source), (translation,)))[0]


def sides(report: Report) -> list[tuple[str, str]]:
    return [(p.source.text if p.source else "", p.target.text if p.target else "") for p in report.translations[0].passages]


def wrong(report: Report) -> list[str]:
    return [f.source.text for f in report.findings if f.type == "wrong_pair" and f.source]


def test_a_stated_alignment_is_kept(session: Session) -> None:
    report = audited(session, EN, ZH, [(i, i) for i in range(5)])
    assert sides(report) == list(zip(EN, ZH, strict=True))
    assert not report.findings


def test_a_short_pair_that_means_little_is_kept_too(session: Session) -> None:
    report = audited(session, [*EN, "Notes"], [*ZH, "附记"], [(i, i) for i in range(6)])
    assert sides(report)[-1] == ("Notes", "附记") and not wrong(report)


def test_what_the_file_leaves_untranslated_is_an_omission(session: Session) -> None:
    report = audited(session, EN, [*ZH[:3], ZH[4]], [(0, 0), (1, 1), (2, 2), (3, None), (4, 3)])
    assert sides(report)[3] == (EN[3], "")
    assert [(f.category, f.type) for f in report.findings] == [("omission", "sentence")]


def test_sentences_within_a_unit_are_aligned_within_it(session: Session) -> None:
    report = audited(session, [" ".join(EN[:2]), EN[2]], ["".join(ZH[:2]), ZH[2]], [(0, 0), (1, 1)])
    assert sides(report) == list(zip(EN[:3], ZH[:3], strict=True))


def test_pairs_that_changed_places_are_found_and_put_right(session: Session) -> None:
    swapped = [ZH[0], ZH[3], ZH[2], ZH[1], ZH[4]]
    report = audited(session, EN, swapped, [(i, i) for i in range(5)])
    assert sides(report) == list(zip(EN, ZH, strict=True))
    assert [p.moved for p in report.translations[0].passages] == [False, True, False, True, False]
    assert wrong(report) == [EN[1], EN[3]]
    assert {f.type for f in report.findings} == {"wrong_pair"} and {f.severity for f in report.findings} == {"major"}
    assert "another segment of the file" in report.findings[0].message


def test_a_translation_pasted_twice_is_found(session: Session) -> None:
    report = audited(session, EN, [ZH[0], ZH[0], *ZH[2:]], [(i, i) for i in range(5)])
    assert wrong(report) == [EN[1]] and sides(report)[1] == (EN[1], ZH[0])
    assert "nothing in the file renders it" in next(f.message for f in report.findings if f.type == "wrong_pair")


def test_any_stated_pairs_give_each_segment_one_passage(session: Session) -> None:
    rng = random.Random(7)
    for _ in range(20):
        pairs = [(rng.choice([*range(5), None]), rng.choice([*range(5), None])) for _ in range(rng.randrange(1, 9))]
        report = audited(session, EN, ZH, pairs)
        said = sides(report)
        for lines, side in ((EN, 0), (ZH, 1)):
            assert sorted(s[side] for s in said if s[side]) == sorted(lines)


def test_a_batch_line_may_state_pairs() -> None:
    line = {"source": {"lang": "en", "text": "A b."}, "translations": [{"lang": "zh", "text": "甲乙。", "alignment": [[0, 4, 0, 3]]}]}
    assert parse_line(json.dumps(line)).translations[0].alignment == (Stated((0, 4), (0, 3)),)
    for bad in (7, [[1, 2, 3]], [["a", 1, 2, 3]], [[0, 1, 2, -3]]):
        line["translations"][0]["alignment"] = bad  # type: ignore[index]
        with pytest.raises(InputError, match=r"translations\[0\]\.alignment"):
            parse_line(json.dumps(line))
