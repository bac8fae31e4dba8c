"""Builds `figures_lexical.tsv` of zh and ja: words that hold a spelled-out numeral and are no figure (三毛猫, 四分卫, 一敗地に塗れる).

    python -m auditor.tables.figure_words

From the name tables: every name of three characters and more (八王子市, 小泉纯一郎), also without 市 and the like, but for a numeral
with its counter (五百户) and rulers (伊丽莎白二世). From the dictionaries: every word of three characters and more whose English names no
number, share, time or measure. Shorter words are looked up as they are met (`Grammar.known`). A word that is nothing but a numeral, or
a numeral and 分之, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_HAN = "〇零一二三四五六七八九十百千万億亿兆两"
_NUMERAL = re.compile(f"[{_HAN}]")
_PLAIN = re.compile(f"[{_HAN}数何幾几多半第余双]+[つ]?$|[{_HAN}]+[个個]|.*分[之の]|[数何幾几多].*[{_HAN}]|.*[{_HAN}][多余数几]")
# English that names a number in words, Latin or Greek, and what is measured or counted by name.
_NAMES_NUMBER = re.compile(
    r"\b(?:zero|nil|none|one|ones|two|twos|three|threes|four|fours|five|fives|six|sixes|seven|sevens|eight|eights|nine|nines|ten|tens|eleven|"
    r"twelve|[a-z]*teens?|[a-z]*teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ies|ieth)s?(?:-[a-z]+)?|hundreds?|thousands?|millions?|"
    r"billions?|trillions?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|hundredth|last|half|halves|halved|"
    r"quarters?|both|double|triple|quadruple|dual|pairs?|couple|once|twice|thrice|single|dozens?|scores|many|several|multiple|times|"
    r"decades?|centur(?:y|ies)|millenni(?:um|a)|years?|yearly|annual|anniversary|birthday|months?|monthly|weeks?|weekly|fortnight|days?|daily|nights?|"
    r"hours?|hourly|minutes?|seconds|moment|noon|midday|midnight|o'clock|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|[a-z]+day|percent|per cent|discount|yen|yuan|cents?|dollars?|meters?|metres?|kilom[a-z]+|"
    r"miles?|inch(?:es)?|feet|foot|pounds?|"
    r"grams?|lit(?:er|re)s?|age|aged|[a-z]+genarian|class|grade|level|rank|degree|generation|counter|numeral|number|"
    r"(?:bi|tri|quadri|quadru|quadr|tetra|quin|penta|quint|hexa|sex|sext|hepta|sept|octa|octo|oct|nona|deca|dodeca|duodec|cent|mono|uni)"
    r"[a-z]{3,}|pri?mary|secondary|tertiary|[IVX]{2,}|\d+(?:st|nd|rd|th|D|G|s)?)\b",
    re.IGNORECASE,
)
_HEAD = "# word that holds a numeral and is no figure\n# Source: {source}; built by auditor.tables.figure_words\n"


def chosen(entries: Iterable[tuple[str, str]]) -> list[str]:
    """The words, of (word, English), that hold a numeral and name no number."""
    numeric: dict[str, bool] = {}
    for word, english in entries:
        if len(word) >= 3 and _NUMERAL.search(word) and not _PLAIN.match(word):
            numeric[word] = numeric.get(word, False) or not english or bool(_NAMES_NUMBER.search(english))
    return sorted(_STEM.sub("", word) for word, names in numeric.items() if not names)


# A verb of a set phrase is written in other forms as well: 一敗地に塗れる, 塗れた.
_STEM = re.compile("(?<=....)[うくぐすつぬぶむる]$")
_ENDINGS = re.compile("(?<=..[^市])[市县縣區区町村郡]$|(?<=...)市[市县]$")


def names(lang: str, tables: Iterable[str]) -> Iterator[str]:
    """Names that hold a numeral."""
    from importlib import import_module

    from auditor.lang.rows import packaged

    known = import_module(f"auditor.lang.{lang}.figures").grammar().tables
    counted = re.compile(f"[{_HAN}]+(?:{known.counter}|{known.unit})(?:[^市县縣区區町村郡])?|.*[{_HAN}]世")
    for table in tables:
        for name in set(packaged(lang, table).keys()):
            for form in {name, _ENDINGS.sub("", name)}:
                if len(form) >= 3 and _NUMERAL.search(form) and not _PLAIN.match(form) and not counted.fullmatch(form):
                    yield form


_NAMES = {"zh": ("names_table.tsv.gz", "names_japanese.tsv.gz"), "ja": ("names_table.tsv.gz",)}


def _chinese() -> Iterator[tuple[str, str]]:
    from auditor.lang.zh.lexicon import raw_entries, words

    for word in words():
        if _NUMERAL.search(word):
            yield word, "; ".join(d for entry in raw_entries(word) for d in entry.definitions)


def _japanese() -> Iterator[tuple[str, str]]:
    import sqlite3

    import jamdict_data

    database = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    senses = "select group_concat(g.text, '; ') from SenseGloss g join Sense s on s.ID = g.sid where s.idseq = ? and +g.lang = 'eng'"
    for number, word in database.execute("select idseq, text from Kanji").fetchall():
        if _NUMERAL.search(word):
            yield word, database.execute(senses, (number,)).fetchone()[0] or ""


def main() -> None:
    """Write both tables."""
    folder = Path(__file__).parent.parent / "lang"
    for lang, source, entries in (
        ("zh", "CC-CEDICT (CC BY-SA 4.0), names_table, names_japanese", _chinese()),
        ("ja", "JMdict (CC BY-SA 4.0), names_table", _japanese()),
    ):
        lines = [word + "\n" for word in sorted({*chosen(entries), *names(lang, _NAMES[lang])})]
        (folder / lang / "data" / "figures_lexical.tsv").write_text(_HEAD.format(source=source) + "".join(lines), encoding="utf-8")
        print(f"{lang}: {len(lines)} words")


if __name__ == "__main__":
    main()
