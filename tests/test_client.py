"""The client against a service that is busy, away, or says no; no network, no waiting."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from auditor.client import Client
from auditor.errors import AuditorError, ServiceError, UsageError

AUDIT = {
    "id": "aud_1", "state": "queued", "progress": 0.0, "queue_position": 0, "submitted_at": "2026-11-26T12:00:00.000Z", "finished_at": None,
    "article": "art_1", "revision": 1, "languages": ["zh"], "verdict": None, "findings": None, "error": None,
}  # fmt: skip


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the client would have slept."""
    slept: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", slept.append)
    return slept


class Service:
    """Answers one after the other; the last again and again. Keeps what came."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.came = list(answers), list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.came.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def client(service: Callable[[httpx.Request], httpx.Response], patience: float = 60) -> Client:
    return Client("http://auditor.test/", "ta_key", patience=patience, transport=httpx.MockTransport(service))


def problem(status: int, **headers: str) -> httpx.Response:
    told: dict[str, Any] = {"type": "urn:translation-auditor:rate", "title": "T", "status": status, "detail": "why"}
    told["errors"] = [{"pointer": "/translations/0/lang", "detail": "unknown"}]
    return httpx.Response(status, json=told, headers={"X-Request-ID": "r1", **{k.replace("_", "-"): v for k, v in headers.items()}})


@pytest.mark.parametrize("trouble", [problem(429), problem(503), httpx.ConnectError("refused"), httpx.ReadError("the answer was lost")])
def test_a_submission_is_sent_again_with_the_same_idempotency_key(trouble: Any, pauses: list[float]) -> None:
    service = Service(trouble, trouble, httpx.Response(202, json=AUDIT))
    assert client(service).submit("A.", {"zh": "一。"}, article="x").id == "aud_1"
    assert len({r.headers["Idempotency-Key"] for r in service.came}) == 1 and len(service.came) == 3
    assert json.loads(service.came[2].content)["metadata"] == {"article": "x"}
    assert service.came[0].headers["Authorization"] == "Bearer ta_key"


def test_two_submissions_have_two_keys() -> None:
    service = Service(httpx.Response(202, json=AUDIT))
    for _ in range(2):
        client(service).submit("A.", {"zh": "一。"})
    assert len({r.headers["Idempotency-Key"] for r in service.came}) == 2


def test_the_pause_is_the_one_that_the_service_asks_for(pauses: list[float]) -> None:
    client(Service(problem(429, Retry_After="7"), httpx.Response(200, json=AUDIT))).get("aud_1")
    assert pauses == [7.0]


def test_a_pause_beyond_the_patience_is_not_begun(pauses: list[float]) -> None:
    with pytest.raises(ServiceError) as caught:
        client(Service(problem(503, Retry_After="3600")), patience=10).get("aud_1")
    assert caught.value.status == 503 and caught.value.retry_after == 3600 and not pauses


def test_an_error_carries_the_problem_details() -> None:
    with pytest.raises(AuditorError) as caught:
        client(Service(problem(422))).get("aud_1")
    error = caught.value
    assert isinstance(error, ServiceError)
    assert (error.status, error.code, error.title, error.detail, error.request_id) == (422, "rate", "T", "why", "r1")
    assert error.errors == (("/translations/0/lang", "unknown"),)


@pytest.mark.parametrize("page", [b"<html>Bad gateway</html>", b"[1]", b"null", b'"x"'])
def test_a_strangers_answer_is_an_error_as_well(page: bytes) -> None:
    with pytest.raises(ServiceError, match="502"):
        client(Service(httpx.Response(502, content=page))).get("aud_1")
    with pytest.raises(ServiceError, match="no auditor"):
        client(Service(httpx.Response(200, content=b"<html>Welcome</html>"))).get("aud_1")


FINDING = {
    "id": "fnd_1", "finding": "f1", "audit": "aud_1", "lang": "zh", "category": "figure", "type": "change", "severity": "critical",
    "confidence": 0.9, "status": "new", "decision": "open", "version": 0, "reopened": False,
}  # fmt: skip
FINDINGS = {"items": [FINDING], "next": None}
REPORT = {"findings": [{"id": "f1", "message": "told", "source": {"text": "$19 million"}, "target": None}]}
DEEP = b"[" * 100_000
STRANGE: list[tuple[str, Callable[[Client], object], list[Any], str]] = [
    # what, the call, the answers' bodies (bytes as they are), words of the error
    ("an audit of nothing", lambda c: c.get("aud_1"), [{}], "id: Field required"),
    ("a list for an audit", lambda c: c.get("aud_1"), [[]], "no object"),
    ("null for an audit", lambda c: c.submit("A.", {"zh": "一。"}), [None], "no object"),
    ("a revision of nothing", lambda c: c.revise("art_1", source="B."), [{}], "id: Field required"),
    ("waiting for nothing", lambda c: c.wait("aud_1"), [{}], "id: Field required"),
    ("cancelling nothing", lambda c: c.cancel("aud_1"), [{}], "id: Field required"),
    ("a number for an id", lambda c: c.get("aud_1"), [{**AUDIT, "id": 7}], "id: "),
    ("a number for the languages", lambda c: c.get("aud_1"), [{**AUDIT, "languages": 7}], "languages: "),
    ("a text for the error", lambda c: c.get("aud_1"), [{**AUDIT, "error": "x"}], "auditor"),
    ("a list for the counts", lambda c: c.get("aud_1"), [{**AUDIT, "findings": [1]}], "findings: "),
    ("JSON without end", lambda c: c.get("aud_1"), [DEEP], "no JSON"),
    ("bytes that are no text", lambda c: c.get("aud_1"), [b"\xff\xfe\x00"], "no JSON"),
    ("a list for a report", lambda c: c.report("aud_1"), [[]], "no object"),
    ("a report without findings", lambda c: c.findings("aud_1"), [{}, FINDINGS], "findings: Field required"),
    ("findings that are none", lambda c: c.findings("aud_1"), [{"findings": [1]}, FINDINGS], "findings.0"),
    ("a page without items", lambda c: c.findings("aud_1"), [REPORT, {}], "items: Field required"),
    ("a page of numbers", lambda c: c.findings("aud_1"), [REPORT, {"items": [1], "next": None}], "items.0"),
    ("a finding of nothing", lambda c: c.findings("aud_1"), [REPORT, {"items": [{}], "next": None}], "id: Field required"),
    ("a page that leads to itself", lambda c: c.findings("aud_1"), [REPORT, {"items": [], "next": "x"}], "again and again"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "call", "answers", "told"), STRANGE, ids=[s[0] for s in STRANGE])
def test_an_answer_of_200_that_makes_no_sense_is_an_error_in_one_line(
    what: str, call: Callable[[Client], object], answers: list[Any], told: str
) -> None:
    made = [httpx.Response(200, content=a if isinstance(a, bytes) else json.dumps(a).encode()) for a in answers]
    with pytest.raises(ServiceError) as caught:
        call(client(Service(*made)))
    assert told in str(caught.value) and len(str(caught.value).splitlines()) == 1


def test_a_finding_has_its_words_from_the_report() -> None:
    [found] = client(Service(httpx.Response(200, json=REPORT), httpx.Response(200, json=FINDINGS))).findings("aud_1")
    assert (found.id, found.message, found.source, found.target) == ("fnd_1", "told", "$19 million", None)


def test_an_answer_whose_bytes_cannot_be_unpacked_is_an_error_and_is_not_asked_for_again() -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip"))

    with pytest.raises(ServiceError, match="cannot be read"):
        client(broken).get("aud_1")


@pytest.mark.parametrize("errors", [7, "x", {"a": 1}, [1, None], None])
def test_a_problem_with_odd_fields_is_an_error_as_well(errors: Any) -> None:
    with pytest.raises(ServiceError, match="why") as caught:
        client(Service(httpx.Response(422, json={"detail": "why", "errors": errors}))).get("aud_1")
    assert caught.value.errors == ()


@pytest.mark.parametrize("body", [{"id": object()}, {"id": "\ud800"}, {"metadata": {"x": float("nan")}}])
def test_what_cannot_be_sent_is_said(body: Any) -> None:
    with pytest.raises(ServiceError, match="cannot be sent"):
        client(Service(httpx.Response(202, json=AUDIT))).submit_body(body)


def test_what_may_have_arrived_and_is_no_submission_is_not_sent_again(pauses: list[float]) -> None:
    service = Service(httpx.ReadError("the answer was lost"))
    for call in (lambda c: c.decide("f", "accepted"), lambda c: c.revise("art_1", source="B."), lambda c: c.delete("aud_1")):
        service.came.clear()
        with pytest.raises(ServiceError):
            call(client(service))
        assert len(service.came) == 1


def test_waiting_ends_with_the_audit_its_error_or_the_time() -> None:
    done = {**AUDIT, "state": "finished", "verdict": "faithful", "findings": {"critical": 0, "major": 0, "minor": 0}}
    seen: list[str] = []
    made = client(Service(httpx.Response(200, json=AUDIT), httpx.Response(200, json=done)))
    assert made.wait("aud_1", progress=lambda a: seen.append(a.state)).verdict == "faithful"
    assert seen == ["queued", "finished"]
    failed = {**AUDIT, "state": "failed", "error": {"code": "wrong_language", "message": "not Chinese"}}
    with pytest.raises(ServiceError, match="not Chinese") as caught:
        client(Service(httpx.Response(200, json=failed))).wait("aud_1")
    assert caught.value.code == "wrong_language"
    with pytest.raises(ServiceError, match=r"queued after 0\.01 seconds"):
        client(Service(httpx.Response(200, json=AUDIT))).wait("aud_1", timeout=0.01)


def test_an_identity_cannot_leave_its_path() -> None:
    service = Service(httpx.Response(200, json=AUDIT))
    client(service).get("../keys?x=1#y")
    assert service.came[0].url.raw_path == b"/v1/audits/..%2Fkeys%3Fx%3D1%23y"


@pytest.mark.parametrize(
    ("server", "key"),
    [
        ("auditor.test", "k"),
        ("http://[::1", "k"),
        ("http://x:port", "k"),
        ("ftp://x", "k"),
        ("http://x", ""),
        ("http://x", "a\nb"),
        ("http://x", "ключ"),
    ],
)
def test_an_address_or_key_that_is_none_is_said_at_once(server: str, key: str) -> None:
    with pytest.raises(UsageError):
        Client(server, key)
