"""Idempotency keys: sent again, a submission is the same audit; nothing is made twice, and nobody meets another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

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


def test_the_same_revision_sent_again_is_the_same_audit(api: Api) -> None:
    article = api.submit()["article"]
    address, new = f"/v1/articles/{article}/revisions", {"translations": [{"lang": "zh", "text": ZH_RIGHT}]}
    first, again = (api.ask("translator", "POST", address, json=new, headers={"Idempotency-Key": "six"}) for _ in range(2))
    assert first.status_code == again.status_code == 202, again.text
    assert "idempotent-replayed" not in first.headers and again.headers["idempotent-replayed"] == "true"
    assert again.json()["id"] == first.json()["id"] and again.json()["revision"] == 2
    other = {"translations": [{"lang": "zh", "text": ZH_RIGHT + ZH_RIGHT}]}
    problem(api.ask("translator", "POST", address, json=other, headers={"Idempotency-Key": "six"}), 409, "conflict")
    elsewhere = f"/v1/articles/{api.submit()['article']}/revisions"
    problem(api.ask("translator", "POST", elsewhere, json=new, headers={"Idempotency-Key": "six"}), 409, "conflict")


def test_of_many_sent_at_once_the_refused_take_nothing_with_them(api: Api) -> None:
    """They are stored together, in a few transactions: each is taken or refused for itself."""
    used = {"Idempotency-Key": "seven"}
    api.submit(headers=used)
    before, commits = set(api.bench.jobs()), []

    def count(connection: sa.Connection) -> None:
        commits.append(connection)

    sa.event.listen(api.bench.database._writer, "commit", count)
    try:
        with ThreadPoolExecutor(30) as pool:
            asked = [(used if n % 3 == 0 else {}, body(id=f"many-{n}")) for n in range(30)]
            answers = list(pool.map(lambda a: api.ask("translator", "POST", "/v1/audits", json=a[1], headers=a[0]), asked))
    finally:
        sa.event.remove(api.bench.database._writer, "commit", count)
    assert [a.status_code for a in answers] == [409 if n % 3 == 0 else 202 for n in range(30)]
    made = {a.json()["id"]: a.json()["external_id"] for a in answers if a.status_code == 202}
    assert set(api.bench.jobs()) - before == set(made)
    assert sorted(made.values()) == sorted(f"many-{n}" for n in range(30) if n % 3)
    assert len(commits) < 20
