"""Files that hold a text and its translation: what is read, and which pairs they state. Made by translate-toolkit where it makes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from translate.storage import po as toolkit_po
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff as toolkit_xliff

from auditor.errors import InputError
from auditor.formats.inputs import load
from auditor.model import Stated
from tests.test_inputs import EN, JA, ZH, bilingual, lines, place, put


def test_xliff_made_by_another_program(tmp_path: Path) -> None:
    store = toolkit_xliff.xlifffile(sourcelanguage="en", targetlanguage="zh-CN")
    for source, target in zip(EN, ZH, strict=True):
        unit = store.addsourceunit(source)
        unit.target = target
    made = bilingual(put(tmp_path, "a.xlf", bytes(store)))
    assert lines(made.source.text) == EN and lines(made.versions["zh"].document.text) == ZH
    stated = made.versions["zh"].alignment
    for pair, source, target in zip(stated, EN, ZH, strict=True):
        assert made.source.text[slice(*pair.source)] == source
        assert made.versions["zh"].document.text[slice(*pair.target)] == target
    assert place(made.source, EN[1])["unit"] and place(made.source, EN[1])["line"] > 1


def test_segmented_and_locked_units_of_xliff(tmp_path: Path) -> None:
    raw = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" target-language="ja" original="a"
datatype="html"><body><trans-unit id="1"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg"
mid="2">Two.</mrk></seg-source><target><mrk mtype="seg" mid="2">二。</mrk><mrk mtype="seg" mid="1">一。</mrk></target><alt-trans><source>x
</source><target>bad</target></alt-trans></trans-unit><group translate="no"><trans-unit id="2"><source>No</source></trans-unit></group>
<trans-unit id="3"><source>A<ph id="1">&lt;br/&gt;</ph>B
   and<x id="2" ctype="lb"/>C</source><target xml:space="preserve">甲
乙</target></trans-unit></body></file></xliff>"""
    made = bilingual(put(tmp_path, "a.xliff", raw))
    assert made.source.text == "One.\nTwo.\nAB and C\n"
    assert made.versions["ja"].document.text == "一。\n二。\n甲\n乙\n"
    assert made.versions["ja"].alignment[2] == Stated((10, 18), (6, 9))


def test_the_place_in_xliff_names_the_segment_and_the_inner_file_where_there_are_several(tmp_path: Path) -> None:
    cut = '<seg-source><mrk mtype="seg" mid="7">One.</mrk><mrk mtype="seg" mid="8">Two.</mrk></seg-source>'
    said = '<target><mrk mtype="seg" mid="7">一。</mrk><mrk mtype="seg" mid="8">二。</mrk></target>'
    one = f'<file original="a.docx" target-language="zh"><trans-unit id="2"><source>One. Two.</source>{cut}{said}</trans-unit></file>'
    two = '<file original="b.docx" target-language="zh"><trans-unit id="2"><source>Three.</source><target>三。</target></trans-unit></file>'
    made = bilingual(put(tmp_path, "a.xlf", f'<xliff version="1.2">{one}{two}</xliff>'))
    assert place(made.source, "Two.") == {"part": "a.docx", "unit": "2", "segment": "8", "line": 1}
    assert place(made.versions["zh"].document, "三。") == {"part": "b.docx", "unit": "2", "line": 1}
    cuts = "".join(f'<segment id="s{n}"><source>{n}.</source><target>{n}。</target></segment>' for n in (1, 2))
    made = bilingual(put(tmp_path, "b.xlf", f'<xliff version="2.0" trgLang="zh"><file id="f"><unit id="u">{cuts}</unit></file></xliff>'))
    assert place(made.source, "2.") == {"unit": "u", "segment": "s2", "line": 1}


def test_ordered_targets_of_xliff_2(tmp_path: Path) -> None:
    raw = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="zh-TW"><file id="f"><group id="g">
