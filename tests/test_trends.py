"""Trends: right numbers on reports that are counted by hand, flat memory on many, and pages that are safe."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from auditor.cli import main
from auditor.corpus.tables import write_tables

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e"


def finding(
    number: int, lang: str, severity: str, category: str = "figure", source: str = "$19 million", target: str = "1.9亿美元"
) -> dict[str, Any]:
    return {
        "id": f"{lang}-{category}-{number:06d}", "lang": lang, "category": category, "type": "magnitude", "severity": severity,
        "confidence": 0.9, "passage": f"{lang}-0000", "source": {"start": 0, "end": len(source), "text": source},
        "target": {"start": 0, "end": len(target), "text": target}, "message": "", "witnesses": ["native"], "evidence": {"a": number},
        "mqm": "accuracy", "agreement": "zh only",
    }  # fmt: skip


def report(number: int, found: list[dict[str, Any]], langs: tuple[str, ...] = ("zh", "ja"), **metadata: str) -> dict[str, Any]:
    """A report as a batch writes it, without texts."""
    counted = {
        lang: {severity: sum(f["lang"] == lang and f["severity"] == severity for f in found) for severity in ("critical", "major", "minor")}
        for lang in langs
    }
    return {
        "schema_version": "1", "id": f"a{number:06d}",
        "run": {"auditor": "0", "signature": "s|x", "engines": {}, "seconds": 1.0},
        "source": {"lang": "en", "sha256": "", "characters": 100},
        "translations": [
            {
                "lang": lang, "script": "Hans", "sha256": "", "characters": 50, "engine": "gloss",
                "scores": {"similarity": 0.7, "chrf": 50.0, "bleu": None, "mqm": 90.0 - number % 10},
                "passages": [{"id": f"{lang}-0000", "similarity": 0.8, "back_translation": "x"}],
            }
            for lang in langs
        ],
        "findings": found, "abstentions": [],
        "summary": {
            "findings": {},
            "by_language": {
                lang: {"findings": n, "verdict": "drifted" if n["critical"] + n["major"] else "check" if n["minor"] else "faithful"}
                for lang, n in counted.items()
            },
        },
        **({"metadata": metadata} if metadata else {}),
    }  # fmt: skip


REPORTS = [
    report(1, [finding(1, "zh", "critical"), finding(2, "zh", "minor", "tone")], translator="Li", date="2026-03-05"),
    report(2, [finding(3, "zh", "critical")], ("zh",), translator="Li", date="2026-04-02"),
    report(3, [], translator="Wu", month="2026-04"),
    report(4, [finding(4, "ja", "major", "figure", "3%", "2%")], translator=HOSTILE),
]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    lines = [json.dumps(r) for r in REPORTS]
    path.write_text("\n".join([*lines, json.dumps({"id": "x", "error": {"code": "a", "message": "b"}})]) + "\n", encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["trends", *arguments, "--format", "json"]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_the_numbers_are_right(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, str(written))
    assert (found["articles"], found["findings"]) == (4, 4)
    zh = next(r for r in found["languages"] if r["lang"] == "zh")
    assert (zh["articles"], zh["drifted %"], zh["critical an article"], zh["minor an article"]) == (4, 50.0, 0.5, 0.25)
    assert {(r["translator"], r["lang"]): r["drifted %"] for r in found["translators"] if r["translator"] != HOSTILE} == {
        ("Li", "ja"): 0.0, ("Li", "zh"): 100.0, ("Wu", "ja"): 0.0, ("Wu", "zh"): 0.0,
    }  # fmt: skip
    assert {(r["month"], r["lang"]): r["articles"] for r in found["months"]} == {
        ("2026-03", "ja"): 1, ("2026-03", "zh"): 1, ("2026-04", "ja"): 1, ("2026-04", "zh"): 2,
    }  # fmt: skip
    assert found["categories"][0] == {
        "category": "figure", "type": "magnitude", "lang": "zh", "findings": 2, "critical": 2, "major": 0, "minor": 0, "articles": 2,
    }  # fmt: skip
    assert [(r["article"], r["lang"]) for r in found["worst"]] == [("a000002", "zh"), ("a000001", "zh"), ("a000004", "ja")]
    assert found["figures"][0]["times"] == 2 and found["figures"][0]["target_text"] == "1.9亿美元"


def test_questions_can_be_narrowed(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, str(written), "--lang", "zh", "--since", "2026-04", "--until", "2026-04")
    assert (found["articles"], found["findings"]) == (2, 1) and {r["lang"] for r in found["languages"]} == {"zh"}


def test_tables_answer_as_the_reports_do(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tables(written, tmp_path / "tables")
    tables = [str(tmp_path / "tables" / f"{name}.parquet") for name in ("scores", "findings")]
    assert asked(capsys, *tables) == asked(capsys, str(written))
    assert asked(capsys, *tables, str(written))["findings"] == 8


def test_one_report_of_an_audit_is_taken_too(tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    assert main(["audit", str(samples / "article.en.txt"), "--zh", str(samples / "drifted.zh.txt"), "-o", str(out)]) == 0
    wanted = len(json.loads(out.read_bytes())["findings"])
    assert asked(capsys, str(out))["findings"] == wanted > 5
    out.write_text("[]")
    assert main(["trends", str(out)]) == 2


def test_the_page_and_the_text_show_the_same_and_obey_nothing(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trends", str(written), "-o", str(tmp_path / "t.html")]) == 0
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page and "\x1b" not in page and "\u202e" not in page
    assert page.count("<rect") == page.count("<tr>") - page.count("<caption>") and "http" not in page.replace("http-equiv", "")
    assert main(["trends", str(written), "--format", "text"]) == 0
    shown = capsys.readouterr().out
    assert "Worst articles" in shown and "█" in shown and "\x1b" not in shown


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("a.jsonl", b'{"id": 1, "findings": []}\n', "line 1, is no report"),
        ("a.jsonl", b"\xff\n", "line 1, is no report"),
        ("a.parquet", b"PAR1", "Parquet"),
    ],
)
def test_what_is_no_report_is_said(name: str, raw: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(raw)
    assert main(["trends", str(tmp_path / name)]) == 2
    shown = capsys.readouterr().err
    assert told in shown and str(tmp_path / name) in shown and shown.count("\n") == 1


def test_one_table_alone_is_not_enough(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tables(written, tmp_path)
    assert main(["trends", str(tmp_path / "scores.parquet")]) == 2
    assert "its findings table is missing" in capsys.readouterr().err


def _peak(path: Path) -> int:
    """Peak memory in kB of a process of its own that makes the trends of a file."""
    script = (
        "import resource, sys; from auditor.cli import main; main(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "trends", str(path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "POLARS_MAX_THREADS": "2"})
    return int(done.stderr.split()[-1])


def test_memory_does_not_grow_with_the_articles(tmp_path: Path) -> None:
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
    peaks = {}
    for number in (100, 20_000):
        path = tmp_path / f"{number}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for i in range(number):
                file.write(
                    json.dumps(report(i, [finding(i, "zh", "critical", source=f"${i % 50} million")] * 3, translator=f"t{i % 9}")) + "\n"
                )
        peaks[number] = _peak(path)
    assert peaks[20_000] < peaks[100] + 80_000, peaks  # pieces of 5,000 rows, not all 60,000 and their reports


def test_a_report_of_other_values_is_a_line_and_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.jsonl"
    for change in (
        lambda r: r.update(findings="x"),
        lambda r: r["findings"][0].pop("evidence"),
        lambda r: r["run"].update(seconds="x"),
        lambda r: r["translations"][0].update(scores={"a": 1}),
        lambda r: r["summary"]["by_language"].pop("zh"),
    ):
        broken = json.loads(json.dumps(REPORTS[0]))
        change(broken)
        path.write_text(json.dumps(REPORTS[1]) + "\n" + json.dumps(broken) + "\n", encoding="utf-8")
        assert main(["trends", str(path)]) == 2
        told = capsys.readouterr().err
        assert f"{path}, line 2, is no whole report" in told and "fault" not in told and told.count("\n") == 1


def test_tables_of_other_versions(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tables(written, tmp_path)
    findings, scores = tmp_path / "findings.parquet", tmp_path / "scores.parquet"
    frame = pl.read_parquet(findings)
    frame.select(pl.lit(1).alias("new"), pl.all()).with_columns(pl.col("source_start").cast(pl.Int16)).write_parquet(
        tmp_path / "newer.parquet"
    )
    assert asked(capsys, str(findings), str(tmp_path / "newer.parquet"), str(scores))["findings"] == 8
    frame.drop("mqm").write_parquet(tmp_path / "older.parquet")
    assert main(["trends", str(tmp_path / "older.parquet"), str(scores)]) == 2
    assert "its findings table lacks mqm; it is of another version" in capsys.readouterr().err


def test_many_translators_and_months_have_a_table_of_bounded_length(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.jsonl"
    many = [
        report(i, [], ("zh",), translator=f"T{i // 2 if i < 50 else i}", month=f"{1900 + i // 12}-{i % 12 + 1:02d}") for i in range(500)
    ]
    path.write_text("\n".join(map(json.dumps, many)), encoding="utf-8")
    found = asked(capsys, str(path))
    assert len(found["translators"]) == len(found["months"]) == 200
    assert sum(row["articles"] == 2 for row in found["translators"]) == 25  # those with the most
    assert found["months"][-1]["month"] == "1941-08" and found["months"][0]["month"] == "1925-01"
    assert main(["trends", str(path), "--format", "text"]) == 0
    assert "By month (the 200 latest)" in capsys.readouterr().out


def test_odd_metadata_and_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.jsonl"
    dates: list[Any] = ["2026-13-01", "05/2026", 20260501, {"a": 1}, "not a date", "2026-05-99T10:00"]
    path.write_text(
        "\n".join(json.dumps(report(i, [], date=date, translator="x" * 3000)) for i, date in enumerate(dates)), encoding="utf-8"
    )
    assert [row["month"] for row in asked(capsys, str(path), "--lang", "zh")["months"]] == ["2026-05"]
    assert main(["trends", str(path), "-o", str(tmp_path / "t.html")]) == 0
    assert "x" * 200 + "…" in (tmp_path / "t.html").read_text(encoding="utf-8")
    for more, told in [(["--lang", "kk"], "kk is not known"), (["--since", "2026-06", "--until", "2026-01"], "no month is within")]:
        assert main(["trends", str(path), *more]) == 2
        assert told in capsys.readouterr().err
    path.write_text(json.dumps({"id": "x", "error": {"code": "a", "message": "b"}}), encoding="utf-8")
    assert main(["trends", str(path)]) == 0
    assert f"there is no report in {path}" in capsys.readouterr().err
