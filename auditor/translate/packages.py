"""Which Argos packages are installed, found where Argos keeps them, without importing Argos (which makes folders) or its settings.

A package is a folder with metadata.json, model/model.bin (CTranslate2) and sentencepiece.model or bpe.model. Whatever else lies there
is either ignored (files, packages of another type) or named with the reason why it cannot be used.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

TOKENIZERS = ("sentencepiece.model", "bpe.model")
"""Files that a package cuts text with, the one that Argos takes first coming first."""
ENGLISH = "en"
CODES: Mapping[str, tuple[str, ...]] = {"zh": ("zh", "zt")}
"""Argos' codes of a language that has several, best first: zh is written in simplified characters, zt in traditional ones."""
MOST_METADATA = 1_000_000  # bytes; real ones have a few hundred


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package.

    name           of its folder, such as translate-zh_en-1_9
    source, target Argos' codes of the languages
    size           bytes on disk
    target_prefix  token that the English begins with, for models of many languages; "" for none
    """

    path: Path
    source: str
    target: str
    version: str
    name: str
    size: int
    target_prefix: str


@dataclass(frozen=True, slots=True)
class Installed:
    """What is there: packages by folder, then by name; and the folders that are no usable package, each with the reason."""

    packages: tuple[Package, ...]
    broken: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a package says of itself in metadata.json."""

    source: str
    target: str
    version: str
    kind: str
    target_prefix: str


class MetadataError(ValueError):
    """metadata.json is not what Argos defines; the message ends a sentence that begins with the file's name."""


def codes(lang: str) -> tuple[str, ...]:
    """Argos' codes of a language, best first."""
    return CODES.get(lang, (lang,))


def folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where Argos keeps packages, the folder it installs into first: the answer of argostranslate.settings.package_dirs.

    ARGOS_PACKAGES_DIR, else that key in settings.json in Argos' configuration folder, else the data folder; and a snap's own. The
    variable ARGOS_TRANSLATE_PACKAGE_DIR has no effect in Argos either. An empty variable counts as unset, and without any home there
    is no folder.
    """
    home = environment.get("SNAP_USER_DATA") if "SNAP" in environment else environment.get("HOME") or environment.get("USERPROFILE")
    data = _base(environment, "XDG_DATA_HOME", home, ".local/share")
    config = _base(environment, "XDG_CONFIG_HOME", home, ".config")
    chosen = environment.get("ARGOS_PACKAGES_DIR") or (_setting(config / "settings.json", "ARGOS_PACKAGES_DIR") if config else None)
    found = [Path(chosen)] if chosen else [data / "packages"] if data else []
    if snap := environment.get("SNAP"):
        bundled, content = Path(snap) / "snap_custom" / "packages", Path(snap) / "snap_custom" / "content_snap_packages"
        found += [path for path in (bundled, *_listed(content)) if path.is_dir()]
    return tuple(found)


def installed(folders: Iterable[Path]) -> Installed:
    """Every package in those folders. Raises nothing: what cannot be read or used is named under `broken`."""
    packages: list[Package] = []
    broken: list[tuple[Path, str]] = []
    for folder in folders:
        try:
            paths = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:
            broken.append((folder, f"cannot be read ({_reason(error)})"))
            continue
        for path in paths:
            try:
                package = read(path)
            except MetadataError as error:
                broken.append((path, f"metadata.json {error}"))
            except FileNotFoundError as error:
                broken.append((path, f"has no {Path(error.filename).relative_to(path).as_posix()}"))
            except OSError as error:
                broken.append((path, f"cannot be read ({_reason(error)})"))
            else:
                packages += [package] if package else []
    return Installed(tuple(packages), tuple(broken))


def best(installed: Installed, lang: str) -> Package | None:
    """The newest package from that language to English; of a language with several codes, one of the first code there is."""
    order = codes(lang)
    fitting = [package for package in installed.packages if package.source in order and package.target == ENGLISH]
    return max(fitting, key=lambda package: (-order.index(package.source), newness(package.version)), default=None)


def newness(version: str) -> Version:
    """A version for comparing; what is no version is older than all others."""
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0.dev0")


def read(path: Path) -> Package | None:
    """The package in that folder, None for one that does not translate.

    Raises FileNotFoundError for a missing file, other OSErrors for unreadable ones, MetadataError.
    """
    if not stat.S_ISREG((path / "metadata.json").stat().st_mode):  # a pipe would be waited for
        raise MetadataError("is no file")
    with (path / "metadata.json").open("rb") as file:
        metadata = parse_metadata(file.read(MOST_METADATA + 1))
    if metadata.kind != "translate":
        return None
    (path / "model" / "model.bin").stat()
    if not any((path / name).is_file() for name in TOKENIZERS):
        (path / TOKENIZERS[0]).stat()
    return Package(path, metadata.source, metadata.target, metadata.version, path.name, _size(path), metadata.target_prefix)


def parse_metadata(raw: bytes) -> Metadata:
    """metadata.json, checked. Raises MetadataError."""
    if len(raw) > MOST_METADATA:
        raise MetadataError(f"is larger than {MOST_METADATA} bytes")
    try:
        value: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise MetadataError("is not JSON") from None
    if not isinstance(value, dict):
        raise MetadataError("is not a JSON object")
    return metadata_of(value)


def metadata_of(value: Mapping[str, Any]) -> Metadata:
    """The same from JSON that is read already: metadata.json, or an entry of the Argos index. Raises MetadataError."""
    kind = _text(value, "type", "translate")
    languages = ("", "") if kind != "translate" else (_text(value, "from_code"), _text(value, "to_code"))
    return Metadata(*languages, _text(value, "package_version", ""), kind, _text(value, "target_prefix", ""))


def _text(value: Mapping[str, Any], key: str, default: str | None = None) -> str:
    found = value.get(key, default)
    if found is None and key not in value:
        raise MetadataError(f"has no {key}")
    if not isinstance(found, str) or len(found) > 100 or not found.isprintable():
        raise MetadataError(f"has a {key} that is not a short text")
    return found


def _size(path: Path) -> int:
    return sum((Path(folder) / name).lstat().st_size for folder, _, names in os.walk(path) for name in names)


def _base(environment: Mapping[str, str], variable: str, home: str | None, usual: str) -> Path | None:
    base = environment.get(variable) or (f"{home}/{usual}" if home else "")
    return Path(base) / "argos-translate" if base else None


def _setting(file: Path, key: str) -> str | None:
    try:
        value = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
