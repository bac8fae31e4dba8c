"""The inbox: audits with what is open in them, filtered, sorted, page by page; those that run are followed live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from auditor.lang.base import language_codes
from auditor.store import desk
from auditor.store.audits import ACTIVE, Audit
from auditor.store.desk import SORTS, Sort, Sought
from auditor.web.pages.frame import PageRoute, Seen, go, page, plain
from auditor.web.routes.audits import streamed
from auditor.web.state import Parts, State

router = APIRouter(route_class=PageRoute)
StateChoice = Literal["", "active", "queued", "running", "finished", "failed", "cancelled"]
STATES: tuple[StateChoice, ...] = ("active", "finished", "failed", "cancelled")
SIZE = 25
_LOOK = 0.7
_KEEP_OPEN = 15.0
_MOST_FOLLOWED = 100


@router.get("/inbox")
def inbox(
    request: Request,
    who: Seen,
    parts: Parts,
    q: Annotated[str, Query(max_length=200)] = "",
    state: StateChoice = "",
    lang: Annotated[str, Query(max_length=16, pattern=r"^[A-Za-z-]*$")] = "",
    verdict: Literal["", "drifted", "check", "faithful"] = "",
    open: Literal["", "1"] = "",
    all: Literal["", "1"] = "",
    sort: Sort = "newest",
    page_number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Own audits for a translator, all for an editor."""
    sought = Sought(
        who.caller.sees,
        plain(q.strip(), "q"),
        state or None,
        lang or None,
        verdict or None,
        open == "1",
        all != "1",
        sort,
        page_number,
        SIZE,
    )
    entries, total = desk.inbox(parts.database, sought)
    asked = {"q": q, "state": state, "lang": lang, "verdict": verdict, "open": open, "all": all, "sort": sort if sort != "newest" else ""}
    kept = {name: value for name, value in asked.items() if value}
    pages = max(1, -(-total // SIZE))

    def at(number: int) -> str:
        return "/inbox?" + urlencode({**kept, "page": number})

    if page_number > pages:
        return go(at(pages))
    return page(
        request, "inbox.html", who, entries=entries, total=total, asked=asked, number=page_number, pages=pages, at=at,
        filtered=bool(set(kept) - {"sort"}),
        states=STATES, sorts=SORTS,
        languages=[code for code in language_codes() if code != "en"], first=(page_number - 1) * SIZE,
        running=[e.audit.id for e in entries if e.audit.state in ACTIVE],
    )  # fmt: skip


@router.get("/inbox/events")
async def events(who: Seen, parts: Parts, audit: Annotated[list[str], Query(max_length=_MOST_FOLLOWED)]) -> Response:
    """How far these audits are: an event `progress` at every change, `end` when none is left to follow."""
    return streamed(parts, who.caller, _followed(parts, audit, who.caller.sees))


async def _followed(parts: State, audit_ids: Sequence[str], owner: str | None) -> AsyncIterator[str]:
    last: dict[str, tuple[object, ...]] = {}
    quiet = 0.0
    while not parts.stopping.is_set():
        found = await run_in_threadpool(desk.progress, parts.database, audit_ids, owner)
        for audit in found:
            if last.get(audit.id) != (audit.state, audit.step, audit.progress):
                last[audit.id] = (audit.state, audit.step, audit.progress)
                quiet = 0.0
                yield f"event: progress\ndata: {json.dumps(_said(audit))}\n\n"
        if not any(audit.state in ACTIVE for audit in found):
            yield "event: end\ndata: null\n\n"
            return
        if quiet >= _KEEP_OPEN:
            yield ": still here\n\n"
            quiet = 0.0
        await asyncio.sleep(_LOOK)
        quiet += _LOOK


def _said(audit: Audit) -> dict[str, object]:
    return {"id": audit.id, "state": audit.state, "step": audit.step, "progress": round(audit.progress, 3)}
