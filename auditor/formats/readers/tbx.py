"""TBX: TBX-Basic of version 2 (martif) and version 3 (ISO 30042:2019, in either style): concepts to terms.

The English terms of a concept are spellings of one source term; those of another language are its renderings, the preferred ones first,
deprecated, superseded and obsolete ones forbidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from auditor.checks.base import Term
from auditor.errors import InputError
from auditor.formats.readers.bilingual import base_language
from auditor.formats.readers.xml import XML_LANG, attribute, local, parse_xml
from auditor.formats.terms import contradiction, make_terms

_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_STATUS = frozenset({"administrativestatus", "normativeauthorization"})
_KEEP = frozenset({"donottranslate", "xdonottranslate", "dnt"})
_CASE = frozenset({"casesensitive", "xcasesensitive"})
_BAD = ("deprecated", "superseded", "obsolete", "forbidden", "rejected")
_WORST = 2
"""The rank of a term with such a status."""
_FALSE = ("no", "false", "0")


def read(raw: bytes, name: str) -> tuple[Term, ...]:
    """The terms in the order of the file. Raises InputError for what is no TBX or has no English."""
    root = parse_xml(raw, name).getroot()
    if local(root) not in ("martif", "tbx"):
        raise InputError(f"{name}: this is {local(root)!r}, not TBX")
    terms = [term for concept in root.iter() if local(concept) in _CONCEPTS for term in _concept(concept, name)]
    if not terms:
        raise InputError(f"{name}: no concept of it has English and a rendering in a language that is audited")
    return tuple(terms)


def _concept(concept: etree._Element, name: str) -> list[Term]:
    sections = [
        (base_language(attribute(section, XML_LANG) or attribute(section, "lang")), section, list(_said(section)))
        for section in concept
        if local(section) in _LANGUAGES
    ]
    spellings = _by_rank(term_rank for lang, _, said in sections if lang == "en" for term_rank in said)
    if not spellings:
        return []
    allowed: dict[str, list[tuple[str, int]]] = {}
    forbidden: dict[str, list[str]] = {}
    for lang, section, said in sections:
        good, bad = [row for row in said if row[1] < _WORST], [term for term, rank in said if rank == _WORST]
        if lang != "en" and (told := contradiction(spellings, {lang: [term for term, _ in good]}, {lang: bad}, False)):
            raise InputError(f"{_where(section, name)}: {told}")
        allowed.setdefault(lang, []).extend(good)
        forbidden.setdefault(lang, []).extend(bad)
    flags = list(_flags(concept))
    keep = any(key in _KEEP and value not in _FALSE for key, value in flags)
    case = next((value not in _FALSE for key, value in flags if key in _CASE), None)
    note = next((" ".join("".join(map(str, e.itertext())).split()) for e in concept.iter() if local(e) == "note"), "")
    ranked = {lang: _by_rank(found) for lang, found in allowed.items() if lang != "en"}
    # What one region of a language deprecates another may prefer (zh-CN, zh-TW): both are read as the language.
    wrong = {lang: [term for term in found if term not in ranked.get(lang, ())] for lang, found in forbidden.items() if lang != "en"}
    return make_terms(spellings, ranked, wrong, keep, case, note[:2000], _where(concept, name))


def _where(element: etree._Element, name: str) -> str:
    identity = attribute(element, "id")
    return f"{name}, line {element.sourceline}" + (f", concept {identity}" if identity else "")


def _by_rank(said: Iterable[tuple[str, int]]) -> list[str]:
    return [term for term, _ in sorted(said, key=lambda row: row[1])]


def _said(section: etree._Element) -> Iterator[tuple[str, int]]:
    """(term, its rank: preferred, admitted, or one that is not to be used) of each term of a language."""
    for group in (e for e in section if local(e) in _TERMS):
        term = next((e for e in group.iter() if local(e) == "term"), None)
        text = " ".join("".join(map(str, term.itertext())).split()) if term is not None else ""
        status = " ".join(value for key, value in _flags(group) if key in _STATUS)
        if text:
            yield text, 0 if "preferred" in status else _WORST if any(word in status for word in _BAD) else 1


def _flags(element: etree._Element) -> Iterator[tuple[str, str]]:
    """What is said of it in either style of TBX: <termNote type="administrativeStatus">..., or <min:administrativeStatus>..."""
    for inner in element.iter():
        key = attribute(inner, "type") or local(inner)
        yield "".join(c for c in key.lower() if c.isalnum()), str(inner.text or "").strip().lower()
