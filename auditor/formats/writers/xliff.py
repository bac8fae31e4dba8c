"""XLIFF: the translator's own file back with each finding as a note on its unit; for texts of other formats a new XLIFF 1.2 file.

Each finding is a note (what translation tools show) and an ITS 2.0 localization quality issue (what they can filter): type, comment and
severity of 0 to 100. All else of the file stays byte for byte (splice.py). What an earlier audit put into it is replaced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml import etree

from auditor.errors import UsageError
from auditor.formats.origins import Document
from auditor.formats.passages import tag_of
from auditor.formats.readers.xliff import Placed, segments
from auditor.formats.readers.xml import attribute, child, children, local, parse_xml
from auditor.formats.rows import Documents
from auditor.formats.safe import xml_text
from auditor.formats.writers.splice import Splice
from auditor.model import Finding
from auditor.report import Report, Run, TranslationReport

ITS = "http://www.w3.org/2005/11/its"
XLIFF_1 = "urn:oasis:names:tc:xliff:document:1.2"
TOOL = "translation-auditor"
SEVERITY = {"critical": 100, "major": 60, "minor": 20}
_PRIORITY = {"critical": "1", "major": "2", "minor": "5"}
etree.register_namespace("its", ITS)
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PREFIX = f"{TOOL}-"
_TYPES = {
    "accuracy/untranslated": "untranslated", "fluency/character-encoding": "characters",
    "terminology/inconsistent use of terminology": "inconsistency", "accuracy/mistranslation/number": "numbers",
    "accuracy/mistranslation/date-time": "numbers", "accuracy/mistranslation/unit": "numbers",
    "accuracy/mistranslation/entity": "inconsistent-entities", "accuracy/omission": "omission", "accuracy/addition": "addition",
    "accuracy/mistranslation/tone": "register", "style/register": "register",
    "terminology/inconsistent with terminology resource": "terminology",
}  # fmt: skip


def issue_type(finding: Finding) -> str:
    """The finding's type among those of ITS 2.0."""
    return _TYPES.get(finding.mqm, "mistranslation")


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """The annotated file. Raises UsageError when the translations came in more than one XLIFF file."""
    own = {t.lang: documents[t.lang] for t in report.translations if t.lang in documents and documents[t.lang].form == "xliff"}
    files = list({d.name: d for d in own.values()}.values())
    if len(files) > 1:
        raise UsageError(f"{files[0].name} and {files[1].name} make no one XLIFF file; audit one language at a time for --format xliff")
    if files and set(own) == {t.lang for t in report.translations}:
        return _annotated(files[0], report, own)
    return _new(report, run)


def _annotated(file: Document, report: Report, documents: Mapping[str, Document]) -> bytes:
    tree = parse_xml(file.raw, file.name)
    splice = Splice(file.raw, tree.getroot(), tree.docinfo.encoding, "its", ITS)
    placed = segments(tree.getroot(), file.name)
    passages = {p.id: p for t in report.translations for p in t.passages}
    notes: dict[int, list[Finding]] = defaultdict(list)
    units: dict[int, etree._Element] = {}
    ranges = {lang: _ranges(placed, lang) for lang in documents}
    for finding in report.findings:
        passage = passages.get(finding.passage or "")
        target = finding.target or (passage.target if passage else None)
        source = finding.source or (passage.source if passage else None)
        element = _element(ranges[finding.lang], target.start if target else None, source.start if source else None)
        if element is not None:
            units[id(element)] = element
            notes[id(element)].append(finding)
    for one in placed:
        _clear(one.element)
    for number, (key, found) in enumerate(notes.items(), 1):
        _annotate(units[key], found, f"{_PREFIX}{number}")
    written: bytes = splice.written() or etree.tostring(tree, encoding=tree.docinfo.encoding or "UTF-8", xml_declaration=True)
    return written


_Ranges = list[tuple[etree._Element, tuple[int, int] | None, tuple[int, int] | None]]


def _ranges(placed: Sequence[Placed], lang: str) -> _Ranges:
    """Each unit's stretch of the source and of the translation, as the reader put them together."""
    made: _Ranges = []
    at = [0, 0]
    for one in placed:
        if one.lang != lang:
            continue
        spans: list[tuple[int, int] | None] = []
        for side, text in enumerate((one.source, one.target)):
            spans.append((at[side], at[side] + len(text)) if text.strip() else None)
            at[side] += len(text) + 1 if text.strip() else 0
        made.append((one.element, spans[0], spans[1]))
    return made


def _element(ranges: _Ranges, target: int | None, source: int | None) -> etree._Element | None:
    for side, at in ((2, target), (1, source)):
        for row in ranges:
            span = row[side]
            if at is not None and span is not None and span[0] <= at < span[1]:
                return row[0]
    return ranges[0][0] if ranges else None


