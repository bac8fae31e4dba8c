"""Gettext PO: messages that are translated; fuzzy and obsolete ones are not. The place is the line, and the message's context."""

from __future__ import annotations

import re

from auditor.errors import InputError
from auditor.formats.files import decode
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build, likely_language

_SYNTAX = re.compile(r"\(line (\d+)\)|on line (\d+)")


def read(raw: bytes, name: str) -> Bilingual:
    """Source messages and their translations; of a plural the last form on either side."""
    import polib

    text = decode(raw, name)
    try:
        entries = polib.pofile(text + "\n")  # a text without a line break would be taken for a path
        lang = base_language(str(entries.metadata.get("Language", "")))
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        found = _SYNTAX.search(str(error))
        where = f", line {found[1] or found[2]}" if found else ""
        raise InputError(f"{name}{where}: this cannot be read as a PO file") from None
    rows: list[tuple[str, str, dict[str, str | int]]] = []
    for entry in entries:
        if entry.obsolete:
            continue
        plural = bool(entry.msgid_plural)
        said = entry.msgstr_plural[max(entry.msgstr_plural)] if plural and entry.msgstr_plural else entry.msgstr
        place: dict[str, str | int] = {"line": entry.linenum, **({"context": entry.msgctxt} if entry.msgctxt else {})}
        rows.append((entry.msgid_plural if plural else entry.msgid, "" if "fuzzy" in entry.flags else said, place))
    lang = lang or likely_language((said for _, said, _ in rows), name)
    return build([Unit(source, {lang: said}, place) for source, said, place in rows], name, "po")
