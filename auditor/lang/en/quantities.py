"""What English puts around a number: currencies, units of measure and time, percent, points, multiples.

Names come from CLDR (currencies with their plurals, units in long and short form) plus the customary ones of the tables. A bare
dollar is USD. "5m" is five million; five metres only before a word of length (5m tall, 50m freestyle) or with a blank (5 m).
"Pounds" are money behind a scale (5 million pounds) or with "sterling", else weight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import currency_names, plain, table, unit_names
from auditor.model import FigureKind

_PACKAGE = "auditor.lang.en"
_DURATIONS: Mapping[str, tuple[str, int]] = {
    **{u: (u, 1) for u in ("millisecond", "microsecond", "nanosecond", "second", "minute", "hour", "day", "week", "month", "year",
                          "night")},
    "decade": ("year", 10), "century": ("year", 100), "fortnight": ("week", 2), "quarter": ("month", 3), "weekend": ("weekend", 1),
    "millennium": ("year", 1000),
}  # fmt: skip
_TIME_WORDS = {f"{name}s": name for name in _DURATIONS} | {name: name for name in _DURATIONS} | {
    "centuries": "century", "millennia": "millennium", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "sec": "second", "secs": "second",
    "yr": "year", "yrs": "year", "wk": "week", "wks": "week", "yo": "year", "y/o": "year", "calendar days": "day",
    "working days": "day", "business days": "day",
}  # fmt: skip
_METRE_WORDS = re.compile(
    r"(?:[\s-]+(?:tall|high|wide|deep|long|away|above|below|from|freestyle|backstroke|breaststroke|butterfly|hurdles|sprint|race|relay|dash|individual|medley"
    r"|waves?|tower|building|wall|pool|air|pistol|rifle|platform|springboard|exclusion|radius|distance|depth|height|length|of water))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: `start` to `end` covers both."""

    start: int
    end: int
    kind: FigureKind
    value: Fraction | None
    unit: str | None = None
    numeral: Numeral | None = None
    prefix: bool = False

    @property
    def plain(self) -> str | None:
        return None if self.value is None else plain(self.value)


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
    for surface, place, code, factor in table(_PACKAGE, "figures_money.tsv"):
        if place == "name":
            found[surface.lower()] = (code, Fraction(factor))
    return found


