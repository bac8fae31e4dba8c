"""Deciding about findings from the desk: as plain forms, or by the page's script, which gets the finding's card back.

Whoever decides sends the versions they saw. A decision that somebody made meanwhile is shown (409), never overwritten.
"""

from __future__ import annotations

from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response
from starlette.datastructures import FormData

from auditor.errors import ConflictError
from auditor.store import desk, findings
from auditor.store.audits import Audit
from auditor.store.findings import Choice, Decision, Row
from auditor.web.pages.desk import KEYS, About
from auditor.web.pages.frame import Editing, PageRoute, Posted, Visitor, field, go, local, page
from auditor.web.pages.view import View, check_readable, view
from auditor.web.problems import ProblemError
from auditor.web.state import Parts, State

router = APIRouter(route_class=PageRoute)
FindingName = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]
COMMENT_ONLY = "comment"
UNDECIDED = "choose"
"""What a form is told that was sent without a choice: Enter in one of its fields sends it so, by its first button."""
_MOST_SEEN = 5_000_000


@router.post("/desk/{audit_id}/findings/{finding}")
def decide(request: Request, audit: About, finding: FindingName, who: Editing, form: Posted, parts: Parts) -> Response:
    """Decide about one finding, or comment on it and leave the decision as it is."""
    check_readable(audit)
    row = findings.find(parts.database, f"{audit.id}.{finding}")
    back = local(form.get("back"), f"/desk/{audit.id}")
    conflict = "" if field(form, "decision", 20) else UNDECIDED
    try:
        if not conflict:
            with parts.database.write() as connection:
                findings.decide(connection, row, _choice(who, form, row))
    except ConflictError as error:
        conflict = str(error)
    if "x-fragment" in request.headers or conflict:
        return _card(request, who, view(parts.database, audit), finding, back, conflict, form)
    return go(f"{back.partition('#')[0]}#{finding}")


def _choice(who: Visitor, form: FormData, row: Row) -> Choice:
    decision, version = field(form, "decision", 20), field(form, "version", 10)
    if not version.isdecimal():
        raise ProblemError(422, "bad_fields", "the version that was seen is missing; open the page again", "/version")
    reason, comment = field(form, "reason"), field(form, "comment", 5000)
    if decision == COMMENT_ONLY:
        if not comment:
            raise ProblemError(422, "bad_fields", "write the comment first", "/comment")
        return _made(who, row.decision, reason or row.reason, comment, int(version))
    return _made(who, decision, reason, comment, int(version))


def _made(who: Visitor, decision: str, reason: str | None, comment: str | None, version: int | None = None) -> Choice:
    if decision not in get_args(Decision):
        raise ProblemError(422, "bad_fields", f"{decision[:20]!r} is no decision", "/decision")
    key = who.caller.key
    return Choice(decision, reason or None, comment or None, key.id, key.name, version)  # type: ignore[arg-type]


def _card(request: Request, who: Visitor, found: View, finding: str, back: str, conflict: str, form: FormData) -> Response:
    template = "card_alone.html" if "x-fragment" in request.headers else "conflict.html"
    status = 422 if conflict == UNDECIDED else 409 if conflict else 200
    draft = {name: str(form.get(name, "")) if conflict else "" for name in ("reason", "comment")}
    return page(
        request,
        template,
        who,
        status,
        audit=found.audit,
        title=found.title,
        card=found.cards[finding],
        keys=KEYS,
        back=back,
        conflict=conflict,
        draft=draft,
    )


@router.post("/desk/{audit_id}/bulk")
def decide_all(request: Request, audit: About, who: Editing, form: Posted, parts: Parts) -> Response:
    """One decision about all findings that were listed, together or not at all."""
    if not field(form, "decision", 20):
        return _bulk_again(request, audit, who, form, 422)
    seen = _seen(field(form, "seen", _MOST_SEEN))
    choice = _made(who, field(form, "decision", 20), field(form, "reason"), field(form, "comment", 5000))
    try:
        with parts.database.write() as connection:
            at = desk.decide_these(connection, audit, seen, choice)
    except ConflictError:
        return _bulk_again(request, audit, who, form, 409)
    return _back(audit, form, f"done={len(seen)}&at={at}")


def _bulk_again(request: Request, audit: Audit, who: Visitor, form: FormData, status: int) -> Response:
    """Nothing was decided: back to the same list, with the reason that was typed."""
    about, told = ("error.409", "decide.bulk_conflict") if status == 409 else ("decide.choose_title", "decide.choose")
    back = local(_back(audit, form, urlencode({"said": field(form, "reason")})).headers["location"], f"/desk/{audit.id}")
    return page(request, "bulk_conflict.html", who, status, about=about, told=told, back=back)


def _seen(text: str) -> dict[str, int]:
    pairs = [word.rpartition(":") for word in text.split()]
    if not pairs:
        raise ProblemError(422, "bad_fields", "no finding is listed; change the filter", "/seen")
    if any(not version.isdecimal() or len(version) > 9 for _, _, version in pairs):
        raise ProblemError(422, "bad_fields", "the list of findings cannot be read; open the page again", "/seen")
    return {finding: int(version) for finding, _, version in pairs}


@router.post("/desk/{audit_id}/bulk/undo")
def undo(audit: About, who: Editing, form: Posted, parts: Parts) -> Response:
    """Take back what this key decided about many findings at that moment; what others decided since stays."""
    at = field(form, "at", 20)
    if not at.isdecimal():
        raise ProblemError(422, "bad_fields", "it is not said which decisions to take back", "/at")
    return _back(audit, form, f"undone={_take_back(parts, audit, who, int(at))}&at={at}")


def _take_back(parts: State, audit: Audit, who: Visitor, at: int) -> int:
    with parts.database.write() as connection:
        return desk.take_back(connection, audit, who.caller.key, at)


def _back(audit: Audit, form: FormData, told: str) -> Response:
    back = local(form.get("back"), f"/desk/{audit.id}").partition("#")[0]
    return go(back + ("&" if "?" in back else "?") + told)
