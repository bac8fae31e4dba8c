"""Errors as RFC 9457 problem details: every answer of 400 or more is one, whatever raised it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from auditor.errors import AuditorError, ConflictError, InputError, MissingError, StoreError, TooLargeError, TooManyError, UsageError

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger("auditor.web")
TITLES = {
    400: "The request cannot be read",
    401: "A key is needed",
    403: "This key may not do that",
    404: "Not found",
    405: "Not this method",
    406: "Not in this form",
    409: "It does not fit the present state",
    408: "Too slow",
    413: "Too large",
    415: "Not this content type",
    422: "The request is not right",
    429: "Too many requests",
    500: "A fault of the auditor itself",
    503: "Not at the moment",
}
_STATUS: tuple[tuple[type[AuditorError], int], ...] = (
    (MissingError, 404),
    (TooManyError, 429),
    (ConflictError, 409),
    (TooLargeError, 413),
    (InputError, 422),
    (UsageError, 422),
    (StoreError, 503),
)


class FieldProblem(BaseModel):
    """One field that is wrong."""

    pointer: str = Field(description="JSON pointer into the body, or the name of a parameter", examples=["/translations/0/lang"])
    detail: str = Field(examples=["language 'xx' is not known; use one of en, ja, zh"])


class Problem(BaseModel):
    """What went wrong, where, and what to do (RFC 9457)."""

    type: str = Field(examples=["urn:translation-auditor:wrong_language"])
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = Field(default=None, description="for bad fields")


class ProblemError(Exception):
    """An answer of 400 or more. `pointer` names the field it is about."""

    def __init__(self, status: int, code: str, detail: str, pointer: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.pointer, self.headers = status, code, detail, pointer, headers


def answer(
    status: int, code: str, detail: str, errors: Iterable[tuple[str, str]] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The problem as a response."""
    told: dict[str, Any] = {
        "type": f"urn:translation-auditor:{code}",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
    }
    fields = [{"pointer": _shown(pointer), "detail": _shown(why)} for pointer, why in errors]
    if fields:
        told["errors"] = fields
    told["detail"] = _shown(detail)
    return JSONResponse(told, status, dict(headers or {}), MEDIA_TYPE)


def _shown(text: str) -> str:
    """What a client sent may be no text at all (lone surrogates): it must not break the answer."""
    return text.encode("utf-8", "backslashreplace").decode()[:2000]


def status_of(error: AuditorError) -> int:
    """The status that says what kind of error it is."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 422)


def install(app: FastAPI) -> None:
    """Answer every error with a problem."""

    @app.exception_handler(ProblemError)
    async def problem(_: Request, error: ProblemError) -> JSONResponse:
        fields = [(error.pointer, error.detail)] if error.pointer is not None else []
        return answer(error.status, error.code, error.detail, fields, error.headers)

    @app.exception_handler(AuditorError)
    async def known(_: Request, error: AuditorError) -> JSONResponse:
        status = status_of(error)
        return answer(status, error.code, str(error), headers={"Retry-After": "5"} if status in (429, 503) else None)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return validation(error.errors())

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        told = _TOLD.get(str(error.detail), str(error.detail))
        return answer(error.status_code, _CODES.get(error.status_code, "error"), told, headers=error.headers)


_TOLD = {
    "Not Found": "there is nothing at this address; /openapi.json says what there is",
    "Method Not Allowed": "this address does not take that method; the header Allow says which it takes",
    "There was an error parsing the body": "the body cannot be read as UTF-8 JSON",
}
_CODES = {400: "bad_request", 401: "no_key", 403: "forbidden", 404: "not_found", 405: "method", 413: "too_large", 415: "content_type"}


def fault(error: Exception) -> JSONResponse:
    """For an error that nobody foresaw; the log says more."""
    log.error("a fault of the auditor itself", error=type(error).__name__, exc_info=error)
    return answer(500, "internal", "a fault of the auditor itself; its log says more under the id in X-Request-ID")


def validation(errors: Iterable[Mapping[str, Any]]) -> JSONResponse:
    """Pydantic's errors: each with a pointer to the field; a body that is no JSON is 400."""
    found = list(errors)
    if any(e["type"] == "json_invalid" for e in found):
        why = next(str(e.get("ctx", {}).get("error") or e["msg"]) for e in found if e["type"] == "json_invalid")
        return answer(400, "bad_json", f"the body is not JSON: {why}")
    fields = [(pointer(e["loc"]), str(e["msg"]).removeprefix("Value error, ")) for e in found]
    detail = "; ".join(f"{where or '/'}: {why}" for where, why in fields[:3]) + (f"; and {len(fields) - 3} more" if len(fields) > 3 else "")
    return answer(422, "bad_fields", detail, fields[:100])


def pointer(location: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901) of a field in the body, the name of a parameter."""
    parts = [str(p) for p in location if not str(p).startswith("\0")]  # a union's branch (bodies.BRANCH) is no part of the document
    if parts and parts[0] in ("path", "query", "header", "cookie"):
        return ".".join(parts[1:]) or parts[0]
    if parts and parts[0] == "body":
        parts = parts[1:]
    return "".join("/" + p.replace("~", "~0").replace("/", "~1") for p in parts)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: the problems a call may answer, with an example each; a call with a body may also be too slow (408)."""
    return {
        status: {"model": Problem, "description": TITLES[status], "content": {MEDIA_TYPE: {"example": _example(status)}}}
        for status in sorted({*statuses, *((408,) if 413 in statuses else ())})
    }


def _example(status: int) -> dict[str, Any]:
    code, detail = _EXAMPLES.get(status, ("error", TITLES[status]))
    example: dict[str, Any] = {"type": f"urn:translation-auditor:{code}", "title": TITLES[status], "status": status, "detail": detail}
    if status == 422:
        example["errors"] = [{"pointer": "/translations/0/lang", "detail": detail}]
    return example


_EXAMPLES = {
    400: ("bad_json", "the body is not JSON: EOF while parsing an object at line 1 column 10"),
    401: ("no_key", "send a key as Authorization: Bearer KEY; auditor keys create makes one"),
    403: ("forbidden", "only an editor or an admin may do this; this key is a translator's"),
    404: ("not_found", "there is no audit aud_3f9a1c20b7d14e5a9c8b7a60"),
    406: ("not_acceptable", "a report can be application/json, text/html, text/csv, ..."),
    409: ("conflict", "this Idempotency-Key came with another body before; use a new key for a new submission"),
    408: ("too_slow", "nothing more of the body came for 30 seconds; send it again"),
    413: ("too_large", "the body has more than 16 MB; split the article"),
    415: ("content_type", "send application/json or multipart/form-data"),
    422: ("wrong_language", "language 'xx' is not known; use one of en, ja, zh"),
    429: ("rate", "more than 6000 requests a minute with this key; try again in 12 seconds"),
    503: ("store_away", "the database cannot be reached at the moment; try again"),
}
