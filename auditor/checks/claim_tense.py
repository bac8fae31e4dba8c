"""A plan that became a fact, a fact that became a plan, and a past that became a present.

Fires, with a back-translation, when
- a verb (the same, or a close synonym) is in another tense there, the translation does not go against it (no 将, 予定 for a past; some
  word of the future for a plan), and the source in that tense is nearer in meaning;
- a present beside a date and another past ("opens in 1985, and covered") is a past there, and so told the source is nearer;
- the source has one "will", and neither the translation nor the back-translation has any word for a future, an ability, a condition or
  an obligation, and the source told as a fact is nearer; much nearer where the back-translation is not in the past and
  the translation has no word of what happened or goes on.

Any other verb's tense is a minor note where the translation's language has no tense (Chinese): the tense of its back-translation is the
engine's choice. Elsewhere it needs two English sentences that are otherwise much alike.

Stays quiet without a back-translation: Chinese has no tense and Japanese marks the future by nothing, so a bare verb goes with any; for
the same reason a settled plan ("opens in May") goes with a future, a perfect with a present, and a past that became a present is a minor
note.

Limits: verbs are compared by lemma; a tense that moved to another verb is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.claim_meaning import likeness, moves, swapped
from auditor.checks.claim_sides import Case, Side, drift
from auditor.lang.base import language
from auditor.lang.en.tense import is_auxiliary, main, present_form, retold, tenses
from auditor.lang.lexical import STRENGTH, family
from auditor.model import Cue, Drift, Severity, Word

_WILL = frozenset({"will", "'ll", "’ll", "shall"})
_MAY_BE = ("ability", "certainty", "condition", "obligation")
"""What a future may hide in."""
_ALIKE = 0.8
"""Share of the source a back-translation must explain to say by its silence that something is not there."""


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage: the first verb whose tense differs."""
    if case.back is None or case.source.of("question", "question"):
        return
    lost = _future_lost(case, case.back)
    if lost is not None and lost.severity == "major":
        yield lost
        return
    like = likeness(case)
    changes = list(_changes(case.source.facts.words, case.back.facts.words))
    tensed = language(case.target.facts.lang).tensed
    told = [(change, _dated(case, change) or (tensed and _confirmed(case, change, like))) for change in changes]
    if lost is not None and not any(sure for _, sure in told):
        yield lost
        return
    for change, sure in sorted(told, key=lambda t: (not t[1], t[0].word.start))[:1]:
        what = f"“{change.word.text}” is {change.now} in the source, “{change.said.text}” is {change.then} in the back-translation"
        severity: Severity = "major" if sure else "minor"
        yield drift("tense", severity, 0.5, change.word, _shown(case, change.now, change.then), what, True)


@dataclass(frozen=True, slots=True)
class _Change:
    """A verb's tense in the source (`now`) and in the back-translation (`then`), with the words that show them."""

    lemma: str
    now: str
    then: str
    word: Word
    said: Word


def _changes(source: tuple[Word, ...], back: tuple[Word, ...]) -> Iterator[_Change]:
    mine, theirs = tenses(source), tenses(back)
    for lemma, (now, word) in mine.items():
        other = lemma if lemma in theirs else next((o for o in theirs if o not in mine and _same(lemma, o)), "")
        then, said = theirs.get(other, ("", None))
        if said is not None and now != then and main(source, word) and main(back, said) and not _perfect(word, said):
            yield _Change(lemma, now, then, word, said)
    for lemma, (then, said) in theirs.items():
        form = present_form(source, lemma) if then == "past" and lemma not in mine else None
        if form is None or (form.pos != "verb" and is_auxiliary(said)):  # "there were people" tells nothing of "people work"
            continue
        if main(source, form) and main(back, said) and not _perfect(form, said):
            yield _Change(lemma, "present", then, form, said)


def _perfect(one: Word, other: Word) -> bool:
    """A perfect goes with a present as well as with a past."""
    return not _PERFECT.isdisjoint((one.text.lower(), other.text.lower()))


_PERFECT = frozenset(("has", "have", "had"))


def _same(one: str, other: str) -> bool:
    return STRENGTH.get(family((one,)).get(other, ""), 0.0) >= _SYNONYM


_SYNONYM = 0.8


def _retold(case: Case, change: _Change) -> str | None:
    """The source with the verb in the back-translation's tense: an auxiliary takes the other's form."""
    text, offset = case.source.facts.text, case.source.offset
    if is_auxiliary(change.word) and is_auxiliary(change.said) and "future" not in (change.now, change.then):
        return swapped(text, change.word, change.said.text.lower(), offset)
    return retold(text, change.word, change.lemma, change.then, offset)


