"""`make bench`: quality on case files and speed of whole processes, printed as the Markdown of BENCHMARKS.md.

Quality needs a folder of case files (--cases); speed needs nothing but the samples. Times are of whole cold processes on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor import __version__, settings
from auditor.demo import sample, samples_folder
from auditor.evaluation.__main__ import evaluate
from auditor.segment import segment

SIZES = (50, 500, 5000)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a finished process: wall seconds, and peak resident memory in MB of its largest process."""

    seconds: float
    megabytes: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m auditor.evaluation.bench", description=__doc__)
    parser.add_argument("--cases", type=Path, help="folder with ntrex.jsonl, wmt.jsonl, ... (any *.jsonl)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each timing; the median is printed (default: %(default)s)")
    options = parser.parse_args()
    machine = f"Python {platform.python_version()}, {settings.usable_cores()} cores ({platform.machine()})"
    print(f"{date.today()}, auditor {__version__}, {machine}\n")
    _speed(options.runs)
    for cases in sorted(options.cases.glob("*.jsonl")) if options.cases else ():
        _quality(cases)
    return 0


def _speed(runs: int) -> None:
    folder = samples_folder()
    files = [str(folder / "article.en.txt"), "--zh", str(folder / "drifted.zh.txt"), "--ja", str(folder / "drifted.ja.txt")]
    cost = _median([_run(["audit", *files, "--format", "json", "-o", os.devnull]) for _ in range(runs)])
    print("| what | figure |\n|---|---|")
    print(f"| one audit of the sample (zh and ja), cold process | {cost.seconds:.2f} s, {cost.megabytes:.0f} MB |")
    times = {n: _median([_grown(n) for _ in range(1 if n > 1000 else runs)]) for n in SIZES}
    for n, grown in times.items():
        print(f"| an article of {n} sentences (zh), cold process | {grown.seconds:.2f} s, {grown.megabytes:.0f} MB |")
    print(f"| {SIZES[-1] // SIZES[0]} times the length takes | {times[SIZES[-1]].seconds / times[SIZES[0]].seconds:.0f} times as long |\n")


def _median(costs: Sequence[Cost]) -> Cost:
    return sorted(costs, key=lambda c: c.seconds)[len(costs) // 2]


def _run(arguments: Sequence[str]) -> Cost:
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "auditor", *arguments])
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"auditor {' '.join(arguments)} failed")
    return Cost(time.perf_counter() - begun, usage.ru_maxrss / 1024)


def _grown(sentences: int) -> Cost:
    """The sample repeated, with a running number in every sentence, so that no two are the same and none is remembered."""
    submission = sample("faithful")
    with tempfile.TemporaryDirectory() as folder:
        for lang, text in (("en", submission.source), ("zh", submission.translations[0].text)):
            spans = segment(text, lang)
            rounds = max(1, round(sentences / len(spans)))
            lines = [f"{span.text[:-1]} {k * len(spans) + i}{span.text[-1]}" for k in range(rounds) for i, span in enumerate(spans)]
            (Path(folder) / f"{lang}.txt").write_text("\n".join(lines), encoding="utf-8")
        return _run(["audit", f"{folder}/en.txt", "--zh", f"{folder}/zh.txt", "--format", "json", "-o", os.devnull])


def _quality(cases: Path) -> None:
    lines = sum(json.loads(line)["source"]["text"].count("\n") + 1 for line in cases.open(encoding="utf-8") if line.strip())
    begun = time.perf_counter()
    scores = evaluate(cases, workers=settings.usable_cores())
    seconds = time.perf_counter() - begun
    print(f"### {cases.name}: {lines} lines of English in {seconds:.0f} s, {lines / seconds:.0f} a second\n\n| row | figure |\n|---|---|")
    for row, value in scores.table().items():
        print(f"| {row} | {value:g} |")
    print()


if __name__ == "__main__":
    raise SystemExit(main())
