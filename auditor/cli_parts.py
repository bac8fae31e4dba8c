"""What the commands share: options that take files by language, where a report goes and in which form."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditor.errors import UsageError
from auditor.formats.forms import BY_SUFFIX, brings_translations, form_of_file


class Once(argparse.Action):
    """An option that is an error when it is given twice: argparse would keep the last without a word."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None) -> None:
        if getattr(namespace, self.dest) is not None:
            raise argparse.ArgumentError(self, "given twice; give one file a language")
        setattr(namespace, self.dest, values)


def count(value: str) -> int:
    """A number of an option, 1 or more."""
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number of 1 or more")
    return int(value)


def named_files(options: Sequence[str], flag: str) -> dict[str, str]:
    """language -> file, of options written LANG=FILE. Raises UsageError."""
    named: dict[str, str] = {}
    for option in options:
        lang, equals, path = option.partition("=")
        if not equals or not lang or not path:
            raise UsageError(f"{flag} {option!r}: write it as LANG=FILE, e.g. {flag} zh=article.zh.txt")
        if lang in named:
            raise UsageError(f"{flag} {lang} is given twice; give one file a language")
        named[lang] = path
    return named


def texts(options: argparse.Namespace) -> tuple[dict[str, str], dict[str, str]]:
    """Files of the translations and of their back-translations, by language."""
    files = named_files(options.translation, "--translation")
    for lang in ("zh", "ja"):
        path = getattr(options, lang)
        if path and lang in files:
            raise UsageError(f"--{lang} and --translation {lang}=... are both given; give one")
        if path:
            files[lang] = path
    brings = brings_translations(options.source)
    if not files and not brings:
        raise UsageError("no translation is given; add --zh FILE or --ja FILE")
    backs = named_files(options.back_translation, "--back-translation")
    if (stray := sorted(set(backs) - set(files))) and not brings:
        raise UsageError(f"--back-translation {stray[0]}=...: there is no {stray[0]} translation to go with it")
    if [options.source, *files.values(), *backs.values()].count("-") > 1:
        raise UsageError("standard input (-) can be only one of the texts")
    return files, backs


def check_output(output: str | None, inputs: Sequence[str | None]) -> None:
    """Raise UsageError, before there is a report to lose, when it cannot be written or would be written over what it is about."""
    if output:
        file = Path(output)
        if file.is_dir():
            raise UsageError(f"{output} is a folder; name a file in it for the report")
        if not file.exists() and not file.parent.is_dir():
            raise UsageError(f"{file.parent}: there is no such folder; make it, or name another file for the report")
        if not os.access(file if file.exists() else file.parent, os.W_OK):
            raise UsageError(f"{output} cannot be written; name another file for the report")
    for path in inputs:
        if output and path and path != "-" and Path(output).exists() and Path(path).exists() and Path(output).samefile(path):
            raise UsageError(f"{output} is one of the texts; name another file for the report")


def format_for(output: str | None) -> str:
    """Of a file: what its ending says, JSON without one. Of standard output: text for a person at a terminal, JSON for a program.

    Raises UsageError for an ending that means no form: a report.docx full of JSON opens in no program.
    """
    if output is None:
        return "text" if sys.stdout.isatty() else "json"
    form, ending = form_of_file(output), Path(output).suffix
    if form is None and ending.lower() not in ("", ".jsonl"):  # several submissions are a report a line
        raise UsageError(f"{output}: there is no report of the ending {ending}; use .{', .'.join(BY_SUFFIX)}, or say --format")
    return form or "json"


def put(content: bytes, output: str | None) -> None:
    """Write a report to its file, or to standard output."""
    if output:
        Path(output).write_bytes(content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
