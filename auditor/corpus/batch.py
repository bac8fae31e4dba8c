"""Batch runs: one article a line, order kept, cores used, a half-written output resumed.

Articles are dealt to worker processes by the first line of their source, so that revisions of one article meet the memory that has
read its sentences already: within a run no sentence is analysed twice.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from auditor.corpus.lines import error_line, line_digest, line_id, parse_line
from auditor.corpus.resume import Output, opened
from auditor.corpus.sources import Broken, Entry, read_articles
from auditor.errors import AuditorError, UsageError
from auditor.formats.origins import with_origins
from auditor.formats.stored import documents_of
from auditor.report import Report, Run, to_json
from auditor.session import Session
from auditor.settings import Settings

_HOMES = 10_000  # articles whose worker is remembered: revisions further apart than that are read anew
_TOLD = 3
"""Errors that are shown by themselves; the rest is in the output."""
IN_FLIGHT = 16
"""Articles waiting per worker: enough to keep it busy, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch did: lines written now, lines found written before, lines that are errors.

    told      the messages of the first few errors
    repeated  an id that more than one article has, the first that was met, or None
    """

    written: int
    resumed: int
    errors: int
    told: tuple[str, ...] = ()
    repeated: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of output, whether it is an error, and whether this run made it."""

    text: str
    failed: bool
    made: bool = True


@dataclass(frozen=True, slots=True)
class Ticket:
    """A line that a worker has: the lane it went to and that lane's generation, so that one dead worker is replaced once.

    where  the line's file and number, as its errors name it
    """

    where: str
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
        result["run"]["input"] = line_digest(line)
        failed = False
    except AuditorError as error:
        result = error_line(identity, error)
    except Exception as error:  # one article's bug must not take the batch with it; it is reported in its place
        result = {"id": identity, "error": {"code": "internal", "message": f"{type(error).__name__}: {error}"}}
    return Answer(_written(result), failed)


def _written(value: Any) -> str:
    """As JSON; a lone surrogate cannot be written as UTF-8, and the line is escaped rather than lost."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value)
    return text


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


class Pool(Protocol):
    """One worker: lines in, answers to come out. A worker that died raises BrokenProcessPool, at once or in the answer."""

    def submit(self, line: str, engine: str) -> Future[Answer]: ...

    def shutdown(self) -> None: ...


class ProcessPool:
    """A process of this machine. It is started afresh: a fork of one whose models have threads of their own may wait for a lock forever."""

    def __init__(self, settings: Settings) -> None:
        afresh = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, mp_context=afresh, initializer=_start_worker, initargs=(settings,))

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

    def submit(self, entry: Entry) -> Ticket:
        line, key = entry.line, _affinity(entry.line)
        lane = self.home.setdefault(key, min(range(len(self.pools)), key=self.load.__getitem__))
        if len(self.home) > _HOMES:
            self.home.popitem(last=False)
        self.load[lane] += len(line)
        return self.send(entry, lane)

    def send(self, entry: Entry, lane: int) -> Ticket:
        where, line = entry
        generation = self.generation[lane]
        try:
            return Ticket(where, line, lane, generation, self.pools[lane].submit(line, self.engine))
        except BrokenProcessPool:
            self.revive(lane, generation)
            return Ticket(where, line, lane, self.generation[lane], self.pools[lane].submit(line, self.engine))

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

    What an earlier run wrote stays, but for its errors: those articles are audited again, for their line or what failed may be mended.

    lanes  other workers than processes of this machine (`corpus.on_ray`); ended with the batch
    Raises InputError when `out` is no earlier output of these texts or another batch writes it, UsageError when it cannot be written,
    OSError when files cannot be opened.
    """
    lanes = lanes or Lanes(workers, engine, settings.shared_by(workers))
    tally = _Tally(progress or (lambda done: None))
    try:
        with opened(out) as output:
            output.check(source, engine)
            if output.errors:
                output.replace(map(tally.again, _answers(_unanswered(source, output), lanes)))
            resumed = output.done - tally.written
            tally.done = output.done
            ids = _Ids()
            for answer in _answers(ids.noted(read_articles(source), output.done), lanes):
                output.write(tally.new(answer).text)
    except OSError as error:
        if error.filename is not None:
            raise
        raise UsageError(
            f"{out} cannot be written: {error.strerror}; see to that, and give the same command: it goes on from here"
        ) from None
    finally:
        lanes.close()
    return Outcome(tally.written, resumed, tally.errors, tuple(tally.told), ids.repeated)


