"""A plan that became a fact, a fact that became a plan, and a past that became a present.

Fires when
- the source says something will happen and the translation marks it as done (了, 已, した) with no word for the future, or the source
  says it happened and the translation has only plans (将, 予定), both confirmed by the tense of the same verb in the back-translation;
- the same verb is present in the source, past in the back-translation, and the translation marks it as done;
- the source has one "will", and neither the translation nor the back-translation has any word for a future, an ability, a condition or
  an obligation: major when the back-translation tells of the past or otherwise says what the source says, else minor.

Stays quiet without a back-translation beyond a minor note: Chinese has no tense and Japanese marks the future by nothing, so a bare
verb goes with any; for the same reason a back-translation alone never raises more than a minor note.

Limits: verbs are compared by lemma; a tense that moved to another verb is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.claim_sides import Case, Side, drift
from auditor.lang.en.tense import main, tenses
from auditor.model import Cue, Drift

_WILL = frozenset({"will", "'ll", "’ll", "shall"})
_MAY_BE = ("ability", "certainty", "condition", "obligation")
"""What a future may hide in."""
_ALIKE = 0.8
"""Share of the source a back-translation must explain to say by its silence that something is not there."""


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage: the first verb whose tense differs."""
    if case.back is None or case.source.of("question"):
        return
    if (lost := _future_lost(case, case.back)) is not None:
        yield lost
        return
    mine, theirs = tenses(case.source.facts.words), tenses(case.back.facts.words)
    for lemma in sorted(mine.keys() & theirs.keys(), key=lambda k: (mine[k][1].start, k)):
        (now, word), (then, said) = mine[lemma], theirs[lemma]
        if now != then and main(case.source.facts.words, word) and main(case.back.facts.words, said):
            shown = _shown(case, now, then)
            what = f"“{word.text}” is {now} in the source, “{said.text}” is {then} in the back-translation"
            yield drift("tense", "major" if shown else "minor", 0.5, word, shown, what, True)
            return


def _future_lost(case: Case, back: Side) -> Drift | None:
    """The source's only plain future, when nothing on either other side may stand for it."""
    assert case.lexical_back is not None
    wills = [c for c in case.source.of("completion", "planned") if c.text.lower() in _WILL]
    if len(wills) != 1 or case.source.of("condition") or case.target.of("completion", "expected"):
        return None
    if any(side.of("completion", "planned") or any(side.of(kind) for kind in _MAY_BE) for side in (case.target, back)):
        return None
    told = [tense for tense, _ in tenses(back.facts.words).values()]
    sure = told.count("past") > told.count("present") or case.lexical_back.source_share > _ALIKE
    what = f"“{wills[0].text}” is neither in the translation nor in the back-translation: a plan became a fact"
    return drift("tense", "major" if sure else "minor", 0.5, wills[0], None, what, True)


def _shown(case: Case, now: str, then: str) -> Cue | None:
    """The target's own word for what the back-translation has and the source has not."""
    planned, done = case.target.of("completion", "planned"), case.target.of("completion", "done")
    if then == "future" and not done:
        return planned[0] if planned else None
    if then == "past" and not case.target.of("completion", "planned", "expected"):
        return done[-1] if done else None
    ongoing = case.target.of("completion", "ongoing")
    return ongoing[-1] if then == "present" and now == "future" and ongoing and not planned else None
