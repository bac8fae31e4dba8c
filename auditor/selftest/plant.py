"""Known drifts for the user's own article, planted into its English: whatever the translations say, they then say something else.

Planting into the English needs no knowledge of the other languages and leaves back-translations as they are. An omission is a sentence
taken out of a translation, an addition one taken out of the English. The words put in are not the auditor's own lists: digits are
changed, scales exchanged, countries come from CLDR, opposites and modal verbs are everyday English.

One drift is planted at a time. The places are spread over the article and the same in every run.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor.audit import Plan
from auditor.intake import Submission
from auditor.lang.base import language
from auditor.model import Segment

KINDS = (
    "figure/digits",
    "figure/scale",
    "name/place",
    "claim/negation",
    "claim/direction",
    "claim/modality",
    "tone",
    "omission",
    "addition",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A drift and the submission that holds it.

    kind    one of KINDS
    lang    the version it is planted against; omissions differ from version to version, the other kinds are the same for all
    before  the sentence as it was, in the language it was changed in
    after   the same with the drift, "" when it was taken out
    start   where the changed sentence begins in its text: the English, for an omission the translation
    end     where it ends (a sentence that was taken out has no length)
    """

    kind: str
    lang: str
    before: str
    after: str
    start: int
    end: int
    submission: Submission


def plant(plan: Plan, lang: str, each: int) -> Iterator[Planted]:
    """Up to `each` drifts of every kind against one version. The plan tells which sentences have a counterpart there."""
    submission = plan.submission
    alone = replace(submission, translations=tuple(t for t in submission.translations if t.lang == lang))
    translation = next(t for t in plan.translations if t.lang == lang)
    shared = {i for bead in translation.beads if bead.target for i in bead.source}
    sentences = [s for i, s in enumerate(plan.source_segments) if i in shared]
    for kind, change in _CHANGES.items():
        changed = ((s, after) for s in _spread(sentences, kind) if (after := change(s.text)) is not None and after != s.text)
        for _, (sentence, after) in zip(range(each), changed, strict=False):
            yield _in_english(alone, kind, lang, sentence, after)
    # A sentence alone in its passage: one of several that were merged may be taken out without a loss.
    single = [(bead.source[0], bead.target[0]) for bead in translation.beads if bead.kind == "1-1" and len(translation.beads) > 1]
    whole = [plan.source_segments[i] for i, _ in single]
    for _, sentence in zip(range(each), _spread([s for s in whole if len(s.text) > 30], "addition"), strict=False):
        yield _in_english(alone, "addition", lang, sentence, "")
    targets = [translation.segments[j] for _, j in single]
    if alone.translations[0].back_translation is None:  # its lines would no longer fit
        for _, sentence in zip(range(each), _spread([s for s in targets if len(s.text) > 10], "omission"), strict=False):
            yield _omitted(alone, lang, sentence)


def _spread(sentences: Sequence[Segment], kind: str) -> list[Segment]:
    """In an order that is spread over the article, another for each kind, the same in every run."""
    return sorted(sentences, key=lambda s: zlib.crc32(f"{kind}\x1f{s.text}".encode()))


def _in_english(submission: Submission, kind: str, lang: str, sentence: Segment, after: str) -> Planted:
    text = submission.source[: sentence.start] + after + submission.source[sentence.end :]
    end = sentence.start + len(after)
    return Planted(kind, lang, sentence.text, after, sentence.start, end, replace(submission, source=text))


def _omitted(submission: Submission, lang: str, sentence: Segment) -> Planted:
    old = submission.translations[0]
    text = old.text[: sentence.start] + old.text[sentence.end :]
    changed = replace(submission, translations=(replace(old, text=text, alignment=()),))
    return Planted("omission", lang, sentence.text, "", sentence.start, sentence.start, changed)


def _digits(text: str) -> str | None:
    """Another last digit in the first figure that has digits, never a leading zero."""
    for figure in language("en").read(text).figures:
        found = list(re.finditer(r"\d", figure.text))
        if found and figure.value is not None and figure.kind not in ("ordinal", "weekday", "time"):
            at = figure.start + found[-1].start()
            other = str((int(text[at]) + 3) % 10 or 4)
            return text[:at] + other + text[at + 1 :]
    return None


