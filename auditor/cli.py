"""Arguments in, exit code out.

Exit codes: 0 done; 1 findings at or above --fail-on; 2 bad usage or bad input, with one line on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from auditor import __version__, cli_service, settings
from auditor.cli_parts import Once, check_output, count, format_for, texts
from auditor.errors import AuditorError, TooLargeError, UsageError
from auditor.model import SEVERITIES

if TYPE_CHECKING:
    from auditor.intake import Submission

FORMATS = ("text", "json", "html")


class _Parser(argparse.ArgumentParser):
    """Errors as one line that says where to look, as everywhere else in the auditor."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; nothing of it raises."""
    try:
        parsed = _parser().parse_args(arguments)
        code: int = parsed.run(parsed)
        sys.stdout.flush()
        return code
    except AuditorError as error:
        print(f"auditor: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader left (head, less): not an error, and nothing more to write
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"auditor: {where}{error.strerror or error}", file=sys.stderr)
        return 2
    except Exception as error:
        # A fault of ours must not look like "findings" (exit code 1), and a page of Python helps no editor.
        if os.environ.get("AUDITOR_DEBUG"):
            raise
        at = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {' '.join(str(error).split())[:200]} in {Path(at.filename).name}, line {at.lineno}"
        print(f"auditor: a fault of the auditor itself ({told}); set AUDITOR_DEBUG=1 to see all of it, and report it", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("auditor: stopped; a batch or a download goes on where it was when it is started again", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="auditor", description="What changed between an English article and its Chinese and Japanese versions.")
    parser.add_argument("--version", action="version", version=f"auditor {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_audit(commands.add_parser("audit", help="audit one article against its translations"))
    _add_batch(commands.add_parser("batch", help="audit many articles, one JSON object a line"))
    _add_inspect(commands.add_parser("inspect", help="show what the auditor reads in each line of a text"))
    demo = commands.add_parser("demo", help="audit the shipped samples and write an HTML report")
    demo.add_argument("-o", "--output", metavar="FOLDER", default="demo-report", help="where the reports go (default: %(default)s)")
    demo.set_defaults(run=_demo)
    _add_models(commands.add_parser("models", help="list, install and remove translation models (Argos packages)"))
    cli_service.add(commands)
    return parser


def _add_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="the English article, a UTF-8 text file; - is standard input")
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
    parser.add_argument("--glossary", metavar="FILE", help="CSV with the columns source,zh,ja")
    parser.add_argument("--format", choices=FORMATS, help="default: by the ending of FILE; else text on a terminal, json otherwise")
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


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("input", metavar="IN.jsonl", help="one article a line: id, source, translations")
    parser.add_argument(
        "-o", "--output", metavar="OUT.jsonl", required=True, help="one report a line, in order; a half-written one is resumed"
    )
    parser.add_argument("--engine", choices=settings.ENGINES, default="auto", help="what back-translates (default: the best there is)")
    parser.add_argument("--workers", metavar="N", type=count, default=None, help="processes (default: one a core)")
    parser.set_defaults(run=_batch)


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", required=True, help="language of the text: en, zh or ja")
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="a UTF-8 text file, every line a text of its own (default: standard input)"
    )
    parser.set_defaults(run=_inspect)


def _add_models(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="list|install|remove")
    listed = commands.add_parser("list", help="what is installed, how large, where, and what is broken; asks no network")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.add_argument("--available", action="store_true", help="ask the Argos index what could be installed")
    listed.set_defaults(run=_models_list)
    install = commands.add_parser(
        "install",
        help="install the newest models of these languages from the Argos index, or from files",
        description="Fetches the newest package of each language from the Argos index (ARGOS_PACKAGE_INDEX), goes on where a broken "
        "download stopped, tries the model, and puts it in place. Proxy variables (HTTPS_PROXY) and SSL_CERT_FILE are respected. With "
        "--from nothing is fetched. A package that is damaged, hostile or of another language is refused and leaves nothing behind.",
    )
    install.add_argument("languages", metavar="LANG", nargs="*", help="zh, ja, or zt (traditional Chinese)")
    install.add_argument("--from", metavar="FILE", dest="files", action="append", default=[], help="a package file; may be given again")
    install.set_defaults(run=_models_install)
    remove = commands.add_parser("remove", help="remove the models of a language, or one package by its name")
    remove.add_argument("names", metavar="LANG|PACKAGE", nargs="+", help="as `auditor models list` shows them")
    remove.set_defaults(run=_models_remove)


