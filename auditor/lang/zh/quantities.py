"""What only Chinese does with shares, multiples, coins, speeds, degrees and ordinals, as rules over marked text (see `cjk`)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from auditor.lang.cjk import MARK, Rule, Sentence, rx, signed, span_of, value_of
from auditor.lang.cjk_rules import basis_points, fixed, grouped, number_half, one_in, ordinal, race
from auditor.lang.cjk_tables import Tables, alternation, context
from auditor.lang.figures_base import decade
from auditor.lang.zh.coins import coins
from auditor.model import Figure, Remainder, of_price

_PACKAGE = "auditor.lang.zh"
_FILLER = "(?:了|约|近|逾|超过|大约|将近|整整|高达|达|达到了|幅度达){0,3}"


@cache
def _weather() -> re.Pattern[str]:
    return re.compile(context(_PACKAGE, "warmth"))


def _tenths(m: re.Match[str], s: Sentence) -> Figure | None:
    """三成, 三成五, 一成半, 三至四成: tenths as percent."""
    n, more = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or not 0 < n.low <= 10 or n.vague or "百" in n.text:
        return None
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(10))
    extra = Fraction(5) if m["half"] else Fraction(more.low) if more else Fraction(0)
    lo = s.numeral(m, "lo")
    if lo is not None and low is not None and extra:  # 一成到一成半: the half is the upper end's
        return s.figure(m, "percent", Fraction(lo.low) * 10, Fraction(n.low) * 10 + extra, numeral=n)
    if high is not None:
        return s.figure(m, "percent", low, high, numeral=n)
    return s.figure(m, "percent", low and low + extra, numeral=n)


def _half_tenth(m: re.Match[str], s: Sentence) -> Figure:
    """半成: five per cent; 半折: half the price."""
    return s.figure(m, "percent", Fraction(5 if m["of"] == "成" else 50))


# A text of nothing but discounts.
_DISCOUNTS = MARK + "折打,，、。; "


def _discount(m: re.Match[str], s: Sentence) -> Figure | None:
    """打八折, 七五折优惠: the percentage of the price that is left."""
    n = s.numeral(m, "a")
    alone = not s.marked.strip(_DISCOUNTS)
    if n is None or not 0 < n.low < 100 or ("cut" in m.re.groupindex and not n.arabic and n.low < 5 and not alone):
        return None
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(10 if n.low < 10 else 1))
    if low is None:
        return None
    if n.text == "十":
        low = Fraction(100)  # the full price
    return of_price(Remainder, s.figure(m, "percent", low, high, numeral=n))


def _growth(m: re.Match[str], s: Sentence) -> Figure | None:
    """增长两倍: to three times."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "multiple", low and low + 1, high and high + 1, numeral=n)


def _double(m: re.Match[str], s: Sentence) -> Figure | None:
    """翻两番: to four times; 翻一倍: to twice; 翻了三倍: to three times or to four, by writer."""
    n = s.numeral(m, "a")
    if n is None or n.vague or not 0 < n.low < 60:
        return None
    if m["how"] == "番" or n.low < 2:
        return s.figure(m, "multiple", Fraction(2 ** int(n.low)), numeral=n)
    return s.figure(m, "multiple", Fraction(n.low), Fraction(n.low) + 1, approximate=True, numeral=n)


def _minutes_and_half(m: re.Match[str], s: Sentence) -> Figure | None:
    """五分半钟, 分半钟 (one and a half, as the south says it); 五分半 as the whole text."""
    n = s.numeral(m, "a")
    return s.figure(m, "duration", (Fraction(n.low) if n else 1) + Fraction(1, 2), unit="minute", numeral=n)


def _hours_and_half(m: re.Match[str], s: Sentence) -> Figure | None:
    """一个半钟, as the south says it."""
    n = s.numeral(m, "a")
    return s.figure(m, "duration", Fraction(n.low) + Fraction(1, 2), unit="hour", numeral=n) if n else None


def _days_and_hours(m: re.Match[str], s: Sentence) -> Figure | None:
    """8天20时: 212 hours."""
    days, hours = s.numeral(m, "a"), s.numeral(m, "b")
    if days is None or hours is None or days.vague or hours.vague or not 0 <= hours.low < 24:
        return None
    return s.figure(m, "duration", Fraction(days.low) * 24 + Fraction(hours.low), unit="hour")


def _weeks(m: re.Match[str], s: Sentence) -> Figure | None:
    """三个周."""
    n = s.numeral(m, "a")
    return s.figure(m, "duration", *value_of(n), "week", numeral=n) if n else None


