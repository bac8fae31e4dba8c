"""A second process changes how long an audit takes and nothing else."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.demo import samples_folder
from auditor.parallel import helper
from auditor.settings import Settings

SAMPLES = samples_folder()
FILES = [str(SAMPLES / "article.en.txt"), "--ja", str(SAMPLES / "drifted.ja.txt"), "--zh", str(SAMPLES / "drifted.zh.txt")]
COMMAND = [sys.executable, "-m", "auditor", "audit", *FILES, "--format", "json"]
pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2, reason="there is a helper on two cores only"
)


def report(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)
    del found["run"]
    return found


def run(before: str) -> subprocess.CompletedProcess[str]:
    """The command in a process where `before` was run first."""
    script = f"import sys\n{before}\nfrom auditor.cli import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", script, *COMMAND[3:]], capture_output=True, text=True, check=False)


def test_the_report_is_the_same_with_a_helper_without_one_and_with_one_that_dies() -> None:
    together = run("")
    alone = run("import numpy")
    dying = run("import auditor.parallel\nauditor.parallel._serve = lambda *_: None")
    assert (together.returncode, together.stderr) == (0, "")
    assert report(together.stdout) == report(alone.stdout) == report(dying.stdout)


def test_ctrl_c_ends_both_processes_with_one_line() -> None:
    process = subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(400):
        if children.exists() and children.read_text():
            break
        time.sleep(0.01)
    child = children.read_text().split()[0]
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode in (130, -signal.SIGINT)  # one and the same to a shell; Python chooses by where it was interrupted
    assert said.count("\n") == 1
    assert not Path(f"/proc/{child}").exists()


def test_text_that_cannot_be_audited_is_refused_with_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    found = subprocess.run([*COMMAND[:5], "--zh", str(tmp_path / "empty.txt")], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr.count("\n")) == (2, 1)


def test_a_process_that_has_loaded_the_parts_already_gets_no_helper() -> None:
    import numpy  # noqa: F401

    with helper(Settings()) as other:
        assert other is None
    assert not multiprocessing.active_children()
