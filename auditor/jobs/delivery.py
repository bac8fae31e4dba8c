"""Deliveries: signed, sent to public addresses only, tried again with growing pauses, each try on record.

The address is looked up when the connection is made, and it is the address looked up that is connected to: a name that pointed to a
public address when it was checked cannot point elsewhere a moment later. Redirects are not followed. A try has one deadline, however
slowly an answer trickles in, and of the answer only the status is read.

Signature: `Auditor-Signature: t=SECONDS,v1=HEX`, HMAC-SHA256 with the webhook's secret over "SECONDS.BODY"; a receiver refuses old times.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotDoneError
from typing import Any

import httpcore
import httpx

from auditor import __version__
from auditor.errors import MissingError
from auditor.jobs.queue import Queue
from auditor.settings import Service
from auditor.store import webhooks
from auditor.store.database import Database, patiently

_PAUSES = (10, 60, 300, 1800, 7200, 21600, 43200)
"""Seconds before the next try; after the last the delivery is given up (within a day)."""


_LOOK_UPS = ThreadPoolExecutor(16, "look-up")  # as many as a worker sends at a time
"""A look-up has no time-out of its own: it is waited for from outside, and ends when it ends."""


class RefusedError(Exception):
    """An address that a webhook may not go to."""


def is_public(address: str) -> bool:
    """Is it an address of the open network: not private, local, reserved, multicast, nor such a one in IPv6 clothes?"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local or ip in _LOCAL_NAT64:
            return False
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in _IPV4_INSIDE):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


_IPV4_INSIDE = tuple(ipaddress.ip_network(n) for n in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96"))
"""NAT64, the old IPv4-compatible addresses, and IPv4-translated ones (RFC 2765)."""
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


class _Hurried(httpcore.NetworkStream):
    """A connection that ends at a moment, whatever the other side does."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def _left(self, timeout: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Checked(httpcore.NetworkBackend):
    """Connects to the first address of a name that may be connected to and that answers."""

    def __init__(self, private: bool, seconds: float) -> None:
        self._private = private
        self._until = time.monotonic() + seconds
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            looked_up = _LOOK_UPS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            found = [str(row[4][0]) for row in looked_up.result(max(0.1, self._until - time.monotonic()))]
        except (OSError, UnicodeError, NotDoneError) as error:
            raise httpcore.ConnectError(f"{host} cannot be looked up") from error
        allowed = [address for address in dict.fromkeys(found) if self._private or is_public(address)]
        if not allowed:
            raise RefusedError(f"{host} is a private, local or reserved address")
        for index, address in enumerate(allowed):
            left = self._until - time.monotonic()
            try:
                made = self._backend.connect_tcp(address, port, max(0.1, left / (len(allowed) - index)), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == allowed[-1]:
                    raise
            else:
                return _Hurried(made, self._until)
        raise httpcore.ConnectError(f"{host} does not answer")

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise RefusedError("a webhook goes to a network address")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Transport(httpx.HTTPTransport):
    def __init__(self, private: bool, seconds: float) -> None:
        super().__init__(trust_env=False, retries=0)
        backend = _Checked(private, seconds)
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=backend)


def sign(secret: str, body: str, at: int) -> str:
    """The signature header of a body sent at that second."""
    digest = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def send(hook: webhooks.Webhook, delivery: webhooks.Delivery, service: Service) -> tuple[int | None, str | None]:
    """One try: the answer's status, and what is wrong with it (None when it was taken)."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"translation-auditor/{__version__}",
        "Auditor-Event": delivery.event,
        "Auditor-Delivery": delivery.id,
        "Auditor-Signature": sign(hook.secret, delivery.body, int(time.time())),
    }
    try:
        with (
            httpx.Client(
                transport=_Transport(service.webhook_private, service.webhook_timeout), timeout=service.webhook_timeout, trust_env=False
            ) as client,
            client.stream("POST", hook.url, content=delivery.body.encode(), headers=headers) as answer,
        ):
            good = answer.is_success
            return answer.status_code, None if good else f"the answer was {answer.status_code}"
    except RefusedError as error:
        return None, str(error)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return None, f"{type(error).__name__}: {error}"[:300]


def deliver(database: Database, queue: Queue, service: Service, delivery_id: str, attempt: int) -> None:
    """One try of a delivery; when it fails, the next is put in with a pause. A try that is on record is not made again.

    A worker that dies between the answer and its record leaves the try to a peer, which sends it again: a receiver knows a delivery by
    its id.
    """
    delivery = patiently(lambda: webhooks.get_delivery(database, delivery_id))
    if delivery is None or delivery.state != "waiting" or delivery.attempts != attempt:
        return
    status: int | None = None
    error: str | None = "the webhook was removed"
    pause: int | None = None
    with contextlib.suppress(MissingError):
        hook = patiently(lambda: webhooks.get_webhook(database, delivery.webhook_id))
        status, error = send(hook, delivery, service)
        pause = _PAUSES[attempt] if error is not None and attempt < len(_PAUSES) else None

    def note() -> None:
        with database.write() as connection:
            if webhooks.note_try(connection, delivery, status, error, pause) and pause is not None:
                queue.put_delivery(connection, delivery.id, attempt + 1, pause)

    patiently(note)
