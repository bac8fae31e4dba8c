"""Japanese dates, weekdays and times of day, as rules over marked text (see `cjk`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from auditor.lang.cjk import CONNECT, MARK, Rule, Sentence, rx, span_of, value_of
from auditor.lang.cjk_dates import (
    ERA,
    LATIN_HOUR,
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
from auditor.lang.figures_base import iso_date
from auditor.model import Figure

PARTS = {
    "午前": "am", "午後": "pm", "朝": "am", "早朝": "am", "未明": "am", "翌朝": "am", "昼": "noon", "夕方": "pm", "夜": "night",
    "深夜": "night", "今夜": "night", "昨夜": "night", "今朝": "am", "夕": "pm", "AM": "am", "PM": "pm", "ＡＭ": "am",
}  # fmt: skip
_PART = "(?P<part>" + "|".join(sorted(PARTS, key=len, reverse=True)) + ")"
_DAYS = {"月": 1, "火": 2, "水": 3, "木": 4, "金": 5, "土": 6, "日": 7}
# 10日 is a day of the month unless what follows or precedes makes it a span.
_SPAN_AFTER = (
    "(?=間|以内|後(?![半期])|前(?![後半期])|ぶり|連続|以上|を超|を過|未満|ほど|程度|足らず|余り|あまり|かけて|がかり|ごと|おき|"
    "は?かかる|分の|続|[とも](?:立|たた|経た|かから|おか|置か|待た|空け|しない|せず|もた)|もあれば|も前)"
)
_SPAN_BEFORE = "(?:過去|最長|最大|最低|丸|まる|約|およそ|わずか|たった|今後|残り|あと|もう|連続|長い|この)␣"
# 23年 is the year 2023 before these, unless something says which years (雨の多い10年に); elsewhere two digits and 年 are a span.
_YEAR_AFTER = "(?=度|末|初|春|夏|秋|冬|以降|には|の[春夏秋冬]|に(?!一|" + MARK + "|わた|渡|及|な|も|つき|対|満|近|し|わ))"


# 1000年前 is a thousand years ago.
_LONG_AGO = re.compile("以上|余|前(?![後半])|ぶり|間|も前|近く|ほど|にわた|の歴史|の伝統|続く")


def _year(m: re.Match[str], s: Sentence) -> Figure | None:
    """2025年, 二〇二五年."""
    n = s.numeral(m, "y")
    if n is None or n.high is not None or (n.arabic and len(n.text) != 4) or year_of(n) is None:
        return None
    if n.digits == 2 and not re.match(_YEAR_AFTER, s.marked[m.end() :]):
        return None  # 一〇年 is ten years, 一〇年に 2010
    if n.low % 100 == 0 and _LONG_AGO.match(s.marked, m.end()):
        return None
    return date(m, s)


def _short_year(m: re.Match[str], s: Sentence) -> Figure | None:
    """23年に: 2023; 約23年に is a span."""
    n = s.numeral(m, "y")
    if n is None or not n.arabic or len(n.text) != 2 or (n.low > 40 and n.low < 50):
        return None
    return date(m, s)


def _short_years(m: re.Match[str], s: Sentence) -> Figure | None:
    """19年から23年にかけて: from 2019 to 2023."""
    first, last = s.numeral(m, "y"), s.numeral(m, "yto")
    if first is None or last is None or not all(n.arabic and len(n.text) == 2 for n in (first, last)) or not first.low < last.low <= 40:
        return None
    return s.figure(m, "date", iso_date(2000 + int(first.low)), iso_date(2000 + int(last.low)))


def _sentence(m: re.Match[str], s: Sentence) -> Figure | None:
    """懲役1年6月: eighteen months in prison."""
    years_, months_ = s.numeral(m, "a"), s.numeral(m, "b")
    if months_ is None or months_.vague or months_.low > 11:
        return None
    return s.figure(m, "duration", Fraction(months_.low) + (Fraction(years_.low) * 12 if years_ else 0), unit="month")


def _fiscal(m: re.Match[str], s: Sentence) -> Figure | None:
    return date(m, s)


def _day(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "d")
    if n is not None and n.text == "一":
        return s.figure(m, "duration", "1", unit="day")
    if n is not None and (n.vague or n.blurred):
        return s.figure(m, "duration", *value_of(n), "day", numeral=n)
    return None if n is None or n.bare else date(m, s)


def _day_and_half(m: re.Match[str], s: Sentence) -> Figure | None:
    """1日半: a day and a half; not 8日半ば."""
    n = s.numeral(m, "d")
    return None if n is None or n.bare or n.vague else s.figure(m, "duration", Fraction(n.low) + Fraction(1, 2), unit="day", numeral=n)


def _days(m: re.Match[str], s: Sentence) -> Figure | None:
    """15日間, 10〜15日間."""
    n = s.numeral(m, "a")
    return s.figure(m, "duration", *span_of(s.numeral(m, "lo"), n), "day", numeral=n) if n else None


def _many_days(m: re.Match[str], s: Sentence) -> Figure | None:
    """29日から54日に: more days than a month has are counted."""
    lo, n = s.numeral(m, "lo"), s.numeral(m, "a")
    if lo is None or n is None or lo.low >= n.low or n.low <= 31:
        return None
    return s.figure(m, "duration", Fraction(lo.low), Fraction(n.low), "day", numeral=n)


def _either_days(m: re.Match[str], s: Sentence) -> Figure | None:
    """3、4日, 二、三日: three or four days."""
    lo, n = s.numeral(m, "lo"), s.numeral(m, "a")
    return s.figure(m, "duration", Fraction(lo.low), Fraction(n.low), "day") if lo and n and n.low == lo.low + 1 else None


_KANA_DAYS = {"げつ": "月", "か": "火", "すい": "水", "もく": "木", "きん": "金", "ど": "土", "にち": "日"}
_KANA_MONTHS = {
    "いち": 1, "に": 2, "さん": 3, "し": 4, "ご": 5, "ろく": 6, "しち": 7, "はち": 8, "く": 9, "じゅう": 10,
    "じゅういち": 11, "じゅうに": 12,
}  # fmt: skip


def _kana_weekday(m: re.Match[str], s: Sentence) -> Figure:
    """かようび."""
    return weekday(m, s, _DAYS[_KANA_DAYS[m["day"]]])


def _kana_month(m: re.Match[str], s: Sentence) -> Figure:
    """ろくがつ."""
    return s.figure(m, "date", iso_date(None, _KANA_MONTHS[m["kana"]]))


def _weekday(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
    """火曜日, 火曜, （火）; 月・水・金曜日 are three."""
    last = weekday(m, s, _DAYS[m["day"]], "fig")
    more = m.groupdict().get("more")
    if not more:
        return (last,)
    start = m.start("more")
    first = [
        Figure(s.offset(start + i), s.offset(start + i) + 1, c, "weekday", str(_DAYS[c])) for i, c in enumerate(more) if c in _DAYS
    ]  # fmt: skip
    return (*first, last)


_clock = clock(PARTS)


def _colon(m: re.Match[str], s: Sentence) -> Iterable[Figure] | Figure | None:
    return _clock(m, s) if colon_time(m, s) else ()


def _before(m: re.Match[str], s: Sentence) -> Iterable[Figure] | Figure | None:
    """8時3分前, 午後3時10分前: minutes before the hour; 8時30分前 is before half past eight."""
    h, mi = s.numeral(m, "h"), s.numeral(m, "mi")
    if h is None or mi is None or not 0 < mi.low <= 15 or not 0 < h.low <= 24 or h.low % 1:
        return ()
    at = (int(h.low) % 24 + (12 if PARTS.get(m["part"] or "") in ("pm", "night") and h.low < 12 else 0)) * 60 - int(mi.low)
    return s.figure(m, "time", f"{at // 60 % 24:02d}:{at % 60:02d}", approximate=not m["part"] and h.low < 13)


def _oclock(m: re.Match[str], s: Sentence) -> Iterable[Figure] | Figure | None:
    n = s.numeral(m, "h")
    return _clock(m, s) if n and n.scale == 1 and not n.bare else ()


_Y = "(?:(?:" + ERA + ")?␣«y»年(?:の(?=" + MARK + "月" + MARK + "日))?␣)?"
_H = "«{0}»時(?![間代期計点価給速差限効々折])(?:(?P<half{1}>半(?!分))|␣«{2}»分(?!間))?"
RULES: tuple[Rule, ...] = (
    LATIN_HOUR,
    (rx("(?:懲役|禁錮|禁固|拘禁刑|拘留|求刑)␣(?P<fig>(?:«a»年)?«b»月)"), _sentence),
    (rx("(?:紀元前|BC)␣(?:«c»世紀|«y»年?)"), before_christ),
    (rx(ERA + "␣(?:«y»|元)年(?:␣«m»月(?:␣«d»日)?)?(?![間])"), date),
    (rx("(?:«c»世紀␣)?(?P<which>前世紀|今世紀)?␣«a»年代"), decade_of),
    (rx("«y»年?度?␣" + CONNECT + "␣«yto»(?:年度?|(?=[)）,、。 ]|シーズン|$))"), years),
    (rx("(?P<fig>«y»年から␣«yto»年)(?=にかけて)"), _short_years),
    (rx("(?P<which>前|今)世紀(?:の)?(?:初め|初頭)"), century_start),
    (rx("(?P<fig>«c»世紀)(?!以上|ぶり|にわた|に及|近く|も|の間|余り|あまり|ほど|足らず)"), century_of),
    (rx("(?:«y»年(?:度)?(?:の)?␣)?(?:第␣|(?<![~～〜〰–—－-]))«q»(?:[・、]«qto»)?四半期"), quarter_of),
    (rx("(?:«y»年␣?)?Q«q»(?![0-9A-Za-z])"), quarter_of),
    (rx("(?:«y»年(?:度)?の?)?(?P<which>[上下])(?:半期|期)"), half_of),
    (rx("(?:«y»年の?|(?:今|来|昨|去|翌|同|前|一昨|再来)年(?:度)?の?)(?P<which>[前後])半(?![生身])"), half_of),
    (rx("«y»(?:会計)?年度"), _fiscal),
    (rx("(?:«y»年␣)?«m»(?:月)?" + CONNECT + "«mto»月期?"), date),
    (rx(_Y.replace("?P<era>", "?:") + "«m»月(?:の)?(?P<part>[上中下]旬|初め|初旬|末|半ば|初頭)"), date),
    (rx(_Y.replace("?P<era>", "?:") + "«m»月␣«d»日?" + CONNECT + "«mto»月␣«dto»日"), date),
    (rx(_Y.replace("?P<era>", "?:") + "«m»月␣«d»日?(?:[（(].[）)])?(?:" + CONNECT + "|、|・)«dto»日"), date),
    (rx(_Y.replace("?P<era>", "?:") + "«m»月␣«d»日"), date),
    (rx("«y»年の?␣«m»月"), date),
    (rx("(?:西暦|紀元後?)␣«y»年"), of_our_era),
    (rx("«m»月" + CONNECT + "«mto»月"), date),
    (rx("(?<![ぁ-ん])(?P<day>" + "|".join(_KANA_DAYS) + ")ようび"), _kana_weekday),
    (rx("(?<![ぁ-ん])(?P<kana>" + "|".join(sorted(_KANA_MONTHS, key=len, reverse=True)) + ")がつ"), _kana_month),
    (rx("«m»がつ"), date),
    (rx("«m»月(?:期|号)?(?![" + "面" + "])"), date),
    (rx("«y»年(?!間|生|ぶり)"), _year),
    (rx("(?<![約もてで、いたなるの])(?P<fig>«y»年)" + _YEAR_AFTER), _short_year),
    (rx("(?P<more>(?:[月火水木金土日][・、])+)?(?P<fig>(?P<day>[月火水木金土日])曜日?)"), _weekday),
    (rx("(?:^|(?<=[日0-9◇]))(?P<fig>[（(](?P<day>[月火水木金土日])(?:曜|曜日|・祝|祝)?[）)])"), _weekday),
    (rx("(?<![月" + MARK + "])(?P<fig>«lo»日" + CONNECT + "«a»日)(?!間)"), _many_days),
    (rx("(?<![" + MARK + "])(?P<fig>«d»日" + CONNECT + "«dto»日)(?!間)"), date),
    (rx("(?P<fig>«lo»⇌«a»日)(?:" + _SPAN_AFTER + "|(?=に◇))"), _days),
    (rx("(?<![月" + MARK + "])(?P<fig>«d»⇌«dto»日)(?=に(?![わ渡及" + MARK + "])|まで)"), date),
    (rx("(?<!" + MARK + "、)(?<!月)(?P<fig>«lo»(?:、|⇌)«a»日)"), _either_days),
    (rx("(?<![月" + MARK + "])(?P<fig>«d»⇌«dto»日)(?![間目])"), date),
    (rx("(?<![・、" + MARK + "])(?P<fig>«d»[・、]«dto»(?:両)?日)"), date),
    (rx("(?P<fig>«a»日)" + _SPAN_AFTER), _days),
    (rx("(?P<fig>«a»日)(?=当たり|あたり|に◇|◇(?:回|時間|食))"), _days),
    (rx("(?P<fig>«m»・«d»)(?=テロ|同時|震災|大震災|以降|後|」|から)"), date),
    (rx(_SPAN_BEFORE + "(?P<fig>«a»日)"), _days),
    (rx("(?<!月)(?P<fig>«d»日半)(?![ば休値額分数年月期])"), _day_and_half),
    (rx("(?P<fig>«d»日)"), _day),
    (rx("(?:" + _PART + "␣)?(?P<fig>«h»:«mi»(?::«sec»)?(?:⇌«hto»:«mito»)?)(?!:)"), _colon),
    (rx(f"(?:{_PART}の?␣)?(?P<fig>«h»時␣«mi»分前)(?![後半])"), _before),
    (rx(f"(?:{_PART}の?␣)?(?P<fig>{_H.format('h', '', 'mi')}(?:␣«sec»秒)?(?:⇌{_H.format('hto', 'to', 'mito')})?)"), _oclock),
)  # fmt: skip
