"""The desk without script: plain pages and forms, on both databases, whatever the texts and whoever is faster."""

from __future__ import annotations

import html
import re

import pytest

from auditor.store import audits, retention
from auditor.store import findings as store
from auditor.store.tables import AUDITS, DECISIONS
from auditor.web.pages.difference import differences
from tests import api_kit
from tests.api_kit import JA, ZH_RIGHT, Api, body
from tests.desk_kit import HOSTILE, Seen, Visit, assert_harmless, value, visit

api = api_kit.api


@pytest.fixture(scope="module")
def editor(api: Api) -> Visit:
    return visit(api, "editor")


def drifted(api: Api, **more: object) -> tuple[str, str]:
    """A finished audit and the name of a finding of it."""
    audit = api.finished(sent=body(**more))  # type: ignore[arg-type]
    return audit["id"], api.findings(audit["id"])[0]["finding"]


def held(api: Api, audit: str, finding: str) -> store.Row:
    return store.find(api.bench.database, f"{audit}.{finding}")


# --- Signing in, frame, errors


def test_a_wrong_key_is_told_from_none_and_from_one_that_has_ended(api: Api) -> None:
    api.add("late", "editor", 1)
    for secret, said in (
        ("", "Enter your key"),
        ("ta_wrong", "not known"),
        (api.secrets["late"], "expired"),
        ("x" * 900, "not known"),
        ("ü\x00", "not known"),
    ):
        answer = Visit(api).post("/sign-in", key=secret)
        assert answer.status_code == 401 and said in answer.text and 'role="alert"' in answer.text, secret


def test_signing_out_ends_the_session(api: Api) -> None:
    leaving = visit(api, "editor")
    assert leaving.post("/sign-out").headers["location"] == "/sign-in"
    leaving.cookies.pop("auditor_session", None)
    assert leaving.get("/inbox").status_code == 303


def test_a_form_that_breaks_off_or_is_no_utf_8_is_a_page_that_says_so(editor: Visit) -> None:
    parts = (("csrf", editor.token.encode()), ("source", api_kit.EN.encode()), ("first", api_kit.ZH.encode()))
    whole = b"".join(b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (n.encode(), v) for n, v in parts) + b"--b--\r\n"
    garbled = whole.replace(api_kit.ZH.encode(), api_kit.ZH.encode("gb18030"))
    for sent, status, said in ((whole, 200, "1.9亿美元"), (whole[:-7], 400, "breaks off"), (garbled, 422, "is not UTF-8")):
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        answer = editor._ask("POST", "/submit/check", content=sent, headers=headers)
        assert (answer.status_code, said in answer.text) == (status, True) and "text/html" in answer.headers["content-type"], answer.text


def test_the_language_is_the_chosen_one_else_the_browsers_else_english(api: Api) -> None:
    for accept, tag in (("ja,en;q=0.5", "ja"), ("de, zh-TW;q=0.9, en;q=0.1", "zh-Hans"), ("fr", "en"), ("", "en"), (";;q=,", "en")):
        assert f'<html lang="{tag}">' in Visit(api).get("/sign-in", headers={"Accept-Language": accept}).text, accept
    chosen = Visit(api)
    assert chosen.post("/language", language="zh", next="/sign-in").headers["location"] == "/sign-in"
    assert '<html lang="zh-Hans">' in chosen.get("/sign-in", headers={"Accept-Language": "ja"}).text
    assert Visit(api).post("/language", language="xx").cookies == {}


def test_what_is_wrong_is_a_page_for_a_browser_and_a_problem_for_a_program(api: Api, editor: Visit) -> None:
    for path, status in (
        ("/desk/aud_none", 404),
        ("/inbox?page=0", 422),
        ("/inbox?sort=x", 422),
        ("/inbox?q=%00", 422),
        ("/glossaries/none", 404),
        ("/trends/x.svg", 422),
        ("/nothing/here", 404),
    ):
        answer = editor.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == status and answer.headers["content-type"].startswith("text/html"), path
        assert 'href="/inbox"' in answer.text
    assert editor.get("/nothing/here", headers={"Accept": "application/json"}).headers["content-type"] == "application/problem+json"
    assert editor.get("/v1/nothing", headers={"Accept": "text/html"}).headers["content-type"] == "application/problem+json"
    assert editor._ask("POST", "/keys", json={}).status_code in (401, 403, 415)


