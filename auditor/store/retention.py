"""What is removed with age: texts, reports and what people wrote about them. Counts, findings' kinds and decisions stay."""

from __future__ import annotations

import sqlalchemy as sa

from auditor.store.database import Database
from auditor.store.ids import now
from auditor.store.tables import AUDITS, DECISIONS, DELIVERIES, REPORTS, SUBMISSIONS

_DAY = 24 * 60 * 60 * 1000
_AT_ONCE = 200


def remove_old_texts(database: Database, days: int) -> int:
    """Remove the texts of audits that ended more than `days` days ago; how many audits that were."""
    before, removed = now() - days * _DAY, 0
    while True:
        with database.write() as connection:
            old = AUDITS.c.finished_at < before, AUDITS.c.texts_removed_at.is_(None)
            found = list(connection.execute(sa.select(AUDITS.c.id).where(*old).limit(_AT_ONCE)).scalars())
            for table in (SUBMISSIONS, REPORTS):
                connection.execute(table.delete().where(table.c.audit_id.in_(found)))
            connection.execute(DECISIONS.update().where(DECISIONS.c.audit_id.in_(found)).values(reason=None, comment=None))
            connection.execute(DELIVERIES.delete().where(DELIVERIES.c.audit_id.in_(found), DELIVERIES.c.state != "waiting"))
            gone = {"texts_removed_at": now(), "metadata": "{}", "external_id": None, "error_message": None}
            connection.execute(AUDITS.update().where(AUDITS.c.id.in_(found)).values(**gone))
        removed += len(found)
        if len(found) < _AT_ONCE:
            return removed
