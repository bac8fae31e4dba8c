"""The frozen types every room shares.

All offsets are Unicode code points. A span of a *submitted text* satisfies `text[start:end] == span.text`;
a span inside `Facts` satisfies the same against `Facts.text` (a sentence or a passage) until it is shifted to the document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

Severity = Literal["critical", "major", "minor"]
Category = Literal["figure", "name", "claim", "tone", "omission", "addition", "terminology"]
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor")
CATEGORIES: tuple[Category, ...] = ("figure", "name", "claim", "tone", "omission", "addition", "terminology")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: code-point offsets and the piece itself."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Segment(Span):
    """A sentence, a headline or a list item; segments joined with what lies between them are the text."""

    index: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Word(Span):
    """A token of the language's own tokenizer.

    lemma  the dictionary form in the language itself
    pos    noun, verb, adj, adv, num, name, function, punct or other
    senses English lemmas this word may stand for, likeliest first (for English: its own lemmas).
           This is the interlingua of words: readers produce it, checks compare it.
    """

    lemma: str
    pos: str
    senses: tuple[str, ...] = ()


FigureKind = Literal[
    "number", "ordinal", "percent", "points", "fraction", "multiple", "money",
    "measure", "duration", "date", "weekday", "time", "range",
]  # fmt: skip
Bound = Literal["exact", "over", "at least", "under", "at most"]


@dataclass(frozen=True, slots=True)
class Figure(Span):
    """A figure by value, as the contract prints it.

    value  plain decimal ("19000000", "0.6667", "1.8" for 1.8 %), ISO date as far as known ("2023", "--11-19"),
           weekday "1" (Monday) to "7", time "HH:MM"; None when the text names no value ("millions")
    high   upper end of a range, same notation
    unit   ISO 4217 code, CLDR unit name ("kilometer", "square-meter", "day"), or None
    """

    kind: FigureKind
    value: str | None
    high: str | None = None
    unit: str | None = None
    bound: Bound = "exact"
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Remainder(Figure):
    """What is left of a price, in percent: 八折 is 80 %. A translation may say what is taken off instead: 20 %."""


@dataclass(frozen=True, slots=True)
class Reduction(Figure):
    """What is taken off a price, in percent, and said to be: 20 % off, 2割引."""


def of_price(kind: type[Figure], figure: Figure) -> Figure:
    """The figure as a Remainder or a Reduction."""
    return kind(*(getattr(figure, field.name) for field in fields(Figure)))


NameKind = Literal["person", "place", "organisation", "work", "other"]


@dataclass(frozen=True, slots=True)
class Name(Span):
    """A name as an entity.

    keys   language-neutral identities from tables ("place:JP", "geo:1850147", "entity:nato"); two names that share one are the same
    forms  lower-case Latin spellings or readings it may have ("takaichi sanae"), for comparison by sound and spelling
    """

    kind: NameKind
    keys: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue(Span):
    """A word that turns a claim: kind and value are language-neutral ("negation"/"not", "certainty"/"possible", "direction"/"up")."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ToneWord(Span):
    """A word that carries tone.

    kind       reporting, label, evaluative, intensifier or softener
    valence    -4 (hostile, bad) to 4 (warm, good), on VADER's scale
    intensity  0 (plain) to 4 (ranting)
    coarse     a curse or an obscene insult: what a decent paper would not print in its own voice
    speaks     it stands where a verb of saying does: beside what is quoted
    """

    kind: str
    valence: float
    intensity: float
    lemma: str = ""
    coarse: bool = False
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Pole(Span):
    """A word that stands on a pole of an axis: "oppose" on against of stance, 南部 on south of north (`auditor/lang/pole_table.py`).

    sure   False: it may stand there, so that it excuses but does not accuse
    """

    axis: str
    pole: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What one language's readers find in one sentence or passage; offsets into `text` plus `offset` in the document."""

    lang: str
    text: str
    words: tuple[Word, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: tuple[Name, ...] = ()
    cues: tuple[Cue, ...] = ()
    tone: tuple[ToneWord, ...] = ()
    poles: tuple[Pole, ...] = ()


PassageKind = str
S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Bead:
    """One alignment unit: indices of source segments and of target segments (either may be empty), both ascending.

    similarity  cosine of the two sides, 0 when one is empty
    moved       the passage stands elsewhere in the translation than its neighbours
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float = 0.0
    moved: bool = False

    @property
    def kind(self) -> PassageKind:
        return f"{len(self.source)}-{len(self.target)}"


class Stated(NamedTuple):
    """A pair that the submitter's own file states: code-point ranges of the source and of the translation, (0, 0) for none."""

    source: tuple[int, int]
    target: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A bead of one translation in document offsets, with its back-translation."""

    id: str
    lang: str
    kind: PassageKind
    source: Span | None
    target: Span | None
    similarity: float
    moved: bool = False
    back_translation: str | None = None
    back_translation_health: str | None = None
    back_translation_reason: str = ""
    chrf: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage with what was read on each side: what a check is given.

    Offsets of `source` and `target` facts are document offsets; those of `back` are offsets into `passage.back_translation`.
    back               None when there is no back-translation, or it is not healthy, or the engine is no independent witness (gloss)
    source_segments    segment indices, for neighbours
    sentences          spans of the source's segments in the document, for passages that merge several
    target_sentences   spans of the translation's, for passages that split one into several
    """

    passage: Passage
    source: Facts
    target: Facts
    back: Facts | None = None
    source_segments: tuple[int, ...] = ()
    target_segments: tuple[int, ...] = ()
    sentences: tuple[Span, ...] = ()
    target_sentences: tuple[Span, ...] = ()

    def offset(self, facts: Facts) -> int:
        """Where the text of the source's or the translation's facts begins in its document."""
        passage = self.passage.source if facts is self.source else self.passage.target
        return passage.start if passage is not None else 0


@dataclass(frozen=True, slots=True)
class Drift:
    """What a check found, before the witnesses are weighed.

    type      the kind of change within the category ("magnitude", "negation", "replaced", ...)
    severity  what it is worth when sure; the witnesses may lower it
    strength  0 to 1: how sure the native reading is by itself
    back      True: the back-translation shows the drift too; False: it shows the faithful reading; None: it cannot tell
    native    False: seen in the back-translation only
    key       what makes the drift the same in the next revision (no offsets in it)
    """

    category: Category
    type: str
    severity: Severity
    strength: float
    source: Span | None
    target: Span | None
    message: str
    mqm: str
    key: str = ""
    native: bool = True
    back: bool | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """What a check could not judge, and why."""

    check: str
    lang: str
    passage: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A weighed drift, as the contract prints it.

    confidence  how often such a finding is real (`auditor/calibration.py`)
    strength    what the witnesses gave it before that; not printed
    """

    id: str
    lang: str
    category: Category
    type: str
    severity: Severity
    confidence: float
    strength: float
    passage: str | None
    source: Span | None
    target: Span | None
    message: str
    witnesses: tuple[str, ...]
    evidence: Mapping[str, Any]
    mqm: str
    agreement: str | None = None


def shift(spans: tuple[S, ...], by: int) -> tuple[S, ...]:
    """The same spans, `by` code points further on."""
    # Every word of a document passes here: `dataclasses.replace` would take four times as long.
    return tuple(type(s)(s.start + by, s.end + by, *_beyond(type(s))(s)) for s in spans) if by else spans  # type: ignore[arg-type]


@cache
def _beyond(kind: type[Span]) -> Callable[[Span], tuple[Any, ...]]:
    """The fields of a span after its offsets."""
    names = [f.name for f in fields(kind)[2:]]
    found = attrgetter(*names)
    return found if len(names) > 1 else lambda span: (found(span),)
