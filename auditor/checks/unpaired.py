"""What omission and addition share: is an unpaired passage worth an editor's look, and do its neighbours hold it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from auditor.checks.base import Document
from auditor.checks.claim_meaning import swapped
from auditor.encoder import Encode, Vectors
from auditor.lang.lexical import LOOSE, Link, explain
from auditor.model import Facts, Pair, Span, Word

FEW_WORDS = 3
_STOPS = tuple(".!?。！？．｡…")
_CLOSERS = "\"'”’」』）)》】 "
_SAID, _OWN = 0.6, 0.03
"""A merged sentence is there when this share of its words is explained by the target, or this share of the target's words needs it."""
_SURELY, _AT_ALL = 0.2, 0.06
"""The same when only explanations that are not loose count: any two texts on one subject have some of the others."""
_SPLIT = 0.5
"""Share of a split sentence's words that the source explains, from which it is no insertion; `_SURELY` and `_OWN` hold for it as well."""
_CUT = re.compile(r"[,，;；:：、]\s*")
_RENDERED = 0.45
"""Cosine from which a clause of the neighbouring passage renders the unpaired sentence."""
_NEARLY, _FOREIGN = 0.28, 0.12
"""The same of a clause that the passage beside it has nothing to do with ("The second came up heads, ..." / 2投目は表。)."""
_BARELY, _CROSSWISE = 0.24, 0.45
"""The same of a clause of the source where sentence and clause, neighbour and rest are so much liker than crosswise: of 221 sentences
put into translations none is, of 35 that translators cut off nine are."""
_SPARED = 0.05
"""What the neighbour may lose in cosine with its own counterpart when that clause is taken from it."""
_CONTENT = frozenset({"noun", "verb", "adj", "adv", "name", "num"})


def is_fragment(facts: Facts) -> bool:
    """A caption, a dateline, a bare "Yes.": fewer than three content words and no sentence, or fewer than two."""
    words = sum(w.pos in _CONTENT for w in facts.words)
    is_sentence = facts.text.rstrip(_CLOSERS).endswith(_STOPS)
    return words < (FEW_WORDS - 1 if is_sentence else FEW_WORDS)


def covered_by_neighbours(pairs: Sequence[Pair], index: int, side: Literal["source", "target"]) -> bool:
    """Every figure and named entity of the unpaired passage, two or a long number, stands on the other side of the passage before or after,
    and not on the same side of it: the neighbour renders something its own counterpart does not say, and that something is here.
    """
    other: Literal["source", "target"] = "target" if side == "source" else "source"
    own = _values(getattr(pairs[index], side))
    if len(own) < 2 and not any(_LONG.search(value) for value in own):
        return False
    spare: set[str] = set()
    for near in (index - 1, index + 1):
        if 0 <= near < len(pairs):
            spare |= _values(getattr(pairs[near], other)) - _values(getattr(pairs[near], side))
    return own <= spare


def is_clause_of_neighbour(pairs: Sequence[Pair], index: int, side: Literal["source", "target"], encode: Encode | None) -> bool:
    """The passage before or after has, at the end that meets this one, a clause that renders it and that its own counterpart does not
    need: two sentences that a comma joins in the other language ("It was late. She left." / 天色已晚，她走了).
    """
    if encode is None:
        return False
    other: Literal["source", "target"] = "target" if side == "source" else "source"
    own = getattr(pairs[index], side).text
    for near, at_start in ((index + 1, True), (index - 1, False)):
        if 0 <= near < len(pairs) and pairs[near].passage.source and pairs[near].passage.target:
            counterpart, text = getattr(pairs[near], side).text, getattr(pairs[near], other).text
            cuts = (encode([own, counterpart, text, part, rest]) for part, rest in _ends(text, at_start))
            likenesses = (vectors @ vectors.T for vectors in cuts)
            if any(_renders(alike) or (side == "target" and _crosswise(alike)) for alike in likenesses):
                return True
    return False


def _ends(text: str, at_start: bool) -> Iterator[tuple[str, str]]:
    """The text cut in two at each comma: the clauses at the end asked for, and the rest."""
    for cut in (m.end() for m in _CUT.finditer(text)):
        if 0 < cut < len(text):
            yield (text[:cut], text[cut:]) if at_start else (text[cut:], text[:cut])


def _crosswise(alike: Vectors) -> bool:
    """Are sentence and first part, neighbour and second part liker than the other way round?"""
    return bool(alike[0, 3] >= _BARELY and alike[0, 3] + alike[1, 4] - alike[0, 4] - alike[1, 3] >= _CROSSWISE)


