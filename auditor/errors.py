"""One error tree. Whatever a user can cause is an `AuditorError` with what, where and what to do in one line."""

from __future__ import annotations

from collections.abc import Sequence


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


class StoreError(AuditorError):
    """The service's database cannot be used."""

    code = "store"


class AwayError(StoreError):
    """The database is away, as in a restart: the same call may work a moment later."""

    code = "store_away"


class MissingError(AuditorError):
    """What is asked for is not there, or not for this key."""

    code = "not_found"


class ConflictError(AuditorError):
    """The request does not fit the state of what it is about."""

    code = "conflict"


class StaleError(ConflictError):
    """Something was made from what is no longer the latest."""


class TooManyError(ConflictError):
    """A key has as much under way as it may."""

    code = "too_many"


class TooLongError(AuditorError):
    """An audit took longer than it may."""

    code = "timeout"


class ServiceError(AuditorError):
    """What a service answered a client: its problem details (RFC 9457), or that it cannot be reached.

    status       of HTTP; None when there was no answer
    code         the last word of the problem's type
    errors       (pointer, detail) of each field that is wrong
    request_id   under which the service's log has it
    retry_after  seconds after which the service asked to be tried again
    """

    code = "service"

    def __init__(
        self,
        detail: str,
        *,
        status: int | None = None,
        code: str | None = None,
        title: str = "",
        errors: Sequence[tuple[str, str]] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code or self.code
        self.detail, self.status, self.title, self.errors = detail, status, title, tuple(errors)
        self.request_id, self.retry_after = request_id, retry_after
