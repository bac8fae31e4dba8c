"""Verbs of saying that nobody calls plain (わめく, 咆哮, 罵倒), where the source says something plainly and nothing fierce.

Other loaded verbs are weighed against what else the passage tells, for grim things are told in grim words. These are not: no quotation is
howled because its subject is sad. What answers them is a fierce word of the source ("rant", "mocked", "blasted"), or their own meaning in
another part of speech ("cry", "irony").
"""

from __future__ import annotations

from auditor.lang.lexical import Link
from auditor.model import Facts, ToneWord

RANT = 3.3
"""Intensity from which a verb is no event, but how somebody is said to talk."""
_FIERCE = -1.8
"""Valence of such a verb."""
_ABOUT, _LOUD_ABOUT = -1.0, 2.0
"""Valence and intensity of a word of the source that may be told so."""


def is_fierce(word: ToneWord, source: Facts, links: tuple[Link, ...]) -> bool:
    """Is the translation's word such a verb, and the source without one? links: the translation's words with what stands for them."""
    if word.kind != "reporting" or word.valence > _FIERCE or word.intensity < RANT:
        return False
    plain = {t.start for t in source.tone if t.kind == "reporting" and t.intensity < 1}
    answered = any(t.valence <= _ABOUT and t.intensity >= _LOUD_ABOUT for t in source.tone)
    own = (x.by for x in links if word.start <= x.word.start < word.end and x.by is not None)
    return bool(plain) and not answered and all(by.start in plain for by in own)
