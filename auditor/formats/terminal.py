"""A report for a terminal: verdict, counts, and each finding with its evidence. Colour is added only on a terminal."""

from __future__ import annotations

import io
import re
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from auditor.formats.origins import told
from auditor.model import SEVERITIES, Finding
from auditor.report import Report, Run, counts, verdict

STYLES = {"critical": "bold white on red", "major": "bold red", "minor": "yellow"}
VERDICTS = {"drifted": "bold red", "check": "yellow", "faithful": "green"}


def text_report(report: Report, run: Run) -> str:
    """The report as plain text."""
    out = io.StringIO()
    print_report(report, run, out)
    return out.getvalue()


def print_report(report: Report, run: Run, file: IO[str]) -> None:
    """Write the report; colours when `file` is a terminal and NO_COLOR is not set."""
    console = Console(file=file, highlight=False, markup=False, emoji=False, soft_wrap=False, width=None if file.isatty() else 100)
    for translation in report.translations:
        own = tuple(f for f in report.findings if f.lang == translation.lang)
        engine = run.engines.get(translation.lang)
        console.print(_headline(translation.lang, translation.script, verdict(own), counts(own)))
        score = f"similarity {translation.similarity:.2f}  MQM {translation.mqm:.1f}"
        if translation.chrf is not None:
            score += f"  chrF {translation.chrf:.1f}  BLEU {translation.bleu:.1f}"
        if engine:
            score += f"  (back-translation: {' '.join(x for x in (engine.name, engine.version) if x)})"
        console.print(Text(f"  {len(translation.passages)} passages  {score}", style="dim"))
        if problems := translation.back_translation.told():
            console.print(Padding(Text(f"Back-translation: {visible(problems)}", style="yellow"), (0, 0, 0, 2)))
        for finding in sorted(own, key=lambda f: SEVERITIES.index(f.severity)):
            _print_finding(console, finding)
        if not own:
            console.print("  No finding: figures, names, claims and tone read the same.")
        console.print()


def _headline(lang: str, script: str, found: str, by_severity: dict[str, int]) -> Text:
    text = Text()
    text.append(f"{lang}-{script}" if lang == "zh" else lang, style="bold")
    text.append("  ")
    text.append(found.upper(), style=VERDICTS[found])
    text.append("  " + ", ".join(f"{n} {severity}" for severity, n in by_severity.items()))
    return text


def _print_finding(console: Console, finding: Finding) -> None:
    head = Text("  ")
    head.append(f" {finding.severity} ", style=STYLES[finding.severity])
    head.append(f" {finding.category}/{finding.type}  {visible(finding.message)}")
    console.print(head)
    places = finding.evidence.get("origin", {})
    for label, span, place in (("en", finding.source, places.get("source")), (finding.lang, finding.target, places.get("target"))):
        if span is not None:
            words = Text(f"{label}  {visible(_short(span.text))}")
            console.print(Padding(words.append(f"  {visible(told(place))}", style="dim") if place else words, (0, 0, 0, 7)))
    known = f"{finding.id}  {finding.passage or 'whole text'}  confidence {finding.confidence:.2f}"
    known += f"  witnesses: {', '.join(finding.witnesses)}" if finding.witnesses else ""
    known += f"  {finding.agreement}" if finding.agreement else ""
    console.print(Padding(Text(known, style="dim"), (0, 0, 0, 7)))


def _short(text: str, most: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Texts are hostile: control characters (a terminal would obey them) and bidirectional controls are shown as code points."""
    return _HIDDEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)


def one_line(text: str) -> str:
    """The same for a line of a log: it stays one, and is no command of a CI server (GitHub obeys lines that begin with two colons)."""
    line = visible(text).replace("\n", "<U+000A>").replace("\t", " ")
    return f"./{line}" if line.startswith("::") else line
