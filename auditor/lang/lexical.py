"""Words explained by words: which words of an English passage a translation's words account for, and which not.

Words of every language carry English senses (`Word.senses`); an English word is explained when some target word's senses hold

    same      its lemma, or a lemma its form may have
    derived   a word of its family (announce, announcement)
    synonym   a word that shares one of the first senses of both in WordNet
    phrase    a phrase that has it as one of its content words ("white person" explains "white")
    related   any other synonym, or a synonym of its family
    near      a word about the same thing by its vector (diocese and parish), unless it is an antonym

in that order of strength. What stays unexplained on either side is the residue: evidence for a dropped, added or replaced word, never
proof, since dictionaries are no translators. Names, figures and function words are not judged; they have readers of their own.

How much that is, by `python -m auditor.tables.measure_words` on NTREX-128 news lines (5,008 English content words that no tuning saw):
84.3 % are explained in zh and 82.8 % in ja; on lines that are no translations of each other 36.3 % and 29.7 %. 0.3 ms a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from auditor.lang.en import lexicon
from auditor.lang.en.frequency import zipf
from auditor.lang.en.words import FUNCTION, lemmas
from auditor.model import Facts, Span, Word

STRENGTH = {"same": 1.0, "derived": 0.9, "synonym": 0.8, "phrase": 0.7, "related": 0.5, "near": 0.4}
Terms = dict[str, str]  # term -> how it explains
SURELY = frozenset({"same", "derived", "synonym"})
"""Links that make two words each other's."""
LOOSE = frozenset(("related", "near"))
"""Explanations that say little by themselves: any two texts on one subject have some."""
_CONTENT = frozenset(("noun", "verb", "adj", "adv", "other"))
_FIRST = 6  # senses of a word in which an antonym is looked for
_NEAR = 0.55  # cosine; of words that nothing else explains a third pass in translations, an eighth in texts that are none
_VECTORS = 4  # senses of a word whose vectors are compared
_SAYS = 0.2  # the weight a word of an opposite must have: "go" and "come" are no evidence
_BESIDE = 4  # characters: how near a negation touches a word


@dataclass(frozen=True, slots=True)
class Link:
    """A content word of one side and what explains it on the other.

    word    the word
    weight  0 to 1: how much its loss would say; rare words say more
    by      the word that explains it, None when nothing does
    how     "same", "derived", "synonym", "phrase", "related", "near", or "" when unexplained; `STRENGTH` has the order
    """

    word: Word
    weight: float
    by: Word | None
    how: str


@dataclass(frozen=True, slots=True)
class LexicalMatch:
    """Both sides' content words with what explains them."""

    source: tuple[Link, ...]
    target: tuple[Link, ...]

    @property
    def source_share(self) -> float:
        """Weighted share of the source's content words that are explained; 1 when there are none."""
        return _share(self.source)

    @property
    def target_share(self) -> float:
        """Weighted share of the target's content words that explain something; 1 when there are none."""
        return _share(self.target)

    @property
    def source_residue(self) -> tuple[Word, ...]:
        """Content words of the source nothing in the target stands for."""
        return tuple(link.word for link in self.source if link.by is None)

    @property
    def target_residue(self) -> tuple[Word, ...]:
        """Content words of the target that stand for nothing in the source."""
        return tuple(link.word for link in self.target if link.by is None)


def _share(links: Sequence[Link]) -> float:
    total = sum(link.weight for link in links)
    return sum(link.weight for link in links if link.by is not None) / total if total else 1.0


@lru_cache(maxsize=4096)
def weight(lemma: str) -> float:
    """How much a word says: 0 for the commonest, 1 for a rare one (from its zipf frequency)."""
    return min(1.0, max(0.05, (6.5 - zipf(lemma)) / 3))


@lru_cache(maxsize=4096)
def base_forms(word: str) -> frozenset[str]:
    """An English word and the lemmas it may be a form of."""
    return frozenset((word, *(lemma.lower() for _, lemma in lemmas(word))))


