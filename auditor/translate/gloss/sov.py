"""Arranging the items of a language that puts the verb last, as Japanese.

Phrases are gathered with the particle that follows them; when their verb comes, the clause is said as topic and subject, verb, object,
rest.
A verb that stands right before a noun tells about it: "the missile that China launched".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.translate.gloss.english import fitting, inflect, objective, possessive, verb_of, verb_phrase
from auditor.translate.gloss.items import Item

_CONTENT = ("noun", "name", "figure", "date", "num", "adj", "adv", "det", "pronoun", "", "join", "title", "plural", "suffix", "nominal")
_MARKS = (
    "past", "not", "notpast", "cannot", "will", "can", "may", "passive", "causative", "progressive", "modal", "aux", "te", "do", "drop",
)  # fmt: skip
_NAMES_ANOTHER = ("noun", "name", "figure", "date", "adj", "det", "nominal", "pronoun")


_AFTER_CLAUSE = {"subject": "but"}  # が after a verb


@dataclass(frozen=True, slots=True)
class _Told:
    """The clause just said: where it begins in the pieces, its topic, and the rest."""

    start: int
    topic: list[tuple[str, str]]
    rest: list[str]


@dataclass(slots=True)
class _Clause:
    """Phrases waiting for their verb, as (role, English), and the words of the phrase being gathered."""

    phrases: list[tuple[str, str]] = field(default_factory=list)
    words: list[Item] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    quote: list[str] = field(default_factory=list)
    told: _Told | None = None


def arrange(items: list[Item]) -> list[str]:
    """The English pieces of a sentence in order."""
    clause, pieces, at = _Clause(), [], 0
    while at < len(items):
        item = items[at]
        if (item.text == "“" and (clause.words or clause.owners)) or (item.text == "”" and clause.words):
            clause.words.append(item)
        elif item.role == "punct":
            clause.told = None
            pieces += _rest(clause, keep=item.text == ",")
            if not (item.text == "," and clause.phrases):
                pieces.append(item.text)
        elif item.role in ("verb", "be", "exist", "become", "aux") or _is_done(items, at):
            at = _predicate(items, at, clause, pieces)
            continue
        elif item.role in ("conj", "link", "tail"):
            pieces += [*_rest(clause), item.text]
        elif item.role in ("topic", "subject", "object", "prep", "post"):
            _close(clause, item, pieces)
        elif item.role == "classifier":
            _count(clause, item, items[at + 1].role if at + 1 < len(items) else "")
        elif item.role in ("of", "rel"):
            number = len(clause.words) == 1 and clause.words[0].role == "figure"
            text = _phrase(clause)
            if text and number:
                clause.owners.append(f"={text}")
            elif text:
                own = clause_pronoun(text) if item.role == "of" else None
                clause.owners.append(f"={own}" if own else f"{item.text or 'of'} {text}")
        elif item.role in _CONTENT:
            clause.words.append(item)
        at += 1
    return [*pieces, *_rest(clause)]


def _count(clause: _Clause, item: Item, follows: str) -> None:
    """What counts things is not said after a figure: six (人) guards; by itself and at the end it is a noun."""
    if not (clause.words and clause.words[-1].role == "figure" and follows in ("of", "noun")):
        clause.words.append(Item(item.text, "noun"))


def clause_pronoun(text: str) -> str | None:
    """The possessive of a phrase that is a pronoun only."""
    own = possessive(text)
    return None if own.endswith("'s") else own


def _is_done(items: list[Item], at: int) -> bool:
    """A noun that する makes a verb, or an adjective that ends the clause."""
    if at + 1 >= len(items):
        return False
    return items[at].role in ("noun", "adj") and items[at + 1].role in ("do", "passive", "past", "not", "notpast", "can", "cannot")


def _phrase(clause: _Clause) -> str:
    """The phrase gathered so far, with what tells about it; gathering starts anew."""
    said: list[str] = []
    for at, item in enumerate(clause.words):
        if item.role == "plural":
            if said:
                said[-1] = inflect(said[-1], "NNS")
        elif item.role == "title":
            said.insert(max(len(said) - _name_length(clause.words[:at]), 0), item.text)
        else:
            said.append(item.text)
    if clause.after and [w.role for w in clause.words] == ["nominal"]:
        said = []  # 発表したこと: that he announced, not "that that"
    text = " ".join(s for s in said if s)
    own = [o[1:] for o in clause.owners if o.startswith("=")]
    after = [o for o in reversed(clause.owners) if not o.startswith("=")]
    whole = " ".join([*own, text, *after, *clause.after]).strip() if text else " ".join([*own, *after, *clause.after])
    clause.words, clause.owners, clause.after = [], [], []
    return whole


def _name_length(words: list[Item]) -> int:
    count = 0
    for item in reversed(words):
        if item.role != "name":
            break
        count += 1
    return max(count, 1)


def _close(clause: _Clause, particle: Item, pieces: list[str]) -> None:
    role = clause.words[-1].role if clause.words else ""
    text = _phrase(clause)
    if not text:
        if particle.text == "with" and clause.told is not None:
            _quote(clause, pieces)
        if particle.role in _AFTER_CLAUSE:
            pieces.append(_AFTER_CLAUSE[particle.role])
        return
    if particle.role in ("prep", "post"):
        clause.phrases.append(("prep", f"{fitting(particle.text, text, role)} {objective(text)}"))
    elif particle.role == "object":
        clause.phrases.append(("object", objective(text)))
    else:
        clause.phrases.append((particle.role, f"{text} {particle.text}".strip()))


def _quote(clause: _Clause, pieces: list[str]) -> None:
    """A clause before と and a verb of saying: kept for that verb, to which the topic belongs."""
    told = clause.told
    if told is None:
        return
    del pieces[told.start :]
    clause.phrases = [*told.topic, *clause.phrases]
    clause.quote, clause.told = told.rest, None


def _rest(clause: _Clause, keep: bool = False) -> list[str]:
    """What waits without a verb, in its order; with `keep` closed phrases go on waiting."""
    text = _phrase(clause)
    if keep and clause.phrases:
        if text:
            clause.phrases.append(("prep", text))
        return []
    said = [t for _, t in clause.phrases] + ([text] if text else []) + clause.quote
    clause.phrases, clause.quote = [], []
    return said


def _predicate(items: list[Item], at: int, clause: _Clause, pieces: list[str]) -> int:
    """Say the clause of the verb at `at`; the index after it and its marks."""
    head, marks = items[at], []
    start = at
    at += 1
    while at < len(items) and items[at].role in _MARKS:
        item = items[at]
        marks.append(f"modal:{item.text}" if item.role == "modal" else "past" if item.role == "notpast" else item.role)
        if item.role == "notpast":
            marks.append("not")
        at += 1
    loose = _phrase(clause)
    tells = at < len(items) and items[at].role in _NAMES_ANOTHER and head.role != "be"
    verb = _verb(items[start], marks)
    if tells:
        _relate(clause, verb, loose)
        return at
    lead = [t for r, t in clause.phrases if r in ("topic", "subject")]
    objects = [t for r, t in clause.phrases if r == "object"]
    others = [t for r, t in clause.phrases if r == "prep"]
    if head.role in ("be", "become"):
        objects = ([loose] if loose else []) + objects
    elif loose:
        lead.append(loose)
    if head.role == "become" and others and not objects:
        objects = [others.pop().partition(" ")[2]]
    rest = [verb, *objects, *others, *(["that", *clause.quote] if clause.quote else [])]
    topic = [(r, t) for r, t in clause.phrases if r == "topic"]
    clause.told = _Told(len(pieces), topic, [t for t in lead if t not in [x for _, x in topic]] + rest)
    clause.quote = []
    pieces += [*lead, *rest]
    if marks and marks[-1] == "te" and at < len(items) and items[at].role != "punct":
        pieces.append("and")
    clause.phrases = []
    return at


def _relate(clause: _Clause, verb: str, loose: str) -> None:
    """A verb before a noun: its phrases, the topic apart, follow the noun as "that ..."."""
    own = [(r, t) for r, t in clause.phrases if r != "topic"]
    clause.phrases = [(r, t) for r, t in clause.phrases if r == "topic"]
    subject = [t for r, t in own if r == "subject"] + ([loose] if loose else [])
    rest = [t for r, t in own if r != "subject"]
    clause.after.append(" ".join(["that", *subject, verb, *rest]))


def _verb(head: Item, marks: list[str]) -> str:
    past = any(m in ("past", "notpast") for m in marks)
    tense = "VBD" if past else "VBZ"
    if head.role == "be":
        if head.text:
            return head.text
        return " ".join(["was" if past else "is", *(["not"] if "not" in marks else [])])
    if head.role in ("exist", "aux"):
        return verb_phrase("be", [m for m in marks if m != "progressive"], tense)
    if head.role == "adj":
        return " ".join(["was" if past else "is", *(["not"] if "not" in marks else []), head.text])
    lemma = verb_of(head.text)
    if "passive" in marks and "can" in marks:
        marks = [m for m in marks if m != "can"]
    return verb_phrase(lemma, marks, tense)
