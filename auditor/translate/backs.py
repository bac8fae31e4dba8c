"""The back-translations of a version: remembered or made, examined, unhealthy ones made once more with other settings.

What is still unhealthy is kept to be shown, marked suspect with the reason, and is no evidence. What the engine could not translate is
missing, and why is said once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_high

from auditor.audit import BackTranslation
from auditor.encoder import Encoder
from auditor.translate.base import Decoding, Engine
from auditor.translate.cache import Cache
from auditor.translate.health import health, is_strange


@dataclass(frozen=True, slots=True)
class Backs:
    """segment index -> its English; and why some have none, in plain words ("" when all have)."""

    english: Mapping[int, BackTranslation]
    problem: str = ""


def back_translate(engine: Engine, lang: str, passages: Mapping[int, str], encoder: Encoder, cache: Cache | None = None) -> Backs:
    """English of segments: `passages` maps a segment's index to its text, widths and scripts folded."""
    distinct = tuple(dict.fromkeys(passages.values()))
    english, problem = _said(engine, lang, distinct, "first", cache)
    if not engine.independent:
        return Backs({i: BackTranslation(english[text], independent=False) for i, text in passages.items() if text in english}, problem)
    first = _examined(lang, list(english.items()), encoder)
    reasons = dict(zip(english, first.reasons, strict=True))
    ill = [text for text, reason in reasons.items() if reason != "ok"]
    if ill and not first.strange and not problem:  # settings cure a sentence, neither ignorance nor a server in trouble
        second, problem = _said(engine, lang, ill, "second", cache)
        better = [(text, said) for text, said in second.items() if said != english[text]]
        again = _examined(lang, better, encoder, first.typical)
        for (text, said), reason in zip(better, again.reasons, strict=True):
            if reason == "ok":
                english[text], reasons[text] = said, "ok"
    return Backs({i: _judged(english[text], reasons[text]) for i, text in passages.items() if text in english}, problem)


def examine_supplied(lang: str, passages: Sequence[str], english: Sequence[str], encoder: Encoder) -> Backs:
    """English that came with the texts, examined: passage k and English k belong together."""
    reasons = _examined(lang, list(zip(passages, english, strict=True)), encoder).reasons
    return Backs({i: _judged(*said) for i, said in enumerate(zip(english, reasons, strict=True))})


@dataclass(frozen=True, slots=True)
class _Examined:
    """Of each pair "ok" or the reason why not; the document's typical similarity; whether its English is none of this text."""

    reasons: tuple[str, ...]
    typical: float | None
    strange: bool = False


def _examined(lang: str, pairs: Sequence[tuple[str, str]], encoder: Encoder, typical: float | None = None) -> _Examined:
    """Pairs of passage and English. `typical`: the document's similarity when the pairs are but a part of it."""
    vectors = encoder.encode([passage for passage, _ in pairs]) * encoder.encode([english for _, english in pairs])
    similarities = [round(float(s), 3) for s in vectors.sum(axis=1)]
    whole = typical is None
    if typical is None and similarities:
        typical = median_high(similarities)
    reasons = [health(lang, passage, english, s, typical) for (passage, english), s in zip(pairs, similarities, strict=True)]
    strange = whole and typical is not None and is_strange(typical, len(similarities))
    if strange:
        reasons = ["meaning" if reason == "ok" else reason for reason in reasons]
    return _Examined(tuple(reasons), typical, strange)


def _judged(english: str, reason: str) -> BackTranslation:
    """A back-translation with what its health is."""
    return BackTranslation(english) if reason == "ok" else BackTranslation(english, "suspect", reason)


def _said(engine: Engine, lang: str, texts: Sequence[str], decoding: Decoding, cache: Cache | None) -> tuple[dict[str, str], str]:
    """What the engine says of each text, from memory where it can; and its trouble."""
    maker = (engine.name, engine.fingerprint(lang), decoding, lang)
    keeps = cache if engine.independent else None  # a gloss is made faster than it is looked up
    known = keeps.get(maker, texts) if keeps else {}
    new = [text for text in texts if text not in known]
    if not new:
        return known, ""
    made = engine.translate(lang, new, decoding)
    fresh = {text: said for text, said in zip(new, made.english, strict=True) if said is not None}
    if keeps and fresh:
        keeps.put(maker, fresh)
    return known | fresh, made.problem
