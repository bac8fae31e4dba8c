"""Worker processes for tests: started at once, and killed by what they audit when a text says so.

`python -m tests.worker_process` loads one auditor, audits once with it, and then forks a worker for each line on standard input, a JSON
object (`Order`); it answers each with the worker's process id. A worker so made is `auditor worker` in all but its start, which costs
milliseconds instead of seconds, and what `Order` sets. It dies with the process that forked it.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.audit import Plan
from auditor.intake import Submission, Translation
from auditor.jobs import worker
from auditor.jobs.run import run_worker
from auditor.session import Session
from auditor.settings import Service, Settings
from auditor.store import audits

KILLS = "The messenger never came back."
"""A sentence that kills the process that plans it."""
LASTS = "The meeting went on and on."
"""A sentence that takes `SECONDS` to plan."""
SECONDS = 3.0
HANGS = "The meeting never ended."
"""A sentence that plans for ever."""
STUMBLES = "The committee stumbled over a comma."
"""A sentence that the planning fails on, with the text in what it raises."""


@dataclass(frozen=True)
class Order:
    """What a worker is made with.

    clock         file with the seconds that the worker's clock is off, "" for a right one (`_set_clock`)
    dead_after    seconds after which a worker whose lock is free counts as dead on PostgreSQL
    max_crashes   crashes after which an audit is given up
    timeout       seconds that an audit may take
    """

    data: str
    database_url: str = ""
    log: str = "/dev/null"
    grace: int = 30
    clock: str = ""
    dead_after: float = 1.5
    max_crashes: int = 3
    timeout: int = 60


class Fragile(Session):
    """An auditor that some texts kill, or keep busy."""

    def plan(self, submission: Submission) -> Plan:
        if KILLS in submission.source:
            os.kill(os.getpid(), signal.SIGKILL)
        if LASTS in submission.source:
            time.sleep(SECONDS)
        if HANGS in submission.source:
            time.sleep(3600)
        if STUMBLES in submission.source:
            raise ValueError(f"what to do with {submission.source}?")
        return super().plan(submission)


def article(text: str = "", number: int = 0) -> Mapping[str, Any]:
    """A submission with a drift in each version. `number`: to tell articles apart."""
    sold = 3 + number % 6
    return {
        "id": f"article-{number}",
        "source": {"lang": "en", "text": f"The firm sold {sold} million phones last year. Profit rose by 12 percent. {text}".strip()},
        "translations": [
            {"lang": "zh", "text": f"该公司去年售出了{sold}00万部手机。利润增长了百分之二十一。"},
            {"lang": "ja", "text": f"同社は昨年{sold + 1}00万台の電話を販売した。利益は12パーセント増えた。"},
        ],
    }


def _work(order: Order, session: Session) -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.close(0)
    os.open("/dev/null", os.O_RDONLY)
    log = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if order.clock:
        _set_clock(Path(order.clock))
    worker._DEAD_AFTER = order.dead_after
    audits.MAX_CRASHES = order.max_crashes
    service = Service(
        Path(order.data), order.database_url, engine="gloss", grace=order.grace, webhook_private=True, audit_timeout=order.timeout
    )
    run_worker(service, Settings(), make_session=lambda _: session)


def _warm() -> Session:
    session = Fragile(Settings())
    said = article()
    versions = tuple(Translation(t["lang"], t["text"]) for t in said["translations"])
    session.audit(Submission("warm", "en", said["source"]["text"], versions), "gloss")
    gc.collect()
    gc.freeze()  # what is shared with the workers stays shared
    return session


def _set_clock(file: Path) -> None:
    """Have Python's programs here (ours and DBOS) read a clock that is as many seconds off as the file says.

    libfaketime, which would deceive the whole process, was tried: with its monotonic clock left alone, Python's sleeps fail (EINVAL).
    """
    real, real_ns = time.time, time.time_ns
    time.time = lambda: real() + int(file.read_text())
    time.time_ns = lambda: real_ns() + int(file.read_text()) * 1_000_000_000


def main() -> None:
    session = _warm()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are nobody's concern here
    print("ready", flush=True)
    for line in sys.stdin:
        told: dict[str, Any] = json.loads(line)
        pid = os.fork()
        if not pid:
            try:
                _work(Order(**told), session)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr)
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
