"""Where a worker computes: one thread beside those that talk to the database.

A worker beside an API gives way to it: this thread is nicer than the rest. The threads that write to the database are not, or a worker
that waits for a core in the middle of a transaction would make every other writer wait with it.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDoneError
from typing import TypeVar

from auditor.errors import TooLongError

T = TypeVar("T")


class Compute:
    """Does one thing at a time. `niceness` as of nice(1); 0: like everything else. `stuck` is set when something never ended."""

    def __init__(self, niceness: int = 0) -> None:
        self._niceness = niceness
        self._thread = ThreadPoolExecutor(1, "compute", self._give_way)
        self.stuck = threading.Event()

    def __call__(self, do: Callable[[], T], seconds: float | None = None) -> T:
        """Do it and wait. Raises TooLongError after that many seconds: what was begun cannot be ended, so this process should."""
        doing = self._thread.submit(do)
        try:
            return doing.result(seconds)
        except NotDoneError:
            if doing.done():  # it is what the work itself raised
                raise
            self.stuck.set()
            raise TooLongError("the audit took longer than AUDITOR_AUDIT_TIMEOUT allows; audit a shorter text") from None

    def _give_way(self) -> None:
        if self._niceness:
            with contextlib.suppress(OSError, AttributeError):  # only Linux knows the niceness of a thread
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self._niceness)
