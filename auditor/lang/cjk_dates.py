"""What Chinese and Japanese dates and times share: years, months, days, eras, decades, centuries, quarters, clock times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from auditor.lang.cjk import CONNECT, Read, Rule, Sentence, rx
from auditor.lang.cjk_numerals import Numeral
from auditor.lang.figures_base import century, decade, half_year, iso_date, quarter
from auditor.model import Figure

# Reign -> the year before its first.
ERAS: Mapping[str, int] = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911, "民國": 1911, "中華民国": 1911, "中华民国": 1911,
    "宣统": 1908, "光绪": 1874, "同治": 1861, "咸丰": 1850, "道光": 1820, "嘉庆": 1795, "乾隆": 1735, "雍正": 1722, "康熙": 1661,
    "顺治": 1643, "崇祯": 1627, "万历": 1572, "嘉靖": 1521, "永乐": 1402, "洪武": 1367, "贞观": 626, "慶応": 1864, "庆应": 1864,
    "嘉永": 1847, "天保": 1829, "寛政": 1788, "享保": 1715, "元禄": 1687, "寛永": 1623, "慶長": 1595, "天正": 1572,
}  # fmt: skip
ERA = "(?P<era>" + "|".join(sorted(ERAS, key=len, reverse=True)) + ")"


def year_of(n: Numeral | None) -> int | None:
    """The year a numeral writes: 2025, 二〇二五; two digits (23年, 九八年) are a year of 1941 to 2040. None when it is no year."""
    if n is None or n.high is not None or n.scale > 1 or n.blurred or n.low != int(n.low) or "," in n.text:
        return None
    value = int(n.low)
    if n.over or n.vague:
        return None
    if n.arabic and len(n.text) == 2 and n.text[0] == "0":
        return 2000 + value
    spoken = n.digits == 0 and ((n.text[:2] == "二千" and value < 2100) or (n.text[:2] == "两千" and 2000 < value < 2100))
    if n.digits == 4 or (n.arabic and len(n.text) == 4) or (spoken and value >= 2000):
        return value if 1000 <= value <= 2999 else None
    if n.digits == 2:
        return value + (2000 if value <= 40 else 1900)
    if n.digits == 3 and value >= 100:
        return value
    return None


def era_year(m: re.Match[str], s: Sentence) -> int | None:
    n = s.numeral(m, "y")
    first = ERAS[m["era"]]
    return first + 1 if n is None else first + int(n.low)


def _month(n: Numeral | None) -> int | None:
    whole = n is not None and n.high is None and not n.blurred and n.low == int(n.low) and n.text != "两"
    return int(n.low) if n and whole and 1 <= n.low <= 12 else None


def _day(n: Numeral | None) -> int | None:
    return int(n.low) if n and not n.blurred and 1 <= n.low <= 31 and n.low == int(n.low) and n.scale == 1 else None


def date(m: re.Match[str], s: Sentence) -> Figure | None:
    """Any of year, month and day, and the end of a range in the same or the next month: 3月1日至5日, 2025年11月19日."""
    groups = m.re.groupindex
    year = None
    if "y" in groups and (m["y"] is not None or ("era" in groups and m["era"])):
        year = era_year(m, s) if "era" in groups and m["era"] else year_of(s.numeral(m, "y"))
        if year is None and s.numeral(m, "m") and (n := s.numeral(m, "y")) and n.text in ("两千", "二千"):
            year = 2000  # 两千年 is two thousand years, 两千年八月 the year
        if year is None:
            return None
    month, day = _month(s.numeral(m, "m")), _day(s.numeral(m, "d"))
    if (s.numeral(m, "m") and month is None) or (s.numeral(m, "d") and day is None) or (year is None and month is None and day is None):
        return None
    value = iso_date(year, month, day)
    month_to, day_to = _month(s.numeral(m, "mto")), _day(s.numeral(m, "dto"))
    high = iso_date(year, month_to or month, day_to) if day_to or month_to else None
    into_next = year is None and day is None and month_to is not None  # 12月至1月 runs into the next year
    if high is not None and high <= value and (high == value or not into_next):
        return None
    both = s.numeral(m, "d")
    if both and both.high is not None and day is not None:
        high = iso_date(year, month, int(both.high))
    part = bool(m.groupdict().get("part"))
    return s.figure(m, "date", value, high, approximate=part)


def years(m: re.Match[str], s: Sentence) -> Figure | None:
    """2019年至2021年, 2019-2021年, 2023-24年; without 年 only when both look like years of our time."""
    first, last = s.numeral(m, "y"), s.numeral(m, "yto")
    low = year_of(first)
    if low is None or last is None or first is None or len(first.text) < 4:
        return None
    season = m.string[m.end() : m.end() + 1] in ("赛", "シ", "学", "财")
    if "年" not in m[0] and not (1800 < low < 2100 and (season or 1800 < last.low < 2100)):
        return None
    high = int(last.low) + low // 100 * 100 if last.low < 100 else int(last.low)
    return s.figure(m, "date", iso_date(low), iso_date(high)) if low < high < 3000 else None


def before_christ(m: re.Match[str], s: Sentence) -> Figure | None:
    """公元前221年, 紀元前3世紀."""
    n, c = s.numeral(m, "y"), s.numeral(m, "c")
    if c:
        return s.figure(m, "date", f"-{int(c.low) * 100:04d}", f"-{int(c.low) * 100 - 99:04d}")
    return s.figure(m, "date", f"-{int(n.low):04d}") if n else None


def of_our_era(m: re.Match[str], s: Sentence) -> Figure | None:
    """公元345年, 西暦345年: a year of any length."""
    n = s.numeral(m, "y")
    whole = n is not None and not n.vague and n.high is None and n.low == int(n.low) and 0 < n.low < 3000
    return s.figure(m, "date", iso_date(int(n.low))) if n and whole else None


def decade_of(m: re.Match[str], s: Sentence) -> Figure | None:
    """1980年代, 80年代, 20世纪80年代, 上世纪八九十年代."""
    n, c = s.numeral(m, "a"), s.numeral(m, "c")
    if n is None or n.low != int(n.low) or n.low % 10:
        return None
    base = (int(c.low) - 1) * 100 if c else {"上": 1900, "前": 1900, "本": 2000, "今": 2000}.get((m.groupdict().get("which") or " ")[0])
    first = int(n.low)
    if first < 100:
        first += base if base is not None else 2000 if first < 20 else 1900
    elif base is not None or not 1000 <= first <= 2990:
        return None
    low, high = decade(first)
    if n.high is not None:
        high = decade(first - int(n.low) + int(n.high))[1]
    return s.figure(m, "date", low, high)


def century_start(m: re.Match[str], s: Sentence) -> Figure:
    """本世纪初, 今世紀初頭: the first ten years, as in "the early 2000s"."""
    low, high = decade(1900 if m["which"][0] in "上前" else 2000)
    return s.figure(m, "date", low, high, approximate=True)


def century_of(m: re.Match[str], s: Sentence) -> Figure | None:
    """20世纪; two or three of them are a duration."""
    n = s.numeral(m, "c")
    if n is None or not 1 <= n.low <= 30 or n.low != int(n.low) or n.text == "两" or n.blurred:
        return None
    low, high = century(int(n.low))
    return s.figure(m, "date", low, century(int(n.high))[1] if n.high else high)


def quarter_of(m: re.Match[str], s: Sentence) -> Figure | None:
    """第三季度, Q3, 2025年第3四半期."""
    n = s.numeral(m, "q")
    year = s.numeral(m, "y")
    if n is None or not 1 <= n.low <= 4 or n.low != int(n.low) or (year and year_of(year) is None):
        return None
    low, high = quarter(int(n.low), year_of(year))
    if m.groupdict().get("first"):
        low = quarter(1, year_of(year))[0]
    last = s.numeral(m, "qto")
    return s.figure(m, "date", low, quarter(int(last.low), year_of(year))[1] if last and 1 <= last.low <= 4 else high)


def half_of(m: re.Match[str], s: Sentence) -> Figure | None:
    """上半年, 2025年下半期."""
    year = s.numeral(m, "y")
    if year and year_of(year) is None:
        return None
    low, high = half_year(1 if m["which"] in ("上", "前") else 2, year_of(year))
    return s.figure(m, "date", low, high)


def clock(words: Mapping[str, str]) -> Read:
    """A reader of clock times; `words` says of a part of the day whether it is am, pm or noon."""

    def read(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
        said = m.groupdict()
        part = words.get(said.get("part") or "", "")
        first = _time(s, m, "h", "mi", part, said.get("half"), "sec")
        if first is None:
            return ()
        # 4点40分 may be either half of the day; 16点 and 下午4点 are one.
        written = s.numeral(m, "h")
        open_half = not part and written is not None and 1 <= written.low < 13
        figure = s.figure(m, "time", first, approximate=open_half)
        if not said.get("hto"):
            return (figure,)
        # 午前10時から12時: up to noon; 午後10時から3時 runs over midnight, two hours of their own.
        last = _time(s, m, "hto", "mito", part, said.get("halfto"), "secto")
        later = _time(s, m, "hto", "mito", "", said.get("halfto"), "secto")
        noon = _past_noon(first, later) if part == "am" else None
        end = next((t for t in (last, later, noon) if t and t > first), None)
        if end:
            # 9:00-17:00 says by its end which half of the day it begins in.
            return (s.figure(m, "time", first, end, approximate=open_half and end < "13:00"),)
        gap = _CONNECTOR.search(s.marked, m.start("h") + 1, m.start("hto"))
        middle, start = s.end(gap.start()) if gap else figure.end, s.offset(m.start("hto"))
        first_hour = replace(figure, end=middle, text=s.text[figure.start : middle])
        if later is None:
            return (first_hour,)
        return (first_hour, Figure(start, figure.end, s.text[start : figure.end], "time", later, approximate=True))

    return read


def _past_noon(first: str, later: str | None) -> str | None:
    """The three o'clock of 午前11時から3時: an end before its beginning in the morning is of the afternoon."""
    if later is None or not later < first < "12:00":
        return None
    return f"{int(later[:2]) + 12:02d}{later[2:]}"


