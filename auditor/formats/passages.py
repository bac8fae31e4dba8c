"""An article's versions side by side: what the report and the editor's desk show, as rows.

Each translation cuts the English in its own way. A row is the shortest stretch of English that no passage of any version crosses, with the
passages of every version that lie in it; what a version adds is a row of its own, after the row that it follows in that version.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.formats.origins import told
from auditor.formats.terminal import visible
from auditor.model import SEVERITIES, Finding, Passage, Span
from auditor.report import Report, TranslationReport

RANK: Mapping[str, int] = {severity: rank for rank, severity in enumerate(SEVERITIES)}
LANGUAGE_TAGS = {"Hans": "zh-Hans", "Hant": "zh-Hant", "Jpan": "ja", "Latn": "en"}
IsOpen = Callable[[Finding], bool]


def tag_of(translation: TranslationReport) -> str:
    """The language tag of a translation, its script included."""
    return LANGUAGE_TAGS.get(translation.script, translation.lang)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; marked when findings point at it.

    severity  of the worst that is open; "closed" when all are decided away; "" without a mark
    findings  ids, separated by spaces
    """

    text: str
    severity: str = ""
    title: str = ""
    findings: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text with what points into it: cut into pieces when it is shown, for a long article is never shown whole."""

    text: str
    span: Span | None
    marks: tuple[tuple[Finding, Span | None], ...]
    is_open: IsOpen

    def pieces(self) -> tuple[Piece, ...]:
        """The stretch as a page shows it."""
        return pieces(self.text, self.span, self.marks, self.is_open)


@dataclass(frozen=True, slots=True)
class Side:
    """One passage of one version.

    marked    its text; None of a passage that the version leaves out
    omitted   the English that is left out, where that is not all of the row's
    after     number of the row that it follows in its version, where it was moved
    """

    passage: Passage
    tag: str
    marked: Marked | None
    after: int | None = None
    omitted: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text, cut at the marks; none where it is left out."""
        return self.marked.pieces() if self.marked else ()

    @property
    def back(self) -> str:
        """Its back-translation, "" without one."""
        return visible(self.passage.back_translation or "")


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the article in every version.

    number    from 1, in the order of the English
    worst     language -> severity of its worst open finding, "" without one
    size      of the text, for the strip
    """

    number: int
    english: Marked
    sides: Mapping[str, tuple[Side, ...]]
    findings: tuple[Finding, ...]
    worst: Mapping[str, str]
    size: int

    @property
    def source(self) -> tuple[Piece, ...]:
        """The English, cut at the marks."""
        return self.english.pieces()

    @property
    def worst_of_all(self) -> str:
        """Severity of the worst open finding of any version."""
        return min(filter(None, self.worst.values()), key=RANK.__getitem__, default="")

    @property
    def is_addition(self) -> bool:
        """Does nothing in the English say this?"""
        return self.english.span is None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the strip: where it is (in units of `Strip.width`) and where it leads."""

    x: int
    width: int
    row: int
    kind: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The article of one version at a glance."""

    lang: str
    tag: str
    width: int
    cells: tuple[Cell, ...]
    tally: Mapping[str, int]


def rows(report: Report, is_open: IsOpen = lambda _: True) -> tuple[Row, ...]:
    """The article as rows. `is_open`: does a finding still ask for an editor?"""
    by_passage: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.passage is not None:
            by_passage[finding.passage].append(finding)
    groups = list(_groups(report))
    number_of = {p.id: number for number, (_, there) in enumerate(groups, 1) for _, p in there}
    before = {t.lang: _before(t, number_of) for t in report.translations}
    return tuple(_row(report, number, span, there, by_passage, before, is_open) for number, (span, there) in enumerate(groups, 1))


Group = tuple[Span | None, list[tuple[TranslationReport, Passage]]]


def _groups(report: Report) -> Iterator[Group]:
    """Stretches of English with their passages, each followed by what versions add there."""
    additions: dict[str | None, list[tuple[TranslationReport, Passage]]] = defaultdict(list)
    paired: list[tuple[Span, TranslationReport, Passage]] = []
    for translation in report.translations:
        last: str | None = None
        for passage in sorted(translation.passages, key=lambda p: p.target.start if p.target else -1):
            if passage.source is None:
                additions[last].append((translation, passage))
            elif passage.target is not None:
                last = passage.id
        paired += [(p.source, translation, p) for p in translation.passages if p.source is not None]
    yield from ((None, [one]) for one in additions.pop(None, []))
    for group in _merged(report.source, sorted(paired, key=lambda found: (found[0].start, found[0].end))):
        yield group
        for _, passage in group[1]:
            yield from ((None, [one]) for one in additions.pop(passage.id, []))


def _merged(source: str, paired: Sequence[tuple[Span, TranslationReport, Passage]]) -> Iterator[Group]:
    there: list[tuple[TranslationReport, Passage]] = []
    start = end = 0
    for span, translation, passage in paired:
        if there and span.start >= end:
            yield Span(start, end, source[start:end]), there
            there = []
        start, end = (min(start, span.start), max(end, span.end)) if there else (span.start, span.end)
        there.append((translation, passage))
    if there:
        yield Span(start, end, source[start:end]), there


def _before(translation: TranslationReport, number_of: Mapping[str, int]) -> dict[str, int]:
    """Passage -> number of the row before it in the order of the translation, 0 for the first."""
    ordered = sorted((p for p in translation.passages if p.target is not None), key=lambda p: p.target.start if p.target else 0)
    return {p.id: number_of[earlier.id] if earlier else 0 for earlier, p in pairwise([None, *ordered]) if p is not None}


def _row(
    report: Report, number: int, span: Span | None, there: Sequence[tuple[TranslationReport, Passage]],
    by_passage: Mapping[str, Sequence[Finding]], before: Mapping[str, Mapping[str, int]], is_open: IsOpen,
) -> Row:  # fmt: skip
    findings = [f for _, p in there for f in by_passage.get(p.id, ())]
    sides: dict[str, list[Side]] = defaultdict(list)
    for translation, passage in sorted(there, key=lambda found: found[1].source.start if found[1].source else 0):
        if passage.target is not None:
            marks = tuple((f, f.target) for f in by_passage.get(passage.id, ()))
            after = before[translation.lang].get(passage.id) if passage.moved else None
            marked = Marked(translation.text, passage.target, marks, is_open)
            sides[translation.lang].append(Side(passage, tag_of(translation), marked, after))
        elif passage.source is not None:
            omitted = "" if passage.source == span else visible(passage.source.text)
            sides[translation.lang].append(Side(passage, tag_of(translation), None, None, omitted))
    covered = [s for s in (span, *(p.target for _, p in there)) if s is not None]
    worst = {t.lang: _worst([f for f in findings if f.lang == t.lang], is_open) for t in report.translations}
    return Row(
        number,
        Marked(report.source, span, tuple((f, f.source) for f in findings), is_open),
        {lang: tuple(found) for lang, found in sides.items()},
        tuple(sorted(findings, key=lambda f: RANK[f.severity])),
        worst,
        max(s.end - s.start for s in covered) // 8 + 1,
    )


def _worst(findings: Sequence[Finding], is_open: IsOpen) -> str:
    return min((f.severity for f in findings if is_open(f)), key=RANK.__getitem__, default="")


def pieces(
    text: str, span: Span | None, marks: Sequence[tuple[Finding, Span | None]], is_open: IsOpen = lambda _: True
) -> tuple[Piece, ...]:
    """The passage cut at every mark's edge; where marks overlap the most severe open one colours the piece.

    A mark as long as the passage (an omission, an addition) marks nothing: the row says it.
    """
    if span is None:
        return ()
    inside = [
        (finding, max(mark.start, span.start), min(mark.end, span.end))
        for finding, mark in marks
        if mark is not None and mark.start < span.end and mark.end > span.start and mark.end - mark.start < span.end - span.start
    ]
    return tuple(_cut(text, span, inside, is_open))


def _cut(text: str, span: Span, inside: Sequence[tuple[Finding, int, int]], is_open: IsOpen) -> Iterator[Piece]:
    edges = sorted({span.start, span.end, *(a for _, a, _ in inside), *(b for _, _, b in inside)})
    for start, end in pairwise(edges):
        over = [finding for finding, a, b in inside if a <= start and b >= end]
        if not over:
            yield Piece(visible(text[start:end]))
            continue
        worst = min(over, key=lambda f: (not is_open(f), RANK[f.severity]))
        severity = worst.severity if is_open(worst) else "closed"
        yield Piece(visible(text[start:end]), severity, visible(worst.message), " ".join(f.id for f in over))


_MERGE_FROM = 400
"""Rows from which neighbouring cells without a finding are drawn as one: nobody can tell them apart."""
_MOST_CELLS = 1000
"""Of a strip: a screen has little more pixels. Beyond it a cell stands for some rows, and leads to the worst of them."""


def strips(report: Report, made: Sequence[Row]) -> tuple[Strip, ...]:
    """A strip a version; cells of a row stand above each other."""
    width = sum(row.size for row in made)
    return tuple(Strip(t.lang, tag_of(t), width, tuple(_cells(t.lang, made)), _tally(t.lang, made)) for t in report.translations)


def _cells(lang: str, made: Sequence[Row]) -> Iterator[Cell]:
    merge, together, waiting, x = len(made) > _MERGE_FROM, -(-len(made) // _MOST_CELLS), None, 0
    for first in range(0, len(made), together):
        some = made[first : first + together]
        row = min(some, key=lambda r: RANK.get(r.worst[lang], len(RANK)))
        moved = any(side.after is not None for r in some for side in r.sides.get(lang, ()))
        kind = row.worst[lang] or ("none" if all(r.is_addition and lang not in r.sides for r in some) else "ok")
        cell = Cell(x, sum(r.size for r in some), row.number, kind, moved)
        x += cell.width
        if waiting and merge and waiting.kind == kind == "ok" and not moved and not waiting.moved:
            waiting = Cell(waiting.x, waiting.width + cell.width, waiting.row, kind)
            continue
        if waiting:
            yield waiting
        waiting = cell
    if waiting:
        yield waiting


def _tally(lang: str, made: Sequence[Row]) -> dict[str, int]:
    return {severity: sum(row.worst[lang] == severity for row in made) for severity in SEVERITIES}


_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_EASTERN = re.compile(f"[{_HAN}](?:[{_HAN}0-9 ·]*[{_HAN}])?")


def runs(text: str, tag: str) -> list[tuple[str, str]]:
    """English that quotes a translation, as (run, language tag): browsers draw Chinese and Japanese characters by the tag."""
    found, end = [], 0
    for match in _EASTERN.finditer(text):
        found += [(text[end : match.start()], "en")] if match.start() > end else []
        found.append((match[0], tag))
        end = match.end()
    return found + ([(text[end:], "en")] if end < len(text) else [])


def evidence_rows(finding: Finding) -> list[tuple[str, str]]:
    """Evidence as key and value; nested values flattened, what says nothing left out."""
    found = []
    for key, value in finding.evidence.items():
        if value in (None, "", [], {}):
            continue
        if key == "origin":
            found += [(f"{side} in the file", visible(told(place))) for side, place in value.items()]
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        found.append((key, visible(shown)))
    return found