def _one_and_half(m: re.Match[str], s: Sentence) -> Figure:
    """个半小时, 个半月: one and a half, as the south says it."""
    return s.figure(m, "duration", Fraction(3, 2), unit="month" if m["u"] == "月" else "hour")


def _half_day(m: re.Match[str], s: Sentence) -> Figure:
    """半日."""
    return s.figure(m, "duration", Fraction(1, 2), unit="day")


def _speed(m: re.Match[str], s: Sentence) -> Figure | None:
    """时速300公里, 每小时60英里, 每秒5米."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    unit, factor = s.tables.units[m["u"]]
    low, high = span_of(s.numeral(m, "lo"), n, factor)
    per = "second" if "秒" in m["per"] else "minute" if "分" in m["per"] else "hour"
    return s.figure(m, "measure", low, high, f"{unit}-per-{per}", numeral=n)


def _degree(m: re.Match[str], s: Sentence) -> Figure | None:
    """30度: degrees with Arabic numerals or talk of the weather; 两度 is twice. 摄氏, 华氏 name the scale."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    said = m.groupdict().get("scale") or ""
    weather = _weather().search(s.text)
    if not said and not n.arabic and not weather and not m["neg"]:
        return None
    unit = "celsius" if said.startswith("摄") else "fahrenheit" if said.startswith("华") else "celsius" if weather or m["neg"] else "degree"
    low, high = signed(m, s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, unit, numeral=n)


def _half_of(m: re.Match[str], s: Sentence) -> Figure | None:
    """半百万: half a million."""
    n = s.numeral(m, "a")
    return s.figure(m, "number", Fraction(n.low) / 2) if n and n.bare else None


def _fifty(m: re.Match[str], s: Sentence) -> Figure | None:
    """年过半百: half a hundred."""
    n = s.numeral(m, "a")
    return s.figure(m, "number", Fraction(50)) if n is None or n.text == "百" else None


def _angle(m: re.Match[str], s: Sentence) -> Figure | None:
    """北纬38度."""
    n = s.numeral(m, "a")
    return s.figure(m, "measure", *value_of(n), "degree", numeral=n) if n else None


def _session(m: re.Match[str], s: Sentence) -> Figure | None:
    """十九届六中全会: the 19th; 两届 is two terms."""
    n = s.numeral(m, "a")
    return s.figure(m, "ordinal", Fraction(n.low)) if n and n.low >= 10 and not n.vague else None


def _nominal_age(m: re.Match[str], s: Sentence) -> Figure | None:
    """虚岁80: an age by the old count, one or two more than by birthdays."""
    n = s.numeral(m, "a")
    return s.figure(m, "duration", Fraction(n.low) - 2, Fraction(n.low) - 1, "year", approximate=True) if n and n.low > 1 else None


def _born_in(m: re.Match[str], s: Sentence) -> Figure | None:
    """90后: those born in the 1990s."""
    n = s.numeral(m, "a")
    if n is None or n.low % 5 or n.low >= 100 or len(n.text) != 2 or not (n.arabic or n.digits == 2):
        return None
    first = int(n.low) + (2000 if n.low < 20 else 1900)
    low, high = decade(first)
    return s.figure(m, "date", low, high if n.low % 10 == 0 else None)


def _height(m: re.Match[str], s: Sentence) -> Figure | None:
    """1米85, 一米八: 1.85 and 1.8 metres."""
    n, small = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or small is None or small.low >= 100 or small.low % 1:
        return None
    tenths = small.low < 10 and small.text[:1] != "0"
    if tenths and n.low >= 10:
        return None  # 200米和400米2枚金牌
    return s.figure(m, "measure", Fraction(n.low) + Fraction(small.low) / (10 if tenths else 100), unit="meter")


def _inches(m: re.Match[str], s: Sentence) -> Figure | None:
    """15.6寸 of a screen is inches; 三寸 is not."""
    n = s.numeral(m, "a")
    return s.figure(m, "measure", *value_of(n), "inch", numeral=n) if n and n.arabic and (n.low >= 4 or n.low % 1) else None


def _taels(m: re.Match[str], s: Sentence) -> Figure | None:
    """三十两白银, 九两半, 三斤五两 (35)."""
    n, more = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or n.vague:
        return None
    if more:
        return s.figure(m, "measure", Fraction(n.low) * 10 + Fraction(more.low), unit="liang")
    if liang := s.numeral(m, "c"):
        if liang.text not in "两兩" or n.end != liang.start:
            return None
        return s.figure(m, "measure", Fraction(n.low) + Fraction(1, 2), unit="liang")
    return s.figure(m, "measure", *value_of(n), "liang", numeral=n)


def _plain(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "a")
    return s.figure(m, "number", *value_of(n), group="a", numeral=n) if n else None


