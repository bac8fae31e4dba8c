"""How figures are read from Chinese and Japanese, what the two share.

1. Pieces that hold no figure are masked: identifiers (F-16, COVID-19, 1.2.3), words that only contain a numeral (a list per language).
2. Numerals are found (`cjk_numerals`); a spelled-out one counts only when the tokenizer and the dictionary agree that it is no part
   of a word (四川, 统一, 十分): it stands alone, or what follows it in its token is a counter or a unit.
3. The text is rewritten with one sign for each numeral, and rules - patterns over that - read what the numeral is: a date, money ...
   The first rule that matches takes the place; each language lists its own before the shared ones (`cjk_rules`).
4. What stands before and after the figure bounds or blurs it (以上, 約, 不足, ほど).

Spans cover the numeral and, for anything but plain numbers and ordinals' counters, its unit. Notation: `figures_base`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auditor.lang.cjk_blanks import squeezed
from auditor.lang.cjk_bounds import bounded
from auditor.lang.cjk_joined import joined
from auditor.lang.cjk_needs import needs
from auditor.lang.cjk_numerals import BIG, KILO, SPELLED, Numeral, NumeralRules, numerals
from auditor.lang.cjk_tables import Tables
from auditor.lang.figures_base import plain
from auditor.lang.notation import dates, powers, whole_text, without_endless
from auditor.model import Bound, Figure, FigureKind, Word

MARK = "\ue000"
# Connects the two ends of a range; a full stop or a comma does not.
CONNECT = (
    "(?: [-–—~～〜] |~|～|〜|〰|-|–|—|－|‐|―|−|至|到|から|乃至|[和与](?="
    + MARK
    + "[^，。"
    + MARK
    + "]{0,6}之间)|と(?="
    + MARK
    + "[^、。"
    + MARK
    + "]{0,6}の間))"
)

Read = Callable[["re.Match[str]", "Sentence"], "Figure | Iterable[Figure] | None"]
Rule = tuple["re.Pattern[str]", Read]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's figures: its numerals, tables and rules, and which of its words may hold one.

    free        a token's part before a numeral that does not make it part of a word (第, 约, 近)
    loose       a token's part after a numeral that does not (counters, units, 年, 分之)
    unit        what is counted: units, money
    sure        what follows a numeral and makes it one whatever the dictionary says (分之, 月份)
    known       is this a word of the dictionary that names no number?
    hidden      spelled digits that are no numerals and must not be joined to one (周五一名 is Friday and one)
    parts       parts of the day that may stand before the second of two hours (下午四点到晚上八点)
    """

    numerals: NumeralRules
    tables: Tables
    rules: Sequence[tuple[tuple[str, ...], re.Pattern[str], Read]]
    free: re.Pattern[str]
    loose: re.Pattern[str]
    unit: re.Pattern[str]
    sure: re.Pattern[str]
    known: Callable[[str, int], bool]
    hidden: re.Pattern[str]
    parts: tuple[str, ...]


def rx(pattern: str, **parts: str) -> re.Pattern[str]:
    """A rule's pattern: «a» is a numeral named a, ◇ one without a name, ␣ an optional blank, {name} a part, ⇌ the connector of a range."""
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    pattern = pattern.replace("⇌", CONNECT).replace("␣", " ?").replace("◇", MARK)
    return re.compile(re.sub("«([a-z]+)»", f"(?P<\\1>{MARK})", pattern))


def prepared(rules: Sequence[Rule]) -> tuple[tuple[tuple[str, ...], re.Pattern[str], Read], ...]:
    """Each rule with the characters it needs."""
    return tuple((needs(pattern.pattern), pattern, reading) for pattern, reading in rules)


def _is_han(char: str) -> bool:
    """A Han character or kana: a blank between it and a numeral is typesetting (2017 年)."""
    return "\u3040" <= char <= "\u9fff"


