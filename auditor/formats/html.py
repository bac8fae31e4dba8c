"""One self-contained HTML page: no script, no outside resource, safe whatever the texts contain.

Everything that comes from a text passes Jinja's escaping; control characters are shown as code points; a content policy in the page
forbids scripts, images and connections all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from auditor.formats.origins import told
from auditor.formats.terminal import visible
from auditor.model import SEVERITIES, Finding, Passage, Span
from auditor.report import Report, Run, TranslationReport, counts, verdict

RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}
VERDICT_WORDS = {
    "drifted": "Drifted: figures, names, claims or tone changed",
    "check": "Worth a glance: small differences only",
    "faithful": "Faithful: nothing found",
}
LANGUAGE_TAGS = {"Hans": "zh-Hans", "Hant": "zh-Hant", "Jpan": "ja", "Latn": "en"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; marked when a finding points at it."""

    text: str
    severity: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One passage as the page shows it."""

    passage: Passage
    worst: str
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    back: str | None
    findings: tuple[Finding, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Version:
    """One translation as the page shows it."""

    report: TranslationReport
    tag: str
    verdict: str
    counts: dict[str, int]
    engine: str
    is_gloss: bool
    rows: tuple[Row, ...]
    whole: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def html_report(report: Report, run: Run) -> str:
    """The page."""
    page: str = _template().render(
        report=report,
        run=run,
        title=visible(report.id or "article"),
        verdict=verdict(report.findings),
        verdict_words=VERDICT_WORDS,
        versions=[_version(report, run, t) for t in report.translations],
        evidence=evidence_rows,
        visible=visible,
    )
    return page


@cache
def _template() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("auditor.formats") / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _version(report: Report, run: Run, translation: TranslationReport) -> Version:
    own = tuple(f for f in report.findings if f.lang == translation.lang)
    by_passage: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in own:
        by_passage[finding.passage].append(finding)
    rows = tuple(_row(report, translation, p, by_passage.get(p.id, [])) for p in translation.passages)
    engine = run.engines.get(translation.lang)
    label = " ".join(x for x in (engine.name, engine.version, engine.model) if x) if engine else ""
    ranked = tuple(sorted(own, key=lambda f: RANK[f.severity]))
    whole = tuple(by_passage.get(None, ()))
    gloss = engine is not None and engine.name == "gloss"
    tag = LANGUAGE_TAGS.get(translation.script, translation.lang)
    return Version(translation, tag, verdict(own), counts(own), label, gloss, rows, whole, ranked)


def _row(report: Report, translation: TranslationReport, passage: Passage, findings: Sequence[Finding]) -> Row:
    worst = min((f.severity for f in findings), key=RANK.__getitem__, default="")
    source = pieces(report.source, passage.source, [(f, f.source) for f in findings])
    target = pieces(translation.text, passage.target, [(f, f.target) for f in findings])
    covered = passage.source or passage.target
    width = max(1, (covered.end - covered.start) // (12 if passage.source else 5)) if covered else 1
    back = visible(passage.back_translation) if passage.back_translation else None
    return Row(passage, worst, source, target, back, tuple(sorted(findings, key=lambda f: RANK[f.severity])), width)


def pieces(text: str, span: Span | None, marks: Sequence[tuple[Finding, Span | None]]) -> tuple[Piece, ...]:
    """The passage cut at every mark's edge; where marks overlap the most severe one colours the piece.

    A mark as long as the passage (an omission, an addition) marks nothing: the row says it.
    """
    if span is None:
        return ()
    inside = [
        (finding, max(mark.start, span.start), min(mark.end, span.end))
        for finding, mark in marks
        if mark is not None and mark.start < span.end and mark.end > span.start and mark.end - mark.start < span.end - span.start
    ]
    return tuple(_cut(text, span, inside))


def _cut(text: str, span: Span, inside: Sequence[tuple[Finding, int, int]]) -> Iterator[Piece]:
    edges = sorted({span.start, span.end, *(a for _, a, _ in inside), *(b for _, _, b in inside)})
    for start, end in pairwise(edges):
        over = [finding for finding, a, b in inside if a <= start and b >= end]
        if not over:
            yield Piece(visible(text[start:end]))
            continue
        worst = min(over, key=lambda f: RANK[f.severity])
        yield Piece(visible(text[start:end]), worst.severity, visible(worst.message))


def evidence_rows(finding: Finding) -> list[tuple[str, str]]:
    """Evidence in words: key and value, nested values flattened."""
    rows = []
    for key, value in finding.evidence.items():
        if value in (None, "", [], {}):
            continue
        if key == "origin":
            rows += [(f"{side} in the file", visible(told(place))) for side, place in value.items()]
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        rows.append((key.replace("_", " "), visible(shown)))
    return rows
