"""From files, as a user names them, to a submission: read by their endings, aligned as they state it.

load(source, versions, backs, glossary) -> the submission, and the documents it came from
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path, PurePath

from auditor.checks.base import Term
from auditor.errors import InputError, UsageError
from auditor.formats.files import check_link, decode, files_below, read_bytes
from auditor.formats.forms import READERS
from auditor.formats.glossary import parse_glossary, read_glossary
from auditor.formats.origins import Document
from auditor.formats.readers.archive import MAX_ENTRIES, Archive
from auditor.formats.readers.bilingual import Bilingual
from auditor.intake import Submission, Translation, check_submission
from auditor.lang.base import language, language_codes
from auditor.model import Stated

_NOT_READ = {
    "doc": "save it as .docx", "rtf": "save it as .docx", "odt": "save it as .docx", "pdf": "export its text as .docx or .txt",
    "xlsx": "save the sheet as CSV", "xls": "save the sheet as CSV", "pages": "export it as .docx", "epub": "export its text as .html",
}  # fmt: skip


_BUNDLED = frozenset({*READERS, "txt", "text", "tbx", "xlsx"})


@dataclass(slots=True)
class Bundle:
    """An article's files, read.

    name   what the article is called
    path   the folder or ZIP
    files  (language, or "" for the source, path, what was read)
    backs  language -> English of it
    english  language -> the file of that English
    terms  of a glossary among them
    """

    name: str
    files: list[tuple[str, str, Document | Bilingual]] = field(default_factory=list)
    backs: dict[str, str] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A submission and the files it came from, by language, the source's among them; and those of back-translations."""

    submission: Submission
    documents: Mapping[str, Document]
    backs: Mapping[str, str] = field(default_factory=dict)


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
    if name == path:
        return made
    if isinstance(made, Document):
        return replace(made, name=path)
    versions = {lang: replace(v, document=replace(v.document, name=path)) for lang, v in made.versions.items()}
    return Bilingual(replace(made.source, name=path), versions)


def load(
    source: str, versions: Mapping[str, str], backs: Mapping[str, str], glossary: str | None = None, root: str | None = None
) -> Loaded:
    """The submission of an article's files.

    source    a file; a bilingual one brings its translations, a folder or ZIP all of the article's files
    versions  language -> file of a translation; a bilingual one gives its text in that language
    backs     language -> English of it, a text file with as many lines as the translation's text has
    root      of a folder: what its links may lead to, by default the folder itself
    Raises AuditorError.
    """
    if is_bundle(source):
        found = read_bundle(source, root)
    else:
        found = Bundle(PurePath(source).stem if source != "-" else "stdin", [("", source, read(source))])
    found.files += [(lang, path, read(path)) for lang, path in versions.items()]
    found.backs.update({lang: _text(read(path)) for lang, path in backs.items()})
    found.english.update({lang: "standard input" if path == "-" else path for lang, path in backs.items()})
    return assemble(found, read_glossary(glossary) if glossary else ())


def check_loaded(loaded: Loaded) -> Loaded:
    """The same, when it can be audited. Raises AuditorError naming the file of a text that cannot."""
    files = {lang: document.name or "standard input" for lang, document in loaded.documents.items()}
    check_submission(loaded.submission, files, loaded.backs)
    return loaded


def assemble(found: Bundle, terms: Sequence[Term] = ()) -> Loaded:
    """The submission of files that were read; of one language the last counts, and a bilingual file brings what no other gives."""
    first = next((made for lang, _, made in found.files if lang in ("", "en")), None)
    if first is None:
        raise InputError(f"{found.path or found.name}: none of its files is in English; name it article.en.txt, en.md or the like")
    document = first.source if isinstance(first, Bilingual) else first
    if isinstance(first, Bilingual) and set(first.versions) == {"en"} and len(found.files) == 1:
        raise InputError(_turned(first))
    documents = {"en": document}
    stated: dict[str, Sequence[Stated]] = {}
    for lang, path, made in found.files:
        for code in (lang,) if lang not in ("", "en") else made.versions if isinstance(made, Bilingual) else ():
            documents[code], stated[code] = _version(made, code, path, document)
    if len(documents) == 1:
        if found.path:
            raise InputError(f"{found.path}: there is no translation in it; name it article.zh.txt, ja.md or the like")
        raise UsageError("no translation is given; add --zh FILE or --ja FILE")
    if stray := sorted(set(found.backs) - set(documents)):
        raise UsageError(f"--back-translation {stray[0]}=...: there is no {stray[0]} translation to go with it")
    translations = tuple(
        Translation(lang, documents[lang].text, found.backs.get(lang), tuple(stated[lang])) for lang in documents if lang != "en"
    )
    return Loaded(Submission(found.name, "en", document.text, translations, (*found.terms, *terms)), documents, found.english)


