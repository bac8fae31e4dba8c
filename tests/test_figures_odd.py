"""Whatever a line holds, figures are read or not, but nothing breaks, spans quote the text, and values are in the notation."""

from __future__ import annotations

import random
import re

import pytest

from auditor.lang.base import language, language_codes

_ALPHABET = (
    "0123456789.,-/:%^eE 一二三四十百千万億亿兆两半分之の割成折倍年月日時点元円ドル$€¥kKMG第约多余几数から至~()つ人個"
    " one two third hundred and half point of the century"
)
_LINES = [
    "", "   ", "！？。…", "😀🎉👨‍👩‍👧 5", "\u202e123\u202c 456", "\u200b5\u200b個", "\x00\x01 5 \x7f", "①②③ Ⅷ ㌔ x² 10⁶",
    "٣٤٥ १२३",
    "1e-400 0/0 5/0 0^-1 9^99999", "NaN inf ∞", "2023-13-45 99:99 25:61", "31月32日 0年0月0日 令和0年 第零 第万",
    "人中0人 1人に0人 100世紀",
    "7" * 9000, "一" * 9000, "十百千万亿" * 300, "三分之" * 300, "2^" * 500, "1/" * 500, "hundred " * 300, "and a half " * 200,
]  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,60}(\.\d{1,60})?")
_MOMENT = re.compile(r"-?\d{4}(-(0\d|1[0-2])(-[0-3]\d)?)?|--(0[1-9]|1[0-2])(-[0-3]\d)?|---[0-3]\d|\d\d:\d\d|[1-7]")


def _odd_lines() -> list[str]:
    chosen = random.Random(20261124)
    return [*_LINES, *("".join(chosen.choices(_ALPHABET, k=chosen.randint(1, 40))) for _ in range(300))]


@pytest.mark.parametrize("code", language_codes())
def test_odd_lines_break_nothing(code: str) -> None:
    reader = language(code)
    for line in _odd_lines():
        for figure in reader.read(line).figures:
            assert line[figure.start : figure.end] == figure.text
            form = _MOMENT if figure.kind in ("date", "time", "weekday") else _NUMBER
            assert all(form.fullmatch(value) for value in (figure.value, figure.high) if value is not None), (line, figure)


def test_a_japanese_line_longer_than_the_tokenizer_takes_is_read() -> None:
    figures = language("ja").read("東京で12人が話した。" * 4500).figures
    assert [f.value for f in figures[:2] + figures[-1:]] == ["12", "12", "12"]
