"""Placeholder until its author lands it."""

from __future__ import annotations

from auditor.model import Cue, Word


def read_cues(text: str, words: tuple[Word, ...]) -> tuple[Cue, ...]:
    return ()
