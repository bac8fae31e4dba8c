"""Webhooks: signed, sent to the open network only, tried again, each try on record."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from auditor.jobs import delivery
from auditor.jobs.delivery import is_public, send
from auditor.store import webhooks
from auditor.store.webhooks import Delivery, Webhook
from tests import api_kit
from tests.api_kit import Api, problem

api = api_kit.api_sqlite


@dataclass
class Heard:
    """What a receiver was sent; `status` is what it answers, the first first, the last again and again."""

    url: str = ""
    status: list[int] = field(default_factory=lambda: [204])
    location: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Heard]:
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            heard.got.append(({k.lower(): v for k, v in self.headers.items()}, raw))
            self.send_response(heard.status.pop(0) if len(heard.status) > 1 else heard.status[0])
            if heard.location:
                self.send_header("Location", heard.location)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield heard
    server.shutdown()
    server.server_close()


def hooked(api: Api, url: str, who: str = "translator", *events: str) -> dict[str, Any]:
    sent = {"url": url, **({"events": list(events)} if events else {})}
    answer = api.ask(who, "POST", "/v1/webhooks", json=sent)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def deliveries(api: Api, hook: dict[str, Any], who: str = "translator") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(who, f"/v1/webhooks/{hook['id']}/deliveries")["items"]
    return found


def deliver_all(api: Api, hook: dict[str, Any], tries: int = 1) -> None:
    """As a worker does it, without the pauses."""
    for _ in range(tries):
        for waiting in webhooks.list_deliveries(api.bench.database, hook["id"]):
            if waiting.state == "waiting":
                more = (waiting.attempts,) if "attempt" in delivery.deliver.__annotations__ else ()
                delivery.deliver(api.bench.database, api.bench.queue, api.bench.service, waiting.id, *more)


def remove(api: Api, hook: dict[str, Any], who: str = "translator") -> None:
    assert api.ask(who, "DELETE", f"/v1/webhooks/{hook['id']}").status_code == 204


def test_the_end_of_an_audit_is_reported_signed_and_without_any_text(api: Api, receiver: Heard) -> None:
    hook = hooked(api, receiver.url)
    audit = api.finished()
    deliver_all(api, hook)
    [(headers, raw)] = receiver.got
    at, _, signature = headers["auditor-signature"].removeprefix("t=").partition(",v1=")
    assert hmac.compare_digest(signature, hmac.new(hook["secret"].encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest())
    assert abs(time.time() - int(at)) < 60
    told = json.loads(raw)
    assert told["event"] == "audit.finished" == headers["auditor-event"] and told["audit"]["id"] == audit["id"]
    assert told["id"] == headers["auditor-delivery"] and told["audit"]["findings"] == audit["findings"]
    assert "港务局" not in raw.decode() and "harbour" not in raw.decode()
    [one] = deliveries(api, hook)
    assert (one["state"], one["attempts"], one["status_code"], one["error"]) == ("delivered", 1, 204, None)
    assert api.get("translator", "/v1/webhooks")["items"][0]["secret"] is None
    remove(api, hook)


def test_a_failing_receiver_is_tried_again_with_growing_pauses_until_it_takes_it(api: Api, receiver: Heard) -> None:
    receiver.status = [500, 404, 200]
    hook = hooked(api, receiver.url)
    ping = api.ask("translator", "POST", f"/v1/webhooks/{hook['id']}/ping").json()
    pauses = []
    for attempts, state, status in ((1, "waiting", 500), (2, "waiting", 404), (3, "delivered", 200)):
        deliver_all(api, hook)
        [one] = deliveries(api, hook)
        assert (one["id"], one["attempts"], one["state"], one["status_code"]) == (ping["id"], attempts, state, status)
        pauses.append(next(d for d in webhooks.list_deliveries(api.bench.database, hook["id"]) if d.id == ping["id"]))
    waits = [p.next_at - p.tried_at for p in pauses if p.next_at and p.tried_at]
    assert waits == [p * 1000 for p in delivery._PAUSES[:2]] and waits == sorted(waits)
    assert len(receiver.got) == 3 and len({h["auditor-delivery"] for h, _ in receiver.got}) == 1
    jobs = [job for job in api.bench.jobs() if job.startswith(ping["id"])]
    assert sorted(jobs) == [f"{ping['id']}-{n}" for n in range(3)], "each try is a job of its own"
    remove(api, hook)


def test_a_receiver_that_never_takes_it_is_given_up(api: Api, receiver: Heard) -> None:
    receiver.status = [503]
    hook = hooked(api, receiver.url)
    api.ask("translator", "POST", f"/v1/webhooks/{hook['id']}/ping")
    deliver_all(api, hook, tries=12)
    [one] = deliveries(api, hook)
    assert (one["state"], one["attempts"], one["next_at"]) == ("given_up", webhooks.ENOUGH, None)
    assert "503" in one["error"] and len(receiver.got) == webhooks.ENOUGH
    remove(api, hook)


def test_who_hears_of_what(api: Api, receiver: Heard) -> None:
    hooks = {
        "translator": hooked(api, receiver.url), "other": hooked(api, receiver.url, "other"),
        "editor": hooked(api, receiver.url, "editor", "audit.finished"),
        "second_editor": hooked(api, receiver.url, "second_editor", "audit.failed"),
    }  # fmt: skip
    audit = api.finished()
    heard = {who: [d["audit"] for d in deliveries(api, hook, who)] for who, hook in hooks.items()}
    assert heard == {"translator": [audit["id"]], "other": [], "editor": [audit["id"]], "second_editor": []}
    for who, hook in hooks.items():
        remove(api, hook, who)
    state = webhooks.list_deliveries(api.bench.database, hooks["editor"]["id"])[0]
    assert (state.state, state.error) == ("given_up", "the webhook was removed")
    problem(api.ask("editor", "GET", f"/v1/webhooks/{hooks['editor']['id']}/deliveries"), 404)
    api.finished()
    assert len(webhooks.list_deliveries(api.bench.database, hooks["editor"]["id"])) == 1


def test_the_webhook_of_a_revoked_or_expired_key_hears_nothing_more(api: Api, receiver: Heard) -> None:
    api.add("leaving", "editor")
    api.add("short", "editor", int(time.time() * 1000) + 1500)
    hooks = [hooked(api, receiver.url, who) for who in ("leaving", "short")]
    api.ask("admin", "DELETE", f"/v1/keys/{api.keys['leaving'].id}")
    time.sleep(1.6)
    api.finished()
    assert all(webhooks.list_deliveries(api.bench.database, hook["id"]) == [] for hook in hooks)


def test_a_key_has_so_many_webhooks_and_no_more(api: Api) -> None:
    with api_kit.api_over(api.bench, api.session, webhooks=2) as narrow:
        first = hooked(narrow, "https://tools.example.com/1")
        hooked(narrow, "https://tools.example.com/2")
        sent = {"url": "https://tools.example.com/3"}
        told = problem(narrow.ask("translator", "POST", "/v1/webhooks", json=sent), 409, "conflict")
        assert "2 webhooks" in told["detail"] and len(narrow.get("translator", "/v1/webhooks")["items"]) == 2
        hooked(narrow, "https://tools.example.com/3", "other")
        remove(narrow, first)
        hooked(narrow, "https://tools.example.com/3")
        assert "409" in narrow.get(None, "/openapi.json")["paths"]["/v1/webhooks"]["post"]["responses"]


# --- where it may go

ADDRESSES = [
    ("8.8.8.8", True), ("2606:4700:4700::1111", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True),
    ("127.0.0.1", False), ("127.8.9.1", False), ("0.0.0.0", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
    ("169.254.169.254", False), ("100.64.0.1", False), ("192.0.2.1", False), ("198.18.0.1", False), ("224.0.0.1", False),
    ("240.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1", False), ("fe80::1%eth0", False),
    ("fc00::1", False), ("fd12::1", False), ("fec0::1", False), ("ff02::1", False), ("2001:db8::1", False), ("::ffff:127.0.0.1", False),
    ("::ffff:10.0.0.1", False), ("::127.0.0.1", False), ("::10.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::a00:1", False),
    ("64:ff9b:1::a00:1", False), ("::ffff:0:127.0.0.1", False), ("::ffff:0:10.0.0.1", False), ("::ffff:0:a9fe:a9fe", False),
    ("::ffff:0:8.8.8.8", True), ("2002:7f00:1::", False), ("2002:a00:1::1", False), ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
]  # fmt: skip


@pytest.mark.parametrize(("address", "public"), ADDRESSES)
def test_only_addresses_of_the_open_network_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def tried(api: Api, url: str, **settings: Any) -> tuple[int | None, str | None]:
    hook = Webhook("whk_1", "key_1", url, "secret", ("ping",), 0)
    one = Delivery("del_1", "whk_1", None, "ping", "{}", "waiting", 0, None, None, 0, None, None)
    return send(hook, one, replace(api.bench.service, webhook_private=False, webhook_timeout=2, **settings))


URLS = ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.1:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/",
        "http://[64:ff9b::127.0.0.1]:{port}/", "http://0.0.0.0:{port}/",
        "http://169.254.169.254/latest/meta-data", "https://10.0.0.1/"]  # fmt: skip


@pytest.mark.parametrize("url", URLS)
def test_a_webhook_into_the_house_is_refused_when_it_connects(api: Api, receiver: Heard, url: str) -> None:
    status, error = tried(api, url.format(port=receiver.url.split(":")[2].partition("/")[0]))
    assert status is None and error is not None and ("private, local or reserved" in error or "Invalid IPv4" in error)
    assert receiver.got == []


def test_a_name_that_points_elsewhere_at_the_second_look_is_looked_up_once(
    api: Api, receiver: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    connected: list[str] = []

    def rebinding(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        looked.append(host)
        address = "93.184.215.14" if len(looked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: Any, *_: Any, **__: Any) -> Any:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    status, error = tried(api, "http://rebinding.example:8123/")
    assert status is None and error and len(looked) == 1 and connected == ["93.184.215.14"]
    _, error = tried(api, "http://rebinding.example:8123/")
    assert error and "private" in error and connected == ["93.184.215.14"]


def test_of_several_addresses_only_public_ones_are_tried(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    tried_ones: list[str] = []
    rows = [("10.0.0.1", 80), ("203.0.114.7", 80), ("127.0.0.1", 80), ("198.51.101.7", 80)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", row) for row in rows])

    def connect(address: Any, *_: Any, **__: Any) -> Any:
        tried_ones.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert tried(api, "http://many.example/")[0] is None
    assert tried_ones == ["203.0.114.7", "198.51.101.7"]


def test_the_environment_s_proxy_is_not_asked(api: Api, receiver: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", receiver.url)
    monkeypatch.setenv("ALL_PROXY", receiver.url)
    _, error = tried(api, "http://10.0.0.1/")
    assert error and "private" in error and receiver.got == []


def test_a_redirect_is_not_followed(api: Api, receiver: Heard) -> None:
    receiver.status, receiver.location = [307], receiver.url
    status, error = send(
        Webhook("whk_1", "key_1", receiver.url, "s", (), 0),
        Delivery("del_1", "whk_1", None, "ping", "{}", "waiting", 0, None, None, 0, None, None), api.bench.service,
    )  # fmt: skip
    assert status == 307 and error and len(receiver.got) == 1


def _drip(connection: socket.socket) -> None:
    for character in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
        connection.sendall(bytes([character]))
        time.sleep(0.2)


def _endless_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def _endless_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 65536)


def _always_not_yet(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.1)


def _silence(connection: socket.socket) -> None:
    time.sleep(8)


ODD: list[tuple[Callable[[socket.socket], None], int | None]] = [
    (_drip, None), (_endless_body, 200), (_endless_head, None), (_always_not_yet, None), (_silence, None),
]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "status"), ODD, ids=[b.__name__.strip("_") for b, _ in ODD])
def test_a_huge_or_slow_answer_holds_nobody_up(api: Api, behaviour: Callable[[socket.socket], None], status: int | None) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with contextlib.suppress(OSError):
            connection, _ = server.accept()
            connection.recv(65536)
            behaviour(connection)

    threading.Thread(target=answer, daemon=True).start()
    hook = Webhook("whk_1", "key_1", f"http://127.0.0.1:{server.getsockname()[1]}/", "s", (), 0)
    one = Delivery("del_1", "whk_1", None, "ping", "{}", "waiting", 0, None, None, 0, None, None)
    begun = time.monotonic()
    got, error = send(hook, one, replace(api.bench.service, webhook_timeout=1))
    assert time.monotonic() - begun < 4
    assert got == status and (error is None) == (status is not None)
    server.close()
