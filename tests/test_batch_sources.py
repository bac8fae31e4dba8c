"""Batches of folder trees and Parquet files, and their tables: the same articles give the same reports wherever they come from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from auditor.cli import main
from auditor.corpus.sources import count_articles, read_articles
from auditor.corpus.tables import FINDINGS, SCORES
from auditor.formats import inputs
from tests.test_exports import XLIFF_1
from tests.test_inputs import EN, JA, ZH, put

WRONG = ZH[0].replace("1900万", "1.9亿")
ARTICLES: list[dict[str, Any]] = [
    {"id": "a/1", "en": EN[0], "zh": WRONG, "ja": JA[0], "metadata": {"translator": "Li", "date": "2026-03-05"}},
    {"id": "a/2", "en": EN[1], "zh": ZH[1], "ja": None, "metadata": {"translator": "Wu", "date": "2026-04-01"}},
    {"id": "b", "en": EN[2], "zh": ZH[2], "ja": JA[2], "metadata": {}},
]


def run(source: Path, out: Path, *more: str) -> list[dict[str, Any]]:
    main(["batch", str(source), "-o", str(out), "--workers", "1", "--engine", "gloss", *more])
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def bare(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what differs between files and texts: the run and the places."""
    value = json.loads(json.dumps(reports))
    for report in value:
        report.pop("run", None)
        for finding in report.get("findings", ()):
            finding["evidence"].pop("origin", None)
    made: list[dict[str, Any]] = value
    return made


