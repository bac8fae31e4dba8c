"""Bodies of requests. What a client sends is strict: an unknown key is an error that names it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import httpx
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from auditor.formats.terms import contradiction
from auditor.store import ids
from auditor.store.findings import Decision
from auditor.store.keys import MOST_NAME, Role
from auditor.store.webhooks import Event

NOT_PLAIN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SAMPLE_SOURCE = "Exports rose to $19 million in May, the ministry said."
SAMPLE_ZH = "该部表示，5月出口额增至1900万美元。"
SAMPLE_JA = "同省によると、5月の輸出額は1900万ドルに増加した。"


def _plain(text: str) -> str:
    bad = NOT_PLAIN.search(text)
    if bad:
        raise ValueError(f"U+{ord(bad[0]):04X} at character {bad.start() + 1} is a control character; remove it")
    return text


Plain = Annotated[str, AfterValidator(_plain)]
"""Text that both databases store and every page shows: no control characters but line ends and tabs."""
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Identity = Annotated[str, Field(max_length=120, pattern=r"^[A-Za-z0-9_.-]+$")]


class Strict(BaseModel):
    """What a client sends."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="wrap")
    @classmethod
    def _names_unknown_keys(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        try:
            return handler(value)
        except ValidationError as error:
            found = [cls._told(e["type"], e["loc"], e["msg"], e["input"]) for e in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(cls.__name__, found) from None

    @classmethod
    def _told(cls, kind: str, loc: tuple[int | str, ...], message: str, value: Any) -> InitErrorDetails:
        if kind == "extra_forbidden" and len(loc) == 1:
            message = f"{str(loc[0])[:60]!r} is not known here; use {', '.join(cls.model_fields)}"
        return InitErrorDetails(type=PydanticCustomError(kind, message.replace("{", "{{").replace("}", "}}")), loc=loc, input=value)


Place = dict[Annotated[str, Field(max_length=20)], Annotated[Plain, Field(max_length=200)] | int]
Stretch = Annotated[tuple[int, int, Place], Field(strict=False)]  # an array of JSON, which strict would not take for a tuple
Pairing = Annotated[tuple[int, int, int, int], Field(strict=False)]


class FileIn(Strict):
    """The file that a text was extracted from: findings then say where in it they stand."""

    name: Annotated[Plain, Field(max_length=500)]
    form: Annotated[str, Field(max_length=20, pattern=r"^[a-z]+$")] = Field(description="xliff, docx, markdown, ...")
    origins: list[Stretch] = Field(
        default=[],
        max_length=200_000,
        description="[start, end, place] of stretches of the text; a place is {line: 3} or the like",
    )
    content: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]*={0,2}$")] | None = Field(
        default=None, description="of XLIFF: the file in Base64, so that it can be given back with notes"
    )

    @field_validator("content")
    @classmethod
    def _decodable(cls, content: str | None) -> str | None:
        if content is not None and len(content) % 4:
            raise ValueError("this is no Base64: its length is no multiple of four")
        return content


class SourceIn(Strict):
    """The English article."""

    lang: Annotated[str, Field(max_length=35)] = "en"
    text: str = Field(description="as it is; offsets in the report count its code points")
    file: FileIn | None = None


class TranslationIn(Strict):
    """One version of it."""

    lang: Annotated[str, Field(max_length=35)] = Field(description="BCP 47: zh (script detected) or ja")
    text: str
    back_translation: str | None = Field(default=None, description="English with as many lines as the text; line k translates line k")
    alignment: list[Pairing] | None = Field(
        default=None, max_length=100_000, description="pairs that are known: start and end in the source, start and end in this text"
    )
    file: FileIn | None = None


