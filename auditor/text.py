"""Width and script folding that keeps an offset map. Folding happens here, once, before any reader sees a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from auditor.model import Span

S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for every code point of it plus one past the end, the offset in the original.

    offsets is None when folding kept the length (the common case: offsets are the same).
    """

    original: str
    text: str
    offsets: tuple[int, ...] | None = None

    def back(self, span: S) -> S:
        """The span of the original text behind a span of the folded text, its `text` the original's."""
        start, end = span.start, span.end
        if self.offsets is not None:
            start, end = self.offsets[start], self.offsets[end]
        if start == span.start and end == span.end and self.original[start:end] == span.text:
            return span
        return replace(span, start=start, end=end, text=self.original[start:end])


# Kept as they are: NFKC would turn the ellipsis and vulgar fractions into several code points, or change meaning.
_WIDTHS: dict[int, str] = {
    c: n
    for c in [*range(0xFF01, 0xFF5F), 0x3000, *range(0xFF65, 0xFFA0), 0x2009, 0x00A0, 0x202F, 0x2007]
    if len(n := unicodedata.normalize("NFKC", chr(c))) == 1
}
_WIDTHS |= {0xFF0C: "，", 0xFF01: "！", 0xFF1F: "？", 0xFF1A: "：", 0xFF1B: "；", 0xFF08: "（", 0xFF09: "）", 0xFF5E: "～"}


def fold_width(text: str) -> str:
    """Full-width letters, digits and signs to ASCII, half-width kana to full, odd spaces to plain ones; length kept.

    The full-width comma, colon, semicolon, question and exclamation mark, brackets and tilde stay: readers of Chinese and
    Japanese need them. Between digits they are folded as well (３，５００ is 3,500; １２：３０ is 12:30).
    """
    folded = text.translate(_WIDTHS)
    if "，" in folded or "：" in folded:
        chars = list(folded)
        for i in range(1, len(chars) - 1):
            if chars[i] == "：" and chars[i - 1].isdigit() and chars[i + 1].isdigit():
                chars[i] = ":"
            elif chars[i] == "，" and chars[i - 1].isdigit() and _three_digits(chars, i + 1):
                chars[i] = ","
        folded = "".join(chars)
    return folded


def _three_digits(chars: list[str], at: int) -> bool:
    group = chars[at : at + 3]
    return len(group) == 3 and all(c.isdigit() for c in group) and not (at + 3 < len(chars) and chars[at + 3].isdigit())


def fold(text: str, convert: Callable[[str], str] | None = None) -> Folded:
    """Widths folded, then `convert` (a script folding such as OpenCC tw2sp) applied; offsets kept.

    A conversion that changes the length is applied clause by clause, so that an offset is off by no more than the clause.
    """
    wide = fold_width(text)
    if convert is None:
        return Folded(text, wide)
    converted = convert(wide)
    if len(converted) == len(wide):
        return Folded(text, converted)
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for at, char in enumerate(wide + "。"):
        if at < len(wide) and char not in "，。！？；：、\n ":
            continue
        piece = wide[start : at + 1]
        new = convert(piece)
        pieces.append(new)
        offsets += [start + min(i * len(piece) // max(len(new), 1), len(piece) - 1) for i in range(len(new))] if piece else []
        start = at + 1
    return Folded(text, "".join(pieces), (*offsets, len(wide)))


_BIDI = "[\u202a-\u202e\u2066-\u2069]"
_SPLITTING = "(?<=[0-9０-９.,])[\u00ad\u200b-\u200d\u2060\ufeff](?=[0-9０-９.,])"
_HIDDEN = re.compile(f"{_BIDI}|{_SPLITTING}")


def hidden_characters(text: str) -> list[Span]:
    """Bidirectional embeddings, overrides and isolates, which can make a page show another order than the text has, and characters
    without a width inside a figure, which make two figures of one."""
    return [Span(m.start(), m.end(), m[0]) for m in _HIDDEN.finditer(text)]
