"""English times of day and stopwatch times.

"Half past three", "4.40 am", "0800 GMT", noon are times, "4.40" is not. A time that does not say which half of the day it means
(4:40, five o'clock) is approximate. 10:16.35 is a span of time, in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.lang.en.numeral_words import Numeral
from auditor.lang.figures_base import plain
from auditor.model import Figure


def _time(text: str, start: int, end: int, value: str, approximate: bool = False) -> Figure:
    return Figure(start, end, text[start:end], kind="time", value=value, approximate=approximate)


_CLOCK = re.compile(
    r"(?<![\d.:,$£€])(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?)?\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?)(?!\w)"
    r"|(?<![\d.:,$£€-])(?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)(?::[0-5]\d)?(?![\d:%]|\.\d)"
    r"|(?<![\d.:,$£€])(?P<hm>[01]\d|2[0-3])(?P<mm>[0-5]\d)\s*(?:hours|hrs|GMT|UTC|BST|CET|h\b)"
    r"|(?<![\d.:,$£€])(?P<hd>[01]?\d|2[0-4])\.(?P<md>[0-5]\d)\s*(?=GMT|UTC|BST|CET|EST)",
    re.IGNORECASE,
)
_NAMED_TIMES = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


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


def read_times(text: str, numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """4.40 am, 7:55 p.m., 16:00, 0800 GMT, noon, five o'clock, half past three, quarter to five."""
    for found in _CLOCK.finditer(text):
        hour = int(found["h"] or found["h24"] or found["hm"] or found["hd"])
        minute = int(found["m"] or found["m24"] or found["mm"] or found["md"] or 0)
        if found["half"]:
            if hour > 12:
                continue
            hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
        either = bool(found["h24"]) and 1 <= hour <= 12 and not found["h24"].startswith("0")
        yield _time(text, found.start(), found.end(), f"{hour % 24:02d}:{minute:02d}", approximate=either)
    for found in re.finditer(r"\b(?:12\s+|twelve\s+)?(noon|midday|midnight)\b", text, re.IGNORECASE):
        yield _time(text, found.start(), found.end(), _NAMED_TIMES[found[1].lower()])
    for n in numerals:
        yield from _told(text, n)


_PAST = re.compile(
    r"\b(?:(?P<half>half)|(?:a\s+)?(?P<quarter>quarter)|(?P<n>five|ten|fifteen|twenty|twenty-five|thirty|\d\d?)(?:\s+minutes)?)"
    r"\s+(?P<side>past|to|after|before)\s+$",
    re.IGNORECASE,
)
_MINUTES = {"five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30}
_CLOCK_WORD = re.compile(r"\s*(?:o['’]clock)\b", re.IGNORECASE)
_HALF_DAY = re.compile(r"\s*(a\.?m\b\.?|p\.?m\b\.?)|\s+(?:in the|at)\s+(morning|afternoon|evening|night)\b", re.IGNORECASE)


def _told(text: str, n: Numeral) -> Iterator[Figure]:
    """five o'clock, half past three, ten to five o'clock, six in the evening, five pm."""
    if n.value is None or n.value.denominator != 1 or not 1 <= n.value <= 12 or text[max(0, n.start - 1) : n.start] in (":", "."):
        return
    hour, start, end, minute = int(n.value), n.start, n.end, 0
    clock = _CLOCK_WORD.match(text, end)
    past = _PAST.search(text[:start])
    if past and not (clock or past["half"] or past["quarter"] or past["side"].lower() == "past"):
        past = None
    if clock:
        end = clock.end()
    if past:
        minutes = 30 if past["half"] else 15 if past["quarter"] else _MINUTES.get(past["n"].lower()) or int(past["n"])
        hour, minute = (hour, minutes) if past["side"].lower() in ("past", "after") else (hour - 1, 60 - minutes)
        start = past.start()
    half = _HALF_DAY.match(text, end)
    if not past and not clock and not (half and ((half[1] and n.words) or half[2])):
        return
    if half:
        hour, end = _of_day(hour, half), half.end()
    yield _time(text, start, end, f"{hour % 24:02d}:{minute % 60:02d}", approximate=not half)


def _of_day(hour: int, half: re.Match[str]) -> int:
    """The hour on a clock of 24; two at night is 2, ten at night 22."""
    word = (half[1] or half[2]).lower()
    small_hours = word == "night" and hour in (12, 1, 2, 3, 4)
    return hour % 12 + (12 if word[0] in "paen" and not word.startswith("a.") and word != "am" and not small_hours else 0)
