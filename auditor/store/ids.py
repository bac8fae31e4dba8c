"""Identifiers, times and digests as the service writes them."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from datetime import UTC, datetime
from typing import Any


def new_id(kind: str) -> str:
    """An identifier nobody can guess: "aud_3f9a1c...", at most 32 characters."""
    return f"{kind}_{secrets.token_hex(12)}"


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def iso(at: int | None) -> str | None:
    """A time as RFC 3339 has it, in UTC."""
    return None if at is None else datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def digest(*parts: str) -> str:
    """SHA-256 of the parts, kept apart by a sign that no text has."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def dumps(value: Any) -> str:
    """JSON in one form, so that equal values have equal digests."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
