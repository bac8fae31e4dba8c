"""Signing in with a key, signing out, and the language of the interface."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from auditor.errors import AuditorError
from auditor.store import keys
from auditor.store.ids import now
from auditor.web.access import COOKIE
from auditor.web.pages.frame import Form, PageRoute, Posted, field, go, local, page, remember_language, visitor
from auditor.web.problems import ProblemError
from auditor.web.state import Parts

router = APIRouter(route_class=PageRoute)
_MOST_KEY = 200


@router.get("/")
def root() -> Response:
    """The desk begins at the inbox."""
    return go("/inbox")


@router.get("/sign-in")
def ask(request: Request, next: str = "") -> Response:
    """The form for the key; whoever is signed in goes on."""
    try:
        visitor(request)
    except (ProblemError, AuditorError):
        return page(request, "sign_in.html", None, next=local(next), problem="")
    return go(local(next))


@router.post("/sign-in")
def sign_in(request: Request, form: Form, parts: Parts) -> Response:
    """Open a session with a key; a wrong one is asked for again."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise ProblemError(403, "csrf", "this form is from another site; sign in on the desk's own page")
    secret, further = str(form.get("key", "")).strip(), local(form.get("next"))
    key = keys.find_key(parts.database, secret) if 0 < len(secret) < _MOST_KEY and secret.isprintable() else None
    if key is None or not key.is_valid(now()):
        problem = "signing.empty" if not secret else "signing.unknown" if key is None else "signing.ended"
        return page(request, "sign_in.html", None, 401, next=further, problem=problem)
    answer = go(further)
    request.app.state.access.open_session(key, request, answer)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, form: Posted) -> Response:
    """End the session, also where its cookie was copied to."""
    request.app.state.access.close_session(request)
    answer = go("/sign-in")
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


@router.post("/language")
def language(request: Request, form: Form) -> Response:
    """Remember the language of the interface; it is no secret and changes nothing else, so that it needs no session."""
    code = field(form, "language", 10)
    answer = go(local(form.get("next")))
    remember_language(request, answer, code)
    return answer