class EntryIn(BaseModel):
    """A term of a glossary: beside these keys one a language ("zh", "ja"), with a rendering or a list of them, the preferred one first."""

    model_config = ConfigDict(extra="allow", strict=True)
    source: Annotated[Plain, Field(min_length=1, max_length=500)]
    variants: list[Annotated[Plain, Field(min_length=1, max_length=500)]] = Field(
        default=[], max_length=50, description="other spellings of the source term"
    )
    do_not_translate: bool = Field(default=False, description="must stand in every translation as it is")
    forbidden: dict[str, list[Annotated[Plain, Field(min_length=1, max_length=500)]]] = Field(
        default={}, max_length=20, description="by language: renderings that must not stand for it"
    )
    case_sensitive: bool | None = Field(default=None, description="does its case matter? by default when it has capitals")
    note: Annotated[Plain, Field(max_length=2000)] | None = None

    @model_validator(mode="after")
    def _renderings(self) -> EntryIn:
        for lang, value in (self.__pydantic_extra__ or {}).items():
            if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
                raise ValueError(
                    f"{lang[:40]!r} is no language; an entry has source, variants, do_not_translate, forbidden, case_sensitive, note and "
                    "languages such as zh"
                )
            targets = value if isinstance(value, list) else [value]
            if not targets or not all(isinstance(t, str) and 0 < len(t) <= 500 and not NOT_PLAIN.search(t) for t in targets):
                raise ValueError(f"{lang} must be a rendering or a list of renderings, each of 1 to 500 characters")
        if not self.do_not_translate and not self.__pydantic_extra__ and not self.forbidden:
            raise ValueError("the entry has no rendering in any language; add one such as zh, or do_not_translate")
        allowed = {lang: value if isinstance(value, list) else [value] for lang, value in (self.__pydantic_extra__ or {}).items()}
        if told := contradiction([self.source, *self.variants], allowed, self.forbidden, self.do_not_translate):
            raise ValueError(told)
        return self

    def inline(self, langs: list[str]) -> list[dict[str, Any]]:
        """The entry as a batch line has it, an entry a spelling; of what must not be translated the term itself is the rendering."""
        spellings = [self.source, *self.variants]
        renderings = dict(self.__pydantic_extra__ or {})
        if self.do_not_translate:
            renderings = dict.fromkeys(langs, spellings) | renderings
        more = self.model_dump(include={"forbidden", "case_sensitive", "note"}, exclude_defaults=True)
        return [{"source": spelling, **renderings, **more} for spelling in spellings]


Entries = Annotated[list[EntryIn], Field(max_length=100_000)]
BRANCH = "\0"
"""Begins the name of a union's branch: it is in the place of an error, and in no document that a client sent."""
Terms = Annotated[
    Annotated[Name, Tag(f"{BRANCH}name")] | Annotated[Entries, Tag(f"{BRANCH}entries")],
    Discriminator(lambda value: f"{BRANCH}name" if isinstance(value, str) else f"{BRANCH}entries"),
]


MOST_METADATA = 8 * 1024
"""Bytes of metadata as JSON: it stands in every list of audits."""


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    size = len(ids.dumps(metadata).encode())
    if size > MOST_METADATA:
        raise ValueError(f"metadata has {size:,} bytes as JSON; {MOST_METADATA:,} is the most")
    return metadata


Metadata = Annotated[dict[str, Any], AfterValidator(_small)]


class SubmissionIn(Strict):
    """An article and its translations, to be audited."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "trade-2026-05",
                    "source": {"lang": "en", "text": SAMPLE_SOURCE},
                    "translations": [{"lang": "zh", "text": SAMPLE_ZH}, {"lang": "ja", "text": SAMPLE_JA}],
                    "glossary": [{"source": "the ministry", "zh": ["该部", "商务部"], "ja": "同省"}],
                    "metadata": {"article": "trade-2026-05", "translator": "Li"},
                }
            ]
        },
    )
    id: Annotated[Plain, Field(max_length=200)] | None = Field(default=None, description="your own name for it, given back in the report")
    source: SourceIn
    translations: list[TranslationIn] = Field(min_length=1, max_length=50)
    glossary: Terms | None = Field(default=None, description="the name of a stored glossary, or entries")
    metadata: Metadata = Field(
        default={}, description="anything, up to 8 KB as JSON; article names the article, so that a later submission of it is a revision"
    )

    @model_validator(mode="after")
    def _article(self) -> SubmissionIn:
        article = self.metadata.get("article")
        if article is not None and (not isinstance(article, str) or not 0 < len(article) <= 500 or NOT_PLAIN.search(article)):
            raise ValueError("metadata.article must be a string of 1 to 500 characters")
        return self


class RevisionIn(Strict):
    """What is new in an article: a language that is not given stays as it was in the latest revision."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"examples": [{"translations": [{"lang": "zh", "text": SAMPLE_ZH}]}]}
    )
    source: SourceIn | None = None
    translations: list[TranslationIn] = Field(default=[], max_length=50)
    glossary: Terms | None = None
    metadata: Metadata = Field(default={}, description="is added to that of the latest revision; up to 8 KB as JSON together")

    @model_validator(mode="after")
    def _something(self) -> RevisionIn:
        if self.source is None and not self.translations:
            raise ValueError("nothing is new: give a source or a translation")
        return self


