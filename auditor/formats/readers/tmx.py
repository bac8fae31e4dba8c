"""TMX: a translation memory in the order of its file, every language of it at once. A unit's place is its id or number, and its line."""

from __future__ import annotations

from lxml import etree

from auditor.errors import InputError
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build
from auditor.formats.readers.xml import XML_LANG, attribute, child, children, local, parse_xml, text_of
from auditor.lang.base import language_codes

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sub"})


def read(raw: bytes, name: str) -> Bilingual:
    """The source is the English of each unit, whatever the header calls the source; units without English are left out.

    Languages that the auditor does not know are let be, unless there is no other.
    """
    root = parse_xml(raw, name).getroot()
    body = child(root, "body")
    if local(root) != "tmx" or body is None:
        raise InputError(f"{name}: this is {local(root)!r}, not TMX")
    units = [_unit(unit, number) for number, unit in enumerate(children(body, "tu"), 1)]
    if not any(u.source for u in units):
        raise InputError(f"{name}: no unit of it has English (xml:lang of en)")
    found = dict.fromkeys(lang for u in units for lang in u.targets)
    if found and not any(lang in language_codes() for lang in found):
        raise InputError(f"{name}: it is translated into {', '.join(found)}; the auditor knows {', '.join(sorted(language_codes()))}")
    return build([u for u in units if u.source], name, "tmx", others=False)


def _unit(unit: etree._Element, number: int) -> Unit:
    texts: dict[str, str] = {}
    for version in children(unit, "tuv"):
        segment = child(version, "seg")
        lang = base_language(attribute(version, XML_LANG) or attribute(version, "lang"))
        if segment is not None and lang and lang not in texts:
            texts[lang] = text_of(segment, _CODES)
    source = texts.pop("en", "")
    return Unit(source, texts, {"unit": attribute(unit, "tuid") or number, "line": unit.sourceline or 0})
