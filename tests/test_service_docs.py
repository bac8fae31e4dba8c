"""docs/service.md says what is so: settings with their defaults, commands, and blocks that run against a real service."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from auditor.settings import Service, load_service
from tests.serve_kit import CHINESE, ENGLISH, Served, serving
from tests.test_exports import XLIFF_1

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(AUDITOR_\w+)` \| .* \| (.*) \|$", PAGE, re.M))
VARIABLES = sorted(set(re.findall(r'"(AUDITOR_[A-Z_]+)"', (ROOT / "auditor" / "settings.py").read_text().partition("def load_service")[2])))
NOT_SERVICE = {"AUDITOR_CACHE"}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)


@pytest.mark.parametrize("name", [v for v in VARIABLES if v not in NOT_SERVICE])
def test_every_setting_of_the_service_is_in_its_table(name: str) -> None:
    assert name in ROWS


def test_every_default_is_the_one_in_the_table(tmp_path: Path) -> None:
    made = load_service({"AUDITOR_DATA": str(tmp_path)})
    assert made == Service(tmp_path)
    told = {name: cell.strip("`") for name, cell in ROWS.items()}
    assert told["AUDITOR_MAX_BODY_MB"] == str(made.max_body // 1024 // 1024)
    assert told["AUDITOR_WEBHOOK_PRIVATE"] == ("yes" if made.webhook_private else "no")
    for name, cell in told.items():
        field = name.removeprefix("AUDITOR_").lower()
        if field not in ("data", "database_url", "max_body_mb", "webhook_private"):
            assert cell == str(getattr(made, field)), name


def test_every_command_and_option_of_the_service_is_on_the_page() -> None:
    from auditor.cli import _parser

    (commands,) = (a for a in _parser()._actions if hasattr(a, "choices") and a.dest != "help" and isinstance(a.choices, dict))
    for name in ("serve", "worker", "keys", "submit", "backup", "restore"):
        assert f"auditor {name}" in PAGE
        for action in commands.choices[name]._actions:
            for option in action.option_strings:
                hidden = action.help == "==SUPPRESS=="
                assert option in PAGE or option in ("-h", "--help") or hidden, f"{name} {option}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("docs")
    with serving(folder) as there:
        key = there.key("editor")
        admin = there.key("admin")
        yield there, {**os.environ, "SERVER": there.url, "KEY": key, "ADMIN": admin, "AUDITOR_SERVER": there.url, "AUDITOR_KEY": key}


@pytest.mark.parametrize("number", range(len(blocks("sh"))))
def test_every_shell_block_runs(number: int, served: tuple[Served, dict[str, str]], tmp_path: Path) -> None:
    script = "set -eu\n" + blocks("sh")[number]
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=served[1], capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_every_python_block_runs(number: int, served: tuple[Served, dict[str, str]]) -> None:
    done = subprocess.run([sys.executable, "-c", blocks("python")[number]], env=served[1], capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr


def test_the_snippet_for_webhooks_takes_what_we_sign_and_nothing_else() -> None:
    import time

    from auditor.jobs.delivery import sign

    space: dict[str, object] = {}
    exec(next(b for b in blocks("python") if "is_genuine" in b), space)
    genuine = space["is_genuine"]
    assert callable(genuine)
    at = int(time.time())
    assert genuine("s", sign("s", "{}", at), b"{}")
    assert not genuine("s", sign("s", "{}", at), b"{ }")
    assert not genuine("t", sign("s", "{}", at), b"{}")
    assert not genuine("s", sign("s", "{}", at - 400), b"{}")


def test_submit_waits_prints_and_fails_as_an_audit_does(served: tuple[Served, dict[str, str]], tmp_path: Path) -> None:
    there, environment = served
    english, chinese = tmp_path / "article.en.txt", tmp_path / "article.zh.txt"
    english.write_text(ENGLISH, encoding="utf-8")
    chinese.write_text(CHINESE, encoding="utf-8")
    more = {"AUDITOR_SERVER": there.url, "AUDITOR_KEY": environment["KEY"]}
    done = there.run("submit", str(english), str(chinese), "--fail-on", "critical", **more)
    assert done.returncode == 1 and '"schema_version": "1"' in done.stdout, done.stderr
    page = tmp_path / "report.html"
    done = there.run("submit", str(english), "--zh", str(chinese), "-o", str(page), **more)
    assert done.returncode == 0 and done.stdout == "" and "<html" in page.read_text(encoding="utf-8")
    terms, xliff = tmp_path / "terms.csv", tmp_path / "trade.xlf"
    terms.write_text("source,zh\nministry,不是这个\n", encoding="utf-8")
    xliff.write_text(XLIFF_1, encoding="utf-8")
    done = there.run("submit", str(xliff), "-o", str(tmp_path / "back.xlf"), "--glossary", str(terms), **more)
    noted = (tmp_path / "back.xlf").read_text(encoding="utf-8")
    assert done.returncode == 0 and "is not rendered as 不是这个" in noted and "checked with the client" in noted, done.stderr
    cases = {
        ("--key", "ta_wrong"): "does not take this key",
        ("--ja", str(chinese)): "/translations/0/text",
        ("--glossary", "none"): "glossary",
        ("--server", "nowhere"): "http://localhost",
        ("-o", str(tmp_path / "nonexistent" / "x.html")): "nonexistent: there is no such folder",
        ("-o", str(tmp_path)): "is a folder",
    }
    before = audits_of(there)
    for options, told in cases.items():
        given = ["--zh", str(chinese)] if "--ja" not in options else []
        done = there.run("submit", str(english), *given, *options, **more)
        assert done.returncode == 2 and done.stdout == "" and told in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert audits_of(there) == before, "nothing was submitted"


def test_submit_says_which_line_was_refused_and_what_was_taken_before_it(served: tuple[Served, dict[str, str]], tmp_path: Path) -> None:
    there, environment = served
    lines = tmp_path / "many.jsonl"
    good = {"source": {"lang": "en", "text": ENGLISH}, "translations": [{"lang": "zh", "text": CHINESE}]}
    bad = {**good, "translations": [{"lang": "zh", "text": CHINESE, "back_translation": "a\nb\nc\nd\ne\nf"}]}
    lines.write_text("\n".join(map(json.dumps, (good, bad, good))), encoding="utf-8")
    done = there.run("submit", str(lines), AUDITOR_SERVER=there.url, AUDITOR_KEY=environment["KEY"])
    taken, refused = done.stderr.splitlines()
    assert done.returncode == 2 and "1 of 3 were taken before it" in taken and f"{lines}, line 2: " in refused and "has 6 lines" in refused
    assert len(done.stdout.splitlines()) == 1 and taken.split()[-6].strip(";") in done.stdout


def audits_of(there: Served) -> str:
    """How many audits it has, by state."""
    return httpx.get(f"{there.url}/metrics").text.partition("# TYPE auditor_audits")[2].partition("# ")[0]


def in_ci(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The example's step as a runner runs it: bash -e, in the folder that was checked out, `auditor` on the path."""
    step = re.search(r"^      - run: \|\n((?:          .*\n)+)", PAGE, re.M)
    assert step is not None
    command = folder / "bin" / "auditor"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    command.chmod(0o755)
    more = {**environment, "PATH": f"{command.parent}:{environment['PATH']}", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", textwrap.dedent(step[1])],
        cwd=folder, env=more, capture_output=True, text=True, timeout=180,
    )  # fmt: skip


