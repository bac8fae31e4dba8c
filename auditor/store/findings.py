"""Findings of audits, against the revision before, and what was decided about them.

A finding's id is the same in every revision that has the drift, so it is (article, finding) that a decision is about. A decision holds
for later revisions as long as both passages of the finding read as they did; when one has changed the finding is open again.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from auditor.errors import ConflictError, MissingError
from auditor.store.audits import Audit
from auditor.store.database import Database
from auditor.store.ids import digest, new_id, now
from auditor.store.tables import ARTICLES, AUDITS, DECISIONS, FINDINGS

Decision = Literal["open", "accepted", "false_alarm", "intended", "fixed", "wont_fix"]
DECISIONS_THERE_ARE: tuple[Decision, ...] = ("open", "accepted", "false_alarm", "intended", "fixed", "wont_fix")


@dataclass(frozen=True, slots=True)
class Row:
    """A finding of one audit with the decision that holds.

    status    "new" or "open" (was there before), against the revision before
    decision  "open" without one
    version   number of decisions made so far: what a writer must have seen
    reopened  a decision was made, and one of the two passages has changed since
    """

    audit_id: str
    finding: str
    article_id: str
    lang: str
    category: str
    type: str
    severity: str
    confidence: float
    agreement: str | None
    passages_digest: str
    status: str
    decision: str
    version: int
    reason: str | None
    comment: str | None
    author: str | None
    made_at: int | None
    reopened: bool = False

    @property
    def id(self) -> str:
        """The finding as the API names it: "AUDIT.FINDING"."""
        return f"{self.audit_id}.{self.finding}"


@dataclass(frozen=True, slots=True)
class Made:
    """One decision of a finding's history."""

    number: int
    audit_id: str
    decision: str
    reason: str | None
    comment: str | None
    author: str
    made_at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decides. `version`: the number of decisions they had seen, None to decide whatever came before."""

    decision: Decision
    reason: str | None
    comment: str | None
    key_id: str
    author: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are meant; what is None does not matter.

    key_id    only of that key's articles
    current   only of each article's latest finished revision
    """

    audit_id: str | None = None
    article_id: str | None = None
    key_id: str | None = None
    finding: str | None = None
    lang: str | None = None
    category: str | None = None
    type: str | None = None
    severity: str | None = None
    status: str | None = None
    decision: str | None = None
    current: bool = True


def store(connection: sa.Connection, audit: Audit, report: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    """The findings of a report that is stored. `texts`: language -> text as submitted."""
    passages = {p["id"]: (t["lang"], p) for t in report["translations"] for p in t["passages"]}
    rows = [
        {
            "audit_id": audit.id,
            "finding": f["id"],
            "article_id": audit.article_id,
            "position": position,
            **{name: f[name] for name in ("lang", "category", "type", "severity", "confidence", "agreement")},
            "passages_digest": _passages_digest(passages.get(f["passage"]), report["source"]["lang"], texts),
            "status": "new",
        }
        for position, f in enumerate(report["findings"])
    ]
    if rows:
        connection.execute(FINDINGS.insert(), rows)
    compare(connection, audit)


def compare(connection: sa.Connection, audit: Audit) -> None:
    """Say again what is new and what was there before, of an audit that has come or gone and of the one after it.

    Revisions end in any order: the later of two workers' audits may be the earlier revision.
    """
    connection.execute(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == audit.article_id).with_for_update(key_share=True))  # one at a time
    finished = AUDITS.c.article_id == audit.article_id, AUDITS.c.state == "finished"
    after = sa.select(sa.func.min(AUDITS.c.revision)).where(*finished, AUDITS.c.revision > audit.revision).scalar_subquery()
    before = sa.select(sa.func.max(AUDITS.c.revision)).where(*finished, AUDITS.c.revision < audit.revision).scalar_subquery()
    rows = connection.execute(
        sa.select(AUDITS.c.id)
        .where(*finished, AUDITS.c.revision.in_([audit.revision, before, after]))
        .order_by(AUDITS.c.revision, AUDITS.c.id)
    )
    ids = list(rows.scalars())
    mine = connection.execute(sa.select(AUDITS.c.revision).where(AUDITS.c.id == ids[0])).scalar() if ids else None
    if mine is not None and mine >= audit.revision:
        ids.insert(0, "")  # there is none before
    known = FINDINGS.alias("known")
    for earlier, later in itertools.pairwise(ids):
        there = sa.exists().where(known.c.audit_id == earlier, known.c.finding == FINDINGS.c.finding)
        status = sa.case((there, "open"), else_="new")
        connection.execute(FINDINGS.update().where(FINDINGS.c.audit_id == later).values(status=status))


