"""Words that one version has and the two others have not: a fact added, a fact dropped.

Needs a healthy back-translation. A run of words that the dictionaries find no counterpart for is a suspect; what decides is the
meaning of the sentence without it, and how much of the difference between the two English sentences goes with it. Fires when
- without a run the back-translation is nearer to the source ("added": both others say more). Major when the run says much, a quarter of
  the difference is gone, the translation accounts for most of the source, and the source has little of its own in the run's place;
- without a word the source is nearer to both others ("dropped": the source says more). Major for a modifier that no lone word of the
  others is near to, and for another word between sentences that hardly differ; a longer run is a minor note;
- as a minor note, when the two English sentences share all but one word and the translation bears out the other's ("replaced").

Minor at most: a run that is no phrase and has no figure (an engine's other words), a gloss in brackets, a run that an abbreviation of the
source may stand for (MLIT), a word that another one of the back-translation fits the place of, and a word that only links ("However, ...").

Stays quiet without a back-translation, where the two English sentences differ all over (a free translation, a poor engine), and for runs
of very common words.

Limits: a single small adjective hardly moves the meaning of a long sentence and is often missed; figures and names inside a run count as
suspects, for "on 6 August" or "in Sendai" may be all that was lost, but a figure or name that changed is the business of other checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.checks.claim_english import FIRM, Compared, Lone, compare, near, strength
from auditor.checks.claim_meaning import Move, back_moves, cut, moves, swapped
from auditor.checks.claim_sides import Case, Side, content, counterparts, drift
from auditor.lang.en.words import opens_phrase
from auditor.lang.lexical import LOOSE, STRENGTH, LexicalMatch, explain, weight
from auditor.model import Drift, Severity, Span, Word

_MOST = 6
"""Runs looked at on either side; a sentence with more differs all over."""
_WEIGHT = 0.25
_FIRM = 0.7
"""Strength from which a word is shared by two English sentences."""
_ALIKE = 0.7
_SHARE = 0.6
"""Share of a sentence's content words that must be explained."""
ADDED = (0.8, 0.015)
"""The back-translation without the run: likeness to the source, gain there."""
DROPPED = (0.85, 0.015, 0.006)
"""The source without the run: likeness to the back-translation, gain there, gain to the translation."""
_SHARE_ADDED, _GAIN_ADDED, _HEAVY, _OWN, _REST = 0.25, 0.02, 0.8, 1.5, 1.5
"""Words added are major when without them this share of the difference is gone, they say so much, and little else differs."""
_LITTLE = 0.2
_LIKE_ADDED, _NEAR_ADDED, _TOLD = 0.7, 0.85, 0.7
"""So alike are the two English sentences, so alike without the run, and so much of the source the translation says."""
_LIKE, _LIKER = 0.78, 0.9
_LIGHT = 0.3
_ABOUT, _ABOUT_FREE = 0.3, 0.5
"""A word so near to another is its paraphrase: another word of the back-translation, of the translation."""
_EXTRA, _WEIGHTY = 3.0, 0.5


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage: words added, else words dropped."""
    if case.back is None or case.lexical_back is None or case.encode is None:
        return
    replaced = _replaced(case, case.lexical_back)
    if replaced is not None:
        yield replaced
    native = {link.word.start for link in case.lexical.source if link.by is not None and link.how not in LOOSE}
    reverse = explain(case.back.facts.words, case.source.facts.words)
    dropped = _runs(case.source, case.back, case.lexical_back, native) if case.lexical_back.source_share >= _SHARE else []
    added = _runs(case.back, case.source, reverse, set())
    compared = compare(case)
    if compared is None:
        return
    found = list(_word_dropped(case, compared))
    if (dropped or added) and len(dropped) <= _MOST and len(added) <= _MOST:
        found += _judge(case, compared, dropped, added)
    yield from sorted(found, key=lambda d: d.severity)[:1]


def _replaced(case: Case, back: LexicalMatch) -> Drift | None:
    """The one word that two otherwise equal English sentences do not share, where the translation bears out the other's."""
    assert case.back is not None
    old, new = ([link.word for link in side if not link.how and link.weight >= _WEIGHT] for side in (back.source, back.target))
    shared = sum(STRENGTH.get(link.how, 0) >= _FIRM for link in back.source)
    if len(old) != 1 or len(new) != 1 or shared < max(4, _ALIKE * (len(back.source) - 1)):
        return None
    there = [
        w for w in counterparts(new[0], case.target) if not any(link.word == w and link.by is not None for link in case.lexical.target)
    ]
    apart = abs(_place(old[0], case.source) - _place(new[0], case.back))
    if not there or old[0].pos != new[0].pos or counterparts(old[0], case.target) or apart > 0.4:
        return None
    said = f"“{old[0].text}” became {there[0].text} (“{new[0].text}” in the back-translation)"
    return drift("replaced", "minor", 0.4, old[0], there[0], said, True)


