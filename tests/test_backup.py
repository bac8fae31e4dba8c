"""Backup and restore of the embedded database."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from pathlib import Path

import pytest

from auditor.errors import AuditorError, InputError, StoreError, UsageError
from auditor.jobs.queue import prepare
from auditor.settings import Service
from auditor.store import keys
from auditor.store.backup import backup, restore, running
from auditor.store.database import open_database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with one key."""
    folder = tmp_path_factory.mktemp("service")
    service = Service(folder / "data")
    database = open_database(service)
    prepare(database)
    with running(service), contextlib.closing(sqlite3.connect(folder / "data" / "service.sqlite")) as busy:
        keys.create_key(database, "editor", "Li")
        busy.execute("BEGIN IMMEDIATE")  # somebody writes meanwhile
        assert backup(service, folder / "b.sqlite", False).keys == 1
    database.dispose()
    return folder / "b.sqlite"


def names(service: Service) -> list[str]:
    database = open_database(service)
    prepare(database)
    found = [key.name for key in keys.list_keys(database)]
    database.dispose()
    return found


def test_a_backup_is_one_file_that_only_its_owner_reads(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert sorted(p.name for p in made.parent.iterdir()) == ["b.sqlite", "data"]


def test_a_backup_is_restored_into_an_empty_folder(made: Path, tmp_path: Path) -> None:
    service = Service(tmp_path / "new")
    content, aside = restore(service, made, False)
    assert content.keys == 1 and aside is None and names(service) == ["Li"]


def test_what_is_there_is_replaced_only_by_force_and_kept_aside(made: Path, tmp_path: Path) -> None:
    service = Service(tmp_path)
    assert names(service) == []
    with pytest.raises(UsageError, match="--force"):
        restore(service, made, False)
    assert names(service) == []
    _, aside = restore(service, made, True)
    assert aside is not None and aside.exists() and names(service) == ["Li"]
    restore(service, aside, True)
    assert names(service) == []


def test_a_running_service_is_not_restored_over(made: Path, tmp_path: Path) -> None:
    service = Service(tmp_path)
    with running(service), running(service), pytest.raises(StoreError, match="running"):
        restore(service, made, True)
    restore(service, made, True)


def damaged(made: Path, tmp_path: Path, what: str) -> Path:
    file = tmp_path / "x.sqlite"
    raw = made.read_bytes()
    if what == "other":
        with contextlib.closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE t (x)")
    elif what == "newer":
        file.write_bytes(raw)
        with contextlib.closing(sqlite3.connect(file)) as other, other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
    else:
        file.write_bytes({"cut": raw[: len(raw) // 2], "text": b"no database at all", "empty": b""}[what])
    return file


@pytest.mark.parametrize("what", ["cut", "text", "empty", "other", "newer"])
def test_a_file_that_is_no_sound_backup_changes_nothing(what: str, made: Path, tmp_path: Path) -> None:
    service = Service(tmp_path / "data")
    names(service)
    before = {p.name for p in service.data.iterdir()}
    with pytest.raises(InputError):
        restore(service, damaged(made, tmp_path, what), True)
    assert {p.name for p in service.data.iterdir()} - {"locks"} == before - {"locks"} and names(service) == []


def test_a_backup_replaces_no_file_without_force_and_never_the_database(made: Path, tmp_path: Path) -> None:
    service = Service(tmp_path)
    names(service)
    target = tmp_path / "notes.txt"
    target.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        backup(service, target, False)
    assert target.read_text() == "mine"
    for file in (tmp_path / "service.sqlite", tmp_path):
        with pytest.raises(UsageError):
            backup(service, file, True)
    backup(service, target, True)


def test_without_a_service_or_on_postgresql_it_is_said_what_to_do(made: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="AUDITOR_DATA"):
        backup(Service(tmp_path / "none"), tmp_path / "b", False)
    with pytest.raises(AuditorError, match="pg_dump"):
        backup(Service(tmp_path, database_url="postgresql://x/y"), tmp_path / "b", False)
    with pytest.raises(AuditorError, match="pg_restore"):
        restore(Service(tmp_path, database_url="postgresql://x/y"), made, False)
