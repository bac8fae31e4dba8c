"""Charts as SVG, drawn on the server by Pygal: no script draws them, none is in them, and a strict content policy lets them be.

A chart is shown as an image, so that nothing in it can act on the page; its own style has colours for light and for dark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from auditor.formats.terminal import visible

if TYPE_CHECKING:
    import polars as pl

COLOURS = ("#0a66c2", "#c4001f", "#b86e00", "#1f7a4d", "#7a3fb0", "#5b6470")
_DARK = ("#6db3ff", "#ff7485", "#f0b429", "#62c992", "#c79bf2", "#b3bcc7")
_FONT = "'Noto Sans','Noto Sans CJK SC','Noto Sans CJK JP','DejaVu Sans',sans-serif"
_FEW = 3
"""Periods up to which bars say more than a line."""
_LONGEST = 28
_NAMESPACES = (("", "http://www.w3.org/2000/svg"), ("xlink", "http://www.w3.org/1999/xlink"))


def drift_svg(frame: pl.DataFrame, name: Callable[[str], str], unit: str) -> bytes:
    """Drifts a translation by period, a line or bars a group."""
    periods = frame.get_column("period").unique().sort().to_list()
    groups = frame.group_by("group").sum().sort("drifts", descending=True).get_column("group").to_list()
    chart = _chart(
        "Bar" if len(periods) <= _FEW else "Line", len(groups), y_title=unit, dots_size=4, x_label_rotation=0 if len(periods) < 9 else 30
    )
    chart.x_labels = [p.isoformat() for p in periods]
    told = {(row["period"], row["group"]): row["per_translation"] for row in frame.iter_rows(named=True)}
    for group in groups:
        chart.add(_short(name(group)), [told.get((period, group)) for period in periods])
    return _bytes(chart)


def alarms_svg(frame: pl.DataFrame, name: Callable[[str], str], unit: str) -> bytes:
    """The false-alarm rate of each check, in percent."""
    rows = [row for row in frame.iter_rows(named=True) if row["decided"]][:12][::-1]
    chart = _chart(
        "HorizontalBar", 1, show_legend=False, x_title=unit, range=(0, 100), print_values=True, value_formatter=lambda v: f"{v:.0f} %"
    )
    chart.x_labels = [_short(f"{name(row['check'])} ({row['decided']})") for row in rows]
    chart.add(unit, [100 * row["rate"] for row in rows])
    return _bytes(chart)


def _chart(kind: str, groups: int, **more: Any) -> Any:
    import pygal
    from pygal.style import Style

    style = Style(
        background="transparent", plot_background="transparent",
        foreground="#3d4650", foreground_strong="#1b1f24", foreground_subtle="#8a929c", colors=COLOURS,
        font_family=_FONT, label_font_size=15, major_label_font_size=15, legend_font_size=16, title_font_size=14, value_font_size=13,
        value_colors=("#1b1f24",) * max(1, groups), opacity=".9", opacity_hover="1", guide_stroke_color="#c9ced4", stroke_width=2.5,
    )  # fmt: skip
    config: dict[str, Any] = {
        "width": 800, "height": 400, "explicit_size": True, "style": style, "js": (),
        "css": ("file://style.css", "file://graph.css", f"inline:{_dark()}"),
        "legend_at_bottom": True, "legend_at_bottom_columns": max(1, min(3, groups)), "show_minor_x_labels": True, "margin": 12,
        "truncate_legend": -1, "truncate_label": -1, "min_scale": 3, "include_x_axis": True,
    }  # fmt: skip
    return getattr(pygal, kind)(**(config | more))


def _dark() -> str:
    series = "".join(f".color-{n}, .color-{n} a:visited {{ stroke:{c} !important; fill:{c} !important; }}" for n, c in enumerate(_DARK))
    words = "text, .title, .axis text, .legend text, .legends .legend text, .text-overlay text, .plot text { fill:#e6e9ed !important; }"
    return f"@media (prefers-color-scheme: dark) {{ {series} {words} .guides, .axis .line {{ stroke:#3d4650 !important; }} }}"


def _bytes(chart: Any) -> bytes:
    """The drawing without Pygal's script, which only animates it."""
    for prefix, address in _NAMESPACES:
        ElementTree.register_namespace(prefix, address)
    tree = ElementTree.fromstring(chart.render())
    for parent in list(tree.iter()):
        for child in [c for c in parent if c.tag.rpartition("}")[2] == "script"]:
            parent.remove(child)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ElementTree.tostring(tree, encoding="utf-8"))


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def has_points(frame: pl.DataFrame, columns: Sequence[str] = ("drifts", "decided")) -> bool:
    """Is there anything to draw?"""
    return any(column in frame.columns and frame.get_column(column).sum() > 0 for column in columns)
