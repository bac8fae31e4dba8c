"""XLIFF that is written is what the schemas of OASIS allow: new files, and a translator's own with its notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from auditor.formats.forms import write
from auditor.formats.inputs import load
from auditor.session import Session
from tests.test_exports import XLIFF_1, XLIFF_2

SCHEMAS = Path(__file__).parent / "schemas"
_XSD = "{http://www.w3.org/2001/XMLSchema}"


def schema(name: str) -> etree.XMLSchema:
    """A schema of XLIFF with the schema of xml:lang beside it, and with elements of other namespaces (ITS) let be, not looked for."""
    root = etree.parse(str(SCHEMAS / name)).getroot()
    for wanted in root.iter(f"{_XSD}import"):
        assert wanted.get("namespace") == "http://www.w3.org/XML/1998/namespace"
        wanted.set("schemaLocation", str(SCHEMAS / "xml.xsd"))
    for other in root.iter(f"{_XSD}any", f"{_XSD}anyAttribute"):
        other.set("processContents", "lax")
    return etree.XMLSchema(root)


def errors(raw: bytes) -> list[str]:
    """What the schema of a file's version has against it."""
    document = etree.fromstring(raw)
    held = schema("xliff-core-1.2-strict.xsd" if document.get("version") == "1.2" else "xliff-core-2.0.xsd")
    held.validate(document)
    return [f"line {error.line}: {error.message}" for error in held.error_log]


def test_a_new_file_is_valid(session: Session, samples: Path) -> None:
    made = load(str(samples / "article.en.txt"), {lang: str(samples / f"drifted.{lang}.txt") for lang in ("zh", "ja")}, {})
    written = write("xliff", *session.audit(made.submission), made.documents)
    assert written.count(b"<its:locQualityIssue ") > 20 and errors(written) == []
    assert "not expected" in errors(written.replace(b"</source>", b"</source><source/>", 1))[0]


NOTHING_YET = XLIFF_2.replace('<notes><note id="n1">from the client</note></notes>', "")
EMPTY = XLIFF_2.replace('<notes><note id="n1">from the client</note></notes>', "<notes/>")


@pytest.mark.parametrize("text", [XLIFF_1, XLIFF_2, NOTHING_YET, EMPTY], ids=["1.2", "2.0", "2.0 without notes", "2.0, empty notes"])
def test_a_translators_own_file_is_valid_with_its_notes(text: str, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "article.xlf"
    path.write_text(text, encoding="utf-8")
    made = load(str(path), {}, {})
    written = write("xliff", *session.audit(made.submission), made.documents)
    assert written.count(b"<its:locQualityIssue ") == 1 and errors(written) == []
