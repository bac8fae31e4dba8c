"""Glossaries in: CSV or TSV, an Excel sheet, or TBX (2 and 3), to terms.

A table has a header: `source` (or `en`), a column a language (`zh`, `ja`), and if you like `variants` (other spellings of the source),
`forbidden zh`, `forbidden ja`, `do not translate`, `case` (does it matter?) and `note`; several values of a cell by "|". Other columns are
let be.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from itertools import dropwhile
from pathlib import PurePath
from typing import Any

from auditor.checks.base import Term
from auditor.errors import InputError
from auditor.formats.files import decode, read_bytes
from auditor.formats.terms import make_terms

_SOURCES = ("source", "en", "english", "term", "source term")
_YES, _NO = frozenset({"yes", "y", "true", "1", "x", "1.0"}), frozenset({"", "no", "n", "false", "0", "0.0"})
_KEEP = frozenset({"do_not_translate", "dnt", "keep"})
_CASE = frozenset({"case", "case_sensitive"})
_VARIANTS = frozenset({"variants", "variant", "synonyms"})
_NOTES = frozenset({"note", "notes", "comment"})
_OTHER_SHEETS = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers"})
_FIRST_SHEET = "xl/worksheets/sheet1.xml"
_NO_VALUE = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
"""A formula that a program wrote without working it out: read as an empty cell, it would drop a term in silence."""
_FORBIDDEN = re.compile(r"forbidden_([a-z]{2,3})(?:_[a-z0-9]+)*|([a-z]{2,3})(?:_[a-z0-9]+)*_forbidden")


def read_glossary(path: str) -> tuple[Term, ...]:
    """The terms of a glossary file. Raises AuditorError naming the file and the line or entry."""
    return parse_glossary(read_bytes(path), path)


def parse_glossary(raw: bytes, name: str) -> tuple[Term, ...]:
    """The same from a file's bytes; its name's ending says what it is, CSV by default."""
    ending = PurePath(name).suffix.lower()
    if ending in (".tbx", ".xml"):
        from auditor.formats.readers.tbx import read

        return read(raw, name)
    if ending == ".xlsx":
        return _terms(_sheet(raw, name), name, "row")
    if ending in _OTHER_SHEETS:
        raise InputError(f"{name}: save it as .xlsx or .csv; {ending} is not read")
    return _terms(_table(raw, name), name, "line")


def _table(raw: bytes, name: str) -> Iterable[tuple[int, list[str]]]:
    from auditor.formats.readers.table import reader, separator_line

    text = decode(raw, name)
    csv.field_size_limit(1_000_000)
    rows = reader(text, name)
    before = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise InputError(f"{name}, line {rows.line_num}: {error}; quote cells that hold the separator") from None
        if row is None:
            return
        if before or not separator_line(text):
            yield before + 1, row
        before = rows.line_num


def _sheet(raw: bytes, name: str) -> Iterable[tuple[int, list[str]]]:
    from auditor.formats.readers.archive import Archive

    package = Archive(raw, name)
    for entry in package.names():
        content = package.read(entry)  # unpacked within bounds, before a library does it without any
        if entry == _FIRST_SHEET and (unknown := _NO_VALUE.search(content)):
            cell = unknown[1].decode()
            raise InputError(
                f"{name}, cell {cell}: a formula whose value is not in the file; save it in Excel, or put the value in its place"
            )
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise InputError(f"{name}: this cannot be read as an Excel file: {' '.join(str(error).split())}") from None
    for number, row in enumerate(rows, 1):
        yield number, [_cell(value) for value in row]


def _cell(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _terms(rows: Iterable[tuple[int, list[str]]], name: str, unit: str) -> tuple[Term, ...]:
    from auditor.formats.readers.table import header_language

    walker = dropwhile(lambda row: not any(cell.strip() for cell in row[1]), rows)
    number, header = next(walker, (1, []))
    keys = [re.sub(r"[\s\-()]+", "_", cell.strip().lower()).strip("_") for cell in header]
    said = {key: header_language(cell) for key, cell in zip(keys, header, strict=True) if not _FORBIDDEN.fullmatch(key)}
    langs = {key: lang for key, lang in said.items() if lang}
    source = next((key for key in _SOURCES if key.replace(" ", "_") in keys), None)
    source = source or next((key for key, lang in langs.items() if lang == "en"), None)
    if source is None or (not set(langs.values()) - {"en"} and not _KEEP & set(keys)):
        found = ",".join(header)[:80] or "nothing"
        raise InputError(f"{name}, {unit} {number}: a glossary needs a header such as source,zh,ja; found {found}")
    source = source.replace(" ", "_")
    terms: list[Term] = []
    for number, row in walker:
        where = f"{name}, {unit} {number}"
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            raise InputError(f"{where}: {len(row)} cells under a header of {len(header)}; quote cells that hold a comma")
        entry = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key}
        if not entry.get(source):
            raise InputError(f"{where}: the source term is empty")
        terms += _entry(entry, source, langs, where)
    return tuple(terms)


def _entry(entry: Mapping[str, str], source: str, langs: Mapping[str, str], where: str) -> Iterable[Term]:
    allowed: dict[str, list[str]] = {}
    forbidden: dict[str, list[str]] = {}
    keep, case, variants, note = False, None, [], ""
    for key, cell in entry.items():
        if key in _KEEP:
            keep = _flag(cell, key, where)
        elif key in _CASE:
            case = _flag(cell, key, where) if cell else None
        elif key in _VARIANTS:
            variants = _values(cell)
        elif key in _NOTES:
            note = note or cell
        elif match := _FORBIDDEN.fullmatch(key):
            forbidden.setdefault(match[1] or match[2], []).extend(_values(cell))
        elif key in langs and key != source and langs[key] != "en":
            allowed.setdefault(langs[key], []).extend(_values(cell))
    return make_terms([entry[source], *variants], allowed, forbidden, keep, case, note, where)


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]


def _flag(cell: str, key: str, where: str) -> bool:
    said = cell.lower()
    if said not in _YES | _NO:
        raise InputError(f"{where}: {key.replace('_', ' ')} is yes or no, not {cell[:40]!r}")
    return said in _YES
