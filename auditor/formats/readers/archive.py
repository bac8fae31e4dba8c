"""ZIP files that came from a stranger: bounded before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable

from auditor.errors import InputError, TooLargeError

MAX_ENTRIES = 10_000
MAX_UNPACKED = 64 * 1024 * 1024
"""Of one entry, in bytes: four times the largest file that is read by itself."""
MAX_RATIO = 200
"""Unpacked to packed: prose packs to a third, XML to a twentieth."""

_OLE = b"\xd0\xcf\x11\xe0"
"""How a file of an old Office begins, and a new one that is locked with a password."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, IndexError)
"""What Python's module raises for a file that is damaged in one place or another."""


class Archive:
    """The entries of a ZIP. Raises InputError and TooLargeError naming the file and the entry."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        if raw.startswith(_OLE):
            raise InputError(f"{name}: it is locked with a password, or of an old Office; save it as .docx or .xlsx without a password")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _DAMAGE as error:
            raise InputError(f"{name}: this is no whole ZIP file: {error}") from None
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise TooLargeError(f"{name}: there are {len(entries):,} files in it; {MAX_ENTRIES:,} is the most")
        if twice := next((name for name, times in Counter(e.filename for e in entries).items() if times > 1), None):
            raise InputError(f"{name}: there are two files {twice} in it; which counts is not said")
        self.entries = {e.filename: e for e in entries if not e.filename.endswith("/")}

    def names(self) -> Iterable[str]:
        """Of the files in it, in the order of the archive."""
        return self.entries

    def read(self, entry: str) -> bytes:
        """One file, unpacked as far as it may be: a lying header does not help a bomb."""
        info = self.entries.get(entry)
        if info is None:
            raise InputError(f"{self.name}: there is no {entry} in it")
        if info.flag_bits & 1:
            raise InputError(f"{self.name}: {entry} is locked with a password")
        where = f"{self.name}: {entry}"
        if info.file_size > MAX_UNPACKED or info.file_size > MAX_RATIO * max(info.compress_size, 1024):
            raise TooLargeError(f"{where} unpacks to {info.file_size:,} bytes from {info.compress_size:,}; no article does")
        try:
            with self._zip.open(info) as file:
                raw = file.read(min(info.file_size, MAX_UNPACKED) + 1)
        except _DAMAGE as error:
            raise InputError(f"{where} is damaged: {error or 'it ends too early'}") from None
        if len(raw) > info.file_size:
            raise TooLargeError(f"{where} is larger than it says")
        return raw
