"""MkDocs hooks: the pages that are made from the code (a page a check, the commands, the API), and those that lie beside docs/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent.parent
BESIDE = {"BENCHMARKS.md": "BENCHMARKS.md", "CHANGELOG.md": "CHANGELOG.md", "tests/heldout/README.md": "heldout.md"}
"""File -> its page."""


def on_files(files: Files, config: Any) -> Files:
    """Add the generated pages."""
    sys.path.insert(0, str(Path(__file__).parent))
    from pages import pages

    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    for name, page in BESIDE.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Links to files beside docs/ lead to their pages."""
    for name, page in BESIDE.items():
        markdown = markdown.replace(f"](../{name})", f"]({page})").replace(f"]({name})", f"]({page})")
    return markdown
