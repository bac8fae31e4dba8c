"""Markdown (CommonMark with tables): headings, paragraphs, list items, quotations, table cells and the alternative text of images.

Code blocks, link addresses and inline tags are no text; an HTML block is read as HTML. Of front matter the title, the description and the
like are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from auditor.formats.files import decode
from auditor.formats.origins import Builder, Document, Place, glue
from auditor.formats.readers.webpage import fragment

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)
_FIELD = re.compile(r"^(title|subtitle|description|summary|headline|excerpt|lead):[ \t]*(.+?)[ \t]*$", re.M)
_NOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]+", re.M)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
"""Footnotes, which CommonMark would take for link addresses: their text is a block of its own, their marks are no text."""
_MARKS = frozenset({"text", "code_inline"})


def read(raw: bytes, name: str) -> Document:
    """The text; the place of a stretch is its line."""
    text = decode(raw, name).replace("\r\n", "\n").replace("\r", "\n")
    built = Builder()
    front = _FRONT.match(text)
    if front:
        for field in _FIELD.finditer(front[1]):
            line = text.count("\n", 0, front.start(1) + field.start()) + 1
            built.add(field[2].strip("\"'"), line=line, field=field[1])
        text = "\n" * text.count("\n", 0, front.end()) + text[front.end() :]
    text = _NOTE_MARK.sub("", _NOTE.sub("- ", text))
    for runs in _blocks(_parser().parse(text)):
        if any(run.strip() for run, _ in runs):
            built.add_runs(runs)
    return built.document(name, "markdown")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _blocks(tokens: Sequence[Token]) -> Iterator[list[tuple[str, Place]]]:
    """The runs of each block, one a source line."""
    row = 0
    for token in tokens:
        row = token.map[0] + 1 if token.map else row
        if token.type == "inline":
            yield _runs(token.children or [], row)
        elif token.type == "html_block":
            for line, words in fragment(token.content):
                yield [(words, {"line": row + line - 1})]


def _runs(children: Sequence[Token], line: int) -> list[tuple[str, Place]]:
    runs: list[tuple[str, Place]] = []
    current = ""
    waiting = False
    for child in children:
        said = child.content if child.type in _MARKS else _alt(child) if child.type == "image" else ""
        if child.type in ("softbreak", "hardbreak"):
            runs.append((current, {"line": line}))
            waiting, current, line = child.type == "softbreak", "" if child.type == "softbreak" else "\n", line + 1
        elif said:
            if waiting:
                runs.append((glue(_end(runs), said), {"line": line - 1}))
                waiting = False
            current += said
    return [*runs, (current, {"line": line})]


def _end(runs: Sequence[tuple[str, Place]]) -> str:
    return next((run for run, _ in reversed(runs) if run), "")


def _alt(image: Token) -> str:
    return "".join(c.content for c in image.children or [] if c.type in _MARKS)
