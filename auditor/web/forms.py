"""Forms as they were sent: whole, and in UTF-8. What the framework would let pass is refused: a last field that is lost with the
closing boundary, and a field of other bytes, which would be read as Latin-1."""

from __future__ import annotations

from dataclasses import dataclass

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from auditor.web.problems import ProblemError

MOST_PART = 64 * 1024 * 1024
"""Bytes of one field: beyond the limit of a body, which speaks first."""
_MOST_FILES = 20


_KEPT = "multipart/form-data; charset=latin-1"
"""Latin-1 keeps every byte as it is, so that fields can be decoded strictly here."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    name: str
    content: bytes


async def fields_of(request: Request, most_fields: int) -> dict[str, str | Upload]:
    """The fields and files of a form by name. Raises ProblemError as `multipart_of`, and 422 for a field that is there twice."""
    form = await multipart_of(request, most_fields)
    try:
        names = [name for name, _ in form.multi_items()]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ProblemError(422, "bad_fields", f"the field {twice[:60]!r} is there twice", f"/{twice[:60]}")
        return {n: v if isinstance(v, str) else Upload((v.filename or "")[:200], await v.read()) for n, v in form.items()}
    finally:
        await form.close()


async def multipart_of(request: Request, most_fields: int) -> FormData:
    """The fields of a multipart form; whoever asks closes it. Raises ProblemError: 400 for a broken form, 422 for a field not in UTF-8."""
    _, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    raw = await request.body()  # no larger than a body may be: the middleware sees to that
    closing = b"--" + boundary + b"--"
    if boundary and not raw.startswith(closing) and b"\r\n" + closing not in raw:
        told = "the form breaks off: its closing boundary is missing, and what was sent last with it; send it again"
        raise ProblemError(400, "bad_request", told)
    try:
        headers = Headers({"content-type": _KEPT + (f'; boundary="{_quoted(boundary)}"' if boundary else "")})
        parser = MultiPartParser(headers, request.stream(), max_files=_MOST_FILES, max_fields=most_fields, max_part_size=MOST_PART)
        found = await parser.parse()
    except MultiPartException as error:
        raise ProblemError(400, "bad_request", error.message) from None
    try:
        return FormData([(_utf8(name, "a field's name"), _value(name, value)) for name, value in found.multi_items()])
    except ProblemError:
        await found.close()
        raise


def _quoted(boundary: bytes) -> str:
    return boundary.decode("latin-1").replace("\\", "\\\\").replace('"', '\\"')


def _value(name: str, value: str | UploadFile) -> str | UploadFile:
    if isinstance(value, str):
        return _utf8(value, f"the field {name[:60]}", f"/{name[:60]}")
    value.filename = value.filename and _utf8(value.filename, f"the file name of the field {name[:60]}", f"/{name[:60]}")
    return value


def _utf8(field: str, what: str, pointer: str | None = None) -> str:
    try:
        return field.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(422, "bad_encoding", f"{what} is not UTF-8 (byte {error.start + 1}); save it as UTF-8", pointer) from None
