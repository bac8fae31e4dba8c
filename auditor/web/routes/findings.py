"""Findings: listed, decided one by one or many at once, counted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query

from auditor.store import audits, findings
from auditor.store.articles import get_article
from auditor.store.findings import Choice, Decision, Filter, Row
from auditor.web.access import Anyone, Caller, Editor, KeyRoute
from auditor.web.bodies import BulkIn, DecisionIn
from auditor.web.cursor import from_cursor, to_cursor
from auditor.web.problems import responses
from auditor.web.routes.audits import Cursor, Lang
from auditor.web.schemas import BulkOut, CheckStats, FindingOut, FindingPage, StatsOut
from auditor.web.state import Parts, State
from auditor.web.views import finding_out

router = APIRouter(prefix="/v1", tags=["findings"], route_class=KeyRoute)
FindingId = Annotated[
    str,
    Path(max_length=120, pattern=r"^[A-Za-z0-9_.-]+$", description="AUDIT.FINDING, or a report's own finding id when one article has it",
         examples=["aud_3f9a1c20b7d14e5a9c8b7a60.zh-figure-3f9a1c"]),
]  # fmt: skip
Known = Annotated[str | None, Query(max_length=40, pattern=r"^[A-Za-z0-9_]+$")]


@router.get("/findings", response_model=FindingPage, summary="List findings", responses=responses(401, 422, 429, 503))
def listed(
    parts: Parts,
    caller: Anyone,
    audit: Known = None,
    article: Known = None,
    lang: Lang = None,
    category: Literal["figure", "name", "claim", "tone", "omission", "addition", "terminology"] | None = None,
    type: Annotated[str | None, Query(max_length=32, pattern=r"^[a-z_]+$")] = None,
    severity: Literal["critical", "major", "minor"] | None = None,
    status: Literal["new", "open"] | None = None,
    decision: Decision | None = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> FindingPage:
    """Of each article's latest finished revision, or of one audit."""
    wanted = Filter(
        audit_id=audit, article_id=article, key_id=caller.sees, lang=lang, category=category, type=type, severity=severity, status=status,
        decision=decision,
    )  # fmt: skip
    after = from_cursor(cursor, str, int)
    found = findings.list_findings(parts.database, wanted, limit, (str(after[0]), int(after[1])) if after else None)
    rows = found[:limit]
    following = to_cursor(rows[-1].audit_id, findings.position_of(parts.database, rows[-1])) if len(found) > limit else None
    return FindingPage.model_construct(items=[finding_out(r) for r in rows], next=following)


@router.get(
    "/findings/{finding_id}",
    response_model=FindingOut,
    summary="One finding, with its history",
    responses=responses(401, 404, 409, 422, 429, 503),
)
def one(finding_id: FindingId, parts: Parts, caller: Anyone) -> FindingOut:
    """Every decision that was made about it."""
    return _whole(parts, findings.find(parts.database, finding_id, caller.sees))


@router.patch(
    "/findings/{finding_id}",
    response_model=FindingOut,
    summary="Decide about a finding",
    responses=responses(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
)
def decide(finding_id: FindingId, sent: DecisionIn, parts: Parts, caller: Editor) -> FindingOut:
    """`open` takes a decision back. With `version`, a decision that somebody made meanwhile is a conflict (409), not overwritten."""
    row = findings.find(parts.database, finding_id)
    with parts.database.write() as connection:
        findings.decide(connection, row, _choice(caller, sent, sent.version))
    return _whole(parts, findings.find(parts.database, row.id))


@router.patch(
    "/findings",
    response_model=BulkOut,
    summary="Decide about many findings",
    responses=responses(400, 401, 403, 404, 413, 415, 422, 429, 503),
)
def decide_all(sent: BulkIn, parts: Parts, caller: Editor) -> BulkOut:
    """All that match the filter, together or not at all."""
    which = sent.filter
    wanted = Filter(**{"audit_id": which.audit, "article_id": which.article, **which.model_dump(exclude={"audit", "article"})})
    article_id = _article_of(parts, which.audit, which.article)
    if article_id is None:
        return BulkOut(decided=0)
    with parts.database.write() as connection:
        return BulkOut(decided=findings.decide_all(connection, article_id, wanted, _choice(caller, sent, None)))


@router.get("/stats", response_model=StatsOut, summary="False alarms by check", responses=responses(401, 403, 429, 503))
def stats(parts: Parts, caller: Editor) -> StatsOut:
    """Each finding counts once, by the latest revision that has it and the decision that holds."""
    checks: dict[tuple[str, str], dict[str, int]] = {}
    for category, type, decision, number in findings.by_check(parts.database):
        checks.setdefault((category, type), {})[decision] = number
    with parts.database.read() as connection:
        states = audits.states_of(connection)
    return StatsOut(audits=states, checks=[_check(*key, told) for key, told in sorted(checks.items())])


def _check(category: str, type: str, told: dict[str, int]) -> CheckStats:
    decided = sum(n for decision, n in told.items() if decision != "open")
    alarms = told.get("false_alarm", 0)
    rate = round(alarms / decided, 4) if decided else None
    return CheckStats(
        category=category, type=type, findings=sum(told.values()), decided=decided, false_alarms=alarms, false_alarm_rate=rate
    )


def _article_of(parts: State, audit: str | None, article: str | None) -> str | None:
    """The article that a bulk decision is about; None when the audit is another's. Raises MissingError."""
    about = get_article(parts.database, article).id if article is not None else None
    if audit is None:
        return about
    own = audits.get_audit(parts.database, audit).article_id
    return own if about in (None, own) else None


def _choice(caller: Caller, sent: Any, version: int | None) -> Choice:
    return Choice(sent.decision, sent.reason, sent.comment, caller.key.id, caller.key.name, version)


def _whole(parts: State, row: Row) -> FindingOut:
    return finding_out(row, findings.history(parts.database, row))