def _passages_digest(found: tuple[str, Mapping[str, Any]] | None, source_lang: str, texts: Mapping[str, str]) -> str:
    if found is None:  # a finding about the whole text stays decided
        return digest("whole")
    lang, passage = found
    source, target = passage["source"], passage["target"]
    return digest(
        texts[source_lang][source["start"] : source["end"]] if source else "",
        texts[lang][target["start"] : target["end"]] if target else "",
    )


_LATEST = sa.select(DECISIONS.c.article_id, DECISIONS.c.finding, sa.func.max(DECISIONS.c.number).label("number")).group_by(
    DECISIONS.c.article_id, DECISIONS.c.finding
)


def _select(wanted: Filter) -> sa.Select[Any]:
    latest, held = _LATEST.subquery("latest"), DECISIONS.alias("held")
    joined = FINDINGS.join(AUDITS, AUDITS.c.id == FINDINGS.c.audit_id)
    joined = joined.outerjoin(latest, sa.and_(latest.c.article_id == FINDINGS.c.article_id, latest.c.finding == FINDINGS.c.finding))
    joined = joined.outerjoin(
        held, sa.and_(held.c.article_id == latest.c.article_id, held.c.finding == latest.c.finding, held.c.number == latest.c.number)
    )
    holds = held.c.passages_digest == FINDINGS.c.passages_digest
    decision = sa.case((holds, held.c.decision), else_="open")
    query = sa.select(
        *(FINDINGS.c[n] for n in ("audit_id", "finding", "article_id", "lang", "category", "type", "severity", "confidence", "agreement")),
        FINDINGS.c.passages_digest,
        FINDINGS.c.status,
        decision.label("decision"),
        sa.func.coalesce(held.c.number, 0).label("version"),
        held.c.reason,
        held.c.comment,
        held.c.author,
        held.c.made_at,
        sa.case((sa.and_(held.c.number.isnot(None), sa.not_(holds)), 1), else_=0).label("reopened"),
    ).select_from(joined)
    return query.where(*_where(wanted, decision))


def _where(wanted: Filter, decision: sa.ColumnElement[Any]) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    for name in ("audit_id", "article_id", "finding", "lang", "category", "type", "severity", "status"):
        if (value := getattr(wanted, name)) is not None:
            where.append(FINDINGS.c[name] == value)
    if wanted.key_id is not None:
        where.append(FINDINGS.c.article_id.in_(sa.select(ARTICLES.c.id).where(ARTICLES.c.key_id == wanted.key_id)))
    if wanted.decision is not None:
        where.append(decision == wanted.decision)
    if wanted.current and wanted.audit_id is None:
        newest = (
            sa.select(AUDITS.c.article_id, sa.func.max(AUDITS.c.revision).label("revision"))
            .where(AUDITS.c.state == "finished").group_by(AUDITS.c.article_id).subquery("newest")
        )  # fmt: skip
        there = sa.exists().where(newest.c.article_id == AUDITS.c.article_id, newest.c.revision == AUDITS.c.revision)
        where.append(there)
    return where


def selected(wanted: Filter) -> sa.Select[Any]:
    """The query of rows, for what counts, sorts or locks them."""
    return _select(wanted)


def row_of(row: sa.Row[Any]) -> Row:
    """What a row of `selected` says."""
    return _row(row)


def list_findings(database: Database, wanted: Filter, limit: int = 200, after: tuple[str, int] | None = None) -> Sequence[Row]:
    """In the order of their audits (the newest id first is not promised) and of the report; one more than `limit` when there are more."""
    query = _select(wanted).add_columns(FINDINGS.c.position).order_by(FINDINGS.c.audit_id, FINDINGS.c.position).limit(limit + 1)
    if after is not None:
        query = query.where(sa.tuple_(FINDINGS.c.audit_id, FINDINGS.c.position) > sa.tuple_(*map(sa.literal, after)))
    with database.read() as connection:
        return [_row(row) for row in connection.execute(query)]


def position_of(database: Database, row: Row) -> int:
    """Where a finding stands in its report: what a list goes on from."""
    query = sa.select(FINDINGS.c.position).where(FINDINGS.c.audit_id == row.audit_id, FINDINGS.c.finding == row.finding)
    with database.read() as connection:
        return int(connection.execute(query).scalar_one())


def _row(row: sa.Row[Any]) -> Row:
    found = row._mapping
    made = Row(**{name: found[name] for name in Row.__dataclass_fields__})
    return replace(made, reopened=bool(made.reopened))


