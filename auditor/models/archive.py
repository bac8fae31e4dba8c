"""A package file (.argosmodel, a zip), which may come from anywhere: what is refused, and the safe way to unpack it.

A package is one folder with metadata.json, model/model.bin and a tokenizer. Everything is judged from the directory of the zip before
anything is written. Overlapping entries are the trick of the strongest zip bombs (D. Fifield, "A better zip bomb", WOOT 2019).
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from auditor.errors import ModelError
from auditor.translate.packages import MOST_METADATA, TOKENIZERS, Metadata, MetadataError, parse_metadata

MOST_FILES = 1000
MOST_UNPACKED = 10_000_000_000  # bytes; the largest models that people convert have about 3.5 thousand million
MOST_RATIO = 50  # unpacked to packed; models hardly compress, tables of words by about four
_MOST_DIRECTORY = 1_000_000  # bytes of the zip's own directory, read whole by zipfile
_DEEPEST = 8
_CHUNK = 1 << 20

_AGAIN = "get it again: it is incomplete or damaged"
_DISTRUST = "no package needs that; do not use this file, get the package from its makers"
_REPACK = "pack it as docs/engines.md says"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,98}[A-Za-z0-9]")
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError, RuntimeError, IndexError)
_LISTS = ("links", "languages", "dependencies", "source_languages", "target_languages", "from_codes", "to_codes")
_TEXTS = ("code", "argos_version", "from_name", "to_name")


class RefusedError(Exception):
    """Why a file is not installed, in words that follow its name, and what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Archive:
    """A package file that may be unpacked: its one folder, what it says of itself, its files and their unpacked bytes."""

    zip: zipfile.ZipFile
    folder: str
    metadata: Metadata
    files: tuple[zipfile.ZipInfo, ...]
    size: int


@contextmanager
def _damage_is_refused() -> Iterator[None]:
    try:
        yield
    except (*_DAMAGE, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise RefusedError(f"it is no zip file or a damaged one ({what})", _AGAIN) from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The package file at `path`, judged. Raises ModelError with the reason, also for what goes wrong while it is unpacked; OSError."""
    try:
        with path.open("rb") as file:
            yield _judged(file)
    except RefusedError as refused:
        raise ModelError(f"{path} is not installed: {refused}. What to do: {refused.advice}") from None


@_damage_is_refused()
def unpack(archive: Archive, into: Path) -> Path:
    """Write the files below `into`, which must be empty, and return the package's folder. Raises as `opened` does."""
    for info in archive.files:
        target = into / info.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        with archive.zip.open(info) as packed, target.open("xb") as file:
            while chunk := packed.read(_CHUNK):  # zipfile stops at the stated size, and compares the checksum at the end
                written += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if written != info.file_size:
            raise RefusedError(f"{info.filename} is shorter than its directory states", _AGAIN)
    return into / archive.folder


def is_unpacked(archive: Archive, folder: Path) -> bool:
    """Whether `folder` holds the files of the package, by their sizes and checksums; a damaged or another one does not."""
    try:
        return all(_is_file(info, folder / info.filename.removeprefix(f"{archive.folder}/")) for info in archive.files)
    except OSError:
        return False


def _is_file(info: zipfile.ZipInfo, path: Path) -> bool:
    if not path.is_file() or path.stat().st_size != info.file_size:
        return False
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc == info.CRC


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a directory that zipfile should not even read, looking for its end where zipfile does."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_535 - 22 - 20))
    tail = file.read()
    plain = tail[-22:].startswith(b"PK\5\6") and tail.endswith(b"\0\0")
    at = len(tail) - 22 if plain else tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise RefusedError("it is no zip file or a damaged one (it has no end record)", _AGAIN)
    if tail[max(0, at - 20) : at].startswith(b"PK\6\7"):
        raise RefusedError("it uses Zip64, for files beyond 4 GB", _REPACK)
    if int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise RefusedError(f"its directory is larger than {_MOST_DIRECTORY} bytes", _DISTRUST)


@_damage_is_refused()
def _judged(file: IO[bytes]) -> Archive:
    _check_directory(file)
    archive = zipfile.ZipFile(file)  # closed with the file, which the caller holds
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise RefusedError(f"it holds {len(entries)} files, more than {MOST_FILES}", _DISTRUST)
    for info in entries:
        _check_entry(info)
    _check_names(entries)
    _check_places(archive, file)
    files = tuple(info for info in entries if not info.is_dir())
    unpacked, packed = sum(i.file_size for i in files), sum(i.compress_size for i in files)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * packed + _CHUNK:
        raise RefusedError(f"it would unpack to {unpacked} bytes from {packed} (a zip bomb)", _DISTRUST)
    folder = _folder(entries)
    return Archive(archive, folder, _metadata(archive, folder, files), files, unpacked)


def _check_entry(info: zipfile.ZipInfo) -> None:
    """What one entry must not be. `orig_filename` is the name as it stands in the zip; zipfile mends some and we do not."""
    name, shown = info.orig_filename, ascii(info.orig_filename)[:200]
    parts = name.removesuffix("/").split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if name.startswith("/") or "\\" in name or ":" in name or ".." in parts:
        raise RefusedError(f"{shown} would leave the package's folder", _DISTRUST)
    odd = any(part != part.strip() or not part or part.endswith(".") or len(part) > 200 for part in parts)
    if odd or not name.isprintable() or name != info.filename or len(parts) > _DEEPEST:
        raise RefusedError(f"{shown} is no plain file name", _DISTRUST)
    if kind not in (0, stat.S_IFDIR if info.is_dir() else stat.S_IFREG) or info.external_attr & 0x400:
        raise RefusedError(f"{shown} is a link or a special file", _DISTRUST)
    if info.flag_bits & 0x2041:
        raise RefusedError(f"{shown} is encrypted", _DISTRUST)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError(f"{shown} is compressed by another method than deflate", _REPACK)
    if info.is_dir() and info.file_size:
        raise RefusedError(f"{shown} is a folder that holds bytes", _DISTRUST)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """No two entries may become one file, on any file system, and no file a folder."""
    seen: dict[str, bool] = {}
    for info in entries:
        key = unicodedata.normalize("NFC", info.filename.removesuffix("/")).casefold()
        if key in seen:
            raise RefusedError(f"{info.filename!a} is in it twice", _DISTRUST)
        seen[key] = info.is_dir()
    for key in seen:
        parents = key.split("/")[:-1]
        if any(seen.get("/".join(parents[: n + 1])) is False for n in range(len(parents))):
            raise RefusedError(f"a file in it is also the folder of {key!a}", _DISTRUST)


def _check_places(archive: zipfile.ZipFile, file: IO[bytes]) -> None:
    """Each entry must have bytes of its own."""
    ends_before = 0
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset):
        file.seek(info.header_offset)
        header = file.read(30)
        if len(header) < 30 or info.header_offset < ends_before:
            raise RefusedError(f"{info.filename!a} overlaps another file in the zip (a zip bomb)", _DISTRUST)
        name, extra = struct.unpack("<HH", header[26:30])
        ends_before = info.header_offset + 30 + name + extra + info.compress_size
    if ends_before > archive.start_dir:
        raise RefusedError("its files reach into its directory", _DISTRUST)


