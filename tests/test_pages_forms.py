"""The desk's forms beside the review: submitting by hand, glossaries, keys, and what the trends say."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET

import pytest

from auditor.store import audits
from tests import api_kit
from tests.api_kit import EN, JA, ZH, ZH_RIGHT, Api, body
from tests.desk_kit import Visit, assert_harmless, value, visit

api = api_kit.api


@pytest.fixture(scope="module")
def editor(api: Api) -> Visit:
    return visit(api, "editor")


def submitted(by: Visit, **fields: str) -> str:
    """Through both forms; the address of the audit."""
    page = by.post("/submit/check", **fields)
    assert page.status_code == 200, page.text[-1500:]
    names = re.findall(r'<textarea name="([a-z]+)" hidden>\n(.*?)</textarea>', page.text, re.S)
    values = {name: html.unescape(text) for name, text in names}
    langs = {n: re.search(rf'name="{n}_lang">.*?value="([a-z]+)" selected', page.text, re.S) for n in values if n != "source"}
    values |= {f"{n}_lang": found[1] for n, found in langs.items() if found}
    values |= {name: value(page.text, name) for name in ("article", "translator", "glossary", "of", "once")}
    answer = by.post("/submit", **values)
    assert answer.status_code == 303, answer.text
    assert by.post("/submit", **values).headers["location"] == answer.headers["location"]  # pressed twice
    return answer.headers["location"]


def test_texts_pasted_by_hand_are_detected_confirmed_and_audited_as_they_were(api: Api, editor: Visit) -> None:
    path = submitted(editor, source="\n" + EN.replace("\n", "\r\n"), first=JA, second=ZH, article="By hand", translator="Wang")
    api.work()
    page = editor.page(path)
    assert "By hand" in page and "1.9亿美元" in page
    stored = api.get("editor", f"/v1/audits/{path.rsplit('/', 1)[1]}")
    assert stored["languages"] == ["ja", "zh"] and stored["metadata"] == {"article": "By hand", "translator": "Wang"}
    form = editor.page(f"/submit?article={stored['article']}")
    assert "Submit revision 2" in form and "1.9亿美元" in form and 'value="By hand"' in form
    again = submitted(editor, source=EN, first=JA, second=ZH_RIGHT, article="By hand")
    api.work()
    assert api.get("editor", f"/v1/audits/{again.rsplit('/', 1)[1]}")["revision"] == 2


def test_an_editors_revision_is_one_of_the_translators_article_and_keeps_what_the_form_does_not_show(api: Api, editor: Visit) -> None:
    sent = body(zh=ZH.replace("\n", "\r\n"), ja=JA, metadata={"article": "Theirs", "translator": "Li", "desk": "economy"})
    sent["translations"][1]["back_translation"] = "The harbour said so. It fell.\nThe union welcomed it."
    sent["glossary"] = [{"source": "union", "zh": "工会", "ja": "組合"}]
    audit = api.finished(sent=sent)
    page = editor.page(f"/submit?article={audit['article']}")
    assert value(page, "of") == audit["article"] and "readonly" in page
    path = submitted(editor, source=EN, first=ZH, second=JA, of=audit["article"], translator="Wang")
    api.work()
    later = api.get("translator", f"/v1/audits/{path.rsplit('/', 1)[1]}")
    assert (later["article"], later["revision"]) == (audit["article"], 2)
    assert later["metadata"] == {"article": "Theirs", "translator": "Wang", "desk": "economy"}
    kept = audits.submission_body(api.bench.database, later["id"])
    assert [t.get("back_translation") for t in kept["translations"]] == [None, sent["translations"][1]["back_translation"]]
    assert kept["translations"][0]["text"] == sent["translations"][0]["text"] and len(kept["glossary"]) == 1
    other = visit(api, "other")
    assert other.get(f"/submit?article={audit['article']}").status_code == 404
    stolen = other.post("/submit", source=EN, first=ZH, first_lang="zh", of=audit["article"])
    assert stolen.status_code == 422 and "there is no article" in stolen.text


def test_files_are_taken_and_what_is_wrong_with_them_is_said_above_the_form(api: Api, editor: Visit) -> None:
    files = {"source_file": ("a.txt", EN.encode(), "text/plain"), "first_file": ("b.txt", ZH.encode("utf-8-sig"), "text/plain")}
    answer = editor._ask("POST", "/submit/check", data={"csrf": editor.token}, files=files)
    assert answer.status_code == 200 and "1.9亿美元" in answer.text and "as detected" in answer.text and "\ufeff" not in answer.text
    files["first_file"] = ("b.txt", ZH.encode("gb18030"), "text/plain")
    answer = editor._ask("POST", "/submit/check", data={"csrf": editor.token, "article": "Kept"}, files=files)
    assert answer.status_code == 422 and "is not UTF-8" in answer.text and 'value="Kept"' in answer.text
    assert "save it as UTF-8 and choose it again" in answer.text
    for name in ("texts.zip", "b.txt"):
        files["first_file"] = (name, b"PK\x03\x04 whatever", "application/zip")
        answer = editor._ask("POST", "/submit/check", data={"csrf": editor.token}, files=files)
        assert answer.status_code == 422 and "This is a ZIP archive" in answer.text
    files["first_file"] = ("b.md", f"# 港务局\n\n{ZH}".encode(), "text/markdown")
    answer = editor._ask("POST", "/submit/check", data={"csrf": editor.token}, files=files)
    assert answer.status_code == 200 and "1.9亿美元" in answer.text and "# 港务局" not in answer.text
    files["first_file"] = ("b.docx", b"PK nothing", "application/octet-stream")
    assert editor._ask("POST", "/submit/check", data={"csrf": editor.token}, files=files).status_code == 422
    for fields, said in (({}, "English article first"), ({"source": EN}, "at least one translation")):
        answer = editor.post("/submit/check", **fields)
        assert answer.status_code == 422 and said in answer.text
    for fields, said in (
        ({"source": EN, "first": EN, "first_lang": "zh"}, "zh"),
        ({"source": EN, "first": ZH, "second": ZH, "first_lang": "zh", "second_lang": "zh"}, "two texts in zh"),
        ({"source": EN, "first": ZH, "first_lang": "xx"}, "xx"),
        ({"source": EN, "first": ZH, "first_lang": "zh", "glossary": "none-such"}, "none-such"),
    ):
        answer = editor.post("/submit", **fields)
        assert answer.status_code == 422 and 'role="alert"' in answer.text and said in answer.text, fields
    assert "looks like English" in editor.post("/submit/check", source=EN, first=EN).text


def test_another_language_of_the_interface_loses_nothing_that_was_typed(api: Api) -> None:
    by = visit(api, "editor")
    of_form = re.findall(r"<button[^>]*form=\"texts\"[^>]*>", by.page("/submit"))
    assert "formaction" not in of_form[0]  # Enter in a field takes the first
    assert all('formaction="/submit/language"' in button for button in of_form[1:]) and len(of_form) == 4
    files = {"second_file": ("b.txt", JA.encode(), "text/plain")}
    fields = {"csrf": by.token, "language": "ja", "source": EN, "first": "\n" + ZH, "article": "Harbour", "translator": "Li"}
    answer = by._ask("POST", "/submit/language", data=fields, files=files)
    assert answer.status_code == 200 and '<html lang="ja">' in answer.text and '<html lang="ja">' in by.page("/inbox")
    assert all(html.escape(text, quote=False) in html.unescape(answer.text) for text in (EN, ZH, JA, 'value="Harbour"', 'value="Li"'))
    for path, sent in (("/submit/check", {"source": EN, "first": ZH}), ("/keys", {})):
        assert 'action="/language"' not in by.post(path, **sent).text  # a page that a form made cannot be asked for again
    wrong = by.post("/sign-in", key="ta_wrong", next="/desk/aud_1?q=a&order=text").text
    assert value(wrong, "next") == "/sign-in?next=/desk/aud_1%3Fq%3Da%26order%3Dtext"


# --- Glossaries, keys, trends


def test_a_glossary_is_stored_shown_versioned_used_and_removed(api: Api) -> None:
    admin = visit(api, "admin")
    table = 'source,zh,ja,note\nharbour authority,港务局|港口局,港湾局,"a ""body"", of men"\n\n'
    assert admin.post("/glossaries", name="desk-style", entries=table).headers["location"] == "/glossaries/desk-style"
    page = admin.page("/glossaries/desk-style")
    assert "港务局 | 港口局" in page and "of men" in page
    entry = api.get("admin", "/v1/glossaries/desk-style")["entries"]
    assert entry == [{"source": "harbour authority", "zh": ["港务局", "港口局"], "ja": "港湾局", "note": 'a "body", of men'}]
    area = re.search(r"<textarea id=\"entries\".*?>\n(.*?)</textarea>", page, re.S)
    assert area and admin.post("/glossaries", name="desk-style", version="1", entries=html.unescape(area[1])).status_code == 303
    assert api.get("admin", "/v1/glossaries/desk-style")["version"] == 1  # as it is shown it is read again: nothing has changed
    assert admin.post("/glossaries", name="desk-style", version=value(page, "version"), entries="source,zh\nunion,工会").status_code == 303
    assert "港务局" in admin.page("/glossaries/desk-style?version=1") and "港务局" not in admin.page("/glossaries/desk-style")
    path = submitted(admin, source=EN, first=ZH, glossary="desk-style")
    assert api.get("admin", f"/v1/audits/{path.rsplit('/', 1)[1]}")["glossary"] == {"name": "desk-style", "version": 2}
    for bad, said in (
        ("zh,ja\na,b", "must name the columns"),
        ("source,zh\n,港", "line 2"),
        ("source,zh\nharbour,", "no rendering"),
        ("", "must name"),
        ("source,x y\na,b", "no language"),
    ):
        answer = admin.post("/glossaries", name="desk-style", version="2", entries=bad)
        assert answer.status_code == 422 and said in answer.text and "Store as a new version" in answer.text, bad
    assert admin.post("/glossaries", name="../x", entries=table).status_code == 422
    assert admin.post("/glossaries/desk-style/remove").status_code == 303 and admin.get("/glossaries/desk-style").status_code == 404


def test_a_glossary_that_somebody_else_changed_is_not_replaced_unseen(api: Api) -> None:
    admin = visit(api, "admin")
    assert admin.post("/glossaries", name="two-admins", version="0", entries="source,zh\nharbour,港口").status_code == 303
    assert admin.post("/glossaries", name="two-admins", version="1", entries="source,zh\nharbour,港湾").status_code == 303
    answer = admin.post("/glossaries", name="two-admins", version="1", entries="source,zh\nharbour,码头")
    assert answer.status_code == 409 and "版" not in answer.text and "stored version 2 meanwhile" in answer.text
    assert "港湾" in answer.text and "harbour,码头" in answer.text and value(answer.text, "version") == "2"
    answer = admin.post("/glossaries", name="two-admins", entries="source,zh\nharbour,船坞")
    assert answer.status_code == 409 and "There is a glossary of this name" in answer.text and "harbour,船坞" in answer.text
    assert admin.post("/glossaries/two-admins/remove").status_code == 303
    answer = admin.post("/glossaries", name="two-admins", version="2", entries="source,zh\nharbour,码头")
    assert answer.status_code == 409 and "removed this glossary" in answer.text and value(answer.text, "version") == "0"
    assert admin.post("/glossaries", name="two-admins", version="0", entries="source,zh\nharbour,码头").status_code == 303
    assert api.get("admin", "/v1/glossaries/two-admins")["version"] == 3


def test_what_only_the_api_says_of_a_term_is_not_lost_by_a_change_at_the_desk(api: Api) -> None:
    entries = [{"source": "NATO", "variants": ["N.A.T.O.", "Nato"], "do_not_translate": True}, {"source": "EU", "zh": "欧盟", "de": "EU"}]
    assert api.ask("admin", "PUT", "/v1/glossaries/rich", json={"entries": entries}).is_success
    admin = visit(api, "admin")
    area = re.search(r"<textarea id=\"entries\".*?>\n(.*?)</textarea>", admin.page("/glossaries/rich"), re.S)
    assert area and admin.post("/glossaries", name="rich", version="1", entries=html.unescape(area[1])).status_code == 303
    assert api.get("admin", "/v1/glossaries/rich")["entries"] == entries


def test_a_key_is_shown_once_opens_the_desk_and_is_revoked(api: Api) -> None:
    admin = visit(api, "admin")
    answer = admin.post("/keys", role="editor", name="Ms <b>Ito</b>", expires="2099-12-31")
    secret = re.search(r'class="secret">(ta_[^<]+)<', answer.text)
    assert answer.status_code == 201 and secret and secret[1] not in admin.page("/keys") and "<b>Ito" not in answer.text
    api.secrets["ito"] = secret[1]
    ito = visit(api, "ito")
    listed = next(k for k in api.get("admin", "/v1/keys")["items"] if k["name"] == "Ms <b>Ito</b>")
    assert listed["expires_at"] == "2100-01-01T00:00:00.000Z"
    assert admin.post(f"/keys/{listed['id']}/revoke").status_code == 303 and ito.get("/inbox").status_code == 303
    for expires in ("2001-01-01", "tomorrow", "9999-12-31"):
        assert admin.post("/keys", role="editor", name="x", expires=expires).status_code == 422
    assert admin.post("/keys", role="owner", name="x").status_code == 422


def test_trends_are_drawn_told_and_downloaded_without_script_or_formulas(api: Api, editor: Visit) -> None:
    audit = api.finished(sent=body(ja=JA, metadata={"translator": '=HYPERLINK("http://evil")<script>'}))["id"]
    finding = api.findings(audit)[0]
    api.decide(finding["id"], decision="false_alarm")
    page = editor.page("/trends?days=30")
    assert_harmless(page)
    for chart in ("language", "category", "translator", "engine", "check", "alarms"):
        answer = editor.get(f"/trends/{chart}.svg?days=all")
        assert answer.headers["content-type"] == "image/svg+xml" and "script-src" not in answer.headers["content-security-policy"]
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(answer.text).iter()}
        assert "script" not in tags and {"svg", "text"} <= tags, chart
        table = list(csv.DictReader(io.StringIO(editor.get(f"/trends/{chart}.csv?days=all").text)))
        assert table and not any(v.startswith("=") for row in table for v in row.values())
    rates = {r["check"]: r for r in csv.DictReader(io.StringIO(editor.get("/trends/alarms.csv?days=all").text))}
    told = {f"{c['category']}/{c['type']}": c for c in api.get("editor", "/v1/stats")["checks"]}
    key = f"{finding['category']}/{finding['type']}"
    assert int(rates[key]["false_alarms"]) >= 1 and float(rates[key]["rate"]) <= 1 and key in told
    by_language = list(csv.DictReader(io.StringIO(editor.get("/trends/language.csv?days=all").text)))
    assert {row["group"] for row in by_language} == {"zh", "ja"}
    for row in by_language:
        assert float(row["per_translation"]) == pytest.approx(int(row["drifts"]) / int(row["translations"]), abs=0.001)
