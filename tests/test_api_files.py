"""Files sent to the service: read by their endings, found again in the report, given back with notes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from auditor.formats.inputs import load
from auditor.formats.stored import body_of, documents_of
from tests.api_kit import Api, api_sqlite, problem
from tests.test_exports import XLIFF_1
from tests.test_inputs import EN, JA, ZH, put, word

__all__ = ["api_sqlite"]
WRONG = [ZH[0].replace("1900万", "1.9亿"), *ZH[1:]]


def send(api: Api, files: dict[str, Any], **fields: str) -> Any:
    return api.ask("translator", "POST", "/v1/audits", files=files, data=fields)


def report_of(api: Api, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    api.work(answer.json()["id"])
    report: dict[str, Any] = api.get("translator", f"/v1/audits/{answer.json()['id']}/report")
    return report


def test_a_translators_xliff_goes_in_alone_and_comes_back_with_notes(api_sqlite: Api) -> None:
    answer = send(api_sqlite, {"source": ("trade.xlf", XLIFF_1.encode())})
    report = report_of(api_sqlite, answer)
    (finding,) = report["findings"]
    assert finding["severity"] == "critical" and finding["evidence"]["origin"]["target"] == {"file": "trade.xlf", "unit": "t1", "line": 8}
    back = api_sqlite.ask("translator", "GET", f"/v1/audits/{answer.json()['id']}/report.xlf").text
    assert back.count('locQualityIssueType="numbers"') == 1 and "checked with the client" in back
    article = answer.json()["article"]
    revised = api_sqlite.revise(article, translations=[{"lang": "zh", "text": "\n".join(ZH[:2])}])
    api_sqlite.work(revised["id"])
    again = api_sqlite.get("translator", f"/v1/audits/{revised['id']}/report")
    assert again["findings"] == [] and "file" not in again


@pytest.mark.parametrize("kind", ["mixed", "zip"])
def test_files_of_any_format_are_read_by_their_endings(kind: str, api_sqlite: Api, tmp_path: Path) -> None:
    page = "".join(f"<p>{line}</p>\n" for line in WRONG).encode()
    subtitles = "\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{line}" for i, line in enumerate(JA, 1)).encode()
    if kind == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as package:
            for name, raw in (("en.md", "\n\n".join(EN).encode()), ("zh.html", page), ("ja.srt", subtitles)):
                package.writestr(name, raw)
        files: dict[str, Any] = {"source": ("trade.zip", packed.getvalue())}
        zh = "trade.zip/zh.html"
    else:
        files = {"source": ("en.md", "\n\n".join(EN).encode()), "zh": ("zh.html", page), "ja": ("ja.srt", subtitles)}
        zh = "zh.html"
    report = report_of(api_sqlite, send(api_sqlite, files))
    (finding,) = [f for f in report["findings"] if f["severity"] == "critical"]
    assert finding["evidence"]["origin"]["target"] == {"file": zh, "line": 1, "element": "p"}
    assert {t["lang"] for t in report["translations"]} == {"zh", "ja"}


def test_word_files_go_in(api_sqlite: Api, tmp_path: Path) -> None:
    raw = Path(word(tmp_path / "a.docx")).read_bytes()
    answer = send(api_sqlite, {"source": ("a.docx", raw), "zh": (None, "出口\n5月升至1.9亿美元。\n下一行。\n甲\n乙\n框内\n见报告")})
    report = report_of(api_sqlite, answer)
    assert any(
        f["evidence"].get("origin", {}).get("source") == {"file": "a.docx", "paragraph": 3, "under": "Exports"} for f in report["findings"]
    )


@pytest.mark.parametrize(
    ("field", "name", "raw", "told"),
    [
        ("zh", "a.docx", b"hello", "ZIP"),
        ("source", "a.xlf", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "entities"),
        ("source", "a.zip", b"PK", "ZIP"),
        ("zh", "a.txt", b"\xff", "not UTF-8"),
        ("zh", "a.pdf", b"%PDF", "export its text"),
        ("zh", "a.csv", f"en,ja\n{EN[0]},{JA[0]}\n".encode(), "no zh in it"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_422_that_names_its_field(field: str, name: str, raw: bytes, told: str, api_sqlite: Api) -> None:
    files = {"source": ("en.txt", EN[0].encode()), "zh": ("zh.txt", ZH[0].encode())} | {field: (name, raw)}
    answer = problem(send(api_sqlite, files), 422)
    assert told in answer["detail"] and answer["errors"][0]["pointer"] in (f"/{field}", "/source")


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"alignment": [[0, 5, 0, 500]]}, "/translations/0/alignment"),
        ({"alignment": [[0, 5, 3]]}, "/translations/0/alignment/0"),
        ({"file": {"name": "a", "form": "xliff", "content": "A"}}, "/translations/0/file/content"),
        ({"file": {"name": "a", "form": "xliff", "origins": [[0, 1, {"line": 1.5}]]}}, "/translations/0/file/origins/0/2"),
        ({"file": {"name": "a\x00", "form": "xliff"}}, "/translations/0/file/name"),
    ],
)
def test_bad_pairs_and_files_of_a_json_body_are_named(more: dict[str, Any], pointer: str, api_sqlite: Api) -> None:
    sent = {"source": {"lang": "en", "text": EN[0]}, "translations": [{"lang": "zh", "text": ZH[0], **more}]}
    answer = problem(api_sqlite.ask("translator", "POST", "/v1/audits", json=sent), 422)
    assert answer["errors"][0]["pointer"].startswith(pointer), answer


def test_what_is_stored_gives_the_files_back(tmp_path: Path) -> None:
    made = load(put(tmp_path, "a.xlf", XLIFF_1), {"ja": put(tmp_path, "ja.md", "\n\n".join(JA))}, {})
    body = body_of(made)
    known = documents_of(body)
    assert (
        known["zh"] == made.documents["zh"] and known["ja"] == made.documents["ja"] and known["en"].origins == made.documents["en"].origins
    )
