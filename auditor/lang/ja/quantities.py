"""What only Japanese does with shares, speeds, degrees, weights, age groups and ordinals, as rules over marked text (see `cjk`)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from auditor.lang.cjk import Rule, Sentence, rx, signed, span_of
from auditor.lang.cjk_rules import basis_points, fixed, grouped, one_in, ordinal, race
from auditor.lang.cjk_tables import Tables, alternation, context
from auditor.model import Figure, Reduction, of_price

_PACKAGE = "auditor.lang.ja"


@cache
def _speaks_of(topic: str) -> re.Pattern[str]:
    return re.compile(context(_PACKAGE, topic))


def _tenths(m: re.Match[str], s: Sentence) -> Figure | None:
    """3割2分5厘, 三割, 2割引, 3～4割."""
    wari, bu, rin = (s.numeral(m, g) for g in "abc")
    if wari is None:
        return None
    more = sum((Fraction(n.low) * f for n, f in ((bu, Fraction(1)), (rin, Fraction(1, 10))) if n), Fraction(5 if m["half"] else 0))
    low, high = span_of(s.numeral(m, "lo"), wari, Fraction(10))
    figure = s.figure(m, "percent", None if low is None else low + more, high, numeral=wari)
    return of_price(Reduction, figure) if m["off"] else figure


def _age(m: re.Match[str], s: Sentence) -> Figure | None:
    """20代, 30～40代, 20代前半."""
    n, lo = s.numeral(m, "a"), s.numeral(m, "lo")
    if n is None or n.low % 10 or not 10 <= n.low <= 90:
        return None
    first = lo.low if lo else n.low
    return s.figure(m, "duration", Fraction(first), Fraction(n.high or n.low) + 9, "year", approximate=True)


def _speed(m: re.Match[str], s: Sentence) -> Figure | None:
    """時速300キロ, 秒速5メートル, 毎時60マイル."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    unit, factor = s.tables.units[m["u"]]
    low, high = span_of(s.numeral(m, "lo"), n, factor)
    per = "second" if "秒" in m["per"] else "minute" if "分" in m["per"] else "hour"
    return s.figure(m, "measure", low, high, f"{unit}-per-{per}", numeral=n)


def _degree(m: re.Match[str], s: Sentence) -> Figure | None:
    """30度 when warmth or angles are spoken of; 2度 alone is twice: a number."""
    n = s.numeral(m, "a")
    if n is None:
        return None
    said = m.groupdict().get("scale") or ""
    warm, angle = _speaks_of("warmth").search(s.text), _speaks_of("angle").search(s.text)
    if not (said or m["neg"] or warm or angle):
        return None
    unit = "fahrenheit" if said == "華氏" else "degree" if angle and not said and not m["neg"] else "celsius"
    low, high = signed(m, s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, unit, numeral=n)


def _kilo(m: re.Match[str], s: Sentence) -> Figure | None:
    """50キロ is a weight when the sentence speaks of weight."""
    n = s.numeral(m, "a")
    if n is None or not _speaks_of("weight").search(s.text):
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, "kilogram", numeral=n)


def _pound(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "a")
    if n is None or not _speaks_of("pound").search(s.text):
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, "pound", numeral=n)


def _yuan(m: re.Match[str], s: Sentence) -> Figure | None:
    """5人民元と3角."""
    yuan, jiao, fen = (s.numeral(m, g) for g in "abc")
    if yuan is None or jiao is None or yuan.vague or not 0 < jiao.low < 10:
        return None
    value = Fraction(yuan.low) + Fraction(jiao.low) / 10 + (Fraction(fen.low) / 100 if fen else 0)
    return s.figure(m, "money", value, unit="CNY")


def _height(m: re.Match[str], s: Sentence) -> Figure | None:
    """1メートル85."""
    n, small = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or small is None or small.low >= 100 or len(small.text) != 2:
        return None
    return s.figure(m, "measure", Fraction(n.low) + Fraction(small.low) / 100, unit="meter")


def _marks(m: re.Match[str], s: Sentence) -> Figure | None:
    """215点58: the marks of a skater or a gymnast, 215.58."""
    n, part = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or part is None or not (n.arabic and part.arabic) or len(part.text) < 2 or not part.text.isdecimal() or n.low % 1:
        return None
    return s.figure(m, "number", Fraction(n.low) + Fraction(int(part.text), 10 ** len(part.text)))


