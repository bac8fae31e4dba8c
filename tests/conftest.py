"""What tests share: one loaded auditor a process, and the sample article."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.demo import samples_folder
from auditor.session import Session


@pytest.fixture(scope="session")
def session() -> Session:
    return Session(threads=2)


@pytest.fixture(scope="session")
def samples() -> Path:
    return samples_folder()
