"""The API as one application: routes, errors, what stands around every request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from auditor import __version__
from auditor.jobs.queue import Queue
from auditor.lang.base import language, language_codes
from auditor.settings import Service
from auditor.store.database import Database
from auditor.web import examples, pages, problems
from auditor.web.access import Access, json_only
from auditor.web.bodies import GlossaryIn, SubmissionIn
from auditor.web.line import Line
from auditor.web.metrics import Metrics
from auditor.web.middleware import Around
from auditor.web.routes import articles, audits, findings, glossaries, keys, operations, webhooks
from auditor.web.state import State, Streams

DESCRIPTION = """What changed between an English article and its Chinese and Japanese versions.

Send a key as `Authorization: Bearer KEY`. Errors are problem details (RFC 9457). Lists give a `next` cursor."""


def create_app(service: Service, database: Database) -> FastAPI:
    """The application over a database that is up to date (`jobs.queue.prepare`). Its connections close with it."""
    metrics = Metrics(database)
    queue = Queue(database)
    parts = State(service, database, queue, Line(database, queue), metrics, Streams(service.streams, service.streams_of_key))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        for code in language_codes():  # so that the first submission need not wait for what says which language a text is in
            language(code).likeness("a")
        yield
        parts.stopping.set()
        parts.line.close()
        parts.queue.close()

    app = FastAPI(
        title="Translation auditor", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None, lifespan=lifespan,
        redirect_slashes=False, dependencies=[Depends(json_only)],
    )  # fmt: skip
    app.state.parts = parts
    app.state.access = Access(database, service)
    for module in (audits, articles, findings, glossaries, webhooks, keys, operations):
        app.include_router(module.router)
    problems.install(app)
    pages.install(app)
    app.add_middleware(Around, most=service.max_body, patience=service.upload_timeout, count=metrics.count, page=pages.refused)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The document, with the schemas of bodies that routes read by themselves (JSON, a form or a file)."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        known = made.setdefault("components", {}).setdefault("schemas", {})
        for body in (SubmissionIn, GlossaryIn):
            schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
            known |= {name: value for name, value in schema.pop("$defs", {}).items() if name not in known}
            known[body.__name__] = schema
        for name in ("HTTPValidationError", "ValidationError"):
            known.pop(name, None)
        _problems_only(made)
        examples.fill(made)
        app.openapi_schema = made
    return app.openapi_schema


def _problems_only(document: dict[str, Any]) -> None:
    """An error is a problem and nothing else: FastAPI puts the schema of a described answer under JSON as well."""
    answers = (a for ways in document["paths"].values() for operation in ways.values() for a in operation["responses"].items())
    for status, answer in answers:
        if int(status) >= 400:
            answer["content"][problems.MEDIA_TYPE] |= answer["content"].pop("application/json", {})
