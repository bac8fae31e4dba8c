"""Who may do what: every route of the document as every role, as nobody, with keys that no longer hold, and from a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from auditor.session import Session
from auditor.store.ids import now
from auditor.store.keys import revoke_key
from tests.api_kit import ZH_RIGHT, Api, api_over, body, problem
from tests.service_kit import bench


@dataclass(frozen=True)
class Call:
    """A route and how it answers: "any" (own things of whoever asks), by role, and another translator about the first one's things."""

    method: str
    path: str
    translator: int
    editor: int
    admin: int
    other: int
    sent: Any = None
    public: bool = False


SEEN = (200, 200, 200, 404)
CALLS = [
    Call("POST", "/v1/audits", 202, 202, 202, 202, body()),
    Call("GET", "/v1/audits", 200, 200, 200, 200),
    Call("GET", "/v1/audits/{audit_id}", *SEEN),
    Call("GET", "/v1/audits/{audit_id}/events", *SEEN),
    Call("GET", "/v1/audits/{audit_id}/report", *SEEN),
    Call("GET", "/v1/audits/{audit_id}/report.{suffix}", *SEEN),
    Call("GET", "/v1/audits/{audit_id}/changes", *SEEN),
    Call("DELETE", "/v1/audits/{audit_id}", 204, 204, 204, 404),
    Call("GET", "/v1/articles", 200, 200, 200, 200),
    Call("GET", "/v1/articles/{article_id}", *SEEN),
    Call("GET", "/v1/articles/{article_id}/revisions", *SEEN),
    Call("POST", "/v1/articles/{article_id}/revisions", 202, 202, 202, 404, {"translations": [{"lang": "zh", "text": ZH_RIGHT}]}),
    Call("GET", "/v1/findings", 200, 200, 200, 200),
    Call("PATCH", "/v1/findings", 403, 200, 200, 403, {"filter": {"audit": "{audit_id}"}, "decision": "accepted"}),
    Call("GET", "/v1/findings/{finding_id}", *SEEN),
    Call("PATCH", "/v1/findings/{finding_id}", 403, 200, 200, 403, {"decision": "accepted"}),
    Call("GET", "/v1/stats", 403, 200, 200, 403),
    Call("GET", "/v1/glossaries", 200, 200, 200, 200),
    Call("PUT", "/v1/glossaries/{name}", 403, 403, 200, 403, {"entries": [{"source": "harbour", "zh": "港口"}]}),
    Call("GET", "/v1/glossaries/{name}", 200, 200, 200, 200),
    Call("GET", "/v1/glossaries/{name}/versions", 200, 200, 200, 200),
    Call("GET", "/v1/glossaries/{name}/versions/{version}", 200, 200, 200, 200),
    Call("DELETE", "/v1/glossaries/{name}", 403, 403, 204, 403),
    Call("GET", "/v1/webhooks", 200, 200, 200, 200),
    Call("POST", "/v1/webhooks", 201, 201, 201, 201, {"url": "https://tools.example.com/hook"}),
    Call("GET", "/v1/webhooks/{webhook_id}/deliveries", 200, 404, 200, 404),
    Call("POST", "/v1/webhooks/{webhook_id}/ping", 202, 404, 202, 404),
    Call("DELETE", "/v1/webhooks/{webhook_id}", 204, 404, 204, 404),
    Call("GET", "/v1/keys", 403, 403, 200, 403),
    Call("POST", "/v1/keys", 403, 403, 201, 403, {"role": "translator", "name": "new"}),
    Call("DELETE", "/v1/keys/{key_id}", 403, 403, 200, 403),
    Call("POST", "/v1/session", 200, 200, 200, 200, {"key": "{secret}"}, public=True),
    Call("DELETE", "/v1/session", 204, 204, 204, 204),
    Call("GET", "/healthz", 200, 200, 200, 200, public=True),
    Call("GET", "/readyz", 200, 200, 200, 200, public=True),
    Call("GET", "/metrics", 200, 200, 200, 200, public=True),
]
NAMES = [f"{c.method} {c.path}" for c in CALLS]


