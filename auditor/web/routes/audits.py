"""Audits: submitted, followed, read, cancelled."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import ValidationError
from starlette.types import Receive, Scope, Send

from auditor.errors import MissingError
from auditor.formats.forms import BY_SUFFIX, FORMS, write
from auditor.formats.stored import documents_of
from auditor.report import from_json as read_report
from auditor.store import audits, findings, keys
from auditor.store.audits import Audit
from auditor.web.access import Anyone, Caller, KeyRoute
from auditor.web.bodies import SAMPLE_SOURCE
from auditor.web.cursor import from_cursor, to_cursor
from auditor.web.forms import Upload, fields_of
from auditor.web.problems import ProblemError, responses, validation
from auditor.web.schemas import AuditOut, AuditPage, ChangesOut
from auditor.web.state import Parts, State
from auditor.web.submitting import Once, Sending, from_form, from_json, prepared, replayed, sent_digest
from auditor.web.views import audit_out, audits_out, finding_out

router = APIRouter(prefix="/v1/audits", tags=["audits"], route_class=KeyRoute)
AuditId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9_]+$", examples=["aud_3f9a1c20b7d14e5a9c8b7a60"])]
Lang = Annotated[str | None, Query(max_length=16, pattern=r"^[A-Za-z-]+$")]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=400)]
_ENDED = ("finished", "failed", "cancelled")
_LOOK = 0.4
_KEEP_OPEN = 15.0
_QUICK = 8192
"""Bytes: a millisecond's work."""


def visible(parts: State, caller: Caller, audit_id: str) -> Audit:
    """An audit that the caller may see. Raises MissingError, for another's as well: that it is there is nobody else's business."""
    return audits.get_audit(parts.database, audit_id, caller.sees)


_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["source"],
    "properties": {
        "source": {
            "type": "string",
            "format": "binary",
            "description": "the English article, a file or a field; XLIFF, TMX, ... or a ZIP brings the rest",
        },
        "zh": {"type": "string", "format": "binary"},
        "ja": {"type": "string", "format": "binary"},
        "back_zh": {"type": "string", "format": "binary", "description": "English of zh, line by line"},
        "back_ja": {"type": "string", "format": "binary"},
        "glossary": {"type": "string", "description": "the name of a stored glossary, or entries as JSON"},
        "metadata": {"type": "string", "description": "JSON"},
        "id": {"type": "string"},
    },
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/SubmissionIn"}},
            "multipart/form-data": {"schema": _FORM, "example": {"source": SAMPLE_SOURCE}},
        },
    }
}


@router.post(
    "",
    status_code=202,
    response_model=AuditOut,
    summary="Submit an article and its translations",
    openapi_extra=_BODY,
    responses={
        202: {"description": "Accepted: the audit is stored and will be made", "headers": {"Location": {"schema": {"type": "string"}}}},
        **responses(400, 401, 403, 409, 413, 415, 422, 429, 503),
    },
)
async def create(
    request: Request,
    parts: Parts,
    caller: Anyone,
    once: Once,
) -> Response:
    """Store a submission and put it in the queue. Another request with the same `Idempotency-Key` and body answers the same audit."""
    given = await _given(request)

    def checked() -> audits.New | Audit:
        sent = from_json(given) if isinstance(given, bytes) else from_form(given)
        how = Sending(request.scope["auditor.request"], once, sent_digest(sent) if once else "")
        return replayed(parts, caller, how) or prepared(parts, caller, sent, how)

    try:
        new = checked() if _is_quick(given, once) else await run_in_threadpool(checked)
    except ValidationError as error:
        return validation(error.errors(include_url=False, include_input=False))
    audit, is_new = await asyncio.wrap_future(parts.line.store(new)) if isinstance(new, audits.New) else (new, False)
    headers = {"Location": f"/v1/audits/{audit.id}", **({} if is_new else {"Idempotent-Replayed": "true"})}
    if audit.glossary_id is None:  # then nothing is asked of the database
        shown = audit_out(parts.database, audit, position=False)
    else:
        shown = await run_in_threadpool(audit_out, parts.database, audit, False)
    return Response(shown.model_dump_json(), 202, headers, "application/json")


def _is_quick(given: bytes | Mapping[str, object], once: str | None) -> bool:
    """Is it checked sooner than a thread takes it up: a short article that nothing is asked of the database for?"""
    return isinstance(given, bytes) and len(given) < _QUICK and once is None and b'"glossary"' not in given


