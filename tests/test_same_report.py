"""The same input gives the same report in every process: Python deals the order of sets anew in each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CASES = Path(__file__).parent / "cases" / "pitfalls.tsv"
SEEDS = ("1", "2", "3")


def article(lang: str) -> str:
    """Every pitfall of a language as one article, a sentence a line; the English of each stands in as its back-translation."""
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    chosen = [(r[4], r[5]) for r in rows if r[2] == lang]
    english, translation = ("\n".join(side) for side in zip(*chosen, strict=True))
    version = {"lang": lang, "text": translation, "back_translation": english}
    return json.dumps({"id": lang, "source": {"lang": "en", "text": english}, "translations": [version]})


def reports(cases: Path, out: Path, seed: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "auditor", "batch", str(cases), "-o", str(out), "--workers", "1"]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    return [{k: v for k, v in json.loads(line).items() if k != "run"} for line in out.read_text(encoding="utf-8").splitlines()]


def test_the_hash_seed_of_the_process_decides_nothing(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(map(article, ("zh", "ja"))) + "\n", encoding="utf-8")
    first, *others = (reports(cases, tmp_path / f"{seed}.jsonl", seed) for seed in SEEDS)
    assert all(report["findings"] for report in first)
    for other in others:
        assert other == first
