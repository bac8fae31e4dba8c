"""A batch over a Ray cluster gives what one process gives, row for row, also when a worker is killed midway."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.corpus.batch import Lanes, run_batch
from auditor.settings import Settings

pytest.importorskip("ray") if os.environ.get("AUDITOR_TEST_ALL") != "1" else None
COUNT = 40


def rows(path: Path) -> list[dict[str, object]]:
    return [{k: v for k, v in json.loads(line).items() if k != "run"} for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ray") / "in.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for i in range(COUNT):
            chinese = f"第{i}号工厂雇用{120 + i}人。" if i % 5 else f"第{i}号工厂雇用{1200 + i}人。"
            source = {"lang": "en", "text": f"Plant number {i} employs {120 + i} people."}
            file.write(json.dumps({"id": f"a{i}", "source": source, "translations": [{"lang": "zh", "text": chinese}]}) + "\n")
            if i == 7:
                file.write("{broken\n")
    return path


@pytest.fixture(scope="module")
def expected(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    out = tmp_path_factory.mktemp("one") / "out.jsonl"
    run_batch(articles, out, "gloss", 1, Settings())
    return rows(out)


@pytest.fixture(scope="module")
def local_cluster() -> Iterator[None]:
    from auditor.corpus.on_ray import cluster

    with cluster("", 2):
        yield


@pytest.mark.parametrize("killed", [False, True])
def test_the_output_is_the_same_row_for_row(
    killed: bool, articles: Path, expected: list[dict[str, object]], local_cluster: None, tmp_path: Path
) -> None:
    from auditor.corpus.on_ray import RayPool

    lanes = Lanes(2, "gloss", Settings(), RayPool)
    pids = [pool.pid() for pool in lanes.pools]  # type: ignore[attr-defined]
    assert len({*pids, os.getpid()}) == 3

    def progress(done: int) -> None:
        if killed and done == 5:
            os.kill(pids[0], signal.SIGKILL)

    outcome = run_batch(articles, tmp_path / "out.jsonl", "gloss", 2, Settings(), progress, lanes)
    assert rows(tmp_path / "out.jsonl") == expected
    assert (outcome.written, outcome.errors) == (COUNT + 1, 1)
    assert (lanes.generation[0] > 0) == killed


def test_the_command_resumes_what_one_process_began(articles: Path, expected: list[dict[str, object]], tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert main(["batch", str(articles), "-o", str(whole), "--workers", "1", "--engine", "gloss"]) == 2
    out.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:17]) + b'{"schema_version": "1", "id": "a')
    import ray

    assert not ray.is_initialized() or ray.shutdown() is None
    assert main(["batch", str(articles), "-o", str(out), "--workers", "2", "--engine", "gloss", "--on", "ray"]) == 2
    assert rows(out) == expected


def test_a_cluster_that_is_not_there_is_one_line(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", str(articles), "-o", str(tmp_path / "o.jsonl"), "--on", "spark"]) == 2
    assert "write ray, or ray=ADDRESS" in capsys.readouterr().err
    for address in ("127.0.0.1:1", "ray://127.0.0.1:1", "127.0.0.1:99999"):
        began = time.monotonic()
        assert main(["batch", str(articles), "-o", str(tmp_path / "o.jsonl"), "--on", f"ray={address}"]) == 2
        assert f"--on ray={address}: nothing answers there" in capsys.readouterr().err and time.monotonic() - began < 60
    assert main(["batch", str(articles), "-o", str(tmp_path / "o.jsonl"), "--on", "ray=nonsense"]) == 2
    assert "the cluster cannot be reached" in capsys.readouterr().err and not (tmp_path / "o.jsonl").exists()


def test_without_ray_the_extra_is_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["batch", str(articles), "-o", str(tmp_path / "o.jsonl"), "--on", "ray"]) == 2
    assert "pip install 'translation-auditor[ray]'" in capsys.readouterr().err
