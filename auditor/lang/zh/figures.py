"""Chinese figures: what is read is in `cjk`, `cjk_rules` and `dates`; here is what only Chinese does.

- shares by tenths: 三成 (30 %), 打八折 (20 % off), 半价; multiples: 增长两倍 (to 3 times), 翻两番 (4 times)
- 一百五 is 150; 块, 毛 with or without 钱; 时速300公里; 里氏7.8级; 两个半
- 一 counts only before a counter; 两 before a counter or a noun of sides, countries, people
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache

from auditor.lang.cjk import MARK, Grammar, Rule, Sentence, hidden, names_number, read, rx, signed, span_of, value_of
from auditor.lang.cjk_numerals import NumeralRules
from auditor.lang.cjk_rules import fixed, grouped, measure, number_half, one_in, ordinal, shared
from auditor.lang.cjk_tables import Tables, alternation, load, long_words
from auditor.lang.zh.dates import RULES
from auditor.lang.zh.lexicon import definitions
from auditor.model import Figure, Word

_PACKAGE = "auditor.lang.zh"
_SURE = ("分之|月(?!亮|饼|球)|角(?=钱|[,，。、;；！？!?）)”」』\\s]|$)|世纪|年代|周年")
# The day in 周五, 星期三; in 每周三次 and 一周五天 it is a count.
_COUNTED = "(?!次|天|个|小时|场|篇|节|回|遍|名|人|期|顿|封|至[一二两三四五六七]次)"
_HIDDEN = (
    "(?<=星期)[一二三四五六]|(?<=礼拜)[一二三四五六]|(?<=[每一二三四五六七八九十两几数0-9]周)[一二三四五六]" + _COUNTED
    + "|(?<=周)(?<![每一二三四五六七八九十两几数0-9]周)[一二三四五六](?![年岁])"
)
# Verbs of growth after which N倍 is what is added.
_GROWTH = "增长|增加|增多|增大|增至原来|上升|上涨|提高|提升|扩大|扩张|激增|猛增|飙升|暴涨|上扬|攀升|剧增|大增|高出|多出|涨|增"
_FILLER = "(?:了|约|近|逾|超过|大约|将近|整整|高达|达|达到了|幅度达){0,3}"
_DEGREES = re.compile("气温|温度|高温|低温|摄氏|体温|零下|降温|升温|水温|华氏|炎热|寒冷|天气")
_FREE = re.compile(
    "(?:第|约|近|超|逾|达|共|每|这|那|前|后|头|另|各|多|有|仅|只|满|年|月|日|时|点|分|个|元|之|到|至|的|了|周|翻|打|上|下|初|为|在|"
    "于|和|与|或|比|从|以|增|降|跌|涨|减|获|含|将|名|位|人|岁|其|余|数|几|双|二|[A-Za-z0-9%,.、\\s])$"
)


def _tenths(m: re.Match[str], s: Sentence) -> Figure | None:
    """三成, 三成五, 一成半, 三至四成: tenths as percent."""
    n, more = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or not 0 < n.low <= 10 or n.vague or "百" in n.text:
        return None
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(10))
    extra = Fraction(5) if m["half"] else Fraction(more.low) if more else Fraction(0)
    return s.figure(m, "percent", low and low + extra, high, numeral=n)


def _discount(m: re.Match[str], s: Sentence) -> Figure | None:
    """打八折, 七五折优惠: the percentage taken off."""
    n = s.numeral(m, "a")
    if n is None or not 0 < n.low < 100:
        return None
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(10 if n.low < 10 else 1))
    return s.figure(m, "percent", 100 - (high or low or 0), 100 - low if high is not None and low is not None else None, numeral=n)


def _growth(m: re.Match[str], s: Sentence) -> Figure | None:
    """增长两倍: to three times."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "multiple", low and low + 1, high and high + 1, numeral=n)


def _double(m: re.Match[str], s: Sentence) -> Figure | None:
    """翻两番: to four times; 翻了三倍: to three times, 翻一倍: to twice."""
    n = s.numeral(m, "a")
    if n is None or n.vague or not 0 < n.low < 60:
        return None
    value = Fraction(2) ** int(n.low) if m["how"] == "番" else Fraction(max(n.low, 2))
    return s.figure(m, "multiple", value, numeral=n)


