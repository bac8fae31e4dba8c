"""Reports in every form: each is read back with another program's reader, and hostile texts stay text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff as toolkit_xliff

from auditor.cli import main
from auditor.errors import InputError, UsageError
from auditor.formats.forms import FORMS, form_of_file, write
from auditor.formats.inputs import Loaded, load
from auditor.formats.origins import Document, line_column, with_origins
from auditor.formats.rows import COLUMNS
from auditor.formats.safe import is_formula
from auditor.intake import Submission, Translation
from auditor.report import Report, Run, counts
from auditor.session import Session

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
ITS = "{http://www.w3.org/2005/11/its}"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\ufeff=1", "＝1+1", "|calc")


@pytest.fixture(scope="module")
def loaded(samples: Path) -> Loaded:
    return load(str(samples / "article.en.txt"), {lang: str(samples / f"drifted.{lang}.txt") for lang in ("zh", "ja")}, {})


@pytest.fixture(scope="module")
def audited(session: Session, loaded: Loaded) -> tuple[Report, Run]:
    return session.audit(loaded.submission)


@pytest.fixture(scope="module")
def hostile(session: Session) -> tuple[Report, Run]:
    """Texts that would be formulas, break XML and cheat the eye, in what findings quote."""
    english = "=HYPERLINK(0) rose by 120 people.\n@SUM(A1) cut 530 jobs & <b>left</b>.\n+The court rejected the appeal.\n"
    chinese = "=HYPERLINK(0)增加了530人。\n@SUM(A1)裁减了120个职位\u202e。\n-法院批准了上诉。\n"
    return session.audit(Submission("=cmd|'/C calc'!A0", "en", english, (Translation("zh", chinese),)))


def xml(raw: bytes) -> Any:
    return etree.fromstring(raw)


def test_an_ending_says_the_form() -> None:
    for form in FORMS.values():
        for suffix in form.suffixes:
            assert form_of_file(f"a/b.{suffix.upper()}") == form.name
    assert form_of_file("out.sarif.json") == "sarif"
    assert form_of_file("out.other") is None and form_of_file("out") is None


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(form: str, audited: tuple[Report, Run], loaded: Loaded) -> None:
    assert write(form, *audited, loaded.documents) == write(form, *audited, loaded.documents)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_a_report_without_findings_and_without_files(form: str, session: Session) -> None:
    translations = (
        Translation("zh", "该部表示，5月出口额增至1900万美元。"),
        Translation("ja", "同省によると、5月の輸出額は1900万ドルに増加した。"),
    )
    report, run = session.audit(Submission("quiet", "en", "Exports rose to $19 million in May, the ministry said.", translations))
    assert not [f for f in report.findings if f.severity != "minor"]
    assert write(form, report, run)


def test_csv_has_a_row_a_finding_and_the_place_of_each(audited: tuple[Report, Run], loaded: Loaded) -> None:
    report, run = audited
    raw = write("csv", report, run, loaded.documents)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [r["id"] for r in rows] == [f.id for f in report.findings] and list(rows[0]) == list(COLUMNS)
    for row, finding in zip(rows, report.findings, strict=True):
        if finding.target:
            line, column = line_column(loaded.documents[finding.lang].text, finding.target.start)
            assert row["target_place"].endswith(f"drifted.{finding.lang}.txt, line {line}, column {column}")
            assert loaded.documents[finding.lang].text[int(row["target_start"]) : int(row["target_end"])] == finding.target.text


def test_xlsx_has_a_sheet_a_language_that_can_be_filtered(audited: tuple[Report, Run], loaded: Loaded) -> None:
    report, run = audited
    raw = write("xlsx", report, run, loaded.documents)
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert book.sheet_names == ["Summary", "zh-Hans", "ja-Jpan"]
    for sheet, lang in (("zh-Hans", "zh"), ("ja-Jpan", "ja")):
        head, *rows = book.get_sheet_by_name(sheet).to_python()
        assert [r[head.index("id")] for r in rows] == [f.id for f in report.findings if f.lang == lang]
    summary = book.get_sheet_by_name("Summary").to_python()
    assert summary[1][3:6] == list(counts(tuple(f for f in report.findings if f.lang == "zh")).values())
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for number in (2, 3):
            assert b"<autoFilter" in package.read(f"xl/worksheets/sheet{number}.xml")
        assert b"F8CBAD" in package.read("xl/styles.xml")


def test_no_cell_is_a_formula(hostile: tuple[Report, Run]) -> None:
    assert all(map(is_formula, FORMULAS)) and not any(map(is_formula, ("1-1", "a=b", "", "（=）", "5")))
    raw = write("csv", *hostile)
    cells = [c for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")) for c in row]
    assert not [c for c in cells if is_formula(c)]
    assert {"'+The court rejected the appeal.", "'-法院批准了上诉。"} <= set(cells) and cells.count("'=cmd|'/C calc'!A0") == len(
        hostile[0].findings
    ) > 0
    book = write("xlsx", *hostile)
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        for name in package.namelist():
            part = package.read(name)
            assert b"<f>" not in part and b"<f " not in part and b"<hyperlink" not in part
        assert b'quotePrefix="1"' in package.read("xl/styles.xml")
    values = [c for row in CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(1).to_python() for c in row]
    assert "+The court rejected the appeal." in values and not any("\u202e" in str(v) for v in values)


def test_a_cell_that_is_too_long_for_excel_is_cut(session: Session) -> None:
    report, run = session.audit(Submission("long", "en", "Profit rose 5%. " * 2500, (Translation("zh", "利润增长了百分之七。"),)))
    values = [
        str(c)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(write("xlsx", report, run))).get_sheet_by_index(1).to_python()
        for c in row
    ]
    assert report.findings and max(map(len, values)) < 32_767


def test_sarif_keeps_its_schema_and_points_at_the_words(audited: tuple[Report, Run], loaded: Loaded, hostile: tuple[Report, Run]) -> None:
    for report, run, documents in ((*audited, loaded.documents), (*hostile, None)):
        value = json.loads(write("sarif", report, run, documents))
        jsonschema.Draft4Validator(SCHEMA).validate(value)
        (sarif,) = value["runs"]
        assert len(sarif["results"]) == len(report.findings)
        texts = {"en": report.source} | {t.lang: t.text for t in report.translations}
        for result, finding in zip(sarif["results"], report.findings, strict=True):
            assert result["partialFingerprints"] == {"findingId/v1": finding.id}
            assert sarif["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            region = result["locations"][0]["physicalLocation"]["region"]
            text = texts[finding.lang if finding.target or _has_target(report, finding) else "en"]
            lines = text.split("\n")
            first = lines[region["startLine"] - 1][region["startColumn"] - 1 :]
            assert first.startswith(region["snippet"]["text"].split("\n")[0])
            assert text[region["charOffset"] :][: region["charLength"]] == region["snippet"]["text"]


def _has_target(report: Report, finding: Any) -> bool:
    passages = {p.id: p for t in report.translations for p in t.passages}
    return finding.passage in passages and passages[finding.passage].target is not None


def test_junit_fails_the_passages_an_editor_must_look_at(audited: tuple[Report, Run], loaded: Loaded) -> None:
    report, run = audited
    root = xml(write("junit", report, run, loaded.documents))
    for suite, translation in zip(root, report.translations, strict=True):
        serious = {f.passage for f in report.findings if f.lang == translation.lang and f.severity != "minor"}
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) == len(serious)
        assert int(suite.get("tests")) == len(suite) >= len(translation.passages)
        assert {c.get("file") for c in suite} == {loaded.documents[translation.lang].name}
    assert int(root.get("failures")) == sum(int(s.get("failures")) for s in root)


def test_tmx_is_a_memory_that_others_read(audited: tuple[Report, Run], loaded: Loaded, tmp_path: Path) -> None:
    report, run = audited
    path = tmp_path / "memory.tmx"
    path.write_bytes(write("tmx", report, run, loaded.documents))
    units = toolkit_tmx.tmxfile.parsefile(str(path)).units
    paired = [p for t in report.translations for p in t.passages if p.source and p.target]
    assert [u.source for u in units] == [" ".join(p.source.text.split()) for p in paired]
    assert [u.target for u in units] == [" ".join(p.target.text.split()) for p in paired]
    root = xml(path.read_bytes())
    assert set(root.xpath("//prop[@type='x-auditor-verdict']/text()")) == {"faithful", "check", "drifted"}
    assert set(root.xpath("//tuv/@xml:lang")) == {"en", "zh-Hans", "ja"}


def test_parquet_is_ready_for_frames(audited: tuple[Report, Run], loaded: Loaded) -> None:
    report, run = audited
    frame = pl.read_parquet(io.BytesIO(write("parquet", report, run, loaded.documents)))
    assert frame.columns == list(COLUMNS) and frame.height == len(report.findings)
    by = frame.group_by("severity").len().rows()
    assert dict(by) == {k: v for k, v in counts(report.findings).items() if v}
    assert json.loads(frame["evidence"][0]) == json.loads(json.dumps(dict(report.findings[0].evidence)))


def test_a_new_xliff_has_a_unit_a_passage_with_its_findings(audited: tuple[Report, Run], loaded: Loaded, tmp_path: Path) -> None:
    report, run = audited
    path = tmp_path / "article.xlf"
    path.write_bytes(write("xliff", report, run, loaded.documents))
    read = toolkit_xliff.xlifffile.parsefile(str(path))
    assert len(read.units) == sum(len(t.passages) for t in report.translations)
    issues = xml(path.read_bytes()).iter(f"{ITS}locQualityIssue")
    severities = [i.get("locQualityIssueSeverity") for i in issues]
    told = {"100": "critical", "60": "major", "20": "minor"}
    assert sorted(told[s] for s in severities) == sorted(f.severity for f in report.findings)
    again = load(str(path), {}, {})  # our own file is read back as a bilingual one
    assert set(again.documents) == {"en", "zh", "ja"}


XLIFF_1 = """<?xml version="1.0" encoding="utf-8"?>
<!-- from the agency -->
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:x="urn:example:tool">
  <file original="article.docx" source-language="en-US" target-language="zh-CN" datatype="x-docx">
    <header><note>A note of the file</note></header>
    <body>
      <group id="g1">
        <trans-unit id="t1" x:locked="no">
          <source>Exports rose to <g id="1">$19 million</g> in May, the ministry said.</source>
          <target state="translated">该部表示，5月出口额增至<g id="1">1.9亿美元</g>。</target>
          <note from="translator">checked with the client</note>
          <x:score>99</x:score>
        </trans-unit>
        <trans-unit id="t2"><source>The court rejected the appeal.</source><target>法院驳回了上诉。</target></trans-unit>
        <trans-unit id="t3" translate="no"><source>ID-7</source><target>ID-7</target></trans-unit>
      </group>
    </body>
  </file>
