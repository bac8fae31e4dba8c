"""The commands of the service: serve, worker, keys, submit, backup, restore."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from auditor import settings
from auditor.cli_parts import Once, count
from auditor.formats.forms import FORMS
from auditor.model import SEVERITIES


def add(commands: Any) -> None:
    """Their parsers."""
    serve = commands.add_parser(
        "serve", help="the HTTP API, with workers beside it", description="Settings come from the environment; see docs/service.md."
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    serve.add_argument("--workers", type=_number, default=1, metavar="N", help="worker processes (default: %(default)s; 0: none here)")
    serve.set_defaults(run=_serve)
    worker = commands.add_parser("worker", help="one more worker for a service, anywhere over PostgreSQL")
    worker.add_argument("--parent", type=count, help=argparse.SUPPRESS)
    worker.set_defaults(run=_worker)
    _add_keys(commands.add_parser("keys", help="create, list and revoke API keys"))
    _add_submit(commands.add_parser("submit", help="send an article to a service, and wait for its report"))
    backup = commands.add_parser("backup", help="copy the service's embedded database, while it runs, into one file")
    backup.add_argument("file", metavar="FILE", help="where to")
    backup.add_argument("--force", action="store_true", help="replace a file that is there")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put a backup in place of the service's embedded database; the service must be stopped")
    restore.add_argument("file", metavar="FILE", help="what `auditor backup` wrote")
    restore.add_argument("--force", action="store_true", help="replace the database that is there; it is kept aside")
    restore.set_defaults(run=_restore)


def _add_keys(parser: argparse.ArgumentParser) -> None:
    keys = parser.add_subparsers(required=True, metavar="create|list|revoke")
    create = keys.add_parser("create", help="print a new key on standard output, and nothing else there")
    create.add_argument("--role", required=True, choices=("translator", "editor", "admin"), help="what the key may do")
    create.add_argument("--name", default="", help="whose it is")
    create.add_argument("--expires", metavar="DATE", help="last day of its use, such as 2027-01-31 (default: never expires)")
    create.set_defaults(run=_keys_create)
    keys.add_parser("list", help="every key, without its secret").set_defaults(run=_keys_list)
    revoke = keys.add_parser("revoke", help="make a key useless")
    revoke.add_argument("key", metavar="KEY_ID", help="as `auditor keys list` shows it")
    revoke.set_defaults(run=_keys_revoke)


def _add_submit(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "The English article and its translations, as `auditor audit` takes them; or files whose names tell their language "
        "(article.en.txt article.zh.txt); or one .json or .jsonl file of submissions. Exit codes are those of `auditor audit`."
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="the English article first; - is standard input")
    parser.add_argument("--server", metavar="URL", help="address of the service (default: AUDITOR_SERVER)")
    parser.add_argument("--key", help="API key (default: AUDITOR_KEY, which does not show among the processes)")
    parser.add_argument("--zh", metavar="FILE", action=Once, help="its Chinese version (simplified or traditional)")
    parser.add_argument("--ja", metavar="FILE", action=Once, help="its Japanese version")
    parser.add_argument("--translation", metavar="LANG=FILE", action="append", default=[], help="a version in any language there is")
    parser.add_argument(
        "--back-translation", metavar="LANG=FILE", action="append", default=[], help="English of that version, line by line"
    )
    parser.add_argument("--article", metavar="NAME", help="its name: submitted again under the same name, it is a revision")
    parser.add_argument("--glossary", metavar="NAME|FILE", help="a glossary that the service has, or a file of terms (CSV, Excel, TBX)")
    parser.add_argument("--wait", action="store_true", help="wait for the report and print it; -o, --fail-on and html wait as well")
    parser.add_argument("--timeout", metavar="SECONDS", type=count, default=1800, help="how long to wait (default: %(default)s)")
    parser.add_argument("--format", choices=tuple(FORMS), help="as in `auditor audit`")
    parser.add_argument("-o", "--output", metavar="FILE", help="where the report goes (default: standard output)")
    parser.add_argument("--fail-on", choices=(*SEVERITIES, "never"), default="never", help="exit with 1 on a finding this severe")
    parser.set_defaults(run=_submit)


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise argparse.ArgumentTypeError(f"{value!r} is no port; use 1 to 65535")
    return int(value)


def _number(value: str) -> int:
    if not value.isdecimal() or int(value) > 64:
        raise argparse.ArgumentTypeError(f"{value!r} is not a whole number from 0 to 64")
    return int(value)


def _serve(options: argparse.Namespace) -> int:
    chosen = settings.load_service(), settings.load()  # before anything is imported: what is wrong is said at once
    from auditor.web.serve import serve

    return serve(options.host, options.port, options.workers, *chosen)


def _worker(options: argparse.Namespace) -> int:
    chosen = settings.load_service(), settings.load()
    from auditor.jobs.run import run_worker

    return run_worker(*chosen, options.parent)


def _keys_create(options: argparse.Namespace) -> int:
    from auditor.web import commands

    return commands.create(settings.load_service(), options.role, options.name, options.expires, sys.stdout)


def _keys_list(options: argparse.Namespace) -> int:
    from auditor.web import commands

    return commands.listed(settings.load_service(), sys.stdout)


def _keys_revoke(options: argparse.Namespace) -> int:
    from auditor.web import commands

    return commands.revoke(settings.load_service(), options.key, sys.stdout)


def _submit(options: argparse.Namespace) -> int:
    from auditor.cli_submit import submit

    return submit(options)


def _backup(options: argparse.Namespace) -> int:
    from auditor.store.backup import backup

    content = backup(settings.load_service(), Path(options.file), options.force)
    print(f"auditor: {content.audits} audits and {content.keys} keys are in {options.file} ({content.bytes:,} bytes)", file=sys.stderr)
    return 0


def _restore(options: argparse.Namespace) -> int:
    from auditor.store.backup import restore

    service = settings.load_service()
    content, aside = restore(service, Path(options.file), options.force)
    kept = f"; the database that was there is {aside}" if aside else ""
    print(f"auditor: {content.audits} audits and {content.keys} keys are back in {service.data}{kept}", file=sys.stderr)
    return 0
