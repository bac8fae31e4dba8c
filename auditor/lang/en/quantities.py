"""What English puts around a number: currencies, units of measure and time, percent, points, multiples.

Names come from CLDR (currencies with their plurals, units in long and short form) plus the customary ones of the tables. A bare
dollar is USD. Units of measure and time: `measures`.
"Pounds" are money behind a scale (5 million pounds) or with "sterling", else weight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from auditor.lang.en.alone import alone
from auditor.lang.en.counted import Quantity, phrases
from auditor.lang.en.measures import measured
from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import currency_names, table

_PACKAGE = "auditor.lang.en"


@cache
def _prefixes() -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes = {surface: code for surface, place, code, _ in table(_PACKAGE, "figures_money.tsv") if place == "prefix"}
    codes |= {code: code for code in _iso() if code not in codes}
    names = "|".join(re.escape(s) for s in sorted(codes, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[^A-Za-z]))({names})(?:\s?|(?<=[A-Z])[\s-]?)$"), codes


@cache
def _iso() -> frozenset[str]:
    return frozenset(code for code in currency_names("en").values() if code not in ("ALL", "TOP", "MAD", "CUP", "GEL"))


@cache
def _money() -> Mapping[str, tuple[str, Fraction]]:
    """Lower-case currency name -> code and factor."""
    found = {name.lower(): (code, Fraction(1)) for name, code in currency_names("en").items()}
    for name in [name for name in found if name.count(" ") == 1]:
        found.setdefault(name.replace(" ", ""), found[name])  # the blank lost: egyptianpound
    for surface, place, code, factor in table(_PACKAGE, "figures_money.tsv"):
        if place == "name":
            found[surface.lower()] = (code, Fraction(factor))
    return found


# ISO codes that informal text writes in lower case and that are no English words.
_LOWER_ISO = frozenset(["USD", "JPY", "EUR", "GBP", "CNY", "HKD", "TWD", "KRW", "AUD", "CAD", "SGD", "NZD", "INR", "CHF", "RUB"])
_RANK = re.compile(r"(?:(?<![A-Za-z])(?:No|Nos|no|NO)\.\s?|#)$")
_AGED = re.compile(r"\b(?:aged|age of|ages?)\s+$", re.IGNORECASE)


# Children under three, girls over 12: the bound is one of their age.
_YOUNG = re.compile(
    r"\b(?:child(?:ren)?|infants?|bab(?:y|ies)|toddlers?|kids?|boys|girls|youngsters|minors|adults|women|men|pensioners|patients)\s+"
    r"(?:(?:aged|who are|who were|are|were)\s+)?(?:under|below|over|above|up to|younger than|older than)\s+(?:the age of\s+)?$",
    re.IGNORECASE,
)
_YOUNG_REACH = 40


def is_age(text: str, n: Numeral) -> bool:
    """Children under three: the number is an age, told without its unit."""
    return (
        not n.scaled
        and n.value is not None
        and 0 < n.value < 110
        and _YOUNG.search(text[max(0, n.start - _YOUNG_REACH) : n.start]) is not None
    )


def quantity(text: str, n: Numeral) -> Quantity:
    """The number with its currency, unit, percent sign, or by itself."""
    if n.kind in ("ordinal", "multiple"):
        return Quantity(n.start, n.end, n.kind, n.value, numeral=n)
    ranked = _RANK.search(text[max(0, n.start - 6) : n.start])
    if ranked and not n.words and n.value is not None and n.value.denominator == 1:
        return Quantity(n.start - len(ranked[0].lstrip()), n.end, "ordinal", n.value, numeral=n)
    return (
        _prefixed(text, n)
        or _named_before(text, n)
        or _percent(text, n)
        or _named(text, n)
        or measured(text, n)
        or _times(text, n)
        or _bare(text, n)
    )


def _bare(text: str, n: Numeral) -> Quantity:
    if (
        n.kind == "number"
        and n.value is not None
        and n.value < 130
        and (_AGED.search(text[max(0, n.start - 10) : n.start]) or is_age(text, n))
    ):
        return Quantity(n.start, n.end, "duration", n.value, "year", n)
    return Quantity(n.start, n.end, n.kind, n.value, numeral=n)


_COUNTED = re.compile(r"\d\s?$")


def _named_before(text: str, n: Numeral) -> Quantity | None:
    """Ringgit 42, Swiss francs 30, when it is the whole text."""
    named = _money().get(text[: n.start].strip().lower())
    if named is None or named[1] != 1 or n.words or n.value is None or n.kind != "number" or text[n.end :].strip(" ."):
        return None
    return Quantity(len(text) - len(text.lstrip()), n.end, "money", n.value, named[0], n, prefix=True)


def _prefixed(text: str, n: Numeral) -> Quantity | None:
    """$19 million, US$30, RMB 5,000, -$5."""
    pattern, codes = _prefixes()
    start = n.start
    found = pattern.search(text[max(0, start - 8) : start])
    if found is None or (n.words and not found[1].endswith("$")):
        return None
    if n.kind == "fraction" and n.value is not None and n.value < 1 and n.words:
        return None
    begin = max(0, start - 8) + found.start()
    if found[1].isalpha() and _COUNTED.search(text[:begin]):
        return None  # 3 GBP 1 pence
    code = codes[found[1]]
    if found[1] in ("R", "kr") and not text[begin + len(found[1])].isdigit():
        return None
    value, end = n.value, n.end
    if begin and text[begin - 1] in "-−" and (begin < 2 or not text[begin - 2].isalnum()):
        begin, value = begin - 1, -value if value is not None and value > 0 else value
    for phrase, stop in phrases(text, end):
        named = _money().get(phrase.lower())
        if named and named[1] == 1:
            code, end = (named[0] if found[1] in ("$", "£", "¥") and phrase.lower() not in ("dollars", "dollar", "pounds") else code), stop
            break
        if phrase.upper() == phrase and phrase in _iso() and found[1] in ("$", "£", "¥"):
            code, end = phrase, stop
            break
    return Quantity(begin, end, "money", value, code, n, prefix=True)


_PERCENT = re.compile(
    r"(?P<points>[\s-]*(?:percentage|percent|per\s+cent|%)[\s-]+points?\b|\s*(?:pp|ppt|ppts|p\.p\.)(?!\w))|(?P<basis>[\s-]*(?:basis[\s-]+points?|bps|bp)\b)"
    r"|(?P<percent>\s*[%％]|[\s-]*(?:percents?|per\s*cent|pct|pc)\b)",
    re.IGNORECASE,
)


# "Turnout was 51 percent, up 6 points": the difference of two percentages. An index falls by hundreds of points.
_MOVED_BY = re.compile(
    r"\b(?:up|down|by|fell|rose|fallen|risen|dropped|gained|climbed|slipped|lead of|margin of|swing of)\s+"
    r"(?:(?:about|some|nearly|almost|another|just|only|more than)\s+)?$",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[\s-]+points?\b")
_OF_PERCENT = re.compile(r"\d\s?%|\bper\s?cent\b", re.IGNORECASE)


# As field values have it: percent of 10, 30 percentage.
_PERCENT_OF = re.compile(r"\s*(per ?cents? of )", re.IGNORECASE)
_PERCENTAGE = re.compile(r"\s+percentage\b(?! points?)", re.IGNORECASE)


def _points(text: str, n: Numeral) -> Quantity | None:
    """Points by which a share rose or fell, in a text that has the share."""
    found = _POINTS.match(text, n.end)
    if found is None or n.value is None or n.value >= 50 or not _OF_PERCENT.search(text) or not _MOVED_BY.search(text[: n.start]):
        return None
    return Quantity(n.start, found.end(), "points", n.value, None, n)


def _percent(text: str, n: Numeral) -> Quantity | None:
    found = _PERCENT.match(text, n.end)
    if found is None and (before := _PERCENT_OF.fullmatch(text[: n.start])) and n.value is not None and not text[n.end :].strip(" ."):
        return Quantity(before.start(1), n.end, "percent", n.value, None, n)
    if found is None and (named := _PERCENTAGE.match(text, n.end)) and n.value is not None and alone(text, n.start, named.end()):
        return Quantity(n.start, named.end(), "percent", n.value, None, n)
    if found is None:
        return _points(text, n)
    if n.value is None and not n.approximate:
        return None
    if found[0].strip().lower() == "pc" and n.words:
        return None
    if found["basis"]:
        return Quantity(n.start, found.end(), "points", None if n.value is None else n.value / 100, None, n)
    value = n.value
    return Quantity(n.start, found.end(), "points" if found["points"] else "percent", value, None, n)


@cache
def _signs_behind() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Signs that may stand behind an amount."""
    codes = {surface: code for surface, place, code, _ in table(_PACKAGE, "figures_money.tsv") if place == "prefix"}
    signs = {surface: code for surface, code in codes.items() if len(surface) == 1 and not surface.isascii()}
    signs |= {"$": "USD", "元": "CNY", "円": "JPY", "₾": "GEL", "₭": "LAK"}
    signs |= {surface: code for surface, place, code, _ in table(_PACKAGE, "figures_money.tsv") if place == "behind"}
    names = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
    return re.compile(rf"\s?({names})(?![A-Za-z]|\s?\d)"), signs


