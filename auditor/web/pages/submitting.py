"""Submitting by hand: texts pasted or uploaded, their languages detected and confirmed, then put in the queue like any submission.

Two forms, so that it works without a script: the first takes the texts, the second shows what was understood and asks for a yes.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.datastructures import FormData, UploadFile

from auditor.errors import AuditorError, EncodingError, InputError
from auditor.formats.catalogue import INTERFACES, Strings, strings
from auditor.formats.inputs import parse
from auditor.formats.origins import Document
from auditor.intake import MAX_CHARACTERS
from auditor.lang.base import language, language_codes
from auditor.store import articles, audits, glossaries
from auditor.store.audits import Audit
from auditor.web.bodies import RevisionIn, SourceIn, SubmissionIn, TranslationIn
from auditor.web.pages.frame import PageRoute, Posted, Seen, Visitor, field, go, page, remember_language
from auditor.web.problems import ProblemError
from auditor.web.state import Parts, State
from auditor.web.submitting import Sending, check, replayed, revised, sent_digest, submit

router = APIRouter(route_class=PageRoute)
PLACES = ("source", "first", "second")
"""The boxes of the form: the English, and up to two translations."""
_ZIP = b"PK\x03\x04"
_ZIPPED = {".docx", ".xlsx", ".odt", ".epub", ".pages"}
"""Forms that are archives themselves: their readers say what is wrong with them."""
_SAMPLE = 4000
"""Characters of a text that tell its language."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text of the form. `likely`: the language it seems to be in, "" when it is too short to tell."""

    place: str
    text: str
    likely: str


@router.get("/submit")
def ask(
    request: Request, who: Seen, parts: Parts, article: Annotated[str, Query(max_length=40, pattern=r"^[A-Za-z0-9_]*$")] = ""
) -> Response:
    """The first form; for a revision it holds the texts of the latest one."""
    values = dict.fromkeys((*_FIELDS, *PLACES), "")
    if article:
        values |= _latest(parts, who, article)
    return _first(request, who, parts, values)


def _latest(parts: State, who: Visitor, article_id: str) -> dict[str, str]:
    found = articles.get_article(parts.database, article_id, who.caller.sees)
    latest = articles.latest(parts.database, found.id)
    body = audits.submission_body(parts.database, latest.id)
    texts = [body["source"]["text"], *(t["text"] for t in body["translations"])]
    told = (body.get("metadata") or {}).get("translator")
    tags = {f"{place}_tag": t["lang"] for place, t in zip(PLACES[1:], body["translations"], strict=False)}
    return {
        **dict(zip(PLACES, texts, strict=False)), **tags, "article": found.name or found.id, "of": found.id,
        "glossary": body.get("glossary_name") or "", "translator": told if isinstance(told, str) else "",
        "revision": str(found.revisions + 1),
    }  # fmt: skip


def _first(request: Request, who: Visitor, parts: State, values: dict[str, str], problem: str = "", status: int = 200) -> Response:
    known = [g.name for g in glossaries.list_glossaries(parts.database)]
    return page(request, "submit.html", who, status, values=values, places=PLACES, known=known, problem=problem)


@router.post("/submit/check")
def confirm(request: Request, who: Seen, form: Posted, parts: Parts) -> Response:
    """What was understood: each text's language, length and beginning."""
    values = _values(form)
    values |= dict.fromkeys(PLACES, "")
    given = []
    for place in PLACES:
        try:
            given.append(_given(place, _text(form, place, who.t)))
            values[place] = given[-1].text
        except ProblemError as error:
            problem = f"{who.t('submit.' + place)}: {error.detail}"
            return _first(request, who, parts, values | _pasted(form, place), problem, error.status)
    there = [g for g in given if g.text.strip()]
    lacking = "submit.no_source" if not given[0].text.strip() else "submit.no_translation" if len(there) < 2 else ""
    if lacking:
        return _first(request, who, parts, values, who.t(lacking), 422)
    return _second(request, who, there, values)


@router.post("/submit/language")
def in_language(request: Request, who: Seen, form: Posted, parts: Parts) -> Response:
    """The same form in another language of the interface, with all that was typed and the texts of files that were chosen."""
    code = field(form, "language", 10)
    if code in INTERFACES:
        who = replace(who, t=strings(code))
    values = _values(form)
    for place in PLACES:
        try:
            values[place] = _text(form, place, who.t)
        except ProblemError:
            values[place] = str(form.get(place, ""))
    answer = _first(request, who, parts, values)
    remember_language(request, answer, code)
    return answer


def _second(
    request: Request, who: Visitor, there: Sequence[Given], values: dict[str, str], problem: str = "", status: int = 200
) -> Response:
    codes = [c for c in language_codes() if c != "en"]
    values = {**values, "once": secrets.token_urlsafe(16)}  # sent twice, it is one audit
    chosen = {g.place: values.get(f"{g.place}_lang") or (g.likely if g.likely in codes else codes[-1]) for g in there[1:]}
    return page(request, "confirm.html", who, status, given=there, values=values, codes=codes, chosen=chosen, problem=problem)


