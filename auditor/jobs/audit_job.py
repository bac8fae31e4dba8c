"""One audit as a durable job: load, plan, translate, audit, save.

Each step is recorded when it is done. What a step makes (a plan, the English, a report) is large and can be made again, so it is not
recorded: a job that another worker takes up makes again what the steps left need, with the back-translations that are remembered.
Only "save" changes what anybody sees, and it does so once (`store.audits`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from dbos import DBOS

from auditor.corpus.lines import parse_line
from auditor.formats.origins import with_origins
from auditor.formats.stored import documents_of
from auditor.intake import Submission
from auditor.jobs.compute import Compute
from auditor.jobs.queue import Queue
from auditor.report import to_json
from auditor.session import English, Plan, Session
from auditor.store import audits, findings, webhooks
from auditor.store.audits import Audit
from auditor.store.database import Database, patiently

T = TypeVar("T")
STEPS = ("load", "plan", "translate", "audit", "save")
_DONE_AFTER = {"load": 0.05, "plan": 0.25, "translate": 0.6, "audit": 0.95, "save": 1.0}
"""Progress at the end of each step; most of an audit's time goes into translating and judging."""


class SupersededError(Exception):
    """The audit was cancelled, deleted or taken over: whatever this job does no longer counts."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a job works with. `timeout`: seconds that an audit may take."""

    database: Database
    queue: Queue
    session: Session
    timeout: float
    compute: Compute


class AuditJob:
    """One attempt at one audit. Each step's result is a cached property, so that a job taken up half-way makes what it needs."""

    def __init__(self, parts: Parts, audit: Audit) -> None:
        self.parts = parts
        self.audit = audit
        self.begun = time.monotonic()
        self.seconds: dict[str, float] = {}
        self.fault: Exception | None = None

    def run(self) -> None:
        """Every step in order. Raises SupersededError, AuditorError for what cannot be audited."""
        for step in STEPS:
            DBOS.run_step({"name": step}, self._recorded, step)
            if self.fault is not None:
                raise self.fault
            if step != "save":
                self._advance(step)

    def _recorded(self, step: str) -> str:
        """What the queue records of a step: its name. An error it would keep whole, and with it what it was raised for, a text perhaps."""
        try:
            return self._step(step)
        except Exception as error:
            self.fault = error
            return f"{step}: {type(error).__name__}"

    def _step(self, step: str) -> str:
        begun = time.perf_counter()
        made: dict[str, Callable[[], Any]] = {
            "load": lambda: self.submission,
            "plan": lambda: self.planned,
            "translate": lambda: self.english,
            "audit": lambda: self.report,
            "save": self._save,
        }
        made[step]()
        self.seconds[step] = round(time.perf_counter() - begun, 4)
        return step

    def _computed(self, do: Callable[[], T]) -> T:
        return self.parts.compute(do, max(0.0, self.begun + self.parts.timeout - time.monotonic()))

    def _advance(self, step: str) -> None:
        following = STEPS[STEPS.index(step) + 1]
        if not patiently(lambda: audits.advance(self.parts.database, self.audit, following, _DONE_AFTER[step])):
            raise SupersededError

    @cached_property
    def body(self) -> dict[str, Any]:
        return patiently(lambda: audits.submission_body(self.parts.database, self.audit.id))

    @cached_property
    def submission(self) -> Submission:
        return parse_line(json.dumps({**self.body, "id": self.body.get("id") or self.audit.id}))

    @cached_property
    def planned(self) -> Plan:
        return self._computed(lambda: self.parts.session.plan(self.submission))

    @cached_property
    def english(self) -> English:
        planned = self.planned
        return self._computed(lambda: self.parts.session.translate(planned, self.audit.engine))

    @cached_property
    def report(self) -> dict[str, Any]:
        planned, english, documents = self.planned, self.english, documents_of(self.body)

        def made() -> dict[str, Any]:
            report, run = self.parts.session.finish(planned, english, lambda: time.monotonic() - self.begun)
            return to_json(with_origins(report, documents), run)

        value = self._computed(made)
        if self.body.get("glossary_name"):
            value["run"]["glossary"] = {"name": self.body["glossary_name"], "version": self.audit.glossary_version}
        return value

    def _save(self) -> None:
        database, value = self.parts.database, self.report
        texts = {self.submission.source_lang: self.submission.source, **{t.lang: t.text for t in self.submission.translations}}

        def save() -> None:
            with database.write() as connection:
                if not audits.finish(connection, self.audit, value):
                    raise SupersededError
                findings.store(connection, self.audit, value, texts)
                audits.note_steps(connection, self.audit, self.seconds)
                report_end(connection, self.parts.queue, self.audit.id, "audit.finished")

        patiently(save)


def give_up(parts: Parts, audit: Audit, code: str, message: str) -> None:
    """End an audit with an error, unless it is no longer this attempt's."""

    def end() -> None:
        with parts.database.write() as connection:
            if audits.fail(connection, audit, code, message):
                report_end(connection, parts.queue, audit.id, "audit.failed")

    patiently(end)


def report_end(connection: Any, queue: Queue, audit_id: str, event: webhooks.Event) -> None:
    """Put in what webhooks are to hear of an audit's end."""
    ended = audits.get(connection, audit_id)
    for delivery in webhooks.report(connection, ended, event):
        queue.put_delivery(connection, delivery)
