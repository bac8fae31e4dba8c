"""Where a batch's articles come from: JSONL, a tree of folders, or a Parquet file; each is one line of JSON, read when it is its turn.

A folder that holds files of an article by their languages (article/en.md, zh.md, ja.md) is an article; so are files of one name in a
folder of several (trade.en.md, trade.zh.md), a ZIP, and a bilingual file by itself. `metadata.json` in an article's folder is its metadata.
A Parquet file has a row an article: `source` (or `en`), `zh`, `ja`, and if you like `id`, `back_zh`, `back_ja`; its other columns are
metadata; or the columns of a batch line.
"""

from __future__ import annotations

import codecs
import json
import math
import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from auditor.corpus.lines import error_line
from auditor.errors import AuditorError, InputError
from auditor.formats.files import MOST_FOLDERS, check_link, decode, read_bytes
from auditor.formats.forms import READERS, brings_translations
from auditor.formats.inputs import is_article_file, is_read, load
from auditor.formats.readers.table import header_language
from auditor.formats.siblings import Article, article_name, articles_of
from auditor.formats.stored import body_of
from auditor.lang.base import language_codes

_ROWS = 64
"""Rows of a Parquet file that are held at a time."""

_NO_LINES = frozenset({*READERS, "zip", "xlsx", "xls", "tbx", "pdf", "doc"})
"""Endings of files of which each line would be an error."""


class Broken(str):
    """In the place of a line whose files cannot be read: the line of output that says so."""

    __slots__ = ()


class Entry(NamedTuple):
    """An article: where it stands, as errors name it ("in.jsonl, line 3"), and its line of JSON."""

    where: str
    line: str


def read_articles(path: Path) -> Iterator[Entry]:
    """Every article in its order. Raises InputError for a source that is none."""
    if path.is_dir():
        yield from _folders(path)
    elif path.suffix.lower() == ".parquet":
        yield from (Entry(f"{path}, row {number}", line) for number, line in enumerate(_rows(path), 1))
    else:
        yield from (Entry(f"{path}, line {number}", line) for number, line in read_lines(path))


