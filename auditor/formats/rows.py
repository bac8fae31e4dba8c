"""Findings as flat rows: what the CSV, XLSX and Parquet writers share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.formats.origins import Document, told
from auditor.model import Finding, Passage, Span
from auditor.report import Report

COLUMNS: Mapping[str, type] = {
    "article": str, "lang": str, "severity": str, "category": str, "type": str, "confidence": float, "message": str,
    "source_text": str, "target_text": str, "source_start": int, "source_end": int, "target_start": int, "target_end": int,
    "source_place": str, "target_place": str, "passage": str, "source_passage": str, "target_passage": str,
    "similarity": float, "back_translation": str, "back_translation_health": str, "witnesses": str, "agreement": str, "mqm": str,
    "id": str, "evidence": str,
}  # fmt: skip
"""Column -> type; a value may be missing (None). `source_text` is what the finding points at, `source_passage` what stands around it."""

Documents = Mapping[str, Document]


def finding_rows(report: Report, documents: Documents) -> Iterator[dict[str, Any]]:
    """A row a finding, in the report's order. Offsets are code points of the texts."""
    passages = {p.id: p for t in report.translations for p in t.passages}
    for finding in report.findings:
        yield _row(report, finding, passages.get(finding.passage or ""), documents)


def _row(report: Report, finding: Finding, passage: Passage | None, documents: Documents) -> dict[str, Any]:
    source, target = finding.source, finding.target
    around = passage.source if passage else None, passage.target if passage else None
    return {
        "article": report.id, "lang": finding.lang, "severity": finding.severity, "category": finding.category, "type": finding.type,
        "confidence": finding.confidence, "message": finding.message,
        "source_text": _text(source), "target_text": _text(target),
        "source_start": source.start if source else None, "source_end": source.end if source else None,
        "target_start": target.start if target else None, "target_end": target.end if target else None,
        "source_place": place_of(finding, "source", source or around[0], documents.get(report.source_lang)),
        "target_place": place_of(finding, "target", target or around[1], documents.get(finding.lang)),
        "passage": finding.passage, "source_passage": _text(around[0]), "target_passage": _text(around[1]),
        "similarity": passage.similarity if passage else None,
        "back_translation": passage.back_translation if passage else None,
        "back_translation_health": passage.back_translation_health if passage else None,
        "witnesses": " ".join(finding.witnesses), "agreement": finding.agreement, "mqm": finding.mqm, "id": finding.id,
        "evidence": json.dumps({k: v for k, v in finding.evidence.items() if k != "origin"}, ensure_ascii=False),
    }  # fmt: skip


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def place_of(finding: Finding, side: str, span: Span | None, document: Document | None) -> str | None:
    """A finding's place in the file, in words: as its evidence has it, else by line and column of its document."""
    known = finding.evidence.get("origin", {}).get(side)
    if known:
        return told(known)
    return told(document.place(span)) if document is not None and span is not None else None
