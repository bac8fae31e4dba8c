"""Numerals as Chinese and Japanese write them, by value: spelled out, positional, formal, Arabic and mixed.

What is read (zh and ja differ only in `NumeralRules`):
- spelled out 一千二百三十四, 百五 (ja 105), 一百五 (zh 150: the last digit takes the next lower unit), 九万四 (94,000), 廿, 卅
- positional 二〇二四, 一九八〇; decimals 三点一四, 二・五, 6.5
- formal 壹佰万, 壱萬, 参拾; mixed 1亿2345万, 1億2,345万, 28 亿, 3千万, 1.9亿, 万亿 (10^12); the common typo 憶 for 億
- two neighbouring digits before a unit are a range: 二三十 (20 to 30), 七八 (7 to 8), 十七八 (17 to 18)
- blurred 550多万, 30余 (over), 十几 (11 to 19); 数十, 几百万, 上百 name no value: `low` is the unit, `vague` is set

Positions are those of the text; a numeral ends with its last digit or magnitude word, so counters and units follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_WRITTEN = ("〇零○", "一壹壱", "二贰弐两", "三叁参", "四肆", "五伍", "六陆", "七柒漆", "八捌", "九玖")
DIGITS = {c: i for i, cs in enumerate(_WRITTEN) for c in cs}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "憶": 10**8, "忆": 10**8, "兆": 10**12, "京": 10**16}
FORMAL = frozenset("壹壱贰弐叁参肆伍陆柒漆捌玖拾佰仟")
MAGNITUDES = frozenset("十百千万亿億")
SPELLED = frozenset("〇零○一二三四五六七八九十百千万亿億兆两")
VULGAR = dict(zip("½¼¾⅓⅔⅕⅖⅗⅘⅛", ["0.5", "0.25", "0.75", "0.3333", "0.6667", "0.2", "0.4", "0.6", "0.8", "0.125"], strict=True))

_D = "".join(DIGITS)
# Spelled digits in a row that still are a number.
_MOST = 40
# 两 begins a run (两三); behind another digit it is the unit (三两), but for 一两, one or two.
_DECIMALS = _D.replace("两", "")  # 一点两小时: one o'clock, two hours
_RUN = "一两|两?[" + _D.replace("两", "") + "]+|两"
# Machine output puts blanks around separators: 20 , 000 and 2 . 5. A run with several dots (192.0.2.1) is no decimal: its parts are read.
ARABIC = (
    r"[0-9]{1,3}(?:,[0-9]{3}| , [0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+ \. [0-9]+(?![0-9])"
    r"|(?<![0-9]\.)[0-9]+\.[0-9]+(?![0-9]|\.[0-9])|[0-9]+"
    r"|(?<![0-9.])\.[0-9]+"
)
_ATOM = re.compile(
    rf" ?(?P<arabic>{ARABIC})(?P<vulgar>[{''.join(VULGAR)}])?|(?P<only>[{''.join(VULGAR)}])|(?P<digits>{_RUN})|(?P<tens>[{''.join(TENS)}])"
    rf"|(?P<small> ?[{''.join(SMALL)}])|(?P<big> {{0,2}}[{''.join(BIG)}])|(?P<point>[点・])(?P<decimals>[{_DECIMALS}]+)"
    r"|(?P<dot>・)(?P<decimal>[0-9]{1,2})(?![0-9])"
    r"|(?P<more>(?:余り|あまり)(?=[万億兆])|[多余]|(?<=[十百千万])[来把](?![自到临源访说看握持手]))|(?P<vague>[几数何幾])"
)
_START = re.compile(rf"[0-9.{''.join(VULGAR)}{_D}{''.join(TENS)}{''.join(SMALL)}{''.join(BIG)}几数何幾]")
# A mega-unit, not a trillion.
_MEGA = frozenset("赫瓦字比帕焦伏升欧")
# 5千克 is 5 kilograms, 950百帕 950 hectopascals, 20百升 20 hectolitres.
KILO = {"千": tuple("克米瓦卡赫焦帕伏字比"), "百": ("帕", "升")}
# 一二三年级 counts up: three numbers, not 123.
_UPWARDS = ["一二三四五六七八九"[i:j] for j in range(9, 2, -1) for i in range(j - 2)]
_COUNTING = re.compile("|".join((*_UPWARDS, "[一二三四五六七八九]{2,3}(?=年级)")))
_FORMAL_BEFORE = re.compile("[元圆円又打]|分之")
_SCALED = re.compile(" ?[十百千万億亿]")
_MAGNITUDE = frozenset((*SMALL, *BIG))


@dataclass(frozen=True, slots=True)
class NumeralRules:
    """Where the two languages differ.

    last_unit  一百五 is 150 (zh), not 105 (ja)
    point      the word or sign of a spelled-out decimal
    after_dot  what must follow 6・5 for the dot to be a decimal point (elsewhere it lists: 1・2号機)
    """

    last_unit: bool
    point: str
    after_dot: re.Pattern[str] | None = None
    scales: str = "万萬亿億憶忆兆"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral by value. scale is its last magnitude word (10000 for 5万), for ranges such as 3～5万.

    vague    the text names a magnitude and no value (数十, 几百万)
    bare     it begins with a magnitude word (百, 万人), which is often no number
    arabic   it has Arabic digits
    digits   spelled digits in a row at its end, when that is all there is (二〇二四: 4), else 0
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    scale: int = 1
    over: bool = False
    blurred: bool = False
    vague: bool = False
    bare: bool = False
    arabic: bool = False
    digits: int = 0
    text: str = ""


class _Reading:
    """The running value of one numeral, low and high ends side by side."""

    def __init__(self) -> None:
        self.stack: list[tuple[Decimal, Decimal, int]] = []
        self.section = [Decimal(0), Decimal(0)]
        self.current: tuple[Decimal, Decimal] | None = None
        self.small = 0
        self.last = 0
        self.scale = 1
        self.over = self.blurred = self.vague = self.bare = self.arabic = False
        self.fixed = False
        self.pair = False
        self.run = 0
        self.formal = self.magnitude = False

    def take(self, low: Decimal, high: Decimal | None = None) -> None:
        self.current = (low, low if high is None else high)

    def times_small(self, unit: int) -> bool:
        if self.small and unit >= self.small:
            return False
        low, high = self.current or (Decimal(1), Decimal(1))
        if self.current is None and not self.stack and not any(self.section):
            self.bare = unit != 10
        self.section = [self.section[0] + low * unit, self.section[1] + high * unit]
        self.current, self.small, self.last = None, unit, unit
        return True

    def times_big(self, unit: int) -> bool:
        low, high = self.group()
        if not high:
            if not self.stack:
                self.bare, low, high = True, Decimal(1), Decimal(1)
            elif unit < self.stack[-1][2]:
                return False
        while (self.stack and self.stack[-1][2] < unit) or (self.stack and not high):
            below = self.stack.pop()
            low, high = low + below[0], high + below[1]
        if self.stack and self.stack[-1][2] == unit:
            return False
        self.stack.append((low * unit, high * unit, unit))
        self.section, self.current, self.small, self.last = [Decimal(0), Decimal(0)], None, 0, unit
        self.scale = unit
        return True

    def last_unit(self) -> None:
        """The last digit takes the next lower unit: 一百五."""
        low, high = self.current or (Decimal(0), Decimal(0))
        unit = Decimal(self.last) / 10
        self.current = (low * unit, high * unit)

    def group(self) -> tuple[Decimal, Decimal]:
        low, high = self.current or (Decimal(0), Decimal(0))
        return self.section[0] + low, self.section[1] + high

    def total(self) -> tuple[Decimal, Decimal]:
        low, high = self.group()
        return low + sum(s[0] for s in self.stack), high + sum(s[1] for s in self.stack)


def numerals(text: str, rules: NumeralRules) -> Iterator[Numeral]:
    """Every numeral of a text, left to right; whether a spelled-out one is part of a word is not judged here."""
    at = 0
    while found := _START.search(text, at):
        if listed := _COUNTING.match(text, found.start()):
            for i, char in enumerate(listed[0], found.start()):
                yield Numeral(i, i + 1, Decimal(DIGITS[char]), digits=1, text=char)
            at = listed.end()
            continue
        numeral = _read(text, found.start(), rules)
        if numeral is None:
            at = found.end()
        else:
            yield numeral
            at = numeral.end


def _read(text: str, start: int, rules: NumeralRules) -> Numeral | None:
    """The numeral that begins exactly here."""
    reading = _Reading()
    at = start
    while atom := _ATOM.match(text, at):
        if not _step(reading, atom, text, start, rules):
            break
        at = atom.end()
    if at == start or (reading.formal and not reading.magnitude and not _formal(text, start, at)):
        return None
    if rules.last_unit and _implicit(reading, text, at):
        reading.last_unit()
    low, high = reading.total()
    return Numeral(
        start, at, low, high if high != low else None, reading.scale, reading.over, reading.blurred, reading.vague,
        reading.bare, reading.arabic, reading.run if not reading.magnitude else 0, text[start:at],
    )  # fmt: skip


def _formal(text: str, start: int, end: int) -> bool:
    """Is a formal digit by itself a numeral? As money, as part of a fraction, or as the whole text; else it is a name (陆先生, 陆军)."""
    alone = not text[:start].strip() and not text[end:].strip()
    return alone or text[max(0, start - 2) : start] == "分之" or _FORMAL_BEFORE.match(text, end) is not None


def is_numeral(text: str, rules: NumeralRules) -> bool:
    """Is the whole text one numeral?"""
    numeral = _read(text, 0, rules) if _START.match(text) else None
    return numeral is not None and numeral.end == len(text)


def _implicit(r: _Reading, text: str, end: int) -> bool:
    """The last digit takes the unit below the last magnitude word: 一百五, 九万四, 3万5; 一百零五 and 一百五十 do not."""
    before = text[end - 2 : end - 1]
    return r.current is not None and r.last >= 100 and r.run == 1 and before in _MAGNITUDE and not r.pair and r.current[0] < 10


def _step(r: _Reading, m: re.Match[str], text: str, start: int, rules: NumeralRules) -> bool:
    """Adds one atom to the reading; False when the numeral ends before it."""
    kind = m.lastgroup
    if kind == "digits":
        return _digits(r, m, text, rules)
    if kind in ("arabic", "vulgar", "only"):
        if r.current is not None or r.fixed or (r.small and not r.arabic):
            return False
        if m[0][0] == " " and not (r.arabic and r.stack and _SCALED.match(text, m.end())):
            return False
        value = Decimal(m["arabic"].replace(",", "").replace(" ", "")) if m["arabic"] else Decimal(0)
        r.take(value + Decimal(VULGAR[m["vulgar"] or m["only"]]) if m["vulgar"] or m["only"] else value)
        r.arabic, r.run = True, len(m["arabic"] or "")
        return True
    if kind == "tens":
        if r.current is not None or r.section[1]:
            return False
        value = Decimal(TENS[m["tens"]])
        r.section, r.small, r.last, r.magnitude = [value, value], 10, 10, True
        return True
    if kind == "small":
        return _small(r, m["small"].strip(), m["small"][0] == " ", text[m.end() : m.end() + 1])
    if kind == "big":
        return _big(r, m, text, rules)
    if kind in ("decimals", "decimal"):
        return _decimals(r, m, text, rules)
    return _blur(r, m, text, start)


def _digits(r: _Reading, m: re.Match[str], text: str, rules: NumeralRules) -> bool:
    """A run of spelled digits: one digit, a neighbouring pair (a range), or a positional number."""
    run = m["digits"]
    if r.current is not None or r.fixed or len(run) > _MOST:
        return False
    values = [DIGITS[c] for c in run]
    following = text[m.end() : m.end() + 1]
    if run == "两" and following not in _MAGNITUDE and (r.stack or r.small):
        return False  # 三十两 of silver
    r.formal |= any(c in FORMAL for c in run)
    r.run = len(run)
    in_tens = bool(r.small)
    neighbours = len(run) == 2 and values[0] > 0 and values[1] == values[0] + 1 and not (in_tens and run[0] == "两")
    before_unit = len(run) == 2 and following in SMALL and (neighbours or values == [3, 5])
    if before_unit or (neighbours and (rules.last_unit or values[0] > 1) and (in_tens or not r.stack)):
        r.pair = True
    if r.pair:
        r.take(Decimal(values[0]), Decimal(values[1]))
    elif in_tens and len(run) > 1 and values[0]:
        return False
    else:
        r.take(Decimal("".join(map(str, values))))
    return True


def _small(r: _Reading, char: str, spaced: bool, following: str) -> bool:
    """十, 百, 千; not the 千 of 千克 or the 百 of 百帕 after a value."""
    alone = not r.section[1] and (r.current is None) == bool(r.stack)  # 5千瓦, 1000万千瓦
    of_unit = following in KILO.get(char, ()) and (following != "升" or r.arabic or bool(r.stack))  # 三百升 is 300 litres
    if r.fixed or (spaced and not (r.arabic and r.current is not None)) or (alone and of_unit):
        return False
    r.formal |= char in FORMAL
    r.magnitude = True
    if char in "十拾" and not r.arabic and r.current is not None and not any(r.current):
        r.current = None  # 两个月零十天: and ten
    return r.times_small(SMALL[char])


def _big(r: _Reading, m: re.Match[str], text: str, rules: NumeralRules) -> bool:
    char = m["big"].strip()
    if char not in rules.scales or (m["big"][0] == " " and not r.arabic):
        return False
    if char in "憶忆" and not (r.arabic and r.current is not None):
        return False
    if char == "兆" and text[m.end() : m.end() + 1] in _MEGA:
        return False
    r.magnitude = True
    r.fixed = False
    return r.times_big(BIG[char])


def _decimals(r: _Reading, m: re.Match[str], text: str, rules: NumeralRules) -> bool:
    """三点五, 二・五, 6・5倍; not the minutes of 三点五十分, not the list 1・2号機."""
    at_scale = r.current is None and not r.section[1]
    if r.fixed or (at_scale and not r.stack):
        return False
    sign, decimals = (m["point"], m["decimals"]) if m["decimals"] else (m["dot"], m["decimal"])
    following = text[m.end() : m.end() + 1]
    if sign not in rules.point or r.arabic != bool(m["decimal"]) or following in tuple("十百刻"):
        return False
    if decimals[0] in "零〇" and following == "分":
        return False
    if at_scale and len(decimals) < 2 and decimals not in ("零", "〇"):
        return False  # 两万点一线: the level of an index
    if rules.last_unit and _implicit(r, text, m.start()):
        r.last_unit()
    if m["decimal"] and not (rules.after_dot and rules.after_dot.match(text, m.end())):
        return False
    fraction = Decimal("0." + "".join(str(DIGITS.get(c, c)) for c in decimals))
    low, high = r.group()
    if at_scale:
        low, high = r.total()
        r.stack = []
    r.section, r.current, r.small, r.fixed = [Decimal(0), Decimal(0)], (low + fraction, high + fraction), 0, True
    r.magnitude = True
    return True


def _blur(r: _Reading, m: re.Match[str], text: str, start: int) -> bool:
    """多, 余 after a value ("over"), 几 and 数 as a digit: 十几, 几十, 数百万."""
    following = text[m.end() : m.end() + 1]
    if m["more"]:
        if m.start() == start or r.blurred or (r.current is not None and not r.arabic):
            return False
        r.over, r.blurred = m["more"][0] in "多余あ", True
        return True
    after_zero = r.current is not None and r.current[1] == 0 and r.run == 1 and r.small >= 100 and text[m.start() - 1] in "零〇"
    if r.current is not None and not after_zero:
        return False
    if m.start() == start:
        if following not in _MAGNITUDE or following == "憶":
            return False
        r.take(Decimal(1))
        r.vague = r.blurred = r.magnitude = True
        return True
    if not after_zero and (r.small < 10 or text[m.start() - 1] not in SMALL):
        return False
    r.take(Decimal(1), Decimal(9))
    r.blurred = True
    return True
