"""`auditor check`, the GitHub action and the pre-commit hook: the changed articles and no others, and a failure that is one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from auditor.cli import main
from auditor.formats.forms import READERS
from auditor.formats.siblings import Article, articles_of
from tests.test_exports import SCHEMA, XLIFF_1
from tests.test_inputs import EN, JA, ZH, put

ROOT = Path(__file__).parent.parent
WRONG = ZH[0].replace("1900万", "1.9亿")


def written(folder: Path) -> Path:
    """A repository's articles in every layout, one of them wrong."""
    for name, text in (
        ("trade.en.md", EN[0]), ("trade.zh-Hans.md", WRONG), ("trade.ja.md", JA[0]), ("court.md", EN[1]), ("court.zh.md", ZH[1]),
        ("violin/en.txt", EN[2]), ("violin/ja.txt", JA[2]), ("en/port.md", EN[1]), ("zh/port.md", ZH[1]), ("alone.en.md", EN[0]),
        ("README.md", "Notes."), ("picture.png", "x"), ("agency.xlf", XLIFF_1),
    ):  # fmt: skip
        put(folder, name, text)
    return folder


def test_the_article_of_a_file_is_found_by_its_name(tmp_path: Path) -> None:
    at = str(written(tmp_path))
    trade = Article(f"{at}/trade.en.md", (("ja", f"{at}/trade.ja.md"), ("zh", f"{at}/trade.zh-Hans.md")))
    court = Article(f"{at}/court.md", (("zh", f"{at}/court.zh.md"),))
    violin = Article(f"{at}/violin/en.txt", (("ja", f"{at}/violin/ja.txt"),))
    port = Article(f"{at}/en/port.md", (("zh", f"{at}/zh/port.md"),))
    for names, article in (
        (("trade.en.md", "trade.ja.md", "trade.zh-Hans.md"), trade), (("court.md", "court.zh.md"), court),
        (("violin/en.txt", "violin/ja.txt"), violin), (("en/port.md", "zh/port.md"), port),
    ):  # fmt: skip
        for name in names:
            assert articles_of([f"{at}/{name}"]) == ([article], [])
        assert articles_of([f"{at}/{name}" for name in names]) == ([article], [])
    assert articles_of([f"{at}/agency.xlf"]) == ([Article(f"{at}/agency.xlf", ())], [])
    assert articles_of([f"{at}/alone.en.md", f"{at}/README.md", f"{at}/picture.png"]) == ([], [f"{at}/alone.en.md", f"{at}/README.md"])


def test_a_line_a_finding_and_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = str(written(tmp_path))
    assert main(["check", f"{at}/trade.zh-Hans.md", f"{at}/trade.en.md", "--engine", "gloss"]) == 1
    shown = capsys.readouterr().out
    assert re.fullmatch(rf"{re.escape(at)}/trade\.zh-Hans\.md, line 1: critical figure/magnitude: .* \[zh-figure-\w{{6}}\]\n", shown)
    assert main(["check", f"{at}/trade.zh-Hans.md", "--fail-on", "never"]) == 0
    assert main(["check", f"{at}/court.zh.md", f"{at}/README.md"]) == 0
    assert main(["check"]) == 0
    put(tmp_path, "court.zh.md", b"\xff")
    capsys.readouterr()
    assert main(["check", f"{at}/court.md", f"{at}/trade.en.md"]) == 2  # the rest goes on
    told = capsys.readouterr()
    assert "critical figure" in told.out and f"{at}/court.zh.md, line 1: byte 0xFF" in told.err and told.err.count("\n") == 1
    assert main(["check", f"{at}/trade.en.md", "-o", f"{at}/a.xml"]) == 2


def test_one_sarif_file_for_all(tmp_path: Path) -> None:
    at = str(written(tmp_path))
    out = tmp_path / "all.sarif"
    for files, number in ((["trade.en.md", "court.md", "agency.xlf"], 3), (["picture.png"], 1)):
        main(["check", *(f"{at}/{f}" for f in files), "-o", str(out), "--engine", "gloss"])
        value = json.loads(out.read_bytes())
        jsonschema.Draft4Validator(SCHEMA).validate(value)
        assert len(value["runs"]) == number


