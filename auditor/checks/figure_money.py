"""Kinds of one money: Hong Kong, US and Australian dollars, yuan and Taiwan dollars (元), pounds of Egypt.

A bare "$", ドル or 元 may stand for any of its kind, so `figure_compare` lets them pass for one another. Here the two are judged
with the document in view: two kinds that are both named are another currency; a bare one is what its text speaks of elsewhere.
Names, symbols and which country pays in what are CLDR's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from auditor.checks.base import Document
from auditor.checks.figure_compare import BARE, least_coin
from auditor.lang.names_base import related
from auditor.model import Facts, Figure, Pair, Severity

_ABROAD = ("en_US", "en_AU", "en_CA")  # locales that write a currency that is not their own as US$, HK$, CA$


def another(a: Figure, b: Figure, pair: Pair, document: Document) -> Severity | None:
    """How grave it is that two sums of one value are of different money: None when the same money may be meant."""
    if a.kind != "money" or b.kind != "money" or a.unit is None or b.unit is None or a.unit == b.unit:
        return None
    if least_coin(a, b):
        return None
    bare_a, bare_b = bare(a, pair.source.lang), bare(b, pair.target.lang)
    if not bare_a and not bare_b:
        return "critical"
    sides = [p.source for p in document.pairs], [p.target for p in document.pairs]
    mine, unit = (sides[0], b.unit) if bare_a else (sides[1], a.unit)
    if any(f.unit == unit for facts in mine for f in facts.figures):
        return None
    if not _at_home(unit, mine):
        return "major"
    return None if bare_a else "minor"


@cache
def _written(unit: str, lang: str) -> tuple[frozenset[str], str]:
    """How a currency is named in full in a language (code, names, US$), and its sign at home."""
    from babel.numbers import get_currency_name, get_currency_symbol

    full = {unit, get_currency_name(unit, locale=lang), *(get_currency_name(unit, count=n, locale=lang) for n in (1, 2))}
    signs = {get_currency_symbol(unit, locale=loc) for loc in _ABROAD}
    return frozenset(_plain(n) for n in full | {s for s in signs if len(s) > 1}), next((s for s in sorted(signs) if len(s) == 1), "")


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c not in ". ")


def bare(figure: Figure, lang: str) -> bool:
    """Is the sum written so that it may be of several currencies ("$5", "5 dollars", 5ドル, 5元)?"""
    siblings = BARE.get(figure.unit or "", frozenset())
    if not siblings or figure.unit is None:
        return False
    full, sign = _written(figure.unit, lang)
    text = _plain(figure.text)
    if any(name in text for name in full):
        return False
    return bool(sign and sign in text) or any(_ending(text, name) for unit in siblings for name in _written(unit, lang)[0])


def _ending(text: str, name: str) -> bool:
    """Do the two end in the same word (dollars) or character (元)?"""
    least = 4 if name.isascii() else 1
    return len(name) > least and text[-least:] == name[-least:] and not text[-1].isdecimal()


def _at_home(unit: str, side: list[Facts]) -> bool:
    """Does the text name a place that pays in the currency?"""
    keys = {k for facts in side for n in facts.names for k in n.keys}
    return any(k == home or related(home, k) for home in _homes(unit) for k in keys)


@cache
def _homes(unit: str) -> tuple[str, ...]:
    return tuple(f"place:{territory}" for territory in _territories() if unit in _paid(territory))


@cache
def _territories() -> tuple[str, ...]:
    from babel.core import get_global

    return tuple(sorted(get_global("territory_currencies")))


def _paid(territory: str) -> Iterator[str]:
    from babel.numbers import get_territory_currencies

    yield from get_territory_currencies(territory)
