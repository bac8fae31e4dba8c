"""Where a batch's articles come from: JSONL, a tree of folders, or a Parquet file; each is one line of JSON, read when it is its turn.

A folder that holds files of an article by their languages (article/en.md, zh.md, ja.md) is an article; so are files of one name in a
folder of several (trade.en.md, trade.zh.md), a ZIP, and a bilingual file by itself. `metadata.json` in an article's folder is its metadata.
A Parquet file has a row an article: `source` (or `en`), `zh`, `ja`, and if you like `id`, `back_zh`, `back_ja`; its other columns are
metadata; or the columns of a batch line.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from auditor.corpus.lines import error_line
from auditor.errors import AuditorError, InputError
from auditor.formats.files import decode, read_bytes
from auditor.formats.forms import brings_translations
from auditor.formats.inputs import is_article_file, is_read, load
from auditor.formats.siblings import Article, article_name, articles_of
from auditor.formats.stored import body_of
from auditor.lang.base import language_codes

_ROWS = 64
"""Rows of a Parquet file that are held at a time."""


class Broken(str):
    """In the place of a line whose files cannot be read: the line of output that says so."""

    __slots__ = ()


def read_articles(path: Path) -> Iterator[tuple[int, str]]:
    """(number, line) of every article, from 1; of JSONL the number is the line's. Raises InputError for a source that is none."""
    if path.is_dir():
        yield from enumerate(_folders(path), 1)
    elif path.suffix.lower() == ".parquet":
        yield from enumerate(_rows(path), 1)
    else:
        yield from read_lines(path)


def count_articles(path: Path) -> int:
    """How many there are; of a tree and a Parquet file without reading the texts."""
    if path.is_dir():
        return sum(1 for _ in _articles(path))
    if path.suffix.lower() == ".parquet":
        return _height(path)
    return sum(1 for _ in read_lines(path))


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number, line) of every line that is not blank; bytes that are not UTF-8 are kept, for the line's own error to name."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape").rstrip("\r\n")


def _articles(root: Path) -> Iterator[Path | Article]:
    """Articles in the order of their names: a folder that is one, a ZIP, a bilingual file, or files of one name in a folder of several."""
    entries = sorted((e for e in os.scandir(root) if not e.name.startswith(".")), key=lambda entry: entry.name)
    files = [e.name for e in entries if e.is_file()]
    folders = [e for e in entries if e.is_dir(follow_symlinks=False)]
    named = [name for name in files if is_article_file(name)]
    if named and not folders and len({article_name(name) for name in named} - {"back", "glossary"}) == 1:
        yield root
        return
    found, _ = articles_of(str(root / name) for name in files if is_read(name))
    own: dict[str, Path | Article] = {Path(article.source).name: article for article in found}
    own |= {name: root / name for name in files if brings_translations(name) and not name.lower().endswith((".csv", ".tsv"))}
    for entry in entries:
        if entry in folders:
            yield from _articles(Path(entry.path))
        elif entry.name in own:
            yield own[entry.name]


def _folders(root: Path) -> Iterator[str]:
    for article in _articles(root):
        path = Path(article.source) if isinstance(article, Article) else article
        name = path.relative_to(root).as_posix() if path != root else root.name
        try:
            versions = dict(article.versions) if isinstance(article, Article) else {}
            body = {**body_of(load(str(path), versions, {})), "id": name}
            described = path / "metadata.json"
            if path.is_dir() and described.is_file():
                body["metadata"] = _metadata(described)
            yield json.dumps(body, ensure_ascii=False)
        except AuditorError as error:
            yield Broken(json.dumps(error_line(name, error), ensure_ascii=False))
        except OSError as error:
            unread = InputError(f"{error.filename or path}: {error.strerror or error}")
            yield Broken(json.dumps(error_line(name, unread), ensure_ascii=False))


def _metadata(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(decode(read_bytes(str(path)), str(path)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: this is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"{path}: metadata is a JSON object")
    return value


def _height(path: Path) -> int:
    import polars as pl

    try:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{path}: this cannot be read as Parquet: {str(error).splitlines()[0]}") from None


def _rows(path: Path) -> Iterator[str]:
    import polars as pl

    height = _height(path)
    frame = pl.scan_parquet(path)
    columns = frame.collect_schema().names()
    if not {"source", "en"} & set(columns):
        raise InputError(f"{path}: there is no column source (or en); it has {', '.join(columns)[:120]}")
    for at in range(0, height, _ROWS):
        for number, row in enumerate(frame.slice(at, _ROWS).collect().iter_rows(named=True), at + 1):
            yield json.dumps(_body(row, number), ensure_ascii=False, default=_plain)


def _body(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    if isinstance(row.get("source"), dict):  # a batch line as a row
        return {key: value for key, value in row.items() if value is not None}
    codes = [code for code in language_codes() if code != "en"]
    used = {"id", "source", "en", *codes, *(f"back_{code}" for code in codes)}
    translations = [
        {"lang": code, "text": row[code], **({"back_translation": row[f"back_{code}"]} if row.get(f"back_{code}") else {})}
        for code in codes
        if row.get(code)
    ]
    metadata = {key: value for key, value in row.items() if key not in used and value is not None}
    identity = row.get("id")
    return {
        "id": str(identity if identity is not None else number),
        "source": {"lang": "en", "text": row.get("source") or row.get("en") or ""},
        "translations": translations,
        **({"metadata": metadata} if metadata else {}),
    }


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
