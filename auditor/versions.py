"""The three-version judgement: where Chinese and Japanese agree against the English, the English is the suspect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.model import Finding


def judge(findings: Sequence[Finding], passages: Mapping[str, tuple[int, int] | None], langs: Sequence[str]) -> tuple[Finding, ...]:
    """Findings with `agreement` set: None with one translation, else "both" or "zh only" and the like.

    passages  passage id -> its range in the English text
    Two findings agree when they are of one category, lie on the same English words (or, without words, the same English passage)
    and, where both name the value they read, name the same.
    """
    if len(langs) < 2:
        return tuple(findings)
    judged: list[Finding] = []
    near = _Neighbours(findings, passages)
    for finding in findings:
        partner = next((f for f in near.of(finding) if f.lang != finding.lang and _agree(finding, f, passages)), None)
        if partner is None:
            judged.append(replace(finding, agreement=f"{finding.lang} only"))
        else:
            message = f"{finding.message}. Both translations agree against the English: check the English first"
            judged.append(replace(finding, agreement="both", message=message))
    return tuple(judged)


_STRETCH = 500  # characters of the English text


class _Neighbours:
    """Findings by kind and by the stretches of English they lie on: a long text has thousands, and few are worth comparing."""

    def __init__(self, findings: Sequence[Finding], passages: Mapping[str, tuple[int, int] | None]) -> None:
        self._passages = passages
        self._at: dict[tuple[str, str, int], list[tuple[int, Finding]]] = defaultdict(list)
        for number, finding in enumerate(findings):
            for cell in self._cells(finding):
                self._at[cell].append((number, finding))

    def _cells(self, finding: Finding) -> list[tuple[str, str, int]]:
        place = _place(finding, self._passages)
        stretches = range(place[0] // _STRETCH, place[1] // _STRETCH + 1) if place else ()
        return [(finding.category, finding.type, at) for at in stretches]

    def of(self, finding: Finding) -> list[Finding]:
        """Findings of the same kind that may lie on the same English words, in their order."""
        found = {number: other for cell in self._cells(finding) for number, other in self._at[cell]}
        return [found[number] for number in sorted(found)]


def _agree(a: Finding, b: Finding, passages: Mapping[str, tuple[int, int] | None]) -> bool:
    if a.category != b.category or a.type != b.type:
        return False
    place_a, place_b = _place(a, passages), _place(b, passages)
    if place_a is None or place_b is None or place_a[0] >= place_b[1] or place_b[0] >= place_a[1]:
        return False
    value_a, value_b = a.evidence.get("target_value"), b.evidence.get("target_value")
    return value_a is None or value_b is None or value_a == value_b


def _place(finding: Finding, passages: Mapping[str, tuple[int, int] | None]) -> tuple[int, int] | None:
    if finding.source is not None:
        return finding.source.start, finding.source.end
    return passages.get(finding.passage or "")
