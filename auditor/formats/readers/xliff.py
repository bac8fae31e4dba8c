"""XLIFF 1.2 and 2.x: a translator's own file, read unit by unit, without inline codes.

A unit that is not to be translated (translate="no") is no part of the text. Pre-segmented units (seg-source, several segments) give a
pair a segment. The place of a unit is its id and its line, with the segment and the inner file
where there are several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from auditor.errors import InputError
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build, likely_language, together
from auditor.formats.readers.xml import attribute, child, children, local, parse_xml, text_of

_CODES = frozenset({"bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "cp", "sub"})
_SKIPPED = frozenset({"alt-trans", "matches", "header", "skeleton", "glossary"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment and the element (trans-unit, unit) that notes about it go to.

    segment  its mid (1.2) or id (2.x), where its unit has several
    part     the inner file it is of, where there are several: ids of units are unique in one only
    """

    element: etree._Element
    id: str
    lang: str
    source: str
    target: str
    segment: str = ""
    part: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it holds anything."""
        return bool(self.source.strip() or self.target.strip())


def read(raw: bytes, name: str) -> Bilingual:
    """The source and its versions; a file with a part a language must have the same source in each."""
    placed = segments(parse_xml(raw, name).getroot(), name)
    langs = list(dict.fromkeys(p.lang for p in placed))
    if not langs:
        raise InputError(f"{name}: there is no unit in it")
    by_lang = {lang: [_unit(p, lang) for p in placed if p.lang == lang] for lang in langs}
    if len(langs) == 1:
        return build(by_lang[langs[0]], name, "xliff", raw)
    versions = [build(units, name, "xliff", raw) for units in by_lang.values() if any(t.strip() for u in units for t in u.targets.values())]
    if made := together(versions):
        return made
    raise InputError(f"{name}: its parts ({', '.join(langs)}) have other sources; give one file a language")


def _unit(placed: Placed, lang: str) -> Unit:
    place: dict[str, str | int] = {"part": placed.part} if placed.part else {}
    place |= {"unit": placed.id, **({"segment": placed.segment} if placed.segment else {}), "line": placed.element.sourceline or 0}
    return Unit(placed.source, {lang: placed.target}, place)


def segments(root: etree._Element, name: str) -> list[Placed]:
    """Every segment that is to be translated, in order; empty ones are left out."""
    if local(root) != "xliff":
        raise InputError(f"{name}: this is {local(root)!r}, not XLIFF")
    found = list(_version_2(root) if attribute(root, "version").startswith("2") else _version_1(root))
    found = [p for p in found if p.is_counted]
    stated = (attribute(e, key) for e in (root, *children(root, "file")) for key in ("srcLang", "source-language"))
    if other := next((lang for lang in map(base_language, stated) if lang not in ("", "en")), None):
        raise InputError(f"{name}: it is translated from {other}; the auditor needs English as the source")
    if any(not p.lang for p in found):
        lang = likely_language((p.target for p in found if not p.lang), name)
        found = [replace(p, lang=p.lang or lang) for p in found]
    return found


def _version_1(root: etree._Element) -> Iterator[Placed]:
    for file, part in _files(root):
        lang = base_language(attribute(file, "target-language"))
        for unit in _units(file, "trans-unit"):
            source, target, cut = child(unit, "source"), child(unit, "target"), child(unit, "seg-source")
            identity = attribute(unit, "id")
            marks = {attribute(m, "mid"): m for m in _marks(target)} if target is not None else {}
            pieces = {attribute(m, "mid"): m for m in _marks(cut)} if cut is not None else {}
            if pieces and set(marks) <= set(pieces):
                for mid, piece in pieces.items():
                    yield Placed(unit, identity, lang, text_of(piece, _CODES), _text(marks.get(mid)), mid if len(pieces) > 1 else "", part)
            else:
                yield Placed(unit, identity, lang, _text(source), _text(target), part=part)


def _version_2(root: etree._Element) -> Iterator[Placed]:
    lang = base_language(attribute(root, "trgLang"))
    for file, part in _files(root):
        for unit in _units(file, "unit"):
            cut = children(unit, "segment")
            # Targets may stand in another order than their segments.
            orders = [int(o) if (o := attribute(t, "order")).isdecimal() else None for s in cut if (t := child(s, "target")) is not None]
            if any(orders):
                sources, targets = (" ".join(filter(None, (_text(child(s, side)) for s in cut))) for side in ("source", "target"))
                yield Placed(unit, attribute(unit, "id"), lang, sources, targets, part=part)
                continue
            for segment in cut:
                source, target = _text(child(segment, "source")), _text(child(segment, "target"))
                own = attribute(segment, "id") if len(cut) > 1 else ""
                yield Placed(unit, attribute(unit, "id"), lang, source, target, own, part)


def _files(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Its inner files, each with its name where there are several: what it was made from, else its id or number."""
    files = children(root, "file")
    for number, file in enumerate(files, 1):
        yield file, (attribute(file, "original") or attribute(file, "id") or str(number)) if len(files) > 1 else ""


def _units(element: etree._Element, name: str, translated: bool = True) -> Iterator[etree._Element]:
    for inner in element:
        kept = {"no": False, "yes": True}.get(attribute(inner, "translate"), translated) if local(inner) else False
        if local(inner) == name:
            if kept:
                yield inner
        elif local(inner) and local(inner) not in _SKIPPED:
            yield from _units(inner, name, kept)


def _marks(element: etree._Element) -> list[etree._Element]:
    return [m for m in element.iter() if local(m) == "mrk" and attribute(m, "mtype") == "seg"]


def _text(element: etree._Element | None) -> str:
    return "" if element is None else text_of(element, _CODES)
