"""Logs of the service: one JSON object a line on standard error, with the ids of request and audit.

Nothing of a submitted text is ever logged: what is logged are ids, counts, kinds and times. JSON keeps what a client sent (a path, a
request id) on its line.
"""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import Processor


def set_up(form: str) -> None:
    """Send everything that is logged, by us and by libraries, to standard error in that form ("json" or "text")."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
