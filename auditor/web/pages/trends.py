"""Trends: drift over time and false alarms by check, drawn, as tables and as files, for who decides about findings."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from auditor.formats.catalogue import Strings
from auditor.store import trends
from auditor.store.database import Database
from auditor.store.ids import now
from auditor.web.pages import charts
from auditor.web.pages.frame import Editing, PageRoute, page
from auditor.web.pages.frames import CHARTS, Chart, frames
from auditor.web.state import Parts, State

if TYPE_CHECKING:
    import polars as pl

router = APIRouter(route_class=PageRoute)
Frames = dict[Chart, "pl.DataFrame"]
Days = Annotated[Literal["30", "90", "365", "all"], Query()]
DAYS = ("30", "90", "365", "all")
_DAY = 24 * 3600 * 1000
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@router.get("/trends")
def one(request: Request, who: Editing, parts: Parts, days: Days = "90") -> Response:
    """Every chart with its figures."""
    made = _frames(parts, days, fresh=True)
    names = {chart: _names(who.t, chart) for chart in CHARTS}
    return page(
        request, "trends.html", who, days=days, spans=DAYS, names=names,
        charts=[(c, made[c], charts.has_points(made[c])) for c in CHARTS],
        anything=any(charts.has_points(f, ("translations", "findings")) for f in made.values()),
    )  # fmt: skip


@router.get("/trends/{chart}.svg")
def drawn(who: Editing, chart: Chart, parts: Parts, days: Days = "90") -> Response:
    """A chart as an image."""
    made = _frames(parts, days)[chart]
    draw = charts.alarms_svg if chart == "alarms" else charts.drift_svg
    unit = who.t("trends.rate" if chart == "alarms" else "trends.per_translation")
    return Response(draw(made, _names(who.t, chart), unit), 200, {"Content-Security-Policy": _SVG_POLICY}, "image/svg+xml")


@router.get("/trends/{chart}.csv")
def figures(who: Editing, chart: Chart, parts: Parts, days: Days = "90") -> Response:
    """Its figures; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    import polars as pl

    made = _frames(parts, days)[chart]
    names = [pl.col(c) for c, kind in made.schema.items() if kind == pl.String]
    texts = [pl.when(c.str.contains(r"^[=+\-@\t\r]")).then(pl.lit("'") + c).otherwise(c).name.keep() for c in names]
    headers = {"Content-Disposition": f'attachment; filename="drift-{chart}-{days}.csv"'}
    return Response(made.with_columns(texts).write_csv(), 200, headers, "text/csv; charset=utf-8")


def _since(days: str) -> int | None:
    return None if days == "all" else now() - int(days) * _DAY


_KEEP = 60.0
_MOST_KEPT = 16
_kept: dict[tuple[Database, str], tuple[float, Frames]] = {}
"""What a page has shown is what its images and files show a moment later, without asking the database for each of them again."""


def _frames(parts: State, days: str, fresh: bool = False) -> Frames:
    key, at = (parts.database, days), time.monotonic()
    found = _kept.get(key)
    if found is None or fresh or at - found[0] > _KEEP:
        since = _since(days)
        found = at, frames(trends.audited(parts.database, since), trends.drifted(parts.database, since))
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept), key), None)
        _kept[key] = found
    return found[1]


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
