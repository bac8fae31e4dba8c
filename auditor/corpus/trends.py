"""Drift over many articles: by language, translator, month and category; the worst articles; the figures most often wrong.

Everything is a question to lazy frames; what is collected has some dozens of rows whatever the number of articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from auditor.corpus.tables import Frames

WORST = 20
"""Articles, and figures, that are named."""
GROUPS = 200
"""Translators with the most articles, and latest months, that have a row: what is collected does not grow with the articles."""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: a row a group.

    bar  the column that a chart shows, 0 at its left end
    """

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    bar: str

    @property
    def largest(self) -> float:
        """Of the bar's column; 1 when there is nothing in it."""
        at = self.columns.index(self.bar)
        return max((float(row[at] or 0) for row in self.rows), default=0.0) or 1.0


@dataclass(frozen=True, slots=True)
class Trends:
    """All of them, and how many articles and findings they are about."""

    articles: int
    findings: int
    tables: tuple[Table, ...]


def trends(frames: Frames, langs: Sequence[str] = (), since: str | None = None, until: str | None = None) -> Trends:
    """The tables of two frames, of some languages and of the months from `since` to `until` ("2026-03") if that is wanted."""
    findings, scores = (_within(frame, langs, since, until) for frame in (frames.findings, frames.scores))
    import polars as pl

    counted = scores.select(pl.col("article").n_unique()).collect(engine="streaming").item()
    found = findings.select(pl.len()).collect(engine="streaming").item()
    tables = (
        _by(scores, "languages", "By language", ("lang",)),
        _by(scores, "translators", "By translator", ("translator", "lang"), "articles"),
        _by(scores, "months", "By month", ("month", "lang"), "month"),
        _categories(findings),
        _worst(scores),
        _figures(findings),
    )
    return Trends(int(counted), int(found), tuple(table for table in tables if table.rows))


def _within(frame: pl.LazyFrame, langs: Sequence[str], since: str | None, until: str | None) -> pl.LazyFrame:
    import polars as pl

    if langs:
        frame = frame.filter(pl.col("lang").is_in(list(langs)))
    if since:
        frame = frame.filter(pl.col("month") >= since)
    if until:
        frame = frame.filter(pl.col("month") <= until)
    return frame


def _by(scores: pl.LazyFrame, name: str, title: str, keys: tuple[str, ...], most: str = "articles") -> Table:
    """Articles, the share that drifted, findings an article, and mean scores; of very many groups those with the most of a column."""
    import polars as pl

    asked = (
        scores.filter(pl.col(keys[0]).is_not_null())
        .group_by(keys)
        .agg(
            pl.len().alias("articles"),
            (pl.col("verdict") == "drifted").mean().mul(100).round(1).alias("drifted %"),
            *(pl.col(severity).mean().round(2).alias(f"{severity} an article") for severity in ("critical", "major", "minor")),
            pl.col("mqm").mean().round(1).alias("MQM"),
            pl.col("similarity").mean().round(2).alias("similarity"),
        )
        .sort(most, *keys, descending=[True, *(False for _ in keys)])
        .head(GROUPS + 1)
    )
    found = _table(asked, name, title, "drifted %")
    if len(found.rows) > GROUPS:
        told = f"the {GROUPS} " + ("latest" if most == "month" else f"rows with the most {most}")
        found = replace(found, title=f"{title} ({told})", rows=found.rows[:GROUPS])
    at = [found.columns.index(key) for key in keys]
    return replace(found, rows=tuple(sorted(found.rows, key=lambda row: [str(row[i]) for i in at])))


def _categories(findings: pl.LazyFrame) -> Table:
    import polars as pl

    asked = (
        findings.group_by("category", "type", "lang")
        .agg(
            pl.len().alias("findings"),
            *((pl.col("severity") == severity).sum().alias(severity) for severity in ("critical", "major", "minor")),
            pl.col("article").n_unique().alias("articles"),
        )
        .sort("findings", "category", "type", "lang", descending=[True, False, False, False])
        .head(60)
    )
    return _table(asked, "categories", "By category", "findings")


def _worst(scores: pl.LazyFrame) -> Table:
    import polars as pl

    asked = (
        scores.filter(pl.col("critical") + pl.col("major") > 0)
        .sort("critical", "major", "mqm", "article", "lang", descending=[True, True, False, False, False])
        .head(WORST)
        .select("article", "lang", "translator", "month", "critical", "major", "minor", "mqm", "similarity")
    )
    return _table(asked, "worst", "Worst articles", "critical")


def _figures(findings: pl.LazyFrame) -> Table:
    import polars as pl

    asked = (
        findings.filter((pl.col("category") == "figure") & pl.col("severity").is_in(["critical", "major"]))
        .group_by("type", "lang", "source_text", "target_text")
        .agg(pl.len().alias("times"), pl.col("article").n_unique().alias("articles"), pl.col("article").min().alias("for example"))
        .sort("times", "type", "lang", "source_text", "target_text", descending=[True, False, False, False, False])
        .head(WORST)
    )
    return _table(asked, "figures", "Figures most often wrong", "times")


def _table(asked: pl.LazyFrame, name: str, title: str, bar: str) -> Table:
    frame = asked.collect(engine="streaming")
    return Table(name, title, tuple(frame.columns), tuple(frame.rows()), bar)


def to_json(made: Trends) -> Mapping[str, Any]:
    """The tables as JSON: a list of objects each."""
    tables = {t.id: [dict(zip(t.columns, row, strict=True)) for row in t.rows] for t in made.tables}
    return {"articles": made.articles, "findings": made.findings, **tables}