def test_styles_and_scripts_may_be_kept_for_ever_and_templates_are_not_served(api: Api, editor: Visit) -> None:
    page = editor.page("/inbox")
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        answer = Visit(api).get(address)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"], address
    stem = addresses[0].rsplit("/", 2)[0]
    for path in ("/shared/parts.html", "/shared/report.html", "/../app.py", "/%2e%2e/app.py", "/none.css"):
        assert Visit(api).get(stem + path).status_code == 404, path


# --- Inbox


def test_the_inbox_says_what_is_open_and_finds_sorts_and_pages(api: Api) -> None:
    api.add("reader", "translator")
    api.add("reading_editor", "editor")
    for number in range(28):
        api.submit("reader", body(metadata={"article": f"Inbox {number:02}", "translator": "张 100%" if number == 3 else "Li"}))
    api.work()
    by = visit(api, "reader")
    first = by.page("/inbox")
    assert first.count("<tr data-audit=") == 25 and "page 1 of 2" in first and "28 audits" in first
    assert by.page("/inbox?page=2").count("<tr data-audit=") == 3
    assert by.get("/inbox?page=99999&lang=zh").headers["location"] == "/inbox?lang=zh&page=2"
    assert by.page("/inbox?sort=title").index("Inbox 00") < by.page("/inbox?sort=title").index("Inbox 01")
    assert by.page("/inbox?q=张+100%25").count("<tr data-audit=") == 1 and by.page("/inbox?q=inbox+1").count("<tr data-audit=") == 10
    assert "No audit matches" in by.page("/inbox?q=_nbo_") and "No audit matches" in by.page("/inbox?lang=ja")
    assert by.page("/inbox?verdict=drifted&lang=zh&state=finished&sort=worst").count("<tr data-audit=") == 25
    one = re.search(r'data-audit="([^"]+)"', by.page("/inbox?q=Inbox+07"))
    assert one
    for finding in api.findings(one[1]):
        api.decide(finding["id"], decision="accepted")
    assert "No audit matches" in by.page("/inbox?q=Inbox+07&open=1") and "nothing open" in by.page("/inbox?q=Inbox+07")
    assert by.page("/inbox?sort=open&page=2").rindex("Inbox 07") > 0


def test_a_translator_sees_only_their_own_and_an_empty_inbox_says_so(api: Api) -> None:
    api.add("nobody_yet", "translator")
    assert "Nothing has been submitted yet" in visit(api, "nobody_yet").page("/inbox")


def test_only_the_latest_revision_is_listed_unless_asked(api: Api, editor: Visit) -> None:
    audit = api.finished(sent=body(metadata={"article": "Latest only"}))
    api.revise(audit["article"], translations=[{"lang": "zh", "text": ZH_RIGHT}])
    api.work()
    assert editor.page("/inbox?q=Latest+only").count("<tr data-audit=") == 1
    assert editor.page("/inbox?q=Latest+only&all=1").count("<tr data-audit=") == 2


def test_a_running_audit_is_followed_until_it_ends(api: Api, editor: Visit) -> None:
    audit = api.submit()["id"]
    assert "queued" in editor.page(f"/desk/{audit}") and "progress" in editor.page("/inbox")
    api.work(audit)
    told = editor.get(f"/inbox/events?audit={audit}").text
    assert '"state": "finished"' in told and "event: end" in told
    assert "event: progress" not in visit(api, "other").get(f"/inbox/events?audit={audit}").text


def test_failed_and_cancelled_audits_say_so(api: Api, editor: Visit) -> None:
    audit = api.submit()["id"]
    assert editor.post(f"/desk/{audit}/cancel").status_code == 303
    assert "was cancelled" in editor.page(f"/desk/{audit}")
    assert editor.post(f"/desk/{audit}/cancel").status_code == 409
    assert editor.get(f"/desk/{audit}/changes").status_code == 404


def test_an_audit_that_failed_says_why_and_how_to_go_on(api: Api, editor: Visit) -> None:
    audit = api.submit(sent=body(metadata={"article": "Failing"}))["id"]
    taken = audits.begin(api.bench.database, audit, "test")
    assert taken is not None
    with api.bench.database.write() as connection:
        assert audits.fail(connection, taken, "timeout", "it took longer than <1> second")
    page = editor.page(f"/desk/{audit}")
    assert "it took longer than &lt;1&gt; second" in page and f"/submit?article={taken.article_id}" in page
    assert "failed" in editor.page("/inbox?q=Failing&state=failed")
    for path in (f"/desk/{audit}/part/1", f"/desk/{audit}/changes"):
        assert editor.get(path).status_code == 404


