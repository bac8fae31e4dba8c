"""A batch's output file: what an earlier run wrote is looked at before anything is written, and nothing of it is lost.

1. A file that is no output of a batch is somebody's, and stays: InputError. Only a torn last line, of a batch that was killed, is cut off.
2. One batch at a time: the file is locked while it is written.
3. Its lines must be of the articles of the input, in order: of the same texts, back-translations, glossary and metadata (by a digest in
   the report's `run`), and by the engine that is asked for.
4. Lines that are errors are made again, for the article may have been mended, or the server that failed is back. They are written
   into a file beside it, which takes its place when it is whole: killed meanwhile, the old file is as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from auditor.corpus.lines import line_digest, line_id, parse_line
from auditor.corpus.sources import Entry, read_articles
from auditor.errors import AuditorError, InputError

_LOCK_WAIT = 3.0  # seconds; the workers of a batch that was killed hold its lock until they notice
_BEGINNINGS = (b'{"schema_version"', b'{"id"')
"""How a line of a batch begins: what a torn one, at the end of a file, must begin with."""


class Output:
    """The file, open at the end of its whole lines.

    done    whole lines that were there
    errors  how many of them are errors
    """

    def __init__(self, file: BinaryIO, out: Path) -> None:
        self._file, self._out = file, out
        self.done, self.errors, self._size = resume_point(out)

    def check(self, source: Path, engine: str) -> None:
        """Raise InputError unless the lines are of these very articles; then a torn one is cut off, and it is written on from there."""
        left = self.done
        for entry, (_, report) in zip(read_articles(source), self.lines(), strict=False):
            _check_same(report, entry, self._out, engine)
            left -= 1
        if left:
            raise InputError(f"{self._out} has {left} more lines than there are articles in {source}; name another output file")
        self._file.truncate(self._size)
        self._file.seek(self._size)

    def lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(line, what it says) of the whole lines that were there."""
        with self._out.open("rb") as file:
            for _, raw in zip(range(self.done), file, strict=False):
                yield raw.decode().rstrip("\n"), json.loads(raw)

    def write(self, text: str) -> None:
        """A line more, on disk before the next one is waited for."""
        self._file.write(text.encode() + b"\n")
        self._file.flush()

    def replace(self, lines: Iterable[str]) -> None:
        """Other lines in the place of those that were there, at once."""
        half = self._out.resolve().with_name(f".{self._out.name}.again")
        new = _open(half, truncate=True)
        try:
            _lock(new, half)
            for line in lines:
                new.write(line.encode() + b"\n")
            new.flush()
            shutil.copymode(self._out, half)
            os.fsync(new.fileno())
            half.replace(self._out.resolve())
        except BaseException:
            new.close()
            half.unlink(missing_ok=True)
            raise
        self._file.close()
        self._file = new

    def close(self) -> None:
        """The lock goes with the file."""
        self._file.close()


@contextlib.contextmanager
def opened(out: Path) -> Iterator[Output]:
    """The output of a batch, for this batch only. Raises InputError when it is none, or another batch is writing it."""
    if out.exists() and not out.is_file():
        raise InputError(f"{out} is not a file; name a file for the reports, for a batch reads it when it goes on")
    file = _open(out)
    try:
        _lock(file, out)
        if not out.exists() or os.fstat(file.fileno()).st_ino != out.stat().st_ino:  # another batch ended meanwhile and put a new one there
            raise InputError(f"another batch was writing {out}; give the command again")
        output = Output(file, out)
    except BaseException:
        file.close()
        raise
    try:
        yield output
    finally:
        output.close()


def _open(path: Path, truncate: bool = False) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | (os.O_TRUNC if truncate else 0), 0o666), "r+b")


def _lock(file: BinaryIO, out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    until = time.monotonic() + _LOCK_WAIT
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if time.monotonic() > until:
                raise InputError(f"another batch is writing {out}; wait for it, or name another output file") from None
            time.sleep(0.1)


def resume_point(out: Path) -> tuple[int, int, int]:
    """(whole lines already written, errors among them, bytes they take); a torn last line does not count.

    Raises InputError for a file that is not the output of a batch: it is somebody's, and stays.
    """
    done = errors = size = 0
    with out.open("rb") as file:
        for raw in file:
            value = _report_of(raw)
            if value is None:
                if raw.endswith(b"\n") or not raw.startswith(_BEGINNINGS):
                    raise InputError(f"{out}, line {done + 1}, is not a line of a batch; name another output file, or delete this one")
                break
            done, size = done + 1, size + len(raw)
            errors += "error" in value
    return done, errors, size


def _report_of(raw: bytes) -> dict[str, Any] | None:
    """A whole line of output, None for anything else."""
    if not raw.endswith(b"\n"):
        return None
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and "id" in value and ("findings" in value or "error" in value) else None


def _check_same(report: dict[str, Any], entry: Entry, out: Path, engine: str) -> None:
    """Raise InputError unless a line of output is of this article."""
    failed, identity = "error" in report, _id_of(entry.line)
    if identity != (report.get("id") or "") and not (failed and report.get("id") is None):
        raise InputError(f"{out} was written from another input: {entry.where} has another id; name another output file")
    if failed:
        return
    if not _is_of(report, entry.line):
        told = "its texts, back-translation, glossary or metadata"
        raise InputError(f"{entry.where} has changed since {out} was written ({told}); name another output file")
    used = {str(t.get("engine")) for t in report.get("translations", ())} - {"supplied"}
    if engine != "auto" and used - {engine}:
        raise InputError(
            f"{out} was begun with the engine {min(used - {engine})}, not {engine}; ask for the same, or name another output file"
        )


def _id_of(line: str) -> str:
    try:
        return line_id(json.loads(line))
    except (ValueError, RecursionError):
        return ""


def _is_of(report: dict[str, Any], line: str) -> bool:
    """Whether a report is one of a line: by the digest of all that it was made from, in older ones by the digests of its texts."""
    run = report.get("run")
    try:
        if isinstance(run, dict) and "input" in run:
            return bool(run["input"] == line_digest(line))
        submission = parse_line(line)
    except (AuditorError, ValueError, RecursionError, AttributeError):
        return False  # no article any more
    said = [report.get("source", {}).get("sha256"), *(t.get("sha256") for t in report.get("translations", ()))]
    texts = [submission.source, *(t.text for t in submission.translations)]
    return said == [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
