"""Rules that Chinese and Japanese share: shares, fractions, money, measures, durations, multiples, ordinals, plain numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from auditor.lang.cjk import CONNECT, MARK, Rule, Sentence, rx, signed, span_of, value_of
from auditor.lang.cjk_joined import SMALLER
from auditor.lang.cjk_numerals import Numeral
from auditor.lang.cjk_tables import Tables, alternation
from auditor.lang.figures_base import iso_date, plain
from auditor.lang.notation import power
from auditor.model import Figure, FigureKind

# CLDR units that measure time.
TIME = frozenset(
    ("century", "decade", "year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond", "night")
)
Ends = Fraction | None
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100))
_SIGN_WORDS = "负|零下|マイナス|氷点下|冰点下|▲|△"
_NO_SIGN_AFTER = "0-9A-Za-z月年日点个" + MARK
_SIGNED = "(?=[" + MARK + "$£€¥])"
_NEGATIVE = f"(?P<neg>{_SIGN_WORDS}|(?<![{_NO_SIGN_AFTER}])[-−]{_SIGNED})?"
# Before a plain number the hyphen of 歼-20 and 东风-41 is no sign; one behind a particle (答えは-3) is.
_HYPHEN = f"(?:(?<![\u3040-\u9fff{_NO_SIGN_AFTER}-])|(?<=[はがをもとにへで]))-"
_NEGATIVE_PLAIN = f"(?P<neg>{_SIGN_WORDS}|(?:(?<![{_NO_SIGN_AFTER}-])−|{_HYPHEN}){_SIGNED})?"


def _scale(m: re.Match[str]) -> Fraction:
    """The factor of a letter behind a number: 3.2k."""
    return Fraction(10 ** _SCALES.get(m["scale"] or "", 0))


def percent(m: re.Match[str], s: Sentence) -> Figure | None:
    """18%, 10%～20%, 10-20%."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = signed(m, s.numeral(m, "lo"), n, _scale(m))
    return s.figure(m, "percent", low, high, numeral=n)


def points(m: re.Match[str], s: Sentence) -> Figure | None:
    """2个百分点, 0.5ポイント."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = span_of(s.numeral(m, "lo"), n, _scale(m))
    return s.figure(m, "points", low, high, numeral=n)


def parts(m: re.Match[str], s: Sentence) -> Figure | None:
    """百分之五 (percent), 三分之二, 3分の2, 千分之三, 一又三分之二 (fraction)."""
    over, n = s.numeral(m, "of"), s.numeral(m, "a")
    if over is None or n is None or not over.low or over.vague:
        return None
    whole = s.numeral(m, "whole")
    added = Fraction(whole.low) if whole else Fraction(0)
    if over.text in ("百", "100", "一百") and "分之" in m[0]:
        low, high = span_of(s.numeral(m, "lo"), n, _scale(m) * (-1 if m["neg"] else 1))
        return s.figure(m, "percent", low, high, numeral=n)
    sign = -1 if m["neg"] else 1
    low, high = value_of(n, sign / Fraction(over.low))
    return s.figure(m, "fraction", None if low is None else low + sign * added, high, numeral=n)


def slashed(m: re.Match[str], s: Sentence) -> Figure | None:
    """2/3, with a usual denominator, and its unit (1/4マイル); 11/19 is none."""
    a, b = s.numeral(m, "a"), s.numeral(m, "b")
    if a is None or b is None or not 0 < a.low < b.low or int(b.low) not in _DENOMINATORS or a.scale > 1:
        return None
    whole, part = s.numeral(m, "whole"), Fraction(a.low) / Fraction(b.low)
    amount = Fraction(whole.low) + part if whole else part
    if m["u"]:
        name, factor = s.tables.units[m["u"]]
        return s.figure(m, "duration" if name in TIME else "measure", amount * factor, unit=name)
    return s.figure(m, "number" if whole else "fraction", amount)


def iso(m: re.Match[str], s: Sentence) -> Figure | None:
    """2025-11-19, 2025/11/19; 11/19/2025 and 19/11/2025, month first where both fit; 11/19/25."""
    y, mo, d = s.numeral(m, "y"), s.numeral(m, "m"), s.numeral(m, "d")
    if y is None or mo is None or d is None or not all(n.arabic and n.low == int(n.low) for n in (y, mo, d)):
        return None
    year, month, day = int(y.low), int(mo.low), int(d.low)
    if m.start("y") > m.start("m"):
        month, day = (day, month) if month > 12 else (month, day)
        year += (2000 if year < 50 else 1900) if len(y.text) == 2 else 0
    if not (1000 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return s.figure(m, "date", iso_date(year, month, day))


def money_after(m: re.Match[str], s: Sentence) -> Figure | None:
    """2.8亿英镑, 1万2千円, 10-20元."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    code, factor = s.tables.money[m["cur"]]
    low, high = signed(m, s.numeral(m, "lo"), n, factor)
    return s.figure(m, "money", low, high, code, numeral=n)


