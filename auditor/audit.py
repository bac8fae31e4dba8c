"""The pipeline: plan (segment, align), say which texts to translate, then read, check, weigh and judge.

The core never holds a translator: the edge translates what `texts_to_translate` names and `audit` finishes with the answers.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.align import align
from auditor.align_stated import Contradiction, align_stated, owners_of
from auditor.align_words import Text, join_by_words
from auditor.checks import CHECKS
from auditor.checks.base import Document
from auditor.encoder import Encode
from auditor.intake import Submission, check_segments, check_submission
from auditor.lang.base import language
from auditor.ledger import build
from auditor.model import Abstention, Bead, Drift, Facts, Finding, Pair, Passage, Segment, Span
from auditor.reading import Reading, join_facts
from auditor.report import BackTranslationTally, Report, TranslationReport
from auditor.scores import document_scores, mqm, passage_chrf
from auditor.versions import judge
from auditor.witnesses import typical_similarity, weigh

SEVERITY_ORDER = {"critical": 0, "major": 1, "minor": 2}


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """English of one segment of a translation.

    health       "ok" or "suspect": a suspect one is shown and is no evidence
    reason       why it is suspect (`translate/health.py` has the words), "" when it is not
    independent  False for a gloss: made by the same readers, it is shown and scored but is no witness
    """

    text: str
    health: str = "ok"
    reason: str = ""
    independent: bool = True


@dataclass(frozen=True, slots=True)
class PlannedTranslation:
    """A translation segmented and aligned with the source.

    contradicted  pairs that the submitter's file states and the encoder contradicts
    """

    lang: str
    text: str
    segments: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    contradicted: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked submission, segmented and aligned; nothing of it depends on an engine."""

    submission: Submission
    source_segments: tuple[Segment, ...]
    translations: tuple[PlannedTranslation, ...]


def plan(submission: Submission, reading: Reading) -> Plan:
    """Check, segment and align. Raises InputError for a text that cannot be audited."""
    check_submission(submission)
    source = reading.segments(submission.source, submission.source_lang)
    check_segments(len(source), "the source text")
    planned = []
    for translation in submission.translations:
        target = reading.segments(translation.text, translation.lang)
        check_segments(len(target), f"the {translation.lang} translation")
        folded = _folded(source, submission.source_lang), _folded(target, translation.lang)
        if translation.alignment:
            beads, wrong = align_stated(source, target, folded, translation.alignment, reading.encoder)
        else:
            beads, wrong = align(*folded, reading.encoder), ()
        stated = [s.source for s in translation.alignment], [s.target for s in translation.alignment]
        texts = (
            _text(submission.source_lang, submission.source, source, folded[0], stated[0], reading),
            _text(translation.lang, translation.text, target, folded[1], stated[1], reading),
        )
        beads = join_by_words(beads, *texts, reading.encoder.encode)
        planned.append(PlannedTranslation(translation.lang, translation.text, target, beads, wrong))
    return Plan(submission, source, tuple(planned))


def _folded(segments: Sequence[Segment], lang: str) -> list[str]:
    fold = language(lang).fold
    return [fold(s.text).text for s in segments]


def _text(
    lang: str, text: str, segments: Sequence[Segment], folded: Sequence[str], stated: Sequence[tuple[int, int]], reading: Reading
) -> Text:
    """One side for what joins by words: in paragraphs, or in the pairs that the submitter's file states (what is in none is by itself)."""
    units = [s.paragraph for s in segments]
    if stated:
        units = [-1 - at if owner is None else owner for at, owner in enumerate(owners_of(segments, stated))]
    return Text(folded, units, lambda chosen: reading.passage(lang, text, [segments[i] for i in chosen]))


def texts_to_translate(planned: Plan) -> dict[str, tuple[str, ...]]:
    """language -> the distinct segments whose English is wanted, in order."""
    return {t.lang: tuple(dict.fromkeys(s.text for s in t.segments)) for t in planned.translations}