def _renders(alike: Vectors) -> bool:
    """Of the likenesses of the sentence, the one beside it, what that renders, and this cut in two: is the first part the sentence's?"""
    renders = alike[0, 3] >= max(_RENDERED, alike[1, 3]) or (alike[0, 3] >= _NEARLY and alike[1, 3] <= _FOREIGN)
    return bool(renders and alike[1, 4] >= alike[1, 2] - _SPARED)


_LONG = re.compile(r"^[a-z]+:-?(?:[^:]*[1-9][^:]*){3}")
"""A number of three digits and more that are not 0, as `_values` writes it."""


def _values(facts: Facts) -> set[str]:
    return {f"{f.kind}:{f.value}:{f.unit}" for f in facts.figures if f.value} | {key for n in facts.names for key in n.keys}


def swallowed(pair: Pair, encode: Encode | None) -> list[Span]:
    """Sentences of a merged source passage that the target does not render: much of such a sentence is unexplained, and no word of
    the target needs it for its explanation; or the rest is nearer to the target without it. The aligner hides an omission beside a
    sentence it can be merged with.
    """
    if len(pair.sentences) < 2:
        return []
    found = [s for s in pair.sentences if _is_swallowed(s, pair) or (encode is not None and _weighs_down(s, pair, encode))]
    return [s for s in found if not (encode is not None and _has_clause(s, pair, encode))]


_OF_IT, _LIGHTER = 0.3, 0.01
"""Likeness from which a sentence is about what the translation is about, and how much nearer the rest must be without it: of 578 sentences
that translators merged none is both, of 13 that were dropped four are."""


def _weighs_down(sentence: Span, pair: Pair, encode: Encode) -> bool:
    """Is the source nearer to the translation without the sentence, though that is of the same subject? An outcry (a short quotation) is
    of none, and is told in a word."""
    own, target = encode([sentence.text, pair.target.text])
    return float(own @ target) >= _OF_IT and _gain_without(sentence, pair, pair.source, pair.target, encode) >= _LIGHTER


def _gain_without(sentence: Span, pair: Pair, side: Facts, other: Facts, encode: Encode) -> float:
    """How much nearer to the other side a side comes without one of its sentences."""
    with_it, without, there = encode([side.text, swapped(side.text, sentence, "", pair.offset(side)), other.text])
    return float(there @ without) - float(there @ with_it)


def _has_clause(sentence: Span, pair: Pair, encode: Encode) -> bool:
    """Does a clause at an end of the translation render the sentence, better than it renders any other of the passage?"""
    at = pair.sentences.index(sentence)
    others = [s.text for s in pair.sentences if s is not sentence]
    parts = [part for part, _ in _ends(pair.target.text, at_start=at == 0)]
    if not parts:
        return False
    alike = (vectors := encode([sentence.text, *others, *parts]))[: len(others) + 1] @ vectors[len(others) + 1 :].T
    return any(own >= _RENDERED and own >= max(rest) for own, *rest in alike.T)


def _is_swallowed(sentence: Span, pair: Pair) -> bool:
    inside, outside = _divided(pair.source.words, sentence)
    mine = explain(inside, pair.target.words)
    if len(mine.source) <= FEW_WORDS or _has_value(sentence, pair.source, pair.target):
        return False
    needed = _needed(mine.target, explain(outside, pair.target.words).target)
    return (mine.source_share < _SAID and needed < _OWN) or (_surely(mine.source) < _SURELY and needed < _AT_ALL)


def how_alone(document: Document, index: int, side: Literal["source", "target"]) -> tuple[bool, bool]:
    """Of a sentence left without a counterpart: may the passages beside it have it, and is it for any reason a slight finding?"""
    pairs = document.pairs
    small = is_fragment(pairs[index].source if side == "source" else pairs[index].target)
    covered = not small and (covered_by_neighbours(pairs, index, side) or is_clause_of_neighbour(pairs, index, side, document.encode))
    return covered, small or covered or opposed(document, index, side) or (side == "target" and _aside(document, index))


_SHORT, _TAKES = 4, -0.02
"""Words of content of a sentence that a translator cut off the one beside it ("..., for having taken it" / 引き取ったから、という理由),
and what it may take from the likeness of the paragraph it stands in: of 218 short sentences put elsewhere a fifth take less."""