</xliff>
"""
XLIFF_2 = """<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ja">
  <file id="f1">
    <unit id="u1">
      <notes><note id="n1">from the client</note></notes>
      <originalData><data id="d1">&lt;b&gt;</data></originalData>
      <segment id="s1"><source>Exports rose to $19 million in May, <pc id="1" dataRefStart="d1">the ministry</pc> said. </source><target>同省によると、5月の輸出額は1億9000万ドルに増加した。</target></segment>
      <ignorable><source> </source></ignorable>
      <segment id="s2"><source>The court rejected the appeal.</source><target>裁判所は控訴を棄却した。</target></segment>
    </unit>
    <unit id="u2"><segment><source>The plant employs 120 people.</source><target>工場の従業員は120人だ。</target></segment></unit>
  </file>
</xliff>
"""  # noqa: E501


def back(session: Session, path: Path, text: str) -> tuple[Report, Any, bytes]:
    path.write_text(text, encoding="utf-8")
    made = load(str(path), {}, {})
    report, run = session.audit(made.submission)
    report = with_origins(report, made.documents)
    written = write("xliff", report, run, made.documents)
    return report, xml(written), written


@pytest.mark.parametrize(("text", "unit", "lang"), [(XLIFF_1, "t1", "zh"), (XLIFF_2, "u1", "ja")])
def test_the_translators_own_xliff_comes_back_with_notes_on_its_units(
    text: str, unit: str, lang: str, session: Session, tmp_path: Path
) -> None:
    report, root, written = back(session, tmp_path / "article.xlf", text)
    (finding,) = [f for f in report.findings if f.severity == "critical"]
    assert finding.lang == lang and finding.evidence["origin"]["target"]["unit"] == unit
    assert finding.evidence["origin"]["target"]["file"] == str(tmp_path / "article.xlf")
    noted = [e for e in root.iter() if e.get("id") == unit]
    (issue,) = noted[0].iter(f"{ITS}locQualityIssue")
    assert issue.get("locQualityIssueType") == "numbers" and issue.get("locQualityIssueSeverity") == "100"
    assert issue.get("locQualityIssueComment") == finding.message
    ref = root.xpath("//@its:locQualityIssuesRef", namespaces={"its": ITS.strip("{}")})
    assert ref == ["#" + issue.getparent().get("{http://www.w3.org/XML/1998/namespace}id")]
    notes = [n for n in noted[0].iter("{*}note") if "translation-auditor" in n.attrib.values()]
    assert len(notes) == 1 and finding.message in (notes[0].text or "")

    _, _, twice = back(session, tmp_path / "again.xlf", written.decode())
    assert twice.replace(b"again.xlf", b"article.xlf") == written  # audited again: nothing is noted twice

    def corrected(text: str) -> str:
        return text.replace("1.9亿美元", "1900万美元").replace("1億9000万ドル", "1900万ドル")

    _, _, cleared = back(session, tmp_path / "fixed.xlf", corrected(written.decode()))
    assert cleared.decode() == corrected(text)  # nothing is found any more, so it is what was sent


OURS = re.compile(
    r"<its:locQualityIssues .*?</its:locQualityIssues>|<note (?:from|category)=.translation-auditor.*?</note>"
    r"| xmlns:its=\S+ its:locQualityIssuesRef=.#translation-auditor-[0-9]+."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("text", [XLIFF_1, XLIFF_2], ids=["1.2", "2.0"])
def test_without_its_notes_the_translators_xliff_is_the_bytes_that_were_sent(
    text: str, encoding: str, session: Session, tmp_path: Path
) -> None:
    text = text.replace('"utf-8"', f"'{encoding}'").replace('"t2"', "  't2' ").replace("The court", "<![CDATA[The court]]>")
    sent = text.replace("\n", "\r\n").encode(encoding)
    path = tmp_path / "article.xlf"

    def audited(raw: bytes) -> bytes:
        path.write_bytes(raw)
        made = load(str(path), {}, {})
        return write("xliff", *session.audit(made.submission), made.documents)

    written = audited(sent)
    assert b"n\0o\0t\0e" in written or b"translation-auditor" in written
    assert OURS.sub("", written.decode(encoding)).encode(encoding) == sent
    assert audited(written) == written


@pytest.mark.parametrize("version", ["1.2", "2.0"])
def test_quality_issues_of_another_tool_stay_as_they_are(version: str, session: Session, tmp_path: Path) -> None:
    """Their reference was overwritten by ours, and was gone for good with the next audit."""
    mine = 'xmlns:its="http://www.w3.org/2005/11/its" its:locQualityIssuesRef="#mine"'
    source, target = "<source>It rose by 45 percent.</source>", "<target{0}>\u4e0a\u5347\u4e8654%\u3002</target>"
    if version == "1.2":
        inner = f'<body><trans-unit {mine} id="1">{source}{target.format(" " + mine)}</trans-unit></body>'
        head = 'version="1.2"><file source-language="en" target-language="zh">'
    else:
        inner = f'<unit {mine} id="1"><segment>{source}{target.format("")}</segment></unit>'
        head = 'version="2.0" srcLang="en" trgLang="zh"><file id="f">'
    path = tmp_path / "a.xlf"
    path.write_text(f"<xliff {head}{inner}</file></xliff>", "utf-8")
    made = load(str(path), {}, {})
    written = write("xliff", *session.audit(made.submission), made.documents).decode()
    assert inner.count(mine) == written.count(mine) and "translation-auditor" in written and "#translation-auditor" not in written


def test_two_xliff_files_make_no_one_xliff(session: Session, tmp_path: Path, audited: tuple[Report, Run]) -> None:
    raw = XLIFF_1.encode()
    documents = {lang: Document("", f"{lang}.xlf", "xliff", raw=raw) for lang in ("zh", "ja")}
    with pytest.raises(UsageError, match="one language at a time"):
        write("xliff", *audited, documents)


def test_the_command_writes_what_the_ending_says(tmp_path: Path, samples: Path) -> None:
    given = ["audit", str(samples / "article.en.txt"), "--zh", str(samples / "drifted.zh.txt"), "--engine", "gloss"]
    out = tmp_path / "report.sarif"
    assert main([*given, "-o", str(out), "--fail-on", "critical"]) == 1
    jsonschema.Draft4Validator(SCHEMA).validate(json.loads(out.read_bytes()))
    table = tmp_path / "report.bin"
    assert main([*given, "-o", str(table), "--format", "parquet"]) == 0
    assert pl.read_parquet(table).height > 5


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + XLIFF_1.partition("?>")[2]
    for name, raw in (("a.xlf", bomb.encode()), ("b.xlf", bomb.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"))):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(InputError, match="entities"):
            load(str(tmp_path / name), {}, {})


def test_every_form_is_on_the_page_about_formats() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for form in FORMS.values():
        assert f"`{form.name}`" in page and f"`.{form.suffixes[0]}`" in page


UNIT_1 = ("source", "seg-source", "target", "context-group", "count-group", "prop-group", "note", "alt-trans")
UNIT_2 = ("", "notes", "originalData", "segment", "ignorable")


@pytest.mark.parametrize("kind", ["new", "1.2", "2.0", "2.0, no notes"])
def test_what_is_added_to_a_unit_stands_where_the_schemas_of_oasis_allow_it(
    kind: str, session: Session, audited: tuple[Report, Run], tmp_path: Path
) -> None:
    """1.2: source, seg-source, target, then the others in any order, then foreign elements; 2.0: foreign elements, notes, the rest."""
    own = {"1.2": XLIFF_1, "2.0": XLIFF_2, "2.0, no notes": XLIFF_2.replace('<notes><note id="n1">from the client</note></notes>', "")}
    root = back(session, tmp_path / "a.xlf", own[kind])[1] if kind in own else xml(write("xliff", *audited, {}))
    kind = kind[:3]
    space = f"urn:oasis:names:tc:xliff:document:{'2.0' if kind == '2.0' else '1.2'}"
    units = list(root.iter(f"{{{space}}}trans-unit", f"{{{space}}}unit"))
    assert units and list(root.iter(f"{{{space}}}note"))
    for unit in units:
        names = [etree.QName(c).localname if etree.QName(c).namespace == space else "" for c in unit if isinstance(c.tag, str)]
        if kind == "2.0":
            places = [min(UNIT_2.index(name), 3) for name in names]
        else:
            places = [4 if name == "" else min(UNIT_1.index(name), 3) for name in names]
        assert places == sorted(places), names
        assert names.count("notes") <= 1
    allowed = {"from", "priority", "annotates", "category", "appliesTo", "id", "{http://www.w3.org/XML/1998/namespace}lang"}
    for note in root.iter(f"{{{space}}}note"):
        assert set(note.attrib) <= allowed and 1 <= int(note.get("priority", "1")) <= 10 and not len(note)
