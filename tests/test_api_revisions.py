"""Articles and their revisions: what is new, gone and still open, and what editors decided about it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from auditor.store import audits
from tests import api_kit
from tests.api_kit import JA, ZH, ZH_RIGHT, Api, body, problem

api = api_kit.api
UNION_LEFT_OUT = ZH.partition("\n")[0] + "\n工会拒绝了新合同。"
FALL_TO_RISE = ZH.replace("下降", "上升")


def magnitude(found: list[dict[str, Any]]) -> dict[str, Any]:
    [one] = [f for f in found if f["category"] == "figure"]
    return one


def changes(api: Api, audit: str) -> dict[str, list[str]]:
    told = api.get("editor", f"/v1/audits/{audit}/changes")
    return {name: [f["finding"] for f in told[name]] for name in ("new", "gone", "still_open", "decided")}


def test_a_new_version_of_one_language_is_a_revision_with_the_rest_as_it_was(api: Api) -> None:
    first = api.finished(sent=body(ja=JA, metadata={"article": "rev", "desk": "trade"}))
    second = api.revise(first["article"], translations=[{"lang": "zh", "text": ZH_RIGHT}])
    assert (second["revision"], second["article"], second["languages"]) == (2, first["article"], ["zh", "ja"])
    assert second["metadata"] == {"article": "rev", "desk": "trade"}
    named = api.submit(sent=body(metadata={"article": "rev"}))
    assert (named["article"], named["revision"]) == (first["article"], 3)
    listed = api.get("translator", f"/v1/articles/{first['article']}/revisions", params={"limit": 2})
    assert [a["revision"] for a in listed["items"]] == [3, 2]
    rest = api.get("translator", f"/v1/articles/{first['article']}/revisions", params={"limit": 2, "cursor": listed["next"]})
    assert [a["revision"] for a in rest["items"]] == [1] and rest["next"] is None
    problem(api.ask("translator", "POST", f"/v1/articles/{first['article']}/revisions", json={}), 422)


def test_what_is_new_gone_and_still_open(api: Api) -> None:
    first = api.finished()
    assert changes(api, first["id"])["new"], "without a revision before all is new"
    second = api.revise(first["article"], translations=[{"lang": "zh", "text": FALL_TO_RISE}])
    problem(api.ask("editor", "GET", f"/v1/audits/{second['id']}/changes"), 404)
    api.work(second["id"])
    told = changes(api, second["id"])
    assert magnitude(api.findings(first["id"]))["finding"] in told["still_open"] and told["new"] and not told["gone"]
    third = api.revise(first["article"], translations=[{"lang": "zh", "text": ZH_RIGHT}])
    api.work(third["id"])
    told = changes(api, third["id"])
    wrong = magnitude(api.findings(first["id"]))["finding"]
    assert wrong in told["gone"] and wrong not in told["still_open"]
    assert api.get("editor", f"/v1/audits/{third['id']}/changes")["previous"] == second["id"]


def test_revisions_that_end_out_of_order_are_compared_in_theirs(api: Api) -> None:
    first = api.submit()
    second = api.revise(first["article"], translations=[{"lang": "zh", "text": FALL_TO_RISE}])
    api.work(second["id"])
    assert not changes(api, second["id"])["still_open"]
    api.work(first["id"])
    told = changes(api, second["id"])
    assert told["still_open"] and told["new"]
    assert api.ask("editor", "DELETE", f"/v1/audits/{first['id']}").status_code == 204
    told = changes(api, second["id"])
    assert told["new"] and not told["still_open"], "what it was compared with is gone"


def test_a_decision_carries_over_and_reopens_only_when_one_of_its_passages_changed(api: Api) -> None:
    first = api.finished()
    found = magnitude(api.findings(first["id"]))
    decided = api.decide(found["id"], decision="intended", reason="the desk asked for it", version=0).json()
    assert (decided["decision"], decided["version"], decided["author"], decided["reopened"]) == ("intended", 1, "editor", False)

    other_passage = api.revise(first["article"], translations=[{"lang": "zh", "text": UNION_LEFT_OUT}])
    api.work(other_passage["id"])
    kept = magnitude(api.findings(other_passage["id"]))
    assert (kept["finding"], kept["decision"], kept["reopened"]) == (found["finding"], "intended", False)
    assert kept["finding"] in changes(api, other_passage["id"])["decided"]

    own_passage = api.revise(first["article"], translations=[{"lang": "zh", "text": UNION_LEFT_OUT.replace("货运额", "货物运输额")}])
    api.work(own_passage["id"])
    again = magnitude(api.findings(own_passage["id"]))
    assert (again["finding"], again["decision"], again["reopened"], again["version"]) == (found["finding"], "open", True, 1)
    whole = api.get("editor", f"/v1/findings/{again['id']}")
    assert [h["decision"] for h in whole["history"]] == ["intended"]
    assert api.decide(again["id"], decision="accepted", version=1).json()["version"] == 2
    assert api.get("translator", f"/v1/findings/{again['id']}")["decision"] == "accepted"


def test_the_history_of_a_finding_is_kept(api: Api) -> None:
    found = magnitude(api.findings(api.finished()["id"]))
    for number, decision in enumerate(("accepted", "false_alarm", "fixed", "wont_fix", "open")):
        told = api.decide(found["id"], "editor" if number % 2 else "admin", decision=decision, comment=f"look {number}").json()
    assert [h["decision"] for h in told["history"]] == ["accepted", "false_alarm", "fixed", "wont_fix", "open"]
    assert [h["comment"] for h in told["history"]] == [f"look {n}" for n in range(5)]
    assert {h["author"] for h in told["history"]} == {"editor", "admin"} and told["decision"] == "open"


def test_a_decision_made_meanwhile_is_a_conflict_and_not_overwritten(api: Api) -> None:
    found = magnitude(api.findings(api.finished()["id"]))
    assert api.decide(found["id"], decision="accepted", version=0).is_success
    problem(api.decide(found["id"], "second_editor", decision="false_alarm", version=0), 409, "conflict")
    assert api.get("editor", f"/v1/findings/{found['id']}")["decision"] == "accepted"


@pytest.mark.parametrize("versioned", [True, False])
def test_editors_at_once_lose_no_decision(api: Api, versioned: bool) -> None:
    found = magnitude(api.findings(api.finished()["id"]))
    sent = {"decision": "accepted", **({"version": 0} if versioned else {})}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: api.decide(found["id"], ("editor", "second_editor")[n % 2], comment=str(n), **sent), range(16)))
    history = api.get("editor", f"/v1/findings/{found['id']}")["history"]
    taken = [n for n, a in enumerate(answers) if a.status_code == 200]
    assert sorted(int(h["comment"]) for h in history) == taken
    assert [h["number"] for h in history] == list(range(1, len(taken) + 1))
    assert len(taken) == (1 if versioned else 16) and {a.status_code for a in answers} <= {200, 409}


def test_many_are_decided_by_filter_together(api: Api) -> None:
    audit = api.finished(sent=body(zh=FALL_TO_RISE))
    found = api.findings(audit["id"])
    assert len(found) >= 2
    api.decide(magnitude(found)["id"], decision="accepted")
    filters = {"audit": audit["id"], "decision": "open"}
    told = api.ask("editor", "PATCH", "/v1/findings", json={"filter": filters, "decision": "false_alarm", "reason": "house style"})
    assert told.json() == {"decided": len(found) - 1}
    now = api.findings(audit["id"])
    assert magnitude(now)["decision"] == "accepted" and {f["decision"] for f in now} == {"accepted", "false_alarm"}
    assert api.findings(audit["id"], decision="false_alarm", category="figure") == []
    again = api.ask("editor", "PATCH", "/v1/findings", json={"filter": filters, "decision": "fixed"})
    assert again.json() == {"decided": 0}
    both = {"audit": audit["id"], "article": api.finished()["article"]}
    assert api.ask("editor", "PATCH", "/v1/findings", json={"filter": both, "decision": "fixed"}).json() == {"decided": 0}
    problem(api.ask("editor", "PATCH", "/v1/findings", json={"filter": {"audit": "aud_0"}, "decision": "fixed"}), 404)


def test_a_bulk_decision_overrules_nobody_who_decided_at_the_same_moment(api: Api) -> None:
    audit = api.finished(sent=body(zh=FALL_TO_RISE))
    found = api.findings(audit["id"])
    bulk = {"filter": {"audit": audit["id"], "decision": "open"}, "decision": "false_alarm"}
    with ThreadPoolExecutor(8) as pool:
        one_by_one = [pool.submit(api.decide, f["id"], "second_editor", decision="accepted", version=0) for f in found]
        pool.submit(api.ask, "editor", "PATCH", "/v1/findings", json=bulk).result()
        answers = [a.result() for a in one_by_one]
    for finding, answer in zip(found, answers, strict=True):
        history = api.get("editor", f"/v1/findings/{finding['id']}")["history"]
        assert [h["decision"] for h in history] == (["accepted"] if answer.status_code == 200 else ["false_alarm"])


def test_stats_tell_the_rate_of_false_alarms_of_each_check(api: Api) -> None:
    def figure() -> dict[str, Any]:
        checks = api.get("editor", "/v1/stats")["checks"]
        return next(
            (c for c in checks if c["category"] == "figure" and c["type"] == kind),
            dict.fromkeys(("findings", "decided", "false_alarms"), 0),
        )

    audit = api.finished()
    one = magnitude(api.findings(audit["id"]))
    kind = one["type"]
    before = figure()
    api.decide(one["id"], decision="false_alarm")
    after = figure()
    assert (after["decided"], after["false_alarms"]) == (before["decided"] + 1, before["false_alarms"] + 1)
    assert after["false_alarm_rate"] == round(after["false_alarms"] / after["decided"], 4)
    again = api.revise(audit["article"], translations=[{"lang": "zh", "text": UNION_LEFT_OUT}])
    api.work(again["id"])
    assert figure()["findings"] == after["findings"], "a finding of two revisions counts once"


def test_a_finding_by_the_id_of_its_report_is_found_when_only_one_article_has_it(api: Api) -> None:
    zh = ZH.replace("1.9亿", "1.95亿")
    audit = api.finished(sent=body(zh=zh))
    one = magnitude(api.findings(audit["id"]))
    assert api.get("translator", f"/v1/findings/{one['finding']}")["id"] == one["id"]
    twin = api.finished("other", body(zh=zh))
    told = problem(api.ask("editor", "GET", f"/v1/findings/{one['finding']}"), 409)
    assert one["id"] in told["detail"] and twin["id"] in told["detail"]
    assert api.get("translator", f"/v1/findings/{one['finding']}")["id"] == one["id"], "another's is not hers to choose from"
    problem(api.ask("translator", "GET", f"/v1/findings/{twin['id']}.{one['finding']}"), 404)


def test_lists_of_findings_go_on_where_they_stopped(api: Api) -> None:
    audit = api.finished(sent=body(zh=FALL_TO_RISE))
    whole, cursor, seen = api.findings(audit["id"]), None, []
    while True:
        page = api.get("editor", "/v1/findings", params={"audit": audit["id"], "limit": 1, **({"cursor": cursor} if cursor else {})})
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [f["id"] for f in seen] == [f["id"] for f in whole]


def test_an_article_goes_with_the_last_of_its_audits(api: Api) -> None:
    audit = api.finished()
    assert api.ask("translator", "DELETE", f"/v1/audits/{audit['id']}").status_code == 204
    problem(api.ask("translator", "GET", f"/v1/articles/{audit['article']}"), 404)
    problem(api.ask("translator", "GET", f"/v1/audits/{audit['id']}/report"), 404)


def test_a_queued_audit_is_cancelled_and_then_deleted(api: Api) -> None:
    audit = api.submit()
    cancelled = api.ask("translator", "DELETE", f"/v1/audits/{audit['id']}")
    assert cancelled.status_code == 202 and cancelled.json()["state"] == "cancelled"
    told = problem(api.ask("translator", "GET", f"/v1/audits/{audit['id']}/report"), 404)
    assert "cancelled" in told["detail"]
    assert api.bench.jobs()[audit["id"]] == "CANCELLED"
    assert api.ask("translator", "DELETE", f"/v1/audits/{audit['id']}").status_code == 204


def test_versions_of_two_languages_at_once_lose_nothing_of_each_other(api: Api) -> None:
    article = api.submit(sent=body(ja=JA))["article"]
    sent = [{"translations": [{"lang": lang, "text": f"{text}{n}"}]} for n in range(6) for lang, text in (("zh", ZH_RIGHT), ("ja", JA))]
    with ThreadPoolExecutor(12) as pool:
        made = list(pool.map(lambda s: api.revise(article, **s), sent))
    made.sort(key=lambda m: m["revision"])
    assert [m["revision"] for m in made] == list(range(2, 14))
    before: dict[str, str] = {}
    for audit in made:
        stored = audits.submission_body(api.bench.database, audit["id"])
        texts = {t["lang"]: t["text"] for t in stored["translations"]}
        assert before == {} or sum(texts[lang] != before[lang] for lang in texts) == 1
        before = texts
