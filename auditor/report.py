"""A Report, its JSON (the contract) and the rows that pages show."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.model import SEVERITIES, Abstention, Finding, Passage, Span

SCHEMA_VERSION = "1"


@dataclass(frozen=True, slots=True)
class BackTranslationTally:
    """Segments of a translation by what became of their English.

    suspect  reason -> segments whose English was unhealthy: shown, left out of the evidence
    missing  segments without any
    problem  why they have none, in plain words
    """

    segments: int
    healthy: int
    suspect: Mapping[str, int]
    missing: int
    problem: str

    def told(self) -> str:
        """What an editor must know of it, "" when every segment has healthy English."""
        parts = []
        if number := sum(self.suspect.values()):
            reasons = ", ".join(f"{reason} {n}" for reason, n in self.suspect.items())
            parts.append(f"{number} of {self.segments} segments suspect ({reasons}): shown, but no evidence")
        if self.missing:
            parts.append(f"{self.missing} of {self.segments} segments not back-translated" + (f": {self.problem}" if self.problem else ""))
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """One translation with its passages and scores."""

    lang: str
    text: str
    script: str
    passages: tuple[Passage, ...]
    similarity: float
    chrf: float | None
    bleu: float | None
    mqm: float
    back_translation: BackTranslationTally


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What made the back-translations of one language."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Run:
    """How a report came about; the only part of it that differs between two runs of the same input."""

    auditor: str
    signature: str
    engines: Mapping[str, EngineInfo]
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit found."""

    id: str
    source_lang: str
    source: str
    translations: tuple[TranslationReport, ...]
    findings: tuple[Finding, ...]
    abstentions: tuple[Abstention, ...] = field(default=())


def verdict(findings: tuple[Finding, ...]) -> str:
    """ "drifted" with a critical or major finding, "check" with minor ones only, "faithful" without any."""
    worst = {f.severity for f in findings}
    return "drifted" if worst & {"critical", "major"} else "check" if worst else "faithful"


def counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Findings by severity."""
    return {severity: sum(f.severity == severity for f in findings) for severity in SEVERITIES}


def to_json(report: Report, run: Run) -> dict[str, Any]:
    """The report as the contract has it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": report.id,
        "run": {
            "auditor": run.auditor,
            "signature": run.signature,
            "engines": {lang: {"name": e.name, "version": e.version, "model": e.model} for lang, e in run.engines.items()},
            "seconds": round(run.seconds, 2),
        },
        "source": {"lang": report.source_lang, "sha256": _sha256(report.source), "characters": len(report.source)},
        "translations": [_translation(t, run.engines.get(t.lang)) for t in report.translations],
        "findings": [_finding(f) for f in report.findings],
        "abstentions": [{"check": a.check, "lang": a.lang, "passage": a.passage, "reason": a.reason} for a in report.abstentions],
        "summary": {
            "findings": counts(report.findings),
            "by_language": {t.lang: _summary(report, t.lang) for t in report.translations},
            "verdict": verdict(report.findings),
        },
    }


def _summary(report: Report, lang: str) -> dict[str, Any]:
    own = tuple(f for f in report.findings if f.lang == lang)
    return {"findings": counts(own), "verdict": verdict(own)}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _translation(translation: TranslationReport, engine: EngineInfo | None) -> dict[str, Any]:
    return {
        "lang": translation.lang,
        "script": translation.script,
        "sha256": _sha256(translation.text),
        "characters": len(translation.text),
        "engine": engine.name if engine else None,
        "back_translation": _tally(translation.back_translation),
        "scores": {
            "similarity": translation.similarity,
            "chrf": translation.chrf,
            "bleu": translation.bleu,
            "mqm": translation.mqm,
        },
        "passages": [_passage(p) for p in translation.passages],
    }


def _tally(tally: BackTranslationTally) -> dict[str, Any]:
    return {
        "segments": tally.segments,
        "healthy": tally.healthy,
        "suspect": dict(tally.suspect),
        "missing": tally.missing,
        "problem": tally.problem or None,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "kind": passage.kind,
        "source": _range(passage.source),
        "target": _range(passage.target),
        "moved": passage.moved,
        "back_translation": passage.back_translation,
        "back_translation_health": passage.back_translation_health,
        "back_translation_reason": passage.back_translation_reason or None,
        "similarity": passage.similarity,
        "chrf": passage.chrf,
    }


def _range(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end}


def span_json(span: Span | None) -> dict[str, Any] | None:
    """A span with its words."""
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "lang": finding.lang,
        "category": finding.category,
        "type": finding.type,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "passage": finding.passage,
        "source": span_json(finding.source),
        "target": span_json(finding.target),
        "message": finding.message,
        "witnesses": list(finding.witnesses),
        "evidence": dict(finding.evidence),
        "mqm": finding.mqm,
        "agreement": finding.agreement,
    }


def from_json(value: Mapping[str, Any], source: str, texts: Mapping[str, str]) -> tuple[Report, Run]:
    """The report and run that `to_json` wrote, with the texts it is about (`texts`: language -> translation)."""
    translations = tuple(_read_translation(t, source, texts[t["lang"]]) for t in value["translations"])
    findings = tuple(_read_finding(f) for f in value["findings"])
    silent = tuple(Abstention(**a) for a in value["abstentions"])
    run = value["run"]
    engines = {lang: EngineInfo(**e) for lang, e in run["engines"].items()}
    report = Report(value["id"], value["source"]["lang"], source, translations, findings, silent)
    return report, Run(run["auditor"], run["signature"], engines, run["seconds"])


def _read_translation(value: Mapping[str, Any], source: str, text: str) -> TranslationReport:
    told = value["back_translation"]
    tally = BackTranslationTally(told["segments"], told["healthy"], told["suspect"], told["missing"], told["problem"] or "")
    passages = tuple(_read_passage(p, value["lang"], source, text) for p in value["passages"])
    scores = value["scores"]
    return TranslationReport(
        value["lang"], text, value["script"], passages, scores["similarity"], scores["chrf"], scores["bleu"], scores["mqm"], tally
    )


def _read_passage(value: Mapping[str, Any], lang: str, source: str, text: str) -> Passage:
    known = {**value, "back_translation_reason": value["back_translation_reason"] or ""}
    return Passage(**{**known, "lang": lang, "source": _read_range(value["source"], source), "target": _read_range(value["target"], text)})


def _read_range(value: Mapping[str, int] | None, text: str) -> Span | None:
    return None if value is None else Span(value["start"], value["end"], text[value["start"] : value["end"]])


def _read_finding(value: Mapping[str, Any]) -> Finding:
    spans = {side: Span(**value[side]) if value[side] else None for side in ("source", "target")}
    return Finding(**{**value, **spans, "witnesses": tuple(value["witnesses"]), "strength": value["confidence"]})
