"""What the auditor finds where Argos keeps its packages, and what it says of what it cannot use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor.translate.packages import Installed, Package, best, folders, installed, newness

MODELS = Path(__file__).parent / "models"


def put(folder: Path, name: str, *, without: tuple[str, ...] = (), tokenizer: str = "sentencepiece.model", **metadata: Any) -> Path:
    """A package as far as looking goes: the files are there and hold nothing."""
    path = folder / name
    (path / "model").mkdir(parents=True)
    says = {"from_code": "zh", "to_code": "en", "package_version": "1.0"} | metadata
    files = {"metadata.json": json.dumps(says), "model/model.bin": "model", tokenizer: "pieces"}
    for file, text in files.items():
        if file not in without:
            (path / file).write_text(text)
    return path


def package(source: str, version: str, target: str = "en") -> Package:
    return Package(Path("x"), source, target, version, "x", 0, "")


ENVIRONMENTS: dict[str, dict[str, str]] = {
    "nothing set": {},
    "its own variable": {"ARGOS_PACKAGES_DIR": "{tmp}/mine"},
    "data folder": {"XDG_DATA_HOME": "{tmp}/data"},
    "settings.json": {"XDG_CONFIG_HOME": "{tmp}/with-settings"},
    "variable beats settings.json": {"XDG_CONFIG_HOME": "{tmp}/with-settings", "ARGOS_PACKAGES_DIR": "{tmp}/mine"},
    "the old variable that Argos no longer reads": {"ARGOS_TRANSLATE_PACKAGE_DIR": "{tmp}/old"},
    "snap": {"SNAP": "{tmp}/snap", "SNAP_USER_DATA": "{tmp}/snap-user"},
    "snap with its own variable": {"SNAP": "{tmp}/snap", "SNAP_USER_DATA": "{tmp}/snap-user", "ARGOS_PACKAGES_DIR": "{tmp}/mine"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_packages_are_looked_for_where_argos_itself_looks(name: str, tmp_path: Path) -> None:
    for folder in ("snap/snap_custom/packages", "snap/snap_custom/content_snap_packages/one", "with-settings/argos-translate"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "snap/snap_custom/content_snap_packages/a file").write_text("")
    (tmp_path / "with-settings/argos-translate/settings.json").write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "chosen")}))
    environment = {"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
    environment |= {key: value.format(tmp=tmp_path) for key, value in ENVIRONMENTS[name].items()}
    before = sorted(tmp_path.rglob("*"))
    ours = folders(environment)
    assert sorted(tmp_path.rglob("*")) == before, "looking must not make folders"
    script = "import json; from argostranslate import settings; print(json.dumps([str(p) for p in settings.package_dirs]))"
    theirs = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True).stdout
    assert [str(path) for path in ours] == json.loads(theirs)


def test_without_any_home_no_folder_is_invented() -> None:
    assert folders({}) == ()
    assert folders({"ARGOS_PACKAGES_DIR": ""}) == ()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ARGOS_PACKAGES_DIR": 3}', "[" * 100_000])
def test_a_broken_settings_file_of_argos_is_no_obstacle(text: str, tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(text)
    assert folders({"HOME": str(tmp_path)}) == (tmp_path / ".local/share/argos-translate/packages",)


def test_a_package_is_described_by_its_folder_and_its_metadata(tmp_path: Path) -> None:
    path = put(tmp_path, "translate-zh_en-1_9", package_version="1.9", target_prefix=">>eng<<")
    (found,) = installed([tmp_path]).packages
    size = sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
    assert found == Package(path, "zh", "en", "1.9", "translate-zh_en-1_9", size, ">>eng<<")


def test_a_package_with_the_older_tokenizer_is_found(tmp_path: Path) -> None:
    put(tmp_path, "ja_en", tokenizer="bpe.model", from_code="ja")
    assert [p.source for p in installed([tmp_path]).packages] == ["ja"]


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no metadata": ({"without": ("metadata.json",)}, "has no metadata.json"),
    "no model": ({"without": ("model/model.bin",)}, "has no model/model.bin"),
    "no tokenizer": ({"without": ("sentencepiece.model",)}, "has no sentencepiece.model"),
    "number for a language": ({"from_code": 5}, "metadata.json has a from_code that is not a short text"),
    "null for a language": ({"to_code": None}, "metadata.json has a to_code that is not a short text"),
    "terminal codes in the version": ({"package_version": "\x1b[2J"}, "metadata.json has a package_version that is not a short text"),
    "a list for the prefix": ({"target_prefix": [1]}, "metadata.json has a target_prefix that is not a short text"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_package_is_named_with_the_reason_and_hides_no_other(name: str, tmp_path: Path) -> None:
    how, reason = BROKEN[name]
    path = put(tmp_path, "broken", **how)
    put(tmp_path, "whole")
    found = installed([tmp_path])
    assert found.broken == ((path, reason),)
    assert [p.name for p in found.packages] == ["whole"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe{", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b"[1]", "is not a JSON object"),
        (b'{"to_code": "en"}', "has no from_code"),
        (b'"' + b" " * 2_000_000 + b'"', "is larger than 1000000 bytes"),
    ],
)
def test_metadata_that_is_none_is_named(raw: bytes, reason: str, tmp_path: Path) -> None:
    path = put(tmp_path, "odd")
    (path / "metadata.json").write_bytes(raw)
    assert installed([tmp_path]).broken == ((path, f"metadata.json {reason}"),)


def test_stray_files_hidden_folders_missing_folders_and_other_packages_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text("{}")
    (tmp_path / ".half").mkdir()
    sentences = put(tmp_path, "sbd", type="sbd")
    (sentences / "metadata.json").write_text('{"type": "sbd", "from_codes": ["zh"]}')
    assert installed([tmp_path, tmp_path / "nowhere", tmp_path / "index.json"]) == Installed((), ())


def test_a_folder_that_is_a_loop_of_links_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (found,) = installed([tmp_path / "loop"]).broken
    assert found[0] == tmp_path / "loop" and found[1].startswith("cannot be read")


def test_the_same_package_in_two_folders_is_listed_twice_and_the_first_is_used(tmp_path: Path) -> None:
    first, second = put(tmp_path / "a", "zh_en"), put(tmp_path / "b", "zh_en")
    found = installed([tmp_path / "a", tmp_path / "b"])
    assert [p.path for p in found.packages] == [first, second]
    assert (chosen := best(found, "zh")) and chosen.path == first


@pytest.mark.parametrize(
    ("there", "lang", "expected"),
    [
        ([("zh", "1.9"), ("zh", "1.10")], "zh", ("zh", "1.10")),
        ([("zt", "2.0"), ("zh", "1.0")], "zh", ("zh", "1.0")),
        ([("zt", "1.0"), ("zt", "1.1")], "zh", ("zt", "1.1")),
        ([("zh", "odd"), ("zh", "0.1")], "zh", ("zh", "0.1")),
        ([("zh", "")], "zh", ("zh", "")),
        ([("zh", "1.0")], "ja", None),
        ([("ja", "1.0", "de")], "ja", None),
        ([("en", "1.0", "ja")], "ja", None),
    ],
)
def test_the_newest_package_to_english_is_used_and_simplified_before_traditional(
    there: list[tuple[str, ...]], lang: str, expected: tuple[str, str] | None
) -> None:
    found = best(Installed(tuple(package(*p) for p in there), ()), lang)
    assert (found and (found.source, found.version)) == expected


def test_versions_compare_as_versions() -> None:
    assert sorted(["1.10", "1.9", "", "1.0", "ten"], key=newness) == ["", "ten", "1.0", "1.9", "1.10"]
