"""Who may open and send what at the desk: every page route as every role, as nobody, and without the session's token."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from fastapi.routing import APIRoute

from auditor.session import Session
from auditor.store.ids import now
from auditor.store.keys import revoke_key
from auditor.web.pages import ROUTERS
from tests.api_kit import EN, ZH, Api, api_over
from tests.desk_kit import Visit, visit
from tests.service_kit import bench


@dataclass(frozen=True)
class Page:
    """A route and how it answers, by role; `other`: another translator, about the first one's things."""

    method: str
    path: str
    translator: int
    editor: int
    admin: int
    other: int
    sent: dict[str, str] | None = None
    public: bool = False
    query: str = ""


SEEN = (200, 200, 200, 404)
DONE = (403, 303, 303, 403)
ADMIN = (403, 403, 200, 403)
PAGES = [
    Page("GET", "/", 303, 303, 303, 303, public=True),
    Page("GET", "/sign-in", 303, 303, 303, 303, public=True),
    Page("POST", "/sign-in", 303, 303, 303, 303, {"key": "{secret}"}, public=True),
    Page("POST", "/sign-out", 303, 303, 303, 303, {}),
    Page("POST", "/language", 303, 303, 303, 303, {"language": "ja"}, public=True),
    Page("GET", "/inbox", 200, 200, 200, 200),
    Page("GET", "/inbox/events", 200, 200, 200, 200, query="?audit={audit_id}"),
    Page("GET", "/desk/{audit_id}", *SEEN),
    Page("GET", "/desk/{audit_id}/part/{part}", *SEEN),
    Page("GET", "/desk/{audit_id}/changes", *SEEN),
    Page("POST", "/desk/{audit_id}/cancel", 409, 409, 409, 404, {}),
    Page("POST", "/desk/{audit_id}/findings/{finding}", 403, 303, 303, 404, {"decision": "accepted", "version": "0"}),
    Page("POST", "/desk/{audit_id}/bulk", 403, 303, 303, 404, {"decision": "accepted", "seen": "{finding}:0"}),
    Page("POST", "/desk/{audit_id}/bulk/undo", 403, 303, 303, 404, {"at": "1"}),
    Page("GET", "/submit", 200, 200, 200, 200),
    Page("POST", "/submit/check", 200, 200, 200, 200, {"source": EN, "first": ZH}),
    Page("POST", "/submit/language", 200, 200, 200, 200, {"source": EN, "language": "ja"}),
    Page("POST", "/submit", 303, 303, 303, 303, {"source": EN, "first": ZH, "first_lang": "zh"}),
    Page("GET", "/glossaries", 200, 200, 200, 200),
    Page("POST", "/glossaries", *DONE[:1], 403, 303, 403, {"name": "desk-style", "version": "0", "entries": "source,zh\nharbour,港口"}),
    Page("GET", "/glossaries/{name}", 200, 200, 200, 200),
    Page("POST", "/glossaries/{name}/remove", 403, 403, 303, 403, {}),
    Page("GET", "/keys", *ADMIN),
    Page("POST", "/keys", 403, 403, 201, 403, {"role": "translator", "name": "new"}),
    Page("POST", "/keys/{key_id}/revoke", 403, 403, 303, 403, {}),
    Page("GET", "/trends", 403, 200, 200, 403),
    Page("GET", "/trends/{chart}.svg", 403, 200, 200, 403),
    Page("GET", "/trends/{chart}.csv", 403, 200, 200, 403),
]
NAMES = [f"{p.method} {p.path}" for p in PAGES]
GUARDED = [p for p in PAGES if not p.public]
WHO = ("other", "translator", "editor", "admin")


@pytest.fixture(scope="module")
def api(session: Session) -> Iterator[Api]:
    with bench("sqlite") as made, api_over(made, session) as found:
        found.add("leaving", "admin")
        yield found


@pytest.fixture(scope="module")
def visits(api: Api) -> dict[str, Visit]:
    return {who: visit(api, who) for who in WHO}


@pytest.fixture
def values(api: Api) -> dict[str, str]:
    """Fresh things of the translator."""
    audit = api.finished()
    assert api.ask("admin", "PUT", "/v1/glossaries/harbour-style", json={"entries": [{"source": "a", "zh": "甲"}]}).is_success
    return {
        "secret": api.secrets["translator"], "audit_id": audit["id"], "finding": api.findings(audit["id"])[0]["finding"], "part": "1",
        "name": "harbour-style", "chart": "alarms", "key_id": api.ask("admin", "POST", "/v1/keys", json={"role": "editor"}).json()["id"],
    }  # fmt: skip


