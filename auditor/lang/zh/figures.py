"""Chinese figures: what is read is in `cjk`, `cjk_rules` and `dates`; here is what only Chinese does.

- shares by tenths: 三成 (30 %), 打八折 (80 % of the price), 半价; multiples: 增长两倍 (to 3 times), 翻两番 (4 times)
- 一百五 is 150; 块, 毛 with or without 钱; 时速300公里; 里氏7.8级; 两个半
- 一 counts only before a counter; 两 before a counter or a noun of sides, countries, people
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from auditor.lang.cjk import Grammar, Rule, prepared, read
from auditor.lang.cjk_numerals import NumeralRules
from auditor.lang.cjk_rules import shared
from auditor.lang.cjk_tables import Tables, load, long_words
from auditor.lang.cjk_words import hidden, names_number
from auditor.lang.zh.dates import PARTS, RULES
from auditor.lang.zh.lexicon import definitions
from auditor.lang.zh.quantities import amounts, centuries, counts, shares
from auditor.model import Figure, Word

_PACKAGE = "auditor.lang.zh"
_SURE = (
    # 四起 springs up on all sides at the end of a clause (谣言四起); counted cases stand behind their group or before what they did.
    "(?<=(?:其中|另有|还有|共有|发生)四)起(?![，。,.、;；：:！!？?）)”」』…\\s的]|$)|"
    # 四周 is the surroundings; counted weeks stand behind these or before what is a time.
    "(?<=[近去前共达约期续连来]四)周|(?<=连[降升涨跌增减阴]四)周|(?<=四)周(?=内|以?来|时间|左右|之?后|之?前)|"
    # 一米八三: the centimetres of a height
    "(?<=[一二两]米[一二三四五六七八九][一二三四五六七八九])(?![米年月日次人个名分十百千])|"
    "分之|(?<=[时头]十)分|(?<=[二两三四五六七八九])分(?![子析别配布手开明天工量])|月(?!亮|饼|球)|(?<!把)[角毛块](?=钱|[,，。、;；！？!?）)”」』\\s]|$)|块(?=[零一二两三四五六七八九])|"
    "世纪|世(?![纪界代间人上])|两(?:重|[黄白]?[金银酒茶]|[,，。]|$)|年代|周年|中全会|(?:(?<=[一二三四五六七八九点,，、。；打到至][一二两三四五六七八九])|(?<=^[一二两三四五六七八九]))折|"
    # 八成 is 80 %; the adverb "most likely" stands before a verb (八成是他).
    "(?<=[一二两三四五六七八九十])成(?![为立功员本长绩果就熟交都形效天群分人语品]|不变|(?<=八成)[是会要又就得])"
)
# The day in 周五, 星期三; in 每周三次 and 一周五天 it is a count.
_COUNTED = "(?!次|天|个|小时|场|篇|节|回|遍|名|人|期|顿|封|至[一二两三四五六七]次)"
_HIDDEN = (
    # per kilowatt-hour, per kilometre: 千 is the unit's
    "(?<=每)千(?=瓦|米|克|卡|帕|赫|焦|字节|伏|安)|"
    "(?<=星期)[一二三四五六]|(?<=礼拜)[一二三四五六]|(?<=[每一二三四五六七八九十两几数0-9]周)[一二三四五六]"
    + _COUNTED
    + "|(?<=周)(?<![每一二三四五六七八九十两几数0-9]周)[一二三四五六](?![年岁])"
)
# A lead of 5% is a lead of five points.
_LEAD = "(?=(?:以上|左右|多)?的?(?:差距|优势|领先))"
_FREE = re.compile(
    "(?:第|约|近|超|逾|达|共|每|这|那|前|后|头|另|各|多|有|仅|只|满|年|月|日|时|点|分|个|元|之|到|至|的|了|周|翻|打|上|下|初|为|在|"
    "于|和|与|或|比|从|以|增|降|跌|涨|减|获|含|将|名|位|人|岁|其|余|数|几|双|二|[A-Za-z0-9%,.、\\s])$"
)


def _rules(tables: Tables) -> tuple[Rule, ...]:
    """Every rule in the order in which they take their places."""
    base = shared(tables, percent_words="%|％|巴仙|个百分比", point_words="个?百分点", lead=_LEAD, half="半", middle="个半")
    first = [*base["iso"], *centuries(), *base["parts"], *base["points"], *base["percent"], *shares(), *base["listed"]]
    late = [rule for name in ("money", "measure", "multiple", "score", "range", "number") for rule in base[name]]
    return (*first, *RULES, *amounts(tables), *counts(tables), *late)


@lru_cache(maxsize=4096)
def _is_word(word: str, value: int) -> bool:
    """A word of the dictionary whose English names no number: 四川, 一起, 统一."""
    return not names_number(word, value, definitions(word))


@cache
def grammar() -> Grammar:
    """Built at first use: CLDR's names and the tables."""
    from auditor.lang.zh.script import fold_hans

    tables = load(_PACKAGE, ("zh", "zh_Hant"), lambda name: fold_hans(name).text)
    loose = re.compile(
        f"(?:{tables.counter}|{tables.unit}|{tables.name}|分之|[年月日号时点分秒周天岁倍成折番多余来几%半之的大个毛角块比]|季度|世纪|年代|百分点|"
        "以上|以下|左右|星期|礼拜|又(?=[^，。]{1,9}分之)|[到至](?=[两二三四五六七八九十]))"
    )
    sure = re.compile(f"{_SURE}|{long_words(tables)}")
    unit = re.compile(f"{tables.unit}|{tables.name}|[毛块角]")
    return Grammar(
        NumeralRules(last_unit=True, point="点"),
        tables,
        prepared(_rules(tables)),
        _FREE,
        loose,
        unit,
        sure,
        _is_word,
        hidden(tables, _HIDDEN),
        tuple(PARTS),
    )


def read_figures(text: str, words: tuple[Word, ...]) -> tuple[Figure, ...]:
    """Every figure of a folded (Hans) text, in order; spans into it."""
    return read(text, words, grammar())
