"""The desk in a real browser: the whole way, by keyboard alone, with two editors, hostile texts, 3,000 passages, and axe-core."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from auditor.session import Session
from auditor.store import findings
from tests import browser_kit
from tests.api_kit import EN, JA, ZH, ZH_RIGHT, Api, body
from tests.browser_kit import DRIFTED_EN, DRIFTED_ZH, Watched, long_audit, violations, watched
from tests.desk_kit import HOSTILE
from tests.serve_kit import serving

playwright, browser = browser_kit.playwright, browser_kit.browser
api, url = browser_kit.api, browser_kit.url


@pytest.fixture(scope="module")
def several(api: Api) -> str:
    """An audit with several findings in both languages, and a revision of it."""
    audit = api.finished(sent=body(zh=DRIFTED_ZH, ja=None, en=DRIFTED_EN, metadata={"article": "Works", "translator": "Li"}))
    api.finished(sent=body(ja=JA, metadata={"article": "Harbour", "translator": "王芳"}))
    return str(audit["id"])


def decisions(api: Api, audit: str) -> list[str]:
    """What holds of each finding, in the order of the report."""
    return [r.decision for r in findings.list_findings(api.bench.database, findings.Filter(audit_id=audit))]


def submit_by_hand(page: Page, upload: Path) -> None:
    """One text pasted, one uploaded; both languages detected."""
    page.click("nav >> text=Submit")
    page.fill("#source", EN)
    page.fill("#first", ZH)
    upload.write_text(JA, encoding="utf-8")
    page.set_input_files("#second-file", upload)
    page.fill("#article", "Harbour")
    page.click("main button.primary")
    expect(page.locator("#first_lang")).to_have_value("zh")
    expect(page.locator("#second_lang")).to_have_value("ja")
    page.click("main button.primary")
    page.wait_for_url("**/desk/aud_*")


def test_the_whole_way_from_submitting_to_deciding_to_the_next_revision(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as served, watched(browser, served.url, served.key("editor")) as seen:
        page = seen.page
        submit_by_hand(page, tmp_path / "ja.txt")
        card = page.locator("article.finding.critical").first
        expect(card).to_be_visible(timeout=60_000)  # the page has followed the audit and loaded itself anew
        expect(page.locator(".columns")).to_contain_text("Japanese")
        expect(page.locator("mark", has_text="1.9亿美元")).to_be_visible()
        page.locator(".strip").first.locator("a:has(.cell.critical)").click()
        assert re.search(r"#row-\d+$", page.url)
        gloss = page.locator(".row.critical details.back").first
        gloss.locator("summary").click()
        expect(gloss.locator("p").first).to_be_visible()
        card.get_by_text("Reason or comment").click()
        card.locator("[name=reason]").fill("a factor of ten")
        card.get_by_role("button", name="Accept").click()
        expect(page.locator("article.finding.decided")).to_contain_text("a factor of ten")
        expect(page.locator("[data-open-count]")).to_contain_text("0 open of 1")
        expect(page.locator(".strip .cell.critical")).to_have_count(0)
        page.click("text=Submit a revision")
        expect(page.locator("#first")).to_have_value(ZH)
        page.fill("#first", ZH_RIGHT.replace("下降", "上升"))
        page.click("main button.primary")
        page.click("main button.primary")
        expect(page.locator(".tabs")).to_be_visible(timeout=60_000)
        page.click(".tabs >> text=Since the last revision")
        expect(page.locator("#gone")).to_be_visible()
        expect(page.locator("ins").first).to_be_visible()
        page.click("nav >> text=Inbox")
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text("revision 2")


def test_running_audits_move_in_the_inbox(browser: Browser, api: Api, url: str) -> None:
    with watched(browser, url, api.secrets["editor"]) as seen:
        audit = api.submit(sent=body(metadata={"article": "Moving"}))["id"]
        seen.go("/inbox?q=Moving")
        expect(seen.page.locator(f'tr[data-audit="{audit}"] progress')).to_be_visible()
        api.work(audit)
        expect(seen.page.locator(f'tr[data-audit="{audit}"]')).to_contain_text("drifted")


def reach_by_keyboard(page: Page, secret: str, audit: str) -> None:
    """Sign in, find the audit in the inbox and open it."""
    press = page.keyboard.press
    expect(page.locator("#key")).to_be_focused()
    page.keyboard.type(secret)
    press("Enter")
    page.wait_for_url("**/inbox")
    press("/")
    page.keyboard.type("Keys only")
    press("Enter")
    page.wait_for_url("**q=Keys**")
    for _ in range(30):
        press("Tab")
        if page.evaluate("document.activeElement.matches('td.subject a')"):
            break
    press("Enter")
    page.wait_for_url(f"**/desk/{audit}")


def comment_search_and_help(page: Page) -> None:
    """The rest of the keys: nothing that is being written is lost to an answer that comes late."""
    press = page.keyboard.press
    press("u")
    press("k")
    press("c")
    page.keyboard.type("asked the desk in Tokyo")
    press("Tab")
    press("Enter")
    expect(page.locator("article.finding", has_text="asked the desk in Tokyo")).to_have_count(1)
    press("?")
    expect(page.locator("dialog")).to_be_visible()
    press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    press("/")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.type("530")
    press("Enter")
    page.wait_for_url("**q=530**")
    expect(page.locator("[data-todo] li")).to_have_count(1)


def test_everything_is_done_by_keyboard_alone(browser: Browser, api: Api, url: str) -> None:
    audit = str(api.finished(sent=body(zh=DRIFTED_ZH, en=DRIFTED_EN, metadata={"article": "Keys only"}))["id"])
    number = len(decisions(api, audit))
    assert number >= 3
    with watched(browser, url) as seen:
        page, press = seen.page, seen.page.keyboard.press
        seen.go("/sign-in")
        reach_by_keyboard(page, api.secrets["editor"], audit)
        listed = [link.get_attribute("href") or "" for link in page.locator("[data-todo] li a").all()]
        first, second = (page.locator(f"article{address[address.index('#') :]}") for address in listed[:2])
        press("j")
        expect(first).to_be_focused()
        press("j")
        press("k")
        expect(first).to_be_focused()
        press("f")
        expect(first).to_have_attribute("data-decision", "false_alarm")
        press("a")  # it has gone on to the next
        expect(second).to_have_attribute("data-decision", "accepted")
        press("u")
        expect(second).to_have_attribute("data-decision", "open")
        expect(second).to_be_focused()
        for key in ("i", "x"):
            press(key)
            page.wait_for_timeout(50)
            expect(page.locator(f'article[data-decision="{ {"i": "intended", "x": "fixed"}[key] }"]')).to_have_count(1)
        comment_search_and_help(page)
    assert decisions(api, audit).count("false_alarm") == 1


def test_bulk_and_its_undo(browser: Browser, api: Api, url: str) -> None:
    audit = str(api.finished(sent=body(zh=DRIFTED_ZH, en=DRIFTED_EN))["id"])
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go(f"/desk/{audit}?category=figure")
        listed = page.locator("[data-todo] li").count()
        assert 0 < listed < len(decisions(api, audit))
        page.locator("article.finding.critical, article.finding.major").first.get_by_role("button", name="Fixed").click()
        expect(page.locator('article[data-decision="fixed"]')).to_have_count(1)
        page.locator("[data-bulk]").get_by_role("button", name="Won't fix").click()  # its versions have followed
        expect(page.locator(".done")).to_contain_text(f"{listed} finding")
        assert decisions(api, audit).count("wont_fix") == listed
        page.evaluate("sessionStorage.clear()")
        page.keyboard.press("u")
        expect(page.locator(".done")).to_contain_text("taken back")
        assert decisions(api, audit).count("fixed") == 1 and "wont_fix" not in decisions(api, audit)


def test_two_editors_at_once_see_each_other(browser: Browser, api: Api, url: str) -> None:
    audit = str(api.finished(sent=body())["id"])
    with watched(browser, url, api.secrets["editor"]) as one, watched(browser, url, api.secrets["second_editor"]) as two:
        first, second = one.go(f"/desk/{audit}"), two.go(f"/desk/{audit}")
        first.get_by_role("button", name="Intended").first.click()
        expect(first.locator("article.finding.decided")).to_have_count(1)
        second.get_by_role("button", name="Accept").first.click()
        expect(second.locator(".conflict")).to_contain_text("editor was faster and decided: intended")
        assert decisions(api, audit)[0] == "intended"
        two.wrong.clear()  # the browser notes the 409
        second.get_by_role("button", name="Accept").first.click()
        expect(second.locator(".verdict-line")).to_contain_text("second_editor")


def test_reading_and_deciding_work_without_script(browser: Browser, api: Api, url: str) -> None:
    audit = str(api.finished(sent=body())["id"])
    with watched(browser, url, api.secrets["editor"], java_script_enabled=False) as seen:
        page = seen.go(f"/desk/{audit}")
        page.locator(".todo a").first.click()
        page.get_by_role("button", name="False alarm").first.click()
        expect(page.locator(".verdict-line")).to_contain_text("false alarm")
        page.get_by_role("button", name="Take back").first.click()
        expect(page.locator(".verdict-line")).to_have_count(0)


def test_hostile_texts_run_nowhere(browser: Browser, api: Api, url: str) -> None:
    english = f"The plant employs 120 people.\n{HOSTILE}\nThe court rejected the appeal."
    sent = body(
        zh=f"该厂雇用530人。\n{HOSTILE}\n法院驳回了上诉。", en=english, id=HOSTILE, metadata={"article": HOSTILE, "translator": HOSTILE}
    )
    audit = api.finished(sent=sent)
    with watched(browser, url, api.secrets["admin"]) as seen:
        page = seen.go(f"/desk/{audit['id']}")
        card = page.locator("article.finding").first
        card.get_by_text("Reason or comment").click()
        card.locator("[name=reason]").fill(HOSTILE)
        card.locator("textarea").fill(HOSTILE)
        card.get_by_role("button", name="Accept").click()
        expect(card.locator(".verdict-line")).to_contain_text("<script>alert(1)</script>")
        later = api.revise(audit["article"], translations=[{"lang": "zh", "text": sent["translations"][0]["text"].replace("530", "630")}])
        api.work()
        for path in (
            "/inbox",
            f"/desk/{later['id']}",
            f"/desk/{later['id']}/changes",
            f"/submit?article={audit['article']}",
            "/trends",
            "/keys",
            "/inbox?q=%3Cscript%3Ealert(1)%3C/script%3E",
        ):
            page = seen.go(path)
            page.wait_for_load_state("networkidle") if path != "/inbox" else None
            assert page.locator("img[src=x]").count() == 0 and page.evaluate("document.scripts.length") <= 1


def test_three_thousand_passages_paint_at_once_and_scroll_smoothly(browser: Browser, api: Api, url: str, session: Session) -> None:
    audit = long_audit(api, session, 3000)
    with watched(browser, url, api.secrets["editor"]) as seen:
        painted = []
        for _ in range(3):
            page = seen.go(f"/desk/{audit}")
            page.locator("#row-1").wait_for()
            painted.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000)
        assert sum(int(n) for n in page.locator("[data-rows]").evaluate_all("all => all.map((p) => p.dataset.rows)")) > 2700
        assert min(painted) < 1.5, painted
        frames = page.evaluate(SCROLL)
        assert sorted(frames)[int(len(frames) * 0.9)] < 120, sorted(frames)[-10:]
        page.evaluate("document.querySelector('[data-fetch]')?.scrollIntoView()")
        page.locator(".row").nth(200).wait_for(state="attached")  # what comes near is fetched
        last = "#" + (page.locator(".todo a").last.get_attribute("href") or "").partition("#")[2]
        page.locator(".todo a").last.click()
        expect(page.locator(last)).to_be_in_viewport(timeout=15_000)
        page.keyboard.press("a")
        expect(page.locator(last)).to_have_attribute("data-decision", "accepted")


SCROLL = """() => new Promise((done) => {
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    window.scrollBy(0, 900);
    frames.length < 90 ? requestAnimationFrame(step) : done(frames.slice(2));
  };
  requestAnimationFrame(step);
})"""
"""Scrolls 90 times by 900 pixels; the milliseconds between frames."""


def less_usual(api: Api, seen: Watched, audit: str) -> dict[str, list[str]]:
    """What axe-core has against what opens on a page, and pages that are seen for a moment."""
    found: dict[str, list[str]] = {}
    page = seen.go(f"/desk/{audit}")
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    found["everything open"] = violations(page)
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    found["help"] = violations(page)
    seen.go("/submit")
    page.fill("#source", EN)
    page.fill("#first", ZH)
    page.click("main button.primary")
    found["confirm"] = violations(page)
    seen.go(f"/v1/audits/{audit}/report.html")
    found["report"] = violations(page)
    assert not overflows(page)
    queued = api.submit()["id"]
    seen.go(f"/desk/{queued}")
    found["waiting"] = violations(page)
    seen.go("/nothing/here")
    found["error"] = violations(page)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_meet_wcag_in_light_and_dark(browser: Browser, api: Api, url: str, several: str, scheme: str, width: int) -> None:
    later = api.revise(
        api.get("editor", f"/v1/audits/{several}")["article"], translations=[{"lang": "zh", "text": DRIFTED_ZH.replace("530", "120")}]
    )
    api.work()
    if not any(d != "open" for d in decisions(api, several)):
        api.decide(api.findings(several)[0]["id"], decision="false_alarm", comment="no")
    found: dict[str, list[str]] = {}
    with watched(browser, url, api.secrets["admin"], color_scheme=scheme, viewport={"width": width, "height": 900}) as seen:
        for path in (
            "/inbox",
            "/inbox?q=nothing-matches",
            f"/desk/{several}",
            f"/desk/{later['id']}/changes",
            "/submit",
            "/trends",
            "/glossaries",
            "/keys",
        ):
            page = seen.go(path)
            found[path] = violations(page)
            assert not overflows(page), path
        found |= less_usual(api, seen, several)
        seen.wrong.clear()  # the browser notes the 404
    with watched(browser, url, color_scheme=scheme, viewport={"width": width, "height": 900}, locale="ja-JP") as seen:
        page = seen.go("/sign-in")
        assert page.locator("html").get_attribute("lang") == "ja"
        found["sign-in"] = violations(page)
    assert not any(found.values()), {k: v for k, v in found.items() if v}


def overflows(page: Page) -> bool:
    """Is the page wider than the window?"""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"))


@pytest.mark.parametrize("code", ["zh", "ja"])
def test_the_interface_in_chinese_and_japanese(browser: Browser, api: Api, url: str, several: str, code: str) -> None:
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.page
        page.click(f'.languages button[value="{code}"]')
        for path in ("/inbox", f"/desk/{several}", "/submit", "/trends", "/glossaries"):
            page = seen.go(path)
            assert not violations(page), path
            page.set_viewport_size({"width": 390, "height": 900})
            assert not overflows(page), path
            page.set_viewport_size({"width": 1280, "height": 900})
        font = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert {"zh": "SC", "ja": "JP"}[code] in font


def test_charts_are_downloaded_as_png_svg_and_csv(browser: Browser, api: Api, url: str, several: str) -> None:
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go("/trends")
        image = page.locator(".chart img").first
        assert image.evaluate("async (i) => { await i.decode(); return i.naturalWidth }") == 800
        for name, begins in (("PNG", b"\x89PNG"), ("SVG", b"<?xml"), ("CSV", b"period,")):
            with page.expect_download() as download:
                page.locator(".downloads").first.get_by_text(name).click()
            assert Path(download.value.path()).read_bytes().startswith(begins), name


def test_it_prints_without_its_buttons(browser: Browser, api: Api, url: str, several: str) -> None:
    with watched(browser, url, api.secrets["editor"]) as seen:
        page = seen.go(f"/desk/{several}")
        page.emulate_media(media="print")
        expect(page.locator(".bar")).to_be_hidden()
        expect(page.locator(".decide").first).to_be_hidden()
        expect(page.locator("article.finding .message").first).to_be_visible()
