"""Sixty lines of what goes wrong between English, Chinese and Japanese: faithful sentences stay quiet, drifted ones are found.

Rows are in cases/pitfalls.tsv; those marked `limit` are known not to hold and are listed, with the reason, in docs/limits.md.
`python -m tests.test_pitfalls` writes that page anew and prints the counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from auditor import ledger
from auditor.checks import CHECKS
from auditor.checks.base import Document
from auditor.encoder import Encoder
from auditor.lang.base import language
from auditor.model import Drift, Facts, Pair, Passage, Span
from auditor.witnesses import Verdict, weigh

HERE = Path(__file__).parent
CASES = HERE / "cases" / "pitfalls.tsv"
PAGE = HERE.parent / "docs" / "limits.md"
AREAS = ((22, "Numerals"), (32, "Dates and times"), (37, "Units and money"), (49, "Names"), (60, "Claims and tone"))
SIMILARITY = 0.7
ENCODER = Encoder()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; `categories` are those that must fire, none for a faithful pair."""

    line: int
    number: int
    expect: str
    lang: str
    categories: tuple[str, ...]
    english: str
    translation: str
    note: str

    @property
    def holds(self) -> bool:
        """What ought to be flagged is, and nothing else."""
        found = findings(self.lang, self.english, self.translation)
        flagged: set[str] = {d.category for d, v in found if v.severity != "minor"}
        noted = {f"{d.category}?" for d, _ in found}
        wanted = set(self.categories)
        return flagged <= {c.rstrip("?") for c in wanted} and (not wanted or bool(wanted & (flagged | noted)))


def read_rows() -> tuple[Row, ...]:
    """The rows of the table, each with its line in the file."""
    rows = []
    for line, text in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if text.startswith(("#", "number\t")) or not text:
            continue
        number, expect, lang, category, english, translation, note = text.split("\t")
        rows.append(Row(line, int(number), expect, lang, tuple(filter(None, category.split("|"))), english, translation, note))
    return tuple(rows)


@cache
def read(lang: str, text: str) -> Facts:
    return language(lang).read(text)


@cache
def findings(lang: str, english: str, translation: str) -> tuple[tuple[Drift, Verdict], ...]:
    """What every check makes of one sentence and its translation, weighed without a back-translation."""
    source, target = Span(0, len(english), english), Span(0, len(translation), translation)
    passage = Passage(f"{lang}-0000", lang, "1-1", source, target, SIMILARITY)
    pairs = (Pair(passage, read("en", english), read(lang, translation), None, (0,), (0,)),)
    document = Document(lang, english, translation, pairs, ledger.build(pairs), encode=ENCODER.encode)
    drifts = [d for check in CHECKS if check.languages is None or lang in check.languages for d in check.find(document)]
    return tuple((d, weigh(d, pairs[0], SIMILARITY)) for d in drifts if isinstance(d, Drift))


ROWS = read_rows()


def name_of(row: Row) -> str:
    return f"{row.number}-{row.lang}-{'|'.join(row.categories) or 'quiet'}-line{row.line}"


def shown(row: Row) -> str:
    """The sentence, its translation and what was found, for a person to judge."""
    found = [f"{v.severity} {d.category}/{d.type}: {d.message}" for d, v in findings(row.lang, row.english, row.translation)]
    return f"    {row.english}\n    {row.translation}\n    found: {'; '.join(found) or 'nothing'}"


@pytest.mark.parametrize(
    "row",
    [pytest.param(r, id=name_of(r), marks=[pytest.mark.xfail(strict=False, reason=r.note)] if r.expect == "limit" else []) for r in ROWS],
)
def test_faithful_sentences_are_quiet_and_drifted_ones_are_found(row: Row) -> None:
    assert row.holds, f"\n{shown(row)}"


def test_every_line_of_the_list_has_rows_and_every_limit_a_reason() -> None:
    assert {r.number for r in ROWS} == set(range(1, 61))
    assert all(r.expect in ("quiet", "fire", "limit") and r.lang in ("zh", "ja") for r in ROWS)
    assert all(bool(r.categories) == (r.expect == "fire") for r in ROWS if r.expect != "limit")
    assert [r for r in ROWS if r.expect == "limit" and not r.note] == []


def test_the_page_of_known_limits_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == limits_page(ROWS), "run python -m tests.test_pitfalls"


def limits_page(rows: Iterable[Row]) -> str:
    """docs/limits.md: every row marked `limit`, by area, with its reason."""
    rows = tuple(rows)
    limits = [r for r in rows if r.expect == "limit"]
    lines = [
        "# Known limits",
        "",
        f"Of {len(rows)} sentence pairs that show what goes wrong between English, Chinese and Japanese (`tests/cases/pitfalls.tsv`),",
        f"{len(limits)} are judged wrongly today. *Missed*: a drift that is not found, or found as minor only. *False alarm*: a faithful",
        "pair that is flagged. Each pair is judged alone, without a back-translation and without the rest of an article.",
        "This page is written by `python -m tests.test_pitfalls`.",
    ]
    low = 0
    for high, area in AREAS:
        here = [r for r in limits if low < r.number <= high]
        low = high
        if here:
            lines += ["", f"## {area}", "", "| | | English | translation | why |", "|---|---|---|---|---|"]
            lines += [f"| {r.lang} | {_side(r)} | {_cell(r.english)} | {_cell(r.translation)} | {_cell(r.note)} |" for r in here]
    return "\n".join(lines) + "\n"


def _side(row: Row) -> str:
    return f"missed {', '.join(c.rstrip('?') for c in row.categories)}" if row.categories else "false alarm"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the page of limits and print how many rows hold."""
    PAGE.write_text(limits_page(ROWS), encoding="utf-8")
    counts = Counter((r.expect, r.holds) for r in ROWS)
    for expect in ("quiet", "fire", "limit"):
        print(f"{expect}: {counts[expect, True]} of {counts[expect, True] + counts[expect, False]} hold")
    for row in ROWS:
        if row.holds == (row.expect == "limit"):
            print(f"{'now holds' if row.holds else 'FAILS'} {name_of(row)}\n{shown(row)}")


if __name__ == "__main__":
    main()
