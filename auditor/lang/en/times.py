"""English times of day and stopwatch times.

"Half past three", "4.40 am", "0800 GMT", "seven thirty pm", noon, noonish are times, "4.40" is not. A time that does not say which
half of the day it means (4:40, five o'clock) is approximate; "in the afternoon" before or behind it says so. The first of two hours
takes the half of the second (5 to 6 pm). 10:16.35 is a span of time, in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import plain
from auditor.model import Figure


def _time(text: str, start: int, end: int, value: str, approximate: bool = False) -> Figure:
    return Figure(start, end, text[start:end], kind="time", value=value, approximate=approximate)


_CLOCK = re.compile(
    r"(?<![\d.:,$£€])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?)?\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)(?!\w)"
    r"|(?:(?<![\d.:,$£€])(?P<hl>1[0-2]|0?[1-9]):(?P<ml>[0-5]\d)|(?:(?<=\bat )|(?<=\bfrom )|(?<=\d[ap] to ))"
    r"(?P<ha>1[0-2]|[1-9]))\s?(?P<halfl>[ap])\b(?!\.?\w)"
    r"|(?<![\d.:,$£€])(?:(?<!-)|(?<=:\d\d-)|(?<=\bbetween \d-))"
    r"(?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)(?::(?P<s24>[0-5]\d))?(?![\d:%]|\.\d)"
    r"|(?<![\d.:,$£€-])(?P<hc>1[0-2]|0?[1-9])(?P<mc>[0-5]\d)\s*(?P<halfc>a\.?\s?m\b\.?|p\.?\s?m\b\.?)(?!\w)"
    r"|(?<![\d.:,$£€-])(?P<he>1[0-2]|[1-9])(?P<me>[0-5]\d)(?=\s+in the (?P<halfe>morning|afternoon|evening)\b)"
    r"|(?<=\bat )(?P<hz>[01]?\d|2[0-4])(?=\s(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|JST)\b)"
    r"|(?<![\d.:,$£€])(?P<hm>[01]\d|2[0-3])(?P<mm>[0-5]\d)\s*(?:hours|hrs|GMT|UTC|BST|CET|h\b)"
    r"|(?<![\d.:,$£€])(?P<hd>[01]?\d|2[0-4])\.(?P<md>[0-5]\d)\s*(?=GMT|UTC|BST|CET|EST)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:12\s+|twelve\s+)?(?P<name>noon|mid[ -]?day|mid[ -]?night)(?P<ish>-?ish)?\b", re.IGNORECASE)


def _named(name: str) -> str:
    return "00:00" if name.lower().endswith("night") else "12:00"


def _clock(text: str, found: re.Match[str]) -> Figure | None:
    """A time in digits, with the half of the day that stands in it, before it or behind it."""
    hour = int(next(found[g] for g in ("h", "h24", "hc", "he", "hl", "ha", "hz", "hm", "hd") if found[g]))
    minute = int(next((found[g] for g in ("m", "m24", "mc", "me", "ml", "mm", "md") if found[g]), 0))
    second = f":{seconds}" if (seconds := found["s"] or found["s24"]) else ""
    half = found["half"] or found["halfc"] or found["halfl"] or {"m": "a", "a": "p", "e": "p"}.get((found["halfe"] or " ")[0].lower())
    end = found.end()
    either = bool(found["h24"]) and 1 <= hour <= 12 and not found["h24"].startswith("0")
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    elif either and (later := _HALF_DAY.match(text, end)):
        hour, end, either = _of_day(hour, later), later.end(), False
    elif either and (before := _DAY_BEFORE.search(text[: found.start()])):
        hour, either = _of_day(hour, before), False
    return _time(text, found.start(), end, f"{hour % 24:02d}:{minute:02d}{second}", approximate=either)


_STOPWATCH = re.compile(r"(?<![\d.:,])(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>[0-5]\d\.\d{1,3})(?!\d)")


# The clock of a match or a race, behind what leads to a time and past the hours of a day: on 27:37, in 45:10.
_GAME_CLOCK = re.compile(r"(?<=\b(?:on|at|in|of) )(?P<m>2[5-9]|[3-9]\d):(?P<s>[0-5]\d)(?!\d|[:.]\d)")


def read_race_times(text: str) -> Iterator[Figure]:
    """A stopwatch's 10:16.35 or 2:01:39.5: a duration in seconds."""
    for found in _GAME_CLOCK.finditer(text):
        yield Figure(found.start(), found.end(), found[0], "duration", str(60 * int(found["m"]) + int(found["s"])), unit="second")
    for found in _STOPWATCH.finditer(text):
        seconds = 3600 * int(found["h"] or 0) + 60 * int(found["m"]) + Decimal(found["s"])
        yield Figure(found.start(), found.end(), found[0], kind="duration", value=plain(seconds), unit="second")


