"""Audits: what was submitted, how far it is, what came of it.

A worker owns a running audit by its attempt: whatever it writes names the attempt, and a write of an attempt that is over changes
nothing. So an audit that was taken from a worker thought dead is finished once, whichever of the two comes first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

import sqlalchemy as sa

from auditor.errors import ConflictError, MissingError, TooManyError
from auditor.store.database import Database
from auditor.store.ids import dumps, new_id, now
from auditor.store.tables import ARTICLES, AUDITS, KEYS, REPORTS, STEPS, SUBMISSIONS

State = Literal["queued", "running", "finished", "failed", "cancelled"]
ACTIVE: tuple[State, ...] = ("queued", "running")
MAX_CRASHES = 3
"""An audit whose worker died this often is given up."""


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit's row. Times are milliseconds since 1970; `languages` as "zh ja"; counts and verdict when it is finished."""

    id: str
    article_id: str
    revision: int
    key_id: str
    external_id: str | None
    languages: str
    metadata: str
    glossary_id: str | None
    glossary_version: int | None
    engine: str
    submitted_at: int
    request_id: str | None
    state: State = "queued"
    step: str | None = None
    progress: float = 0.0
    attempt: int = 0
    crashes: int = 0
    started_at: int | None = None
    finished_at: int | None = None
    error_code: str | None = None
    error_message: str | None = None
    verdict: str | None = None
    critical: int | None = None
    major: int | None = None
    minor: int | None = None
    texts_removed_at: int | None = None


COLUMNS = tuple(AUDITS.c[f.name] for f in fields(Audit))


@dataclass(frozen=True, slots=True)
class New:
    """What a submission brings.

    body         the batch line (contract) as an object, with the glossary's entries put in
    body_digest  of what the client sent: what an idempotency key stands for
    article      name of the article among those of the key, or the id of one; None for a new one
    anyone       may the article be another key's?
    """

    key_id: str
    body: Mapping[str, Any]
    engine: str
    body_digest: str = ""
    article: str | None = None
    anyone: bool = False
    glossary: tuple[str, int] | None = None
    idempotency_key: str | None = None
    request_id: str | None = None
    in_flight: int = 5000


class Intake:
    """Takes in submissions within one transaction; of each key it asks once how many audits are under way."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._in_flight: dict[str, int] = {}

    def admit(self, key_id: str) -> None:
        """Have the turn of a key: needed before its submissions, and outside of a savepoint, whose end would give it away."""
        if key_id not in self._in_flight:
            _one_at_a_time(self._connection, key_id)
            self._in_flight[key_id] = self._connection.execute(_UNDER_WAY, {"key": key_id}).scalar_one()

    def submit(self, new: New) -> tuple[Audit, bool]:
        """The audit of a submission, and whether it is new; an idempotency key that was used gives its audit back.

        Raises ConflictError when that key came with another body, MissingError for another's article, TooManyError at the limit.
        """
        connection = self._connection
        if new.idempotency_key is not None:
            known = _known(connection, new.key_id, new.idempotency_key, new.body_digest)
            if known is not None:
                return known, False
        if self._in_flight[new.key_id] >= new.in_flight:
            raise TooManyError(f"{new.in_flight} audits of this key are queued or running; wait for some of them to finish")
        audit = _taken(new, *_revision(connection, new))
        row = {**asdict(audit), "idempotency_key": new.idempotency_key, "body_digest": new.body_digest}
        connection.execute(AUDITS.insert(), row)
        connection.execute(SUBMISSIONS.insert(), {"audit_id": audit.id, "body": dumps(new.body)})
        self._in_flight[new.key_id] += 1
        return audit, True


_UNDER_WAY = sa.select(sa.func.count()).select_from(AUDITS).where(AUDITS.c.key_id == sa.bindparam("key"), AUDITS.c.state.in_(ACTIVE))


def _taken(new: New, article_id: str, revision: int) -> Audit:
    return Audit(
        id=new_id("aud"),
        article_id=article_id,
        revision=revision,
        key_id=new.key_id,
        external_id=str(new.body["id"]) if new.body.get("id") is not None else None,
        languages=" ".join(t["lang"] for t in new.body["translations"]),
        metadata=dumps(new.body.get("metadata") or {}),
        glossary_id=new.glossary[0] if new.glossary else None,
        glossary_version=new.glossary[1] if new.glossary else None,
        engine=new.engine,
        submitted_at=now(),
        request_id=new.request_id,
    )


def _one_at_a_time(connection: sa.Connection, key_id: str) -> None:
    """A key's submissions come one after another, so that two at once neither make an article twice nor an idempotent audit."""
    if connection.dialect.name != "sqlite":  # where one transaction at a time writes anyway
        connection.execute(sa.select(KEYS.c.id).where(KEYS.c.id == key_id).with_for_update(key_share=True))


