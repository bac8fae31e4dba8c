"""Word tables of the Chinese and Japanese figure readers: CLDR's names, and the packaged TSVs beside each language.

`data/figures_*.tsv` of a language: units (surface, CLDR unit or -, factor), money (surface, prefix or name, ISO code or -, factor),
bounds (phrase, before or after, bound, ~), context (topic, word), counters (surface), words (surface, kind, value, high, unit, ~),
not (surface), lexical (word of the dictionary that holds a numeral and names no number; built by auditor.tables.figure_words).
A table row wins over CLDR; - takes a CLDR name away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from auditor.lang.figures_base import currency_names, table, unit_names
from auditor.model import Bound

_Sides = dict[str, tuple[Bound | None, bool]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What a language calls units, money, bounds and counters. Patterns are alternations, longest first."""

    units: Mapping[str, tuple[str, Fraction]]
    money: Mapping[str, tuple[str | None, Fraction]]
    prefixes: Mapping[str, str]
    before: Mapping[str, tuple[Bound | None, bool]]
    after: Mapping[str, tuple[Bound | None, bool]]
    ahead: Mapping[str, Bound]
    around: Mapping[tuple[str, str], Bound]
    fixed: Mapping[str, tuple[str, ...]]
    unit: str
    name: str
    prefix: str
    counter: str
    ends_before: re.Pattern[str]
    starts_after: re.Pattern[str]
    ends_ahead: re.Pattern[str]
    starts_around: re.Pattern[str]
    ends_around: re.Pattern[str]
    starts_counter: re.Pattern[str]
    not_figures: re.Pattern[str]
    lexical: Mapping[str, tuple[str, ...]]

    def in_word(self, text: str, start: int, end: int) -> bool:
        """Does the span lie in a word of the dictionary that is no figure: the 三 of 三明治, the 一 of 一敗地に塗れる?"""
        for at in range(start, max(-1, start - _BEFORE), -1):
            for word in self.lexical.get(text[at], ()):
                if at + len(word) >= end and text.startswith(word, at):
                    return True
        return False


# How far before a numeral a word that holds it is looked for.
_BEFORE = 8


def long_words(tables: Tables) -> str:
    """Units and money of two characters and more: what stands before one is a numeral whatever the dictionary says (三分钟, 百公里)."""
    return alternation(w for w in (*tables.units, *tables.money) if len(w) > 1 and not w.isascii())


def alternation(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first; an abbreviation in Latin letters ends where the letters end."""
    kept = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    ends = ("(?![A-Za-z])" if w[-1].isascii() and w[-1].isalpha() else "" for w in kept)
    return "(?:" + "|".join(re.escape(w) + end for w, end in zip(kept, ends, strict=True)) + ")" if kept else "(?!)"


def load(package: str, locales: tuple[str, ...], fold: Callable[[str], str] = str) -> Tables:
    """The tables of a language; `fold` is applied to CLDR's names (a script folding)."""
    units = _units(package, locales, fold)
    money, prefixes = _money(package, locales, fold)
    before, after, ahead, around = _bounds(package)
    counters = [row[0] for row in table(package, "figures_counters.tsv")]
    fixed = {row[0]: tuple(row[1:]) for row in table(package, "figures_words.tsv")}
    return Tables(
        units, money, prefixes, before, after, ahead, around, fixed,
        alternation(units), alternation(money), alternation(prefixes), alternation(counters),
        re.compile(f"({alternation(before)}) ?$"), re.compile(f" ?({alternation(after)})"),
        re.compile(rf"({alternation(ahead)})[^\W\d的の]{{1,6}}$"),
        re.compile(rf"({alternation(first for first, _ in around)}) ?$"),
        re.compile(rf" ?({alternation(last for _, last in around)})(?![出了得于])"),  # 比20%高出3个点 is a difference
        re.compile(f" ?{alternation(counters)}"),
        re.compile(alternation(row[0] for row in table(package, "figures_not.tsv"))), _lexical(package),
    )  # fmt: skip


def _lexical(package: str) -> Mapping[str, tuple[str, ...]]:
    """First character -> the words of the dictionary that hold a numeral and are no figure."""
    found: dict[str, list[str]] = {}
    for (word,) in table(package, "figures_lexical.tsv"):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


def context(package: str, topic: str) -> str:
    """A pattern of the words by which a sentence speaks of a topic (`data/figures_context.tsv`)."""
    return alternation(row[1] for row in table(package, "figures_context.tsv") if row[0] == topic)


def _units(package: str, locales: tuple[str, ...], fold: Callable[[str], str]) -> dict[str, tuple[str, Fraction]]:
    found: dict[str, tuple[str, Fraction]] = {}
    for locale in locales:
        for name, unit in unit_names(locale).items():
            found.setdefault(fold(name), (unit, Fraction(1)))
    for name, unit, factor in table(package, "figures_units.tsv"):
        found[name] = (unit, Fraction(factor))
    return {name: (unit, factor) for name, (unit, factor) in found.items() if unit != "-"}


Names = dict[str, tuple[str | None, Fraction]]


def _money(package: str, locales: tuple[str, ...], fold: Callable[[str], str]) -> tuple[Names, dict[str, str]]:
    names: Names = {}
    prefixes: dict[str, str] = {}
    for locale in locales:
        for name, code in currency_names(locale).items():
            if not re.search(r"[0-9(（]", name) and not code.startswith("X"):
                for form in {name, name.replace(" ", ""), name.replace(" ", "・")}:
                    names.setdefault(fold(form), (code, Fraction(1)))
            prefixes.setdefault(code, code)
    for surface, place, code, factor in table(package, "figures_money.tsv"):
        if place == "prefix":
            prefixes[surface] = code
        elif code == "none":
            names.pop(surface, None)
        else:
            names[surface] = (None if code == "-" else code, Fraction(factor))
    return names, prefixes


def _bounds(package: str) -> tuple[_Sides, _Sides, dict[str, Bound], dict[tuple[str, str], Bound]]:
    """What is said right before a figure, right after it, before the verb that it follows, and around it (比…多)."""
    sides: dict[str, _Sides] = {"before": {}, "after": {}, "ahead": {}, "around": {}}
    bounds: dict[str, Bound] = {"exact": "exact", "over": "over", "at least": "at least", "under": "under", "at most": "at most"}
    for phrase, place, bound, blur in (row + ("",) * (4 - len(row)) for row in table(package, "figures_bounds.tsv")):
        sides[place][phrase] = (bounds.get(bound), blur == "~")
    ahead = {phrase: bound for phrase, (bound, _) in sides["ahead"].items() if bound}
    around = {(first, last): bound for phrase, (bound, _) in sides["around"].items() if bound for first, _, last in [phrase.partition("…")]}
    return sides["before"], sides["after"], ahead, around
