"""TMX 1.4: the passages that have two sides, as a translation memory; a passage with findings says them in a note.

A memory that is fed from it can leave out what `x-auditor-verdict` calls drifted.
"""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from auditor.formats.passages import tag_of
from auditor.formats.rows import Documents
from auditor.formats.safe import xml_text
from auditor.model import Finding
from auditor.report import Report, Run, verdict

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """A unit a passage, in the order of the translations."""
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "translation-auditor", "creationtoolversion": run.auditor, "segtype": "sentence", "o-tmf": "translation-auditor",
        "adminlang": "en", "srclang": report.source_lang, "datatype": "plaintext",
    }  # fmt: skip
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.passage or ""].append(finding)
    for translation in report.translations:
        tag = tag_of(translation)
        for passage in translation.passages:
            if passage.source is None or passage.target is None:
                continue
            own = found.get(passage.id, [])
            unit = etree.SubElement(body, "tu", tuid=xml_text(f"{report.id}.{passage.id}"))
            for finding in own:
                etree.SubElement(unit, "note").text = xml_text(f"{finding.severity} {finding.category}/{finding.type}: {finding.message}")
            for name, value in (("similarity", f"{passage.similarity:.2f}"), ("kind", passage.kind), ("verdict", verdict(tuple(own)))):
                etree.SubElement(unit, "prop", type=f"x-auditor-{name}").text = value
            for lang, span in ((report.source_lang, passage.source), (tag, passage.target)):
                version = etree.SubElement(unit, "tuv", {XML_LANG: lang})
                etree.SubElement(version, "seg").text = xml_text(" ".join(span.text.split()))
    doctype = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True, doctype=doctype)
    return written