def test_an_audit_whose_texts_were_removed_with_age_keeps_its_counts(api: Api, editor: Visit) -> None:
    audit = api.finished(sent=body(metadata={"article": "Aged"}))
    finding = api.findings(audit["id"])[0]["finding"]
    with api.bench.database.write() as connection:
        connection.execute(AUDITS.update().where(AUDITS.c.id == audit["id"]).values(finished_at=1))
    assert retention.remove_old_texts(api.bench.database, 30) == 1
    assert "It had 1 critical, 0 major and 0 minor findings" in editor.page(f"/desk/{audit['id']}")
    assert editor.get(f"/desk/{audit['id']}/changes").status_code == 404
    refused = editor.post(f"/desk/{audit['id']}/findings/{finding}", decision="accepted", version="0")
    assert refused.status_code == 404 and held(api, audit["id"], finding).decision == "open"
    assert editor.get(f"/submit?article={audit['article']}").status_code == 404
    audit, later = (api.finished(sent=body(metadata={"article": "Aged, revised"})) for _ in range(2))
    with api.bench.database.write() as connection:
        connection.execute(AUDITS.update().where(AUDITS.c.id == audit["id"]).values(finished_at=1))
    assert retention.remove_old_texts(api.bench.database, 30) == 1
    assert "texts of the revision before were removed" in editor.page(f"/desk/{later['id']}/changes")


# --- The desk


def test_the_desk_shows_every_passage_and_finding_with_language_and_evidence(api: Api, editor: Visit) -> None:
    audit = api.finished(sent=body(ja=JA))
    page = editor.page(f"/desk/{audit['id']}")
    assert 'lang="zh-Hans"' in page and 'lang="ja"' in page and 'lang="en"' in page
    found = api.findings(audit["id"])
    assert found
    for finding in found:
        assert page.count(f'id="{finding["finding"]}"') == 1
    assert "accuracy/mistranslation/number" in page and "% sure" in page and "only in Chinese" in page
    assert "1.9亿美元" in page and "<mark" in page
    tags = Seen(page).tags
    ids = [a["id"] for _, a in tags if a.get("id")]
    assert len(ids) == len(set(ids))


def test_a_translator_reads_decisions_and_makes_none(api: Api) -> None:
    audit, finding = drifted(api)
    api.decide(f"{audit}.{finding}", decision="accepted", reason="clear as day")
    page = visit(api, "translator").page(f"/desk/{audit}")
    assert "clear as day" in page and 'class="decide"' not in page and 'class="bulk"' not in page


def test_a_faithful_version_says_that_nothing_was_found(api: Api, editor: Visit) -> None:
    audit = api.finished(sent=body(zh=ZH_RIGHT))
    assert audit["findings"] == {"critical": 0, "major": 0, "minor": 0}
    assert "No finding. Figures, names, claims and tone read the same" in editor.page(f"/desk/{audit['id']}")


def test_filters_leave_what_they_say(api: Api, editor: Visit) -> None:
    audit, finding = drifted(api)
    for query, there in (
        ("severity=critical", True),
        ("severity=minor", False),
        ("category=figure&lang=zh", True),
        ("q=1.9亿", True),
        ("q=none+of+this", False),
        ("decision=accepted", False),
        ("decision=open&order=text&only=1", True),
        ("q=the+HARBOUR+authority", True),  # words of the passages, not of the finding
    ):
        page = editor.page(f"/desk/{audit}?{query}")
        listed = page[page.index('class="side-panel"') :]
        assert (f'href="#{finding}"' in listed) is there, query
        assert there or "No finding matches" in listed


# --- Deciding


