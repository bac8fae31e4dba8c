"""Reports as frames: a row a finding and a row an article and language, written piece by piece so that memory does not grow with them.

A row has the columns of the report, and of the article's metadata `translator`, `month` (of `date`, `published` or `month`) and all of it
as JSON.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import InputError

if TYPE_CHECKING:
    import polars as pl

FINDINGS: Mapping[str, type] = {
    "article": str, "lang": str, "severity": str, "category": str, "type": str, "confidence": float, "message": str,
    "source_text": str, "target_text": str, "source_start": int, "source_end": int, "target_start": int, "target_end": int,
    "passage": str, "similarity": float, "back_translation": str, "witnesses": str, "agreement": str, "mqm": str, "id": str,
    "evidence": str, "translator": str, "month": str, "metadata": str,
}  # fmt: skip
SCORES: Mapping[str, type] = {
    "article": str, "lang": str, "script": str, "verdict": str, "critical": int, "major": int, "minor": int, "passages": int,
    "similarity": float, "chrf": float, "bleu": float, "mqm": float, "characters": int, "source_characters": int, "engine": str,
    "seconds": float, "signature": str, "translator": str, "month": str, "metadata": str,
}  # fmt: skip
_PIECE = 5_000
"""Rows that are held until they are written: some 10 MB."""
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class Frames:
    """The two tables of many reports, on disk until they are asked something."""

    findings: pl.LazyFrame
    scores: pl.LazyFrame


def finding_rows(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each finding of a report (its JSON)."""
    told = _told(report)
    passages = {p["id"]: p for t in report["translations"] for p in t["passages"]}
    for f in report["findings"]:
        passage = passages.get(f["passage"]) or {}
        source, target = f["source"] or {}, f["target"] or {}
        yield {
            "article": str(report["id"] or ""), **{k: f[k] for k in ("lang", "severity", "category", "type", "confidence", "message")},
            "source_text": source.get("text"), "target_text": target.get("text"),
            "source_start": source.get("start"), "source_end": source.get("end"),
            "target_start": target.get("start"), "target_end": target.get("end"),
            "passage": f["passage"], "similarity": passage.get("similarity"), "back_translation": passage.get("back_translation"),
            "witnesses": " ".join(f["witnesses"]), "agreement": f["agreement"], "mqm": f["mqm"], "id": f["id"],
            "evidence": json.dumps(f["evidence"], ensure_ascii=False), **told,
        }  # fmt: skip


