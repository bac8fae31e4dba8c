"""From what a client sent to a stored audit with its job: checked, its glossary put in, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import Depends, Header
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json as from_json_text

from auditor.errors import AuditorError, InputError, LanguageError, MissingError
from auditor.formats.files import decode
from auditor.formats.forms import brings_translations
from auditor.formats.glossary import parse_glossary
from auditor.formats.inputs import Bundle, assemble, parse, parse_bundle
from auditor.formats.origins import Document
from auditor.formats.readers.bilingual import Bilingual
from auditor.formats.stored import body_of
from auditor.formats.terms import entries_of
from auditor.intake import Translation, check_alignment, check_back, check_text
from auditor.lang.base import language, language_codes
from auditor.model import Stated
from auditor.store import audits, glossaries, ids
from auditor.store.audits import Audit, New
from auditor.web.access import Caller
from auditor.web.bodies import EntryIn, GlossaryIn, RevisionIn, SubmissionIn
from auditor.web.forms import Upload
from auditor.web.line import Stored
from auditor.web.problems import ProblemError, pointer, status_of
from auditor.web.state import State


@dataclass(frozen=True, slots=True)
class Sending:
    """How a submission came: the request's id, its idempotency key and what that stands for; what it revises, after so many revisions."""

    request_id: str
    idempotency_key: str | None = None
    digest: str = ""
    article: str | None = None
    after: int | None = None


def submit(parts: State, caller: Caller, sent: SubmissionIn, how: Sending) -> Stored:
    """The audit of a submission, once it is stored, and whether it is new. Raises ProblemError naming the field that is wrong."""
    return parts.line.store(prepared(parts, caller, sent, how)).result()


def prepared(parts: State, caller: Caller, sent: SubmissionIn, how: Sending) -> New:
    """What a submission brings, checked and with its glossary. Raises ProblemError naming the field that is wrong."""
    if len(sent.translations) > parts.service.max_translations:
        told = f"{len(sent.translations)} translations; {parts.service.max_translations} is the most in one audit"
        raise ProblemError(422, "too_large", told, "/translations")
    body = sent.model_dump(exclude={"glossary"}, exclude_none=True)
    for translation in body["translations"]:
        translation["lang"] = translation["lang"].split("-")[0].lower()
    body["source"]["lang"] = body["source"]["lang"].split("-")[0].lower()
    check(body)
    return New(
        key_id=caller.key.id,
        glossary=_glossary(parts, sent, body),  # puts its entries into the body
        body=body,
        body_digest=how.digest,
        engine=parts.service.engine,
        article=how.article or sent.metadata.get("article"),
        anyone=caller.sees is None,
        after=how.after,
        idempotency_key=how.idempotency_key,
        request_id=how.request_id,
        in_flight=parts.service.in_flight,
    )


def replayed(parts: State, caller: Caller, how: Sending) -> Audit | None:
    """The audit that the idempotency key has made before, whatever became of its glossary, its article or the limits meanwhile."""
    if how.idempotency_key is None:
        return None
    return audits.replayed(parts.database, caller.key.id, how.idempotency_key, how.digest)


def sent_digest(sent: BaseModel, article: str | None = None) -> str:
    """Of what a client sent, as it was sent: a glossary by its name, whatever is in it."""
    return ids.digest(ids.dumps(sent.model_dump()), article or "")


IdempotencyKey = Annotated[
    str | None, Header(min_length=1, max_length=255, description="one a submission: sent again, it gives the same audit back")
]


def idempotency_key(idempotency_key: IdempotencyKey = None) -> str | None:
    """The header, checked."""
    if idempotency_key is not None and not (idempotency_key.isascii() and idempotency_key.isprintable()):
        raise ProblemError(422, "bad_fields", "the key must be printable ASCII", "idempotency-key")
    return idempotency_key


Once = Annotated[str | None, Depends(idempotency_key)]


def _glossary(parts: State, sent: SubmissionIn, body: dict[str, Any]) -> tuple[str, int] | None:
    """Put the entries of the glossary into the body; (id, version) of a stored one."""
    langs = [t["lang"] for t in body["translations"]]
    if sent.glossary is None:
        return None
    if not isinstance(sent.glossary, str):
        body["glossary"] = [inline for entry in sent.glossary for inline in entry.inline(langs)]
        return None
    try:
        stored = glossaries.get_glossary(parts.database, sent.glossary)
    except MissingError as error:
        raise ProblemError(422, error.code, str(error), "/glossary") from None
    body["glossary"] = [inline for entry in stored.entries or () for inline in EntryIn.model_validate(entry).inline(langs)]
    body["glossary_name"] = stored.name
    return stored.id, stored.version


