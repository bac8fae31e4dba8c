"""What is set against what in an English sentence: engineers rather than an engine, not rice but blankets, dearer than winter gas."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.lang.contrasts import Contrast, Pattern, read
from auditor.lang.en.denial import AUXILIARIES
from auditor.model import Word

_SOME = r"(?<!\S)(?:[^\s,.;:!?()\"“”—]+ ){{1,{most}}}"
_FIRST, _SECOND, _BEFORE = (f"(?P<{group}>{_SOME.format(most=most)})" for group, most in (("first", 7), ("second", 7), ("first", 10)))
_NO_AUXILIARY = "".join(f"(?<!{word} )" for word in sorted({*AUXILIARIES, "be"}))
"""What "did not" denies is set against nothing."""
_PREPOSITION = r"(?:(?:on|from|by|for|about|because of|of|with|in|to) )?"
_NOT_MORE = (
    "rather|other|lower|fewer|smaller|weaker|poorer|slower|shorter|cheaper|lighter|softer|shallower|narrower|thinner|younger|later|colder"
)
"""Comparatives after which another language may exchange the two (weaker than / 不如), and words that are none."""
_BEATS = "beats?|beating|defeat(?:s|ed|ing)|(?:out(?:number|perform|sell|weigh|strip|rank|grow)|exceed|surpass|overtak|overtook)[a-z]*"
_BEATEN = "beaten|defeated|outnumbered|outperformed|outsold|outweighed|outstripped|surpassed|overtaken"
_PATTERNS: tuple[Pattern, ...] = (
    ("chosen", rf"\bnot (?!only|just|merely|simply){_SECOND}(?:, )?but (?:rather )?{_FIRST}"),
    ("chosen", rf"{_FIRST}(?:, )?(?:rather than|instead of|and not|{_NO_AUXILIARY}not|as opposed to) {_PREPOSITION}{_SECOND}"),
    ("chosen", rf"\bless {_PREPOSITION}{_SECOND}than {_PREPOSITION}{_FIRST}"),
    ("chosen", rf"\bprefer(?:s|red|ring)? {_FIRST}(?:to|over) {_SECOND}"),
    ("chosen", rf"\bput(?:s|ting)? {_FIRST}(?:before|above|ahead of) {_SECOND}"),
    ("chosen", rf"\b(?:rather|sooner) {_FIRST}than {_SECOND}"),
    ("compared", rf"(?P<first>{_SOME.format(most=10)}(?:more|better|(?!(?:{_NOT_MORE})\b)[a-z]+er) (?:[a-z]+ ){{0,3}})than {_SECOND}"),
    ("compared", rf"{_BEFORE}(?:is |are |was |were )?(?:ahead of|{_BEATS}) {_SECOND}"),
    ("compared", rf"(?P<second>{_SOME.format(most=10)})(?:was|were|been|being|is|are) (?:{_BEATEN}) by {_FIRST}"),
    ("path", rf"\bfrom {_SECOND}(?:to|into) {_FIRST}"),
    ("exchange", rf"{_BEFORE}in (?:exchange|return) for {_SECOND}"),
)


def contrasts(words: Sequence[Word]) -> tuple[Contrast, ...]:
    """In the order of the patterns."""
    return tuple(read(words, _PATTERNS, lambda word: word.text.lower(), " "))
