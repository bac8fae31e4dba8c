"""Japanese."""

from __future__ import annotations

from auditor.lang.base import Language
from auditor.lang.ja.contrasts import contrasts
from auditor.lang.ja.cues import read_cues
from auditor.lang.ja.figures import read_figures
from auditor.lang.ja.names import read_names
from auditor.lang.ja.poles import read_poles
from auditor.lang.ja.roles import acts, undergoes
from auditor.lang.ja.segment import likeness, split
from auditor.lang.ja.speakers import speakers
from auditor.lang.ja.syllables import stretches, syllables
from auditor.lang.ja.tone import read_tone
from auditor.lang.ja.words import read_words
from auditor.text import fold

LANGUAGE = Language(
    code="ja",
    name="Japanese",
    split=split,
    fold=fold,
    script=lambda text: "Jpan",
    likeness=likeness,
    words=read_words,
    figures=read_figures,
    names=read_names,
    cues=read_cues,
    tone=read_tone,
    poles=read_poles,
    acts=acts,
    undergoes=undergoes,
    speakers=speakers,
    contrasts=contrasts,
    syllables=syllables,
    stretches=stretches,
    called=frozenset({"日文", "日语", "日本語"}),
    verb_last=True,
)
