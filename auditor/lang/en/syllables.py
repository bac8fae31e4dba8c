"""English spells names with the letters that the others are compared with: it has no syllables of its own here."""

from __future__ import annotations


def syllables(text: str) -> tuple[str, ...]:
    """None."""
    return ()


def stretches(text: str) -> tuple[tuple[str, ...], ...]:
    """None."""
    return ()
