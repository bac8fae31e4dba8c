"""She became he, or he became she.

Fires when the source's pronouns are all of one sex and the translation's all of the other.

Stays quiet when the translation has no pronoun that shows a sex (Japanese mostly has none), when either side has both, and on the
back-translation's word alone: a machine guesses a pronoun where the original has none.

Limits: 他 for a person of unknown sex against "she" is flagged; nouns (brother, widow) are the business of the opposites rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.claim_sides import Case, drift
from auditor.model import Drift


def find(case: Case) -> Iterator[Drift]:
    """One drift when the sexes are disjoint."""
    mine, theirs = case.source.of("gender"), case.target.of("gender")
    guessed = case.back.of("gender") if case.back is not None else ()
    sexes = {c.value for c in mine}
    if len(sexes) != 1:
        return
    back = None if not guessed else {c.value for c in guessed}.isdisjoint(sexes)
    if theirs and {c.value for c in theirs}.isdisjoint(sexes):
        what = f"“{mine[0].text}” became {theirs[0].text}"
        yield drift("gender", "minor" if back is False else "major", 0.8, mine[0], theirs[0], what, back)
    elif not theirs and back:
        said = f"“{mine[0].text}” is “{guessed[0].text}” in the back-translation"
        yield drift("gender", "minor", 0.2, mine[0], None, said, back)
