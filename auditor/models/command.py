"""`auditor models list`, `install` and `remove`. The list goes to standard output, everything else is said on standard error."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import httpx
from filelock import Timeout
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

from auditor.errors import ModelError, UsageError
from auditor.lang.base import language_codes
from auditor.models import archive, store
from auditor.models.download import download, forget
from auditor.models.index import Offer, UnreachableError, address, choose, client, fetch, offers, shown
from auditor.models.trial import try_out
from auditor.settings import Settings
from auditor.translate.packages import ENGLISH, Installed, Package, best, codes, installed, read

_WIDE = 200  # columns when the list goes to a file or a program


def list_models(settings: Settings, as_json: bool, out: TextIO) -> int:
    """What is installed, what is broken and why; the network is not asked."""
    found = installed(settings.package_folders)
    used = {package.path for lang in languages() if (package := best(found, lang))}
    if as_json:
        out.write(json.dumps(_as_json(settings, found, used), ensure_ascii=False, indent=2) + "\n")
        return 0
    console = _console(out)
    if found.packages:
        console.print(_table(found, used))
    else:
        where = ", ".join(str(folder) for folder in settings.package_folders) or "no folder: set ARGOS_PACKAGES_DIR"
        console.print(f"No model is installed ({where}); the word-by-word gloss back-translates.")
        console.print(f"Install: auditor models install {' '.join(languages())}")
    for path, reason in found.broken:
        name = store.printable(path.name)
        advice = (
            f"remove it: auditor models remove {name}"
            if store.looks_like_one(path) and path.name == name
            else "it is no package: move it away"
        )
        console.print(f"broken: {store.printable(str(path))} {reason}; {advice}")
    return 0


def list_offers(settings: Settings, environment: Mapping[str, str], out: TextIO) -> int:
    """What the Argos index offers for the languages that can be audited, asked now."""
    there = installed(settings.package_folders)
    with client() as http:
        found = _offers(http, address(environment), " ".join(languages()))
    table = Table(box=None, pad_edge=False)
    for title in ("language", "version", "", "file"):
        table.add_column(title, overflow="fold")
    for code in accepted():
        for offer in (o for o in found if o.source == code):
            have = any((p.source, p.target, p.version) == (code, ENGLISH, offer.version) for p in there.packages)
            table.add_row(code, offer.version, "installed" if have else "", "\n".join(map(shown, offer.links)))
    _console(out).print(table if table.row_count else "The index offers nothing for these languages.")
    return 0


def install(wanted: Sequence[str], files: Sequence[str], settings: Settings, environment: Mapping[str, str]) -> int:
    """Install from files, or the newest packages of these languages from the index. Raises UsageError, ModelError, OSError."""
    codes_wanted = [_code(name) for name in wanted]
    if not settings.package_folders:
        raise UsageError("it is not known where packages belong: set ARGOS_PACKAGES_DIR to a folder")
    if files:
        given = [
            _install_file(Path(file), {c for code in codes_wanted for c in codes(code)} or set(accepted()), settings) for file in files
        ]
        if lacking := [code for code in dict.fromkeys(codes_wanted) if not set(codes(code)) & set(given)]:
            raise ModelError(f"no file is for {' or '.join(lacking)}: give one with --from, or leave --from out to ask the index")
        return 0
    if not wanted:
        raise UsageError(f"name the languages, such as: auditor models install {' '.join(languages())}; or a file: --from FILE.argosmodel")
    url = address(environment)
    with client() as http:
        found = _offers(http, url, " ".join(wanted))
        for code in dict.fromkeys(codes_wanted):
            offer = choose(found, code)
            if offer is None:
                raise ModelError(f"the index at {shown(url)} has no package from {code} to English")
            _install_offer(http, offer, settings)
    return 0


def remove(wanted: Sequence[str], settings: Settings) -> int:
    """Remove the packages of a language, or those of a name. Raises ModelError, OSError."""
    for name in wanted:
        for path in store.remove(name, settings.package_folders):
            _say(f"removed {store.printable(str(path))}")
    return 0


def languages() -> tuple[str, ...]:
    """The languages of translations that can be audited."""
    return tuple(code for code in language_codes() if code != ENGLISH)


def accepted() -> tuple[str, ...]:
    """Argos' codes of these languages."""
    return tuple(code for lang in languages() for code in codes(lang))


def _code(name: str) -> str:
    """An Argos code from what a person writes: zh, ja, zt, zh-CN."""
    code = name.lower().partition("-")[0]
    if code not in accepted():
        raise UsageError(f"{name!r} is no language with a model here; use {', '.join(accepted())} (zt: traditional Chinese)")
    return code


def _offers(http: httpx.Client, url: str, wanted: str) -> tuple[Offer, ...]:
    try:
        found = offers(fetch(http, url))
    except UnreachableError as error:
        by_hand = (
            f'on a computer with access, open the address above, find the entry with from_code "{wanted.split()[0]}" and to_code "en", '
            "and download the file of one of its links"
        )
        raise ModelError(_how_else(f"the Argos index is needed for {wanted} and cannot be had", [str(error)], by_hand)) from None
    if not found:
        raise ModelError(f"{shown(url)} is no Argos index, or an empty one; see ARGOS_PACKAGE_INDEX")
    return found


