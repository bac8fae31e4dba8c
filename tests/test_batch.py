"""A batch keeps order, goes on after a bad line, and resumes what was half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.cli import main

SENTENCES = [
    ("The plant employs 120 people.", "该厂雇用120人。"),
    ("The plant employs 340 people.", "该厂雇用340人。"),
    ("The treaty was signed in Geneva.", "该条约在日内瓦签署。"),
    ("The court rejected the appeal.", "法院驳回了上诉。"),
]


def article(number: int) -> str:
    english, chinese = SENTENCES[number % len(SENTENCES)]
    return json.dumps(
        {"id": f"a{number}", "source": {"lang": "en", "text": english}, "translations": [{"lang": "zh", "text": chinese}], "extra": 1}
    )


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [article(n) for n in range(6)]
    lines.insert(2, "{broken")
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def ids(path: Path) -> list[str | None]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


EXPECTED = ["a0", "a1", None, "a2", "a3", "a4", "a5"]


def test_order_is_kept_and_a_bad_line_does_not_stop_the_rest(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["batch", str(cases), "-o", str(out), "--workers", "2"]) == 2
    assert ids(out) == EXPECTED
    assert "1 articles could not be audited" in capsys.readouterr().err


def test_a_half_written_output_is_resumed_and_ends_the_same(cases: Path, tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole.jsonl", tmp_path / "torn.jsonl"
    main(["batch", str(cases), "-o", str(whole), "--workers", "1"])
    raw = whole.read_bytes()
    torn.write_bytes(raw[: raw.index(b'"a3"') + 40])
    assert main(["batch", str(cases), "-o", str(torn), "--workers", "1"]) == 2
    strip = [{k: v for k, v in json.loads(line).items() if k != "run"} for line in whole.read_text().splitlines()]
    assert [{k: v for k, v in json.loads(line).items() if k != "run"} for line in torn.read_text().splitlines()] == strip


def test_an_output_of_another_input_is_not_overwritten(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text('{"id": "other"}\n')
    assert main(["batch", str(cases), "-o", str(out)]) == 2
    assert "another input" in capsys.readouterr().err
    assert out.read_text() == '{"id": "other"}\n'
