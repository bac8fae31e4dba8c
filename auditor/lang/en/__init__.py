"""English."""

from __future__ import annotations

from auditor.lang.base import Language
from auditor.lang.en.contrasts import contrasts
from auditor.lang.en.cues import read_cues
from auditor.lang.en.figures import read_figures
from auditor.lang.en.names import read_names
from auditor.lang.en.poles import read_poles
from auditor.lang.en.roles import acts, undergoes
from auditor.lang.en.segment import likeness, split
from auditor.lang.en.speakers import speakers
from auditor.lang.en.syllables import stretches, syllables
from auditor.lang.en.tone import read_tone
from auditor.lang.en.words import CONNECTIVES, read_words
from auditor.text import fold

LANGUAGE = Language(
    code="en",
    name="English",
    split=split,
    fold=fold,
    script=lambda text: "Latn",
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
    called=frozenset({"英文", "英语", "英語"}),
    connectives=CONNECTIVES,
)