def coins(m: re.Match[str], s: Sentence) -> Figure | None:
    """5元3角, 2ドル3セント, 10円5銭: an amount with its small change."""
    n, small = s.numeral(m, "a"), s.numeral(m, "b")
    (code, factor), (change, part) = s.tables.money[m["cur"]], s.tables.money[m["coin"]]
    if n is None or small is None or n.vague or small.vague or factor < 1 or part >= 1 or (change or code) != code:
        return None
    value = Fraction(n.low) * factor + Fraction(small.low) * part
    return s.figure(m, "money", value, unit=code) if Fraction(small.low) * part < 1 else None


def raised(m: re.Match[str], s: Sentence) -> Figure | None:
    """10的3次方, 2の−1乗, 1.5×10の8乗."""
    n, exponent = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or exponent is None or n.vague or exponent.low % 1:
        return None
    value = power(Fraction(n.low), int(exponent.low) * (-1 if m["down"] else 1))
    times = s.numeral(m, "c")
    value = value if value is None or times is None or times.vague else value * Fraction(times.low)
    return None if value is None else s.figure(m, "number", -value if m["neg"] else value)


_SCALES = {"k": 3, "K": 3, "m": 6, "M": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "B": 9, "billion": 9, "t": 12, "tn": 12, "trillion": 12}


def money_before(m: re.Match[str], s: Sentence) -> Figure | None:
    """$19m, US$500, ¥3,500, USD 20, 新台币3000元 (a dollar that is named)."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    code = s.tables.prefixes[m["sign"]]
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(10) ** _SCALES.get(m["scale"] or "", 0) * (-1 if m["neg"] else 1))
    named = len(m["sign"]) > 1
    if (name := m["cur"]) is not None and not named:
        code = s.tables.money[name][0] or code
    return s.figure(m, "money", low, high, None if code == "-" else code, numeral=n)


def measure(m: re.Match[str], s: Sentence) -> Figure | None:
    """5公里, 30～50センチ, 1小时30分钟 (90 minutes), 一个半小时, 3时间半, 6英尺6英寸."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    unit, factor = s.tables.units[m["u"]]
    low, high = signed(m, s.numeral(m, "lo"), n, factor)
    if "list" in m.re.groupindex:
        pair = _neighbours(s.numeral(m, "lo"), n)
        if pair is None:
            return None
        low, high = pair[0] * factor, pair[1] * factor
    whole = _more(m, s, low, high, unit)
    if whole is None:
        return None
    low, high, unit = whole
    if n.over and m["u"] in ("岁", "歳") and low is not None and low % 10 == 0 and 10 <= low < 100:
        high = low + 9
    more = "多" in m["u"]  # 一个多小时
    kind: FigureKind = "duration" if unit in TIME else "measure"
    return s.figure(m, kind, low, high, unit, bound="over" if more else "exact", approximate=more, numeral=n)


