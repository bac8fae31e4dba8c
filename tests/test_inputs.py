"""Files in: what each format gives, and the way from its text back into the file. Files are made by other programs where there are any."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from auditor.cli import main
from auditor.errors import InputError
from auditor.formats.inputs import Loaded, load, read
from auditor.formats.origins import Document
from auditor.formats.readers.bilingual import Bilingual
from auditor.model import Span

EN = ["Exports rose to $19 million in May.", "The court rejected the appeal.", "She plays the violin."]
ZH = ["5月出口额增至1900万美元。", "法院驳回了上诉。", "她会拉小提琴。"]
JA = ["5月の輸出額は1900万ドルに増加した。", "裁判所は控訴を棄却した。", "彼女はバイオリンを弾く。"]


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def document(path: str) -> Document:
    made = read(path)
    assert isinstance(made, Document)
    return made


def bilingual(path: str) -> Bilingual:
    made = read(path)
    assert isinstance(made, Bilingual)
    return made


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def place(made: Document, words: str) -> dict[str, Any]:
    at = made.text.index(words)
    return {k: v for k, v in made.place(Span(at, at + len(words), words)).items() if k != "file"}


# --- Markdown


MARKDOWN = """---
title: "A bargain for Manila"
draft: true
---

# Exports *rose*

