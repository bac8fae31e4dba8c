"""Text files in: UTF-8, with an error that names the file, the line and the byte."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from auditor.checks.base import Term
from auditor.errors import EncodingError, InputError, TooLargeError, UsageError

MAX_BYTES = 16 * 1024 * 1024
"""Of a file, before it is decoded: four times the largest text in UTF-8, so that the limit on characters speaks first."""


def read_text(path: str) -> str:
    """The text of a file, or of standard input for "-"; a byte order mark is dropped, line ends stay as they are.

    Raises UsageError for a file that cannot be read, EncodingError and TooLargeError for what is in it.
    """
    return decode(read_bytes(path), "standard input" if path == "-" else path)


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises UsageError when it cannot be read, TooLargeError."""
    name = "standard input" if path == "-" else path
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if path == "-" else _read(Path(path))
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise TooLargeError(f"{name} has more than {MAX_BYTES:,} bytes; split it into articles")
    return raw


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def decode(raw: bytes, name: str) -> str:
    """UTF-8 to text. The error names the byte, its offset in the file and its line."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        skipped = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
        at = error.start + skipped
        line = raw.count(b"\n", 0, at) + 1
        message = f"{name}, line {line}: byte 0x{raw[at]:02X} at offset {at} is not UTF-8; save the file as UTF-8"
        raise EncodingError(message) from None


def read_glossary(path: str) -> tuple[Term, ...]:
    """Terms from a CSV file with a header: `source`, then a column a language (zh, ja); several renderings by "|"; `note` is free."""
    return parse_glossary(read_bytes(path), path)


def parse_glossary(raw: bytes, path: str) -> tuple[Term, ...]:
    """The same from a file's bytes."""
    rows = csv.reader(io.StringIO(decode(raw, path)))
    header = [cell.strip() for cell in next(rows, [])]
    if "source" not in header or len(header) < 2:
        raise InputError(f"{path}, line 1: a glossary needs a header such as source,zh,ja; found {','.join(header) or 'nothing'}")
    terms: list[Term] = []
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            raise InputError(
                f"{path}, line {rows.line_num}: {len(row)} cells under a header of {len(header)}; quote cells that hold a comma"
            )
        entry = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if not entry.get("source"):
            raise InputError(f"{path}, line {rows.line_num}: the source term is empty")
        for lang, rendering in entry.items():
            targets = tuple(t.strip() for t in rendering.split("|") if t.strip())
            if lang not in ("source", "note", "") and targets:
                terms.append(Term(entry["source"], lang, targets))
    return tuple(terms)