def _coins(m: re.Match[str], s: Sentence) -> Figure | None:
    """三块五, 5元6角, 两块五毛, 8角."""
    yuan, jiao, fen = (s.numeral(m, g) for g in "abc")
    value = sum((Fraction(n.low) * f for n, f in ((yuan, Fraction(1)), (jiao, Fraction(1, 10)), (fen, Fraction(1, 100))) if n), Fraction(0))
    return s.figure(m, "money", value, unit="CNY")


def _speed(m: re.Match[str], s: Sentence) -> Figure | None:
    """时速300公里, 每小时60英里, 每秒5米."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    unit, factor = s.tables.units[m["u"]]
    low, high = span_of(s.numeral(m, "lo"), n, factor)
    return s.figure(m, "measure", low, high, f"{unit}-per-{'second' if '秒' in m['per'] else 'minute' if '分' in m['per'] else 'hour'}", numeral=n)


def _degree(m: re.Match[str], s: Sentence) -> Figure | None:
    """30度: degrees with Arabic numerals or talk of the weather; 两度 is twice. 摄氏, 华氏 name the scale."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    said = m["scale"] or ""
    weather = _DEGREES.search(s.text)
    if not said and not n.arabic and not weather and not m["neg"]:
        return None
    unit = "celsius" if said.startswith("摄") else "fahrenheit" if said.startswith("华") else "celsius" if weather or m["neg"] else "degree"
    low, high = signed(m, s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, unit, numeral=n)


def _minutes(m: re.Match[str], s: Sentence) -> Figure | None:
    """两个小时零五分, 1分23秒: in the smaller unit."""
    n, small = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or small is None:
        return None
    return s.figure(m, "duration", Fraction(n.low) * 60 + Fraction(small.low), unit="minute" if m["v"] == "分" else "second")


def _height(m: re.Match[str], s: Sentence) -> Figure | None:
    """1米85, 一米八: 1.85 and 1.8 metres."""
    n, small = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or small is None or small.low >= 100 or small.low % 1:
        return None
    return s.figure(m, "measure", Fraction(n.low) + Fraction(small.low) / (10 if small.low < 10 and small.text[:1] != "0" else 100), unit="meter")


def _inches(m: re.Match[str], s: Sentence) -> Figure | None:
    """15.6寸 of a screen is inches; 三寸 is not."""
    n = s.numeral(m, "a")
    return s.figure(m, "measure", *value_of(n), "inch", numeral=n) if n and n.arabic and (n.low >= 4 or n.low % 1) else None


def _plain(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "a")
    return s.figure(m, "number", *value_of(n), group="a", numeral=n) if n else None


def _share_of_points(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
    """50个基点: half a percentage point."""
    n = s.numeral(m, "a")
    if n is None:
        return ()
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(1, 100))
    return (s.figure(m, "points", low, high, numeral=n),)