def check(body: Mapping[str, Any]) -> None:
    """The texts, as an audit would check them: better now than in a report that failed. Raises ProblemError with the field."""
    source = body["source"]
    with _at("/source/lang"):
        if language(source["lang"]).code != "en":
            raise LanguageError(f"the source text is {source['lang'][:35]!r}; only English (en) articles can be audited")
    with _at("/source/text"):
        check_text(source["text"], source["lang"], "the source text")
    seen = {source["lang"]}
    for index, sent in enumerate(body["translations"]):
        where, lang = f"/translations/{index}", sent["lang"]
        with _at(f"{where}/lang"):
            if language(lang).code in seen:
                raise InputError(f"there are two texts in {lang}; submit one of each language")
        seen.add(lang)
        with _at(f"{where}/text"):
            check_text(sent["text"], lang, f"the {lang} translation")
        if sent.get("back_translation") is not None:
            with _at(f"{where}/back_translation"):
                check_back(Translation(lang, sent["text"], sent["back_translation"]))
        with _at(f"{where}/alignment"):
            pairs = tuple(Stated((a, b), (c, d)) for a, b, c, d in sent.get("alignment") or ())
            check_alignment(Translation(lang, sent["text"], None, pairs), len(source["text"]))


@contextmanager
def _at(pointer: str) -> Iterator[None]:
    """What goes wrong in the block is about that field."""
    try:
        yield
    except AuditorError as error:
        raise ProblemError(status_of(error), error.code, str(error), pointer) from None


def from_json(raw: bytes) -> SubmissionIn:
    """A submission from a JSON body. Raises pydantic's ValidationError."""
    return SubmissionIn.model_validate_json(raw)


def from_form(form: Mapping[str, str | Upload]) -> SubmissionIn:
    """A submission from the fields of a form: `source`, a field a language (`zh`, `ja`), `back_zh`, `glossary`, `metadata`, `id`.

    A text may be a field or an uploaded file, read as the ending of its name says; a `source` that is bilingual or a ZIP brings the rest.
    Raises ProblemError for a field that is not known or a file that cannot be read, ValidationError for the rest.
    """
    codes = set(language_codes()) - {"en"}
    brings = isinstance(given := form.get("source"), Upload) and brings_translations(given.name)
    for code in sorted(codes):
        if f"back_{code}" in form and code not in form and not brings:
            raise ProblemError(422, "bad_fields", f"back_{code} has no text that it is the English of; send {code} too", f"/back_{code}")
    known = {"source", "id", "glossary", "metadata", *codes, *(f"back_{c}" for c in codes)}
    if unknown := sorted(set(form) - known):
        raise ProblemError(
            422, "bad_fields", f"{unknown[0][:60]!r} is no field of a submission; use {', '.join(sorted(known))}", f"/{unknown[0][:60]}"
        )
    value = _texts(form, sorted(codes & set(form))) if "source" in form else {"translations": []}
    plain = {name: _field(name, form[name]) for name in ("id", "metadata", "glossary") if name in form and not _is_terms(name, form[name])}
    value.pop("id", None)
    value |= {name: _json(name, plain[name]) for name in ("metadata", "glossary") if plain.get(name)}
    if plain.get("id"):
        value["id"] = plain["id"]
    if isinstance(terms := form.get("glossary"), Upload) and _is_terms("glossary", terms):
        with _at("/glossary"):
            value["glossary"] = entries_of(parse_glossary(terms.content, terms.name))
    return SubmissionIn.model_validate_json(json.dumps(value))


def glossary_from_file(raw: bytes, name: str) -> GlossaryIn:
    """A glossary from a file, read as the ending of its name says. Raises ProblemError, and ValidationError for what no entry may be."""
    with _at("/glossary"):
        entries = entries_of(parse_glossary(raw, name))
        if not entries:
            raise InputError(f"{name}: there is no term with a rendering in {', '.join(c for c in language_codes() if c != 'en')}")
    return GlossaryIn.model_validate({"entries": entries})


