"""Scores of one translation: chrF and BLEU by sacrebleu with their signatures, and MQM.

MQM (multidimensional quality metrics, linear scoring model): penalty points 1 for minor, 5 for major, 25 for critical,
per 100 words of the source; 100 minus that, not below 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from auditor.model import Finding

_CUT = 1024
PENALTY = {"minor": 1, "major": 5, "critical": 25}


@cache
def _chrf() -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()


@cache
def _bleu() -> Any:
    from sacrebleu.metrics.bleu import BLEU

    return BLEU(effective_order=True)


@lru_cache(maxsize=8_192)
def _statistics(back: str, source: str) -> tuple[list[int], list[int]]:
    """What chrF and BLEU count in one passage: all they need to score any text it is part of, so that no passage is counted twice."""
    _forget()
    return tuple(metric()._extract_corpus_statistics([back], [[source]])[0] for metric in (_chrf, _bleu))


def _forget() -> None:
    """sacrebleu remembers 65,536 sentences cut into words, twice; what is counted is remembered here, so that few of them do."""
    from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
    from sacrebleu.tokenizers.tokenizer_re import TokenizerRegexp

    for known in (Tokenizer13a.__call__, TokenizerRegexp.__call__):
        if known.cache_info().currsize > _CUT:
            known.cache_clear()


@lru_cache(maxsize=8_192)
def passage_chrf(back: str, source: str) -> float:
    """chrF2 of a back-translation against the source passage, 0 to 100, one decimal."""
    return round(float(_chrf()._aggregate_and_compute([_statistics(back, source)[0]]).score), 1)


def document_scores(backs: Sequence[str], sources: Sequence[str]) -> tuple[float, float]:
    """Corpus chrF2 and BLEU of the back-translations of a whole text, 0 to 100, one decimal; (0, 0) without any."""
    if not backs:
        return 0.0, 0.0
    chrf, bleu = zip(*map(_statistics, backs, sources), strict=True)
    return (
        round(float(_chrf()._aggregate_and_compute(chrf).score), 1),
        round(float(_bleu()._aggregate_and_compute(bleu).score), 1),
    )


def score_signature() -> str:
    """sacrebleu's own signatures. They exist only after a first score, so a trivial one is made."""
    document_scores(["a b c d"], ["a b c d"])
    return f"chrf {_chrf().get_signature()}; bleu {_bleu().get_signature()}"


def mqm(findings: Sequence[Finding], words: int) -> float:
    """100 minus penalty points per 100 source words, one decimal, not below 0."""
    points = sum(PENALTY[f.severity] for f in findings)
    return round(max(0.0, 100.0 - 100.0 * points / max(words, 1)), 1)