def test_what_cannot_be_checked_fails_and_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "a.en.md", EN[0])
    put(tmp_path, "a.zh.md", WRONG)
    assert main(["check", "a.zh.md", "gone.zh.md", "--fail-on", "never"]) == 2  # a slip of the pen is no pass
    told = capsys.readouterr()
    assert "auditor: gone.zh.md: there is no such file" in told.err and "critical" in told.out
    assert main(["check", "a.zh.md", "-o", "none/out.sarif"]) == 2
    told = capsys.readouterr()
    assert "there is no such folder" in told.err and told.out == ""


def test_a_log_line_is_one_line_and_no_command_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "checkout"
    put(folder, "::error::x\n::add-mask::y.en.md", EN[0])
    put(folder, "::error::x\n::add-mask::y.zh.md", WRONG)
    put(tmp_path, "secret.txt", EN[0])
    put(folder, "linked.zh.md", ZH[0])
    (folder / "linked.en.md").symlink_to(tmp_path / "secret.txt")
    monkeypatch.chdir(folder)
    assert main(["check", "--", *sorted(path.name for path in folder.iterdir())]) == 2
    told = capsys.readouterr()
    assert told.out.count("\n") == 1 and told.out.startswith("./::error::x<U+000A>::add-mask::y.zh.md, line 1: critical")
    assert (
        told.err
        == "auditor: linked.en.md is a link to a file outside of .; put the file itself there, or name it by --zh, --ja or the like\n"
    )


# --- the action and the hook


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Its first commit has every article right, its second one wrong."""
    folder = tmp_path / "repository"
    written(folder / "articles")
    put(folder, "articles/trade.zh-Hans.md", ZH[0])
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """`auditor` on the path, as the action installs it."""
    tool = folder.parent / "bin" / "auditor"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    tool.chmod(0o755)
    return {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{tool.parent}:{os.environ['PATH']}", **more}


def action() -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return value


def audit_step(folder: Path, base: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's last step, as a runner runs it."""
    step = action()["runs"]["steps"][-1]
    given = {"base": base} | inputs
    values = {}
    for name, text in step["env"].items():
        if "${{" not in text:
            values[name] = text
            continue
        wanted = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)
        assert wanted is not None
        values[name] = given.get(wanted[1].replace("-", "_"), action()["inputs"][wanted[1]]["default"])
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    values["GITHUB_OUTPUT"] = str(folder.parent / "github-output")
    Path(values["GITHUB_OUTPUT"]).write_text("")
    return subprocess.run(command, cwd=folder, env=environment(folder, **values), capture_output=True, text=True, check=False)


def outputs(folder: Path) -> str:
    return (folder.parent / "github-output").read_text()