@lru_cache(maxsize=4096)
def meanings(senses: tuple[str, ...]) -> Terms:
    """What senses say, as term -> "same" (a sense by itself) or "phrase" (a content word inside one)."""
    found: dict[str, str] = {}
    for sense in senses:
        parts = sense.replace("-", " ").split()
        if len(parts) > 1:
            found.setdefault(sense, "same")
            content = [p for p in parts if p not in FUNCTION]
            how = "same" if len(content) == 1 else "phrase"
        else:
            content, how = [sense], "same"
        for part in content:
            for term in base_forms(part):
                if found.get(term) != "same":
                    found[term] = how
    return found


@lru_cache(maxsize=4096)
def family(senses: tuple[str, ...]) -> Terms:
    """The terms that would explain an English word of these lemmas, with how."""
    found: Terms = dict.fromkeys(senses, "same")
    for how, relation in (("derived", lexicon.derivations), ("synonym", lexicon.close_synonyms), ("related", lexicon.synonyms)):
        for lemma in senses:
            for term in relation(lemma):
                found.setdefault(term, how)
    for lemma in senses:
        for near in (*lexicon.derivations(lemma), *lexicon.close_synonyms(lemma)):
            for term in (*lexicon.close_synonyms(near), *lexicon.derivations(near)):
                found.setdefault(term, "related")
    for term, how in [*found.items()]:
        for gap in (" ", "") if "-" in term else ():  # cease-fire, ceasefire
            found.setdefault(term.replace("-", gap), how)
    return found


def _content(word: Word) -> bool:
    return word.pos in _CONTENT and bool(word.senses)


@lru_cache(maxsize=4096)
def _grammatical(senses: tuple[str, ...]) -> bool:
    """A word that says what English says with function words ("also", "will", "haven't")."""
    return all(part in FUNCTION or "'" in part for sense in senses[:2] for part in sense.split())


def explain(source_words: Sequence[Word], target_words: Sequence[Word]) -> LexicalMatch:
    """The content words of both sides with the strongest explanation each has on the other."""
    said = [(w, meanings(w.senses)) for w in target_words if w.senses]
    meant = [(w, family(w.senses or (w.lemma,))) for w in source_words if w.pos not in ("punct", "num")]
    any_said, any_meant = frozenset().union(*(t for _, t in said)), frozenset().union(*(t for _, t in meant))
    source = [_link(w, own, any_said.intersection(own), said, weight(w.lemma)) for w, own in meant if _content(w)]
    target = [
        _link(w, own, any_meant.intersection(own), meant, _weight_of(w.senses))
        for w, own in said
        if _content(w) and not _grammatical(w.senses)
    ]
    return _with_near(source, target)


def explain_facts(source: Facts, target: Facts) -> LexicalMatch:
    """`explain` for what was read: words that are part of a figure or a name may explain, but are not judged themselves."""
    match = explain(source.words, target.words)
    return LexicalMatch(_outside(match.source, source), _outside(match.target, target))


def _outside(links: tuple[Link, ...], facts: Facts) -> tuple[Link, ...]:
    taken = {at for span in (*facts.figures, *facts.names) for at in range(span.start, span.end)}
    return tuple(link for link in links if taken.isdisjoint(range(link.word.start, link.word.end)))


def _link(word: Word, own: Terms, shared: frozenset[str], others: Sequence[tuple[Word, Terms]], says: float) -> Link:
    """The word with what explains it best: a term it shares with another word counts as the weaker of the two has it."""
    best, by, how = 0.0, None, ""
    for other, its in others if shared else ():
        for term in shared:
            if term in its:
                weaker = min(own[term], its[term], key=STRENGTH.__getitem__)
                if STRENGTH[weaker] > best:
                    best, by, how = STRENGTH[weaker], other, weaker
    return Link(word, says, by, how)


@lru_cache(maxsize=4096)
def _weight_of(senses: tuple[str, ...]) -> float:
    return min((weight(s) for s in senses[:3]), default=0.05)