def replayed(database: Database, key_id: str, idempotency_key: str, body_digest: str) -> Audit | None:
    """The audit that an idempotency key has made. Raises ConflictError when it was of another body."""
    with database.read() as connection:
        return _known(connection, key_id, idempotency_key, body_digest)


def _known(connection: sa.Connection, key_id: str, idempotency_key: str, body_digest: str) -> Audit | None:
    known = _one(connection, AUDITS.c.key_id == key_id, AUDITS.c.idempotency_key == idempotency_key)
    if known is None:
        return None
    if connection.execute(sa.select(AUDITS.c.body_digest).where(AUDITS.c.id == known.id)).scalar() != body_digest:
        raise ConflictError("this Idempotency-Key came with another body before; use a new key for a new submission")
    return known


def _revision(connection: sa.Connection, new: New) -> tuple[str, int]:
    """The article and the number of the new revision; the article's row is locked by the update."""
    found = None
    if new.article is not None:
        named = sa.and_(ARTICLES.c.key_id == new.key_id, ARTICLES.c.name == new.article)
        by_id = ARTICLES.c.id == new.article
        own = by_id if new.anyone else sa.and_(by_id, ARTICLES.c.key_id == new.key_id)
        found = connection.execute(sa.select(ARTICLES.c.id).where(sa.or_(named, own))).scalar()
    if found is not None:
        counted = ARTICLES.update().where(ARTICLES.c.id == found).values(revisions=ARTICLES.c.revisions + 1)
        revision = connection.execute(counted.returning(ARTICLES.c.revisions)).scalar()
        if revision is not None:  # else its last audit was deleted meanwhile, and the article with it
            return found, revision
    found = new_id("art")
    connection.execute(ARTICLES.insert().values(id=found, key_id=new.key_id, name=new.article, created_at=now(), revisions=1))
    return found, 1