class Sentence:
    """A text with its numerals replaced by marks and the blanks between them and Han characters left out, for the rules."""

    def __init__(self, text: str, found: Sequence[Numeral], tables: Tables) -> None:
        self.text, self.tables = text, tables
        self.at: dict[int, Numeral] = {}
        pieces: list[str] = []
        self.starts: list[int] = [0]
        self.shifts: list[int] = [0]
        last = length = 0
        for n in found:
            gap = text[last : n.start]
            kept = gap[:-1] if gap[-1:] == " " and _is_han(gap[-2:-1]) else gap
            pieces += [kept, MARK]
            length += len(kept)
            self.at[length] = n
            self.starts.append(length)
            self.shifts.append(n.start - length)
            length += 1
            last = n.end + (text[n.end : n.end + 1] == " " and _is_han(text[n.end + 1 : n.end + 2]))
            self.starts.append(length)
            self.shifts.append(last - length)
        pieces.append(text[last:])
        self.marked = "".join(pieces)

    def offset(self, marked: int) -> int:
        """The offset in the text of an offset in the marked text."""
        return marked + self.shifts[bisect_right(self.starts, marked) - 1]

    def end(self, marked: int) -> int:
        """The offset in the text of the end of a piece of the marked text."""
        n = self.at.get(marked - 1)
        return n.end if n else self.offset(marked - 1) + 1

    def numeral(self, m: re.Match[str], name: str) -> Numeral | None:
        """The numeral a rule's group stands for; None when the group did not take part."""
        return self.at.get(m.start(name)) if name in m.re.groupindex and m.start(name) >= 0 else None

    def figure(
        self, m: re.Match[str], kind: FigureKind, value: str | Fraction | None, high: str | Fraction | None = None, unit: str | None = None,
        *, bound: Bound = "exact", approximate: bool = False, group: str | int = 0, numeral: Numeral | None = None,
    ) -> Figure:  # fmt: skip
        """A figure over a match (or a group of it); the numeral's own blur is added."""
        group = "fig" if "fig" in m.re.groupindex and group == 0 else group
        start, end = self.offset(m.start(group)), self.end(m.end(group))
        if numeral is not None:
            approximate |= numeral.blurred
            bound = "over" if numeral.over else bound
        return Figure(start, end, self.text[start:end], kind, _text(value), _text(high), unit, bound, approximate)


def _text(value: str | Fraction | None) -> str | None:
    return plain(value) if isinstance(value, Fraction) else value


def value_of(n: Numeral, factor: Fraction = Fraction(1)) -> tuple[Fraction | None, Fraction | None]:
    """Low and high of a numeral times a factor; a vague one has none."""
    if n.vague:
        return None, None
    return Fraction(n.low) * factor, Fraction(n.high) * factor if n.high is not None else None


def signed(m: re.Match[str], low: Numeral | None, n: Numeral, factor: Fraction = Fraction(1)) -> tuple[Fraction | None, Fraction | None]:
    """`span_of` with a sign: 零下5度, -5℃至10℃ (the sign is the lower end's)."""
    neg = m["neg"] or m.groupdict().get("below")
    if not neg:
        return span_of(low, n, factor)
    if low is None:
        value, high = value_of(n, -factor)
        return (high, value) if high is not None else (value, None)
    value, first = value_of(n, factor)[0], value_of(low, -factor)[0]
    both = value is not None and first is not None and -first < value and neg not in ("-", "−")
    return (-value, first) if both and value is not None else (first, value)


def span_of(low: Numeral | None, n: Numeral, factor: Fraction = Fraction(1)) -> tuple[Fraction | None, Fraction | None]:
    """Low and high of a range of two numerals (or of one); 3～5万 is 30,000 to 50,000."""
    value, high = value_of(n, factor)
    if low is None or value is None or low.vague:
        return value, high
    first = Fraction(low.low) * factor
    if low.scale == 1 and n.scale > 1 and first * n.scale < value:
        first *= n.scale
    return (first, value) if first < value else (value, high)


# Letters stuck to digits (F-16, G20, MP3) and dotted runs (1.2.3) hold no figure; a currency code or a number sign does.
_IDENTIFIER = re.compile(r"(?<![A-Za-z])(?P<letters>[A-Za-z]+)[-‐‑]?[0-9][0-9A-Za-z]*(?:\.[0-9]+)*(?:-[0-9A-Z]+)*")
# M6.5: the magnitude of an earthquake.
_MAGNITUDE = re.compile(r"M[0-9](?:\.[0-9])?$")


def read(text: str, words: Sequence[Word], grammar: Grammar) -> tuple[Figure, ...]:
    """Every figure of a folded text, in order."""
    text = without_endless(text)
    if (alone := whole_text(text)) is not None:
        return (alone,)
    if (shorter := squeezed(text, grammar.numerals)) is not None:
        return tuple(map(shorter.back, _read(shorter.text, shorter.words(words), grammar)))
    return _read(text, words, grammar)


