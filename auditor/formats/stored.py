"""A submission with the files it came from, as JSON: what is sent to the service, kept there, and written on a batch line."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from auditor.formats.inputs import Loaded
from auditor.formats.origins import Document, Origin


def body_of(loaded: Loaded) -> dict[str, Any]:
    """The body of a submission. A text that is not the file itself has `file`: its name, format and origins; of XLIFF the bytes as well."""
    submission = loaded.submission
    source = {"lang": submission.source_lang, "text": submission.source, **_file(loaded.documents.get(submission.source_lang), False)}
    translations = []
    for t in submission.translations:
        back = {"back_translation": t.back_translation} if t.back_translation is not None else {}
        stated = {"alignment": [[*pair.source, *pair.target] for pair in t.alignment]} if t.alignment else {}
        translations.append({"lang": t.lang, "text": t.text, **back, **stated, **_file(loaded.documents.get(t.lang), True)})
    return {"id": submission.id[:200], "source": source, "translations": translations}


def _file(document: Document | None, with_content: bool) -> dict[str, Any]:
    if document is None or document.is_plain:
        return {}
    told: dict[str, Any] = {
        "name": document.name,
        "form": document.form,
        "origins": [[o.start, o.end, dict(o.place)] for o in document.origins],
    }
    if with_content and document.raw:
        told["content"] = base64.b64encode(document.raw).decode("ascii")
    return {"file": told}


def documents_of(body: Mapping[str, Any]) -> dict[str, Document]:
    """The files of such a body, by language; of texts that came without one nothing is known."""
    found = {}
    for text in (body["source"], *body["translations"]):
        if told := text.get("file"):
            origins = tuple(Origin(start, end, place) for start, end, place in told.get("origins", ()))
            raw = base64.b64decode(told.get("content") or "")
            found[text["lang"]] = Document(text["text"], told["name"], told["form"], origins, raw)
    return found