def _one(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> Audit | None:
    row = connection.execute(sa.select(*COLUMNS).where(*where)).first()
    return None if row is None else Audit(*row)


def get(connection: sa.Connection, audit_id: str) -> Audit:
    """An audit that is there."""
    found = _one(connection, AUDITS.c.id == audit_id)
    assert found is not None
    return found


def _owned_by(key_id: str) -> sa.ColumnElement[bool]:
    """Whoever's an article is sees its revisions, an editor's as well."""
    return AUDITS.c.article_id.in_(sa.select(ARTICLES.c.id).where(ARTICLES.c.key_id == key_id))


def get_audit(database: Database, audit_id: str, owner: str | None = None) -> Audit:
    """An audit, of that key's articles when one is given. Raises MissingError."""
    where = [AUDITS.c.id == audit_id] if owner is None else [AUDITS.c.id == audit_id, _owned_by(owner)]
    with database.read() as connection:
        found = _one(connection, *where)
    if found is None:
        raise MissingError(f"there is no audit {audit_id}")
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which audits a list is about; what is None does not matter. `after` is (submitted_at, id) of the last one seen.

    owner   only of that key's articles; `key_id`: only those that this key submitted
    """

    owner: str | None = None
    key_id: str | None = None
    state: str | None = None
    article_id: str | None = None
    lang: str | None = None
    verdict: str | None = None
    since: int | None = None
    until: int | None = None
    after: tuple[int, str] | None = None
    limit: int = 50


def list_audits(database: Database, wanted: Wanted) -> Sequence[Audit]:
    """The newest first; one more than `limit` when there are more."""
    where: list[sa.ColumnElement[bool]] = []
    for name in ("key_id", "state", "article_id", "verdict"):
        if (value := getattr(wanted, name)) is not None:
            where.append(AUDITS.c[name] == value)
    if wanted.owner is not None:
        where.append(_owned_by(wanted.owner))
    if wanted.lang is not None:
        where.append((" " + AUDITS.c.languages + " ").contains(f" {wanted.lang} ", autoescape=True))
    if wanted.since is not None:
        where.append(AUDITS.c.submitted_at >= wanted.since)
    if wanted.until is not None:
        where.append(AUDITS.c.submitted_at < wanted.until)
    if wanted.after is not None:
        where.append(sa.tuple_(AUDITS.c.submitted_at, AUDITS.c.id) < sa.tuple_(*map(sa.literal, wanted.after)))
    query = sa.select(*COLUMNS).where(*where).order_by(AUDITS.c.submitted_at.desc(), AUDITS.c.id.desc()).limit(wanted.limit + 1)
    with database.read() as connection:
        return [Audit(*row) for row in connection.execute(query)]


def queue_position(database: Database, audit: Audit) -> int | None:
    """How many queued audits come before this one; None when it is not queued."""
    if audit.state != "queued":
        return None
    earlier = sa.tuple_(AUDITS.c.submitted_at, AUDITS.c.id) < sa.tuple_(sa.literal(audit.submitted_at), sa.literal(audit.id))
    with database.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(AUDITS).where(AUDITS.c.state == "queued", earlier)).scalar_one()


def submission_body(database: Database, audit_id: str) -> dict[str, Any]:
    """What was submitted. Raises MissingError when its texts were removed."""
    return _body(database, SUBMISSIONS, audit_id, "the texts of this audit were removed")


def report_body(database: Database, audit_id: str) -> dict[str, Any]:
    """The report. Raises MissingError when there is none yet, or no longer."""
    return _body(database, REPORTS, audit_id, "there is no report of this audit")


def _body(database: Database, table: sa.Table, audit_id: str, missing: str) -> dict[str, Any]:
    with database.read() as connection:
        found = connection.execute(sa.select(table.c.body).where(table.c.audit_id == audit_id)).scalar()
    if found is None:
        raise MissingError(missing)
    body: dict[str, Any] = json.loads(found)
    return body


def begin(database: Database, audit_id: str, worker_id: str) -> Audit | None:
    """Take an audit up: its row with the new attempt, or None when it was cancelled, deleted or has ended."""
    values = {"state": "running", "attempt": AUDITS.c.attempt + 1, "worker_id": worker_id, "progress": 0.0, "step": "load"}
    with database.write() as connection:
        taken = connection.execute(
            AUDITS.update()
            .where(AUDITS.c.id == audit_id, AUDITS.c.state.in_(ACTIVE))
            .values(**values, started_at=sa.func.coalesce(AUDITS.c.started_at, now()))
        )
        return _one(connection, AUDITS.c.id == audit_id) if taken.rowcount else None


def advance(database: Database, audit: Audit, step: str, progress: float) -> bool:
    """Note how far an audit is; False when it is no longer this attempt's."""
    with database.write() as connection:
        done = connection.execute(AUDITS.update().where(*_owned(audit)).values(step=step, progress=progress))
    return bool(done.rowcount)


def finish(connection: sa.Connection, audit: Audit, report: Mapping[str, Any]) -> bool:
    """Keep the report; False, and nothing is kept, when the audit is no longer this attempt's."""
    counts = report["summary"]["findings"]
    values = {"state": "finished", "step": None, "progress": 1.0, "finished_at": now(), "verdict": report["summary"]["verdict"],
              "signature": report["run"]["signature"], "error_code": None, "error_message": None, **counts}  # fmt: skip
    if not connection.execute(AUDITS.update().where(*_owned(audit)).values(**values)).rowcount:
        return False
    connection.execute(REPORTS.insert().values(audit_id=audit.id, body=json.dumps(report, ensure_ascii=False)))
    return True


def fail(connection: sa.Connection, audit: Audit, code: str, message: str, queued: bool = False) -> bool:
    """Give the audit up with what went wrong; False when it is no longer this attempt's. `queued`: also when it waits for the next."""
    values = {"state": "failed", "finished_at": now(), "error_code": code, "error_message": message}
    mine = (AUDITS.c.id == audit.id, AUDITS.c.state.in_(ACTIVE), AUDITS.c.attempt == audit.attempt) if queued else _owned(audit)
    return bool(connection.execute(AUDITS.update().where(*mine).values(**values)).rowcount)


def note_steps(connection: sa.Connection, audit: Audit, seconds: Mapping[str, float]) -> None:
    """How long each step took."""
    rows = [{"audit_id": audit.id, "step": step, "seconds": took} for step, took in seconds.items()]
    if rows:
        connection.execute(STEPS.insert(), rows)


def _owned(audit: Audit) -> tuple[sa.ColumnElement[bool], ...]:
    return AUDITS.c.id == audit.id, AUDITS.c.state == "running", AUDITS.c.attempt == audit.attempt


def left_running(connection: sa.Connection, worker_id: str) -> list[Audit]:
    """Audits that a worker has under way, or left so."""
    mine = AUDITS.c.worker_id == worker_id, AUDITS.c.state == "running"
    return [Audit(*row) for row in connection.execute(sa.select(*COLUMNS).where(*mine))]


def active(database: Database) -> list[tuple[str, int]]:
    """(id, attempt) of every audit that is queued or running."""
    with database.read() as connection:
        return [
            (row.id, row.attempt) for row in connection.execute(sa.select(AUDITS.c.id, AUDITS.c.attempt).where(AUDITS.c.state.in_(ACTIVE)))
        ]


def is_active(database: Database, audit_id: str, attempt: int) -> bool:
    """Is that attempt queued or running still?"""
    same = AUDITS.c.id == audit_id, AUDITS.c.state.in_(ACTIVE), AUDITS.c.attempt == attempt
    with database.read() as connection:
        return connection.execute(sa.select(AUDITS.c.id).where(*same)).first() is not None


def give_back(connection: sa.Connection, audit: Audit) -> bool:
    """Have an audit wait for another attempt; False when it is no longer this attempt's. What this attempt still writes is refused."""
    values = {"state": "queued", "worker_id": None, "step": None, "progress": 0.0}
    return bool(connection.execute(AUDITS.update().where(*_owned(audit)).values(**values)).rowcount)


def note_crash(connection: sa.Connection, audit_id: str, attempt: int) -> Audit | None:
    """The audit with one crash more on record; None when it is no longer that attempt's."""
    same = AUDITS.c.id == audit_id, AUDITS.c.state.in_(ACTIVE), AUDITS.c.attempt == attempt
    noted = connection.execute(AUDITS.update().where(*same).values(crashes=AUDITS.c.crashes + 1))
    return get(connection, audit_id) if noted.rowcount else None


def cancel(connection: sa.Connection, audit_id: str) -> bool:
    """Cancel a queued or running audit; False when it had ended."""
    values = {"state": "cancelled", "finished_at": now()}
    return bool(connection.execute(AUDITS.update().where(AUDITS.c.id == audit_id, AUDITS.c.state.in_(ACTIVE)).values(**values)).rowcount)


def delete(connection: sa.Connection, audit: Audit) -> None:
    """Delete an audit with its texts, and its article with the last of its audits."""
    connection.execute(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == audit.article_id).with_for_update())  # before a new revision of it
    connection.execute(AUDITS.delete().where(AUDITS.c.id == audit.id))
    left = connection.execute(sa.select(sa.func.count()).select_from(AUDITS).where(AUDITS.c.article_id == audit.article_id)).scalar_one()
    if not left:
        connection.execute(ARTICLES.delete().where(ARTICLES.c.id == audit.article_id))


def previous(database: Database, audit: Audit) -> Audit | None:
    """The finished audit of the revision before, if there is one."""
    query = (
        sa.select(*COLUMNS)
        .where(AUDITS.c.article_id == audit.article_id, AUDITS.c.revision < audit.revision, AUDITS.c.state == "finished")
        .order_by(AUDITS.c.revision.desc())
        .limit(1)
    )
    with database.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else Audit(*row)


def states_of(connection: sa.Connection) -> dict[str, int]:
    """How many audits are in each state that some are in."""
    query = sa.select(AUDITS.c.state, sa.func.count()).group_by(AUDITS.c.state).order_by(AUDITS.c.state)
    return {str(state): int(number) for state, number in connection.execute(query)}
