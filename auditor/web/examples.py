"""What OpenAPI shows of each answer: one made-up audit, its article, a finding and the rest, as a client would get them."""

from __future__ import annotations

from typing import Any

_AUDIT_ID, _ARTICLE_ID, _KEY_ID = "aud_3f9a1c20b7d14e5a9c8b7a60", "art_77d0a1b2c3d4e5f601234567", "key_9a8b7c6d5e4f3a2b1c0d9e8f"
_AT = "2026-11-26T12:00:00.000Z"
_AUDIT: dict[str, Any] = {
    "id": _AUDIT_ID, "external_id": "trade-2026-05", "state": "finished", "step": None, "progress": 1.0, "queue_position": None,
    "submitted_at": _AT, "started_at": _AT, "finished_at": "2026-11-26T12:00:02.300Z", "article": _ARTICLE_ID, "revision": 2,
    "languages": ["zh", "ja"], "submitted_by": _KEY_ID, "metadata": {"article": "trade-2026-05", "translator": "Li"},
    "glossary": {"name": "house-style", "version": 3}, "verdict": "drifted", "findings": {"critical": 1, "major": 0, "minor": 2},
    "texts_removed_at": None, "error": None,
    "links": {"self": f"/v1/audits/{_AUDIT_ID}", "report": f"/v1/audits/{_AUDIT_ID}/report", "events": f"/v1/audits/{_AUDIT_ID}/events",
              "changes": f"/v1/audits/{_AUDIT_ID}/changes", "article": f"/v1/articles/{_ARTICLE_ID}"},
}  # fmt: skip
_ARTICLE = {"id": _ARTICLE_ID, "name": "trade-2026-05", "created_at": _AT, "revisions": 2, "latest": _AUDIT}
_DECISION = {
    "number": 1, "decision": "false_alarm", "reason": "the unit was converted", "comment": None, "author": "Mori", "made_at": _AT,
    "audit": _AUDIT_ID,
}  # fmt: skip
_FINDING: dict[str, Any] = {
    "id": f"{_AUDIT_ID}.zh-figure-3f9a1c", "finding": "zh-figure-3f9a1c", "audit": _AUDIT_ID, "article": _ARTICLE_ID, "lang": "zh",
    "category": "figure", "type": "magnitude", "severity": "critical", "confidence": 0.97, "agreement": "zh only", "status": "open",
    "decision": "false_alarm", "version": 1, "reopened": False, "reason": "the unit was converted", "comment": None, "author": "Mori",
    "made_at": _AT, "history": [_DECISION],
}  # fmt: skip
_OPEN = {
    **_FINDING, "id": f"{_AUDIT_ID}.zh-name-77d0a1", "finding": "zh-name-77d0a1", "category": "name", "type": "replaced", "status": "new",
    "decision": "open", "version": 0, "reason": None, "author": None, "made_at": None, "history": None,
}  # fmt: skip
_GLOSSARY = {
    "name": "house-style", "version": 3, "author": "Mori", "made_at": _AT,
    "entries": [{"source": "Strait of Hormuz", "zh": "霍尔木兹海峡", "ja": "ホルムズ海峡"}],
}  # fmt: skip
_WEBHOOK = {
    "id": "whk_0f1e2d3c4b5a697887766554", "url": "https://tools.example.com/hooks/audits", "events": ["audit.finished"], "created_at": _AT,
    "secret": None,
}  # fmt: skip
_DELIVERY = {
    "id": "del_5a5b5c5d5e5f505152535455", "event": "audit.finished", "audit": _AUDIT_ID, "state": "delivered", "attempts": 1,
    "status_code": 204, "error": None, "created_at": _AT, "tried_at": _AT, "next_at": None,
}  # fmt: skip
_KEY = {
    "id": _KEY_ID, "name": "Li", "role": "translator", "created_at": _AT, "expires_at": None, "revoked_at": None, "used_at": _AT,
    "key": None,
}  # fmt: skip

ANSWERS: dict[str, Any] = {
    "AuditOut": _AUDIT,
    "AuditPage": {"items": [_AUDIT], "next": None},
    "ArticleOut": _ARTICLE,
    "ArticlePage": {"items": [_ARTICLE], "next": None},
    "ChangesOut": {"audit": _AUDIT_ID, "previous": None, "new": [_OPEN], "gone": [], "still_open": [], "decided": [_FINDING]},
    "FindingOut": _FINDING,
    "FindingPage": {"items": [_OPEN], "next": None},
    "BulkOut": {"decided": 4},
    "StatsOut": {
        "audits": {"finished": 210, "queued": 3},
        "checks": [{"category": "figure", "type": "magnitude", "findings": 31, "decided": 20, "false_alarms": 1, "false_alarm_rate": 0.05}],
    },
    "GlossaryOut": _GLOSSARY,
    "GlossaryList": {"items": [{**_GLOSSARY, "entries": None}]},
    "WebhookOut": {**_WEBHOOK, "secret": "5f0c9b3a..."},
    "WebhookList": {"items": [_WEBHOOK]},
    "DeliveryOut": _DELIVERY,
    "DeliveryList": {"items": [_DELIVERY]},
    "KeyOut": _KEY,
    "KeyList": {"items": [_KEY]},
    "SessionOut": {"name": "Mori", "role": "editor", "csrf_token": "nq0yF3v2..."},
    "Health": {"status": "ok", "version": "0.1.0"},
    "Ready": {"status": "ok", "workers": 2},
}
"""By the name of the answer's schema."""


def fill(document: dict[str, Any]) -> None:
    """Put them into an OpenAPI document."""
    for operations in document["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
                    if name in ANSWERS:
                        content["example"] = ANSWERS[name]