# 7h01, as French clocks have it; 10 H 10 pm. What it took is a span of time.
_LETTER_H = re.compile(
    r"(?<![\w.,])(?<!\bin )(?<!\bof )(?<!\btook )(?<!\btake )(?<!\blasted )(?P<h>[01]?\d|2[0-3])(?:h(?P<m>[0-5]\d)(?!\d|\s?m)"
    r"|\s[hH]\s(?P<m2>[0-5]\d)\s(?P<half>[ap])\.?m\b\.?)",
    re.IGNORECASE,
)


def _letter_h(text: str) -> Iterator[Figure]:
    """At 7h01, 10 H 10 pm."""
    for found in _LETTER_H.finditer(text):
        hour = int(found["h"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] in "pP" else 0)
        value = f"{hour:02d}:{found['m'] or found['m2']}"
        yield _time(text, found.start(), found.end(), value, approximate=not found["half"] and hour < 13)


def read_times(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """4.40 am, 7:55 p.m., 16:00, 0800 GMT, noon, five o'clock, half past three, quarter to five."""
    for found in _CLOCK.finditer(text):
        figure = _clock(text, found)
        if figure is not None:
            yield figure
    for found in _NAMED.finditer(text):
        yield _time(text, found.start(), found.end(), _named(found["name"]), approximate=bool(found["ish"]))
    for found in _TO_NAMED.finditer(text):
        minutes = 60 * int(_named(found["name"])[:2]) + _minutes(found) * (1 if found["side"].lower() in ("past", "after") else -1)
        yield _time(text, found.start(), found.end(), f"{minutes // 60 % 24:02d}:{minutes % 60:02d}")
    yield from _letter_h(text)
    yield from _spelled(text, numerals)
    for n in numerals:
        yield from _told(text, n)
        # "Ten thirty am" reads as the year 1030 as well.
        if n.year and n.words and n.value is not None and n.value % 100 < 60:
            yield from _year_as_time(text, n, *divmod(int(n.value), 100))


def _year_as_time(text: str, n: Numeral, hour: int, minute: int) -> Iterator[Figure]:
    """Ten thirty am, fifteen thirty p m; at ten forty-five, when nothing follows."""
    half = _HALF_DAY.match(text, n.end)
    if half and (hour <= 12 or (hour < 24 and (half["half"] or " ")[0] in "pP")):
        yield _time(text, n.start, half.end(), f"{_of_day(hour, half):02d}:{minute:02d}")
    elif not half and hour <= 12 and n.start and _AT_CLOCK.search(text[: n.start]) and _ENDS.match(text, n.end):
        yield _time(text, n.start, n.end, f"{hour:02d}:{minute:02d}", approximate=True)


_AT_CLOCK = re.compile(r"\b(?:at|for)\s+$", re.IGNORECASE)
_UP_TO_19 = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_WORD_MINUTES = (*_UP_TO_19, "twenty", *(f"twenty-{word}" for word in _UP_TO_19[:9]), "thirty")
_AMOUNT = (
    r"(?:(?P<half>half)|(?P<quarters>three\s+quarters)|(?:a\s+)?(?P<quarter>quarter)"
    r"|(?P<n>" + "|".join(sorted(_WORD_MINUTES, key=len, reverse=True)) + r"|(?<![\d.,:])\d\d?)(?P<unit>\s+min(?:ute)?s?\b)?)"
)
_PAST = re.compile(rf"\b{_AMOUNT}\s+(?P<side>past|to|after|before)\s+$", re.IGNORECASE)
_TO_NAMED = re.compile(rf"\b{_AMOUNT}\s+(?P<side>past|to|after|before)\s+(?P<name>noon|midday|midnight)\b", re.IGNORECASE)
_CLOCK_WORD = re.compile(r"\s*(?:o['’]?clock)\b", re.IGNORECASE)
_OF_DAY = r"(?:in (?:the )?|at )(?P<day>morning|afternoon|evening|night)\b"
# At 5 tomorrow afternoon, at 8 on Monday morning, at nine last night.
_DAY_SAID = r"(?:tomorrow|yesterday|last|next|(?P<weekday>(?:on )?(?:next |last |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
_HALF_DAY = re.compile(
    r"(?:-?ish\b)?(?:(?:\s+in\s+the)?\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)(?!\w)"
    rf"|\s+(?:{_OF_DAY}|(?P<this>tonight|this (?:morning|afternoon|evening)|{_DAY_SAID} (?:morning|afternoon|evening|night))\b))",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(
    r"\b(?:(?:in the\s+)?(?P<day>morning|afternoon|evening|night)(?:\s+(?P<at>at))?"
    r"|(?P<this>tonight|this (?:morning|afternoon|evening))\s+(?P<about>at|around|about|by|from|after|before|until))\s+$",
    re.IGNORECASE,
)
# Half past seven afternoon, one o'clock lunchtime, 12 lunchtime; go back at 10, tonight.
_BARE_DAY = re.compile(r"\s+(?P<day>morning|afternoon|evening|night|lunch ?time)\b", re.IGNORECASE)
_AT_LUNCH = re.compile(r"\s+(?P<day>lunch ?time)(?=\s*(?:[.,;:!?)]|$))", re.IGNORECASE)
_LATER_SAID = re.compile(r",\s+(?P<this>tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
# Where a bare number is an hour: be back at 7, on Monday at seven; 7, this morning.
_HOUR_DUE = re.compile(
    r"\b(?:(?:be|get|come|go|went|came|got)\s+(?:back|home)|meet|leave|arrive|wake up|get up"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|yesterday"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s?\d{1,2}(?:st|nd|rd|th)?)\s+at\s+$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:at|by|back)\s+$", re.IGNORECASE)
_THEN_MINUTES = re.compile(r"[\s-](?P<m>ten|fifteen|twenty|thirty|forty|forty[ -]five|fifty)(?=\s*(?:[.,;:!?)]|$))", re.IGNORECASE)
_BASE = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty five": 45, "forty-five": 45, "fifty": 50}
_AT = re.compile(r"(?:^|\b(?:at|by|for|until|till|from|before|after|around|about)\s+)$", re.IGNORECASE)
_ISH = re.compile(r"-?ish\b", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:!?)]|$)")


def _minutes(past: re.Match[str]) -> int:
    """How many minutes an amount names: half (30), a quarter, twenty-five."""
    if past["half"]:
        return 30
    if past["quarters"] or past["quarter"]:
        return 45 if past["quarters"] else 15
    word = past["n"].lower()
    return int(word) if word.isdecimal() else _WORD_MINUTES.index(word) + 1


def _told(text: str, n: Numeral) -> Iterator[Figure]:
    """five o'clock, half past three, ten to five o'clock, six in the evening, five pm, at eight tonight, 11-ish."""
    if n.value is None or n.value.denominator != 1 or not 1 <= n.value <= 12 or text[max(0, n.start - 1) : n.start] in (":", "."):
        return
    hour, start, end, minute = int(n.value), n.start, n.end, 0
    clock, past, ish = _CLOCK_WORD.match(text, end), _PAST.search(text[:start]), _ISH.match(text, end)
    end = clock.end() if clock else end
    half = _HALF_DAY.match(text, end)
    if past and past["n"] and not past["unit"] and not clock and past["side"].lower() in ("to", "before") and _minutes(past) <= 12:
        past = None  # 5 to 6 pm is an hour
    if past and not (clock or half or past["half"] or past["quarter"] or past["unit"] or past["side"].lower() == "past"):
        past = None
    before = _DAY_BEFORE.search(text[:start]) if not half else None
    at = before is not None and (before["at"] or before["about"]) and _ENDS.match(text, end)
    if not half:
        later = _LATER_SAID.match(text, end) if _BACK.search(text[:start]) else None
        half = later or (_BARE_DAY.match(text, end) if clock or past else _AT_LUNCH.match(text, end))
    spoken = half and half.groupdict().get("half") and (n.words or clock or ish or "in" in half[0])
    sure = half and (spoken or half.groupdict().get("day") or (half["this"] and (_AT.search(text[:start]) or half[0][0] == ",")))
    due = _HOUR_DUE.search(text[:start]) and _ENDS.match(text, end)
    if not (past or clock or sure or at or due or (ish and not half)):
        return
    on_the_hour = _THEN_MINUTES.match(text, end) if past and past["unit"] else None
    if past:
        minutes = _minutes(past)
        hour, minute = (hour, minutes) if past["side"].lower() in ("past", "after") else (hour - 1, 60 - minutes)
        start = past.start()
    if past and on_the_hour:  # three minutes to five thirty
        hour, minute = divmod(60 * hour + minute + _BASE[on_the_hour["m"].lower()], 60)
        end = on_the_hour.end()
    if said := half if half and (sure or past or clock) else before if before and (at or clock or past) else None:
        hour = _of_day(hour, said)
        end = end if said.groupdict().get("weekday") else max(end, said.end())  # the weekday is a figure of its own
    elif ish:
        end = ish.end()
    yield _time(text, start, end, f"{hour % 24:02d}:{minute % 60:02d}", approximate=not said or bool(ish))


def _spelled(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """seven thirty pm, nine fifty-nine in the morning, at three twenty: an hour and its minutes in words."""
    for n, m in pairwise(numerals):
        if not (n.words and m.words and n.value and m.value and text[n.end : m.start] in (" ", "-") and n.kind == m.kind == "number"):
            continue
        if n.value not in range(1, 13) or m.value not in range(5, 60):
            continue
        half = _HALF_DAY.match(text, m.end)
        if half or (_AT.search(text[: n.start]) and n.start and _ENDS.match(text, m.end)):
            hour = _of_day(int(n.value), half) if half else int(n.value)
            yield _time(text, n.start, half.end() if half else m.end, f"{hour % 24:02d}:{int(m.value):02d}", approximate=not half)


def _of_day(hour: int, said: re.Match[str]) -> int:
    """The hour on a clock of 24; two at night is 2, ten at night 22."""
    groups = said.groupdict()
    if (groups.get("day") or "").lower().startswith("lunch") and hour == 11:
        return 11
    word = (groups.get("half") or groups.get("day") or (groups.get("this") or "").rsplit(" ", 1)[-1]).lower()
    if word in ("night", "tonight") and hour in (12, 1, 2, 3, 4):
        return hour % 12
    return hour % 12 + (0 if word == "morning" or (groups.get("half") and word[0] == "a") else 12)


_TILL = re.compile(r"\s?[-–—~‐‑]\s?|\s+(?:to|through|thru|untill?|till?|and)\s+", re.IGNORECASE)


def hours_between(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """5 to 6 pm, between 10 and 11:30, 4 pm till 5 pm, 1:30 pm to 3: the two hours as one; the half of the day goes for both."""
    kept: list[Figure] = []
    for figure in figures:
        one = _between(text, kept[-1], figure) if kept and _TILL.fullmatch(text[kept[-1].end : figure.start]) else None
        kept[-1:] = [one] if one else [*kept[-1:], figure]
    return kept


def _between(text: str, low: Figure, high: Figure) -> Figure | None:
    joint = text[low.end : high.start].strip().lower()
    if low.high or high.high or "time" not in (low.kind, high.kind):
        return None
    if joint == "and" and not re.search(r"\bbetween\s+$", text[: low.start], re.IGNORECASE):
        return None
    if (high.kind == "number" and not _ENDS.match(text, high.end)) or (low.kind == "number" and high.bound != "exact"):
        return None
    first, last = _hour(low), _hour(high)
    if first is None or last is None:
        return None
    if low.kind == "number" or (low.approximate and not high.approximate):
        # 5 to 6 pm; 11 to 1 pm begins in the morning.
        first = first + 720 if not (high.kind == "time" and high.approximate) and last >= 720 and first + 720 < last else first
    elif high.kind == "number" or (high.approximate and not low.approximate):
        last = last + 720 if last <= first and last + 720 > first and last < 720 else last
    overnight = low.approximate and high.approximate and low.kind == high.kind == "time"  # 11:30-1:30: over noon or midnight
    if first >= last and not (overnight and first < last + 720):
        return None
    open_half = (low.kind == "number" or low.approximate) and (high.kind == "number" or high.approximate)
    value, end = (f"{at // 60 % 24:02d}:{at % 60:02d}" for at in (first, last))
    return Figure(low.start, high.end, text[low.start : high.end], "time", value, end, approximate=open_half)


def _hour(figure: Figure) -> int | None:
    """Minutes since midnight of a time or of a bare hour."""
    if figure.kind == "time" and figure.value:
        return 60 * int(figure.value[:2]) + int(figure.value[3:5])
    if figure.kind == "number" and re.fullmatch(r"[1-9]|1[0-9]|2[0-3]", figure.value or "") and not figure.approximate:
        return 60 * int(figure.value or 0)
    return None
