"""Package files that must not be installed: each is refused with a reason, and nothing is left behind."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.errors import ModelError
from auditor.models.trial import try_out
from auditor.translate.packages import read
from tests.models_kit import REAL, package, packed, real_files, tree

TOP = "translate-zh_en-0_1-test-only"


def with_entry(name: str, data: bytes = b"x", mode: int = 0, **attributes: int) -> bytes:
    """A real package and one entry more."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    for key, value in attributes.items():
        setattr(info, key, value)
    return packed(dict(real_files()) | {info: data})


def twice() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in [*real_files().items(), (f"{TOP}/metadata.json", b"{}")]:
            archive.writestr(name, data)
    return raw.getvalue()


def raw_name(name: bytes) -> bytes:
    """An entry whose name zipfile would not write as it is."""
    return with_entry(f"{TOP}/" + "Q" * len(name)).replace(f"{TOP}/".encode() + b"Q" * len(name), f"{TOP}/".encode() + name)


def directory_changed(change: Callable[[bytearray, int], None], which: str = "model/model.bin") -> bytes:
    """A real package, stored, with a field of one file's entry in the zip's directory changed."""
    raw = bytearray(packed(real_files(), zipfile.ZIP_STORED))
    change(raw, raw.rfind(f"{TOP}/{which}".encode()) - 46)
    return bytes(raw)


def set_size(raw: bytearray, at: int) -> None:
    raw[at + 24 : at + 28] = struct.pack("<I", 3_000_000)


def encrypt(raw: bytearray, at: int) -> None:
    raw[at + 8] |= 1


def overlap(raw: bytearray, at: int) -> None:
    raw[at + 42 : at + 46] = struct.pack("<I", raw.find(f"{TOP}/metadata.json".encode()) - 30)


def end_changed(offset: int, value: int) -> bytes:
    raw = bytearray(packed(real_files()))
    raw[len(raw) - 22 + offset : len(raw) - 18 + offset] = struct.pack("<I", value)
    return bytes(raw)


def zip64() -> bytes:
    raw = packed(real_files())
    return raw[:-22] + b"PK\6\7" + bytes(16) + raw[-22:]


def one_byte_wrong() -> bytes:
    raw = bytearray(packed(real_files(), zipfile.ZIP_STORED))
    raw[raw.find(real_files()[f"{TOP}/model/model.bin"]) + 500_000] ^= 1
    return bytes(raw)


def model_bytes() -> bytes:
    return real_files()[f"{TOP}/model/model.bin"]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "leaves upwards": (lambda: with_entry(f"{TOP}/../../evil"), "would leave the package's folder"),
    "leaves at once": (lambda: with_entry("../evil"), "would leave the package's folder"),
    "absolute": (lambda: with_entry("/tmp/evil"), "would leave the package's folder"),
    "backslashes": (lambda: raw_name(b"..\\evil"), "would leave the package's folder"),
    "drive letter": (lambda: with_entry("C:/evil"), "would leave the package's folder"),
    "alternate stream": (lambda: with_entry(f"{TOP}/a:b"), "would leave the package's folder"),
    "name that ends at a NUL": (lambda: raw_name(b"a\0b"), "is no plain file name"),
    "terminal codes in a name": (lambda: with_entry(f"{TOP}/\x1b[2Jx"), "is no plain file name"),
    "dot": (lambda: with_entry(f"{TOP}/./x"), "is no plain file name"),
    "name that Windows shortens": (lambda: with_entry(f"{TOP}/metadata.json."), "is no plain file name"),
    "very deep": (lambda: with_entry(TOP + "/a" * 30), "is no plain file name"),
    "very long name": (lambda: with_entry(f"{TOP}/{'a' * 300}"), "is no plain file name"),
    "symbolic link": (lambda: with_entry(f"{TOP}/link", b"/etc/passwd", stat.S_IFLNK | 0o777), "is a link or a special file"),
    "device": (lambda: with_entry(f"{TOP}/tty", b"", stat.S_IFCHR | 0o666), "is a link or a special file"),
    "pipe": (lambda: with_entry(f"{TOP}/pipe", b"", stat.S_IFIFO | 0o666), "is a link or a special file"),
    "folder marked as a file": (lambda: with_entry(f"{TOP}/sub/", b"", stat.S_IFREG | 0o666), "is a link or a special file"),
    "folder with bytes": (lambda: with_entry(f"{TOP}/sub/", b"x" * 9), "is a folder that holds bytes"),
    "encrypted": (lambda: directory_changed(encrypt), "is encrypted"),
    "rare compression": (lambda: packed(real_files(), zipfile.ZIP_LZMA), "compressed by another method"),
    "same name twice": (twice, "is in it twice"),
    "same name on some systems": (lambda: with_entry(f"{TOP}/METADATA.json"), "is in it twice"),
    "file that is a folder too": (lambda: with_entry(f"{TOP}/model"), "is also the folder of"),
    "overlapping files": (lambda: directory_changed(overlap), "overlaps another file"),
    "bomb of zeros": (lambda: package(changed={"model/model.bin": bytes(120_000_000)}), "zip bomb"),
    "very many files": (lambda: packed({f"{TOP}/{n}": b"" for n in range(1500)}), "it holds 1500 files"),
    "enormous directory": (lambda: end_changed(12, 5_000_000), "its directory is larger"),
    "directory elsewhere": (lambda: end_changed(16, 0x7FFFFFFF), "no zip file or a damaged one"),
    "Zip64": (zip64, "Zip64"),
    "states another size": (lambda: directory_changed(set_size), "is shorter than its directory states"),
    "two folders": (lambda: with_entry("another/x"), "must hold one folder"),
    "loose file": (lambda: with_entry("README.md"), "must hold one folder"),
    "no folder": (lambda: packed({"metadata.json": b"{}"}), "must hold one folder"),
    "nothing": (lambda: packed({}), "must hold one folder"),
    "hidden folder": (lambda: package(folder=".auditor-staging-x"), "its folder is called"),
    "folder with a space": (lambda: package(folder="my model"), "its folder is called"),
}

BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no zip file or a damaged one"),
    "a web page": (lambda: b"<html>Please sign in</html>" * 100, "no zip file or a damaged one"),
    "half of it": (lambda: REAL["zh"].read_bytes()[:600_000], "no zip file or a damaged one"),
    "the last bytes missing": (lambda: REAL["zh"].read_bytes()[:-1], "no zip file or a damaged one"),
    "the first bytes missing": (lambda: REAL["zh"].read_bytes()[1000:], "no zip file or a damaged one"),
    "one bit wrong": (one_byte_wrong, "Bad CRC-32"),
    "no model": (lambda: package(changed={"model/model.bin": None}), f"has no {TOP}/model/model.bin"),
    "no tokenizer": (lambda: package(changed={"sentencepiece.model": None}), f"has no {TOP}/sentencepiece.model"),
    "no metadata": (lambda: package(changed={"metadata.json": None}), f"has no {TOP}/metadata.json"),
    "metadata is no JSON": (lambda: package(changed={"metadata.json": b"from_code: zh"}), "metadata.json is not JSON"),
    "metadata is a list": (lambda: package(changed={"metadata.json": b"[]"}), "metadata.json is not a JSON object"),
    "metadata nested without end": (lambda: package(changed={"metadata.json": b"[" * 100_000}), "metadata.json is not JSON"),
    "metadata is huge": (lambda: package(changed={"metadata.json": bytes(range(256)) * 8000}), "metadata.json is larger than"),
    "language is a number": (lambda: package(from_code=1), "from_code that is not a short text"),
    "version is a list": (lambda: package(package_version=[1]), "package_version that is not a short text"),
    "links is a text, which would stop Argos": (lambda: package(links="x"), "links that is not a list"),
    "languages is a number, which would stop Argos": (lambda: package(languages=5), "languages that is not a list"),
    "a name is null, which would stop Argos": (lambda: package(from_name=None), "from_name that is not a text"),
    "from French": (lambda: package(from_code="fr"), "it translates fr to en; wanted is ja or zh or zt to en"),
    "from English": (lambda: package(from_code="en", to_code="zh"), "it translates en to zh"),
    "not to English": (lambda: package(to_code="ja"), "it translates zh to ja"),
    "a package of another type": (lambda: package(type="sbd", from_code=...), "of type 'sbd'"),
    "model is noise": (lambda: package(changed={"model/model.bin": b"noise" * 10_000}), "its model cannot be used: Unsupported model"),
    "model is empty": (lambda: package(changed={"model/model.bin": b""}), "its model cannot be used: File model.bin is incomplete"),
    "model is half": (lambda: package(changed={"model/model.bin": model_bytes()[:700_000]}), "its model cannot be used"),
    "no vocabulary": (lambda: package(changed={"model/shared_vocabulary.json": None}), "its model cannot be used"),
    "tokenizer is noise": (lambda: package(changed={"sentencepiece.model": b"noise" * 1000}), "its model cannot be used"),
    "tokenizer is empty": (lambda: package(changed={"sentencepiece.model": b""}), "its model cannot be used"),
}


@pytest.mark.parametrize("name", [*HOSTILE, *BROKEN])
def test_a_bad_package_is_refused_with_the_reason_and_leaves_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, reason = (HOSTILE | BROKEN)[name]
    file = tmp_path / "some.argosmodel"
    file.write_bytes(make())
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "data" / "argos-translate" / "packages"))
    before = tree(tmp_path)
    assert main(["models", "install", "--from", str(file)]) == 2
    said = capsys.readouterr()
    assert reason in said.err and said.err.isascii() and said.out == ""
    assert "not installed" in said.err and "Traceback" not in said.err
    assert tree(tmp_path) == before


def test_a_bad_package_changes_nothing_of_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    assert main(["models", "install", "--from", str(REAL["zh"])]) == 0
    file = tmp_path / "some.argosmodel"
    file.write_bytes(package(package_version="0.2", changed={"model/model.bin": b"noise"}))
    before = tree(tmp_path)
    assert main(["models", "install", "--from", str(file)]) == 2
    assert tree(tmp_path) == before


def test_a_model_that_does_not_answer_in_time_is_stopped_and_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(REAL["zh"]) as archive:
        archive.extractall(tmp_path)
    there = read(tmp_path / TOP)
    assert there is not None
    with pytest.raises(ModelError, match="did not answer within 0 seconds"):
        try_out(there, seconds=0.01)


@pytest.mark.parametrize("lang", REAL)
def test_a_real_model_is_tried_on_a_sentence(lang: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(REAL[lang]) as archive:
        archive.extractall(tmp_path)
    there = read(tmp_path / f"translate-{lang}_en-0_1-test-only")
    assert there is not None and try_out(there).isascii()


@pytest.mark.parametrize(("what", "reason"), [("missing.argosmodel", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_is_none_is_named(what: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "install", "--from", str(tmp_path / what)]) == 2
    assert f"{tmp_path / what}: {reason}" in capsys.readouterr().err
