"""Rebuilds the tables by which foreign names are recognised across scripts: `python -m auditor.tables.names_letters`.

`zh/data/names_letters.tsv.gz`  a syllable (pinyin, toneless), the letters it stands for in names and what that costs
`ja/data/names_letters.tsv.gz`  the same for katakana
Cost: minus the natural logarithm of the probability, times 100. Rows that begin with ^ say how likely a letter follows a letter in names.

Learned by expectation maximisation (each syllable of a name spells none to five letters of it, in order) from names known in both
scripts: cities of GeoNames (CC BY 4.0), given names of CC-CEDICT (CC BY-SA 4.0), katakana names of JMnedict (CC BY-SA 4.0).
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.lang import names_base
from auditor.lang.ja.syllables import syllables as kana_units
from auditor.lang.letters import LONGEST
from auditor.lang.translit import plain
from auditor.lang.zh.syllables import syllables
from auditor.tables.names_sounds import _pack

LANG = Path(__file__).parent.parent / "lang"
ROUNDS = 7
_DOUBTFUL = -2.2  # logarithm per letter under which a pair is a translation, not a transliteration
_RARE = 0.0008  # share of a syllable's spellings under which one is left out
_START = (0.1, 0.3, 1.0, 0.6, 0.25, 0.1)  # what a chunk of so many letters weighs before anything is learned
_SINOSPHERE = ("geo:CN", "geo:TW", "geo:HK", "geo:MO", "geo:JP", "geo:KR", "geo:KP")

Sample = tuple[tuple[str, ...], str]
Rows = dict[str, dict[str, float]]


def main() -> None:
    """Writes both tables."""
    credit = {"zh": "GeoNames (CC BY 4.0), CC-CEDICT (CC BY-SA 4.0)", "ja": "GeoNames (CC BY 4.0), JMnedict (CC BY-SA 4.0), EDRDG"}
    for code, samples in (("zh", _chinese()), ("ja", _japanese())):
        rows = learn(sorted(set(samples)))
        head = f"# syllable, letters:cost (-100 ln p); ^letter, next letter; source: {credit[code]}, 2026-11"
        _pack(LANG / code / "data" / "names_letters.tsv.gz", head, [*_lines(rows, ""), *_lines(_general(), "^")])


def _lines(rows: Rows, mark: str) -> Iterator[str]:
    for unit, row in sorted(rows.items()):
        cells = (f"{chunk}:{max(1, round(-100 * math.log(p)))}" for chunk, p in sorted(row.items(), key=lambda item: -item[1]))
        yield "\t".join([mark + unit.removeprefix("^"), *cells])


def _placed(code: str) -> Iterator[tuple[str, str]]:
    """Cities outside East Asia in both scripts."""
    ours, theirs = names_base.load("en"), names_base.load(code)
    spelled: dict[str, list[str]] = defaultdict(list)
    for surface in ours.entries:
        for key in (ours.get(surface) or ("", ()))[1]:
            spelled[key].append(plain(surface).replace(" ", ""))
    for surface in theirs.entries:
        keys = (theirs.get(surface) or ("", ()))[1]
        if len(keys) == 1 and keys[0].startswith("geo:") and not keys[0].startswith(_SINOSPHERE):
            yield from ((surface, word) for word in spelled[keys[0]] if 3 <= len(word) <= 16)


def _chinese() -> Iterator[Sample]:
    from auditor.lang.zh.lexicon import _lines as entries

    pairs = [(re.sub("[市镇县州郡城区港]$|·", "", surface), word) for surface, word in _placed("zh")]
    for word, found in entries().items():
        names = (m[1] for line in found for m in re.finditer(r"/([A-Z][a-z]+)(?: or [A-Z]\w+)? \(name\)", line))
        pairs += [(word, plain(name)) for name in names]
    return ((syllables(surface), word) for surface, word in pairs if re.fullmatch("[一-鿿]{2,9}", surface))


def _japanese() -> Iterator[Sample]:
    import jamdict_data

    base = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    rows = base.execute(
        "select distinct k.text, g.text from NEKana k join NETranslation n on n.idseq = k.idseq join NETransGloss g on g.tid = n.ID "
        "join NETransType t on t.tid = n.ID where t.text in ('surname','given','fem','masc','person','place') "
        "and not exists (select 1 from NEKanji j where j.idseq = k.idseq)"
    )
    pairs = [(kana, plain(re.sub(r"\(.*", "", gloss))) for kana, gloss in rows]
    pairs += [(re.sub("[・＝=]", "", surface), word) for surface, word in _placed("ja")]
    fit = (p for p in pairs if re.fullmatch("[ァ-ヺー]{2,14}", p[0]) and re.fullmatch("[a-z]{3,16}", p[1]))
    return ((kana_units(surface), word) for surface, word in fit)


def learn(samples: Sequence[Sample]) -> Rows:
    """Syllable -> letters -> probability."""
    rows: Rows = {}
    for turn in range(ROUNDS):
        counts: Rows = defaultdict(lambda: defaultdict(float))
        for units, word in samples:
            _expect(units, word, rows, counts, turn > 1)
        rows = {}
        for unit, count in counts.items():
            total = sum(count.values())
            rows[unit] = {chunk: n / (total + 0.5) for chunk, n in count.items() if n >= _RARE * total}
    return rows


def _chance(rows: Rows, unit: str, chunk: str) -> float:
    return rows.get(unit, {}).get(chunk, 1e-7) if rows else _START[len(chunk)]


def _expect(units: Sequence[str], word: str, rows: Rows, counts: Rows, strict: bool) -> None:
    """Adds how often each syllable of one name spells which letters of it (forward and backward over all ways)."""
    size, last = len(word), len(units)
    spans = [(a, b) for a in range(size + 1) for b in range(a, min(size, a + LONGEST) + 1)]
    chance = [{(a, b): _chance(rows, unit, word[a:b]) for a, b in spans} for unit in units]
    fore = [[0.0] * (size + 1) for _ in range(last + 1)]
    back = [[0.0] * (size + 1) for _ in range(last + 1)]
    fore[0][0] = back[last][size] = 1.0
    for i in range(last):
        for a, b in spans:
            fore[i + 1][b] += fore[i][a] * chance[i][a, b]
    for i in reversed(range(last)):
        for a, b in spans:
            back[i][a] += chance[i][a, b] * back[i + 1][b]
    whole = fore[last][size]
    if whole <= 0 or (strict and math.log(whole) / size < _DOUBTFUL):
        return
    for i, unit in enumerate(units):
        for a, b in spans:
            share = fore[i][a] * chance[i][a, b] * back[i + 1][b] / whole
            if share > 1e-3:
                counts[unit][word[a:b]] += share


def _general() -> Rows:
    """Letter -> next letter -> probability, in the English table of cities and given names; "^" is the beginning."""
    counts: Rows = defaultdict(lambda: defaultdict(lambda: 0.1))
    given = names_base.lines("en", "names_given.tsv.gz")
    for name in (*names_base.load("en").entries, *given):
        for word in plain(name).split():
            for before, letter in zip("^" + word, word, strict=False):
                counts[before][letter] += 1
    return {before: {letter: n / sum(row.values()) for letter, n in row.items()} for before, row in counts.items()}


if __name__ == "__main__":
    main()