They rose to **$19 million** in
[May](https://example.org/99), and
`fell` later.\\
A hard break.

- one item
  goes on
- ![A ship at sea](ship.png)

| a | b |
|---|---|
| 12 | 40 |

<figure>
<figcaption>The old port</figcaption>
</figure>

```
code 77
```

> A quotation.
<!-- a comment 55 -->
"""


def test_markdown_gives_its_words_with_their_lines(tmp_path: Path) -> None:
    made = document(put(tmp_path, "a.md", MARKDOWN))
    assert lines(made.text) == [
        "A bargain for Manila", "Exports rose", "They rose to $19 million in May, and fell later.", "A hard break.", "one item goes on",
        "A ship at sea", "a", "b", "12", "40", "The old port", "A quotation.",
    ]  # fmt: skip
    source = MARKDOWN.split("\n")
    for words in (
        "Exports",
        "$19 million",
        "May",
        "fell",
        "A hard break",
        "one item",
        "goes on",
        "A ship",
        "40",
        "The old port",
        "A quotation",
    ):
        line = place(made, words)["line"]
        assert words.split()[0] in source[line - 1], (words, line, source[line - 1])
    assert "99" not in made.text and "77" not in made.text and "55" not in made.text and "draft" not in made.text


def test_footnotes_of_markdown_are_text(tmp_path: Path) -> None:
    made = document(
        put(tmp_path, "a.md", "They rose.[^1] They fell.[^note]\n\n[^1]: In May of 2024.\n[^note]: By 3 percent,\n    in June.\n")
    )
    assert lines(made.text) == ["They rose. They fell.", "In May of 2024.", "By 3 percent, in June."]
    assert place(made, "By 3")["line"] == 4 and place(made, "in June")["line"] == 5


def test_lines_of_chinese_markdown_are_joined_without_a_space(tmp_path: Path) -> None:
    made = document(put(tmp_path, "a.md", "出口额增至\n1900万美元，\n创历史新高。\n"))
    assert made.text == "出口额增至 1900万美元，创历史新高。\n"


# --- HTML


PAGE = """<!DOCTYPE html><html><head><title>Title 1</title><style>p {color: 2}</style></head><body>
<header><h1>The Daily 3</h1></header>
<nav><ul><li><a href="/">Home 4</a></li></ul></nav>
<main>
<article>
<header><h1>Exports rose</h1></header>
<p>They rose to <b>$19
million</b> in&nbsp;May.<br>A new line &amp; more.</p>
<p hidden>Hidden 5</p><p style="display: none">Hidden 6</p><div aria-hidden="true">Hidden 7</div>
<ul><li>First point with words</li><li>Second point</li></ul>
<ul><li><a href="a">Related one</a></li><li><a href="b">Related two</a></li><li><a href="c">Related 8</a></li></ul>
<figure><img src="x.png" alt="A ship"><figcaption>The port</figcaption></figure>
<p><ruby>東京<rp>(</rp><rt>とうきょう9</rt><rp>)</rp></ruby>に着いた</p>
<script>var n = 10;</script>
<table><tr><td>cell one</td><td>cell two</td></tr></table>
</article>
</main>
<aside>Read also 11</aside><footer>Imprint 12</footer></body></html>
"""


def test_html_gives_the_main_text_with_its_lines(tmp_path: Path) -> None:
    made = document(put(tmp_path, "a.html", PAGE))
    assert lines(made.text) == [
        "Exports rose", "They rose to $19 million in May.", "A new line & more.", "First point with words", "Second point", "A ship",
        "The port", "東京に着いた", "cell one", "cell two",
    ]  # fmt: skip
    source = PAGE.split("\n")
    for words in ("Exports rose", "They rose", "First point", "The port", "cell two"):
        assert words in source[place(made, words)["line"] - 1]


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>Exports rose to $19 million.</p></div>",
        "Exports rose to $19 million.",
        "<article><p>Exports rose to $19 million.</p></article><article><p>Ad</p></article>",
        "<div role='main'>Exports rose to <i>$19 million</i>.</div><div role='navigation'>Menu</div>",
        "<article>Ad</article><p>Exports rose to $19 million.</p>".replace("Ad", ""),
    ],
)
def test_a_page_without_much_structure_is_read_too(body: str, tmp_path: Path) -> None:
    assert lines(document(put(tmp_path, "a.htm", f"<html><body>{body}</body></html>")).text) == ["Exports rose to $19 million."]


def test_a_front_page_of_many_articles_is_read_whole(tmp_path: Path) -> None:
    page = "".join(f"<article><p>Story number {i} has some words.</p></article>" for i in range(5))
    assert len(lines(document(put(tmp_path, "a.html", page)).text)) == 5


@pytest.mark.parametrize(("charset", "said"), [("gb2312", "gb18030"), ("shift_jis", "cp932"), ("big5", "big5"), ("utf-8", "utf-8")])
def test_a_page_in_another_encoding_is_read_as_it_says(charset: str, said: str, tmp_path: Path) -> None:
    text = {"shift_jis": "輸出額は1900万ドルに増加した。", "big5": "出口額增至1900萬美元。"}.get(charset, "出口额增至1900万美元。")
    page = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'
    assert document(put(tmp_path, "a.html", page.encode(said))).text == text + "\n"


# --- Word


def word(path: Path) -> str:
    made = docx.Document()
    made.add_heading("Exports", 1)
    made.add_paragraph("")
    body = made.add_paragraph("They rose to ")
    run = OxmlElement("w:ins")
    run.append(parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">$19 million </w:t></w:r>'))
    body._p.append(run)
    gone = OxmlElement("w:del")
    gone.append(parse_xml(f"<w:r {nsdecls('w')}><w:delText>$91 million</w:delText></w:r>"))
    body._p.append(gone)
    body.add_run("in May.").add_break()
    body.add_run("Next line.")
    hidden = body.add_run("secret 5")
    hidden.font.hidden = True
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "cell one", "cell two"
    box = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent><mc:Choice>'
        "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r>"
        "<w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    made.element.body.insert(len(made.element.body) - 1, box)
    made.sections[0].header.paragraphs[0].text = "Page head 7"
    link = made.add_paragraph("See ")
    hyper = OxmlElement("w:hyperlink")
    hyper.set(qn("w:anchor"), "x")
    hyper.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>the report</w:t></w:r>"))
    link._p.append(hyper)
    made.save(str(path))
    return str(path)


def test_word_is_read_with_its_changes_accepted(tmp_path: Path) -> None:
    made = document(word(tmp_path / "a.docx"))
    assert lines(made.text) == [
        "Exports", "They rose to $19 million in May.", "Next line.", "cell one", "cell two", "In a box", "See the report",
    ]  # fmt: skip
    assert place(made, "Exports") == {"paragraph": 1}
    assert place(made, "$19 million") == {"paragraph": 3, "under": "Exports"}
    assert place(made, "cell two") == {"paragraph": 5, "under": "Exports"}


def test_a_deleted_end_of_a_word_paragraph_joins_it_with_the_next(tmp_path: Path) -> None:
    made = docx.Document()
    for words in ("They did not ", "", "resign.", "It rained."):
        made.add_paragraph(words)
    for paragraph in made.paragraphs[:2]:
        paragraph._p.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'))
    made.save(str(tmp_path / "a.docx"))
    read_back = document(str(tmp_path / "a.docx"))
    assert lines(read_back.text) == ["They did not resign.", "It rained."]
    assert place(read_back, "resign") == {"paragraph": 3} and place(read_back, "They") == {"paragraph": 1}


def test_footnotes_of_word_are_text(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx")
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {namespace}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
            '<w:footnote w:id="2"><w:p><w:r><w:t>A note on 2024.</w:t></w:r></w:p></w:footnote></w:footnotes>',
        )
    made = document(path)
    assert place(made, "A note on 2024.") == {"footnote": "2"}


# --- subtitles


SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Exports rose to $19 million</i>
in May, the

2
00:00:03,500 --> 00:00:06,000 X1:1
ministry said. {\\an8}The court

3
00:01:06,000 --> 00:01:08,000
rejected the appeal.

4
00:01:09,000 --> 00:01:10,000
- Is it over?
- It is.
"""
VTT = """WEBVTT - a title 9

NOTE a note 8 --> no

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Mori>輸出額は1900万ドルに
<c.loud>増加した。</c>

00:05.000 --> 00:06.000
裁判所は &lt;控訴&gt; を
"""


def test_subtitles_are_joined_to_sentences_with_their_cues(tmp_path: Path) -> None:
    made = document(put(tmp_path, "a.srt", SRT.replace("\n", "\r\n")))
    assert made.text == ("Exports rose to $19 million in May, the ministry said. The court rejected the appeal.\nIs it over?\nIt is.\n")
    assert place(made, "ministry") == {"cue": 2, "time": "00:00:03,500", "line": 7}
    assert place(made, "rejected") == {"cue": 3, "time": "00:01:06,000", "line": 11}
    assert place(made, "It is.")["cue"] == 4
    made = document(put(tmp_path, "a.vtt", VTT))
    assert made.text == "輸出額は1900万ドルに増加した。\n裁判所は <控訴> を\n"
    assert place(made, "裁判所") == {"cue": 2, "time": "00:05.000", "line": 13}


def test_words_below_an_empty_line_of_srt_are_not_lost(tmp_path: Path) -> None:
    """An empty line in a cue is a slip; what follows was dropped without a word."""
    cue = "{0}\n00:00:0{0},000 --> 00:00:0{0},900\n{1}\n\n"
    raw = cue.format(1, "It rose.\n\nMore than 300 left.") + cue.format(1, "A year:\n\n1984") + cue.format(3, "See A --> B.")
    made = document(put(tmp_path, "a.srt", raw + cue.format(4, "1985").removeprefix("4\n").rstrip()))
    assert made.text == "It rose.\nMore than 300 left.\nA year: 1984 See A --> B.\n1985\n"
    assert document(put(tmp_path, "a.vtt", "WEBVTT\n\n" + cue.format(1, "It rose.\n\nstray"))).text == "It rose.\n"


# --- folders, ZIP, mixtures


def texts(made: Loaded) -> dict[str, list[str]]:
    return {"en": lines(made.submission.source)} | {t.lang: lines(t.text) for t in made.submission.translations}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "names", [("en.md", "zh.md", "ja.md"), ("article.md", "article.zh-Hans.md", "article_ja.txt"), ("en/a.md", "zh/a.md", "ja/a.txt")]
)
def test_a_folder_or_zip_of_an_articles_files_is_one_submission(names: tuple[str, ...], packed: bool, tmp_path: Path) -> None:
    folder = tmp_path / "trade"
    for name, said in zip(names, (EN, ZH, JA), strict=True):
        put(folder, name, "\n\n".join(said))
    for name in (".hidden.zh.md", "picture.zh.png", "__MACOSX/en.md"):
        put(folder, name, b"\xff\xd8")
    put(folder, "glossary.csv", "source,zh\ncourt,法院\n")
    put(folder, "back.zh.txt", "\n\n".join(EN))
    path = str(folder)
    if packed:
        path = str(tmp_path / "trade.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for file in sorted(folder.rglob("*")):
                package.write(file, file.relative_to(folder))
    made = load(path, {}, {})
    assert texts(made) == {"en": EN, "zh": ZH, "ja": JA} and made.submission.id == "trade"
    assert made.submission.glossary[0].targets == ("法院",)
    assert {t.lang: t.back_translation is not None for t in made.submission.translations} == {"zh": True, "ja": False}
    assert made.documents["zh"].name == f"{path}/{names[1]}"


def test_two_files_of_one_language_are_an_error(tmp_path: Path) -> None:
    for name in ("en.txt", "zh.txt", "draft.zh.md"):
        put(tmp_path / "a", name, "x")
    with pytest.raises(InputError, match=r"draft\.zh\.md and zh\.txt are both zh"):
        load(str(tmp_path / "a"), {}, {})


def test_formats_may_be_mixed(tmp_path: Path) -> None:
    english = put(tmp_path, "en.html", "".join(f"<p>{line}</p>" for line in EN))
    made = load(
        english,
        {
            "zh": put(tmp_path, "zh.csv", "en,zh\n" + "\n".join(map(",".join, zip(EN, ZH, strict=True)))),
            "ja": put(tmp_path, "j", "\n".join(JA)),
        },
        {},
    )
    assert texts(made) == {"en": EN, "zh": ZH, "ja": JA}
    assert made.submission.translations[0].alignment and not made.submission.translations[1].alignment
    other = load(put(tmp_path, "other.txt", EN[0]), {"zh": str(tmp_path / "zh.csv")}, {})
    assert not other.submission.translations[0].alignment  # its pairs are of another source


def test_a_bilingual_file_needs_no_option_and_its_findings_say_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = put(tmp_path, "a.csv", "en,zh\n" + "\n".join(map(",".join, zip(EN, [ZH[0].replace("1900万", "1.9亿"), *ZH[1:]], strict=True))))
    assert main(["audit", table, "--engine", "gloss", "--fail-on", "critical"]) == 1
    report = json.loads(capsys.readouterr().out)
    (finding,) = report["findings"]
    assert finding["evidence"]["origin"] == {"source": {"file": table, "line": 2}, "target": {"file": table, "line": 2}}
    assert [p["kind"] for p in report["translations"][0]["passages"]] == ["1-1"] * 3
    assert main(["audit", table, "--engine", "gloss", "--format", "text"]) == 0
    assert "line 2" in capsys.readouterr().out
    assert main(["audit", table, "--engine", "gloss", "--format", "html"]) == 0
    assert "line 2" in capsys.readouterr().out