def _neighbours(lo: Numeral | None, n: Numeral) -> tuple[Fraction, Fraction] | None:
    """3、4 and 二、三十 and 二十七、八: a range of neighbouring numbers."""
    if lo is None or lo.vague or n.vague or lo.low < 1 or lo.low % 1:
        return None
    low, high = Fraction(lo.low), Fraction(n.low)
    if low > 10 and high < 10 and low % 10 + 1 == high:
        return low, low + 1
    step = high / (low + 1)
    return (low * step, high) if low < 10 and step in (1, 10, 100, 1000, *(n.scale * k for k in (1, 10, 100, 1000))) else None


def _more(m: re.Match[str], s: Sentence, low: Ends, high: Ends, unit: str) -> tuple[Ends, Ends, str] | None:
    """The half or the smaller unit that follows or stands inside: 三年半, 两个半小时, 1時間30分; None: it is no smaller unit (九年八吨)."""
    groups = m.re.groupindex
    if low is not None and any(g in groups and m[g] for g in ("half", "mid")):
        return low + s.tables.units[m["u"]][1] / 2, high, unit
    small = s.numeral(m, "b")
    if small is None or low is None:
        return low, high, unit
    smaller, factor = s.tables.units[m["v"]]
    if (unit, smaller) == ("day", "night") and low == Fraction(small.low):
        return low, high, unit  # 三天三夜
    times = SMALLER.get((unit, smaller))
    return (low * times + Fraction(small.low) * factor, None, smaller) if times else None


def basis_points(m: re.Match[str], s: Sentence) -> Figure | None:
    """50个基点: half a percentage point."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = span_of(s.numeral(m, "lo"), n, Fraction(1, 100))
    return s.figure(m, "points", low, high, numeral=n)


def race(m: re.Match[str], s: Sentence) -> Figure | None:
    """两个小时零五分 (125 minutes), 1分23秒, 10分16秒35 (616.35 seconds), 9秒58."""
    n, small, rest = s.numeral(m, "a"), s.numeral(m, "b"), s.numeral(m, "c")
    if small is None or (rest and len(rest.text) > 2) or any(x and x.vague for x in (n, small)):
        return None
    value = Fraction(small.low) + (Fraction(n.low) * 60 if n else 0)
    if rest:
        value += Fraction(int(rest.low), 10 ** len(rest.text))
    return s.figure(m, "duration", value, unit="second" if m["v"] == "秒" else "minute")


def half_unit(m: re.Match[str], s: Sentence) -> Figure | None:
    """半年, 半小时, 半个月, 半世紀."""
    unit, factor = s.tables.units[m["u"]]
    if unit == "night":
        return None
    return s.figure(m, "duration" if unit in TIME else "measure", factor / 2, unit=unit)


def multiple(m: re.Match[str], s: Sentence) -> Figure | None:
    """2倍, 两三倍, 1.5倍."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    if m["half"] and low is not None:
        low += Fraction(1, 2)
    return s.figure(m, "multiple", low, high, numeral=n)


