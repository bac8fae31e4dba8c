"""Trends for a terminal, and as one page that stands alone; bars are drawn from the numbers beside them."""

from __future__ import annotations

import io
import json
from importlib import resources
from typing import IO, Any

from auditor.corpus.trends import Table, Trends, to_json
from auditor.formats.terminal import visible

_BAR = 24
_SHORT = 18
_LONGEST = 200
"""Characters of a cell that are shown: names come from metadata, and one may be anything."""


def trends_json(made: Trends) -> str:
    """The tables, indented, one final newline."""
    return json.dumps(to_json(made), ensure_ascii=False, indent=1) + "\n"


def trends_text(made: Trends) -> str:
    """Plain text."""
    out = io.StringIO()
    print_trends(made, out)
    return out.getvalue()


def print_trends(made: Trends, file: IO[str]) -> None:
    """Tables with bars; colours when `file` is a terminal."""
    from rich.console import Console
    from rich.table import Table as Grid

    console = Console(file=file, highlight=False, markup=False, emoji=False, width=None if file.isatty() else 140)
    console.print(f"{made.articles:,} articles, {made.findings:,} findings")
    for table in made.tables:
        grid = Grid(title=table.title, title_justify="left", box=None, header_style="bold", pad_edge=False)
        for at, column in enumerate(table.columns):
            grid.add_column(column, justify="right" if is_numeric(table, at) else "left", overflow="fold")
        grid.add_column("")
        for row in table.rows:
            share = float(_bar(table, row) or 0) / table.largest
            grid.add_row(*(visible(_shown(cell)) for cell in row), "█" * round(_BAR * share))
        console.print()
        console.print(grid)


def trends_html(made: Trends) -> str:
    """The page."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("auditor.corpus") / "templates"
    loader = FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8"))
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page: str = environment.get_template("trends.html").render(
        made=made, numeric=is_numeric, short=is_short, shown=lambda cell: visible(_shown(cell)), bar=_bar
    )
    return page


def is_numeric(table: Table, at: int) -> bool:
    """Whether a column holds numbers."""
    return any(isinstance(row[at], int | float) for row in table.rows)


def is_short(table: Table, at: int) -> bool:
    """Whether its cells stay on one line: a language, a month, a name."""
    return all(len(_shown(row[at])) <= _SHORT for row in table.rows)


def _bar(table: Table, row: tuple[Any, ...]) -> Any:
    return row[table.columns.index(table.bar)]


def _shown(cell: Any) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, int | float):
        return f"{cell:,}"
    text = str(cell)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
