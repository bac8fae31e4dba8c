"""Requests to a LibreTranslate server: JSON in and out, bounded in time and size, tried again where that can help.

What can go wrong, what is done and whose fault it is taken for ("server": no other texts would fare better; "texts": these may be it):

    no connection                       tried again      server
    no whole answer in time             not tried again  texts (there may be too many)
    an answer that breaks off           tried again      texts
    429                                 tried again      server    after Retry-After, or a few seconds
    5xx                                 tried again      texts     a server may stumble over one sentence
    401, 403, 404, 405, a redirection   not tried again  server
    another 4xx                         not tried again  texts
    too large, not JSON                 not tried again  texts

The key travels in the body of a request and nowhere else; redirections are not followed, and no proxy of the environment is used: text
and key go to the address that was named. Certificates are those of certifi, or of SSL_CERT_FILE and SSL_CERT_DIR.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from time import monotonic
from types import TracebackType
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_before_delay, wait_exponential, wait_random

CONNECT = 5.0
"""Seconds for a connection, when an answer may take longer."""
LONGEST_PAUSE = 60.0
"""Seconds: a server that asks for a longer pause than this is left alone instead."""
_SLOWER = 10  # times the usual pause, when a server says that it is asked too much: its limits are by the minute
_SLOW_TRIES = 5
_ANSWER = 1_000_000  # bytes of any answer; answers to long requests may have more
_GROWTH = 200  # bytes of answer for a byte asked: English, and a few alternatives, as JSON
_WORDS = 160  # characters that a server may say in a report


@dataclass(eq=False)
class Failure(Exception):  # noqa: N818 - it never leaves the engine; not frozen, for Python notes in it where it was raised
    """A request that failed. `reason` goes on after "LibreTranslate at HOST ..."; `blame` is whose fault it is taken for."""

    reason: str
    blame: Literal["server", "texts"] = "texts"
    again: bool = False
    status: int = 0
    after: float = 0.0
    slow: bool = False
    late: bool = False

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is spoken to: seconds for one answer, tries of a request, seconds of the first pause between two."""

    timeout: float
    tries: int = 3
    pause: float = 0.5