def filled(about: Page, values: dict[str, str]) -> Page:
    sent = {k: v.format(**values) if v.startswith("{") else v for k, v in (about.sent or {}).items()}
    return replace(about, path=(about.path + about.query).format(**values), sent=sent)


def ask(by: Visit, about: Page, token: str | None = None) -> Any:
    return by.get(about.path) if about.method == "GET" else by.post(about.path, token, **(about.sent or {}))


def test_every_page_route_is_in_this_table() -> None:
    there = {f"{m} {r.path}" for router in ROUTERS for r in router.routes if isinstance(r, APIRoute) for m in r.methods}
    assert there == set(NAMES)


@pytest.mark.parametrize("about", PAGES, ids=NAMES)
def test_each_role_may_do_what_it_should_and_no_more(api: Api, values: dict[str, str], visits: dict[str, Visit], about: Page) -> None:
    for who in WHO:
        by = visit(api, who) if about.path.startswith("/sign-") else visits[who]
        if "{finding}" in f"{about.path}{about.sent}" and who == "admin":
            api.decide(f"{values['audit_id']}.{values['finding']}", decision="open")  # the editor has decided just before: another version
            values = {**values, "audit_id": (fresh := api.finished())["id"], "finding": api.findings(fresh["id"])[0]["finding"]}
        answer = ask(by, filled(about, values))
        expected = getattr(about, who)
        assert answer.status_code == expected, f"{who}: {answer.status_code} {answer.text[:600]}"
        if expected >= 400:
            assert answer.headers["content-type"].startswith("text/html") and "<h1>" in answer.text


@pytest.mark.parametrize("about", GUARDED, ids=[n for n, p in zip(NAMES, PAGES, strict=True) if not p.public])
def test_nobody_gets_in_without_a_session_that_holds(api: Api, values: dict[str, str], about: Page) -> None:
    api.add("expired", "admin", now() - 1)
    gone = visit(api, "leaving") if api.keys["leaving"].revoked_at is None and about.path == GUARDED[0].path else Visit(api)
    if gone.cookies:
        revoke_key(api.bench.database, api.keys["leaving"].id)
    bearer = Visit(api, {"auditor_session": ""})
    for by in (Visit(api), gone, Visit(api, {"auditor_session": "forged.by.somebody"}), bearer):
        answer = ask(by, filled(about, values))
        if about.method == "GET":
            assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next=%2F")
        else:
            assert answer.status_code == 401 and "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("about", [p for p in GUARDED if p.method == "POST"], ids=[p.path for p in GUARDED if p.method == "POST"])
def test_a_form_from_elsewhere_changes_nothing(api: Api, values: dict[str, str], visits: dict[str, Visit], about: Page) -> None:
    for token in ("", "another", "ü", visits["translator"].token):
        answer = ask(visits["admin"], filled(about, values), token)
        assert answer.status_code == 403 and "text/html" in answer.headers["content-type"], answer.text[:300]


def test_nobody_is_sent_to_another_site_after_signing_in(api: Api) -> None:
    for address in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\x00", "/ü", "", "x" * 5000):
        answer = Visit(api).post("/sign-in", key=api.secrets["editor"], next=address)
        assert answer.headers["location"] == "/inbox", address
    assert Visit(api).post("/sign-in", key=api.secrets["editor"], next="/desk/aud_1?q=a").headers["location"] == "/desk/aud_1?q=a"


def test_another_site_cannot_sign_anybody_in(api: Api) -> None:
    for site, status in (("cross-site", 403), ("same-origin", 303), ("none", 303)):
        sent = {"data": {"key": api.secrets["editor"]}, "headers": {"Sec-Fetch-Site": site}}
        answer = Visit(api)._ask("POST", "/sign-in", **sent)
        assert answer.status_code == status and ("set-cookie" in answer.headers) is (status == 303), site


def test_pages_say_what_browsers_must_not_do(api: Api, values: dict[str, str], visits: dict[str, Visit]) -> None:
    for path in ("/inbox", f"/desk/{values['audit_id']}", "/keys", "/sign-in", "/desk/none"):
        headers = (Visit(api) if path == "/sign-in" else visits["admin"]).get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy, path
        assert headers["cache-control"] == "no-store" and headers["x-frame-options"] == "DENY", path
