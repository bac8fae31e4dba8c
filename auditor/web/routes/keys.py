"""API keys and page sessions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from auditor.store import keys
from auditor.store.ids import now
from auditor.web.access import COOKIE, Admin, Anyone
from auditor.web.bodies import KeyIn, SessionIn
from auditor.web.problems import ProblemError, responses
from auditor.web.schemas import KeyList, KeyOut, SessionOut
from auditor.web.state import Parts
from auditor.web.views import key_out

router = APIRouter(prefix="/v1", tags=["keys"])
KeyId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9_]+$", examples=["key_9a8b7c6d5e4f3a2b1c0d9e8f"])]


@router.get("/keys", response_model=KeyList, summary="List keys", responses=responses(401, 403, 429, 503))
def listed(parts: Parts, caller: Admin) -> KeyList:
    """All of them, the newest first, without their secrets."""
    return KeyList(items=[key_out(k) for k in keys.list_keys(parts.database)])


@router.post(
    "/keys", status_code=201, response_model=KeyOut, summary="Make a key", responses=responses(400, 401, 403, 413, 415, 422, 429, 503)
)
def make(sent: KeyIn, parts: Parts, caller: Admin) -> KeyOut:
    """The key is in this answer and nowhere else: only a digest of it is kept."""
    expires = sent.expires_at()
    if expires is not None and expires <= now():
        raise ProblemError(422, "bad_fields", "the key would have expired already", "/expires")
    return key_out(*keys.create_key(parts.database, sent.role, sent.name, expires))


@router.delete("/keys/{key_id}", response_model=KeyOut, summary="Revoke a key", responses=responses(401, 403, 404, 422, 429, 503))
def revoke(key_id: KeyId, request: Request, parts: Parts, caller: Admin) -> KeyOut:
    """From now on it opens nothing; what was done with it stays on record."""
    revoked = key_out(keys.revoke_key(parts.database, key_id))
    request.app.state.access.forget()
    return revoked


@router.post("/session", response_model=SessionOut, summary="Open a page session", responses=responses(400, 401, 413, 415, 422, 503))
def sign_in(sent: SessionIn, request: Request, response: Response, parts: Parts) -> SessionOut:
    """Sets a cookie that scripts cannot read; what changes something needs the token of this answer in X-CSRF-Token."""
    key = keys.find_key(parts.database, sent.key)
    if key is None or not key.is_valid(now()):
        raise ProblemError(401, "no_key", "this key is not known, has expired or was revoked")
    token = request.app.state.access.open_session(key, request, response)
    return SessionOut(name=key.name, role=key.role, csrf_token=token)


@router.delete("/session", status_code=204, summary="Close the page session", responses=responses(401, 403, 429, 503))
def sign_out(caller: Anyone, request: Request) -> Response:
    """Ends the session, also where its cookie was copied to, and takes the cookie back."""
    request.app.state.access.close_session(request)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response
