"""The folder where packages are: one is put in place in a single step, or nothing changes; one process at a time changes anything."""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from auditor.errors import ModelError
from auditor.translate.packages import ENGLISH, Package, codes, installed, read

_STAGING = ".auditor-staging-"
_LOCK = ".auditor.lock"  # a file, so Argos passes over it
_WAIT = 60.0  # seconds for another process to move folders
_FORGOTTEN = 86_400.0  # seconds after which a staging folder is one of a process that was killed


class InTheWayError(ModelError):
    """Not the package but something here keeps it from being installed: another process, a folder of that name, a full disk."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A package in place: the newly installed one, or the very same that was there; and the names of those it replaced."""

    package: Package
    is_new: bool
    replaced: tuple[str, ...] = ()


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """An empty folder from which folders can be renamed into `folder`. It is gone afterwards, and so are folders made for it alone.

    It lies beside `folder`, for Argos takes every folder inside for a package; inside only where renaming works nowhere else.
    """
    made = _make(folder)
    stage = None
    try:
        stage = _stage_beside(folder) or Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
        yield stage
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
        for path in made:
            with contextlib.suppress(OSError):  # not empty: something was installed
                path.rmdir()


def place(staged: Path, folders: tuple[Path, ...], stage: Path) -> Placed:
    """Move the unpacked package at `staged` into the first folder, in the place of other versions of the same pair of languages.

    Raises InTheWayError when its folder name is taken by something else, or another process holds the folder; OSError.
    """
    folder = folders[0]
    with _alone(folder):
        new = read(staged)
        if new is None:
            raise ModelError(f"{staged.name} is no package that translates")
        same = same_version(new.source, new.version, folders)
        if same and _same_files(same.path, staged):
            return Placed(same, is_new=False)
        target = folder / staged.name
        _check_free(target, new)
        old = [p for p in installed([folder]).packages if (p.source, p.target) == (new.source, new.target)]
        kept = stage / "previous"
        try:
            if os.path.lexists(target):
                target.rename(kept)
            staged.rename(target)
        except BaseException:
            if os.path.lexists(kept) and not os.path.lexists(target):
                kept.rename(target)
            raise
        for number, other in enumerate(p for p in old if p.path != target):
            _discard(other.path, stage / f"old-{number}")
    return Placed(replace(new, path=target), is_new=True, replaced=tuple(p.name for p in old))


def _same_files(a: Path, b: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    inside = [{p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()} for folder in (a, b)]
    return inside[0].keys() == inside[1].keys() and all(filecmp.cmp(inside[0][name], inside[1][name], shallow=False) for name in inside[0])


def same_version(source: str, version: str, folders: Iterable[Path]) -> Package | None:
    """The package of that language and version that is installed already."""
    there = installed(folders).packages
    return next((p for p in there if (p.source, p.target, p.version) == (source, ENGLISH, version)), None)


def remove(wanted: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Remove the packages of a language (all to English) or the one of that name, and return where they were.

    Nothing outside the folders is touched: a link to a package is removed, what it points to stays. Raises ModelError when there is no
    such package, OSError when it may not be removed.
    """
    found = _named(wanted, folders)
    if not found:
        all_there = installed(folders)
        names = [printable(p.name) for p in all_there.packages] + [printable(path.name) for path, _ in all_there.broken]
        there = f"installed: {', '.join(names)}" if names else "no package is installed"
        raise ModelError(f"{wanted}: there is no such language or package to remove; {there}")
    for folder in dict.fromkeys(path.parent for path in found):
        with staging(folder) as stage, _alone(folder):
            for number, path in enumerate(p for p in found if p.parent == folder):
                _discard(path, stage / f"old-{number}")
    return found


def _named(wanted: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Folders of that language or name. Names are compared, never made into paths."""
    there = installed(folders)
    if fitting := [p.path for p in there.packages if p.source in codes(wanted) and p.target == ENGLISH]:
        return tuple(fitting)
    named = [p.path for p in there.packages if p.name == wanted]
    for path, reason in there.broken:
        if path.name == wanted and path not in folders:
            if not looks_like_one(path):
                raise ModelError(f"{printable(str(path))} {reason} and holds nothing of a package; if it is in the way, remove it by hand")
            named.append(path)
    return tuple(named)


def printable(text: str) -> str:
    """A name for a message: a terminal would obey control characters."""
    return "".join(c if c.isprintable() else "?" for c in text)


def looks_like_one(path: Path) -> bool:
    """Whether a folder holds any part of a package."""
    return any((path / part).exists() for part in ("metadata.json", "model", "sentencepiece.model", "bpe.model"))


def _check_free(target: Path, new: Package) -> None:
    if not os.path.lexists(target):
        return
    there = next((p for p in installed([target.parent]).packages if p.path == target), None)
    pair = f"{new.source} to {new.target}"
    if there and (there.source, there.target) != (new.source, new.target):
        raise InTheWayError(f"{new.name} ({pair}) is not installed: {target} is a package from {there.source} to {there.target}")
    if there is None and (not target.is_dir() or not looks_like_one(target)):
        raise InTheWayError(f"{new.name} ({pair}) is not installed: {target} is there and is no package; move it away")


def _discard(path: Path, to: Path) -> None:
    """Out of sight in one step; the staging folder goes with its contents. A link goes alone."""
    if path.is_symlink():
        path.unlink()
    else:
        path.rename(to)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder / _LOCK, _WAIT):
            yield
    except Timeout:
        raise InTheWayError(f"another process is installing or removing packages in {folder}; try again when it is done") from None


@contextlib.contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Hold a lock file, which is gone afterwards. Raises filelock.Timeout.

    It is removed while it is held: who waits for it then finds it has no name any more, and filelock makes a new one.
    """
    with FileLock(file, timeout=seconds):
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                file.unlink()


def _make(folder: Path) -> list[Path]:
    """Make the folder; those that were missing, innermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _stage_beside(folder: Path) -> Path | None:
    """A new folder beside, if files can be renamed from there into the folder (same file system, writable)."""
    beside = folder.resolve().parent
    _clear_away(beside)
    _clear_away(folder)
    try:
        stage = Path(tempfile.mkdtemp(prefix=_STAGING, dir=beside))
    except OSError:
        return None
    probe = stage / f"{_STAGING}probe-{os.getpid()}"
    try:
        probe.touch()
        (folder / probe.name).unlink(missing_ok=True)
        probe.rename(folder / probe.name).unlink()
    except OSError:
        shutil.rmtree(stage, ignore_errors=True)
        return None
    return stage


def _clear_away(folder: Path) -> None:
    """Remove the staging folders of processes that were killed long ago."""
    with contextlib.suppress(OSError):
        for old in folder.glob(f"{_STAGING}*"):
            if time.time() - old.lstat().st_mtime > _FORGOTTEN:
                shutil.rmtree(old, ignore_errors=True)
