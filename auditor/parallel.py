"""A second process for the commands that audit one article and end: half of such a run is loading, and loading can be shared.

The helper is started before anything heavy is imported. It loads the encoder while this process reads the files, aligns, and reads the
versions after the first; this process reads the English and the first version meanwhile. What comes back is exactly what this process
would have made itself, and what does not come back (a helper that died, a text that cannot be audited) it makes itself.

There is no helper on one core, where processes cannot be forked (Windows, macOS), in a process that has threads or numpy already (to
fork such a one is unsafe, and it has loaded what a helper would) or is a helper or worker itself.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.intake import Submission
    from auditor.session import Ahead
    from auditor.settings import Settings


class Helper:
    """The other process: submissions in, what is known ahead of their audits out, one at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, submission: Submission, engine: str) -> None:
        """Let it begin; a helper that has died is noticed when its answer is taken."""
        with contextlib.suppress(OSError):
            self._connection.send((submission, engine))

    def take(self) -> Ahead | None:
        """Its answer to what was sent, waited for; None when it has none."""
        try:
            answer: Ahead | None = self._connection.recv()
        except (EOFError, OSError):
            return None
        return answer


@contextlib.contextmanager
def helper(settings: Settings) -> Iterator[Helper | None]:
    """A helper for as long as the context lasts, or None where there can be none."""
    # These commands load much, audit once and end: nothing becomes garbage in cycles, and looking for it costs a tenth of the time.
    gc.disable()
    try:
        with _forked(settings) as other:
            yield other
    finally:
        gc.enable()
        gc.freeze()  # nor need the end of the process look through what was loaded


@contextlib.contextmanager
def _forked(settings: Settings) -> Iterator[Helper | None]:
    if not _possible():
        yield None
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, ours, settings), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Helper(ours)
    finally:
        ours.close()
        process.terminate()
        process.join()


def _possible() -> bool:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1  # where it is missing, forking is unsafe too
    alone = threading.active_count() == 1 and multiprocessing.parent_process() is None
    return cores > 1 and alone and "numpy" not in sys.modules and "fork" in multiprocessing.get_all_start_methods()


def _serve(connection: Connection, other_end: Connection, settings: Settings) -> None:
    """What the helper does until its parent has gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches both processes: this one ends without a word
    other_end.close()  # or the end of the parent would never be noticed
    from auditor.session import Session

    session = Session(settings)
    session.encoder.load()
    with contextlib.suppress(EOFError, OSError):
        while True:
            submission, engine = connection.recv()
            try:
                answer = session.ahead(submission, engine)
            except Exception:  # the parent meets the same error, and says it
                answer = None
            connection.send(answer)
