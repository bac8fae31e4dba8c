"""What is a figure without a number: a currency named alone, how often, the early or late part of a year or month.

| English | fires beside | quiet beside |
|---|---|---|
| the peso's slide | レアル安 | ペソ安, 货币贬值 |
| a weekly injection, once a week | 每月注射 | 每周注射, 注射 |
| until the end of 2027 | 2027年初 | 2027年底, 2027年 |
| next month (`figure_relative`) | 明年, 本月 | 下个月, 翌月 |

Each fires only when the other side says another of its row and nowhere the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from auditor.checks.figure_relative import moved_from_now
from auditor.model import Drift, Figure, Pair, Span

_KANA = "[\u30a0-\u30ff]"
# Currencies by family (every dollar is one): English, Chinese, Japanese.
_CURRENCIES: Mapping[str, tuple[str, str, str]] = {
    "dollar": (r"dollars?|greenback|US\$|\$", "美元|美金|[港澳加纽新台]元|(?<![欧日韩朝])元|[港澳加台]币", "ドル"),
    "euro": (r"(?-i:euros?)|€", "欧元", "ユーロ(?!圏|ビジョン|スター)"),
    "yen": (r"yen|¥", "日[元圆币]|円", "円"),
    "yuan": (r"yuan|renminbi|RMB", "人民币|(?<![美欧日韩朝港澳加纽新台])元", "人民元|元"),
    "pound": (r"sterling|pounds?|£", "英镑|镑", "ポンド|スターリング"),
    "franc": (r"francs?", "法郎|瑞郎", "フラン"),
    "peso": (r"pesos?", "比索", "ペソ"),
    "real": (r"(?:brazilian )?reais|brazilian reals?|the real(?=['’]s\b)", "雷亚尔", "レアル(?!・|マドリ)"),
    "rupee": (r"rupees?", "卢比", "ルピー"),
    "rouble": (r"rou?bles?", "卢布", "ルーブル(?!美術)"),
    "lira": (r"liras?", "里拉", "リラ"),
    "won": (r"korean won|the won(?=['’]s\b)", "韩[元圆币]|朝元", "ウォン"),
    "krona": (r"kron(?:a|e|or|er)|koruna|crowns?", "克朗", "クローナ|クローネ|コルナ"),
    "baht": (r"baht", "铢", "バーツ"),
    "lev": (r"levs?|leva", "列弗", "レフ"),
    "forint": (r"forints?", "福林", "フォリント"),
    "zloty": (r"z[lł]otys?", "兹罗提", "ズロチ|ズウォティ"),
    "dinar": (r"dinars?", "第纳尔", "ディナール"),
    "dirham": (r"dirhams?", "迪拉姆", "ディルハム"),
    "rial": (r"riyals?|rials?", "里亚尔", "リヤル|リアル"),
    "ringgit": (r"ringgit", "林吉特|令吉|马币", "リンギット"),
    "rupiah": (r"rupiahs?", "印尼盾|印尼卢比", "ルピア"),
    "shekel": (r"shekels?", "谢克尔", "シェケル"),
    "hryvnia": (r"hryvnias?", "格里夫纳", "フリブナ|フリヴニャ"),
    "naira": (r"nairas?", "奈拉", "ナイラ"),
}
# What is money beyond doubt when it stands alone; the other words of a row only show that the currency is there.
_SURE_ENGLISH = frozenset(_CURRENCIES) - {"krona", "lev", "rial"}
_NO_JAPANESE = ("yuan", "rial", "lev", "lira")  # リアル and リラ, レフ are other words as well
_SURE = {
    "zh": {family: zh for family, (_, zh, _) in _CURRENCIES.items() if family not in ("yuan", "rial")}
    | {"dollar": "美元|美金|[港澳加]元", "yen": "日[元圆]", "pound": "英镑"},
    "ja": {family: f"(?<!{_KANA})(?:{ja})(?!{_KANA})" for family, (_, _, ja) in _CURRENCIES.items() if family not in _NO_JAPANESE}
    | {"yen": "円(?=安|高|相場|売り|買い|に対)|対円", "yuan": "人民元"},
}
_UNITS = ("hour", "day", "week", "month", "quarter", "year")
_ENGLISH_RATE = re.compile(
    r"\b(?:(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)"
    r"|(?:every|each|per|once an?)\s+(?P<noun>hour|day|week|month|quarter|year))\b",
    re.IGNORECASE,
)
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
            "annual": "year", "annually": "year"}  # fmt: skip
_RATES = {
    "zh": re.compile("每(?:个|一|隔一)?(?P<by>小时|天|日|周|星期|礼拜|月|季度|年)"),
    "ja": re.compile("毎(?P<by>時|日|週|月|年)(?!新聞|回)|(?P<by2>週|月|年)[1１一]回"),
}
_BY = {"小时": "hour", "時": "hour", "天": "day", "日": "day", "周": "week", "週": "week", "星期": "week", "礼拜": "week", "月": "month",
       "季度": "quarter", "年": "year"}  # fmt: skip
_SIGNS = {"hour": "时時", "day": "日天", "week": "周週星礼", "month": "月", "quarter": "季期", "year": "年"}


_POUND = re.compile(r"\bsterling\b|\bthe (?:British )?pound\b(?! of)", re.IGNORECASE)


@cache
def _english(family: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{_CURRENCIES[family][0]})(?![A-Za-z])", re.IGNORECASE)


@cache
def _there(family: str, lang: str) -> re.Pattern[str]:
    return re.compile(_CURRENCIES[family][1 if lang == "zh" else 2])


@cache
def _sure(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((family, re.compile(words)) for family, words in _SURE[lang].items())


def said_otherwise(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[Drift]:
    """Currencies, rates and parts of a period that became another."""
    if pair.target.lang not in _SURE or pair.passage.target is None or pair.passage.source is None:
        return
    yield from _currencies(pair)
    yield from _rates(pair)
    yield from _parts(pair, matched)
    yield from (_drift(pair, "date", here, there) for here, there in moved_from_now(pair))


def _drift(pair: Pair, kind: str, source: tuple[int, int], target: tuple[int, int]) -> Drift:
    here, there = pair.source.text[slice(*source)], pair.target.text[slice(*target)]
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    return Drift(
        category="figure", type=kind, severity="major", strength=0.7,
        source=Span(source[0] + at, source[1] + at, here), target=Span(target[0] + to, target[1] + to, there),
        message=f"{here} became {there}", mqm="accuracy/mistranslation/unit" if kind != "date" else "accuracy/mistranslation/date-time",
        key=f"said:{kind}:{here.lower()}:{there}",
    )  # fmt: skip


def _currencies(pair: Pair) -> Iterator[Drift]:
    """A currency named without a sum."""
    text, lang = pair.target.text, pair.target.lang
    named = {family for family in _CURRENCIES if _english(family).search(pair.source.text)}
    gone = [f for f in _CURRENCIES if f in named & _SURE_ENGLISH and not _there(f, lang).search(text)]
    if gone == ["pound"] and not _POUND.search(pair.source.text):
        return  # a weight
    if len(gone) != 1:
        return
    new = [(family, m) for family, words in _sure(lang) if family not in named and (m := words.search(text))]
    if len(new) != 1 or _in_money(pair, new[0][1].start()):
        return
    here = _english(gone[0]).search(pair.source.text)
    if here is not None:
        yield _drift(pair, "currency", here.span(), new[0][1].span())


def _in_money(pair: Pair, at: int) -> bool:
    """A sum is compared as a figure."""
    place = at + pair.offset(pair.target)
    return any(f.kind == "money" and f.start <= place < f.end for f in pair.target.figures)


def _rates(pair: Pair) -> Iterator[Drift]:
    """Weekly said as 每月."""
    source, text = pair.source.text, pair.target.text
    said = list(_ENGLISH_RATE.finditer(source))
    told = list(_RATES[pair.target.lang].finditer(text))
    here = {_ADVERBS.get((m["adverb"] or "").lower()) or (m["noun"] or "").lower() for m in said}
    there = {_BY[next(g for g in m.groups() if g)] for m in told}
    if len(here) != 1 or len(there) != 1 or here == there:
        return
    [unit], [other] = here, there
    if any(sign in text for sign in _SIGNS[unit]) or re.search(
        rf"\b{other}|\b{'dai' if other == 'day' else 'annual'}", source, re.IGNORECASE
    ):
        return
    yield _drift(pair, "unit", said[0].span(), told[0].span())


_DATE_AT_END = r"\s+(?:[A-Za-z]{3,9}\.?)?,?\s*(?:\d{4})?$"
_END_OF = re.compile(r"\b(?:(?:end|close) of|late(?: in)?|year-end)" + _DATE_AT_END, re.IGNORECASE)
_START_OF = re.compile(r"\b(?:(?:beginning|start) of|early(?: in)?)" + _DATE_AT_END, re.IGNORECASE)
_AT_END = re.compile("[年月]份?の?(?:底|末|下旬|终|暮れ|終わり)")
_AT_START = re.compile("[年月]份?の?(?:之?初|上旬|初頭|頭|明け)")


def _parts(pair: Pair, matched: Sequence[tuple[Figure, Figure, float]]) -> Iterator[Drift]:
    """The end of 2027 said as its beginning."""
    at, to = pair.offset(pair.source), pair.offset(pair.target)
    for a, b, _ in matched:
        if a.kind != "date" or b.kind != "date" or a.high or b.high:
            continue
        before = pair.source.text[max(0, a.start - at - 18) : a.end - at]
        start = b.start - to + max(b.text.rfind("年"), b.text.rfind("月"))
        late, early = _END_OF.search(before), _START_OF.search(before)
        told = (_AT_START if late else _AT_END).match(pair.target.text, start) if start >= b.start - to else None
        if bool(late) != bool(early) and told:
            yield _drift(pair, "date", (a.start - at, a.end - at), (b.start - to, told.end()))
