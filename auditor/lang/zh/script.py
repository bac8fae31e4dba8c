"""Hans or Hant, and folding to Hans with OpenCC (Apache-2.0)."""

from __future__ import annotations

from functools import cache
from typing import Any

from auditor.text import Folded, fold


@cache
def _converter(name: str) -> Any:
    from opencc import OpenCC

    return OpenCC(name)


def script(text: str) -> str:
    """ "Hant" when folding to simplified changes more of the text than folding to traditional does, else "Hans"."""
    to_hans = _converter("t2s").convert(text)
    to_hant = _converter("s2t").convert(text)
    changed = sum(a != b for a, b in zip(text, to_hans, strict=False))
    return "Hant" if changed > sum(a != b for a, b in zip(text, to_hant, strict=False)) else "Hans"


def fold_hans(text: str) -> Folded:
    """Widths folded; traditional text with Taiwan's words folded to simplified with the mainland's."""
    convert = _converter("tw2sp").convert if script(text) == "Hant" else _converter("t2s").convert
    return fold(text, convert)
