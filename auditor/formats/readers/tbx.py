"""TBX: TBX-Basic of version 2 (martif) and version 3 (ISO 30042:2019, in either style): concepts to terms.

The English terms of a concept are spellings of one source term; those of another language are its renderings, the preferred ones first,
deprecated, superseded and obsolete ones forbidden.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from auditor.checks.base import Term
from auditor.errors import InputError
from auditor.formats.glossary import make_terms
from auditor.formats.readers.bilingual import base_language
from auditor.formats.readers.xml import XML_LANG, attribute, local, parse_xml

_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_STATUS = frozenset({"administrativestatus", "normativeauthorization"})
_KEEP = frozenset({"donottranslate", "xdonottranslate", "dnt"})
_CASE = frozenset({"casesensitive", "xcasesensitive"})
_BAD = ("deprecated", "superseded", "obsolete", "forbidden", "rejected")
_FALSE = ("no", "false", "0")


def read(raw: bytes, name: str) -> tuple[Term, ...]:
    """The terms in the order of the file. Raises InputError for what is no TBX or has no English."""
    root = parse_xml(raw, name).getroot()
    if local(root) not in ("martif", "tbx"):
        raise InputError(f"{name}: this is {local(root)!r}, not TBX")
    terms = [term for concept in root.iter() if local(concept) in _CONCEPTS for term in _concept(concept)]
    if not terms:
        raise InputError(f"{name}: no concept of it has English and a rendering in a language that is audited")
    return tuple(terms)


def _concept(concept: etree._Element) -> list[Term]:
    english: list[tuple[int, str]] = []
    allowed: dict[str, list[tuple[int, str]]] = {}
    forbidden: dict[str, list[str]] = {}
    for section in (e for e in concept if local(e) in _LANGUAGES):
        lang = base_language(attribute(section, XML_LANG) or attribute(section, "lang"))
        for term, status in _said(section):
            bad = any(word in status for word in _BAD)
            rank = 0 if "preferred" in status else 2 if bad else 1
            if lang == "en":
                english.append((rank, term))
            elif bad:
                forbidden.setdefault(lang, []).append(term)
            else:
                allowed.setdefault(lang, []).append((rank, term))
    if not english:
        return []
    flags = list(_flags(concept))
    keep = any(key in _KEEP and value not in _FALSE for key, value in flags)
    case = next((value not in _FALSE for key, value in flags if key in _CASE), None)
    note = next((" ".join("".join(map(str, e.itertext())).split()) for e in concept.iter() if local(e) == "note"), "")
    spellings = [term for _, term in sorted(english, key=lambda row: row[0])]
    ranked = {lang: [term for _, term in sorted(found, key=lambda row: row[0])] for lang, found in allowed.items()}
    return make_terms(spellings, ranked, forbidden, keep, case, note[:2000])


def _said(section: etree._Element) -> Iterator[tuple[str, str]]:
    """(term, its status in lower case) of each term of a language."""
    for group in (e for e in section if local(e) in _TERMS):
        term = next((e for e in group.iter() if local(e) == "term"), None)
        text = " ".join("".join(map(str, term.itertext())).split()) if term is not None else ""
        if text:
            yield text, " ".join(value for key, value in _flags(group) if key in _STATUS)


def _flags(element: etree._Element) -> Iterator[tuple[str, str]]:
    """What is said of it in either style of TBX: <termNote type="administrativeStatus">..., or <min:administrativeStatus>..."""
    for inner in element.iter():
        key = attribute(inner, "type") or local(inner)
        yield "".join(c for c in key.lower() if c.isalnum()), str(inner.text or "").strip().lower()
