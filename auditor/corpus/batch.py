"""Batch runs: one article a line, order kept, cores used, a half-written output resumed.

Articles are dealt to worker processes by the first line of their source, so that revisions of one article meet the memory that has
read its sentences already: within a run no sentence is analysed twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from auditor.corpus.lines import error_line, line_id, parse_line
from auditor.corpus.sources import Broken, read_articles
from auditor.errors import AuditorError, InputError
from auditor.formats.origins import with_origins
from auditor.formats.stored import documents_of
from auditor.report import Report, Run, to_json
from auditor.session import Session
from auditor.settings import Settings

_LOCK_WAIT = 3.0  # seconds; the workers of a batch that was killed hold its lock until they notice
_HOMES = 10_000  # articles whose worker is remembered: revisions further apart than that are read anew
IN_FLIGHT = 16
"""Articles waiting per worker: enough to keep it busy, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch did: lines written now, lines found written before, lines that are errors (of both)."""

    written: int
    resumed: int
    errors: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of output, and whether it is an error."""

    text: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """A line that a worker has: the lane it went to and that lane's generation, so that one dead worker is replaced once."""

    line: str
    lane: int
    generation: int
    future: Future[Answer]


_SESSION: Session | None = None


def _start_worker(settings: Settings) -> None:
    global _SESSION
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides; a worker's traceback helps nobody
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    _SESSION = Session(settings)


def _end_with_parent(parent: int) -> None:
    """A parent that was killed cannot stop its workers: they notice and end by themselves."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _audit_line(line: str, engine: str) -> Answer:
    return audit_line(line, engine, _SESSION or Session(Settings()))


def audit_line(line: str, engine: str, session: Session) -> Answer:
    """One line of input to one line of output, whatever the input is."""
    failed = True
    identity: str | None = None
    try:
        identity = _peek_id(line)
        submission = parse_line(line)
        report, run = session.audit(submission, engine)
        result = {**to_json(*_placed(line, report, run)), **_metadata(line)}
        failed = False
    except AuditorError as error:
        result = error_line(identity, error)
    except Exception as error:  # one article's bug must not take the batch with it; it is reported in its place
        result = {"id": identity, "error": {"code": "internal", "message": f"{type(error).__name__}: {error}"}}
    # A lone surrogate cannot be written as UTF-8: escape the line rather than lose it.
    text = json.dumps(result, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(result)
    return Answer(text, failed)


def _placed(line: str, report: Report, run: Run) -> tuple[Report, Run]:
    """The report with the places of its findings, when the line says where its texts come from."""
    return (with_origins(report, documents_of(json.loads(line))), run) if '"file"' in line else (report, run)


def _metadata(line: str) -> dict[str, Any]:
    """A line's metadata go with its report: what many reports are asked by."""
    found = json.loads(line).get("metadata") if '"metadata"' in line else None
    return {"metadata": found} if isinstance(found, dict) and found else {}


def _peek_id(line: str) -> str | None:
    try:
        return line_id(json.loads(line)) or None
    except (ValueError, RecursionError):
        return None


def resume_point(out: Path) -> tuple[int, int, int]:
    """(whole lines already written, errors among them, bytes they take); a torn last line does not count.

    Raises InputError for a file that is not the output of a batch: it is somebody's, and stays.
    """
    done = errors = size = 0
    if not out.exists():
        return 0, 0, 0
    with out.open("rb") as file:
        for raw in file:
            value = _report_of(raw)
            if value is None:
                if raw.endswith(b"\n") or not raw.startswith(_BEGINNINGS):
                    raise InputError(f"{out}, line {done + 1}, is not a line of a batch; name another output file, or delete this one")
                break
            done, size = done + 1, size + len(raw)
            errors += "error" in value
    return done, errors, size


_BEGINNINGS = (b'{"schema_version"', b'{"id"')
"""How a line of a batch begins: what a torn one, at the end of a file, must begin with."""


def _report_of(raw: bytes) -> dict[str, Any] | None:
    """A whole line of output, None for anything else."""
    if not raw.endswith(b"\n"):
        return None
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and "id" in value and ("findings" in value or "error" in value) else None


def _check_resumed(source: Path, out: Path, done: int) -> None:
    """Raise InputError unless the first `done` lines of the output are of these very texts."""
    with out.open("rb") as file:
        for (number, line), raw in zip(read_articles(source), file, strict=False):
            if done == 0:
                return
            done -= 1
            report = json.loads(raw)
            if (_peek_id(line) or None) != (report.get("id") or None):
                raise InputError(
                    f"{out} was written from another input: {_unit(source)} {number} of {source} has another id; name another output file"
                )
            if "error" not in report and not _is_of(report, line):
                raise InputError(
                    f"the texts of {_unit(source)} {number} of {source} have changed since {out} was written; name another output file"
                )
    if done:
        raise InputError(f"{out} has {done} more lines than there are articles in {source}; name another output file")


def _unit(source: Path) -> str:
    return "article" if source.is_dir() else "row" if source.suffix.lower() == ".parquet" else "line"


def _is_of(report: dict[str, Any], line: str) -> bool:
    """Whether a report is one of the texts of a line, by their digests."""
    try:
        submission = parse_line(line)
    except AuditorError:
        return False
    said = [report.get("source", {}).get("sha256"), *(t.get("sha256") for t in report.get("translations", ()))]
    texts = [submission.source, *(t.text for t in submission.translations)]
    return said == [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]


