"""Rows as the API shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from auditor.store import glossaries
from auditor.store.audits import Audit, queue_position
from auditor.store.database import Database
from auditor.store.findings import Made, Row
from auditor.store.ids import iso
from auditor.store.keys import Key
from auditor.store.webhooks import Delivery, Webhook
from auditor.web.schemas import (
    AuditOut,
    Counts,
    DecisionOut,
    DeliveryOut,
    Error,
    FindingOut,
    GlossaryOut,
    KeyOut,
    Links,
    UsedGlossary,
    WebhookOut,
)


def audits_out(database: Database, audits: Sequence[Audit]) -> list[AuditOut]:
    """Audits of a list, without their places in the queue."""
    names = glossaries.glossary_names(database, {a.glossary_id for a in audits if a.glossary_id})
    return [_audit_out(a, names, None) for a in audits]


def audit_out(database: Database, audit: Audit, position: bool = True) -> AuditOut:
    """An audit; `position`: with its place in the queue, which costs a query."""
    names = glossaries.glossary_names(database, {audit.glossary_id}) if audit.glossary_id else {}
    return _audit_out(audit, names, queue_position(database, audit) if position else None)


def _audit_out(audit: Audit, glossary_names: Mapping[str, str], position: int | None) -> AuditOut:
    base = f"/v1/audits/{audit.id}"
    return AuditOut.model_construct(
        id=audit.id,
        external_id=audit.external_id,
        state=audit.state,
        step=audit.step if audit.state == "running" else None,
        progress=round(audit.progress, 3),
        queue_position=position,
        submitted_at=iso(audit.submitted_at),
        started_at=iso(audit.started_at),
        finished_at=iso(audit.finished_at),
        article=audit.article_id,
        revision=audit.revision,
        languages=audit.languages.split(),
        submitted_by=audit.key_id,
        metadata=json.loads(audit.metadata),
        glossary=_glossary(audit, glossary_names),
        verdict=audit.verdict,
        findings=None if audit.verdict is None else Counts(critical=audit.critical or 0, major=audit.major or 0, minor=audit.minor or 0),
        texts_removed_at=iso(audit.texts_removed_at),
        error=None if audit.error_code is None else Error(code=audit.error_code, message=audit.error_message or ""),
        links=Links(
            self=base,
            report=f"{base}/report",
            events=f"{base}/events",
            changes=f"{base}/changes",
            article=f"/v1/articles/{audit.article_id}",
        ),
    )


def _glossary(audit: Audit, names: Mapping[str, str]) -> UsedGlossary | None:
    if audit.glossary_id is None or audit.glossary_version is None:
        return None
    return UsedGlossary(name=names[audit.glossary_id], version=audit.glossary_version)


def finding_out(row: Row, history: Sequence[Made] | None = None) -> FindingOut:
    """A finding; what was said of it only where the decision still holds."""
    told = [
        DecisionOut(
            number=m.number,
            decision=m.decision,  # type: ignore[arg-type]
            reason=m.reason,
            comment=m.comment,
            author=m.author,
            made_at=iso(m.made_at) or "",
            audit=m.audit_id,
        )
        for m in history or ()
    ]
    return FindingOut.model_construct(
        id=row.id,
        finding=row.finding,
        audit=row.audit_id,
        article=row.article_id,
        lang=row.lang,
        category=row.category,
        type=row.type,
        severity=row.severity,
        confidence=row.confidence,
        agreement=row.agreement,
        status=row.status,
        decision=row.decision,
        version=row.version,
        reopened=row.reopened,
        reason=row.reason,
        comment=row.comment,
        author=row.author,
        made_at=iso(row.made_at),
        history=told if history is not None else None,
    )


def glossary_out(glossary: glossaries.Glossary) -> GlossaryOut:
    """A version of a glossary, with its entries when they were asked for."""
    entries = None if glossary.entries is None else [dict(e) for e in glossary.entries]
    return GlossaryOut(
        name=glossary.name, version=glossary.version, author=glossary.author, made_at=iso(glossary.made_at) or "", entries=entries
    )


def webhook_out(hook: Webhook, secret: bool = False) -> WebhookOut:
    """A webhook; its secret only when it is made."""
    return WebhookOut(
        id=hook.id, url=hook.url, events=list(hook.events), created_at=iso(hook.created_at) or "", secret=hook.secret if secret else None
    )


def delivery_out(delivery: Delivery) -> DeliveryOut:
    """What became of a delivery."""
    return DeliveryOut(
        id=delivery.id,
        event=delivery.event,
        audit=delivery.audit_id,
        state=delivery.state,  # type: ignore[arg-type]
        attempts=delivery.attempts,
        status_code=delivery.status_code,
        error=delivery.error,
        created_at=iso(delivery.created_at) or "",
        tried_at=iso(delivery.tried_at),
        next_at=iso(delivery.next_at),
    )


def key_out(key: Key, secret: str | None = None) -> KeyOut:
    """A key; its secret only when it is made."""
    return KeyOut(
        id=key.id,
        name=key.name,
        role=key.role,
        created_at=iso(key.created_at) or "",
        expires_at=iso(key.expires_at),
        revoked_at=iso(key.revoked_at),
        used_at=iso(key.used_at),
        key=secret,
    )