def glossary_from_form(form: Mapping[str, str | Upload]) -> GlossaryIn:
    """A glossary from the one field of a form, `glossary`, an uploaded file. Raises as `glossary_from_file`."""
    terms = form.get("glossary")
    if set(form) != {"glossary"} or not isinstance(terms, Upload):
        raise ProblemError(422, "bad_fields", "the form has one field, glossary, with a file", "/glossary")
    if not _is_terms("glossary", terms):
        told = f"{terms.name[:60]!r} is no glossary: its name ends in {', '.join(_TERM_FILES)}"
        raise ProblemError(422, "bad_fields", told, "/glossary")
    return glossary_from_file(terms.content, terms.name)


_TERM_FILES = (".csv", ".tsv", ".xlsx", ".tbx")


def _is_terms(name: str, value: str | Upload) -> bool:
    """Whether a field is a glossary's file rather than JSON or a name."""
    return name == "glossary" and isinstance(value, Upload) and PurePath(value.name).suffix.lower() in _TERM_FILES


def _texts(form: Mapping[str, str | Upload], codes: Sequence[str]) -> dict[str, Any]:
    """The source and translations of a form, as a body has them."""
    source = form["source"]
    found = Bundle("")
    if isinstance(source, Upload) and PurePath(source.name).suffix.lower() == ".zip":
        with _at("/source"):
            found = parse_bundle(source.content, source.name)
    else:
        found.files.append(("", _name(source), _parsed("source", source)))
    found.files += [(code, _name(form[code]), _parsed(code, form[code])) for code in codes]
    for name in sorted(set(form)):
        if name.startswith("back_") and form[name]:
            made = _parsed(name, form[name])
            found.backs[name.removeprefix("back_")] = (made.source if isinstance(made, Bilingual) else made).text
    if len(found.files) == 1 and isinstance(found.files[0][2], Document):
        return {"source": {"lang": "en", "text": found.files[0][2].text}, "translations": []}
    with _at("/source"):
        return body_of(assemble(found))


def _name(value: str | Upload) -> str:
    return value.name if isinstance(value, Upload) else ""


def _parsed(field: str, value: str | Upload) -> Document | Bilingual:
    if isinstance(value, str):
        return Document(value)
    with _at(f"/{field}"):
        return parse(value.content, f"the file of the field {field}", value.name)


def _field(name: str, value: str | Upload) -> str:
    if isinstance(value, str):
        return value
    with _at(f"/{name[:60]}"):
        return decode(value.content, f"the file of the field {name[:60]}")


def _json(name: str, text: str) -> Any:
    """Metadata is JSON; a glossary is JSON, or the name of a stored one."""
    try:
        return from_json_text(text)  # stricter than the json module: no lone surrogates, no depth without end
    except ValueError:
        if name == "glossary":
            return text
        raise ProblemError(422, "bad_json", f"the field {name} is not JSON", f"/{name}") from None


def revised(parts: State, latest: Audit, sent: RevisionIn) -> SubmissionIn:
    """The latest revision with what is new put in; a back-translation belongs to its text and goes with it.

    Raises MissingError, and ProblemError when the metadata of both together is too much.
    """
    body = audits.submission_body(parts.database, latest.id)
    versions = {t["lang"]: t for t in body["translations"]}
    if sent.source:  # pairs that were stated are of the source before
        versions = {lang: {key: value for key, value in t.items() if key != "alignment"} for lang, t in versions.items()}
    versions |= {t.lang.split("-")[0].lower(): t.model_dump(exclude_none=True) for t in sent.translations}
    value: dict[str, Any] = {
        "source": sent.source.model_dump(exclude_none=True) if sent.source else body["source"],
        "translations": list(versions.values()),
        "metadata": {**(body.get("metadata") or {}), **sent.metadata},
    }
    if body.get("id") is not None:
        value["id"] = body["id"]
    try:
        made = SubmissionIn.model_validate_json(json.dumps(value))
    except ValidationError as error:  # each part was right when it came: it is what they are together
        first = error.errors(include_url=False)[0]
        raise ProblemError(422, "bad_fields", first["msg"].removeprefix("Value error, "), pointer(first["loc"])) from None
    return made.model_copy(update={"glossary": sent.glossary if sent.glossary is not None else _before(body)})


def _before(body: Mapping[str, Any]) -> str | Sequence[EntryIn] | None:
    if body.get("glossary_name"):
        return str(body["glossary_name"])
    return [EntryIn.model_validate(e) for e in body["glossary"]] if body.get("glossary") else None
