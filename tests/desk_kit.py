"""The desk for tests: a visitor with cookies who follows links and sends forms as a browser without script does."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

from tests.api_kit import Api

HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7*7 }} javascript:alert(3)'


@dataclass
class Visit:
    """Somebody at the desk."""

    api: Api
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str, **more: object) -> httpx.Response:
        return self._ask("GET", path, **more)

    def page(self, path: str) -> str:
        """A page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers.get("location"), answer.text[:500])
        return answer.text

    def post(self, path: str, token: str | None = None, **fields: str) -> httpx.Response:
        """A form with the token of the session."""
        return self._ask("POST", path, data={"csrf": self.token if token is None else token, **fields})

    def _ask(self, method: str, path: str, **more: object) -> httpx.Response:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **more.pop("headers", {})}  # type: ignore[dict-item]
        self.api.client.cookies.clear()
        answer = self.api.client.request(method, path, headers=headers, follow_redirects=False, **more)  # type: ignore[arg-type]
        self.cookies |= dict(answer.cookies)
        return answer


def visit(api: Api, who: str) -> Visit:
    """Somebody who has signed in with their key."""
    made = Visit(api)
    answer = made.post("/sign-in", key=api.secrets[who])
    assert answer.status_code == 303 and answer.headers["location"] == "/inbox", answer.text
    made.token = value(made.page("/inbox"), "csrf")
    return made


def value(page: str, name: str, after: str = "") -> str:
    """The value of the first hidden field of that name, behind some words when they are given."""
    found = re.search(rf'name="{name}"(?: maxlength="\d+")? value="([^"]*)"', page[page.index(after) :] if after else page)
    assert found, f"no field {name}"
    return html.unescape(found[1])


class Seen(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def assert_harmless(page: str) -> None:
    """Nothing of a page comes from a text: no script but our own files, no handlers, no addresses elsewhere."""
    for tag, attributes in Seen(page).tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        address = attributes.get("src") or attributes.get("href") or attributes.get("action") or ""
        assert address == "" or address.startswith(("/", "#")), (tag, attributes)
        assert tag not in ("iframe", "object", "embed", "base", "style"), tag
        if tag == "script":
            assert str(attributes.get("src")).startswith("/static/")
        if tag == "img":
            assert str(attributes.get("src")).startswith("/trends/")
    assert "<script>alert" not in page and "<img src=x" not in page
