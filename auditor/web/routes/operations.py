"""For those who run the service: is it alive, is it ready, how does it do. No key is needed; nothing of a text is in them."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from auditor import __version__
from auditor.store.workers import living
from auditor.web.metrics import CONTENT_TYPE
from auditor.web.problems import responses
from auditor.web.state import Parts

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """The process answers."""

    status: str
    version: str


class Ready(BaseModel):
    """The database answers; how many workers were seen in the last 15 seconds (submissions wait while there is none)."""

    status: str
    workers: int


@router.get("/healthz", response_model=Health, summary="Is the process alive?")
async def healthz() -> Health:
    """Asks nothing else."""
    return Health(status="ok", version=__version__)


@router.get("/readyz", response_model=Ready, summary="May requests be sent here?", responses=responses(503))
def readyz(parts: Parts) -> Ready:
    """503 while the database is away, or is no longer the file that was opened (embedded)."""
    parts.database.check_in_place()
    return Ready(status="ok", workers=living(parts.database))


@router.get(
    "/metrics",
    response_class=Response,
    summary="Metrics for Prometheus",
    responses={200: {"content": {"text/plain": {"example": "auditor_queue_depth 0.0\n"}}}, **responses(503)},
)
def metrics(parts: Parts) -> Response:
    """Queue depth and ages, audits by state, seconds by step, findings by category, deliveries, requests."""
    return Response(parts.metrics.text(), headers={"Content-Type": CONTENT_TYPE})
