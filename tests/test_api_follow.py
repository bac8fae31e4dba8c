"""Audits followed to their end on a real `auditor serve`: events, health, metrics, what the log holds, and how it stops."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from auditor.jobs.queue import prepare
from auditor.settings import Service
from auditor.store import keys
from auditor.store.database import open_database
from auditor.web.app import create_app
from tests import api_kit
from tests.api_kit import EN, ZH, Api, body, problem
from tests.service_kit import ROOT, fresh_database, postgresql_url, until

api = api_kit.api_sqlite
SECRET_WORDS = ("Zanzibarine", "港务局", "\x1b[31m", "metadata-word", "comment-word")


@dataclass
class Served:
    """A running service."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    secrets: dict[str, str]

    def client(self, who: str = "translator") -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.secrets[who]}"}, timeout=30, trust_env=False)


@contextlib.contextmanager
def serving(folder: Path, workers: int, **environment: str) -> Iterator[Served]:
    service = Service(folder / "data", engine="gloss")
    database = open_database(service)
    prepare(database)
    secrets = {role: keys.create_key(database, role)[1] for role in keys.ROLES}
    database.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "AUDITOR_DATA": str(service.data), "AUDITOR_ENGINE": "gloss", **environment}
    log = folder / "serve.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "auditor", "serve", "--port", str(port), "--workers", str(workers)]
        process = subprocess.Popen(command, env=env, stderr=out, stdout=out)
    made = Served(f"http://127.0.0.1:{port}", process, log, secrets)
    try:
        assert until(lambda: _answers(made), 60), log.read_text()
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(made: Served) -> bool:
    try:
        return httpx.get(f"{made.url}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), workers=1, AUDITOR_STREAMS="2") as made:
        yield made


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


def test_an_audit_is_followed_to_its_end_and_nothing_of_it_is_logged(served: Served) -> None:
    sent = body(en=EN.replace("harbour", "Zanzibarine"), zh=ZH, id="metadata-word", metadata={"article": "metadata-word"})
    with served.client() as client, served.client("editor") as editor:
        audit = client.post("/v1/audits", json=sent).json()
        with client.stream("GET", f"/v1/audits/{audit['id']}/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            told = list(events(stream.iter_lines()))
        assert [kind for kind, _ in told[:-1]] == ["progress"] * (len(told) - 1) and told[-1][0] == "end"
        progress = [one["progress"] for _, one in told]
        assert progress == sorted(progress) and progress[-1] == 1.0 and told[-1][1]["state"] == "finished"
        with client.stream("GET", f"/v1/audits/{audit['id']}/events") as stream:
            assert [kind for kind, _ in events(stream.iter_lines())] == ["end"]
        found = client.get("/v1/findings", params={"audit": audit["id"]}).json()["items"]
        editor.patch(f"/v1/findings/{found[0]['id']}", json={"decision": "accepted", "comment": "comment-word"})
        client.post("/v1/audits", content=b'{"Zanzibarine": "\x1b[31m"', headers={"Content-Type": "application/json"})
        client.post("/v1/audits", json={**sent, "Zanzibarine": 1})
        client.get("/v1/audits/Zanzibarine")
        client.get("/Zanzibarine", params={"Zanzibarine": 1}, headers={"User-Agent": "Zanzibarine"})
    assert until(lambda: "audit ended" in served.log.read_text(), 10)
    log = served.log.read_text()
    assert not [word for word in SECRET_WORDS if word in log or json.dumps(word)[1:-1] in log]
    assert not any(secret in log for secret in served.secrets.values())
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"request", "audit ended"} <= {line["event"] for line in lines}
    ended = next(line for line in lines if line["event"] == "audit ended" and line["audit"] == audit["id"])
    assert any(line.get("request") == ended.get("request") for line in lines) or ended["outcome"] == "finished"


def test_a_crafted_report_for_another_is_not_found_and_streams_are_bounded(served: Served) -> None:
    os.kill(served.process.pid, 0)
    with served.client() as client, served.client("editor") as editor:
        theirs = editor.post("/v1/audits", json=body()).json()["id"]
        problem(client.get(f"/v1/audits/{theirs}/events"), 404)
        slow = body(en=EN * 1, metadata={})
        for _ in range(6):
            client.post("/v1/audits", json=slow)
        last = client.post("/v1/audits", json=slow).json()["id"]
        for _ in range(4):  # a client that goes away gives its place back
            with client.stream("GET", f"/v1/audits/{last}/events") as stream:
                first = next(events(stream.iter_lines()))
                assert first[1]["id"] == last
            assert until(lambda: _free(editor, last), 10)


def _free(client: httpx.Client, audit: str) -> bool:
    with client.stream("GET", f"/v1/audits/{audit}/events") as stream:
        return stream.status_code == 200


def test_more_streams_than_may_be_open_are_429(api: Api) -> None:
    parts = api.client.app.state.parts  # type: ignore[attr-defined]
    address = f"/v1/audits/{api.submit()['id']}/events"
    taken: Counter[str] = Counter()
    try:
        for key in (api.keys["translator"].id, *(f"key_{n}" for n in range(20))):
            while parts.streams.take(key):
                taken[key] += 1
            answer = api.ask("translator", "GET", address)
            problem(answer, 429, "streams")
            assert int(answer.headers["retry-after"]) >= 1
    finally:
        for key in taken.elements():
            parts.streams.give_back(key)
    assert taken.total() == api.bench.service.streams, "none of the streams before has kept its place"
    assert max(taken.values()) == api.bench.service.streams_of_key


def test_the_queue_s_places_are_told(api: Api) -> None:
    first, second = api.submit(), api.submit()
    places = [api.get("translator", f"/v1/audits/{a['id']}")["queue_position"] for a in (first, second)]
    assert places[1] == places[0] + 1
    api.work(first["id"])
    assert api.get("translator", f"/v1/audits/{first['id']}")["queue_position"] is None
    assert api.get("translator", f"/v1/audits/{second['id']}")["queue_position"] == places[1] - 1


def test_metrics_are_read_by_prometheus(served: Served) -> None:
    found = httpx.get(f"{served.url}/metrics", trust_env=False)
    assert found.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {f.name: f for f in text_string_to_metric_families(found.text)}
    for name in ("auditor_queue_depth", "auditor_queue_oldest_seconds", "auditor_audits", "auditor_step_seconds", "auditor_findings",
                 "auditor_deliveries", "auditor_requests", "auditor_request_seconds", "auditor_workers", "auditor_info"):  # fmt: skip
        assert name in families, name
    steps = {s.labels["step"] for s in families["auditor_step_seconds"].samples}
    assert steps >= {"load", "plan", "translate", "audit"}
    assert {s.value for s in families["auditor_workers"].samples} == {1.0}
    routes = {s.labels["route"] for s in families["auditor_requests"].samples}
    assert "unknown" in routes and not any("Zanzibarine" in r for r in routes)
    assert httpx.get(f"{served.url}/readyz", trust_env=False).json() == {"status": "ok", "workers": 1}


def test_while_the_database_is_away_it_is_503_and_then_all_is_as_before() -> None:
    with fresh_database() as url:
        service = Service(Path("/tmp"), database_url=url, engine="gloss")
        database = open_database(service)
        prepare(database)
        _, secret = keys.create_key(database, "translator")
        name = sa.make_url(url).database
        with (
            TestClient(create_app(service, database), raise_server_exceptions=False) as client,
            psycopg.connect(postgresql_url(), autocommit=True) as admin,
        ):
            assert client.get("/readyz").status_code == 200
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            headers = {"Authorization": f"Bearer {secret}"}
            for method, path in (("GET", "/readyz"), ("GET", "/metrics"), ("GET", "/v1/audits"), ("POST", "/v1/audits")):
                answer = client.request(method, path, headers=headers, **({"json": body()} if method == "POST" else {}))
                problem(answer, 503, "store_away")
                assert int(answer.headers["retry-after"]) >= 1
            assert client.get("/healthz").json()["status"] == "ok"
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            assert until(lambda: client.get("/readyz").status_code == 200, 10)
            assert client.post("/v1/audits", headers=headers, json=body()).status_code == 202
        database.dispose()


def test_told_to_stop_it_ends_its_streams_and_leaves_nothing_running(tmp_path: Path) -> None:
    with serving(tmp_path, workers=0) as made, made.client() as client:
        audit = client.post("/v1/audits", json=body()).json()["id"]
        ended = threading.Event()

        def follow() -> None:
            with contextlib.suppress(httpx.TransportError), client.stream("GET", f"/v1/audits/{audit}/events") as stream:
                for _ in stream.iter_lines():
                    pass
            ended.set()

        threading.Thread(target=follow, daemon=True).start()
        time.sleep(1)
        begun = time.monotonic()
        made.process.send_signal(signal.SIGTERM)
        assert made.process.wait(20) == 0 and time.monotonic() - begun < 10
        assert ended.wait(5)
    assert re.search(r"serving on http", made.log.read_text())


def test_settings_of_a_served_api_do_not_leak_into_answers(api: Api) -> None:
    secretive = replace(api.bench.service, database_url="")
    assert (
        "postgresql" not in json.dumps(api.get(None, "/openapi.json")) and secretive.data.name not in api.ask(None, "GET", "/healthz").text
    )
