"""`auditor audit`: one article, its report in the form that is asked for, an exit code."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from auditor import settings
from auditor.cli_parts import Once, check_output, format_for, put, texts
from auditor.errors import UsageError
from auditor.formats.forms import FORMS
from auditor.model import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.formats.inputs import Loaded
    from auditor.intake import Submission


def add(commands: Any) -> None:
    """Its parser."""
    parser = commands.add_parser("audit", help="audit one article against its translations")
    parser.add_argument(
        "source",
        metavar="SOURCE",
        help="the English article: text, Markdown, HTML, Word, ...; a bilingual file, folder or ZIP brings its translations; - is stdin",
    )
    parser.add_argument("--zh", metavar="FILE", action=Once, help="its Chinese version (simplified or traditional)")
    parser.add_argument("--ja", metavar="FILE", action=Once, help="its Japanese version")
    parser.add_argument("--translation", metavar="LANG=FILE", action="append", default=[], help="a version in any language there is")
    parser.add_argument(
        "--back-translation",
        metavar="LANG=FILE",
        action="append",
        default=[],
        help="English of that version, line by line; wins over the engine",
    )
    parser.add_argument("--engine", choices=settings.ENGINES, default="auto", help="what back-translates (default: the best there is)")
    parser.add_argument("--glossary", metavar="FILE", help="terms: CSV or Excel with the columns source,zh,ja, or TBX")
    parser.add_argument("--format", choices=tuple(FORMS), help="default: by the ending of FILE; else text on a terminal, json otherwise")
    parser.add_argument("-o", "--output", metavar="FILE", help="where the report goes (default: standard output)")
    parser.add_argument(
        "--fail-on", choices=(*SEVERITIES, "never"), default="never", help="exit with 1 on a finding this severe (default: never)"
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="plant known drifts into this article, one at a time, and say how many an audit catches",
    )
    parser.set_defaults(run=_audit)


def _audit(options: argparse.Namespace) -> int:
    from auditor.parallel import helper

    files, backs = texts(options)
    check_output(options.output, [options.source, *files.values(), *backs.values(), options.glossary])
    form = options.format or format_for(options.output)
    if FORMS[form].binary and options.output is None and sys.stdout.isatty():
        raise UsageError(f"--format {form} is nothing for a terminal; name a file with -o, e.g. -o report.{FORMS[form].suffixes[0]}")
    chosen = settings.load()
    if options.self_test:
        return _self_test(options, form, _load(options, files, backs).submission, chosen)
    with helper(chosen) as other:
        from auditor.formats.forms import write
        from auditor.formats.origins import with_origins
        from auditor.session import Session

        loaded = _load(options, files, backs)
        report, run = Session(chosen, other).audit(loaded.submission, options.engine)
    report = with_origins(report, loaded.documents)
    if form == "text" and not options.output:
        from auditor.formats.terminal import print_report

        print_report(report, run, sys.stdout)
    else:
        put(write(form, report, run, loaded.documents), options.output)
    if options.fail_on == "never":
        return 0
    counted = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
    return int(any(f.severity in counted for f in report.findings))


def _load(options: argparse.Namespace, files: Mapping[str, str], backs: Mapping[str, str]) -> Loaded:
    from auditor.formats.inputs import check_loaded, load

    return check_loaded(load(options.source, files, backs, options.glossary))


def _self_test(options: argparse.Namespace, form: str, submission: Submission, chosen: settings.Settings) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from auditor.selftest.plant import KINDS
    from auditor.selftest.run import EACH, self_test, to_json, to_text
    from auditor.session import Session

    if form not in ("text", "json"):
        raise UsageError("a self-test is text or JSON; use --format text or --format json")
    if options.fail_on != "never":
        raise UsageError("--fail-on judges the findings of an audit; leave it out with --self-test")
    columns = (
        TextColumn("planting and auditing"),
        BarColumn(),
        TextColumn("{task.completed} of up to {task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=EACH * len(KINDS) * len(submission.translations))
        result = self_test(Session(chosen), submission, options.engine, progress=lambda done: bar.update(task, completed=done))
    written = to_json(result) if form == "json" else to_text(result)
    put(written.encode(), options.output)
    return 0
