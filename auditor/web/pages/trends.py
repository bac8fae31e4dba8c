"""Trends: drift over time and false alarms by check, drawn, as tables and as files, for who decides about findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from auditor.formats.catalogue import Strings
from auditor.store import trends
from auditor.store.ids import now
from auditor.web.pages import charts
from auditor.web.pages.frame import Editing, PageRoute, page
from auditor.web.pages.frames import CHARTS, Chart, frame
from auditor.web.state import Parts, State

if TYPE_CHECKING:
    import polars as pl

router = APIRouter(route_class=PageRoute)
Days = Annotated[Literal["30", "90", "365", "all"], Query()]
DAYS = ("30", "90", "365", "all")
_DAY = 24 * 3600 * 1000
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@router.get("/trends")
def one(request: Request, who: Editing, parts: Parts, days: Days = "90") -> Response:
    """Every chart with its figures."""
    frames = _frames(parts, days)
    names = {chart: _names(who.t, chart) for chart in CHARTS}
    return page(
        request, "trends.html", who, days=days, spans=DAYS, names=names,
        charts=[(c, frames[c], charts.has_points(frames[c])) for c in CHARTS],
        anything=any(charts.has_points(f, ("translations", "findings")) for f in frames.values()),
    )  # fmt: skip


@router.get("/trends/{chart}.svg")
def drawn(who: Editing, chart: Chart, parts: Parts, days: Days = "90") -> Response:
    """A chart as an image."""
    made = _frame(parts, chart, days)
    draw = charts.alarms_svg if chart == "alarms" else charts.drift_svg
    unit = who.t("trends.rate" if chart == "alarms" else "trends.per_translation")
    return Response(draw(made, _names(who.t, chart), unit), 200, {"Content-Security-Policy": _SVG_POLICY}, "image/svg+xml")


@router.get("/trends/{chart}.csv")
def figures(who: Editing, chart: Chart, parts: Parts, days: Days = "90") -> Response:
    """Its figures; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    import polars as pl

    made = _frame(parts, chart, days)
    names = [pl.col(c) for c, kind in made.schema.items() if kind == pl.String]
    texts = [pl.when(c.str.contains(r"^[=+\-@\t\r]")).then(pl.lit("'") + c).otherwise(c).name.keep() for c in names]
    headers = {"Content-Disposition": f'attachment; filename="drift-{chart}-{days}.csv"'}
    return Response(made.with_columns(texts).write_csv(), 200, headers, "text/csv; charset=utf-8")


def _since(days: str) -> int | None:
    return None if days == "all" else now() - int(days) * _DAY


def _frame(parts: State, chart: Chart, days: str) -> pl.DataFrame:
    since = _since(days)
    return frame(chart, trends.audited(parts.database, since), trends.drifted(parts.database, since))


def _frames(parts: State, days: str) -> dict[Chart, pl.DataFrame]:
    since = _since(days)
    audited, drifted = trends.audited(parts.database, since), trends.drifted(parts.database, since)
    return {chart: frame(chart, audited, drifted) for chart in CHARTS}


def _names(t: Strings, chart: Chart) -> Callable[[str], str]:
    """What a group of that chart is called."""

    def check(group: str) -> str:
        category, _, kind = group.partition("/")
        return f"{t.maybe('category', category)}: {t.maybe('type', kind)}"

    simple: dict[str, Callable[[str], str]] = {
        "language": lambda group: t.maybe("lang", group), "category": lambda group: t.maybe("category", group),
        "check": check, "alarms": check,
    }  # fmt: skip
    return simple.get(chart, str)