def ordinal(m: re.Match[str], s: Sentence) -> Figure | None:
    """第三, 3番目, No. 5."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "ordinal", low, high, numeral=n)


def score(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
    """2比0, 3対2, 2-0 (when it falls), 2:0: two numbers."""
    a, b = s.numeral(m, "a"), s.numeral(m, "b")
    if a is None or b is None or a.vague or b.vague:
        return ()
    return (s.figure(m, "number", Fraction(a.low), group="a"), s.figure(m, "number", Fraction(b.low), group="b"))


def falling(m: re.Match[str], s: Sentence) -> Iterable[Figure]:
    """18-7 is a score, 7-18 is a range."""
    a, b = s.numeral(m, "a"), s.numeral(m, "b")
    return score(m, s) if a and b and a.low >= b.low and a.scale == b.scale else ()


def number_range(m: re.Match[str], s: Sentence) -> Figure | None:
    """10～20, 3至5万."""
    lo, n = s.numeral(m, "lo"), s.numeral(m, "a")
    if lo is None or n is None:
        return None
    low, high = span_of(lo, n)
    if high is None or low is None or low >= high:
        return None
    return s.figure(m, "range", low, high, numeral=n)


def listed(m: re.Match[str], s: Sentence) -> Figure | None:
    """3、4人 and 二、三十人: neighbouring numbers before a counter are a range."""
    lo, n = s.numeral(m, "lo"), s.numeral(m, "a")
    pair = _neighbours(lo, n) if n else None
    return s.figure(m, "range", *pair, numeral=n) if pair else None


def number(m: re.Match[str], s: Sentence) -> Figure | None:
    """A plain number: the numeral without its counter."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    factor = Fraction(10) ** _SCALES.get(m["scale"] or "", 0) * (-1 if m["neg"] else 1)
    low, high = value_of(n, factor)
    return s.figure(m, "range" if high is not None and not n.blurred else "number", low, high, numeral=n)


def one_in(m: re.Match[str], s: Sentence) -> Figure | None:
    """3人に1人, 每五人中有一人: a third, a fifth."""
    of, n = s.numeral(m, "of"), s.numeral(m, "a")
    if m.groupdict().get("one") and of is not None and not of.vague and 1 < of.low <= 100:  # 一种, which is no numeral elsewhere
        return s.figure(m, "fraction", Fraction(1) / Fraction(of.low))
    if of is None or n is None or of.vague or n.vague or not 0 < n.low < of.low or of.low > 100:
        return None
    if "中" in m[0] and m[0][0] != "每" and of.low > 10 and of.low not in (20, 100):
        return None  # 24人中8人: of these 24
    return s.figure(m, "fraction", Fraction(n.low) / Fraction(of.low))


def grouped(m: re.Match[str], s: Sentence) -> Figure | None:
    """两打, 一双, 一对, 2ダース: what they amount to."""
    n, size = s.numeral(m, "a"), 12 if m["group"] in ("打", "ダース") else 2
    if n is None:
        return s.figure(m, "number", Fraction(size, 2))
    low, high = value_of(n, Fraction(size))
    return s.figure(m, "number", low, high, numeral=n)


def number_half(m: re.Match[str], s: Sentence) -> Figure | None:
    """两个半."""
    n = s.numeral(m, "a")
    return s.figure(m, "number", Fraction(n.low) + Fraction(1, 2), numeral=n) if n and not n.vague else None


def fixed(m: re.Match[str], s: Sentence) -> Figure | None:
    """Words that are a figure by themselves: 半数, 翻倍, 正午, ふたり."""
    kind, value, high, unit, blur = (*s.tables.fixed[m[0]], "", "", "", "")[:5]
    if kind == "none" or (kind == "time" and s.marked[m.end() : m.end() + 1] == MARK):
        return None  # 午夜12点 is the hour that follows
    return s.figure(m, kind, value or None, high or None, unit or None, approximate=bool(blur))  # type: ignore[arg-type]