def _read(text: str, words: Sequence[Word], grammar: Grammar) -> tuple[Figure, ...]:
    blocked = _blocked(text, grammar)
    dotted = [*dates(text), *powers(text)]
    blocked += [(f.start, f.end) for f in dotted]
    seen = grammar.hidden.sub(lambda m: "□" * len(m[0]), text)
    kept = [n for n in numerals(seen, grammar.numerals) if _counts(n, text, words, blocked, grammar)]
    sentence = Sentence(text, kept, grammar.tables)
    found: list[Figure] = [*dotted]
    for needed, pattern, reading in grammar.rules:
        if not all(char in sentence.marked for char in needed):
            continue
        for m in pattern.finditer(sentence.marked):
            result = reading(m, sentence)
            for figure in _apart(result, m, sentence) if isinstance(result, Figure) else result or ():
                if all(figure.end <= f.start or figure.start >= f.end for f in found):
                    found.append(bounded(figure, text, grammar.tables))
    return joined(text, sorted(found, key=lambda f: f.start), grammar.parts, CONNECT)


_CONNECTOR = re.compile(CONNECT)
# What one end rose or fell by and the other is the level reached (上升0.2%至6.4%), once they lie far apart.
_CHANGE = re.compile("(?:[升降涨跌增减落]|上扬|下滑|下调|上调|回落|攀升|飙升|缩减|扩大|提高|下挫|走低|走高)了?$")


def _apart(figure: Figure, m: re.Match[str], s: Sentence) -> tuple[Figure, ...]:
    """A range as it is, or its two ends when it is none: it falls (1.3%から0.9%に), or a change and what it led to (上升0.2%至6.4%)."""
    lo, n = s.numeral(m, "lo"), s.numeral(m, "a")
    if lo is None or n is None or figure.value is None or not n.low or lo.vague or "list" in m.re.groupindex or lo.low == n.low:
        return (figure,)
    connector = _CONNECTOR.search(s.marked, m.start("lo") + 1, m.start("a"))
    if connector is None:
        return (figure,)
    high = Fraction(figure.high or figure.value)
    change = figure.kind != "multiple" and lo.low * 3 < n.low and _CHANGE.search(s.marked[: m.start()])
    if figure.high is not None and not change:
        return (figure,)
    if lo.scale == 1 and n.scale > 1 and not change:
        return (figure,)
    halved = any(g in m.re.groupindex and m[g] for g in ("half", "mid"))  # 8年から6年半
    counted = Fraction(n.low) + (Fraction(1, 2) if halved else 0)
    first = Fraction(figure.value) if figure.high is not None else high * Fraction(lo.low) / counted
    middle, start = s.end(connector.start()), s.offset(m.start("a"))
    return (
        replace(figure, end=middle, text=s.text[figure.start : middle], value=plain(first), high=None),
        replace(figure, start=start, text=s.text[start : figure.end], value=plain(high), high=None),
    )


def _blocked(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    """Spans whose numerals are no figures."""
    spans = [m.span() for m in grammar.tables.not_figures.finditer(text) if not _continues(text, m.start(), m.end())]
    if _LETTER.search(text):
        spans += [m.span() for m in _ADDRESS.finditer(text)]
        for m in _IDENTIFIER.finditer(text):
            if not _sign(m["letters"], m[0][len(m["letters"]) :], grammar.tables) and not _MAGNITUDE.match(m[0]):
                spans.append(m.span())
    return spans


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff]+")
_LETTER = re.compile("[A-Za-z]")
_NUMBER_SIGNS = frozenset(("no", "fy", "vol", "pp", "am", "pm"))


def _sign(letters: str, after: str, tables: Tables) -> bool:
    """Letters that introduce a figure: USD 20, No.5, Q3, H1."""
    quarter = letters in "QH" and len(after) == 1 and after in "1234"
    return quarter or letters in tables.prefixes or letters.lower() in _NUMBER_SIGNS


def _continues(text: str, start: int, end: int) -> bool:
    """The word is the tail or the head of a longer numeral (二十分, 十分之一, 十分钟), not itself."""
    tail = start > 0 and (text[start - 1] in SPELLED or text[start - 1].isdecimal()) and text[start] in SPELLED
    decimal = text[end - 1] == "点" and text[end : end + 1] in SPELLED and text[end : end + 1] != ""
    minutes = text[start:end] == "十分" and text[max(0, start - 2) : start] in ("小时", "钟头")
    parts = text[max(0, start - 2) : start] in ("分之", "分の")  # 百万分之一度
    counted = minutes or parts or text[start : end + 1] == "三星期"
    return tail or decimal or counted or _is_change(text, start, start + 1) or text[end : end + 1] in tuple("钟鐘之度間折")


def _is_change(text: str, start: int, end: int) -> bool:
    """The tenths of 五元三角, 九蚊二毫, which are words elsewhere."""
    return text[max(0, start - 1) : start] in _YUAN and text[end : end + 1] in ("角", "毛", "毫") and text[end + 1 : end + 2] not in _FORMS