@contextlib.contextmanager
def _alone(file: BinaryIO, out: Path) -> Iterator[None]:
    """The output for this batch only. Raises InputError when another one is writing it."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    until = time.monotonic() + _LOCK_WAIT
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except OSError:
            if time.monotonic() > until:
                raise InputError(f"another batch is writing {out}; wait for it, or name another output file") from None
            time.sleep(0.1)
    yield  # the lock goes with the file


class Pool(Protocol):
    """One worker: lines in, answers to come out. A worker that died raises BrokenProcessPool, at once or in the answer."""

    def submit(self, line: str, engine: str) -> Future[Answer]: ...

    def shutdown(self) -> None: ...


class ProcessPool:
    """A process of this machine."""

    def __init__(self, settings: Settings) -> None:
        self._pool = ProcessPoolExecutor(1, initializer=_start_worker, initargs=(settings,))

    def submit(self, line: str, engine: str) -> Future[Answer]:
        """Its answer to come."""
        return self._pool.submit(_audit_line, line, engine)

    def shutdown(self) -> None:
        """End it, whatever it is at."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class Lanes:
    """Workers, one article's revisions always with the same one: its memory has read the rest of them."""

    def __init__(self, workers: int, engine: str, settings: Settings, pool: Callable[[Settings], Pool] = ProcessPool) -> None:
        self.engine, self.settings, self._pool = engine, settings, pool
        self.pools = [pool(settings) for _ in range(workers)]
        self.generation = [0] * workers
        self.load = [0] * workers
        self.home: OrderedDict[str, int] = OrderedDict()

    def submit(self, line: str) -> Ticket:
        key = _affinity(line)
        lane = self.home.setdefault(key, min(range(len(self.pools)), key=self.load.__getitem__))
        if len(self.home) > _HOMES:
            self.home.popitem(last=False)
        self.load[lane] += len(line)
        return self.send(line, lane)

    def send(self, line: str, lane: int) -> Ticket:
        generation = self.generation[lane]
        try:
            return Ticket(line, lane, generation, self.pools[lane].submit(line, self.engine))
        except BrokenProcessPool:
            self.revive(lane, generation)
            return Ticket(line, lane, self.generation[lane], self.pools[lane].submit(line, self.engine))

    def revive(self, lane: int, generation: int) -> None:
        """Replace a dead worker, unless that was done already for another of its lines."""
        if self.generation[lane] == generation:
            self.pools[lane].shutdown()
            self.pools[lane] = self._pool(self.settings)
            self.generation[lane] += 1

    def close(self) -> None:
        for pool in self.pools:
            pool.shutdown()


def _affinity(line: str) -> str:
    try:
        text: Any = json.loads(line)["source"]["text"]
        return str(text).lstrip().partition("\n")[0][:80]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def run_batch(
    source: Path,
    out: Path,
    engine: str,
    workers: int,
    settings: Settings,
    progress: Callable[[int], None] | None = None,
    lanes: Lanes | None = None,
) -> Outcome:
    """Audit every article of `source` (`corpus.sources`) into `out`. `progress` is called with the number of lines done after each.

    lanes  other workers than processes of this machine (`corpus.on_ray`); ended with the batch
    Raises InputError when `out` is no earlier output of these texts or another batch writes it, OSError when files cannot be opened.
    """
    written = 0
    lanes = lanes or Lanes(workers, engine, settings.shared_by(workers))
    try:
        with os.fdopen(os.open(out, os.O_RDWR | os.O_CREAT, 0o666), "r+b") as file, _alone(file, out):
            done, errors, size = resume_point(out)
            if done:
                _check_resumed(source, out, done)
            file.truncate(size)
            file.seek(size)
            for answer in _answers(source, done, lanes):
                file.write(answer.text.encode() + b"\n")
                file.flush()
                written += 1
                errors += answer.failed
                if progress:
                    progress(done + written)
    finally:
        lanes.close()
    return Outcome(written, done, errors)


def _answers(source: Path, skip: int, lanes: Lanes) -> Iterator[Answer]:
    waiting: deque[Ticket | Broken] = deque()
    for index, (_, line) in enumerate(read_articles(source)):
        if index < skip:
            continue
        waiting.append(line if isinstance(line, Broken) else lanes.submit(line))
        while waiting and (len(waiting) > IN_FLIGHT * len(lanes.pools) or _is_done(waiting[0])):
            yield _answer(waiting.popleft(), lanes)
    while waiting:
        yield _answer(waiting.popleft(), lanes)


def _is_done(ticket: Ticket | Broken) -> bool:
    return isinstance(ticket, Broken) or ticket.future.done()


def _answer(ticket: Ticket | Broken, lanes: Lanes) -> Answer:
    """The answer; a worker that died is replaced and the line tried once more, then given up."""
    if isinstance(ticket, Broken):
        return Answer(str(ticket), True)
    for _ in range(2):
        try:
            return ticket.future.result()
        except BrokenProcessPool:
            lanes.revive(ticket.lane, ticket.generation)
            ticket = lanes.send(ticket.line, ticket.lane)
    error = {"code": "internal", "message": "the worker process died twice on this article"}
    return Answer(json.dumps({"id": _peek_id(ticket.line), "error": error}), True)