_NEG = "(?P<neg>负|零下|-|−)?"


def _part_century(m: re.Match[str], s: Sentence) -> Figure | None:
    """四分之一个世纪: 25 years."""
    over, n = s.numeral(m, "of"), s.numeral(m, "a")
    if over is None or n is None or over.vague or n.vague or not over.low:
        return None
    return s.figure(m, "duration", Fraction(n.low) / Fraction(over.low) * 100, unit="year")


def centuries() -> list[Rule]:
    """Parts of a century: before the fractions, which would leave the century out."""
    return [(rx("«of»分之«a»个?世纪"), _part_century)]


def shares() -> list[Rule]:
    """Tenths, discounts, growth: before dates, which would take 十成 and the like apart."""
    return [
        (rx("翻(?:了|上|两)?(?:近|约|逾|大约|将近)?«a»(?P<how>番|倍)"), _double),
        # After a verb of growth N倍 is what is added.
        (rx(context(_PACKAGE, "growth") + _FILLER + "(?P<fig>(?:«lo»倍?⇌)?«a»倍)"), _growth),
        (rx("(?:«lo»成?⇌)?«a»成(?:(?P<half>半)|«b»)?(?![为立功员本长绩果就熟交都形效天群分人语品])"), _tenths),
        # three tenths of the people; 成人 of a compound is an adult
        (rx("(?P<fig>(?:«lo»成?⇌)?«a»成(?P<half>半)?)(?=人(?![的票仪礼电影用品教式片期世奶高病房床癌糖儿和与或及、]))"), _tenths),
        (rx("(?:折扣|低至)␣(?P<fig>«a»折)"), _discount),
        (rx("打␣(?P<fig>(?:«lo»折?⇌)?«a»折)"), _discount),
        (rx("(?P<fig>(?:«lo»折?⇌)?«a»折)(?=优惠|出售|价|起|促销|销售|甩卖|的?折扣|的?价格|购|机票)"), _discount),
        (rx("(?P<cut>)(?P<fig>«a»折)(?=[,，。、;；！？!?）)”」』\\s]|$|左右|以上|以下)"), _discount),
        (rx("(?<![一大上下前后])半(?P<of>成|折)(?![品为立功员本长绩果就熟交都形效天群分人语断叠])"), _half_tenth),
    ]


def _yards(m: re.Match[str], s: Sentence) -> Figure | None:
    """30码外: yards on the pitch; shoe sizes and the 码 of a speed are none."""
    n = s.numeral(m, "a")
    if n is None or n.vague:
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, "yard", numeral=n)


def _rate_steps(m: re.Match[str], s: Sentence) -> Figure | None:
    """降息一码, 升息兩碼: steps of a quarter of a percentage point, as Taiwan counts what a central bank does."""
    n = s.numeral(m, "a")
    if n is None:
        return s.figure(m, "points", Fraction(1, 8))
    if n.vague or n.low > 12:
        return None
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(1, 4))
    extra = Fraction(1, 8) if m["half"] else Fraction(0)
    return s.figure(m, "points", low and low + extra, high and high + extra, numeral=n)


_INTEREST = "(?:升息|降息|加息|减息|利率|基准利率|调升|调降|上调|下调|紧缩|宽松)[^，。；！？]{0,8}?"