def audit(
    planned: Plan, backs: Mapping[tuple[str, int], BackTranslation], reading: Reading, problems: Mapping[str, str] | None = None
) -> Report:
    """The report of a plan.

    backs     (language, segment index) -> its English, missing where there is none
    problems  language -> in plain words why some segments have none
    """
    submission = planned.submission
    found: list[Finding] = []
    places: dict[str, tuple[int, int] | None] = {}
    translations: list[TranslationReport] = []
    abstentions: list[Abstention] = []
    for translation in planned.translations:
        pairs = _pairs(planned, translation, backs, reading)
        places |= {p.passage.id: (p.passage.source.start, p.passage.source.end) if p.passage.source else None for p in pairs}
        own, silent = _findings(_document(planned, translation, pairs, reading.encoder.encode))
        found += own
        abstentions += silent
        tally = _tally(translation, backs, (problems or {}).get(translation.lang, ""))
        translations.append(_translation_report(translation, pairs, tally))
    judged = judge(found, places, [t.lang for t in planned.translations])
    words = len(submission.source.split())
    scored = tuple(replace(t, mqm=mqm([f for f in judged if f.lang == t.lang], words)) for t in translations)
    return Report(submission.id, submission.source_lang, submission.source, scored, tuple(judged), tuple(abstentions))


def _pairs(
    planned: Plan, translation: PlannedTranslation, backs: Mapping[tuple[str, int], BackTranslation], reading: Reading
) -> tuple[Pair, ...]:
    source_lang, source_text = planned.submission.source_lang, planned.submission.source
    pairs = []
    for number, bead in enumerate(translation.beads):
        source = [planned.source_segments[i] for i in bead.source]
        target = [translation.segments[i] for i in bead.target]
        english = [backs[(translation.lang, i)] for i in bead.target if (translation.lang, i) in backs]
        passage = _passage(number, bead, translation, source, target, source_text, english)
        pairs.append(
            Pair(
                passage,
                reading.passage(source_lang, source_text, source),
                reading.passage(translation.lang, translation.text, target),
                _back_facts(source_lang, english, len(target), reading),
                bead.source,
                bead.target,
                tuple(Span(s.start, s.end, s.text) for s in source),
                tuple(Span(s.start, s.end, s.text) for s in target),
            )
        )
    return tuple(pairs)


def _passage(
    number: int,
    bead: Bead,
    translation: PlannedTranslation,
    source: Sequence[Segment],
    target: Sequence[Segment],
    source_text: str,
    english: Sequence[BackTranslation],
) -> Passage:
    source_span, target_span = _cover(source, source_text), _cover(target, translation.text)
    back = " ".join(b.text for b in _once(english)) if target and len(english) == len(target) else None
    ill = next((b for b in english if b.health != "ok"), None)
    return Passage(
        id=f"{translation.lang}-{number:04d}",
        lang=translation.lang,
        kind=bead.kind,
        source=source_span,
        target=target_span,
        similarity=round(bead.similarity, 2),
        moved=bead.moved,
        back_translation=back,
        back_translation_health=(ill.health if ill else "ok") if back is not None else None,
        back_translation_reason=ill.reason if ill and back is not None else "",
        chrf=passage_chrf(back, source_span.text) if back is not None and source_span else None,
    )


def _cover(segments: Sequence[Segment], text: str) -> Span | None:
    if not segments:
        return None
    start, end = segments[0].start, segments[-1].end
    return Span(start, end, text[start:end])


def _back_facts(lang: str, english: Sequence[BackTranslation], wanted: int, reading: Reading) -> Facts | None:
    if not english or len(english) != wanted or any(b.health != "ok" or not b.independent for b in english):
        return None
    english = _once(english)
    parts, at = [], 0
    for back in english:
        parts.append((reading.facts(lang, back.text), at))
        at += len(back.text) + 1
    return join_facts(lang, " ".join(b.text for b in english), parts)


def _once(english: Sequence[BackTranslation]) -> list[BackTranslation]:
    """Segments that share a line of supplied English each have the whole of it: it is said once."""
    return [b for i, b in enumerate(english) if i == 0 or b.text != english[i - 1].text]


def _document(planned: Plan, translation: PlannedTranslation, pairs: tuple[Pair, ...], encode: Encode) -> Document:
    glossary = tuple(term for term in planned.submission.glossary if term.lang == translation.lang)
    source, wrong = planned.submission.source, translation.contradicted
    return Document(translation.lang, source, translation.text, pairs, build(pairs), glossary, encode, wrong)


