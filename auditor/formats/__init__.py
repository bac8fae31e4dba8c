"""Files in and reports out. A report format is a function from (report, run) to text, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from auditor.formats.html import html_report
from auditor.formats.terminal import text_report
from auditor.report import Report, Run, to_json


def json_report(report: Report, run: Run) -> str:
    """The contract's JSON, indented, one final newline."""
    return json.dumps(to_json(report, run), ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Report, Run], str]] = {
    "text": text_report,
    "json": json_report,
    "html": html_report,
}
