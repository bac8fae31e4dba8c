"""The checks, in the order their findings are listed. A new check is one module, one line here and one cases file."""

from __future__ import annotations

from auditor.checks import addition, claim, figure, name, omission, terminology, tone
from auditor.checks.base import Check

CHECKS: tuple[Check, ...] = (
    figure.CHECK,
    name.CHECK,
    claim.CHECK,
    tone.CHECK,
    omission.CHECK,
    addition.CHECK,
    terminology.CHECK,
)