def _confirmed(case: Case, change: _Change, like: float) -> bool:
    """Does the translation go with the back-translation's tense, and is the source in that tense nearer to both?"""
    planned, done = case.target.of("completion", "planned", "expected"), case.target.of("completion", "done")
    if change.then == "future":
        return bool(planned) and not done
    if planned and not (done and change.then == "past"):
        return False
    if change.now == "future" and (change.word.text.lower() == "would" or (change.then == "present" and not is_auxiliary(change.said))):
        return False  # "would" is as often a past, and a present goes with a plan that is settled ("opens in May")
    if (change.now, change.then) == ("future", "present") and not case.target.of("completion", "done", "ongoing"):
        return False  # a bare verb tells of the future as well
    if change.now != "future" and (change.then != "past" or like < (_LIKE if done else _LIKER)):
        return False
    text = _retold(case, change)
    found = moves(case, [text]) if text is not None else []
    least = _SHARE if change.now == "future" else -_SHARE if done else 0.0
    return not case.encode or any(m.share > least and (m.target > _AWAY or m.share > _MUCH) for m in found)


def _dated(case: Case, change: _Change) -> bool:
    """Is a present of the source a past in the back-translation, where a date and another past stand beside it ("opens in 1985, and
    covered")? By itself a present goes with a date to come, and who says something says it still."""
    words = case.source.facts.words
    pasts = [w for tense, w in tenses(words).values() if tense == "past" and w != change.word]
    if (change.now, change.then) != ("present", "past") or not pasts or not any(f.kind == "date" for f in case.source.facts.figures):
        return False
    said = any(c.start <= change.word.start < c.end for c in case.source.of("rung", "declared"))
    if said or case.target.of("completion", "planned", "expected"):
        return False
    text = _retold(case, change)
    return text is not None and any(m.share > _SHARE for m in moves(case, [text]))


_LIKE, _LIKER = 0.8, 0.85
"""Likeness of the two English sentences to believe a past by: where the translation has a word for it, and where it has none."""
_SHARE = 0.03
_WHEN = frozenset({"date", "weekday", "time"})
_ALIKE_BARE, _SHARE_BARE, _LONG = 0.75, 0.045, 12
"""Likeness of the two English sentences, the share, and the words, for a future lost that no past and no word of the translation shows:
no translator's of 2,370 lines of news has all three."""
_AWAY, _MUCH = -0.01, 0.4
"""A translation may be so much further away; when so much of the difference is gone it need not be asked."""


def _future_lost(case: Case, back: Side) -> Drift | None:
    """The source's only plain future, when nothing on either other side may stand for it."""
    assert case.lexical_back is not None
    wills = [c for c in case.source.of("completion", "planned") if c.text.lower() in _WILL]
    if len(wills) != 1 or case.source.of("condition") or case.target.of("completion", "expected"):
        return None
    if any(side.of("completion", "planned") or any(side.of(kind) for kind in _MAY_BE) for side in (case.target, back)):
        return None
    told = [tense for tense, _ in tenses(back.facts.words).values()]
    happens = bool(case.target.of("completion", "done", "ongoing")) and case.lexical_back.source_share > _ALIKE
    told_of = not language(case.target.facts.lang).tensed or bool(case.target.of("completion", "done", "ongoing"))  # となる may be to come
    settled = any(f.kind in _WHEN for f in case.source.facts.figures)  # "opens on Friday" is a plan, too
    bare = told_of and not settled and likeness(case) >= _ALIKE_BARE and len(case.source.facts.words) >= _LONG
    least = _SHARE if told.count("past") > told.count("present") or happens else _SHARE_BARE if bare else None
    sure = least is not None and _nearer_told(case, wills[0], least)
    what = f"“{wills[0].text}” is neither in the translation nor in the back-translation: a plan became a fact"
    return drift("tense", "major" if sure else "minor", 0.5, wills[0], None, what, True)


def _nearer_told(case: Case, will: Cue, least: float) -> bool:
    """Is the source with its "will" told as a fact nearer to both others?"""
    shown = next((w for w in case.source.facts.words if w.start <= will.start < w.end), None)
    if case.encode is None or shown is None:
        return True
    text, offset = case.source.facts.text, case.source.offset
    told = [t for tense in ("past", "present") if (t := retold(text, shown, "", tense, offset)) is not None]
    return any(m.share > least and (m.target > _AWAY or m.share > _MUCH) for m in moves(case, told))


def _shown(case: Case, now: str, then: str) -> Cue | None:
    """The target's own word for what the back-translation has and the source has not."""
    planned, done = case.target.of("completion", "planned"), case.target.of("completion", "done")
    if then == "future" and not done:
        return planned[0] if planned else None
    if then == "past" and not case.target.of("completion", "planned", "expected"):
        return done[-1] if done else None
    ongoing = case.target.of("completion", "ongoing")
    return ongoing[-1] if then == "present" and now == "future" and ongoing and not planned else None
