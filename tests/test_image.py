"""Dockerfile and compose.yaml, as far as they can be held without Docker: what they name is there, who runs it is not root."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import yaml

from auditor.cli import _parser

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SETTINGS = (ROOT / "auditor" / "settings.py").read_text(encoding="utf-8")


def lines(instruction: str) -> list[str]:
    return re.findall(rf"^{instruction} +(.*)$", DOCKERFILE, re.M)


def test_what_is_copied_is_there_and_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for line in lines("COPY"):
        if line.startswith("--from"):
            continue
        for name in shlex.split(line)[:-1]:
            path = "docker/no-models" if name == "${MODELS}" else name
            assert (ROOT / path).exists(), path
            assert path.split("/")[0] in kept, path


def test_the_image_installs_by_hash_runs_as_nobody_special_and_looks_after_its_health() -> None:
    installs = [run for run in lines("RUN") if "pip install" in run]
    assert installs and all("--require-hashes" in run or "--no-index" in run for run in installs)
    final = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert re.search(r"^USER 10001:10001$", final, re.M) and "/healthz" in final and "STOPSIGNAL SIGTERM" in final
    assert final.index("USER 10001") < final.index("ENTRYPOINT")


def test_the_locks_have_a_hash_for_everything() -> None:
    for name in ("requirements.lock", "requirements-build.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_the_services_of_compose_run_commands_and_settings_that_there_are() -> None:
    for name in ("api", "worker"):
        service = COMPOSE["services"][name]
        _parser().parse_args(service["command"])
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
        for variable in service["environment"]:
            assert f'"{variable}"' in SETTINGS, variable
        assert service["depends_on"]["database"]["condition"] == "service_healthy"
    assert COMPOSE["services"]["libretranslate"]["profiles"] == ["libretranslate"]
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["services"]["api"]["ports"])


def test_every_variable_that_compose_asks_for_is_in_the_example() -> None:
    example = (ROOT / "docker" / "env.example").read_text(encoding="utf-8")
    for name in re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")):
        assert f"{name}=" in example, name
