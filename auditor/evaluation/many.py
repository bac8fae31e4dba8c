"""Memory of long batches: `python -m auditor.evaluation.many [100 1000] [--form FORM] [--sentences N] [--done N] [--tables] [--workers 1]`.

Writes that many articles of three short sentences (or N), all different, with words of the whole Chinese dictionary, as FORM (jsonl,
folders or parquet); runs `auditor batch` on them, and prints the memory of the process that writes and of its workers, and the time.
`--done N` finishes the first N of them beforehand with a report that is made up: what reading, checking and writing a long output take,
without the hours of auditing it.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.evaluation.load import memory_of
from auditor.lang.zh import lexicon

_SENTENCES = (
    ("The report of {year} names {few} {a} and {many} {b}.", "{year}年的报告提到{few}个{a}和{many}个{b}。"),
    ("The ministry bought {many} {a} for {few} million dollars.", "该部以{few}00万美元购买了{many}个{a}。"),
    ("Near the {a} there were {few} {b} last May.", "去年5月，{a}附近有{few}个{b}。"),
    ("In {year} the museum showed the {a} beside the {b}.", "{year}年，博物馆在{b}旁边展出了{a}。"),
    ("The price of the {a} rose by {few} percent in {year}.", "{year}年，{a}的价格上涨了{few}%。"),
)
_EVERY = 0.2  # seconds between two looks at the memory


@dataclass(slots=True)
class Seen:
    """What was seen of a run: bytes of the process that writes and of all its workers, over time; seconds it took."""

    writer: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    seconds: float = 0.0


def articles(number: int, sentences: int = 3) -> Iterator[dict[str, Any]]:
    """Articles of one to five sentences each, no two sentences the same; the same ones in every run."""
    chance, words = random.Random(7), _words()
    for turn in range(number):
        pairs = []
        for english, chinese in chance.sample(_SENTENCES, sentences):
            (a, a_zh), (b, b_zh) = chance.choice(words), chance.choice(words)
            said = {"year": chance.randint(1960, 2025), "few": chance.randint(2, 9), "many": chance.randint(11, 99_999)}
            pairs.append((english.format(a=a, b=b, **said), chinese.format(a=a_zh, b=b_zh, **said)))
        yield {
            "id": f"many-{turn:06d}",
            "source": {"lang": "en", "text": "\n".join(english for english, _ in pairs)},
            "translations": [{"lang": "zh", "text": "\n".join(chinese for _, chinese in pairs)}],
            "metadata": {"translator": f"t{turn % 7}", "month": f"2026-{turn % 12 + 1:02d}"},
        }


def _words() -> list[tuple[str, str]]:
    found = []
    for word in sorted(lexicon.words()):
        if len(word) == 2 and not lexicon.is_name(word) and lexicon.names_a_thing(word):
            english = lexicon.senses(word)[0]
            if english.isascii() and english.isalpha():
                found.append((english, word))
    return found


def write(made: Iterator[dict[str, Any]], folder: Path, form: str) -> Path:
    """Them as the input of a batch."""
    if form == "folders":
        for article in made:
            own = folder / "articles" / article["id"]
            own.mkdir(parents=True)
            (own / "en.txt").write_text(article["source"]["text"], encoding="utf-8")
            (own / "zh.txt").write_text(article["translations"][0]["text"], encoding="utf-8")
        return folder / "articles"
    if form == "parquet":
        import polars as pl

        rows = [{"id": a["id"], "en": a["source"]["text"], "zh": a["translations"][0]["text"], **a["metadata"]} for a in made]
        pl.DataFrame(rows).write_parquet(folder / "articles.parquet")
        return folder / "articles.parquet"
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in made)
    return folder / "articles.jsonl"


def finish(made: Iterator[dict[str, Any]], out: Path) -> None:
    """An output in which these articles are done: each has the report of the first, with its own name and digests."""
    first = next(made, None)
    if first is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        one = write(iter([first]), Path(folder), "jsonl")
        subprocess.run([*_BATCH, str(one), "-o", f"{folder}/one", "--workers", "1"], check=True, capture_output=True)
        report = json.loads(Path(folder, "one").read_text(encoding="utf-8"))
        del report["run"]["input"]  # then a report is known by the digests of its texts, whatever form the articles come in
    with out.open("w", encoding="utf-8") as file:
        for article in itertools.chain([first], made):
            report["id"], report["source"]["sha256"] = article["id"], _digest(article["source"])
            report["translations"][0]["sha256"] = _digest(article["translations"][0])
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


_BATCH = (sys.executable, "-m", "auditor", "batch")


def _digest(text: dict[str, str]) -> str:
    return hashlib.sha256(text["text"].encode()).hexdigest()


def watch(command: Sequence[str]) -> Seen:
    """A batch, and what its processes held while it ran. Raises RuntimeError when it fails."""
    seen, begun = Seen(), time.monotonic()
    with tempfile.TemporaryFile() as told, subprocess.Popen(command, stderr=told) as process:
        while process.poll() is None:
            try:
                found = memory_of(process.pid)
            except (OSError, StopIteration):  # one of them has just ended
                continue
            seen.writer.append(found.pop(process.pid))
            seen.workers.append(sum(found.values()))
            time.sleep(_EVERY)
        told.seek(0)
        if process.returncode:
            raise RuntimeError(told.read().decode()[-500:])
    seen.seconds = time.monotonic() - begun
    return seen


def _shown(values: Sequence[int]) -> str:
    """The highest, and the highest of each quarter of the time."""
    quarter = max(1, -(-len(values) // 4))
    each = ", ".join(f"{max(part) / 2**20:.0f}" for part in (values[k : k + quarter] for k in range(0, len(values), quarter)))
    return f"{max(values, default=0) / 2**20:.0f} MB (by quarters of the time: {each})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, watch, print."""
    parser = argparse.ArgumentParser(prog="python -m auditor.evaluation.many", description="Memory of long batches.")
    parser.add_argument("articles", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--form", choices=("jsonl", "folders", "parquet"), default="jsonl")
    parser.add_argument("--sentences", type=int, choices=range(1, 6), default=3, help="of each article (3); fewer are quicker")
    parser.add_argument("--done", type=int, default=0, metavar="N", help="the first N are done already, with reports that are made up")
    parser.add_argument("--tables", action="store_true", help="write the tables at the end as well")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    for number in options.articles:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            source, out = write(articles(number, options.sentences), folder, options.form), folder / "reports.jsonl"
            finish(itertools.islice(articles(number, options.sentences), options.done), out)
            tables = ["--tables", str(folder / "tables")] if options.tables else []
            seen = watch([*_BATCH, str(source), "-o", str(out), "--workers", str(options.workers), *tables])
        print(f"{number} articles ({options.form}, sentences: {options.sentences}), {options.done} done before, {seen.seconds:.0f} s")
        print(f"  the process that writes: {_shown(seen.writer)}")
        print(f"  its workers together, {options.workers}: {_shown(seen.workers)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
