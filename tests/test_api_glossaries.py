"""Glossaries: versions, spellings, what must not be translated, and which version an audit used."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest
import xlsxwriter

from auditor.formats.glossary import parse_glossary
from auditor.formats.terms import entries_of
from tests import api_kit
from tests.api_kit import Api, body, problem

api = api_kit.api
EN = "Norvelle bought the shipyard in May.\nThe harbour board welcomed the sale.\nThe port authority agreed."
ZH = "诺维尔5月收购了船厂。\n港务委员会对出售表示欢迎。\n港口当局表示同意。"


def put(api: Api, name: str, *entries: dict[str, Any]) -> dict[str, Any]:
    answer = api.ask("admin", "PUT", f"/v1/glossaries/{name}", json={"entries": list(entries)})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def report(api: Api, **sent: Any) -> dict[str, Any]:
    audit = api.finished(sent=body(zh=ZH, en=EN, **sent))
    found: dict[str, Any] = api.get("translator", f"/v1/audits/{audit['id']}/report")
    return found


def test_every_change_is_a_version_and_no_change_is_none(api: Api) -> None:
    assert put(api, "versions", {"source": "shipyard", "zh": "船厂"})["version"] == 1
    assert put(api, "versions", {"source": "shipyard", "zh": "船厂"})["version"] == 1
    second = put(api, "versions", {"source": "shipyard", "zh": ["造船厂", "船厂"], "note": "since May"})
    assert (second["version"], second["author"]) == (2, "admin")
    listed = api.get("translator", "/v1/glossaries/versions/versions")["items"]
    assert [v["version"] for v in listed] == [2, 1]
    assert api.get("translator", "/v1/glossaries/versions/versions/1")["entries"] == [{"source": "shipyard", "zh": "船厂"}]
    assert api.get("translator", "/v1/glossaries/versions")["entries"] == second["entries"]
    problem(api.ask("translator", "GET", "/v1/glossaries/versions/versions/3"), 404)


def test_a_report_says_which_version_it_was_made_with_and_keeps_it(api: Api) -> None:
    put(api, "style", {"source": "shipyard", "zh": "造船厂"})
    first = api.finished(sent=body(zh=ZH, en=EN, glossary="style"))
    put(api, "style", {"source": "shipyard", "zh": "船厂"})
    told = api.get("translator", f"/v1/audits/{first['id']}/report")
    assert told["run"]["glossary"] == {"name": "style", "version": 1} == first["glossary"]
    assert any(f["category"] == "terminology" for f in told["findings"])
    second = report(api, glossary="style")
    assert second["run"]["glossary"]["version"] == 2
    assert not any(f["category"] == "terminology" for f in second["findings"])
    listed = api.get("translator", "/v1/audits", params={"limit": 200})["items"]
    assert {"name": "style", "version": 1} in [a["glossary"] for a in listed]


def test_a_name_that_must_not_be_translated_is_missed_in_its_translation(api: Api) -> None:
    put(api, "names", {"source": "Norvelle", "do_not_translate": True})
    found = report(api, glossary="names")["findings"]
    assert any(f["category"] == "terminology" and "Norvelle" in f["message"] for f in found), found


def test_another_spelling_of_a_term_is_the_term(api: Api) -> None:
    put(api, "spellings", {"source": "harbor board", "variants": ["harbour board"], "zh": "海港董事会"})
    found = report(api, glossary="spellings")["findings"]
    assert any(f["category"] == "terminology" and "harbour board" in f["message"] for f in found), found


def test_a_removed_glossary_serves_the_audits_that_used_it_and_no_new_ones(api: Api) -> None:
    put(api, "old", {"source": "shipyard", "zh": "船厂"})
    audit = api.submit(sent=body(zh=ZH, en=EN, glossary="old"))
    assert api.ask("admin", "DELETE", "/v1/glossaries/old").status_code == 204
    problem(api.ask("admin", "DELETE", "/v1/glossaries/old"), 404)
    problem(api.ask("translator", "GET", "/v1/glossaries/old"), 404)
    problem(api.ask("translator", "POST", "/v1/audits", json=body(glossary="old")), 422, "not_found")
    api.work(audit["id"])
    assert api.get("translator", f"/v1/audits/{audit['id']}")["glossary"] == {"name": "old", "version": 1}
    problem(
        api.ask("translator", "POST", f"/v1/articles/{audit['article']}/revisions", json={"translations": [{"lang": "zh", "text": ZH}]}),
        422,
    )
    without = api.revise(audit["article"], translations=[{"lang": "zh", "text": ZH}], glossary=[])
    assert without["glossary"] is None
    assert put(api, "old", {"source": "shipyard", "zh": "船厂"})["version"] == 1, "put back, it goes on"


def test_a_revision_uses_the_glossary_of_the_one_before_in_its_newest_version(api: Api) -> None:
    put(api, "goes-on", {"source": "shipyard", "zh": "船厂"})
    audit = api.submit(sent=body(zh=ZH, en=EN, glossary="goes-on"))
    put(api, "goes-on", {"source": "shipyard", "zh": "造船厂"})
    again = api.revise(audit["article"], translations=[{"lang": "zh", "text": ZH}])
    assert again["glossary"] == {"name": "goes-on", "version": 2}


TABLE = "source,zh,ja,variants\nshipyard,船厂|造船厂,造船所,dockyard\nNorvelle,诺维尔,\n"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TBX = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">
<langSec xml:lang="en"><termSec><term>shipyard</term></termSec></langSec>
<langSec xml:lang="zh"><termSec><term>船厂</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def sheet(rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return made.getvalue()


def send(api: Api, name: str, content: str | bytes, media: str) -> httpx.Response:
    return api.ask("admin", "PUT", f"/v1/glossaries/{name}", content=content, headers={"Content-Type": media})


@pytest.mark.parametrize(
    ("content", "media", "ending"),
    [
        (TABLE, "text/csv; charset=utf-8", ".csv"),
        (TABLE.replace(",", "\t"), "text/tab-separated-values", ".tsv"),
        (sheet([line.split(",") for line in TABLE.splitlines()]), SHEET, ".xlsx"),
        (TBX, "application/x-tbx+xml", ".tbx"),
        (TBX, "application/xml", ".tbx"),
    ],
)
def test_a_file_is_the_glossary_that_its_entries_are(api: Api, content: str | bytes, media: str, ending: str) -> None:
    raw = content.encode() if isinstance(content, str) else content
    answer = send(api, "of-a-file", raw, media)
    assert answer.status_code == 200, answer.text
    stored = answer.json()
    assert stored["entries"] == entries_of(parse_glossary(raw, f"x{ending}"))
    assert {"source": "shipyard", "zh": ["船厂"]} in [{**e, "zh": e["zh"][:1]} for e in stored["entries"] if "zh" in e]
    form = api.ask("admin", "PUT", "/v1/glossaries/of-a-file", files={"glossary": (f"our terms{ending}", raw)})
    assert form.json() == stored, "the same entries again make no version"


def test_a_glossary_from_a_file_is_used(api: Api) -> None:
    assert send(api, "used", "source,zh\nshipyard,造船厂\n", "text/csv").status_code == 200
    assert any(f["category"] == "terminology" for f in report(api, glossary="used")["findings"])


@pytest.mark.parametrize(
    ("content", "media", "status", "code", "told"),
    [
        ("term list\na\n", "text/csv", 422, "bad_input", "glossary.csv, line 1: a glossary needs a header"),
        ("source,zh\na,b,c\n", "text/csv", 422, "bad_input", "glossary.csv, line 2: 3 cells"),
        ("source,zh\n", "text/csv", 422, "bad_input", "there is no term"),
        ("", "text/csv", 422, "bad_input", "found nothing"),
        ("source,zh\n船厂,厂\n".encode("gb18030"), "text/csv", 422, "bad_encoding", "UTF-8"),
        (f"source,zh\nshipyard,{'厂' * 501}\n", "text/csv", 422, "bad_fields", "/entries/0"),
        (b"PK\x03\x04 no workbook", SHEET, 422, "bad_input", "glossary.xlsx"),
        ("<tbx>", "application/x-tbx+xml", 422, "bad_input", "glossary.tbx"),
        ("source,zh\n", "application/pdf", 415, "content_type", "text/csv"),
        ("{", "application/json", 400, "bad_json", "not JSON"),
    ],
)
def test_a_file_that_is_no_glossary_is_told_so_and_changes_nothing(
    api: Api, content: str | bytes, media: str, status: int, code: str, told: str
) -> None:
    before = put(api, "broken-file", {"source": "shipyard", "zh": "船厂"})
    assert told in problem(send(api, "broken-file", content, media), status, code)["detail"]
    assert api.get("translator", "/v1/glossaries/broken-file") == before


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"files": {"glossary": ("terms.docx", b"x")}}, "its name ends in .csv"),
        ({"files": {"terms": ("terms.csv", TABLE.encode())}}, "one field, glossary"),
        ({"files": {"glossary": ("terms.csv", TABLE.encode())}, "data": {"more": "x"}}, "one field, glossary"),
        ({"files": [("glossary", ("a.csv", TABLE.encode())), ("glossary", ("b.csv", TABLE.encode()))]}, "is there twice"),
    ],
)
def test_a_form_has_one_file_with_the_terms(api: Api, sent: dict[str, Any], told: str) -> None:
    assert told in problem(api.ask("admin", "PUT", "/v1/glossaries/of-a-form", **sent), 422, "bad_fields")["detail"]