def _clear(unit: etree._Element) -> None:
    """Take out what an earlier audit left."""
    noted: list[etree._Element] = []
    for note in [n for n in unit.iter() if local(n) == "note" and TOOL in (n.get("from"), n.get("category"))]:
        noted += [p for p in [note.getparent()] if p is not None]
        _remove(note)
    for issues in [i for i in unit.iter(f"{{{ITS}}}locQualityIssues") if attribute(i, _ID).startswith(_PREFIX)]:
        _remove(issues)
    for notes in children(unit, "notes"):
        if not len(notes) and notes in noted:
            _remove(notes)
    for element in unit.iter():
        if attribute(element, f"{{{ITS}}}locQualityIssuesRef").startswith(f"#{_PREFIX}"):
            del element.attrib[f"{{{ITS}}}locQualityIssuesRef"]
    kept = [prefix for element in unit.iter() for prefix, uri in element.nsmap.items() if prefix and uri != ITS]
    etree.cleanup_namespaces(unit, keep_ns_prefixes=kept)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        before = element.getprevious()
        if element.tail and element.tail.strip():
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _annotate(unit: etree._Element, found: Sequence[Finding], identity: str) -> None:
    issues = etree.Element(f"{{{ITS}}}locQualityIssues", {_ID: identity, "version": "2.0"}, nsmap={"its": ITS})
    for finding in found:
        etree.SubElement(
            issues,
            f"{{{ITS}}}locQualityIssue",
            locQualityIssueType=issue_type(finding),
            locQualityIssueComment=xml_text(finding.message),
            locQualityIssueSeverity=str(SEVERITY[finding.severity]),
        )
    namespace = etree.QName(unit).namespace
    tag = f"{{{namespace}}}" if namespace else ""
    if local(unit) == "unit":
        _notes_2(unit, found, tag)
        if _refer(identity, unit):
            unit.insert(0, issues)
        return
    core = [i for i, c in enumerate(unit) if not local(c) or etree.QName(c).namespace == namespace]
    at = core[-1] + 1 if core else 0
    for finding in found:
        sides = "target" if finding.target is not None else "source"
        note = etree.Element(f"{tag}note", {"from": TOOL, "priority": _PRIORITY[finding.severity], "annotates": sides})
        note.text = _told(finding)
        unit.insert(at, note)
        at += 1
    target = child(unit, "target")
    if _refer(identity, *(e for e in (target, unit) if e is not None)):
        unit.append(issues)


def _refer(identity: str, *elements: etree._Element) -> bool:
    """Let the first element that may point to the issues; False when each has issues of another tool, which stay as they are."""
    key = f"{{{ITS}}}locQualityIssuesRef"
    element = next((e for e in elements if key not in e.attrib), None)
    if element is not None:
        element.set(key, f"#{identity}")
    return element is not None


def _notes_2(unit: etree._Element, found: Sequence[Finding], tag: str) -> None:
    notes = child(unit, "notes")
    if notes is None:
        notes = etree.Element(f"{tag}notes")
        core = [c for c in unit if local(c) in ("originalData", "segment", "ignorable")]
        unit.insert(unit.index(core[0]) if core else len(unit), notes)
    for finding in found:
        sides = "target" if finding.target is not None else "source"
        note = etree.SubElement(notes, f"{tag}note", category=TOOL, priority=_PRIORITY[finding.severity], appliesTo=sides)
        note.text = _told(finding)


def _told(finding: Finding) -> str:
    words = " / ".join(s.text for s in (finding.source, finding.target) if s is not None and len(s.text) <= 80)
    head = f"{finding.severity} {finding.category}/{finding.type}: {finding.message}"
    return xml_text(f"{head} [{words}] ({finding.id})" if words else f"{head} ({finding.id})")


def _new(report: Report, run: Run) -> bytes:
    root = etree.Element(f"{{{XLIFF_1}}}xliff", {"version": "1.2", f"{{{ITS}}}version": "2.0"}, nsmap={None: XLIFF_1, "its": ITS})
    for translation in report.translations:
        _file(root, report, run, translation)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _file(root: etree._Element, report: Report, run: Run, translation: TranslationReport) -> None:
    tag = f"{{{XLIFF_1}}}"
    lang = tag_of(translation)
    described = {
        "original": xml_text(report.id) or "article",
        "source-language": report.source_lang,
        "target-language": lang,
        "datatype": "plaintext",
    }
    file = etree.SubElement(root, f"{tag}file", described)
    header = etree.SubElement(file, f"{tag}header")
    etree.SubElement(header, f"{tag}tool", {"tool-id": TOOL, "tool-name": TOOL, "tool-version": run.auditor})
    body = etree.SubElement(file, f"{tag}body")
    found: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.lang == translation.lang:
            found[finding.passage].append(finding)
    for number, passage in enumerate(translation.passages):
        unit = etree.SubElement(body, f"{tag}trans-unit", id=passage.id)
        etree.SubElement(unit, f"{tag}source").text = xml_text(passage.source.text) if passage.source else ""
        if passage.target:
            etree.SubElement(unit, f"{tag}target").text = xml_text(passage.target.text)
        own = [*(found.get(None, []) if number == 0 else []), *found.get(passage.id, [])]
        if own:
            _annotate(unit, own, f"{_PREFIX}{passage.id}")
