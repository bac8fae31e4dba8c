"""What every page shares: who looks at it, in which language, its frame, its errors, its styles and scripts."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from auditor.errors import AuditorError
from auditor.formats.catalogue import INTERFACES, Strings, strings
from auditor.formats.html import shared_globals, template_text
from auditor.store.ids import iso, now
from auditor.web import problems
from auditor.web.access import Caller
from auditor.web.bodies import NOT_PLAIN
from auditor.web.forms import MOST_PART, multipart_of
from auditor.web.problems import ProblemError

LANGUAGE_COOKIE = "auditor_language"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_MOST_FIELDS = 200
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at a page: the caller, the token that their forms must carry, the strings of their language."""

    caller: Caller
    token: str
    t: Strings

    @property
    def decides(self) -> bool:
        """May they decide about findings?"""
        return self.caller.key.role in ("editor", "admin")

    @property
    def administers(self) -> bool:
        """May they change glossaries and keys?"""
        return self.caller.key.role == "admin"


def strings_of(request: Request) -> Strings:
    """The strings of the language that was chosen, else of the one that the browser likes best, else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in INTERFACES:
        return strings(chosen)
    liked = []
    for place, part in enumerate(request.headers.get("accept-language", "")[:500].split(",")):
        tag, _, quality = part.partition(";q=")
        liked.append((-_quality(quality), place, tag.strip().lower().split("-")[0]))
    return strings(next((code for _, _, code in sorted(liked) if code in INTERFACES), "en"))


def remember_language(request: Request, answer: Response, code: str) -> None:
    """Keep the language that was chosen; one that is not known changes nothing."""
    if code in INTERFACES:
        answer.set_cookie(LANGUAGE_COOKIE, code, max_age=_YEAR, httponly=True, samesite="lax", secure=request.url.scheme == "https")


def _quality(raw: str) -> float:
    try:
        return float(raw or 1)
    except ValueError:
        return 0.0


def visitor(request: Request) -> Visitor:
    """The visitor of a page. Raises 401 for nobody."""
    caller, token = request.app.state.access.page(request)
    request.scope["auditor.key"] = caller.key.id
    return Visitor(caller, token, strings_of(request))


def _at_least(*roles: str) -> Callable[[Visitor], Visitor]:
    def check(who: Annotated[Visitor, Depends(visitor)]) -> Visitor:
        if who.caller.key.role not in roles:
            raise ProblemError(403, "forbidden", f"only {' or '.join(roles)} may do this; this key is of the role {who.caller.key.role}")
        return who

    return check


Seen = Annotated[Visitor, Depends(visitor)]
Editing = Annotated[Visitor, Depends(_at_least("editor", "admin"))]
Administering = Annotated[Visitor, Depends(_at_least("admin"))]


async def read_form(request: Request) -> FormData:
    """The fields of a form that was sent. Raises 415 for another body, 400 and 422 for one that is broken."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise ProblemError(415, "content_type", "send a form")
    if kind == "multipart/form-data":
        return await multipart_of(request, _MOST_FIELDS)
    return await request.form(max_fields=_MOST_FIELDS, max_part_size=MOST_PART)


Form = Annotated[FormData, Depends(read_form)]


def with_token(who: Seen, form: Form) -> FormData:
    """The form of a visitor, sent from a page of their session. Raises 403 for one from elsewhere."""
    if not hmac.compare_digest(who.token.encode(), str(form.get("csrf", "")).encode()):
        raise ProblemError(403, "csrf", "this form is not from a page of your session; open the page again")
    return form


Posted = Annotated[FormData, Depends(with_token)]


def field(form: FormData, name: str, most: int = 500) -> str:
    """A text field, its ends stripped, line ends as \\n. Raises ProblemError beyond its length."""
    value = form.get(name, "")
    text = value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
    if len(text) > most:
        raise ProblemError(422, "bad_fields", f"{name} has more than {most:,} characters", f"/{name}")
    return plain(text, name)


def plain(text: str, name: str) -> str:
    """Text that both databases take. Raises ProblemError for control characters."""
    if bad := NOT_PLAIN.search(text):
        raise ProblemError(422, "bad_fields", f"{name}: U+{ord(bad[0]):04X} is a control character; remove it", f"/{name}")
    return text


# --- Pages


