"""SARIF 2.1.0: what code-review tools show beside the lines of a file.

critical is an error, major a warning, minor a note. The place is where the translation says it (the English for an omission), the
English is the related place. Columns count code points and say so. A finding's id is its fingerprint: it stays in the next revision.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from auditor.formats.origins import Document, line_column, told
from auditor.formats.rows import Documents
from auditor.model import Finding, Passage, Span
from auditor.report import Report, Run

LEVELS = {"critical": "error", "major": "warning", "minor": "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """One run with a rule for every category/type that was found."""
    rules = sorted({(f"{f.category}/{f.type}", f.mqm) for f in report.findings})
    names = list(dict.fromkeys(name for name, _ in rules))
    passages = {p.id: p for t in report.translations for p in t.passages}
    value = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "translation-auditor",
                        "version": run.auditor,
                        "rules": [_rule(name, dict(rules)[name]) for name in names],
                    }
                },
                "automationDetails": {"id": f"translation-auditor/{report.id}"},
                "columnKind": "unicodeCodePoints",
                "results": [_result(report, f, passages.get(f.passage or ""), names, documents) for f in report.findings],
                "properties": {"signature": run.signature},
            }
        ],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _rule(name: str, mqm: str) -> dict[str, Any]:
    category, _, kind = name.partition("/")
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in (category, *kind.split("_"))),
        "shortDescription": {"text": f"{category}: {kind.replace('_', ' ')}"},
        "properties": {"mqm": mqm, "tags": ["translation", category]},
    }


def _result(report: Report, finding: Finding, passage: Passage | None, rules: list[str], documents: Documents) -> dict[str, Any]:
    name = f"{finding.category}/{finding.type}"
    source = finding.source or (passage.source if passage else None)
    target = finding.target or (passage.target if passage else None)
    places = [
        _location(span, lang, finding.evidence.get("origin", {}).get(side), text, documents.get(lang))
        for side, span, lang, text in (
            ("target", target, finding.lang, next((t.text for t in report.translations if t.lang == finding.lang), "")),
            ("source", source, report.source_lang, report.source),
        )
        if span is not None
    ]
    result = {
        "ruleId": name,
        "ruleIndex": rules.index(name),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": places[:1],
        "partialFingerprints": {"findingId/v1": finding.id},
        "properties": {
            "id": finding.id, "lang": finding.lang, "severity": finding.severity, "confidence": finding.confidence,
            "passage": finding.passage, "witnesses": list(finding.witnesses), "agreement": finding.agreement, "mqm": finding.mqm,
        },
    }  # fmt: skip
    if places[1:]:
        result["relatedLocations"] = [{"id": 1, "message": {"text": "the English"}, **places[1]}]
    return result


def _location(span: Span, lang: str, known: Mapping[str, Any] | None, text: str, document: Document | None) -> dict[str, Any]:
    place = known or (document.place(span) if document is not None else {})
    name = str(place.get("file") or f"{lang}.txt")
    path = PurePath(name)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    region: dict[str, Any] = {"snippet": {"text": span.text}}
    if document.is_plain if document is not None else known is None:
        (line, column), (end_line, end_column) = line_column(text, span.start), line_column(text, span.end)
        region |= {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
        region |= {"charOffset": span.start, "charLength": span.end - span.start}
    elif "line" in place:
        region["startLine"] = int(place["line"])
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if len(region) > 1:
        physical["region"] = region
    located = {key: value for key, value in place.items() if key not in ("file", "line", "column")}
    logical = {"logicalLocations": [{"fullyQualifiedName": told(located), "kind": next(iter(located))}]} if located else {}
    return {"physicalLocation": physical, **logical}
