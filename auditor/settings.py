"""The environment, read once into a frozen value. Every variable starts with AUDITOR_, Argos' own and the XDG folders apart."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from auditor.errors import UsageError

ENGINES = ("auto", "argos", "libretranslate", "gloss")
"""What --engine may name. "auto": installed Argos models, else a configured LibreTranslate, else the gloss."""


def usable_cores() -> int:
    """Cores this process may run on (a container or taskset may leave fewer than the machine has)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set. The defaults are those of a program that nobody configured, without models, server or cache.

    threads             of the encoder in one process; one by default, for their number changes the last bits of a vector
    engine_threads      of a translation model in one process
    package_folders     where Argos packages are looked for
    libretranslate_url  address of a LibreTranslate server, "" for none
    libretranslate_key  its API key, "" for none; never shown
    libretranslate_timeout  seconds to wait for one answer
    cache               file of remembered back-translations, None for none
    cache_megabytes     how large it may grow
    """

    threads: int = 1
    engine_threads: int = 1
    package_folders: tuple[Path, ...] = ()
    libretranslate_url: str = ""
    libretranslate_key: str = field(default="", repr=False)
    libretranslate_timeout: float = 30.0
    cache: Path | None = None
    cache_megabytes: int = 200

    def shared_by(self, processes: int) -> Settings:
        """What each of several processes gets: its share of the threads."""
        return replace(self, threads=max(1, self.threads // processes), engine_threads=max(1, self.engine_threads // processes))


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises UsageError naming the variable that makes no sense."""
    from auditor.translate.packages import folders

    values = os.environ if environment is None else environment
    return Settings(
        threads=_positive(values, "AUDITOR_THREADS", 1, _MOST_THREADS),
        engine_threads=_positive(values, "AUDITOR_ENGINE_THREADS", min(usable_cores(), _MOST_THREADS), _MOST_THREADS),
        package_folders=folders(values),
        libretranslate_url=_address(values, "AUDITOR_LIBRETRANSLATE_URL"),
        libretranslate_key=values.get("AUDITOR_LIBRETRANSLATE_KEY", ""),
        libretranslate_timeout=float(_positive(values, "AUDITOR_LIBRETRANSLATE_TIMEOUT", 30)),
        cache=_cache(values),
        cache_megabytes=_positive(values, "AUDITOR_CACHE_MB", 200),
    )


_MOST_THREADS = 256
"""More than any machine profits from, and few enough for every system to start."""


def _positive(values: Mapping[str, str], name: str, default: int, most: int = 999_999_999) -> int:
    raw = values.get(name, "")
    if not raw:
        return default
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 10) or int(raw) < 1:
        raise UsageError(f"{name} is {raw!r}; it must be a whole number of 1 or more")
    if int(raw) > most:
        raise UsageError(f"{name} is {raw}; {most} is the most")
    return int(raw)


def _address(values: Mapping[str, str], name: str) -> str:
    raw = values.get(name, "").strip()
    if not raw:
        return ""
    try:
        parts = urlsplit(raw)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and raw.isprintable() and " " not in raw
    except ValueError:
        good = False
    if not good:
        raise UsageError(f"{name} is no address of a server; it must look like http://localhost:5000")
    return raw.rstrip("/")


def _cache(values: Mapping[str, str]) -> Path | None:
    """AUDITOR_CACHE is a folder, or "off". Without it: the user's cache folder, if there is one."""
    raw = values.get("AUDITOR_CACHE", "")
    if raw.lower() in ("off", "none", "0"):
        return None
    if raw:
        folder = Path(raw).expanduser()
    else:
        base = values.get("XDG_CACHE_HOME") or (f"{values['HOME']}/.cache" if values.get("HOME") else "")
        if not base:
            return None
        folder = Path(base) / "translation-auditor"
    return folder / "back-translations.sqlite"
