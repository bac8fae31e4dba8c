"""What tests share: one loaded auditor a process, and the sample article."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from auditor.demo import samples_folder
from auditor.session import Session
from auditor.settings import Settings

_NO_PACKAGES = tempfile.TemporaryDirectory(prefix="no-packages-")


def pytest_configure() -> None:
    """What the person who runs the tests has installed or configured must not change a result; processes started by tests inherit this."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in the background; children inherit
    for name in [n for n in os.environ if n.startswith(("AUDITOR_", "ARGOS_"))]:
        if not name.startswith("AUDITOR_TEST_"):
            del os.environ[name]
    os.environ["ARGOS_PACKAGES_DIR"] = _NO_PACKAGES.name
    os.environ["AUDITOR_CACHE"] = "off"


def pytest_sessionfinish() -> None:
    """What the service's tests started and share ends with them."""
    if kit := sys.modules.get("tests.service_kit"):
        kit.end_all()


@pytest.fixture(scope="session")
def session() -> Session:
    return Session(Settings())


@pytest.fixture(scope="session")
def samples() -> Path:
    return samples_folder()
