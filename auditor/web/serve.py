"""`auditor serve`: the API in this process, workers beside it.

An audit never slows a request: it runs in a process of its own. A worker that dies is started again, after a pause that grows while it
keeps dying. Told to stop, the API ends what it is answering, then the workers end what they are at.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from auditor.errors import UsageError
from auditor.jobs.log import set_up
from auditor.jobs.queue import prepare
from auditor.settings import Service, Settings
from auditor.store.backup import running
from auditor.store.database import open_database
from auditor.web.app import create_app

log = structlog.get_logger("auditor.serve")
_LONGEST_PAUSE = 30.0
_WELL = 60.0
"""Seconds after which a worker that dies is thought to have been well."""


@dataclass(slots=True)
class _Place:
    """A worker's place: its process, and how often in a row it died young."""

    process: subprocess.Popen[bytes]
    begun: float
    deaths: int = 0
    again_at: float | None = None


@dataclass(slots=True)
class Workers:
    """Worker processes of one `serve`."""

    number: int
    threads: int
    stopping: threading.Event = field(default_factory=threading.Event)
    places: list[_Place] = field(default_factory=list)
    watcher: threading.Thread | None = None

    def start(self) -> None:
        """Start them, and watch them from a thread."""
        self.places = [_Place(self._process(), time.monotonic()) for _ in range(self.number)]
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def _process(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "AUDITOR_ENGINE_THREADS": str(self.threads)}
        command = [sys.executable, "-m", "auditor", "worker", "--parent", str(os.getpid())]
        return subprocess.Popen(command, env=environment, start_new_session=True)

    def _watch(self) -> None:
        while not self.stopping.wait(0.25):
            for place in self.places:
                self._look(place)

    def _look(self, place: _Place) -> None:
        code, at = place.process.poll(), time.monotonic()
        if code is None:
            return
        if place.again_at is None:
            place.deaths = 0 if at - place.begun > _WELL else place.deaths + 1
            pause = min(_LONGEST_PAUSE, 0.5 * 2 ** (place.deaths - 1)) if place.deaths else 0.0
            place.again_at = at + pause
            log.warning("a worker ended and is started again", process=place.process.pid, code=code, pause=pause)
        if at >= place.again_at:
            place.process, place.begun, place.again_at = self._process(), at, None

    def stop(self, grace: float) -> None:
        """Tell them to stop; those that have not by the end of the grace are killed, and what they had is taken up at the next start."""
        self.stopping.set()
        if self.watcher:
            self.watcher.join()  # so that it starts none behind our back
        for place in self.places:
            if place.process.poll() is None:
                place.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + grace
        for place in self.places:
            try:
                place.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                place.process.kill()
                place.process.wait()


class _Server(uvicorn.Server):
    """Open event streams end as soon as the server is told to stop: they would hold it up."""

    def __init__(self, config: uvicorn.Config, stopping: threading.Event) -> None:
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._stopping.set()
        super().handle_exit(sig, frame)


def serve(host: str, port: int, workers: int, service: Service, settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT. `workers` 0: none here (they run elsewhere, over PostgreSQL)."""
    set_up(service.log_format)
    database = open_database(service)
    with contextlib.closing(_bound(host, port)) as bound, running(service):
        prepare(database)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop_early)
        try:
            return _serve(bound, workers, service, settings, create_app(service, database))
        except _Stopped:
            return 0
        finally:
            database.dispose()


def _serve(bound: socket.socket, workers: int, service: Service, settings: Settings, app: FastAPI) -> int:
    host, port = bound.getsockname()[:2]
    beside = Workers(workers, max(1, settings.engine_threads // max(1, workers)))
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=service.grace,
        timeout_keep_alive=20, backlog=2048,
    )  # fmt: skip
    server = _Server(config, app.state.parts.stopping)
    try:
        beside.start()
        shown = f"[{host}]" if ":" in host else host
        number = f"{workers} worker{'s' if workers != 1 else ''}"
        print(f"auditor: serving on http://{shown}:{port} with {number}; data in {_where(service)}", file=sys.stderr, flush=True)
        gc.collect()
        gc.freeze()  # what is loaded stays: looking through it again and again would hold requests up
        server.run(sockets=[bound])
    finally:
        # The server sends itself the signal again when it has ended; a second one from outside must not cut the workers off either.
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, signal.SIG_IGN)
        beside.stop(service.grace + 10)
    return 0 if server.started else 2


class _Stopped(BaseException):
    """Told to stop while no request is answered yet, or any more."""


def _stop_early(number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _bound(host: str, port: int) -> socket.socket:
    """A socket of that address, before anything is begun. Raises UsageError when it cannot be had."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        bound = socket.socket(family, kind)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except BaseException:
            bound.close()
            raise
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} of {host} is taken by another program; give another one with --port") from None
        raise UsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from None
    return bound


def _where(service: Service) -> str:
    return "the PostgreSQL database of AUDITOR_DATABASE_URL" if service.database_url else str(service.data)
