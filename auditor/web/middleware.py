"""Around every request: an id, a line in the log, a limit on its body, headers that keep browsers safe, counts for the metrics."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable, Mapping

import structlog
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auditor.web.problems import answer, fault

log = structlog.get_logger("auditor.web")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class BodyTooSlowError(Exception):
    """A client began a body and sent no more of it."""


class BodyTooLargeError(Exception):
    """More bytes came than a body may have."""


Page = Callable[[Scope, int, str, str, Mapping[str, str]], Response | None]
"""The page of an error (status, code, detail, headers), None where none is wanted."""


class Around:
    """The outermost layer. `count` is told (method, route, status, seconds) of each request; `page` makes what a browser is told."""

    def __init__(self, app: ASGIApp, most: int, patience: float, count: Callable[[str, str, int, float], None], page: Page) -> None:
        self.app, self.most, self.patience, self.count, self.page = app, most, patience, count, page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope["auditor.request"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request_id)
        begun, status = time.perf_counter(), 0
        most = min(self.most, _WITHOUT_KEY) if scope["path"] in _SIGNING else self.most

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                out = MutableHeaders(scope=message)
                out["X-Request-ID"] = request_id
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
            await send(message)

        try:
            await _Limited(self.app, most, self.patience)(scope, receive, sent)
        except BodyTooLargeError:
            told = f"the body has more than {most:,} bytes; split the article"
            await self._refuse(413, "too_large", told, scope, receive, sent)
        except BodyTooSlowError:
            told = f"nothing more of the body came for {self.patience:.0f} seconds, or all of it took too long; send it again"
            await self._refuse(408, "too_slow", told, scope, receive, sent)
        except Exception as error:
            if status:
                raise  # what is being answered can only be broken off
            await fault(error)(scope, receive, sent)
        finally:
            self._note(scope, status or 500, time.perf_counter() - begun)

    async def _refuse(self, status: int, code: str, told: str, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Connection": "close"}
        made = await run_in_threadpool(self.page, scope, status, code, told, headers)  # it asks the store who looks
        await (made or answer(status, code, told, headers=headers))(scope, receive, send)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or "unknown"
        self.count(scope["method"], route, status, seconds)
        took = round(seconds * 1000, 1)
        log.info("request", method=scope["method"], route=route, status=status, milliseconds=took, key=scope.get("auditor.key"))


class _Limited:
    """Reads no more of a body than it may have, whether its length was declared or not, and waits for no part of it for ever."""

    def __init__(self, app: ASGIApp, most: int, patience: float) -> None:
        self.app, self.most, self.patience = app, most, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and (len(declared) > _DIGITS or int(declared) > self.most):
            raise BodyTooLargeError
        came, answered, whole, slow = 0, False, False, False
        until = asyncio.get_running_loop().time() + _IN_ALL * self.patience

        async def received() -> Message:
            nonlocal came, whole, slow
            try:
                async with asyncio.timeout_at(None if whole else min(until, asyncio.get_running_loop().time() + self.patience)):
                    message = await receive()
            except TimeoutError:
                slow = True
                raise BodyTooSlowError from None
            whole = not message.get("more_body", False)
            came += len(message.get("body", b""))
            if came > self.most:
                raise BodyTooLargeError
            return message

        async def sent(message: Message) -> None:
            nonlocal answered
            if slow and not answered:
                raise BodyTooSlowError
            if came > self.most and not answered:
                raise BodyTooLargeError  # what the framework makes of a body that it could not read is not the answer
            answered = True
            await send(message)

        await self.app(scope, received, sent)


_SIGNING = {"/v1/session", "/sign-in", "/language"}
_WITHOUT_KEY = 64 * 1024
"""Bytes that one without a key may send, to these addresses; elsewhere the key is asked for before the body is read."""
_IN_ALL = 20
"""A body may take so many times as long as one may wait for its next part."""
_DIGITS = 18
"""Of the longest length that is read as a number."""