def _counts(n: Numeral, text: str, words: Sequence[Word], blocked: list[tuple[int, int]], grammar: Grammar) -> bool:
    """Is this numeral a figure, or part of a word?"""
    nth = text[n.start - 1 : n.start] == "第" or text[n.start - 2 : n.start] in ("月初", "年初")
    alone = _alone(n, text, grammar)
    if any(start < n.end and n.start < end and not (nth and start == n.start) for start, end in blocked):
        return False
    if _is_change(text, n.start, n.end):
        return True
    if not n.arabic and not alone and grammar.tables.in_word(text, n.start, n.end):
        return False
    if n.arabic or alone or _SIGNED.search(text, max(0, n.start - 4), n.start):
        return True
    if n.bare and n.start and text[n.start - 1] in _SCALE_END and text[n.end : n.end + 1] in KILO.get(n.text, ()):
        return False  # the 千 of 1.2万千瓦时
    rest = text[n.end : n.end + 8]
    if nth or _scored(n, text) or text[: n.start].rstrip(" ")[-2:] in ("分之", "分の") or grammar.sure.match(text, n.end):
        return True
    counted = grammar.loose.match(rest)
    if n.bare and (n.text[0] in BIG or text[n.start - 1 : n.start] == "上"):
        return n.over or text[n.start - 1 : n.start] in _UP_TO
    if n.bare and len(n.text) == 1 and _PARALLEL.match(text, max(0, n.start - 2)):
        return False
    if n.digits == 1 and n.low == 0:
        return counted is not None
    if n.digits == 2 and n.high is None and not (counted or "〇" in n.text or text[n.start - 1 : n.start] in _YUAN):
        return False
    return _fits(n, text, words, counted is not None, grammar)


def _alone(n: Numeral, text: str, grammar: Grammar) -> bool:
    """Is the whole text the numeral, or the numeral and a unit (二克) that are no word of the dictionary?"""
    if text[: n.start].strip() or n.text[0] in BIG:
        return False
    rest = text[n.end :].strip()
    whole = text.strip()
    return not rest or (bool(grammar.unit.fullmatch(rest)) and not grammar.known(whole, int(n.low)))


# What hundredths stand behind: 三块零四.
_FORMS = ("形", "洲", "板", "米", "克", "升")
_YUAN = ("块", "元", "蚊")
# Minus, plus: what follows is a number.
_SIGNED = re.compile("(?:マイナス|プラス|(?<![欠肩胜抱背担辜])负) ?$")
# What a numeral ends with before 千瓦.
_SCALE_END = frozenset("0123456789一二两三四五六七八九十百千万亿億")
# 上万, 近亿, 破万: a bare scale word is a figure only behind these.
_UP_TO = tuple("上近过逾超破约達达")
# 百班千人, 千校一面: a turn of phrase.
_PARALLEL = re.compile("(?:..)?(?:[百千万].[百千万一]|[一百千万].[百千])")


def _scored(n: Numeral, text: str) -> bool:
    """An end of 一比零 or 三対二."""
    after, before = text[n.end : n.end + 2], text[max(0, n.start - 2) : n.start]
    return (after[:1] in _AGAINST and after[1:] in SPELLED) or (before[1:] in _AGAINST and before[:1] in SPELLED)


_AGAINST = ("比", "対")


def _fits(n: Numeral, text: str, words: Sequence[Word], counted: bool, grammar: Grammar) -> bool:
    """Do the tokens leave the spelled-out numeral alone?"""
    first = last = None
    for word in words:
        if word.start <= n.start < word.end:
            first = word
        if word.start < n.end <= word.end:
            last = word
            break
    if first is None or last is None:
        return counted
    before, after = text[first.start : n.start], text[n.end : last.end]
    long = len(n.text) >= 3 and n.digits == 0
    if before and not (long or first.pos == "num" or grammar.free.search(before)):
        return False
    token = text[first.start : last.end]
    if after and not (_loose(after, grammar) or (long and not grammar.known(token, int(n.low)))):
        return False
    whole = first is last and len(n.text) == 1 and len(token) > 1
    if whole and ((first.pos == "name" and after != "大") or grammar.known(token, int(n.low))):
        return False
    if len(n.text) == 1 and (n.text in "一百千两" or (n.digits == 1 and last.pos != "num")):
        return counted
    return n.digits < 2 or n.digits > 3 or counted or first.pos == "num"


def _loose(after: str, grammar: Grammar) -> bool:
    """Does a token's tail consist of counters and units only?"""
    while after:
        after = after.lstrip("〇零一二三四五六七八九十百千万亿億兆两")
        if not after:
            return True
        m = grammar.loose.match(after)
        if m is None or not m.end():
            return False
        after = after[m.end() :]
    return True
