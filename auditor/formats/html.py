"""One self-contained HTML page: no script, no outside resource, safe whatever the texts contain.

Everything that comes from a text passes Jinja's escaping; control characters are shown as code points; a content policy in the page
forbids scripts, images and connections all the same. The editor's desk (auditor/web/pages) is made of the same templates and styles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from auditor.formats.catalogue import strings
from auditor.formats.passages import RANK, evidence_rows, rows, runs, strips, tag_of
from auditor.formats.terminal import visible
from auditor.model import Finding
from auditor.report import Report, Run, TranslationReport, counts, verdict


@dataclass(frozen=True, slots=True)
class Version:
    """One translation as a page's head shows it."""

    report: TranslationReport
    tag: str
    verdict: str
    counts: dict[str, int]
    engine: str
    is_gloss: bool
    findings: tuple[Finding, ...]

    @property
    def lang(self) -> str:
        """Its language."""
        return self.report.lang


def html_report(report: Report, run: Run) -> str:
    """The page."""
    t = strings("en")
    made = rows(report)
    page: str = environment().get_template("report.html").render(
        t=t,
        report=report,
        run=run,
        title=visible(report.id or t("report.article")),
        verdict=verdict(report.findings),
        versions=versions(report, run),
        tags={r.lang: tag_of(r) for r in report.translations},
        rows=made,
        strips=strips(report, made),
        whole=[f for f in report.findings if f.passage is None],
    )  # fmt: skip
    return page


@cache
def environment() -> Any:
    """Jinja over the templates that the report and the desk share; everything is escaped, a forgotten value is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(template_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= shared_globals()
    return made


def template_text(name: str) -> str | None:
    """A shared template by name; None when there is none of that name."""
    file = resources.files("auditor.formats") / "templates" / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


def shared_globals() -> dict[str, Any]:
    """What the shared templates call."""
    return {"visible": visible, "evidence_rows": evidence_rows, "runs": runs}


def versions(report: Report, run: Run) -> tuple[Version, ...]:
    """Every translation with its verdict, counts and engine."""
    return tuple(_version(report, run, t) for t in report.translations)


def _version(report: Report, run: Run, translation: TranslationReport) -> Version:
    own = tuple(f for f in report.findings if f.lang == translation.lang)
    engine = run.engines.get(translation.lang)
    label = " ".join(x for x in (engine.name, engine.version, engine.model) if x) if engine else ""
    ranked = tuple(sorted(own, key=lambda f: RANK[f.severity]))
    gloss = engine is not None and engine.name == "gloss"
    return Version(translation, tag_of(translation), verdict(own), counts(own), label, gloss, ranked)
