"""`python -m auditor.evaluation CASES.jsonl...`: what is caught at how many false alarms, beside an earlier run.

Keep a run with --save, change a table, run again with --against: every row that moved is marked.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from auditor import settings
from auditor.corpus.batch import run_batch
from auditor.errors import AuditorError
from auditor.evaluation.scoring import Scores, score


def main() -> int:
    options = _arguments()
    earlier = json.loads(options.against.read_text()) if options.against else {}
    tables: dict[str, dict[str, float]] = {}
    try:
        for cases in options.cases:
            tables[cases.stem] = evaluate(cases, options.engine, options.workers, options.half).table()
            _print(cases.stem, tables[cases.stem], earlier.get(cases.stem, {}))
    except (AuditorError, OSError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 2
    if options.save:
        options.save.write_text(json.dumps(tables, indent=1) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m auditor.evaluation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASES.jsonl", help="batch lines with gold, links or label")
    parser.add_argument("--engine", default="auto", help="back-translation engine (default: the best there is)")
    parser.add_argument("--workers", type=int, default=settings.usable_cores())
    parser.add_argument("--half", choices=("a", "b"), help="only half of the documents, dealt by their id: tune on one, report on both")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the figures as JSON")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with figures kept before")
    return parser.parse_args()


def evaluate(cases: Path, engine: str = "auto", workers: int = 1, half: str | None = None) -> Scores:
    """Audit a case file and score it. `half` keeps the cases of half of the documents."""
    with tempfile.TemporaryDirectory() as folder:
        chosen, out = Path(folder) / "cases.jsonl", Path(folder) / "reports.jsonl"
        with chosen.open("w", encoding="utf-8") as file:
            file.writelines(line for line in _lines(cases) if half is None or half_of(json.loads(line)) == half)
        run_batch(chosen, out, engine, workers, settings.load())
        return score(zip(map(json.loads, _lines(chosen)), map(json.loads, _lines(out)), strict=True))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip())


def half_of(case: dict[str, Any]) -> str:
    """ "a" or "b" by the article's first line, so that all variants of a document are in one half."""
    first = case["source"]["text"].partition("\n")[0]
    return "ab"[zlib.crc32(first.encode()) % 2]


def _print(name: str, table: dict[str, float], earlier: dict[str, float]) -> None:
    print(f"\n{name}")
    for row, value in table.items():
        before = earlier.get(row)
        moved = "" if before is None or before == value else f"  was {before:g}"
        print(f"  {row:48}{value:10g}{moved}")


if __name__ == "__main__":
    raise SystemExit(main())
