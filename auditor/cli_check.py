"""`auditor check`: the articles that files are part of, for hooks and pull requests: short lines, an exit code, one SARIF file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor import settings
from auditor.cli_parts import check_output
from auditor.errors import AuditorError, UsageError
from auditor.model import SEVERITIES

if TYPE_CHECKING:
    from auditor.formats.inputs import Loaded
    from auditor.report import Report
    from auditor.session import Session


def add(commands: Any) -> None:
    """Its parser."""
    parser = commands.add_parser(
        "check",
        help="audit the articles that some files are part of, e.g. the changed ones",
        description="Each file's other languages are found beside it: article.en.md article.zh.md, en.md zh.md, or en/article.md "
        "zh/article.md; a bilingual file is an article by itself. Prints a line a finding; an article is audited once.",
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="files of articles; others are left alone")
    parser.add_argument("--fail-on", choices=(*SEVERITIES, "never"), default="critical", help="exit with 1 on a finding this severe")
    parser.add_argument("--show", choices=SEVERITIES, default="minor", help="the least severe findings that are printed")
    parser.add_argument("--glossary", metavar="FILE", help="terms: CSV or Excel with the columns source,zh,ja, or TBX")
    parser.add_argument("--engine", choices=settings.ENGINES, default="auto", help="what back-translates (default: the best there is)")
    parser.add_argument("-o", "--output", metavar="FILE.sarif", help="all findings as one SARIF file as well")
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from auditor.formats.files import check_link
    from auditor.formats.forms import form_of_file, write
    from auditor.formats.inputs import check_loaded, load
    from auditor.formats.origins import with_origins
    from auditor.formats.siblings import articles_of
    from auditor.session import Session

    if options.output and form_of_file(options.output) != "sarif":
        raise UsageError(f"{options.output}: several articles go into one SARIF file; name it FILE.sarif")
    check_output(options.output, options.files)
    there = [file for file in options.files if Path(file).exists()]
    for file in sorted(set(options.files) - set(there)):
        _warn(f"{file}: there is no such file")
    articles, alone = articles_of(there)
    for file in alone:
        _warn(f"{file}: no English or no translation beside it; not audited")
    session: Session | None = None
    runs: list[Any] = []
    failed, broken = 0, len(set(options.files) - set(there))
    for article in articles:
        try:
            for file in (article.source, *dict(article.versions).values()):
                check_link(file, ".")
            loaded = check_loaded(load(article.source, dict(article.versions), {}, options.glossary))
            session = session or Session(settings.load())
            report, run = session.audit(loaded.submission, options.engine)
        except AuditorError as error:
            broken += 1
            _warn(f"{article.source}: {error}" if article.source not in str(error) else str(error))
            continue
        report = with_origins(report, loaded.documents)
        failed += _tell(report, loaded, options)
        runs += json.loads(write("sarif", report, run, loaded.documents))["runs"]
    if options.output:
        _save(options.output, runs)
    if broken:
        return 2
    return int(failed > 0)


def _warn(told: str) -> None:
    from auditor.formats.terminal import one_line

    print(f"auditor: {one_line(told)}", file=sys.stderr)


def _tell(report: Report, loaded: Loaded, options: argparse.Namespace) -> int:
    """Print the findings that are to be shown; how many of them fail the check."""
    from auditor.formats.origins import told
    from auditor.formats.terminal import one_line

    passages = {p.id: p for t in report.translations for p in t.passages}
    failed = 0
    for finding in report.findings:
        rank = SEVERITIES.index(finding.severity)
        failed += options.fail_on != "never" and rank <= SEVERITIES.index(options.fail_on)
        if rank > SEVERITIES.index(options.show):
            continue
        passage = passages.get(finding.passage or "")
        lang, span = finding.lang, finding.target or (passage.target if passage else None)
        if span is None:
            lang, span = report.source_lang, finding.source or (passage.source if passage else None)
        place = told(loaded.documents[lang].place(span)) if span else loaded.documents[finding.lang].name
        print(one_line(f"{place}: {finding.severity} {finding.category}/{finding.type}: {finding.message} [{finding.id}]"))
    return failed


def _save(path: str, runs: list[Any]) -> None:
    from auditor import __version__
    from auditor.formats.writers.sarif import SCHEMA

    empty = {"tool": {"driver": {"name": "translation-auditor", "version": __version__}}, "results": []}
    value = {"$schema": SCHEMA, "version": "2.1.0", "runs": runs or [empty]}
    Path(path).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="backslashreplace")
