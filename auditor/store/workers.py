"""Workers that are alive, or were: a row a worker, and a lock that ends with its process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from auditor.store.database import Database
from auditor.store.ids import now
from auditor.store.tables import WORKERS


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker by its id. Times are milliseconds since 1970."""

    id: str
    host: str
    process: int
    started_at: int
    seen_at: int


def lock_name(worker_id: str) -> str:
    """The lock that a worker holds for as long as it lives."""
    return f"worker-{worker_id}"


def add_worker(database: Database, worker_id: str, host: str, process: int) -> None:
    """A worker that begins."""
    at = now()
    with database.write() as connection:
        connection.execute(WORKERS.insert().values(id=worker_id, host=host, process=process, started_at=at, seen_at=at))


def seen(database: Database, worker_id: str) -> bool:
    """Note that a worker lives; False when a peer has taken it for dead and its audits over."""
    with database.write() as connection:
        return bool(connection.execute(WORKERS.update().where(WORKERS.c.id == worker_id).values(seen_at=now())).rowcount)


def list_workers(database: Database) -> Sequence[WorkerRow]:
    """Every worker on record, in the order they began."""
    query = sa.select(*(WORKERS.c[f.name] for f in fields(WorkerRow))).order_by(WORKERS.c.started_at, WORKERS.c.id)
    with database.read() as connection:
        return [WorkerRow(*row) for row in connection.execute(query)]


_ALIVE = 15_000
"""Milliseconds without a sign of life after which a worker counts as gone."""


def living(database: Database) -> int:
    """How many workers were seen in the last fifteen seconds."""
    return sum(abs(now() - w.seen_at) < _ALIVE for w in list_workers(database))


def remove_worker(connection: sa.Connection, worker_id: str) -> bool:
    """Strike a worker off; False when that was done before."""
    return bool(connection.execute(WORKERS.delete().where(WORKERS.c.id == worker_id)).rowcount)