def _mach(m: re.Match[str], s: Sentence) -> Figure | None:
    """マッハ2."""
    n = s.numeral(m, "a")
    return s.figure(m, "measure", Fraction(n.low), unit="mach", numeral=n) if n else None


def _level(m: re.Match[str], s: Sentence) -> Figure | None:
    """震度5強 is a step of its own, no more than five."""
    n = s.numeral(m, "a")
    return s.figure(m, "number", Fraction(n.low), numeral=n) if n else None


def _plain(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "a")
    return s.figure(m, "number", Fraction(n.low), numeral=n, group="a") if n else None


_NEG = "(?P<neg>マイナス|氷点下|零下|-|−)?␣"


def shares(tables: Tables) -> list[Rule]:
    """Tenths, speeds, magnitudes and what a suffix makes an ordinal: before dates, which would take 3年目 apart."""
    suffixes = "世(?![紀界代間帯人論])|周年|周忌|回忌|番(?!組|街)|位(?!置)|等賞|等(?!身|分|し)|代目|作目|丁目|番手|号(?!機|車|室|泣|棟|線)"
    return [
        (rx("(?:«lo»割?⇌)?«a»␣割(?:␣«b»分(?:␣«c»厘)?|(?P<half>半))?(?:(?P<off>引き|引)|増し)?(?![りっ])"), _tenths),
        (rx("(?P<per>時速|秒速|分速|毎時|毎秒|毎分)␣(?:約|およそ|最大|最高)?(?P<fig>(?:«lo»{u}?⇌)?«a»␣(?P<u>{u}))", u=tables.unit), _speed),
        (rx("(?:震度|マグニチュード|M)␣(?P<fig>«a»[強弱]?)"), _level),
        (rx("(?:No\\.|NO\\.|no\\.|№|No|ナンバー)␣«a»"), ordinal),
        (rx("(?P<fig>«a»)(?:" + tables.counter + "|年|日|週|週間|カ月|か月|分|秒|時間)?目(?![指立標的線])"), ordinal),
        (rx("(?P<fig>«a»)(?:" + suffixes + ")"), ordinal),
        (rx("(?P<fig>«a»)(?:年生|分け)"), _plain),
    ]


def amounts() -> list[Rule]:
    """Degrees, weights, age groups, heights, times in a race: before the shared money and measures."""
    return [
        (rx(_NEG + "(?P<scale>摂氏|セ氏|華氏)(?:温度)?␣(?:(?P<below>マイナス|氷点下|-|−)␣)?(?:«lo»度?⇌)?«a»␣[度°]"), _degree),
        (rx(_NEG + "(?:«lo»度?⇌)?«a»␣度(?![目も])"), _degree),
        (rx("«a»␣(?:人民元|元)␣と?␣«b»角(?:«c»分)?"), _yuan),
        (rx("(?:«lo»(?:キロ)?⇌)?«a»␣キロ(?![ァ-ヴー平])"), _kilo),
        (rx("(?:«lo»(?:ポンド)?⇌)?«a»␣ポンド"), _pound),
        (rx("(?:«lo»⇌)?«a»代(?=の|男|女|後半|前半|半ば|で|と|に|、|。|も|は|が|を(?!重|継|超)|以上|以下|まで|～|・|$|\\))(?!目)"), _age),
        (rx("(?:«lo»⇌)?«a»␣(?:ベーシス[・ ]?ポイント|bps?(?![A-Za-z]))"), basis_points),
        (rx("«a»点«b»(?![0-9◇点])"), _marks),
        (rx("(?P<u>マッハ)␣«a»"), _mach),
        (rx("«a»メートル«b»(?![◇%個人])"), _height),
        (rx("(?:«a»分␣)?«b»(?P<v>秒)«c»(?![0-9◇])"), race),
    ]


def counts(tables: Tables) -> list[Rule]:
    """第3, dozens, one in five, words that are a figure by themselves."""
    return [
        (rx("(?P<fig>(?:第|(?<![ぁ-んァ-ヶー])だい)␣(?:«lo»⇌)?«a»)"), ordinal),
        (rx("«a»␣(?P<group>ダース)"), grouped),
        (rx("半(?P<group>ダース)"), grouped),
        # 24人のうち8人 counts both; 5人に1人 and 10人中3人 are shares.
        (rx("«of»(?P<who>人|社|世帯|件|校|個|回|台|家庭|名)␣?(?:に|中)␣?«a»(?P=who)"), one_in),
        (rx("(?<!◇)" + alternation(tables.fixed)), fixed),
    ]
