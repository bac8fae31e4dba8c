"""A real browser for tests: Debian's Chromium driven by Playwright, over an application that this process serves.

`make test` installs Chromium on Debian when it runs as root. Where there is none its tests are skipped, or fail where nothing may be
skipped (AUDITOR_TEST_ALL=1). Playwright's own browsers are not downloaded.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from auditor.demo import sample
from auditor.report import to_json
from auditor.session import Session
from auditor.store import audits, findings
from auditor.store.ids import dumps
from auditor.store.tables import SUBMISSIONS
from tests.api_kit import Api, api_over
from tests.serve_kit import free_port, until
from tests.service_kit import bench, need

NAMES = ("chromium", "chromium-browser", "google-chrome")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str:
    """Where the browser is; without one the test is skipped, or fails where nothing may be skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), "")
    need(bool(found), f"no browser: none of {', '.join(NAMES)} is installed (Debian: apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    chromium()
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser a module. The sandbox cannot be had as root."""
    made = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield made
    made.close()


@contextlib.contextmanager
def serving_here(api: Api) -> Iterator[str]:
    """The application at a port of this machine; its address. What its tests queue they work off themselves (`Api.work`)."""
    port = free_port()
    config = uvicorn.Config(api.client.app, host="127.0.0.1", port=port, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert until(lambda: server.started, 20)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Watched:
    """A page on which nothing may go wrong: errors of scripts, refused contents and dialogs are kept."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("console", lambda said: self.wrong.append(f"{said.type}: {said.text}") if said.type in ("error", "warning") else None)
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        self.page.on("request", lambda request: None if request.url.startswith((self.url, "blob:")) else self.wrong.append(request.url))

    def _failed(self, url: str, why: str | None) -> None:
        if "/events" not in url and "ERR_ABORTED" not in (why or ""):
            self.wrong.append(f"failed: {url} {why}")

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, secret: str) -> None:
        self.go("/sign-in")
        self.page.fill("#key", secret)
        self.page.click("main button")
        self.page.wait_for_url("**/inbox")


@contextlib.contextmanager
def watched(browser: Browser, url: str, secret: str = "", **more: Any) -> Iterator[Watched]:
    """A page of its own session, signed in when there is a secret; what went wrong on it fails the test."""
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **more})
    context.set_default_timeout(15_000)
    try:
        made = Watched(context.new_page(), url)
        if secret:
            made.sign_in(secret)
        yield made
        assert not made.wrong, made.wrong
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe-core has against a page, by WCAG 2.2 AA."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {n['target']} {n['failureSummary'][:300]}" for v in found for n in v["nodes"][:5]]


# --- A long article


def long_audit(api: Api, session: Session, passages: int, who: str = "translator") -> str:
    """A finished audit of at least that many passages: the report of the drifted sample, repeated with its offsets moved on."""
    one, run = session.audit(sample("drifted"))
    value = json.loads(json.dumps(to_json(one, run)))
    times = -(-passages // len(value["translations"][0]["passages"]))
    texts = {"en": one.source} | {t.lang: t.text for t in one.translations}
    sent = {"source": {"lang": "en", "text": "\n".join([texts["en"]] * times)}, "metadata": {"article": f"Long {passages}"},
            "translations": [{"lang": t.lang, "text": "\n".join([texts[t.lang]] * times)} for t in one.translations]}  # fmt: skip
    made = api.submit(who, {**sent, "translations": sent["translations"]})
    audit = audits.begin(api.bench.database, made["id"], "test")
    assert audit is not None
    repeated = {**value, "findings": [f for k in range(times) for f in _moved(value["findings"], k, texts, "passage")]}
    repeated["translations"] = [
        {**t, "passages": [p for k in range(times) for p in _moved(t["passages"], k, texts, "id", t["lang"])]}
        for t in value["translations"]
    ]
    repeated["summary"] = {**value["summary"], "findings": {s: n * times for s, n in value["summary"]["findings"].items()}}
    with api.bench.database.write() as connection:
        assert audits.finish(connection, audit, repeated)
        findings.store(connection, audit, repeated, {t["lang"]: t["text"] for t in (sent["source"], *sent["translations"])})  # type: ignore[misc,index]
        assert connection.execute(sa.select(SUBMISSIONS.c.body).where(SUBMISSIONS.c.audit_id == audit.id)).scalar() != dumps({})
    return audit.id


_NUMBERS = count()


def _moved(found: list[dict[str, Any]], k: int, texts: Mapping[str, str], passage: str, lang: str = "") -> Iterator[dict[str, Any]]:
    for one in found:
        by = {"source": k * (len(texts["en"]) + 1), "target": k * (len(texts[one.get("lang") or lang]) + 1)}
        spans = {
            side: {**one[side], "start": one[side]["start"] + n, "end": one[side]["end"] + n} if one[side] else None
            for side, n in by.items()
        }
        own = {"id": f"{one['id'].rsplit('-', 1)[0]}-{next(_NUMBERS):06x}"} if passage == "passage" else {}
        name = f"{one[passage]}x{k}" if one[passage] and k else one[passage]
        yield {**one, **spans, **own, passage: name}


def seconds(since: float) -> float:
    return time.perf_counter() - since


DRIFTED_EN = "The works employs 120 people. It sold 40 ships in May. Exports fell in June. The court did not reject the appeal."
DRIFTED_ZH = "该厂雇用530人。5月售出90艘船。6月出口上升。法院驳回了上诉。"


@pytest.fixture(scope="module")
def api(session: Session) -> Iterator[Api]:
    """An API over an embedded database, for a browser."""
    chromium()
    with bench("sqlite") as made, api_over(made, session) as found:
        yield found


@pytest.fixture(scope="module")
def url(api: Api) -> Iterator[str]:
    """Where this process serves it."""
    with serving_here(api) as found:
        yield found
