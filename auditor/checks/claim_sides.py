"""What the rules of the claim check share: a pair's sides with their cues, and which word of one side stands for which of the other.

Sides are compared through cue kinds and English senses only, so every rule works for any target language and, with the
back-translation as the target, for English against English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.encoder import Encode
from auditor.lang.en.denial import BE, ENDABLE, ENDING, NO_FURTHER, NOT_ITS_OBJECT
from auditor.lang.en.signs import AMOUNTS
from auditor.lang.lexical import LOOSE, STRENGTH, LexicalMatch, Link, explain, family, meanings
from auditor.model import Cue, Drift, Facts, Pair, Severity, Span, Word

_BREAK = re.compile(r"(?<!\d)[,.:]|[,.:](?!\d)|[，、。;；：!！?？()（）「」『』“”\"—–]+")
_SCARE = re.compile(
    r"(?<=[^\s，。、：；:,.(（])[“「『\"]([^“”「」『』\"，。、；：:,.!?！？]{1,12})[”」』\"](?=[^\s，。、：；:,.!?！？)）])"
)
"""A word or two in quotation marks inside a clause (旁边的说明牌对它的这段“假期”只字不提): no clause of its own."""
_CONTENT = frozenset({"noun", "verb", "adj", "adv", "name", "num", "other"})
_LIGHT_WORDS = ("be have do get go make take give let come say thing something anything someone anyone any way one so even yet "
                "really very much able want try going ever also just quite all too")  # fmt: skip
_LIGHT = frozenset(_LIGHT_WORDS.split())
NEGATING = frozenset({("certainty", "impossible"), ("certainty", "unlikely"), ("obligation", "forbidden"), ("obligation", "optional"),
                      ("quantifier", "few"), ("condition", "unless"), ("question", "rhetorical"), ("question", "embedded"),
                      ("attribution", "denied"), ("status", "acquitted")})  # fmt: skip


@lru_cache(maxsize=1024)
def _breaks(text: str) -> tuple[tuple[int, int], ...]:
    """Where clauses end and the next ones start."""
    plain = _SCARE.sub(lambda m: f"·{m[1]}·", text)
    return tuple((m.start(), m.end()) for m in _BREAK.finditer(plain))


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a pair. Offsets of words and cues are relative to `offset` in the document."""

    facts: Facts
    offset: int

    def of(self, kind: str, *values: str) -> tuple[Cue, ...]:
        """Its cues of a kind, of these values or of any."""
        return tuple(c for c in self.facts.cues if c.kind == kind and (not values or c.value in values))

    def clause(self, at: int) -> tuple[int, int]:
        """Document offsets of the clause around a document offset."""
        local, breaks = at - self.offset, _breaks(self.facts.text)
        start = max((end for _, end in breaks if end <= local), default=0)
        end = next((max(at, local) for at, end in breaks if end > local), len(self.facts.text))
        return start + self.offset, end + self.offset


@dataclass(frozen=True, slots=True)
class Case:
    """A pair as the rules see it: the source, the target, the back-translation when there is a healthy one, and what explains what.

    lexical       the source's words against the target's
    lexical_back  the source's words against the back-translation's
    encode        texts to vectors, when there is an encoder
    """

    pair: Pair
    source: Side
    target: Side
    back: Side | None
    lexical: LexicalMatch
    lexical_back: LexicalMatch | None
    encode: Encode | None = None


def case(pair: Pair, encode: Encode | None = None) -> Case:
    """The sides of a pair that has both."""
    assert pair.passage.source is not None and pair.passage.target is not None
    back = Side(pair.back, 0) if pair.back is not None else None
    words = explain(pair.source.words, pair.target.words)
    against = explain(pair.source.words, pair.back.words) if pair.back is not None else None
    if against is not None and against.source_share < _TELLING:
        back, against = None, None  # it speaks of something else: no witness
    source, target = Side(pair.source, pair.passage.source.start), Side(pair.target, pair.passage.target.start)
    return Case(pair, source, target, back, words, against, encode)


_TELLING = 0.3
"""A back-translation that explains less of the source than this says nothing about it."""
_SURE = 0.7
"""From this strength on one word stands for another."""


@lru_cache(maxsize=4096)
def _terms(senses: tuple[str, ...]) -> frozenset[str]:
    return frozenset(term for term, how in family(senses).items() if STRENGTH[how] >= _SURE)