<unit id="u"><segment><source>One.</source><target order="2">一。</target></segment><segment>
<source>Two.</source><target order="1">二。</target>
</segment></unit></group><unit id="v" translate="no"><segment><source>No</source></segment></unit>
<unit id="w"><segment><source>Only<cp hex="0001"/> here</source></segment></unit></file></xliff>"""
    made = bilingual(put(tmp_path, "a.xlf", raw))
    assert made.source.text == "One. Two.\nOnly here\n" and made.versions["zh"].document.text == "一。 二。\n"
    assert made.versions["zh"].alignment == (Stated((0, 9), (0, 5)), Stated((10, 19), (0, 0)))


@pytest.mark.parametrize(
    "head",
    [
        'version="1.2"><file source-language="ja" target-language="zh"><body>{1}</body>',
        'version="2.0" srcLang="fr-CA" trgLang="zh"><file>{2}',
    ],
)
def test_xliff_from_another_language_than_english_is_refused(head: str, tmp_path: Path) -> None:
    """It was read as if its source were English, and judged."""
    pair = "<source>A</source><target>\u7532</target>"
    raw = head.format("", f'<trans-unit id="1">{pair}</trans-unit>', f'<unit id="1"><segment>{pair}</segment></unit>')
    with pytest.raises(InputError, match=r"a\.xlf: it is translated from (ja|fr); the auditor needs English as the source"):
        bilingual(put(tmp_path, "a.xlf", f"<xliff {raw}</file></xliff>"))


def test_tmx_made_by_another_program(tmp_path: Path) -> None:
    store = toolkit_tmx.tmxfile()
    for source, target in zip(EN, JA, strict=True):
        store.addtranslation(source, "en", target, "ja")
    path = tmp_path / "a.tmx"
    store.savefile(str(path))
    made = bilingual(str(path))
    assert lines(made.source.text) == EN and lines(made.versions["ja"].document.text) == JA
    assert place(made.source, EN[2])["unit"] == 3


def test_tmx_of_three_languages_is_one_submission(tmp_path: Path) -> None:
    units = "".join(
        f'<tu tuid="t{i}"><tuv xml:lang="ZH-CN"><seg>{z}</seg></tuv>'
        f'<tuv xml:lang="en-GB"><seg>{e.replace("May", "<hi>May</hi>")}</seg></tuv>'
        f'<tuv xml:lang="ja"><seg>{j}<ph>{{0}}</ph></seg></tuv></tu>'
        for i, (e, z, j) in enumerate(zip(EN, ZH, JA, strict=True))
    )
    raw = f'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="*all*"/><body>{units}</body></tmx>'
    made = load(put(tmp_path, "a.tmx", raw), {}, {})
    assert lines(made.submission.source) == EN
    assert {t.lang: lines(t.text) for t in made.submission.translations} == {"zh": ZH, "ja": JA}


@pytest.mark.parametrize("whole", [True, False])
def test_a_memory_with_the_text_once_for_each_language_omits_nothing(whole: bool, tmp_path: Path) -> None:
    """As the auditor itself writes it: its sentences were omissions of one language by the other."""
    ja = [(f"{EN[0]} {EN[1]}", JA[0] + JA[1]), (EN[2], JA[2])] if whole else list(zip(EN[1:], JA[1:], strict=True))
    rows = [*((e, "zh", z) for e, z in zip(EN, ZH, strict=True)), *((e, "ja", j) for e, j in ja)]
    units = "".join(f'<tu><tuv xml:lang="en"><seg>{e}</seg></tuv><tuv xml:lang="{lang}"><seg>{t}</seg></tuv></tu>' for e, lang, t in rows)
    made = bilingual(put(tmp_path, "a.tmx", f"<tmx><body>{units}</body></tmx>"))
    assert lines(made.source.text) == EN
    assert lines(made.versions["zh"].document.text) == ZH and lines(made.versions["ja"].document.text) == [j for _, j in ja]
    assert all(pair.target != (0, 0) for pair in made.versions["zh"].alignment)
    assert [pair.target == (0, 0) for pair in made.versions["ja"].alignment] == ([] if whole else [True, False, False])


def test_other_languages_of_a_memory_are_let_be(tmp_path: Path) -> None:
    def memory(*langs: str) -> str:
        unit = "".join(
            f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'
            for lang, text in zip(("en-US", *langs), ("One.", "甲。", "乙。"), strict=False)
        )
        return put(tmp_path, "a.tmx", f'<tmx version="1.4"><header/><body><tu>{unit}</tu></body></tmx>')

    assert set(load(memory("fr", "zh-TW"), {}, {}).documents) == {"en", "zh"}
    with pytest.raises(InputError, match=r"a\.tmx: it is translated into fr, de; the auditor knows en, ja, zh"):
        load(memory("fr", "de"), {}, {})


def test_po_made_by_another_program(tmp_path: Path) -> None:
    store = toolkit_po.pofile()
    store.updateheader(add=True, Language="zh_CN", Content_Type="text/plain; charset=UTF-8", Plural_Forms="nplurals=1; plural=0;")
    for source, target in zip(EN, ZH, strict=True):
        store.addsourceunit(source).target = target
    fuzzy = store.addsourceunit("A fuzzy one.")
    fuzzy.target = "模糊。"
    fuzzy.markfuzzy()
    raw = (
        bytes(store)
        + '\nmsgctxt "menu"\nmsgid "One ship"\nmsgid_plural "Many ships"\nmsgstr[0] "许多船"\n#~ msgid "old"\n#~ msgstr "旧"\n'.encode()
    )
    made = bilingual(put(tmp_path, "a.po", raw))
    assert lines(made.source.text) == [*EN, "Many ships"]
    assert lines(made.versions["zh"].document.text) == [*ZH, "许多船"]
    where = place(made.source, "Many ships")
    assert where["context"] == "menu" and "msgctxt" in raw.decode().split("\n")[where["line"] - 1]


def test_po_says_its_charset(tmp_path: Path) -> None:
    raw = 'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Content-Type: text/plain; charset=GB18030\\n"\n\nmsgid "May"\nmsgstr "五月"\n'
    made = bilingual(put(tmp_path, "a.po", raw.encode("gb18030")))
    assert made.versions["zh"].document.text == "五月\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_says_the_encoding(encoding: str, tmp_path: Path) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    table = put(tmp_path, "a.csv", mark + "en\tzh\nMay\t五月\n".encode(encoding))
    text = put(tmp_path, "a.zh.txt", mark + "五月\n".encode(encoding))
    assert bilingual(table).versions["zh"].document.text == load(table, {"zh": text}, {}).documents["zh"].text == "五月\n"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.csv", "id,en,zh-Hans,note\n1,{0},{3},\n2,{1},{4},x\n,,,\n3,{2},{5},\n"),
        ("a.csv", "\ufeffsource;target\n{0};{3}\n{1};{4}\n{2};{5}\n"),
        ("a.tsv", "en\tzh_CN\n{0}\t{3}\n{1}\t{4}\n{2}\t{5}\n"),
    ],
)
def test_tables_with_a_column_a_language(name: str, raw: str, tmp_path: Path) -> None:
    made = bilingual(put(tmp_path, name, raw.format(*EN, *ZH)))
    assert lines(made.source.text) == EN and lines(made.versions["zh"].document.text) == ZH
    written = raw.format(*EN, *ZH).split("\n")
    assert EN[2] in written[place(made.source, EN[2])["line"] - 1]


def test_the_line_of_a_row_is_right_below_cells_with_line_breaks(tmp_path: Path) -> None:
    made = bilingual(put(tmp_path, "a.csv", 'en,ja\n"One\nand more",甲\nTwo,乙\n'))
    assert place(made.source, "Two") == {"line": 4} and made.source.text == "One\nand more\nTwo\n"


@pytest.mark.parametrize(
    ("raw", "source"),
    [
        ('"Yes," he said.\t是。\nNo.\t不。\n', ['"Yes," he said.', "No."]),
        ('"It rose.\t升了。\nIt fell.\t降了。\nAll."\t完了。\n', ['"It rose.', "It fell.", 'All."']),
        ('"He said ""yes"".\nThen no."\t是。\n', ['He said "yes".', "Then no."]),
    ],
)
def test_quotes_in_a_table_with_tabs_swallow_no_rows(raw: str, source: list[str], tmp_path: Path) -> None:
    """A quotation over several segments made one row of them; one inside a segment was refused."""
    assert lines(bilingual(put(tmp_path, "a.tsv", "en\tzh\n" + raw)).source.text) == source
