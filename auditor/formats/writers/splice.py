"""Changes of an XML tree put into the bytes it was read from: all else stays byte for byte.

A parser keeps no quotes, no line ends and no order of declarations, so a tree written out is another file than the one that was read.
Here only what was added to the tree is written, and only what was taken from it is cut. What comes of that is read again and held
against the tree; where they differ, nothing is returned, and the caller writes the tree.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

_TOKEN = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![^\[>]*(?:\[.*?\]\s*)?>|</?[^\s/>]+(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.S)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML = "{http://www.w3.org/XML/1998/namespace}"
_Span = tuple[int, int, int, int]


class Splice:
    """A tree before it is changed; `written` afterwards.

    prefix, uri  the namespace that added elements and attributes may have besides that of their parents
    """

    def __init__(self, raw: bytes, root: etree._Element, encoding: str | None, prefix: str, uri: str) -> None:
        self._raw, self._root, self._prefix, self._uri = raw, root, prefix, uri
        self._nodes = list(root.iter())
        self._known = {id(node): at for at, node in enumerate(self._nodes)}
        self._before = [_attributes(node) for node in self._nodes]
        self._bom, self._encoding = next(((b, e) for b, e in _BOMS if raw.startswith(b)), (b"", encoding or "utf-8"))

    def written(self) -> bytes | None:
        """The bytes with the changes, None when they cannot be put there."""
        try:
            text = self._raw[len(self._bom) :].decode(self._encoding)
            if self._bom + text.encode(self._encoding) != self._raw:
                return None
        except (LookupError, UnicodeError):
            return None
        spans = _spans(text)
        edits = self._edits(text, spans) if len(spans) == len(self._nodes) else None
        if edits is None:
            return None
        parts, at = [], 0
        for start, end, new in sorted(edits, key=lambda e: e[0]):
            parts += [text[at:start], new]
            at = max(at, end)
        made = self._bom + "".join([*parts, text[at:]]).encode(self._encoding, "xmlcharrefreplace")
        try:
            again = etree.fromstring(made, etree.XMLParser(resolve_entities=False, no_network=True))
        except (etree.XMLSyntaxError, ValueError):
            return None
        return made if _same(again, self._root) else None

    def _edits(self, text: str, spans: Sequence[_Span]) -> list[tuple[int, int, str]] | None:
        """What is added first, for it goes before what was cut at its place."""
        added: list[tuple[int, int, str]] = []
        after = list(self._root.iter())
        for node in after:
            parent = node.getparent()
            if id(node) in self._known or parent is None or id(parent) not in self._known:
                continue
            start, inside, inner_end, _ = spans[self._known[id(parent)]]
            if inside > inner_end:
                return None  # <notes/> has no room
            before = next((b for b in node.itersiblings(preceding=True) if id(b) in self._known), None)
            at = spans[self._known[id(before)]][3] if before is not None else inside
            name = text[start + 1 : inside].split()[0].rstrip(">")
            added.append((at, at, self._xml(node, name.rpartition(":")[0], outermost=True)))
        kept, upto = {id(node) for node in after}, 0
        cut: list[tuple[int, int, str]] = []
        for node, was, (start, inside, _, end) in zip(self._nodes, self._before, spans, strict=True):
            if start < upto:
                continue
            if id(node) not in kept:
                cut.append((start, end, ""))
                upto = end
            elif (now := _attributes(node)) != was:
                cut.append((start, inside, self._tag(text[start:inside], was, now)))
        return added + cut

    def _tag(self, tag: str, was: Mapping[str, str], now: Mapping[str, str]) -> str:
        """A start tag with its changed attributes, which stand behind its name with the declaration of their prefix."""
        own = rf"(\s+xmlns:{self._prefix}=([\"']){re.escape(self._uri)}\2)?\s+{self._prefix}:%s=(\"[^\"]*\"|'[^']*')"
        for key in [k for k in was if now.get(k) != was[k]]:
            tag = re.sub(own % re.escape(key.rpartition("}")[2]), "", tag, count=1)
        new = {k: v for k, v in now.items() if was.get(k) != v}
        told = "".join(f" {self._prefix}:{k.rpartition('}')[2]}={quoteattr(v)}" for k, v in new.items())
        end = len(re.split(r"[\s/>]", tag, maxsplit=1)[0])
        return f'{tag[:end]} xmlns:{self._prefix}="{self._uri}"{told}{tag[end:]}' if told else tag

    def _xml(self, node: etree._Element, prefix: str, outermost: bool = False) -> str:
        own = etree.QName(node).namespace == self._uri
        name = ":".join(filter(None, (self._prefix if own else prefix, etree.QName(node).localname)))
        declared = f' xmlns:{self._prefix}="{self._uri}"' if own and outermost else ""
        told = "".join(f" {k.replace(_XML, 'xml:')}={quoteattr(v)}" for k, v in _attributes(node).items())
        inner = escape(node.text or "") + "".join(self._xml(child, prefix) for child in node)
        return f"<{name}{declared}{told}>{inner}</{name}>" if inner else f"<{name}{declared}{told}/>"


def _spans(text: str) -> list[_Span]:
    """Of each node of the root, in order: where its start tag begins and ends, where its end tag does; empty when they do not match."""
    found: list[_Span] = []
    opened: list[int] = []
    for token in _TOKEN.finditer(text):
        sign, (start, end) = token[0], token.span()
        if sign.startswith("</"):
            if not opened:
                return []
            at = opened.pop()
            found[at] = (*found[at][:2], start, end)
        elif sign.startswith(("<!--", "<?")):
            if opened:
                found.append((start, end, start, end))
        elif not sign.startswith("<!"):
            found.append((start, end, start, end))
            if not sign.endswith("/>"):
                opened.append(len(found) - 1)
    return [] if opened else found


def _attributes(node: etree._Element) -> dict[str, str]:
    return {str(k): str(v) for k, v in node.attrib.items()} if isinstance(node.tag, str) else {}


def _same(one: etree._Element, other: etree._Element) -> bool:
    """Whether two trees say the same, whitespace at the ends of texts aside."""
    return [_told(n) for n in one.iter()] == [_told(n) for n in other.iter()]


def _told(node: etree._Element) -> tuple[Any, ...]:
    return node.tag, _attributes(node), (node.text or "").strip(), (node.tail or "").strip()
