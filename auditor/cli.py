"""Arguments in, exit code out.

Exit codes: 0 done; 1 findings at or above --fail-on; 2 bad usage or bad input, with one line on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from auditor import __version__, cli_audit, cli_batch, cli_check, cli_service, settings
from auditor.errors import AuditorError, TooLargeError, UsageError


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
    cli_audit.add(commands)
    cli_batch.add(commands)
    cli_check.add(commands)
    _add_inspect(commands.add_parser("inspect", help="show what the auditor reads in each line of a text"))
    demo = commands.add_parser("demo", help="audit the shipped samples and write an HTML report")
    demo.add_argument("-o", "--output", metavar="FOLDER", default="demo-report", help="where the reports go (default: %(default)s)")
    demo.set_defaults(run=_demo)
    _add_models(commands.add_parser("models", help="list, install and remove translation models (Argos packages)"))
    cli_service.add(commands)
    return parser


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