def page(request: Request, template: str, who: Visitor | None, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as a whole page."""
    return HTMLResponse(
        text_of(request, template, who, **values), status, {"Content-Security-Policy": POLICY, "Vary": "Cookie, Accept-Language"}
    )


def text_of(request: Request, template: str, who: Visitor | None, **values: Any) -> str:
    """A template, rendered."""
    t = who.t if who else strings_of(request)
    found: str = (
        environment()
        .get_template(template)
        .render(
            **{
                "t": t,
                "who": who,
                "path": request.url.path,
                "here": here(request),
                "made_by_form": request.method == "POST",
                "interfaces": INTERFACES,
                "age": _age(t),
                "moment": _moment(t),
            }
            | values
        )
    )
    return found


def here(request: Request) -> str:
    """The address of the page within the service, to come back to."""
    return quote(request.url.path) + (f"?{request.url.query}" if request.url.query else "")


def local(address: object, otherwise: str = "/inbox") -> str:
    """An address within the service, or the other one: nobody is sent elsewhere."""
    text = str(address or "")
    good = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isascii() and text.isprintable()
    return text if good and "\\" not in text and len(text) < 2000 else otherwise


def go(address: str) -> RedirectResponse:
    """On to another page, after a form."""
    return RedirectResponse(address, 303)


def _age(t: Strings) -> Callable[[int], str]:
    def age(at: int) -> str:
        from babel.dates import format_timedelta

        return str(format_timedelta(timedelta(milliseconds=min(0, at - now())), add_direction=True, locale=t.code, threshold=1.2))

    return age


def _moment(t: Strings) -> Callable[[int], str]:
    def moment(at: int) -> str:
        from babel.dates import format_datetime

        return str(format_datetime(datetime.fromtimestamp(at / 1000, UTC), "medium", locale=t.code)) + " UTC"

    return moment


@cache
def environment() -> Any:
    """Jinja over the pages' own templates and those shared with the report; everything is escaped, a forgotten value is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {**shared_globals(), "static": static, "iso": iso}
    return made


def _template(name: str) -> str | None:
    file = resources.files("auditor.web") / "templates" / name
    return file.read_text(encoding="utf-8") if file.is_file() else template_text(name)


# --- Styles and scripts


_SHARED = ("shared.css",)


def _folders() -> tuple[Path, Path]:
    return Path(str(resources.files("auditor.web") / "static")), Path(str(resources.files("auditor.formats") / "templates"))


@cache
def _stamp() -> str:
    """A digest of every file that is served: an address that holds it can be kept by browsers for ever."""
    own, shared = _folders()
    files = sorted(p for p in own.rglob("*") if p.is_file()) + [shared / name for name in _SHARED]
    return hashlib.sha256(b"\0".join(p.name.encode() + b"\0" + p.read_bytes() for p in files)).hexdigest()[:12]


def static(name: str) -> str:
    """The address of a style or script."""
    return f"/static/{_stamp()}/{name}"


class _Kept(StaticFiles):
    """Files whose address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


class _Only(_Kept):
    """Of the shared folder, what is a style; its templates are nobody's business."""

    def lookup_path(self, path: str) -> tuple[str, Any]:
        return super().lookup_path(path) if path in _SHARED else ("", None)


def mount_static(app: FastAPI) -> None:
    """Serve the styles and scripts."""
    own, shared = _folders()
    app.mount(f"/static/{_stamp()}/shared", _Only(directory=shared))
    app.mount(f"/static/{_stamp()}", _Kept(directory=own))


# --- Errors as pages


class PageRoute(APIRoute):
    """A route whose errors are pages; nobody's request leads to the sign-in page."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        answered = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await answered(request)
            except (ProblemError, AuditorError, RequestValidationError, ValidationError, HTTPException) as error:
                return failed(request, error)
            except Exception as error:
                problems.fault(error)  # into the log
                return error_page(request, 500, "internal", "a fault of the auditor itself; its log says more under the id in X-Request-ID")

        return handler


def failed(request: Request, error: Exception) -> Response:
    """The page of an error."""
    status, code, detail, headers = _told(error)
    if status == 401 and request.method in ("GET", "HEAD") and "x-fragment" not in request.headers:
        return RedirectResponse(f"/sign-in?next={quote(here(request), safe='')}", 303)
    return error_page(request, status, code, detail, headers)


def error_page(request: Request, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """What went wrong, and where to go on."""
    try:
        who: Visitor | None = visitor(request)
    except (ProblemError, AuditorError):
        who = None
    known = status if status in problems.TITLES else 500
    answer = page(request, "error.html", who, status, code=code, kind=f"error.{known}", detail=detail, code_number=status)
    answer.headers.update({k: v for k, v in (headers or {}).items() if k.lower() != "www-authenticate"})
    return answer


def _told(error: Exception) -> tuple[int, str, str, Mapping[str, str] | None]:
    if isinstance(error, ProblemError):
        return error.status, error.code, error.detail, error.headers
    if isinstance(error, AuditorError):
        return problems.status_of(error), error.code, str(error), None
    if isinstance(error, HTTPException):
        return error.status_code, "error", str(error.detail), error.headers
    assert isinstance(error, RequestValidationError | ValidationError)
    fields = [(problems.pointer(e["loc"]), str(e["msg"]).removeprefix("Value error, ")) for e in error.errors()]
    return 422, "bad_fields", "; ".join(f"{where or '/'}: {why}" for where, why in fields[:3]), None


def wants_page(request: Request) -> bool:
    """Is it a browser that asks, for none of the API's addresses?"""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(("/v1", "/static"))


def refused(scope: Scope, status: int, code: str, detail: str, headers: Mapping[str, str]) -> Response | None:
    """The page of an error that was found before a route was asked; None where a browser does not ask."""
    request = Request(scope)
    return error_page(request, status, code, detail, headers) if wants_page(request) else None


def install_errors(app: FastAPI) -> None:
    """Addresses that are nothing, or do not take a method, answer a browser with a page; everybody else, and the API, with a problem."""
    of_api: Any = app.exception_handlers[HTTPException]

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        answer: Response = failed(request, error) if wants_page(request) else await of_api(request, error)
        return answer
