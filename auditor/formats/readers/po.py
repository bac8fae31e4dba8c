"""Gettext PO: messages that are translated; fuzzy and obsolete ones are not. The place is the line, and the message's context."""

from __future__ import annotations

import codecs
import re

from auditor.errors import EncodingError, InputError
from auditor.formats.files import decode, decode_as
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build, likely_language

_SYNTAX = re.compile(r"\(line (\d+)\)|on line (\d+)")

_CHARSET = re.compile(rb"^\"Content-Type:[^\n]*charset=([\w.:-]+)", re.M | re.I)
_OPEN = re.compile(r"(?:msg(?:id|str|ctxt|id_plural)(?:\[\d+\])?\s*)?\"(?:[^\"\\]|\\.)*\\?")
"""A line whose quote is not closed. The library reads on and gives fewer messages than there are."""


def read(raw: bytes, name: str) -> Bilingual:
    """Source messages and their translations; of a plural the last form on either side."""
    import polib

    text = _decoded(raw, name)
    if bad := next((n for n, line in enumerate(text.split("\n"), 1) if _OPEN.fullmatch(line.strip())), 0):
        raise InputError(f"{name}, line {bad}: a quote is not closed")
    try:
        entries = polib.pofile(text + "\n")  # a text without a line break would be taken for a path
        lang = base_language(str(entries.metadata.get("Language", "")))
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        found = _SYNTAX.search(str(error))
        where = f", line {found[1] or found[2]}" if found else ""
        raise InputError(f"{name}{where}: this cannot be read as a PO file") from None
    rows: list[tuple[str, str, dict[str, str | int]]] = []
    for entry in entries:
        if entry.obsolete or "fuzzy" in entry.flags:
            continue
        plural = bool(entry.msgid_plural)
        said = entry.msgstr_plural[max(entry.msgstr_plural)] if plural and entry.msgstr_plural else entry.msgstr
        place: dict[str, str | int] = {"line": entry.linenum, **({"context": entry.msgctxt} if entry.msgctxt else {})}
        rows.append((entry.msgid_plural if plural else entry.msgid, said, place))
    lang = lang or likely_language((said for _, said, _ in rows), name)
    return build([Unit(source, {lang: said}, place) for source, said, place in rows], name, "po")


def _decoded(raw: bytes, name: str) -> str:
    """The text in the charset of its header, UTF-8 where it names none (a template says CHARSET)."""
    found = _CHARSET.search(raw)
    charset = found[1].decode("ascii") if found else "utf-8"
    try:
        if codecs.lookup(charset).name in ("utf-8", "ascii"):
            return decode(raw, name)
        return decode_as(raw, charset)
    except LookupError:
        return decode(raw, name)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise EncodingError(f"{name}, line {line}: byte 0x{raw[error.start]:02X} is not {charset}, which the file says it is in") from None