def _place(word: Word, side: Side) -> float:
    return (word.start - side.offset) / max(1, len(side.facts.text))


def _judge(case: Case, compared: Compared, dropped: list[_Run], added: list[_Run]) -> Iterator[Drift]:
    assert case.back is not None
    back, source, offset = case.back.facts.text, case.source.facts.text, case.source.offset
    told = [(run, move, _sure_added(case, compared, run, move)) for run, move in zip(
        added, back_moves(case, [cut(back, run.span) for run in added]), strict=True
    ) if _likely_added(move)]  # fmt: skip
    for run, move, sure in sorted(told, key=lambda t: not t[2])[:1]:
        said = f"the source does not say “{run.span.text}”"
        severity: Severity = "major" if sure else "minor"
        yield drift("added", severity, min(0.8, 0.4 + 5 * move.back), None, _where(case, run.span), said, True, words=run.span.text)
        return
    for run, move in zip(dropped, moves(case, [cut(source, run.span, offset) for run in dropped]), strict=True):
        if move.near > DROPPED[0] and move.back > DROPPED[1] and move.target > DROPPED[2]:
            said = f"“{run.span.text}” is neither in the translation nor in the back-translation"
            yield drift("dropped", "minor", min(0.7, 0.3 + 5 * move.back), run.span, None, said, True)
            return


def _likely_added(move: Move) -> bool:
    return move.near > ADDED[0] and move.back > ADDED[1]


def _sure_added(case: Case, compared: Compared, run: _Run, move: Move) -> bool:
    """Is most of what the source lacks in this run, and has the source little of its own that it may stand for?"""
    alike = compared.likeness > _LIKE_ADDED and case.lexical.source_share > _TOLD
    much = move.share > _SHARE_ADDED and move.back > _GAIN_ADDED and move.near > _NEAR_ADDED
    says = run.weight > _HEAVY or (
        compared.missing < _LITTLE and run.weight > _HEAVY / 2 and _where(case, run.span) != case.pair.passage.target
    )
    if not run.phrase or _in_brackets(case, run) or _unmet_name(case):
        return False
    return alike and much and says and compared.missing < _OWN and compared.extra - run.weight < _REST


def _in_brackets(case: Case, run: _Run) -> bool:
    """Is the run a gloss: in brackets, or what brackets after it say once more ("light-emitting diode (LED)")?"""
    assert case.back is not None
    text = case.back.facts.text
    before, after = text[: run.span.start], text[run.span.end :]
    return before.count("(") > before.count(")") or after[:_GLOSS].lstrip().startswith("(")


_GLOSS = 3


def _unmet_name(case: Case) -> bool:
    """Has the source a name in capitals that neither other side has? An abbreviation is told in words ("MLIT", "COVID-19")."""
    assert case.back is not None
    said = f"{case.target.facts.text} {case.back.facts.text}"
    return any(len(w.text) > 2 and w.text.isupper() and w.text not in said for w in case.source.facts.words)


def _word_dropped(case: Case, compared: Compared) -> Iterator[Drift]:
    """A single word of the source that nothing on either other side is near to."""
    if compared.likeness < _LIKE or case.lexical.target_share < _SHARE:
        return
    lone = [one for one in compared.source if not one.native and one.weight > _LIGHT and _unlike(one, compared, case)]
    text, offset = case.source.facts.text, case.source.offset
    found = zip(lone, moves(case, [cut(text, one.word, offset) for one in lone]), strict=True)
    told = [(move.both, one.word) for one, move in found if _gone(compared, one, move) and not _paraphrased(case, compared, one, move)]
    if told:
        _, word = max(told, key=lambda t: (t[0], -t[1].start))
        said = f"“{word.text}” is neither in the translation nor in the back-translation"
        yield drift("dropped", "major", 0.5, word, None, said, True)


