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
    other = '{"id": "other", "findings": []}\n'
    out.write_text(other)
    assert main(["batch", str(cases), "-o", str(out)]) == 2
    assert "another input" in capsys.readouterr().err
    assert out.read_text() == other


@pytest.mark.parametrize(
    "content",
    ["precious notes\nmore\n", "precious notes", "[1, 2]\n", '{"id": "a0"}\n', '{"id": "a0", "findings": []}\nnotes\n{"id"', "\n\n"],
)
def test_a_file_that_is_no_output_of_a_batch_stays(content: str, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "notes.txt"
    out.write_text(content)
    assert main(["batch", str(cases), "-o", str(out), "--workers", "1"]) == 2
    assert "is not a line of a batch" in capsys.readouterr().err
    assert out.read_text() == content


@pytest.mark.parametrize("content", ["", '{"schema_version": "1", "id": "a', '{"id": nu'])
def test_an_output_torn_in_its_first_line_is_begun_again(content: str, cases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(content)
    assert main(["batch", str(cases), "-o", str(out), "--workers", "1"]) == 2
    assert ids(out) == EXPECTED


def test_a_text_that_changed_since_is_not_answered_with_the_old_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(article(0) + "\n" + article(1) + "\n", encoding="utf-8")
    assert main(["batch", str(source), "-o", str(out), "--workers", "1"]) == 0
    source.write_text(article(0) + "\n" + article(1).replace("340", "430") + "\n", encoding="utf-8")
    assert main(["batch", str(source), "-o", str(out), "--workers", "1"]) == 2
    assert f"{source}, line 2 has changed since {out} was written" in capsys.readouterr().err


def test_two_batches_do_not_write_one_output(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fcntl = pytest.importorskip("fcntl")
    out = tmp_path / "out.jsonl"
    with out.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert main(["batch", str(cases), "-o", str(out), "--workers", "1"]) == 2
    assert "another batch is writing" in capsys.readouterr().err


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_an_output_that_is_the_input_by_another_name_is_refused(link: str, cases: Path, tmp_path: Path) -> None:
    before = cases.read_bytes()
    getattr(tmp_path / "out.jsonl", link)(cases)
    assert main(["batch", str(cases), "-o", str(tmp_path / "out.jsonl")]) == 2
    assert cases.read_bytes() == before


def test_a_byte_that_is_not_utf_8_is_named_beside_the_articles_id(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = article(0).encode()
    bad = article(1).encode().replace(b"The plant", b"The \xff plant")
    source.write_bytes(good + b"\n" + bad + b"\n" + article(2).encode() + b"\n")
    assert main(["batch", str(source), "-o", str(out), "--workers", "1"]) == 2
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a0", "a1", "a2"]
    assert lines[1]["error"]["code"] == "bad_encoding"
    assert f"byte 0xFF at byte {bad.index(0xFF) + 1} of the line" in lines[1]["error"]["message"]
