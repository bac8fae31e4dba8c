"""What the Argos index offers: a JSON list of packages with links, at the address that Argos itself is set to.

Nothing of the index is trusted: an entry of another shape is passed over, a link is used only when it is https (http to this computer
alone, for tests and tunnels), and no name in it becomes a path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from auditor.errors import ModelError
from auditor.translate.packages import ENGLISH, MetadataError, codes, metadata_of, newness

_MOST_BYTES = 10_000_000  # the real one has 32 thousand
_TIMEOUT = httpx.Timeout(30.0, connect=15.0)
_LINK = 2000  # characters of the longest link that is looked at
_HERE = ("localhost", "127.0.0.1", "::1")


class UnreachableError(Exception):
    """An address gave no answer that can be used; the text says which and why. `lasting`: to ask again at once would not help."""

    def __init__(self, reason: str, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Offer:
    """A package to English in the index: Argos' code, version, and where the file is, in the order to be tried."""

    source: str
    version: str
    links: tuple[str, ...]


def address(environment: Mapping[str, str]) -> str:
    """Of the index: ARGOS_PACKAGE_INDEX, else what Argos is set to. Raises ModelError when Argos' settings cannot be read."""
    chosen = environment.get("ARGOS_PACKAGE_INDEX")
    if not chosen:
        try:
            from argostranslate import settings
        except Exception as error:  # Argos checks nothing of its own settings file and stops with whatever Python says
            raise ModelError(
                f"the settings of Argos Translate cannot be read ({error!r}); mend its settings.json, or set ARGOS_PACKAGE_INDEX"
            ) from error
        chosen = str(settings.package_index)
    return chosen.rstrip("/") + "/index.json"


def allowed(link: str) -> bool:
    """https anywhere; http to this computer alone: on the way from elsewhere anybody could change what comes."""
    try:
        parts = urlsplit(link)
        return (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and parts.hostname in _HERE)
    except ValueError:
        return False


@contextmanager
def client() -> Iterator[httpx.Client]:
    """For the index and the files: redirects are followed to allowed addresses only; proxy variables and SSL_CERT_FILE are respected."""
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=True, event_hooks={"request": [_check_request]}) as made:
        yield made


def fetch(http: httpx.Client, url: str) -> Any:
    """The index as JSON. Raises UnreachableError."""
    with unreachable(url), http.stream("GET", url) as answer:
        if answer.status_code != 200:
            raise UnreachableError(f"{shown(url)} answered {answer.status_code} {answer.reason_phrase}")
        raw = b""
        for chunk in answer.iter_bytes():
            raw += chunk
            if len(raw) > _MOST_BYTES:
                raise UnreachableError(f"{shown(url)} answered more than {_MOST_BYTES} bytes, which is no index")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise UnreachableError(f"{shown(url)} answered something that is no JSON (a sign-in page of the network?)") from None


def offers(index: Any) -> tuple[Offer, ...]:
    """The packages to English in an index, the newest first. Entries and links of another shape are passed over."""
    found = []
    for entry in index if isinstance(index, list) else ():
        try:
            metadata = metadata_of(entry if isinstance(entry, dict) else {})
        except MetadataError:
            continue
        links = entry.get("links")
        good = tuple(x for x in links if _is_link(x)) if isinstance(links, list) else ()
        if metadata.kind == "translate" and metadata.target == ENGLISH and good:
            found.append(Offer(metadata.source, metadata.version, good))
    return tuple(sorted(found, key=lambda o: newness(o.version), reverse=True))


def choose(found: tuple[Offer, ...], lang: str) -> Offer | None:
    """The newest package of the first code that the language has in the index."""
    return next((offer for code in codes(lang) for offer in found if offer.source == code), None)


@contextmanager
def unreachable(url: str) -> Iterator[None]:
    """What can go wrong on the way to an address, as UnreachableError in plain words."""
    try:
        yield
    except httpx.TimeoutException:
        raise UnreachableError(f"{shown(url)} did not answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise UnreachableError(f"{shown(url)} cannot be reached ({' '.join(str(error).split()) or type(error).__name__})") from None


def shown(url: str) -> str:
    """An address to show: without a password, with nothing that a terminal obeys."""
    head, at, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    clean = f"{head}{at}{host.rpartition('@')[2]}{slash}{path}"
    return "".join(c if c.isprintable() else "?" for c in clean)[:500]


def _is_link(link: object) -> bool:
    return isinstance(link, str) and len(link) <= _LINK and link.isascii() and link.isprintable() and " " not in link and allowed(link)


def _check_request(request: httpx.Request) -> None:
    if not allowed(str(request.url)):
        raise httpx.UnsupportedProtocol(f"{shown(str(request.url))} is not https")
