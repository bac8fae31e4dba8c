"""Where a glossary's terms stand in a passage, and where their renderings do.

In the source a term is whole words, the last of them in the plural as well, the longest term that fits. In the translation a rendering is
looked for without word boundaries, but for Latin letters and digits, which no other may touch; what stands inside a longer rendering of
another term of the passage is that one's. Straight and typographic quotes and hyphens are the same; so are the words of two regions (軟體,
软件), but where a term wants one of them and forbids the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from auditor.checks.base import Term
from auditor.lang.base import language
from auditor.model import Pair, Span, Word

_TOKEN = re.compile(r"\w+|[^\w\s]")
_NOUNS = ("noun", "name")
"""What is inflected within a term: dots are a dot, but who dotted a page drew no dot."""
_WIDE = "\u2e80"
_PLAIN = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u2010\u2011", "'''\"\"--")
"""Typographic quotes and hyphens, of which a glossary and an article seldom have the same."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rendering in a translated passage, in document offsets."""

    span: Span
    rendering: str
    forbidden: bool


class Terms:
    """The terms of one translation, indexed: a glossary may have tens of thousands."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
        for term in _merged(terms):
            if tokens := tuple(_TOKEN.findall(term.source.translate(_PLAIN))):
                self._by_first[tokens[0].casefold()].append((tokens, term))
        for found in self._by_first.values():
            found.sort(key=lambda row: (-len(row[0]), -len(row[1].source), row[1].source))
        # A term of one word is met in its inflections as well.
        self._single = {key for key, found in self._by_first.items() if any(len(tokens) == 1 for tokens, _ in found)}

    def within(self, pair: Pair) -> list[tuple[Term, Span]]:
        """The terms of a source passage with the first place of each, in document offsets; none inside a longer one."""
        text, base = pair.source.text, pair.offset(pair.source)
        tokens = list(_TOKEN.finditer(text.translate(_PLAIN)))
        words = {w.start - base: w for w in pair.source.words}
        found: dict[str, tuple[Term, Span]] = {}
        at = 0
        while at < len(tokens):
            term, used = self._at(tokens, at, words)
            if term is not None:
                start, end = tokens[at].start(), tokens[at + used - 1].end()
                found.setdefault(term.source, (term, Span(base + start, base + end, text[start:end])))
            at += max(used, 1)
        return list(found.values())

    def _at(self, tokens: Sequence[re.Match[str]], at: int, words: dict[int, Word]) -> tuple[Term | None, int]:
        keys = [tokens[at][0].casefold()]
        word = words.get(tokens[at].start())
        if word is not None and word.lemma.casefold() in self._single:
            keys.append(word.lemma.casefold())
        for key in dict.fromkeys(keys):
            for wanted, term in self._by_first.get(key, ()):
                if _fits(wanted, term, tokens[at : at + len(wanted)], words):
                    return term, len(wanted)
        return None, 0


def _merged(terms: Sequence[Term]) -> Iterator[Term]:
    """Entries of one source term (a homonym, a list that grew) as one: each of their renderings will do."""
    by_source: dict[str, Term] = {}
    for term in terms:
        before = by_source.get(term.source)
        if before is None:
            by_source[term.source] = term
            continue
        targets = tuple(dict.fromkeys((*before.targets, *term.targets)))
        forbidden = tuple(f for f in dict.fromkeys((*before.forbidden, *term.forbidden)) if f not in targets)
        note = before.note or term.note
        by_source[term.source] = replace(before, targets=targets, forbidden=forbidden, keep=before.keep and term.keep, note=note)
    yield from by_source.values()


def _fits(wanted: Sequence[str], term: Term, said: Sequence[re.Match[str]], words: dict[int, Word]) -> bool:
    if len(said) < len(wanted):
        return False
    if not all(_same(a, b[0], term.is_exact) for a, b in zip(wanted[:-1], said[:-1], strict=True)):
        return False
    last, match = wanted[-1], said[-1]
    if _same(last, match[0], term.is_exact):
        return True
    word = words.get(match.start())
    if word is None or word.end - word.start != len(match[0]) or word.pos not in _NOUNS:
        return False
    return word.lemma.casefold() == last.casefold() and (not term.is_exact or match[0].startswith(last))


def _same(wanted: str, said: str, exact: bool) -> bool:
    return wanted == said or (not exact and wanted.casefold() == said.casefold())


def renderings(terms: Sequence[Term], pair: Pair) -> dict[str, list[Place]]:
    """term -> its renderings in the translated passage, allowed and forbidden, but for those inside a longer one of any of the terms."""
    folded = language(pair.target.lang).fold(pair.target.text)
    base = pair.offset(pair.target)
    text = folded.text.translate(_PLAIN)
    every = [
        (m.start(), m.end(), number, said, bad)
        for number, term in enumerate(terms)
        for said, bad in _said(term)
        for m in _pattern(pair.target.lang, said, term.keep and term.is_exact).finditer(text)
    ]
    found: dict[str, list[Place]] = {term.source: [] for term in terms}
    unclear = [_unclear(term, pair.target.lang) for term in terms]
    for start, end, number, said, bad in every:
        if not any(a <= start and end <= b and b - a > end - start for a, b, _, _, _ in every):
            span = folded.back(Span(start, end, folded.text[start:end]))
            if said in unclear[number] and _by_sign(pair.target.lang, span.text) != _by_sign(pair.target.lang, said):
                continue
            found[terms[number].source].append(Place(replace(span, start=span.start + base, end=span.end + base), said, bad))
    return found


def _unclear(term: Term, lang: str) -> set[str]:
    """Renderings of which one is wanted and another forbidden, and which are the same word in another region (軟體, 软件).

    Elsewhere either will do; here the glossary is about just that difference.
    """
    if not (term.targets and term.forbidden):
        return set()
    fold = language(lang).fold
    wanted, wrong = ({said: fold(said).text for said in renderings} for renderings in (term.targets, term.forbidden))
    both = set(wanted.values()) & set(wrong.values())
    return {said for said, folded in (wanted | wrong).items() if folded in both}


def _by_sign(lang: str, text: str) -> str:
    """A text in one script, sign by sign: its words stay those of its region."""
    return "".join(language(lang).fold(sign).text for sign in text if not sign.isspace()).casefold()


def _said(term: Term) -> Iterator[tuple[str, bool]]:
    yield from ((target, False) for target in term.targets)
    yield from ((target, True) for target in term.forbidden)


@lru_cache(maxsize=4096)
def _pattern(lang: str, rendering: str, exact: bool) -> re.Pattern[str]:
    """A rendering as it may be written: with or without a space where Latin and wide characters meet."""
    text = " ".join(language(lang).fold(rendering).text.translate(_PLAIN).split())
    parts = [re.escape(text[:1])]
    for before, char in pairwise(text):
        if char == " ":
            parts.append(r"\s+" if before < _WIDE else r"\s*")
        else:
            parts.append((r"\s?" if (before < _WIDE) != (char < _WIDE) and before != " " else "") + re.escape(char))
    edges = r"(?<![0-9A-Za-z])" if _is_latin(text[:1]) else "", r"(?![0-9A-Za-z])" if _is_latin(text[-1:]) else ""
    return re.compile(edges[0] + "".join(parts) + edges[1], 0 if exact else re.IGNORECASE)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
