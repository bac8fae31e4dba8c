"""What is removed with age: texts, reports and what people wrote about them. Counts, findings' kinds and decisions stay."""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from auditor.store.database import Database
from auditor.store.ids import dumps, now
from auditor.store.tables import ARTICLES, AUDITS, DECISIONS, DELIVERIES, REPORTS, SUBMISSIONS

_DAY = 24 * 60 * 60 * 1000
_AT_ONCE = 200


def remove_old_texts(database: Database, days: int) -> int:
    """Remove the texts of audits that ended more than `days` days ago, and names of articles without any left; how many audits it was."""
    before, removed = now() - days * _DAY, 0
    while True:
        with database.write() as connection:
            old = AUDITS.c.finished_at < before, AUDITS.c.texts_removed_at.is_(None)
            found = list(connection.execute(sa.select(AUDITS.c.id).where(*old).limit(_AT_ONCE)).scalars())
            _remove(connection, found)
        removed += len(found)
        if len(found) < _AT_ONCE:
            _forget_names(database)
            return removed


def _remove(connection: sa.Connection, audit_ids: Sequence[str]) -> None:
    for table in (SUBMISSIONS, REPORTS):
        connection.execute(table.delete().where(table.c.audit_id.in_(audit_ids)))
    connection.execute(DECISIONS.update().where(DECISIONS.c.audit_id.in_(audit_ids)).values(reason=None, comment=None))
    about = DELIVERIES.c.audit_id.in_(audit_ids)
    connection.execute(DELIVERIES.delete().where(about, DELIVERIES.c.state != "waiting"))
    for row in connection.execute(sa.select(DELIVERIES.c.id, DELIVERIES.c.body).where(about)).all():
        connection.execute(DELIVERIES.update().where(DELIVERIES.c.id == row.id).values(body=_counts_only(row.body)))
    gone = {"texts_removed_at": now(), "metadata": "{}", "external_id": None, "error_message": None}
    connection.execute(AUDITS.update().where(AUDITS.c.id.in_(audit_ids)).values(**gone))


def _counts_only(body: str) -> str:
    """What is still to be delivered, without the words that are removed from the audit as well."""
    told = json.loads(body)
    told["audit"]["external_id"] = None
    if told["audit"]["error"] is not None:
        told["audit"]["error"]["message"] = None
    return dumps(told)


_WITH_TEXTS = sa.exists().where(AUDITS.c.article_id == ARTICLES.c.id, AUDITS.c.texts_removed_at.is_(None))
_BARE = ARTICLES.c.name.is_not(None), ~_WITH_TEXTS


def _forget_names(database: Database) -> None:
    """Take the names from articles none of whose audits has its texts: whether they went with age or were deleted."""
    with database.read() as connection:
        bare = list(connection.execute(sa.select(ARTICLES.c.id).where(*_BARE).order_by(ARTICLES.c.id)).scalars())
    for begin in range(0, len(bare), _AT_ONCE):
        these = ARTICLES.c.id.in_(bare[begin : begin + _AT_ONCE])
        with database.write() as connection:
            # A revision that is being stored has the article's row: wait for it, and look once more, with what it brought.
            connection.execute(sa.select(ARTICLES.c.id).where(these).order_by(ARTICLES.c.id).with_for_update()).all()
            connection.execute(ARTICLES.update().where(these, *_BARE).values(name=None))
