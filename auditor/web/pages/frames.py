"""Figures of drift as Polars frames: what the charts draw, the tables show and the CSV files hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from auditor.store.trends import Audited, Drifted

if TYPE_CHECKING:
    import polars as pl

Chart = Literal["language", "category", "translator", "engine", "check", "alarms"]
CHARTS: tuple[Chart, ...] = ("language", "category", "translator", "engine", "check", "alarms")
_OF_AUDITED = {"language": "lang", "translator": "translator", "engine": "engine"}
"""Groups of translations; the others are groups of findings."""
MOST_GROUPS = 6
_DAY = 24 * 3600 * 1000


def frames(audited: Sequence[Audited], drifted: Sequence[Drifted]) -> dict[Chart, pl.DataFrame]:
    """The figures of every chart.

    of drift    period (date), group, translations, drifts, per_translation: critical and major findings that no editor called a
                false alarm or intended, in the period in which they were submitted; the groups with the most drift
    alarms      check, findings, decided, false_alarms, rate (0 to 1; null when nothing is decided)
    """
    texts, found = _audited(audited), _drifted(drifted)
    return {chart: alarms(found) if chart == "alarms" else drift(chart, texts, found) for chart in CHARTS}


def drift(by: Chart, texts: pl.DataFrame, drifted: pl.DataFrame) -> pl.DataFrame:
    """Drifts a translation, by period and group."""
    import polars as pl

    real = pl.col("severity").is_in(["critical", "major"]) & ~pl.col("decision").is_in(["false_alarm", "intended"])
    found = drifted.filter(real).join(texts, on=["audit", "lang"], how="inner")
    key = _OF_AUDITED.get(by)
    group = pl.col(key) if key else pl.col("category") if by == "category" else pl.col("category") + "/" + pl.col("type")
    counted = found.group_by("period", group.alias("group")).agg(pl.len().alias("drifts"))
    if key:
        base = texts.group_by("period", pl.col(key).alias("group")).agg(pl.len().alias("translations"))
    else:
        groups = counted.select("group").unique()
        base = texts.group_by("period").agg(pl.len().alias("translations")).join(groups, how="cross")
    made = base.join(counted, on=["period", "group"], how="left").with_columns(pl.col("drifts").fill_null(0))
    made = made.with_columns((pl.col("drifts") / pl.col("translations")).round(3).alias("per_translation"))
    order = (
        made.group_by("group")
        .agg(pl.col("drifts").sum(), pl.col("translations").sum())
        .sort(["drifts", "translations", "group"], descending=[True, True, False])
    )
    most = order.head(MOST_GROUPS).get_column("group").to_list()
    columns = ["period", "group", "translations", "drifts", "per_translation"]
    return made.filter(pl.col("group").is_in(most)).select(columns).sort("period", "group")


def alarms(drifted: pl.DataFrame) -> pl.DataFrame:
    """False alarms of each check that something was decided of, the most decided first."""
    import polars as pl

    decided, alarm = pl.col("decision") != "open", pl.col("decision") == "false_alarm"
    made = drifted.group_by((pl.col("category") + "/" + pl.col("type")).alias("check")).agg(
        pl.len().alias("findings"), decided.sum().alias("decided"), alarm.sum().alias("false_alarms")
    )  # fmt: skip
    rate = pl.when(pl.col("decided") > 0).then((pl.col("false_alarms") / pl.col("decided")).round(4)).alias("rate")
    return made.with_columns(rate).sort(["decided", "findings", "check"], descending=[True, True, False])


def _audited(audited: Sequence[Audited]) -> pl.DataFrame:
    import polars as pl

    schema = {"audit": pl.String, "at": pl.Int64, "lang": pl.String, "translator": pl.String, "engine": pl.String}
    at = [a.at for a in audited]
    every = _period(max(at, default=0) - min(at, default=0))
    made = pl.DataFrame(list(audited), schema=schema, orient="row")
    return made.with_columns(pl.from_epoch("at", time_unit="ms").dt.truncate(every).dt.date().alias("period"))


def _period(span: int) -> str:
    """Days, weeks or months, so that a chart has some twenty points at most. `span` in milliseconds."""
    return "1d" if span <= 21 * _DAY else "1w" if span <= 26 * 7 * _DAY else "1mo"


def _drifted(drifted: Sequence[Drifted]) -> pl.DataFrame:
    import polars as pl

    names = ("audit", "lang", "category", "type", "severity", "decision")
    return pl.DataFrame(list(drifted), schema=dict.fromkeys(names, pl.String), orient="row")
