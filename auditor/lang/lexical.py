"""Words explained by words: which words of an English passage a translation's words account for, and which not.

Words of every language carry English senses (`Word.senses`); an English word is explained when some target word's senses hold

    same      its lemma, or a lemma its form may have
    derived   a word of its family (announce, announcement)
    synonym   a word that shares one of the first senses of both in WordNet
    phrase    a phrase that has it as one of its content words ("white person" explains "white")
    related   any other synonym, or a word right above it in meaning

in that order of strength. What stays unexplained on either side is the residue: evidence for a dropped, added or replaced word, never
proof, since dictionaries are no translators. Names, figures and function words are not judged; they have readers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.lang.en import lexicon
from auditor.lang.en.words import FUNCTION, lemmas
from auditor.model import Span, Word

STRENGTH = {"same": 1.0, "derived": 0.9, "synonym": 0.8, "phrase": 0.7, "related": 0.5}
_CONTENT = frozenset(("noun", "verb", "adj", "adv", "other"))
_FIRST = 6  # senses of a word in which an antonym is looked for
_SAYS = 0.2  # the weight a word of an opposite must have: "go" and "come" are no evidence
_BESIDE = 4  # characters: how near a negation touches a word


@dataclass(frozen=True, slots=True)
class Link:
    """A content word of one side and what explains it on the other.

    word    the word
    weight  0 to 1: how much its loss would say; rare words say more
    by      the word that explains it, None when nothing does
    how     "same", "derived", "synonym", "phrase", "related", or "" when unexplained
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


@lru_cache(maxsize=65536)
def weight(lemma: str) -> float:
    """How much a word says: 0 for the commonest, 1 for a rare one (from its zipf frequency)."""
    from wordfreq import zipf_frequency

    return min(1.0, max(0.05, (6.5 - zipf_frequency(lemma, "en")) / 3))


@lru_cache(maxsize=65536)
def base_forms(word: str) -> frozenset[str]:
    """An English word and the lemmas it may be a form of."""
    return frozenset((word, *(lemma.lower() for _, lemma in lemmas(word))))


@lru_cache(maxsize=65536)
def meanings(senses: tuple[str, ...]) -> dict[str, str]:
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


@lru_cache(maxsize=65536)
def family(senses: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The terms that would explain an English word of these lemmas, with how, the strongest first."""
    found = dict.fromkeys(senses, "same")
    for how, relation in (("derived", lexicon.derivations), ("synonym", lexicon.close_synonyms), ("related", lexicon.synonyms)):
        for lemma in senses:
            for term in relation(lemma):
                found.setdefault(term, how)
    for lemma in senses:
        for near in (*lexicon.derivations(lemma), *lexicon.close_synonyms(lemma)):
            for term in (*lexicon.close_synonyms(near), *lexicon.derivations(near)):
                found.setdefault(term, "related")
    return tuple(found.items())


def _content(word: Word) -> bool:
    return word.pos in _CONTENT and bool(word.senses)


@lru_cache(maxsize=65536)
def _grammatical(senses: tuple[str, ...]) -> bool:
    """A word that says what English says with function words ("also", "will", "haven't")."""
    return all(part in FUNCTION or "'" in part for sense in senses[:2] for part in sense.split())


def explain(source_words: Sequence[Word], target_words: Sequence[Word]) -> LexicalMatch:
    """The content words of both sides with the strongest explanation each has on the other."""
    terms: dict[str, tuple[float, str, Word]] = {}
    for word in target_words:
        for term, how in meanings(word.senses).items():
            if term not in terms or terms[term][0] < STRENGTH[how]:
                terms[term] = (STRENGTH[how], how, word)
    source: list[Link] = []
    for word in source_words:
        best = _best(word, terms)
        if _content(word):
            source.append(Link(word, weight(word.lemma), best[1] if best else None, best[2] if best else ""))
    own = _terms_of(source_words)
    target = [_target_link(word, own) for word in target_words if _content(word) and not _grammatical(word.senses)]
    return LexicalMatch(tuple(source), tuple(target))


def _best(word: Word, terms: dict[str, tuple[float, str, Word]]) -> tuple[float, Word, str] | None:
    best: tuple[float, Word, str] | None = None
    for term, how in family(word.senses or (word.lemma,)):
        found = terms.get(term)
        if found is not None:
            strength = min(STRENGTH[how], found[0])
            if best is None or strength > best[0]:
                best = (strength, found[2], how if STRENGTH[how] < found[0] else found[1])
    return best


def _terms_of(source_words: Sequence[Word]) -> dict[str, tuple[float, str, Word]]:
    own: dict[str, tuple[float, str, Word]] = {}
    for word in source_words:
        for term, how in family(word.senses or (word.lemma,)):
            if term not in own or own[term][0] < STRENGTH[how]:
                own[term] = (STRENGTH[how], how, word)
    return own


def _target_link(word: Word, own: dict[str, tuple[float, str, Word]]) -> Link:
    best: tuple[float, Word, str] | None = None
    for term, how in meanings(word.senses).items():
        found = own.get(term)
        if found is not None:
            strength = min(STRENGTH[how], found[0])
            if best is None or strength > best[0]:
                best = (strength, found[2], how if STRENGTH[how] < found[0] else found[1])
    said = min((weight(s) for s in word.senses[:3]), default=0.05)
    return Link(word, said, best[1] if best else None, best[2] if best else "")


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
    first senses. "Related" explanations do not count on either side: what relates opposites is what makes them opposites.

    negations  where the target negates; a word beside one is passed over ("unfit" and "not fit" are no opposites)
    """
    match = match or explain(source_words, target_words)
    lost = [link.word for link in match.source if link.how in ("", "related") and _judged(link.word) and link.weight >= _SAYS]
    near = {at for n in negations for at in range(n.start - _BESIDE, n.end + _BESIDE)}
    loose = [link.word for link in match.target if link.how in ("", "related") and near.isdisjoint(range(link.word.start, link.word.end))]
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


@lru_cache(maxsize=65536)
def _opposites(senses: tuple[str, ...]) -> frozenset[str]:
    """Antonyms of the lemmas, and the words made of them, without what also is a synonym or a word made of the lemmas themselves."""
    direct = {o for lemma in senses for o in lexicon.antonyms(lemma)}
    made = {d for o in direct for d in lexicon.entry(o).derivations}
    own = {x for lemma in senses for x in (lemma, *lexicon.derivations(lemma), *lexicon.synonyms(lemma))}
    return frozenset(direct | made) - own