def _rules(tables: Tables) -> tuple[Rule, ...]:
    base = shared(tables, percent_words="%|％|巴仙|个百分比", point_words="个?百分点", half="半", middle="个半")
    neg = "(?P<neg>负|零下|-|−)?"
    coin = "(?=[,，。、;；！？!?）)”」』\\s]|$|一|左右|多|以)"
    own: list[Rule] = [
        (rx("翻(?:了|上|两)?(?:近|约|逾|大约|将近)?«a»(?P<how>番|倍)"), _double),
        (rx(f"(?:{_GROWTH}){_FILLER}(?P<fig>(?:«lo»倍?⇌)?«a»倍)"), _growth),
        (rx("(?:«lo»成?⇌)?«a»成(?:(?P<half>半)|«b»)?(?![为立功员本长绩果就熟交都形效天群分人语品])"), _tenths),
        (rx("打␣(?P<fig>(?:«lo»折?⇌)?«a»折)"), _discount),
        (rx("(?P<fig>(?:«lo»折?⇌)?«a»折)(?=优惠|出售|价|起|促销|销售|甩卖|的?折扣|的?价格|购|机票)"), _discount),
        (rx("(?:«lo»⇌)?«a»个?基点"), _share_of_points),
        (rx("(?P<a>c^)?(?P<c>c^)?(?<!" + MARK + ")«b»角(?=钱|[,，。、;；！？!?）)」”』\\s]|$)钱?"), _coins),
        (rx("«a»元«b»角(?:«c»分)?"), _coins),
        (rx("«a»块«b»(?:毛|角)?(?:«c»分?)?(?:钱)?" + coin), _coins),
        (rx("(?P<a>c^)?«b»毛«c»?(?:钱)?" + coin), _coins),
        (rx("(?P<a>c^)?(?P<c>c^)?«b»角" + coin), _coins),
        (rx("«a»个?(?P<u>小时|钟头)␣零?«b»(?P<v>分)(?!钟|之)"), _minutes),
        (rx("«a»(?P<u>分)钟?␣零?«b»(?P<v>秒)钟?"), _minutes),
        (rx("«a»米«b»(?![" + MARK + "%个人])"), _height),
        (rx("«a»块" + coin), _coins),
        (rx("(?P<per>时速|秒速|每小时|每秒|每分钟)(?:约|达|为|超过|高达|近|行驶|可达|达到|大约|至少|最高|不超过)*(?P<fig>(?:«lo»{u}?⇌)?«a»␣(?P<u>{u}))", u=tables.unit), _speed),
        (rx(neg + "(?P<scale>摄氏|华氏)␣" + neg.replace("neg", "negg") + "(?:«lo»度?⇌)?«a»度"), _degree),
        (rx(neg + "(?P<scale>c^)?(?:«lo»度?⇌)?«a»(?:度|°)(?![电春CF])"), _degree),
        (rx("(?P<fig>«a»)␣级(?:地震|强震|余震|台风|风|飓风|大地震)"), _plain),
        (rx("(?P<fig>«a»)(?=年级|年生|年制|月份牌)"), _plain),
        (rx("(?P<fig>第␣(?:«lo»⇌)?«a»)"), ordinal),
        (rx("(?:No\\.|NO\\.|no\\.|№|No|NO)␣«a»"), ordinal),
        (rx("(?P<fig>«a»)周年"), ordinal),
        (rx("(?P<fig>«a»)号(?!称|召|码)"), ordinal),
        (rx("(?P<fig>«a»个)半(?!小时|月|世纪|钟头|星期|礼拜|个)"), number_half),
        (rx("«a»个半(?=的)"), number_half),
        (rx("«a»(?P<group>打|双|对)(?![" + MARK + "折])"), grouped),
        (rx("(?P<a>c^)?半(?P<group>打)(?!开)"), grouped),
        (rx("每«of»(?:人|个[^，。" + MARK + "]{0,6}|名[^，。" + MARK + "]{0,6})(?:中|里|当中)?(?:就|便)?有?«a»(?:个|人|名)"), one_in),
        (rx("«a»␣寸(?!断|步|草)"), _inches),
        (rx("(?<!" + MARK + ")" + alternation(tables.fixed)), fixed),
    ]  # fmt: skip
    order = ("iso",)
    first = [r for name in order for r in base[name]]
    tail = [r for name in ("score", "range", "number") for r in base[name]]
    shares = [r for name in ("parts", "points", "percent") for r in base[name]]
    rest = [r for name in ("money", "measure", "multiple") for r in base[name]]
    return (*first, *shares, *_early(own), *base["listed"], *RULES, *own[4:], *rest, *tail)


def _early(own: list[Rule]) -> list[Rule]:
    return own[:4]


@lru_cache(maxsize=8192)
def _is_word(word: str, value: int) -> bool:
    """A word of the dictionary whose English names no number: 四川, 一起, 统一."""
    return not names_number(word, value, definitions(word))


@cache
def grammar() -> Grammar:
    """Built at first use: CLDR's names and the tables."""
    from auditor.lang.zh.script import fold_hans

    tables = load(_PACKAGE, ("zh", "zh_Hant"), lambda name: fold_hans(name).text)
    loose = re.compile(
        f"(?:{tables.counter}|{tables.unit}|{tables.name}|分之|[年月日号时点分秒周天岁倍成折番多余来几%半之的大个]|季度|世纪|年代|百分点|以上|以下|左右|星期|礼拜|毛|角|块|比)"
    )
    rules = NumeralRules(last_unit=True, point="点")
    return Grammar(rules, replace(tables), _rules(tables), _FREE, loose, re.compile(_SURE + "|" + long_words(tables)), _is_word, hidden(tables, _HIDDEN))


def read_figures(text: str, words: tuple[Word, ...]) -> tuple[Figure, ...]:
    """Every figure of a folded (Hans) text, in order; spans into it."""
    return read(text, words, grammar())


__all__ = ["MARK", "measure", "read_figures"]
