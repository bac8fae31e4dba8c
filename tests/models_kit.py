"""Package files and servers for the tests of `auditor models`."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MODELS = Path(__file__).parent / "models"
REAL = {lang: MODELS / f"translate-{lang}_en-0_1-test-only.argosmodel" for lang in ("zh", "ja")}


@cache
def real_files(lang: str = "zh") -> Mapping[str, bytes]:
    """The files of a real package, by name."""
    with zipfile.ZipFile(REAL[lang]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return raw.getvalue()


def package(lang: str = "zh", folder: str = "", changed: Mapping[str, bytes | None] | None = None, **metadata: Any) -> bytes:
    """A real package with other files (None: without it), other metadata, or another folder."""
    old = f"translate-{lang}_en-0_1-test-only"
    files = {name.removeprefix(f"{old}/"): data for name, data in real_files(lang).items()}
    says = json.loads(files["metadata.json"]) | metadata
    files["metadata.json"] = json.dumps({key: value for key, value in says.items() if value is not ...}).encode()
    for name, data in (changed or {}).items():
        if data is None:
            del files[name]
        else:
            files[name] = data
    return packed({f"{folder or old}/{name}": data for name, data in files.items()})


def version(number: str, lang: str = "zh") -> bytes:
    """A real package in another version."""
    return package(lang, f"translate-{lang}_en-{number.replace('.', '_')}", package_version=number)


def tree(folder: Path) -> dict[str, str]:
    """Everything below a folder, links not followed: what it is, and a digest of what it holds."""
    found = {}
    for path in sorted(folder.rglob("*")):
        kind = f"link to {path.readlink()}" if path.is_symlink() else "folder" if path.is_dir() else ""
        found[str(path.relative_to(folder))] = kind or hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@dataclass
class File:
    """What a server has at a path, and how it behaves. `cut_after`: bytes of each of the next answers before the connection breaks."""

    data: bytes
    etag: str = '"one"'
    ranges: bool = True
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: list[int] = field(default_factory=list)
    on_request: Callable[[], None] = lambda: None


@dataclass
class Server:
    """A running server: its address, its files by path, and the requests it had."""

    url: str
    files: dict[str, File]
    requests: list[tuple[str, str]] = field(default_factory=list)

    def offer(self, *entries: Mapping[str, Any]) -> None:
        """Put up an index. `link` is short for one link to this server."""
        listed = []
        for entry in entries:
            says = {"from_code": "zh", "to_code": "en", "package_version": "0.1"} | dict(entry)
            if "link" in says:
                says["links"] = [self.url + says.pop("link")]
            listed.append(says)
        self.files["/index.json"] = File(json.dumps(listed).encode())


@contextmanager
def serving() -> Iterator[Server]:
    """A real HTTP server on this computer."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.requests.append((self.path, self.headers.get("Range", "")))
            answer(self, server.files.get(self.path))

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # clients that leave in the middle are what many tests are about

    running = Quiet(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{running.server_address[1]}", {})
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def answer(handler: BaseHTTPRequestHandler, file: File | None) -> None:
    if file is None:
        handler.send_error(404)
        return
    file.on_request()
    data, status, at = file.data, file.status, 0
    asked = handler.headers.get("Range", "")
    if file.ranges and asked and handler.headers.get("If-Range") in (file.etag, file.headers.get("Last-Modified")):
        at = int(asked.removeprefix("bytes=").removesuffix("-"))
        status = 206 if at < len(data) else 416
    handler.send_response(status)
    if status == 206:
        handler.send_header("Content-Range", f"bytes {at}-{len(data) - 1}/{len(data)}")
    if status == 416:
        handler.send_header("Content-Range", f"bytes */{len(data)}")
    if file.etag:
        handler.send_header("ETag", file.etag)
    for name, value in file.headers.items():
        handler.send_header(name, value)
    rest = data[at:] if status != 416 else b""
    if not {"Content-Length", "Transfer-Encoding"} & set(file.headers):
        handler.send_header("Content-Length", str(len(rest)))
    handler.end_headers()
    if file.cut_after:
        rest = rest[: file.cut_after.pop(0)]
        handler.close_connection = True
    handler.wfile.write(rest)
