"""CSV and TSV with a column a language: `en` (or `source`) and `zh`, `ja`, `zh-Hant`, ... (or `target`). The place of a row is its line."""

from __future__ import annotations

import csv
import io
import re

from auditor.errors import InputError
from auditor.formats.files import decode
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build, likely_language
from auditor.lang.base import language_codes

_SOURCES = ("source", "en", "english", "src")
_TARGETS = ("target", "translation", "tgt")
_LONGEST = 1_000_000
_TAG = re.compile(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", re.I)


def read(raw: bytes, name: str) -> Bilingual:
    """Rows under a header. Raises InputError naming the line for a header that says no languages, or a row of another width."""
    text = decode(raw, name)
    csv.field_size_limit(_LONGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, name), strict=True)
    before = 0  # lines of the rows that were read whole
    try:
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


def delimiter_of(text: str, name: str) -> str:
    """What parts the cells of the header."""
    if name.lower().endswith(".tsv"):
        return "\t"
    first = text.partition("\n")[0]
    return max((",", "\t", ";"), key=lambda sign: (first.count(sign), sign == ","))


def _columns(header: list[str], name: str) -> dict[str, int]:
    """Language -> column; "" for a translation whose language the header does not say."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        lang = base_language(cell) if _TAG.fullmatch(cell) else ""
        if cell in _SOURCES:
            found.setdefault("en", at)
        elif cell in _TARGETS:
            found.setdefault("", at)
        elif lang in language_codes():
            if lang in found and lang != "en":
                raise InputError(f"{name}, line 1: two columns are {lang}; give one column a language")
            found.setdefault(lang, at)
    if "en" not in found or len(found) < 2:
        told = ",".join(header)[:80] or "nothing"
        raise InputError(f"{name}, line 1: a table of texts needs a header such as en,zh,ja or source,target; found {told}")
    if "" in found and len(found) > 2:
        del found[""]
    return found
