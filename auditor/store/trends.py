"""What the charts are made of: every translation that was audited, and every drift that appeared in it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from auditor.store.database import Database
from auditor.store.findings import Filter, selected
from auditor.store.tables import AUDITS, KEYS

_ENGINE = re.compile(r"(?:^|,)([a-z]{2,3}):([^:,]+):")
"""A language and the engine that translated it back, in a report's signature."""


class Audited(NamedTuple):
    """One translation of one finished audit. `at`: when it was submitted, milliseconds since 1970."""

    audit: str
    at: int
    lang: str
    translator: str
    engine: str


class Drifted(NamedTuple):
    """One finding of it that the revision before did not have, with the decision that holds."""

    audit: str
    lang: str
    category: str
    type: str
    severity: str
    decision: str


def audited(database: Database, since: int | None) -> Sequence[Audited]:
    """The translations audited since then."""
    columns = (AUDITS.c.id, AUDITS.c.submitted_at, AUDITS.c.languages, AUDITS.c.metadata, AUDITS.c.signature, KEYS.c.name)
    query = sa.select(*columns).join(KEYS, KEYS.c.id == AUDITS.c.key_id).where(*_finished(since)).order_by(AUDITS.c.submitted_at)
    with database.read() as connection:
        return [one for row in connection.execute(query) for one in _translations(row)]


def _translations(row: Any) -> list[Audited]:
    told = json.loads(row.metadata).get("translator")
    translator = str(told)[:100] if isinstance(told, str | int) and str(told).strip() else row.name
    engines = dict(_ENGINE.findall((row.signature or "").rpartition("|")[2]))
    return [Audited(row.id, row.submitted_at, lang, translator, engines.get(lang, "none")) for lang in row.languages.split()]


def drifted(database: Database, since: int | None) -> Sequence[Drifted]:
    """What was found in them, each drift in the revision in which it appeared."""
    query = selected(Filter(status="new", current=False)).where(*_finished(since))
    with database.read() as connection:
        return [Drifted(r.audit_id, r.lang, r.category, r.type, r.severity, r.decision) for r in connection.execute(query)]


def _finished(since: int | None) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = [AUDITS.c.state == "finished"]
    return where if since is None else [*where, AUDITS.c.submitted_at >= since]
