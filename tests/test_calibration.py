"""What a confidence means, and how it is fitted."""

from __future__ import annotations

import random

import pytest

from auditor.calibration import LEAST, MOST, Calibration, packaged, parse
from auditor.evaluation.calibrate import Graded, fit, reliability, to_tsv


def test_a_stronger_finding_of_the_same_rule_is_never_less_sure() -> None:
    said = [packaged().confidence("figure", "digits", "major", k / 100) for k in range(101)]
    assert said == sorted(said)
    assert said[0] < said[-1]


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_no_finding_is_certain_either_way(strength: float) -> None:
    for weight in (-50.0, 50.0):
        assert LEAST <= Calibration(1.0, {"": weight}).confidence("claim", "negation", "minor", strength) <= MOST


def test_a_rule_that_no_case_knew_is_judged_by_its_category() -> None:
    calibration = Calibration(1.0, {"": 0.0, "tone": -1.0, "tone/loaded_word": 3.0})
    assert calibration.confidence("tone", "new_rule", "major", 0.5) == pytest.approx(0.27, abs=0.01)


def findings(seed: int) -> list[Graded]:
    """Two rules: one right nine times of ten, one three times; both called .8 by the check."""
    dice = random.Random(seed)
    return [Graded("figure", "digits", "major", 0.8, dice.random() < 0.9) for _ in range(500)] + [
        Graded("claim", "content", "major", 0.8, dice.random() < 0.3) for _ in range(500)
    ]


def test_fitted_confidences_are_how_often_findings_were_real() -> None:
    fitted = fit(findings(1))
    assert fitted.confidence("figure", "digits", "major", 0.8) == pytest.approx(0.9, abs=0.04)
    assert fitted.confidence("claim", "content", "major", 0.8) == pytest.approx(0.3, abs=0.05)
    table = reliability(fitted, findings(2))
    error = float(table.split("Expected calibration error ")[1].split(";")[0])
    assert error < 0.05


def test_a_rule_seen_twice_has_no_say_of_its_own() -> None:
    graded = [*findings(1), Graded("figure", "rare", "major", 0.8, False), Graded("figure", "rare", "major", 0.8, False)]
    assert fit(graded).confidence("figure", "rare", "major", 0.8) > 0.7


def test_the_table_that_is_written_is_the_table_that_is_read() -> None:
    fitted = fit(findings(1))
    again = parse(to_tsv(fitted, [], "a"))
    for rule in (("figure", "digits"), ("claim", "content"), ("name", "other")):
        assert again.confidence(*rule, "major", 0.7) == fitted.confidence(*rule, "major", 0.7)