def _findings(document: Document) -> tuple[list[Finding], list[Abstention]]:
    by_id = {p.passage.id: p for p in document.pairs}
    typical = typical_similarity(document.pairs)
    drifts: list[Drift] = []
    silent: list[Abstention] = []
    for check in CHECKS:
        if check.languages is not None and document.lang not in check.languages:
            silent.append(Abstention(check.id, document.lang, None, f"the {check.id} check does not know this language"))
            continue
        for found in check.find(document):
            (drifts if isinstance(found, Drift) else silent).append(found)  # type: ignore[arg-type]
    drifts.sort(key=lambda d: _order(d, by_id))
    return list(_weighed(drifts, document.lang, by_id, typical)), silent


def _order(drift: Drift, by_id: Mapping[str, Pair]) -> tuple[int, int, str, str]:
    pair = by_id.get(drift.passage or "")
    passage = pair.passage if pair else None
    span = drift.target or (passage.target if passage else None)
    source = drift.source or (passage.source if passage else None)
    return (source.start if source else -1, span.start if span else -1, drift.category, drift.type)


def _weighed(drifts: Sequence[Drift], lang: str, by_id: Mapping[str, Pair], typical: float) -> Iterator[Finding]:
    for drift, name in zip(drifts, _names(drifts), strict=True):
        verdict = weigh(drift, by_id.get(drift.passage or ""), typical)
        yield Finding(
            id=f"{lang}-{name}",
            lang=lang,
            category=drift.category,
            type=drift.type,
            severity=verdict.severity,
            confidence=verdict.confidence,
            strength=verdict.strength,
            passage=drift.passage,
            source=drift.source,
            target=drift.target,
            message=f"{drift.message} ({verdict.note})" if verdict.note else drift.message,
            witnesses=verdict.witnesses,
            evidence=drift.evidence,
            mqm=drift.mqm,
        )


def _names(drifts: Sequence[Drift]) -> list[str]:
    """A name for each drift that the same drift has in the next revision: short, and longer where two would have the same."""
    seen: Counter[str] = Counter()
    digests = []
    for drift in drifts:
        identity = "\x1f".join(
            (drift.category, drift.type, drift.key, drift.source.text if drift.source else "", drift.target.text if drift.target else "")
        )
        seen[identity] += 1
        digest = hashlib.sha256(f"{identity}\x1f{seen[identity]}".encode()).hexdigest()
        digests.append(f"{drift.category}-{digest}")
    # Both of two are lengthened: were one left short, it would take the other's name, and its decisions, when that one is gone.
    shared = Counter(digest[: -_LENGTH + _SHORT] for digest in digests)
    return [digest[: -_LENGTH + (_SHORT if shared[digest[: -_LENGTH + _SHORT]] == 1 else _LONG)] for digest in digests]


_LENGTH, _SHORT, _LONG = 64, 6, 24
"""Hexadecimal digits of a digest, and of those in a finding's id."""


def _tally(translation: PlannedTranslation, backs: Mapping[tuple[str, int], BackTranslation], problem: str) -> BackTranslationTally:
    said = [backs[key] for i in range(len(translation.segments)) if (key := (translation.lang, i)) in backs]
    suspect = Counter(b.reason for b in said if b.health != "ok")
    total = len(translation.segments)
    return BackTranslationTally(total, len(said) - suspect.total(), dict(sorted(suspect.items())), total - len(said), problem)


def _translation_report(translation: PlannedTranslation, pairs: Sequence[Pair], tally: BackTranslationTally) -> TranslationReport:
    both = [p.passage for p in pairs if p.passage.source and p.passage.target]
    weight = sum(len(p.source.text) for p in both if p.source)
    similarity = sum(p.similarity * len(p.source.text) for p in both if p.source) / weight if weight else 0.0
    spoken = [p for p in both if p.back_translation_health == "ok"]
    chrf, bleu = document_scores([p.back_translation or "" for p in spoken], [p.source.text for p in spoken if p.source])
    return TranslationReport(
        lang=translation.lang,
        text=translation.text,
        script=language(translation.lang).script(translation.text),
        passages=tuple(p.passage for p in pairs),
        similarity=round(similarity, 2),
        chrf=chrf if spoken else None,
        bleu=bleu if spoken else None,
        mqm=100.0,
        back_translation=tally,
    )
