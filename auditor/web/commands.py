"""`auditor keys`: keys of the service from the command line."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from typing import TextIO

from auditor.errors import UsageError
from auditor.jobs.queue import prepare
from auditor.settings import Service
from auditor.store import keys
from auditor.store.database import Database, open_database
from auditor.store.ids import iso, now


def _opened(service: Service) -> Database:
    database = open_database(service)
    prepare(database)
    return database


def create(service: Service, role: keys.Role, name: str, expires: str | None, out: TextIO) -> int:
    """Print a new key, and nothing else, on `out`."""
    at = None if expires is None else _expiry(expires)
    key, secret = keys.create_key(_opened(service), role, name, at)
    print(secret, file=out)
    until = f", until {iso(key.expires_at)}" if key.expires_at else ""
    print(f"auditor: {key.id}, {role}{until}; this is the only time the key is shown", file=sys.stderr)
    return 0


def listed(service: Service, out: TextIO) -> int:
    """Print a line a key."""
    found = keys.list_keys(_opened(service))
    if not found:
        print("There is no key. Make one with: auditor keys create --role translator|editor|admin", file=out)
    at = now()
    for key in found:
        state = "revoked" if key.revoked_at else "valid" if key.is_valid(at) else "expired"
        used = iso(key.used_at) or "never"
        name = "".join(c if c.isprintable() else "?" for c in key.name)
        print(
            f"{key.id}  {key.role:10}  {state:7}  made {iso(key.created_at)}  expires {iso(key.expires_at) or 'never'}"
            f"  used {used}  {name}",
            file=out,
        )
    return 0


def revoke(service: Service, key_id: str, out: TextIO) -> int:
    """Revoke a key."""
    key = keys.revoke_key(_opened(service), key_id)
    print(f"{key.id} ({key.role}, {key.name}) is revoked.", file=out)
    return 0


def _expiry(raw: str) -> int:
    """A date (its end, UTC) or a time of ISO 8601, in milliseconds. Raises UsageError for another, and for one that is over."""
    try:
        if len(raw) == 10:
            at = datetime.combine(datetime.strptime(raw, "%Y-%m-%d").date(), time.max, UTC)
        else:
            at = datetime.fromisoformat(raw)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        raise UsageError(f"--expires {raw!r}: write a date such as 2027-01-31") from None
    if at.timestamp() * 1000 <= now():
        raise UsageError(f"--expires {raw}: that is over")
    return int(at.timestamp() * 1000)
