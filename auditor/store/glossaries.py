"""Glossaries by name, every version kept: a report says which version it was made with."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auditor.errors import ConflictError, MissingError
from auditor.store.database import Database
from auditor.store.ids import dumps, new_id, now
from auditor.store.tables import GLOSSARIES, GLOSSARY_VERSIONS

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Glossary:
    """One version of a glossary; entries as an inline glossary has them (contract), None in a list."""

    id: str
    name: str
    version: int
    author: str
    made_at: int
    entries: tuple[Entry, ...] | None = None


def save_glossary(database: Database, name: str, entries: Sequence[Entry], author: str, seen: int | None = None) -> Glossary:
    """A new version of the glossary of that name; the version that is there, when its entries are the same.

    seen  the version that it is made from, 0 for none; None: whatever is there. Raises ConflictError when another is there.
    """
    written = dumps(list(entries))
    with database.write() as connection:
        found = connection.execute(
            sa.select(GLOSSARIES.c.id, GLOSSARIES.c.version, GLOSSARIES.c.removed_at).where(GLOSSARIES.c.name == name)
        ).first()
        there = found.version if found is not None and found.removed_at is None else 0
        if seen is not None and seen != there:
            raise ConflictError(
                f"the glossary {name!r} is at version {there} now, not {seen}; look at it again"
                if there
                else f"the glossary {name!r} was removed"
            )
        if found is None:
            glossary_id, version = new_id("glo"), 1
            connection.execute(GLOSSARIES.insert().values(id=glossary_id, name=name, created_at=now(), version=1))
        else:
            glossary_id, version = found.id, found.version + 1
            last = sa.select(GLOSSARY_VERSIONS.c.entries).where(*_is(glossary_id, found.version))
            if connection.execute(last).scalar() == written:
                connection.execute(GLOSSARIES.update().where(GLOSSARIES.c.id == glossary_id).values(removed_at=None))
                return _get(connection, name, found.version)
            connection.execute(GLOSSARIES.update().where(GLOSSARIES.c.id == glossary_id).values(version=version, removed_at=None))
        row = {"glossary_id": glossary_id, "version": version, "entries": written, "author": author, "made_at": now()}
        connection.execute(GLOSSARY_VERSIONS.insert().values(**row))
        return _get(connection, name, version)


def get_glossary(database: Database, name: str, version: int | None = None) -> Glossary:
    """A version of a glossary, the newest by default. Raises MissingError."""
    with database.read() as connection:
        return _get(connection, name, version)


def glossary_names(database: Database, ids: Collection[str]) -> dict[str, str]:
    """Names of glossaries that audits refer to, those removed as well, by their ids."""
    if not ids:
        return {}
    with database.read() as connection:
        rows = connection.execute(sa.select(GLOSSARIES.c.id, GLOSSARIES.c.name).where(GLOSSARIES.c.id.in_(ids)))
        return {str(row.id): str(row.name) for row in rows}


def list_glossaries(database: Database) -> Sequence[Glossary]:
    """The newest version of each, by name, without entries."""
    with database.read() as connection:
        return [Glossary(*row) for row in connection.execute(_select(_NEWEST).order_by(GLOSSARIES.c.name))]


def versions(database: Database, name: str) -> Sequence[Glossary]:
    """Every version of a glossary, the newest first, without entries. Raises MissingError."""
    query = _select(GLOSSARIES.c.name == name).order_by(GLOSSARY_VERSIONS.c.version.desc())
    with database.read() as connection:
        found = [Glossary(*row) for row in connection.execute(query)]
    if not found:
        raise MissingError(f"there is no glossary {name!r}; list them with GET /v1/glossaries")
    return found


def remove_glossary(database: Database, name: str) -> None:
    """No new audit can use it; its versions stay for the audits that did. Raises MissingError."""
    with database.write() as connection:
        there = GLOSSARIES.c.name == name, GLOSSARIES.c.removed_at.is_(None)
        if not connection.execute(GLOSSARIES.update().where(*there).values(removed_at=now())).rowcount:
            raise MissingError(f"there is no glossary {name!r}; list them with GET /v1/glossaries")


_NEWEST = GLOSSARY_VERSIONS.c.version == GLOSSARIES.c.version


def _is(glossary_id: str, version: int) -> tuple[sa.ColumnElement[bool], ...]:
    return GLOSSARY_VERSIONS.c.glossary_id == glossary_id, GLOSSARY_VERSIONS.c.version == version


def _select(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    own = GLOSSARY_VERSIONS.c.glossary_id == GLOSSARIES.c.id
    columns = GLOSSARIES.c.id, GLOSSARIES.c.name, GLOSSARY_VERSIONS.c.version, GLOSSARY_VERSIONS.c.author, GLOSSARY_VERSIONS.c.made_at
    return sa.select(*columns).join_from(GLOSSARIES, GLOSSARY_VERSIONS, own).where(GLOSSARIES.c.removed_at.is_(None), *where)


def _get(connection: sa.Connection, name: str, version: int | None) -> Glossary:
    wanted = _NEWEST if version is None else GLOSSARY_VERSIONS.c.version == version
    row = connection.execute(_select(GLOSSARIES.c.name == name, wanted).add_columns(GLOSSARY_VERSIONS.c.entries)).first()
    if row is None:
        told = f"version {version} of " if version is not None else ""
        raise MissingError(f"there is no {told}glossary {name!r}; list them with GET /v1/glossaries")
    return Glossary(row.id, row.name, row.version, row.author, row.made_at, tuple(json.loads(row.entries)))
