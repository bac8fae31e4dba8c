"""What files that hold a text and its translation become: two documents and which stretches of them belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.errors import InputError
from auditor.formats.origins import Builder, Document, Place
from auditor.lang.base import language, language_codes
from auditor.model import Stated


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment with its translations, as a file has them.

    targets  by language; a language that is missing or empty is not translated
    place    where the unit stands in the file
    """

    source: str
    targets: dict[str, str]
    place: Place


@dataclass(frozen=True, slots=True)
class Version:
    """A translation in a bilingual file, and its alignment with the source."""

    document: Document
    alignment: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A bilingual file: the source and its versions by language."""

    source: Document
    versions: dict[str, Version]


def build(units: Sequence[Unit], name: str, form: str, raw: bytes = b"", others: bool = True) -> Bilingual:
    """The documents of units in their order. Raises InputError when nothing is translated.

    others  whether languages that the auditor does not know are kept, so that it says so
    """
    langs = list(dict.fromkeys(lang for unit in units for lang, text in unit.targets.items() if text.strip()))
    langs = langs if others else [lang for lang in langs if lang in language_codes()]
    if not langs:
        raise InputError(f"{name}: no unit of it is translated; give the file that the translator sends back")
    source, versions = Builder(), {lang: Builder() for lang in langs}
    pairs: dict[str, list[Stated]] = {lang: [] for lang in langs}
    for unit in units:
        here = source.add(unit.source, **unit.place) if unit.source.strip() else None
        for lang in langs:
            if (target := unit.targets.get(lang, "")).strip():
                there = versions[lang].add(target, **unit.place)
                pairs[lang].append(Stated(here or (0, 0), there))
            elif here:
                pairs[lang].append(Stated(here, (0, 0)))
    made = {lang: Version(versions[lang].document(name, form, raw), tuple(pairs[lang])) for lang in langs}
    return Bilingual(source.document(name, form, raw), made)


def together(made: Sequence[Bilingual]) -> Bilingual | None:
    """One submission of a source that was given again for each language; None when the sources are not the same words.

    A source that is cut otherwise is the same text, but its pairs are not of the first one's offsets.
    """
    if not made or any(m.source.text.split() != made[0].source.text.split() for m in made):
        return None
    versions: dict[str, Version] = {}
    for each in made:
        same = each.source.text == made[0].source.text
        versions |= {lang: v if same else Version(v.document, ()) for lang, v in each.versions.items()}
    return Bilingual(made[0].source, versions)


def base_language(tag: str) -> str:
    """ "zh" of zh-Hant-TW, zh_CN, ZH."""
    return tag.replace("_", "-").partition("-")[0].lower()


def likely_language(texts: Iterable[str], name: str) -> str:
    """The language that texts without a stated one are in, English aside. Raises InputError when none is likely."""
    sample = "\n".join(texts)[:20_000]
    share, code = max((language(code).likeness(sample), code) for code in language_codes() if code != "en")
    if share < 0.5:
        raise InputError(f"{name}: it does not say which language it is translated into; set its target language")
    return code
