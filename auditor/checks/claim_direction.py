"""A word that became its opposite: support / 反对, rise / 下降, before / 之后; or another of its kind (claim_poles).

Fires when a source word has no counterpart in the translation, the translation has a word without counterpart in the source, and the
two are opposites, by WordNet's antonyms of what the dictionaries say the word means; when the translation has words on the other side
of an axis only, and is nearer in meaning to the source with the opposite in its word's place; with a back-translation also when that has
the opposite, and the translation bears it out (claim_opposite has more). Words of order are claim_order's.

Stays quiet when either word is explained by any other word of the other side, when a denial on one side makes up for the opposite
("lost" / 没能赢, "remain" / 没有改变), when a ban or a quarrel is only named to be ended ("lifted the ban" / 許可), and for words of
both sides (胜负).

Limits: opposites that no dictionary holds (start work / knock off) are missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks import claim_camps, claim_contrast, claim_exchange, claim_opposite, claim_order, claim_poles, claim_shares, claim_signs
from auditor.checks.claim_meaning import moves, swapped, target_moves
from auditor.checks.claim_sides import (
    Case,
    Side,
    content,
    counterparts,
    denials,
    denials_beside,
    drift,
    ended,
    foremost,
    may_be,
)
from auditor.lang.en.morphology import in_form_of
from auditor.lang.en.opposites import Place, across, antonymous, both_sides, opposites, places, weak
from auditor.lang.en.signs import SIZE, ways_of
from auditor.lang.lexical import LOOSE, LexicalMatch, Link, meanings
from auditor.lang.renderings import renderings
from auditor.model import Cue, Drift, Severity, Word

_SENSES = 3
"""So many first senses of a target word may be the opposite; any sense may be the same."""
_ALL = 12
_DENYING = frozenset({"negation", "negative"})


def find(case: Case) -> Iterator[Drift]:
    """Opposites found natively, then those that the back-translation shows and the translation bears out, then order."""
    rules = (
        claim_poles.find,
        claim_shares.find,
        _native,
        claim_signs.find,
        claim_camps.find,
        _exchanged,
        _through_back,
        claim_order.find,
        _balance,
        _by_meaning,
    )
    told = list(foremost(d for rule in (*rules, claim_opposite.find) for d in rule(case)))
    if told and not claim_contrast.converse(case):
        yield from told


def _native(case: Case) -> Iterator[Drift]:
    for word, other, slight in _opposites(case.source, case.target, case.lexical):
        if may_be(case, word, other):
            continue
        slight = slight or (word.pos != "adj" and _related(case, word, other))
        back, slight = _witness(case, word), slight and (case.back is not None or not _plainly(case, word, other))
        severity = "major" if back is True or (back is None and not slight) else "minor"
        said = f"“{word.text}” became its opposite, {other.text}"
        yield drift("opposite", severity, 0.5 if slight else 0.75, word, other, said, back)  # type: ignore[arg-type]


def _related(case: Case, word: Word, other: Word) -> bool:
    """Is either linked, if distantly, with another word of the other side ("climb" / 脱出 beside 陥没)? Of such verbs and nouns five were
    turned, and nine were not."""
    links = (*case.lexical.source, *case.lexical.target)
    return any(k.how == "related" and k.by is not None for k in links if k.word in (word, other))


def _plainly(case: Case, word: Word, other: Word) -> bool:
    """Are a weak pair of opposites each other's after all: two adjectives ("shallow" / 深い), or words of one kind of which the source's,
    in the other's place, brings the translation much nearer?"""
    if word.pos != other.pos or any(sense.startswith("not ") for sense in other.senses):  # 不错 "not bad"
        return False
    if denials_beside(case.source, word) or denials_beside(case.target, other):
        return False
    if word.pos == "adj":
        return True
    instead = renderings(case.target.facts.lang, word.senses or (word.lemma,))
    return max(target_moves(case, other, instead), default=0.0) > _MUCH_NEARER


_MUCH_NEARER = 0.022


