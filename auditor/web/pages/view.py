"""One finished audit as the desk shows it: its passages, its findings with what was decided, those that a filter leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from auditor.errors import MissingError
from auditor.formats.html import Version, versions
from auditor.formats.passages import RANK, Marked, Row, Strip, rows, strips, tag_of
from auditor.model import Finding
from auditor.report import Report, Run, from_json
from auditor.store import audits, desk, findings
from auditor.store.audits import Audit
from auditor.store.database import Database
from auditor.store.findings import Filter, Made

_ALL = 1_000_000
PART = 150
"""Rows of an article on a page at first; the page's script fetches the others when they come near, or they are a link away."""
LIST = 300
"""Findings in the list beside it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A finding with the decision that holds and all that were made."""

    finding: Finding
    held: findings.Row
    history: Sequence[Made]
    tag: str

    @property
    def is_open(self) -> bool:
        """Has nobody decided about it?"""
        return self.held.decision == "open"


@dataclass(frozen=True, slots=True)
class Shown:
    """Which findings an editor wants listed; "" does not matter. `order`: "worst" or "text". `only`: hide passages without one."""

    q: str = ""
    severity: str = ""
    category: str = ""
    lang: str = ""
    decision: str = ""
    status: str = ""
    order: str = "worst"
    only: str = ""

    @property
    def is_everything(self) -> bool:
        """Does it leave nothing out?"""
        return not any((self.q, self.severity, self.category, self.lang, self.decision, self.status))

    def takes(self, card: Card, passages: str = "") -> bool:
        """Is this finding wanted? `passages`: the words of its row."""
        finding, held = card.finding, card.held
        asked = (
            (self.severity, finding.severity), (self.category, finding.category), (self.lang, finding.lang),
            (self.decision, held.decision), (self.status, "reopened" if held.reopened and self.status == "reopened" else held.status),
        )  # fmt: skip
        return all(not want or want == have for want, have in asked) and (not self.q or self._says(finding, passages))

    def _says(self, finding: Finding, passages: str) -> bool:
        spans = (finding.source, finding.target)
        words = " ".join((finding.message, finding.type, finding.id, passages, *(s.text for s in spans if s)))
        return self.q.casefold() in words.casefold()


@dataclass(frozen=True)
class View:
    """What the desk's page is made of."""

    audit: Audit
    title: str
    report: Report
    run: Run
    cards: Mapping[str, Card]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The article, passage by passage."""
        return rows(self.report, self._is_open)

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """The article at a glance."""
        return strips(self.report, self.rows)

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The translations."""
        return versions(self.report, self.run)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Finding -> number of its row; 0 for what is about the whole text."""
        return {f.id: row.number for row in self.rows for f in row.findings}

    def parts(self, shown: Shown, listed: Sequence[Card]) -> list[Sequence[Row]]:
        """The rows to show, some at a time; one part at least."""
        rows: Sequence[Row] = self.rows
        if shown.only:
            numbers = {self.row_of.get(c.finding.id) for c in listed}
            rows = [row for row in rows if row.number in numbers]
        return [rows[at : at + PART] for at in range(0, len(rows), PART)] or [()]

    @property
    def whole(self) -> list[Card]:
        """Findings about the whole text."""
        return [c for c in self.cards.values() if c.finding.passage is None]

    @property
    def open(self) -> int:
        """Findings that nobody has decided about."""
        return sum(c.is_open for c in self.cards.values())

    def listed(self, shown: Shown) -> list[Card]:
        """The findings that are wanted, the worst first or in the order of the text."""
        place = {"text": lambda c: (self.row_of.get(c.finding.id, 0), RANK[c.finding.severity])}
        key = place.get(shown.order, lambda c: (RANK[c.finding.severity], -c.finding.confidence, self.row_of.get(c.finding.id, 0)))
        return sorted((c for c in self.cards.values() if shown.takes(c, self._words(c) if shown.q else "")), key=key)

    def _words(self, card: Card) -> str:
        """The English and the translation of the finding's row."""
        row = self._rows_by_number.get(self.row_of.get(card.finding.id, 0))
        if row is None:
            return ""
        return " ".join((_stretch(row.english), *(_stretch(s.marked) for s in row.sides.get(card.finding.lang, ()))))

    @cached_property
    def _rows_by_number(self) -> Mapping[int, Row]:
        return {row.number: row for row in self.rows}

    def _is_open(self, finding: Finding) -> bool:
        card = self.cards.get(finding.id)
        return card is None or card.is_open


def _stretch(marked: Marked | None) -> str:
    return marked.text[marked.span.start : marked.span.end] if marked is not None and marked.span is not None else ""


@lru_cache(maxsize=8)
def _report(database: Database, audit_id: str) -> tuple[Report, Run]:
    """A report is written once; the few that are being read are kept. Whether it may be seen is asked every time, before."""
    body = audits.submission_body(database, audit_id)
    texts = {t["lang"]: t["text"] for t in body["translations"]}
    return from_json(audits.report_body(database, audit_id), body["source"]["text"], texts)


def check_readable(audit: Audit) -> None:
    """Raise MissingError for an audit that has no report, or none any more."""
    if audit.state != "finished":
        raise MissingError(f"there is nothing to show: the audit is {audit.state}")
    if audit.texts_removed_at is not None:
        raise MissingError("the texts and the report of this audit were removed with age; its counts are kept")


def view(database: Database, audit: Audit) -> View:
    """The view of a finished audit. Raises MissingError when there is none."""
    check_readable(audit)
    report, run = _report(database, audit.id)
    held = {r.finding: r for r in findings.list_findings(database, Filter(audit_id=audit.id), _ALL)}
    histories = desk.histories(database, audit.article_id)
    tags = {t.lang: tag_of(t) for t in report.translations}
    cards = {f.id: Card(f, held[f.id], histories.get(f.id, ()), tags[f.lang]) for f in report.findings if f.id in held}
    return View(audit, desk.title_of(database, audit), report, run, cards)
