"""What is set against what in a Chinese sentence: 收入而非债务, 不是大米而是毯子, 夏季高于冬季, 从水稻改种小麦."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.lang.contrasts import Contrast, Pattern, read
from auditor.model import Word

_SOME = "[^，。；：！？、“”「」（）,;:]{{1,{most}}}"
_FIRST, _SECOND, _BEFORE = (f"(?P<{group}>{_SOME.format(most=most)})" for group, most in (("first", 16), ("second", 16), ("first", 20)))
_SHORT = "(?P<second>[^，。；：！？、“”「」（）,;:]{1,12}?)"
_PATTERNS: tuple[Pattern, ...] = (
    ("chosen", f"(?:不是|并非|不在于|不靠){_SECOND}[，,]?(?:而是|而在于|而靠){_FIRST}"),
    ("chosen", f"{_FIRST}[，,]?(?:而非|而不是|而并非|而不在于|而不靠){_SECOND}"),
    ("chosen", f"{_FIRST}[，,](?:不是|并非){_SECOND}"),
    ("chosen", f"与其说是?{_SECOND}[，,]?(?:倒?不如说|毋宁说)是?{_FIRST}"),
    ("chosen", f"(?:宁愿|宁可|宁肯){_FIRST}[，,]?(?:也不|而不)愿?意?{_SECOND}"),
    ("chosen", f"比起{_SHORT}[，,]?[^，。；]{{0,4}}更{_FIRST}"),
    ("chosen", f"把{_FIRST}(?:置于|放在|摆在|凌驾于|看得比){_SECOND}"),
    ("compared", f"{_BEFORE}比(?!起|例|如|分|赛|亚|利){_SECOND}"),
    ("compared", f"{_BEFORE}(?:高于|大于|多于|强于|优于|甚于|胜过){_SECOND}"),
    ("compared", f"{_BEFORE}(?:超过|超越|超出|领先|击败|战胜|压倒|打败|力克|多过){_SECOND}"),
    ("compared", f"(?P<second>{_SOME.format(most=20)})(?:不如|不及|比不上|逊于|不敌|输给|败给|落后于){_FIRST}"),
    ("path", f"(?:从|由){_SHORT}(?:到|至|改种|改为|改用|转为|转向|变成|变为|传到|蔓延到|流向){_FIRST}"),
    ("exchange", f"{_BEFORE}(?:以换取|以换回|换取|来换){_SECOND}"),
)


def contrasts(words: Sequence[Word]) -> tuple[Contrast, ...]:
    """In the order of the patterns."""
    return tuple(read(words, _PATTERNS, lambda word: word.lemma or word.text, ""))
