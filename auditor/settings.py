"""The environment, read once into a frozen value. Every variable starts with AUDITOR_."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.errors import UsageError


def usable_cores() -> int:
    """Cores this process may run on (a container or taskset may leave fewer than the machine has)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """threads: of the encoder in one process; one by default, for their number changes the last bits of a vector."""

    threads: int


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises UsageError naming the variable that makes no sense."""
    values = os.environ if environment is None else environment
    return Settings(threads=_positive(values, "AUDITOR_THREADS", 1))


def _positive(values: Mapping[str, str], name: str, default: int) -> int:
    raw = values.get(name, "")
    if not raw:
        return default
    if not raw.isdecimal() or int(raw) < 1:
        raise UsageError(f"{name} is {raw!r}; it must be a whole number of 1 or more")
    return int(raw)