def _audit(options: argparse.Namespace) -> int:
    from auditor.parallel import helper

    files, backs = texts(options)
    check_output(options.output, [options.source, *files.values(), *backs.values(), options.glossary])
    chosen = settings.load()
    if options.self_test:
        return _self_test(options, _submission(options, files, backs), chosen)
    with helper(chosen) as other:
        from auditor.formats import FORMATS as WRITERS
        from auditor.formats.terminal import print_report
        from auditor.session import Session

        report, run = Session(chosen, other).audit(_submission(options, files, backs), options.engine)
    form = options.format or format_for(options.output)
    if options.output:
        Path(options.output).write_text(WRITERS[form](report, run), encoding="utf-8")
    elif form == "text":
        print_report(report, run, sys.stdout)
    else:
        sys.stdout.write(WRITERS[form](report, run))
    if options.fail_on == "never":
        return 0
    counted = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
    return int(any(f.severity in counted for f in report.findings))


def _self_test(options: argparse.Namespace, submission: Submission, chosen: settings.Settings) -> int:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from auditor.selftest.plant import KINDS
    from auditor.selftest.run import EACH, self_test, to_json, to_text
    from auditor.session import Session

    form = options.format or format_for(options.output)
    if form == "html":
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
    if options.output:
        Path(options.output).write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)
    return 0


def _submission(options: argparse.Namespace, files: Mapping[str, str], backs: Mapping[str, str]) -> Submission:
    from auditor.formats.files import read_glossary, read_text
    from auditor.intake import Submission, Translation

    translations = [(lang, read_text(path), read_text(backs[lang]) if lang in backs else None) for lang, path in files.items()]
    return Submission(
        id=Path(options.source).stem if options.source != "-" else "stdin",
        source_lang="en",
        source=read_text(options.source),
        translations=tuple(Translation(*t) for t in translations),
        glossary=read_glossary(options.glossary) if options.glossary else (),
    )


def _batch(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from auditor.corpus.batch import read_lines, run_batch

    if "-" in (options.input, options.output):
        raise UsageError("a batch is read twice and can be resumed: give files, not standard input or output (-)")
    source, out = Path(options.input), Path(options.output)
    if source.resolve() == out.resolve() or (source.exists() and out.exists() and source.samefile(out)):
        raise UsageError(f"{out} is the input too; name another output file")
    total = sum(1 for _ in read_lines(source))
    workers = min(options.workers or settings.usable_cores(), max(total, 1))
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr)) as bar:
        task = bar.add_task("auditing", total=total)
        outcome = run_batch(source, out, options.engine, workers, settings.load(), lambda done: bar.update(task, completed=done))
    resumed = f", {outcome.resumed} were there already" if outcome.resumed else ""
    print(f"auditor: {outcome.written} articles written to {out}{resumed}", file=sys.stderr)
    if outcome.errors:
        print(f'auditor: {outcome.errors} articles could not be audited; look for "error" in {out}', file=sys.stderr)
        return 2
    return 0


def _inspect(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from auditor.formats.files import read_text
    from auditor.intake import MAX_CHARACTERS
    from auditor.lang.base import language

    reader = language(options.lang)
    text = read_text(options.file)
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"{options.file} has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}; split it")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise UsageError(f"{options.file}: lone surrogates are no text")
    for line in text.split("\n")[: -1 if text.endswith("\n") else None]:
        facts = reader.read(line.removesuffix("\r"))
        found = {key: [asdict(x) for x in getattr(facts, key)] for key in ("figures", "names", "cues")}
        print(json.dumps({"text": facts.text, **found}, ensure_ascii=False))
    return 0


def _demo(options: argparse.Namespace) -> int:
    from auditor.parallel import helper

    chosen = settings.load()
    with helper(chosen) as other:
        from auditor.demo import run_demo

        return run_demo(Path(options.output), chosen, other)


def _models_list(options: argparse.Namespace) -> int:
    from auditor.models import command

    if options.available:
        return command.list_offers(settings.load(), os.environ, sys.stdout)
    return command.list_models(settings.load(), options.json, sys.stdout)


def _models_install(options: argparse.Namespace) -> int:
    from auditor.models import command

    return command.install(options.languages, options.files, settings.load(), os.environ)


def _models_remove(options: argparse.Namespace) -> int:
    from auditor.models import command

    return command.remove(options.names, settings.load())