def test_the_action_fails_a_change_that_brings_a_critical_finding_and_no_other(repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    put(repository, "articles/court.zh.md", ZH[1] + "\n")
    git(repository, "commit", "-am", "harmless")
    done = audit_step(repository, base)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    put(repository, "articles/trade.zh-Hans.md", WRONG)
    git(repository, "commit", "-am", "wrong")
    done = audit_step(repository, base, paths="articles other", sarif="out.sarif")
    assert done.returncode == 1 and done.stdout.startswith("articles/trade.zh-Hans.md, line 1: critical"), done.stderr
    value = json.loads((repository / "out.sarif").read_bytes())
    jsonschema.Draft4Validator(SCHEMA).validate(value)
    uris = [x["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in value["runs"] for x in r["results"]]
    assert uris == ["articles/trade.zh-Hans.md"]
    assert outputs(repository) == "sarif=out.sarif\n"  # though the step failed
    assert audit_step(repository, base, fail_on="never").returncode == 0
    assert audit_step(repository, base, paths="elsewhere").returncode == 0
    first = audit_step(repository, "0" * 40)  # a first push: everything is new
    assert first.returncode == 1 and "::warning" not in first.stdout
    assert audit_step(repository, base, paths="elsewhere\narticles\n").returncode == 1  # a line each


def test_the_action_fails_where_it_cannot_tell_what_changed(repository: Path) -> None:
    put(repository, "articles/trade.zh-Hans.md", WRONG)
    git(repository, "commit", "-am", "wrong")
    done = audit_step(repository, "1234567890" * 4)  # a shallow checkout lacks it
    assert done.returncode == 1 and done.stdout.startswith("::warning::the commit that changes are counted from is not in this checkout")
    done = audit_step(repository, git(repository, "rev-parse", "HEAD~1"), paths=":(nonsense)articles")
    assert done.returncode not in (0, 1) and outputs(repository) == "", "git failed, and so does the step"


def test_nothing_of_the_inputs_and_of_the_checkout_is_run(repository: Path) -> None:
    put(repository, "articles/$(touch hacked)`touch hacked`;touch hacked.en.md", EN[0])
    put(repository, "articles/$(touch hacked)`touch hacked`;touch hacked.zh.md", ZH[0])
    put(repository, "argparse.py", "open('hacked', 'w')")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "hostile")
    hostile = "$(touch hacked) `touch hacked` ;touch hacked"
    audit_step(repository, "HEAD~1", paths="articles")
    for name in ("base", "paths", "fail_on", "glossary", "sarif"):
        audit_step(repository, "HEAD~1", **({name: hostile} if name != "base" else {}))
    audit_step(repository, hostile)
    assert not (repository / "hacked").exists()
    assert all("${{" not in step.get("run", "") for step in action()["runs"]["steps"])  # inputs come by the environment
    installs = action()["runs"]["steps"][1]
    assert installs["env"]["PYTHONSAFEPATH"] == "1" and "pip install" in installs["run"]


def test_the_hook_stops_a_commit_of_a_wrong_article(repository: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    wanted = re.compile(hook["files"])
    put(repository, "articles/trade.zh-Hans.md", WRONG)
    staged = [name for name in ("articles/trade.zh-Hans.md", "articles/picture.png") if wanted.search(name)]
    command = [*hook["entry"].split(), *staged]
    done = subprocess.run(command, cwd=repository, env=environment(repository), capture_output=True, text=True, check=False)
    assert staged == ["articles/trade.zh-Hans.md"] and done.returncode == 1 and "critical" in done.stdout


def test_the_hook_looks_at_every_format_but_those_that_seldom_are_articles() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    wanted = re.compile(hook["files"])
    assert [ending for ending in (*READERS, "txt", "zip") if not wanted.search(f"a.zh.{ending}")] == ["pot", "csv", "tsv", "zip"]


def test_the_page_shows_what_the_command_prints(tmp_path: Path) -> None:
    put(tmp_path, "articles/trade.en.md", "Exports rose to $19 million in May, the ministry said.\n")
    put(tmp_path, "articles/trade.zh.md", "该部表示，5月出口额增至1.9亿美元。\n")
    command = [sys.executable, "-m", "auditor", "check", "articles/trade.zh.md"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False)
    page = (ROOT / "docs" / "continuous-use.md").read_text(encoding="utf-8")
    assert done.returncode == 1 and f"$ auditor check articles/trade.zh.md\n{done.stdout}```" in page, done.stdout + done.stderr


def test_their_definitions_are_what_the_tools_take() -> None:
    run = [sys.executable, "-m"]
    for command in (
        ["pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
        ["check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
        ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", "docs/examples/audit-translations.yml"],
    ):
        done = subprocess.run([*run, *command], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    page = (ROOT / "docs" / "continuous-use.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "examples" / "audit-translations.yml").read_text(encoding="utf-8") in page
    (step,) = [
        s
        for s in yaml.safe_load(page.split("```yaml\n")[1].split("```")[0])["jobs"]["audit"]["steps"]
        if "with" in s and "paths" in s["with"]
    ]
    assert set(step["with"]) <= set(action()["inputs"])