def _install_offer(http: httpx.Client, offer: Offer, settings: Settings) -> None:
    if same := store.same_version(offer.source, offer.version, settings.package_folders):
        try:
            try_out(same)
            _say(f"{same.name} is installed already and is the newest ({same.path})")
            return
        except ModelError as error:
            _say(f"{same.name} is installed and does not work; it is fetched again ({error})")
    reasons = []
    for link in offer.links:
        with _downloads(settings) as folder:
            try:
                _install_link(http, link, offer, folder, settings)
                return
            except store.InTheWayError:
                raise
            except (UnreachableError, ModelError) as error:
                reasons.append(str(error))
    by_hand = "\n    ".join(["on a computer with access, download the file from", *map(shown, offer.links)])
    raise ModelError(_how_else(f"the package from {offer.source} to English cannot be fetched", reasons, by_hand))


def _install_link(http: httpx.Client, link: str, offer: Offer, folder: Path, settings: Settings) -> None:
    # The name says what the file is to a person; the digest keeps two addresses apart. Nothing else of the index is in it.
    digest = hashlib.sha256(f"{link}\n{offer.version}".encode()).hexdigest()[:16]
    part = folder / f"translate-{offer.source}_{ENGLISH}-{digest}.argosmodel.part"
    try:
        with store.locked(part.with_name(f"{part.name}.lock"), 0):
            _say(f"fetching {shown(link)}")
            _download_with_bar(http, link, part)
            try:
                _install_file(part, {offer.source}, settings)
            except store.InTheWayError:
                raise
            except ModelError:
                forget(part)  # all of it is there and is refused: to go on with it would not help
                raise
            forget(part)
    except Timeout:
        raise store.InTheWayError(f"another process is fetching {shown(link)}; wait for it") from None


def _download_with_bar(http: httpx.Client, link: str, part: Path) -> None:
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)
        download(http, link, part, lambda done, total: bar.update(task, completed=done, total=total))


def _install_file(path: Path, wanted: set[str], settings: Settings) -> str:
    """Judge, unpack, try and place one file, and return Argos' code of its language; what is refused on the way leaves nothing behind."""
    with archive.opened(path) as opened:
        says = opened.metadata
        if says.kind != "translate":
            raise ModelError(f"{path} is not installed: it is a package of type {says.kind!r}, and does not translate")
        if says.target != ENGLISH or says.source not in wanted:
            need = " or ".join(sorted(wanted))
            raise ModelError(f"{path} is not installed: it translates {says.source} to {says.target}; wanted is {need} to {ENGLISH}")
        same = store.same_version(says.source, says.version, settings.package_folders)
        if same and archive.is_unpacked(opened, same.path):
            _say(f"{same.name} {same.version} is installed already ({same.path})")
            return says.source
        with store.staging(settings.package_folders[0]) as stage:
            free = shutil.disk_usage(stage).free
            if free < opened.size:
                raise store.InTheWayError(
                    f"{path} is not installed: it needs {decimal(opened.size)} and {stage.parent} has {decimal(free)} free"
                )
            package = read(archive.unpack(opened, stage / "new"))
            if package is None:
                raise ModelError(f"{path} is not installed: it does not translate")
            _say(f"trying {package.name}")
            try_out(package)
            placed = store.place(package.path, settings.package_folders, stage)
    _say(_placed(placed))
    return says.source


def _placed(placed: store.Placed) -> str:
    package = placed.package
    if not placed.is_new:
        return f"{package.name} {package.version} is installed already ({package.path})"
    instead = f", in place of {', '.join(placed.replaced)}" if placed.replaced else ""
    what = f"{package.source} to English, version {package.version}, {decimal(package.size)}"
    return f"installed {package.name} ({what}) in {package.path}{instead}"


@contextmanager
def _downloads(settings: Settings) -> Iterator[Path]:
    """Where half files stay: in the auditor's cache. Without a cache nothing stays."""
    if settings.cache is None:
        with tempfile.TemporaryDirectory(prefix="auditor-download-") as folder:
            yield Path(folder)
        return
    kept = settings.cache.parent / "downloads"
    kept.mkdir(parents=True, exist_ok=True)
    yield kept


def _how_else(what: str, reasons: Sequence[str], by_hand: str) -> str:
    return "\n  ".join(
        [
            what,
            *reasons,
            "Behind a proxy: set HTTPS_PROXY (and NO_PROXY); for your network's own certificates: SSL_CERT_FILE.",
            f"By hand: {by_hand}",
            "copy it here, and run: auditor models install --from FILE.argosmodel",
        ]
    )


def _table(found: Installed, used: set[Path]) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("language", "package", "version", "size", "", "where"):
        table.add_column(title, overflow="fold", justify="right" if title == "size" else "left")
    for p in found.packages:
        note = "in use" if p.path in used else "not used" if p.source not in accepted() or p.target != ENGLISH else "older"
        table.add_row(
            f"{p.source} to {p.target}", store.printable(p.name), p.version, decimal(p.size), note, store.printable(str(p.path.parent))
        )
    return table


def _as_json(settings: Settings, found: Installed, used: set[Path]) -> dict[str, object]:
    return {
        "folders": [str(folder) for folder in settings.package_folders],
        "packages": [_package_json(p, p.path in used) for p in found.packages],
        "broken": [{"path": str(path), "reason": reason} for path, reason in found.broken],
    }


def _package_json(package: Package, is_used: bool) -> dict[str, object]:
    names = ("name", "source", "target", "version", "size")
    return {name: getattr(package, name) for name in names} | {"path": str(package.path), "in_use": is_used}


def _console(out: TextIO) -> Console:
    return Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=not out.isatty(), width=None if out.isatty() else _WIDE)


def _say(text: str) -> None:
    print(f"auditor: {text}", file=sys.stderr, flush=True)