def _exchanged(case: Case) -> Iterator[Drift]:
    for found in claim_exchange.likely(case):
        word, other = found.word, found.other
        if not _made_up(case.source, word, case.target, other, case.lexical) and not _kept(case.source, word, case.target):
            back = _witness(case, word)
            severity: Severity = "major" if back is True or case.back is None else "minor"
            yield drift("opposite", severity, 0.6, word, other, f"“{word.text}” became its opposite, {other.text}", back)


def _opposites(source: Side, side: Side, match: LexicalMatch) -> Iterator[tuple[Word, Word, bool]]:
    """Words that explain nothing on the other side and are opposites by what they first of all mean; the third says "only weakly so".

    On an axis such as support and oppose nothing else of the source may stand where the other side's word stands, and nothing else of
    the other side where the source's word stands.
    """
    lonely = [link.word for link in match.source if _alone(link)]
    there = [link.word for link in match.target if _alone(link) and len(link.word.text) > 1]
    taken = frozenset(p for w in source.facts.words for p in _stands(w, _ALL))
    taken_there = frozenset(p for w in side.facts.words for p in _stands(w, _ALL))
    pairs = []
    for word in lonely:
        mine = _stands(word, _ALL) - taken_there
        for other in there:
            theirs = {across(p) for p in _stands(other, _SENSES) - taken}
            kind = mine & theirs
            if kind:
                pairs.append((all(weak(p) for p in kind), word, other))
            elif _antonyms(word, other):
                pairs.append((True, word, other))
    for is_weak, word, other in sorted(pairs, key=lambda p: p[0]):
        if not _made_up(source, word, side, other, match) and not _kept(source, word, side):
            yield word, other, is_weak


def _kept(source: Side, word: Word, side: Side) -> bool:
    """Does the other side hold a word of the same pole ("borrow" / 贷款, which is to lend and to borrow)?"""
    here = {(p.axis, p.pole) for p in source.facts.poles if p.start <= word.start < p.end and p.sure}
    return any((p.axis, p.pole) in here for p in side.facts.poles)


def _alone(link: Link) -> bool:
    """Nothing on the other side stands for the word, or only a word that is too short or too distant to rely on."""
    return link.by is None or link.how in LOOSE or len(link.by.text) == 1 or len(link.word.text) == 1


def _stands(word: Word, most: int) -> frozenset[Place]:
    """Where a word stands by its first senses; an axis on which it stands on both sides says nothing."""
    if not content(word) or both_sides(word.senses):
        return frozenset()
    senses = word.senses[: most if len(word.text) > 1 else _SENSES] or (word.lemma,)
    found = frozenset(p for term, how in meanings(senses).items() if how == "same" for p in places(term))
    return frozenset(p for p in found if across(p) not in found)


def _antonyms(word: Word, other: Word) -> bool:
    return any(antonymous(word.lemma, t) for t, how in meanings(other.senses[:1] or (other.lemma,)).items() if how == "same")


def _made_up(source: Side, word: Word, side: Side, other: Word, match: LexicalMatch) -> bool:
    """Does a denial on one side make up for the opposite ("lost" / 没能赢, "lack of transparency" / 不透明)?"""
    if ended(source, word, side, other, match):
        return True
    here = [d for d in denials(source) if not word.start <= d.start < word.end]
    there = [d for d in denials(side) if not other.start <= d.start < other.end]
    if any(_near(d, other) for d in there if d.kind in _DENYING) != any(_near(d, word) for d in here if d.kind in _DENYING):
        return True
    outside = [sum(d.kind == "negation" for d in found) for found in (here, there)]
    return (outside[0] - outside[1]) % 2 == 1


def _near(denial: Cue, word: Word) -> bool:
    """Within reach of a denial: some words after it in a language of words, some characters around it elsewhere."""
    reach = 20 if word.text.isascii() else 4
    return 0 <= word.start - denial.end <= reach or (not word.text.isascii() and 0 <= denial.start - word.end <= reach)