def count_articles(path: Path) -> int:
    """How many there are; of a tree and a Parquet file without reading the texts."""
    if path.is_dir():
        return sum(1 for _ in _articles(path))
    if path.suffix.lower() == ".parquet":
        return _height(path)
    return sum(1 for _ in read_lines(path))


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number, line) of every line that is not blank; bytes that are not UTF-8 are kept, for the line's own error to name.

    UTF-16 with a byte order mark is read too, for PowerShell writes it. Raises InputError for one JSON document over many lines.
    """
    if path.suffix.lower().removeprefix(".") in _NO_LINES:
        told = "a batch is JSONL (an article a line), a folder of articles, or a Parquet file"
        raise InputError(f"{path}: {told}; for the one article of this file, use auditor audit; several such files: their folder")
    with path.open("rb") as file:
        mark = file.read(2)
    if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from _wide_lines(path)
        return
    first = True
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape").rstrip("\r\n")
            if first:
                _check_lines(path, line)
                first = False
            yield number, line


def _wide_lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    with path.open(encoding="utf-16", newline="\n") as file:
        try:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
        except UnicodeError:
            raise InputError(f"{path}, after line {number}: the bytes are not UTF-16; save the file as UTF-8") from None


def _check_lines(path: Path, first: str) -> None:
    """Raise InputError for what begins as one JSON document: each of its lines would be an error of its own."""
    if first.strip() in ("{", "[") or first.lstrip().startswith("[{"):
        raise InputError(
            f"{path}: this is one JSON document; a batch needs an article a line: "
            "write each object on a line of its own, without brackets and commas between them (jq -c makes that)"
        )


def _articles(root: Path) -> Iterator[Path | Article]:
    """Articles in the order of their names: a folder that is one, a ZIP, a bilingual file, or files of one name in a folder of several.

    Folders are a stack of their own, not of Python's: how deep they are is somebody else's choice.
    """
    waiting: list[Path | Article | _Folder] = [_Folder(root, 0)]
    while waiting:
        found = waiting.pop()
        if isinstance(found, _Folder) and found.depth <= MOST_FOLDERS:
            waiting += reversed(_within(found))
        else:
            yield found.path if isinstance(found, _Folder) else found


class _Folder(NamedTuple):
    """A folder that is to be looked into."""

    path: Path
    depth: int


def _within(folder: _Folder) -> list[Path | Article | _Folder]:
    root = folder.path
    entries = sorted((e for e in os.scandir(root) if not e.name.startswith(".")), key=lambda entry: entry.name)
    files = [e.name for e in entries if e.is_file()]
    folders = [e for e in entries if e.is_dir(follow_symlinks=False)]
    named = [name for name in files if is_article_file(name)]
    if named and not folders and len({article_name(name) for name in named} - {"back", "glossary"}) == 1:
        return [root]
    found, _ = articles_of(str(root / name) for name in files if is_read(name))
    own: dict[str, Path | Article] = {Path(article.source).name: article for article in found}
    own |= {name: root / name for name in files if brings_translations(name) and not name.lower().endswith((".csv", ".tsv"))}
    below = {e.name: _Folder(Path(e.path), folder.depth + 1) for e in folders}
    return [{**own, **below}[e.name] for e in entries if e.name in own or e.name in below]


def _folders(root: Path) -> Iterator[Entry]:
    for article in _articles(root):
        path = Path(article.source) if isinstance(article, Article) else article
        name = path.relative_to(root).as_posix() if path != root else root.name
        try:
            versions = dict(article.versions) if isinstance(article, Article) else {}
            for file in (str(path), *versions.values()):
                check_link(file, str(root))
            body = {**body_of(load(str(path), versions, {}, root=str(root))), "id": name}
            described = path / "metadata.json"
            if path.is_dir() and described.is_file():
                check_link(str(described), str(root))
                body["metadata"] = _metadata(described)
            yield Entry(str(path), json.dumps(body, ensure_ascii=False))
        except AuditorError as error:
            yield Entry(str(path), Broken(json.dumps(error_line(name, error), ensure_ascii=False)))
        except OSError as error:
            unread = InputError(f"{error.filename or path}: {error.strerror or error}")
            yield Entry(str(path), Broken(json.dumps(error_line(name, unread), ensure_ascii=False)))


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
    names = _names(frame.collect_schema().names(), path)
    for at in range(0, height, _ROWS):
        for number, row in enumerate(frame.slice(at, _ROWS).rename(names).collect().iter_rows(named=True), at + 1):
            yield json.dumps(_finite(_body(row, number)), ensure_ascii=False, default=_plain)


def _names(columns: list[str], path: Path) -> dict[str, str]:
    """Column -> what it is called here: languages are read as in the header of a table (zh-CN, Chinese). Raises InputError."""
    found: dict[str, str] = {}
    for column in columns:
        said = column.strip().lower()
        name = said if said in ("source", "translations") else header_language(column)
        if name and name not in columns and name not in found.values():
            found[column] = name
    known = {*columns, *found.values()}
    if not {"source", "en"} & known:
        raise InputError(f"{path}: there is no column source (or en); it has {', '.join(columns)[:120]}")
    if not {"translations", *(set(language_codes()) - {"en"})} & known:
        raise InputError(f"{path}: there is no column of a translation, such as zh or ja; it has {', '.join(columns)[:120]}")
    return found


def _finite(value: Any) -> Any:
    """NaN and infinity, which JSON has not, as null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(inner) for key, inner in value.items()}
    return [_finite(inner) for inner in value] if isinstance(value, list) else value


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


def _plain(value: Any) -> str | list[int]:
    """Of a column of metadata; bytes are no text, and as the list of them they are refused where a text is wanted."""
    if isinstance(value, bytes):
        return list(value[:1000])
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
