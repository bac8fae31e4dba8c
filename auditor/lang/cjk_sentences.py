"""Sentence ends in Chinese and Japanese.

A sentence ends after 。！？ and their narrow forms, with the closing quotes and brackets that follow. It does not end
- inside a quote or bracket that is part of a sentence (「…。…」と述べた, 以“快跑！”为口号), unless the quote is long: then it is cut
  at its own sentence ends, as English is;
- after a quote that goes on: with punctuation, with a particle (ja), or with a short tail such as 他说。 (zh);
- at a full stop as narrow as a decimal point, unless a space follows it or the line ends its sentences with narrow marks;
- at a wide full stop in a line that ends its sentences with 。, where it joins a foreign name (瑪莉．克魯茲);
- at a semicolon, a decimal point, or an exclamation mark that belongs to a Latin name (Yahoo!ニュース).
An ellipsis ends a sentence only before a space or an opening quote: it is as often a pause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.lang.sentences import bracket_pairs

_PAIRS = dict(zip("「『“‘（(【《〈〔［[｢〝", "」』”’）)】》〉〕］]｣〟", strict=True))
_QUOTES = frozenset('「『“‘｢〝"')
_CLOSERS = '」』”’）)】》〉〕］]｣〟"＂'
_STOPS = "。！？!?｡．.…⋯‼⁇⁈⁉"
_RUN = re.compile(rf"[{re.escape(_STOPS)}][{re.escape(_STOPS)}\s]*(?<!\s)[{re.escape(_CLOSERS)}]*")
_END = re.compile(rf"[{re.escape(_STOPS)}][{re.escape(_CLOSERS)}]*$")
# A quote that opens a sentence, or stands after a colon or comma, is cut at its own sentence ends from this many characters on ...
_LONG_QUOTE = 60
# ... and any other quote or bracket from this many on.
_VERY_LONG = 160
# A tail up to this long after a quote that opened the sentence is who said it.
_SHORT_TAIL = 15
_NARROW = (".", "?", "!")
_CONTINUES = "，,、；;：:。！？!?…—－-～"


def is_cjk(char: str) -> bool:
    """Han, kana or their iteration and length marks."""
    return "぀" <= char <= "ヿ" or "㐀" <= char <= "鿿" or "豈" <= char <= "﫿" or "𠀀" <= char <= "𲎯" or char in "々〆ー"


def sentence_ends(line: str, goes_on: Callable[[str], bool]) -> Iterator[int]:
    """Offsets at which a sentence of the line ends; `goes_on` says of the text after a quote or mark that the sentence goes on in it."""
    pairs = bracket_pairs(line, _PAIRS, '"')
    start = 0
    for match in _RUN.finditer(line):
        end = match.end()
        if end >= len(line) or match.start() < start or not _is_stop(line, match):
            continue
        holder = _holder(pairs, start, match.start())
        if holder is None:
            if _mark_goes_on(line, match, goes_on):
                continue
        elif pairs[holder] < end:  # the run closes the quote
            if _outer(pairs, holder, start) is not None or _quote_goes_on(line, holder, start, end, goes_on):
                continue
        elif not _cut_inside(line, pairs, holder, start):
            continue
        yield end
        start = end + len(line[end:]) - len(line[end:].lstrip())


def _is_stop(line: str, match: re.Match[str]) -> bool:
    """Whether the run of marks can end a sentence at all."""
    marks = match[0].rstrip(_CLOSERS).strip()
    before, after = line[match.start() - 1 : match.start()], line[match.end() : match.end() + 1]
    closed = match[0][-1] in _CLOSERS
    if any(c in "。｡？?！‼⁇⁈⁉" for c in marks):
        return not ("！" in marks and before.isascii() and before.isalpha() and not closed and len(marks) == 1 and not after.isspace())
    if "!" in marks:
        return closed or not (before.isascii() and before.isalpha())
    if marks[:1] in "…⋯" or ".." in marks:
        return closed or after.isspace() or after in _QUOTES
    if not before or not is_cjk(before):
        return False
    if "．" in marks:
        return "。" not in line and not ("ァ" <= before <= "ヿ" and "ァ" <= after <= "ヿ") and not after.isascii()
    return after.isspace() or (_written_narrow(line) and is_cjk(after) and not ("ァ" <= before <= "ヿ" and "ァ" <= after <= "ヿ"))


def _written_narrow(line: str) -> bool:
    """Does the line end its sentences with narrow marks (machines do)? Elsewhere a dot between letters joins a name (乔治.布什)."""
    line = line.rstrip()
    return "。" not in line and line[-1:] in _NARROW and is_cjk(line[-2:-1])


def _holder(pairs: dict[int, int], start: int, at: int) -> int | None:
    """The outermost quote or bracket that holds `at`."""
    return next((o for o in sorted(pairs) if start <= o < at < pairs[o]), None) if pairs else None


def _outer(pairs: dict[int, int], holder: int, start: int) -> int | None:
    return next((o for o in pairs if start <= o < holder and pairs[holder] < pairs[o]), None)


def _opens_sentence(line: str, holder: int, start: int) -> bool:
    return line[holder] in _QUOTES and (holder == start or line[holder - 1] in "：:，,、")


def _cut_inside(line: str, pairs: dict[int, int], holder: int, start: int) -> bool:
    length = pairs[holder] - holder
    return length >= (_LONG_QUOTE if _opens_sentence(line, holder, start) else _VERY_LONG)


def _mark_goes_on(line: str, match: re.Match[str], goes_on: Callable[[str], bool]) -> bool:
    if "。" in match[0] and match[0][-1] not in _CLOSERS:
        return False
    # with a closing sign at the end, its opening sign stands in an earlier sentence or is missing
    tail = line[match.end() : match.end() + 8].lstrip()
    return tail[:1] in _CONTINUES or goes_on(tail[:4])


def _quote_goes_on(line: str, holder: int, start: int, end: int, goes_on: Callable[[str], bool]) -> bool:
    tail = line[end : end + 40].lstrip()
    if not tail or tail[0] in _CONTINUES or goes_on(tail[:4]):
        return True
    if line[holder] not in _QUOTES:
        return holder != start or line[holder] in "《〈"
    if holder == start:
        stop = re.search(r"[。！？!?｡]", tail)
        return (stop.start() if stop else len(line) - end) <= _SHORT_TAIL
    return line[holder - 1] not in "：:，,、"
