"""JUnit XML: a suite a translation, a test a passage, failed when it has a critical or major finding; minor ones are its output.

What every CI server shows. The attributes are those that Jenkins' and GitLab's readers know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from auditor.formats.rows import Documents, place_of
from auditor.formats.safe import xml_text
from auditor.model import Finding, Passage
from auditor.report import Report, Run, TranslationReport


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """The tests; one more, "whole text", when a finding is about all of it."""
    root = etree.Element("testsuites", name=xml_text(f"translation-auditor {report.id}"))
    for translation in report.translations:
        _suite(root, report, run, translation, documents)
    tests, failures = (sum(int(s.get(name, "0")) for s in root) for name in ("tests", "failures"))
    root.set("tests", str(tests))
    root.set("failures", str(failures))
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _suite(root: etree._Element, report: Report, run: Run, translation: TranslationReport, documents: Documents) -> None:
    suite = etree.SubElement(root, "testsuite", name=xml_text(f"{report.id}.{translation.lang}"))
    by_passage: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.lang == translation.lang:
            by_passage[finding.passage].append(finding)
    failed = 0
    whole = [(None, by_passage[None])] if None in by_passage else []
    cases: list[tuple[Passage | None, list[Finding]]] = [*whole, *((p, by_passage.get(p.id, [])) for p in translation.passages)]
    for passage, found in cases:
        failed += _case(suite, report, translation, passage, found, documents)
    for name, number in (("tests", len(cases)), ("failures", failed), ("errors", 0), ("skipped", 0)):
        suite.set(name, str(number))
    suite.set("time", "0")


def _case(
    suite: etree._Element,
    report: Report,
    translation: TranslationReport,
    passage: Passage | None,
    found: Sequence[Finding],
    documents: Documents,
) -> int:
    said = passage and (passage.target or passage.source)
    name = f"{passage.id} {' '.join(said.text.split())[:60] if said else ''}" if passage else "whole text"
    case = etree.SubElement(suite, "testcase", name=xml_text(name), classname=xml_text(f"{report.id}.{translation.lang}"), time="0")
    document = documents.get(translation.lang)
    if document is not None and document.name:
        case.set("file", xml_text(document.name))
    serious = [f for f in found if f.severity != "minor"]
    if serious:
        message = "; ".join(f.message for f in serious)
        failure = etree.SubElement(case, "failure", message=xml_text(message), type=f"{serious[0].category}/{serious[0].type}")
        failure.text = xml_text("\n".join(_told(f, report, documents) for f in serious))
    if minor := [f for f in found if f.severity == "minor"]:
        etree.SubElement(case, "system-out").text = xml_text("\n".join(_told(f, report, documents) for f in minor))
    return int(bool(serious))


def _told(finding: Finding, report: Report, documents: Documents) -> str:
    lines = [f"{finding.severity} {finding.category}/{finding.type}: {finding.message} ({finding.id}, confidence {finding.confidence:.2f})"]
    for side, span, lang in (("source", finding.source, report.source_lang), ("target", finding.target, finding.lang)):
        if span is not None:
            place = place_of(finding, side, span, documents.get(lang))
            lines.append(f"  {lang}: {span.text}" + (f"  [{place}]" if place else ""))
    return "\n".join(lines)
