"""A large file fetched into a file beside which a note is kept, so that a broken download goes on where it was.

It goes on only when the server says it is still the same file (RFC 9110: Range with If-Range, a strong ETag or Last-Modified); otherwise
it starts again. Two halves of different files are never joined.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from auditor.models.index import UnreachableError, shown, unreachable

MOST_BYTES = 4 << 30
_TRIES = 4  # connections in a row that bring nothing new
_CONNECTIONS = 100  # in all
PAUSE = 1.0  # seconds before the second try, doubled each time

Progress = Callable[[int, int | None], None]
"""Called with the bytes that are there and, where it is known, how many there will be."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What a half file is half of: its address and the validator that the server gave."""

    url: str
    validator: str


class _StartOverError(Exception):
    """The half that is there is of no use; start from nothing."""


def download(http: httpx.Client, url: str, part: Path, report: Progress) -> None:
    """Fetch `url` into `part`, going on with what is there. Raises UnreachableError; what has arrived stays until it is forgotten."""
    fruitless = 0
    for connection in range(1, _CONNECTIONS + 1):
        before = _size(part)
        try:
            with unreachable(url):
                _fetch(http, url, part, report)
            return
        except _StartOverError:
            forget(part)
        except UnreachableError as error:
            fruitless = 0 if _size(part) > before else fruitless + 1
            if error.lasting or not _size(part) or fruitless == _TRIES or connection == _CONNECTIONS:
                raise
            time.sleep(PAUSE * 2**fruitless)
    raise UnreachableError(f"{shown(url)} answers with pieces that do not fit", lasting=True)


def forget(part: Path) -> None:
    """Remove a file that was fetched, whole or half, and its note."""
    _note_file(part).unlink(missing_ok=True)
    part.unlink(missing_ok=True)


def _fetch(http: httpx.Client, url: str, part: Path, report: Progress) -> None:
    """One connection. Raises httpx errors when it breaks, _StartOverError, UnreachableError for an answer that is none."""
    at, validator = _half(url, part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={at}-", "If-Range": validator} if at else {})
    with http.stream("GET", url, headers=headers) as answer:
        if at and answer.status_code == 416:
            if answer.headers.get("content-range") == f"bytes */{at}":
                return  # all of it was there
            raise _StartOverError
        if answer.status_code not in (200, 206):
            lasting = answer.status_code < 500 and answer.status_code not in (408, 429)
            raise UnreachableError(f"{shown(url)} answered {answer.status_code} {answer.reason_phrase}", lasting)
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise UnreachableError(f"{shown(url)} sends the file in another encoding than it has", lasting=True)
        total = _length(answer)
        if answer.status_code == 206:
            total = _range_total(answer, at, validator)
        else:
            at, validator = 0, ""
            forget(part)  # before the new note is there: it must never stand beside bytes of another file
        if total is not None and total > MOST_BYTES:
            raise UnreachableError(f"{shown(url)} has {total} bytes, more than any package", lasting=True)
        _write_note(part, _Note(url, _validator(answer) or validator))
        _receive(answer, part, at, total, report)


def _receive(answer: httpx.Response, part: Path, at: int, total: int | None, report: Progress) -> None:
    with part.open("r+b" if at else "wb") as file:
        file.seek(at)
        file.truncate()
        report(at, total)
        for chunk in answer.iter_raw():  # as they come: of a chunk that is waited for, a break would lose what was there
            file.write(chunk)
            at += len(chunk)
            if at > MOST_BYTES:
                raise UnreachableError(f"{shown(str(answer.url))} sends more than {MOST_BYTES} bytes, more than any package", lasting=True)
            report(at, total)
    if total is not None and at != total:
        raise httpx.ReadError(f"{at} bytes came of {total}")


def _half(url: str, part: Path) -> tuple[int, str]:
    """Bytes that are there of this address and their validator; (0, "") when there is nothing to go on with."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        note = json.loads(_note_file(part).read_bytes())
        if note["url"] == url and isinstance(note["validator"], str) and note["validator"] and _size(part):
            return _size(part), note["validator"]
    return 0, ""


def _range_total(answer: httpx.Response, at: int, validator: str) -> int | None:
    """How long the whole file is, when the answer goes on exactly where we are with the file that we have a half of."""
    said = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("content-range", ""))
    if not at or not said or int(said[1]) != at or _validator(answer) not in ("", validator):
        raise _StartOverError
    return None if said[2] == "*" else int(said[2])


def _validator(answer: httpx.Response) -> str:
    etag, changed = str(answer.headers.get("etag", "")), str(answer.headers.get("last-modified", ""))
    return etag if etag and not etag.startswith("W/") else changed


def _length(answer: httpx.Response) -> int | None:
    raw = answer.headers.get("content-length", "")
    return int(raw) if raw.isdecimal() and len(raw) < 16 else None


def _write_note(part: Path, note: _Note) -> None:
    _note_file(part).write_text(json.dumps({"url": note.url, "validator": note.validator}), encoding="utf-8")


def _note_file(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _size(part: Path) -> int:
    try:
        return part.stat().st_size
    except OSError:
        return 0
