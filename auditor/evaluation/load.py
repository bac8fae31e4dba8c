"""Load on a real service: `python -m auditor.evaluation.load [--submissions 1000] [--clients 50] [--workers 2] [--pace 1] [--leave]`.

Starts `auditor serve` on a free port with an empty data folder (or the database of AUDITOR_DATABASE_URL), submits articles of a few
sentences of the sample from many clients at once, and waits until all are audited. Prints how long a submission took while the workers
were busy, what was answered, how many audits ended a second, and how the processes' memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from auditor.demo import samples_folder
from auditor.formats.files import read_text

_LINES = 6


@dataclass(slots=True)
class Load:
    """What came of it: seconds of each submission, statuses, bytes of memory by process now and then, seconds to submit, seconds in all."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    memory: list[dict[int, int]] = field(default_factory=list)
    submitted: float = 0.0
    drained: float = 0.0

    def quantile(self, share: float) -> float:
        """Milliseconds within which that share of the submissions was answered."""
        ranked = sorted(self.seconds)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))] * 1000


@contextmanager
def served(workers: int, folder: Path) -> Iterator[tuple[str, str, subprocess.Popen[bytes]]]:
    """A service of its own: its address, an editor's key, its process."""
    environment = {**os.environ, "AUDITOR_DATA": str(folder)}
    command = [sys.executable, "-m", "auditor"]
    key = subprocess.run([*command, "keys", "create", "--role", "editor"], env=environment, check=True, capture_output=True, text=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen([*command, "serve", "--port", str(port), "--workers", str(workers)], env=environment, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if httpx.get(f"{address}/readyz").json()["workers"] >= workers:
                    break
            except (httpx.HTTPError, KeyError):
                pass
            time.sleep(0.3)
        yield address, key.stdout.strip(), process
    finally:
        process.terminate()
        process.wait(90)


def articles(number: int) -> Iterator[dict[str, object]]:
    """Submissions of a few sentences each, no two the same."""
    folder = samples_folder()
    texts = {
        lang: read_text(str(folder / f"{stem}.{lang}.txt")).splitlines()
        for lang, stem in (("en", "article"), ("zh", "drifted"), ("ja", "drifted"))
    }
    for turn in range(number):
        begin = turn % (len(texts["en"]) - _LINES)
        cut = {lang: "\n".join(lines[begin : begin + _LINES]) for lang, lines in texts.items()}
        yield {
            "id": f"load-{turn}",
            "source": {"lang": "en", "text": f"Note {turn}.\n{cut['en']}"},
            "translations": [{"lang": "zh", "text": f"注{turn}。\n{cut['zh']}"}, {"lang": "ja", "text": f"注{turn}。\n{cut['ja']}"}],
        }


def memory_of(process: int) -> dict[int, int]:
    """Resident bytes of a process and its children."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = {}
    for each in [process, *map(int, children)]:
        status = Path(f"/proc/{each}/status").read_text()
        found[each] = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))
    return found


async def press(address: str, key: str, process: int, submissions: int, clients: int, pace: float, wait: bool) -> Load:
    """Submit from many clients at once, each with a connection of its own, then, if told to, wait until everything has ended.

    A client submits again `pace` seconds, half or one and a half of them, after it began the last time; 0: as soon as it is answered.
    """
    load, waiting = Load(), list(articles(submissions))
    async with AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(_client(address, key)) for _ in range(clients)]

        async def one(client: httpx.AsyncClient) -> None:
            await asyncio.sleep(pace * random.random())
            while waiting:
                body, begun = waiting.pop(), time.perf_counter()
                answer = await client.post("/v1/audits", json=body)
                load.seconds.append(time.perf_counter() - begun)
                load.statuses[answer.status_code] += 1
                await asyncio.sleep(max(0.0, pace * (0.5 + random.random()) - load.seconds[-1]))

        begun = time.monotonic()
        await asyncio.gather(*map(one, crowd))
        load.submitted = time.monotonic() - begun
        load.memory.append(memory_of(process))
        while wait and (await crowd[0].get("/v1/stats")).json()["audits"].get("finished", 0) < submissions:
            await asyncio.sleep(2)
            load.memory.append(memory_of(process))
        load.drained = time.monotonic() - begun
    return load


def _client(address: str, key: str) -> httpx.AsyncClient:
    # verify: reading the certificates of the world fifty times would be most of what is measured
    return httpx.AsyncClient(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=60, verify=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Press, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m auditor.evaluation.load", description="Load on a real service.")
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pace", type=float, default=1.0, help="seconds between two submissions of a client; 0: none (default: 1)")
    parser.add_argument("--leave", action="store_true", help="stop when everything is submitted, whatever is left to audit")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, served(options.workers, Path(folder)) as (address, key, process):
        load = asyncio.run(press(address, key, process.pid, options.submissions, options.clients, options.pace, not options.leave))
    rate = options.submissions / load.submitted
    print(f"{options.submissions} submissions by {options.clients} clients, {rate:.0f} a second, {options.workers} workers beside the API")
    print(f"answers: {dict(load.statuses)}")
    print(f"a submission: median {load.quantile(0.5):.0f} ms, p95 {load.quantile(0.95):.0f} ms, longest {load.quantile(1):.0f} ms")
    if options.leave:
        return 0
    print(f"all audited in {load.drained:.0f} s, {options.submissions / load.drained:.1f} audits a second")
    for each in load.memory[len(load.memory) // 4]:
        grown = [m[each] / 2**20 for m in load.memory if each in m]
        shown = ", ".join(f"{grown[int(k * (len(grown) - 1) / 4)]:.0f}" for k in range(5))
        print(f"memory of {'the API' if each == process.pid else 'a worker'} in MB, from the last submission to the end: {shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