def shared(tables: Tables, *, percent_words: str, point_words: str, lead: str, half: str, middle: str) -> dict[str, list[Rule]]:
    """The shared rules by name, with a language's words: parts of the pattern for 百分比 and the like."""
    neg = _NEGATIVE
    unit = f"(?P<u>{tables.unit})"
    lo_unit = f"(?:«lo»␣{tables.unit}?⇌)?"
    large = alternation(name for name, (code, _) in tables.units.items() if code in {big for big, _ in SMALLER})
    small = alternation(name for name, (code, _) in tables.units.items() if code in {"night", *(little for _, little in SMALLER)})
    cur, scale = f"(?P<cur>{tables.name})", "(?:␣(?P<scale>million|billion|trillion|bn|tn|mn|[kKmMbBt])(?![A-Za-z]))?"
    kilo = "(?:␣(?P<scale>[kKM](?![A-Za-z])))?"
    end = r"(?![A-Za-z])"
    return {
        "iso": [(rx(r"«y»[-/]«m»[-/]«d»"), iso), (rx(r"(?<![-/◇])«m»/«d»/«y»(?![-/◇])"), iso)],
        "parts": [
            (rx(neg + "(?:«whole»(?:又|と|また))?«of»分(?:之|の)(?:«lo»⇌(?:◇分之)?)?«a»" + kilo + "(?!␣分␣◇␣秒)"), parts),
            (rx(_NEGATIVE_PLAIN + "(?:«c»␣[×xX]␣)?«a»(?:的|の)(?P<down>负|マイナス|[-−])?«b»(?:次方|次幂|乗)"), raised),
            (rx(f"(?<![/-])(?:«whole» )?«a»␣/␣«b»(?!/)(?:␣{unit}(?![A-Za-z]))?"), slashed),
        ],
        "points": [
            (rx("(?P<fig>(?:«lo»␣(?:" + percent_words + ")?⇌)?«a»" + kilo + "␣(?:" + percent_words + "))" + lead), points),
            (rx("(?:«lo»␣(?:" + point_words + ")?⇌)?«a»" + kilo + "␣(?:" + point_words + ")"), points),
        ],
        "percent": [(rx(neg + "(?:«lo»␣(?:" + percent_words + ")?⇌)?«a»" + kilo + "␣(?:" + percent_words + ")"), percent)],
        "money": [
            (rx(f"«a»␣{cur}␣(?:零|又|と|、)?␣«b»␣(?P<coin>{tables.name})"), coins),
            (rx(neg + f"(?P<sign>{tables.prefix})␣(?:«lo»⇌(?:{tables.prefix})?)?«a»" + scale + f"(?:␣{cur})?"), money_before),
            (rx(neg + f"(?:«lo»␣(?:{tables.name})?⇌)?«a»␣{cur}{end}"), money_after),
        ],
        "measure": [
            (rx(neg + lo_unit + f"«a»␣(?P<mid>{middle})␣{unit}"), measure),
            (rx(neg + lo_unit + f"«a»␣{unit}(?P<half>{half})"), measure),
            (rx(neg + f"«a»␣(?P<u>{large})␣(?:零|と)?␣«b»(?P<v>{small})"), measure),
            (rx(neg + lo_unit + f"«a»␣{unit}"), measure),
            (rx(f"(?<![上下前后後大过過])半个?{unit}"), half_unit),
        ],
        "multiple": [(rx("(?:«lo»倍?⇌)?«a»␣倍(?P<half>半)?"), multiple)],
        "score": [(rx("(?<!◇)«a»␣(?:比|対|对|:)␣«b»(?![:◇])"), score), (rx("(?<![-◇])«a»[-–—－―]«b»(?![-◇])"), falling)],
        "listed": [
            (rx(neg + f"(?<![、{MARK}])«lo»(?P<list>、)«a»␣(?!年生|年级|月|日|号){unit}"), measure),
            (rx("(?<![、" + MARK + "])«lo»、«a»(?=␣(?!月|日|号|時|点)" + tables.counter + ")"), listed),
        ],
        "range": [(rx(f"«lo»(?:{tables.counter})?⇌«a»"), number_range)],
        "number": [(rx(_NEGATIVE_PLAIN + "«a»(?:␣(?P<scale>[mbtr]+illion|bn|tn|mn|[km])(?![A-Za-z]))?(?![A-Za-z])"), number)],
    }  # fmt: skip


__all__ = ["CONNECT", "Rule", "fixed", "half_unit", "measure", "multiple", "number", "number_half", "ordinal", "percent", "plain", "shared"]
