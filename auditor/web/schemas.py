"""Bodies of answers."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from auditor.store.findings import Decision
from auditor.store.keys import Role


class Error(BaseModel):
    """Why an audit failed."""

    code: str = Field(examples=["wrong_language"])
    message: str


class Counts(BaseModel):
    """Findings by severity."""

    critical: int
    major: int
    minor: int


class Links(BaseModel):
    """Where to go on."""

    self: str
    report: str
    events: str
    changes: str
    article: str


class UsedGlossary(BaseModel):
    """Which version of a glossary an audit used."""

    name: str
    version: int


class AuditOut(BaseModel):
    """An audit: how far it is and what came of it."""

    id: str = Field(examples=["aud_3f9a1c20b7d14e5a9c8b7a60"])
    external_id: str | None
    state: Literal["queued", "running", "finished", "failed", "cancelled"]
    step: str | None = Field(description="load, plan, translate, audit or save, while it runs")
    progress: float = Field(ge=0, le=1)
    queue_position: int | None = Field(default=None, description="audits before it, while it is queued")
    submitted_at: str = Field(examples=["2026-11-26T12:00:00.000Z"])
    started_at: str | None
    finished_at: str | None
    article: str = Field(examples=["art_77d0a1b2c3d4e5f601234567"])
    revision: int
    languages: list[str]
    submitted_by: str
    metadata: dict[str, Any]
    glossary: UsedGlossary | None
    verdict: Literal["drifted", "check", "faithful"] | None
    findings: Counts | None
    texts_removed_at: str | None
    error: Error | None
    links: Links


class Page(BaseModel):
    """A list's continuation."""

    next: str | None = Field(description="give it as `cursor` for what follows; null at the end")


class AuditPage(Page):
    """Audits, the newest first."""

    items: list[AuditOut]


class ArticleOut(BaseModel):
    """An article by its latest revision."""

    id: str
    name: str | None
    created_at: str
    revisions: int
    latest: AuditOut | None


class ArticlePage(Page):
    """Articles, the newest first."""

    items: list[ArticleOut]


class DecisionOut(BaseModel):
    """One decision."""

    number: int
    decision: Decision
    reason: str | None
    comment: str | None
    author: str
    made_at: str
    audit: str


class FindingOut(BaseModel):
    """A finding as editors decide about it; its words and evidence are in the report."""

    id: str = Field(examples=["aud_3f9a1c20b7d14e5a9c8b7a60.zh-figure-3f9a1c"])
    finding: str = Field(description="its id in the report, the same in every revision that has the drift", examples=["zh-figure-3f9a1c"])
    audit: str
    article: str
    lang: str
    category: str
    type: str
    severity: str
    confidence: float
    agreement: str | None
    status: Literal["new", "open"] = Field(description="against the revision before: new, or still there")
    decision: Decision
    version: int = Field(description="number of decisions so far: send it back, and a decision made meanwhile is not overwritten")
    reopened: bool = Field(description="a decision was made, and one of the two passages has changed since")
    reason: str | None
    comment: str | None
    author: str | None
    made_at: str | None
    history: list[DecisionOut] | None = None


class FindingPage(Page):
    """Findings in the order of their reports."""

    items: list[FindingOut]


class ChangesOut(BaseModel):
    """An audit against the revision before."""

    audit: str
    previous: str | None
    new: list[FindingOut]
    gone: list[FindingOut]
    still_open: list[FindingOut] = Field(description="there before, and no decision closes it")
    decided: list[FindingOut] = Field(description="there before, and decided")


class BulkOut(BaseModel):
    """How many findings a bulk decision was about."""

    decided: int


class CheckStats(BaseModel):
    """A check's findings and what editors said of them."""

    category: str
    type: str
    findings: int
    decided: int
    false_alarms: int
    false_alarm_rate: float | None = Field(description="false alarms of those decided; null when nothing is decided")


class StatsOut(BaseModel):
    """How the service's checks do, in the eyes of its editors."""

    audits: dict[str, int] = Field(description="by state")
    checks: list[CheckStats]


class GlossaryOut(BaseModel):
    """A version of a glossary."""

    name: str
    version: int
    author: str
    made_at: str
    entries: list[dict[str, Any]] | None = None


class GlossaryList(BaseModel):
    """Glossaries by name, or the versions of one."""

    items: list[GlossaryOut]


class WebhookOut(BaseModel):
    """A webhook; `secret` is shown only when it is made."""

    id: str
    url: str
    events: list[str]
    created_at: str
    secret: str | None = None


class WebhookList(BaseModel):
    """Webhooks, the newest first."""

    items: list[WebhookOut]


class DeliveryOut(BaseModel):
    """One event for one webhook."""

    id: str
    event: str
    audit: str | None
    state: Literal["waiting", "delivered", "given_up"]
    attempts: int
    status_code: int | None
    error: str | None
    created_at: str
    tried_at: str | None
    next_at: str | None


class DeliveryList(BaseModel):
    """Deliveries of a webhook, the newest first."""

    items: list[DeliveryOut]


class KeyOut(BaseModel):
    """A key; its secret `key` is shown only when it is made."""

    id: str
    name: str
    role: Role
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None
    key: str | None = None


class KeyList(BaseModel):
    """Every key, the newest first."""

    items: list[KeyOut]


class SessionOut(BaseModel):
    """An open session: the cookie is set; what changes something needs this token in X-CSRF-Token."""

    name: str
    role: Role
    csrf_token: str