def find(database: Database, name: str, key_id: str | None = None) -> Row:
    """The finding of "AUDIT.FINDING", or of a report's own id when only one article has it. `key_id`: only of that key's articles.

    Raises MissingError, and ConflictError naming the choices when several articles have it.
    """
    audit_id, dot, finding = name.rpartition(".")
    wanted = Filter(audit_id=audit_id if dot else None, finding=finding, key_id=key_id)
    rows = list_findings(database, wanted, limit=5)
    if not rows:
        raise MissingError(f"there is no finding {name}")
    if len(rows) > 1:
        raise ConflictError(f"several articles have a finding {finding}: name one of {', '.join(r.id for r in rows[:5])}")
    return rows[0]


def decide(connection: sa.Connection, row: Row, choice: Choice) -> None:
    """Add a decision to the history of a finding. Raises ConflictError when somebody decided since `choice.version` was seen."""
    own = DECISIONS.c.article_id == row.article_id, DECISIONS.c.finding == row.finding
    connection.execute(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == row.article_id).with_for_update(key_share=True))  # one at a time
    version = connection.execute(sa.select(sa.func.coalesce(sa.func.max(DECISIONS.c.number), 0)).where(*own)).scalar_one()
    if choice.version is not None and choice.version != version:
        raise ConflictError(f"somebody decided about {row.finding} meanwhile: version {version}, not {choice.version}; look at it again")
    connection.execute(DECISIONS.insert().values(**decision_row(row, choice, version + 1, now())))


def decide_all(connection: sa.Connection, article_id: str, wanted: Filter, choice: Choice) -> int:
    """Decide about all findings of an article that match at this moment: one that somebody has decided about meanwhile may no longer."""
    connection.execute(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == article_id).with_for_update(key_share=True))
    rows = [_row(row) for row in connection.execute(_select(replace(wanted, article_id=article_id)))]
    if rows:
        connection.execute(DECISIONS.insert(), [decision_row(row, choice, row.version + 1, now()) for row in rows])
    return len(rows)


def decision_row(row: Row, choice: Choice, number: int, at: int) -> dict[str, Any]:
    """The row of a decision, made at a time in milliseconds; `number`: which version of its finding it is."""
    return {
        "id": new_id("dec"),
        "article_id": row.article_id,
        "finding": row.finding,
        "number": number,
        "audit_id": row.audit_id,
        "passages_digest": row.passages_digest,
        "decision": choice.decision,
        "reason": choice.reason,
        "comment": choice.comment,
        "key_id": choice.key_id,
        "author": choice.author,
        "made_at": at,
    }


def history(database: Database, row: Row) -> Sequence[Made]:
    """Every decision on a finding, the first first."""
    columns = [DECISIONS.c[name] for name in Made.__dataclass_fields__]
    query = sa.select(*columns).where(DECISIONS.c.article_id == row.article_id, DECISIONS.c.finding == row.finding)
    with database.read() as connection:
        return [Made(*made) for made in connection.execute(query.order_by(DECISIONS.c.number))]


def gone(database: Database, audit: Audit, before: Audit) -> Sequence[Row]:
    """Findings of an earlier audit that this one has no more."""
    here = sa.select(FINDINGS.c.finding).where(FINDINGS.c.audit_id == audit.id)
    query = _select(Filter(audit_id=before.id)).where(FINDINGS.c.finding.not_in(here)).order_by(FINDINGS.c.position)
    with database.read() as connection:
        return [_row(row) for row in connection.execute(query)]


def by_check(database: Database) -> Sequence[tuple[str, str, str, int]]:
    """(category, type, decision, how many) of each article's latest revision that has the finding."""
    newest = (
        sa.select(FINDINGS.c.article_id, FINDINGS.c.finding, sa.func.max(AUDITS.c.revision).label("revision"))
        .join(AUDITS, AUDITS.c.id == FINDINGS.c.audit_id).group_by(FINDINGS.c.article_id, FINDINGS.c.finding).subquery("newest")
    )  # fmt: skip
    rows = _select(Filter(current=False)).where(
        sa.exists().where(
            newest.c.article_id == FINDINGS.c.article_id, newest.c.finding == FINDINGS.c.finding, newest.c.revision == AUDITS.c.revision
        )
    ).subquery("rows")  # fmt: skip
    query = sa.select(rows.c.category, rows.c.type, rows.c.decision, sa.func.count()).group_by(
        rows.c.category, rows.c.type, rows.c.decision
    )
    with database.read() as connection:
        return [(str(c), str(t), str(d), int(n)) for c, t, d, n in connection.execute(query.order_by("category", "type", "decision"))]
