"""Renews tests/golden/: `make golden`. Read the difference before you commit it: it is what users will see change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.demo import sample
from auditor.report import to_json
from auditor.session import Session
from auditor.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = ("faithful", "drifted")


def golden(session: Session, version: str) -> dict[str, Any]:
    """The report without what differs between runs (`run`) and machines (similarities, whose last bits depend on the processor)."""
    report = to_json(*session.audit(sample(version)))
    report.pop("run")
    for translation in report["translations"]:
        translation["scores"].pop("similarity")
        for passage in translation["passages"]:
            passage.pop("similarity")
    return json.loads(json.dumps(report))  # type: ignore[no-any-return]


def main() -> None:
    session = Session(Settings())
    GOLDEN.mkdir(exist_ok=True)
    for version in VERSIONS:
        text = json.dumps(golden(session, version), ensure_ascii=False, indent=1)
        (GOLDEN / f"{version}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
