"""`auditor worker`: one worker until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

from auditor.jobs.log import set_up
from auditor.jobs.queue import prepare
from auditor.jobs.worker import Worker
from auditor.session import Session
from auditor.settings import Service, Settings
from auditor.store.backup import running
from auditor.store.database import open_database

_NICENESS = 10


def run_worker(
    service: Service, settings: Settings, parent: int | None = None, make_session: Callable[[Settings], Session] = Session
) -> int:
    """Work until SIGTERM or SIGINT, or until the process `parent` is gone; the process ends with 1 after an audit that did not."""
    set_up(service.log_format)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if parent is not None:
        threading.Thread(target=_follow, args=(parent, stop), daemon=True).start()
    database = open_database(service)
    with running(service):
        prepare(database)
        # Beside an API audits give way: where both want a core, the request has it.
        well = Worker(database, service, settings, make_session, niceness=_NICENESS if parent is not None else 0).run(stop)
        database.dispose()
    os._exit(0 if well else 1)  # threads of the queue that still wait for a handed-back audit must not hold the process


def _follow(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    stop.set()
