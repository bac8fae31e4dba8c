"""Glossaries from files: tables, Excel sheets and TBX say the same terms, and what is broken in them is named."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import xlsxwriter
from translate.storage import tbx as toolkit_tbx

from auditor.checks.base import Term
from auditor.cli import main
from auditor.corpus.lines import parse_line
from auditor.errors import AuditorError, InputError
from auditor.formats.glossary import parse_glossary, read_glossary
from auditor.formats.terms import entries_of
from tests.api_kit import Api, api_sqlite, body
from tests.test_inputs import put
from tests.test_inputs_broken import LOL, zipped

__all__ = ["api_sqlite"]
HEADER = ["source", "zh", "ja", "variants", "Forbidden zh", "do not translate", "case", "note", "domain"]
ROWS = [
    ["debt brake", "债务刹车|债务闸门", "債務ブレーキ", "debt-brake | brake on debt", "负债刹车", "", "", "constitution", "law"],
    ["OpenSSL", "", "", "", "", "yes", "yes", "", "software"],
    ["it", "它", "", "", "", "no", "no", "", ""],
    ["Taiwan", "", "", "", "台湾省", "", "", "", ""],
]
TERMS = [
    *(
        Term(spelling, lang, targets, wrong, note="constitution")
        for spelling in ("debt brake", "debt-brake", "brake on debt")
        for lang, targets, wrong in (("zh", ("债务刹车", "债务闸门"), ("负债刹车",)), ("ja", ("債務ブレーキ",), ()))
    ),
    *(Term("OpenSSL", lang, ("OpenSSL",), (), keep=True, case_sensitive=True) for lang in ("ja", "zh")),
    Term("it", "zh", ("它",), case_sensitive=False),
    Term("Taiwan", "zh", (), ("台湾省",)),
]


def sheet() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number, row in enumerate([HEADER, *ROWS]):
        book.worksheets() or book.add_worksheet()
        book.worksheets()[0].write_row(number, 0, row)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("terms.csv", "\n".join(",".join(row) for row in [HEADER, *ROWS]).encode("utf-8-sig")),
        ("terms.csv", "\r\n".join(";".join(row) for row in [HEADER, *ROWS]).encode()),
        ("terms.tsv", "\n".join("\t".join(row) for row in [HEADER, *ROWS]).encode()),
        ("terms.xlsx", sheet()),
    ],
)
def test_tables_and_sheets_say_the_same(name: str, raw: bytes, tmp_path: Path) -> None:
    found = read_glossary(put(tmp_path, name, raw))
    assert sorted(found, key=repr) == sorted(TERMS, key=repr)


TBX_2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="c1"><note>constitution</note>
<langSet xml:lang="en-US"><tig><term>brake on debt</term></tig><tig><term>debt brake</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="zh-CN"><ntig><termGrp><term>债务闸门</term></termGrp></ntig><ntig><termGrp><term>负债刹车</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig><ntig><termGrp><term>债务刹车</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>
<langSet xml:lang="fr"><tig><term>frein</term></tig></langSet></termEntry></body></text></martif>"""
TBX_3 = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min">
<text><body><conceptEntry id="c1"><note>constitution</note><langSec xml:lang="en"><termSec><term>debt brake</term></termSec>
<termSec><term>brake on debt</term></termSec></langSec><langSec xml:lang="zh"><termSec><term>债务刹车</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec><termSec><term>债务闸门</term></termSec>
<termSec><term>负债刹车</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry><conceptEntry id="c2"><descrip type="doNotTranslate">yes</descrip><langSec xml:lang="en"><termSec><term>OpenSSL</term>
</termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize("raw", [TBX_2, TBX_3])
def test_tbx_of_both_versions(raw: str, tmp_path: Path) -> None:
    found = read_glossary(put(tmp_path, "terms.tbx", raw))
    wanted = [Term(s, "zh", ("债务刹车", "债务闸门"), ("负债刹车",), note="constitution") for s in ("debt brake", "brake on debt")]
    assert list(found[:2]) == wanted
    assert [(t.source, t.lang, t.keep) for t in found[2:]] == ([] if raw is TBX_2 else [("OpenSSL", "ja", True), ("OpenSSL", "zh", True)])


def test_tbx_made_by_another_program(tmp_path: Path) -> None:
    store = toolkit_tbx.tbxfile()
    store.setsourcelanguage("en")
    store.settargetlanguage("ja")
    unit = store.addsourceunit("debt brake")
    unit.target = "債務ブレーキ"
    (term,) = read_glossary(put(tmp_path, "a.tbx", bytes(store)))
    assert (term.source, term.lang, term.targets) == ("debt brake", "ja", ("債務ブレーキ",))


