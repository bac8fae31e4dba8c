"""`make docs`: the manual of the checks, from the docstrings of their modules, and the tables of words with their sources."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from importlib import import_module, resources
from pathlib import Path

from auditor.checks import CHECKS
from auditor.lang.base import language_codes


def main() -> int:
    Path(sys.argv[1]).write_text(manual(), encoding="utf-8")
    return 0


def manual() -> str:
    """The page as Markdown."""
    parts = ["# Checks\n\nMade by `make docs` from the modules themselves.\n"]
    for check in CHECKS:
        parts.append(f"## {check.id}\n\n{(import_module(f'auditor.checks.{check.id}').__doc__ or '').strip()}\n")
    parts.append("# Word tables\n\n| table | what it says of itself |\n|---|---|")
    parts.append("\n".join(f"| `{name}` | {head} |" for name, head in _tables()))
    return "\n".join(parts) + "\n"


def _tables() -> Iterator[tuple[str, str]]:
    for code in language_codes():
        folder = resources.files(f"auditor.lang.{code}") / "data"
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if not file.name.endswith((".tsv", ".tsv.gz")):
                continue
            raw = file.read_bytes()
            text = gzip.decompress(raw).decode() if file.name.endswith(".gz") else raw.decode()
            head = [line.lstrip("# ").strip() for line in text.splitlines()[:12] if line.startswith("#")]
            yield f"lang/{code}/data/{file.name}", " ".join(head).replace("|", "\\|")


if __name__ == "__main__":
    raise SystemExit(main())
