"""What `auditor inspect` reads in inputs as the specifications of number and time recognisers have them.

`figures_suite.tsv` was written blind; of half of its rows by checksum only counts were looked at. "skip" marks inputs on which such
specifications differ.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.lang.base import language
from auditor.model import Figure

_LINES = (Path(__file__).parent / "cases" / "figures_suite.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in _LINES if line and not line.startswith("#") and "skip" not in line]
LEAST = 0.97


def shown(figure: Figure) -> str:
    """A figure as the table writes it."""
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{figure.kind} {figure.value}{f'..{figure.high}' if figure.high else ''}{unit}"


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_inputs_of_a_specification_are_read(lang: str) -> None:
    rows = [(text, expected) for code, text, expected in ROWS if code == lang]
    missed = []
    for text, expected in rows:
        read = " ; ".join(map(shown, language(lang).read(text).figures)) or "none"
        if read != expected and not (expected.startswith("measure") and expected.count(" ") == 1 and read.startswith(expected)):
            missed.append((text, expected, read))
    assert len(missed) <= (1 - LEAST) * len(rows), missed


def test_no_number_is_read_in_words_that_only_look_like_one() -> None:
    words = [(code, text) for code, text, expected in ROWS if expected == "none"]
    assert len(words) > 20
    assert [(code, text) for code, text in words if language(code).read(text).figures] == []