def _paraphrased(case: Case, compared: Compared, one: Lone, move: Move) -> bool:
    """Does a lone word of the back-translation fit better in the word's place than nothing? Or does it only link ("However, ...")?"""
    text, offset = case.source.facts.text, case.source.offset
    first = not any(c.isalnum() for c in text[: one.word.start - offset]) and text[one.word.end - offset :].startswith(",")
    others = [o.word.text for o in compared.back if abs(o.place - one.place) < _ABOUT_THERE and _kind(o.word) == _kind(one.word)]
    return first or any(m.both >= move.both for m in moves(case, [swapped(text, one.word, other, offset) for other in others]))


_ABOUT_THERE = 0.4


def _kind(word: Word) -> bool:
    """Does the word modify? Noun and verb may stand for one another, so may adjective and adverb."""
    return word.pos in ("adj", "adv")


def _gone(compared: Compared, one: Lone, move: Move) -> bool:
    """A modifier that little else differs from; another word only between sentences that hardly differ."""
    if compared.missing - one.weight > _OWN or compared.extra > _EXTRA or move.back < 0:
        return False
    if one.word.pos in ("adj", "adv"):
        return move.share > 0.1 and move.target > -0.005 and move.both > 0.005
    sure = move.share > 0.15 and move.target > 0.015 and move.both > 0.03
    return sure and compared.likeness > _LIKER and one.weight > _WEIGHTY


def _unlike(one: Lone, compared: Compared, case: Case) -> bool:
    """No lone word of the back-translation and no free word of the translation is about the same thing."""
    free = [link.word for link in case.lexical.target if strength(link) < FIRM]
    return near(one.word, [other.word for other in compared.back]) < _ABOUT and near(one.word, free) < _ABOUT_FREE


def _where(case: Case, run: Span) -> Span:
    """A target word that stands for a word of the run and for nothing in the source, or all of the target."""
    assert case.back is not None and case.pair.passage.target is not None
    free = {link.word.start for link in case.lexical.target if link.by is None}
    said = [w for w in case.back.facts.words if run.start <= w.start < run.end and content(w)]
    there = [t for w in said for t in counterparts(w, case.target)]
    return next((t for t in there if t.start in free or t.pos == "name"), case.pair.passage.target)


def _runs(side: Side, other: Side, match: LexicalMatch, known: set[int]) -> list[_Run]:
    """Runs of words without counterpart, with the function words between and right before them; none when most words are such."""
    lone = _lone(side.facts.words, other.facts.words, match) - known
    found: list[list[Word]] = [[]]
    for word in side.facts.words:
        if word.start in lone or (word.pos == "function" and found[-1]):
            found[-1].append(word)
        elif found[-1]:
            found.append([])
    runs = []
    for run in found:
        said = sum(_weight(w) for w in run if w.start in lone)
        if said >= _WEIGHT:
            led = _lead(_trim(run, lone), side.facts.words)
            runs.append(_Run(_span(led, side), said, _in_phrase(led, side.facts.words)))
    return runs


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that stand together and alone, how much they say, and whether they are a phrase ("in the north") or hold a figure.

    A run that is no phrase is mostly the engine's other words for the same thing.
    """

    span: Span
    weight: float
    phrase: bool


def _weight(word: Word) -> float:
    return 0.6 if word.pos in ("num", "name") else weight(word.lemma)


def _lone(words: Sequence[Word], others: Sequence[Word], match: LexicalMatch) -> set[int]:
    there = {w.text.lower() for w in others}
    lone = {link.word.start for link in match.source if link.by is None or link.how in LOOSE}
    return lone | {w.start for w in words if w.pos in ("name", "num") and w.text.lower() not in there}


def _in_phrase(run: list[Word], words: Sequence[Word]) -> bool:
    """Does a preposition or the like open the run or stand shortly before it ("in the March flood"), or has it a figure?"""
    before = [w for w in words if w.end <= run[0].start][-_SHORTLY:]
    return any(opens_phrase(w) for w in (run[0], *before)) or any(w.pos == "num" for w in run)


_SHORTLY = 3


def _trim(run: list[Word], lone: set[int]) -> list[Word]:
    last = max(k for k, word in enumerate(run) if word.start in lone)
    return run[: last + 1]


def _lead(run: list[Word], words: Sequence[Word]) -> list[Word]:
    """The run with its preposition and article."""
    at = next(k for k, word in enumerate(words) if word.start == run[0].start)
    while at > 0 and words[at - 1].pos == "function":
        at -= 1
        run = [words[at], *run]
        if words[at].text.lower() not in ("the", "a", "an", "of"):
            break
    return run


def _span(run: list[Word], side: Side) -> Span:
    text = side.facts.text[run[0].start - side.offset : run[-1].end - side.offset]
    return Span(run[0].start, run[-1].end, text)
