"""The tables brought up to date: ours by Alembic, the queue's by DBOS. One process at a time; safe to call at every start."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from auditor.errors import StoreError
from auditor.store.database import Database
from auditor.store.locks import lock_for

_MIGRATIONS = Path(__file__).parent / "migrations"


def known_revisions() -> set[str]:
    """Revisions of our tables that this auditor can bring up to date."""
    return {r.revision for r in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring our tables to a revision. Raises StoreError for a database that a newer auditor has changed."""
    with lock_for(database, "migrate"), database.write() as connection:
        script = ScriptDirectory(str(_MIGRATIONS))
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known_revisions():
            raise StoreError(f"the database is at revision {current}, which this auditor does not know; use the auditor that made it")
        if current == script.get_current_head() and revision == "head":
            return
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        logging.getLogger("alembic").setLevel(logging.WARNING)
        command.upgrade(config, revision)
