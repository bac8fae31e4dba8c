"""Hostile texts, names and headers do nothing anywhere; what stands around every answer; what age removes."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa

from auditor.store import retention, webhooks
from auditor.store.ids import now
from auditor.store.tables import ARTICLES, AUDITS, DECISIONS, DELIVERIES, FINDINGS, KEYS, REPORTS, SUBMISSIONS
from tests import api_kit
from tests.api_kit import EN, ZH, ZH_RIGHT, Api, body, problem

api, api_sqlite = api_kit.api, api_kit.api_sqlite
HOSTILE = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{ 7 * 7 }} {% import os %} ${7*7} #{7*7}", "'; DROP TABLE audits; --",
    "../../../etc/passwd", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "javascript:alert(1)", "%s%n%x {0} {name}",
    "</style><script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u202egnol\u202c",
]  # fmt: skip
HEADERS = {
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer", "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
}  # fmt: skip


class Tags(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_text_says_is_only_shown(api: Api, hostile: str) -> None:
    sent = body(
        en=EN + f"\n{hostile} The clerk paid $5 million.", zh=ZH + f"\n{hostile} 该职员支付了5亿美元。", id=hostile,
        metadata={"article": f"{hostile} {api.bench.database.is_sqlite}", hostile: hostile}, glossary=[{"source": "clerk", "zh": hostile}],
    )  # fmt: skip
    audit = api.finished(sent=sent)
    assert audit["external_id"] == hostile and audit["metadata"][hostile] == hostile
    path = f"/v1/audits/{audit['id']}/report"
    told = api.get("translator", f"{path}.json")
    assert told["id"] == hostile
    page = api.ask("translator", "GET", f"{path}.html")
    tags = Tags(page.text)
    assert "script" not in tags.tags and "img" not in tags.tags
    assert not [a for a, value in tags.attributes if a.startswith("on") or (value or "").lower().startswith("javascript:")]
    assert ("7*7" in page.text) is ("7*7" in hostile)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "frame-ancestors 'none'" in policy
    plain = api.ask("translator", "GET", f"{path}.txt").text
    assert "\x1b" not in plain
    [article] = [a for a in api.get("translator", "/v1/articles")["items"] if a["id"] == audit["article"]]
    assert article["name"] == sent["metadata"]["article"]
    assert api.get("translator", f"/v1/audits/{audit['id']}")["state"] == "finished", "the tables are all there"


NASTY = ["a\r\nSet-Cookie: x=1", "a\nb", "\x1b[31mred", "a" * 65, "<script>", "ü", "", "a b", "../x"]


@pytest.mark.parametrize("nasty", NASTY)
def test_an_id_of_a_request_is_ours_unless_it_is_plain(api_sqlite: Api, nasty: str) -> None:
    answer = api_sqlite.ask("translator", "GET", "/v1/audits", headers={"X-Request-ID": nasty.encode("latin-1")})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"]) and "set-cookie" not in answer.headers
    plain = api_sqlite.ask("translator", "GET", "/v1/audits", headers={"X-Request-ID": "job-17.a_B"})
    assert plain.headers["x-request-id"] == "job-17.a_B"


@pytest.mark.parametrize(
    "path", ["/v1/audits/a%0d%0aSet-Cookie:%20x=1", "/v1/audits/aud_1/report.%0d%0aX:%201", "/v1/findings/%0d%0ax", "/%00"]
)
def test_line_ends_in_an_address_make_no_header(api_sqlite: Api, path: str) -> None:
    answer = api_sqlite.ask("translator", "GET", path)
    assert answer.status_code in (404, 422) and "set-cookie" not in answer.headers and "x" not in answer.headers


ANSWERS = [
    ("GET", "/v1/audits", "translator", {}, 200), ("GET", "/healthz", None, {}, 200), ("GET", "/openapi.json", None, {}, 200),
    ("GET", "/v1/audits", None, {}, 401), ("GET", "/v1/keys", "editor", {}, 403), ("GET", "/nowhere", None, {}, 404),
    ("PUT", "/v1/audits", "editor", {}, 405), ("POST", "/v1/audits", "editor", {"content": b"x"}, 415),
    ("POST", "/v1/audits", "editor", {"json": {}}, 422), ("GET", "/docs", None, {}, 404),
    ("POST", "/v1/audits", "editor", {"content": b"x" * 17_000_000, "headers": {"Content-Type": "application/json"}}, 413),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "who", "more", "status"), ANSWERS)
def test_every_answer_keeps_browsers_safe(
    api_sqlite: Api, method: str, path: str, who: str | None, more: dict[str, Any], status: int
) -> None:
    answer = api_sqlite.ask(who, method, path, **more)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "access-control-allow-origin" not in answer.headers and "server" not in answer.headers


def test_a_fault_of_our_own_says_nothing_of_itself_and_has_an_id(api_sqlite: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("auditor.store.audits.list_audits", broken)
    answer = api_sqlite.ask("translator", "GET", "/v1/audits")
    assert "secret detail" not in problem(answer, 500, "internal")["detail"]
    assert answer.headers["x-request-id"] and {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_database_error_does_not_quote_what_was_to_be_stored(api: Api) -> None:
    with pytest.raises(sa.exc.DBAPIError) as told, api.bench.database.write() as connection:
        connection.execute(SUBMISSIONS.insert(), {"audit_id": "aud_0", "body": "the text of an article"})
    assert "the text of an article" not in str(told.value)


# --- retention


def test_old_texts_go_and_what_was_found_stays(api: Api) -> None:
    audit = api.finished(sent=body(id="old", metadata={"article": "old", "desk": "x"}))
    [found, *_] = api.findings(audit["id"])
    api.decide(found["id"], decision="false_alarm", reason="a reason", comment="quotes the text")
    fresh = api.revise(audit["article"], translations=[{"lang": "zh", "text": ZH_RIGHT}])
    api.work(fresh["id"])
    before = api.get("editor", "/v1/stats")
    with api.bench.database.write() as connection:
        connection.execute(AUDITS.update().where(AUDITS.c.id == audit["id"]).values(finished_at=now() - 31 * 24 * 3600 * 1000))
    assert retention.remove_old_texts(api.bench.database, 30) == 1
    assert retention.remove_old_texts(api.bench.database, 30) == 0
    told = problem(api.ask("translator", "GET", f"/v1/audits/{audit['id']}/report"), 404)
    assert "removed with age" in told["detail"]
    problem(api.ask("translator", "GET", f"/v1/audits/{audit['id']}/report.html"), 404)
    left = api.get("translator", f"/v1/audits/{audit['id']}")
    assert left["texts_removed_at"] and left["external_id"] is None and left["metadata"] == {}
    assert (left["state"], left["findings"], left["verdict"]) == ("finished", audit["findings"], audit["verdict"])
    assert api.get("editor", "/v1/stats") == before
    history = api.get("editor", f"/v1/findings/{found['id']}")["history"]
    assert [(h["decision"], h["reason"], h["comment"]) for h in history] == [("false_alarm", None, None)]
    assert api.get("translator", f"/v1/audits/{fresh['id']}/report"), "the newer one is not old"
    with api.bench.database.read() as connection:
        everything = [connection.execute(sa.select(t)).all() for t in (AUDITS, DECISIONS, FINDINGS)]
        kept = connection.execute(sa.select(SUBMISSIONS.c.audit_id).where(SUBMISSIONS.c.audit_id == audit["id"])).all()
        kept += connection.execute(sa.select(REPORTS.c.audit_id).where(REPORTS.c.audit_id == audit["id"])).all()
    assert kept == [] and "quotes the text" not in str(everything)


def aged(api: Api, *audits: dict[str, Any]) -> None:
    with api.bench.database.write() as connection:
        connection.execute(AUDITS.update().where(AUDITS.c.id.in_([a["id"] for a in audits])).values(finished_at=1))
    retention.remove_old_texts(api.bench.database, 30)


def test_the_name_of_an_article_goes_with_the_last_of_its_texts(api: Api) -> None:
    sent = body(metadata={"article": "Secret merger", "desk": "x"})
    first = api.finished(sent=sent)
    second = api.finished(sent=sent)
    assert first["article"] == second["article"]
    path = f"/v1/articles/{first['article']}"
    aged(api, first)
    assert api.get("translator", path)["name"] == "Secret merger", "its second revision has its texts"
    aged(api, second)
    left = api.get("translator", path)
    assert (left["name"], left["revisions"]) == (None, 2)
    later = api.submit(sent=sent)
    assert (later["revision"], later["article"] == first["article"]) == (1, False), "nobody knows any more that it is that one"
    assert api.get("translator", f"/v1/articles/{later['article']}")["name"] == "Secret merger", "one that is queued is not old"


def test_the_name_goes_when_what_is_left_after_a_deletion_has_no_texts(api: Api) -> None:
    sent = body(metadata={"article": "Second secret"})
    old, new = api.finished(sent=sent), api.finished(sent=sent)
    aged(api, old)
    assert api.ask("translator", "DELETE", f"/v1/audits/{new['id']}").status_code == 204
    retention.remove_old_texts(api.bench.database, 30)
    with api.bench.database.read() as connection:
        stored = str([connection.execute(sa.select(t)).all() for t in (ARTICLES, AUDITS, SUBMISSIONS, REPORTS)])
    assert "Second secret" not in stored


def test_what_waits_to_be_delivered_loses_the_words_of_a_removed_audit(api: Api) -> None:
    hook = api.ask("translator", "POST", "/v1/webhooks", json={"url": "https://tools.example.com/hook"}).json()
    audit, young = (api.finished(sent=body(id=name)) for name in ("private-name", "young"))
    aged(api, audit)
    waiting = {d.audit_id: json.loads(d.body)["audit"] for d in webhooks.list_deliveries(api.bench.database, hook["id"])}
    assert waiting[audit["id"]]["external_id"] is None and waiting[audit["id"]]["findings"] == audit["findings"]
    assert waiting[young["id"]]["external_id"] == "young"
    with api.bench.database.read() as connection:
        assert "private-name" not in str(connection.execute(sa.select(DELIVERIES)).all())
    assert api.ask("translator", "DELETE", f"/v1/webhooks/{hook['id']}").status_code == 204


def test_a_revision_of_an_article_whose_texts_are_gone_says_so(api: Api) -> None:
    audit = api.finished()
    with api.bench.database.write() as connection:
        connection.execute(AUDITS.update().where(AUDITS.c.id == audit["id"]).values(finished_at=1))
    retention.remove_old_texts(api.bench.database, 30)
    sent = {"translations": [{"lang": "zh", "text": ZH_RIGHT}]}
    told = problem(api.ask("translator", "POST", f"/v1/articles/{audit['article']}/revisions", json=sent), 404)
    assert "removed" in told["detail"]


def test_the_database_keeps_no_key(api: Api) -> None:
    with api.bench.database.read() as connection:
        stored = json.dumps([list(row) for row in connection.execute(sa.select(KEYS))])
    assert not any(secret in stored for secret in api.secrets.values())


@pytest.mark.parametrize(("method", "path"), [("PUT", "/v1/glossaries/a"), ("POST", "/v1/audits"), ("POST", "/submit")])
def test_nobody_without_a_key_has_a_body_looked_at(api: Api, method: str, path: str) -> None:
    answer = api.client.request(method, path, content=b"{" * 1000, headers={"Content-Type": "application/json"})
    assert answer.status_code == 401, "what is wrong with a body is nobody's business either"


@pytest.mark.parametrize("path", ["/v1/session", "/sign-in", "/language"])
def test_to_sign_in_one_may_send_little(api: Api, path: str) -> None:
    answer = api.client.post(path, content=b"x" * 70_000, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413