class _Tally:
    """What was written, counted."""

    def __init__(self, progress: Callable[[int], None]) -> None:
        self._progress = progress
        self.written = self.errors = self.done = 0
        self.told: list[str] = []

    def again(self, answer: Answer) -> str:
        """A line of the output as it was, or made once more."""
        self.done += 1
        if answer.made:
            self.new(answer, 0)
        return answer.text

    def new(self, answer: Answer, lines: int = 1) -> Answer:
        """The same."""
        self.written += 1
        self.errors += answer.failed
        self.done += lines
        if answer.failed and len(self.told) < _TOLD:
            self.told.append(json.loads(answer.text)["error"]["message"])
        self._progress(self.done)
        return answer


def _unanswered(source: Path, output: Output) -> Iterator[Entry | Answer]:
    """The articles of the lines that are there: those that were errors to audit, the others' answers."""
    for entry, (text, report) in zip(read_articles(source), output.lines(), strict=False):
        yield entry if "error" in report else Answer(text, False, made=False)


class _Ids:
    """The first id that two articles have. Of each only a number is kept: a false alarm needs two of 2**64."""

    def __init__(self) -> None:
        self.repeated: str | None = None
        self._seen: set[int] = set()

    def noted(self, entries: Iterable[Entry], skip: int) -> Iterator[Entry]:
        """All entries, whose ids are noted; those behind the first few."""
        for index, entry in enumerate(entries):
            identity = None if self.repeated else _peek_id(entry.line)
            if identity and hash(identity) in self._seen:
                self.repeated = identity
            elif identity:
                self._seen.add(hash(identity))
            if index >= skip:
                yield entry


def _answers(entries: Iterable[Entry | Answer], lanes: Lanes) -> Iterator[Answer]:
    """In the order of the entries; what is an answer already comes in its place."""
    waiting: deque[Ticket | Answer] = deque()
    for entry in entries:
        waiting.append(_begin(entry, lanes))
        while waiting and (len(waiting) > IN_FLIGHT * len(lanes.pools) or _is_done(waiting[0])):
            yield _answer(waiting.popleft(), lanes)
    while waiting:
        yield _answer(waiting.popleft(), lanes)


def _begin(entry: Entry | Answer, lanes: Lanes) -> Ticket | Answer:
    if isinstance(entry, Answer):
        return entry
    return _named(Answer(str(entry.line), True), entry.where) if isinstance(entry.line, Broken) else lanes.submit(entry)


def _is_done(ticket: Ticket | Answer) -> bool:
    return isinstance(ticket, Answer) or ticket.future.done()


def _answer(ticket: Ticket | Answer, lanes: Lanes) -> Answer:
    """The answer; a worker that died is replaced and the line tried once more, then given up."""
    if isinstance(ticket, Answer):
        return ticket
    for _ in range(2):
        try:
            return _named(ticket.future.result(), ticket.where)
        except BrokenProcessPool:
            lanes.revive(ticket.lane, ticket.generation)
            ticket = lanes.send(Entry(ticket.where, ticket.line), ticket.lane)
    error = {"code": "internal", "message": "the worker process died twice on this article; it may be too large for the memory there is"}
    return _named(Answer(json.dumps({"id": _peek_id(ticket.line), "error": error}), True), ticket.where)


def _named(answer: Answer, where: str) -> Answer:
    """An error with its file and line before what is wrong: who reads it has thousands of articles."""
    if not answer.failed:
        return answer
    value = json.loads(answer.text)
    if where not in value["error"]["message"]:
        value["error"]["message"] = f"{where}: {value['error']['message']}"
    return Answer(_written(value), True)
