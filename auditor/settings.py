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


@dataclass(frozen=True, slots=True)
class Service:
    """What may be set of the service (`auditor serve`, `worker`, `keys`); the defaults are stated in docs/service.md.

    data              folder of the embedded default: its database, locks and secret
    database_url      a PostgreSQL database, "" for the embedded SQLite file in `data`
    engine            what back-translates submitted texts, as --engine has it
    max_body          bytes of a request's body
    upload_timeout    seconds to wait for the next part of a body
    max_translations  translations in one audit
    in_flight         audits queued or running of one key at a time
    rate              requests of one key a minute
    streams           event streams open at a time
    streams_of_key    of one key
    audit_timeout     seconds one audit may take
    webhooks          webhooks of one key
    webhook_timeout   seconds to wait for a webhook's answer
    webhook_private   may a webhook go to a private, local or reserved address?
    retention_days    texts and reports older than this are removed, 0 keeps them
    session_hours     how long a page session lasts
    grace             seconds a stopping process gives to work under way
    log_format        "json" or "text"
    """

    data: Path
    database_url: str = field(default="", repr=False)
    engine: str = "auto"
    max_body: int = 16 * 1024 * 1024
    upload_timeout: int = 30
    max_translations: int = 8
    in_flight: int = 5000
    rate: int = 6000
    streams: int = 200
    streams_of_key: int = 50
    audit_timeout: int = 1800
    webhooks: int = 20
    webhook_timeout: int = 10
    webhook_private: bool = False
    retention_days: int = 0
    session_hours: int = 12
    grace: int = 30
    log_format: str = "json"


def load_service(environment: Mapping[str, str] | None = None) -> Service:
    """The service's settings from the environment. Raises UsageError naming the variable that makes no sense."""
    values = os.environ if environment is None else environment
    return Service(
        data=_data(values),
        database_url=_database(values),
        engine=_one_of(values, "AUDITOR_ENGINE", ENGINES),
        max_body=_positive(values, "AUDITOR_MAX_BODY_MB", 16) * 1024 * 1024,
        upload_timeout=_positive(values, "AUDITOR_UPLOAD_TIMEOUT", 30),
        max_translations=_positive(values, "AUDITOR_MAX_TRANSLATIONS", 8),
        in_flight=_positive(values, "AUDITOR_IN_FLIGHT", 5000),
        rate=_positive(values, "AUDITOR_RATE", 6000),
        streams=_positive(values, "AUDITOR_STREAMS", 200),
        streams_of_key=_positive(values, "AUDITOR_STREAMS_OF_KEY", 50),
        audit_timeout=_positive(values, "AUDITOR_AUDIT_TIMEOUT", 1800),
        webhooks=_positive(values, "AUDITOR_WEBHOOKS", 20),
        webhook_timeout=_positive(values, "AUDITOR_WEBHOOK_TIMEOUT", 10),
        webhook_private=_one_of(values, "AUDITOR_WEBHOOK_PRIVATE", ("no", "yes")) == "yes",
        retention_days=_positive(values, "AUDITOR_RETENTION_DAYS", 0, least=0),
        session_hours=_positive(values, "AUDITOR_SESSION_HOURS", 12),
        grace=_positive(values, "AUDITOR_GRACE", 30),
        log_format=_one_of(values, "AUDITOR_LOG_FORMAT", ("json", "text")),
    )


_MOST_THREADS = 256
"""More than any machine profits from, and few enough for every system to start."""


def _positive(values: Mapping[str, str], name: str, default: int, most: int = 999_999_999, least: int = 1) -> int:
    raw = values.get(name, "")
    if not raw:
        return default
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 10) or int(raw) < least:
        raise UsageError(f"{name} is {raw!r}; it must be a whole number of {least} or more")
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


def _data(values: Mapping[str, str]) -> Path:
    """AUDITOR_DATA, or the user's data folder."""
    if raw := values.get("AUDITOR_DATA", ""):
        return Path(raw).expanduser().absolute()
    base = values.get("XDG_DATA_HOME") or (f"{values['HOME']}/.local/share" if values.get("HOME") else "")
    if not base:
        raise UsageError("there is no home folder for the service's data; set AUDITOR_DATA to a folder")
    return Path(base) / "translation-auditor"


def _database(values: Mapping[str, str]) -> str:
    raw = values.get("AUDITOR_DATABASE_URL", "").strip()
    if raw and urlsplit(raw).scheme not in ("postgresql", "postgres"):
        raise UsageError("AUDITOR_DATABASE_URL is no address of a PostgreSQL database; it must look like postgresql://user@host/name")
    return raw


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """One of the words that are allowed; the first is the default."""
    raw = values.get(name, "").strip().lower() or allowed[0]
    if raw not in allowed:
        raise UsageError(f"{name} is {raw!r}; it must be one of {', '.join(allowed)}")
    return raw
