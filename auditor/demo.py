"""`auditor demo`: the shipped samples audited for real, as a person would meet them."""

from __future__ import annotations

import sys
from pathlib import Path

from auditor.errors import UsageError
from auditor.formats import FORMATS
from auditor.formats.files import read_text
from auditor.formats.glossary import read_glossary
from auditor.formats.terminal import print_report
from auditor.intake import Submission, Translation
from auditor.model import SEVERITIES
from auditor.report import counts
from auditor.session import Helping, Session
from auditor.settings import Settings


def samples_folder() -> Path:
    """Where the samples are: beside the package in a checkout, inside it in an installed wheel."""
    here = Path(__file__).parent
    for folder in (here.parent / "samples", here / "samples"):
        if (folder / "article.en.txt").is_file():
            return folder
    raise UsageError("the samples are missing from this installation; install the package again")


def sample(version: str, folder: Path | None = None) -> Submission:
    """The sample article with its "faithful" or "drifted" versions."""
    folder = folder or samples_folder()
    stem = "article" if version == "faithful" else "drifted"
    translations = tuple(Translation(lang, read_text(str(folder / f"{stem}.{lang}.txt"))) for lang in ("zh", "ja"))
    glossary = read_glossary(str(folder / "glossary.csv"))
    return Submission(f"sample-{version}", "en", read_text(str(folder / "article.en.txt")), translations, glossary)


def run_demo(output: Path, settings: Settings, helper: Helping | None = None) -> int:
    """Audit the faithful and the drifted sample, write both reports, and say where."""
    session = Session(settings, helper)
    output.mkdir(parents=True, exist_ok=True)
    for version, name in (("drifted", "report"), ("faithful", "faithful")):
        report, run = session.audit(sample(version))
        for form in ("html", "json"):
            (output / f"{name}.{form}").write_text(FORMATS[form](report, run), encoding="utf-8")
        if version == "drifted":
            print_report(report, run, sys.stdout)
        else:
            found = ", ".join(f"{counts(report.findings)[severity]} {severity}" for severity in SEVERITIES)
            print(f"The faithful versions of the same article: {found}.")
    print(f"\nOpen {(output / 'report.html').resolve()} in a browser (the faithful versions: {output / 'faithful.html'}).")
    return 0
