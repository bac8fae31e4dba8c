"""DOCX: paragraphs, tables, text boxes, footnotes and endnotes as they would be printed with all changes accepted.

Tracked insertions are text, deletions and what was moved away are not (a deleted end of a paragraph joins it with the next), nor are
hidden words, comments, field codes, the readings above Japanese characters, page heads and feet. The place of a stretch is its paragraph
(the n-th of the document, empty ones counted) and the heading above it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from auditor.errors import InputError
from auditor.formats.origins import Builder, Document, Place
from auditor.formats.readers.archive import Archive
from auditor.formats.readers.xml import children, local, parse_xml

_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "rt", "instrText", "delText", "rPr", "pPr", "sdtPr", "fldData"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING = 60


def read(raw: bytes, name: str) -> Document:
    """The text of the body, then the notes. Raises InputError for what is no Word document."""
    package = Archive(raw, name)
    main = _main_part(package, name)
    built = Builder()
    heading = ""
    runs: list[tuple[str, Place]] = []
    for number, paragraph in enumerate(_paragraphs(parse_xml(package.read(main), f"{name}: {main}").getroot()), 1):
        text = _text(paragraph)
        if text.strip():
            place: dict[str, str | int] = {"paragraph": number}
            if _is_heading(paragraph):
                heading = " ".join(text.split())[:_HEADING]
            elif heading:
                place["under"] = heading
            runs.append((text, place))
        if runs and not _goes_on(paragraph):
            built.add_runs(runs)
            runs = []
    if runs:
        built.add_runs(runs)
    for kind in ("footnote", "endnote"):
        _add_notes(built, package, main, kind)
    return built.document(name, "docx")


def _main_part(package: Archive, name: str) -> str:
    if "_rels/.rels" not in package.entries:
        raise InputError(f"{name}: this is a ZIP file but no Word document")
    for relation in parse_xml(package.read("_rels/.rels"), f"{name}: _rels/.rels").getroot():
        if str(relation.get("Type") or "").endswith("/officeDocument"):
            return str(relation.get("Target") or "").lstrip("/")
    raise InputError(f"{name}: this is no Word document")


def _add_notes(built: Builder, package: Archive, main: str, kind: str) -> None:
    part = main.rpartition("/")[0] + f"/{kind}s.xml"
    if part not in package.entries:
        return
    for note in children(parse_xml(package.read(part), f"{package.name}: {part}").getroot(), kind):
        identity = _attribute(note, "id")
        if _attribute(note, "type") in ("", "normal"):
            for paragraph in _paragraphs(note):
                if (text := _text(paragraph)).strip():
                    place: Place = {kind: identity}
                    built.add(text, **place)


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs in the order of the document; those in a text box after the one that holds it."""
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if local(element) in _SKIPPED:
            walker.skip_subtree()
        elif local(element) == "p" and _is_word(element):
            yield element


def _is_word(element: etree._Element) -> bool:
    namespace = etree.QName(element).namespace or ""
    return "wordprocessingml" in namespace


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        tag = local(element)
        nested = element is not paragraph and tag == "p" and _is_word(element)
        if tag in _SKIPPED or nested or (tag == "r" and _is_hidden(element)):
            walker.skip_subtree()
        elif tag == "t" and _is_word(element):
            parts.append(str(element.text or ""))
        elif tag in _SIGNS and _is_word(element) and local(element.getparent()) == "r":
            parts.append(_SIGNS[tag])
    return "".join(parts)


def _is_hidden(run: etree._Element) -> bool:
    for properties in children(run, "rPr"):
        for vanish in children(properties, "vanish"):
            return _attribute(vanish, "val") not in ("0", "false", "off")
    return False


def _is_heading(paragraph: etree._Element) -> bool:
    for properties in children(paragraph, "pPr"):
        if children(properties, "outlineLvl"):
            return True
        return any(_attribute(s, "val").lower().startswith(("heading", "title", "überschrift")) for s in children(properties, "pStyle"))
    return False


def _goes_on(paragraph: etree._Element) -> bool:
    """Whether its end is deleted or moved away, so that the next paragraph is of the same line once the changes are accepted."""
    marks = [mark for properties in children(paragraph, "pPr") for mark in children(properties, "rPr")]
    return any(children(mark, change) for mark in marks for change in ("del", "moveFrom"))


def _attribute(element: etree._Element, name: str) -> str:
    """A Word attribute, in the namespace of whichever edition wrote it."""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
