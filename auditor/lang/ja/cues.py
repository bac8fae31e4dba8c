"""Japanese cues, from `data/cues.tsv` over lemmas, so that one row reads every inflection.

Before matching, particles and endings that carry no claim (は も が ます です) are left out, the copula's forms become だ and
every negative ending (ぬ ず ざる, and ん where it is ぬ, not の) becomes ない: なければなりません and なければならない are both
ない ば なる ない.
Longest row wins, so かもしれない, に違いない and だけでなく are read before their ない. A word the table does not hold that
begins with 不 無 非 未 is `negative`, and so is one that JMdict defines by a denial.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from auditor.lang.cue_table import STOPS, answers, cues, find, load
from auditor.lang.denial import denies
from auditor.lang.ja.lexicon import senses
from auditor.model import Cue, Word

LEFT_OUT = frozenset({"は", "も", "が", "ます", "、"})
_COPULA = frozenset({"で", "だ", "です", "である", "じゃ"})
_NEGATIVE_ENDINGS = frozenset({"ぬ", "ず", "無い", "ない", "ざる", "ねえ"})
"""By lemma: the ん of ません is a ぬ, that of んです is a の and denies nothing."""
_AT_MOST = frozenset({"くらい", "ぐらい", "だけ", "ほど", "のみ"})
_ASKING_TONE = frozenset({"の", "ね", "よね", "でしょ", "でしょう", "だろう", "かしら", "っけ", "かも", "とは"})
_PREFIXES = ("不", "無", "非", "未", "否", "反")


@lru_cache(maxsize=4096)
def _denies(lemma: str) -> bool:
    found = senses(lemma)
    if not found:
        return len(lemma) > 2 and lemma.startswith(_PREFIXES)
    return any(denies(sense) for sense in found[: 4 if lemma.startswith(_PREFIXES) else 1])


def _forms(word: Word) -> frozenset[str]:
    if word.lemma in _NEGATIVE_ENDINGS and word.pos in ("function", "adj"):
        return frozenset({"ない", word.text})
    if word.text in ("だろう", "でしょう", "であろう"):
        return frozenset({word.text})
    if word.lemma in _COPULA and word.pos == "function":
        return frozenset({"だ", "て"} if word.text == "で" else {"だ"})
    if word.lemma in ("いる", "居る"):
        return frozenset({"いる"})
    return frozenset({word.lemma, word.text})


def read_cues(text: str, words: tuple[Word, ...]) -> tuple[Cue, ...]:
    """The cues of one sentence, in order of position."""
    kept = [w for w in words if w.lemma not in LEFT_OUT]
    forms, spans = [_forms(w) for w in kept], [(w.start, w.end) for w in kept]
    found = find(load("auditor.lang.ja", "cues.tsv"), forms)
    read = [_able_to_go_on(cue) for cue in cues(found, spans, text)]
    for table in ("footing.tsv", "rungs.tsv"):
        read += cues(find(load("auditor.lang.ja", table), forms), spans, text)
    read += answers(find(load("auditor.lang.ja", "answers.tsv"), forms, None, _FAR, STOPS, False), spans, text)
    taken = {kept[at].start for _, indices in found for at in indices}
    for word in words:
        prefix = word.pos == "other" and word.text in _PREFIXES[:4]
        if word.start not in taken and (prefix or (word.pos in ("noun", "verb", "adj", "adv") and _denies(word.lemma))):
            read.append(Cue(word.start, word.end, word.text, "negative", "word"))
    read += _questions(text, words) + _paired(text) + _forbidding(words) + _unfinished(words)
    return tuple(sorted(read, key=lambda c: (c.start, c.end)))


_FAR = 12
"""Words that may stand between the halves of an answer (ほど ... ない)."""


def _able_to_go_on(cue: Cue) -> Cue:
    """Without its は, ていけない forbids nothing: 食っていけない is "cannot get by"."""
    going = cue.value == "forbidden" and cue.text.startswith(("ていけ", "でいけ"))
    return replace(cue, kind="negation", value="unable") if going else cue


def _forbidding(words: tuple[Word, ...]) -> list[Cue]:
    """The な that forbids: after a verb in its plain form, at the end of what is said (触れるな。)."""
    found = []
    for at, (before, word) in enumerate(pairwise(words)):
        closed = at + 2 >= len(words) or words[at + 2].pos == "punct"
        if word.text == "な" and closed and before.pos == "verb" and before.text == before.lemma:
            found.append(Cue(word.start, word.end, word.text, "negative", "word"))
    return found


_ONLY_DENIED = frozenset({"ちっとも", "少しも", "一向に", "さっぱり", "全然", "一切", "決して"})
_ANY = frozenset({"何", "誰", "なに", "だれ", "一つ", "ひとつ", "一人", "ひとり", "一度"})
_ENDS = frozenset("。」』！…")


def _unfinished(words: tuple[Word, ...]) -> list[Cue]:
    """What only goes with a denial, where the denial is left to be understood (「活字にできることは何も」)."""
    found = []
    for at, word in enumerate(words):
        size = 1 if word.text in _ONLY_DENIED else 2 if word.text in _ANY and [w.text for w in words[at + 1 : at + 2]] == ["も"] else 0
        last = at + size
        if size and (last >= len(words) or words[last].text in _ENDS):
            end = words[last - 1].end
            found.append(Cue(word.start, end, "".join(w.text for w in words[at:last]), "negation", "not"))
    return found


def _paired(text: str) -> list[Cue]:
    """The first halves of "...わけでも、...わけでもない": denied by the one ない at the end."""
    last = max(text.rfind("わけでもな"), text.rfind("わけでもあ"))
    found: list[Cue] = []
    at = text.find("わけでも")
    while 0 <= at < last:
        found.append(Cue(at, at + 4, text[at : at + 4], "negation", "partial"))
        at = text.find("わけでも", at + 4)
    return found


def _questions(text: str, words: tuple[Word, ...]) -> list[Cue]:
    at = max(text.find("？"), text.find("?"))
    if at >= 0:
        return [Cue(at, at + 1, text[at], "question", "question")]
    spoken = [w for w in words if w.pos != "punct"]
    if spoken and spoken[-1].text in ("か", "かい", "かな", "のか", "ですか", "ますか"):
        last = spoken[-1]
        # a noun and か ("火元は台所か", "救われるのは評判くらいか") doubts more than it asks
        doubts = last.text == "か" and len(spoken) > 1 and (spoken[-2].pos in ("noun", "name") or spoken[-2].text in _AT_MOST)
        return [Cue(last.start, last.end, last.text, "question", "embedded" if doubts else "question")]
    if spoken and spoken[-1].text in _ASKING_TONE:
        last = spoken[-1]
        return [Cue(last.start, last.end, last.text, "question", "word")]
    return []
