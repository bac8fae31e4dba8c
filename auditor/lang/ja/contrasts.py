"""What is set against what in a Japanese sentence: 船長ではなく船主, 夏のガスが冬のガスより高い, コメから麦へ."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.lang.contrasts import Contrast, Pattern, read
from auditor.model import Word

_SOME = "[^、。；：！？「」（）]{{1,{most}}}"
_FIRST, _SECOND = (f"(?P<{group}>{_SOME.format(most=18)})" for group in ("first", "second"))
_TOPIC_FIRST, _TOPIC_SECOND = (f"(?P<{group}>{_SOME.format(most=18)}?)" for group in ("first", "second"))
_PATTERNS: tuple[Pattern, ...] = (
    ("chosen", f"{_SECOND}(?:では|で)(?:なく|無く)て?、?(?:むしろ)?{_FIRST}"),
    ("chosen", f"{_SECOND}よりも?、?むしろ{_FIRST}"),
    ("chosen", f"{_SECOND}というよりも?、?{_FIRST}"),
    ("chosen", f"{_TOPIC_SECOND}よりも?{_TOPIC_FIRST}を?(?:優先|選)"),
    ("compared", f"{_TOPIC_FIRST}(?:は|が)、?{_TOPIC_SECOND}より"),
    ("compared", f"{_TOPIC_SECOND}よりも?、?{_TOPIC_FIRST}(?:の(?:ほう|方))が"),
    ("compared", f"{_TOPIC_SECOND}(?:は|が)、?{_TOPIC_FIRST}ほど"),
    ("compared", f"{_TOPIC_FIRST}(?:は|が)、?{_TOPIC_SECOND}(?:を|に)(?:上回|しの|凌|追い抜|抜い|破|下し|勝|打ち負か|圧倒|先行)"),
    ("compared", f"{_TOPIC_SECOND}(?:は|が)、?{_TOPIC_FIRST}(?:に敗|に負|に屈|に劣|に後れ|に抜か)"),
    ("path", f"{_TOPIC_SECOND}から{_TOPIC_FIRST}(?:へ|に|まで)"),
    ("exchange", f"{_SECOND}と引き換えに{_FIRST}"),
)


def contrasts(words: Sequence[Word]) -> tuple[Contrast, ...]:
    """In the order of the patterns."""
    return tuple(read(words, _PATTERNS, lambda word: word.text, ""))
