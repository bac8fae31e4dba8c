"""LibreTranslate servers for tests: the real one, started from its own environment, and one that misbehaves on purpose."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv-libretranslate" / "bin"
MODELS = Path(__file__).parent / "models"
NO_PROXY_THERE = "http://127.0.0.1:9"
"""A proxy that nobody runs: a server that is given it and goes to the network fails, and says so in its log."""


def need_libretranslate() -> None:
    """Skip the test where LibreTranslate is not set up; fail where nothing may be skipped (AUDITOR_TEST_ALL, as in .ci/run)."""
    if (BIN / "libretranslate").exists():
        return
    why = "no LibreTranslate in .venv-libretranslate; `make test` sets it up when a package index can be reached"
    if os.environ.get("AUDITOR_TEST_ALL") == "1":
        pytest.fail(why)
    pytest.skip(why)


@dataclass(frozen=True)
class Real:
    """A running LibreTranslate: its address, its log, and the folder it works in."""

    url: str
    log: Path
    folder: Path


@contextmanager
def libretranslate(folder: Path, *options: str, keys: Sequence[tuple[str, int]] = ()) -> Iterator[Real]:
    """The real server with both test models, offline, with those options; `keys` are API keys with their requests a minute."""
    for package in sorted(MODELS.glob("*.argosmodel")):
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder / "packages")
    sentences = folder / "data" / "argos-translate" / "minisbd"
    sentences.mkdir(parents=True)
    for name in ("zh-hans", "ja"):
        (sentences / f"{name}.onnx").write_bytes(one_sentence_model())
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "ARGOS_PACKAGES_DIR": str(folder / "packages"),
        "ARGOS_INTRA_THREADS": "1",
        "ORT_DISABLE_TELEMETRY": "1",
        "PYTHONUNBUFFERED": "1",
        "http_proxy": NO_PROXY_THERE,
        "https_proxy": NO_PROXY_THERE,
    }
    if keys:
        database = folder / "keys.db"
        options += ("--api-keys", "--api-keys-db-path", str(database))
        make = f"from libretranslate.api_keys import Database; d = Database({str(database)!r}); [d.add(n, k) for k, n in {list(keys)!r}]"
        subprocess.run([BIN / "python", "-c", make], cwd=folder, env=environment, check=True, capture_output=True)
    port = free_port()
    command = [BIN / "libretranslate", "--port", str(port), "--load-only", "en,zh,ja", "--disable-files-translation", "--disable-web-ui"]
    log = folder / "server.log"
    with log.open("wb") as out, subprocess.Popen([*command, *options], cwd=folder, env=environment, stdout=out, stderr=out) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process, log)
            yield Real(f"http://127.0.0.1:{port}", log, folder)
        finally:
            process.kill()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            with opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"LibreTranslate did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def one_sentence_model() -> bytes:
    """A sentence splitter for MiniSBD that takes every line for one sentence: 243 bytes of ONNX.

    Argos Translate cuts text with a MiniSBD model that it downloads at first use and cannot do without (ARGOS_CHUNK_TYPE=NONE is not
    implemented in 1.12). The auditor sends sentences anyway. The model hands its one feature on, so that the likeliest class of each
    character is class 0, "inside a sentence"; MiniSBD itself ends the last sentence.
    """
    config = json.dumps({"feat_funcs": ["space_before"]})
    vocabulary = json.dumps({"_unit2id": {"<PAD>": 0, "<UNK>": 1}})
    node = _field(1, "features") + _field(2, "cut") + _field(4, "Identity")
    tensors = _field(11, _tensor("units", 7, "b", "n")) + _field(11, _tensor("features", 1, "b", "n", 1))
    graph = _field(1, node) + _field(2, "one") + tensors + _field(12, _tensor("cut", 1, "b", "n", 1))
    facts = {"config": config, "vocab": vocabulary, "lang_code": "any"}
    about = b"".join(_field(14, _field(1, key) + _field(2, value)) for key, value in facts.items())
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 13)) + about


def _field(number: int, value: int | str | bytes) -> bytes:
    """A field of a protocol buffer, as ONNX files are written."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(raw)) + raw


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def _tensor(name: str, kind: int, *sizes: int | str) -> bytes:
    shape = b"".join(_field(1, _field(2, size) if isinstance(size, str) else _field(1, size)) for size in sizes)
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


# ---- a server that misbehaves


@dataclass
class Exchange:
    """One request, and the means to answer it. `body` is the JSON that was sent, `number` counts the requests to that path from 1."""

    handler: BaseHTTPRequestHandler
    path: str
    body: dict[str, Any]
    number: int

    def answer(self, value: Any, status: int = 200, **headers: str) -> None:
        """JSON, or bytes as they are."""
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.handler.send_response(status)
        for name, said in ({"Content_Length": str(len(raw))} | headers).items():
            self.handler.send_header(name.replace("_", "-"), said)
        self.handler.end_headers()
        self.handler.wfile.write(raw)

    def translate(self) -> None:
        """What a server in order says: every line with "EN " before it, and other wordings when it is asked for them."""
        self.answer(translation(self.body))


def translation(body: dict[str, Any]) -> dict[str, Any]:
    """An answer in order, as a real server gives it."""

    def english(text: str, mark: str) -> str:
        return "\n".join(f"{mark} {line}" for line in text.split("\n"))

    answer: dict[str, Any] = {"translatedText": [english(text, "EN") for text in body["q"]]}
    if body.get("alternatives"):
        answer["alternatives"] = [[english(text, mark) for mark in ("EN", "OTHER", "THIRD")] for text in body["q"]]
    return answer


Behaviour = Callable[[Exchange], None]
LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["en", "ja", "zh-Hans"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
    {"code": "ja", "name": "Japanese", "targets": ["en"]},
]


@dataclass
class Bad:
    """A running server: what it was sent, and how it behaves at each path (in order where nothing is said)."""

    behaviours: dict[str, Behaviour]
    url: str = ""
    requests: list[Exchange] = field(default_factory=list)

    def sent(self, path: str = "/translate") -> list[Exchange]:
        return [request for request in self.requests if request.path == path]

    def behave(self, exchange: Exchange) -> None:
        usual: dict[str, Behaviour] = {
            "/languages": lambda e: e.answer(LANGUAGES),
            "/frontend/settings": lambda e: e.answer({"charLimit": -1}),
            "/spec": lambda e: e.answer({"info": {"version": "1.0-test"}}),
            "/translate": lambda e: e.translate(),
        }
        (usual | self.behaviours).get(exchange.path, lambda e: e.answer({"error": "not found"}, 404))(exchange)


@contextmanager
def misbehaving(translate: Behaviour | None = None, **paths: Behaviour) -> Iterator[Bad]:
    """A server whose answers to /translate, /languages, ... are those given; real sockets, answered in threads."""
    given = paths | ({"translate": translate} if translate else {})
    bad = Bad({f"/{path}".replace("settings", "frontend/settings"): behaviour for path, behaviour in given.items()})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or every answer takes 40 ms

        def do_GET(self) -> None:
            self._serve({})

        def do_POST(self) -> None:
            self._serve(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _serve(self, body: dict[str, Any]) -> None:
            exchange = Exchange(self, self.path, body, 1 + sum(r.path == self.path for r in bad.requests))
            bad.requests.append(exchange)
            try:
                bad.behave(exchange)
            except OSError:  # the client has gone
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    bad.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield bad
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()
