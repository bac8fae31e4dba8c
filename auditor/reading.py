"""A run's memory: every sentence is segmented, folded, read and encoded once, however often it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from auditor.encoder import Encoder
from auditor.lang.base import language
from auditor.model import Facts, Segment, shift
from auditor.segment import segment

_SENTENCES = 8_192


class Reading:
    """Readers and encoder with a bounded memo; one per run or per process, not shared by threads."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._learned: dict[tuple[str, str], Facts] = {}
        self.facts = lru_cache(maxsize=_SENTENCES)(self._facts)
        self.segments = lru_cache(maxsize=256)(segment)

    def _facts(self, lang: str, text: str) -> Facts:
        return self._learned.get((lang, text)) or language(lang).read(text)

    def learn(self, facts: Mapping[tuple[str, str], Facts]) -> None:
        """Sentences (language, text) that another process has read; they replace those learned before."""
        self._learned = dict(facts)

    def passage(self, lang: str, text: str, segments: Sequence[Segment]) -> Facts:
        """What stands in consecutive segments of `text`, in offsets of `text`."""
        if not segments:
            return Facts(lang, "")
        parts = [(self.facts(lang, s.text), s.start) for s in segments]
        return join_facts(lang, text[segments[0].start : segments[-1].end], parts)


def join_facts(lang: str, text: str, parts: Sequence[tuple[Facts, int]]) -> Facts:
    """Facts of several sentences as one, each shifted by its offset."""
    return Facts(
        lang=lang,
        text=text,
        words=tuple(w for f, at in parts for w in shift(f.words, at)),
        figures=tuple(x for f, at in parts for x in shift(f.figures, at)),
        names=tuple(n for f, at in parts for n in shift(f.names, at)),
        cues=tuple(c for f, at in parts for c in shift(f.cues, at)),
        tone=tuple(t for f, at in parts for t in shift(f.tone, at)),
        poles=tuple(p for f, at in parts for p in shift(f.poles, at)),
    )
