"""`auditor serve` as a process: told to stop under load, killed, started where it cannot."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from auditor.client import Client
from auditor.errors import ServiceError
from tests.serve_kit import CHINESE, ENGLISH, free_port, serving, until

LONG = 40


def slow_upload(port: int, key: str, started: threading.Event) -> bytes:
    """A submission whose body takes two seconds to send; the whole answer."""
    body = httpx.Request("POST", "http://x", json={"source": {"text": ENGLISH}, "translations": [{"lang": "zh", "text": CHINESE}]}).content
    head = f"POST /v1/audits HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
        for at in range(0, len(body), max(1, len(body) // LONG)):
            connection.sendall(body[at : at + max(1, len(body) // LONG)])
            started.set()
            time.sleep(0.05)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def test_told_to_stop_while_uploads_run_it_loses_nothing_that_it_accepted(tmp_path: Path) -> None:
    accepted: list[str] = []
    answers: list[bytes] = []
    stop, started = threading.Event(), threading.Event()

    with serving(tmp_path, workers=0) as served:
        key = served.key("translator")
        port = int(served.url.rpartition(":")[2])

        def many(number: int) -> None:
            with Client(served.url, key, patience=0.1) as client:
                for place in range(10_000):
                    if stop.is_set():
                        return
                    try:
                        accepted.append(client.submit(ENGLISH, {"zh": CHINESE}, article=f"{number}-{place}").id)
                    except ServiceError as error:
                        assert error.code == "unreachable", error
                        return

        threads = [threading.Thread(target=many, args=(n,)) for n in range(6)]
        long = threading.Thread(target=lambda: answers.append(slow_upload(port, key, started)))
        for thread in (*threads, long):
            thread.start()
        assert started.wait(60) and until(lambda: len(accepted) > 20)
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(90) == 0, served.log.read_text()[-2000:]
        stop.set()
        for thread in (*threads, long):
            thread.join(60)
    assert answers and b" 202 " in answers[0].split(b"\r\n")[0], answers

    with serving(tmp_path, workers=0) as again, Client(again.url, key) as client:
        for audit in accepted:
            assert client.get(audit).state == "queued"


def test_workers_share_the_threads_are_started_again_when_they_die_and_do_not_outlive_the_server(tmp_path: Path) -> None:
    with serving(tmp_path, workers=2, AUDITOR_ENGINE_THREADS="6") as served, Client(served.url, served.key("translator")) as client:
        assert until(lambda: len(served.workers()) == 2)
        first, other = served.workers()
        for worker in (first, other):
            assert b"\0AUDITOR_ENGINE_THREADS=3\0" in b"\0" + Path(f"/proc/{worker}/environ").read_bytes()
        os.kill(first, signal.SIGKILL)
        assert until(lambda: len(set(served.workers()) - {first, other}) == 1)
        audit = client.wait(client.submit(ENGLISH, {"zh": CHINESE}).id, timeout=120)
        assert audit.verdict == "drifted"
        served.process.kill()
        served.process.wait()
        assert until(lambda: not served.workers(), 60)


def start(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "auditor", "serve", *arguments]
    return subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, timeout=120)


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_a_port_that_is_taken_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused(start("--port", port, AUDITOR_DATA=str(tmp_path)), port, "--port")


def test_a_data_folder_that_cannot_be_written_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(start("--port", str(free_port()), AUDITOR_DATA=str(tmp_path / "file" / "data")), "AUDITOR_DATA")


def test_a_postgresql_that_is_away_is_one_line_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://auditor:secret-word@127.0.0.1:{free_port()}/auditor"
    done = start("--port", str(free_port()), AUDITOR_DATA=str(tmp_path), AUDITOR_DATABASE_URL=url)
    refused(done, "AUDITOR_DATABASE_URL")
    assert "secret-word" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("AUDITOR_RATE", "fast"), ("AUDITOR_DATABASE_URL", "mysql://x/y"), ("AUDITOR_LOG_FORMAT", "xml"), ("AUDITOR_RETENTION_DAYS", "-1")],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str, tmp_path: Path) -> None:
    refused(start("--port", str(free_port()), **{"AUDITOR_DATA": str(tmp_path), name: value}), name)
