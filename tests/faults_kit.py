"""A disk that fills up."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MEGABYTES = 8


@dataclass
class Disk:
    """A folder on a small disk. Without the right to mount one, the system refuses larger files instead, to us and to the workers."""

    folder: Path
    mounted: bool
    _limited: list[int] = field(default_factory=list)

    def fill(self, pids: Sequence[int]) -> None:
        """Leave no room, neither here nor to those processes."""
        if not self.mounted:
            self._limited = [os.getpid(), *pids]
            self._limit(max(file.stat().st_size for file in self.folder.iterdir() if file.is_file()))
            return
        with contextlib.suppress(OSError), (self.folder / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(b"\0" * 4096)

    def free(self) -> None:
        """Make room."""
        if self.mounted:
            (self.folder / "ballast").unlink(missing_ok=True)
        else:
            self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for pid in self._limited:
            hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


@contextlib.contextmanager
def small_disk() -> Iterator[Disk]:
    """A disk of a few megabytes."""
    with tempfile.TemporaryDirectory(prefix="auditor-disk-", ignore_cleanup_errors=True) as folder:
        options = f"size={_MEGABYTES}m,mode=700"
        mounted = not subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True).returncode
        disk = Disk(Path(folder), mounted)
        try:
            yield disk
        finally:
            disk.free()
            if mounted:
                subprocess.run(["umount", "--lazy", folder], check=True)
