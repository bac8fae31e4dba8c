"""A worker: one process that runs audits one at a time, and takes over what a dead peer left.

A worker holds a lock for as long as it lives. A peer that gets a worker's lock knows it dead, counts a crash against the audits it had
and puts them in again; after three crashes an audit is given up with what is known. A worker that is told to stop ends its audit, or
hands it back uncounted.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable

import structlog
from dbos import DBOS, DBOSConfig
from dbos import error as dbos_error
from sqlalchemy.exc import DBAPIError

from auditor.errors import AuditorError
from auditor.jobs.audit_job import AuditJob, Parts, SupersededError, give_up
from auditor.jobs.compute import Compute
from auditor.jobs.delivery import deliver
from auditor.jobs.queue import AUDITS, DELIVERIES, NAME, VERSION, Queue, system_url
from auditor.jobs.takeover import Idle, bury, heal
from auditor.session import Session
from auditor.settings import Service, Settings
from auditor.store import audits, retention, sessions
from auditor.store.audits import Audit
from auditor.store.database import Database, is_trouble, patiently
from auditor.store.ids import now
from auditor.store.locks import Lock, forget, free, try_lock
from auditor.store.workers import add_worker, list_workers, lock_name, seen

_POLL = 0.25
"""Seconds between two looks at the queue."""
_BEAT = 1.0
_DEAD_AFTER = 4.0
"""Seconds for which a lock must be free on PostgreSQL: a server that restarts drops the locks of the living, who take them again."""
_LOOK = 10.0
"""Seconds between two looks for jobs that were taken and not begun."""
_HOUSEKEEPING = 60.0
_DELIVERIES_AT_ONCE = 16
"""Of one worker: an address that does not answer takes a place until its time-out."""
_KEEP_JOBS = 24 * 60 * 60 * 1000
log = structlog.get_logger("auditor.worker")


class Worker:
    """One worker of a service. `make_session` is how it gets its auditor, loaded at the first audit; `niceness` is that of audits."""

    def __init__(
        self,
        database: Database,
        service: Service,
        settings: Settings,
        make_session: Callable[[Settings], Session] = Session,
        niceness: int = 0,
    ) -> None:
        self.id = f"wrk_{secrets.token_hex(8)}"
        self.database = database
        self.service = service
        self._compute = Compute(niceness)
        self._session = self._compute(lambda: make_session(settings))
        self._queue = Queue(database)
        self._lock: Lock | None = None
        self._free_since: dict[str, float] = {}
        self._cleaned = self._looked = time.monotonic()
        self._running: set[str] = set()
        self._idle = Idle()

    def run(self, stop: threading.Event) -> bool:
        """Work until `stop` is set; then end what is under way within the grace, or hand it back. False: an audit that never ended did."""
        self._register()
        self._launch()
        log.info("worker started", worker=self.id, process=os.getpid())
        try:
            while not stop.wait(_BEAT) and not self._compute.stuck.is_set():
                try:
                    self.beat()
                except Exception as error:  # a beat that fails must not end the worker
                    if is_trouble(error) or isinstance(error, OSError):
                        log.warning("the database is away or full", worker=self.id, error=type(error).__name__)
                    else:
                        log.error("a fault of the auditor itself", worker=self.id, exc_info=error)
        finally:
            self._stop()
        return not self._compute.stuck.is_set()

    def beat(self) -> None:
        """Say that this worker lives, look for peers that do not, and clean up once a minute."""
        if self._lock is None or not self._lock.held():
            if self._lock is not None:
                self._lock.release()
            self._lock = try_lock(self.database, lock_name(self.id), wait=2)
        if not seen(self.database, self.id):
            self._register_row()
        self.take_over()
        if time.monotonic() - self._looked > _LOOK:
            self._looked = time.monotonic()
            self._idle.put_back(self._queue, self.id, self._running)
        if time.monotonic() - self._cleaned > _HOUSEKEEPING:
            self._cleaned = time.monotonic()
            self._clean()

    def take_over(self) -> None:
        """Put in again what dead workers left."""
        names = {lock_name(peer.id): peer.id for peer in list_workers(self.database) if peer.id != self.id}
        unheld = free(self.database, names)
        self._free_since = {name: self._free_since.get(name, time.monotonic()) for name in unheld}
        for name in unheld:
            if self.database.is_sqlite or time.monotonic() - self._free_since[name] >= _DEAD_AFTER:
                self._take_over(name, names[name])

    def _take_over(self, name: str, worker_id: str) -> None:
        lock = try_lock(self.database, name)
        if lock is None:
            return
        try:
            bury(self.database, self._queue, worker_id, crashed=True)
            forget(self.database, name)
        finally:
            lock.release()

    def _clean(self) -> None:
        lock = try_lock(self.database, "housekeeping")
        if lock is None:
            return
        try:
            if self.service.retention_days:
                removed = retention.remove_old_texts(self.database, self.service.retention_days)
                if removed:
                    log.info("old texts removed", audits=removed)
            sessions.remove_old(self.database, self.service.session_hours)
            self._queue.forget(now() - _KEEP_JOBS)
            heal(self.database, self._queue)
        finally:
            lock.release()

    def _register(self) -> None:
        self._lock = try_lock(self.database, lock_name(self.id))
        self._register_row()

    def _register_row(self) -> None:
        add_worker(self.database, self.id, socket.gethostname()[:200], os.getpid())

    def _launch(self) -> None:
        logging.getLogger("dbos").setLevel(logging.ERROR)
        config: DBOSConfig = {
            "name": NAME,
            "system_database_url": system_url(self.database),
            "application_version": VERSION,
            "executor_id": self.id,
            "log_level": "ERROR",
            "run_migrations": False,
            "use_listen_notify": False,
        }
        DBOS(config=config)
        # DBOS marks the functions it is given, which methods do not allow.
        DBOS.workflow(name="audit")(lambda audit_id: self._noted(lambda: self._audit(audit_id)))
        DBOS.workflow(name="deliver")(lambda delivery_id, attempt: self._noted(lambda: self._deliver(delivery_id, attempt)))
        DBOS.launch()
        DBOS.register_queue(AUDITS, worker_concurrency=1, polling_interval_sec=_POLL)
        DBOS.register_queue(DELIVERIES, worker_concurrency=_DELIVERIES_AT_ONCE, polling_interval_sec=_POLL * 4)

    def _noted(self, do: Callable[[], str]) -> str:
        job = DBOS.workflow_id or ""
        self._running.add(job)
        try:
            return do()
        finally:
            self._running.discard(job)

    def _audit(self, audit_id: str) -> str:
        audit = patiently(lambda: audits.begin(self.database, audit_id, self.id))
        if audit is None:
            return "over"
        structlog.contextvars.bind_contextvars(audit=audit.id, request=audit.request_id)
        if self._compute.stuck.is_set():  # this process is about to end
            patiently(lambda: self._give_back(audit))
            return "given back"
        parts = Parts(self.database, self._queue, self._session, self.service.audit_timeout, self._compute)
        begun = time.perf_counter()
        try:
            AuditJob(parts, audit).run()
            outcome = "finished"
        except SupersededError:
            outcome = "superseded"
        except dbos_error.DBOSException:
            raise  # the queue's own trouble: `heal` sees to the audit
        except Exception as error:  # one audit's fault is its own: the worker goes on
            outcome = self._failed(parts, audit, error)
        finally:
            structlog.contextvars.clear_contextvars()
        log.info("audit ended", audit=audit.id, outcome=outcome, attempt=audit.attempt, seconds=round(time.perf_counter() - begun, 2))
        return outcome

    def _failed(self, parts: Parts, audit: Audit, error: Exception) -> str:
        if is_trouble(error):  # the queue could not note a step: no fault of the audit, which is made again
            patiently(lambda: self._give_back(audit))
            return "given back"
        if isinstance(error, AuditorError):
            give_up(parts, audit, error.code, str(error))
            return error.code
        log.error("a fault of the auditor itself", error=type(error).__name__, exc_info=error)
        give_up(parts, audit, "internal", f"a fault of the auditor itself: {type(error).__name__}")
        return "internal"

    def _give_back(self, audit: Audit) -> None:
        with self.database.write() as connection:
            audits.give_back(connection, audit)
        self._queue.again(audit.id)

    def _deliver(self, delivery_id: str, attempt: int) -> str:
        deliver(self.database, self._queue, self.service, delivery_id, attempt)
        return "tried"

    def _stop(self) -> None:
        DBOS.destroy(workflow_completion_timeout_sec=self.service.grace)
        if self._compute.stuck.is_set():
            log.error("an audit did not end; this worker does, for another in its place", worker=self.id)
        try:
            bury(self.database, self._queue, self.id, crashed=False)
            forget(self.database, lock_name(self.id))
        except (AuditorError, DBAPIError, OSError) as error:  # a peer finds the lock free, and takes over
            log.warning("could not say goodbye", worker=self.id, error=type(error).__name__)
        if self._lock is not None:
            self._lock.release()
        log.info("worker stopped", worker=self.id)
