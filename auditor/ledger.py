"""How each name of the source was rendered across the document. Placeholder until its author lands it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Pair


@dataclass(frozen=True, slots=True)
class Ledger:
    """Renderings of source entities in this document."""


def build(pairs: Sequence[Pair]) -> Ledger:
    return Ledger()
