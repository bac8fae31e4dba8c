"""The interface's catalogues: the same keys and places in every language, every string that a page asks for, none that no page does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import auditor
from auditor.formats.catalogue import INTERFACES, strings
from auditor.model import CATEGORIES, SEVERITIES
from auditor.store.findings import DECISIONS_THERE_ARE
from auditor.web.problems import TITLES

ROOT = Path(auditor.__file__).parent
SOURCES = [
    *ROOT.glob("web/templates/*.html"),
    *ROOT.glob("formats/templates/*.html"),
    *ROOT.glob("web/pages/*.py"),
    ROOT / "formats/html.py",
]
CALL = re.compile(r"\bt(?:\.count)?\(\s*['\"]([a-z0-9_]+\.[A-Za-z0-9_-]+)['\"](?!\s*~)")
FROM_VALUES = ("category", "type", "witness", "evidence", "health", "lang", "severity", "verdict", "decision", "decide", "state", "step",
               "role", "sort", "status", "error", "help", "changes", "trends", "submit", "frame", "signing", "glossary_column")  # fmt: skip


def places(value: Any) -> set[str]:
    texts = value.values() if isinstance(value, dict) else [value]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", INTERFACES)
def test_every_language_has_the_same_keys_places_and_no_empty_string(code: str) -> None:
    english, own = strings("en").known, strings(code).known
    assert set(own) == set(english)
    for key, value in own.items():
        assert all(v.strip() for v in (value.values() if isinstance(value, dict) else [value])), key
        assert places(value) == places(english[key]), key


@pytest.mark.parametrize("code", ["zh", "ja"])
def test_translated_catalogues_are_translated(code: str) -> None:
    same = {k for k, v in strings(code).known.items() if v == strings("en").known[k]}
    assert not same, same


def test_every_string_that_a_page_asks_for_is_there_and_none_is_left_over() -> None:
    asked = {key for source in SOURCES for key in CALL.findall(source.read_text(encoding="utf-8"))}
    known = set(strings("en").known)
    assert asked and asked <= known, asked - known
    left = {key for key in known - asked if key.split(".")[0] not in FROM_VALUES}
    left -= {
        key for source in SOURCES for key in re.findall(r"'([a-z]+\.[a-z_]+)'|\"([a-z]+\.[a-z_]+)\"", source.read_text()) for key in key
    }
    assert not left, left


@pytest.mark.parametrize("code", INTERFACES)
def test_what_comes_from_values_is_named_in_every_language(code: str) -> None:
    known = strings(code).known
    for group, values in {"severity": SEVERITIES, "category": CATEGORIES, "decision": DECISIONS_THERE_ARE}.items():
        assert all(f"{group}.{value}" in known for value in values)
    assert all(f"error.{status}" in known and f"error.{status}_help" in known for status in TITLES)


def test_types_and_evidence_of_the_samples_findings_are_named() -> None:
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in (Path(__file__).parent / "golden").glob("*.json")]
    found = [f for report in reports for f in report["findings"]]
    assert len({f["type"] for f in found}) > 15
    for finding in found:
        assert f"type.{finding['type']}" in strings("en").known, finding["type"]
        assert {f"evidence.{key}" for key in finding["evidence"]} <= set(strings("en").known)
        assert {f"witness.{w}" for w in finding["witnesses"]} <= set(strings("en").known)


def test_numbers_choose_their_form() -> None:
    t = strings("en")
    assert t.count("inbox.audits", 1) == "1 audit" and t.count("inbox.audits", 1200) == "1,200 audits"
    assert strings("ja").count("inbox.audits", 1) == "監査 1 件"
    assert t.maybe("type", "a_new_type") == "a new type"