class DecisionIn(Strict):
    """What an editor decides about a finding."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"decision": "false_alarm", "reason": "the unit was converted", "version": 0}]},
    )
    decision: Decision
    reason: Annotated[Plain, Field(max_length=500)] | None = None
    comment: Annotated[Plain, Field(max_length=5000)] | None = None
    version: int | None = Field(default=None, ge=0, le=2**31 - 1, description="the version that was seen; another one is a conflict")


class FilterIn(Strict):
    """Which findings a bulk decision is about: all that match every key given."""

    audit: Identity | None = None
    article: Identity | None = None
    lang: Annotated[str, Field(max_length=16, pattern=r"^[A-Za-z-]+$")] | None = None
    category: Literal["figure", "name", "claim", "tone", "omission", "addition", "terminology"] | None = None
    type: Annotated[str, Field(max_length=32, pattern=r"^[a-z_]+$")] | None = None
    severity: Literal["critical", "major", "minor"] | None = None
    status: Literal["new", "open"] | None = None
    decision: Decision | None = None

    @model_validator(mode="after")
    def _bounded(self) -> FilterIn:
        if self.audit is None and self.article is None:
            raise ValueError("a bulk decision is about one audit or one article: give audit or article")
        return self


class BulkIn(Strict):
    """One decision for many findings."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [{"filter": {"article": "art_77d0a1b2c3d4e5f601234567", "type": "unit"}, "decision": "false_alarm"}]
        },
    )
    filter: FilterIn
    decision: Decision
    reason: Annotated[Plain, Field(max_length=500)] | None = None
    comment: Annotated[Plain, Field(max_length=5000)] | None = None


class GlossaryIn(Strict):
    """A glossary's entries."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"entries": [{"source": "Strait of Hormuz", "zh": "霍尔木兹海峡", "ja": "ホルムズ海峡"}]}]},
    )
    entries: Entries


class WebhookIn(Strict):
    """Where to report what."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"examples": [{"url": "https://tools.example.com/hooks/audits", "events": ["audit.finished"]}]},
    )
    url: Annotated[str, Field(min_length=8, max_length=2000, pattern=r"^https?://[!-~]+$")]
    events: list[Event] = Field(default=["audit.finished", "audit.failed"], min_length=1, max_length=2)

    @field_validator("url")
    @classmethod
    def _reachable(cls, url: str) -> str:
        try:
            read = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise ValueError(f"this is no address: {error}") from None
        if not read.host or read.port == 0 or read.userinfo:
            raise ValueError("write an address such as https://tools.example.com/hooks, without a user or a password")
        return url


class KeyIn(Strict):
    """A new key."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "translator", "name": "Li", "expires": "2027-01-01T00:00:00Z"}]}
    )
    role: Role
    name: Annotated[Plain, Field(max_length=MOST_NAME)] = ""
    expires: datetime | None = Field(default=None, strict=False, description="a time of ISO 8601, before the year 9999")

    @field_validator("expires")
    @classmethod
    def _written(cls, expires: datetime | None) -> datetime | None:
        if expires is not None and not 1 < expires.year < 9999:
            raise ValueError("write a year before 9999")
        return expires

    def expires_at(self) -> int | None:
        """In milliseconds since 1970; a time without a zone is UTC."""
        if self.expires is None:
            return None
        return int((self.expires if self.expires.tzinfo else self.expires.replace(tzinfo=UTC)).timestamp() * 1000)


class SessionIn(Strict):
    """A key, to open a page session with."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [{"key": "ta_..."}]})
    key: Annotated[str, Field(min_length=1, max_length=200)]
