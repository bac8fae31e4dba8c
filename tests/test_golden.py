"""The samples' reports are as they were when somebody last looked (renew with `make golden`)."""

from __future__ import annotations

import json

import pytest

from auditor.session import Session
from tests.make_golden import GOLDEN, VERSIONS, golden


@pytest.mark.parametrize("version", VERSIONS)
def test_the_samples_report_is_the_golden_one(version: str, session: Session) -> None:
    expected = json.loads((GOLDEN / f"{version}.json").read_text(encoding="utf-8"))
    found = golden(session, version)
    assert [f["message"] for f in found["findings"]] == [f["message"] for f in expected["findings"]]
    assert found == expected
