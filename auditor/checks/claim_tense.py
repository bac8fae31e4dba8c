"""A plan that became a fact, a fact that became a plan, and a past that became a present.

Fires when
- the source says something will happen and the translation marks it as done (了, 已, した) with no word for the future, or the source
  says it happened and the translation has only plans (将, 予定), both confirmed by the tense of the same verb in the back-translation;
- the same verb is present in the source, past in the back-translation, and the translation marks it as done.

Stays quiet without a back-translation beyond a minor note: Chinese has no tense and Japanese marks the future by nothing, so a bare
verb goes with any; for the same reason a back-translation alone never raises more than a minor note.

Limits: verbs are compared by lemma; a tense that moved to another verb is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.claim_sides import Case, drift
from auditor.lang.en.tense import main, tenses
from auditor.model import Cue, Drift


def find(case: Case) -> Iterator[Drift]:
    """At most one drift a passage: the first verb whose tense differs."""
    if case.back is None or case.source.of("question"):
        return
    mine, theirs = tenses(case.source.facts.words), tenses(case.back.facts.words)
    for lemma in sorted(mine.keys() & theirs.keys(), key=lambda k: (mine[k][1].start, k)):
        (now, word), (then, said) = mine[lemma], theirs[lemma]
        if now != then and main(case.source.facts.words, word) and main(case.back.facts.words, said):
            shown = _shown(case, now, then)
            what = f"“{word.text}” is {now} in the source, “{said.text}” is {then} in the back-translation"
            yield drift("tense", "major" if shown else "minor", 0.5, word, shown, what, True)
            return


def _shown(case: Case, now: str, then: str) -> Cue | None:
    """The target's own word for what the back-translation has and the source has not."""
    planned, done = case.target.of("completion", "planned"), case.target.of("completion", "done")
    if then == "future" and not done:
        return planned[0] if planned else None
    if then == "past" and not case.target.of("completion", "planned", "expected"):
        return done[-1] if done else None
    ongoing = case.target.of("completion", "ongoing")
    return ongoing[-1] if then == "present" and now == "future" and ongoing and not planned else None