def _witness(case: Case, word: Word) -> bool | None:
    """Does the back-translation have the opposite of a source word and not the word, or the word?"""
    if case.back is None or case.lexical_back is None:
        return None
    if counterparts(word, case.back):
        return False
    return True if any(w == word for w, _, _ in _opposites(case.source, case.back, case.lexical_back)) else None


def _through_back(case: Case) -> Iterator[Drift]:
    if case.back is None or case.lexical_back is None:
        return
    for word, other, _ in _opposites(case.source, case.back, case.lexical_back):
        if counterparts(word, case.target):
            continue
        borne = counterparts(other, case.target)
        severity = "major" if borne and _nearer(case, word, other) else "minor"
        said = f"“{word.text}” is “{other.text}” in the back-translation"
        yield drift("opposite", severity, 0.7 if borne else 0.3, word, borne[0] if borne else None, said, True)  # type: ignore[arg-type]


def _nearer(case: Case, word: Word, other: Word) -> bool:
    """Is the source with the back-translation's word in the place of its own nearer to both? Yes, when nothing can tell."""
    if claim_opposite.sexes(word, other):
        return False
    return all(m.both > 0 for m in moves(case, [swapped(case.source.facts.text, word, other.text, case.source.offset)]))


def _balance(case: Case) -> Iterator[Drift]:
    """One word less on one side of an axis and one more on the other: "win, lost, beat" / 負, 失, 勝.

    This finds an opposite whose counterpart stands elsewhere in the sentence, and so explains what it should not.
    """
    mine, theirs = _standing(case.source, _ALL), _standing(case.target, _SENSES)
    for place in sorted(mine):
        other = across(place)
        several = len(mine[place]) + len(mine.get(other, ())) > 1
        if weak(place) or not several or _shift(mine, theirs, place) != 1:
            continue
        back = None if case.back is None else _shift(mine, _standing(case.back, _ALL), place)
        if _odd(case.source) == _odd(case.target) and back != 0:
            word, there = mine[place][-1], theirs[other][-1]
            said = f"“{word.text}” and the like became {there.text}"
            yield drift("opposite", "major" if back == 1 else "minor", 0.6, word, there, said, back == 1 or None)


def _by_meaning(case: Case) -> Iterator[Drift]:
    """The translation has words on the other side of an axis only, and is nearer to the source with the opposite in its word's place."""
    mine, theirs = _standing(case.source, _ALL), _standing(case.target, _SENSES)
    for place in sorted(mine):
        other = across(place)
        if weak(place) or place in theirs or other in mine or other not in theirs:
            continue
        there = theirs[other][-1]
        free = (w for w in mine[place] if not _kept(case.source, w, case.target) and not may_be(case, w, there))
        for word in (w for w in free if SIZE not in dict(ways_of(w.senses))):
            changed = [in_form_of(word, o) for o in opposites(word.lemma) if other in places(o)]
            found = moves(case, [swapped(case.source.facts.text, word, by, case.source.offset) for by in changed])
            if any(m.target > _NEARER and (case.back is None or m.back > 0) for m in found):
                said = f"“{word.text}” became its opposite, {there.text}"
                yield drift("opposite", "major", 0.6, word, there, said, case.back is not None or None)


_NEARER = 0.025
"""So much nearer is a translation that says the opposite; one that does not seldom is by half."""


def _standing(side: Side, most: int) -> dict[Place, list[Word]]:
    """The words of a side on each place of the axes."""
    found: dict[Place, list[Word]] = {}
    named = {at for n in side.facts.names for at in range(n.start, n.end)}
    for word in (w for w in side.facts.words if w.start not in named):
        for place in _stands(word, most):
            found.setdefault(place, []).append(word)
    return found


def _shift(mine: dict[Place, list[Word]], theirs: dict[Place, list[Word]], place: Place) -> int | None:
    """How many words moved across from a place, when all others stayed."""
    here = len(mine.get(place, ())) - len(theirs.get(place, ()))
    there = len(theirs.get(across(place), ())) - len(mine.get(across(place), ()))
    return here if here == there else None


def _odd(side: Side) -> bool:
    return sum(d.kind in _DENYING for d in denials(side)) % 2 == 1
