"""The self-test: known drifts planted into the user's own article, and what an audit of it catches."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from auditor.audit import plan
from auditor.demo import sample, samples_folder
from auditor.intake import Submission, Translation
from auditor.selftest.plant import KINDS, Planted, plant
from auditor.selftest.run import SelfTest, self_test, to_json, to_text
from auditor.session import Session

FILES = [str(samples_folder() / name) for name in ("article.en.txt", "article.zh.txt")]


@pytest.fixture(scope="module")
def planted(session: Session) -> list[Planted]:
    return list(plant(plan(sample("faithful"), session.reading), "zh", 3))


@pytest.fixture(scope="module")
def tested(session: Session) -> SelfTest:
    return self_test(session, sample("faithful"), "gloss", each=2)


def test_each_kind_is_planted_in_several_places(planted: list[Planted]) -> None:
    assert Counter(p.kind for p in planted) == dict.fromkeys(KINDS, 3)
    assert len({(p.kind, p.start) for p in planted}) == len(planted)


def test_one_drift_is_planted_at_a_time_and_where_it_says(planted: list[Planted]) -> None:
    original = sample("faithful")
    zh = original.translations[0].text
    for p in planted:
        assert [t.lang for t in p.submission.translations] == ["zh"]
        assert p.before != p.after
        source, target = p.submission.source, p.submission.translations[0].text
        if p.kind == "omission":
            assert (source, target) == (original.source, zh.replace(p.before, "", 1))
        else:
            assert (source, target) == (original.source.replace(p.before, p.after, 1), zh)
            assert source[p.start : p.end] == p.after


def test_the_same_drifts_are_planted_in_every_run(session: Session, planted: list[Planted]) -> None:
    again = plant(plan(sample("faithful"), session.reading), "zh", 3)
    assert [(p.kind, p.after) for p in again] == [(p.kind, p.after) for p in planted]


def test_what_an_audit_is_best_at_is_caught(tested: SelfTest) -> None:
    for kinds in tested.counts().values():
        for kind in ("figure/digits", "figure/scale", "name/place", "omission", "addition"):
            assert kinds[kind] == (2, 2), kind


def test_a_finding_that_was_there_before_is_no_catch(session: Session) -> None:
    """The versions say another year than the English: whatever is planted on that figure is no new finding."""
    english = "The port was opened in 1987. The harbour master retired last week after a long career at sea."
    chinese = "该港口于1978年启用。港务长在漫长的海上生涯之后于上周退休。"
    result = self_test(session, Submission("port", "en", english, (Translation("zh", chinese),)), "gloss")
    assert result.serious_before["zh"] >= 1
    assert "1 critical or major without any" in to_text(result)


def test_an_article_with_nothing_to_plant_says_so(session: Session) -> None:
    submission = Submission(
        "short", "en", "Bees sleep, birds sing, and old dogs dream.", (Translation("ja", "蜂は眠り、鳥は歌い、老犬は夢を見る。"),)
    )
    text = to_text(self_test(session, submission, "gloss"))
    assert "nothing to plant for" in text
    assert "figure/digits" in text


def test_text_and_json_tell_the_same(tested: SelfTest) -> None:
    value = json.loads(to_json(tested))["self_test"]
    for lang, kinds in tested.counts().items():
        found, number = (sum(row[i] for row in kinds.values()) for i in (0, 1))
        assert f"{lang}: {found} of {number} planted drifts caught" in to_text(tested)
        assert {k: (row["caught"], row["planted"]) for k, row in value[lang]["kinds"].items()} == kinds
        assert len(value[lang]["trials"]) == number


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--format", "html"], "text or JSON"), (["-o", "x.html"], "text or JSON"), (["--fail-on", "major"], "--fail-on")],
)
def test_options_that_mean_nothing_here_are_refused(options: list[str], says: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "auditor", "audit", FILES[0], "--zh", FILES[1], "--self-test", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr
