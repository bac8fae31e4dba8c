"""What the editor's desk asks of the store: the inbox, histories, decisions about many findings that can be taken back together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from auditor.errors import ConflictError
from auditor.model import SEVERITIES
from auditor.store.audits import ACTIVE, COLUMNS, Audit
from auditor.store.database import Database
from auditor.store.findings import Choice, Filter, Made, Row, decision_row, row_of, selected
from auditor.store.ids import now
from auditor.store.keys import Key
from auditor.store.tables import ARTICLES, AUDITS, DECISIONS, FINDINGS, KEYS, SUBMISSIONS

Sort = Literal["newest", "oldest", "worst", "open", "title"]
SORTS: tuple[Sort, ...] = ("newest", "oldest", "worst", "open", "title")


@dataclass(frozen=True, slots=True)
class Sought:
    """What the inbox is to show; what is None does not matter. `page` from 1.

    owner   only of that key's articles
    words   in the article's name, the submission's own id, its metadata or the name of the key that sent it
    latest  only each article's latest revision
    """

    owner: str | None = None
    words: str = ""
    state: str | None = None
    lang: str | None = None
    verdict: str | None = None
    has_open: bool = False
    latest: bool = True
    sort: Sort = "newest"
    page: int = 1
    size: int = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """An audit in the inbox. `open`: severity -> findings that nobody has decided about."""

    audit: Audit
    title: str
    sent_by: str
    open: Mapping[str, int]

    @property
    def worst(self) -> str:
        """Severity of the worst open finding, "" without one."""
        return next((s for s in SEVERITIES if self.open.get(s)), "")

    @property
    def translator(self) -> str:
        """Who the metadata says translated it; else whose key sent it."""
        told = json.loads(self.audit.metadata).get("translator")
        return str(told)[:100] if isinstance(told, str | int) and str(told).strip() else self.sent_by


def inbox(database: Database, sought: Sought) -> tuple[list[Entry], int]:
    """The audits of one page and how many there are on all."""
    counted = _open_counts().subquery("counted")
    joined = AUDITS.join(ARTICLES, ARTICLES.c.id == AUDITS.c.article_id).join(KEYS, KEYS.c.id == AUDITS.c.key_id)
    if sought.has_open or sought.sort == "open":
        joined = joined.outerjoin(counted, counted.c.audit_id == AUDITS.c.id)
    where = _where(sought, counted)
    with database.read() as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(joined).where(*where)).scalar_one()
        query = sa.select(*COLUMNS, ARTICLES.c.name.label("title"), KEYS.c.name.label("sent_by")).select_from(joined).where(*where)
        query = query.order_by(*_order(sought.sort, counted), AUDITS.c.submitted_at.desc(), AUDITS.c.id.desc())
        found = connection.execute(query.limit(sought.size).offset((sought.page - 1) * sought.size)).all()
        audits = [Audit(*row[: len(COLUMNS)]) for row in found]
        opened = _opened(connection, [a.id for a in audits])
        titles = _titles(connection, {a.id: row.title for a, row in zip(audits, found, strict=True)}, audits)
    return [Entry(a, titles[a.id], row.sent_by, opened.get(a.id, {})) for a, row in zip(audits, found, strict=True)], total


def _where(sought: Sought, counted: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if sought.owner is not None:
        where.append(ARTICLES.c.key_id == sought.owner)
    if sought.state == "active":
        where.append(AUDITS.c.state.in_(ACTIVE))
    elif sought.state is not None:
        where.append(AUDITS.c.state == sought.state)
    if sought.verdict is not None:
        where.append(AUDITS.c.verdict == sought.verdict)
    if sought.lang is not None:
        where.append((" " + AUDITS.c.languages + " ").contains(f" {sought.lang} ", autoescape=True))
    if sought.latest:
        later = AUDITS.alias("later")
        where.append(~sa.exists().where(later.c.article_id == AUDITS.c.article_id, later.c.revision > AUDITS.c.revision))
    if sought.has_open:
        where.append(counted.c.all > 0)
    if sought.words:
        columns = (ARTICLES.c.name, AUDITS.c.external_id, AUDITS.c.metadata, KEYS.c.name, AUDITS.c.id)
        where.append(sa.or_(*(c.icontains(sought.words, autoescape=True) for c in columns)))
    return where


def _order(sort: Sort, counted: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    if sort == "oldest":
        return [AUDITS.c.submitted_at, AUDITS.c.id]
    if sort == "worst":
        return [sa.func.coalesce(AUDITS.c[s], -1).desc() for s in SEVERITIES]
    if sort == "open":
        return [sa.func.coalesce(counted.c[s], -1).desc() for s in SEVERITIES]
    if sort == "title":
        return [sa.func.lower(sa.func.coalesce(ARTICLES.c.name, AUDITS.c.external_id, "\uffff"))]
    return []


def _open_counts(audit_ids: Sequence[str] | None = None) -> sa.Select[Any]:
    wanted = selected(Filter(decision="open", current=False))
    if audit_ids is not None:
        wanted = wanted.where(FINDINGS.c.audit_id.in_(audit_ids))
    rows = wanted.subquery("open_rows")
    sums = [sa.func.sum(sa.case((rows.c.severity == s, 1), else_=0)).label(s) for s in SEVERITIES]
    return sa.select(rows.c.audit_id, *sums, sa.func.count().label("all")).group_by(rows.c.audit_id)


def _opened(connection: sa.Connection, audit_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    if not audit_ids:
        return {}
    return {row.audit_id: {s: int(row._mapping[s]) for s in SEVERITIES} for row in connection.execute(_open_counts(audit_ids))}


_LONGEST = 90


def _titles(connection: sa.Connection, names: Mapping[str, str | None], audits: Sequence[Audit]) -> dict[str, str]:
    """What each audit is called: its article's name, else what the submission calls it, else how the article begins."""
    found = {a.id: names[a.id] or _told(a) for a in audits}
    nameless = [audit_id for audit_id, title in found.items() if not title]
    if nameless:
        query = sa.select(SUBMISSIONS.c.audit_id, SUBMISSIONS.c.body).where(SUBMISSIONS.c.audit_id.in_(nameless))
        found |= {row.audit_id: _first_line(json.loads(row.body)["source"]["text"]) for row in connection.execute(query)}
    return {audit_id: title or audit_id for audit_id, title in found.items()}


