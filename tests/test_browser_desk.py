"""What an editor at the desk must not lose in a real browser: decisions, what was typed, the place, the way back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from auditor.session import Session
from auditor.store import findings
from auditor.store.tables import DECISIONS, SESSIONS
from tests import browser_kit
from tests.api_kit import Api, body
from tests.browser_kit import DRIFTED_EN, DRIFTED_ZH, long_audit, watched

playwright, browser = browser_kit.playwright, browser_kit.browser
api, url = browser_kit.api, browser_kit.url


@pytest.fixture
def audit(api: Api) -> str:
    return str(api.finished(sent=body(zh=DRIFTED_ZH, en=DRIFTED_EN))["id"])


def decisions(api: Api, audit: str) -> list[str]:
    return [r.decision for r in findings.list_findings(api.bench.database, findings.Filter(audit_id=audit))]


def say(page: Page, reason: str, number: int = 0) -> None:
    """Type a reason into a card."""
    card = page.locator("article.finding").nth(number)
    if not card.locator("[name=reason]").is_visible():
        card.get_by_text("Reason or comment").click()
    card.locator("[name=reason]").fill(reason)


@pytest.mark.parametrize("script", [True, False])
def test_enter_in_a_field_decides_nothing(browser: Browser, api: Api, url: str, audit: str, script: bool) -> None:
    before = api.count(DECISIONS)
    with watched(browser, url, api.secrets["editor"], java_script_enabled=script) as seen:
        page = seen.go(f"/desk/{audit}")
        say(page, "because")
        page.keyboard.press("Enter")
        expect(page.get_by_text("nothing has been stored yet").locator("visible=true").first).to_be_visible()
        expect(page.locator("[name=reason]").first).to_have_value("because")
        page = seen.go(f"/desk/{audit}?category=figure")
        page.locator("[data-bulk] [name=reason]").fill("all of them")
        page.keyboard.press("Enter")
        expect(page.get_by_text("nothing has been stored yet").locator("visible=true").first).to_be_visible()
        if not script:
            page.get_by_text("Back to the same list").click()
            assert "category=figure" in page.url
        expect(page.locator("[data-bulk] [name=reason]")).to_have_value("all of them")
        seen.wrong.clear()  # the browser notes the 422
    assert api.count(DECISIONS) == before


def test_u_takes_back_the_newest_first_whatever_it_was(browser: Browser, api: Api, url: str, audit: str) -> None:
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go(f"/desk/{audit}")
        page.keyboard.press("j")
        page.keyboard.press("f")
        expect(page.locator('article[data-decision="false_alarm"]')).to_have_count(1)
        page.locator("[data-bulk]").get_by_role("button", name="Won't fix").click()
        expect(page.locator("[data-undo]")).to_be_visible()
        page.locator("article.finding").last.get_by_role("button", name="Fixed").click()
        expect(page.locator('article[data-decision="fixed"]')).to_have_count(1)
        page = seen.go(f"/desk/{audit}?q=nothing+of+this+kind")  # no banner and no list: the order is the same
        page.keyboard.press("u")
        expect(page.locator("[data-toast]")).to_contain_text("taken back")
        assert set(decisions(api, audit)) == {"wont_fix"}
        page.keyboard.press("u")
        expect(page.locator(".done")).to_contain_text("taken back")
        assert sorted(set(decisions(api, audit))) == ["false_alarm", "open"]
        page.keyboard.press("u")
        expect(page.locator("[data-open-count]")).to_contain_text(f"{len(decisions(api, audit))} open")
        assert set(decisions(api, audit)) == {"open"}


def test_a_draft_outlives_undo_conflict_and_loading_anew(browser: Browser, api: Api, url: str, audit: str) -> None:
    name = api.findings(audit)[0]["finding"]
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go(f"/desk/{audit}#{name}")
        card = page.locator(f"#{name}")
        page.keyboard.press("a")
        expect(card).to_have_attribute("data-decision", "accepted")
        card.get_by_text("Reason or comment").click()
        card.locator("textarea").fill("half a thought")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(card).to_have_attribute("data-decision", "open")
        expect(card.locator("textarea")).to_have_value("half a thought")
        api.decide(f"{audit}.{name}", "second_editor", decision="intended")
        card.get_by_role("button", name="Accept").click()
        expect(card.locator(".conflict")).to_be_visible()
        expect(card.locator("textarea")).to_have_value("half a thought")
        page.reload()
        expect(card.locator("textarea")).to_have_value("half a thought")
        expect(card).to_be_focused()  # and the place is the same
        card.get_by_role("button", name="Fixed").click()
        expect(card.locator(".history")).to_contain_text("half a thought")
        expect(card.locator("textarea")).to_have_value("")
        seen.wrong.clear()  # the browser notes the 409


def test_a_key_that_is_held_decides_once(browser: Browser, api: Api, url: str, audit: str) -> None:
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go(f"/desk/{audit}")
        page.keyboard.press("j")
        for _ in range(6):
            page.keyboard.down("a")  # the same key again without having been let go is a repetition
        page.keyboard.up("a")
        expect(page.locator('article[data-decision="accepted"]')).to_have_count(1)
        page.wait_for_timeout(200)
        assert decisions(api, audit).count("accepted") == 1


def test_when_the_session_ends_nothing_is_lost_and_the_way_back_is_said(
    browser: Browser, api: Api, url: str, audit: str, session: Session
) -> None:
    long = long_audit(api, session, 400)
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go(f"/desk/{long}")
        places = page.locator("[data-fetch]").count()
        with api.bench.database.write() as connection:
            connection.execute(sa.delete(SESSIONS))
        page.locator("[data-fetch]").last.scroll_into_view_if_needed()
        expect(page.locator("[data-toast] a")).to_have_text("Sign in again")
        assert page.locator("[data-fetch]").count() == places
        page.locator("[data-toast] a").click()
        page.fill("#key", api.secrets["editor"])
        page.click("main button")
        page.wait_for_url(f"**/desk/{long}*")
        page = seen.go(f"/desk/{audit}")
        say(page, "typed before")
        with api.bench.database.write() as connection:
            connection.execute(sa.delete(SESSIONS))
        page.locator("article.finding").first.get_by_role("button", name="Accept").click()
        expect(page.locator("[data-toast] a")).to_have_text("Sign in again")
        other = page.context.new_page()
        other.goto(url + "/sign-in")
        other.fill("#key", api.secrets["editor"])
        other.click("main button")
        other.wait_for_url("**/inbox")
        page.locator("article.finding").first.get_by_role("button", name="Accept").click()
        expect(page.locator("[data-toast]")).to_contain_text("Reload")
        page.locator("[data-toast] a").click()
        expect(page.locator("article.finding [name=reason]").first).to_have_value("typed before")
        page.locator("article.finding").first.get_by_role("button", name="Accept").click()
        expect(page.locator(".verdict-line")).to_contain_text("typed before")
        assert api.ask("admin", "DELETE", f"/v1/audits/{audit}").is_success
        page.locator("article.finding").first.get_by_role("button", name="Fixed").click()
        expect(page.locator("[data-toast]")).to_contain_text("not there any more")
        seen.wrong.clear()  # the browser notes 401, 403 and 404
