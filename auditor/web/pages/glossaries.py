"""Glossaries: everybody reads them; who administers the service stores versions and removes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import TypeAdapter, ValidationError

from auditor.errors import ConflictError, MissingError
from auditor.lang.base import language_codes
from auditor.store import glossaries
from auditor.store.glossaries import Glossary
from auditor.web.bodies import EntryIn
from auditor.web.bodies import Name as NameIn
from auditor.web.pages.frame import Administering, PageRoute, Posted, Seen, Visitor, field, go, page
from auditor.web.problems import ProblemError
from auditor.web.state import Parts, State

router = APIRouter(route_class=PageRoute)
Name = Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
_NAME: TypeAdapter[str] = TypeAdapter(NameIn)
_MOST = 8 * 1024 * 1024
_YES = {"yes", "true", "1", "x"}


@router.get("/glossaries")
def listed(request: Request, who: Seen, parts: Parts) -> Response:
    """By name, each in its newest version."""
    return _list(request, who, parts)


def _list(request: Request, who: Visitor, parts: State, problem: str = "", name: str = "", text: str = "", status: int = 422) -> Response:
    found = glossaries.list_glossaries(parts.database)
    return page(
        request,
        "glossaries.html",
        who,
        status if problem else 200,
        glossaries=found,
        problem=problem,
        name=name,
        text=text,
        languages=_languages(),
    )


@router.get("/glossaries/{name}")
def one(
    request: Request, who: Seen, name: Name, parts: Parts, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    """Its entries in the newest version, or that one."""
    found = glossaries.get_glossary(parts.database, name, version)
    return _one(request, who, parts, found)


def _one(request: Request, who: Visitor, parts: State, found: Glossary, problem: str = "", text: str = "", status: int = 422) -> Response:
    return page(
        request, "glossary.html", who, status if problem else 200, glossary=found, versions=glossaries.versions(parts.database, found.name),
        problem=problem, text=text or _table(found), columns=_columns(found), rows=[_row(e) for e in found.entries or ()],
    )  # fmt: skip


@router.post("/glossaries")
def store(request: Request, who: Administering, form: Posted, parts: Parts) -> Response:
    """A new glossary, or a new version of the one that its form showed; nobody else's newer version is replaced (409)."""
    name, text, version = field(form, "name", 200), field(form, "entries", _MOST), field(form, "version", 9)
    try:
        _NAME.validate_python(name)
    except ValidationError:
        return _list(request, who, parts, who.t("glossary.bad_name"), name, text)
    seen = int(version) if version.isdecimal() else 0
    try:
        entries = list(_entries(text))
        glossaries.save_glossary(parts.database, name, entries, who.caller.key.name, seen)
    except ProblemError as error:
        return _again(request, who, parts, name, text, seen, error.detail, 422)
    except ConflictError:
        return _again(request, who, parts, name, text, seen, "", 409)
    return go(f"/glossaries/{name}")


def _again(request: Request, who: Visitor, parts: State, name: str, text: str, seen: int, told: str, status: int) -> Response:
    """The form with what was typed: under the glossary as it is now, or for a new one."""
    try:
        found = glossaries.get_glossary(parts.database, name) if seen else None
    except MissingError:
        found = None  # somebody has removed it
    if found is not None:
        changed = who.t("glossary.changed", who=found.author, version=found.version)
        return _one(request, who, parts, found, told or changed, text, status)
    return _list(request, who, parts, told or who.t("glossary.removed" if seen else "glossary.exists"), name, text, status)


@router.post("/glossaries/{name}/remove")
def remove(name: Name, who: Administering, form: Posted, parts: Parts) -> Response:
    """New audits cannot use it; its versions stay for those that did."""
    glossaries.remove_glossary(parts.database, name)
    return go("/glossaries")


def _languages() -> list[str]:
    return [code for code in language_codes() if code != "en"]


def _entries(text: str) -> Iterator[dict[str, Any]]:
    """Entries of a table with the columns of the command line's glossary files: source, a column a language, note. Raises ProblemError."""
    rows = csv.reader(io.StringIO(text))
    header = [cell.strip() for cell in next(rows, [])]
    if "source" not in header or len(header) < 2:
        raise ProblemError(422, "bad_fields", f"the first line must name the columns, such as source,{','.join(_languages())},note")
    for row in rows:
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if not any(cells.values()):
            continue
        value: dict[str, Any] = {"source": cells.pop("source", "")}
        if note := cells.pop("note", ""):
            value["note"] = note
        if variants := _several(cells.pop("variants", "")):
            value["variants"] = variants
        if cells.pop("do_not_translate", "").casefold() in _YES:
            value["do_not_translate"] = True
        found = {lang: _several(cell) for lang, cell in cells.items() if lang}
        value |= {lang: targets if len(targets) > 1 else targets[0] for lang, targets in found.items() if targets}
        try:
            yield EntryIn.model_validate(value).model_dump(exclude_defaults=True)
        except ValidationError as error:
            told = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
            raise ProblemError(422, "bad_fields", f"line {rows.line_num}: {told}") from None


def _several(cell: str) -> list[str]:
    return [x.strip() for x in cell.split("|") if x.strip()]


def _columns(glossary: Glossary) -> list[str]:
    """The languages of the service and of the glossary, and what else its entries say."""
    said = {key for entry in glossary.entries or () for key in entry}
    more = sorted(said - {*_languages(), "source", "variants", "do_not_translate", "note"})
    return ["source", *(["variants"] if "variants" in said else []), *_languages(), *more,
            *(["do_not_translate"] if "do_not_translate" in said else []), "note"]  # fmt: skip


def _row(entry: Mapping[str, Any]) -> dict[str, str]:
    """An entry as the cells of its table."""

    def cell(value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else ""
        return " | ".join(map(str, value)) if isinstance(value, list) else str(value or "")

    return {key: cell(value) for key, value in entry.items()}


def _table(glossary: Glossary) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _columns(glossary), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(e) for e in glossary.entries or ())
    return out.getvalue()