def explains(word: Word, other: Word) -> bool:
    """May the English word be what the other word (of any language) stands for?"""
    return not _terms(word.senses or (word.lemma.lower(),)).isdisjoint(meanings(other.senses or (other.lemma.lower(),)))


def counterparts(word: Word, side: Side) -> tuple[Word, ...]:
    """Words of a side that may stand for an English word."""
    found = tuple(w for w in side.facts.words if w.pos in _CONTENT and explains(word, w))
    longer = tuple(w for w in found if len(w.text) > 1)
    return longer or found


def alone(links: tuple[Link, ...], span: Span, but: Span | None = None, as_phrase: bool = False) -> bool:
    """Does nothing on the other side stand for the words, here or where they are said again? What they share with the word `but` by a
    part of its meaning does not count (the schools of "primary schools" / 中学).

    as_phrase  nor does what they share with any part of a phrase ("free of charge" / 有料), of which only the rarest word need be left
               ("ignored the order" / 命令を守った)
    """
    own = [k for k in links if span.start <= k.word.start < span.end]
    inside = [k for k in own if but is not None and k.by is not None and but.start <= k.by.start < but.end]
    partly = [k for k in inside if k.how == "phrase" or (as_phrase and but is not None and " " in but.text)]
    rarest = max(own, key=lambda k: k.weight, default=None)
    told = [rarest] if as_phrase and rarest is not None and " " in span.text and rarest.weight >= _TELLS_ALONE else own
    if not own or not all(_unlinked(k) or k in partly for k in told):
        return False
    if partly:
        return True
    lemmas = {k.word.lemma for k in own if content(k.word)}
    return not any(k.word.lemma in lemmas and not _unlinked(k) for k in links)


_TELLS_ALONE = 0.3
"""The weight of a word that tells what its phrase means: "ignored", and no word of "for the first time"."""
_TELLS = 0.2
"""The weight of a word that says something: "get" and "one" are left over anywhere."""


def left_over(links: tuple[Link, ...]) -> int:
    """How many words of content, single characters of other scripts apart, nothing stands for."""
    telling = (k.word for k in links if _unlinked(k) and k.weight >= _TELLS and k.word.pos in _CONTENT and content(k.word))
    return sum(len(word.text) > 1 for word in telling)


def _unlinked(link: Link) -> bool:
    return link.by is None or link.how in LOOSE or link.by.pos == "function"


def apart(case: Case, mine: Cue, theirs: Cue) -> bool:
    """Does the translation's clause of a cue answer only other clauses of the source than that of the other cue, by two words or more?

    Clauses with figures may be each other's, whatever their words."""
    start, end = case.target.clause(theirs.start)
    words = (x for x in case.lexical.target if start <= x.word.start < end and not theirs.start <= x.word.start < theirs.end)
    answered = [x.by for x in words if x.by is not None and x.how not in LOOSE and x.by.pos in _CONTENT]
    figured = any(start <= f.start < end for f in case.target.facts.figures)
    start, end = case.source.clause(mine.start)
    if figured and any(start <= f.start < end for f in case.source.facts.figures):
        return False
    return len(answered) > 1 and not any(start <= w.start < end for w in answered)


def may_be(case: Case, word: Span, other: Span) -> bool:
    """May the source's very word stand on the pole of the translation's, or the other way round ("the son of a miner" / 父亲是矿工),
    or does the one only end when the other begins?"""
    here = [p for p in case.source.facts.poles if p.start <= word.start and word.end <= p.end]
    there = [p for p in case.target.facts.poles if p.start <= other.start and other.end <= p.end]
    either = any((a.axis, a.pole) == (b.axis, b.pole) and a.sure != b.sure for a in here for b in there)
    return either or _only_then(case, word, other)


def _only_then(case: Case, word: Span, other: Span) -> bool:
    """Does the one end when the other begins ("kept secret until the deal is approved" / 获批才公布)?"""
    until = any(0 <= c.start - word.end <= _SOON for c in case.source.of("answer", "time"))
    start, end = case.target.clause(other.start)
    return until and any(start <= c.start < end for c in case.target.of("answer", "time"))


_SOON = 40
"""Characters between a word and its "until"."""


