"""Formats by file ending: which reader a file needs, which form a report has, and the one call that writes any of them.

A form's module is imported when it is first written: an audit that prints JSON loads no spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.formats.origins import Document
    from auditor.report import Report, Run


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a report.

    suffixes  file endings that mean it, the usual one first
    media     its media type
    binary    nothing for a terminal
    """

    name: str
    suffixes: tuple[str, ...]
    media: str
    binary: bool = False


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("text", ("txt",), "text/plain; charset=utf-8"),
        Form("json", ("json",), "application/json"),
        Form("html", ("html", "htm"), "text/html; charset=utf-8"),
        Form("xlsx", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", binary=True),
        Form("csv", ("csv",), "text/csv; charset=utf-8"),
        Form("sarif", ("sarif",), "application/sarif+json"),
        Form("junit", ("xml",), "application/xml"),
        Form("xliff", ("xlf", "xliff", "sdlxliff", "mxliff", "mqxliff"), "application/xliff+xml"),
        Form("tmx", ("tmx",), "application/x-tmx+xml"),
        Form("parquet", ("parquet",), "application/vnd.apache.parquet", binary=True),
    )
}
BY_SUFFIX: Mapping[str, Form] = {suffix: form for form in FORMS.values() for suffix in form.suffixes}


READERS: Mapping[str, str] = {
    "md": "markdown", "markdown": "markdown", "html": "webpage", "htm": "webpage", "xhtml": "webpage", "docx": "word",
    "xlf": "xliff", "xliff": "xliff", "sdlxliff": "xliff", "mxliff": "xliff", "mqxliff": "xliff", "tmx": "tmx", "po": "po", "pot": "po",
    "csv": "table", "tsv": "table", "srt": "subtitles", "vtt": "subtitles",
}  # fmt: skip
"""File ending -> module of `readers` with `read(raw, name)`; any other file is plain text."""


def brings_translations(path: str) -> bool:
    """Whether a file of that ending holds its translations, or is a folder or ZIP of an article's files."""
    if path == "-":
        return False
    ending = PurePath(path).suffix.lower().removeprefix(".")
    return READERS.get(ending) in ("xliff", "tmx", "po", "table") or ending == "zip" or Path(path).is_dir()


def form_of_file(path: str) -> str | None:
    """The form that a file's ending means (report.sarif.json is SARIF), None for an ending that means none."""
    endings = [s.removeprefix(".").lower() for s in PurePath(path).suffixes[-2:]]
    if endings[-2:] == ["sarif", "json"]:
        return "sarif"
    found = BY_SUFFIX.get(endings[-1]) if endings else None
    return found.name if found else None


def write(form: str, report: Report, run: Run, documents: Mapping[str, Document] | None = None) -> bytes:
    """The report in a form of `FORMS`.

    documents  by language, the source's among them: the files the texts came from; without them there are no places in files
    Raises UsageError when the form cannot hold this report (two files of a translator's for one XLIFF).
    """
    if form in ("text", "json", "html"):
        from auditor.formats import FORMATS

        return FORMATS[form](report, run).encode()
    writer = import_module(f"auditor.formats.writers.{form}")
    written: bytes = writer.write(report, run, documents or {})
    return written
