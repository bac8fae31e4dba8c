"""Who is said to say it in an English sentence: the words of the subject of a verb of saying, or of what it is "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Word

_SAY = frozenset(
    "say tell announce report warn add insist argue claim deny declare note explain state stress estimate believe think call confirm "  # noqa: SIM905
    "acknowledge admit remark comment write describe predict suggest testify allege complain reveal disclose".split()
)
_STOP = frozenset("that which who whom whose when where while because although though but if as after before since until whether".split())  # noqa: SIM905
_FAR = 9
_QUOTES = frozenset("\"”“’‘'")


def speakers(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that name who says it, in order of position."""
    found: dict[int, Word] = {}
    for at, word in enumerate(words):
        if word.text.lower() == "according" and at + 1 < len(words) and words[at + 1].text.lower() == "to":
            found.update((w.start, w) for w in _after(words, at + 2))
        elif word.pos == "verb" and word.lemma.lower() in _SAY:
            before = words[at - 1].text if at else ""
            if before in _QUOTES or before == ",":
                found.update((w.start, w) for w in _after(words, at + 1))
            if before not in _QUOTES:
                found.update((w.start, w) for w in _before(words, at))
    return tuple(found[start] for start in sorted(found))


def _after(words: Sequence[Word], at: int) -> list[Word]:
    taken: list[Word] = []
    for word in words[at : at + _FAR]:
        if word.pos == "verb" or word.text.lower() in _STOP or word.text in ".;:!?" or word.text in _QUOTES:
            break
        taken.append(word)
    return taken


def _before(words: Sequence[Word], at: int) -> list[Word]:
    taken: list[Word] = []
    for word in reversed(words[max(0, at - _FAR) : at]):
        if word.text.lower() in _STOP or word.text in ".;:!?" or word.text in _QUOTES or (word.pos == "verb" and taken):
            break
        taken.append(word)
    return taken[::-1]
