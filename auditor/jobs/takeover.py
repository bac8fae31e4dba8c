"""What became of the jobs of dead workers, and of jobs that nobody runs: put in again, or given up after the third crash.

Everything here may be cut off at any line, by the death of the worker that does it, and is then done again by the next: an audit is set
waiting before its job is put in, and a dead worker is struck off last.
"""

from __future__ import annotations

import sqlalchemy as sa
import structlog

from auditor.jobs.audit_job import report_end
from auditor.jobs.queue import Queue
from auditor.store import audits
from auditor.store.audits import Audit
from auditor.store.database import Database
from auditor.store.workers import remove_worker

_AT_ONCE = 500
log = structlog.get_logger("auditor.worker")


def bury(database: Database, queue: Queue, worker_id: str, crashed: bool) -> None:
    """Have others take up what a worker left; `crashed`: it died of something, perhaps of one of its audits."""
    with database.write() as connection:
        left = audits.left_running(connection, worker_id)
        for audit in left:
            after = audits.note_crash(connection, audit.id, audit.attempt) if crashed else audit
            if after is not None:
                _again_or_over(connection, queue, after)
    for job, name in queue.claimed(worker_id):
        queue.again(job, name)
    with database.write() as connection:
        known = remove_worker(connection, worker_id)
    if known and crashed:
        log.warning("a worker is gone", gone=worker_id, audits=[a.id for a in left])


def heal(database: Database, queue: Queue) -> None:
    """Audits under way whose job has ended, as when the queue itself failed in the middle: they get another, and a crash on record."""
    known = dict(audits.active(database))
    ids = list(known)
    for start in range(0, len(ids), _AT_ONCE):
        for audit_id in queue.ended(ids[start : start + _AT_ONCE]):
            _renew(database, queue, audit_id, known[audit_id])


def _renew(database: Database, queue: Queue, audit_id: str, attempt: int) -> None:
    if not audits.is_active(database, audit_id, attempt):  # it ended after the list was read, and its job with it
        return
    queue.drop(audit_id)
    with database.write() as connection:
        after = audits.note_crash(connection, audit_id, attempt)
        if after is None:
            return
        if _again_or_over(connection, queue, after):
            queue.put_audit(connection, audit_id)
    log.error("an audit had lost its job", audit=audit_id, crashes=after.crashes)


def _again_or_over(connection: sa.Connection, queue: Queue, audit: Audit) -> bool:
    """Set an audit waiting, or give it up; which of them."""
    if audit.crashes < audits.MAX_CRASHES:
        audits.give_back(connection, audit)
        return True
    told = f"the worker process was lost {audit.crashes} times while it worked on this audit, at last in step {audit.step or 'load'}"
    if audits.fail(connection, audit, "crashed", told, queued=True):
        report_end(connection, queue, audit.id, "audit.failed")
    return False


class Idle:
    """Jobs that this worker took out of the queue and does not run, as when the connection broke just then."""

    def __init__(self) -> None:
        self._before: set[str] = set()

    def put_back(self, queue: Queue, worker_id: str, running: set[str]) -> None:
        """Put in again those that were idle at the last look too. `running`: what runs here, as it is when it is asked."""
        claimed = dict(queue.claimed(worker_id))
        idle = {job for job in claimed if job not in running}
        for job in idle & self._before:
            log.warning("a job was taken and not begun", worker=worker_id, job=job)
            queue.again(job, claimed[job])
        self._before = idle - self._before