@router.post("/submit")
def put(request: Request, who: Seen, form: Posted, parts: Parts) -> Response:
    """Store it and show its progress; what is wrong with it is said above the form that it was sent with."""
    values = _values(form)
    there = [g for g in (_given(place, _text(form, place, who.t)) for place in PLACES) if g.text.strip()]
    values |= {g.place: g.text for g in there} | {f"{g.place}_lang": field(form, f"{g.place}_lang", 10) for g in there[1:]}
    try:
        sent = _submission(there, values)
        check(sent.model_dump(exclude={"glossary"}, exclude_none=True))
        of = articles.get_article(parts.database, values["of"], who.caller.sees).id if values["of"] else None
        how = Sending(request.scope["auditor.request"], field(form, "once", 64) or None, sent_digest(sent, of), of)
        audit = replayed(parts, who.caller, how)
        if audit is None:
            sent = _revision(parts, articles.latest(parts.database, of), sent) if of else sent
            audit = submit(parts, who.caller, sent, how)[0]
    except (ProblemError, AuditorError) as error:
        return _second(request, who, there, values, getattr(error, "detail", str(error)), 422)
    return go(f"/desk/{audit.id}")


def _submission(there: Sequence[Given], values: dict[str, str]) -> SubmissionIn:
    if len(there) < 2 or there[0].place != "source":
        raise InputError("an article and at least one translation are needed")
    metadata: dict[str, Any] = {name: values[name] for name in ("article", "translator") if values[name]}
    return SubmissionIn(
        source=SourceIn(text=there[0].text),
        translations=[TranslationIn(lang=values[f"{g.place}_lang"] or g.likely, text=g.text) for g in there[1:]],
        glossary=values["glossary"] or None,
        metadata=metadata,
    )


def _revision(parts: State, latest: Audit, sent: SubmissionIn) -> SubmissionIn:
    """The submission with what the form does not show of the latest revision: metadata, entries that came with it, and of the texts
    that are as they were their line ends and back-translations."""
    before = audits.submission_body(parts.database, latest.id)
    kept = {t["lang"]: TranslationIn(**t) for t in before["translations"]}
    base = revised(parts, latest, RevisionIn(source=sent.source, metadata=sent.metadata))
    same_source = _line_ends(before["source"]["text"]) == sent.source.text
    update = {
        "source": SourceIn(**before["source"]) if same_source else sent.source,
        "translations": [kept[t.lang] if t.lang in kept and _line_ends(kept[t.lang].text) == t.text else t for t in sent.translations],
        "glossary": sent.glossary or (None if isinstance(base.glossary, str) else base.glossary),
    }
    return base.model_copy(update=update)


_FIELDS = ("article", "translator", "glossary", "revision", "of")


def _values(form: FormData) -> dict[str, str]:
    return {name: field(form, name) for name in _FIELDS}


def _pasted(form: FormData, beyond: str) -> dict[str, str]:
    """What is in the boxes after one whose file cannot be read: the form keeps it."""
    return {place: str(form.get(place, "")) for place in PLACES[PLACES.index(beyond) + 1 :]}


def _text(form: FormData, place: str, t: Strings) -> str:
    """A text that was pasted, or the file that was chosen instead. Line ends are \\n: forms send others. Raises ProblemError."""
    file = form.get(f"{place}_file")
    if isinstance(file, UploadFile) and file.filename:
        text = _read(file.file.read(), file.filename, place, t)
    else:
        pasted = form.get(place, "")
        text = pasted if isinstance(pasted, str) else ""
    if len(text) > 2 * MAX_CHARACTERS:
        raise ProblemError(413, "too_large", f"the text has more than {MAX_CHARACTERS:,} characters; split the article", f"/{place}")
    return _line_ends(text)


def _read(raw: bytes, name: str, place: str, t: Strings) -> str:
    """The text of a file of any form that has one text. Raises ProblemError, in the reader's language where a file is of no such form."""
    if raw.startswith(_ZIP) and PurePath(name).suffix.lower() not in _ZIPPED:
        raise ProblemError(422, "bad_fields", t("submit.bad_zip"), f"/{place}")
    try:
        found = parse(raw, "the uploaded file", name)
        if not isinstance(found, Document):
            raise InputError("the uploaded file holds both languages; submit it with `auditor submit` or the API")
    except EncodingError as error:
        raise ProblemError(422, error.code, f"{t('submit.bad_encoding')} ({error})", f"/{place}") from None
    except AuditorError as error:
        raise ProblemError(422, error.code, str(error), f"/{place}") from None
    return found.text


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _given(place: str, text: str) -> Given:
    sample = text[:_SAMPLE]
    best = max(((language(code).likeness(sample), code) for code in language_codes()), default=(0.0, ""))
    return Given(place, text, best[1] if best[0] > 0 else "")
