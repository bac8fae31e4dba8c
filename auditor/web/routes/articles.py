"""Articles and their revisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from auditor.store import articles
from auditor.store.articles import Article
from auditor.store.ids import iso
from auditor.web.access import Anyone, Caller
from auditor.web.bodies import RevisionIn
from auditor.web.cursor import from_cursor, to_cursor
from auditor.web.problems import responses
from auditor.web.routes.audits import Cursor, Limit
from auditor.web.schemas import ArticleOut, ArticlePage, AuditOut, AuditPage
from auditor.web.state import Parts, State
from auditor.web.submitting import Once, Sending, replayed, revised, sent_digest, submit
from auditor.web.views import audit_out, audits_out

router = APIRouter(prefix="/v1/articles", tags=["articles"])
ArticleId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9_]+$", examples=["art_77d0a1b2c3d4e5f601234567"])]


@router.get("", response_model=ArticlePage, summary="List articles, the newest first", responses=responses(401, 422, 429, 503))
def listed(parts: Parts, caller: Anyone, cursor: Cursor = None, limit: Limit = 50) -> ArticlePage:
    """Own articles for a translator, all for an editor, each with its latest revision."""
    after = from_cursor(cursor, int, str)
    found = articles.list_articles(parts.database, caller.sees, (int(after[0]), str(after[1])) if after else None, limit)
    rows = found[:limit]
    following = to_cursor(rows[-1].created_at, rows[-1].id) if len(found) > limit else None
    return ArticlePage(items=_out(parts, rows), next=following)


@router.get("/{article_id}", response_model=ArticleOut, summary="One article", responses=responses(401, 404, 422, 429, 503))
def one(article_id: ArticleId, parts: Parts, caller: Anyone) -> ArticleOut:
    """With its latest revision."""
    return _out(parts, [_visible(parts, caller, article_id)])[0]


@router.get(
    "/{article_id}/revisions",
    response_model=AuditPage,
    summary="Its revisions, the latest first",
    responses=responses(401, 404, 422, 429, 503),
)
def revisions(article_id: ArticleId, parts: Parts, caller: Anyone, cursor: Cursor = None, limit: Limit = 50) -> AuditPage:
    """Each is an audit."""
    article = _visible(parts, caller, article_id)
    below = from_cursor(cursor, int)
    found = articles.revisions(parts.database, article.id, int(below[0]) if below else None, limit)
    rows = found[:limit]
    following = to_cursor(rows[-1].revision) if len(found) > limit else None
    return AuditPage(items=audits_out(parts.database, rows), next=following)


@router.post(
    "/{article_id}/revisions",
    status_code=202,
    response_model=AuditOut,
    summary="Submit a new version of some of its texts",
    responses=responses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
)
def revise(
    article_id: ArticleId, sent: RevisionIn, request: Request, response: Response, parts: Parts, caller: Anyone, once: Once
) -> AuditOut:
    """What is not given stays as it was in the latest revision, glossary and metadata as well."""
    article = _visible(parts, caller, article_id)
    how = Sending(request.scope["auditor.request"], once, sent_digest(sent, article.id) if once else "", article.id)
    audit, is_new = replayed(parts, caller, how), False
    if audit is None:
        latest = articles.latest(parts.database, article.id)
        audit, is_new = submit(parts, caller, revised(parts, latest, sent), how)
    response.headers["Location"] = f"/v1/audits/{audit.id}"
    if not is_new:
        response.headers["Idempotent-Replayed"] = "true"
    return audit_out(parts.database, audit)


def _visible(parts: State, caller: Caller, article_id: str) -> Article:
    return articles.get_article(parts.database, article_id, caller.sees)


def _out(parts: State, found: Sequence[Article]) -> list[ArticleOut]:
    latest = audits_out(parts.database, articles.latest_of(parts.database, [a.id for a in found]))
    by_article = {a.article: a for a in latest}
    return [
        ArticleOut.model_construct(
            id=a.id, name=a.name, created_at=iso(a.created_at) or "", revisions=a.revisions, latest=by_article.get(a.id)
        )
        for a in found
    ]
