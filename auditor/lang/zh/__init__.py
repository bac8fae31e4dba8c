"""Chinese, Hans and Hant; readers see Hans."""

from __future__ import annotations

from auditor.lang.base import Language
from auditor.lang.zh.contrasts import contrasts
from auditor.lang.zh.cues import read_cues
from auditor.lang.zh.figures import read_figures
from auditor.lang.zh.names import read_names
from auditor.lang.zh.poles import read_poles
from auditor.lang.zh.roles import acts, undergoes
from auditor.lang.zh.script import fold_hans, script
from auditor.lang.zh.segment import likeness, split
from auditor.lang.zh.speakers import speakers
from auditor.lang.zh.syllables import stretches, syllables
from auditor.lang.zh.tone import read_tone
from auditor.lang.zh.words import read_words

LANGUAGE = Language(
    code="zh",
    name="Chinese",
    split=split,
    fold=fold_hans,
    script=script,
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
    called=frozenset({"中文", "汉语"}),
    tensed=False,
)
