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
from typing import Any, Literal, Self
from urllib.parse import quote, urlsplit

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_before_delay, wait_random_exponential

from auditor import __version__
from auditor.errors import ServiceError, UsageError

Decision = Literal["open", "accepted", "false_alarm", "intended", "fixed", "wont_fix"]
ENDED = ("finished", "failed", "cancelled")
_BUSY = (429, 503)
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
        if urlsplit(server).scheme not in ("http", "https") or not urlsplit(server).hostname:
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
        return _audit(self._json("POST", "/v1/audits", again=True, json=dict(body), headers=headers))

    def revise(self, article: str, *, source: str | None = None, translations: Mapping[str, str] | None = None) -> Audit:
        """A new revision of an article by its id (`Audit.article`); what is not given stays as it was."""
        body: dict[str, Any] = {"translations": _versions(translations or {}, None)}
        if source is not None:
            body["source"] = {"lang": "en", "text": source}
        return _audit(self._json("POST", f"/v1/articles/{_word(article)}/revisions", again=False, json=body))

    def get(self, audit: str) -> Audit:
        """An audit as it is now."""
        return _audit(self._json("GET", f"/v1/audits/{_word(audit)}"))

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
        found: dict[str, Any] = self._json("GET", f"/v1/audits/{_word(audit)}/report.json")
        return found

    def report_as(self, audit: str, suffix: str) -> bytes:
        """The report in another form: "html", "txt" or another suffix that the service has."""
        return self._call("GET", f"/v1/audits/{_word(audit)}/report.{_word(suffix)}").content

    def findings(self, audit: str) -> tuple[Finding, ...]:
        """The findings of a finished audit, with the decisions that hold. Without their words when those were removed with age."""
        try:
            words = {f["id"]: f for f in self.report(audit)["findings"]}
        except ServiceError as error:
            if error.status != 404 or not self.get(audit).ended:
                raise
            words = {}
        return tuple(_finding(row, words.get(row["finding"], {})) for row in self._pages("/v1/findings", {"audit": audit}))

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
            page = self._json("GET", path, params={**query, **({"cursor": cursor} if cursor else {})})
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def _json(self, method: str, path: str, again: bool = True, **more: Any) -> Any:
        answer = self._call(method, path, again, **more)
        try:
            return answer.json()
        except ValueError:
            raise ServiceError(
                f"{self.server} answered {method} {path} with no JSON: it is no auditor", status=answer.status_code
            ) from None

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


def _audit(value: Mapping[str, Any]) -> Audit:
    error = value["error"] or {}
    same = ("id", "state", "progress", "queue_position", "submitted_at", "finished_at", "article", "revision", "verdict", "findings")
    return Audit(
        **{name: value[name] for name in same},
        languages=tuple(value["languages"]),
        error_code=error.get("code"),
        error_message=error.get("message"),
    )


def _finding(row: Mapping[str, Any], words: Mapping[str, Any]) -> Finding:
    same = ("id", "finding", "audit", "lang", "category", "type", "severity", "confidence", "status", "decision", "version", "reopened")
    sides: dict[str, Any] = {side: words[side]["text"] if words.get(side) else None for side in ("source", "target")}
    return Finding(**{name: row[name] for name in same}, message=words.get("message", ""), **sides)


def _problem(answer: httpx.Response) -> ServiceError:
    """What the service says is wrong; of a stranger's answer (a proxy's page) only its status."""
    try:
        told = json.loads(answer.content)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        told = {}
    fields = [(str(e.get("pointer", "")), str(e.get("detail", ""))) for e in told.get("errors") or () if isinstance(e, dict)]
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
    except (ValueError, TypeError):
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
