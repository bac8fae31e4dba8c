"""The API for tests: an application over a fresh database of either kind, a key of every role, and audits done on the spot."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
import structlog
from starlette.testclient import TestClient

from auditor.errors import AuditorError
from auditor.jobs.audit_job import STEPS, AuditJob, Parts, give_up
from auditor.jobs.compute import Compute
from auditor.session import Session
from auditor.settings import Service
from auditor.store import audits, keys
from auditor.store.tables import AUDITS
from auditor.web.app import create_app
from tests.service_kit import KINDS, Bench, bench

# What would be printed of a fault otherwise are all variables of all its frames, which takes minutes.
structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
EN = "The harbour authority said freight rose to $19 million in May. Traffic fell in June.\nThe union welcomed the new contract."
ZH = "港务局表示，5月货运额增至1.9亿美元。6月货运量下降。\n工会对新合同表示欢迎。"
ZH_RIGHT = "港务局表示，5月货运额增至1900万美元。6月货运量下降。\n工会对新合同表示欢迎。"
JA = "港湾局によると、5月の貨物額は1900万ドルに増加した。6月の交通量は減少した。\n組合は新しい契約を歓迎した。"
ROLES = {"translator": "translator", "other": "translator", "editor": "editor", "second_editor": "editor", "admin": "admin"}


def body(zh: str | None = ZH, ja: str | None = None, en: str = EN, **more: Any) -> dict[str, Any]:
    """A submission."""
    translations = [{"lang": lang, "text": text} for lang, text in (("zh", zh), ("ja", ja)) if text is not None]
    return {"source": {"lang": "en", "text": en}, "translations": translations, **more}


@dataclass
class Api:
    """An application and who may ask it."""

    bench: Bench
    client: TestClient
    session: Session
    secrets: dict[str, str] = field(default_factory=dict)
    keys: dict[str, keys.Key] = field(default_factory=dict)

    def add(self, who: str, role: keys.Role, expires_at: int | None = None) -> None:
        self.keys[who], self.secrets[who] = keys.create_key(self.bench.database, role, who, expires_at)

    def ask(self, who: str | None, method: str, path: str, **more: Any) -> httpx.Response:
        """One request as somebody, or as nobody."""
        headers = {**({"Authorization": f"Bearer {self.secrets[who]}"} if who else {}), **more.pop("headers", {})}
        self.client.cookies.clear()
        return self.client.request(method, path, headers=headers, **more)

    def get(self, who: str | None, path: str, **more: Any) -> Any:
        """What a GET that must go well answers."""
        answer = self.ask(who, "GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def submit(self, who: str = "translator", sent: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        answer = self.ask(who, "POST", "/v1/audits", json=body() if sent is None else sent, **more)
        assert answer.status_code == 202, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def revise(self, article: str, who: str = "translator", **sent: Any) -> dict[str, Any]:
        answer = self.ask(who, "POST", f"/v1/articles/{article}/revisions", json=sent)
        assert answer.status_code == 202, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def work(self, *ids: str) -> None:
        """Do the queued audits, or just these, as a worker does them."""
        with self.bench.database.read() as connection:
            queued = connection.execute(sa.select(AUDITS.c.id).where(AUDITS.c.state == "queued").order_by(AUDITS.c.submitted_at)).scalars()
            ids = ids or tuple(queued)
        parts = Parts(self.bench.database, self.bench.queue, self.session, 60, Compute())
        for audit_id in ids:
            audit = audits.begin(self.bench.database, audit_id, "test")
            assert audit is not None
            job = AuditJob(parts, audit)
            try:
                for step in STEPS:
                    job._step(step)
            except AuditorError as error:
                give_up(parts, audit, error.code, str(error))

    def finished(self, who: str = "translator", sent: dict[str, Any] | None = None) -> dict[str, Any]:
        """An audit that has been done."""
        made = self.submit(who, sent)
        self.work(made["id"])
        done: dict[str, Any] = self.get(who, f"/v1/audits/{made['id']}")
        assert done["state"] == "finished", done
        return done

    def findings(self, audit: str, who: str = "editor", **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(who, "/v1/findings", params={"audit": audit, **query})["items"]
        return found

    def decide(self, finding: str, who: str = "editor", **sent: Any) -> httpx.Response:
        return self.ask(who, "PATCH", f"/v1/findings/{finding}", json=sent)

    def sign_in(self, who: str) -> tuple[dict[str, str], str]:
        """The cookies and the CSRF token of a page session."""
        answer = self.ask(None, "POST", "/v1/session", json={"key": self.secrets[who]})
        assert answer.status_code == 200, answer.text
        return dict(answer.cookies), answer.json()["csrf_token"]

    def count(self, table: sa.Table) -> int:
        with self.bench.database.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


@contextlib.contextmanager
def api_over(made: Bench, session: Session, **settings: Any) -> Iterator[Api]:
    """The application with some settings changed, over a database that is there, and keys of its own."""
    service: Service = replace(made.service, **settings)
    with TestClient(create_app(service, made.database), base_url="http://auditor.test", raise_server_exceptions=False) as client:
        api = Api(made, client, session)
        for who, role in ROLES.items():
            api.add(who, role)  # type: ignore[arg-type]
        yield api


@pytest.fixture(scope="module", params=KINDS)
def api(request: pytest.FixtureRequest, session: Session) -> Iterator[Api]:
    """An application a module and kind of database."""
    with bench(request.param) as made, api_over(made, session) as found:
        yield found


@pytest.fixture(scope="module")
def api_sqlite(session: Session) -> Iterator[Api]:
    """The same, embedded, where the database makes no difference."""
    with bench("sqlite") as made, api_over(made, session) as found:
        yield found


def problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """An answer that must be a problem with all that a problem has."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= set(told) and told["status"] == status and told["title"] and told["detail"], told
    assert all(set(e) == {"pointer", "detail"} for e in told.get("errors", ()))
    if code is not None:
        assert told["type"] == f"urn:translation-auditor:{code}", told
    return told
