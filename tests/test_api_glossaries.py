"""Glossaries: versions, spellings, what must not be translated, and which version an audit used."""

from __future__ import annotations

from typing import Any

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
