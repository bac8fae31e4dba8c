"""Files in and reports out. The text forms of a report are functions from (report, run) to text, by name; `forms.write` writes any form.

What writes a form is imported when it is first wanted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.report import Report, Run


def json_report(report: Report, run: Run) -> str:
    """The contract's JSON, indented, one final newline."""
    from auditor.report import to_json

    return json.dumps(to_json(report, run), ensure_ascii=False, indent=1) + "\n"


def html_report(report: Report, run: Run) -> str:
    """One page that stands alone."""
    from auditor.formats import html

    return html.html_report(report, run)


def text_report(report: Report, run: Run) -> str:
    """Plain text."""
    from auditor.formats import terminal

    return terminal.text_report(report, run)


FORMATS: Mapping[str, Callable[[Report, Run], str]] = {
    "text": text_report,
    "json": json_report,
    "html": html_report,
}
