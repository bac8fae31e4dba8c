"""Glossaries: versioned lists of terms."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from auditor.store import glossaries
from auditor.web.access import Admin, Anyone, KeyRoute
from auditor.web.bodies import GlossaryIn
from auditor.web.problems import responses
from auditor.web.schemas import GlossaryList, GlossaryOut
from auditor.web.state import Parts
from auditor.web.views import glossary_out

router = APIRouter(prefix="/v1/glossaries", tags=["glossaries"], route_class=KeyRoute)
GlossaryName = Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", examples=["house-style"])]


@router.get("", response_model=GlossaryList, summary="List glossaries", responses=responses(401, 429, 503))
def listed(parts: Parts, caller: Anyone) -> GlossaryList:
    """By name, each in its newest version, without entries."""
    return GlossaryList(items=[glossary_out(g) for g in glossaries.list_glossaries(parts.database)])


@router.put("/{name}", response_model=GlossaryOut, summary="Store a glossary", responses=responses(400, 401, 403, 413, 415, 422, 429, 503))
def save(name: GlossaryName, sent: GlossaryIn, parts: Parts, caller: Admin) -> GlossaryOut:
    """A new version; the same entries again make none. Audits that used an older one keep it."""
    entries = [e.model_dump(exclude_defaults=True) for e in sent.entries]
    return glossary_out(glossaries.save_glossary(parts.database, name, entries, caller.key.name))


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
