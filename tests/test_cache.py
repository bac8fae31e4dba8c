"""The memory of back-translations: what is remembered, how large it grows, and that nothing ever fails for it."""

from __future__ import annotations

import logging
import multiprocessing
import sqlite3
import stat
from pathlib import Path

import pytest

from auditor.translate.cache import Cache

MAKER = ("argos", "1.12 translate-zh_en-1_9", "first", "zh")


def test_what_was_said_is_remembered_by_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "memory.sqlite"
    Cache(path, 10).put(MAKER, {"你好": "Hello", "再见": ""})
    assert Cache(path, 10).get(MAKER, ["你好", "再见", "谢谢"]) == {"你好": "Hello", "再见": ""}


@pytest.mark.parametrize("at", range(len(MAKER)))
def test_another_engine_model_decoding_or_language_has_a_memory_of_its_own(tmp_path: Path, at: int) -> None:
    cache = Cache(tmp_path / "memory.sqlite", 10)
    cache.put(MAKER, {"你好": "Hello"})
    other = tuple("other" if i == at else part for i, part in enumerate(MAKER))
    assert cache.get(other, ["你好"]) == {}


def test_more_texts_than_a_statement_holds(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "memory.sqlite", 10)
    english = {f"第{i}句": f"Sentence {i}" for i in range(2500)}
    cache.put(MAKER, english)
    assert cache.get(MAKER, english) == english


def test_it_never_outgrows_its_bound_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    cache = Cache(path, 1)
    for round_ in range(30):
        cache.put(MAKER, {f"{round_} {i}": "x" * 1000 for i in range(100)})
        with sqlite3.connect(path) as connection:  # an older day for what is there, for rows of one second have no order
            connection.execute("UPDATE english SET used = used - 100000")
    assert path.stat().st_size < 1_500_000  # of 3 MB written; the bound is looked at after a write
    assert len(cache.get(MAKER, [f"29 {i}" for i in range(100)])) == 100
    assert cache.get(MAKER, [f"0 {i}" for i in range(100)]) == {}


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "folder" / "memory.sqlite", 10)
    cache.put(MAKER, {"未公开": "Not published yet"})
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "folder").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700


def _write_many(path: Path, mine: int) -> None:
    cache = Cache(path, 10)
    for i in range(150):
        cache.put(MAKER, {f"{mine} {i}": f"English {mine} {i}", f"shared {i}": f"English {i}"})
        cache.get(MAKER, [f"{k} {i}" for k in range(4)])


def test_four_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_many, args=(path, k)) for k in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [p.exitcode for p in processes] == [0] * 4
    wanted = {f"{k} {i}": f"English {k} {i}" for k in range(4) for i in range(150)}
    assert Cache(path, 10).get(MAKER, wanted) == wanted


@pytest.mark.parametrize("content", [b"this is no database, " * 500, b""], ids=["garbage", "empty file"])
def test_a_broken_file_is_done_without(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(content)
    cache = Cache(path, 10)
    with caplog.at_level(logging.WARNING):
        cache.put(MAKER, {"你好": "Hello"})
    assert cache.get(MAKER, ["你好"]) == ({} if content else {"你好": "Hello"})
    assert ("AUDITOR_CACHE" in caplog.text) == bool(content)


def test_a_file_of_a_later_version_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE english (other TEXT)")
    cache = Cache(path, 10)
    cache.put(MAKER, {"你好": "Hello"})
    assert cache.get(MAKER, ["你好"]) == {}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM english").fetchone() == (0,)


def test_a_place_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "memory.sqlite", 10)
    cache.put(MAKER, {"你好": "Hello"})
    assert cache.get(MAKER, ["你好"]) == {}
