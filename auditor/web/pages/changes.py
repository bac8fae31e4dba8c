"""A revision against the one before: findings that are new, gone and still open, and the texts side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from auditor.model import Finding
from auditor.store import articles, audits, findings
from auditor.store.audits import Audit
from auditor.store.findings import Row
from auditor.web.pages.desk import About
from auditor.web.pages.difference import Line, differences
from auditor.web.pages.frame import PageRoute, Seen, page
from auditor.web.pages.view import Card, view
from auditor.web.state import Parts, State

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class Gone:
    """A finding of the revision before that is no more, with what was decided about it."""

    finding: Finding
    held: Row
    tag: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One text of both revisions."""

    tag: str
    lines: list[Line]
    there_before: bool


@router.get("/desk/{audit_id}/changes")
def changes(request: Request, audit: About, who: Seen, parts: Parts) -> Response:
    """Against the finished revision before. Raises MissingError while the audit is not finished."""
    found = view(parts.database, audit)
    before = audits.previous(parts.database, audit)
    cards = list(found.cards.values())
    there = [c for c in cards if c.held.status == "open"]
    groups: dict[str, list[Card] | list[Gone]] = {
        "new": [c for c in cards if c.held.status == "new"] if before else [],
        "gone": _gone(parts, audit, before) if before else [],
        "still_open": [c for c in there if c.is_open],
        "decided": [c for c in there if not c.is_open],
    }
    return page(
        request, "changes.html", who, audit=audit, title=found.title, before=before, groups=groups, tab="changes",
        revisions=articles.revisions(parts.database, audit.article_id, limit=30),
        texts=_texts(parts, audit, before, {t.lang: t for t in found.versions}) if before else [],
    )  # fmt: skip


def _gone(parts: State, audit: Audit, before: Audit) -> list[Gone]:
    if before.texts_removed_at is not None:
        return []
    earlier = view(parts.database, before)
    rows = {r.finding: r for r in findings.gone(parts.database, audit, before)}
    return [Gone(c.finding, rows[c.finding.id], c.tag) for c in earlier.cards.values() if c.finding.id in rows]


def _texts(parts: State, audit: Audit, before: Audit, versions: Mapping[str, Any]) -> list[Compared]:
    if before.texts_removed_at is not None:
        return []
    old, new = (_by_language(audits.submission_body(parts.database, a.id)) for a in (before, audit))
    tags = {"en": "en"} | {lang: v.tag for lang, v in versions.items()}
    return [Compared(tags.get(lang, lang), differences(old.get(lang, ""), text), lang in old) for lang, text in new.items()]


def _by_language(body: Mapping[str, Any]) -> dict[str, str]:
    return {body["source"]["lang"]: body["source"]["text"]} | {t["lang"]: t["text"] for t in body["translations"]}
