"""Text files in: UTF-8, or UTF-16 with a byte order mark, with an error that names the file, the line and the byte."""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path

from auditor.errors import EncodingError, InputError, TooLargeError, UsageError

MAX_BYTES = 16 * 1024 * 1024
"""Of a file, before it is decoded: four times the largest text in UTF-8, so that the limit on characters speaks first."""

MOST_FOLDERS = 50
"""How deep a folder of texts may go."""


_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python, as it calls them, that are no encodings of texts; it refuses those that give bytes by itself."""


def read_text(path: str) -> str:
    """The text of a file, or of standard input for "-"; a byte order mark is dropped, line ends stay as they are.

    Raises UsageError for a file that cannot be read, EncodingError and TooLargeError for what is in it.
    """
    return decode(read_bytes(path), "standard input" if path == "-" else path)


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises UsageError when it cannot be read, TooLargeError."""
    name = "standard input" if path == "-" else path
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if path == "-" else _read(Path(path))
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise TooLargeError(f"{name} has more than {MAX_BYTES:,} bytes; split it into articles")
    return raw


def check_link(path: str, root: str) -> None:
    """Raise InputError for a link in a folder of texts that leads out of it: who made the folder need not be who audits it."""
    if Path(path).is_symlink() and not Path(path).resolve().is_relative_to(Path(root).resolve()):
        raise InputError(f"{path} is a link to a file outside of {root}; put the file itself there, or name it by --zh, --ja or the like")


def files_below(root: str, most: int) -> list[str]:
    """The files of a folder and the folders in it, by their names below it, in order. Raises InputError for too many, or too deep."""
    found: list[str] = []
    waiting = [("", 0)]
    while waiting:
        at, depth = waiting.pop()
        if depth > MOST_FOLDERS:
            raise InputError(f"{root}: there are folders in folders, {MOST_FOLDERS} deep and more; put the texts higher")
        for entry in os.scandir(Path(root) / at):
            name = f"{at}/{entry.name}" if at else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append((name, depth + 1))
            elif entry.is_file():
                found.append(name)
        if len(found) > most:
            raise InputError(f"{root}: there are more than {most:,} files in it; an article has a few")
    return sorted(found)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def decode(raw: bytes, name: str) -> str:
    """UTF-8, or UTF-16 with a byte order mark, to text. The error names the byte, its offset in the file and its line."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise EncodingError(f"{name}: the bytes at offset {error.start} are not UTF-16; save the file as UTF-8") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        skipped = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
        at = error.start + skipped
        line = raw.count(b"\n", 0, at) + 1
        message = f"{name}, line {line}: byte 0x{raw[at]:02X} at offset {at} is not UTF-8; save the file as UTF-8"
        raise EncodingError(message) from None


def decode_as(raw: bytes, charset: str) -> str:
    """The text of bytes in a charset that the file itself names.

    Raises LookupError for a name that is no charset of texts (Python has codecs that pack, escape or fail: hex, idna, undefined), and
    UnicodeDecodeError for bytes that are not in it.
    """
    if codecs.lookup(charset).name in _NO_CHARSETS:
        raise LookupError(charset)
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        raise
    except UnicodeError as error:
        raise UnicodeDecodeError(charset, raw, 0, 1, str(error)) from None
