"""CSV: a row a finding, UTF-8 with a byte order mark (Excel needs it for Chinese and Japanese), no cell a formula."""

from __future__ import annotations

import csv
import io

from auditor.formats.rows import COLUMNS, Documents, finding_rows
from auditor.formats.safe import csv_cell
from auditor.report import Report, Run


def write(report: Report, run: Run, documents: Documents) -> bytes:
    """The findings; no findings, the header alone."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for row in finding_rows(report, documents):
        rows.writerow([csv_cell(value) if isinstance(value, str) else value for value in row.values()])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