@pytest.fixture(scope="module")
def jsonl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("jsonl") / "in.jsonl"
    lines = []
    for a in ARTICLES:
        translations = [{"lang": lang, "text": a[lang] + "\n"} for lang in ("ja", "zh") if a[lang]]
        line = {"id": a["id"], "source": {"lang": "en", "text": a["en"] + "\n"}, "translations": translations}
        lines.append(json.dumps({**line, **({"metadata": a["metadata"]} if a["metadata"] else {})}, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reports(jsonl: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return run(jsonl, tmp_path_factory.mktemp("out") / "out.jsonl")


def tree(folder: Path) -> Path:
    for a in ARTICLES:
        for lang in ("en", "zh", "ja"):
            if a[lang]:
                put(folder, f"{a['id']}/{lang}.md", a[lang])
        if a["metadata"]:
            put(folder, f"{a['id']}/metadata.json", json.dumps(a["metadata"]))
    return folder


def test_a_tree_of_folders_gives_the_same_reports(reports: list[dict[str, Any]], tmp_path: Path) -> None:
    folder = tree(tmp_path / "articles")
    found = run(folder, tmp_path / "out.jsonl")
    assert bare(found) == bare(reports) and count_articles(folder) == 3
    assert found[0]["metadata"] == ARTICLES[0]["metadata"] and "metadata" not in found[2]
    (finding,) = found[0]["findings"]
    assert finding["evidence"]["origin"]["target"] == {"file": f"{folder}/a/1/zh.md", "line": 1}


def test_a_parquet_file_gives_the_same_reports(reports: list[dict[str, Any]], tmp_path: Path) -> None:
    flat = [{"id": a["id"], "source": a["en"] + "\n", **{k: a[k] and a[k] + "\n" for k in ("zh", "ja")}} for a in ARTICLES]
    dates = [date.fromisoformat(a["metadata"]["date"]) if a["metadata"] else None for a in ARTICLES]
    frame = pl.DataFrame(flat).with_columns(
        date=pl.Series(dates), translator=pl.Series([a["metadata"].get("translator") for a in ARTICLES])
    )
    frame.write_parquet(tmp_path / "in.parquet")
    found = run(tmp_path / "in.parquet", tmp_path / "out.jsonl")
    assert bare(found) == bare(reports)
    nested = pl.read_ndjson(tmp_path / "out.jsonl").select("id").height
    assert nested == 3 == count_articles(tmp_path / "in.parquet")


def test_what_cannot_be_read_is_an_error_in_its_place_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tree(tmp_path / "articles")
    put(folder, "a/15/en.docx", b"no zip")
    put(folder, "a/15/zh.txt", "x")
    put(folder, "a/16/zh.txt", "x")
    put(folder, "a/17/en.txt", "x")
    put(folder, "a/17/zh.txt", "y")
    put(folder, "a/17/metadata.json", "[")
    put(folder, "c.xlf", XLIFF_1)
    put(folder, "d.zip", b"PK")
    out = tmp_path / "out.jsonl"
    found = run(folder, out)
    assert [r["id"] for r in found] == ["a/1", "a/15", "a/16", "a/17", "a/2", "b", "c.xlf", "d.zip"]
    errors = {r["id"]: r["error"]["message"] for r in found if "error" in r}
    assert {k: next(w for w in ("no whole ZIP", "none of its files is in English", "no JSON") if w in errors[k]) for k in errors} == {
        "a/15": "no whole ZIP",
        "a/16": "none of its files is in English",
        "a/17": "no JSON",
        "d.zip": "no whole ZIP",
    }
    assert str(folder / "a/15/en.docx") in errors["a/15"]
    assert "4 articles could not be audited" in capsys.readouterr().err
    whole = out.read_bytes()
    out.write_bytes(whole[: whole.index(b'"id": "c.xlf"') + 20])  # killed midway
    again = run(folder, out)
    assert bare(again) == bare(found)


def test_a_folder_may_hold_several_articles_by_name(tmp_path: Path) -> None:
    for number, (english, chinese) in enumerate(zip(EN, ZH, strict=True)):
        put(tmp_path / "a", f"story{number}.en.md", english)
        put(tmp_path / "a", f"story{number}.zh.md", chinese)
    put(tmp_path / "a", "README.md", "Notes.")
    put(tmp_path / "a", "more/en.md", EN[0])
    put(tmp_path / "a", "more/zh.md", ZH[0])
    found = run(tmp_path / "a", tmp_path / "out.jsonl")
    assert [r["id"] for r in found] == ["more", "story0.en.md", "story1.en.md", "story2.en.md"]
    assert not any("error" in r for r in found)


@pytest.mark.parametrize(("name", "raw"), [("in.parquet", b"PAR1"), ("in.parquet", None)])
def test_a_parquet_file_that_is_none_is_one_line(name: str, raw: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    if raw is None:
        pl.DataFrame({"text": ["a"]}).write_parquet(path)
    else:
        path.write_bytes(raw)
    assert main(["batch", str(path), "-o", str(tmp_path / "o.jsonl")]) == 2
    told = capsys.readouterr().err.strip().splitlines()[-1]
    assert str(path) in told and "fault" not in told


def test_findings_and_scores_are_written_as_tables(jsonl: Path, tmp_path: Path, reports: list[dict[str, Any]]) -> None:
    found = run(jsonl, tmp_path / "out.jsonl", "--tables", str(tmp_path / "tables"))
    findings, scores = (pl.read_parquet(tmp_path / "tables" / f"{name}.parquet") for name in ("findings", "scores"))
    assert findings.columns == list(FINDINGS) and scores.columns == list(SCORES)
    assert findings["id"].to_list() == [f["id"] for r in found for f in r["findings"]]
    assert scores.select("article", "lang", "verdict", "translator", "month").rows() == [
        ("a/1", "ja", "faithful", "Li", "2026-03"), ("a/1", "zh", "drifted", "Li", "2026-03"), ("a/2", "zh", "faithful", "Wu", "2026-04"),
        ("b", "ja", "faithful", None, None), ("b", "zh", "faithful", None, None),
    ]  # fmt: skip


def test_articles_are_read_when_it_is_their_turn(tmp_path: Path) -> None:
    folder = tree(tmp_path / "articles")
    walker = read_articles(folder)
    assert json.loads(next(walker)[1])["id"] == "a/1"
    (folder / "b" / "en.md").write_bytes(b"\xff")
    assert [json.loads(line).get("error", {}).get("code") for _, line in walker] == [None, "bad_encoding"]


def test_folders_without_end_and_links_out_of_the_tree_are_errors_in_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, root = tmp_path / "secret.txt", tree(tmp_path / "articles")
    secret.write_text(EN[0], encoding="utf-8")
    put(root, "c/zh.md", ZH[0])
    (root / "c" / "en.md").symlink_to(secret)
    put(root, "d/zh.md", ZH[0])
    (root / "d" / "en.md").symlink_to(root / "a" / "1" / "en.md")  # within the tree it may lead anywhere
    (root / "loop").symlink_to(root)
    put(root, "e.zh.md", ZH[0])
    (root / "e.en.md").symlink_to(secret)
    put(root, "f/" + "d/" * 120 + "en.md", EN[0])
    found = {r["id"]: r.get("error", {}).get("message", "") for r in run(root, tmp_path / "out.jsonl")}
    deepest = next(key for key in found if key.startswith("f/d/"))
    assert list(found) == ["a/1", "a/2", "b", "c", "d", "e.en.md", deepest]
    assert "is a link to a file outside of" in found["c"] and found["d"] == "" and "is a link to a file outside of" in found["e.en.md"]
    assert "folders in folders, 50 deep" in found[deepest]
    for given, told in ((root / "c", "is a link"), (root / "f", "50 deep")):
        assert main(["audit", str(given), "--engine", "gloss"]) == 2
        assert told in capsys.readouterr().err


def test_a_folder_of_very_many_files_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(inputs, "MAX_ENTRIES", 5)
    for name in ("en.md", "zh.md", "1.txt", "2.txt", "sub/3.txt", "sub/4.txt"):
        put(tmp_path, name, EN[0])
    assert main(["audit", str(tmp_path), "--engine", "gloss"]) == 2
    assert "there are more than 5 files in it" in capsys.readouterr().err
