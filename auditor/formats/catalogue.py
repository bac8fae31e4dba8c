"""What pages say, in the reader's language: one TOML file a language in `strings/`, all with the same keys.

A key is looked up as "group.name". A string that counts something is a table of CLDR's plural forms ({one = ..., other = ...}) where the
language has more than one, a plain string where it has not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

INTERFACES: Mapping[str, str] = {"en": "en", "zh": "zh-Hans", "ja": "ja"}
"""Languages of the interface: the file's name and the tag that tells browsers which glyphs to use."""


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings of one language. `code` names the file, `tag` is what `lang` says on a page."""

    code: str
    tag: str
    known: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The string of a key with its places filled. Raises KeyError for an unknown key: a page that says nothing is a fault."""
        return str(self.known[key]).format_map(values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The string of a key for that many."""
        found = self.known[key]
        if isinstance(found, Mapping):
            found = found.get(_plural_form(self.code, n), found["other"])
        return str(found).format_map({"n": self.number(n), **values})

    def maybe(self, group: str, name: str) -> str:
        """What a value of the auditor is called, a type of finding for one; the value itself, spaced, when nobody named it."""
        return str(self.known.get(f"{group}.{name}", name.replace("_", " ")))

    def number(self, n: int) -> str:
        """A whole number as the language groups its digits (all three do it in thousands, by a comma)."""
        return f"{n:,}"


@cache
def strings(code: str) -> Strings:
    """The catalogue of an interface language."""
    raw = tomllib.loads((resources.files("auditor.formats") / "strings" / f"{code}.toml").read_text(encoding="utf-8"))
    known = {f"{group}.{name}": value for group, entries in raw.items() for name, value in entries.items()}
    return Strings(code, INTERFACES[code], known)


@cache
def _plural_form(code: str, n: int) -> str:
    from babel import Locale

    return str(Locale.parse(code).plural_form(n))