JAPANESE = "同省によると、5月の輸出額は1900万ドルに増加した。\n"
RIGHT = "该部表示，5月出口额增至1900万美元。\n"
ARTICLES = [
    # the Chinese of each article in turn (None: its file is missing), the step's exit code, articles in its output
    ((CHINESE, RIGHT, CHINESE), 1, (True, True, True)), ((RIGHT, RIGHT), 0, (True, True)), ((RIGHT, CHINESE), 1, (True, True)),
    ((None, CHINESE), 1, (False, True)), ((CHINESE, None), 2, (True, False)),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "code", "told"), ARTICLES)
def test_the_example_for_ci_looks_at_every_article_and_fails_at_the_end(
    served: tuple[Served, dict[str, str]], tmp_path: Path, texts: tuple[str | None, ...], code: int, told: tuple[bool, ...]
) -> None:
    (tmp_path / "articles").mkdir()
    names = [f"articles/{number}-{secrets.token_hex(4)}" for number in range(len(texts))]
    for name, chinese in zip(names, texts, strict=True):
        for lang, text in (("en", ENGLISH), ("zh", chinese), ("ja", JAPANESE)):
            if text is not None:
                (tmp_path / f"{name}.{lang}.txt").write_text(text, encoding="utf-8")
    done = in_ci(tmp_path, served[1])
    assert done.returncode == code, done.stdout + done.stderr
    key = {"Authorization": f"Bearer {served[1]['KEY']}"}
    there = {a["name"] for a in httpx.get(f"{served[0].url}/v1/articles", params={"limit": 200}, headers=key).json()["items"]}
    assert tuple(name in there for name in names) == told, done.stdout + done.stderr
