"""The page of trends in a real browser: hostile names do nothing, words are not broken to letters, a telephone shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from auditor.cli import main
from tests import browser_kit
from tests.browser_kit import violations, watched
from tests.test_trends import REPORTS, report

playwright, browser = browser_kit.playwright, browser_kit.browser
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"
_LINES = """cell => { const range = document.createRange(); range.selectNodeContents(cell); return new Set(
  [...range.getClientRects()].map(r => Math.round(r.top))).size; }"""
"""How many lines the text of a cell has."""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_reads_on_a_desk_and_on_a_telephone(width: int, browser: Browser, tmp_path: Path) -> None:
    rows = [*REPORTS, {**report(9, REPORTS[0]["findings"], translator=HOSTILE, date="2026-05-01"), "id": HOSTILE}]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["trends", str(tmp_path / "r.jsonl"), "-o", str(tmp_path / "t.html")]) == 0
    with watched(browser, f"file://{tmp_path}", viewport={"width": width, "height": 900}) as watch:
        page = watch.go("/t.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("td", has_text=HOSTILE).count() >= 2
        cells = page.locator("td.n, td.s").all()
        assert len(cells) > 50 and {cell.evaluate(_LINES) for cell in cells} == {1}
        assert page.locator("th", has_text="similarity").first.evaluate(_LINES) == 1
        assert not violations(page)
