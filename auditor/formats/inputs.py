"""From files, as a user names them, to a submission: read by their endings, aligned as they state it.

load(source, versions, backs, glossary) -> the submission, and the documents it came from
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from auditor.errors import InputError, UsageError
from auditor.formats.files import decode, read_bytes, read_glossary
from auditor.formats.forms import READERS
from auditor.formats.origins import Document
from auditor.formats.readers.bilingual import Bilingual
from auditor.intake import Submission, Translation
from auditor.model import Stated

_NOT_READ = {
    "doc": "save it as .docx", "rtf": "save it as .docx", "odt": "save it as .docx", "pdf": "export its text as .docx or .txt",
    "xlsx": "save the sheet as CSV", "xls": "save the sheet as CSV", "pages": "export it as .docx", "epub": "export its text as .html",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """A submission and the files it came from, by language, the source's among them."""

    submission: Submission
    documents: Mapping[str, Document]


def read(path: str) -> Document | Bilingual:
    """A file, or standard input ("-"), as what its ending says. Raises AuditorError naming the file and the place in it."""
    name = "standard input" if path == "-" else path
    return parse(read_bytes(path), name, "" if path == "-" else path)


def parse(raw: bytes, name: str, path: str) -> Document | Bilingual:
    """The bytes of a file.

    name  what errors call it
    path  its name as a user knows it, whose ending says what it is; "" for plain text
    """
    ending = PurePath(path).suffix.lower().removeprefix(".")
    if ending in _NOT_READ:
        raise InputError(f"{name}: a .{ending} file cannot be read; {_NOT_READ[ending]}")
    if ending not in READERS:
        return Document(decode(raw, name), path)
    made: Document | Bilingual = import_module(f"auditor.formats.readers.{READERS[ending]}").read(raw, name)
    return made


def load(source: str, versions: Mapping[str, str], backs: Mapping[str, str], glossary: str | None = None) -> Loaded:
    """The submission of an article's files.

    source    a file; a bilingual one brings its translations
    versions  language -> file of a translation; a bilingual one gives its text in that language
    backs     language -> English of it, a text file with as many lines as the translation's text has
    Raises AuditorError.
    """
    first = read(source)
    identity = PurePath(source).stem if source != "-" else "stdin"
    return assemble(identity, source, first, {lang: (path, read(path)) for lang, path in versions.items()}, backs, glossary)


def assemble(
    identity: str,
    source: str,
    first: Document | Bilingual,
    others: Mapping[str, tuple[str, Document | Bilingual]],
    backs: Mapping[str, str],
    glossary: str | None,
) -> Loaded:
    """The same from files that were read: the source's own versions first, then the others, which replace them."""
    document = first.source if isinstance(first, Bilingual) else first
    documents = {"en": document}
    stated: dict[str, Sequence[Stated]] = {}
    if isinstance(first, Bilingual):
        for lang, version in first.versions.items():
            if lang not in others:
                documents[lang], stated[lang] = version.document, version.alignment
    for lang, (path, made) in others.items():
        documents[lang], stated[lang] = _version(made, lang, path, document)
    if len(documents) == 1:
        raise UsageError("no translation is given; add --zh FILE or --ja FILE")
    if stray := sorted(set(backs) - set(documents)):
        raise UsageError(f"--back-translation {stray[0]}=...: there is no {stray[0]} translation to go with it")
    translations = tuple(
        Translation(lang, documents[lang].text, _back(backs.get(lang)), tuple(stated[lang])) for lang in documents if lang != "en"
    )
    terms = read_glossary(glossary) if glossary else ()
    return Loaded(Submission(identity, "en", document.text, translations, terms), documents)


def _version(made: Document | Bilingual, lang: str, path: str, source: Document) -> tuple[Document, Sequence[Stated]]:
    if isinstance(made, Document):
        return made, ()
    if lang not in made.versions:
        raise InputError(f"{path}: there is no {lang} in it; it has {', '.join(made.versions)}")
    version = made.versions[lang]
    return version.document, version.alignment if made.source.text == source.text else ()


def _back(path: str | None) -> str | None:
    if path is None:
        return None
    made = read(path)
    return (made.source if isinstance(made, Bilingual) else made).text
