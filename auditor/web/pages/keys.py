"""Keys: made, shown once, revoked, by who administers the service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, get_args

from fastapi import APIRouter, Path, Request, Response

from auditor.store import keys
from auditor.store.ids import now
from auditor.store.keys import ROLES, Key, Role
from auditor.web.pages.frame import Administering, PageRoute, Posted, Visitor, field, go, page
from auditor.web.problems import ProblemError
from auditor.web.state import Parts, State

router = APIRouter(route_class=PageRoute)
KeyId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9_]+$")]


@router.get("/keys")
def listed(request: Request, who: Administering, parts: Parts) -> Response:
    """All of them, the newest first."""
    return _list(request, who, parts)


def _list(
    request: Request, who: Visitor, parts: State, problem: str = "", made: Key | None = None, secret: str = "", status: int = 200
) -> Response:
    found = keys.list_keys(parts.database)
    return page(request, "keys.html", who, status, keys=found, roles=ROLES, problem=problem, made=made, secret=secret, at=now())


@router.post("/keys")
def make(request: Request, who: Administering, form: Posted, parts: Parts) -> Response:
    """The new key is on this page and nowhere else: only a digest of it is kept."""
    role, name, expires = field(form, "role", 20), field(form, "name", 200), field(form, "expires", 10)
    if role not in get_args(Role):
        raise ProblemError(422, "bad_fields", f"{role!r} is no role", "/role")
    try:
        until = _end_of(expires)
    except ValueError:
        return _list(request, who, parts, who.t("keys.bad_date"), status=422)
    made, secret = keys.create_key(parts.database, role, name, until)  # type: ignore[arg-type]
    return _list(request, who, parts, made=made, secret=secret, status=201)


def _end_of(day: str) -> int | None:
    """The end of a day in milliseconds since 1970, UTC. Raises ValueError for none, or one that is over."""
    if not day:
        return None
    end = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    if not 2000 < end.year < 9999:
        raise ValueError(day)
    at = int((end + timedelta(days=1)).timestamp() * 1000)
    if at <= now():
        raise ValueError(day)
    return at


@router.post("/keys/{key_id}/revoke")
def revoke(key_id: KeyId, request: Request, who: Administering, form: Posted, parts: Parts) -> Response:
    """From now on it opens nothing, and its sessions have ended; what was done with it stays on record."""
    keys.revoke_key(parts.database, key_id)
    request.app.state.access.forget()
    return go("/keys")