_SCALES = {"thousand": "million", "million": "billion", "billion": "million", "trillion": "billion"}


def _scale(text: str) -> str | None:
    """A thousand as a million, a million as a billion, a billion as a million."""
    return _replaced(text, rf"\b({'|'.join(_SCALES)})\b(?=s?\b)", lambda m: _SCALES[m[1]])


@cache
def _countries() -> dict[str, str]:
    """English name -> code of the countries of CLDR."""
    from babel import Locale

    names = Locale("en").territories
    return {name: code for code, name in sorted(names.items()) if len(code) == 2 and code.isalpha() and " " not in name}


def _place(text: str) -> str | None:
    """A country as another country, chosen by the sentence."""
    for name in language("en").read(text).names:
        if name.text in _countries() and any(key.startswith("place:") for key in name.keys):
            others = [c for c in _countries() if c not in text]
            other = others[zlib.crc32(text.encode()) % len(others)]
            return text[: name.start] + other + text[name.end :]
    return None


_AUXILIARIES = "is|are|was|were|will|would|can|could|has|have|had|should|does|do|did"


def _negation(text: str) -> str | None:
    """A "not" taken away, or put behind the first auxiliary."""
    without = _replaced(text, rf"\b({_AUXILIARIES}) not\b", lambda m: m[1])
    return without or _replaced(text, rf"\b({_AUXILIARIES})\b(?= [a-z])(?! not| even| all)", lambda m: f"{m[1]} not")


_OPPOSITES = (
    "rise fall", "rises falls", "rose fell", "rising falling", "risen fallen", "increase decrease", "increases decreases",
    "increased decreased", "increasing decreasing", "growth decline", "grew shrank", "higher lower", "more fewer", "gain loss",
    "gains losses", "gained lost", "win lose", "won lost", "strengthen weaken", "strengthened weakened", "expand shrink",
    "expanded shrank", "accept reject", "accepted rejected", "before after", "support oppose", "supported opposed", "success failure",
    "allow forbid", "allowed forbade", "start end", "started ended", "began ended", "opened closed", "buy sell", "bought sold",
    "buyers sellers", "exports imports", "export import", "ally enemy", "allies enemies", "cheap expensive", "early late", "best worst",
    "larger smaller", "largest smallest", "stronger weaker", "first last", "old new", "easy difficult", "public private",
)  # fmt: skip


@cache
def _opposite() -> dict[str, str]:
    pairs = [pair.split() for pair in _OPPOSITES]
    return {word: other for a, b in pairs for word, other in ((a, b), (b, a))}


def _direction(text: str) -> str | None:
    """A word as its opposite."""
    return _replaced(text, rf"\b({'|'.join(_opposite())})\b", lambda m: _opposite()[m[1]])


_MODALS = {"may": "will", "might": "will", "will": "may", "must": "may"}


def _modality(text: str) -> str | None:
    """What may be as what will be, and the other way round."""
    return _replaced(text, rf"\b({'|'.join(_MODALS)})\b(?= [a-z])", lambda m: _MODALS[m[1]])


_SAYING = {"said": "ranted", "says": "rants", "told": "scolded", "wrote": "raved"}


def _tone(text: str) -> str | None:
    """A plain verb of saying as a loaded one."""
    return _replaced(text, rf"\b({'|'.join(_SAYING)})\b", lambda m: _SAYING[m[1]])


def _replaced(text: str, pattern: str, other: Callable[[re.Match[str]], str]) -> str | None:
    after, times = re.subn(pattern, other, text, count=1)
    return after if times else None


_CHANGES: dict[str, Callable[[str], str | None]] = {
    "figure/digits": _digits,
    "figure/scale": _scale,
    "name/place": _place,
    "claim/negation": _negation,
    "claim/direction": _direction,
    "claim/modality": _modality,
    "tone": _tone,
}
