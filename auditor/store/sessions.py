"""Page sessions: begun by signing in with a key, over when signed out of, too old, or their key is."""

from __future__ import annotations

import secrets

from auditor.store.database import Database
from auditor.store.ids import digest, now
from auditor.store.keys import Key, key_where
from auditor.store.tables import KEYS, SESSIONS


def begin(database: Database, key_id: str) -> str:
    """A new session of a key; what its cookie shall hold, of which only a digest is kept."""
    secret = secrets.token_urlsafe(32)
    with database.write() as connection:
        connection.execute(SESSIONS.insert().values(id=digest(secret), key_id=key_id, begun_at=now()))
    return secret


def key_of(database: Database, secret: str) -> Key | None:
    """The key of a session; None when it was ended."""
    with database.read() as connection:
        return key_where(connection, KEYS.c.id == SESSIONS.c.key_id, SESSIONS.c.id == digest(secret))


def end(database: Database, secret: str) -> None:
    """End a session, wherever its cookie has got to."""
    with database.write() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.id == digest(secret)))


def remove_old(database: Database, hours: int) -> None:
    """Remove what is left of sessions that nobody signed out of."""
    with database.write() as connection:
        connection.execute(SESSIONS.delete().where(SESSIONS.c.begun_at < now() - hours * 3_600_000))