BROKEN = [
    ("a.csv", b"term,translation\na,b\n", "line 1"),
    ("a.csv", b"source,zh\n,b\n", "line 2"),
    ("a.csv", b"source,zh\n\na,b,c\n", "line 3"),
    ("a.csv", b"source,zh,case\na,b,perhaps\n", "line 2: case is yes or no"),
    ("a.csv", b"source,zh\n\xff,b\n", "line 2"),
    ("a.csv", b'source,zh\n"a,b\n', "line"),
    ("a.xlsx", b"hello", "ZIP"),
    ("a.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx or .csv"),
    ("a.ods", b"PK\x03\x04", "save it as .xlsx or .csv"),
    ("a.tbx", b"<tmx/>", "not TBX"),
    ("a.tbx", f"{LOL}<tbx>&i;</tbx>".encode(), "entities"),
    ("a.tbx", b"<tbx><text/></tbx>", "no concept"),
]


@pytest.mark.parametrize(("name", "raw", "told"), BROKEN)
def test_what_is_broken_in_a_glossary_is_named(
    name: str, raw: bytes, told: str, tmp_path: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, name, raw)
    assert main(["audit", str(samples / "article.en.txt"), "--zh", str(samples / "article.zh.txt"), "--glossary", path]) == 2
    shown = capsys.readouterr().err
    assert path in shown and told in shown and shown.count("\n") == 1


