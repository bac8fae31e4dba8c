"""Logs of the service: one JSON object a line on standard error, with the ids of request and audit.

Nothing of a submitted text is ever logged: what is logged are ids, counts, kinds and times. JSON keeps what a client sent (a path, a
request id) on its line.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def set_up(form: str) -> None:
    """Send everything that is logged, by us and by libraries, to standard error in that form ("json" or "text")."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        places,
    ]
    last = structlog.processors.JSONRenderer(ensure_ascii=True) if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last], foreign_pre_chain=shared
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def places(_: WrappedLogger, __: str, said: EventDict) -> EventDict:
    """Where in the program an error arose. Not its message: what the program stumbled over may be a piece of a text."""
    raised = said.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()[1]
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        said["raised"] = [f"{kind}: {' < '.join(reversed(_steps(trace)))}" for kind, trace in _chain(raised)]
    return said


def _chain(error: BaseException | None) -> list[tuple[str, TracebackType | None]]:
    """The error and what it came of, each with its place."""
    found: list[tuple[str, TracebackType | None]] = []
    while error is not None and len(found) < _MOST_CAUSES:
        found.append((type(error).__qualname__, error.__traceback__))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _steps(trace: TracebackType | None) -> list[str]:
    return [f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in traceback.extract_tb(trace)]


_MOST_CAUSES = 5