def score_rows(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each translation of a report."""
    told = _told(report)
    for t in report["translations"]:
        summary = report["summary"]["by_language"][t["lang"]]
        yield {
            "article": str(report["id"] or ""), "lang": t["lang"], "script": t["script"], "verdict": summary["verdict"],
            **summary["findings"], "passages": len(t["passages"]), **t["scores"], "characters": t["characters"],
            "source_characters": report["source"]["characters"], "engine": t["engine"], "seconds": report["run"]["seconds"],
            "signature": report["run"]["signature"].partition("|")[0], **told,
        }  # fmt: skip


def _told(report: Mapping[str, Any]) -> dict[str, Any]:
    metadata = report.get("metadata") or {}
    when = next((str(metadata[key]) for key in ("month", "date", "published", "published_at") if metadata.get(key)), "")
    month = _MONTH.match(when)
    translator = metadata.get("translator")
    return {
        "translator": str(translator) if translator else None,
        "month": f"{month[1]}-{month[2]}" if month else None,
        "metadata": json.dumps(metadata, ensure_ascii=False, default=str) if metadata else None,
    }


def read_reports(path: Path) -> Iterator[dict[str, Any]]:
    """The reports of a batch's output, one a line, or the one of a .json file; lines that are errors are left out.

    Raises InputError naming the line.
    """
    return (report for _, report in _placed_reports(path))


def _placed_reports(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.suffix.lower() == ".json":
        if (report := _report(path.read_bytes(), str(path))) is not None:
            yield str(path), report
        return
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            where = f"{path}, line {number},"
            if raw.strip() and (report := _report(raw, where)) is not None:
                yield where, report


def _report(raw: bytes, where: str) -> dict[str, Any] | None:
    try:
        value: dict[str, Any] = json.loads(raw)
        if "error" in value:
            return None
        value["findings"], value["translations"], value["summary"]["by_language"], value["run"]["signature"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(f"{where} is no report; give what `auditor batch` or `auditor audit` wrote") from None
    return value


def _schema(columns: Mapping[str, type]) -> dict[str, Any]:
    import polars as pl

    kinds: dict[type, Any] = {str: pl.String, int: pl.Int64, float: pl.Float64}
    return {column: kinds[kind] for column, kind in columns.items()}


def rows_of(
    report: Mapping[str, Any], rows: Callable[[Mapping[str, Any]], Iterator[dict[str, Any]]], columns: Mapping[str, type], where: str
) -> list[dict[str, Any]]:
    """A report's rows. Raises InputError for what has a report's keys but not its values: another program's, or a version's to come."""
    try:
        made = list(rows(report))
        for row in made:
            for column, value in row.items():
                if value is not None and not isinstance(value, (int, float) if columns[column] is float else columns[column]):
                    raise TypeError(f"{column} is a {type(value).__name__}")
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        told = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise InputError(
            f"{where} is no whole report ({told}); give what `auditor batch` or `auditor audit` of this version wrote"
        ) from None
    return made


class _Writer:
    """Rows to pieces of Parquet in a folder, then one lazy frame."""

    def __init__(self, folder: Path, name: str, columns: Mapping[str, type]) -> None:
        import polars as pl

        self._pl, self._folder, self._name = pl, folder, name
        self._schema = _schema(columns)
        self._rows: list[Mapping[str, Any]] = []
        self._pieces: list[Path] = []

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= _PIECE:
            self._flush()

    def _flush(self) -> None:
        path = self._folder / f"{self._name}-{len(self._pieces):05d}.parquet"
        self._pl.DataFrame(self._rows, schema=self._schema).write_parquet(path)
        self._pieces.append(path)
        self._rows = []

    def frame(self) -> pl.LazyFrame:
        if self._rows or not self._pieces:
            self._flush()
        return self._pl.scan_parquet(self._pieces)


@contextlib.contextmanager
def frames(paths: Sequence[Path]) -> Iterator[Frames]:
    """The frames of files: reports (JSONL or one report's JSON), or tables that `write_tables` wrote, a pair of them.

    What is read from reports lies in a temporary folder for as long as the context lasts. Raises InputError.
    """
    import polars as pl

    tables = [path for path in paths if path.suffix.lower() == ".parquet"]
    with tempfile.TemporaryDirectory(prefix="auditor-frames-") as folder:
        made: dict[str, list[pl.LazyFrame]] = {"findings": [], "scores": []}
        for path in tables:
            kind, columns = _kind(path)
            # Another version's table may have more columns, or others of numbers: those that are asked, as they are written here.
            made[kind].append(pl.scan_parquet(path).select(pl.col(c).cast(k, strict=False) for c, k in _schema(columns).items()))
        if len(tables) < len(paths):
            findings, scores = _Writer(Path(folder), "findings", FINDINGS), _Writer(Path(folder), "scores", SCORES)
            for path in paths:
                for where, report in _placed_reports(path) if path not in tables else ():
                    findings.add(rows_of(report, finding_rows, FINDINGS, where))
                    scores.add(rows_of(report, score_rows, SCORES, where))
            made["findings"].append(findings.frame())
            made["scores"].append(scores.frame())
        for kind, found in made.items():
            if not found:
                raise InputError(f"{tables[0]}: its {kind} table is missing; give findings.parquet and scores.parquet, or the reports")
        yield Frames(pl.concat(made["findings"]), pl.concat(made["scores"]))


def _kind(path: Path) -> tuple[str, Mapping[str, type]]:
    import polars as pl

    try:
        columns = set(pl.read_parquet_schema(path))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(f"{path}: this cannot be read as Parquet: {str(error).splitlines()[0]}") from None
    for kind, wanted in (("findings", FINDINGS), ("scores", SCORES)):
        if set(wanted) <= columns:
            return kind, wanted
        if len(lacking := sorted(set(wanted) - columns)) <= len(wanted) // 3:
            told = f"its {kind} table lacks {', '.join(lacking)}; it is of another version: make it again from the reports"
            raise InputError(f"{path}: {told}")
    raise InputError(f"{path}: this is no table of `auditor batch --tables`: it has the columns {', '.join(sorted(columns))[:120]}")


def write_tables(reports: Path, folder: Path) -> None:
    """findings.parquet and scores.parquet in a folder, from a batch's output; what was there under these names is replaced whole.

    Raises InputError.
    """
    import polars as pl

    folder.mkdir(parents=True, exist_ok=True)
    half = folder / ".half.parquet.part"
    try:
        with frames([reports]) as made:
            for name, frame in (("findings", made.findings), ("scores", made.scores)):
                frame.sink_parquet(half, compression="zstd")
                half.replace(folder / f"{name}.parquet")
    except (pl.exceptions.PolarsError, OSError) as error:
        told = str(error).splitlines()[0]
        raise InputError(
            f"{folder}: the tables cannot be written: {told}; the reports are in {reports}: give the same command again"
        ) from None
    finally:
        half.unlink(missing_ok=True)
