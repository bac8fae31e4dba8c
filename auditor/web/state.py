"""What the routes work with: made once a process, reached through the request."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from auditor.jobs.queue import Queue
from auditor.settings import Service
from auditor.store.database import Database
from auditor.web.line import Line
from auditor.web.metrics import Metrics


class Streams:
    """Places for event streams, so many in all and so many a key."""

    def __init__(self, most: int, most_of_key: int) -> None:
        self._most, self._most_of_key = most, most_of_key
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def take(self, key_id: str) -> bool:
        """A place, if there is one."""
        with self._lock:
            if self._open.total() >= self._most or self._open[key_id] >= self._most_of_key:
                return False
            self._open[key_id] += 1
            return True

    def give_back(self, key_id: str) -> None:
        """A place that was taken."""
        with self._lock:
            self._open[key_id] -= 1
            self._open += Counter()  # drops who has none


@dataclass(frozen=True, slots=True)
class State:
    """The parts of a running API. `stopping` is set when it is told to end."""

    service: Service
    database: Database
    queue: Queue
    line: Line
    metrics: Metrics
    streams: Streams
    stopping: threading.Event = field(default_factory=threading.Event)


async def _state(request: Request) -> State:  # async: nothing waits, and a thread costs more than it does
    found: State = request.app.state.parts
    return found


Parts = Annotated[State, Depends(_state)]
