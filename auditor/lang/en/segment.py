"""English sentences, and how English a text looks.

A sentence ends at . ! ? or an ellipsis, with the closing quotes and brackets that follow, before white space (or straight before a capital
when a closing quote stands between). It does not end
- before a lower-case letter ("Really?" he asked);
- after an abbreviation that a name or number follows (Gen. Smith, No. 10, Jan. 6), and after one that can stand last (U.S., Inc., a.m.)
  only before a word that opens sentences (the closed class of `words.FUNCTION`);
- after an initial (J. K. Rowling, George W. Bush), a list number (1. Open the box), or inside a bracket within a sentence.
The abbreviations are data/abbreviations.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from auditor.lang.en.words import FUNCTION
from auditor.lang.scripts import count_scripts
from auditor.lang.sentences import bracket_pairs, split_lines
from auditor.model import Span

_CLOSE = "\"”’')\\]»"
_STOP = re.compile(rf"(?:[.!?…‼⁇⁈⁉][.!?…‼⁇⁈⁉]*)(?:[{_CLOSE}]*(?=\s)|[{_CLOSE}]+(?=[A-Z]))")
_OPEN = "\"“‘'([«—–- \t\u3000\u00a0"
_TOKEN = re.compile(r"[^\s\"“”‘([—–]+$")
_NEXT = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?")
# A bracket longer than this is cut inside like other text.
_LONG_BRACKET = 200


@cache
def _abbreviations() -> dict[str, str]:
    rows = (resources.files(__package__) / "data" / "abbreviations.tsv").read_text("utf-8").splitlines()
    return {row.split("\t")[0]: row.split("\t")[1] for row in rows if row and not row.startswith("#")}


def split(text: str) -> list[Span]:
    """Sentences with the closing quotes that belong to them."""
    return split_lines(text, _ends)


def likeness(text: str) -> float:
    """Share of Latin letters among letters; a Han or kana character weighs as a word of five letters."""
    n = count_scripts(text)
    return n.latin / (n.latin + 5 * (n.han + n.kana) + n.other) if n.letters else 1.0


def _ends(line: str) -> Iterator[int]:
    brackets = bracket_pairs(line, {"(": ")", "[": "]"})
    start = 0
    for match in _STOP.finditer(line):
        if _in_bracket(brackets, start, match.start()) or not _is_end(line, match, start):
            continue
        yield match.end()
        start = match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip())


def _in_bracket(brackets: dict[int, int], start: int, at: int) -> bool:
    return any(start < o < at < c and c - o < _LONG_BRACKET for o, c in brackets.items())


def _is_end(line: str, match: re.Match[str], start: int) -> bool:
    rest = line[match.end() : match.end() + 60].lstrip(_OPEN)
    if not rest or rest[0].islower():
        return False
    marks = match[0].rstrip("\"”’')]»")
    if marks != ".":
        return True
    if len(match[0]) > 1 and match[0][1] in '"”':  # a full stop before a closing quote is a full stop
        return True
    found = _TOKEN.search(line[max(start, match.start() - 40) : match.start()])
    token = found[0] if found else ""
    return _token_ends(token, rest, at_start=match.start() - len(token) <= start)


def _token_ends(token: str, rest: str, at_start: bool) -> bool:
    """Whether the full stop after `token` ends the sentence, given what follows."""
    if at_start and (token.isdigit() or len(token) == 1) and len(token) <= 3:
        return False  # a list number or letter
    following = _NEXT.match(rest)
    opener = following is not None and following[0].split("'")[0].split("’")[0].lower() in FUNCTION
    if len(token) == 1 and token.isupper():
        return opener
    kind = _abbreviations().get(token)
    if kind is None and re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", token):
        kind = "last"
    if kind == "name":
        return False
    if kind == "number":
        return not rest[0].isdigit() and (opener or token.islower())
    if kind == "last":
        return opener
    return True
