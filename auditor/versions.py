"""The three-version judgement: where Chinese and Japanese agree against the English, the English is the suspect."""

from __future__ import annotations

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
    for finding in findings:
        partner = next((f for f in findings if f.lang != finding.lang and _agree(finding, f, passages)), None)
        if partner is None:
            judged.append(replace(finding, agreement=f"{finding.lang} only"))
        else:
            message = f"{finding.message}. Both translations agree against the English: check the English first"
            judged.append(replace(finding, agreement="both", message=message))
    return tuple(judged)


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
