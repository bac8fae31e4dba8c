"""TMX: a translation memory in the order of its file, every language of it at once. A unit's place is its id or number, and its line.

A memory may have a sentence once for each language, in a unit each: that is one sentence with several translations, and none of them is
an omission of the others.
"""

from __future__ import annotations

from lxml import etree

from auditor.errors import InputError
from auditor.formats.readers.bilingual import Bilingual, Unit, base_language, build, together
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
    units = [u for u in units if u.source]
    return _language_by_language(units, name) or build(_joined(units), name, "tmx", others=False)


def _language_by_language(units: list[Unit], name: str) -> Bilingual | None:
    """A memory that has the text once for each language, as the auditor writes it; None for another."""
    langs = dict.fromkeys(lang for u in units for lang in u.targets if lang in language_codes())
    if len(langs) < 2 or any(len(langs.keys() & u.targets.keys()) != 1 for u in units):
        return None
    parts = [[u for u in units if u.targets.get(lang, "").strip()] for lang in langs]
    return together([build(part, name, "tmx", others=False) for part in parts]) if all(parts) else None


def _joined(units: list[Unit]) -> list[Unit]:
    """Units of one sentence in different languages as one, the first with the first: what a unit lacks another may have."""
    made: list[Unit] = []
    places: dict[str, list[int]] = {}  # English -> where units of it stand
    for unit in units:
        known = places.setdefault(unit.source, [])
        at = next((i for i in known if unit.targets and not made[i].targets.keys() & unit.targets.keys()), None)
        if at is None:
            known.append(len(made))
            made.append(unit)
        else:
            made[at] = Unit(unit.source, made[at].targets | unit.targets, made[at].place)
    return made


def _unit(unit: etree._Element, number: int) -> Unit:
    texts: dict[str, str] = {}
    for version in children(unit, "tuv"):
        segment = child(version, "seg")
        lang = base_language(attribute(version, XML_LANG) or attribute(version, "lang"))
        if segment is not None and lang and lang not in texts:
            texts[lang] = text_of(segment, _CODES)
    source = texts.pop("en", "")
    return Unit(source, texts, {"unit": attribute(unit, "tuid") or number, "line": unit.sourceline or 0})
