"""Numbers in signs that every language shares: powers of ten and powers, and a text that is nothing but a number.

| written | value |
|---|---|
| 2.5e9, 1.6E-3, 12e+4, 3 × 10^8 | 2500000000, 0.0016, 120000, 300000000 |
| 2^10, 1.5^-2 | 1024, 0.4444 |
| the whole text: -7/2, 2 5/4, - 3,000 | -3.5, 3.25, -3000 |
| the whole text: 8', 4'', 4" | 8 feet, 4 inches |
| the whole text: 45K, -1.5 M, 3G | 45000, -1500000, 3000000000 |

The last three rows count only when nothing else stands in the text: in a sentence 7/2 is as often a date, 3M a firm. 4K and 5G never do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditor.lang.figures_base import iso_date, plain
from auditor.model import Figure

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_SIGN = "[-+−－]?"
_LEFT, _RIGHT = r"(?<![0-9A-Za-z.,^/])", r"(?![0-9A-Za-z^/]|[.,][0-9])"
_POWER_OF_TEN = re.compile(rf"{_LEFT}(?:(?<![\w)])(?P<sign>[-−－]))?(?P<base>{_NUMBER})[eE](?P<power>{_SIGN}[0-9]{{1,3}}){_RIGHT}")
_SCIENTIFIC = re.compile(rf"{_LEFT}(?:(?<![\w)])(?P<sign>[-−－]))?(?P<base>{_NUMBER})\s?[×x*]\s?10\^(?P<power>{_SIGN}[0-9]{{1,3}}){_RIGHT}")
_POWER = re.compile(rf"{_LEFT}(?:(?<![\w)])(?P<sign>[-−－]))?(?P<base>{_NUMBER})\^(?P<power>{_SIGN}[0-9]{{1,3}}){_RIGHT}")
_LETTERS = {"k": 3, "K": 3, "M": 6, "G": 9, "B": 9, "T": 12}
_WHOLE = re.compile(
    rf"\s*(?P<all>(?P<sign>{_SIGN})\s*(?:(?P<whole>{_NUMBER})\s+)?"
    rf"(?:(?P<part>[0-9]+)\s?/\s?(?P<of>[1-9][0-9]*)|(?P<number>{_NUMBER})(?:\s*(?P<letter>[kKMGBT]))?))\s*"
)
# 8', 4'', 4": feet and inches.
_MARKED = re.compile(rf"\s*(?P<all>(?P<n>{_NUMBER})\s?(?P<mark>\"|''|’’|[”″'’′]))\s*")
# What is shown and sent with: 4K is a picture, 5G a network.
_NAMES = re.compile("[248]K|[2-6]G")
# A number of more digits says nothing to a reader of news and would fill pages.
_LIMIT = Fraction(10) ** 40


# 2021.6.11, 2010 01 29; 2015/3 is a month, 2015/16 a season.
_DATE = re.compile(
    r"(?<![0-9./:-])(?P<year>(?:19|20)[0-9]{2})(?:\.(?P<mm>1[0-2]|0?[1-9])\.(?P<dd>3[01]|[12][0-9]|0?[1-9])(?![0-9]|\.[0-9])"
    r"| (?P<mm2>0[1-9]|1[0-2]) (?P<dd2>0[1-9]|[12][0-9]|3[01])(?![0-9.,:%]| [0-9])|/(?P<mm3>0?[1-9])(?![0-9/.-]))"
    r"|(?<![0-9./:-])(?P<mm4>1[0-2]|0?[1-9])/(?P<year4>(?:19|20)[0-9]{2})(?![0-9/.-])"
    r"|(?<![0-9./:-])(?P<dd5>3[01]|[12][0-9]|0?[1-9])\.(?P<mm5>1[0-2]|0?[1-9])\.(?P<year5>(?:19|20)[0-9]{2})(?![0-9/-]|\.[0-9])"
)


def dates(text: str) -> Iterator[Figure]:
    """Dates in digits: 2021.6.11, 2010 01 29, 2015/3, 3/2015, 13.5.2015."""
    for m in _DATE.finditer(text):
        month, day = (
            next((int(m[g]) for g in groups if m[g]), None) for groups in (("mm", "mm2", "mm3", "mm4", "mm5"), ("dd", "dd2", "dd5"))
        )
        yield Figure(m.start(), m.end(), m[0], "date", iso_date(int(m["year"] or m["year4"] or m["year5"]), month, day))


# A run of digits that nobody reads as a number; it would take Python minutes.
_ENDLESS = re.compile(r"[0-9][0-9,.]{199,}")


def without_endless(text: str) -> str:
    """The text with endless runs of digits blotted out; length kept."""
    return _ENDLESS.sub(lambda m: "·" * len(m[0]), text) if len(text) > 200 else text


def _value(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def power(base: Fraction, exponent: int) -> Fraction | None:
    """base ** exponent; None when it is not defined or too long to write."""
    if abs(exponent) > 100 or (base == 0 and exponent < 0):
        return None
    value = base**exponent
    return value if value == 0 or 1 / _LIMIT < abs(value) < _LIMIT else None


def _signed(sign: str | None, value: Fraction) -> Fraction:
    return -value if sign and sign in "-−－" else value


def powers(text: str) -> Iterator[Figure]:
    """2.5e9 and 2^10, anywhere in a text; left to right, apart."""
    if "^" not in text and "e" not in text and "E" not in text:
        return
    end = 0
    for pattern, ten in ((_SCIENTIFIC, True), (_POWER_OF_TEN, True), (_POWER, False)):
        for m in pattern.finditer(text):
            if m.start() < end and pattern is _POWER:
                continue  # the 10^8 of 3 × 10^8
            end = m.end() if pattern is _SCIENTIFIC else end
            exponent = int(re.sub("[−－]", "-", m["power"]))
            base = _value(m["base"])
            scale = power(Fraction(10) if ten else base, exponent)
            if scale is not None:
                yield Figure(m.start(), m.end(), m[0], "number", plain(_signed(m["sign"], base * scale if ten else scale)))


def whole_text(text: str) -> Figure | None:
    """The one number that is the whole text, when it takes a sign, a stroke or a letter: what plain digits are, the readers know."""
    if (marked := _MARKED.fullmatch(text)) is not None:
        return Figure(
            *marked.span("all"),
            marked["all"],
            "measure",
            plain(_value(marked["n"])),
            unit="foot" if len(marked["mark"]) == 1 and marked["mark"] in "'’′" else "inch",
        )
    m = _WHOLE.fullmatch(text)
    if m is None or not (m["sign"] or m["of"] or m["letter"]) or (m["whole"] and not m["of"]) or _NAMES.fullmatch(m["all"]):
        return None
    if _DATE.fullmatch(m["all"]):
        return None
    if m["of"]:
        value = Fraction(int(m["part"]), int(m["of"])) + (_value(m["whole"]) if m["whole"] else 0)
    else:
        value = _value(m["number"]) * Fraction(10) ** _LETTERS.get(m["letter"] or "", 0)
    start, end = m.span("all")
    kind = "fraction" if m["of"] and not m["whole"] else "number"
    return Figure(start, end, text[start:end], kind, plain(_signed(m["sign"], value)))  # type: ignore[arg-type]
