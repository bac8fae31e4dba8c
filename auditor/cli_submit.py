"""`auditor submit`: texts to a service, reports back."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from auditor.cli_parts import check_output, format_for, put, texts
from auditor.client import Audit, Client
from auditor.errors import InputError, ServiceError, UsageError
from auditor.formats.files import read_text
from auditor.formats.forms import FORMS
from auditor.formats.glossary import read_glossary
from auditor.formats.inputs import language_of, load
from auditor.formats.stored import body_of
from auditor.formats.terms import entries_of
from auditor.model import SEVERITIES


def submit(options: argparse.Namespace) -> int:
    """Submit, wait when that is asked for, write what came. Raises UsageError, InputError, ServiceError with one line."""
    check_output(options.output, options.files)
    placed = list(_bodies(options))
    bodies = [body for _, body in placed]
    form = options.format or format_for(options.output)
    waits = options.wait or options.output or form not in ("text", "json") or options.fail_on != "never"
    if form not in ("text", "json") and len(bodies) > 1:
        raise UsageError(f"{len(bodies)} submissions make no one {form} file; use --format json or text")
    with _client(options) as client:
        audits: list[Audit] = []
        try:
            for body in bodies:
                audits.append(client.submit_body(body))
            if not waits:
                _tell(client, audits, form)
                return 0
            ended = [client.wait(audit.id, options.timeout, _teller()) for audit in audits]
            put(b"".join(_report(client, audit, form, len(bodies) > 1) for audit in ended), options.output)
        except ServiceError as error:
            where = placed[len(audits)][0] if len(audits) < len(placed) else ""
            if where and audits:  # what was taken goes on: whoever sends the rest must not send it twice
                told = f"{len(audits)} of {len(placed)} were taken before it, up to {audits[-1].id}"
                print(f"auditor: {told}; send the rest by itself", file=sys.stderr)
                _tell(client, audits, "text" if waits else form)
            raise _explained(error, client, where) from None
    return int(any(_counts(audit, options.fail_on) for audit in ended))


def _client(options: argparse.Namespace) -> Client:
    server, key = options.server or os.environ.get("AUDITOR_SERVER", ""), options.key or os.environ.get("AUDITOR_KEY", "")
    if not server:
        raise UsageError("which service? give --server URL, or set AUDITOR_SERVER")
    if not key:
        raise UsageError("a key is needed: set AUDITOR_KEY, or give --key (an administrator makes one with `auditor keys create`)")
    return Client(server, key, patience=20)


def _bodies(options: argparse.Namespace) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """(where it stands, body) of each submission."""
    lines = [f for f in options.files if Path(f).suffix.lower() in (".json", ".jsonl")]
    if not lines:
        yield str(options.files[0]), _body(options)
        return
    if len(lines) < len(options.files) or options.zh or options.ja or options.translation or options.back_translation:
        raise UsageError(f"{lines[0]} has whole submissions; give it without texts beside it")
    for path in lines:
        for number, text in _lines(path):
            yield f"{path}, line {number}", _with(options, _object(path, number, text))


def _lines(path: str) -> Iterable[tuple[int, str]]:
    text = read_text(path)
    if Path(path).suffix.lower() == ".json":
        return [(1, text)]
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _object(path: str, number: int, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}, line {number}: this is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}, line {number}: a submission is a JSON object with source and translations")
    return value


def _body(options: argparse.Namespace) -> Mapping[str, Any]:
    options.source, more = _source(options.files)
    options.translation = [*options.translation, *(f"{lang}={path}" for lang, path in more)]
    files, backs = texts(options)
    check_output(options.output, [options.source, *files.values(), *backs.values()])
    return _with(options, body_of(load(options.source, files, backs)))


def _with(options: argparse.Namespace, body: dict[str, Any]) -> dict[str, Any]:
    """The body with the options' glossary and article in it."""
    if options.glossary:
        body["glossary"] = _glossary(options.glossary)
    if options.article:
        told = body.get("metadata")
        body["metadata"] = {**(told if isinstance(told, dict) else {}), "article": options.article}
    return body


def _glossary(given: str) -> str | list[dict[str, Any]]:
    """The name of one that the service has, or the entries of a file."""
    if Path(given).suffix.lower() not in (".csv", ".tsv", ".tbx", ".xlsx") or not Path(given).is_file():
        return given
    return entries_of(read_glossary(given))


def _source(files: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """The English file, and (language, file) of the rest. A single file is the English one whatever its name."""
    if len(files) == 1:
        return files[0], []
    named = [(path, language_of(path)) for path in files]
    english = [path for path, lang in named if lang in (None, "en")]
    if len(english) != 1:
        told = "none" if not english else " and ".join(english[:2])
        raise UsageError(f"which file is in which language? {told} could be the English one; name them as article.zh.txt, or use --zh FILE")
    return english[0], [(lang, path) for path, lang in named if lang not in (None, "en")]


def _teller() -> Any:
    """Tells each new state on standard error."""
    last: list[str] = []

    def tell(audit: Audit) -> None:
        if last[-1:] != [audit.state] and not audit.ended:
            last.append(audit.state)
            print(f"auditor: {audit.id} is {audit.state}", file=sys.stderr)

    return tell


def _tell(client: Client, audits: Iterable[Audit], form: str) -> None:
    for audit in audits:
        address = f"{client.server}/v1/audits/{audit.id}"
        if form == "json":
            told = {"id": audit.id, "state": audit.state, "article": audit.article, "revision": audit.revision, "url": address}
            print(json.dumps(told, ensure_ascii=False))
        else:
            print(f"{audit.id}  {audit.state}  {address}")


def _report(client: Client, audit: Audit, form: str, many: bool) -> bytes:
    if form != "json":
        return client.report_as(audit.id, FORMS[form].suffixes[0])
    return (json.dumps(client.report(audit.id), ensure_ascii=False, indent=None if many else 1) + "\n").encode()


def _counts(audit: Audit, fail_on: str) -> bool:
    if fail_on == "never" or audit.findings is None:
        return False
    return any(audit.findings.get(severity) for severity in SEVERITIES[: SEVERITIES.index(fail_on) + 1])


def _explained(error: ServiceError, client: Client, where: str) -> ServiceError:
    """The same with what to do about it; fields that are wrong with where they are, in which of the submissions."""
    told = error.detail
    if error.errors and error.status != 413:
        told = "; ".join(f"{pointer or '/'}: {detail}" for pointer, detail in error.errors[:5])
    if error.status == 401:
        told = f"{client.server} does not take this key: {told}"
    elif error.status is not None:
        told = f"{client.server} answered {error.status}: {told}"
    if where and error.status in (400, 413, 415, 422):  # of this text; anything else any text would have met
        told = f"{where}: {told}"
    told = " ".join(told.split())
    return ServiceError(told, status=error.status, code=error.code, errors=error.errors)
