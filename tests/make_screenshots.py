"""Pictures of the desk's four main pages for the docs, taken of a real service with the shipped sample: `make screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from auditor.demo import sample
from auditor.session import Session
from auditor.settings import Settings
from auditor.store import findings
from tests.api_kit import EN, JA, ZH, Api, api_over, body
from tests.browser_kit import chromium, serving_here, watched
from tests.service_kit import bench

DECISIONS = ("accepted", "false_alarm", "accepted", "intended", "fixed", "accepted", "false_alarm", "wont_fix")


def fill(api: Api) -> tuple[str, str]:
    """Some articles by some translators, the sample among them with its revision; the ids of both audits."""
    drifted = {t.lang: t.text for t in sample("drifted").translations}
    faithful = {t.lang: t.text for t in sample("faithful").translations}
    english = sample("drifted").source
    about = {"article": "Submarines for Manila", "translator": "李娜 / 佐藤"}
    first = api.finished(sent=body(drifted["zh"], drifted["ja"], english, metadata=about))
    for finding, decision in zip(api.findings(first["id"])[:24:3], DECISIONS, strict=True):
        api.decide(finding["id"], decision=decision, reason="house style" if decision == "intended" else None)
    half = drifted["zh"].splitlines()
    mended = "\n".join(faithful["zh"].splitlines()[: len(half) // 2] + half[len(half) // 2 :])
    second = api.revise(first["article"], translations=[{"lang": "zh", "text": mended}])
    others = (("Harbour freight", ZH, JA, "王芳"), ("Harbour freight, Taipei edition", ZH, None, "陳怡君"), ("Dock labour", ZH, JA, "佐藤"))
    for name, zh, ja, who in others:
        api.submit(sent=body(zh, ja, EN, metadata={"article": name, "translator": who}))
    api.work()
    api.submit(sent=body(metadata={"article": "Grain prices", "translator": "Li"}))
    return first["id"], second["id"]


def shoot(browser: Browser, url: str, api: Api, audits: tuple[str, str], folder: Path) -> None:
    """Inbox, desk, changes and trends, in English and light; the desk once more in Japanese, dark and on a phone."""
    with watched(browser, url, api.secrets["editor"]) as seen:
        _shot(seen.go("/inbox"), folder / "inbox.png")
        _shot(seen.go(f"/desk/{audits[1]}"), folder / "desk.png")
        _shot(seen.go(f"/desk/{audits[1]}/changes"), folder / "changes.png")
        page = seen.go("/trends?days=30")
        page.wait_for_load_state("networkidle")
        _shot(page, folder / "trends.png")
    phone = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "locale": "ja-JP"}
    with watched(browser, url, api.secrets["editor"], **phone) as seen:
        page = seen.go(f"/desk/{audits[1]}?severity=critical")
        page.keyboard.press("j")
        _shot(page, folder / "desk-phone.png")


def _shot(page: Page, file: Path) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=file)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with bench("sqlite") as made, api_over(made, Session(Settings())) as api, serving_here(api) as url, sync_playwright() as playwright:
        audits = fill(api)
        shown = findings.list_findings(api.bench.database, findings.Filter(audit_id=audits[0]))
        print(f"{len(shown)} findings in the sample; pictures go to {folder}", file=sys.stderr)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        shoot(browser, url, api, audits, folder)
        browser.close()


if __name__ == "__main__":
    main()