def _with_near(source: list[Link], target: list[Link]) -> LexicalMatch:
    """What is left is explained by vectors, each side's words by all content words of the other."""
    words, others = [link.word for link in source], [link.word for link in target]
    for at, nearness in _nearness([at for at, link in enumerate(source) if link.by is None], words, others, _VECTORS):
        source[at] = _near(source[at], others, nearness, source[at].word.senses)
    for at, nearness in _nearness([at for at, link in enumerate(target) if link.by is None], others, words, 1):
        target[at] = _near(target[at], words, nearness, target[at].word.senses[:_FIRST])
    return LexicalMatch(tuple(source), tuple(target))


def _nearness(lost: list[int], words: list[Word], others: list[Word], count: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """For each lost word that is near another: its index and its cosine to every other, `count` senses of which are compared."""
    if not lost or not others:
        return
    own = np.vstack([vectors(words[at].senses)[: _VECTORS if count == 1 else 1] for at in lost])
    like = own @ np.vstack([vectors(w.senses)[:count] for w in others]).T
    like = like.reshape(len(lost), -1, len(others), count).max(axis=(1, 3))
    for row in np.flatnonzero(like.max(axis=1) >= _NEAR):
        yield lost[row], like[row]


def _near(link: Link, others: Sequence[Word], nearness: NDArray[np.float32], opposite_of: tuple[str, ...]) -> Link:
    nearest = others[int(nearness.argmax())]
    if _opposites(opposite_of).intersection(nearest.senses[:_FIRST]):
        return link
    return Link(link.word, link.weight, nearest, "near")


@lru_cache(maxsize=4096)
def vectors(senses: tuple[str, ...]) -> NDArray[np.float32]:
    """The vectors of the first senses, one a row; zeros where there is none."""
    found = np.zeros((_VECTORS, lexicon.DIMENSIONS), dtype=np.float32)
    for row, sense in enumerate(senses[:_VECTORS]):
        vector = lexicon.vector(sense)
        if vector is not None:
            found[row] = vector
    return found


@dataclass(frozen=True, slots=True)
class Opposite:
    """An English word that is lost where a word of the opposite meaning stands that nothing accounts for.

    english  the sense of the target word that is an antonym of the source word
    """

    source: Word
    target: Word
    english: str


def antonym_pairs(
    source_words: Sequence[Word],
    target_words: Sequence[Word],
    match: LexicalMatch | None = None,
    negations: Sequence[Span] = (),
) -> tuple[Opposite, ...]:
    """Opposites across a pair: the source word is unexplained, the target word explains nothing else and has an antonym among its
    first senses. "Related" and "near" explanations do not count on either side: what relates opposites is what makes them opposites.

    negations  where the target negates; a word beside one is passed over ("unfit" and "not fit" are no opposites)
    """
    match = match or explain(source_words, target_words)
    lost = [link.word for link in match.source if (link.by is None or link.how in LOOSE) and _judged(link.word) and link.weight >= _SAYS]
    near = {at for n in negations for at in range(n.start - _BESIDE, n.end + _BESIDE)}
    loose = [
        link.word
        for link in match.target
        if (link.by is None or link.how in LOOSE) and near.isdisjoint(range(link.word.start, link.word.end))
    ]
    found = []
    for word in lost:
        opposite = _opposites(word.senses)
        for target in loose:
            english = next((s for s in target.senses[:_FIRST] if s in opposite and weight(s) >= _SAYS), None)
            if english is not None:
                found.append(Opposite(word, target, english))
                break
    return tuple(found)


def _judged(word: Word) -> bool:
    return word.pos in ("noun", "verb", "adj", "adv")


@lru_cache(maxsize=4096)
def _opposites(senses: tuple[str, ...]) -> frozenset[str]:
    """Antonyms of the lemmas, and the words made of them, without what also is a synonym or a word made of the lemmas themselves."""
    direct = {o for lemma in senses for o in lexicon.antonyms(lemma)}
    made = {d for o in direct for d in lexicon.entry(o).derivations}
    own = {x for lemma in senses for x in (lemma, *lexicon.derivations(lemma), *lexicon.synonyms(lemma))}
    return frozenset(direct | made) - own
