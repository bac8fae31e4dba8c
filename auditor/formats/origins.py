"""Where a text came from: a document's text, and the way from an offset of it back into the file.

Offsets of a report are code points of the *text*. For a plain text file the text is the file. For every other format the text is what
was extracted, and an origin says where in the file a stretch of it stands: a line, a paragraph, a unit's id, a cue's time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.model import Finding, Span
from auditor.report import Report

Place = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Origin:
    """A stretch of a text, `text[start:end]`, and its place in the file.

    place  what leads there, the likeliest way first: {"unit": "u7", "line": 41}, {"paragraph": 3}, {"cue": 4, "time": "00:00:12.500"}
    """

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """A text out of a file.

    name     the file as its user named it, "" when there is none
    form     the format it was read as: "text", "docx", "xliff", ...
    origins  ascending and apart; none for a plain text, whose place is its line and column
    raw      the file's bytes, where a report can be written back into it (XLIFF), else b""
    """

    text: str
    name: str = ""
    form: str = "text"
    origins: tuple[Origin, ...] = ()
    raw: bytes = field(default=b"", repr=False)

    @property
    def is_plain(self) -> bool:
        """Whether the text is the file, so that an offset leads there by itself."""
        return self.form == "text"

    def origin_at(self, offset: int) -> Origin | None:
        """The stretch that holds an offset, or the last one before it."""
        at = bisect_right(self.origins, offset, key=lambda o: o.start) - 1
        return self.origins[at] if at >= 0 else None

    def place(self, span: Span) -> dict[str, str | int]:
        """Where a span begins in the file; {} when nobody knows. With `file` when the file has a name."""
        named: dict[str, str | int] = {"file": self.name} if self.name else {}
        if self.is_plain:
            line, column = line_column(self.text, span.start)
            return {**named, "line": line, "column": column}
        origin = self.origin_at(span.start)
        return {**named, **origin.place} if origin else named


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, the column in code points."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def glue(before: str, after: str) -> str:
    """What joins two stretches of a sentence that a line break parts: nothing between wide characters, else a space."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    return "" if _is_wide(before[-1]) and _is_wide(after[0]) else " "


def _is_wide(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\ufe30" <= char <= "\uffef" or char > "\U00020000"


class Builder:
    """A text put together from a file's pieces, one a line, each with its place."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._origins: list[Origin] = []
        self._at = 0

    def add(self, piece: str, **place: str | int) -> tuple[int, int]:
        """Put a piece on a line of its own; the range it has in the text. Line ends inside it are kept as "\\n"."""
        return self.add_runs([(piece, place)])

    def add_runs(self, runs: Iterable[tuple[str, Place]]) -> tuple[int, int]:
        """The same of a piece that stands in several places of the file: run after run, each with its place."""
        start = at = self._at
        for run, place in runs:
            run = run.replace("\r\n", "\n").replace("\r", "\n")
            if run:
                self._parts.append(run)
                self._origins.append(Origin(at, at + len(run), place))
                at += len(run)
        self._parts.append("\n")
        self._at = at + 1
        return start, at

    def document(self, name: str, form: str, raw: bytes = b"") -> Document:
        """What was put together."""
        return Document("".join(self._parts), name, form, tuple(self._origins), raw)


def told(place: Place) -> str:
    """A place in words: "article.docx, paragraph 3"."""
    parts = [f"{key} {value}" for key, value in place.items() if key != "file"]
    return ", ".join([*([str(place["file"])] if "file" in place else []), *parts])


def with_origins(report: Report, documents: Mapping[str, Document]) -> Report:
    """The report with `origin`, {"source": place, "target": place}, in the evidence of findings about texts that are not the file itself.

    documents  by language, the source's among them
    """
    if all(d.is_plain for d in documents.values()):
        return report
    passages = {p.id: p for t in report.translations for p in t.passages}

    def located(finding: Finding) -> Finding:
        passage = passages.get(finding.passage or "")
        source = finding.source or (passage.source if passage else None)
        target = finding.target or (passage.target if passage else None)
        found: dict[str, Any] = {}
        for side, span, lang in (("source", source, report.source_lang), ("target", target, finding.lang)):
            document = documents.get(lang)
            if span is not None and document is not None and not document.is_plain and (place := document.place(span)):
                found[side] = place
        return replace(finding, evidence={**finding.evidence, "origin": found}) if found else finding

    return replace(report, findings=tuple(located(f) for f in report.findings))
