"""What a text may not do in a file that other programs open: be a formula of a spreadsheet, or break an XML document."""

from __future__ import annotations

import re

from auditor.formats.terminal import visible

_FORMULA = re.compile(r"^[\s\u200b-\u200f\ufeff]*[=+\-@\t\r\n|＝＋－＠]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula: it begins with = + - @ or a sign that is dropped before one (OWASP)."""
    return bool(_FORMULA.match(text))


def csv_cell(text: str) -> str:
    """A cell of a CSV file: hidden characters shown, a possible formula made text by an apostrophe."""
    shown = visible(text.replace("\r\n", "\n"))
    return f"'{shown}" if is_formula(text) or is_formula(shown) else shown


def xml_text(text: str) -> str:
    """A text that XML 1.0 can hold: what it cannot is shown as a code point."""
    return _NOT_XML.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)
