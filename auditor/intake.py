"""What may be audited: a submission's texts are checked here, once, before anything reads them.

Refused with one clear line: an empty text, one beyond the limits, code points that are no text (lone surrogates, control
characters), a text that is in another language than said. Bidirectional controls are let through and reported as a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.checks.base import Term
from auditor.errors import EncodingError, InputError, LanguageError, LineCountError, TooLargeError
from auditor.lang.base import language, language_codes
from auditor.model import Stated

MAX_CHARACTERS = 1_000_000
"""Code points of one text. An article has 10,000, a novel 500,000; beyond this it is not an article."""
MAX_SEGMENTS = 30_000
"""Three times what a million characters of English have; a text of mere line ends has hundreds of thousands."""
MIN_LETTERS = 24
"""Below this a text says too little about its language to be refused for it; a Han or kana character counts as three letters."""

_NOT_TEXT = re.compile("[\ud800-\udfff\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Translation:
    """One version of the article.

    back_translation  English with as many lines as `text`
    alignment         the pairs that the submitter's own file states, in the order of the file; () when it states none
    """

    lang: str
    text: str
    back_translation: str | None = None
    alignment: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """An article with its versions, as submitted."""

    id: str
    source_lang: str
    source: str
    translations: tuple[Translation, ...]
    glossary: tuple[Term, ...] = ()


def line_count(text: str) -> int:
    """Lines as a translator counts them: a final newline opens no further line."""
    return text.count("\n") + (not text.endswith("\n"))


def check_submission(submission: Submission, files: Mapping[str, str] | None = None, backs: Mapping[str, str] | None = None) -> None:
    """Raise an InputError that says what, where and what to do, or return None.

    files  language -> the file that the text came from, for errors to name; "" or none where a text has no file
    backs  the same of the back-translations
    """
    named, english = files or {}, backs or {}

    def where(lang: str, what: str) -> str:
        return f"{named[lang]}: {what}" if named.get(lang) else what

    check_text(submission.source, submission.source_lang, where(submission.source_lang, "the source text"))
    if submission.source_lang != "en":
        raise LanguageError(f"the source text is {submission.source_lang!r}; only English (en) articles can be audited")
    if not submission.translations:
        raise InputError("there is no translation to audit; give at least one, e.g. --zh FILE")
    seen: set[str] = set()
    for translation in submission.translations:
        if translation.lang == submission.source_lang:
            raise LanguageError(f"the {translation.lang} translation is in the language of the source; submit another language")
        if translation.lang in seen:
            raise InputError(f"there are two translations into {translation.lang}; submit one of each language")
        seen.add(translation.lang)
        if translation.lang not in language_codes():
            known = ", ".join(language_codes())
            raise LanguageError(where(translation.lang, f"language {translation.lang!r} is not known; use one of {known}"))
        check_text(translation.text, translation.lang, where(translation.lang, f"the {translation.lang} translation"))
        if translation.back_translation is not None:
            check_back(translation, english.get(translation.lang, ""))
        check_alignment(translation, len(submission.source))


def check_segments(count: int, where: str) -> None:
    """Raise TooLargeError for more segments than can be aligned in the memory of a small machine."""
    if count > MAX_SEGMENTS:
        raise TooLargeError(f"{where} has {count:,} sentences and lines; the limit is {MAX_SEGMENTS:,}; split it into articles")


def check_back(translation: Translation, file: str = "") -> None:
    """The back-translation of a version that has one, and the file it came from: text, and as many lines."""
    back = translation.back_translation or ""
    where = f"{file}: the back-translation" if file else "the back-translation"
    _check_characters(back, f"{where} of the {translation.lang} translation")
    have, want = line_count(back), line_count(translation.text)
    if have != want:
        raise LineCountError(
            f"{where} of the {translation.lang} translation has {have} lines and the translation has {want}; "
            "line k must be the translation of line k"
        )


def check_alignment(translation: Translation, source: int) -> None:
    """The pairs that a version states: ranges of the texts, of which the source has `source` characters."""
    for pair in translation.alignment:
        for (start, end), size in ((pair.source, source), (pair.target, len(translation.text))):
            if not 0 <= start <= end <= size:
                told = f"{start}-{end} is no range of a text of {size:,} characters"
                raise InputError(f"the alignment of the {translation.lang} translation: {told}")


def check_text(text: str, lang: str, where: str) -> None:
    """One text: not empty, within the limits, text, and in the language it is said to be."""
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"{where} has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}; split it into articles")
    if not any(c.isprintable() and not c.isspace() for c in text):  # zero-width characters print nothing
        raise InputError(f"{where} is empty")
    _check_characters(text, where)
    _check_language(text, lang, where)


def _check_characters(text: str, where: str) -> None:
    bad = _NOT_TEXT.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        kind = "a lone surrogate" if 0xD800 <= ord(bad[0]) <= 0xDFFF else "a control character"
        raise EncodingError(f"{where} has {kind} U+{ord(bad[0]):04X} at line {line}, column {column}; remove it")


def _check_language(text: str, lang: str, where: str) -> None:
    stated = language(lang)
    sample = text if len(text) < 20_000 else text[:10_000] + text[-10_000:]
    if _says_little(sample) or stated.likeness(sample) >= 0.3:
        return
    likely = max(((language(code).likeness(sample), code) for code in language_codes()), default=(0.0, ""))
    guess = language(likely[1]).name if likely[0] >= 0.5 and likely[1] != lang else "another language"
    raise LanguageError(f"{where} should be {stated.name} but looks like {guess}; submit it as what it is, or translate it first")


def _says_little(text: str) -> bool:
    letters = 0
    for c in text:
        if c.isalpha():
            letters += 1 if ord(c) < 0x2E80 else 3
            if letters >= MIN_LETTERS:
                return False
    return True
