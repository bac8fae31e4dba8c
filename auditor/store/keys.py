"""API keys: made, found by what was sent, revoked. Only a digest is stored: a key is shown once.

A key has 256 random bits, so a plain SHA-256 of it can be neither guessed nor reversed; a slow hash is for passwords that people choose.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from auditor.errors import InputError, MissingError
from auditor.store.database import Database
from auditor.store.ids import digest, new_id, now
from auditor.store.tables import KEYS, SECRETS

Role = Literal["translator", "editor", "admin"]
ROLES: tuple[Role, ...] = ("translator", "editor", "admin")
"""translator: submit, and see own audits; editor: see and decide all; admin: keys, glossaries, webhooks, settings too."""
MOST_NAME = 200
_USED_EVERY = 60_000
"""Milliseconds between two notes of a key's last use: a write on every request would be waste."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. Times are milliseconds since 1970."""

    id: str
    name: str
    role: Role
    created_at: int
    expires_at: int | None
    revoked_at: int | None
    used_at: int | None

    def is_valid(self, at: int) -> bool:
        """Neither revoked nor expired at that time."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


def create_key(database: Database, role: Role, name: str = "", expires_at: int | None = None) -> tuple[Key, str]:
    """A new key and its secret, which is not kept. Raises InputError for a name that is too long."""
    if len(name) > MOST_NAME:
        raise InputError(f"the name has {len(name)} characters; {MOST_NAME} are the most")
    secret = f"ta_{secrets.token_urlsafe(32)}"
    key = Key(new_id("key"), name or role, role, now(), expires_at, None, None)
    row = {"id": key.id, "name": key.name, "role": role, "digest": digest(secret), "created_at": key.created_at, "expires_at": expires_at}
    with database.write() as connection:
        connection.execute(KEYS.insert().values(**row))
    return key, secret


def find_key(database: Database, secret: str) -> Key | None:
    """The key of a secret, valid or not; None for an unknown one. Its last use is noted."""
    with database.read() as connection:
        row = connection.execute(_BY_DIGEST, {"digest": digest(secret)}).first()
    return None if row is None else _noted(database, _key(row))


def key_where(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> Key | None:
    """The key of which all that is true."""
    row = connection.execute(_select().where(*where)).first()
    return None if row is None else _key(row)


def list_keys(database: Database) -> Sequence[Key]:
    """Every key, the newest first."""
    with database.read() as connection:
        return [_key(row) for row in connection.execute(_select().order_by(KEYS.c.created_at.desc(), KEYS.c.id))]


def revoke_key(database: Database, key_id: str) -> Key:
    """The key, revoked; one that was revoked before stays so. Raises MissingError."""
    with database.write() as connection:
        connection.execute(KEYS.update().where(KEYS.c.id == key_id, KEYS.c.revoked_at.is_(None)).values(revoked_at=now()))
        row = connection.execute(_select().where(KEYS.c.id == key_id)).first()
    if row is None:
        raise MissingError(f"there is no key {key_id}; list them with: auditor keys list")
    return _key(row)


def session_secret(database: Database) -> str:
    """What page sessions are signed with: made once a database."""
    with database.read() as connection:
        found = connection.execute(sa.select(SECRETS.c.value).where(SECRETS.c.name == "session")).scalar()
        if found is not None:
            return str(found)
    try:
        with database.write() as connection:
            connection.execute(SECRETS.insert().values(name="session", value=secrets.token_hex(32)))
    except IntegrityError:  # another process made it at the same moment
        pass
    with database.read() as connection:
        return str(connection.execute(sa.select(SECRETS.c.value).where(SECRETS.c.name == "session")).scalar_one())


def _noted(database: Database, key: Key) -> Key:
    at = now()
    if key.is_valid(at) and (key.used_at is None or abs(at - key.used_at) > _USED_EVERY):
        with database.write() as connection:
            connection.execute(KEYS.update().where(KEYS.c.id == key.id).values(used_at=at))
    return key


def _select() -> sa.Select[Any]:
    columns = (KEYS.c.id, KEYS.c.name, KEYS.c.role, KEYS.c.created_at, KEYS.c.expires_at, KEYS.c.revoked_at, KEYS.c.used_at)
    return sa.select(*columns)


_BY_DIGEST = _select().where(KEYS.c.digest == sa.bindparam("digest"))
"""Asked with every request: built once."""


def _key(row: sa.Row[Any]) -> Key:
    return Key(*tuple(row))
