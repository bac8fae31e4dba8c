"""Metrics for Prometheus: what this process counted of its requests, and what the database says of the audits, asked at each scrape."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily

from auditor import __version__
from auditor.store.audits import states_of
from auditor.store.database import Database
from auditor.store.ids import now
from auditor.store.tables import AUDITS, DELIVERIES, FINDINGS, STEPS
from auditor.store.workers import living

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """One registry an app."""

    def __init__(self, database: Database) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("auditor_requests", "Requests answered", ["method", "route", "status"], registry=self._registry)
        self._seconds = Histogram("auditor_request_seconds", "Seconds to answer a request", ["method", "route"], registry=self._registry)
        self._registry.register(_Stored(database))

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request. Only routes that there are and methods that HTTP has make labels: their number is bounded."""
        method = method if method in _METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self._registry)


_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}


class _Stored:
    """What the database knows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily("auditor_info", "The auditor's version", labels=["version"])
        info.add_metric([__version__], 1)
        yield info
        alive = living(self._database)
        yield GaugeMetricFamily("auditor_workers", "Workers seen in the last 15 seconds", value=alive)
        with self._database.read() as connection:
            yield from _audits(connection)
            yield from _counted(connection)


def _audits(connection: sa.Connection) -> Iterator[Metric]:
    states = GaugeMetricFamily("auditor_audits", "Audits by state", labels=["state"])
    found = states_of(connection)
    for state in ("queued", "running", "finished", "failed", "cancelled"):
        states.add_metric([state], found.get(state, 0))
    yield states
    yield GaugeMetricFamily("auditor_queue_depth", "Audits that wait for a worker", value=found.get("queued", 0))
    oldest = connection.execute(sa.select(sa.func.min(AUDITS.c.submitted_at)).where(AUDITS.c.state == "queued")).scalar()
    age = max(0, now() - oldest) / 1000 if oldest is not None else 0
    yield GaugeMetricFamily("auditor_queue_oldest_seconds", "Age of the oldest audit that waits", value=age)


def _counted(connection: sa.Connection) -> Iterator[Metric]:
    steps = SummaryMetricFamily("auditor_step_seconds", "Seconds of a finished audit by step", labels=["step"])
    rows = connection.execute(sa.select(STEPS.c.step, sa.func.count(), sa.func.sum(STEPS.c.seconds)).group_by(STEPS.c.step))
    for step, number, seconds in rows:
        steps.add_metric([step], number, seconds)
    yield steps
    findings = CounterMetricFamily("auditor_findings", "Findings of stored audits", labels=["lang", "category", "severity"])
    columns = FINDINGS.c.lang, FINDINGS.c.category, FINDINGS.c.severity
    for *labels, number in connection.execute(sa.select(*columns, sa.func.count()).group_by(*columns)):
        findings.add_metric(labels, number)
    yield findings
    deliveries = GaugeMetricFamily("auditor_deliveries", "Webhook deliveries by state", labels=["state"])
    for state, number in connection.execute(sa.select(DELIVERIES.c.state, sa.func.count()).group_by(DELIVERIES.c.state)):
        deliveries.add_metric([state], number)
    yield deliveries
