"""What an editor may rely on when the auditor reads figures in Japanese; the rows are in cases/figures_ja.tsv."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from auditor.lang.base import language
from auditor.model import Figure

_LINES = (Path(__file__).parent / "cases" / "figures_ja.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in _LINES if line and not line.startswith("#")]


def notation(figure: Figure) -> str:
    high = f"..{figure.high}" if figure.high else ""
    unit = f":{figure.unit}" if figure.unit else ""
    bound = "" if figure.bound == "exact" else f":{figure.bound}"
    return f"{figure.text}={figure.kind}:{figure.value}{high}{unit}{bound}{'~' if figure.approximate else ''}".replace(" ", "_")


def read(text: str) -> tuple[Figure, ...]:
    reader = language("ja")
    folded = reader.fold(text)
    return reader.figures(folded.text, reader.words(folded.text))


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_figure_is_read_by_its_value(text: str, expected: str) -> None:
    assert " ".join(map(notation, read(text))) == expected


@pytest.mark.parametrize("text", ["，".join(row[0] for row in ROWS[i : i + 12]) for i in range(0, len(ROWS), 12)])
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    folded = language("ja").fold(text).text
    last = 0
    for figure in read(text):
        assert last <= figure.start < figure.end
        assert folded[figure.start : figure.end] == figure.text
        last = figure.end


def test_the_submitted_text_is_quoted_whatever_its_width() -> None:
    text = "ＧＤＰは６．５％増の３，５００億円。"
    assert [f.text for f in language("ja").read(text).figures] == ["６．５％", "３，５００億円"]


def test_a_sentence_takes_well_under_a_millisecond() -> None:
    reader = language("ja")
    text = "同社は昨年3月、12都市で売上高が25%増の28億ドルとなり、1万2千人以上の従業員が恩恵を受けた。"
    words = reader.words(text)
    reader.figures(text, words)
    start = time.perf_counter()
    for _ in range(200):
        reader.figures(text, words)
    assert (time.perf_counter() - start) / 200 < 0.002
