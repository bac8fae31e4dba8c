"""`auditor batch` and `auditor trends`: many articles, and what became of them."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor import settings
from auditor.cli_parts import check_output, count, put
from auditor.errors import UsageError

if TYPE_CHECKING:
    from auditor.corpus.batch import Outcome


def add(commands: Any) -> None:
    """Their parsers."""
    batch = commands.add_parser("batch", help="audit many articles: JSONL, a tree of folders, a Parquet file")
    batch.add_argument(
        "input", metavar="IN", help="IN.jsonl, one article a line; a folder of article folders; or IN.parquet, a row an article"
    )
    batch.add_argument(
        "-o", "--output", metavar="OUT.jsonl", required=True, help="one report a line, in order; a half-written one is resumed"
    )
    batch.add_argument("--tables", metavar="FOLDER", help="write findings.parquet and scores.parquet there as well")
    batch.add_argument("--engine", choices=settings.ENGINES, default="auto", help="what back-translates (default: the best there is)")
    batch.add_argument("--workers", metavar="N", type=count, default=None, help="processes (default: one a core)")
    batch.add_argument(
        "--on",
        metavar="ray[=ADDRESS]",
        type=_cluster,
        help="workers on a Ray cluster: a local one, or the one at ADDRESS",
    )
    batch.set_defaults(run=_batch)
    trends = commands.add_parser(
        "trends", help="drift over many articles: tables and charts of what batches wrote", description="Languages, translators, months, "
        "categories, the worst articles, the figures most often wrong. Translator and month are the metadata of a batch's articles.",
    )  # fmt: skip
    trends.add_argument("files", metavar="FILE", nargs="+", help="reports of `auditor batch` (JSONL), or both tables of --tables")
    trends.add_argument("--lang", action="append", default=[], help="this language only; may be given again")
    trends.add_argument("--since", metavar="YYYY-MM", type=_month, help="from this month on")
    trends.add_argument("--until", metavar="YYYY-MM", type=_month, help="up to this month")
    trends.add_argument(
        "--format", choices=("text", "json", "html"), help="default: by the ending of FILE, else text on a terminal, json otherwise"
    )
    trends.add_argument("-o", "--output", metavar="FILE", help="where to (default: standard output)")
    trends.set_defaults(run=_trends)


def _cluster(value: str) -> str:
    name, _, address = value.partition("=")
    if name != "ray":
        raise argparse.ArgumentTypeError(f"{value!r} is not known; write ray, or ray=ADDRESS")
    return address


def _month(value: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        raise argparse.ArgumentTypeError(f"{value!r} is no month; write it as 2026-03")
    return value


def _batch(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from auditor.corpus.sources import count_articles
    from auditor.formats.terminal import one_line

    if "-" in (options.input, options.output):
        raise UsageError("a batch is read twice and can be resumed: give files, not standard input or output (-)")
    source, out = Path(options.input), Path(options.output)
    if source.resolve() == out.resolve() or (source.exists() and out.exists() and source.samefile(out)):
        raise UsageError(f"{out} is the input too; name another output file")
    _check_places(out, options.tables)
    total = count_articles(source)
    if not total:
        print(f"auditor: there is no article in {source}", file=sys.stderr)
    workers = min(options.workers or settings.usable_cores(), max(total, 1))
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr)) as bar:
        task = bar.add_task("auditing", total=total)
        outcome = _run(options, source, out, workers, lambda done: bar.update(task, completed=done))
    resumed = f", {outcome.resumed} were there already" if outcome.resumed else ""
    print(f"auditor: {outcome.written} articles written to {out}{resumed}", file=sys.stderr)
    if options.tables:
        from auditor.corpus.tables import write_tables

        write_tables(out, Path(options.tables))
        print(f"auditor: findings.parquet and scores.parquet are in {options.tables}", file=sys.stderr)
    if outcome.repeated is not None:
        told = "the tables and trends count them as one; give each article an id of its own"
        print(f"auditor: more than one article has the id {one_line(outcome.repeated)[:80]!r}: {told}", file=sys.stderr)
    if outcome.errors:
        for message in outcome.told:
            print(f"auditor: {one_line(message)}", file=sys.stderr)
        told = f'the rest: look for "error" in {out}; ' if outcome.errors > len(outcome.told) else ""
        again = f"{told}mended, the same command audits them again"
        print(f"auditor: {outcome.errors} articles could not be audited ({again})", file=sys.stderr)
        return 2
    return 0


def _check_places(out: Path, tables: str | None) -> None:
    """Raise UsageError, before hours of work, when there is no place for what comes of it."""
    if out.exists() and not out.is_file():
        raise UsageError(
            f"{out} is {'a folder' if out.is_dir() else 'no file'}; name a file for the reports (it is read when a batch goes on)"
        )
    check_output(str(out), [])
    if tables:
        try:
            Path(tables).mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise UsageError(f"--tables {tables}: this is a file; name a folder") from None
        if not os.access(tables, os.W_OK):
            raise UsageError(f"--tables {tables}: nothing can be written there; name another folder")


def _run(options: argparse.Namespace, source: Path, out: Path, workers: int, progress: Callable[[int], None]) -> Outcome:
    from auditor.corpus.batch import Lanes, run_batch

    chosen = settings.load()
    if options.on is None:
        return run_batch(source, out, options.engine, workers, chosen, progress)
    from auditor.corpus.on_ray import RayPool, cluster

    with cluster(options.on, workers):
        # Each actor has a core of its own, perhaps of another machine: nothing is shared out.
        lanes = Lanes(workers, options.engine, replace(chosen, threads=1, engine_threads=1), RayPool)
        return run_batch(source, out, options.engine, workers, chosen, progress, lanes)


def _trends(options: argparse.Namespace) -> int:
    from auditor.corpus import trends_page
    from auditor.corpus.tables import frames
    from auditor.corpus.trends import trends
    from auditor.lang.base import language_codes

    ending = Path(options.output).suffix.lower() if options.output else ""
    default = {".html": "html", ".htm": "html", ".txt": "text"}.get(ending, "json") if ending or not sys.stdout.isatty() else "text"
    form = options.format or default
    if options.output:
        check_output(options.output, options.files)
    if strange := sorted(set(options.lang) - set(language_codes())):
        raise UsageError(f"--lang {strange[0]} is not known; use one of {', '.join(c for c in language_codes() if c != 'en')}")
    if options.since and options.until and options.since > options.until:
        raise UsageError(f"--since {options.since} is after --until {options.until}; no month is within")
    with frames([Path(file) for file in options.files]) as made:
        found = trends(made, options.lang, options.since, options.until)
    if not found.articles:
        within = " of this language and these months" if options.lang or options.since or options.until else ""
        print(f"auditor: there is no report{within} in {', '.join(options.files)[:200]}", file=sys.stderr)
    if form == "text" and not options.output:
        trends_page.print_trends(found, sys.stdout)
        return 0
    written = {"text": trends_page.trends_text, "json": trends_page.trends_json, "html": trends_page.trends_html}[form](found)
    put(written.encode("utf-8", "backslashreplace"), options.output)
    return 0