def amounting(side: Side) -> frozenset[int]:
    """Where words stand that only say how much the figure right before them is (約58％に上る)."""
    counted = {f.end + 1 for f in side.facts.figures}
    return frozenset(w.start for w in side.facts.words if w.start in counted and not AMOUNTS.isdisjoint(w.senses))


def content(word: Word) -> bool:
    """Does the word carry meaning of its own?"""
    return word.pos in _CONTENT and word.lemma.lower() not in _LIGHT


def following(side: Side, cue: Cue, most: int = 3) -> Iterator[Word]:
    """Content words after a cue within its clause: what an English negation denies."""
    _, end = side.clause(cue.end)
    found = 0
    for word in side.facts.words:
        if cue.end <= word.start < end and ((word.pos == "name" and found) or word.lemma in NO_FURTHER):
            return
        if cue.end <= word.start < end and content(word):
            yield word
            found += 1
            if found == most:
                return


def meanings_of(side: Side, cue: Cue) -> set[str]:
    """What of the table of answers the words of a denial mean."""
    return {c.value for c in side.of("answer") if c.start < cue.end and cue.start < c.end}


def excuses(source: Side, target: Side) -> tuple[Cue, ...]:
    """The target's denials that may answer the source's negations: not a word that only renders the source's own ("fail" / 失败)."""
    weak = [c for c in denials(source) if c.kind != "negation"]
    said = [w for w in source.facts.words if content(w) and any(c.start <= w.start < c.end for c in weak)]
    own_words = [w for w in source.facts.words if content(w)]
    shared = {c.text.lower() for c in weak}
    found = []
    own = [(c.kind, c.value) for c in weak if c.kind != "negative"]
    for cue in denials(target):
        if (cue.kind, cue.value) in own:
            own.remove((cue.kind, cue.value))
            continue
        words = [w for w in target.facts.words if cue.start <= w.start < cue.end] if cue.kind == "negative" else []
        if cue.text.lower() in shared or any(explains(s, w) for w in words for s in said):
            continue
        if len(words) != 1 or not any(_renders(s, words[0]) for s in own_words):
            found.append(cue)
    return tuple(found)


def _renders(word: Word, other: Word) -> bool:
    """Is the other word, as a whole, the dictionary's for this one (独立 for "independence")? It says nothing of what else is denied."""
    own = family(word.senses or (word.lemma,))
    return any(own.get(sense) in ("same", "derived") for sense in other.senses[:2])


def denials(side: Side) -> tuple[Cue, ...]:
    """Every cue that may be one side of a denial, strict and weak, one per place."""
    found: dict[int, Cue] = {}
    for cue in side.facts.cues:
        denies = cue.kind in ("negation", "negative") or (cue.kind, cue.value) in NEGATING
        if denies and (cue.kind == "negation" or cue.start not in found):
            found[cue.start] = cue
    return tuple(found.values())


def strict(side: Side) -> tuple[Cue, ...]:
    """Grammatical negations, one per place."""
    found: dict[int, Cue] = {}
    for cue in side.of("negation"):
        found.setdefault(cue.start, cue)
    return tuple(found.values())


def denials_beside(side: Side, word: Span) -> list[Cue]:
    """The denials of any kind in the clause of a word."""
    start, end = side.clause(word.start)
    return [d for d in denials(side) if start <= d.start < end]


def denied_in_clause(side: Side, word: Span) -> bool:
    """Does the clause of a word deny something by grammar?"""
    start, end = side.clause(word.start)
    return any(start <= cue.start < end for cue in side.of("negation"))


def made_up(case: Case, word: Span, other: Span, closely: bool = False) -> bool:
    """Does a denial in the clause of a word, with none in the clause of the translation's word, make up for their being opposites?

    What other clauses deny is their own business ("turnout fell; most stayed at home" / 没有出门), and so is what both sentences deny,
    wherever they do. `closely`: only denials right beside the words count, for words that nothing else can be meant by."""
    if ended(case.source, word, case.target, other, case.lexical):
        return True
    if closely:
        return (_denied_closely(case.source, word) - _denied_closely(case.target, other)) % 2 == 1
    there = len(list(_denials_but(case.target, other)))
    if (len(list(_denials_but(case.source, word))) - there) % 2 == 0:
        return False
    return (_denied_beside(case.source, word) - _denied_beside(case.target, other)) % 2 == 1