def test_a_decision_as_a_plain_form_is_kept_shown_and_taken_back(api: Api, editor: Visit) -> None:
    audit, finding = drifted(api)
    path = f"/desk/{audit}/findings/{finding}"
    back = f"/desk/{audit}?severity=critical"
    answer = editor.post(path, decision="false_alarm", version="0", reason="a unit\r\nconverted", comment="asked Li", back=back)
    assert answer.status_code == 303 and answer.headers["location"] == f"{back}#{finding}"
    row = held(api, audit, finding)
    assert (row.decision, row.reason, row.comment, row.version, row.author) == ("false_alarm", "a unit\nconverted", "asked Li", 1, "editor")
    page = editor.page(f"/desk/{audit}")
    assert "asked Li" in page and "1 entry in its history" in page and 'class="cell ok"' in page
    assert editor.post(path, decision="comment", version="1", comment="and Wang").status_code == 303
    row = held(api, audit, finding)
    assert (row.decision, row.reason, row.comment, row.version) == ("false_alarm", "a unit\nconverted", "and Wang", 2)
    assert editor.post(path, decision="open", version="2").status_code == 303
    assert held(api, audit, finding).decision == "open" and "3 entries in its history" in editor.page(f"/desk/{audit}")


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "x", "version": "0"},
        {"decision": "accepted"},
        {"decision": "accepted", "version": "-1"},
        {"decision": "comment", "version": "0"},
        {"decision": "accepted", "version": "0", "reason": "x" * 501},
        {"decision": "accepted", "version": "0", "comment": "\x00"},
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(api: Api, editor: Visit, fields: dict[str, str]) -> None:
    audit, finding = drifted(api)
    before = api.count(DECISIONS)
    assert editor.post(f"/desk/{audit}/findings/{finding}", **fields).status_code == 422
    assert editor.post(f"/desk/{audit}/findings/zh-none", decision="accepted", version="0").status_code == 404
    assert api.count(DECISIONS) == before


def test_two_editors_at_once_do_not_overwrite_each_other(api: Api, editor: Visit) -> None:
    audit, finding = drifted(api)
    other = visit(api, "second_editor")
    path = f"/desk/{audit}/findings/{finding}"
    assert other.post(path, decision="intended", version="0", reason="house style").status_code == 303
    answer = editor.post(path, decision="fixed", version="0", reason="my <own>", comment="\nand words")
    assert answer.status_code == 409 and "second_editor was faster" in answer.text and "house style" in answer.text
    assert 'value="my &lt;own&gt;"' in answer.text and ">\n\nand words</textarea>" in answer.text.replace("\r\n", "\n")
    answer = editor.post(path, decision="", version="1", reason="not yet")
    assert answer.status_code == 422 and "nothing has been stored yet" in answer.text and 'value="not yet"' in answer.text
    assert held(api, audit, finding).decision == "intended"
    fragment = editor._ask("POST", path, data={"csrf": editor.token, "decision": "fixed", "version": "0"}, headers={"X-Fragment": "1"})
    assert fragment.status_code == 409 and "<html" not in fragment.text and "was faster" in fragment.text
    assert editor.post(path, decision="fixed", version=value(fragment.text, "version")).status_code == 303
    assert held(api, audit, finding).decision == "fixed"


def test_many_are_decided_together_or_not_at_all_and_taken_back_together(api: Api, editor: Visit) -> None:
    text = "The works employs 120 people. It sold 40 ships in May. Exports fell in June."
    chinese = "该厂雇用530人。5月售出90艘船。6月出口上升。"
    audit = api.finished(sent=body(zh=chinese, en=text))["id"]
    found = [f["finding"] for f in api.findings(audit)]
    assert len(found) > 1
    seen = value(editor.page(f"/desk/{audit}"), "seen")
    assert sorted(w.rpartition(":")[0] for w in seen.split()) == sorted(found)
    first = editor.post(f"/desk/{audit}/findings/{found[0]}", decision="accepted", version="0", reason="first")
    assert first.status_code == 303
    back = f"/desk/{audit}?category=figure"
    refused = editor.post(f"/desk/{audit}/bulk", decision="wont_fix", seen=seen, reason="opinion & more", back=back)
    again = re.search(r'primary" href="([^"]+)">Back to the same list', refused.text)
    assert again and value(editor.page(html.unescape(again[1])), "reason", "data-bulk") == "opinion & more"
    assert editor.post(f"/desk/{audit}/bulk", decision="", seen=seen, reason="x").status_code == 422
    assert refused.status_code == 409 and [held(api, audit, f).decision for f in found[1:]] == ["open"] * (len(found) - 1)
    seen = value(editor.page(f"/desk/{audit}"), "seen")
    answer = editor.post(f"/desk/{audit}/bulk", decision="wont_fix", seen=seen, reason="opinion piece")
    assert answer.status_code == 303 and {held(api, audit, f).decision for f in found} == {"wont_fix"}
    page = editor.page(answer.headers["location"])
    assert f"{len(found)} findings decided" in page
    assert visit(api, "second_editor").post(f"/desk/{audit}/findings/{found[1]}", decision="fixed", version="1").status_code == 303
    undone = editor.post(f"/desk/{audit}/bulk/undo", at=value(page, "at"))
    assert f"undone={len(found) - 1}" in undone.headers["location"] and "taken back" in editor.page(undone.headers["location"])
    assert held(api, audit, found[0]).decision == "accepted" and held(api, audit, found[0]).reason == "first"
    assert held(api, audit, found[1]).decision == "fixed" and {held(api, audit, f).decision for f in found[2:]} <= {"open"}
    for bad in ("", "zh-none:0", f"{found[0]}", f"{found[0]}:x"):
        assert editor.post(f"/desk/{audit}/bulk", decision="accepted", seen=bad).status_code in (409, 422)


