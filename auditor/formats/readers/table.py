"""CSV and TSV with a column a language: `en` (or `source`) and `zh`, `ja`, `zh-Hant`, ... (or `target`). The place of a row is its line."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from auditor.errors import InputError
from auditor.formats.files import decode
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build, likely_language
from auditor.lang.base import language, language_codes

_SOURCES = ("source", "en", "english", "src")
_TARGETS = ("target", "translation", "tgt")
_LONGEST = 1_000_000
_TAG = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*( (hans|hant|cn|tw|hk|jp|us|gb|uk))?", re.I)
_SEPARATOR = re.compile(r"sep=([,;\t])\r?(?:\n|$)", re.I)
"""The first line by which Excel is told what parts the cells; no row of the table."""


def read(raw: bytes, name: str) -> Bilingual:
    """Rows under a header. Raises InputError naming the line for a header that says no languages, or a row of another width."""
    text = decode(raw, name)
    csv.field_size_limit(_LONGEST)
    rows = reader(text, name)
    before = 0  # lines of the rows that were read whole
    try:
        if separator_line(text):
            next(rows)
        header = [cell.strip().lower() for cell in next(rows, [])]
        columns = _columns(header, name)
        units = []
        before = rows.line_num
        for row in rows:
            line, before = before + 1, rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(header):
                raise InputError(
                    f"{name}, line {line}: {len(row)} cells under a header of {len(header)}; quote cells that hold the separator"
                )
            cells = {lang: row[at].strip() for lang, at in columns.items() if at < len(row)}
            units.append(Unit(cells.pop("en", ""), cells, {"line": line}))
    except csv.Error as error:
        if "end of data" in str(error) or "field larger" in str(error):  # the reader took all that follows for the cell
            told = f"a quote that is not closed, or a cell of more than {_LONGEST:,} characters"
            raise InputError(f"{name}, line {before + 1}: the row that begins here has {told}") from None
        raise InputError(f"{name}, line {rows.line_num}: {error}") from None
    if any("" in unit.targets for unit in units):
        lang = likely_language((u.targets.get("", "") for u in units), name)
        units = [Unit(u.source, {lang: u.targets.get("", "")}, u.place) for u in units]
    return build(units, name, "table")


def reader(text: str, name: str) -> Any:
    """The rows of a table (csv.reader), one way for texts and for glossaries.

    Cells may be quoted. Of a table with tabs, most programs but Excel quote none, and a quote that opens in one row and closes in another
    is a quotation over several segments: where quotes do not fit, or a quoted cell holds a tab, quotes are characters like others.
    """
    sign = delimiter_of(text, name)
    lines = io.StringIO(text, newline="")
    if sign == "\t" and not _is_quoted(text):
        return csv.reader(lines, delimiter=sign, strict=True, quoting=csv.QUOTE_NONE)
    return csv.reader(lines, delimiter=sign, strict=True)


def _is_quoted(text: str) -> bool:
    try:
        return not any("\t" in cell for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True) for cell in row)
    except csv.Error:
        return False


def delimiter_of(text: str, name: str) -> str:
    """What parts the cells of the header."""
    if stated := _SEPARATOR.match(text):
        return stated[1]
    if name.lower().endswith(".tsv"):
        return "\t"
    first = text.partition("\n")[0]
    return max((",", "\t", ";"), key=lambda sign: (first.count(sign), sign == ","))


def separator_line(text: str) -> bool:
    """Whether a table begins with Excel's `sep=;`, which is no row."""
    return _SEPARATOR.match(text) is not None


def header_language(cell: str) -> str | None:
    """The language that a column's header says: zh, zh-CN, zh (Taiwan), Chinese, 中文; None for another column.

    One reading for tables of texts and for glossaries.
    """
    said = re.sub(r"\s*[(（].*[)）]$", "", cell.strip().lower())
    names = {name: code for code in language_codes() for name in (language(code).name.lower(), *language(code).called)}
    code = names.get(said) or (base_language(said.partition(" ")[0]) if _TAG.fullmatch(said) else "")
    return code if code in language_codes() else None


def _columns(header: list[str], name: str) -> dict[str, int]:
    """Language -> column; "" for a translation whose language the header does not say."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        lang = header_language(cell)
        if cell in _SOURCES and lang is None:
            found.setdefault("en", at)
        elif cell in _TARGETS:
            found.setdefault("", at)
        elif lang:
            if lang in found and (lang != "en" or header[found[lang]] not in _SOURCES or header_language(header[found[lang]])):
                raise InputError(f"{name}, line 1: two columns are {lang}; give one column a language")
            found.setdefault(lang, at)
    if "en" not in found or len(found) < 2:
        told = ",".join(header)[:80] or "nothing"
        raise InputError(f"{name}, line 1: a table of texts needs a header such as en,zh,ja or source,target; found {told}")
    if "" in found and len(found) > 2:
        del found[""]
    return found