def ended(source: Side, word: Span, side: Side, other: Span, match: LexicalMatch) -> bool:
    """Is a ban or a quarrel named on one side only to be ended ("lifted the ban" / 许可, "peace" / 战争结束)?"""
    return _ended(source, word, match.source) != _ended(side, other, match.target)


def _ended(side: Side, word: Span, links: tuple[Link, ...]) -> bool:
    """By a word that nothing on the other side stands for, and whose object it is."""
    thing = (w for w in side.facts.words if word.start <= w.start < word.end)
    if not any(w.pos == "noun" and not ENDABLE.isdisjoint((w.lemma, *w.senses[:_FIRST_SENSES])) for w in thing):
        return False
    start, end = side.clause(word.start)
    words = [w for w in side.facts.words if start <= w.start < end]
    before, after = [w for w in words if w.end <= word.start], [w for w in words if w.start >= word.end]
    if word.text.isascii():
        ending = [w for w in (*_governing(before[-_ACTS_ON:]), *_made_passive(after[:_SUFFERS])) if w.lemma in ENDING]
    else:
        before, after = ([w for w in part if w.pos in ("verb", "noun")] for part in (before, after))
        ending = [w for w in (*before[-1:], *after[:1]) if len(w.text) > 1 and not ENDING.isdisjoint(w.senses[:_FIRST_SENSES])]
    lonely = {k.word.start for k in links if _unlinked(k)}
    return any(w.start in lonely for w in ending)


def _governing(before: Sequence[Word]) -> list[Word]:
    """The last verb, if what follows may be its object."""
    at = max((k for k, w in enumerate(before) if w.pos == "verb"), default=None)
    return [before[at]] if at is not None and NOT_ITS_OBJECT.isdisjoint(w.text.lower() for w in before[at + 1 :]) else []


def _made_passive(words: Sequence[Word]) -> list[Word]:
    """The participles after a form of "be"."""
    be = next((k for k, w in enumerate(words) if w.text.lower() in BE), len(words))
    return [w for w in words[be + 1 :] if w.pos == "verb"]


_ACTS_ON, _SUFFERS, _FIRST_SENSES = 4, 5, 3
"""Words before a thing among which the verb may be that ends it, words after it in a passive, and senses of such a verb."""


def _denied_beside(side: Side, word: Span) -> int:
    start, end = side.clause(word.start)
    return sum(start <= d.start < end for d in _denials_but(side, word))


def _denied_closely(side: Side, word: Span) -> int:
    before, after = _CLOSELY[word.text.isascii()]
    found = _denials_but(side, word)
    return sum(word.start - before <= d.end and d.start <= word.end + (_OBJECT if d.value == "none" else after) for d in found)


def _denials_but(side: Side, word: Span) -> Iterator[Cue]:
    """Denials other than the word itself; a word that denies by its meaning only right before it ("far from rare")."""
    found = (d for d in denials(side) if not word.start <= d.start < word.end)
    return (d for d in found if d.kind == "negation" or (d.kind == "negative" and 0 <= word.start - d.end <= 1))


_CLOSELY, _OBJECT = {True: (24, 0), False: (4, 5)}, 1
"""Characters before and after a word in which a denial is its own, where words are written in Latin letters and elsewhere; and behind a
verb whose object denies it ("trusts neither")."""


def drift(
    kind: str,
    severity: Severity,
    strength: float,
    source: Span | None,
    target: Span | None,
    message: str,
    back: bool | None = None,
    **evidence: object,
) -> Drift:
    """A claim drift; its key is the kind and the words that changed."""
    key = f"{kind}:{source.text if source else ''}:{target.text if target else ''}"
    return Drift(
        category="claim", type=kind, severity=severity, strength=strength, source=_span(source), target=_span(target), message=message,
        mqm="accuracy/mistranslation", key=key, back=back, evidence=evidence,
    )  # fmt: skip


def foremost(told: Iterable[Drift]) -> Iterator[Drift]:
    """At most one: the first that is serious, or else the first."""
    slight: Drift | None = None
    for found in told:
        if found.severity != "minor":
            yield found
            return
        slight = slight or found
    if slight is not None:
        yield slight


def _span(span: Span | None) -> Span | None:
    return None if span is None else Span(span.start, span.end, span.text)
