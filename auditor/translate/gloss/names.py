"""Names in English: by what the tables know them as, else by how they may be spelled."""

from __future__ import annotations

from functools import cache, lru_cache

from auditor.lang import names_base
from auditor.lang.en.frequency import zipf
from auditor.model import Name


@cache
def _surfaces() -> dict[str, list[str]]:
    """key -> its English surfaces."""
    found: dict[str, list[str]] = {}
    for line in names_base.lines("en", "names_table.tsv.gz"):
        surface, _, keys = line.split("\t")[:3]
        for key in keys.split():
            found.setdefault(key, []).append(surface)
    return found


def _best_known(key: str) -> str | None:
    return max(_surfaces().get(key, ()), key=_fame, default=None)


@lru_cache(maxsize=4096)
def _fame(surface: str) -> float:
    return zipf(surface) - (3 if len(surface) < 4 or "." in surface else 0) - (2 if surface.isupper() else 0)


@cache
def _territory(code: str) -> str | None:
    from babel import Locale

    return Locale("en").territories.get(code)


@lru_cache(maxsize=4096)
def english_name(keys: tuple[str, ...], forms: tuple[str, ...], text: str) -> str:
    """The English of a name; the text itself when nothing is known."""
    if any("a" <= c.lower() <= "z" for c in text):
        return text
    for key in keys:
        room, _, code = key.partition(":")
        found = (_territory(code) if room == "place" else None) or _best_known(key)
        if found:
            return found
    if forms and any(dot in text for dot in "·・•‧"):
        return forms[0].title()
    if forms:
        return max(forms[:6], key=_fame).title()
    return text


def is_needed(name: Name, common: bool) -> bool:
    """A table's name always; a guess only where the words are not common ones."""
    return bool(name.keys) or not common or name.kind in ("person", "place")