@cache
def _units() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Units as written (abbreviations keep their case) and in lower case (names of four letters and more, and all customary ones)."""
    exact: dict[str, str] = {}
    lower: dict[str, str] = {}
    for surface, unit in unit_names("en").items():
        exact[surface] = unit
        if len(surface) > 3:
            lower.setdefault(surface.lower(), unit)
    for surface, unit in table(_PACKAGE, "figures_units.tsv"):
        exact[surface] = unit
        if len(surface) > 1:
            lower[surface.lower()] = unit
    return exact, lower


# ISO codes that informal text writes in lower case and that are no English words.
_LOWER_ISO = frozenset(["USD", "JPY", "EUR", "GBP", "CNY", "HKD", "TWD", "KRW", "AUD", "CAD", "SGD", "NZD", "INR", "CHF", "RUB"])
# What may stand between a number and its unit of time: three more days, two full years, ten straight weeks.
_MORE = re.compile(r"(?:more|additional|extra|further|full|whole|entire|consecutive|successive|straight|solid|long|next|last|past|coming) ")
# An adjective before a unit of time, told by its ending: two goalless hours, three gruelling weeks.
_SUCH = re.compile(
    r"(?:[a-z]{3,}(?:less|ful|ous|[^aeiou]ing|ive|ible|able|ish|ic|some)|tense|tough|hard|hot|cold|dry|wet|short|quiet"
    r"|bleak|lean|good|bad) "
    r"(?=(?:hours|days|weeks|months|years|minutes|decades|nights)$)"
)
_AFTER = re.compile(r"[\s\-‐‑]*")
_PHRASE = re.compile(r"[A-Za-z°′″'’²³/.]+(?:(?<=m)[23](?!\w))?|¢")


def _phrases(text: str, at: int) -> list[tuple[str, int]]:
    """The one to four words behind a number, longest first, hyphens as blanks; with the offset where each ends."""
    if (gap := _AFTER.match(text, at)) is None or len(gap[0]) > 3:
        return []
    phrases: list[tuple[str, int]] = []
    phrase, start = "", gap.end()
    for _ in range(5):
        word = _PHRASE.match(text, start)
        if word is None:
            break
        bare = word[0].rstrip(".'’/")
        for piece in dict.fromkeys((bare, word[0])):
            phrases.append(((phrase + " " + piece).strip(), start + len(piece)))
        phrase = (phrase + " " + word[0]).strip()
        joint = _AFTER.match(text, word.end())
        if joint is None or not 0 < len(joint[0]) < 3:
            break
        start = joint.end()
    return phrases[::-1]


_RANK = re.compile(r"(?:(?<![A-Za-z])(?:No|Nos|no|NO)\.\s?|#)$")
_AGED = re.compile(r"\b(?:aged|age of|ages?)\s+$", re.IGNORECASE)


def quantity(text: str, n: Numeral) -> Quantity:
    """The number with its currency, unit, percent sign, or by itself."""
    if n.kind in ("ordinal", "multiple"):
        return Quantity(n.start, n.end, n.kind, n.value, numeral=n)
    ranked = _RANK.search(text[max(0, n.start - 6) : n.start])
    if ranked and not n.words and n.value is not None and n.value.denominator == 1:
        return Quantity(n.start - len(ranked[0].lstrip()), n.end, "ordinal", n.value, numeral=n)
    return _prefixed(text, n) or _percent(text, n) or _named(text, n) or _measured(text, n) or _times(text, n) or _bare(text, n)


def _bare(text: str, n: Numeral) -> Quantity:
    if n.kind == "number" and n.value is not None and n.value < 130 and _AGED.search(text[max(0, n.start - 10) : n.start]):
        return Quantity(n.start, n.end, "duration", n.value, "year", n)
    return Quantity(n.start, n.end, n.kind, n.value, numeral=n)


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
    code = codes[found[1]]
    if found[1] in ("R", "kr", "RM") and not text[begin + len(found[1])].isdigit():
        return None
    value, end = n.value, n.end
    if begin and text[begin - 1] in "-−" and (begin < 2 or not text[begin - 2].isalnum()):
        begin, value = begin - 1, -value if value is not None and value > 0 else value
    for phrase, stop in _phrases(text, end):
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


def _points(text: str, n: Numeral) -> Quantity | None:
    """Points by which a share rose or fell, in a text that has the share."""
    found = _POINTS.match(text, n.end)
    if found is None or n.value is None or n.value >= 50 or not _OF_PERCENT.search(text) or not _MOVED_BY.search(text[: n.start]):
        return None
    return Quantity(n.start, found.end(), "points", n.value, None, n)


def _percent(text: str, n: Numeral) -> Quantity | None:
    found = _PERCENT.match(text, n.end)
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
    return re.compile(rf"\s?([{''.join(map(re.escape, signs))}])(?![A-Za-z]|\s?\d)"), signs


def _named(text: str, n: Numeral) -> Quantity | None:
    """19 million dollars, 50 cents, 30 USD, 50p, 20 €."""
    pattern, signs = _signs_behind()
    if not n.words and n.value is not None and n.kind == "number" and (sign := pattern.match(text, n.end)):
        return Quantity(n.start, sign.end(), "money", n.value, signs[sign[1]], n)
    for surface, place, code, factor in table(_PACKAGE, "figures_money.tsv"):
        if place == "attached" and not n.words and re.compile(rf"{surface}(?![\w%])").match(text, n.end) and n.value is not None:
            return Quantity(n.start, n.end + len(surface), "money", n.value * Fraction(factor), code, n)
    for phrase, stop in _phrases(text, n.end):
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
        if name in (
            "won",
            "real",
            "euro",
            "fen",
            "dong",
            "rand",
            "leu",
            "lek",
            "lev",
            "all",
            "top",
            "kip",
            "tala",
            "taka",
            "pula",
        ) and not _counts_money(text, n, stop, name):
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


def _measured(text: str, n: Numeral) -> Quantity | None:
    """Units behind a number; a compound (6 ft 6, 1 hour 30 minutes) in its smaller unit."""
    if n.letter in ("m", "M") and n.letter == "m" and n.value is not None and _METRE_WORDS.match(text, n.end):
        return Quantity(n.start, n.end, "measure", n.value / n.scale, "meter", n)
    exact, lower = _units()
    for phrase, stop in _phrases(text, n.end):
        low = phrase.lower()
        if low.startswith("of ") and (n.approximate or text[n.start : n.end].lower().endswith(("couple", "dozen", "score", "pair"))):
            low = low[3:]
        low = low if n.kind == "fraction" else _MORE.sub("", low, count=1)  # up a tenth last month
        low = _SUCH.sub("", low, count=1)
        if low in _TIME_WORDS and _is_time(text, n, low, stop):
            return _duration(text, n, _TIME_WORDS[low], stop)
        unit = exact.get(phrase) or lower.get(low)
        if unit is None or unit == "-" or (n.value is None and not n.scaled):
            continue
        if unit == "stone" and n.value == 1:
            continue  # two birds with one stone
        if unit == "bit" and n.words:
            continue  # every single bit
        if unit in _DURATIONS:
            return _duration(text, n, unit, stop)
        if len(phrase) == 1 and phrase.isalpha() and (n.words or text[n.end : n.end + 1] == "-" or n.letter):
            continue
        if text[n.end : n.end + 1] == "'" and phrase.startswith("'"):
            continue
        if unit == "degree" and (hot := re.compile(r"\s*(C|F|[Cc]el[sc]ius|[Ff]ah?renheit)\b").match(text, stop)):
            unit, stop = ("celsius" if hot[1][0] in "Cc" else "fahrenheit"), hot.end()
        return _measure(text, n, unit, stop)
    attached = re.compile(r"(C|F)\b(?![-'’])").match(text, n.end)
    if attached and not n.words and n.value is not None and (5 if attached[1] == "C" else 20) <= abs(n.value) < 1000 and not n.scaled:
        return Quantity(n.start, attached.end(), "measure", n.value, "celsius" if attached[1] == "C" else "fahrenheit", n)
    return None


def _is_time(text: str, n: Numeral, word: str, stop: int) -> bool:
    """A quarter behind a number is a fraction or a quarter of the year, not three months; a second is one when digits stand before."""
    return word not in ("quarter", "quarters") and (
        word != "second" or not n.words or bool(re.match(r"[\s-]+second\b", text[n.end : stop]))
    )


_AND_HALF = re.compile(r"\s+and\s+(?:a\s+half|half(?!\s+(?:the|of|an?|as|its|his|her|their|our|my|your|that|this)\b))\b", re.IGNORECASE)


def _duration(text: str, n: Numeral, word: str, stop: int) -> Quantity:
    unit, by = _DURATIONS[word]
    value = None if n.value is None else n.value * by
    half = _AND_HALF.match(text, stop)
    if half and value is not None:
        value, stop = value + Fraction(by, 2), half.end()
    old = re.compile(r"[\s-]+(?:old|olds)\b", re.IGNORECASE).match(text, stop)
    return Quantity(n.start, old.end() if old else stop, "duration", value, unit, n)


_FEET = re.compile(
    r"[\s-]*(?:(?P<and>and)\s+)?(?P<inches>\d{1,2}(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven)(?!\d|,\d)(?P<unit>[\s-]*(?:inches|inch|in\b|″|\"|ins\b))?"
)
_SMALL = {w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"])}


def _measure(text: str, n: Numeral, unit: str, stop: int) -> Quantity:
    assert n.value is not None or n.scaled
    found = _FEET.match(text, stop) if unit == "foot" and n.value is not None else None
    if found and (
        found["unit"]
        or text[stop : stop + 1] == "-"
        or (
            not found["and"]
            and float(_SMALL.get(found["inches"].lower(), 0) or _float(found["inches"])) < 12
            and re.match(r"\s?\d", text[stop:])
        )
    ):
        inches = Fraction(_SMALL[found["inches"].lower()]) if found["inches"].lower() in _SMALL else Fraction(found["inches"])
        return Quantity(n.start, found.end(), "measure", n.value * 12 + inches, "inch", n)  # type: ignore[operator]
    half = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE).match(text, stop)
    value = n.value
    if half and value is not None:
        value, stop = value + Fraction(1, 2), half.end()
    return Quantity(n.start, stop, "measure", value, unit, n)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 99.0


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
