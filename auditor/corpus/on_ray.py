"""A batch over a Ray cluster: a worker is an actor, on this machine or on many, and everything else is as with processes of one's own.

An actor that dies is replaced and its lines are sent once more, as a process would be (`batch.Lanes`), so that the output is the same row
for row. Input and output stay with the process that was started; the actors' machines need the auditor installed and nothing else.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from auditor.corpus.batch import Answer, audit_line
from auditor.errors import UsageError
from auditor.session import Session
from auditor.settings import Settings

_DEATHS = ("RayActorError", "ActorDiedError", "ActorUnavailableError", "OwnerDiedError", "NodeDiedError")
"""By name, for Ray is imported only where it is asked for."""

_ANSWERS_WITHIN = 5.0  # seconds


class _Worker:
    """One process's auditor, loaded once."""

    def __init__(self, settings: Settings) -> None:
        self._session = Session(settings)

    def audit(self, line: str, engine: str) -> Answer:
        """One line of input to one line of output."""
        return audit_line(line, engine, self._session)

    def pid(self) -> int:
        """Of the process, on its machine."""
        return os.getpid()


class RayPool:
    """An actor in the place of a pool of one process."""

    def __init__(self, settings: Settings) -> None:
        import ray

        self._ray = ray
        self._actor: Any = ray.remote(num_cpus=1, max_restarts=0)(_Worker).remote(settings)

    def submit(self, line: str, engine: str) -> Future[Answer]:
        """The answer to come; a dead actor breaks it as a dead process does."""
        answer: Future[Answer] = Future()
        try:
            told = self._actor.audit.remote(line, engine).future()
        except self._ray.exceptions.RayActorError as error:
            raise BrokenProcessPool(str(error)) from None
        told.add_done_callback(lambda done: _pass_on(done, answer))
        return answer

    def pid(self) -> int:
        """Of the actor's process."""
        return int(self._ray.get(self._actor.pid.remote()))

    def shutdown(self) -> None:
        """End the actor."""
        self._ray.kill(self._actor)


def _pass_on(done: Future[Answer], answer: Future[Answer]) -> None:
    error = done.exception()
    if error is None:
        answer.set_result(done.result())
    elif type(error).__name__ in _DEATHS:
        answer.set_exception(BrokenProcessPool(str(error)))
    else:
        answer.set_exception(error)


@contextlib.contextmanager
def cluster(address: str, workers: int) -> Iterator[None]:
    """A connection to a cluster; without an address a local one, which ends with the context. Raises UsageError."""
    try:
        import ray
    except ImportError:
        raise UsageError("--on ray needs Ray; install it with: pip install 'translation-auditor[ray]'") from None
    if address:
        _knock(address)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    options: dict[str, Any] = {"address": address} if address else {"address": "local", "num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)
    except (ConnectionError, RuntimeError, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise UsageError(f"--on ray={address}: the cluster cannot be reached: {told}") from None
    try:
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Raise UsageError when nothing answers at an address: Ray itself would try for minutes, with a line of its log every second."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdecimal():
        return  # a word of Ray's, such as auto
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWERS_WITHIN).close()
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"--on ray={address}: nothing answers there ({told}); `ray start --head` on the first machine tells its address"
        ) from None
