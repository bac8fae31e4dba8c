"""Back-translations remembered: a second audit of an article with one sentence changed translates one sentence.

An SQLite file shared by processes. A row is keyed by everything the English depends on: engine, its fingerprint (version, model file),
decoding settings, language and text. The text itself is kept only as a digest; the English is kept as it is, so the file is readable by
its owner alone. A cache that cannot be opened, is broken or is locked for long is done without: an audit never fails for it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

_LOG = logging.getLogger(__name__)
_SCHEMA_VERSION = 1
_WAIT = 5.0  # seconds for another process's write
_TOUCH_AFTER = 3600  # seconds: a row read again within the hour is not written again for it
_KEEP = 0.8  # share of the bound that is left when the oldest rows go
_AT_ONCE = 500  # SQLite's customary limit of variables in a statement is 999

_SCHEMA = "CREATE TABLE IF NOT EXISTS english (key BLOB PRIMARY KEY, english TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"


class Cache:
    """The file at `path`, at most about `megabytes` large; the least recently used rows go first. Opened at first use."""

    def __init__(self, path: Path, megabytes: int) -> None:
        self.path = path
        self._bytes = megabytes * 1_000_000
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._broken = False

    def get(self, maker: Sequence[str], texts: Iterable[str]) -> dict[str, str]:
        """English of those texts that are remembered. `maker`: engine, fingerprint, decoding and language."""
        keys = {_key(maker, text): text for text in texts}
        try:
            return self._read(keys)
        except sqlite3.Error as error:
            self._give_up(error)
            return {}

    def put(self, maker: Sequence[str], english: Mapping[str, str]) -> None:
        """Remember the English of texts."""
        now = int(time.time())
        rows = [(_key(maker, text), said, now) for text, said in english.items()]
        try:
            self._write(rows)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            self._give_up(error)

    def close(self) -> None:
        """Let go of the file; it is opened again when needed."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _read(self, keys: Mapping[bytes, str]) -> dict[str, str]:
        connection = self._open()
        if connection is None:
            return {}
        found: dict[str, str] = {}
        old: list[bytes] = []
        wanted = list(keys)
        now = int(time.time())
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            marks = ",".join("?" * len(some))
            for key, english, used in connection.execute(f"SELECT key, english, used FROM english WHERE key IN ({marks})", some):
                found[keys[key]] = english
                if now - used > _TOUCH_AFTER:
                    old.append(key)
        if old:
            with connection:
                connection.executemany("UPDATE english SET used = ? WHERE key = ?", [(now, key) for key in old])
        return found

    def _write(self, rows: Sequence[tuple[bytes, str, int]]) -> None:
        connection = self._open()
        if connection is None or not rows:
            return
        with connection:
            connection.executemany("INSERT OR REPLACE INTO english VALUES (?, ?, ?)", rows)
        if self._size(connection) > self._bytes:
            self._shrink(connection)

    def _size(self, connection: sqlite3.Connection) -> int:
        """Bytes in use: pages of the file without the free ones."""
        pages, free, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size"))
        return int((pages - free) * size)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Drop the least recently used rows, and give their room back to the disk."""
        rows = connection.execute("SELECT count(*) FROM english").fetchone()[0]
        gone = rows - int(rows * _KEEP * self._bytes / self._size(connection))
        with connection:
            connection.execute("DELETE FROM english WHERE key IN (SELECT key FROM english ORDER BY used, key LIMIT ?)", (gone,))
        connection.execute("PRAGMA incremental_vacuum").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _open(self) -> sqlite3.Connection | None:
        if self._broken:
            return None
        if self._connection is None or self._process != os.getpid():  # a connection must not cross a fork
            try:
                self._connection = self._connect()
            except OSError as error:
                self._give_up(error)
                return None
            self._process = os.getpid()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # what SQLite makes beside it gets the same mode
        connection = sqlite3.connect(self.path, timeout=_WAIT, check_same_thread=False)
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last rows, never the file
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, _SCHEMA_VERSION):
                raise sqlite3.DatabaseError(f"it was written by another version (schema {version})")
            with connection:
                connection.execute(_SCHEMA)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_up(self, error: Exception) -> None:
        self.close()
        self._broken = True
        _LOG.warning(
            "back-translations are not remembered: %s: %s; with no other audit running, delete the file, or set AUDITOR_CACHE",
            self.path,
            error,
        )


def _key(maker: Sequence[str], text: str) -> bytes:
    return hashlib.sha256("\x1f".join((*maker, text)).encode("utf-8", "surrogatepass")).digest()
