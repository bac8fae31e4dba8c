"""Which words hold a numeral and name no number, by the dictionary's English and by the tables: 四川, 统一; 两国 is a number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.lang.cjk_numerals import SPELLED
from auditor.lang.cjk_tables import Tables, alternation

# How English dictionary definitions name the numerals of a word.
_ENGLISH = {
    "一": "one|once|first|single|dozen|pair|couple|1",
    "二": "two|twice|second|both|double|dual|[a-z]*th century|twenty|twenties|2",
    "两": "two|twice|both|double|pair|couple|dozen|2",
    "三": "three|third|triple|thrice|3",
    "四": "four|fourth|4",
    "五": "five|fifth|5",
    "六": "six|sixth|6",
    "七": "seven|seventh|7",
    "八": "eight|eighth|8",
    "九": "nine|ninth|9",
    "十": "ten|tenth|[a-z]*teen|eleven|twelve|twenty|[a-z]+ty|1[0-9]",
    "百": "hundred|100",
    "千": "thousand|1000",
    "万": "ten thousand|million|10000",
}


def hidden(tables: Tables, pattern: str) -> re.Pattern[str]:
    """What `Grammar.hidden` is: the language's own pattern and the words that are a figure by themselves."""
    return re.compile(pattern + "|" + alternation(word for word in tables.fixed if any(c in SPELLED or c.isdecimal() for c in word)))


def names_number(word: str, value: int, definitions: Sequence[str]) -> bool:
    """Does the dictionary know the word as a number of things (两国 "two countries"), or not at all? 四川 is known as another word."""
    if not definitions:
        return True
    wanted = next((_ENGLISH[c] for c in word if c in _ENGLISH), "") + f"|{value}"
    return any(re.search(rf"\b(?:{wanted})\b", d, re.IGNORECASE) for d in definitions[:4])


OF = ("の", "的", "之")
"""What joins a noun to the one it belongs to."""
