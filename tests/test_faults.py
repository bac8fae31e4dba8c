"""What goes wrong in a newsroom's night goes wrong here: every audit ends, once, whatever dies.

Workers are real processes and are really killed; the databases are real too. Texts are of two or three sentences, for what is tested is
the service, not the auditor.
"""

from __future__ import annotations

import base64
import contextlib
import random
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from auditor.errors import StoreError
from auditor.store import audits, webhooks
from auditor.store.audits import Audit
from auditor.store.database import FILE
from auditor.store.webhooks import EVENTS
from auditor.web.app import create_app
from tests.api_kit import problem
from tests.faults_kit import Disk, small_disk
from tests.service_kit import KINDS, Bench, bench, fresh_database, is_alive, kill, nursery, own_postgresql, receiver, until
from tests.worker_process import HANGS, KILLS, LASTS, STUMBLES

SEED = 20261126
KILLINGS = 50


@pytest.fixture(scope="module", autouse=True)
def _early() -> None:
    nursery()  # it loads its auditor while the first tests prepare


@pytest.fixture(params=KINDS)
def service(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench(request.param) as made:
        yield made


@contextlib.contextmanager
def kept_up(service: Bench, workers: int = 2) -> Iterator[list[int]]:
    """So many workers, started again when they die, as `auditor serve` does. The list is of those alive."""
    alive = [service.worker() for _ in range(workers)]
    over = threading.Event()

    def keep() -> None:
        while not over.wait(0.1):
            alive[:] = [pid if is_alive(pid) else service.worker() for pid in alive]

    keeper = threading.Thread(target=keep)
    keeper.start()
    try:
        yield alive
    finally:
        over.set()
        keeper.join()


def nothing_twice(service: Bench, ended: Sequence[Audit], hooks: int) -> None:
    """Each audit has one report with the findings it lists, one delivery a webhook, and no job left to do."""
    jobs = service.quiet()
    ids = {a.id for a in ended}
    assert {jobs[i] for i in ids} == {"SUCCESS"}
    assert set(jobs.values()) == {"SUCCESS"}
    finished = {a.id for a in ended if a.state == "finished"}
    reports = [audit_id for (audit_id,) in service.rows("SELECT audit_id FROM reports")]
    assert sorted(reports) == sorted(finished)
    for audit in ended:
        listed = [f["id"] for f in audits.report_body(service.database, audit.id)["findings"]] if audit.id in finished else []
        kept = [f for (f,) in service.rows("SELECT finding FROM findings WHERE audit_id = :id", id=audit.id)]
        assert sorted(kept) == sorted(listed)
    deliveries = service.rows("SELECT audit_id, webhook_id, state FROM deliveries")
    assert len(deliveries) == len(set(deliveries)) == hooks * len(ended)
    assert {state for *_, state in deliveries} <= {"delivered"}


def test_workers_killed_at_random_moments_lose_nothing_and_do_nothing_twice(service: Bench) -> None:
    chance, ids = random.Random(SEED), []
    with receiver() as heard:
        for _ in range(2):
            webhooks.create_webhook(service.database, service.key.id, heard.url, EVENTS)
        workers = [service.worker(max_crashes=1000) for _ in range(2)]
        for number in range(KILLINGS):
            if number % 2 == 0:
                ids.append(service.submit(number=number))
            time.sleep(chance.uniform(0.02, 0.45))
            unlucky = chance.randrange(2)
            kill(workers[unlucky])
            workers[unlucky] = service.worker(max_crashes=1000)
        ended = service.wait(ids)
        assert {a.state for a in ended} == {"finished"}
        nothing_twice(service, ended, hooks=2)
        assert {d["audit"]["id"] for d in heard.got} == set(ids)
    assert any(a.attempt > 1 for a in ended)


def test_fifteen_addresses_that_never_answer_hold_up_no_other(service: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent, receiver() as heard:
        dead = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        for url in (*[dead] * 15, heard.url):
            webhooks.create_webhook(service.database, service.key.id, url, EVENTS)
        service.worker()
        service.wait([service.submit()])
        assert until(lambda: len(heard.got) == 1, 0.7 * service.service.webhook_timeout), "it waited for a dead one's time-out"


def test_two_workers_share_a_backlog(service: Bench) -> None:
    ids = [service.submit(number=n) for n in range(12)]
    service.worker()
    service.worker()
    ended = service.wait(ids)
    assert {a.attempt for a in ended} == {1}
    by_worker = service.rows("SELECT worker_id, count(*) FROM audits GROUP BY worker_id")
    assert len(by_worker) == 2
    assert min(count for _, count in by_worker) >= 3


def test_an_audit_that_kills_its_worker_is_given_up_and_the_others_go_on(service: Bench) -> None:
    with receiver() as heard:
        webhooks.create_webhook(service.database, service.key.id, heard.url, EVENTS)
        poison = service.submit(KILLS)
        others = [service.submit(number=n) for n in range(6)]
        with kept_up(service):
            ended = service.wait([poison, *others])
            nothing_twice(service, ended, hooks=1)
            given_up = ended[0]
            assert (given_up.state, given_up.crashes, given_up.attempt, given_up.error_code) == ("failed", 3, 3, "crashed")
            assert given_up.error_message
            assert "3 times" in given_up.error_message
            assert "step plan" in given_up.error_message
            assert {a.state for a in ended[1:]} == {"finished"}
            assert {a.crashes for a in ended[1:]} <= {0, 1}
            assert [d["event"] for d in heard.got if d["audit"]["id"] == poison] == ["audit.failed"]


def test_a_worker_told_to_stop_ends_its_audit_first(service: Bench) -> None:
    pid, audit_id = service.worker(), service.submit(LASTS)
    service.wait([audit_id], states=("running",))
    kill(pid, signal.SIGTERM)
    waiting = service.submit(number=1)
    assert until(lambda: not is_alive(pid), 20)
    ended, later = service.all([audit_id, waiting])
    assert (ended.state, ended.attempt) == ("finished", 1)
    assert (later.state, later.attempt) == ("queued", 0)
    assert service.rows("SELECT id FROM workers") == []


def test_what_a_stopping_worker_cannot_end_in_time_a_peer_ends(service: Bench) -> None:
    pid, audit_id = service.worker(grace=1), service.submit(LASTS)
    service.wait([audit_id], states=("running",))
    kill(pid, signal.SIGTERM)
    assert until(lambda: not is_alive(pid), 10)
    (back,) = service.all([audit_id])
    assert (back.state, back.crashes) == ("queued", 0)
    service.worker()
    (ended,) = service.wait([audit_id])
    assert (ended.state, ended.attempt, ended.crashes) == ("finished", 2, 0)


def test_an_audit_that_never_ends_is_given_up_in_time_and_its_worker_makes_room_for_another(service: Bench) -> None:
    pid, endless = service.worker(timeout=1, grace=1), service.submit(HANGS)
    after = service.submit(number=1)
    (given_up,) = service.wait([endless], 20)
    assert (given_up.state, given_up.error_code, given_up.crashes) == ("failed", "timeout", 0)
    assert "AUDITOR_AUDIT_TIMEOUT" in (given_up.error_message or "")
    assert until(lambda: not is_alive(pid), 20)
    service.worker()
    (ended,) = service.wait([after])
    assert (ended.state, ended.crashes) == ("finished", 0)


def test_cancelled_or_deleted_audits_end_at_once_and_hold_up_nobody(service: Bench) -> None:
    running, deleted, queued = service.submit(LASTS), service.submit(LASTS, 1), service.submit(number=2)
    service.worker()
    service.worker()
    service.wait([running, deleted], states=("running",))
    with service.database.write() as connection:
        assert audits.cancel(connection, queued)
        assert audits.cancel(connection, running)
        audits.delete(connection, audits.get(connection, deleted))
    for audit_id in (queued, running, deleted):
        service.queue.cancel(audit_id)
    after = service.submit(number=3)
    (ended,) = service.wait([after])
    assert ended.state == "finished"
    assert {a.state for a in service.all([queued, running])} == {"cancelled"}
    assert set(service.quiet().values()) <= {"SUCCESS", "CANCELLED"}
    assert service.rows("SELECT audit_id FROM reports") == [(after,)]
    assert service.rows("SELECT count(*) FROM articles") == [(3,)]


def test_a_job_that_was_taken_and_not_begun_is_begun_by_another_when_its_worker_dies(service: Bench) -> None:
    audit_id = service.submit()
    table = "workflow_status" if service.database.is_sqlite else "dbos.workflow_status"
    with service.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET status = 'PENDING', executor_id = 'wrk_dead'")
        connection.exec_driver_sql("INSERT INTO workers VALUES ('wrk_dead', 'here', 1, 0, 0)")
    service.worker()
    (ended,) = service.wait([audit_id], 30)
    assert (ended.state, ended.crashes) == ("finished", 0)


def test_a_postgresql_that_restarts_under_load_loses_nothing() -> None:
    with own_postgresql() as server, fresh_database(server.url) as url, bench("postgresql", url) as service, receiver() as heard:
        webhooks.create_webhook(service.database, service.key.id, heard.url, EVENTS)
        pids = [service.worker(dead_after=4.0) for _ in range(2)]
        ids: list[str] = []

        def at_work() -> bool:
            return "running" in {a.state for a in service.all(ids)}

        for how in ("immediate", "fast"):  # as a crash, and as an administrator does it
            ids += [service.submit(number=n) for n in range(8)]
            assert until(at_work, 20)
            server.stop(how)
            with pytest.raises(StoreError):
                service.submit()
            server.start()
        ended = service.wait(ids)
        assert {a.state for a in ended} == {"finished"}
        nothing_twice(service, ended, hooks=1)
        assert all(is_alive(pid) for pid in pids)
        assert service.rows("SELECT count(*) FROM audits") == [(len(ids),)]


@pytest.fixture
def full() -> Iterator[tuple[Bench, Disk]]:
    with small_disk() as disk, bench("sqlite", data=disk.folder) as made:
        yield made, disk


def test_a_full_disk_refuses_submissions_and_loses_nothing(full: tuple[Bench, Disk]) -> None:
    service, disk = full
    before = [service.submit(number=n) for n in range(4)]
    pid = service.worker()
    service.wait(before[:1])
    disk.fill([pid])
    refused = 0
    for number in range(40):
        try:
            before.append(service.submit(number=number))
        except StoreError as error:
            refused += 1
            assert "full" in str(error)
    assert refused > 30
    time.sleep(3)  # the worker meets the full disk too
    assert is_alive(pid)
    disk.free()
    after = service.submit(number=1)
    ended = service.wait([*before, after])
    assert {a.state for a in ended} == {"finished"}
    assert service.rows("SELECT count(*) FROM audits") == service.rows("SELECT count(*) FROM submissions") == [(len(ended),)]
    nothing_twice(service, ended, hooks=0)


def test_a_clock_that_jumps_an_hour_on_and_back_loses_and_stops_nothing(service: Bench, tmp_path: Path) -> None:
    clock = tmp_path / "clock"

    def jump(seconds: int) -> None:
        (tmp_path / "new").write_text(str(seconds))
        (tmp_path / "new").replace(clock)

    jump(0)
    pids = [service.worker(clock=str(clock)) for _ in range(2)]
    ids = [service.submit(LASTS, 0), *(service.submit(number=n) for n in range(1, 5))]
    service.wait(ids[:1], states=("running",))
    jump(3600)
    ids += [service.submit(number=n) for n in range(5, 8)]
    kill(pids[0])
    service.wait(ids)
    jump(-3600)
    pids.append(service.worker(clock=str(clock)))
    ids += [service.submit(number=n) for n in range(8, 12)]
    kill(pids[1])
    ended = service.wait(ids)
    assert {a.state for a in ended} == {"finished"}
    assert max(a.attempt for a in ended) <= 2
    nothing_twice(service, ended, hooks=0)
    took = [a.finished_at - a.submitted_at for a in ended if a.finished_at is not None]
    assert min(took) < -3_000_000 < 3_000_000 < max(took)


def test_the_logs_of_workers_name_no_text(service: Bench) -> None:
    service.worker()
    service.wait([service.submit("Nothing of this sentence is anybody's business.")])
    assert "business" not in Path(service.log).read_text()


def test_an_audit_that_fails_leaves_nothing_of_its_text_in_logs_and_the_queue(service: Bench) -> None:
    service.worker()
    (failed,) = service.wait([service.submit(STUMBLES)])
    assert (failed.state, failed.error_code) == ("failed", "internal")
    said = Path(service.log).read_text()
    assert "ValueError" in said and "worker_process.py" in said
    table = "operation_outputs" if service.database.is_sqlite else "dbos.operation_outputs"
    rows = service.rows(f"SELECT output, error FROM {table} WHERE workflow_uuid = :id", id=failed.id)
    kept = b"".join(base64.b64decode(value) for row in rows for value in row if value)
    assert b"plan: ValueError" in kept
    assert b"stumbled" not in kept
    assert "stumbled" not in said + str(failed)


# --- The database's file


def _moved(data: Path) -> Callable[[], object]:
    aside = data.rename(data.with_name("moved"))

    def back() -> None:
        shutil.rmtree(data, ignore_errors=True)
        aside.rename(data)

    return back


def _file_moved(data: Path) -> Callable[[], object]:
    aside = (data / FILE).rename(data / "moved.sqlite")
    return lambda: aside.rename(data / FILE)


def _replaced(data: Path) -> Callable[[], object]:
    back = _file_moved(data)
    shutil.copyfile(data / "moved.sqlite", data / FILE)
    return back


LOST = [(_moved, "removed or moved away"), (_file_moved, "removed or moved away"), (_replaced, "replaced by another")]


@pytest.mark.parametrize(("lose", "told"), LOST, ids=[lose.__name__.strip("_") for lose, _ in LOST])
def test_it_is_not_ready_while_its_database_is_another_file(
    tmp_path: Path, lose: Callable[[Path], Callable[[], object]], told: str
) -> None:
    with bench("sqlite", data=tmp_path / "data") as made, TestClient(create_app(made.service, made.database)) as client:
        assert client.get("/readyz").status_code == 200
        back = lose(made.service.data)
        detail = problem(client.get("/readyz"), 503, "store")["detail"]
        assert told in detail and "AUDITOR_DATA" in detail and str(tmp_path) not in detail, "whoever asks needs no key"
        assert client.get("/healthz").status_code == 200
        back()
        assert client.get("/readyz").status_code == 200
