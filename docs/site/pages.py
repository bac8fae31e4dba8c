"""Pages of the documentation's site that are made from the code: a page a check, every command with its options, every call of the API."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from auditor.checks import CHECKS


def pages() -> dict[str, str]:
    """Name of the page -> Markdown."""
    made = {f"checks/{check.id}.md": _check(check.id) for check in CHECKS}
    return {**made, "commands.md": commands(), "api.md": api()}


def _check(name: str) -> str:
    manual = (import_module(f"auditor.checks.{name}").__doc__ or "").strip()
    head, _, rest = manual.partition("\n")
    return f"# {name}\n\n{head}\n\n{prose(rest.strip())}\n"


_NAMED = re.compile(r"([a-z_]+)  +(\S.*)")
_BEGINS = re.compile(r"(Fires|Stays quiet|Quiet|Limits|Major|Not read)\b")
_SHORT = 95
"""A line that ends before is one that its writer ended."""


def prose(manual: str) -> str:
    """A docstring's text as Markdown that flows: named kinds ("  forbidden  a passage ...") and dashes are lists, what begins with Fires
    or Limits is a paragraph.
    """
    made: list[str] = []
    before, listed = "", False
    for line in manual.split("\n"):
        said, indent = line.strip(), len(line) - len(line.lstrip())
        text = said.replace("<", "&lt;")
        if named := _NAMED.fullmatch(text) if indent == 2 else None:
            made.append(f"{'' if listed else chr(10)}- **{named[1]}** {named[2]}")
            listed = True
        elif said.startswith("- "):
            made.append(f"{'' if listed else chr(10)}{text}")
            listed = True
        elif listed and indent:
            if before and len(before) < _SHORT and said[:1].isupper() and before[-1] not in ".,;:":
                made[-1] += ";"
            made.append(f"  {text}")
        elif said:
            made.append(f"{chr(10) if listed or _BEGINS.match(said) else ''}{text}")
            listed = False
        else:
            made.append("")
        before = line
    return "\n".join(made)


def commands() -> str:
    """The commands' page, from their parsers."""
    from auditor.cli import _parser

    parts = ["# Commands\n\nExit codes: 0 done; 1 findings at or above `--fail-on`; 2 bad usage or bad input.\n"]
    for name, parser, told in _commands(_parser(), "auditor"):
        parts.append(f"## {name}\n\n{told}\n")
        if parser.description and parser.description != told:
            parts.append(parser.description + "\n")
        if rows := list(_options(parser)):
            parts.append("| argument | what |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows) + "\n")
    return "\n".join(parts)


def _commands(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for inner, sub in action.choices.items():
                yield f"{name} {inner}", sub, helps.get(inner, "")
                yield from _commands(sub, f"{name} {inner}")


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        value = f" {action.metavar or '|'.join(map(str, action.choices or ()))}".rstrip() if action.option_strings else ""
        told = (action.help or "") % {"default": action.default, "prog": parser.prog} if action.help else ""
        yield _cell(f"`{names}{value}`"), _cell(told)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def api() -> str:
    """The API's page, from its OpenAPI document."""
    document = openapi()
    parts = [f"# HTTP API\n\nVersion {document['info']['version']}; the service itself answers `GET /openapi.json`.\n"]
    for path, ways in document["paths"].items():
        for method, call in ways.items():
            parts.append(f"## {method.upper()} {path}\n\n{call['summary']}. {call.get('description', '')}\n")
            if rows := [_parameter(p) for p in call.get("parameters", ())]:
                parts.append("| parameter | in | what |\n|---|---|---|\n" + "\n".join(rows) + "\n")
            if example := _example(call.get("requestBody", {}), document):
                parts.append(f"```json\n{json.dumps(example, ensure_ascii=False, indent=1)}\n```\n")
            answers = [f"| {status} | {_cell(a.get('description', ''))} |" for status, a in call["responses"].items()]
            parts.append("| answer | what |\n|---|---|\n" + "\n".join(answers) + "\n")
    return "\n".join(parts)


def openapi() -> Mapping[str, Any]:
    """The document of the service, without a service."""
    import tempfile
    from pathlib import Path

    from auditor.settings import Service
    from auditor.store.database import open_database
    from auditor.store.migrate import upgrade
    from auditor.web.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        database = open_database(service)
        try:
            upgrade(database)
            made: Mapping[str, Any] = create_app(service, database).openapi()
            return made
        finally:
            database.dispose()


def _parameter(parameter: Mapping[str, Any]) -> str:
    told = parameter.get("description") or parameter.get("schema", {}).get("description", "")
    required = " (required)" if parameter.get("required") else ""
    return f"| `{parameter['name']}`{required} | {parameter['in']} | {_cell(told)} |"


def _example(body: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    content = body.get("content", {}).get("application/json", {})
    if "example" in content:
        return content["example"]
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    examples = document["components"]["schemas"].get(name, {}).get("examples") or [None]
    return examples[0]
