"""Chinese dates, weekdays and times of day, as rules over marked text (see `cjk`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from auditor.lang.cjk import CONNECT, MARK, Rule, Sentence, rx, span_of, value_of
from auditor.lang.cjk_dates import (
    ERA,
    LATIN_HOUR,
    LETTER_HOUR,
    before_christ,
    century_of,
    century_start,
    clock,
    colon_time,
    date,
    decade_of,
    half_of,
    of_our_era,
    quarter_of,
    weekday,
    year_of,
    years,
)  # fmt: skip
from auditor.lang.figures_base import iso_date, quarter
from auditor.model import Figure

PARTS = {
    "上午": "am", "早上": "am", "早晨": "am", "清晨": "am", "凌晨": "am", "今早": "am", "今晨": "am", "早": "am", "晨": "am",
    "中午": "noon", "下午": "pm", "午后": "pm", "傍晚": "pm", "晚上": "night", "晚间": "night", "夜间": "night", "深夜": "night",
    "夜里": "night", "今晚": "night", "当晚": "night", "昨晚": "night", "明晚": "night", "晚": "night", "半夜": "night", "夜晚": "night",
    "午夜": "night", "子夜": "night", "入夜": "night", "午间": "noon", "正午": "noon", "晏昼": "pm",
}  # fmt: skip
_PART = "(?P<part>" + "|".join(sorted(PARTS, key=len, reverse=True)) + ")"
_FIRST_DAY = "(?P<first>(?:星期|礼拜|周)(?P<day>[一二三四五六]))"
_DAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
# A numeral with 日 is a span of days after and before these, else a day of the month.
_SPAN_AFTER = "(?=内|之内|以内|后|之后|以来|间|时间|期限|行程|游|左右|无理由)"
_SPAN_BEFORE = "(?:需|需要|耗时|每|近|过去|最近|未来|连续|长达|为期|仅|超过|不到|至少|历时|头|前|后|再|数|共|达|这)␣"


def _weekday(m: re.Match[str], s: Sentence) -> Figure:
    """周二, 星期三; the counts of 每周三次 and 一周五天 are numerals by now."""
    return weekday(m, s, _DAYS[m["day"]])


def _weekdays(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
    """星期三至四, 周五六: two days of the week."""
    n = s.numeral(m, "b")
    if n is None or n.arabic or n.text not in _DAYS or not _DAYS[m["day"]] < _DAYS[n.text]:
        return ()
    return (weekday(m, s, _DAYS[m["day"]], "first"), weekday(m, s, _DAYS[n.text], "b"))


def _into_next(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
    """12号到3号: from a day of one month to one of the next."""
    first, last = s.numeral(m, "d"), s.numeral(m, "dto")
    whole = all(n is not None and n.high is None and not n.vague and n.low % 1 == 0 and 1 <= n.low <= 31 for n in (first, last))
    if first is None or last is None or not whole or first.low <= last.low:
        return ()
    return tuple(s.figure(m, "date", iso_date(None, None, int(n.low)), group=g) for n, g in ((first, "d"), (last, "dto")))


def _day(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "d")
    if n is not None and n.text in ("一", "两"):
        return s.figure(m, "duration", *value_of(n), "day")
    if n is not None and (n.vague or n.blurred):
        return s.figure(m, "duration", *value_of(n), "day", numeral=n)
    return None if n is None or n.bare or n.high is not None else date(m, s)


def _day_range(m: re.Match[str], s: Sentence) -> Figure | None:
    """19日至21日; 3日至5日内 is a span."""
    first, last = s.numeral(m, "d"), s.numeral(m, "dto")
    return date(m, s) if first and last and first.low < last.low else None


def _either_days(m: re.Match[str], s: Sentence) -> Figure | None:
    """3、4日, 两至三日: three or four days; 3至4日 are days of a month."""
    lo, n = s.numeral(m, "lo"), s.numeral(m, "a")
    if n is None or (n.arabic and "、" not in m[0]):
        return None
    return s.figure(m, "duration", Fraction(lo.low), Fraction(n.low), "day") if lo and n and n.low == lo.low + 1 else None


def _days(m: re.Match[str], s: Sentence) -> Figure | None:
    """5日内, 3至5日内."""
    n = s.numeral(m, "a")
    return s.figure(m, "duration", *span_of(s.numeral(m, "lo"), n), "day", numeral=n) if n else None


# 1000年前 is a thousand years ago; 2018年前 is before 2018.
_LONG_AGO = re.compile("以?前(?![后半夕三])|来(?![到自])|的?历史|的文明|之久")


def _year(m: re.Match[str], s: Sentence) -> Figure | None:
    """2025年, 二〇二五年; two digits only when spelled digit by digit (九八年): 23年 is a span."""
    n = s.numeral(m, "y")
    if n is None or n.high is not None or (n.arabic and len(n.text) != 4 and n.text[0] != "0") or year_of(n) is None:
        return None
    if n.low % 100 == 0 and _LONG_AGO.match(s.marked, m.end()):
        return None
    return date(m, s)


def _end_quarter(m: re.Match[str], s: Sentence) -> Figure:
    """首季度, 首季增长: the first quarter; 首季 by itself is as often a first season."""
    return s.figure(m, "date", *quarter(1 if m["which"] == "首" else 4, None))


_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def _lunar(m: re.Match[str], s: Sentence) -> Figure | None:
    """农历十月初一, 正月十五, 大年初一: a day of the lunar calendar, by its own month and day."""
    if m.groupdict().get("month"):
        year, day = s.numeral(m, "y"), s.numeral(m, "e")
        number, of_year = _LUNAR_MONTHS[m["month"]], year_of(year) if year else None
    elif "m" in m.re.groupindex:
        return date(m, s)
    else:
        day, number, of_year = s.numeral(m, "d"), 1, None
        if day is None:
            return s.figure(m, "date", "--01-30")
    whole = day is not None and day.high is None and not day.blurred and 1 <= day.low <= 30 and day.low == int(day.low)
    return s.figure(m, "date", iso_date(of_year, number, int(day.low))) if day and whole else None


_clock = clock(PARTS)


def _spoken_hour(m: re.Match[str], s: Sentence) -> Iterable[Figure] | Figure | None:
    """三点, 3点钟 as the whole text; 20点 are points as well."""
    n = s.numeral(m, "h")
    return _clock(m, s) if n and (not n.arabic or m[0][-1] == "钟") else ()


def _colon(m: re.Match[str], s: Sentence) -> Iterable[Figure] | Figure | None:
    return _clock(m, s) if colon_time(m, s) else ()


def _short_of(m: re.Match[str], s: Sentence) -> Figure | None:
    """差五分六点, 差一刻六点: minutes before the hour."""
    h, mi = s.numeral(m, "h"), s.numeral(m, "mi")
    if h is None or mi is None or not 0 < h.low <= 24 or h.low % 1 or mi.high is not None:
        return None
    at = int(h.low) * 60 - int(mi.low) * (15 if m["qd"] == "刻" else 1)
    return s.figure(m, "time", f"{at // 60 % 24:02d}:{at % 60:02d}", approximate=h.low < 13)


_Y = "(?:«y»年␣)?"
_OF_BUSINESS = "(?:经济|成长|增长|GDP|营收|收入|利润|净利|获利|业绩|财报|出口|进口|销售|产值|产量|交付|出货)"
_HALF = "(?P<half>半|«qt»刻)"
_LUNAR = "(?:农历|阴历|旧历|夏历)?"
_UNTIL = "(?:⇌␣«hto»(?:点钟?|时)(?:(?P<halfto>半)|«mito»分?(?:«secto»秒)?)?)?"
RULES: tuple[Rule, ...] = (
    LATIN_HOUR,
    LETTER_HOUR,
    (rx("(?:公元前|西元前)␣(?:«c»世纪|«y»年?)"), before_christ),
    (rx(ERA + "␣(?:«y»|元)年(?:«m»月(?:«d»[日号]?)?)?"), date),
    (rx("(?:«c»世纪|(?P<which>上个?世纪|本世纪))␣«a»年代"), decade_of),
    (rx("«a»年代"), decade_of),
    (rx("«y»年?␣(?:" + CONNECT + "|/)␣«yto»(?:年(?![级生])|(?=[)）,，。、; ]|赛季|学年|财年|$))"), years),
    (rx("(?P<which>上个?|本|这个|新)世纪之?初"), century_start),
    (rx("(?P<fig>第?«c»世纪)"), century_of),
    (rx(_Y + "(?P<first>前)«q»个?季度"), quarter_of),
    (rx(_Y + "(?<![上下每本这那同首])第?«q»(?:(?:、|至|到|和|与|-)第?«qto»)?季(?:度|(?=" + _OF_BUSINESS + "))"), quarter_of),
    (rx(_Y + "Q«q»(?![0-9A-Za-z])"), quarter_of),
    (rx("(?P<fig>(?P<which>[首末])季度?)(?=(?<=度)|" + _OF_BUSINESS + ")"), _end_quarter),
    (rx("(?:«y»年␣)?(?P<which>[上下])半年"), half_of),
    (rx("«y»(?:财政年度|财年|年度|学年)"), _year),
    (rx(_Y + _LUNAR + "(?:«m»月初«d»日?|(?P<month>[正冬腊])月␣(?:初?«e»)日?)"), _lunar),
    (rx("大年(?:初«d»|(?P<eve>三十|◇))"), _lunar),
    (rx(_Y + "«m»月份?(?P<part>[上中下]旬|初|底|末)"), date),
    (rx(_Y + "«m»月␣«d»[日号]?␣" + CONNECT + "␣«mto»月␣«dto»[日号]"), date),
    (rx(_Y + "«m»月␣«d»[日号]?␣(?:" + CONNECT + "|、)␣«dto»[日号](?![线楼])"), date),
    (rx(_Y + "«m»月␣«d»" + CONNECT + "«dto»$"), date),
    (rx(_Y + "«m»月␣«d»(?:[日号]|(?![" + MARK + "人名个万千百岁%]))"), date),
    (rx(_Y + "«m»(?:月份?)?⇌«mto»月份?(?!龄)"), date),
    (rx("«y»年␣«m»月份?"), date),
    (rx("(?:公元|西元|西历)␣«y»年?"), of_our_era),
    (rx("«m»月份?(?!龄)"), date),
    (rx("«y»年(?![级生])"), _year),
    (rx(_FIRST_DAY + "[至到~-]«b»(?![个名人次天点时月日年号岁小场期%])"), _weekdays),
    (rx(_FIRST_DAY + "«b»(?=[,，。、;；的]|$|[上下]午|[早晚])"), _weekdays),
    (rx("(?:星期|礼拜|周)(?P<day>[一二三四五六日]|(?<!周)天)(?![年岁]|(?<=每周[一二三四五六])[剂份趟班针片粒杯档集版更例])"), _weekday),
    (rx("«d»日␣" + CONNECT + "␣«dto»日"), _day_range),
    (rx("«d»号␣" + CONNECT + "␣«dto»号(?![线楼馆厅门院桥机桌店])"), _day_range),
    (rx("«d»号␣" + CONNECT + "␣(?:下个?月)?«dto»号(?![线楼馆厅门院桥机桌店])"), _into_next),
    (rx("(?P<fig>(?:«lo»⇌)?«a»日)" + _SPAN_AFTER), _days),
    (rx(_SPAN_BEFORE + "(?P<fig>(?:«lo»⇌)?«a»日)(?!元(?![旦宵首])|本[币円元銭钱])"), _days),
    (rx("(?<!" + MARK + "、)(?P<fig>«lo»(?:、|⇌)«a»日)"), _either_days),
    (rx("(?<![月" + MARK + "])(?P<fig>«d»⇌«dto»日)(?!元|[龄游])"), _day_range),
    (rx("(?P<fig>«d»日)(?!龄|元(?![旦宵首])|本[币円元銭钱])"), _day),
    (rx("(?:本月|当月|上月|下月|这个月|下个月|上个月|今个月)␣(?P<fig>«d»号)"), _day),
    (rx("(?P<fig>«d»号)(?=" + _PART.replace("?P<part>", "?:") + "|前|之前|以前|晚)(?!前[锋场])"), _day),
    (rx("(?:" + _PART + "␣)?(?P<fig>«h»:«mi»(?::«sec»)?(?:⇌«hto»:«mito»(?::«secto»)?)?)(?!:)"), _colon),
    (rx(_PART + "␣(?P<fig>«h»(?:点钟?|时)(?:" + _HALF + "|«mi»分?|整)?" + _UNTIL + ")"), _clock),
    (rx("差«mi»(?P<qd>分|刻)钟?␣?«h»点(?![◇零一二三四五六七八九十])"), _short_of),
    (rx("(?P<fig>«h»(?:点钟?|时)⇌␣«hto»(?:点钟?|时)(?:(?P<halfto>半)|(?![间候代期刻段差])))"), _clock),
    (rx("(?P<fig>«h»(?:点|时)(?:«mi»分(?!钟)|" + _HALF + "|整|钟)(?:«sec»秒)?" + _UNTIL + ")"), _clock),
    (rx(_PART + "␣(?P<fig>«h»⇌«hto»(?:点钟?|时))"), _clock),
    (rx("(?:(?<=[天日晚])|(?<=时间)|(?<=" + MARK + "号)|"
        "(?<=今[早晚])|(?<=大约))(?P<fig>«h»点)(?=[，。:,、；;！？!?和与到在从开出见起集]|$)"), _clock),
    (rx("^(?P<fig>«h»点钟?)$"), _spoken_hour),
    (rx("(?<=[到至从])(?P<fig>«h»点)(?=的[会课车航约票]|[有再去回见起开，。]|之间|$)"), _clock),
    (rx("(?P<fig>«h»点)(?=" + CONNECT + "[今明昨后前][天晚早])"), _clock),
    (rx("(?P<fig>«h»点)(?=左右|许|前|之前|以前|后|以后|之后|起|开始|" + CONNECT + "«b»点)"), _clock),
    (rx("(?<=[日" + "六日一二三四五" + "])(?P<fig>«h»时)(?![间候代期刻段])"), _clock),
    (rx("(?P<fig>«h»时)(?=许|左右|前|起|整)"), _clock),
    (rx("(?P<fig>«m»·«d»)(?=事件|恐|袭|”|\"|以|之?后)"), date),
)  # fmt: skip