# Currencies that are words of English, or parts of names.
_OTHER_WORDS = frozenset(("won", "real", "euro", "fen", "dong", "rand", "leu", "lek", "lev", "all", "top", "kip", "tala", "taka", "pula"))


def _named(text: str, n: Numeral) -> Quantity | None:
    """19 million dollars, 50 cents, 30 USD, 50p, 20 €, 20US$; "10 c" when it is the whole text."""
    pattern, signs = _signs_behind()
    if not n.words and n.value is not None and n.kind == "number" and (sign := pattern.match(text, n.end)):
        return Quantity(n.start, sign.end(), "money", n.value, signs[sign[1]], n)
    for surface, place, code, factor in table(_PACKAGE, "figures_money.tsv"):
        if place == "attached" and not n.words and re.compile(rf"{surface}(?![\w%])").match(text, n.end) and n.value is not None:
            return Quantity(n.start, n.end + len(surface), "money", n.value * Fraction(factor), code, n)
        if (
            place == "attached"
            and not n.words
            and n.value is not None
            and text[n.end :].rstrip() == f" {surface}"
            and alone(text, n.start, len(text))
        ):
            return Quantity(n.start, n.end + 2, "money", n.value * Fraction(factor), code, n)
    for phrase, stop in phrases(text, n.end):
        name = re.sub(r"^(?:of|a|an)\s+", "", phrase.lower()) if n.scaled or n.kind == "fraction" else phrase.lower()
        named = _money().get(name)
        if named is None and not n.words and (phrase in _iso() or phrase.upper() in _LOWER_ISO):
            named = (phrase.upper(), Fraction(1))
        if named is None:
            continue
        if name in ("pound", "pounds"):
            if not n.scaled and not (n.value is not None and n.value >= 1000):
                continue
            named = ("GBP", Fraction(1))
        if name in _OTHER_WORDS and not _counts_money(text, n, stop, name):
            continue
        value = None if n.value is None else n.value * named[1]
        return Quantity(n.start, stop, "money", value, named[0], n)
    return None


