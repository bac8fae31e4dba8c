"""The documentation's site: built without a warning, nothing from elsewhere, complete, and every command it shows runs."""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest

from auditor.checks import CHECKS
from auditor.cli import _parser
from auditor.formats.forms import READERS
from tests.test_exports import XLIFF_1
from tests.test_inputs import EN, JA, ZH, put, word

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MADE = runpy.run_path(str(DOCS / "site" / "pages.py"))
"""What makes the pages from the code: it is no part of the package."""
PAGES = ("README.md", "docs/index.md", "docs/formats.md", "docs/continuous-use.md", "docs/measuring.md", "docs/engines.md")
ELSEWHERE = {
    "auditor serve": "test_service_docs", "auditor models": "test_models_command", "auditor submit": "test_service_docs",
    "auditor demo": "test_samples", "auditor audit article.en.txt --zh article.zh.txt --engine libretranslate": "test_libretranslate",
}  # fmt: skip
"""Commands that need more than files, and the test that runs them."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stdout + done.stderr
    return folder


def test_it_has_every_page_and_loads_nothing_from_elsewhere(site: Path) -> None:
    for name in ("index", "formats", "service", "commands", "api", "measuring", "contributing", "continuous-use", "BENCHMARKS", "limits"):
        assert (site / f"{name}.html").is_file(), name
    for check in CHECKS:
        assert (site / "checks" / f"{check.id}.html").is_file()
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=\"https?://", text), page


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    texts = {page.resolve(): page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    places = {page: set(re.findall(r'\b(?:id|name)="([^"]+)"', text)) for page, text in texts.items()}
    links = [(page, html.unescape(link)) for page, text in texts.items() for link in re.findall(r'<a [^>]*href="([^"]*)"', text)]
    inner = [(page, link) for page, link in links if not re.match(r"[a-z]+:|/", link)]
    assert len(inner) > 500
    for page, link in inner:
        path, _, place = link.partition("#")
        there = (page.parent / unquote(path)).resolve() if path else page
        there = there / "index.html" if there.is_dir() else there
        assert there.is_file() and (not place or there not in places or unquote(place) in places[there]), f"{page.name}: {link}"


def test_the_page_of_a_check_flows(site: Path) -> None:
    """The whole manual, as text that a narrow page can wrap."""
    for check in CHECKS:
        page = (site / "checks" / f"{check.id}.html").read_text(encoding="utf-8")
        told = html.unescape(re.sub(r"<[^>]+>", "", page))
        manual = re.sub(r"[`*]", "", import_module(f"auditor.checks.{check.id}").__doc__ or "")
        words = re.findall(r"\w+", manual)
        assert "<pre>" not in page and re.findall(r"\w+", told[told.index(manual.split("\n")[0]) :])[: len(words)] == words


def test_the_references_have_every_command_and_every_call() -> None:
    page = MADE["commands"]()
    parsers = next(a for a in _parser()._actions if isinstance(a.choices, dict))
    for name, parser in (parsers.choices or {}).items():
        assert f"## auditor {name}\n" in page
        for action in parser._actions:
            for option in action.option_strings:
                assert option in page or option in ("-h", "--help") or action.help == argparse.SUPPRESS
    told = MADE["api"]()
    for path, ways in MADE["openapi"]()["paths"].items():
        for method in ways:
            assert f"## {method.upper()} {path}\n" in told


def test_every_format_that_is_read_is_on_its_page() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    for ending in READERS:
        assert f"`.{ending}`" in page, ending


def shown(page: str) -> Iterator[tuple[str, str]]:
    """(page, command) of every command of this package in a block of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for kind, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.M | re.S):
        for line in block.split("\n"):
            said = line.removeprefix("$ ")
            if (
                kind in ("", "sh", "console")
                and re.match(r"(auditor |python -m auditor|echo .*\| auditor |printf )", said)
                and (kind != "console" or line != said)
            ):
                yield page, said.partition(" # ")[0].strip()


COMMANDS = [one for page in PAGES for one in shown(page)]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the pages speak of."""
    folder = tmp_path_factory.mktemp("workplace")
    english, chinese, japanese = ("\n".join(lines) + "\n" for lines in (EN, ZH, JA))
    for name, text in (
        ("article.en.txt", english), ("article.zh.txt", chinese), ("article.ja.txt", japanese), ("back.txt", english),
        ("article.ja.md", japanese), ("article.zh.xliff", XLIFF_1), ("articles/trade/en.md", english), ("articles/trade/zh.md", chinese),
        ("articles/trade.en.md", english), ("articles/trade.zh.md", chinese), ("article.en.md", english), ("article.zh.md", chinese),
        ("terms.csv", "source,zh\ncourt,法院\n"),
    ):  # fmt: skip
        put(folder, name, text)
    for name in ("article.docx", "article.zh.docx"):
        word(folder / name)
    made = word(folder / "chinese.docx")
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(folder / "article.zh.docx", "w") as other:
        for entry in package.namelist():
            raw = package.read(entry)
            raw = re.sub(rb"(<w:t[^>]*>)[^<]+", rb"\1" + "出口额在五月里增加了".encode(), raw) if entry == "word/document.xml" else raw
            other.writestr(entry, raw)
    with zipfile.ZipFile(folder / "trade.zip", "w") as package:
        package.writestr("en.md", english)
        package.writestr("zh.md", chinese)
    line = {
        "id": "a",
        "source": {"lang": "en", "text": english},
        "translations": [{"lang": "zh", "text": chinese}],
        "metadata": {"month": "2026-02"},
    }
    put(folder, "articles.jsonl", json.dumps(line) + "\n")
    put(folder, "CASES.jsonl", json.dumps({**line, "gold": []}) + "\n")
    pl.DataFrame({"id": ["a"], "en": [english], "zh": [chinese]}).write_parquet(folder / "articles.parquet")
    return folder


@pytest.mark.parametrize(("page", "command"), COMMANDS, ids=[f"{page}: {command}" for page, command in COMMANDS])
def test_every_command_that_is_shown_runs(page: str, command: str, workplace: Path) -> None:
    if next((test for start, test in ELSEWHERE.items() if command.startswith(start)), None):
        return
    if command.startswith("auditor batch"):  # each is a batch of its own
        (workplace / "reports.jsonl").unlink(missing_ok=True)
    # In processes of their own: a batch forks, and what other tests have loaded into this one does not survive that.
    tool = f'auditor() {{ "{sys.executable}" -m auditor "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n'
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ARGOS_PACKAGES_DIR": str(workplace / "none"),
        "AUDITOR_CACHE": str(workplace / "cache"),
    }
    ran = subprocess.run(["bash", "-c", tool + command], cwd=workplace, env=environment, check=False, capture_output=True, timeout=120)
    assert ran.returncode in (0, 1), (command, ran.stderr)


def test_the_commands_that_are_run_elsewhere_are() -> None:
    for start, test in ELSEWHERE.items():
        text = (ROOT / "tests" / f"{test}.py").read_text(encoding="utf-8")
        assert all(word in text for word in (start.split()[1], start.split()[-1]))
