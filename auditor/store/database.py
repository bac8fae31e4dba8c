"""A database by its address: connections, transactions, locks that end with the process that holds them.

SQLite has one writer at a time: a transaction that will write says so from the start (BEGIN IMMEDIATE) and waits its turn, instead of
failing half-way; readers never wait (write-ahead log).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from tenacity import Retrying, retry_if_exception, wait_random_exponential

from auditor.errors import AwayError, StoreError
from auditor.settings import Service

T = TypeVar("T")
FILE = "service.sqlite"
"""The embedded database, in the data folder."""
_BUSY_SECONDS = 30
_LOOK_AGAIN = 0.002
_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 32, "hide_parameters": True}
"""Parameters are hidden from error messages, which are logged: they may be whole texts."""


class Database:
    """Connections to one database. `url` is as SQLAlchemy has it; safe to share between threads, not between processes."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.is_sqlite = url.startswith("sqlite")
        self._turn: contextlib.AbstractContextManager[object] = contextlib.nullcontext()
        self._writer = self._reader = self._engine()
        self._file: os.stat_result | None = None
        if self.is_sqlite:
            with contextlib.suppress(OSError):
                self._file = self._path.stat()
            # Threads take turns here: SQLite lets those who wait for its lock poll for it, and some of them poll long.
            self._turn = threading.Lock()
            self._writer = self._engine()
            _sqlite(self._reader, "BEGIN", _BUSY_SECONDS)
            _sqlite(self._writer, "BEGIN IMMEDIATE", 0)

    def _engine(self) -> sa.Engine:
        if self.is_sqlite:
            return sa.create_engine(self.url, **_POOL, connect_args={"timeout": _BUSY_SECONDS})
        return sa.create_engine(self.url, **_POOL, pool_pre_ping=True, connect_args={"connect_timeout": 10})

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that changes nothing; on SQLite it sees one state of the database throughout."""
        with _told(), self._reader.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction: committed at the end, rolled back on an error."""
        with self._turn, _told(), self._writer.begin() as connection:
            yield connection

    def check_in_place(self) -> None:
        """Raise StoreError when the embedded database is no longer the file that was opened: what is stored then is lost with it."""
        if self._file is None:
            return
        try:
            found: os.stat_result | None = self._path.stat()
        except OSError:
            found = None
        if found is None or not os.path.samestat(found, self._file):
            what = "removed or moved away" if found is None else "replaced by another"
            raise StoreError(
                f"the database file in AUDITOR_DATA was {what} while the service runs; put it back, or stop and start the service"
            )

    @property
    def _path(self) -> Path:
        return Path(str(sa.make_url(self.url).database))

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Trouble of the database in the block, whoever uses it there, comes out as StoreError or AwayError."""
        with _told():
            yield

    def dispose(self) -> None:
        """Close what is open."""
        self._reader.dispose()
        self._writer.dispose()


def open_database(service: Service) -> Database:
    """The database that the settings name; the data folder is made. Raises StoreError when it cannot be."""
    try:
        service.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"{service.data}: {error.strerror or error}; set AUDITOR_DATA to a folder that can be written") from None
    if service.database_url:
        return Database(str(sa.make_url(service.database_url).set(drivername="postgresql+psycopg").render_as_string(False)), service.data)
    file = service.data / FILE
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror or error}; set AUDITOR_DATA to a folder that can be written") from None
    return Database(f"sqlite:///{file}", service.data)


def _sqlite(engine: sa.Engine, begin: str, wait: int) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={wait * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        _in_turn(connection, begin)


def _in_turn(connection: sa.Connection, begin: str) -> None:
    """Begin as soon as the writer before has ended: SQLite's own waiting looks every tenth of a second once it has waited for a while."""
    until = time.monotonic() + _BUSY_SECONDS
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    while time.monotonic() < until:
        try:
            driver.execute(begin)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                break
            time.sleep(_LOOK_AGAIN)
    connection.exec_driver_sql(begin)  # whose error is told as any other's


def patiently(do: Callable[[], T]) -> T:
    """Do it, again and again while the database is away or full: for work of which nothing may be lost, and nobody waits."""
    return _PATIENCE(do)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A database that cannot be used, said in one line."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        if _is_full(error):
            raise StoreError("the disk of the database is full; nothing was stored; free some space and try again") from error
        if _is_away(error):
            raise AwayError("the database cannot be reached at the moment; try again") from error
        raise


_SQLITE_AWAY = ("database is locked", "database table is locked", "unable to open database file")
_POSTGRES_AWAY = ("08", "53", "57P", "40001", "40P01", "25P03")
"""How the codes begin of a lost connection, too many of them, a server that stops or starts, and of a transaction that lost a race."""


def _is_away(error: Exception) -> bool:
    """Is it the connection that failed, or a race that was lost, so that the same work may be tried again?"""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    cause = error.orig
    if error.connection_invalidated:
        return True
    if isinstance(cause, psycopg.Error):
        return cause.sqlstate.startswith(_POSTGRES_AWAY) if cause.sqlstate else isinstance(cause, psycopg.OperationalError)
    return any(said in str(cause).lower() for said in _SQLITE_AWAY)


def _is_full(error: Exception) -> bool:
    """Has the database no room left?"""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, psycopg.Error):
        return cause.sqlstate == "53100"
    return cause is not None and any(said in str(cause).lower() for said in ("disk is full", "disk i/o error"))


def is_trouble(error: BaseException) -> bool:
    """Is it the database that is away or full, rather than what was asked of it?"""
    return isinstance(error, StoreError) or (isinstance(error, DBAPIError | PoolTimeout) and (_is_away(error) or _is_full(error)))


_PATIENCE = Retrying(retry=retry_if_exception(is_trouble), wait=wait_random_exponential(multiplier=0.2, max=3), reraise=True)
