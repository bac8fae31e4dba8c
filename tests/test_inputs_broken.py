"""Files that are broken or hostile: one clear line that names the file and the place, whatever they are."""

from __future__ import annotations

import random
import time
import zipfile
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.errors import AuditorError, InputError
from auditor.formats.inputs import load, read
from auditor.formats.origins import Document
from tests.test_exports import XLIFF_1, XLIFF_2
from tests.test_inputs import EN, MARKDOWN, PAGE, SRT, VTT, ZH, put, word

LOL = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
UNTRANSLATED = b'<xliff version="2.0" trgLang="zh"><file><unit><segment><source>A</source></segment></unit></file></xliff>'
BROKEN: list[tuple[str, str, bytes, str]] = [
    ("entities in XLIFF", "a.xlf", f'{LOL}<xliff version="1.2">&i;</xliff>'.encode(), "entities"),
    ("an outside entity in TMX", "a.tmx", f"{XXE}<tmx><body><tu><tuv><seg>&i;</seg></tuv></tu></body></tmx>".encode(), "entities"),
    ("XLIFF cut off", "a.xlf", b'<xliff version="1.2">\n<file>', "line 2"),
    ("another XML", "a.xlf", b"<html/>", "not XLIFF"),
    ("XLIFF of no unit", "a.xlf", b'<xliff version="1.2"/>', "no unit"),
    ("XLIFF untranslated", "a.xlf", UNTRANSLATED, "translated"),
    ("a lying XML encoding", "a.xlf", b'<?xml version="1.0" encoding="utf-8"?><xliff>\xff</xliff>', "XML"),
    ("an unknown XML encoding", "a.tmx", b'<?xml version="1.0" encoding="klingon"?><tmx/>', "XML"),
    ("deep XML", "a.xlf", b"<x>" * 100_000, "nested deeper"),
    ("an entity on a line", "a.xlf", b'<!DOCTYPE x [\n<!ENTITY a "b">]><xliff/>', "line 2: the file declares XML entities"),
    ("no English in TMX", "a.tmx", b"<tmx><body><tu><tuv xml:lang='fr'><seg>a</seg></tuv></tu></body></tmx>", "English"),
    ("PO that is none", "a.po", b'msgid "a"\nmsgstr "b"\nrubbish\n', "PO"),
    ("PO in Latin-1", "a.po", b'msgid "a"\nmsgstr "\xe9"\n', "line 2"),
    ("a table without languages", "a.csv", b"a,b\n1,2\n", "header"),
    ("two columns of a language", "a.csv", b"en,zh,zh-TW\n1,2,3\n", "two columns are zh"),
    ("two columns of English", "a.csv", b"en,en,zh\n1,2,3\n", "two columns are en"),
    ("a row that is too wide", "a.csv", b"en,zh\na,b\na,b,c\n", "line 3"),
    ("an open quote", "a.csv", b'en,zh\na,b\n"a,b\n' + b"c,d\n" * 9, "line 3: the row"),
    ("UTF-16 cut off", "a.csv", "en,zh\na,b\n".encode("utf-16")[:-1], "not UTF-16"),
    ("PO that lies about its charset", "a.po", b'"Content-Type: text/plain; charset=GBK\\n"\nmsgid "a"\nmsgstr "\xff"\n', "line 3"),
    ("PO with an open quote", "a.po", b'msgid ""\nmsgstr "Language: zh\\n"\n\nmsgid "a\nmsgstr "b"\n', "line 4: a quote"),
    ("no cue", "a.srt", b"hello\n", "no cue"),
    ("a broken time", "a.srt", b"1\n00:00:01,000 -> 00:00\n\n2\n00:00:1 --> 00:02\nA\n", "line 5"),
    ("a Word file that is text", "a.docx", b"hello", "ZIP"),
    ("a Word file with a password", "a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
    ("an old Word file", "a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
    ("a PDF", "a.pdf", b"%PDF-1.7", "export its text"),
    ("an empty page", "a.html", b"<html><body><script>render()</script></body></html>", "script"),
    ("a lying page", "a.html", b'<meta charset="shift_jis"><p>\x81</p>\xff', "not cp932"),
    ("a page in an unknown encoding", "a.html", b'<meta charset="klingon"><p>a</p>', "not known"),
    ("a page whose encoding is none of texts", "a.html", b'<meta charset="undefined"><p>a</p>', "not known"),
    ("a page in punycode", "a.html", b'<meta charset="punycode"><p>a</p>', "not known"),
    ("PO whose charset is none of texts", "a.po", b'"Content-Type: text/plain; charset=hex\\n"\nmsgid "a"\nmsgstr "\xff"\n', "not UTF-8"),
    ("PO in a charset that fails", "a.po", b'"Content-Type: text/plain; charset=undefined\\n"\nmsgid "a"\nmsgstr "\xff"\n', "not UTF-8"),
    ("a broken time below an empty line", "a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:3 --> 00:04\nB\n", "line 6"),
    ("Markdown in GBK", "a.md", "出口额".encode("gbk"), "not UTF-8"),
    ("a damaged ZIP", "a.zip", b"PK\x03\x04" + b"\0" * 60, "ZIP"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "raw", "told"), BROKEN, ids=[b[0] for b in BROKEN])
def test_what_is_broken_is_one_clear_line_that_names_the_file(
    what: str, name: str, raw: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, name, raw)
    assert main(["audit", path, "--zh", path]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1
    assert path in shown.err and told in shown.err and "fault of the auditor" not in shown.err


def zipped(path: Path, entries: dict[str, bytes]) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in entries.items():
            package.writestr(name, raw)
    return str(path)


def test_zip_bombs_are_not_unpacked(tmp_path: Path) -> None:
    bomb = b"a" * (30 * 1024 * 1024)
    for name, entries in (
        ("a.zip", {"en.txt": bomb}),
        ("a.docx", {"_rels/.rels": b'<r><x Type="/officeDocument" Target="word/document.xml"/></r>', "word/document.xml": bomb}),
    ):
        with pytest.raises(AuditorError, match="unpacks to 31,457,280 bytes"):
            read(zipped(tmp_path / name, entries)) if name.endswith("docx") else load(zipped(tmp_path / name, entries), {}, {})
    raw = bytearray((tmp_path / "a.zip").read_bytes())  # the same bomb under a header that lies about its size
    size = (30 * 1024 * 1024).to_bytes(4, "little")
    lying = put(tmp_path, "b.zip", bytes(raw).replace(size, (1000).to_bytes(4, "little")))
    with pytest.raises(AuditorError, match=r"b\.zip: en\.txt"):
        load(lying, {}, {})
    many = zipped(tmp_path / "c.zip", {f"{i}.txt": b"" for i in range(10_001)})
    with pytest.raises(AuditorError, match="10,001 files"):
        load(many, {}, {})


def test_a_word_file_with_entities_or_damage_is_refused(tmp_path: Path) -> None:
    rels = b'<r><x Type="/officeDocument" Target="word/document.xml"/></r>'
    with pytest.raises(InputError, match="entities"):
        read(zipped(tmp_path / "a.docx", {"_rels/.rels": rels, "word/document.xml": f"{LOL}<w>&i;</w>".encode()}))
    with pytest.raises(InputError, match=r"there is no word/document\.xml"):
        read(zipped(tmp_path / "b.docx", {"_rels/.rels": rels}))
    with pytest.raises(InputError, match="no Word document"):
        read(zipped(tmp_path / "c.docx", {"a.txt": b""}))
    raw = Path(word(tmp_path / "d.docx")).read_bytes()
    for at in range(200, len(raw), len(raw) // 40):  # wherever it is damaged, it is refused or read, never a fault
        broken = put(tmp_path, "e.docx", raw[:at] + b"\0\xff\0\xff" + raw[at + 4 :])
        try:
            read(broken)
        except AuditorError as error:
            assert "e.docx" in str(error)


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    raw = bytearray(Path(zipped(tmp_path / "a.zip", {"en.txt": b"x" * 50, "zh.txt": b"y"})).read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    with pytest.raises(InputError, match="password"):
        load(put(tmp_path, "b.zip", bytes(raw)), {}, {})


def test_hostile_pages_take_no_time(tmp_path: Path) -> None:
    for raw in (
        b"<div>" * 50_000 + b"Exports rose.",
        b"<article>" * 5_000 + b"Exports rose.",
        b"<a href=x>y</a>" * 50_000,
        b"<ul>" * 3_000 + b"x" * 100,
    ):
        try:
            read(put(tmp_path, "a.html", raw))
        except AuditorError as error:
            assert "a.html" in str(error)


def test_a_long_note_of_subtitles_takes_no_time(tmp_path: Path) -> None:
    """20,000 lines took half a minute: each looked back for the beginning of its note."""
    started = time.process_time()
    made = read(put(tmp_path, "a.vtt", "WEBVTT\n\nNOTE\n" + "-->\n" * 20_000 + "\n00:01.000 --> 00:03.000\nExports rose.\n"))
    assert isinstance(made, Document) and made.text == "Exports rose.\n" and time.process_time() - started < 3


VALID: dict[str, bytes] = {
    "a.md": MARKDOWN.encode(), "a.html": PAGE.encode(), "a.srt": SRT.encode(), "a.vtt": VTT.encode(), "a.xlf": XLIFF_1.encode(),
    "b.xlf": XLIFF_2.encode(), "a.csv": ("en,zh\n" + "\n".join(map(",".join, zip(EN, ZH, strict=True)))).encode(),
    "a.tmx": b"<tmx><body><tu><tuv xml:lang='en'><seg>a</seg></tuv><tuv xml:lang='ja'><seg>\xe4\xb8\x80</seg></tuv></tu></body></tmx>",
    "a.po": 'msgid ""\nmsgstr "Language: zh\\n"\n\nmsgctxt "m"\nmsgid "a b"\nmsgid_plural "c"\nmsgstr[0] "\u7532"\n'.encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", [*VALID, "a.docx", "a.zip"])
def test_a_file_damaged_anywhere_is_read_or_refused(name: str, tmp_path: Path) -> None:
    """Bytes changed, cut out, doubled: never a fault of ours, and never long."""
    if name == "a.docx":
        raw = Path(word(tmp_path / name)).read_bytes()
    elif name == "a.zip":
        raw = Path(zipped(tmp_path / name, {"en.txt": b"Exports rose.", "zh.md": "# \u51fa\u53e3".encode()})).read_bytes()
    else:
        raw = VALID[name]
    read(put(tmp_path, name, raw)) if name != "a.zip" else load(put(tmp_path, name, raw), {}, {})
    rng = random.Random(name)
    for _ in range(150):
        at, size = rng.randrange(len(raw)), rng.choice((1, 1, 2, 7, 60))
        middle = rng.choice((b"", rng.randbytes(size), raw[at : at + size] * 3, b"<", b"\x00", b'"', b"&#0;", b"\xef\xbb\xbf"))
        path = put(tmp_path, name, raw[:at] + middle + raw[at + size :])
        try:
            load(path, {}, {}) if name == "a.zip" else read(path)
        except AuditorError as error:
            assert path in str(error) and "\n" not in str(error)


def test_two_files_of_one_name_in_a_zip_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        for name, text in (("en.txt", "A."), ("zh.txt", "一个。"), ("zh.txt", "另一个。")):
            package.writestr(name, text)
    with pytest.raises(InputError, match=r"a\.zip: there are two files zh\.txt"):
        load(str(tmp_path / "a.zip"), {}, {})


def test_the_separator_line_of_excel_is_no_row(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "sep=;\r\nen;Chinese\r\nA court.;法院。\r\n".encode())
    assert load(path, {}, {}).submission.source.strip() == "A court."


def test_a_back_translation_of_other_lines_names_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english, chinese = put(tmp_path, "a/en.txt", EN[0] + "\n" + EN[1]), put(tmp_path, "a/zh.txt", ZH[0] + "\n" + ZH[1])
    back = put(tmp_path, "a/back.zh.txt", "One line.")
    told = f"{back}: the back-translation of the zh translation has 1 lines and the translation has 2; line k"
    for given in ([english, "--zh", chinese, "--back-translation", f"zh={back}"], [str(tmp_path / "a")]):
        assert main(["audit", *given, "--engine", "gloss"]) == 2
        assert told in capsys.readouterr().err


@pytest.mark.parametrize("unit", ["`", "` ", "`a` "])
def test_time_for_a_run_of_signs_grows_with_its_length(unit: str, tmp_path: Path) -> None:
    def seconds(characters: int) -> float:
        signs = unit * (characters // len(unit))
        english, chinese = put(tmp_path, "a.md", f"{EN[0]}\n\n{signs}\n"), put(tmp_path, "b.md", f"{ZH[0]}\n\n{signs}\n")
        start = time.process_time()
        assert main(["audit", english, "--zh", chinese, "--engine", "gloss", "-o", str(tmp_path / "o.json")]) in (0, 2)
        return time.process_time() - start

    seconds(1_000)  # what is loaded once
    assert min(seconds(120_000) for _ in range(2)) < 3 * max(seconds(60_000), 0.2)
