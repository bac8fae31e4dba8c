"""What the back-translation says of a figure."""

from __future__ import annotations

from auditor.checks.figure_likeness import group
from auditor.checks.figure_match import paired
from auditor.model import Figure, Pair


def shown_back(pair: Pair, a: Figure | None, b: Figure | None) -> bool | None:
    """True: the back-translation shows the same mismatch; False: it has the source's figure; None: there is none, or it cannot tell."""
    if pair.back is None:
        return None
    has_a = a is not None and paired(a, pair.source.figures, pair.back.figures)
    has_b = b is not None and paired(b, pair.target.figures, pair.back.figures)
    if a is None:
        return has_b
    if has_a and not has_b:
        return False
    return None if has_a else True


def back_evidence(pair: Pair, figure: Figure) -> dict[str, str]:
    """The back-translation's figures of the same sort, for the evidence of a finding about a figure of the source."""
    if pair.back is None:
        return {}
    near = [f.text for f in pair.back.figures if group(f) == group(figure)]
    return {"back_translation": ", ".join(near)} if near else {}
