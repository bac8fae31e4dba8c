"""Chinese cues, from `data/cues.tsv` over characters, plus what CC-CEDICT says of words that hold a negation.

Longest row wins over the whole sentence, so 不得不, 不仅 and 未必 are read before 不 and 未 are. A row of one character counts only
where it is a word of its own (会 in 社会 is none). A word that the table does not hold is `negative` when the dictionary defines it
by a denial: in any of its first senses if it has a negative character (不适 "unwell"), in the first one if not (缺席 "absent").
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from auditor.lang.cue_table import STOPS, Entry, answers, cues, find, load
from auditor.lang.denial import denies
from auditor.lang.zh.lexicon import senses
from auditor.model import Cue, Word

_NO_PARTICLE = ("什么", "那么", "这么", "怎么", "多么", "要么")
_OPENS = frozenset("拒免缺禁失别")
_CLOSES = frozenset("无未没")
"""Ends words of adverb and denial that no dictionary has (暂无, 迄未)."""
_BEGIN_ANEW = _CLOSES | frozenset("不非前后")
"""What begins a row even at the end of a word (目前|不会)."""
_OF_CONTENT = frozenset({"noun", "verb"})
_Seams = tuple[frozenset[int], frozenset[int]]
"""Places inside words that hold on to their end, and the beginnings of words that stand by themselves."""
_SPELLS = "莫"
"""Spells the sounds of foreign names, too: 莫里."""
_NEGATIVE = frozenset("不没未无非否莫毋勿难")


@lru_cache(maxsize=4096)
def _denies(word: str) -> bool:
    negative = not _NEGATIVE.isdisjoint(word)
    found = senses(word)
    if not found:
        opens = (word[0] in _NEGATIVE and word[0] not in _SPELLS) or word[0] in _OPENS
        return opens or word[-1] in _CLOSES or (negative and len(word) > 3)
    if len(word) > 3 and word[0] in _NEGATIVE:
        return True
    return any(denies(sense) for sense in found[: 4 if negative else 1])


def read_cues(text: str, words: tuple[Word, ...]) -> tuple[Cue, ...]:
    """The cues of one sentence, in order of position."""
    starts = {w.start for w in words}
    ends = {w.end for w in words}
    cut = frozenset(i for w in words if w.pos in _OF_CONTENT and w.senses for i in range(w.start + 1, w.end) if text[i] not in _BEGIN_ANEW)
    fresh = frozenset(w.start for w in words if w.pos != "function")

    def stands(entry: Entry, at: tuple[int, ...]) -> bool:
        return _stands(entry, at, starts, ends, (cut, fresh))

    table = load("auditor.lang.zh", "cues.tsv", True)
    forms = [frozenset({c}) for c in text]
    found = find(table, forms, stands)
    spans = [(i, i + 1) for i in range(len(text))]
    idioms = [range(w.start, w.end) for w in words if len(w.text) > 3]
    nouns = {w.start for w in words if w.pos in ("noun", "name")}
    read = [_inside(cue, idioms) for cue in cues(found, spans, text) if not (cue.text == "该" and cue.end in nouns)]
    for name in ("footing.tsv", "rungs.tsv"):
        rows = load("auditor.lang.zh", name, True)
        read += cues(find(rows, forms, stands), spans, text)
    rows = load("auditor.lang.zh", "answers.tsv", True)
    read += answers(find(rows, forms, stands, _FAR, STOPS, False), spans, text)
    taken = {at for _, indices in found for at in indices}
    for word in words:
        if len(word.text) > 1 and taken.isdisjoint(range(word.start, word.end)) and _denies(word.text):
            read.append(Cue(word.start, word.end, word.text, "negative", "word"))
    read += _questions(text) + _beyond(words)
    return tuple(sorted((cue for cue in read if not _is_plan(cue, text)), key=lambda c: (c.start, c.end)))


def _is_plan(cue: Cue, text: str) -> bool:
    """Is a plan the thing that is spoken of (回购计划，该计划此前), and nothing that anybody plans to do?"""
    return cue.text == "计划" and (text[cue.end : cue.end + 1] in _BEHIND_A_PLAN or text[cue.start - 1 : cue.start] in _BEFORE_A_PLAN)


_BEHIND_A_PLAN, _BEFORE_A_PLAN = ("", *"，。、；：！？）”」』的等中内外"), tuple("该此项个一的份套")
_FAR = 24
"""Characters that may stand between the halves of an answer (除了 ... 没)."""


def _inside(cue: Cue, idioms: list[range]) -> Cue:
    """A denial that is only a part of an idiom (前所未有, 不在话下) denies nothing by grammar."""
    cut = cue.kind == "negation" and any(i.start <= cue.start and cue.end <= i.stop and len(i) > cue.end - cue.start for i in idioms)
    return replace(cue, kind="negative", value="word") if cut else cue


def _stands(entry: Entry, at: tuple[int, ...], starts: set[int], ends: set[int], seams: _Seams) -> bool:
    """Does the row stand as words of its own? Longer rows may cut into a word at one end, single characters may not, and none may take the
    end of a known word with the beginning of another (定将 of 协定将)."""
    if at[0] in seams[0] and any(i in seams[1] and i - at[0] == k for k, i in enumerate(at[1:], 1)):
        return False
    opens, closes = at[0] in starts, at[-1] + 1 in ends
    if len(entry.items) == 1:
        return opens and closes
    return opens or closes


def _beyond(words: tuple[Word, ...]) -> list[Cue]:
    """不过 behind a verb of one character: what cannot be got past (撑不过十二个月), where else it is "but" or "only"."""
    return [
        Cue(word.start, word.end, word.text, "negation", "unable")
        for before, word in pairwise(words)
        if word.text == "不过" and before.pos == "verb" and before.end == word.start and len(before.text) == 1 and before.text not in "是有"
    ]


def _questions(text: str) -> list[Cue]:
    at = max(text.find("？"), text.find("?"))
    if at < 0:
        bare = text.rstrip(" 。.”」\"'’!！…")
        at = len(bare) - 1 if bare.endswith(("吗", "么", "呢")) and not bare.endswith(_NO_PARTICLE) else -1
    return [Cue(at, at + 1, text[at], "question", "question")] if at >= 0 else []
