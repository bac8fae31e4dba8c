"""A batch that is killed, mended, misdirected or fed odd files: it says what is wrong and where, goes on, and loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from auditor.cli import main
from tests.test_batch import article


def lines_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def bare(out: Path) -> list[dict[str, Any]]:
    return [{k: v for k, v in line.items() if k != "run"} for line in lines_of(out)]


def batch(source: Path, out: Path, *more: str) -> int:
    return main(["batch", str(source), "-o", str(out), "--workers", "1", "--engine", "gloss", *more])


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_batch_killed_midway_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", *(article(n) for n in range(60)))
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    command = [sys.executable, "-m", "auditor", "batch", str(source), "-o", str(out), "--workers", "2", "--engine", "gloss"]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while time.monotonic() < until and not (out.exists() and out.stat().st_size > 5_000):
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert 0 < out.read_bytes().count(b"\n") <= 60
    out.write_bytes(out.read_bytes()[:-20])  # and its last line half on disk
    assert batch(source, out) == 0
    assert batch(source, whole) == 0
    assert bare(out) == bare(whole)


def test_articles_that_were_errors_are_audited_again_when_they_are_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    korean = article(3).replace('"zh"', '"ko"')
    source = write(tmp_path / "in.jsonl", article(0), "{broken", article(2), korean)
    assert batch(source, out) == 2
    told = capsys.readouterr().err
    assert f"{source}, line 2: the line is not JSON" in told and f"{source}, line 4: language 'ko' is not known" in told
    assert "mended, the same command audits them again" in told
    first = lines_of(out)
    assert first[1]["error"]["message"].startswith(f"{source}, line 2: ")
    write(source, article(0), article(1), article(2), korean, article(4))
    assert batch(source, out) == 2
    assert "3 articles written" in capsys.readouterr().err
    second = lines_of(out)
    assert [("error" in line, line["id"]) for line in second] == [(n == 3, f"a{n}") for n in range(5)]
    assert [second[0], second[2]] == [first[0], first[2]]  # not made again
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_killed_while_errors_are_made_again_the_output_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, source = tmp_path / "out.jsonl", write(tmp_path / "in.jsonl", article(0), "{broken", article(2))
    batch(source, out)
    before = out.read_bytes()
    write(source, article(0), article(1), article(2))

    def dies(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises((KeyboardInterrupt, SystemExit)):
        raise SystemExit(batch(source, out))
    assert out.read_bytes() == before
    monkeypatch.undo()
    assert batch(source, out) == 0
    assert [line["id"] for line in lines_of(out)] == ["a0", "a1", "a2"]


def with_keys(**keys: Any) -> str:
    return json.dumps({**json.loads(article(1)), **keys})


BACK = [{"lang": "zh", "text": "该厂雇用340人。", "back_translation": "The plant employs 340."}]


@pytest.mark.parametrize(
    "keys", [{"glossary": [{"source": "plant", "zh": "工厂"}]}, {"metadata": {"translator": "Li"}}, {"translations": BACK}]
)
def test_what_an_audit_is_made_from_is_compared_whole(keys: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, source = tmp_path / "out.jsonl", write(tmp_path / "in.jsonl", article(0), article(1))
    assert batch(source, out) == 0
    write(source, article(0), json.dumps(json.loads(article(1)), indent=None, sort_keys=True))  # the same in another order
    assert batch(source, out) == 0
    before = out.read_bytes()
    write(source, article(0), with_keys(**keys))
    assert batch(source, out) == 2
    assert f"{source}, line 2 has changed since" in capsys.readouterr().err
    assert out.read_bytes() == before


def test_one_output_is_not_of_two_engines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, source = tmp_path / "out.jsonl", write(tmp_path / "in.jsonl", article(0), article(1))
    assert batch(write(tmp_path / "one.jsonl", article(0)), out) == 0
    assert main(["batch", str(source), "-o", str(out), "--workers", "1", "--engine", "argos"]) == 2
    assert "was begun with the engine gloss, not argos" in capsys.readouterr().err


def test_ids_that_two_articles_have_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(write(tmp_path / "in.jsonl", article(0), article(1), article(0)), tmp_path / "out.jsonl") == 0
    assert "more than one article has the id 'a0'" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_jsonl_as_other_systems_write_it(encoding: str, end: str, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes((end.join((article(0), "", article(1))) + end).encode(encoding))
    assert batch(source, out) == 0
    assert [line["id"] for line in lines_of(out)] == ["a0", "a1"]


def test_one_json_document_is_told_as_a_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for indent in (None, 2):
        for value in ([json.loads(article(0))], json.loads(article(0))):
            if indent is None and isinstance(value, dict):
                continue  # that is a line
            (tmp_path / "in.json").write_text(json.dumps(value, indent=indent), encoding="utf-8")
            assert batch(tmp_path / "in.json", tmp_path / "out.jsonl") == 2
            assert "this is one JSON document; a batch needs an article a line" in capsys.readouterr().err
            assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("name", ["a.zip", "a.csv", "a.XLIFF", "a.md", "a.xlsx"])
def test_a_file_of_one_article_is_told_as_a_whole(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(b"PK\n1,2\n")
    assert batch(tmp_path / name, tmp_path / "out.jsonl") == 2
    told = capsys.readouterr().err
    assert f"{name}: a batch is JSONL" in told and "use auditor audit" in told and not (tmp_path / "out.jsonl").exists()


def test_an_input_without_an_article_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    for source in (write(tmp_path / "in.jsonl", "", " "), tmp_path / "folder"):
        assert batch(source, tmp_path / "out.jsonl") == 0
        assert f"there is no article in {source}" in capsys.readouterr().err


def test_a_number_that_json_has_not_is_refused_and_never_written(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert batch(write(tmp_path / "in.jsonl", with_keys(metadata={"n": float("nan")})), out) == 2
    assert "it has NaN" in lines_of(out)[0]["error"]["message"]
    frame = {"source": ["The plant employs 120 people."], "zh": ["该厂雇用120人。"], "n": [float("inf")]}
    pl.DataFrame(frame).write_parquet(tmp_path / "in.parquet")
    assert batch(tmp_path / "in.parquet", tmp_path / "p.jsonl") == 0
    assert lines_of(tmp_path / "p.jsonl")[0]["metadata"] == {"n": None}


def test_columns_of_parquet_are_read_as_headers_of_tables_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english, chinese = "The plant employs 120 people.", "该厂雇用120人。"
    source, out = tmp_path / "in.parquet", tmp_path / "out.jsonl"
    pl.DataFrame({"English": [english], "zh-CN": [chinese], "translator": ["Li"]}).write_parquet(source)
    assert batch(source, out) == 0
    assert [(t["lang"], line["metadata"]) for line in lines_of(out) for t in line["translations"]] == [("zh", {"translator": "Li"})]
    pl.DataFrame({"source": [english], "text": [chinese]}).write_parquet(source)
    assert batch(source, tmp_path / "o2.jsonl") == 2
    assert "there is no column of a translation, such as zh or ja; it has source, text" in capsys.readouterr().err
    pl.DataFrame({"source": [english.encode()], "zh": [chinese]}).write_parquet(source)
    assert batch(source, tmp_path / "o3.jsonl") == 2
    assert f"{source}, row 1: source.text must be a string" in lines_of(tmp_path / "o3.jsonl")[0]["error"]["message"]


def test_places_are_looked_at_before_hours_of_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = write(tmp_path / "in.jsonl", article(0)), tmp_path / "out.jsonl"
    (tmp_path / "file").touch()
    for arguments, told in [
        ([str(out), "--tables", str(tmp_path / "file")], "this is a file; name a folder"),
        ([str(tmp_path)], "is a folder; name a file"),
        ([str(tmp_path / "none" / "out.jsonl")], "there is no such folder"),
        (["/dev/full"], "name a file for the reports"),
    ]:
        assert main(["batch", str(source), "-o", *arguments, "--engine", "gloss"]) == 2
        assert told in capsys.readouterr().err
        assert not out.exists()


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="limits of file sizes are POSIX's")
def test_a_full_disk_is_told_with_the_file_and_gone_on_from(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.jsonl", *(article(n) for n in range(8))), tmp_path / "out.jsonl"
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from auditor.cli import main; resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000)); sys.exit(main(sys.argv[1:]))"
    )
    command = ["batch", str(source), "-o", str(out), "--workers", "1", "--engine", "gloss"]
    ended = subprocess.run([sys.executable, "-c", limited, *command], capture_output=True, text=True, check=False)
    assert ended.returncode == 2, ended.stderr
    assert f"{out} cannot be written: File too large; see to that, and give the same command" in ended.stderr
    assert 0 < out.read_bytes().count(b"\n") < 8
    assert batch(source, out) == 0
    assert [line["id"] for line in lines_of(out)] == [f"a{n}" for n in range(8)]
