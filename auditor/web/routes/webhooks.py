"""Webhooks: told when audits end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from auditor.errors import MissingError
from auditor.store import webhooks
from auditor.web.access import Anyone, Caller, KeyRoute
from auditor.web.bodies import WebhookIn
from auditor.web.problems import responses
from auditor.web.schemas import DeliveryList, DeliveryOut, WebhookList, WebhookOut
from auditor.web.state import Parts, State
from auditor.web.views import delivery_out, webhook_out

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], route_class=KeyRoute)
WebhookId = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9_]+$", examples=["whk_0f1e2d3c4b5a697887766554"])]


@router.post(
    "",
    status_code=201,
    response_model=WebhookOut,
    summary="Add a webhook",
    responses=responses(400, 401, 403, 409, 413, 415, 422, 429, 503),
)
def add(sent: WebhookIn, parts: Parts, caller: Anyone) -> WebhookOut:
    """Own audits for a translator, all for an editor. The secret that signs the deliveries is in this answer and nowhere else.

    409 when the key has as many webhooks as it may.
    """
    made = webhooks.create_webhook(parts.database, caller.key.id, sent.url, sent.events, parts.service.webhooks)
    return webhook_out(made, secret=True)


@router.get("", response_model=WebhookList, summary="List webhooks", responses=responses(401, 429, 503))
def listed(parts: Parts, caller: Anyone) -> WebhookList:
    """Own ones; all for an admin."""
    return WebhookList(items=[webhook_out(h) for h in webhooks.list_webhooks(parts.database, _whose(caller))])


@router.delete("/{webhook_id}", status_code=204, summary="Remove a webhook", responses=responses(401, 403, 404, 422, 429, 503))
def remove(webhook_id: WebhookId, parts: Parts, caller: Anyone) -> Response:
    """What waits for it is given up."""
    webhooks.remove_webhook(parts.database, _visible(parts, caller, webhook_id).id)
    return Response(status_code=204)


@router.get(
    "/{webhook_id}/deliveries",
    response_model=DeliveryList,
    summary="What was delivered to it",
    responses=responses(401, 404, 422, 429, 503),
)
def deliveries(webhook_id: WebhookId, parts: Parts, caller: Anyone) -> DeliveryList:
    """The last hundred, the newest first."""
    hook = _visible(parts, caller, webhook_id)
    return DeliveryList(items=[delivery_out(d) for d in webhooks.list_deliveries(parts.database, hook.id)])


@router.post(
    "/{webhook_id}/ping",
    status_code=202,
    response_model=DeliveryOut,
    summary="Send it a ping",
    responses=responses(401, 403, 404, 422, 429, 503),
)
def ping(webhook_id: WebhookId, parts: Parts, caller: Anyone) -> DeliveryOut:
    """A delivery of the event `ping`, to try a webhook out; its outcome is among the deliveries."""
    hook = _visible(parts, caller, webhook_id)
    with parts.database.write() as connection:
        delivery_id = webhooks.add_delivery(connection, hook.id, "ping", None)
        parts.queue.put_delivery(connection, delivery_id)
    made = webhooks.get_delivery(parts.database, delivery_id)
    assert made is not None
    return delivery_out(made)


def _whose(caller: Caller) -> str | None:
    return None if caller.key.role == "admin" else caller.key.id


def _visible(parts: State, caller: Caller, webhook_id: str) -> webhooks.Webhook:
    hook = webhooks.get_webhook(parts.database, webhook_id)
    if _whose(caller) not in (None, hook.key_id):
        raise MissingError(f"there is no webhook {webhook_id}")
    return hook
