"""A batch line to a submission, and its errors with the key they are about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from auditor.checks.base import Term
from auditor.errors import AuditorError, EncodingError, InputError
from auditor.formats.terms import make_terms
from auditor.intake import Submission, Translation
from auditor.lang.base import language_codes
from auditor.model import Stated

_NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What the reader of a file makes of a byte that is no UTF-8 (Python's surrogateescape)."""


def parse_line(line: str) -> Submission:
    """A submission from one JSON line. Unknown keys are ignored. Raises InputError naming the key that is wrong."""
    if bad := _NOT_UTF8.search(line):
        at = len(line[: bad.start()].encode("utf-8", "surrogateescape"))
        raise EncodingError(f"byte 0x{ord(bad[0]) - 0xDC00:02X} at byte {at + 1} of the line is not UTF-8; save the file as UTF-8")
    try:
        value = json.loads(line, parse_constant=_no_constant)
    except RecursionError:
        raise InputError("the line is not JSON of an article: it nests too deeply") from None
    except ValueError as error:
        raise InputError(f"the line is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"the line must be a JSON object, not {_kind(value)}")
    source = _object(value, "source")
    translations = value.get("translations")
    if not isinstance(translations, list) or not translations:
        raise InputError("translations must be a list of at least one {lang, text}")
    parsed = tuple(_translation(t, i) for i, t in enumerate(translations))
    return Submission(
        id=line_id(value),
        source_lang=_string(source, "lang", "source.lang"),
        source=_string(source, "text", "source.text"),
        translations=parsed,
        glossary=_glossary(value.get("glossary")),
    )


def _no_constant(name: str) -> Any:
    raise ValueError(f"it has {name}, which JSON has not; write null")


def line_id(value: Any) -> str:
    """The id of a batch line, "" when it has none."""
    found = value.get("id") if isinstance(value, dict) else None
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def line_digest(line: str) -> str:
    """What an audit of a good line is made from, as 16 digits: whether an earlier report is still of it."""
    value = json.loads(line)
    told = {key: value.get(key) for key in ("id", "source", "translations", "glossary", "metadata")}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def error_line(identity: str | None, error: AuditorError) -> dict[str, Any]:
    """What stands in the output in the place of an article that could not be audited."""
    return {"id": identity, "error": {"code": error.code, "message": str(error)}}


def _translation(value: Any, index: int) -> Translation:
    where = f"translations[{index}]"
    if not isinstance(value, dict):
        raise InputError(f"{where} must be an object with lang and text, not {_kind(value)}")
    back = value.get("back_translation")
    if back is not None and not isinstance(back, str):
        raise InputError(f"{where}.back_translation must be a string, not {_kind(back)}")
    lang, text = _string(value, "lang", f"{where}.lang").split("-")[0], _string(value, "text", f"{where}.text")
    return Translation(lang, text, back, _alignment(value.get("alignment"), f"{where}.alignment"))


def _alignment(value: Any, where: str) -> tuple[Stated, ...]:
    """Pairs as four offsets each: start and end in the source, start and end in the translation."""
    if value is None:
        return ()
    rows: list[Any] = value if isinstance(value, list) else [None]
    for row in rows:
        if not (isinstance(row, list) and len(row) == 4 and all(isinstance(x, int) and 0 <= x < 2**31 for x in row)):
            raise InputError(f"{where} must be a list of [source start, source end, target start, target end], in characters")
    return tuple(Stated((a, b), (c, d)) for a, b, c, d in rows)


def _glossary(value: Any) -> tuple[Term, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        raise InputError(f"glossary {value!r}: named glossaries belong to the service; give the entries inline here")
    if not isinstance(value, list):
        raise InputError(f"glossary must be a list of entries, not {_kind(value)}")
    return tuple(term for i, entry in enumerate(value) for term in _entry(entry, f"glossary[{i}]"))


def _entry(entry: Any, where: str) -> Iterable[Term]:
    if not isinstance(entry, dict) or not isinstance(entry.get("source"), str):
        raise InputError(f"{where} must be an object with source and a rendering per language")
    variants, forbidden, case = entry.get("variants") or [], entry.get("forbidden") or {}, entry.get("case_sensitive")
    if not isinstance(variants, list) or not all(isinstance(v, str) and v for v in variants):
        raise InputError(f"{where}.variants must be a list of strings")
    if not isinstance(forbidden, dict):
        raise InputError(f'{where}.forbidden must be an object such as {{"zh": ["..."]}}')
    for key in ("case_sensitive", "do_not_translate"):
        if not isinstance(entry.get(key), bool | None):
            raise InputError(f"{where}.{key} must be true or false")
    allowed = {lang: _renderings(said, f"{where}.{lang}") for lang, said in entry.items() if lang in language_codes()}
    wrong = {lang: _renderings(said, f"{where}.forbidden.{lang}") for lang, said in forbidden.items() if lang in language_codes()}
    note = entry.get("note") if isinstance(entry.get("note"), str) else ""
    return make_terms([entry["source"], *variants], allowed, wrong, entry.get("do_not_translate") is True, case, str(note), where)


def _renderings(value: Any, where: str) -> list[str]:
    """A rendering or a list of them; null is none. Keys that are no language are let be, as an unknown key is."""
    targets = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(t, str) and t for t in targets):
        raise InputError(f"{where} must be a rendering or a list of renderings")
    return targets


def _object(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    if not isinstance(found, dict):
        raise InputError(f"{key} must be an object with lang and text, not {_kind(found)}")
    return found


def _string(value: Mapping[str, Any], key: str, where: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise InputError(f"{where} must be a string, not {_kind(found)}")
    return found


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "missing" if value is None else type(value).__name__)