def _aside(document: Document, index: int) -> bool:
    """Is it a short sentence of the translation, without a figure or a name, that its paragraph is hardly less alike for?"""
    pair, own = document.pairs[index], document.pairs[index].passage.target
    if sum(w.pos in _CONTENT for w in pair.target.words) > _SHORT or pair.target.figures or pair.target.names or document.encode is None:
        return False
    for near in (document.pairs[k].passage for k in _both_sided(document.pairs, index, index)):
        if own and near.target and near.source:
            start, end = min(own.start, near.target.start), max(own.end, near.target.end)
            whole = document.target_text[start:end]
            if "\n" not in whole:
                source, with_it, without = document.encode([near.source.text, whole, near.target.text])
                if float(source @ with_it) - float(source @ without) >= _TAKES:
                    return True
    return False


def opposed(document: Document, index: int, side: Literal["source", "target"]) -> bool:
    """Does a sentence of the other side, left alone as well, stand in its place, between the same neighbours of the same paragraph?

    The two are each other's, told so freely that nothing shows it ("They have a point." / 一理ある主張だ。).
    """
    pairs, other = document.pairs, "target" if side == "source" else "source"
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(pairs) and not (_of(pairs[at], "source") and _of(pairs[at], "target")):
            if _of(pairs[at], other):
                neighbours = _both_sided(pairs, min(at, index), max(at, index))
                return any(_beside(document, pairs[index], pairs[at], pairs[k], side) for k in neighbours)
            at += step
    return False


def _of(pair: Pair, side: str) -> Span | None:
    return pair.passage.source if side == "source" else pair.passage.target


def _both_sided(pairs: Sequence[Pair], first: int, last: int) -> list[int]:
    """The nearest passages before and after that have both sides."""
    whole = [k for k, p in enumerate(pairs) if p.passage.source and p.passage.target]
    return [*[k for k in whole if k < first][-1:], *[k for k in whole if k > last][:1]]


def _beside(document: Document, one: Pair, other: Pair, neighbour: Pair, side: str) -> bool:
    """Do the two stand in the paragraph of a neighbour, on its one side and its other?"""
    theirs = "target" if side == "source" else "source"
    texts = {"source": document.source_text, "target": document.target_text}
    spans = [(_of(one, side), _of(neighbour, side), texts[side]), (_of(other, theirs), _of(neighbour, theirs), texts[theirs])]
    return all(a and b and "\n" not in text[min(a.end, b.end) : max(a.start, b.start)] for a, b, text in spans)


def inserted(pair: Pair) -> list[Span]:
    """Sentences of a split passage that nothing in the source says: hardly a word of such a sentence has one of the source's for it, and
    no word of the source needs it. The aligner hides an insertion beside a sentence it can be merged with.
    """
    if len(pair.target_sentences) < 2:
        return []
    return [s for s in pair.target_sentences if _is_inserted(s, pair)]


def needless(sentence: Span, pair: Pair, encode: Encode | None) -> bool:
    """Is the rest of the translation as near to the source without the sentence? True when nothing can tell."""
    return encode is None or _gain_without(sentence, pair, pair.target, pair.source, encode) > 0.0


def _is_inserted(sentence: Span, pair: Pair) -> bool:
    inside, outside = _divided(pair.target.words, sentence)
    mine = explain(pair.source.words, inside)
    if len(mine.target) <= FEW_WORDS or _has_value(sentence, pair.target, pair.source):
        return False
    if mine.target_share >= _SPLIT or _surely(mine.target) >= _SURELY:
        return False
    return _needed(mine.source, explain(pair.source.words, outside).source) < _OWN


def _divided(words: Sequence[Word], sentence: Span) -> tuple[list[Word], list[Word]]:
    """The words of a sentence, and the others."""
    inside = [w for w in words if sentence.start <= w.start < sentence.end]
    return inside, [w for w in words if not sentence.start <= w.start < sentence.end]


def _surely(links: Sequence[Link]) -> float:
    """Weighted share of the words that are explained, loose explanations aside."""
    total = sum(link.weight for link in links)
    return sum(link.weight for link in links if link.by is not None and link.how not in LOOSE) / total if total else 1.0


def _needed(mine: Sequence[Link], others: Sequence[Link]) -> float:
    """Weighted share of the other side's words that only this sentence explains."""
    explained = {link.word for link in others if link.by is not None}
    total = sum(link.weight for link in mine)
    return sum(link.weight for link in mine if link.by is not None and link.word not in explained) / total if total else 0.0


def _has_value(sentence: Span, side: Facts, other: Facts) -> bool:
    """A figure or name of the sentence stands on the other side: the sentence is there, however freely."""
    own = Facts(
        side.lang,
        sentence.text,
        figures=tuple(f for f in side.figures if sentence.start <= f.start < sentence.end),
        names=tuple(n for n in side.names if sentence.start <= n.start < sentence.end),
    )
    return not _values(own).isdisjoint(_values(other))
