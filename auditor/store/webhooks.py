"""Webhooks and their deliveries. A delivery is stored with what it reports, and what became of every try."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

import sqlalchemy as sa

from auditor.errors import ConflictError, MissingError
from auditor.store.audits import Audit
from auditor.store.database import Database
from auditor.store.ids import dumps, iso, new_id, now
from auditor.store.tables import ARTICLES, DELIVERIES, KEYS, WEBHOOKS

Event = Literal["audit.finished", "audit.failed"]
EVENTS: tuple[Event, ...] = ("audit.finished", "audit.failed")
ENOUGH = 8
"""Tries of a delivery before it is given up."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to report what. `secret` signs the deliveries; it is shown when the webhook is made."""

    id: str
    key_id: str
    url: str
    secret: str
    events: tuple[str, ...]
    created_at: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook. state: "waiting", "delivered" or "given_up"; times are milliseconds since 1970."""

    id: str
    webhook_id: str
    audit_id: str | None
    event: str
    body: str
    state: str
    attempts: int
    status_code: int | None
    error: str | None
    created_at: int
    tried_at: int | None
    next_at: int | None


_DELIVERY = tuple(DELIVERIES.c[f.name] for f in fields(Delivery))
_WEBHOOK: tuple[sa.Column[Any], ...] = (
    WEBHOOKS.c.id,
    WEBHOOKS.c.key_id,
    WEBHOOKS.c.url,
    WEBHOOKS.c.secret,
    WEBHOOKS.c.events,
    WEBHOOKS.c.created_at,
)


def create_webhook(database: Database, key_id: str, url: str, events: Sequence[str], most: int | None = None) -> Webhook:
    """A new webhook with a secret of its own. Raises ConflictError when the key has `most` of them already."""
    hook = Webhook(new_id("whk"), key_id, url, secrets.token_hex(24), tuple(events), now())
    own = sa.select(sa.func.count()).select_from(WEBHOOKS).where(WEBHOOKS.c.key_id == key_id, WEBHOOKS.c.removed_at.is_(None))
    with database.write() as connection:
        connection.execute(sa.select(KEYS.c.id).where(KEYS.c.id == key_id).with_for_update(key_share=True))  # one at a time
        if most is not None and connection.execute(own).scalar_one() >= most:
            raise ConflictError(f"this key has {most} webhooks, which is the most; remove one first")
        connection.execute(
            WEBHOOKS.insert().values(
                id=hook.id, key_id=key_id, url=url, secret=hook.secret, events=" ".join(events), created_at=hook.created_at
            )
        )
    return hook


def list_webhooks(database: Database, key_id: str | None = None) -> Sequence[Webhook]:
    """The newest first; `key_id`: only that key's."""
    query = sa.select(*_WEBHOOK).where(WEBHOOKS.c.removed_at.is_(None)).order_by(WEBHOOKS.c.created_at.desc(), WEBHOOKS.c.id)
    if key_id is not None:
        query = query.where(WEBHOOKS.c.key_id == key_id)
    with database.read() as connection:
        return [_webhook(row) for row in connection.execute(query)]


def get_webhook(database: Database, webhook_id: str) -> Webhook:
    """Raises MissingError."""
    with database.read() as connection:
        row = connection.execute(sa.select(*_WEBHOOK).where(WEBHOOKS.c.id == webhook_id, WEBHOOKS.c.removed_at.is_(None))).first()
    if row is None:
        raise MissingError(f"there is no webhook {webhook_id}")
    return _webhook(row)


def remove_webhook(database: Database, webhook_id: str) -> None:
    """Nothing more is delivered to it; what was delivered stays on record. Raises MissingError."""
    with database.write() as connection:
        there = WEBHOOKS.c.id == webhook_id, WEBHOOKS.c.removed_at.is_(None)
        if not connection.execute(WEBHOOKS.update().where(*there).values(removed_at=now())).rowcount:
            raise MissingError(f"there is no webhook {webhook_id}")
        waiting = DELIVERIES.c.webhook_id == webhook_id, DELIVERIES.c.state == "waiting"
        connection.execute(DELIVERIES.update().where(*waiting).values(state="given_up", error="the webhook was removed", next_at=None))


