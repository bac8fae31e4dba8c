"""English numbers in digits and words, by value: the layer under money, measures and dates.

Reads digits with separators, words (a hundred and five, twenty-one), both mixed (1.2 million, 19m, 3 dozen), fractions (two-thirds,
1/2, 14½, one and a half million), ordinals (1st, twenty-first), multiples (twice, doubled) and vague amounts (dozens, several hundred).
An identifier holds no number: F-16, G7, COVID-19, 5G, MP3. Neither do "one of", "no one", "one another", "this one", "at once".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from auditor.lang.figures_base import table
from auditor.model import FigureKind

_PACKAGE = "auditor.lang.en"
_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+)|(?P<vulgar>[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])|(?P<word>[A-Za-z]+)"
)
_SLASHED = re.compile(r"(?<![\w/.,])(\d{1,3})[/⁄](\d{1,3})(?![\w/]|[.,]\d)")
_VULGAR = dict(
    zip(
        "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞",
        map(
            Fraction,
            ["1/4", "1/2", "3/4", "1/7", "1/9", "1/10", "1/3", "2/3", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8", "5/8", "7/8"],
        ),
        strict=True,
    )
)
_LETTERED = re.compile(r"(?:^|[^A-Za-z])([A-Za-z]+)[-‐‑]?$")
_HYPHENS = "-‐‑"
# A sign in front of digits: a minus after a blank or at the start, never the dash of a range.
_MINUS = re.compile(r"(?:^|[\s(])(?:[-−–]|minus |negative )[$£€¥]?$", re.IGNORECASE)


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
    """A number in the text. `scaled`: a scale word or letter belongs to it; `letter`: the scale is a letter (5m, 3k); `words`: spelled out."""

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
    for word, kind, value in table(_PACKAGE, "figures_numerals.tsv"):
        found.setdefault(kind, {})[word] = Fraction(value)
    return found


def _of(kind: str, word: str) -> Fraction | None:
    return vocabulary()[kind].get(word)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        tokens.append(Token(match.lastgroup or "", match[0], match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return tokens


def read_numerals(text: str) -> list[Numeral]:
    """Every number of the text in order, the longest at each place."""
    tokens = _tokens(text)
    slashed = {m.start(): m for m in _SLASHED.finditer(text)}
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _slashed(slashed, tokens[at]) or _Parser(text, tokens, at).read()
        if numeral is None:
            at += 1
            continue
        found.append(numeral)
        while at < len(tokens) and tokens[at].start < numeral.end:
            at += 1
    return found


def _slashed(slashed: Mapping[int, re.Match[str]], token: Token) -> Numeral | None:
    """1/2, 3/10: a smaller number over a usual denominator. 9/11 and 24/7 are none."""
    match = slashed.get(token.start)
    if match is None or int(match[2]) not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100) or int(match[1]) >= int(match[2]):
        return None
    if int(match[1]) == 0:
        return None
    return Numeral(match.start(), match.end(), "fraction", Fraction(int(match[1]), int(match[2])))


class _Parser:
    """Reads one number that begins at a token."""

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
        gap = self.tokens[at].gap
        return any(gap == g or (g == " " and gap in ("\n", "  ", "\t")) or (g == "-" and gap in tuple(_HYPHENS)) for g in gaps)

    def read(self) -> Numeral | None:
        token = self.tokens[self.at]
        if token.kind == "word":
            return self._vague() or self._half() or self._multiple() or self._ordinal() or self._cardinal()
        if self._identifier(token):
            return None
        if token.kind == "vulgar":
            return self._finish(self.at + 1, _VULGAR[token.text], kind="fraction")
        return self._digits()

    def _identifier(self, token: Token) -> bool:
        """Digits that letters stick to: F-16, COVID-19, G7. A currency letter or a lower-case prefix (mid-1990s, top-10) is none."""
        before = _LETTERED.search(self.text[max(0, token.start - 24) : token.start])
        if before is None or before.end() == 0 or not self.text[token.start - 1 : token.start].strip():
            return False
        letters = before[1]
        hyphen = self.text[token.start - 1] in _HYPHENS
        if hyphen and letters.islower() and len(letters) > 1:
            return False
        if _is_number_word(letters.lower()):
            return False
        return not (
            not hyphen
            and letters.upper() in ("RMB", "USD", "EUR", "GBP", "JPY", "CNY", "HKD", "NTD", "RS", "CHF", "FY", "AUD", "CAD", "KRW", "INR")
        )

    # --- digits -------------------------------------------------------------------------------------------------------
    def _digits(self) -> Numeral | None:
        token = self.tokens[self.at]
        value = Fraction(token.text.replace(",", ""))
        start, at = token.start, self.at + 1
        if _MINUS.search(self.text[max(0, start - 12) : start]):
            start, value = self._sign(start), -value
        suffix = self.word(at, "")
        if suffix:
            if suffix in ("st", "nd", "rd", "th"):
                return Numeral(start, self.tokens[at].end, "ordinal", value)
            return self._letters(start, value, at, suffix)
        if at < len(self.tokens) and self.tokens[at].kind == "vulgar" and self.joined(at, "", " "):
            return self._finish(at + 1, value + _VULGAR[self.tokens[at].text], start=start)
        mixed = _SLASHED.match(self.text, self.tokens[at].start) if at + 1 < len(self.tokens) and self.tokens[at].gap == " " else None
        if mixed and 0 < int(mixed[1]) < int(mixed[2]) <= 16 and value.denominator == 1:
            return self._finish(at + 2, value + Fraction(int(mixed[1]), int(mixed[2])), start=start)
        part = self._part(at, value)
        return (part and replace(part, start=start)) or self._finish(at, value, start=start)

    def _sign(self, start: int) -> int:
        match = _MINUS.search(self.text[max(0, start - 12) : start])
        assert match is not None
        return max(0, start - 12) + match.start() + (not match[0][0].isalnum() and match[0][0] in " (\t\n")

    def _letters(self, start: int, value: Fraction, at: int, suffix: str) -> Numeral | None:
        """Letters right after digits: a scale (19m, 5k, 2bn), else a unit for the layer above, or an identifier (5G, 3D)."""
        token = self.tokens[at]
        if suffix == "m" and (value >= 1000 or self.text[token.end : token.end + 1] in tuple("/²³")):
            return Numeral(start, self.tokens[at - 1].end, "number", value)
        scale = _of("letter", suffix) or (_of("scale", suffix) if len(suffix) < 4 else None)
        if (scale is not None and token.text not in ("K",)) or (scale is not None and value > 4 and token.text == "K"):
            return Numeral(start, token.end, "number", value * scale, scaled=True, letter=token.text, scale=scale)
        if suffix in ("s", "d", "g", "k"):
            return None
        return Numeral(start, self.tokens[at - 1].end, "number", value)

    # --- words --------------------------------------------------------------------------------------------------------
    def _cardinal(self) -> Numeral | None:
        value, at = self._spelled(self.at)
        if value is None:
            return None
        first = self.tokens[self.at]
        year = self._year(value, at)
        if year is not None:
            return year
        if at == self.at + 1 and first.text.lower() == "one" and self._pronoun(at):
            return None
        part = self._part(at, value)
        if part is not None:
            return part
        ordinal = self._ordinal_tail(at, value)
        return ordinal or self._finish(at, value, words=True)

    def _pronoun(self, at: int) -> bool:
        """ "one of", "no one", "one another", "this one", "one's": a pronoun, not a number."""
        before = self.text[: self.tokens[self.at].start].rstrip().rsplit(None, 1)[-1:] or [""]
        if before[0].lower().strip("“\"'(") in _BEFORE_PRONOUN:
            return True
        after = self.text[self.tokens[self.at].end :]
        match = re.match(
            r"['’]s\b|\s+(?:of|another|who|that|which|can|could|must|should|might|may|day|thing|by one|would|is|was|way|has)\b|-(?:on|to)-",
            after,
        )
        return bool(match) or not re.match(r"[\s\-‐‑]+[A-Za-z]", after)

    def _spelled(self, at: int) -> tuple[Fraction | None, int]:
        """The cardinal in words from a token on, and the token behind it."""
        start = at
        total, group, last, seen = Fraction(0), Fraction(0), Fraction(10**30), False
        negative = False
        if self.word(at) in ("minus", "negative") and self._small(at + 1) is not None:
            negative, at = True, at + 1
        if self.word(at) in ("a", "an"):
            follow = self.word(at + 1, " ", "-")
            if not (_of("hundred", follow) or _of("scale", follow) or (_of("group", follow) and self._grouped(at + 1))):
                return None, start
            if _of("group", follow):
                return self._group(Fraction(1), at + 1)
            group, at, seen = Fraction(1), at + 1, True
        while at < len(self.tokens):
            joined = at == start or not seen or self.joined(at, " ", "-")
            word = self.word(at) if joined else ""
            small = self._small(at) if joined else None
            if word == "and" and seen and self._after_and(at, last) and self.tokens[at].gap == " ":
                at += 1
                continue
            if small is not None and self._fits(group, small, at, start):
                group, seen, at = group + small, True, at + 1
            elif word == "hundred" and group < 100:
                group, seen, at = (group or 1) * 100, True, at + 1
            elif seen and (scale := _of("scale", word)) is not None and scale < last:
                total, group, last, at = total + (group or 1) * scale, Fraction(0), scale, at + 1
            else:
                break
        if not seen:
            return None, start
        value = -(total + group) if negative else total + group
        return (value, at) if not self._grouped(at) else self._group(value, at)

    def _small(self, at: int) -> Fraction | None:
        word = self.word(at)
        for kind in ("unit", "teen", "tens"):
            value = _of(kind, word) if word else None
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

    def _after_and(self, at: int, last: Fraction) -> bool:
        """ "and" inside a number: after a hundred or a scale, before something smaller; never between two numbers of a range."""
        if self.word(at - 1) not in ("hundred", *vocabulary()["scale"]) or self._small(at + 1) is None:
            return False
        if re.search(r"\bbetween\s*$", self.text[: self.tokens[self.at].start], re.IGNORECASE):
            return False
        behind = at + 2
        while self._small(behind) is not None and self.joined(behind, "-", " "):
            behind += 1
        word = self.word(behind, " ")
        return word != "hundred" and (_of("scale", word) or 0) < last

    # --- groups, fractions, years -------------------------------------------------------------------------------------
    def _grouped(self, at: int) -> bool:
        """ "dozen", "couple", "score of" as a counted group; "score" and "pair" only before "of"."""
        word = self.word(at, " ", "-")
        if _of("group", word) is None:
            return False
        return (
            word == "dozen"
            or (self.word(at + 1, " ") == "of" and word in ("couple", "score", "pair", "gross", "trio", "brace"))
            or (
                word == "couple"
                and self.word(at + 1, " ") not in ("", "who", "has", "had", "was", "were", "is", "are", "from", "and", "in")
                and self.word(at - 1) == "a"
                and _plural(self.word(at + 1, " "))
            )
        )

    def _group(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        return value * (_of("group", self.word(at)) or 1), at + 1

    def _year(self, value: Fraction, at: int) -> Numeral | None:
        """nineteen eighty-four, twenty twenty-four: two numbers below a hundred side by side."""
        if not (10 <= value <= 21 and at == self.at + 1) or not self.joined_next(at):
            return None
        rest, end = self._spelled(at)
        if rest is None or not 10 <= rest <= 99 or self.word(end, " ", "-") in ("hundred", *vocabulary()["scale"]):
            return None
        return Numeral(self.tokens[self.at].start, self.tokens[end - 1].end, "number", value * 100 + rest, words=True, year=True)

    def joined_next(self, at: int) -> bool:
        return at < len(self.tokens) and self.joined(at, " ")

    def _part(self, at: int, value: Fraction) -> Numeral | None:
        """two-thirds, one fifth, three quarters: a numerator before a denominator."""
        word = self.word(at, " ", "-")
        parts = _of("part", word) if word else None
        if parts is None or value.denominator != 1 or not 0 < value < 100:
            return None
        plural = (word.endswith("s") and word != "halves") or word == "halves"
        hyphened = self.tokens[at].gap in tuple(_HYPHENS)
        if plural != (value > 1) and not (hyphened and value > 1):
            return None
        if word in ("quarter", "quarters") and self.word(at + 1, " ") in ("past", "to", "after"):
            return None
        if value == 1 and word == "second":
            return None
        return self._finish(at + 1, value / parts, kind="fraction", words=True)

    def _half(self) -> Numeral | None:
        """half, a half, half a million, half a dozen, a quarter, a third of."""
        word, at = self.word(self.at), self.at
        if word in ("a", "an") and _of("part", self.word(at + 1, " ", "-")):
            at += 1
            word = self.word(at)
            if word not in ("half", "quarter") and not self._of_whole(at):
                return None
        elif word != "half":
            return None
        if word not in vocabulary()["part"] or (word.endswith("s") and word != "half"):
            return None
        if self._no_half(at, word):
            return None
        value = 1 / vocabulary()["part"][word]
        follow = at + 1
        if self.word(follow, " ", "-") in ("a", "an"):
            follow += 1
        scale = self.word(follow, " ", "-")
        if _of("scale", scale) or scale == "dozen" or scale == "hundred":
            by = _of("scale", scale) or _of("group", scale)
            factor = Fraction(100) if by is None else by
            return Numeral(
                self.tokens[self.at].start, self.tokens[follow].end, "number", value * factor, scaled=True, words=True, scale=factor
            )
        return self._finish(at + 1, value, kind="fraction", words=True)

    def _no_half(self, at: int, word: str) -> bool:
        after = self.text[self.tokens[at].end :]
        before = self.text[: self.tokens[self.at].start].rstrip().rsplit(None, 1)[-1:] or [""]
        if word == "half":
            return bool(re.match(r"-(?:time|back|way|brother|sister|hearted|baked|truth|mast|life)|\s*-?time\b", after)) or before[0].lower() in (
                "first", "second", "1st", "2nd", "other", "better", "opening", "each",
            ) or before[0].lower().endswith(("first-", "second-"))  # fmt: skip
        return bool(re.match(r"\s+(?:past|to|after|back)\b|-?(?:final|back|master|pounder)", after))

    def _of_whole(self, at: int) -> bool:
        """Is "a third", "a fifth" a part of something, not the next in a row?"""
        return bool(
            re.match(
                r"(?:-|\s+)(?:of|more|less|fewer|larger|smaller|higher|lower|bigger|the|that|is|are|was|were|in|from|by|to|have|has|had)\b|\s*(?:[.,;:!?)”\"]|$)",
                self.text[self.tokens[at].end :],
            )
        )

    def _finish(self, at: int, value: Fraction, start: int | None = None, kind: FigureKind = "number", words: bool = False) -> Numeral:
        """Adds "and a half", "point five", scale words and groups behind a number."""
        begin = self.tokens[self.at].start if start is None else start
        if words and kind == "number" and self.word(at, " ") == "point" and self._small(at + 1) is not None:
            value, at = self._point(value, at + 1)
        added = self._and_part(at) if kind == "number" else None
        if added is not None:
            value, at = value + added[0], added[1]
            kind = "number"
        scale = Fraction(1)
        while (word := self.word(at, " ", "-", "" if not words else " ")) and (
            by := _of("scale", word) or (Fraction(100) if word == "hundred" else None)
        ):
            if word == "hundred" and (words or value >= 100):
                break
            value, scale, at = value * by, scale * by, at + 1
            kind = "number"
        if scale > 1:
            value, at = self._smaller(value, scale, at)
        if self._grouped(at):
            value, at = self._group(value, at)
            scale, kind = Fraction(12), "number"
        scaled = scale > 1 or (words and any(_of("scale", t.text.lower()) for t in self.tokens[self.at : at]))
        end = self.tokens[at - 1].end
        return Numeral(begin, end, kind, value, scaled=scaled, words=words, scale=scale)

    def _smaller(self, value: Fraction, scale: Fraction, at: int) -> tuple[Fraction, int]:
        """1 million 200 thousand: a smaller scaled number right behind."""
        if at + 1 < len(self.tokens) and self.tokens[at].kind == "digits" and self.tokens[at].gap == " ":
            by = _of("scale", self.word(at + 1, " "))
            if by is not None and by < scale:
                return value + Fraction(self.tokens[at].text.replace(",", "")) * by, at + 2
        return value, at

    def _point(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        digits = ""
        while (small := self._small(at)) is not None and small < 10 and self.joined(at, " "):
            digits += str(small)
            at += 1
        return (value + Fraction(int(digits), 10 ** len(digits)), at) if digits else (value, at - 1)

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
        parts = _of("part", self.word(follow, " ", "-"))
        if parts is None or (self.word(follow) not in ("half", "quarter", "quarters") and count == 1 and word in ("a", "an")):
            return None
        return count / parts, follow + 1

    # --- ordinals, multiples, vague -----------------------------------------------------------------------------------
    def _ordinal(self) -> Numeral | None:
        word = self.word(self.at)
        value = _of("ordinal", word)
        if value is None or value == 0:
            return None
        token = self.tokens[self.at]
        before = self.text[: token.start].rstrip().rsplit(None, 1)[-1:] or [""]
        after = self.text[token.end :]
        if word == "first" and (before[0].lower() in ("at", "when") or re.match(r"\s+of all\b|-?hand\b", after)):
            return None
        if word == "second" and (
            re.match(r"-hand\b|-guess|-nature", after) or before[0].lower() in ("per", "every", "split", "split-", "each")
        ):
            return None
        if word == "second" and before[0].lower() == "a" and not re.match(r"[\s-]+(?!of\b|or\b|and\b|later\b|ago\b|to\b|in\b)[a-z]", after):
            return None
        if word in ("hundredth", "thousandth", "millionth") and before[0].lower() in ("a", "one"):
            return None
        if re.match(r"\s+half\b|-half\b", after) and word in ("first", "second"):
            return None
        return Numeral(token.start, token.end, "ordinal", value, words=True)

    def _ordinal_tail(self, at: int, value: Fraction) -> Numeral | None:
        """twenty-first, one hundred and fifth, two thousandth."""
        behind = at
        if self.word(at, " ") == "and" and value % 100 == 0 and value:
            behind = at + 1
        word = self.word(behind, " ", "-")
        last = _of("ordinal", word) if word else None
        if last is None:
            return None
        below = value % 100
        tens = 20 <= below <= 90 and below % 10 == 0 and last < 10 and behind == at
        after_hundred = below == 0 and value >= 100 and last < 100
        multiplied = last >= 100 and behind == at and value < 1000 and self.tokens[behind].gap != "-"
        if not (tens or after_hundred or multiplied):
            return None
        total = value * last if multiplied else value + last
        return Numeral(self.tokens[self.at].start, self.tokens[behind].end, "ordinal", total, words=True)

    def _multiple(self) -> Numeral | None:
        """twice, thrice, doubled, tripling, double the; "doubles" and "double" by themselves are sport, whisky, rooms."""
        word = self.word(self.at)
        value = _of("multiple", word)
        if value is None:
            return None
        token = self.tokens[self.at]
        if word in ("double", "doubles", "triple", "triples", "treble", "quadruple"):
            after = re.match(
                r"\s+(?:the|its|their|his|her|our|your|that|this|what|in size|to|from|by|as|over|every)\b|\s*[.,;]", self.text[token.end :]
            )
            before = re.search(r"\b(?:to|will|would|could|may|might|can|more than|nearly|almost|about)\s*$", self.text[: token.start])
            if not (before or (after and after[0].strip() not in (".", ",", ";"))):
                return None
        return Numeral(token.start, token.end, "multiple", value, words=True)

    def _vague(self) -> Numeral | None:
        """dozens, hundreds of thousands, several hundred, a few million: a size without a value."""
        word, at = self.word(self.at), self.at
        if word == "a" and self.word(at + 1, " ") == "few":
            word, at = "several", at + 1
        if word in ("several", "few", "many", "couple") and word != "couple":
            scale = self.word(at + 1, " ", "-")
            if word in ("several", "many") or self.word(self.at) == "a" or word == "few":
                if scale == "hundred" or scale == "dozen" or _of("scale", scale):
                    end = at + 1
                    while _of("scale", self.word(end + 1, " ")):
                        end += 1
                    return Numeral(
                        self.tokens[self.at].start, self.tokens[end].end, "number", None, scaled=True, words=True, approximate=True
                    )
            return None
        if _of("vague", word) is None or (word in ("scores", "tens") and self.word(at + 1, " ") != "of"):
            return None
        end = at
        while self.word(end + 1, " ") == "of" and _of("vague", self.word(end + 2, " ")):
            end += 2
        return Numeral(self.tokens[self.at].start, self.tokens[end].end, "number", None, scaled=True, words=True, approximate=True)


_BEFORE_PRONOUN = frozenset(
    [
        "no",
        "this",
        "that",
        "another",
        "each",
        "every",
        "any",
        "which",
        "the",
        "first",
        "last",
        "next",
        "new",
        "right",
        "wrong",
        "only",
        "other",
        "same",
        "second",
        "good",
        "bad",
        "big",
    ]
)


def _plural(word: str) -> bool:
    return word.endswith("s") or word in ("people", "men", "women", "children", "more", "hundred", "thousand", "million", "dozen")


def _is_number_word(word: str) -> bool:
    return any(word in vocabulary()[k] for k in ("unit", "teen", "tens", "hundred", "scale"))