def test_a_sheet_that_is_a_bomb_or_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuditorError, match="unpacks to"):
        read_glossary(zipped(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": b"a" * 30_000_000}))
    with pytest.raises(InputError, match="Excel"):
        read_glossary(zipped(tmp_path / "b.xlsx", {"a.txt": b"a"}))


def test_terms_go_through_a_batch_line_and_come_out_the_same() -> None:
    line = {"source": {"lang": "en", "text": "A."}, "translations": [{"lang": "zh", "text": "甲。"}], "glossary": entries_of(TERMS)}
    read = parse_line(json.dumps(line)).glossary
    assert [t for t in read if not t.keep] == [t for t in TERMS if not t.keep]
    assert {(t.source, t.lang, t.targets) for t in read} == {(t.source, t.lang, t.targets) for t in TERMS}
    for wrong in ({"variants": "a"}, {"forbidden": ["a"]}, {"case_sensitive": 1}):
        with pytest.raises(InputError, match=r"glossary\[0\]"):
            parse_line(json.dumps({**line, "glossary": [{"source": "a", "zh": "b", **wrong}]}))


def test_the_service_takes_forbidden_renderings_and_glossary_files(api_sqlite: Api) -> None:
    english, chinese = "The debt brake was changed in May.", "负债刹车5月被修改。"
    entries = [{"source": "debt brake", "zh": "债务刹车", "forbidden": {"zh": ["负债刹车"]}, "note": "style 4"}]
    assert api_sqlite.ask("admin", "PUT", "/v1/glossaries/house", json={"entries": entries}).status_code == 200
    found = []
    for glossary in ("house", entries):
        audit = api_sqlite.finished(sent=body(zh=chinese, en=english, glossary=glossary))
        found.append(api_sqlite.get("translator", f"/v1/audits/{audit['id']}/report")["findings"])
    files = {"source": (None, english), "zh": (None, chinese), "glossary": ("terms.tbx", TBX_3.encode())}
    answer = api_sqlite.ask("translator", "POST", "/v1/audits", files=files)
    assert answer.status_code == 202, answer.text
    api_sqlite.work(answer.json()["id"])
    found.append(api_sqlite.get("translator", f"/v1/audits/{answer.json()['id']}/report")["findings"])
    for report in found:
        (finding,) = [f for f in report if f["category"] == "terminology"]
        assert finding["type"] == "forbidden" and finding["target"]["text"] == "负债刹车" and finding["evidence"]["note"]


def test_a_table_needs_no_more_than_it_did() -> None:
    raw = "source,zh,ja,note\ncourt,法院,,b\n".encode()
    assert parse_glossary(raw, "a.csv") == (Term("court", "zh", ("法院",), note="b"),)


@pytest.mark.parametrize("header", ["en-US,zh-CN", "English,Chinese", "\ufeffEnglish,Chinese (Simplified)", "英文,中文", "en,zh CN"])
def test_headers_are_read_as_those_of_a_table_of_texts(header: str) -> None:
    raw = f"{header}\ninterest rate,利息率\n".encode()
    assert parse_glossary(raw, "a.csv") == (Term("interest rate", "zh", ("利息率",)),)


def test_the_separator_line_of_excel_and_empty_rows_before_the_header_are_skipped() -> None:
    want = (Term("court", "zh", ("法院",)),)
    assert parse_glossary("sep=;\r\nsource;zh\r\ncourt;法院\r\n".encode(), "a.csv") == want
    assert parse_glossary("\n,\nsource,zh\ncourt,法院\n".encode(), "a.csv") == want


def test_a_formula_without_its_value_is_an_error_that_names_the_cell(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="B4"><f>1+1</f><v></v></c></row>'
    with pytest.raises(InputError, match=r"a\.xlsx, cell B4: a formula"):
        read_glossary(zipped(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": f"<sheetData>{rows}</sheetData>".encode()}))


def tbx(*sections: str) -> str:
    """A concept "interest rate" with sections of terms."""
    english = '<langSec xml:lang="en"><termSec><term>interest rate</term></termSec></langSec>'
    return f'<tbx type="TBX-Basic">\n<text><body><conceptEntry id="c7">{english}\n{"".join(sections)}</conceptEntry></body></text></tbx>'


def section(lang: str, *terms: tuple[str, str]) -> str:
    said = "".join(
        f'<termSec><term>{term}</term><termNote type="administrativeStatus">{status}-admn-sts</termNote></termSec>'
        for term, status in terms
    )
    return f'<langSec xml:lang="{lang}">{said}</langSec>'


BOTH = "'interest rate': 利率 is both what must and what must not stand for it in zh; leave one"
ENTRY = {"source": "interest rate", "zh": ["利率"], "forbidden": {"zh": ["利率"]}}
KEPT = {"source": "OpenSSL", "do_not_translate": True, "forbidden": {"zh": ["OpenSSL"]}}


def test_a_contradiction_is_the_same_error_wherever_a_glossary_comes_from(api_sqlite: Api) -> None:
    with pytest.raises(InputError, match=r"^a\.csv, line 2: " + BOTH):
        parse_glossary("source,zh,forbidden zh\ninterest rate,利率,利率\n".encode(), "a.csv")
    with pytest.raises(InputError, match=r"^a\.tbx, line 3: " + BOTH):
        parse_glossary(tbx(section("zh", ("利率", "preferredTerm"), ("利率", "deprecatedTerm"))).encode(), "a.tbx")
    for entry, told in ((ENTRY, BOTH), (KEPT, "'OpenSSL': OpenSSL is both")):
        line = {"id": "a", "source": {"lang": "en", "text": "x"}, "translations": [{"lang": "zh", "text": "x"}], "glossary": [entry]}
        with pytest.raises(InputError, match=r"^glossary\[0\]: " + told):
            parse_line(json.dumps(line))
        for method, path, sent in (
            ("PUT", "/v1/glossaries/both", {"entries": [entry]}),
            ("POST", "/v1/audits", body(glossary=[entry])),
        ):
            answer = api_sqlite.ask("admin", method, path, json=sent)
            assert answer.status_code == 422 and told in answer.text


def test_what_one_region_or_homonym_deprecates_another_may_prefer() -> None:
    raw = tbx(section("zh-CN", ("缺省", "preferredTerm")), section("zh-TW", ("預設", "preferredTerm"), ("缺省", "deprecatedTerm")))
    assert parse_glossary(raw.encode(), "a.tbx") == (Term("interest rate", "zh", ("缺省", "預設")),)


@pytest.mark.parametrize("entry", [{"zh": 5}, {"zh": [""]}, {"forbidden": {"zh": 5}}, {"zh": "x", "do_not_translate": "yes"}])
def test_an_entry_of_a_batch_line_whose_value_means_nothing_is_an_error(entry: dict[str, object]) -> None:
    line = {"id": "a", "source": {"lang": "en", "text": "x"}, "translations": [{"lang": "zh", "text": "x"}]}
    with pytest.raises(InputError, match=r"^glossary\[0\]\."):
        parse_line(json.dumps({**line, "glossary": [{"source": "plant", **entry}]}))
    assert parse_line(json.dumps({**line, "glossary": [{"source": "plant", "fr": 5, "zh": None}]})).glossary == ()
