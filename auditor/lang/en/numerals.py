"""English numbers in digits and words, by value: the layer under money, measures and dates.

Reads digits with separators, words (a hundred and five, twenty-one), both mixed (1.2 million, 19m, 3 dozen), fractions (two-thirds,
1/2, 14½, one and a half million), ordinals (1st, twenty-first), multiples (twice, doubled) and vague amounts (dozens, several hundred).
An identifier holds no number: F-16, G7, COVID-19, 5G, MP3. Neither do "one of", "no one", "one another", "this one", "at once".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from auditor.lang.en.halves import BEHIND_SHARE
from auditor.lang.en.numeral_words import HYPHENS, Numeral, Token, is_number_word, of_class, vocabulary
from auditor.lang.en.spoken import Spoken

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3}| , \d{3})+(?:\.\d+)?(?!\d)|(?<![\d.])\d+ \. \d+(?! ?\. ?\d|\d)"
    r"|(?<!\d\.)\d+\.\d+(?!\d|\.\d)|\d+|(?<![\w.])\.\d+)"
    r"|(?P<vulgar>[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])|(?P<word>[A-Za-z]+)"
)
_SLASHED = re.compile(r"(?<![\w/.,])(\d{1,3})(?:[/⁄]| / )(1000|\d{1,3})(?!(?!(?:h|hrs?|km|mi|lbs?|oz)\b)[\w/]|[.,]\d| / )")
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
# What stands before the 3 of v1.2.3 is the 1 of it.
_DOTTED = re.compile(r"(?:\d+\.)+$")
_LETTERED = re.compile(r"(?:^|[^A-Za-z])([A-Za-z]+)[-‐‑]?$")
# A sign in front of digits: a minus after a blank or at the start, never the dash of a range.
_MINUS = re.compile(r"(?:^|[\s(])(?:[-−–]|minus |negative )[$£€¥]?$", re.IGNORECASE)


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
        numeral = _below(text, _of_scale(text, numeral))
        found.append(numeral)
        while at < len(tokens) and tokens[at].start < numeral.end:
            at += 1
    return found


_OF_SCALE = re.compile(r"\s+of\s+(?:an?|one)\s+(thousand|million|billion|trillion)\b", re.IGNORECASE)
_BELOW = re.compile(
    r"(?:\s*°\s?[CF]?|\s+degrees?(?:\s+(?:celsius|fahrenheit|[cf]))?)?\s+below(?:\s+(?:zero|freezing)\b|\s*[.,;]|\s*$)", re.IGNORECASE
)


def _of_scale(text: str, numeral: Numeral) -> Numeral:
    """Three quarters of a million: the part of the round number."""
    found = _OF_SCALE.match(text, numeral.end) if numeral.kind == "fraction" else None
    if found is None or numeral.value is None:
        return numeral
    by = of_class("scale", found[1].lower()) or Fraction(1)
    return Numeral(numeral.start, found.end(), "number", numeral.value * by, scaled=True, words=numeral.words, scale=by)


def _below(text: str, numeral: Numeral) -> Numeral:
    """15 below zero, 15 degrees below: a negative number."""
    if numeral.kind != "number" or numeral.value is None or numeral.value <= 0 or not _BELOW.match(text, numeral.end):
        return numeral
    return replace(numeral, value=-numeral.value) if numeral.value < 130 else numeral


def _slashed(slashed: Mapping[int, re.Match[str]], token: Token) -> Numeral | None:
    """1/2, 3/10: a smaller number over a usual denominator. 9/11 and 24/7 are none."""
    match = slashed.get(token.start)
    if match is None or int(match[2]) not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100, 1000) or int(match[1]) >= int(match[2]):
        return None
    if int(match[1]) == 0:
        return None
    return Numeral(match.start(), match.end(), "fraction", Fraction(int(match[1]), int(match[2])))


_GENERATIONS = 9
"""5g and 6g are networks, 250g a weight."""


_SIGN_WORDS = ("minus", "negative")
# The last couple of weeks: two or so; "the couple of the year" and "a couple of" are read elsewhere.
_COUPLED = ("hours", "days", "weeks", "months", "years", "minutes", "decades")
_ONE_COUPLE = re.compile(r"\b(?:an?|the)\s+$", re.IGNORECASE)
# Letters of a currency, or of a fiscal year, that may stick to digits.
_CURRENCIES = (
    "RMB USD EUR GBP JPY CNY HKD NTD RS CHF FY AUD CAD KRW INR RM MYR SGD THB TWD NZD BRL MXN ZAR RUB SEK NOK DKK "
    "PLN ILS SAR AED IDR VND SFR SKR NKR DKR"
)
_CODES = frozenset(_CURRENCIES.split())


class _Parser(Spoken):
    """Reads one number that begins at a token."""

    def read(self) -> Numeral | None:
        token = self.tokens[self.at]
        if token.kind == "word":
            return (
                self._negative()
                or self._decimals()
                or self._vague()
                or self._couple()
                or self._half()
                or self._multiple()
                or self._ordinal()
                or self._cardinal()
            )
        if self._identifier(token):
            return None
        if token.kind == "vulgar":
            return self._finish(self.at + 1, _VULGAR[token.text], kind="fraction")
        return self._digits()

    def _negative(self) -> Numeral | None:
        """Minus five point five, negative two thirds: the sign goes for all that is read behind it."""
        spelled = self._small(self.at + 1) is not None or self.word(self.at + 1, " ") in ("a", "half")
        if self.word(self.at) not in _SIGN_WORDS or not spelled or not self.joined(self.at + 1, " "):
            return None
        behind = _Parser(self.text, self.tokens, self.at + 1).read()
        if behind is None or behind.value is None or behind.kind not in ("number", "fraction"):
            return None
        return replace(behind, start=self.tokens[self.at].start, value=-behind.value, year=False)

    def _identifier(self, token: Token) -> bool:
        """Digits that letters stick to: F-16, COVID-19, G7. A currency letter or a lower-case prefix (mid-1990s, top-10) is none."""
        start = token.start
        if dotted := _DOTTED.search(self.text[max(0, start - 24) : start]):
            start -= len(dotted[0])
        before = _LETTERED.search(self.text[max(0, start - 24) : start])
        if before is None or before.end() == 0 or not self.text[start - 1 : start].strip():
            return False
        letters = before[1]
        hyphen = self.text[start - 1] in HYPHENS
        if hyphen and letters.islower() and len(letters) > 1:
            return False
        if letters.lower() in ("to", "and") or is_number_word(letters.lower()):
            return False
        return hyphen or letters.upper() not in _CODES

    # --- digits -------------------------------------------------------------------------------------------------------
    def _digits(self) -> Numeral | None:
        token = self.tokens[self.at]
        value = Fraction(token.text.replace(",", "").replace(" ", ""))
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
        if (value.denominator == 1 and self.word(at, " ") == "point") and (pointed := self._pointed(at + 1)) is not None:
            return self._finish(at + 2, value + pointed if value >= 0 else value - pointed, start=start)
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
        scale = of_class("letter", suffix) or of_class("scale", suffix)
        if (scale is not None and token.text not in ("K",)) or (scale is not None and value > 4 and token.text == "K"):
            return Numeral(start, token.end, "number", value * scale, scaled=True, letter=token.text, scale=scale)
        if suffix == "g" and (value > _GENERATIONS or self.text[token.end : token.end + 4] == " of "):
            return Numeral(start, self.tokens[at - 1].end, "number", value)  # 500g of flour
        if suffix in ("s", "d", "g", "k"):
            return None
        return Numeral(start, self.tokens[at - 1].end, "number", value)

    # --- words --------------------------------------------------------------------------------------------------------
    def _cardinal(self) -> Numeral | None:
        value, at = self._clipped() or self._spelled(self.at)
        if value is None or _NAMED_GROUP.search(self.text[max(0, self.tokens[self.at].start - 16) : self.tokens[self.at].start]):
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
        after = self.text[self.tokens[self.at].end :]
        if _FROM_MANY.match(after) and _JUST.search(self.text[: self.tokens[self.at].start]):
            return False
        if (share := _SHARE_OF.match(after)) and (share[1][0].isdecimal() or is_number_word(share[1].lower())):
            return False
        if before[0].lower() in ("last", "next", "past") and re.match(r"[\s-](?:second|minute|hour|week|month|year)\b", after):
            return False  # the last one hour
        if before[0].lower() in _SIGN_WORDS:
            return False
        if before[0].lower().strip("“\"'(") in _BEFORE_PRONOUN:
            return True
        if before[0].lower() in ("in", "within", "for", "just", "only", "than", "per") and re.match(r"[\s-]+day\b", after):
            return False
        match = re.match(
            r"['’]s\b|\s+(?:of|another|who|that|which|can|could|must|should|might|may|day|thing|by one|would|is|was|way|has)\b|-(?:on|to)-",
            after,
        )
        return bool(match) or not re.match(r"[\s\-‐‑]+[A-Za-z]", after)

    # --- ordinals, multiples, vague -----------------------------------------------------------------------------------
    def _ordinal(self) -> Numeral | None:
        word = self.word(self.at)
        value = of_class("ordinal", word)
        if value is None or value == 0:
            return None
        token = self.tokens[self.at]
        before = self.text[: token.start].rstrip().rsplit(None, 1)[-1:] or [""]
        after = self.text[token.end :]
        if of_class("part", word) and _LAYER.search(self.text[: token.start]) and BEHIND_SHARE.match(self.text, token.end):
            return self._finish(self.at + 1, 1 / vocabulary()["part"][word], kind="fraction", words=True)
        if of_class("part", word) and _HOW_MUCH.search(self.text[: token.start]) and _SHARE_DID.match(self.text, token.end):
            return self._finish(self.at + 1, 1 / vocabulary()["part"][word], kind="fraction", words=True)
        if word == "first" and (before[0].lower() in ("at", "when") or re.match(r"\s+of all\b|-?hand\b", after)):
            return None
        if word == "second" and (
            re.match(r"-hand\b|-guess|-nature", after) or before[0].lower() in ("per", "every", "split", "split-", "each")
        ):
            return None
        if word == "second" and before[0].lower() == "a" and not re.match(r"[\s-]+(?!of\b|or\b|and\b|later\b|ago\b|to\b|in\b)[a-z]", after):
            return None
        if word == "third" and re.match(r"[\s-]part(?:y|ies)\b", after):
            return None
        if value >= 100 and before[0].lower() in ("a", "one"):
            return None
        if re.match(r"\s+half\b|-half\b", after) and word in ("first", "second"):
            return None
        return Numeral(token.start, token.end, "ordinal", value, words=True)

    def _ordinal_tail(self, at: int, value: Fraction) -> Numeral | None:
        """twenty-first, one hundred and fifth, two thousandth."""
        behind = at
        if self.word(at, " ") == "and" and value % 100 == 0 and value:
            behind = at + 1
        word = self.word(behind, " ", "-", "—", "–")
        last = of_class("ordinal", word) if word else None
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
        value = of_class("multiple", word)
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
        if word in ("several", "few", "many"):
            scale = self.word(at + 1, " ", "-")
            if scale not in ("hundred", "dozen") and not of_class("scale", scale):
                return None
            end = at + 1
            while of_class("scale", self.word(end + 1, " ")):
                end += 1
            return self._unvalued(end)
        if of_class("vague", word) is None or (word in ("scores", "tens") and self.word(at + 1, " ") != "of"):
            return None
        end = at
        while self.word(end + 1, " ") == "of" and of_class("vague", self.word(end + 2, " ")):
            end += 2
        return self._unvalued(end)

    def _couple(self) -> Numeral | None:
        """A couple of hundred: two hundred or so."""
        at = self.at + (self.word(self.at) == "a")
        if self.word(at) != "couple" or (at > self.at and not self.joined(at, " ")) or self.word(at + 1, " ") != "of":
            return None
        scale = self.word(at + 2, " ")
        if at == self.at and scale in _COUPLED and not _ONE_COUPLE.search(self.text[: self.tokens[at].start]):
            return Numeral(self.tokens[at].start, self.tokens[at + 1].end, "number", Fraction(2), words=True, approximate=True)
        by = Fraction(100) if scale == "hundred" else of_class("scale", scale) or (of_class("group", scale) if scale == "dozen" else None)
        if not by:
            return None
        return Numeral(
            self.tokens[self.at].start, self.tokens[at + 2].end, "number", 2 * by, scaled=True, words=True, approximate=True, scale=by
        )

    def _unvalued(self, end: int) -> Numeral:
        return Numeral(self.tokens[self.at].start, self.tokens[end].end, "number", None, scaled=True, words=True, approximate=True)


# The Group of Twenty is a name, as the G20 is.
_NAMED_GROUP = re.compile(r"\b(?:Group of|Gang of|Big|Catch) $")
# "Only one of nine": a count, where "one of nine men" may be any.
_JUST = re.compile(r"\b(?:only|just|barely|exactly|all but)\s+$", re.IGNORECASE)
_FROM_MANY = re.compile(
    r"\s+of\s+(?:(?:the|its|their|these|those|all)\s+)?(?:[2-9]|1\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
# "only one in five": a share, not the pronoun.
_SHARE_OF = re.compile(r"(?:\s+(?:in|out of)\s+(?:every\s+)?|-in-)([A-Za-z]+|\d+)\b")
# The poorest fifth, the bottom third: a layer of a whole.
_LAYER = re.compile(
    r"(?:\b(?:[a-z]{3,}est|bottom|top|upper|lower|middle|remaining|final|a further|another|a good|least \w+|most \w+)\s+)$"
    r"(?<!\blatest )(?<!\bnearest )",
    re.IGNORECASE,
)
# Only a third found it so: who did it, behind a part that is told as an amount.
_HOW_MUCH = re.compile(r"\b(?:only|just|about|around|roughly|nearly|almost|over|under|than|barely|hardly|fully)\s+an?\s+$", re.IGNORECASE)
_SHARE_DID = re.compile(
    r"\s+(?:[a-z]{3,}ed|said|say|found|find|thought|think|felt|feel|saw|see|knew|know|came|come|got|went|go|took|take|made|make|left|leave"
    r"|kept|keep|gave|give|won|lost|held|hold|paid|pay|chose|want|support|back|believe|expect|agree|still|even|ever|never|really)\b",
    re.IGNORECASE,
)
_BEFORE_PRONOUN = frozenset(
    ("no", "this", "that", "another", "each", "every", "any", "which", "the", "first", "last", "next", "new", "right", "wrong", "only",
     "other",     "same", "second", "good", "bad", "big")
)  # fmt: skip
