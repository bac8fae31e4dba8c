"""The queue as everybody but a worker sees it: put in, take out.

A job is put in within the transaction that stores what it is about: there is no audit without its job and no job without its audit.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import psycopg
import sqlalchemy as sa
from dbos import DBOS, DBOSClient, EnqueueOptions
from dbos import error as dbos_error
from sqlalchemy.exc import DBAPIError

from auditor.errors import AwayError, StoreError
from auditor.store.database import Database
from auditor.store.locks import lock_for
from auditor.store.migrate import upgrade

AUDITS = "audits"
DELIVERIES = "deliveries"
_TO_DO = ("ENQUEUED", "DELAYED", "PENDING")
NAME = "translation-auditor"
VERSION = "1"
"""Of the jobs, not of the auditor: a job waits for a worker of its own version, so it changes only when the steps no longer fit."""


def system_url(database: Database) -> str:
    """The address of the queue's tables: the same database."""
    return str(sa.make_url(database.url).set(drivername="sqlite" if database.is_sqlite else "postgresql").render_as_string(False))


def prepare(database: Database) -> None:
    """Bring our tables and the queue's up to date; safe to call at every start of every process."""
    logging.getLogger("dbos").setLevel(logging.WARNING)
    try:
        upgrade(database)
        with lock_for(database, "migrate-queue"):
            DBOS.migrate(system_url(database))
    except (AwayError, psycopg.OperationalError, DBAPIError) as error:
        raise StoreError(_unusable(database, error)) from None


def _unusable(database: Database, error: Exception) -> str:
    """Why a service cannot start; neither address nor password are said."""
    cause = error.__cause__ if isinstance(error, AwayError) and error.__cause__ else error
    why = " ".join(str(getattr(cause, "orig", None) or cause).split())[:200]
    if database.is_sqlite:
        return f"the database in {database.folder} cannot be used: {why}"
    return f"the PostgreSQL database of AUDITOR_DATABASE_URL cannot be used: {why}"


class Queue:
    """Jobs put in and taken out, by a process that runs none of them."""

    def __init__(self, database: Database) -> None:
        logging.getLogger("dbos").setLevel(logging.WARNING)
        self._told = database.told
        self._client = DBOSClient(system_database_url=system_url(database), application_name=NAME, retry_connection_errors=False)

    def put_audit(self, connection: sa.Connection, audit_id: str) -> None:
        """The job of an audit, whose id it has."""
        self._client.enqueue_in_transaction(connection, _options(AUDITS, "audit", audit_id), audit_id)

    def put_delivery(self, connection: sa.Connection, delivery_id: str, attempt: int = 0, delay: float = 0) -> None:
        """The job of one try of a delivery, after `delay` seconds."""
        options = _options(DELIVERIES, "deliver", f"{delivery_id}-{attempt}")
        if delay:
            options["delay_seconds"] = delay
        self._client.enqueue_in_transaction(connection, options, delivery_id, attempt)

    def cancel(self, audit_id: str) -> None:
        """Take an audit's job out; one that runs stops before its next step."""
        # When it cannot be: the audit's own row is cancelled, and a job that runs on finds that out by itself.
        with contextlib.suppress(dbos_error.DBOSException, DBAPIError):
            self._client.cancel_workflow(audit_id)

    def again(self, job_id: str, queue: str = AUDITS) -> None:
        """Have a job that nobody runs any more taken up; whoever runs it all the same can record nothing more."""
        with self._told(), contextlib.suppress(dbos_error.DBOSNonExistentWorkflowError):
            self._client.resume_workflow(job_id, queue_name=queue)

    def claimed(self, worker_id: str) -> list[tuple[str, str]]:
        """(job, queue) of all that a worker has taken out and not ended."""
        with self._told():
            found = self._client.list_workflows(status="PENDING", executor_id=worker_id, load_input=False, load_output=False)
        return [(w.workflow_id, w.queue_name or AUDITS) for w in found]

    def ended(self, audit_ids: Sequence[str]) -> set[str]:
        """Those of the audits whose job is over, or not there."""
        with self._told():
            found = self._client.list_workflows(workflow_ids=list(audit_ids), load_input=False, load_output=False)
        return set(audit_ids) - {w.workflow_id for w in found if w.status in _TO_DO}

    def drop(self, audit_id: str) -> None:
        """Leave nothing of an audit's job, so that another can be put in."""
        with self._told():
            self._client.delete_workflows([audit_id])

    def forget(self, before: int) -> int:
        """Delete the records of jobs that ended before a time in milliseconds; how many they were."""
        until = datetime.fromtimestamp(before / 1000, UTC).isoformat()
        ended = self._client.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"], completed_before=until, limit=1000, load_input=False, load_output=False
        )
        if ended:
            self._client.delete_workflows([w.workflow_id for w in ended])
        return len(ended)

    def close(self) -> None:
        """Close its connections."""
        self._client.destroy()


def _options(queue: str, job: str, identity: str) -> EnqueueOptions:
    return {"queue_name": queue, "workflow_name": job, "workflow_id": identity, "app_version": VERSION}


@contextlib.contextmanager
def open_queue(database: Database) -> Iterator[Queue]:
    """A queue for as long as the block runs."""
    queue = Queue(database)
    try:
        yield queue
    finally:
        queue.close()