class Address:
    """Of a server, with what may stand in it and must not be shown (user name and password). Raises ValueError for what is none."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            path = parts.path.rstrip("/").removesuffix("/translate")
            self._base = f"{parts.scheme}://{parts.netloc}{path}"
            httpx.URL(self._base)
            good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and url.isprintable() and " " not in url
        except (ValueError, httpx.InvalidURL):
            good = False
        if not good:
            raise ValueError("an address of a server looks like http://localhost:5000")
        self.shown = f"{parts.netloc.rpartition('@')[2]}{path}"

    def of(self, path: str) -> str:
        """The whole address of one of the server's pages."""
        return f"{self._base}/{path}"

    @cached_property
    def certificates(self) -> ssl.SSLContext:
        """Whom to believe: certifi's list, or that of SSL_CERT_FILE or SSL_CERT_DIR, read once; nobody where nothing is encrypted."""
        return httpx.create_ssl_context() if self._base.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Wire:
    """A conversation with a server, until `deadline` (of the monotonic clock). Requests raise Failure, nothing else."""

    def __init__(self, address: Address, key: str, manners: Manners, deadline: float) -> None:
        self._address = address
        self._key = key
        self._manners = manners
        self.deadline = deadline
        self._client = httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            verify=address.certificates,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "translation-auditor"},
            timeout=httpx.Timeout(manners.timeout, connect=min(CONNECT, manners.timeout)),
        )

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def get(self, path: str) -> Any:
        """What a page says."""
        return await self._patiently("GET", path, b"")

    async def glance(self, path: str, timeout: float) -> Any:
        """What a page says that can be done without: asked once, for not longer than so many seconds. None for no answer."""
        try:
            return await self._in_time("GET", path, b"", min(timeout, self._manners.timeout))
        except Failure:
            return None

    async def post(self, path: str, payload: Mapping[str, Any]) -> Any:
        """The answer to a request; the key is added to it."""
        body = json.dumps({**payload, "api_key": self._key} if self._key else dict(payload)).encode("ascii")
        return await self._patiently("POST", path, body)

    async def _patiently(self, method: str, path: str, body: bytes) -> Any:
        first = self._manners.pause
        longer = {slower: wait_exponential(multiplier=first * (_SLOWER if slower else 1), max=LONGEST_PAUSE) for slower in (False, True)}
        jitter = wait_random(0, first)

        def pause(state: RetryCallState) -> float:
            failure = _of(state)
            return max(failure.after, longer[failure.status == 429 and not failure.after](state)) + jitter(state)

        def enough(state: RetryCallState) -> bool:
            tries = _SLOW_TRIES if _of(state).status == 429 else self._manners.tries
            return stop_after_attempt(tries)(state) or stop_before_delay(max(0.0, left))(state) or _of(state).after > LONGEST_PAUSE

        left = self.deadline - monotonic()
        tries = 0
        try:
            async for attempt in AsyncRetrying(stop=enough, wait=pause, retry=retry_if_exception(_is_worth_another), reraise=True):
                with attempt:
                    tries += 1
                    return await self._in_time(method, path, body, self._manners.timeout)
        except Failure as failure:
            raise (replace(failure, reason=f"{failure.reason} ({tries} tries)") if tries > 1 else failure) from None
        raise AssertionError("a retry ends with an answer or a failure")

    async def _in_time(self, method: str, path: str, body: bytes, timeout: float) -> Any:
        """One try, whole answer included: a server that sends a byte now and then is as late as one that sends none."""
        left = self.deadline - monotonic()
        try:
            async with asyncio.timeout(min(timeout, left)):
                return await self._once(method, path, body)
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout):
            if left < timeout:
                raise Failure("was too slow for the whole text", late=True) from None
            raise Failure(f"did not answer within {timeout:g} s", slow=True) from None
        except httpx.ConnectTimeout:
            raise Failure("could not be reached in time", "server", again=True) from None
        except httpx.ConnectError as error:
            why = self._words(str(error))  # of anyio, which names no cause when nobody listens at any of a host's addresses
            detail = f": {why}" if why and not why.startswith("All connection attempts") else ""
            raise Failure(f"could not be reached{detail}", "server", again=True) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            raise Failure("broke off its answer", again=True) from None

    async def _once(self, method: str, path: str, body: bytes) -> Any:
        most = _ANSWER + _GROWTH * len(body)
        headers = {"Content-Type": "application/json"} if body else {}
        async with self._client.stream(method, self._address.of(path), content=body or None, headers=headers) as response:
            answer = bytearray()
            async for chunk in response.aiter_raw():
                answer += chunk
                if len(answer) > most:
                    raise Failure(f"gave an answer of more than {most} bytes")
        try:
            value = json.loads(answer.decode("utf-8"))
        except (ValueError, RecursionError):
            value = None
            if response.is_success:
                raise Failure("gave an answer that is not JSON") from None
        if not response.is_success:
            raise self._refusal(response, value)
        return value

    def _refusal(self, response: httpx.Response, value: Any) -> Failure:
        status = response.status_code
        said = self._words(value.get("error")) if isinstance(value, dict) else ""
        answer = f"answered {status}" + (f": {said}" if said else "")
        if status == 429:
            return Failure(answer, "server", again=True, status=status, after=_after(response.headers.get("Retry-After", "")))
        if status >= 500:
            return Failure(answer, again=True, status=status, after=_after(response.headers.get("Retry-After", "")))
        if status < 400:
            return Failure(f"sends requests elsewhere ({status}{self._target(response)}), which is not followed", "server", status=status)
        if status in (401, 403):
            return Failure(f"refused {'the key' if self._key else 'to work without a key'} ({answer})", "server", status=status)
        return Failure(answer, "server" if status in (404, 405) else "texts", status=status)

    def _target(self, response: httpx.Response) -> str:
        """The host that a redirection names: the address may need it."""
        try:
            host = urlsplit(response.headers.get("Location", "")).netloc.rpartition("@")[2]
        except ValueError:
            host = ""
        return f": {self._words(host)}" if host else ""

    def _words(self, said: Any) -> str:
        """What a server says, fit for a report: one short line, without the key."""
        if not isinstance(said, str):
            return ""
        said = said.replace(self._key, "***") if self._key else said
        said = re.sub(r"\s+", " ", "".join(c if c.isprintable() else " " for c in said)).strip()
        return said if len(said) <= _WORDS else f"{said[:_WORDS]}..."


def _of(state: RetryCallState) -> Failure:
    failure = state.outcome.exception() if state.outcome else None
    return failure if isinstance(failure, Failure) else Failure("failed")


def _is_worth_another(error: BaseException) -> bool:
    return isinstance(error, Failure) and error.again


def _after(header: str) -> float:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3): a number of them, or a date; 0 for what is neither."""
    header = header.strip()
    if header.isascii() and header.isdecimal():
        return float(header[:9])
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp())
