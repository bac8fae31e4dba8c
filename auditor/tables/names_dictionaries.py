"""Places that CC-CEDICT and JMdict or JMnedict name by one English word: counties, states, rivers, islands, towns (Devon, 德文, デボン).

CC-CEDICT says what they are and often where ("county of southwest England"), which gives the key its country. A place that the tables of
cities and regions have already is left to them. A word that is a person's name or a common English word as well only explains.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

_SORTS = (
    "county province state river lake island islands town region mountain mountains peninsula sea strait gulf bay port district canton "
    "desert volcano archipelago territory prefecture borough ocean cape oblast department range canal"
)
_SORT = re.compile(rf"\b(?:{_SORTS.replace(' ', '|')})\b")
_NO_PLACE = re.compile(r"surname|given name|novel|dynasty|poet|king\b|brand|person|god|Buddh|constellation|planet|myth|language")
_RATHER = frozenset(
    {"Lotus", "Taurus", "Angus", "Alexander", "Cordillera", "Crawford", "Rhodes"}
)  # seldom the place when a newspaper says it
_WORD = r"[A-Z][\w'’.-]+"
_NAME = re.compile(rf"(?:the |The )?({_WORD}(?: (?:{_WORD}|of|the|de|la|el|du|and))*)(?:\s*\([^)]*\)|,.*)?$")
_WRITTEN = re.compile(r"[ァ-ヺー・＝=]{3,}|[一-鿿々]{2,}|[ァ-ヺー]{2,}[一-鿿]")
_CHINESE = re.compile(r"[一-鿿]{2,}$")

Row = tuple[str, str, str, str]  # language, surface, key, kind


def places(
    known: Mapping[str, Mapping[str, Collection[str]]], country_of: Callable[[str], str | None], people: Collection[str]
) -> Iterator[Row]:
    """Rows of places whose English is not `known` (language -> surface -> keys); one whose Chinese is known is another name of that place
    (Saigon). `country_of` finds the country a text names, `people` are surnames and given names."""
    chinese, japanese = _chinese(), _japanese()
    for english in sorted(chinese.keys() & japanese.keys()):
        if _plain(english) in known["en"] or english in known["en"] or english in _RATHER or len(english) < 4:
            continue
        texts = " ".join(chinese[english].values())
        where = country_of(texts)
        slug = english.lower().replace(" ", "-").replace("'", "")
        key = f"geo:{where}.p-{slug}" if where else f"place:p-{slug}"
        known_as = f"geo:{where or ''}"
        key = next((k for s in chinese[english] for k in sorted(known["zh"].get(s, ())) if k.startswith(known_as)), key)
        kind = "other" if english in people or _is_word(english) else "place"
        # The English of one spelling each, some of them dated, only explains: where it stands as a place it is one (lang/en/names.py).
        yield "en", english, key, "other"
        for surface in chinese[english]:
            yield "zh", surface, key, kind
        for surface in sorted(japanese[english]):
            yield "ja", surface, key, kind


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _chinese() -> dict[str, dict[str, str]]:
    """English name -> Chinese surface -> what the dictionary says of it."""
    from auditor.lang.zh.lexicon import raw_entries, words

    found: dict[str, dict[str, str]] = defaultdict(dict)
    for word in words():
        for entry in raw_entries(word):
            said = [re.sub(r"\s*\[[^\]]*\]", "", d) for d in entry.definitions]
            text = " ".join(said)
            if not entry.reading[:1].isupper() or not _CHINESE.match(word) or not _SORT.search(text) or _NO_PLACE.search(text):
                continue
            for name in (m[1] for d in said if (m := _NAME.match(d.strip()))):
                found[name][word] = text
    return found


def _japanese() -> dict[str, set[str]]:
    """English name -> Japanese surfaces, of places in JMnedict and of words with a capital in JMdict."""
    import jamdict_data

    base = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    found: dict[str, set[str]] = defaultdict(set)
    questions = (
        ("select t.idseq, g.text from NETransGloss g join NETranslation t on g.tid = t.ID "
            "join NETransType y on y.tid = t.ID where y.text = 'place'",
         "NEKanji", "NEKana"),
        ("select s.idseq, g.text from SenseGloss g join Sense s on g.sid = s.ID", "Kanji", "Kana"),
    )  # fmt: skip
    for question, kanji, kana in questions:
        surfaces: dict[int, list[str]] = defaultdict(list)
        for table in (kanji, kana):
            for number, text in base.execute(f"select idseq, text from {table}"):
                surfaces[number].append(text)
        for number, gloss in base.execute(question):
            name = _NAME.match(gloss.strip())
            if name:
                found[name[1]].update(s for s in surfaces[number] if _WRITTEN.fullmatch(s))
    return {name: written for name, written in found.items() if written}


def _is_word(english: str) -> bool:
    from auditor.lang.en.words import lemmas

    return " " not in english and any(pos != "name" for pos, _ in lemmas(english.lower()))
