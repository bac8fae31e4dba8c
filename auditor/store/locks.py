"""Locks that end with the process that holds them, however it ends: who holds one is alive.

On SQLite a lock is a locked file in the data folder, on PostgreSQL an advisory lock of a connection of its own. Neither depends on a
clock. A PostgreSQL server that restarts forgets its locks: `Lock.held` says whether ours is still there.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import psycopg
import sqlalchemy as sa
from filelock import FileLock, Timeout

from auditor.errors import AwayError
from auditor.store.database import Database

_PAUSE = 0.1
"""Seconds between two tries to get a lock."""


class Lock(Protocol):
    """A lock that this process holds."""

    def held(self) -> bool:
        """Is it still ours?"""
        ...

    def release(self) -> None:
        """Give it back; once more does nothing."""
        ...


class _File:
    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def held(self) -> bool:
        return bool(self._lock.is_locked)

    def release(self) -> None:
        self._lock.release(force=True)


class _Advisory:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def held(self) -> bool:
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def release(self) -> None:
        self._connection.close()


def try_lock(database: Database, name: str, wait: float = 0) -> Lock | None:
    """The lock of that name, or None when another holds it for longer than `wait` seconds. Raises AwayError, OSError."""
    if database.is_sqlite:
        _file(database, name).parent.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(_file(database, name), timeout=wait, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return None
        return _File(lock)
    try:
        return _advisory(database, name, wait)
    except psycopg.OperationalError as error:
        raise AwayError("the database cannot be reached at the moment; try again") from error


def forget(database: Database, name: str) -> None:
    """Leave nothing of a lock that we hold and nobody will ask for again."""
    if database.is_sqlite:
        _file(database, name).unlink(missing_ok=True)


def free(database: Database, names: Iterable[str]) -> list[str]:
    """Those of the names that nobody seems to hold: to be locked before anything is concluded. Costs one query, or a look at each file."""
    if database.is_sqlite:
        return list(names)
    with database.read() as connection:
        rows = connection.execute(sa.text(_HELD)).all()
    held = {(high << 32) | low for high, low in rows}
    return [name for name in names if _number(name) & 0xFFFF_FFFF_FFFF_FFFF not in held]


_HELD = """
SELECT classid::bigint, objid::bigint FROM pg_locks
WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"auditor:{name}".encode()).digest()[:8], "big", signed=True)


def _advisory(database: Database, name: str, wait: float) -> Lock | None:
    url = sa.make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    until = time.monotonic() + wait
    connection = psycopg.connect(url, autocommit=True, connect_timeout=10, keepalives_idle=10, keepalives_interval=5, keepalives_count=3)
    try:
        # Asked again and again: who waits inside a statement holds a snapshot, and the queue's own migrations (CREATE INDEX CONCURRENTLY)
        # wait for every snapshot to end, so that each would wait for the other.
        while connection.execute("SELECT pg_try_advisory_lock(%s)", (_number(name),)).fetchone() != (True,):
            if time.monotonic() >= until:
                connection.close()
                return None
            time.sleep(_PAUSE)
    except BaseException:
        connection.close()
        raise
    return _Advisory(connection)


def _file(database: Database, name: str) -> Path:
    return database.folder / "locks" / f"{_safe(name)}.lock"


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in name)


@contextlib.contextmanager
def lock_for(database: Database, name: str, wait: float = 120) -> Iterator[None]:
    """The lock for as long as the block runs. Raises TimeoutError when another process keeps it for longer than `wait` seconds."""
    lock = try_lock(database, name, wait)
    if lock is None:
        raise TimeoutError(f"another process has held {name} for more than {wait:.0f} seconds")
    try:
        yield
    finally:
        lock.release()