def _turned(made: Bilingual) -> str:
    """What is told of a bilingual file that translates into English."""
    text = made.source.text[:20_000]
    share, code = max((language(code).likeness(text), code) for code in language_codes() if code != "en")
    return f"{made.source.name}: it translates {code if share >= 0.5 else 'another language'} into en; the auditor needs en as the source"


def _version(made: Document | Bilingual, lang: str, path: str, source: Document) -> tuple[Document, Sequence[Stated]]:
    if isinstance(made, Document):
        return made, ()
    if lang not in made.versions:
        raise InputError(f"{path}: there is no {lang} in it; it has {', '.join(made.versions)}")
    version = made.versions[lang]
    return version.document, version.alignment if made.source.text == source.text else ()


def _text(made: Document | Bilingual) -> str:
    return (made.source if isinstance(made, Bilingual) else made).text


def is_bundle(path: str) -> bool:
    """Whether it is a folder or a ZIP of an article's files."""
    return path != "-" and (PurePath(path).suffix.lower() == ".zip" or Path(path).is_dir())


def read_bundle(path: str, root: str | None = None) -> Bundle:
    """The files of a folder or ZIP; links may lead to what is in `root`, by default the folder. Raises AuditorError."""
    if PurePath(path).suffix.lower() == ".zip":
        return parse_bundle(read_bytes(path), path)

    def get(name: str) -> bytes:
        file = str(Path(path) / name)
        check_link(file, root or path)
        return read_bytes(file)

    return _bundled(Path(path).name, path, files_below(path, MAX_ENTRIES), get)


def parse_bundle(raw: bytes, name: str) -> Bundle:
    """The files in the bytes of a ZIP."""
    package = Archive(raw, name)
    return _bundled(PurePath(name).stem, name, list(package.names()), package.read)


def _bundled(identity: str, name: str, files: Sequence[str], get: Callable[[str], bytes]) -> Bundle:
    """Each file by what its name says: a language (en.md, article.zh.txt, ja/article.docx), "back" and a language, or "glossary"."""
    found = Bundle(identity, path=name)
    by_lang: dict[str, str] = {}
    unsaid: list[str] = []
    for file in files:
        path = PurePath(file)
        if any(part.startswith((".", "__MACOSX")) for part in path.parts) or path.suffix.lower().removeprefix(".") not in _BUNDLED:
            continue
        lang, kind = language_of(file), PurePath(file).stem.lower()
        if kind.startswith("glossary"):
            found.terms += parse_glossary(get(file), f"{name}/{file}")
        elif lang and kind.startswith("back"):
            found.backs[lang] = _text(parse(get(file), f"{name}/{file}", f"{name}/{file}"))
            found.english[lang] = f"{name}/{file}"
        elif lang and lang in by_lang:
            raise InputError(f"{name}: {by_lang[lang]} and {file} are both {lang}; a folder holds one article, one file a language")
        elif lang:
            by_lang[lang] = file
            found.files.append((lang, f"{name}/{file}", parse(get(file), f"{name}/{file}", f"{name}/{file}")))
        else:
            unsaid.append(file)
    if "en" not in by_lang and len(unsaid) == 1:  # article.md beside article.zh.md
        found.files.insert(0, ("", f"{name}/{unsaid[0]}", parse(get(unsaid[0]), f"{name}/{unsaid[0]}", f"{name}/{unsaid[0]}")))
    return found


def is_read(name: str) -> bool:
    """Whether a file's ending is that of a format of texts."""
    return PurePath(name).suffix.lower().removeprefix(".") in (*READERS, "txt", "text")


def is_article_file(name: str) -> bool:
    """Whether a file is one of several of an article: a format that is read, and a language in its name."""
    return PurePath(name).suffix.lower().removeprefix(".") in _BUNDLED and language_of(PurePath(name).name) is not None


def language_of(path: str) -> str | None:
    """The language that a file's name ends with (article.zh.txt, article-zh-Hant.txt, ja.txt), else its folder's name."""
    for part in (PurePath(path).stem, PurePath(path).parent.name):
        words = re.split(r"[._\-\s]", part.lower())[-2:]
        if lang := next((word for word in reversed(words) if word in language_codes()), None):
            return lang
    return None
