"""Glossaries: versioned lists of terms."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError

from auditor.store import glossaries
from auditor.web.access import Admin, Anyone, KeyRoute
from auditor.web.bodies import GlossaryIn
from auditor.web.forms import fields_of
from auditor.web.problems import ProblemError, responses, validation
from auditor.web.schemas import GlossaryList, GlossaryOut
from auditor.web.state import Parts
from auditor.web.submitting import glossary_from_file, glossary_from_form
from auditor.web.views import glossary_out

router = APIRouter(prefix="/v1/glossaries", tags=["glossaries"], route_class=KeyRoute)
GlossaryName = Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["house-style"])]


@router.get("", response_model=GlossaryList, summary="List glossaries", responses=responses(401, 429, 503))
def listed(parts: Parts, caller: Anyone) -> GlossaryList:
    """By name, each in its newest version, without entries."""
    return GlossaryList(items=[glossary_out(g) for g in glossaries.list_glossaries(parts.database)])


_FILES = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/x-tbx+xml": ".tbx",
    "application/x-tbx": ".tbx",
    "application/xml": ".tbx",
    "text/xml": ".tbx",
}
"""Media types of glossary files, and the endings of their names."""
_FORM: dict[str, Any] = {
    "type": "object",
    "required": ["glossary"],
    "properties": {"glossary": {"type": "string", "format": "binary", "description": "a file: .csv, .tsv, .xlsx or .tbx"}},
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/GlossaryIn"}},
            "text/csv": {"schema": {"type": "string"}, "example": "source,zh,ja\nStrait of Hormuz,霍尔木兹海峡,ホルムズ海峡\n"},
            "multipart/form-data": {"schema": _FORM, "example": {"glossary": "source,zh\nStrait of Hormuz,霍尔木兹海峡\n"}},
        },
    }
}


@router.put(
    "/{name}",
    response_model=GlossaryOut,
    summary="Store a glossary",
    openapi_extra=_BODY,
    responses=responses(400, 401, 403, 413, 415, 422, 429, 503),
)
async def save(name: GlossaryName, request: Request, parts: Parts, caller: Admin) -> Response:
    """A new version; the same entries again make none. Audits that used an older one keep it.

    JSON, or a file by its media type (CSV, TSV, an Excel sheet, TBX) or in the form field `glossary`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        made = partial(glossary_from_form, await fields_of(request, most_fields=4))
    elif kind in _FILES:
        made = partial(glossary_from_file, await request.body(), f"glossary{_FILES[kind]}")
    elif kind == "application/json":
        made = partial(GlossaryIn.model_validate_json, await request.body())
    else:
        told = f"send application/json, multipart/form-data, or a file as {', '.join(_FILES)}"
        raise ProblemError(415, "content_type", told)

    def stored() -> GlossaryOut:
        entries = [e.model_dump(exclude_defaults=True) for e in made().entries]
        return glossary_out(glossaries.save_glossary(parts.database, name, entries, caller.key.name))

    try:
        shown = await run_in_threadpool(stored)
    except ValidationError as error:
        return validation(error.errors(include_url=False, include_input=False))
    return Response(shown.model_dump_json(), media_type="application/json")


@router.get("/{name}", response_model=GlossaryOut, summary="A glossary in its newest version", responses=responses(401, 404, 422, 429, 503))
def one(name: GlossaryName, parts: Parts, caller: Anyone) -> GlossaryOut:
    """With its entries."""
    return glossary_out(glossaries.get_glossary(parts.database, name))


@router.get("/{name}/versions", response_model=GlossaryList, summary="Its versions", responses=responses(401, 404, 422, 429, 503))
def versions(name: GlossaryName, parts: Parts, caller: Anyone) -> GlossaryList:
    """The newest first, without entries."""
    return GlossaryList(items=[glossary_out(g) for g in glossaries.versions(parts.database, name)])


@router.get("/{name}/versions/{version}", response_model=GlossaryOut, summary="One version", responses=responses(401, 404, 422, 429, 503))
def version(name: GlossaryName, version: Annotated[int, Path(ge=1, le=2**31 - 1)], parts: Parts, caller: Anyone) -> GlossaryOut:
    """With its entries."""
    return glossary_out(glossaries.get_glossary(parts.database, name, version))


@router.delete("/{name}", status_code=204, summary="Remove a glossary", responses=responses(401, 403, 404, 422, 429, 503))
def remove(name: GlossaryName, parts: Parts, caller: Admin) -> Response:
    """New audits cannot use it; its versions stay for those that did."""
    glossaries.remove_glossary(parts.database, name)
    return Response(status_code=204)