async def _given(request: Request) -> bytes | dict[str, str | Upload]:
    """A JSON body as it came, or the fields of a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return await request.body()
    if kind == "multipart/form-data":
        return await fields_of(request, most_fields=40)
    raise ProblemError(415, "content_type", "send application/json or multipart/form-data")


@router.get("", response_model=AuditPage, summary="List audits, the newest first", responses=responses(401, 422, 429, 503))
def listed(
    parts: Parts,
    caller: Anyone,
    state: audits.State | None = None,
    article: Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z0-9_]+$")] = None,
    lang: Lang = None,
    verdict: Literal["drifted", "check", "faithful"] | None = None,
    submitted_by: Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z0-9_]+$")] = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> AuditPage:
    """Own audits for a translator, all for an editor; what is not given does not matter."""
    after = from_cursor(cursor, int, str)
    wanted = audits.Wanted(
        owner=caller.sees,
        key_id=submitted_by,
        state=state,
        article_id=article,
        lang=lang,
        verdict=verdict,
        since=_milliseconds(since),
        until=_milliseconds(until),
        after=(int(after[0]), str(after[1])) if after else None,
        limit=limit,
    )
    found = audits.list_audits(parts.database, wanted)
    rows = found[:limit]
    following = to_cursor(rows[-1].submitted_at, rows[-1].id) if len(found) > limit else None
    return AuditPage.model_construct(items=audits_out(parts.database, rows), next=following)


def _milliseconds(at: datetime | None) -> int | None:
    return None if at is None else int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


@router.get("/{audit_id}", response_model=AuditOut, summary="One audit: how far it is", responses=responses(401, 404, 422, 429, 503))
def one(audit_id: AuditId, parts: Parts, caller: Anyone) -> AuditOut:
    """State, progress from 0 to 1, place in the queue, and when it has ended what came of it."""
    return audit_out(parts.database, visible(parts, caller, audit_id))


@router.get(
    "/{audit_id}/events",
    summary="Follow an audit (server-sent events)",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {
                "text/event-stream": {"example": 'event: progress\ndata: {"id": "aud_...", "state": "running", "progress": 0.25}\n\n'}
            }
        },
        **responses(401, 404, 422, 429, 503),
    },
)
async def events(audit_id: AuditId, parts: Parts, caller: Anyone) -> StreamingResponse:
    """An event `progress` with the audit at every change, `end` with the last; the stream closes then."""
    await run_in_threadpool(visible, parts, caller, audit_id)
    return streamed(parts, caller, _followed(parts, caller, audit_id))


def streamed(parts: State, caller: Caller, content: AsyncIterator[str]) -> StreamingResponse:
    """Server-sent events. Raises 429 when the caller, or everybody, has too many streams open."""
    if not parts.streams.take(caller.key.id):
        told = f"{parts.service.streams_of_key} event streams of this key are open, or {parts.service.streams} in all"
        raise ProblemError(429, "streams", f"{told}; ask for the audit instead", headers={"Retry-After": "5"})
    return _EventStream(parts, caller.key.id, _while_valid(parts, caller.key.id, content))


async def _while_valid(parts: State, key_id: str, content: AsyncIterator[str]) -> AsyncIterator[str]:
    """What is said, until the key is revoked or has expired."""
    async for said in content:
        if not await run_in_threadpool(keys.holds, parts.database, key_id):
            return
        yield said


class _EventStream(StreamingResponse):
    """Gives its place back however it ends, before its first event as well."""

    def __init__(self, parts: State, key_id: str, content: AsyncIterator[str]) -> None:
        super().__init__(content, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self._parts, self._key_id = parts, key_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._parts.streams.give_back(self._key_id)


async def _followed(parts: State, caller: Caller, audit_id: str) -> AsyncIterator[str]:
    last, quiet = "", 0.0
    while not parts.stopping.is_set():
        try:
            audit = await run_in_threadpool(visible, parts, caller, audit_id)
        except MissingError:
            yield "event: end\ndata: null\n\n"
            return
        said = (await run_in_threadpool(audit_out, parts.database, audit)).model_dump_json()
        if said != last:
            ended = audit.state in _ENDED
            yield f"event: {'end' if ended else 'progress'}\ndata: {said}\n\n"
            if ended:
                return
            last, quiet = said, 0.0
        elif quiet >= _KEEP_OPEN:
            yield ": still here\n\n"
            quiet = 0.0
        await asyncio.sleep(_LOOK)
        quiet += _LOOK


_ASKED = ("json", "html", "text", *(name for name in FORMS if name not in ("json", "html", "text")))
_MEDIA = {FORMS[name].suffixes[0]: FORMS[name].media for name in _ASKED}
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_REPORTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report",
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": {"schema_version": "1", "id": "trade-2026-05", "findings": []}},
            "text/html": {"schema": {"type": "string"}, "example": "<!doctype html>..."},
            "text/plain": {"schema": {"type": "string"}, "example": "trade-2026-05: 1 critical ..."},
            **{
                FORMS[name].media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}, "example": f"a {name} file"}
                for name in _ASKED[3:]
            },
        },
    },
    **responses(401, 404, 406, 422, 429, 503),
}


@router.get("/{audit_id}/report", summary="The report, in the form that Accept asks for", response_class=Response, responses=_REPORTS)
def report(audit_id: AuditId, request: Request, parts: Parts, caller: Anyone) -> Response:
    """JSON (the contract), HTML, text, or a table, XML or SARIF by their media types."""
    return _report(parts, visible(parts, caller, audit_id), _accepted(request.headers.get("accept", "*/*")))


@router.get(
    "/{audit_id}/report.{suffix}", summary="The report by suffix: json, html, xlsx, ...", response_class=Response, responses=_REPORTS
)
def report_as(audit_id: AuditId, suffix: Annotated[str, Path(max_length=8)], parts: Parts, caller: Anyone) -> Response:
    """As `/report`, the form in the address."""
    audit = visible(parts, caller, audit_id)
    if suffix not in BY_SUFFIX:
        raise ProblemError(404, "not_found", f"a report can be {', '.join(_MEDIA)}")
    return _report(parts, audit, BY_SUFFIX[suffix].suffixes[0])


def _accepted(accept: str) -> str:
    """The form that an Accept header likes best. Raises 406."""
    ranked = []
    for place, part in enumerate(accept.split(",")):
        kind, *options = (p.strip().lower() for p in part.split(";"))
        quality = next((o[2:] for o in options if o.startswith("q=")), "1")
        ranked.append((-_quality(quality), place, kind))
    for less, _, kind in sorted(ranked):
        suffix = next((s for s, media in _MEDIA.items() if _fits(kind, media.partition(";")[0])), None)
        if suffix and less < 0:
            return suffix
    raise ProblemError(406, "not_acceptable", f"a report can be {', '.join(m.partition(';')[0] for m in _MEDIA.values())}")


def _quality(raw: str) -> float:
    try:
        return min(1.0, max(0.0, float(raw)))
    except ValueError:
        return 0.0


def _fits(wanted: str, media: str) -> bool:
    return wanted in ("*/*", "", media) or (wanted.endswith("/*") and media.startswith(wanted[:-1]))


def _report(parts: State, audit: Audit, suffix: str) -> Response:
    if audit.state != "finished":
        told = f"; {audit.error_message}" if audit.error_message else ""
        raise MissingError(f"there is no report of this audit: it is {audit.state}{told}")
    if audit.texts_removed_at is not None:
        raise MissingError("the texts and the report of this audit were removed with age; its counts are kept")
    value = audits.report_body(parts.database, audit.id)
    headers = {"Content-Security-Policy": _PAGE_POLICY} if suffix != "json" else {}
    if suffix == "json":
        return Response(json.dumps(value, ensure_ascii=False), 200, headers, _MEDIA[suffix])
    body = audits.submission_body(parts.database, audit.id)
    read, run = read_report(value, body["source"]["text"], {t["lang"]: t["text"] for t in body["translations"]})
    documents = documents_of(body)
    if BY_SUFFIX[suffix].binary:
        headers["Content-Disposition"] = f'attachment; filename="{audit.id}.{suffix}"'
    return Response(write(BY_SUFFIX[suffix].name, read, run, documents), 200, headers, _MEDIA[suffix])


@router.get(
    "/{audit_id}/changes",
    response_model=ChangesOut,
    summary="What is new, gone and still open",
    responses=responses(401, 404, 422, 429, 503),
)
def changes(audit_id: AuditId, parts: Parts, caller: Anyone) -> ChangesOut:
    """A finished audit against the finished revision before; without one everything is new."""
    audit = visible(parts, caller, audit_id)
    if audit.state != "finished":
        raise MissingError(f"there is nothing to compare: the audit is {audit.state}")
    before = audits.previous(parts.database, audit)
    rows = findings.list_findings(parts.database, findings.Filter(audit_id=audit.id), limit=100_000)
    gone = findings.gone(parts.database, audit, before) if before else []
    there = [r for r in rows if r.status == "open"]
    return ChangesOut.model_construct(
        audit=audit.id,
        previous=before.id if before else None,
        new=[finding_out(r) for r in rows if r.status == "new"],
        gone=[finding_out(r) for r in gone],
        still_open=[finding_out(r) for r in there if r.decision == "open"],
        decided=[finding_out(r) for r in there if r.decision != "open"],
    )


@router.delete(
    "/{audit_id}",
    summary="Cancel an audit, or delete one that has ended with its texts",
    response_model=None,
    status_code=204,
    responses={
        202: {"model": AuditOut, "description": "Cancelled"},
        204: {"description": "Deleted"},
        **responses(401, 403, 404, 422, 429, 503),
    },
)
def remove(audit_id: AuditId, parts: Parts, caller: Anyone) -> Response:
    """One that is queued or running is cancelled and stays on record (202); one that has ended is deleted for good (204)."""
    audit = visible(parts, caller, audit_id)
    with parts.database.write() as connection:
        cancelled = audits.cancel(connection, audit.id)
        if not cancelled:
            audits.delete(connection, audit)
            findings.compare(connection, audit)
    if not cancelled:
        return Response(status_code=204)
    parts.queue.cancel(audit.id)
    body = audit_out(parts.database, audits.get_audit(parts.database, audit.id)).model_dump_json()
    return Response(body, 202, media_type="application/json")
