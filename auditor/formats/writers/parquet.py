"""Parquet: a row a finding, ready for Polars and whatever else reads frames."""

from __future__ import annotations

import io

from auditor.formats.rows import COLUMNS, Documents, finding_rows
from auditor.report import Report, Run


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """The findings with the columns of `rows.COLUMNS`; no findings, no rows."""
    import polars as pl

    kinds = {str: pl.String, int: pl.Int64, float: pl.Float64}
    frame = pl.DataFrame(list(finding_rows(report, documents)), schema={name: kinds[kind] for name, kind in COLUMNS.items()}, strict=True)
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd")
    return out.getvalue()