_CONNECTOR = re.compile(CONNECT)
_HALVES = {"am": "am", "AM": "am", "a.m.": "am", "A.M.": "am", "pm": "pm", "PM": "pm", "p.m.": "pm", "P.M.": "pm"}
# 3pm and 3:15 p.m. in a text of Han characters are hours, no picometres.
_HALF = "(?P<part>" + "|".join(re.escape(half) for half in sorted(_HALVES, key=len, reverse=True)) + ")(?![A-Za-z])"
# 3:15p
LETTER_HOUR: Rule = (rx("«h»:«mi»␣(?P<part>[ap])(?![A-Za-z.])"), clock({"a": "am", "p": "pm"}))
LATIN_HOUR: Rule = (rx("«h»(?::«mi»(?::«sec»)?)?␣" + _HALF), clock(_HALVES))


def _time(s: Sentence, m: re.Match[str], hour: str, minute: str, part: str, half: str | None, second: str) -> str | None:
    h, mi = s.numeral(m, hour), s.numeral(m, minute)
    if h is None or h.low != int(h.low) or not 0 <= h.low <= 30 or h.high is not None or (mi and not 0 <= mi.low < 60):
        return None
    quarters = s.numeral(m, "qt") if hour == "h" else None
    hours, minutes = int(h.low), int(mi.low) if mi else 30 if half == "半" else 15 * int(quarters.low) if quarters else 0
    if (part == "pm" and hours < 12) or (part == "noon" and hours < 4):
        hours += 12
    elif part in ("am", "night") and hours == 12:
        hours = 0
    elif part == "night" and 5 <= hours < 12:
        hours += 12
    sec = s.numeral(m, second)
    seconds = f":{int(sec.low):02d}" if sec and sec.low == int(sec.low) and sec.low < 60 else ""
    return f"{hours % 24:02d}:{minutes:02d}{seconds}"


def colon_time(m: re.Match[str], s: Sentence) -> bool:
    """Does 7:55 look like a time (two digits of minutes)?"""
    h, mi = s.numeral(m, "h"), s.numeral(m, "mi")
    return h is not None and mi is not None and len(mi.text) == 2 and len(h.text) <= 2 and h.arabic and mi.arabic


def weekday(m: re.Match[str], s: Sentence, value: int, group: str | int = 0) -> Figure:
    return s.figure(m, "weekday", str(value), group=group)
