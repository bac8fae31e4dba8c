"""The desk of one audit: the article at a glance, its passages side by side, its findings with their evidence."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from auditor.errors import ConflictError, MissingError
from auditor.model import CATEGORIES, SEVERITIES
from auditor.store import articles, audits, desk
from auditor.store.audits import ACTIVE, Audit
from auditor.store.findings import DECISIONS_THERE_ARE, Decision
from auditor.web.pages.frame import PageRoute, Posted, Seen, go, page, plain
from auditor.web.pages.view import LIST, Card, Shown, View, view
from auditor.web.routes.audits import AuditId
from auditor.web.state import Parts

router = APIRouter(route_class=PageRoute)
KEYS = {"accepted": "a", "false_alarm": "f", "intended": "i", "fixed": "x", "wont_fix": "w"}
"""What an editor can say of a finding, with the key that says it."""


def shown(
    q: Annotated[str, Query(max_length=200)] = "",
    severity: Literal["", "critical", "major", "minor"] = "",
    category: Literal["", "figure", "name", "claim", "tone", "omission", "addition", "terminology"] = "",
    lang: Annotated[str, Query(max_length=16, pattern=r"^[A-Za-z-]*$")] = "",
    decision: Decision | Literal[""] = "",
    status: Literal["", "new", "open", "reopened"] = "",
    order: Literal["text", "worst"] = "worst",
    only: Literal["", "1"] = "",
) -> Shown:
    """Which findings the address asks for."""
    return Shown(plain(q.strip(), "q"), severity, category, lang, decision, status, order, only)


def visible_audit(audit_id: AuditId, who: Seen, parts: Parts) -> Audit:
    """The audit of the address. Raises MissingError, for another's as well."""
    return audits.get_audit(parts.database, audit_id, who.caller.sees)


About = Annotated[Audit, Depends(visible_audit)]


@router.get("/desk/{audit_id}")
def one(
    request: Request, audit: About, who: Seen, parts: Parts, asked: Annotated[Shown, Depends(shown)],
    done: Annotated[int | None, Query(ge=0, le=10**7)] = None, at: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    undone: Annotated[int | None, Query(ge=0, le=10**7)] = None, part: Annotated[int, Query(ge=1, le=100_000)] = 1,
    page_of_list: Annotated[int, Query(alias="list", ge=1, le=100_000)] = 1, said: Annotated[str, Query(max_length=500)] = "",
) -> Response:  # fmt: skip
    """The findings of a finished audit among its passages; how far it is, or what went wrong, of another."""
    shared: dict[str, Any] = {"audit": audit, "revisions": articles.revisions(parts.database, audit.article_id, limit=30), "tab": "desk"}
    if audit.state != "finished":
        return page(
            request, "waiting.html", who, **shared, title=desk.title_of(parts.database, audit), running=audit.state in ACTIVE,
            position=audits.queue_position(parts.database, audit),
        )  # fmt: skip
    if audit.texts_removed_at is not None:
        return page(request, "removed.html", who, **shared, title=desk.title_of(parts.database, audit))
    found = view(parts.database, audit)
    listed = found.listed(asked)
    return page(
        request, "desk.html", who, **shared, **_window(found, asked, listed, part), listed=listed, asked=asked, severities=SEVERITIES,
        categories=CATEGORIES, decisions=DECISIONS_THERE_ARE, done=done, done_at=at, undone=undone, seen=seen_of(listed), said=said,
        page_of_list=min(page_of_list, max(1, -(-len(listed) // LIST))), pages_of_list=max(1, -(-len(listed) // LIST)), of_list=LIST,
        only={c.finding.id for c in listed} if asked.only else None,
        list_at=lambda n: address(audit, asked, list=n), shown_count=len(listed),
    )  # fmt: skip


@router.get("/desk/{audit_id}/part/{part}")
def one_part(
    request: Request,
    audit: About,
    who: Seen,
    parts: Parts,
    asked: Annotated[Shown, Depends(shown)],
    part: Annotated[int, Path(ge=1, le=100_000)],
) -> Response:
    """Some rows of the desk, for its script. Raises MissingError when there are none."""
    found = view(parts.database, audit)
    window = _window(found, asked, found.listed(asked), part)
    if part > len(window["parts_of"]):
        raise MissingError(f"there is no part {part}")
    return page(request, "part_alone.html", who, audit=audit, **window)


def _window(found: View, asked: Shown, listed: list[Card], part: int) -> dict[str, Any]:
    """The rows of one part, and the address of every row."""
    parts_of = found.parts(asked, listed)
    part = min(part, len(parts_of))
    part_of = {row.number: n for n, rows in enumerate(parts_of, 1) for row in rows}
    base = address(found.audit, asked)

    def at(row: int) -> str:
        own = part_of.get(row, part)
        return f"#row-{row}" if own == part else f"{address(found.audit, asked, part=own)}#row-{row}"

    def to(card: Card) -> str:
        own = part_of.get(found.row_of.get(card.finding.id, 0), part)
        return f"#{card.finding.id}" if own == part else f"{address(found.audit, asked, part=own)}#{card.finding.id}"

    return {
        "view": found, "title": found.title, "keys": KEYS, "back": base if part == 1 else address(found.audit, asked, part=part), "at": at,
        "to": to, "part": part, "parts_of": parts_of, "part_of": part_of,
        "fetch_at": lambda n: address(found.audit, asked).replace(found.audit.id, f"{found.audit.id}/part/{n}", 1),
        "part_at": lambda n: address(found.audit, asked, part=n),
    }  # fmt: skip


def address(audit: Audit, asked: Shown, **more: object) -> str:
    """The desk with that filter."""
    fields = {name: getattr(asked, name) for name in Shown.__dataclass_fields__}
    kept: dict[str, Any] = {n: v for n, v in fields.items() if v and (n, v) != ("order", "worst")} | more
    return f"/desk/{audit.id}" + (f"?{urlencode(kept)}" if kept else "")


def seen_of(cards: list[Card]) -> str:
    """Findings with the versions that were seen, as a form says them."""
    return " ".join(f"{c.finding.id}:{c.held.version}" for c in cards)


@router.post("/desk/{audit_id}/cancel")
def cancel(audit: About, form: Posted, parts: Parts) -> Response:
    """Cancel an audit that is queued or running. Raises ConflictError when it has ended."""
    with parts.database.write() as connection:
        if not audits.cancel(connection, audit.id):
            raise ConflictError("this audit has ended already; there is nothing to cancel")
    parts.queue.cancel(audit.id)
    return go(f"/desk/{audit.id}")
