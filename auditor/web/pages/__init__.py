"""The editor's desk: pages rendered on the server. They read and decide through the store, as the API does; none of them audits."""

from __future__ import annotations

from fastapi import FastAPI

from auditor.web.pages import changes, deciding, desk, frame, glossaries, inbox, keys, signing, submitting, trends

refused = frame.refused
ROUTERS = tuple(m.router for m in (signing, inbox, desk, deciding, changes, submitting, glossaries, keys, trends))


def install(app: FastAPI) -> None:
    """Serve the pages, their styles and scripts, and say what is wrong as a page where a browser asks."""
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    frame.mount_static(app)
    frame.install_errors(app)
