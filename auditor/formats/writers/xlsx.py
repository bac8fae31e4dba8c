"""XLSX: a sheet a language, a row a finding, filterable, coloured by severity; before them a sheet with the scores.

Every text is written as a string and marked as one (quote prefix) where a spreadsheet might take it for a formula later.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from auditor.formats.rows import COLUMNS, Documents, finding_rows
from auditor.formats.safe import is_formula
from auditor.formats.terminal import visible
from auditor.report import Report, Run, counts, verdict

COLOURS = {"critical": "#F8CBAD", "major": "#FFE699", "minor": "#F2F2F2"}
_WIDTHS = {
    "severity": 10, "category": 12, "type": 14, "message": 50, "source_text": 30, "target_text": 30, "source_passage": 50,
    "target_passage": 50, "back_translation": 40, "source_place": 24, "target_place": 24, "evidence": 40, "mqm": 30, "id": 20,
}  # fmt: skip
_FIRST = (
    "severity", "category", "type", "message", "source_text", "target_text", "source_passage", "target_passage", "back_translation",
    "confidence", "agreement", "witnesses", "passage", "source_place", "target_place",
)  # fmt: skip
_ORDER = (*_FIRST, *(name for name in COLUMNS if name not in (*_FIRST, "article", "lang")))
_LONGEST = 32_000
"""Characters a cell can hold, and some less: beyond 32,767 Excel calls the file broken."""


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """The workbook; the same report gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {"title": visible(report.id)[:200], "comments": f"translation-auditor {run.auditor}", "created": datetime(2000, 1, 1)}
    )
    formats = _formats(book)
    _summary(book.add_worksheet("Summary"), report, run, formats)
    for translation in report.translations:
        rows = [row for row in finding_rows(report, documents) if row["lang"] == translation.lang]
        _findings(book.add_worksheet(f"{translation.lang}-{translation.script}"[:31]), rows, formats)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> Mapping[tuple[str, bool], Any]:
    made: dict[tuple[str, bool], Any] = {("head", False): book.add_format({"bold": True, "bg_color": "#D9E1F2", "bottom": 1})}
    for name, colour in (*COLOURS.items(), ("", None)):
        for quoted in (False, True):
            wanted = {"text_wrap": True, "valign": "top", "quote_prefix": quoted, **({"bg_color": colour, "border": 4} if colour else {})}
            made[name, quoted] = book.add_format(wanted)
    return made


def _put(sheet: Any, row: int, column: int, value: Any, formats: Mapping[tuple[str, bool], Any], severity: str = "") -> None:
    if value is None:
        sheet.write_blank(row, column, None, formats[severity, False])
    elif isinstance(value, str):
        text = visible(value)
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        sheet.write_string(row, column, shown, formats[severity, is_formula(value) or is_formula(shown)])
    else:
        sheet.write_number(row, column, value, formats[severity, False])


def _summary(sheet: Any, report: Report, run: Run, formats: Mapping[tuple[str, bool], Any]) -> None:
    columns = ("article", "lang", "verdict", "critical", "major", "minor", "passages", "similarity", "chrF", "BLEU", "MQM", "engine")
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, formats["head", False])
    for row, t in enumerate(report.translations, 1):
        own = tuple(f for f in report.findings if f.lang == t.lang)
        engine = run.engines.get(t.lang)
        values = (
            report.id, t.lang, verdict(own), *counts(own).values(), len(t.passages), t.similarity, t.chrf, t.bleu, t.mqm,
            engine.name if engine else "",
        )  # fmt: skip
        for column, value in enumerate(values):
            _put(sheet, row, column, value, formats)
    sheet.set_column(0, 0, 30)
    sheet.freeze_panes(1, 0)


def _findings(sheet: Any, rows: list[dict[str, Any]], formats: Mapping[tuple[str, bool], Any]) -> None:
    for column, name in enumerate(_ORDER):
        sheet.write_string(0, column, name.replace("_", " "), formats["head", False])
        sheet.set_column(column, column, _WIDTHS.get(name, 11))
    for number, row in enumerate(rows, 1):
        for column, name in enumerate(_ORDER):
            _put(sheet, number, column, row[name], formats, row["severity"] if column < 4 else "")
    sheet.freeze_panes(1, 4)
    sheet.autofilter(0, 0, max(len(rows), 1), len(_ORDER) - 1)
