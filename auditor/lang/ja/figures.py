"""Japanese figures: what is read is in `cjk`, `cjk_rules` and `dates`; here is what only Japanese does.

- shares by tenths: 3割2分5厘 (32.5 %), 2割引 (20 % off), 半額; 倍増 (twice); 3倍
- 百五 is 105; 二・五倍 and 6・5割 are decimals, 1・2号機 a list; 兆 is 10^12
- キロ is kilometres unless weight is spoken of; 度 is times unless temperature or angles are; ポンド is money unless weight is spoken of
- 20代 is an age group (20 to 29); 3番目, 3位, 2回目 are ordinals; ひとつ, ふたり count
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from auditor.lang.cjk import Grammar, Rule, prepared, read
from auditor.lang.cjk_numerals import NumeralRules
from auditor.lang.cjk_rules import shared
from auditor.lang.cjk_tables import Tables, load, long_words
from auditor.lang.cjk_words import hidden, names_number
from auditor.lang.ja.dates import PARTS, RULES
from auditor.lang.ja.lexicon import entries
from auditor.lang.ja.quantities import amounts, counts, shares
from auditor.model import Figure, Word

_PACKAGE = "auditor.lang.ja"
_FREE = re.compile(
    "(?:第|約|計|各|全|同|前|後|数|翌|毎|満|延べ|最大|最高|最低|最多|合計|総額|総勢|わずか|昭和|平成|令和|大正|明治|年|月|日|時|分|円|の|と|に|は|が|も|を|で|"
    "[A-Za-z0-9%,.、・\\s])$"
)
_SURE = "分の|ダース|月(?!見|面)|世紀|世(?![紀界代間帯人論])|年代|周年|つの"
_AFTER_DOT = re.compile(
    " ?(?:倍|割|%|％|パーセント|ポイント|億|万|兆|千|メートル|キロ|センチ|ミリ|トン|度|秒|時間|ドル|円|ユーロ|グラム|個|歳)"
)


_PERCENT = "%|％|パーセント|㌫|㌵|プロ(?![A-Za-zァ-ヴー])"
# A lead of 5% is a lead of five points.
_LEAD = "(?=(?:以上|近く|ほど|余り)?の(?:差(?![別額異])|大差|リード))"
_POINTS = "パーセントポイント|%ポイント|ポイント(?!カード)|㌽"


def _rules(tables: Tables) -> tuple[Rule, ...]:
    """Every rule in the order in which they take their places."""
    base = shared(tables, percent_words=_PERCENT, point_words=_POINTS, lead=_LEAD, half="半", middle="か月半|箇半")
    first = [*base["iso"], *base["parts"], *base["points"], *base["percent"], *shares(tables), *base["listed"]]
    late = [rule for name in ("money", "measure", "multiple", "score", "range", "number") for rule in base[name]]
    return (*first, *RULES, *amounts(), *counts(tables), *late)


@lru_cache(maxsize=4096)
def _is_word(word: str, value: int) -> bool:
    """A word of the dictionary whose English names no number: 一緒, 統一."""
    return not names_number(word, value, [sense.english for entry in entries(word) for sense in entry.senses])


@cache
def grammar() -> Grammar:
    """Built at first use: CLDR's names and the tables."""
    tables = load(_PACKAGE, ("ja",))
    loose = re.compile(
        f"(?:{tables.counter}|{tables.unit}|{tables.name}|分[のけ]|[年月日時分秒週歳割倍目代半間前後以上下位つ人・]|世紀|年代|曜日|ポイント|ポンド|パーセント)"
    )
    numerals = NumeralRules(last_unit=False, point="・", after_dot=_AFTER_DOT, scales="万萬億憶兆京")
    sure = re.compile(f"{_SURE}|{long_words(tables)}")
    unit = re.compile(f"{tables.unit}|{tables.name}")
    return Grammar(numerals, tables, prepared(_rules(tables)), _FREE, loose, unit, sure, _is_word, hidden(tables, "c^"), tuple(PARTS))


# A text that is nothing but 12、345: a Japanese comma between groups of digits. In a sentence it lists numbers.
_GROUPED = re.compile(r"\s*([1-9][0-9]{0,2}(?:、[0-9]{3})+)\s*")


def read_figures(text: str, words: tuple[Word, ...]) -> tuple[Figure, ...]:
    """Every figure of a folded text, in order; spans into it."""
    if m := _GROUPED.fullmatch(text):
        return (Figure(m.start(1), m.end(1), m[1], "number", m[1].replace("、", "")),)
    return tuple(f for f in read(text, words, grammar()) if not _part_of_some(text, f))


_SOME_OF = re.compile("の(?:[数何幾]|[0-9一])")
_MANY = 100


def _part_of_some(text: str, figure: Figure) -> bool:
    """Is it no minutes but the parts of a share without a value (1000分の数ミリ, 数千分の1)?"""
    many = figure.value is None or not figure.value.isdecimal() or int(figure.value) >= _MANY
    return figure.unit == "minute" and many and figure.text.endswith("分") and bool(_SOME_OF.match(text, figure.end))
