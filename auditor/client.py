"""A client of the service, for the tools that translators and newsrooms have.

    from auditor.client import Client

    with Client("http://localhost:8000", key) as client:
        audit = client.submit(english, {"zh": chinese, "ja": japanese}, article="trade-2026-05")
        client.wait(audit.id, timeout=600)
        for finding in client.findings(audit.id):
            print(finding.severity, finding.message, finding.target)

Whatever goes wrong is a ServiceError with the service's problem details. A call that the service is too busy for (429, 503), or whose
connection fails, is made again for up to `patience` seconds, with the pause that the service asks for. A submission carries a key of
its own, so that one whose answer was lost makes no second audit when it is sent again.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Literal, Self, TypeVar, cast
from urllib.parse import quote, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_before_delay, wait_random_exponential

from auditor import __version__
from auditor.errors import ServiceError, UsageError

Decision = Literal["open", "accepted", "false_alarm", "intended", "fixed", "wont_fix"]
ENDED = ("finished", "failed", "cancelled")
_BUSY = (429, 503)
T = TypeVar("T")
_LONGEST_LOOK = 2.0
"""Seconds between two looks at an audit that is waited for, at most."""


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit. `state`: queued, running, finished, failed or cancelled; `findings`: severity -> number, once it is finished."""

    id: str
    state: str
    progress: float
    queue_position: int | None
    submitted_at: str
    finished_at: str | None
    article: str
    revision: int
    languages: tuple[str, ...]
    verdict: str | None
    findings: Mapping[str, int] | None
    error_code: str | None
    error_message: str | None

    @property
    def ended(self) -> bool:
        """Will its state stay as it is?"""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding and what was decided of it. `id` is how the service names it; `source` and `target` are the words on both sides."""

    id: str
    finding: str
    audit: str
    lang: str
    category: str
    type: str
    severity: str
    confidence: float
    status: str
    decision: str
    version: int
    reopened: bool
    message: str
    source: str | None
    target: str | None


class Client:
    """Calls to one service with one key. Safe to share between threads; close it, or use it in a `with` block.

    patience  seconds to go on trying a call that the service is too busy for or cannot be reached for
    timeout   seconds to wait for one answer
    """

    def __init__(
        self, server: str, key: str, *, patience: float = 60.0, timeout: float = 30.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        if not _is_address(server):
            raise UsageError(f"{server!r} is no address of a server; it must look like http://localhost:8000")
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise UsageError("this is no key; `auditor keys create` prints one")
        headers = {"Authorization": f"Bearer {key}", "User-Agent": f"translation-auditor/{__version__}"}
        self.server = server.rstrip("/")
        self._patience = patience
        self._http = httpx.Client(base_url=self.server, headers=headers, timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def submit(
        self,
        source: str,
        translations: Mapping[str, str],
        *,
        back_translations: Mapping[str, str] | None = None,
        glossary: str | Sequence[Mapping[str, Any]] | None = None,
        article: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Audit:
        """Submit an English article with its translations (language -> text).

        glossary  the name of a stored one, or entries
        article   its name: a later submission under the same name is a revision of it
        """
        body: dict[str, Any] = {"source": {"lang": "en", "text": source}, "translations": _versions(translations, back_translations)}
        if glossary is not None:
            body["glossary"] = glossary
        body["metadata"] = {**(metadata or {}), **({"article": article} if article is not None else {})}
        return self.submit_body(body, idempotency_key)

    def submit_body(self, body: Mapping[str, Any], idempotency_key: str | None = None) -> Audit:
        """Submit a body as the API and a batch line have it."""
        headers = {"Idempotency-Key": idempotency_key or secrets.token_urlsafe(24)}
        return _audit(self._object("POST", "/v1/audits", again=True, json=dict(body), headers=headers))

    def revise(self, article: str, *, source: str | None = None, translations: Mapping[str, str] | None = None) -> Audit:
        """A new revision of an article by its id (`Audit.article`); what is not given stays as it was."""
        body: dict[str, Any] = {"translations": _versions(translations or {}, None)}
        if source is not None:
            body["source"] = {"lang": "en", "text": source}
        return _audit(self._object("POST", f"/v1/articles/{_word(article)}/revisions", again=False, json=body))

    def get(self, audit: str) -> Audit:
        """An audit as it is now."""
        return _audit(self._object("GET", f"/v1/audits/{_word(audit)}"))

    def wait(self, audit: str, timeout: float = 1800.0, progress: Callable[[Audit], object] | None = None) -> Audit:
        """The finished audit; `progress` is told of it at each look. Raises ServiceError when it fails, is cancelled or takes longer."""
        until, pause = time.monotonic() + timeout, 0.2
        while True:
            found = self.get(audit)
            if progress:
                progress(found)
            if found.state == "finished":
                return found
            if found.ended:
                why = found.error_message or "it was cancelled"
                raise ServiceError(f"the audit {found.id} {found.state}: {why}", code=found.error_code or found.state)
            left = until - time.monotonic()
            if left <= 0:
                raise ServiceError(f"the audit {found.id} is {found.state} after {timeout:g} seconds; it goes on", code="timeout")
            time.sleep(min(pause, left))
            pause = min(pause * 1.3, _LONGEST_LOOK)

    def report(self, audit: str) -> dict[str, Any]:
        """The report, as docs/service.md has it."""
        return self._object("GET", f"/v1/audits/{_word(audit)}/report.json")

    def report_as(self, audit: str, suffix: str) -> bytes:
        """The report in another form: "html", "txt" or another suffix that the service has."""
        return self._call("GET", f"/v1/audits/{_word(audit)}/report.{_word(suffix)}").content

    def findings(self, audit: str) -> tuple[Finding, ...]:
        """The findings of a finished audit, with the decisions that hold. Without their words when those were removed with age."""
        try:
            words = {f.id: f for f in _read(_Report, self.report(audit)).findings}
        except ServiceError as error:
            if error.status != 404 or not self.get(audit).ended:
                raise
            words = {}
        return tuple(_finding(row, words) for row in self._pages("/v1/findings", {"audit": audit}))

    def decide(
        self, finding: str, decision: Decision, *, reason: str | None = None, comment: str | None = None, version: int | None = None
    ) -> None:
        """Decide about a finding by its id. With the `version` that was seen, a decision made meanwhile is not overwritten (409)."""
        given = {"decision": decision, "reason": reason, "comment": comment, "version": version}
        body = {name: value for name, value in given.items() if value is not None}
        self._call("PATCH", f"/v1/findings/{_word(finding)}", again=False, json=body)

    def cancel(self, audit: str) -> None:
        """Cancel an audit that is queued or running. One that has ended is left as it is (`delete` removes it)."""
        if not self.get(audit).ended:
            self._call("DELETE", f"/v1/audits/{_word(audit)}", again=False)

    def delete(self, audit: str) -> None:
        """Remove an audit that has ended, with its texts. One that is under way is cancelled."""
        self._call("DELETE", f"/v1/audits/{_word(audit)}", again=False)

    def _pages(self, path: str, query: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        while True:
            page = _read(_Page, self._object("GET", path, params={**query, **({"cursor": cursor} if cursor else {})}))
            yield from page.items
            if page.next == cursor and cursor:
                raise ServiceError(f"{self.server} answers {path} with the same page again and again")
            cursor = page.next
            if not cursor:
                return

    def _object(self, method: str, path: str, again: bool = True, **more: Any) -> dict[str, Any]:
        answer = self._call(method, path, again, **more)
        try:
            found = answer.json()
        except (ValueError, RecursionError):
            told = f"{self.server} answered {method} {path} with no JSON: it is no auditor"
            raise ServiceError(told, status=answer.status_code) from None
        if not isinstance(found, dict):
            told = f"{self.server} answered {method} {path} with JSON that is no object: it is no auditor"
            raise ServiceError(told, status=answer.status_code)
        return found

    def _call(self, method: str, path: str, again: bool = True, **more: Any) -> httpx.Response:
        """One call; `again`: may it be sent twice? Otherwise only what surely did not arrive is sent again."""
        trying = Retrying(
            retry=retry_if_exception(lambda error: _worth_it(error, again)),
            wait=_pause,
            stop=stop_before_delay(self._patience),
            reraise=True,
        )
        return trying(self._once, method, path, more)

    def _once(self, method: str, path: str, more: Mapping[str, Any]) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **more)
        except httpx.TransportError as error:
            why = str(error) or type(error).__name__
            raise ServiceError(f"{self.server} cannot be reached: {why}", code="unreachable") from error
        except httpx.RequestError as error:
            raise ServiceError(f"the answer of {self.server} cannot be read: {error or type(error).__name__}") from error
        except (TypeError, ValueError, RecursionError) as error:  # of json.dumps: what the caller gave is no JSON
            raise ServiceError(f"this cannot be sent as JSON: {error}", code="bad_json") from error
        if answer.is_success:
            return answer
        raise _problem(answer)


def _versions(translations: Mapping[str, str], backs: Mapping[str, str] | None) -> list[dict[str, str]]:
    backs = backs or {}
    if stray := sorted(set(backs) - set(translations)):
        raise UsageError(f"there is a back-translation of {stray[0]}, but no {stray[0]} translation")
    return [
        {"lang": lang, "text": text, **({"back_translation": backs[lang]} if lang in backs else {})} for lang, text in translations.items()
    ]


def _word(value: str) -> str:
    return quote(value, safe="")


def _is_address(server: str) -> bool:
    try:
        httpx.URL(server)
        return urlsplit(server).scheme in ("http", "https") and bool(urlsplit(server).hostname)
    except (httpx.InvalidURL, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    items: list[dict[str, Any]]
    next: str | None


@dataclass(frozen=True, slots=True)
class _Side:
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A finding as the report has it."""

    id: str
    message: str = ""
    source: _Side | None = None
    target: _Side | None = None


