"""What is wrong with a request is said by field, in one form, and nothing of it is stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from auditor.session import Session
from auditor.store.tables import ARTICLES, AUDITS, SUBMISSIONS
from auditor.web.cursor import to_cursor
from tests import api_kit
from tests.api_kit import EN, JA, ZH, Api, api_over, body, problem
from tests.service_kit import bench

api, api_sqlite = api_kit.api, api_kit.api_sqlite
JSON = {"Content-Type": "application/json"}


def without(**changes: Any) -> dict[str, Any]:
    return {**body(), **changes}


def translations(*found: dict[str, Any]) -> dict[str, Any]:
    return without(translations=list(found))


SUBMISSIONS_REFUSED: list[tuple[str, Any, int, str, str | None, list[str]]] = [
    # what is wrong, the body (bytes as they are), status, code, pointer, words of the detail
    ("no JSON at all", b"hello", 400, "bad_json", None, ["not JSON"]),
    ("JSON that breaks off", b'{"source": {"lang": "en"', 400, "bad_json", None, ["EOF"]),
    ("nothing", b"", 400, "bad_json", None, ["not JSON"]),
    ("bytes that are not UTF-8", b'{"id": "\xff"}', 400, "bad_json", None, ["not JSON"]),
    ("JSON without end", b"[" * 100_000, 400, "bad_json", None, ["recursion"]),
    ("objects without end", b'{"metadata":' * 5000, 400, "bad_json", None, ["recursion"]),
    ("a number of 9,000 digits", b'{"metadata": {"n": ' + b"9" * 9000 + b"}}", 400, "bad_json", None, ["number"]),
    ("half a surrogate pair", b'{"source": {"text": "\\ud800"}}', 400, "bad_json", None, ["surrogate|hex escape"]),
    ("a list", [], 422, "bad_fields", "", ["dictionary"]),
    ("null", None, 422, "bad_fields", "", ["dictionary"]),
    ("an unknown key", without(titel="x"), 422, "bad_fields", "/titel", ["'titel'", "source", "translations", "metadata"]),
    ("an unknown key deeper down", translations({"lang": "zh", "text": ZH, "txt": ""}), 422, "bad_fields", "/translations/0/txt",
     ["'txt'", "back_translation"]),
    ("no source", {"translations": [{"lang": "zh", "text": ZH}]}, 422, "bad_fields", "/source", ["required"]),
    ("no translation", without(translations=[]), 422, "bad_fields", "/translations", ["at least 1"]),
    ("a number for a text", translations({"lang": "zh", "text": 7}), 422, "bad_fields", "/translations/0/text", ["string"]),
    ("a text for a list", without(translations="zh"), 422, "bad_fields", "/translations", ["list"]),
    ("a NUL in a text", translations({"lang": "zh", "text": ZH + "\0"}), 422, "bad_encoding", "/translations/0/text", ["U+0000"]),
    ("a NUL in an id", without(id="a\0b"), 422, "bad_fields", "/id", ["U+0000"]),
    ("a line break in the article's name", without(metadata={"article": "a\x0bb"}), 422, "bad_fields", "", ["metadata.article"]),
    ("metadata of more than 8 KB", without(metadata={"notes": "x" * 8181}), 422, "bad_fields", "/metadata", ["8,193", "8,192"]),
    ("metadata of more than 8 KB in Chinese", without(metadata={"notes": "货" * 2728}), 422, "bad_fields", "/metadata", ["8,192"]),
    ("an empty source", without(source={"lang": "en", "text": ""}), 422, "bad_input", "/source/text", ["empty"]),
    ("a language nobody knows", translations({"lang": "tlh", "text": ZH}), 422, "wrong_language", "/translations/0/lang", ["'tlh'", "zh"]),
    ("a source that is not English", without(source={"lang": "zh", "text": ZH}), 422, "wrong_language", "/source/lang", ["English"]),
    ("a translation into English", translations({"lang": "en", "text": EN}), 422, "bad_input", "/translations/0/lang", ["en"]),
    ("Japanese sent as Chinese", translations({"lang": "zh", "text": JA}), 422, "wrong_language", "/translations/0/text", ["Japanese"]),
    ("two texts of a language", translations({"lang": "zh", "text": ZH}, {"lang": "zh-Hant", "text": ZH}), 422, "bad_input",
     "/translations/1/lang", ["two"]),
    ("English of another number of lines", translations({"lang": "zh", "text": ZH, "back_translation": "One line."}), 422, "line_count",
     "/translations/0/back_translation", ["1", "2"]),
    ("more translations than may be", translations(*[{"lang": "zh", "text": ZH}] * 9), 422, "too_large", "/translations", ["9", "8"]),
    ("a text of two million characters", translations({"lang": "zh", "text": "货运额" * 700_000}), 413, "too_large",
     "/translations/0/text", ["characters"]),
    ("a glossary that is not there", without(glossary="nowhere"), 422, "not_found", "/glossary", ["'nowhere'"]),
    ("a glossary with a path for a name", without(glossary="../etc"), 422, "bad_fields", "/glossary", ["pattern"]),
    ("an entry without a rendering", without(glossary=[{"source": "union"}]), 422, "bad_fields", "/glossary/0", ["no rendering"]),
    ("an entry in no language", without(glossary=[{"source": "union", "zh": "工会", "中": "x"}]), 422, "bad_fields", "/glossary/0", ["中"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "sent", "status", "code", "pointer", "words"), SUBMISSIONS_REFUSED, ids=[r[0] for r in SUBMISSIONS_REFUSED]
)
def test_a_bad_submission_is_refused_by_field_and_leaves_nothing(
    api_sqlite: Api, what: str, sent: Any, status: int, code: str, pointer: str | None, words: list[str]
) -> None:
    before = [api_sqlite.count(t) for t in (AUDITS, ARTICLES, SUBMISSIONS)], api_sqlite.bench.jobs()
    raw = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    told = problem(api_sqlite.ask("translator", "POST", "/v1/audits", content=raw, headers=JSON), status, code)
    assert all(any(w in told["detail"] for w in word.split("|")) for word in words), told
    assert ([e["pointer"] for e in told.get("errors", ())] or [None])[0] == pointer, told
    assert ([api_sqlite.count(t) for t in (AUDITS, ARTICLES, SUBMISSIONS)], api_sqlite.bench.jobs()) == before


FORM = {"Content-Type": "multipart/form-data; boundary=b"}


def form(**fields: str | bytes) -> bytes:
    """A form as a tool writes it by hand, its boundary "b"."""
    parts = [(name, value if isinstance(value, bytes) else value.encode()) for name, value in fields.items()]
    head = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return b"".join(head % (name.encode(), value) for name, value in parts) + b"--b--\r\n"


REQUESTS: list[tuple[str, str, str, dict[str, Any], int, str, str | None]] = [
    ("text/plain", "POST", "/v1/audits", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415, "content_type", None),
    ("no content type", "POST", "/v1/audits", {"content": b"{}"}, 415, "content_type", None),
    ("XML for a key", "POST", "/v1/keys", {"content": b"<!ENTITY x>", "headers": {"Content-Type": "text/xml"}}, 415, "content_type", None),
    ("no JSON for a webhook", "POST", "/v1/webhooks", {"content": b"{", "headers": JSON}, 400, "bad_json", None),
    ("a form without a boundary", "POST", "/v1/audits", {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400,
     "bad_request", None),
    ("a form that breaks off", "POST", "/v1/audits",
     {"content": b"--b\r\nContent-Disposition: form-data; na", "headers": FORM}, 400, "bad_request", None),
    ("a form of nothing", "POST", "/v1/audits", {"content": b"--b--\r\n", "headers": FORM}, 422, "bad_fields", "/source"),
    ("a form that breaks off in its last field", "POST", "/v1/audits", {"content": form(source=EN, zh=ZH)[:-9], "headers": FORM}, 400,
     "bad_request", None),
    ("a form without its closing boundary", "POST", "/v1/audits",
     {"content": form(source=EN, zh=ZH, ja=JA)[:-4] + b"\r\n", "headers": FORM}, 400, "bad_request", None),
    ("a field that is not UTF-8", "POST", "/v1/audits", {"content": form(source=EN, zh=ZH.encode("gb18030")), "headers": FORM}, 422,
     "bad_encoding", "/zh"),
    ("a field that says it is not UTF-8", "POST", "/v1/audits",
     {"content": form(source=EN, zh=ZH.encode("gb18030")), "headers": {"Content-Type": "multipart/form-data; boundary=b; charset=gb18030"}},
     422, "bad_encoding", "/zh"),
    ("metadata that is not UTF-8", "POST", "/v1/audits", {"content": form(source=EN, zh=ZH, metadata=b'{"a": "\xfc"}'), "headers": FORM},
     422, "bad_encoding", "/metadata"),
    ("a field's name that is not UTF-8", "POST", "/v1/audits",
     {"content": form(source=EN, zh=ZH).replace(b'name="zh"', b'name="\xff"'), "headers": FORM}, 422, "bad_encoding", None),
    ("a boundary with a quote", "POST", "/v1/audits",
     {"content": b"--a\"\r\n", "headers": {"Content-Type": 'multipart/form-data; boundary=a"'}}, 400, "bad_request", None),
    ("an unknown field", "POST", "/v1/audits", {"files": {"source": EN, "zh": ZH, "fr": "x"}}, 422, "bad_fields", "/fr"),
    ("a field twice", "POST", "/v1/audits", {"files": [("source", EN), ("zh", ZH), ("zh", ZH)]}, 422, "bad_fields", "/zh"),
    ("English of a text that is not there", "POST", "/v1/audits", {"files": {"source": EN, "zh": ZH, "back_ja": "x"}}, 422, "bad_fields",
     "/back_ja"),
    ("a file that is not UTF-8", "POST", "/v1/audits", {"files": {"source": EN, "zh": b"\x80\x81"}}, 422, "bad_encoding", "/zh"),
    ("metadata of more than 8 KB in a form", "POST", "/v1/audits",
     {"files": {"source": EN, "zh": ZH, "metadata": json.dumps({"a": "x" * 9000})}}, 422, "bad_fields", "/metadata"),
    ("metadata that is no JSON", "POST", "/v1/audits", {"files": {"source": EN, "zh": ZH, "metadata": "{"}}, 422, "bad_json", "/metadata"),
    ("half a surrogate in metadata", "POST", "/v1/audits", {"files": {"source": EN, "zh": ZH, "metadata": '{"a": "\\ud800"}'}}, 422,
     "bad_json", "/metadata"),
    ("metadata that is a list", "POST", "/v1/audits", {"files": {"source": EN, "zh": ZH, "metadata": "[1]"}}, 422, "bad_fields",
     "/metadata"),
    ("a cursor of nothing", "GET", "/v1/audits?cursor=nonsense", {}, 422, "bad_cursor", "cursor"),
    ("a cursor of another list", "GET", f"/v1/audits?cursor={to_cursor('x', 1)}", {}, 422, "bad_cursor", "cursor"),
    ("a cursor beyond numbers", "GET", f"/v1/audits?cursor={to_cursor(2**70, 'x')}", {}, 422, "bad_cursor", "cursor"),
    ("a cursor too deep", "GET", "/v1/findings?cursor=" + "W1tb" * 90, {}, 422, "bad_cursor", "cursor"),
    ("a limit of none", "GET", "/v1/audits?limit=0", {}, 422, "bad_fields", "limit"),
    ("a state there is not", "GET", "/v1/audits?state=asleep", {}, 422, "bad_fields", "state"),
    ("a time that is none", "GET", "/v1/audits?since=yesterday", {}, 422, "bad_fields", "since"),
    ("an id that is none", "GET", "/v1/audits/..%2f..%2fetc", {}, 404, "not_found", None),
    ("an id with a quote", "GET", "/v1/audits/a'--", {}, 422, "bad_fields", "audit_id"),
    ("an audit that is not there", "GET", "/v1/audits/aud_0", {}, 404, "not_found", None),
    ("an address that is not there", "GET", "/v2/nothing", {}, 404, "not_found", None),
    ("a method that is not taken", "PUT", "/v1/audits", {}, 405, "method", None),
    ("a key that has expired before it is made", "POST", "/v1/keys", {"json": {"role": "editor", "expires": "2001-01-01T00:00:00Z"}}, 422,
     "bad_fields", "/expires"),
    ("an expiry at the end of time", "POST", "/v1/keys", {"json": {"role": "editor", "expires": "9999-12-31T23:59:59-14:00"}}, 422,
     "bad_fields", "/expires"),
    ("a role there is not", "POST", "/v1/keys", {"json": {"role": "root"}}, 422, "bad_fields", "/role"),
    ("a webhook into a file", "POST", "/v1/webhooks", {"json": {"url": "file:///etc/passwd"}}, 422, "bad_fields", "/url"),
    ("a webhook to nowhere", "POST", "/v1/webhooks", {"json": {"url": "http://[::1"}}, 422, "bad_fields", "/url"),
    ("a webhook with a password", "POST", "/v1/webhooks", {"json": {"url": "https://me:secret@example.com/"}}, 422, "bad_fields", "/url"),
    ("a webhook of an event there is not", "POST", "/v1/webhooks", {"json": {"url": "https://example.com", "events": ["x"]}}, 422,
     "bad_fields", "/events/0"),
    ("a bulk decision about everything", "PATCH", "/v1/findings", {"json": {"filter": {}, "decision": "fixed"}}, 422, "bad_fields",
     "/filter"),
    ("an idempotency key with an umlaut", "POST", "/v1/audits", {"json": body(), "headers": {"Idempotency-Key": b"\xfc"}}, 422,
     "bad_fields", "idempotency-key"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "method", "path", "more", "status", "code", "pointer"), REQUESTS, ids=[r[0] for r in REQUESTS])
def test_a_bad_request_is_a_problem_that_says_where(
    api_sqlite: Api, what: str, method: str, path: str, more: dict[str, Any], status: int, code: str, pointer: str | None
) -> None:
    if "files" in more:
        fields = more["files"].items() if isinstance(more["files"], dict) else more["files"]
        more = {"files": [(name, (None, value) if isinstance(value, str) else ("t.txt", value)) for name, value in fields]}
    told = problem(api_sqlite.ask("admin", method, path, **more), status)
    assert told["type"].removeprefix("urn:translation-auditor:") in code.split("|"), told
    assert ([e["pointer"] for e in told.get("errors", ())] or [None])[0] == pointer or pointer is None, told


def test_metadata_may_have_8_kb_and_a_revision_adds_no_more(api_sqlite: Api) -> None:
    made = api_sqlite.submit(sent=body(metadata={"notes": "x" * 8180}))
    assert len(made["metadata"]["notes"]) == 8180
    path, texts = f"/v1/articles/{made['article']}/revisions", [{"lang": "zh", "text": ZH}]
    for metadata in ({"more": "y"}, {"notes": "x" * 9000}):
        told = problem(api_sqlite.ask("translator", "POST", path, json={"translations": texts, "metadata": metadata}), 422, "bad_fields")
        assert [e["pointer"] for e in told["errors"]] == ["/metadata"] and "8,192" in told["detail"]
    assert api_sqlite.revise(made["article"], translations=texts, metadata={"notes": "short"})["metadata"] == {"notes": "short"}


WHOLE = [
    ("as it is", lambda sent: sent, FORM["Content-Type"]),
    ("without the last line end", lambda sent: sent[:-2], FORM["Content-Type"]),
    ("with words after it", lambda sent: sent + b"that was all", FORM["Content-Type"]),
    ("a quoted boundary", lambda sent: sent.replace(b"--b", b"--a 'b"), 'multipart/form-data; boundary="a \'b"'),
]


@pytest.mark.parametrize(("what", "change", "kind"), WHOLE, ids=[w[0] for w in WHOLE])
def test_a_form_that_is_whole_is_taken_with_all_its_fields(api_sqlite: Api, what: str, change: Callable[[bytes], bytes], kind: str) -> None:
    sent = form(source=EN, zh=ZH, metadata='{"an": "Übersetzung -- b--"}', ja=JA)
    answer = api_sqlite.ask("translator", "POST", "/v1/audits", content=change(sent), headers={"Content-Type": kind})
    assert answer.status_code == 202, answer.text
    assert (answer.json()["languages"], answer.json()["metadata"]) == (["ja", "zh"], {"an": "Übersetzung -- b--"})


def test_a_form_is_as_good_as_json(api_sqlite: Api) -> None:
    files = [
        ("source", ("en.txt", EN.encode())),
        ("zh", ("zh.txt", ZH.encode())),
        ("metadata", (None, '{"article": "form"}')),
        ("id", (None, "f1")),
    ]
    answer = api_sqlite.ask("translator", "POST", "/v1/audits", files=files)
    assert answer.status_code == 202, answer.text
    made = answer.json()
    assert (made["external_id"], made["metadata"], made["languages"]) == ("f1", {"article": "form"}, ["zh"])


CURSORS = [
    ("/v1/audits", to_cursor(2**61, "x")), ("/v1/articles", to_cursor(-(2**61), "x")), ("/v1/findings", to_cursor("x", 2**61)),
    ("/v1/articles/{article}/revisions", to_cursor(2**61)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "cursor"), CURSORS)
def test_a_made_up_cursor_gives_a_list_or_a_problem_and_never_a_fault(api: Api, path: str, cursor: str) -> None:
    article = api.submit()["article"]
    answer = api.ask("admin", "GET", path.format(article=article), params={"cursor": cursor})
    assert answer.status_code in (200, 422), answer.text


def test_times_at_the_ends_of_the_calendar_are_taken(api: Api) -> None:
    for since in ("0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01"):
        assert api.ask("admin", "GET", "/v1/audits", params={"since": since}).status_code == 200, since


# --- limits


@pytest.fixture(scope="module")
def narrow(session: Session) -> Iterator[Callable[..., Any]]:
    with bench("sqlite") as made:
        yield lambda **settings: api_over(made, session, **settings)


def test_a_body_beyond_the_limit_is_413_whether_its_length_was_told_or_not(narrow: Callable[..., Any]) -> None:
    with narrow(max_body=20_000) as api:
        long = json.dumps(body(en="x" * 30_000)).encode()
        for path in ("/v1/audits", "/v1/webhooks", "/v1/articles/art_0/revisions", "/v1/session"):
            for content in (long, iter([long[:15_000], long[15_000:]])):
                told = problem(api.ask("editor", "POST", path, content=content, headers=JSON), 413, "too_large")
                assert "20,000" in told["detail"]
        for path, accept in (("/submit/check", "text/html,*/*"), ("/v1/audits", "text/html"), ("/submit/check", "*/*")):
            answer = api.ask(None, "POST", path, content=long, headers={"Accept": accept, "Content-Type": "text/plain"})
            is_page = "text/html" in answer.headers["content-type"] and "<h1>Too large</h1>" in answer.text
            assert answer.status_code == 413 and is_page is (path == "/submit/check" and "text/html" in accept)
        form = b"--b\r\nContent-Disposition: form-data; name=zh\r\n\r\n" + b"x" * 30_000
        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        problem(api.ask("editor", "POST", "/v1/audits", content=iter([form]), headers=kind), 413, "too_large")
        problem(api.ask("editor", "POST", "/v1/audits", content=b"x", headers={**JSON, "Content-Length": "9" * 5000}), 413, "too_large")


def test_more_audits_under_way_than_a_key_may_have_are_429(narrow: Callable[..., Any]) -> None:
    with narrow(in_flight=2) as api:
        first = api.submit()
        api.submit(headers={"Idempotency-Key": "k"})
        answer = api.ask("translator", "POST", "/v1/audits", json=body())
        problem(answer, 429, "too_many")
        assert int(answer.headers["retry-after"]) >= 1
        assert api.submit(headers={"Idempotency-Key": "k"})["id"], "what was taken before is no new one"
        assert api.submit("other")["id"], "another key has its own"
        api.ask("translator", "DELETE", f"/v1/audits/{first['id']}")
        assert api.submit()["id"]


def test_more_requests_a_minute_than_a_key_may_send_are_429(narrow: Callable[..., Any]) -> None:
    with narrow(rate=5) as api:
        answers = [api.ask("translator", "GET", "/v1/audits") for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 5 + [429]
        problem(answers[-1], 429, "rate")
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert api.ask("other", "GET", "/v1/audits").status_code == 200


ACCEPT = [
    ("application/json", "application/json"), ("text/html", "text/html"), ("text/plain;q=0.5, text/html;q=0.9", "text/html"),
    ("*/*", "application/json"), ("text/*", "text/html"), ("", "application/json"), ("application/pdf, */*;q=0.1", "application/json"),
    ("application/pdf", None), ("application/json;q=0", None), ("text/html;q=nonsense", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def done(api_sqlite: Api) -> str:
    return str(api_sqlite.finished()["id"])


@pytest.mark.parametrize(("accept", "kind"), ACCEPT)
def test_a_report_comes_in_the_form_that_accept_asks_for(api_sqlite: Api, done: str, accept: str, kind: str | None) -> None:
    answer = api_sqlite.ask("translator", "GET", f"/v1/audits/{done}/report", headers={"Accept": accept})
    if kind is None:
        problem(answer, 406, "not_acceptable")
    else:
        assert answer.status_code == 200 and answer.headers["content-type"].partition(";")[0] == kind
