"""What an engine is: texts of a language in, English out, one for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Decoding = Literal["first", "second"]
"""How an engine searches for its English. "second" are other settings, for a text whose first English was unhealthy."""


@dataclass(frozen=True, slots=True)
class Translated:
    """English of each text, in order, None where the engine gave none; and in plain words why it gave none ("" when all are there)."""

    english: tuple[str | None, ...]
    problem: str = ""


class Engine(Protocol):
    """A back-translator. One is made a process; it loads its models at first use and keeps them.

    name         as reports and settings say it: "argos", "libretranslate", "gloss", "supplied"
    version      of the engine
    independent  False when it is no witness by itself (the gloss uses the auditor's own readers)
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def independent(self) -> bool: ...

    def model(self, lang: str) -> str:
        """What it translates that language with: a name and version a person can look up; "" when it has none of its own."""
        ...

    def fingerprint(self, lang: str) -> str:
        """All that its English depends on beside the text and the decoding: what is remembered of another fingerprint is not used."""
        ...

    def translate(self, lang: str, texts: Sequence[str], decoding: Decoding = "first") -> Translated:
        """English of each text. What fails is None with a reason; raises EngineError only for what no other text could mend."""
        ...