@pytest.fixture(scope="module")
def api(session: Session) -> Iterator[Api]:
    with bench("sqlite") as made, api_over(made, session) as found:
        found.add("revoked", "admin")
        revoke_key(made.database, found.keys["revoked"].id)
        found.add("expired", "admin", now() - 1)
        yield found


def prepared(api: Api, call: Call) -> Call:
    """The call about fresh things of the translator: what it removes is nobody else's."""
    values = {"secret": api.secrets["translator"], "suffix": "json", "version": "1", "name": "harbour-style", "key_id": "none"}
    if "audit_id" in f"{call.path}{call.sent}" or "{finding_id}" in call.path or "{article_id}" in call.path:
        audit = api.finished(sent=body())
        values |= {"audit_id": audit["id"], "article_id": audit["article"], "finding_id": api.findings(audit["id"])[0]["id"]}
    if "{webhook_id}" in call.path:
        hook = api.ask("translator", "POST", "/v1/webhooks", json={"url": "https://tools.example.com/hook"})
        values["webhook_id"] = hook.json()["id"]
    if "{name}" in call.path:
        assert api.ask("admin", "PUT", "/v1/glossaries/harbour-style", json={"entries": [{"source": "a", "zh": "甲"}]}).is_success
    if "{key_id}" in call.path:
        values["key_id"] = api.ask("admin", "POST", "/v1/keys", json={"role": "editor"}).json()["id"]
    return replace(call, path=call.path.format(**values), sent=_filled(call.sent, values))


def _filled(sent: Any, values: dict[str, str]) -> Any:
    if isinstance(sent, dict):
        return {k: _filled(v, values) for k, v in sent.items()}
    return sent.format(**values) if isinstance(sent, str) and sent.startswith("{") else sent


def test_every_route_of_the_document_is_in_this_table(api: Api) -> None:
    there = {f"{method.upper()} {path}" for path, ways in api.get(None, "/openapi.json")["paths"].items() for method in ways}
    assert there == set(NAMES)


@pytest.mark.parametrize("call", CALLS, ids=NAMES)
def test_each_role_may_do_what_it_should_and_no_more(api: Api, call: Call) -> None:
    for who, expected in (("other", call.other), ("translator", call.translator), ("editor", call.editor), ("admin", call.admin)):
        about = prepared(api, call)
        answer = api.ask(who, about.method, about.path, json=about.sent)
        assert answer.status_code == expected, f"{who}: {answer.status_code} {answer.text[:300]}"
        if expected >= 400:
            problem(answer, expected, {403: "forbidden", 404: "not_found"}[expected])


@pytest.mark.parametrize("call", CALLS, ids=NAMES)
def test_nobody_gets_in_without_a_key_that_holds(api: Api, call: Call) -> None:
    about = prepared(api, call)
    for who, headers in (
        (None, {}),
        ("revoked", {}),
        ("expired", {}),
        (None, {"Authorization": "Bearer ta_unknown"}),
        (None, {"Authorization": "Bearer"}),
        (None, {"Authorization": f"Basic {api.secrets['admin']}"}),
        (None, {"Authorization": f"Bearer {'x' * 5000}"}),
        (None, {"Cookie": "auditor_session=forged.by.somebody"}),
    ):
        answer = api.ask(who, about.method, about.path, json=about.sent, headers=headers)
        if call.public:
            assert answer.is_success, (who, headers)
        else:
            problem(answer, 401, "no_key")
            assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("call", [c for c in CALLS if not c.public], ids=[n for n, c in zip(NAMES, CALLS, strict=True) if not c.public])
