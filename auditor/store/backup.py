"""Backup and restore of the embedded database.

A backup is one file, made while the service runs: SQLite copies a state of the database that was there at one moment. A restore needs
the service to stand still: whoever serves or works holds `running`, and a restore takes it alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor.errors import InputError, StoreError, UsageError
from auditor.settings import Service
from auditor.store.database import FILE, open_database
from auditor.store.locks import lock_for
from auditor.store.migrate import known_revisions

_TABLES = {"audits", "reports", "submissions", "keys", "findings", "decisions"}
_BESIDE = ("-wal", "-shm")
_IN_USE = "has a service running; stop `auditor serve` and `auditor worker` first"


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a backup."""

    audits: int
    keys: int
    bytes: int


@contextlib.contextmanager
def running(service: Service) -> Iterator[None]:
    """Held by every process that serves or works on the embedded database. Raises StoreError while a restore is under way."""
    if service.database_url:
        yield
        return
    with _locked(service, fcntl.LOCK_SH, "is being restored; start again when that is done"):
        yield


def backup(service: Service, target: Path, force: bool) -> Content:
    """Write a backup to a file that is there whole or not at all. Raises UsageError, StoreError."""
    file = _embedded(service)
    if not file.exists():
        raise UsageError(f"there is no service in {service.data}; set AUDITOR_DATA to its folder")
    if target.exists() and (not force or target.is_dir() or target.samefile(file)):
        raise UsageError(f"{target} is there already; name another file, or add --force to replace it")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with contextlib.closing(sqlite3.connect(file, timeout=60)) as source, contextlib.closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it that could be left behind
        content = check(part)
        _sync(part)
        part.replace(target)
    except sqlite3.Error as error:
        raise StoreError(f"the backup failed: {error}; nothing was written to {target}") from None
    finally:
        part.unlink(missing_ok=True)
    return content


def check(file: Path) -> Content:
    """What a backup holds. Raises InputError for a file that is damaged, no backup, or of a newer auditor."""
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            sound = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if sound != ["ok"]:
                raise InputError(f"{file} is damaged: {sound[0][:200]}")
            if not tables >= _TABLES | {"alembic_version"}:
                raise InputError(f"{file} is no backup of the auditor's service")
            revision = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
            audits, keys = (connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("audits", "keys"))
    except sqlite3.Error as error:
        raise InputError(f"{file} is no backup, or damaged: {error}") from None
    if not set(revision) <= known_revisions():
        raise InputError(f"{file} is of a newer auditor (database revision {', '.join(revision)}); restore it with that one")
    return Content(int(audits), int(keys), file.stat().st_size)


def restore(service: Service, source: Path, force: bool) -> tuple[Content, Path | None]:
    """Put a backup in place of the database; what it holds, and where the old one is now. Raises UsageError, InputError, StoreError."""
    file = _embedded(service)
    if not source.is_file():
        raise UsageError(f"{source}: there is no such file")
    if file.exists() and source.samefile(file):
        raise UsageError(f"{source} is the database itself; name a backup")
    check(source)
    database = open_database(service)
    try:
        with lock_for(database, "migrate"), _locked(service, fcntl.LOCK_EX, _IN_USE):
            if file.stat().st_size and not force:
                raise UsageError(f"there is a service in {service.data} already; --force replaces it and keeps the old database aside")
            return _replace(file, source)
    finally:
        database.dispose()


def _replace(file: Path, source: Path) -> tuple[Content, Path | None]:
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        shutil.copyfile(source, part)
        content = check(part)  # what was copied: the source may have changed meanwhile
        _sync(part)
        aside = _aside(file) if file.stat().st_size else None
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return content, aside


def _aside(file: Path) -> Path:
    """The old database under another name, with its log."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = file.with_name(f"{file.name}.before-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.before-{stamp}-{number}")
    for ending in _BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))
    file.replace(aside)
    return aside


@contextlib.contextmanager
def _locked(service: Service, how: int, else_told: str) -> Iterator[None]:
    """A lock that many may share or one may have alone; it ends with its process."""
    folder = service.data / "locks"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "running.lock").open("ab") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{service.data} {else_told}") from None
        yield


def _embedded(service: Service) -> Path:
    if service.database_url:
        raise UsageError(
            "the service is on PostgreSQL (AUDITOR_DATABASE_URL): back it up with pg_dump --format=custom, restore it with pg_restore"
        )
    return service.data / FILE


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
