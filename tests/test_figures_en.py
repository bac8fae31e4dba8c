"""What the auditor reads as a figure in English, row by row."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from auditor.lang.base import language
from auditor.lang.en.figures import read_figures
from auditor.lang.figures_base import plain
from auditor.model import Figure
from auditor.text import fold

_ROWS = [
    line.partition("\t")
    for line in (Path(__file__).parent / "cases" / "figures_en.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def shown(figure: Figure) -> str:
    """A figure as the cases file writes it."""
    text = f"{figure.text} = {figure.kind} {figure.value}"
    text += f"..{figure.high}" if figure.high else ""
    text += f" {figure.unit}" if figure.unit else ""
    text += f" ({figure.bound})" if figure.bound != "exact" else ""
    return text + (" ~" if figure.approximate else "")


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, _, expected in _ROWS], ids=[row[0][:40] for row in _ROWS])
def test_figures_of_a_sentence_are_read_by_value(text: str, expected: str) -> None:
    assert " | ".join(map(shown, read_figures(fold(text).text, ()))) == expected


def test_spans_are_exact_and_in_order() -> None:
    text = " ".join(text for text, _, _ in _ROWS)
    figures = language("en").read(text).figures
    assert all(text[f.start : f.end] == f.text for f in figures)
    assert all(a.end <= b.start for a, b in pairwise(figures))


@pytest.mark.parametrize("number", [0, 7, 13, 20, 21, 99, 100, 101, 110, 999, 1000, 1001, 12_345, 100_000, 1_000_001, 987_654_321])
def test_any_number_in_words_is_the_number(number: int) -> None:
    """Spelled with and without "and" by a writer that knows no reader."""
    for joiner in (" ", " and "):
        figures = read_figures(f"they counted {_spell(number, joiner)} boxes", ())
        assert [f.value for f in figures] == [plain(number)], (number, figures)


def _spell(number: int, joiner: str) -> str:
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            join = joiner if rest < 100 else " "
            return f"{_spell(number // scale, joiner)} {name}" + (join + _spell(rest, joiner) if rest else "")
    ones = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    )
    if number < 20:
        return ones.split()[number]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"][number // 10 - 2]
    return f"{tens}-{ones.split()[number % 10]}" if number % 10 else tens