def _folder(entries: list[zipfile.ZipInfo]) -> str:
    tops = {info.filename.split("/")[0] for info in entries}
    loose = [info.filename for info in entries if "/" not in info.filename]
    if len(tops) != 1 or loose:
        there = ", ".join(map(ascii, sorted(tops)[:3])) or "nothing"
        raise RefusedError(f"it must hold one folder with everything in it, and holds {there}", _REPACK)
    folder = tops.pop()
    if not _NAME.fullmatch(folder):
        raise RefusedError(f"its folder is called {folder!a}; letters, digits, dots, hyphens and underscores are allowed", _REPACK)
    if len(folder) < 6:  # could not be told from a language when it is to be removed
        raise RefusedError(f"its folder is called {folder!a}, which is too short; call it such as translate-zh_en-1_0", _REPACK)
    return folder


def _metadata(archive: zipfile.ZipFile, folder: str, files: tuple[zipfile.ZipInfo, ...]) -> Metadata:
    """What it says of itself, and the files that must be there."""
    inside = {info.filename.removeprefix(f"{folder}/"): info for info in files}
    for needed in ("metadata.json", "model/model.bin"):
        if needed not in inside:
            raise RefusedError(f"it has no {folder}/{needed}", _REPACK)
    if not set(TOKENIZERS) & set(inside):
        raise RefusedError(f"it has no {folder}/{TOKENIZERS[0]}", _REPACK)
    with archive.open(inside["metadata.json"]) as packed:
        raw = packed.read(MOST_METADATA + 1)
    try:
        metadata = parse_metadata(raw)
        if metadata.kind == "translate":
            _check_types(json.loads(raw))
    except MetadataError as error:
        raise RefusedError(f"its metadata.json {error}", _REPACK) from None
    return metadata


def _check_types(value: Mapping[str, Any]) -> None:
    """Argos reads every package that is there and stops at keys of another type, for all packages."""
    for key in _LISTS:
        if not isinstance(value.get(key, []), list):
            raise MetadataError(f"has a {key} that is not a list")
    for key in _TEXTS:
        if not isinstance(value.get(key, ""), str):
            raise MetadataError(f"has a {key} that is not a text")
