"""A word that became its opposite: support / 反对, rise / 下降, before / 之后; or another of its kind (claim_poles).

Fires when a source word has no counterpart in the translation, the translation has a word without counterpart in the source, and the
two are opposites, by WordNet's antonyms of what the dictionaries say the word means; when the translation has words on the other side
of an axis only, and is nearer in meaning to the source with the opposite in its word's place; with a back-translation also when that has
the opposite, and the translation bears it out (claim_opposite has more); when no other version says "before" and the word's own clause is
nearer to its counterparts with "after" (claim_clauses), or the other way round.

Stays quiet when either word is explained by any other word of the other side, when a denial on one side makes up for the opposite
("lost" / 没能赢, "remain" / 没有改变), when a ban or a quarrel is only named to be ended ("lifted the ban" / 許可), and for words of
both sides (胜负). A "before" that nothing follows ("never tried it before") or that a question leads to is no word of order.

Limits: opposites that no dictionary holds (start work / knock off) are missed; words of order and comparison are judged by count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.checks import claim_camps, claim_contrast, claim_exchange, claim_opposite, claim_poles, claim_shares, claim_signs
from auditor.checks.claim_clauses import clause_around
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
    explains,
    following,
    foremost,
    may_be,
)
from auditor.lang.en.morphology import in_form_of
from auditor.lang.en.opposites import Place, across, antonymous, both_sides, opposites, places, weak
from auditor.lang.en.signs import SIZE, ways_of
from auditor.lang.lexical import LOOSE, LexicalMatch, Link, meanings
from auditor.lang.renderings import renderings
from auditor.model import Cue, Drift, Figure, Severity, Word

_ORDER = (("before", "after"), ("more", "less"), ("up", "down"))
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
        _order,
        _order_by_clause,
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


def _order(case: Case) -> Iterator[Drift]:
    """Before and after, more and less, with the same words behind them: "after the vote" / 投票之前.

    "A before B" may well be "after A, B": what follows the source's word must belong to the other side's word, too, or, where none of
    the words match, at least not what goes before it.
    """
    for one, other in _ORDER:
        for mine, theirs in ((one, other), (other, one)):
            for cue in case.source.of("direction", mine):
                about = tuple(following(case.source, cue, 2))
                near = _around if one == "more" else _before
                there = _beside_figure(case, cue, theirs, mine) or _same(about, case.target, theirs, mine, near)
                if there is not None and one == "before" and any(explains(a, w) for a in about for w in following(case.target, there, 2)):
                    continue  # "hold on before deciding" / 踏ん張ってから決める
                turned = _same(about, case.back, theirs, mine, _after) or _turned(case, cue, theirs, mine)
                if there is not None and (_is_reckoned(case, cue, there, about) or _of_another_figure(case, cue, there)):
                    continue
                if there is not None and (turned is not None or case.back is None):
                    yield drift("order", "major", 0.7, cue, there, f"“{cue.text}” became {there.text}", turned is not None or None)
                elif turned is not None and not case.target.of("direction", mine):
                    yield drift("order", "major", 0.5, cue, None, f"“{cue.text}” is “{turned.text}” in the back-translation", True)


def _beside_figure(case: Case, cue: Cue, theirs: str, mine: str) -> Cue | None:
    """The other side's word of order beside the figure that the source's stands before: "before December" / 12月之后."""
    figure = next((f for f in case.source.facts.figures if 0 < f.start - cue.end <= _CLOSE and f.value is not None), None)
    same = [f for f in case.target.facts.figures if figure and (f.kind, f.value) == (figure.kind, figure.value)]
    if len(same) != 1 or any(_touch(same[0], c) for c in case.target.of("direction", mine)):
        return None
    return next((c for c in case.target.of("direction", theirs) if _touch(same[0], c)), None)


def _touch(figure: Figure, cue: Cue) -> bool:
    return max(cue.start - figure.end, figure.start - cue.end) <= 1


_CLOSE = 5
"""Characters from a word of order to its figure ("before the 3rd")."""


def _of_another_figure(case: Case, cue: Cue, there: Cue) -> bool:
    """Is the other word of order that of another figure ("more than half of those under 25" / 25歳未満の半数余り)?"""
    touched = next((f for f in case.target.facts.figures if _touch(f, there)), None)
    same = [f for f in case.source.facts.figures if touched and f.value is not None and f.value == touched.value]
    return bool(same) and not any(0 <= f.start - cue.end <= _CLOSE or 0 <= cue.start - f.end <= _CLOSE for f in same)


def _is_reckoned(case: Case, cue: Cue, there: Cue, about: tuple[Word, ...]) -> bool:
    """ "Two days after the launch failed" as "the launch failed two days before" (发射已于两天前失败): a length of time counted from the
    other event, unless it is counted from the same one (发射失败的两天前)."""
    if not any(f.kind == "duration" and 0 <= cue.start - f.end < 2 for f in case.source.facts.figures):
        return False
    length = next((f for f in case.target.facts.figures if f.kind == "duration" and f.start < there.start <= f.end), None)
    if length is None:
        return False
    nearest = max((w.end for w in case.target.facts.words if w.end <= length.start and any(explains(a, w) for a in about)), default=None)
    between = "" if nearest is None else case.target.facts.text[nearest - case.target.offset : length.start - case.target.offset]
    return nearest is None or (bool(between) and between not in _OF)


_OF = ("の", "的", "之")


def _order_by_clause(case: Case) -> Iterator[Drift]:
    """ "Before" that nobody else says, in a clause that is nearer to its counterparts with "after" in its place, and the other way round.

    For what follows in time by itself, translators need no word for it: 考了 ... 就 is "after", so that counting words is not enough.
    """
    if case.back is None:
        return
    for mine, theirs in (("before", "after"), ("after", "before")):
        if any(side.of("direction", mine) for side in (case.target, case.back)):
            continue
        for cue in (c for c in case.source.of("direction", mine) if c.text.lower() == mine):
            if any(_exchanged_places(case, cue, case.back, other) for other in case.back.of("direction", theirs)):
                continue
            if next(following(case.source, cue, 1), None) is None or _asked(case.source, cue):
                continue  # "have not tried it before", "how long before it comes"
            found = clause_around(case, cue)
            if found is None or found.likeness < _ANSWERS:
                continue
            move = found.moves(case, [swapped(found.source.text, cue, theirs, found.source.start)])[0]
            if move.least > _NEARER_CLAUSE:
                said = f"“{cue.text}” is “{theirs}” in the translation and in the back-translation"
                yield drift("order", "major", 0.5, cue, found.target, said, True)


def _asked(side: Side, cue: Cue) -> bool:
    start, _ = side.clause(cue.start)
    return any(start <= c.start < cue.start for c in side.of("question", "word"))


_ANSWERS, _NEARER_CLAUSE = 0.4, 0.005
"""A clause answers another from this likeness on, and says the opposite when that is so much nearer."""


def _turned(case: Case, cue: Cue, theirs: str, mine: str) -> Cue | None:
    """The only cue of order in the back-translation when it is the opposite, target and back-translation agree, and nothing was swapped."""
    if case.back is None or case.source.of("direction", theirs) or case.back.of("direction", mine) or case.target.of("direction", mine):
        return None
    found = case.back.of("direction", theirs)
    if not found or not case.target.of("direction", theirs) or len(found) != len(case.source.of("direction", mine)):
        return None
    return None if _exchanged_places(case, cue, case.back, found[0]) else found[0]


def _exchanged_places(case: Case, cue: Cue, back: Side, other: Cue) -> bool:
    """Does what goes before the source's word of order follow the back-translation's: "A before B" as "after A, B"?"""
    ahead = [w for w in case.source.facts.words if content(w) and cue.start - 40 <= w.start < cue.start]
    return any(explains(a, w) for a in ahead for w in following(back, other, 2))


def _same(about: tuple[Word, ...], side: Side | None, value: str, other: str, near: Callable[[Side, Cue], Iterator[Word]]) -> Cue | None:
    """A cue of that value beside a counterpart of what the source's cue is about, and none of the other value beside it."""
    if side is None or not about:
        return None
    for cue in side.of("direction", value):
        if any(explains(a, w) or a.text == w.text for a in about for w in near(side, cue)):
            turned = [w for c in side.of("direction", other) for w in near(side, c)]
            return None if any(explains(a, w) for a in about for w in turned) else cue
    return None


def _around(side: Side, cue: Cue) -> Iterator[Word]:
    yield from _before(side, cue)
    yield from _after(side, cue)


def _after(side: Side, cue: Cue) -> Iterator[Word]:
    return following(side, cue, 2)


def _before(side: Side, cue: Cue) -> Iterator[Word]:
    start, _ = side.clause(cue.start)
    for word in side.facts.words:
        if max(start, cue.start - 10) <= word.start < cue.start:
            yield word