def amounts(tables: Tables) -> list[Rule]:
    """Coins, basis points, times in a race, heights, speeds, degrees: before the shared money and measures."""
    return [
        (rx("(?:«lo»⇌)?«a»␣(?:个?基点|bps?(?![A-Za-z]))"), basis_points),
        (rx("(?:北纬|南纬|东经|西经|纬度|经度|倾斜|夹角)␣(?P<fig>«a»[度°])"), _angle),
        *coins(),
        (rx("«a»斤«b»两"), _taels),
        (rx("«a»个?(?P<u>小时|钟头)␣零?«b»(?P<v>分)(?!钟|之)"), race),
        (rx("(?:«a»(?P<u>分)钟?␣零?)?«b»(?P<v>秒)«c»(?![0-9◇])"), race),
        (rx("«a»(?P<u>分)钟?␣零?«b»(?P<v>秒)钟?"), race),
        (rx("«a»米«b»(?![◇%个人])"), _height),
        (rx(_INTEREST + "(?P<fig>(?:«lo»码?⇌)?«a»码(?P<half>半)?)"), _rate_steps),
        (rx(_INTEREST + "(?P<fig>半码)"), _rate_steps),
        (rx("(?P<fig>(?:«lo»码?⇌)?«a»码(?P<half>半)?)(?=的?(?:升息|降息|加息|减息|幅度|利率))"), _rate_steps),
        (rx("(?<!时速)(?:«lo»⇌)?«a»码(?=外|处|线|开外|远|距离|的?任意球|[射推超冲劲吊]|左右|传球|达阵|[，。,、；;！]|$)"), _yards),
        (rx("(?P<per>时速|秒速|每小时|每秒|每分钟)(?:约|达|为|超过|高达|近|行驶|可达|达到|大约|至少|最高|不超过)*"
            "(?P<fig>(?:«lo»{u}?⇌)?«a»␣(?P<u>{u}))", u=tables.unit), _speed),
        (rx(_NEG + "(?P<scale>摄氏|华氏)(?:温度)?␣(?:(?P<below>负|零下|-|−)␣)?(?:«lo»度?⇌)?«a»[度°]"), _degree),
        (rx(_NEG + "«a»␣(?P<scale>摄氏|华氏)[度°]"), _degree),
        (rx(_NEG + "(?:«lo»度?⇌)?«a»(?:度|°)(?![电春CF])"), _degree),
        (rx("(?P<fig>«a»)␣级(?:地震|强震|余震|台风|风|飓风|大地震)"), _plain),
        (rx("«a»␣寸(?!断|步|草)"), _inches),
        (rx("«a»«c»半(?![◇个天年月日小时])"), _taels),
        (rx("«a»两(?=重|[黄白]?[金银酒茶肉米面油糖]|[,，。、;；！？!?）)”」』\\s]|$)"), _taels),
    ]  # fmt: skip


def counts(tables: Tables) -> list[Rule]:
    """Ordinals, dozens and pairs, one in five, words that are a figure by themselves."""
    return [
        (rx("(?P<fig>«a»)(?=年级|年生|年制)"), _plain),
        (rx("(?P<fig>第␣(?:«lo»⇌)?«a»)"), ordinal),
        (rx("党的␣(?P<fig>«a»)大"), ordinal),
        (rx("(?P<fig>«a»)届"), _session),
        (rx("(?P<fig>«a»)中全会"), ordinal),
        (rx("(?P<fig>虚岁␣«a»岁?)"), _nominal_age),
        (rx("(?P<fig>«a»后)(?=[,，。、;；！？!?）)」”』\\s的人们青新年]|$|一代|群体|女|男|父母|消费|职场)"), _born_in),
        (rx("(?:No\\.|NO\\.|no\\.|№|No|NO)␣«a»"), ordinal),
        (rx("(?P<fig>«a»)(?:周年|世(?![纪界代间人上]))"), ordinal),
        (rx("(?<![上下前后大多过])半«a»(?=[元人名个美英欧日次条份])"), _half_of),
        (rx("(?<![一两大多上下前后])半(?:百|«a»)(?![◇万亿千元])"), _fifty),
        (rx("(?P<fig>«a»)号(?!称|召|码)"), ordinal),
        (rx("«a»分(?P<half>半)钟"), _minutes_and_half),
        (rx("^«a»分(?P<half>半)$"), _minutes_and_half),
        (rx("(?<!◇)分(?P<half>半)钟|^分半$"), _minutes_and_half),
        (rx("«a»个半(?P<u>钟)(?!头)"), _hours_and_half),
        (rx("«a»天«b»时(?![间候代期刻段不常而])"), _days_and_hours),
        (rx("«a»个周(?![末年期岁刊一二三四五六日])"), _weeks),
        (rx("(?<!◇)个半(?P<u>小时|钟头|钟|月)(?!天)"), _one_and_half),
        (rx("(?<![上下前后大小过◇])半日(?![元本币圆])"), _half_day),
        (rx("«a»个半(?!小时|分钟|月|世纪|钟头|星期|礼拜|个)"), number_half),
        (rx("«a»[座家所栋幢台套辆艘间页张条本杯瓶碗片场盘节集篇章层格支]半(?![数价径年天月日成截边路个◇])"), number_half),
        (rx("每«of»(?P<who>[对户家组位种款件支艘辆座台份条所张间场例])(?:[^，。◇]{0,6})(?:中|里|当中)?(?:就|便)?有?«a»(?P=who)"), one_in),
        (rx("每«of»种(?:[^，。◇]{0,6})(?:中|里|当中)?(?:就|便)?有(?P<one>一)种"), one_in),
        (rx("«a»(?P<group>打|双|对)(?![◇折])"), grouped),
        (rx("半(?P<group>打)(?!开)"), grouped),
        (rx("每«of»(?:人|[个名][^，。◇]{0,6})(?:中|里|当中)?(?:就|便)?有?«a»(?:个|人|名)"), one_in),
        (rx("(?<!◇)" + alternation(tables.fixed)), fixed),
    ]
