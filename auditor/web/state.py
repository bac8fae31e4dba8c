"""What the routes work with: made once a process, reached through the request."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from auditor.jobs.queue import Queue
from auditor.settings import Service
from auditor.store.database import Database
from auditor.web.metrics import Metrics


@dataclass(frozen=True, slots=True)
class State:
    """The parts of a running API. `stopping` is set when it is told to end."""

    service: Service
    database: Database
    queue: Queue
    metrics: Metrics
    stopping: threading.Event = field(default_factory=threading.Event)
    streams: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(200))


async def _state(request: Request) -> State:  # async: nothing waits, and a thread costs more than it does
    found: State = request.app.state.parts
    return found


Parts = Annotated[State, Depends(_state)]