def _counts_money(text: str, n: Numeral, stop: int, name: str) -> bool:
    """ "3 won" (verb) and "2,000 real people" are no money; large amounts and digits before a pause are."""
    if name in ("euro", "dong", "rand", "kip", "taka"):
        return True
    return (
        n.value is not None
        and n.value >= 100
        and not re.match(r"\s+(?:the|a|an|in|by|people|gold|their|his|her|seats|awards)\b", text[stop:])
    )


def _times(text: str, n: Numeral) -> Quantity | None:
    """three times as many, 1.5x, threefold, 10-fold; "three times" alone counts occasions."""
    found = re.compile(
        r"\s*[xX×](?![\w\d])|[\s-]?fold\b|[\s-]times\s+(?=as\b|more\b|the\b|higher\b|larger\b|greater\b|faster\b|bigger\b|less\b|fewer\b|smaller\b|that\b|its\b|what\b|over\b|better\b|longer\b"
        r"|stronger\b|likelier\b|worse\b|his\b|her\b|their\b|cheaper\b|quicker\b|lower\b)",
        re.IGNORECASE,
    ).match(text, n.end)
    if found is None or n.value is None:
        return None
    end = n.end + len(found[0].rstrip())
    return Quantity(n.start, end, "multiple", n.value, None, n)
