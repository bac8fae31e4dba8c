"""Japanese figures: what is read is in `cjk`, `cjk_rules` and `dates`; here is what only Japanese does.

- shares by tenths: 3割2分5厘 (32.5 %), 2割引 (20 % off), 半額; 倍増 (twice); 3倍
- 百五 is 105; 二・五倍 and 6・5割 are decimals, 1・2号機 a list; 兆 is 10^12
- キロ is kilometres unless weight is spoken of; 度 is times unless temperature or angles are; ポンド is money unless weight is spoken of
- 20代 is an age group (20 to 29); 3番目, 3位, 2回目 are ordinals; ひとつ, ふたり count
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache

from auditor.lang.cjk import MARK, Grammar, Rule, Sentence, hidden, names_number, read, rx, signed, span_of
from auditor.lang.cjk_numerals import NumeralRules
from auditor.lang.cjk_rules import fixed, grouped, one_in, ordinal, shared
from auditor.lang.cjk_tables import Tables, alternation, load, long_words
from auditor.lang.ja.dates import RULES
from auditor.lang.ja.lexicon import entries
from auditor.model import Figure, Word

_PACKAGE = "auditor.lang.ja"
_FREE = re.compile(
    "(?:第|約|計|各|全|同|前|後|数|翌|毎|満|延べ|最大|最高|最低|最多|合計|総額|総勢|わずか|昭和|平成|令和|大正|明治|年|月|日|時|分|円|の|と|に|は|が|も|を|で|"
    "[A-Za-z0-9%,.、・\\s])$"
)
_SURE = ("分の|月(?!見|面)|世紀|年代|周年|つの")
_WEIGHT = re.compile("体重|重さ|重量|減量|キログラム|グラム|覚醒剤|麻薬|コカイン|大麻|コメ|荷物|体格|計量|階級|減らし|太っ|痩せ|やせ|増量|赤ちゃん|出生時|身長|重い|体脂肪|密輸|押収|金塊|爆薬|火薬|肉")
_HEAVY = re.compile("体重|重さ|重量|減量|キログラム|グラム|オンス|太っ|痩せ|やせ|増量|重い|ポンド級")
_WARM = re.compile("気温|温度|摂氏|セ氏|華氏|体温|最高|最低|氷点下|マイナス|平年|暑|寒|水温|℃|熱|北緯|南緯|東経|西経|角度|傾|緯度")
_AFTER_DOT = re.compile(" ?(?:倍|割|%|％|パーセント|ポイント|億|万|兆|千|メートル|キロ|センチ|ミリ|トン|度|秒|時間|ドル|円|ユーロ|グラム|個|歳)")


def _tenths(m: re.Match[str], s: Sentence) -> Figure | None:
    """3割2分5厘, 三割, 2割引, 3～4割."""
    wari, bu, rin = (s.numeral(m, g) for g in "abc")
    if wari is None:
        return None
    more = sum((Fraction(n.low) * f for n, f in ((bu, Fraction(1)), (rin, Fraction(1, 10))) if n), Fraction(0))
    low, high = span_of(s.numeral(m, "lo"), wari, Fraction(10))
    return s.figure(m, "percent", None if low is None else low + more, high, numeral=wari)


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
    said = m["scale"] or ""
    warm = _WARM.search(s.text)
    if not said and not m["neg"] and not warm:
        return None
    unit = "fahrenheit" if said == "華氏" else "degree" if warm and ("緯" in warm[0] or "経" in warm[0] or warm[0] in ("角度", "傾")) and not said else "celsius"
    low, high = signed(m, s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, unit, numeral=n)


def _kilo(m: re.Match[str], s: Sentence) -> Figure | None:
    """50キロ is a weight when the sentence speaks of weight."""
    n = s.numeral(m, "a")
    if n is None or not _WEIGHT.search(s.text):
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, "kilogram", numeral=n)


def _pound(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "a")
    if n is None or not _HEAVY.search(s.text):
        return None
    low, high = span_of(s.numeral(m, "lo"), n)
    return s.figure(m, "measure", low, high, "pound", numeral=n)


def _height(m: re.Match[str], s: Sentence) -> Figure | None:
    """1メートル85."""
    n, small = s.numeral(m, "a"), s.numeral(m, "b")
    if n is None or small is None or small.low >= 100 or len(small.text) != 2:
        return None
    return s.figure(m, "measure", Fraction(n.low) + Fraction(small.low) / 100, unit="meter")


def _plain(m: re.Match[str], s: Sentence) -> Figure | None:
    n = s.numeral(m, "a")
    return s.figure(m, "number", Fraction(n.low), numeral=n, group="a") if n else None


def _rules(tables: Tables) -> tuple[Rule, ...]:
    base = shared(tables, percent_words="%|％|パーセント|㌫|㌵|プロ(?![A-Za-zァ-ヴー])", point_words="パーセントポイント|%ポイント|ポイント(?!カード)|㌽", half="半", middle="か月半|箇半")
    neg = "(?P<neg>マイナス|氷点下|零下|-|−)?␣"
    counters = tables.counter
    own: list[Rule] = [
        (rx("(?:«lo»割?⇌)?«a»␣割(?:␣«b»分(?:␣«c»厘)?)?(?:引き|引|増し)?(?![りっ])"), _tenths),
        (rx("(?P<per>時速|秒速|分速|毎時|毎秒|毎分)␣(?:約|およそ|最大|最高)?(?P<fig>(?:«lo»{u}?⇌)?«a»␣(?P<u>{u}))", u=tables.unit), _speed),
        (rx("(?:震度|マグニチュード|M)␣(?P<fig>«a»)(?:[・.]«b»)?"), _plain),
        (rx(neg + "(?P<scale>摂氏|セ氏|華氏)␣" + neg.replace("neg", "negg") + "(?:«lo»度?⇌)?«a»␣度"), _degree),
        (rx(neg + "(?P<scale>c^)?(?:«lo»度?⇌)?«a»␣度(?![目も])"), _degree),
        (rx("(?:«lo»(?:キロ)?⇌)?«a»␣キロ(?![ァ-ヴー平])"), _kilo),
        (rx("(?:«lo»(?:ポンド)?⇌)?«a»␣ポンド"), _pound),
        (rx("(?:«lo»⇌)?«a»代(?=の|男|女|後半|前半|半ば|で|と|に|、|。|も|は|が|以上|以下|まで|～|・|$|\\))(?!目)"), _age),
        (rx("(?P<fig>第␣(?:«lo»⇌)?«a»)"), ordinal),
        (rx("(?:No\\.|NO\\.|no\\.|№|No|ナンバー)␣«a»"), ordinal),
        (rx("(?P<fig>«a»)(?:" + counters + "|年|日|週|週間|カ月|か月|分|秒|時間)?目(?![指立標的線])"), ordinal),
        (rx("(?P<fig>«a»)(?:周年|周忌|回忌|番(?!組|街)|位(?!置)|等賞|等(?!身|分|し)|代目|作目|丁目|番手|号(?!機|車|室|泣|棟|線))"), ordinal),
        (rx("(?P<fig>«a»)(?:年生|分け)"), _plain),
        (rx("«a»メートル«b»(?![" + MARK + "%個人])"), _height),
        (rx("«a»␣(?P<group>ダース)"), grouped),
        (rx("(?P<a>c^)?半(?P<group>ダース)"), grouped),
        (rx("«of»(?P<who>人|社|世帯|件|校|個|回|台|家庭|名)␣?(?:に|のうち|中)␣?«a»(?P=who)"), one_in),
        (rx("(?<!" + MARK + ")" + alternation(tables.fixed)), fixed),
    ]  # fmt: skip
    shares = [r for name in ("iso", "parts", "points", "percent") for r in base[name]]
    rest = [r for name in ("money", "measure", "multiple", "score", "range", "number") for r in base[name]]
    return (*shares, *own[:3], *own[9:13], *base["listed"], *RULES, *own[3:9], *own[13:], *rest)


@lru_cache(maxsize=8192)
def _is_word(word: str, value: int) -> bool:
    """A word of the dictionary whose English names no number: 一緒, 統一."""
    return not names_number(word, value, [sense.english for entry in entries(word) for sense in entry.senses])


@cache
def grammar() -> Grammar:
    """Built at first use: CLDR's names and the tables."""
    tables = load(_PACKAGE, ("ja",))
    loose = re.compile(
        f"(?:{tables.counter}|{tables.unit}|{tables.name}|分[のけ]|[年月日時分秒週歳割倍目代半間前後以上下位]|世紀|年代|曜日|ポイント|ポンド|パーセント|つ|人|・)"
    )
    return Grammar(NumeralRules(last_unit=False, point="・", after_dot=_AFTER_DOT, scales="万萬億憶兆京"), tables, _rules(tables), _FREE, loose, re.compile(_SURE + "|" + long_words(tables)), _is_word, hidden(tables, "c^"))


def read_figures(text: str, words: tuple[Word, ...]) -> tuple[Figure, ...]:
    """Every figure of a folded text, in order; spans into it."""
    return read(text, words, grammar())