def report(connection: sa.Connection, audit: Audit, event: Event) -> list[str]:
    """Deliveries of an audit's end to all who asked: a translator's webhook hears of own articles, an editor's of all. Gives their ids."""
    owner = sa.select(ARTICLES.c.key_id).where(ARTICLES.c.id == audit.article_id).scalar_subquery()
    heard = sa.or_(WEBHOOKS.c.key_id == owner, KEYS.c.role != "translator")
    query = sa.select(WEBHOOKS.c.id, WEBHOOKS.c.events).join(KEYS, KEYS.c.id == WEBHOOKS.c.key_id)
    valid = WEBHOOKS.c.removed_at.is_(None), KEYS.c.revoked_at.is_(None), sa.or_(KEYS.c.expires_at.is_(None), KEYS.c.expires_at > now())
    wanted = [row.id for row in connection.execute(query.where(*valid, heard).order_by(WEBHOOKS.c.id)) if event in row.events.split()]
    return [add_delivery(connection, webhook_id, event, audit) for webhook_id in wanted]


def add_delivery(connection: sa.Connection, webhook_id: str, event: str, audit: Audit | None) -> str:
    """A delivery to be tried, by its id. It says which audit ended and how; no text of an article is in it."""
    told: dict[str, Any] | None = None
    if audit is not None:
        told = {
            "id": audit.id,
            "external_id": audit.external_id,
            "article": audit.article_id,
            "revision": audit.revision,
            "state": audit.state,
            "verdict": audit.verdict,
            "findings": None if audit.verdict is None else {"critical": audit.critical, "major": audit.major, "minor": audit.minor},
            "error": None if audit.error_code is None else {"code": audit.error_code, "message": audit.error_message},
            "links": {"self": f"/v1/audits/{audit.id}", "report": f"/v1/audits/{audit.id}/report"},
        }
    identity, at = new_id("del"), now()
    body = dumps({"id": identity, "event": event, "made_at": iso(at), "audit": told})
    row = {"id": identity, "webhook_id": webhook_id, "audit_id": audit.id if audit else None, "event": event, "body": body}
    connection.execute(DELIVERIES.insert().values(**row, state="waiting", attempts=0, created_at=at))
    return identity


def get_delivery(database: Database, delivery_id: str) -> Delivery | None:
    """A delivery by its id."""
    with database.read() as connection:
        row = connection.execute(sa.select(*_DELIVERY).where(DELIVERIES.c.id == delivery_id)).first()
    return None if row is None else Delivery(*row)


def list_deliveries(database: Database, webhook_id: str, limit: int = 100) -> Sequence[Delivery]:
    """What was delivered or tried, the newest first."""
    query = sa.select(*_DELIVERY).where(DELIVERIES.c.webhook_id == webhook_id).order_by(DELIVERIES.c.created_at.desc(), DELIVERIES.c.id)
    with database.read() as connection:
        return [Delivery(*row) for row in connection.execute(query.limit(limit))]


def note_try(connection: sa.Connection, delivery: Delivery, status_code: int | None, error: str | None, next_in: float | None) -> bool:
    """What came of a try; False when that try is on record already. `next_in`: seconds until the next; None when there is none."""
    at = now()
    state = "delivered" if error is None else "waiting" if next_in is not None else "given_up"
    values = {"state": state, "attempts": delivery.attempts + 1, "status_code": status_code, "error": error, "tried_at": at}
    next_at = None if next_in is None else at + int(next_in * 1000)
    same = DELIVERIES.c.id == delivery.id, DELIVERIES.c.state == "waiting", DELIVERIES.c.attempts == delivery.attempts
    return bool(connection.execute(DELIVERIES.update().where(*same).values(**values, next_at=next_at)).rowcount)


def _webhook(row: sa.Row[Any]) -> Webhook:
    return Webhook(row.id, row.key_id, row.url, row.secret, tuple(row.events.split()), row.created_at)
