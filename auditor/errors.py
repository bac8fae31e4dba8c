"""One error tree. Whatever a user can cause is an `AuditorError` with what, where and what to do in one line."""

from __future__ import annotations


class AuditorError(Exception):
    """A clear refusal; `code` is stable for machines, `str()` is one line for people."""

    code = "error"


class UsageError(AuditorError):
    """The command or the request is wrong."""

    code = "usage"


class InputError(AuditorError):
    """A text cannot be audited as submitted."""

    code = "bad_input"


class EncodingError(InputError):
    """Bytes that are not UTF-8, or code points that are no text."""

    code = "bad_encoding"


class LanguageError(InputError):
    """A text is not in the language it was submitted as, or the language is not known."""

    code = "wrong_language"


class TooLargeError(InputError):
    """A text beyond the limits."""

    code = "too_large"


class LineCountError(InputError):
    """A back-translation has another number of lines than its translation."""

    code = "line_count"


class EngineError(AuditorError):
    """A back-translation engine is missing or failed."""

    code = "engine"


class ModelError(EngineError):
    """A model package cannot be fetched, installed or removed. The message may have lines more that say how to go on by hand."""

    code = "model"
