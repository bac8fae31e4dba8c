"""What would otherwise be forgotten: a check without cases, a language folder with other files, work done at import."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import auditor
from auditor.checks import CHECKS
from auditor.lang.base import language_codes

ROOT = Path(auditor.__file__).parent
CASES = Path(__file__).parent / "cases"
NOT_CHECKS = {"__init__", "base"}


def own_modules(folder: str) -> list[Path]:
    return sorted(p for p in (ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("check", [c.id for c in CHECKS])
def test_every_check_has_a_manual_and_a_cases_file_with_rows_that_fire_and_stay_quiet(check: str) -> None:
    manual = import_module(f"auditor.checks.{check}").__doc__ or ""
    assert len(manual.split()) > 30
    rows = (CASES / f"{check}.tsv").read_text(encoding="utf-8").splitlines()
    kinds = {row.split("\t")[0] for row in rows if row and not row.startswith("#")}
    assert {"fire", "quiet"} <= kinds


def test_every_module_named_like_a_check_is_in_the_list() -> None:
    listed = {c.id for c in CHECKS}
    defining = {p.stem for p in own_modules("checks") if re.search(r"^CHECK = ", p.read_text(encoding="utf-8"), re.M)}
    assert defining == listed


def test_every_language_folder_has_the_same_reader_files() -> None:
    wanted = {"segment.py", "words.py", "figures.py", "names.py", "cues.py", "tone.py", "__init__.py"}
    for code in language_codes():
        assert wanted <= {p.name for p in own_modules(f"lang/{code}")}, code


def test_checks_know_no_language_and_languages_know_no_check() -> None:
    # Messages are in English: locale="en" names their language, not a text's.
    literal = re.compile(r"(?<!locale=)[\"'](?:en|zh|ja)[\"']")
    for module in own_modules("checks"):
        assert not literal.search(module.read_text(encoding="utf-8")), module.name
    for code in language_codes():
        for module in own_modules(f"lang/{code}"):
            assert "auditor.checks" not in module.read_text(encoding="utf-8"), module


def test_importing_the_auditor_loads_no_model_and_opens_no_data() -> None:
    script = (
        "import builtins, sys, io\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import auditor.cli, auditor.session, auditor.formats, auditor.corpus.batch\n"
        "bad = [o for o in opened if o.endswith(('.tsv', '.gz', '.npz', '.dic', '.db', '.toml', '.html'))]\n"
        "heavy = [m for m in ('rich.progress', 'pypinyin', 'sacrebleu', 'jinja2', 'babel') if m in sys.modules]\n"
        "print(bad + heavy)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_file_names_a_package_index_host() -> None:
    root = ROOT.parent
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False).stdout.decode().split("\0")
    hosts = re.compile("files\\.python" + "hosted|pypi\\." + "org|registry\\.npm" + "js|deb\\.deb" + "ian")
    for name in filter(None, listed):
        path = root / name
        if path.suffix not in {".gz", ".png"} and path.is_file():
            assert not hosts.search(path.read_text(encoding="utf-8", errors="replace")), name