def test_a_page_may_read_with_its_cookie_and_change_only_with_its_token(api: Api, call: Call) -> None:
    cookies, token = api.sign_in("translator")
    cookie = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    changes = call.method != "GET"
    about = prepared(api, call)
    for headers in (cookie, {**cookie, "X-CSRF-Token": "another"}, {**cookie, "X-CSRF-Token": "ü"}):
        answer = api.ask(None, about.method, about.path, json=about.sent, headers={k: v.encode("latin-1") for k, v in headers.items()})
        if changes:
            problem(answer, 403, "csrf")
        else:
            assert answer.status_code == call.translator, answer.text
    answer = api.ask(None, about.method, about.path, json=about.sent, headers={**cookie, "X-CSRF-Token": token})
    assert answer.status_code == call.translator, answer.text


def test_a_revoked_key_ends_its_sessions(api: Api) -> None:
    api.add("leaving", "editor")
    cookies, _ = api.sign_in("leaving")
    cookie = {"Cookie": f"auditor_session={cookies['auditor_session']}"}
    assert api.ask(None, "GET", "/v1/audits", headers=cookie).status_code == 200
    assert api.ask("admin", "DELETE", f"/v1/keys/{api.keys['leaving'].id}").json()["revoked_at"]
    problem(api.ask(None, "GET", "/v1/audits", headers=cookie), 401)
    problem(api.ask(None, "POST", "/v1/session", json={"key": api.secrets["leaving"]}), 401)


def test_signing_out_ends_a_session_wherever_its_cookie_was_copied_to(api: Api) -> None:
    (cookies, token), (others, _) = api.sign_in("editor"), api.sign_in("editor")
    copied = {"Cookie": f"auditor_session={cookies['auditor_session']}", "X-CSRF-Token": token}
    assert api.ask(None, "DELETE", "/v1/session", headers=copied).status_code == 204
    problem(api.ask(None, "GET", "/v1/audits", headers=copied), 401)
    other = {"Cookie": f"auditor_session={others['auditor_session']}"}
    assert api.ask(None, "GET", "/v1/audits", headers=other).status_code == 200


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(api: Api, scheme: str, secure: bool) -> None:
    answer = api.client.post(f"{scheme}://auditor.test/v1/session", json={"key": api.secrets["editor"]})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and ("; secure" in cookie) is secure
    assert api.secrets["editor"].lower() not in cookie


def test_a_key_is_shown_once_and_stored_hashed(api: Api) -> None:
    made = api.ask("admin", "POST", "/v1/keys", json={"role": "translator", "name": "Li", "expires": "2099-01-01T00:00:00Z"}).json()
    secret = made.pop("key")
    listed = next(k for k in api.get("admin", "/v1/keys")["items"] if k["id"] == made["id"])
    assert listed == {**made, "key": None}
    stored = (api.bench.service.data / "service.sqlite").read_bytes() + (api.bench.service.data / "service.sqlite-wal").read_bytes()
    assert secret.encode() not in stored and made["id"].encode() in stored
    assert api.ask(None, "GET", "/v1/audits", headers={"Authorization": f"bearer {secret}"}).status_code == 200
    used = next(k for k in api.get("admin", "/v1/keys")["items"] if k["id"] == made["id"])
    assert used["used_at"] is not None


def test_a_translator_sees_what_an_editor_did_with_their_article_and_nothing_of_others(api: Api) -> None:
    own = api.finished()
    revision = api.revise(own["article"], "editor", translations=[{"lang": "zh", "text": ZH_RIGHT}])
    another = api.submit("other")
    seen = {a["id"] for a in api.get("translator", "/v1/audits", params={"limit": 200})["items"]}
    assert {own["id"], revision["id"]} <= seen and another["id"] not in seen
    assert api.get("translator", f"/v1/articles/{own['article']}")["latest"]["id"] == revision["id"]
    assert api.get("translator", f"/v1/audits/{revision['id']}")["submitted_by"] == api.keys["editor"].id
    listed = api.get("translator", "/v1/findings", params={"audit": another["id"]})["items"]
    assert listed == []
    assert api.ask("other", "POST", "/v1/audits", json=body(metadata={"article": own["article"]})).json()["article"] != own["article"]
