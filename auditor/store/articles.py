"""Articles: what audits are revisions of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from auditor.errors import MissingError
from auditor.store.audits import COLUMNS, Audit
from auditor.store.database import Database
from auditor.store.tables import ARTICLES, AUDITS


@dataclass(frozen=True, slots=True)
class Article:
    """An article; `revisions` counts those ever submitted."""

    id: str
    key_id: str
    name: str | None
    created_at: int
    revisions: int


_ARTICLE = tuple(ARTICLES.c[f.name] for f in fields(Article))


def get_article(database: Database, article_id: str, key_id: str | None = None) -> Article:
    """An article, of that key when one is given. Raises MissingError."""
    query = sa.select(*_ARTICLE).where(ARTICLES.c.id == article_id)
    if key_id is not None:
        query = query.where(ARTICLES.c.key_id == key_id)
    with database.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        raise MissingError(f"there is no article {article_id}")
    return Article(*row)


def list_articles(database: Database, key_id: str | None, after: tuple[int, str] | None, limit: int) -> Sequence[Article]:
    """The newest first, of one key when it is given; one more than `limit` when there are more."""
    query = sa.select(*_ARTICLE).order_by(ARTICLES.c.created_at.desc(), ARTICLES.c.id.desc()).limit(limit + 1)
    if key_id is not None:
        query = query.where(ARTICLES.c.key_id == key_id)
    if after is not None:
        query = query.where(sa.tuple_(ARTICLES.c.created_at, ARTICLES.c.id) < sa.tuple_(*map(sa.literal, after)))
    with database.read() as connection:
        return [Article(*row) for row in connection.execute(query)]


def revisions(database: Database, article_id: str, below: int | None = None, limit: int = 50) -> Sequence[Audit]:
    """Audits of an article, the latest revision first, those below a revision when one is given; one more than `limit` when there are."""
    query = sa.select(*COLUMNS).where(AUDITS.c.article_id == article_id).order_by(AUDITS.c.revision.desc()).limit(limit + 1)
    if below is not None:
        query = query.where(AUDITS.c.revision < sa.literal(below))  # of its own type: a made-up one may be no 32-bit number
    with database.read() as connection:
        return [Audit(*row) for row in connection.execute(query)]


def latest(database: Database, article_id: str) -> Audit:
    """The audit of the latest revision. Raises MissingError when all were deleted meanwhile."""
    found = revisions(database, article_id, limit=1)
    if not found:
        raise MissingError(f"there is no article {article_id}")
    return found[0]


def latest_of(database: Database, article_ids: Sequence[str]) -> Sequence[Audit]:
    """The audits of the latest revisions of these articles."""
    newest = (
        sa.select(AUDITS.c.article_id, sa.func.max(AUDITS.c.revision).label("revision"))
        .where(AUDITS.c.article_id.in_(article_ids)).group_by(AUDITS.c.article_id).subquery("newest")
    )  # fmt: skip
    same = sa.and_(AUDITS.c.article_id == newest.c.article_id, AUDITS.c.revision == newest.c.revision)
    with database.read() as connection:
        return [Audit(*row) for row in connection.execute(sa.select(*COLUMNS).join_from(AUDITS, newest, same))]
