"""Japanese in Latin letters."""

from __future__ import annotations

from auditor.lang.ja.words import morphemes
from auditor.lang.translit import hepburn


def romanize(text: str) -> str:
    """Hepburn of Sudachi's reading; what has no reading stays."""
    return " ".join(hepburn(m.reading_form()) or m.surface() for m in morphemes(text))
