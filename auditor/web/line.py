"""Submissions stored in turn, those that wait together in one transaction (group commit).

A transaction costs a turn among the writers and a wait for the disk, whatever it holds: fifty submissions that each took their own would
wait for one another. Here one thread takes all that wait and stores them together, each behind a savepoint, so that one that is refused
takes nothing of the others with it. What is answered is on the disk, as before.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from auditor.errors import AwayError
from auditor.jobs.queue import Queue
from auditor.store import audits
from auditor.store.audits import Audit, New
from auditor.store.database import Database

Stored = tuple[Audit, bool]
"""An audit, and whether it is new."""
_MOST = 8
"""Submissions in one transaction: more save little, and those that are stored would wait for the rest to be."""


@dataclass(slots=True)
class _Waiting:
    new: New
    stored: Future[Stored] = field(default_factory=Future)


class Line:
    """Where submissions wait to be stored. Its thread starts with the first one."""

    def __init__(self, database: Database, jobs: Queue) -> None:
        self._database = database
        self._jobs = jobs
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def store(self, new: New) -> Future[Stored]:
        """A submission with its job, when it is on the disk. Raises what `store.audits.submit` and the database raise."""
        waiting = _Waiting(new)
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="submissions", daemon=True)
                self._thread.start()
            self._waiting.put(waiting)
        return waiting.stored

    def close(self) -> None:
        """Store what waits, and end the thread."""
        with self._starting:
            thread, self._thread = self._thread, None
            if thread:
                self._waiting.put(None)
                thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            together, last = [first], False
            while len(together) < _MOST and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    last = True
                    break
                together.append(following)
            # Keys are locked in one order by every process, or two of them could each wait for what the other has.
            self._store_together(sorted(together, key=lambda w: w.new.key_id))
            if last:
                return

    def _store_together(self, together: Sequence[_Waiting]) -> None:
        outcomes: list[Stored | Exception] = []
        try:
            with self._database.write() as connection:
                intake = audits.Intake(connection)
                outcomes = [self._store_one(connection, intake, each.new) for each in together]
        except Exception as error:
            if len(together) > 1 and isinstance(error, AwayError):  # a lost race is lost by all of them: each for itself, then
                for each in together:
                    self._store_together([each])
                return
            outcomes = [error] * len(together)
        for each, outcome in zip(together, outcomes, strict=True):
            if not each.stored.set_running_or_notify_cancel():  # whoever sent it has gone
                continue
            if isinstance(outcome, Exception):
                each.stored.set_exception(outcome)
            else:
                each.stored.set_result(outcome)

    def _store_one(self, connection: sa.Connection, intake: audits.Intake, new: New) -> Stored | Exception:
        """What came of one; a refusal leaves the transaction as it was. Raises what ends the transaction for all."""
        intake.admit(new.key_id)
        for last in (False, True):
            try:
                with connection.begin_nested():
                    audit, is_new = intake.submit(new)
                    if is_new:
                        self._jobs.put_audit(connection, audit.id)
                return audit, is_new
            except IntegrityError as error:  # another process made the article, or used the idempotency key: look again
                if last:
                    return error
            except DBAPIError:
                raise
            except Exception as error:
                return error
        raise AssertionError
