"""How English builds a number of words: hundreds, scales, "and", dozens, halves and denominators.

Used by `numerals`, which finds where numbers begin and reads those in digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from auditor.lang.figures_base import table
from auditor.model import FigureKind

HYPHENS = "-‐‑"
_WORN_IN_PAIRS = frozenset(
    """boots shoes sandals slippers sneakers trainers clogs skis skates crutches socks stockings tights gloves mittens trousers jeans shorts
    pants leggings overalls pyjamas glasses spectacles sunglasses goggles binoculars scissors shears tweezers pliers pincers tongs
    handcuffs earrings""".split()  # noqa: SIM905
)
_IN_TIME = frozenset("in for past last previous next or to first final recent these those within after".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a number: digits, a vulgar fraction or a word, with what stands between it and the one before."""

    kind: str
    text: str
    start: int
    end: int
    gap: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text.

    `scaled`: a scale word or letter belongs to it; `letter`: the scale is a letter (5m, 3k); `words`: spelled out.
    """

    start: int
    end: int
    kind: FigureKind
    value: Fraction | None
    scaled: bool = False
    letter: str = ""
    words: bool = False
    approximate: bool = False
    scale: Fraction = Fraction(1)
    year: bool = False


@cache
def vocabulary() -> Mapping[str, Mapping[str, Fraction]]:
    """Class -> word -> value, from the table."""
    found: dict[str, dict[str, Fraction]] = {}
    for word, kind, value in table("auditor.lang.en", "figures_numerals.tsv"):
        found.setdefault(kind, {})[word] = Fraction(value)
    for tens, ten in found["tens"].items():
        for unit, one in tuple(found["ordinal"].items()):
            if 0 < one < 10 and tens.endswith("ty"):
                found["ordinal"][tens + unit] = ten + one  # thirtyfirst
    return found


def of_class(kind: str, word: str) -> Fraction | None:
    """The value of a word in a class of the table."""
    return vocabulary()[kind].get(word)


class Spelling:
    """A reader of words at a place in the tokens of a text."""

    def __init__(self, text: str, tokens: Sequence[Token], at: int) -> None:
        self.text, self.tokens, self.at = text, tokens, at

    def word(self, at: int, *gaps: str) -> str:
        """The lower-case word at a token that follows the one before after one of the gaps ("" when there is none)."""
        if at >= len(self.tokens) or self.tokens[at].kind != "word":
            return ""
        if gaps and not self.joined(at, *gaps):
            return ""
        return self.tokens[at].text.lower()

    def joined(self, at: int, *gaps: str) -> bool:
        """Is the gap before a token one of these? Any white space is a blank; a hyphen may stand between blanks (fifty - two)."""
        gap = self.tokens[at].gap
        sign = gap.strip() or gap[:1]
        return any(gap == g or (g == " " and sign.isspace()) or (g == "-" and sign in HYPHENS and sign != "") for g in gaps)

    def _spelled(self, at: int) -> tuple[Fraction | None, int]:
        """The cardinal in words from a token on, and the token behind it."""
        start = at
        total, group, last, seen = Fraction(0), Fraction(0), Fraction(10**30), False
        if self.word(at) in ("a", "an"):
            follow = self.word(at + 1, " ", "-")
            if not (of_class("hundred", follow) or of_class("scale", follow) or (of_class("group", follow) and self._grouped(at + 1))):
                return None, start
            if of_class("group", follow):
                return self._group(Fraction(1), at + 1)
            group, at, seen = Fraction(1), at + 1, True
        elif self._every(at):
            group, seen = Fraction(1), True
        while at < len(self.tokens):
            joined = at == start or not seen or self.joined(at, " ", "-")
            word = self.word(at) if joined else ""
            small = self._small(at) if joined else None
            if word == "and" and seen and self._after_and(at, last) and self.joined(at, " "):
                at += 1
                continue
            if small is not None and self._fits(group, small, at, start) and not (at > start and self._denominates(at, group)):
                group, seen, at = group + small, True, at + 1
            elif word == "hundred" and group < 100:
                group, seen, at = (group or Fraction(1)) * 100, True, at + 1
            elif seen and (scale := of_class("scale", word)) is not None and scale < last:
                total, group, last, at = total + (group or 1) * scale, Fraction(0), scale, at + 1
            else:
                break
        if not seen:
            return None, start
        value = total + group
        return (value, at) if not self._grouped(at) else self._group(value, at)

    def _every(self, at: int) -> bool:
        """ "Every thousand words", "per hundred", "the last million": a bare scale is one of it."""
        scale = _scale(self.word(at))
        before = self.text[: self.tokens[at].start].rstrip().rsplit(None, 1)[-1:] or [""]
        return scale and before[0].lower() in ("every", "per", "each", "last", "first", "next", "further", "extra", "additional", "final")

    def _small(self, at: int) -> Fraction | None:
        word = self.word(at)
        for kind in ("unit", "teen", "tens"):
            value = of_class(kind, word) if word else None
            if value is not None:
                return value
        return None

    def _fits(self, group: Fraction, small: Fraction, at: int, start: int) -> bool:
        """May a word below a hundred continue the group? forty + two, two hundred + five; not five + six."""
        if group == 0:
            return at == start or self.word(at - 1) != "zero"
        below = group % 100
        if below == 0:
            return True
        return below % 10 == 0 and below >= 20 and 0 < small < 10

    def _denominates(self, at: int, group: Fraction) -> bool:
        """The thirty of one hundred thirty-fifths: a hyphen makes it part of the denominator."""
        last = self.word(at + 1, "-")
        whole = group >= 100 and group % 100 == 0 and of_class("tens", self.word(at)) is not None
        return whole and last.endswith("s") and 0 < (of_class("ordinal", last.removesuffix("s")) or 0) < 10

    def _after_and(self, at: int, last: Fraction) -> bool:
        """ "and" inside a number: after a hundred or a scale, before something smaller; never between two numbers of a range."""
        if self.word(at - 1) not in ("hundred", *vocabulary()["scale"]) or self._small(at + 1) is None:
            return False
        if re.search(r"\bbetween\s*$", self.text[: self.tokens[self.at].start], re.IGNORECASE):
            return False
        behind = at + 2
        while self._small(behind) is not None and self.joined(behind, "-", " "):
            behind += 1
        word = self.word(behind, " ", "-")
        if of_class("part", word) and word.endswith("s") and (self._small(at + 1) or 0) < 10:
            return False  # a hundred and three quarters
        return (word != "hundred" or self.word(at - 1) != "hundred") and (of_class("scale", word) or 0) < last

    def _grouped(self, at: int) -> bool:
        """ "dozen", "couple", "score of" as a counted group; "score" and "pair" only before "of"."""
        word = self.word(at, " ", "-")
        if of_class("group", word) is None:
            return False
        return (
            word == "dozen"
            or (word == "dozens" and at > self.at)
            or (self.word(at + 1, " ") == "of" and word in ("couple", "score", "pair", "gross", "trio", "brace"))
            or (
                word == "couple"
                and self.word(at + 1, " ") not in ("", "who", "has", "had", "was", "were", "is", "are", "from", "and", "in")
                and self.word(at - 1) == "a"
                and _plural(self.word(at + 1, " "))
            )
        )

    def _group(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        one = self.word(at) == "pair" and self.word(at + 2, " ") in _WORN_IN_PAIRS  # a pair of boots is one thing
        return value * (1 if one else of_class("group", self.word(at)) or 1), at + 1

    def _year(self, value: Fraction, at: int) -> Numeral | None:
        """nineteen eighty-four, twenty twenty-four: two numbers below a hundred side by side."""
        if not (10 <= value <= 21 and at == self.at + 1) or not self.joined_next(at):
            return None
        rest, end = self._spelled(at)
        if rest is None or not 10 <= rest <= 99 or self.word(end, " ", "-") in ("hundred", *vocabulary()["scale"]):
            return None
        return Numeral(self.tokens[self.at].start, self.tokens[end - 1].end, "number", value * 100 + rest, words=True, year=True)

    def joined_next(self, at: int, *gaps: str) -> bool:
        return at < len(self.tokens) and self.joined(at, " ", *gaps)

    def _part(self, at: int, value: Fraction) -> Numeral | None:
        """two-thirds, one fifth, three quarters: a numerator before a denominator."""
        word = self.word(at, " ", "-")
        if of_class("tens", word) is not None and (value < 20 or self._denominates(at, value)):
            return self._tens_part(at, value, word)
        parts = of_class("part", word) if word else None
        if parts is None or value.denominator != 1 or value <= 0 or (value >= 100 and not word.endswith("s")):
            return None
        plural = (word.endswith("s") and word != "halves") or word == "halves"
        hyphened = self.tokens[at].gap in tuple(HYPHENS)
        if plural != (value > 1) and not (hyphened and value > 1):
            return None
        if word in ("quarter", "quarters") and self.word(at + 1, " ") in ("past", "to", "after"):
            return None
        if word == "quarters" and not hyphened and (value != 3 or self._of_the_year(at)):
            return None
        if not plural and 20 <= value <= 90 and value % 10 == 0 and parts < 10:
            return None  # fifty-third, twenty-fifth: an ordinal
        return self._finish(at + 1, value / parts, kind="fraction", words=True)

    def _of_the_year(self, at: int) -> bool:
        """In three quarters, the past three quarters, two or three quarters: of the year, not of a whole."""
        before = self.text[: self.tokens[self.at].start].rstrip().rsplit(None, 1)[-1:] or [""]
        return before[0].lower() in _IN_TIME and self.word(at + 1, " ") != "of"

    def _tens_part(self, at: int, value: Fraction, tens: str) -> Numeral | None:
        """one twenty-fifth, three thirty-seconds."""
        last = self.word(at + 1, " ", "-")
        unit = of_class("ordinal", last.removesuffix("s") if value > 1 else last)
        if unit is None or unit > 9 or (value > 1) != last.endswith("s") or (value == 1 and not self._whole(at + 1)):
            return None
        return self._finish(at + 2, value / ((of_class("tens", tens) or 0) + unit), kind="fraction", words=True)

    def _finish(self, at: int, value: Fraction, start: int | None = None, kind: FigureKind = "number", words: bool = False) -> Numeral:
        """Adds "and a half", "point five", scale words and groups behind a number."""
        begin = self.tokens[self.at].start if start is None else start
        if words and kind == "number" and self.word(at, " ") == "point" and self._small(at + 1) is not None:
            value, at = self._point(value, at + 1)
        added = self._and_part(at) if kind == "number" else None
        if added is not None:
            by_scale = of_class("scale", self.tokens[at - 1].text.lower()) or Fraction(1)  # a million and a half
            value, at = value + added[0] * by_scale, added[1]
            kind = "number"
        scale = Fraction(1)
        while (word := self.word(at, " ", "-", "" if not words else " ")) and (
            by := of_class("scale", word) or (Fraction(100) if word == "hundred" else None)
        ):
            if word == "hundred" and words:
                break
            value, scale, at = value * by, scale * by, at + 1
            kind = "number"
        if scale > 1:
            value, at = self._smaller(value, scale, at)
        if self._grouped(at):
            value, at = self._group(value, at)
            scale, kind = Fraction(12), "number"
        scaled = scale > 1 or (words and any(of_class("scale", t.text.lower()) for t in self.tokens[self.at : at]))
        end = self.tokens[at - 1].end
        return Numeral(begin, end, kind, value, scaled=scaled, words=words, scale=scale)

    def _smaller(self, value: Fraction, scale: Fraction, at: int) -> tuple[Fraction, int]:
        """1 million 200 thousand: a smaller scaled number right behind."""
        if at + 1 < len(self.tokens) and self.tokens[at].kind == "digits" and self.tokens[at].gap == " ":
            by = of_class("scale", self.word(at + 1, " "))
            if by is not None and by < scale:
                return value + Fraction(self.tokens[at].text.replace(",", "")) * by, at + 2
        return value, at

    def _point(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        digits = ""
        tens = of_class("tens", self.word(at))
        if tens is not None:  # point seventy-one
            unit = self._small(at + 1) if self.joined_next(at + 1, "-") else None
            tens += unit if unit is not None and unit < 10 else 0
            return value + tens / 100, at + 2 if tens % 10 else at + 1
        while (small := self._small(at)) is not None and small < 10 and self.joined(at, " "):
            digits += str(small)
            at += 1
        return (value + Fraction(int(digits), 10 ** len(digits)), at) if digits else (value, at - 1)

    def _whole(self, at: int) -> bool:
        return bool(_COUNTED.match(self.text, self.tokens[at].end))

    def _and_part(self, at: int) -> tuple[Fraction, int] | None:
        """ "and a half", "and-a-half", "and three quarters" behind a number."""
        if self.word(at, " ", "-") != "and":
            return None
        follow = at + 1
        count = Fraction(1)
        word = self.word(follow, " ", "-")
        if word in ("a", "an", "one"):
            follow += 1
        elif (small := self._small(follow)) is not None and small < 10:
            count, follow = small, follow + 1
        elif word != "half":
            return None
        parts = of_class("part", self.word(follow, " ", "-"))
        if parts is None or (self.word(follow) not in ("half", "quarter", "quarters") and word in ("a", "an") and not self._whole(follow)):
            return None
        return count / parts, follow + 1


# What follows "and a third" of something counted: an end, "of", a plural; elsewhere it is the next in a row (one and a third man).
_COUNTED = re.compile(r"\s*(?:[.,;:!?)]|$)|[\s-]+(?:of|times|percent|million|billion|\w+s)\b")


def _plural(word: str) -> bool:
    return word.endswith("s") or word in ("people", "men", "women", "children", "more", "hundred", "thousand", "million", "dozen")


def _scale(word: str) -> bool:
    return bool(of_class("hundred", word) or of_class("scale", word)) and len(word) > 3


def is_number_word(word: str) -> bool:
    return any(word in vocabulary()[k] for k in ("unit", "teen", "tens", "hundred", "scale"))
