"""Builds `auditor/lang/zh/data/words_readings.tsv`: which entry of CC-CEDICT is meant first when a word has several.

    python -m auditor.tables.cedict

The dictionary orders homographs by their pinyin, so that 后 would be an empress before it is "after". The entry meant first is the one
with the traditional form OpenCC gives (s2t) and the reading pypinyin gives; a word whose first such entry already stands first has no row.
"""

from __future__ import annotations

from pathlib import Path

HEAD = "# Columns: word (Hans), its commonest traditional form, its commonest reading\n# Source: CC-CEDICT (CC BY-SA 4.0), OpenCC (Apache-2.0), pypinyin (MIT); built by auditor.tables.cedict\n"  # noqa: E501


def main() -> None:
    """Write the table."""
    from opencc import OpenCC
    from pypinyin import Style, pinyin

    from auditor.lang.zh.lexicon import raw_entries, words

    convert = OpenCC("s2t").convert
    rows = []
    for word in words():
        entries = [e for e in raw_entries(word) if not e.reading[:1].isupper()]
        if len(entries) < 2 or len(word) > 2:
            continue
        traditional = convert(word)
        reading = " ".join(s[0] for s in pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))
        best = max(entries, key=lambda e: ((e.reading == reading) + (e.traditional == traditional), -entries.index(e)))
        if best is not raw_entries(word)[0]:
            rows.append(f"{word}\t{best.traditional}\t{best.reading}\n")
    path = Path(__file__).parent.parent / "lang" / "zh" / "data" / "words_readings.tsv"
    path.write_text(HEAD + "".join(sorted(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