# --- Revisions


def test_a_revision_shows_what_is_new_gone_and_still_open_and_the_texts_side_by_side(api: Api, editor: Visit) -> None:
    audit = api.finished(sent=body(ja=JA))
    assert "This is the first revision" in editor.page(f"/desk/{audit['id']}/changes")
    later = api.revise(audit["article"], translations=[{"lang": "zh", "text": ZH_RIGHT.replace("下降", "上升")}])
    api.work()
    page = editor.page(f"/desk/{later['id']}/changes")
    assert re.search(r"<b>1</b><span>new</span>", page) and re.search(r"<b>1</b><span>gone</span>", page)
    assert "<del>1.9亿</del>" in page.replace("\n", "") or "<del>" in page
    assert "<ins>" in page and page.count("Unchanged.") == 2
    assert "all revisions" in editor.page(f"/desk/{later['id']}") and "new in this revision" in editor.page(f"/desk/{later['id']}")


def test_differences_are_by_sentence_and_word_and_miss_nothing() -> None:
    lines = differences(
        "One fell. Two rose 3.5 percent. Three stood. Four sat. Five lay.",
        "One fell. Two rose 3.6 percent. Three stood. Four sat. Five lay. Six!",
    )
    changed = [line for line in lines if line.kind == "changed"]
    assert [w.text for w in changed[0].old if w.changed] == ["3.5"] and [w.text for w in changed[0].new if w.changed] == ["3.6"]
    assert changed[1].before is None and changed[1].after == 6
    assert [line.skipped for line in lines if line.kind == "skip"] == [1]
    chinese = differences("一月上升。二月下降。", "一月上升。二月上升。")
    assert "".join(w.text for line in chinese for w in line.new if w.changed) == "上升"
    assert differences("same", "same") == [] and differences("", "") == [] and differences("", "new")[0].before is None


# --- Hostile


def test_hostile_texts_are_shown_and_do_nothing_on_any_page(api: Api, editor: Visit) -> None:
    english = f"The plant employs 120 people.\n{HOSTILE}\nThe court rejected the appeal."
    chinese = f"该厂雇用530人。\n{HOSTILE}\n法院驳回了上诉。\u202e"
    sent = body(zh=chinese, en=english, id=HOSTILE, metadata={"article": HOSTILE, "translator": HOSTILE, "title": HOSTILE})
    audit = api.finished(sent=sent)
    finding = api.findings(audit["id"])[0]
    api.decide(finding["id"], decision="accepted", reason=HOSTILE, comment=HOSTILE)
    later = api.revise(audit["article"], translations=[{"lang": "zh", "text": chinese.replace("530", "630")}])
    api.work()
    paths = (
        "/inbox",
        f"/inbox?q={'%3Cscript%3E'}",
        f"/desk/{audit['id']}",
        f"/desk/{later['id']}/changes",
        f"/submit?article={audit['article']}",
        "/trends",
    )
    for path in paths:
        page = editor.page(path)
        assert_harmless(page)
        assert "\u202e" not in page or path.startswith("/submit"), path
    assert "alert(1)" in editor.page("/inbox")


@pytest.mark.parametrize("value_", ["\ud800", "\x00", "'; DROP TABLE keys; --", "%", "_", "\u202e", "𠮷" * 200])
def test_odd_searches_find_nothing_and_break_nothing(api: Api, editor: Visit, value_: str) -> None:
    answer = editor.get("/inbox", params={"q": value_.encode("utf-8", "surrogatepass")})
    assert answer.status_code in (200, 422)
