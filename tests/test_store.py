"""The service's tables on both databases: made and brought up to date, and changed by many at once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from auditor.errors import ConflictError, StoreError, TooManyError
from auditor.jobs.queue import prepare
from auditor.settings import Service
from auditor.store import audits, findings, keys
from auditor.store.audits import New
from auditor.store.database import Database, open_database
from auditor.store.migrate import upgrade
from auditor.store.tables import METADATA
from tests.service_kit import KINDS, ROOT, Bench, bench, fresh_database, module_bench, submitted
from tests.worker_process import article

__all__ = ["module_bench"]
FIRST = "0001"
PREPARE = """
import os
import sys
import traceback
from pathlib import Path
from auditor.jobs.queue import open_queue, prepare
from auditor.settings import Service
from auditor.store.database import open_database

for _ in range(6):
    if not os.fork():
        try:
            database = open_database(Service(Path(sys.argv[1]), sys.argv[2]))
            prepare(database)
            with open_queue(database):
                os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
sys.exit(any(os.wait()[1] for _ in range(6)))
"""


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest) -> Iterator[Service]:
    with tempfile.TemporaryDirectory(prefix="auditor-100%-") as folder:
        if request.param == "sqlite":
            yield Service(Path(folder))
            return
        with fresh_database() as url:
            yield Service(Path(folder), database_url=url)


def _differences(database: Database) -> list[Any]:
    """What the migrations made that the tables do not have, and the reverse; the queue's own tables apart."""

    def ours(name: str | None, kind: str, parent: Any) -> bool:
        return kind != "table" or name in METADATA.tables

    with database.write() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        return list(compare_metadata(context, METADATA))


def test_migrations_make_just_the_tables_of_the_program(empty: Service) -> None:
    database = open_database(empty)
    upgrade(database, FIRST)
    upgrade(database)
    upgrade(database)
    prepare(database)
    assert _differences(database) == []
    database.dispose()


def test_a_database_of_a_newer_auditor_is_left_alone(empty: Service) -> None:
    database = open_database(empty)
    upgrade(database)
    with database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="9999"):
        upgrade(database)
    database.dispose()


def test_many_processes_may_prepare_a_fresh_database_at_once(empty: Service) -> None:
    command = [sys.executable, "-c", PREPARE, str(empty.data), empty.database_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert (done.returncode, done.stderr) == (0, "")
    database = open_database(empty)
    assert _differences(database) == []
    database.dispose()


def _at_once(do: Callable[[int], Any], times: int = 8) -> list[Any]:
    """What each of so many threads got, or the error it met."""

    def tried(number: int) -> Any:
        try:
            return do(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(tried, range(times)))


def _submit(bench: Bench, key: keys.Key, number: int = 0, **more: Any) -> audits.Audit:
    with bench.database.write() as connection:
        audit, new = submitted(connection, New(key.id, article(number=number), "gloss", body_digest=str(number), **more))
        if new:
            bench.queue.put_audit(connection, audit.id)
    return audit


@pytest.fixture
def key(module_bench: Bench) -> keys.Key:
    return keys.create_key(module_bench.database, "translator")[0]


def test_one_submission_sent_many_times_at_once_makes_one_audit(module_bench: Bench, key: keys.Key) -> None:
    got = _at_once(lambda _: _submit(module_bench, key, idempotency_key="once"))
    assert len({a.id for a in got}) == 1
    assert isinstance(_at_once(lambda _: _submit(module_bench, key, 1, idempotency_key="once"), 1)[0], ConflictError)


def test_revisions_of_a_new_article_submitted_at_once_are_of_one_article(module_bench: Bench, key: keys.Key) -> None:
    got = _at_once(lambda n: _submit(module_bench, key, n, article="the-harbour"))
    assert len({a.article_id for a in got}) == 1
    assert sorted(a.revision for a in got) == list(range(1, 9))


def test_no_key_gets_more_under_way_than_it_may(module_bench: Bench, key: keys.Key) -> None:
    got = _at_once(lambda n: _submit(module_bench, key, n, in_flight=3))
    assert sum(isinstance(a, audits.Audit) for a in got) == 3
    assert sum(isinstance(a, TooManyError) for a in got) == 5


def test_an_article_whose_last_audit_is_deleted_while_a_revision_comes_is_still_whole(module_bench: Bench, key: keys.Key) -> None:
    for number in range(6):
        first = _submit(module_bench, key, article=f"bridge-{number}")

        def either(turn: int, first: audits.Audit = first, name: str = f"bridge-{number}") -> Any:
            if turn % 2:
                return _submit(module_bench, key, turn, article=name)
            with module_bench.database.write() as connection:
                return audits.delete(connection, first)

        got = _at_once(either, 4)
        assert [a for a in got if isinstance(a, Exception)] == []
        left = module_bench.rows(
            "SELECT count(*) FROM audits a JOIN articles b ON b.id = a.article_id WHERE b.name = :n", n=f"bridge-{number}"
        )
        assert left == [(2,)]


@pytest.mark.parametrize("kind", KINDS)
def test_editors_who_decide_at_once_are_told_of_each_other(kind: str) -> None:
    with bench(kind) as service:
        audit_id = service.submit()
        service.worker()
        service.wait([audit_id])
        (row, *_) = findings.list_findings(service.database, findings.Filter(audit_id=audit_id))

        def decide(version: int | None) -> None:
            with service.database.write() as connection:
                findings.decide(connection, row, findings.Choice("accepted", None, None, service.key.id, "an editor", version))

        got = _at_once(lambda _: decide(0))
        assert got.count(None) == 1
        assert all(isinstance(error, ConflictError) for error in got if error is not None)
        assert _at_once(lambda _: decide(None)) == [None] * 8
        assert [made.number for made in findings.history(service.database, row)] == list(range(1, 10))


def test_processes_that_start_at_once_sign_sessions_alike(module_bench: Bench) -> None:
    assert len(set(_at_once(lambda _: keys.session_secret(module_bench.database)))) == 1
