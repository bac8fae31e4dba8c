"""Who asks, and what they may: keys in a header for tools, a signed session cookie for pages, roles, rates.

A page's session is a cookie that scripts cannot read and other sites cannot send (HttpOnly, SameSite=Strict); what changes something
needs its CSRF token in a header as well. The cookie stands for a session that the store knows: signing out ends it wherever the cookie
has got to, and a revoked key ends its own.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from cachetools import TTLCache
from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPBearer
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from auditor.settings import Service
from auditor.store import sessions
from auditor.store.database import Database
from auditor.store.ids import now
from auditor.store.keys import ROLES, Key, Role, find_key, session_secret
from auditor.web.problems import ProblemError

COOKIE = "auditor_session"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_MOST_KEY = 200
_ENDED = "this session has ended; sign in again"
RECENT = 0.5
"""Seconds for which a key that was looked up is not looked up again: one revoked by another process works that much longer."""
_MOST_RECENT = 1000
bearer = HTTPBearer(auto_error=False, description="A key made with `auditor keys create`")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks."""

    key: Key

    @property
    def sees(self) -> str | None:
        """The key whose audits the caller may see; None: all."""
        return self.key.id if self.key.role == "translator" else None


class Access:
    """What the routes ask about a request."""

    def __init__(self, database: Database, service: Service) -> None:
        self._database = database
        self._service = service
        self._signer = URLSafeTimedSerializer(session_secret(database), salt="session")
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._rate = RateLimitItemPerMinute(service.rate)
        self._recent = _recent()

    async def caller(self, request: Request) -> Caller:
        """Whoever sent the request. Raises 401, 403 for a session without its token, 429 beyond the rate."""
        sent = request.headers.get("authorization", "")
        recent = self._recent
        key = recent.get(sent)
        if key is None:
            key = await run_in_threadpool(self._looked_up, sent, request)
            if sent and key is not None:
                recent[sent] = key
        return self._admitted(key)

    def _looked_up(self, sent: str, request: Request) -> Key | None:
        if not sent:
            return self._session(request)
        kind, _, secret = sent.partition(" ")
        return find_key(self._database, secret.strip()) if kind.lower() == "bearer" and len(secret) < _MOST_KEY else None

    def forget(self) -> None:
        """Look every key up again: one was revoked."""
        self._recent = _recent()

    def _admitted(self, key: Key | None) -> Caller:
        if key is None:
            raise _no_key("send a key as Authorization: Bearer KEY; auditor keys create makes one")
        return self._checked(key)

    def page(self, request: Request) -> tuple[Caller, str]:
        """Whoever's session a page is asked for with, and its CSRF token, which the page puts into its forms. Raises 401, 429."""
        said = self._said(request)
        if said is None:
            raise _no_key("sign in with a key first")
        return self._checked(self._key_of(said[0])), said[1]

    def _checked(self, key: Key) -> Caller:
        if not key.is_valid(now()):
            raise _no_key("this key was revoked" if key.revoked_at else "this key has expired")
        if not self._limiter.hit(self._rate, key.id):
            left = max(1, round(self._limiter.get_window_stats(self._rate, key.id).reset_time - now() / 1000))
            told = f"more than {self._service.rate} requests a minute with this key; try again in {left} seconds"
            raise ProblemError(429, "rate", told, headers={"Retry-After": str(left)})
        return Caller(key)

    def _session(self, request: Request) -> Key | None:
        said = self._said(request)
        if said is None:
            return None
        secret, token = said
        key = self._key_of(secret)
        if request.method not in _SAFE and not hmac.compare_digest(token.encode(), request.headers.get(CSRF_HEADER, "").encode()):
            raise ProblemError(403, "csrf", f"what a page changes needs the session's token in the header {CSRF_HEADER}")
        return key

    def _said(self, request: Request) -> tuple[str, str] | None:
        """(secret, CSRF token) of the session's cookie, None without one. Raises 401 for one that does not hold."""
        raw = request.cookies.get(COOKIE)
        if not raw:
            return None
        try:
            said: dict[str, Any] = self._signer.loads(raw, max_age=self._service.session_hours * 3600)
            return str(said["session"]), str(said["csrf"])
        except (BadSignature, KeyError, TypeError):
            raise _no_key(_ENDED) from None

    def _key_of(self, secret: str) -> Key:
        key = sessions.key_of(self._database, secret)
        if key is None:
            raise _no_key(_ENDED)
        return key

    def close_session(self, request: Request) -> None:
        """End the session that the request came with, if it did."""
        if said := self._said(request):
            sessions.end(self._database, said[0])

    def open_session(self, key: Key, request: Request, response: Response) -> str:
        """Begin a session, set its cookie; its CSRF token."""
        token = secrets.token_urlsafe(24)
        response.set_cookie(
            COOKIE,
            self._signer.dumps({"session": sessions.begin(self._database, key.id), "csrf": token}),
            max_age=self._service.session_hours * 3600,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return token


def _recent() -> TTLCache[str, Key]:
    """Keys by the header that they came in; only the event loop reads and writes it."""
    return TTLCache(_MOST_RECENT, RECENT)


def _no_key(detail: str) -> ProblemError:
    return ProblemError(401, "no_key", detail, headers={"WWW-Authenticate": 'Bearer realm="translation-auditor"'})


async def json_only(request: Request) -> None:
    """A body that FastAPI reads is JSON. Raises 415 for another."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if getattr(request.scope["route"], "body_field", None) is not None and kind != "application/json":
        raise ProblemError(415, "content_type", "send application/json")


async def known_caller(request: Request, _: Annotated[object, Depends(bearer)]) -> Caller:
    """The caller, of any role."""
    caller: Caller = await request.app.state.access.caller(request)
    request.scope["auditor.key"] = caller.key.id
    return caller


def at_least(role: Role) -> Callable[[Caller], Awaitable[Caller]]:
    """A caller of that role or a higher one. Raises 403."""
    allowed = ROLES[ROLES.index(role) :]

    async def check(caller: Annotated[Caller, Depends(known_caller)]) -> Caller:
        if caller.key.role not in allowed:
            who = " or ".join(f"an {r}" for r in allowed)
            raise ProblemError(403, "forbidden", f"only {who} may do this; this key is of the role {caller.key.role}")
        return caller

    return check


Anyone = Annotated[Caller, Depends(known_caller)]
Editor = Annotated[Caller, Depends(at_least("editor"))]
Admin = Annotated[Caller, Depends(at_least("admin"))]
