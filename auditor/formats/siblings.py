"""The article that a file is part of: its other languages beside it, by their names.

article.en.md article.zh.md     the same name but for the language (article.md is the English one, too)
en.md zh.md                     in one folder
en/article.md zh/article.md     in folders by language
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import InputError
from auditor.formats.forms import brings_translations
from auditor.formats.inputs import is_read
from auditor.lang.base import language_codes

_CUT = re.compile(r"([._\-\s]+)")


@dataclass(frozen=True, slots=True)
class Article:
    """An article's files: the English one, or one that brings its translations, and the others by language."""

    source: str
    versions: tuple[tuple[str, str], ...]


def articles_of(files: Iterable[str]) -> tuple[list[Article], list[str]]:
    """The articles that these files are part of, each once, in order; and the files that are part of none (no English, no translation)."""
    found: dict[str, Article] = {}
    alone: list[str] = []
    for file in files:
        path = Path(file)
        if not is_read(path.name):
            continue
        if brings_translations(file) and path.suffix.lower() not in (".csv", ".tsv"):
            found.setdefault(file, Article(file, ()))
            continue
        group = _group(path)
        if "en" in group and len(group) > 1:
            versions = tuple((lang, str(group[lang])) for lang in language_codes() if lang in group and lang != "en")
            found.setdefault(str(group["en"]), Article(str(group["en"]), versions))
        else:
            alone.append(file)
    return list(found.values()), alone


def article_name(name: str) -> str:
    """A file's name without its ending and its language."""
    return _parts(Path(name).stem)[1].lower()


def _group(path: Path) -> dict[str, Path]:
    lang, rest = _parts(path.stem)
    if lang is None and path.parent.name.lower() in language_codes():
        folders = {code: path.parent.parent / code for code in language_codes()}
        near = [(code, p) for code, folder in folders.items() if folder.is_dir() for p in sorted(folder.iterdir()) if p.stem == path.stem]
    else:
        near = []
        for other in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
            said, name = _parts(other.stem)
            if name == rest:
                near.append((said or "en", other))
    group: dict[str, Path] = {}
    for code, other in near:
        if not other.is_file() or not is_read(other.name):
            continue
        if code in group:
            raise InputError(f"{group[code]} and {other} are both {code}; give an article one file a language")
        group[code] = other
    return group


def _parts(stem: str) -> tuple[str | None, str]:
    """(language, the rest of the name) of a file's name without its ending; the language is its last word, or the one before a script's."""
    words = _CUT.split(stem)
    for at in range(len(words) - 1, max(-1, len(words) - 4), -1):
        if words[at].lower() in language_codes():
            return words[at].lower(), "".join(words[: max(at - 1, 0)])
    return None, stem
