"""Idempotency keys: sent again, a submission is the same audit; nothing is made twice, and nobody meets another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests import api_kit
from tests.api_kit import ZH_RIGHT, Api, body, problem

api = api_kit.api


def test_the_same_submission_sent_again_is_the_same_audit(api: Api) -> None:
    key = {"Idempotency-Key": "one"}
    first = api.ask("translator", "POST", "/v1/audits", json=body(), headers=key)
    again = api.ask("translator", "POST", "/v1/audits", json=body(), headers=key)
    assert "idempotent-replayed" not in first.headers and again.headers["idempotent-replayed"] == "true"
    assert again.json()["id"] == first.json()["id"] and again.headers["location"] == first.headers["location"]
    api.work(first.json()["id"])
    assert api.ask("translator", "POST", "/v1/audits", json=body(), headers=key).json()["state"] == "finished"


def test_another_body_under_the_same_key_is_a_conflict(api: Api) -> None:
    key = {"Idempotency-Key": "two"}
    api.submit(headers=key)
    for sent in (body(zh=ZH_RIGHT), body(metadata={"article": "x"}), body(id="x")):
        problem(api.ask("translator", "POST", "/v1/audits", json=sent, headers=key), 409, "conflict")


def test_the_same_key_of_two_people_makes_two_audits(api: Api) -> None:
    key = {"Idempotency-Key": "three"}
    assert api.submit(headers=key)["id"] != api.submit("other", headers=key)["id"]


def test_a_new_version_of_the_glossary_does_not_make_the_same_submission_another(api: Api) -> None:
    key, sent = {"Idempotency-Key": "four"}, body(glossary="once")
    api.ask("admin", "PUT", "/v1/glossaries/once", json={"entries": [{"source": "union", "zh": "工会"}]})
    first = api.submit(sent=sent, headers=key)
    api.ask("admin", "PUT", "/v1/glossaries/once", json={"entries": [{"source": "union", "zh": "联盟"}]})
    assert api.submit(sent=sent, headers=key)["id"] == first["id"]
    api.ask("admin", "DELETE", "/v1/glossaries/once")
    assert api.submit(sent=sent, headers=key)["id"] == first["id"]


def test_twenty_at_once_make_one_audit_one_revision_and_one_job(api: Api) -> None:
    sent = body(metadata={"article": "at once"})
    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(lambda _: api.submit(sent=sent, headers={"Idempotency-Key": "five"}), range(20)))
    assert len({m["id"] for m in made}) == 1
    article = api.get("translator", f"/v1/articles/{made[0]['article']}")
    assert article["revisions"] == 1
    assert sum(job == made[0]["id"] for job in api.bench.jobs()) == 1


def test_twenty_versions_at_once_of_a_new_article_are_twenty_revisions_of_one(api: Api) -> None:
    sent = body(metadata={"article": "many at once"})
    with ThreadPoolExecutor(20) as pool:
        made = list(pool.map(lambda _: api.submit(sent=sent), range(20)))
    assert len({m["article"] for m in made}) == 1
    assert sorted(m["revision"] for m in made) == list(range(1, 21))
