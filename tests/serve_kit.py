"""A real `auditor serve` as a process, for tests and for the blocks of docs/service.md."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

ENGLISH = "Exports rose to $19 million in May, the ministry said.\n"
CHINESE = "该部表示，5月出口额增至1.9亿美元。\n"


@dataclass
class Served:
    """A service at an address. `log` is where it writes."""

    process: subprocess.Popen[bytes]
    url: str
    environment: Mapping[str, str]
    log: Path

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """An `auditor` command with the service's settings."""
        command = [sys.executable, "-m", "auditor", *arguments]
        return subprocess.run(command, env={**self.environment, **more}, capture_output=True, text=True, timeout=120)

    def key(self, role: str) -> str:
        """A new key."""
        made = self.run("keys", "create", "--role", role)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def workers(self) -> list[int]:
        """Ids of its worker processes."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdecimal() and f"worker\0--parent\0{self.process.pid}\0".encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
        return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], seconds: float = 60.0) -> bool:
    """Does it become true in time?"""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def healthy(url: str) -> bool:
    """Does it answer?"""
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"{url}/healthz", timeout=2).is_success
    return False


@contextlib.contextmanager
def serving(folder: Path, workers: int = 1, **settings: str) -> Iterator[Served]:
    """A service whose data is in that folder; nothing of it is left."""
    port = free_port()
    environment = {**os.environ, "AUDITOR_DATA": str(folder / "data"), "AUDITOR_ENGINE": "gloss", "AUDITOR_GRACE": "20", **settings}
    command = [sys.executable, "-m", "auditor", "serve", "--port", str(port), "--workers", str(workers)]
    log = folder / "serve.log"
    with log.open("ab") as file:
        process = subprocess.Popen(command, env=environment, stderr=file, stdout=file)
    served = Served(process, f"http://127.0.0.1:{port}", environment, log)
    try:
        assert until(lambda: process.poll() is not None or healthy(served.url), 120) and process.poll() is None, log.read_text()
        yield served
    finally:
        left = served.workers()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
        for worker in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