@dataclass(frozen=True, slots=True)
class _Report:
    findings: list[_Words]


@cache
def _reader(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _read(kind: type[T], value: Mapping[str, Any]) -> T:
    """A part of an answer, each field of its type. Raises ServiceError naming the field that is not."""
    try:
        found: T = _reader(cast(Any, kind)).validate_python(value)
        return found
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise ServiceError(f"this is no answer of an auditor, or of another version: {where}: {first['msg']}", code="bad_answer") from None


def _audit(value: Mapping[str, Any]) -> Audit:
    fault = _read(_Fault, value.get("error") or {})
    return _read(Audit, {**value, "error_code": fault.code, "error_message": fault.message})


def _finding(row: Mapping[str, Any], report: Mapping[str, _Words]) -> Finding:
    words = report.get(str(row.get("finding")), _Words(""))
    sides = {name: side.text if side else None for name, side in (("source", words.source), ("target", words.target))}
    return _read(Finding, {**row, "message": words.message, **sides})


def _problem(answer: httpx.Response) -> ServiceError:
    """What the service says is wrong; of a stranger's answer (a proxy's page) only its status."""
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        told = {}
    listed = told.get("errors")
    fields = [
        (str(e.get("pointer", "")), str(e.get("detail", ""))) for e in (listed if isinstance(listed, list) else ()) if isinstance(e, dict)
    ]
    detail = str(told.get("detail") or f"the answer was {answer.status_code}")
    return ServiceError(
        detail,
        status=answer.status_code,
        code=str(told.get("type", "")).rpartition(":")[2] or None,
        title=str(told.get("title", "")),
        errors=fields,
        request_id=answer.headers.get("X-Request-ID"),
        retry_after=_seconds(answer.headers.get("Retry-After")),
    )


def _seconds(raw: str | None) -> float | None:
    """Retry-After is seconds or a date."""
    if not raw:
        return None
    if raw.isascii() and raw.isdecimal():
        return float(raw)
    try:
        return max(0.0, (parsedate_to_datetime(raw) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _worth_it(error: BaseException, again: bool) -> bool:
    if not isinstance(error, ServiceError):
        return False
    if error.status in _BUSY:
        return True
    return error.status is None and (again or isinstance(error.__cause__, httpx.ConnectError)) and error.code == "unreachable"


_backing_off = wait_random_exponential(multiplier=0.5, max=10)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ServiceError) else None
    return asked if asked is not None else _backing_off(state)
