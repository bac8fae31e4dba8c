"""Chinese in Latin letters."""

from __future__ import annotations

from auditor.lang.zh.names import plain_pinyin


def romanize(text: str) -> str:
    """Pinyin without tones, as one word; what is no character stays."""
    return "".join(plain_pinyin(c) or c for c in text)
