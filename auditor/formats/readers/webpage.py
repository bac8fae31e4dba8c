"""HTML: the main text of a page, block by block.

The main text is the page's one <article> or <main> (role="main", itemprop="articleBody"), the longest where there are several, when it
holds a good part of the page; else the body. Menus, sidebars, page heads and feet, forms, scripts, what is hidden, lists of links and the
readings above Japanese characters (<rt>) are no text. Everything else is: nothing is dropped for being short
(docs/decisions/main-text.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from auditor.errors import EncodingError, InputError
from auditor.formats.files import decode, decode_as
from auditor.formats.origins import Builder, Document
from auditor.formats.readers.xml import local

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})|<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9_.:-]{2,30})""", re.I
)
_WEB = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-1": "cp1252",
    "ascii": "cp1252",
}
"""Names that browsers read as a wider encoding (WHATWG)."""
_NO_TEXT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "form",
        "button",
        "select",
        "textarea",
        "svg",
        "math",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "head",
        "rt",
        "rp",
        "dialog",
    ]
)
_PAGE_ONLY = frozenset({"header", "footer"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LEAST, _HALF = 0.25, 0.5
"""Share of the page's text that its one <article> or <main> must hold to be the main text; that of the largest of several."""
_MOST = 40
"""Candidates looked at: a page with more is no article."""
_LINKS = 0.7
"""Share of a list's text in links from which it is a menu."""


@dataclass(slots=True)
class _Block:
    line: int
    tag: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(self.parts).split("\n"))))


def read(raw: bytes, name: str) -> Document:
    """The text; the place of a block is its line and element. Raises InputError for a page without text."""
    root = _parse(_decoded(raw, name), name)
    built = Builder()
    for block in _blocks(_main(root)):
        built.add(block.text, line=block.line, element=block.tag)
    made = built.document(name, "html")
    if not made.text.strip():
        raise InputError(f"{name}: there is no text in this page; is it filled in by a script? save the page as the browser shows it")
    return made


def _decoded(raw: bytes, name: str) -> str:
    stated = _CHARSET.search(raw[:4096])
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charset = "utf-16"
    elif raw.startswith(b"\xef\xbb\xbf") or stated is None:
        return decode(raw, name)
    else:
        said = (stated[1] or stated[2]).decode("ascii").lower()
        charset = _WEB.get(said, said)
    try:
        return decode_as(raw, charset)
    except LookupError:
        raise EncodingError(f"{name}: the page says it is in the encoding {charset!r}, which is not known; save it as UTF-8") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"{name}, line {line}: byte 0x{raw[error.start]:02X} is not {charset}, as the page says it is; save it as UTF-8"
        ) from None


def _parse(text: str, name: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name}: this cannot be read as HTML: {' '.join(str(error).split())}") from None
    if root is None:
        raise InputError(f"{name}: there is no text in this page")
    return root


def fragment(text: str) -> list[tuple[int, str]]:
    """(line, words) of each block of a piece of HTML inside another text."""
    root = _parse(f"<body>{text}</body>", "")
    return [(block.line, block.text) for block in _blocks(root)]


def _main(root: etree._Element) -> etree._Element:
    body = next(root.iter("body"), root)
    candidates = [
        e
        for e in body.iter()
        if local(e) in ("article", "main") or e.get("role") == "main" or "articleBody" in (e.get("itemprop") or "").split()
    ][:_MOST]
    if not candidates:
        return body
    sizes = {e: _size(e) for e in candidates}
    best = max(candidates, key=sizes.__getitem__)
    if sizes[best] < (_LEAST if len(candidates) == 1 else _HALF) * _size(body):
        return body
    for inner in candidates:  # in the order of the page: each is looked at after what holds it
        if sizes[inner] >= _HALF * sizes[best] and any(a is best for a in inner.iterancestors()):
            best = inner
    return best


def _size(element: etree._Element) -> int:
    return sum(len(block.text) for block in _blocks(element))


def _blocks(root: etree._Element) -> list[_Block]:
    """The blocks of an element in order, without recursion: pages nest as they please."""
    blocks = [_Block(root.sourceline or 0, local(root))]
    page = local(root) in ("body", "html")
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = local(element)
        if event == "start":
            if element is not root and _is_no_text(element, tag, page):
                walker.skip_subtree()
                continue
            if tag == "br":
                blocks[-1].parts.append("\n")
            elif tag not in _INLINE and element is not root:
                blocks.append(_Block(element.sourceline or 0, tag))
            if element.text:
                blocks[-1].parts.append(_flat(element.text))
            if tag == "img" and (alt := (element.get("alt") or "").strip()) and not blocks[-1].text:
                blocks.append(_Block(element.sourceline or 0, "img", [alt]))
                blocks.append(_Block(element.sourceline or 0, "img"))
        elif element is not root:
            if tag not in _INLINE and tag != "br" and not _is_no_text(element, tag, page):
                parent = element.getparent()
                blocks.append(_Block(element.sourceline or 0, local(parent) if parent is not None else tag))
            if element.tail:
                blocks[-1].parts.append(_flat(element.tail))
    return [b for b in blocks if b.text]


def _flat(text: str) -> str:
    """Line breaks of the source are spaces; only <br> breaks a line. Between wide characters they are nothing."""
    return re.sub(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])", "", str(text)).replace("\n", " ")


def _is_no_text(element: etree._Element, tag: str, page: bool) -> bool:
    if tag in _NO_TEXT or (page and tag in _PAGE_ONLY and not any(local(a) in ("article", "main") for a in element.iterancestors())):
        return True
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or element.get("role") in _ROLES:
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    return tag in ("ul", "ol", "menu") and _is_menu(element)


def _is_menu(element: etree._Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < 3:
        return False
    every = len("".join(map(str, element.itertext())).strip())
    linked = sum(len("".join(map(str, a.itertext())).strip()) for a in links)
    return every > 0 and linked >= _LINKS * every
