"""A sentence as items to arrange: figures, names, chosen senses, and function words with the role their table gives them.

Roles of `gloss_function.tsv`, a table of each language (form, English, role); the longest form wins:
    (none) adv det pronoun adj verb conj    an English word that stays where it is; pronouns know their possessive, verbs their inflection
    drop, of, plural        nothing; "B of A" for "A of B"; the word before in the plural
    prep, post, rel         a preposition, moved before its phrase in languages with postpositions; one that follows its phrase in others;
                            one whose phrase tells about what follows
    classifier              nothing after a number, a pronoun or "each"
    topic, subject, object  the phrase's place in the sentence
    join, link              "and" within a phrase; "and", "if" after a clause
    past notpast not cannot will wont can may modal passive causative progressive aux do te    what they do to the verb
    be exist become tail question title nominal suffix    as they say
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from auditor.lang.base import language
from auditor.model import Facts, Name, Word
from auditor.translate.gloss.choose import choose
from auditor.translate.gloss.figures import english_figure
from auditor.translate.gloss.names import english_name, is_needed

_LONGEST = 7
_PUNCTUATION = dict(
    zip("。、，！？：；（）「」『』“”‘’《》〈〉・·•—―～〜【】", ".,,!?:;()“”“”“”“”“”“”   ----[]", strict=True),
    **{"…": "..."},
)


@dataclass(slots=True)
class Item:
    """English to be arranged.

    text   the English, a lemma where it can be inflected
    role   what it is: noun, verb, adj, adv, name, figure, punct, or a role of the function table
    marks  what was said of a verb: past, not, will, may, ...
    """

    text: str
    role: str
    marks: list[str] = field(default_factory=list)
    plural: bool = False


@cache
def function_table(lang: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """The order of the language ("svo" or "sov") and form -> (English, role)."""
    text = (resources.files(f"auditor.lang.{lang}") / "data" / "gloss_function.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line]
    order = next((r[1] for r in rows if r[0] == "# order"), "svo")
    return order, {r[0]: (r[1], r[2]) for r in rows if not r[0].startswith("#")}


def read_items(lang: str, text: str) -> tuple[str, list[Item]]:
    """The order of the language and the items of a sentence."""
    spoken = language(lang)
    folded = spoken.fold(text).text
    words = spoken.words(folded)
    facts = Facts(lang, folded, words, spoken.figures(folded, words), spoken.names(folded, words))
    order, table = function_table(lang)
    spans = _spans(facts)
    chosen = choose([w for w in words if w.start not in spans.inside])
    english = iter(chosen)
    meant = [None if w.start in spans.inside else next(english) for w in words]
    return order, _items(lang, words, meant, table, spans)


@dataclass(frozen=True, slots=True)
class _Spans:
    """start -> (end, item) of figures and names, and every offset inside them."""

    at: dict[int, tuple[int, Item]]
    inside: frozenset[int]


def _spans(facts: Facts) -> _Spans:
    found: list[tuple[int, int, Item]] = []
    for figure in facts.figures:
        said = english_figure(figure)
        if said is not None:
            found.append((figure.start, figure.end, Item(said, "date" if figure.kind in ("date", "weekday", "time") else "figure")))
    taken = {i for start, end, _ in found for i in range(start, end)}
    for name in facts.names:
        covered = [w for w in facts.words if w.start < name.end and w.end > name.start]
        common = all(w.pos != "name" and (w.senses or w.pos == "function") for w in covered)
        if taken.isdisjoint(range(name.start, name.end)) and is_needed(name, common):
            found.append((name.start, name.end, Item(_name(facts, name), "name")))
    inside = frozenset(i for start, end, _ in found for i in range(start, end))
    return _Spans({start: (end, item) for start, end, item in found}, inside)


def _name(facts: Facts, name: Name) -> str:
    said = english_name(name.keys, name.forms, name.text)
    if not said.isascii() and said == name.text:
        return romanize(facts.lang, name.text)
    if " " in said and name.kind == "person" and facts.text[max(name.start - 1, 0)] in "·・=" and name.keys:
        return said.split()[-1]  # the rest of the name stands before it
    return said


def _items(lang: str, words: Sequence[Word], meant: Sequence[str | None], table: dict[str, tuple[str, str]], spans: _Spans) -> list[Item]:
    items: list[Item] = []
    at = 0
    while at < len(words):
        word = words[at]
        begun = next((i for i in range(word.start, word.end) if i in spans.at), None)
        if begun is not None:
            items.append(spans.at[begun][1])
            end = spans.at[begun][0]
            while at < len(words) and words[at].start < end:
                at += 1
            continue
        length, row = _function(words, at, table, spans)
        if row is not None:
            items.append(Item(*row))
            at += length
            continue
        items.append(_content(lang, word, meant[at]))
        at += 1
    return items


def _function(words: Sequence[Word], at: int, table: dict[str, tuple[str, str]], spans: _Spans) -> tuple[int, tuple[str, str] | None]:
    form, best, row = "", 0, None
    for length, word in enumerate(words[at : at + _LONGEST], 1):
        if word.start in spans.inside or (length > 1 and word.start != words[at + length - 2].end):
            break
        form += word.text
        if form in table and (length > 1 or word.pos != "name"):
            best, row = length, table[form]
    if row is None and words[at].pos == "function" and words[at].lemma in table:
        return 1, table[words[at].lemma]
    return best, row


def romanize(lang: str, text: str) -> str:
    """A word no dictionary has, in Latin letters; a name's capital."""
    if text.isascii():
        return text
    said: str = importlib.import_module(f"auditor.lang.{lang}.romanize").romanize(text)
    return said.title()


def _content(lang: str, word: Word, english: str | None) -> Item:
    if word.pos == "punct":
        return Item(_PUNCTUATION.get(word.text, word.text), "punct")
    if english is None:
        role = word.pos if word.pos in ("name", "num") else "drop" if word.pos == "function" else "noun"
        return Item(romanize(lang, word.text), role)
    return Item(english.title() if word.pos == "name" else english, word.pos if word.pos != "other" else "noun")
