"""XML that came from a stranger: no entity is expanded, nothing is loaded from elsewhere, sizes are bounded."""

from __future__ import annotations

import re

from lxml import etree

from auditor.errors import InputError

_ENTITY = re.compile(rb"<!\s*ENTITY", re.I)
_BEYOND = re.compile(r"XML_PARSE_HUGE|excessive depth|too long|lookup limit|amplification", re.I)
"""What libxml2 says when one of its limits is met; its advice is for programmers."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = frozenset({"lb", "pb", "x-br", "xlf:lb", "xlf:pb"})
"""What XLIFF and TMX call the code of a line break: it parts words."""
_LAYOUT = re.compile(r"[ \t]*\n\s*")


def parse_xml(raw: bytes, name: str) -> etree._ElementTree:
    """The tree. Raises InputError for what is not well-formed, declares entities, or nests beyond any document's need."""
    plain = raw.replace(b"\x00", b"")  # UTF-16 has a zero beside each letter
    if entity := _ENTITY.search(plain):
        line = plain.count(b"\n", 0, entity.start()) + 1
        raise InputError(
            f"{name}, line {line}: the file declares XML entities, which may read other files or grow without end; save it without a DTD"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        return etree.ElementTree(etree.fromstring(raw, parser))
    except etree.XMLSyntaxError as error:
        line = error.position[0] if error.position else 0
        where = f", line {line}" if line else ""
        if _BEYOND.search(str(error.msg)):
            raise InputError(f"{name}{where}: elements are nested deeper, or a text or name is longer, than a document needs") from None
        raise InputError(f"{name}{where}: this is not well-formed XML: {' '.join(str(error.msg).split())}") from None
    except ValueError as error:
        raise InputError(f"{name}: this cannot be read as XML: {error}") from None


def local(element: etree._Element) -> str:
    """A tag's name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""  # no QName: pages have tags that are no names


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Children of that name, whatever their namespace."""
    return [child for child in element if local(child) == name]


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((c for c in element if local(c) == name), None)


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, "" without."""
    return str(element.get(name) or "")


def text_of(element: etree._Element, codes: frozenset[str]) -> str:
    """The words in an element: inline elements give their content, those in `codes` (a format's own codes) none.

    Line breaks that lay out the file are spaces, unless xml:space keeps them.
    """
    parts: list[str] = []
    _collect(element, codes, parts)
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    return text if _keeps_space(element) else _LAYOUT.sub(" ", text).strip()


def _collect(element: etree._Element, codes: frozenset[str], parts: list[str]) -> None:
    if element.text:
        parts.append(str(element.text))
    for inner in element:
        if local(inner) and local(inner) not in codes:
            _collect(inner, codes, parts)
        elif _BREAKS & {attribute(inner, "ctype"), attribute(inner, "subType"), attribute(inner, "type")}:
            parts.append("\n")
        if inner.tail:
            parts.append(str(inner.tail))


def _keeps_space(element: etree._Element) -> bool:
    at: etree._Element | None = element
    while at is not None:
        if XML_SPACE in at.attrib:
            return bool(at.get(XML_SPACE) == "preserve")
        at = at.getparent()
    return False
