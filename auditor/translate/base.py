"""What an engine is: texts of a language in, English out, one for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Engine(Protocol):
    """A back-translator.

    name         as reports and settings say it: "argos", "libretranslate", "gloss", "supplied"
    version      of the engine
    model        of what it translates with, "" when it has none of its own
    independent  False when it is no witness by itself (the gloss uses the auditor's own readers)
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def independent(self) -> bool: ...

    def translate(self, lang: str, texts: Sequence[str]) -> list[str]:
        """English of each text, in order; as many as there are texts."""
        ...
