"""The service's tables. Times are milliseconds since 1970, UTC; JSON is text, so that both databases keep the same.

Changes go through a migration (`migrations/versions/`); a test holds that the migrations make just these tables.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEYS = sa.Table(
    "keys",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger),
    sa.Column("revoked_at", sa.BigInteger),
    sa.Column("used_at", sa.BigInteger),
)

ARTICLES = sa.Table(
    "articles",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("key_id", sa.String(32), sa.ForeignKey("keys.id"), nullable=False),
    sa.Column("name", sa.String(500)),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("revisions", sa.Integer, nullable=False),
    sa.UniqueConstraint("key_id", "name"),
)

AUDITS = sa.Table(
    "audits",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("key_id", sa.String(32), sa.ForeignKey("keys.id"), nullable=False),
    sa.Column("external_id", sa.String(500)),
    sa.Column("idempotency_key", sa.String(255)),
    sa.Column("body_digest", sa.String(64), nullable=False),
    sa.Column("request_id", sa.String(64)),
    sa.Column("languages", sa.String(100), nullable=False),
    sa.Column("metadata", sa.Text, nullable=False),
    sa.Column("glossary_id", sa.String(32)),
    sa.Column("glossary_version", sa.Integer),
    sa.Column("engine", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("step", sa.String(16)),
    sa.Column("progress", sa.Float, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("crashes", sa.Integer, nullable=False),
    sa.Column("worker_id", sa.String(64)),
    sa.Column("submitted_at", sa.BigInteger, nullable=False),
    sa.Column("started_at", sa.BigInteger),
    sa.Column("finished_at", sa.BigInteger),
    sa.Column("error_code", sa.String(64)),
    sa.Column("error_message", sa.Text),
    sa.Column("verdict", sa.String(16)),
    sa.Column("critical", sa.Integer),
    sa.Column("major", sa.Integer),
    sa.Column("minor", sa.Integer),
    sa.Column("signature", sa.Text),
    sa.Column("texts_removed_at", sa.BigInteger),
    sa.UniqueConstraint("article_id", "revision"),
    sa.UniqueConstraint("key_id", "idempotency_key"),
    sa.Index("ix_audits_submitted_at_id", "submitted_at", "id"),
    sa.Index("ix_audits_state_submitted_at", "state", "submitted_at"),
    sa.Index("ix_audits_key_id_state", "key_id", "state"),
)

SUBMISSIONS = sa.Table(
    "submissions",
    METADATA,
    sa.Column("audit_id", sa.String(32), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

REPORTS = sa.Table(
    "reports",
    METADATA,
    sa.Column("audit_id", sa.String(32), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
)

STEPS = sa.Table(
    "steps",
    METADATA,
    sa.Column("audit_id", sa.String(32), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("step", sa.String(16), primary_key=True),
    sa.Column("seconds", sa.Float, nullable=False),
)

FINDINGS = sa.Table(
    "findings",
    METADATA,
    sa.Column("audit_id", sa.String(32), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("finding", sa.String(64), primary_key=True),
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("lang", sa.String(16), nullable=False),
    sa.Column("category", sa.String(16), nullable=False),
    sa.Column("type", sa.String(32), nullable=False),
    sa.Column("severity", sa.String(16), nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("agreement", sa.String(16)),
    sa.Column("passages_digest", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Index("ix_findings_article_id_finding", "article_id", "finding"),
    sa.Index("ix_findings_finding", "finding"),
)
"""`status`: "new" or "open" (still there) against the revision before. `passages_digest`: of the texts of its two passages."""

DECISIONS = sa.Table(
    "decisions",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    sa.Column("finding", sa.String(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("audit_id", sa.String(32), nullable=False),
    sa.Column("passages_digest", sa.String(64), nullable=False),
    sa.Column("decision", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("comment", sa.Text),
    sa.Column("key_id", sa.String(32)),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("article_id", "finding", "number"),
)
"""The history of decisions on a finding of an article; the highest `number` holds."""

GLOSSARIES = sa.Table(
    "glossaries",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False, unique=True),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("removed_at", sa.BigInteger),
)

GLOSSARY_VERSIONS = sa.Table(
    "glossary_versions",
    METADATA,
    sa.Column("glossary_id", sa.String(32), sa.ForeignKey("glossaries.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("entries", sa.Text, nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("made_at", sa.BigInteger, nullable=False),
)

WEBHOOKS = sa.Table(
    "webhooks",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("key_id", sa.String(32), sa.ForeignKey("keys.id"), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("secret", sa.String(64), nullable=False),
    sa.Column("events", sa.String(200), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("removed_at", sa.BigInteger),
)

DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("webhook_id", sa.String(32), sa.ForeignKey("webhooks.id"), nullable=False),
    sa.Column("audit_id", sa.String(32)),
    sa.Column("event", sa.String(32), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("status_code", sa.Integer),
    sa.Column("error", sa.Text),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("tried_at", sa.BigInteger),
    sa.Column("next_at", sa.BigInteger),
    sa.Index("ix_deliveries_webhook_id_created_at", "webhook_id", "created_at"),
)

WORKERS = sa.Table(
    "workers",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("host", sa.String(200), nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
)

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("key_id", sa.String(32), sa.ForeignKey("keys.id", ondelete="CASCADE"), nullable=False),
    sa.Column("begun_at", sa.BigInteger, nullable=False),
)
"""Page sessions that have not been ended: the id is a digest of what the cookie holds."""

SECRETS = sa.Table(
    "secrets",
    METADATA,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(128), nullable=False),
)
"""Made by the service itself: what page sessions are signed with."""