def _told(audit: Audit) -> str:
    title = json.loads(audit.metadata).get("title")
    return str(title)[:500] if isinstance(title, str) and title.strip() else audit.external_id or ""


def _first_line(text: str) -> str:
    line = next((x.strip() for x in text.splitlines() if x.strip()), "")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def title_of(database: Database, audit: Audit) -> str:
    """What an audit is called."""
    with database.read() as connection:
        name = connection.execute(sa.select(ARTICLES.c.name).where(ARTICLES.c.id == audit.article_id)).scalar()
        return _titles(connection, {audit.id: name}, [audit])[audit.id]


def progress(database: Database, audit_ids: Sequence[str], owner: str | None) -> list[Audit]:
    """How far these audits are; those that the key may not see are left out."""
    query = sa.select(*COLUMNS).where(AUDITS.c.id.in_(audit_ids))
    if owner is not None:
        query = query.where(AUDITS.c.article_id.in_(sa.select(ARTICLES.c.id).where(ARTICLES.c.key_id == owner)))
    with database.read() as connection:
        return [Audit(*row) for row in connection.execute(query)]


def histories(database: Database, article_id: str) -> dict[str, list[Made]]:
    """Finding -> every decision about it, the first first."""
    columns = [DECISIONS.c[name] for name in Made.__dataclass_fields__]
    query = sa.select(DECISIONS.c.finding, *columns).where(DECISIONS.c.article_id == article_id).order_by(DECISIONS.c.number)
    found: dict[str, list[Made]] = defaultdict(list)
    with database.read() as connection:
        for finding, *made in connection.execute(query):
            found[finding].append(Made(*made))
    return dict(found)


def decide_these(connection: sa.Connection, audit: Audit, seen: Mapping[str, int], choice: Choice) -> int:
    """Decide about these findings of an audit, together or not at all; when it was done, by which it can be taken back.

    seen  finding -> the version that was seen. Raises ConflictError when somebody decided about one of them since.
    """
    _one_at_a_time(connection, audit.article_id)
    rows = {r.finding: r for r in (row_of(row) for row in connection.execute(selected(Filter(audit_id=audit.id))))}
    changed = [f for f, version in seen.items() if f not in rows or rows[f].version != version]
    if changed:
        raise ConflictError(f"somebody decided about {len(changed)} of these {len(seen)} findings meanwhile; look at them again")
    at = now()
    if seen:
        connection.execute(DECISIONS.insert(), [decision_row(rows[f], choice, rows[f].version + 1, at) for f in seen])
    return at


def take_back(connection: sa.Connection, audit: Audit, key: Key, at: int) -> int:
    """Undo what a key decided about this audit's findings at that moment; how many it was.

    What others decided since stays. What the key itself decided since is no hindrance when it took that back: the same holds again.
    """
    _one_at_a_time(connection, audit.article_id)
    rows = {r.finding: r for r in (row_of(row) for row in connection.execute(selected(Filter(audit_id=audit.id))))}
    of_article = DECISIONS.c.article_id == audit.article_id
    mine = sa.select(DECISIONS).where(of_article, DECISIONS.c.audit_id == audit.id, DECISIONS.c.key_id == key.id, DECISIONS.c.made_at == at)
    done = {row.finding: row for row in connection.execute(mine)}
    since = sa.select(DECISIONS.c.finding, DECISIONS.c.number, DECISIONS.c.key_id).where(of_article, DECISIONS.c.made_at >= at)
    theirs = {
        r.finding for r in connection.execute(since) if r.key_id != key.id and r.finding in done and r.number > done[r.finding].number
    }

    def holds(finding: str, made: sa.Row[Any]) -> bool:
        row = rows.get(finding)
        if row is None or finding in theirs:
            return False
        return row.version == made.number or (row.decision, row.reason) == (made.decision, made.reason)

    values = [_restored(connection, rows[f], made.number, key) for f, made in done.items() if holds(f, made)]
    if values:
        connection.execute(DECISIONS.insert(), values)
    return len(values)


def _restored(connection: sa.Connection, row: Row, number: int, key: Key) -> dict[str, Any]:
    """What held of a finding before the decision of that number, decided again."""
    before = connection.execute(
        sa.select(DECISIONS.c.decision, DECISIONS.c.reason).where(
            DECISIONS.c.article_id == row.article_id, DECISIONS.c.finding == row.finding, DECISIONS.c.number == number - 1,
            DECISIONS.c.passages_digest == row.passages_digest,
        )
    ).first()  # fmt: skip
    held = Choice("open", None, None, key.id, key.name)
    choice = replace(held, decision=before.decision, reason=before.reason) if before else held
    return decision_row(row, choice, row.version + 1, now())


def _one_at_a_time(connection: sa.Connection, article_id: str) -> None:
    connection.execute(sa.select(ARTICLES.c.id).where(ARTICLES.c.id == article_id).with_for_update(key_share=True))
