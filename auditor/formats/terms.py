"""Terms from the entries of a glossary, and back: one rule for files, batch lines and the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditor.checks.base import Term
from auditor.errors import InputError
from auditor.lang.base import language_codes


def contradiction(
    spellings: Sequence[str], allowed: Mapping[str, Sequence[str]], forbidden: Mapping[str, Sequence[str]], keep: bool
) -> str | None:
    """What an entry both wants and forbids, in words; None when it agrees with itself. One rule for files, batch lines and the service.

    Entries of one term may differ (homonyms, two regions of a language): then what one of them allows will do.
    """
    for lang, wrong in forbidden.items():
        wanted = allowed.get(lang) or (spellings if keep else ())
        if both := next((value for value in wrong if value in wanted), None):
            return f"{spellings[0]!r}: {both} is both what must and what must not stand for it in {lang}; leave one"
    return None


def make_terms(
    spellings: Sequence[str],
    allowed: Mapping[str, Sequence[str]],
    forbidden: Mapping[str, Sequence[str]],
    keep: bool = False,
    case: bool | None = None,
    note: str = "",
    where: str = "",
) -> list[Term]:
    """The terms of one entry: one a spelling and a language that it says something about.

    Raises InputError, naming `where` it is, for an entry that contradicts itself.
    """
    if told := contradiction(spellings, allowed, forbidden, keep):
        raise InputError(f"{where}: {told}" if where else told)
    langs = [code for code in language_codes() if code != "en"] if keep else [c for c in (*allowed, *forbidden) if c in language_codes()]
    made = []
    for spelling in dict.fromkeys(spellings):
        for lang in dict.fromkeys(langs):
            targets = tuple(dict.fromkeys(allowed.get(lang, ()))) or ((spelling,) if keep else ())
            wrong = tuple(f for f in dict.fromkeys(forbidden.get(lang, ())) if f not in targets)
            if targets or wrong:
                made.append(Term(spelling, lang, targets, wrong, keep and targets == (spelling,), case, note))
    return made


def entries_of(terms: Iterable[Term]) -> list[dict[str, Any]]:
    """Terms as the entries of a submission or a batch line."""
    return [
        {
            "source": term.source,
            **({term.lang: list(term.targets)} if term.targets else {}),
            **({"forbidden": {term.lang: list(term.forbidden)}} if term.forbidden else {}),
            **({"do_not_translate": True} if term.keep else {}),
            **({"case_sensitive": term.case_sensitive} if term.case_sensitive is not None else {}),
            **({"note": term.note} if term.note else {}),
        }
        for term in terms
    ]
