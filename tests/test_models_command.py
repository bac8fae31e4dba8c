"""`auditor models` as a user meets it: the list, installing from files and from an index, broken downloads, removing."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.models import download
from auditor.models.index import shown
from auditor.translate.packages import best, installed
from tests.models_kit import REAL, File, Server, package, serving, tree, version

ZH, JA = str(REAL["zh"]), str(REAL["ja"])
TOP = "translate-zh_en-0_1-test-only"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where packages go in this test; downloads go to `cache` beside it."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "argos" / "packages"))
    monkeypatch.setenv("AUDITOR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "argos" / "packages"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An index with the small zh model."""
    for name in [n for n in os.environ if n.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(download, "PAUSE", 0.01)
    with serving() as running:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", running.url)
        running.files["/zh.argosmodel"] = File(REAL["zh"].read_bytes())
        running.offer({"link": "/zh.argosmodel"})
        yield running


def run(*arguments: str) -> int:
    return main(["models", *arguments])


def written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


# The list


def test_an_empty_list_says_how_to_install(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    out = capsys.readouterr().out
    assert "No model is installed" in out and str(folder) in out and "auditor models install ja zh" in out
    assert not folder.exists(), "looking must not make folders"


def test_the_list_shows_language_package_version_size_use_and_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("install", "--from", ZH, "--from", JA)
    (folder / "half").mkdir()
    capsys.readouterr()
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[1:3]] == [
        [lang, "to", "en", f"translate-{lang}_en-0_1-test-only", "0.1", "1.6", "MB", "in", "use", str(folder)] for lang in ("ja", "zh")
    ]
    assert lines[3:] == [f"broken: {folder / 'half'} has no metadata.json; it is no package: move it away"]


def test_a_pipe_in_the_place_of_metadata_is_named_and_not_waited_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "odd" / "model").mkdir(parents=True)
    os.mkfifo(folder / "odd" / "metadata.json")
    assert run("list") == 0
    assert "metadata.json is no file; remove it: auditor models remove odd" in capsys.readouterr().out
    assert run("remove", "odd") == 0
    assert not (folder / "odd").exists()


def test_control_characters_of_folder_names_never_reach_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "e\x1b[31mvil\nx" / "model").mkdir(parents=True)
    for arguments in (["list"], ["remove", "nosuch"], ["remove", "e\x1b[31mvil\nx"]):
        run(*arguments)
        said = capsys.readouterr()
        assert "\x1b" not in said.out + said.err and "vil\nx" not in said.out + said.err


def test_a_damaged_or_other_copy_of_the_same_version_is_replaced(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "--from", str(REAL["zh"])) == 0
    model = folder / TOP / "model" / "model.bin"
    whole = model.read_bytes()
    model.write_bytes(whole[:1000])
    capsys.readouterr()
    assert run("install", "--from", str(REAL["zh"])) == 0
    assert "installed already" not in capsys.readouterr().err and model.read_bytes() == whole
    other = written(tmp_path / "other", package(changed={"README.md": b"converted again"}))
    assert run("install", "--from", other) == 0
    assert (folder / TOP / "README.md").read_bytes() == b"converted again"
    assert {p.name for p in folder.iterdir()} == {TOP}


def test_a_language_asked_for_without_a_file_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "zh", "ja", "--from", str(REAL["zh"])) == 2
    assert "no file is for ja" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["zh", "ja", "en-zh"])
def test_a_folder_called_like_a_language_is_refused(name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "--from", written(tmp_path / "short", package(folder=name))) == 2
    assert "too short" in capsys.readouterr().err


def test_the_list_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("install", "--from", ZH)
    (folder / "half").mkdir()
    capsys.readouterr()
    assert run("list", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    (found,) = said["packages"]
    assert said["folders"] == [str(folder)] and said["broken"] == [{"path": str(folder / "half"), "reason": "has no metadata.json"}]
    assert (found["name"], found["source"], found["target"], found["version"], found["in_use"]) == (TOP, "zh", "en", "0.1", True)
    assert found["path"] == str(folder / TOP) and found["size"] > 1_000_000


def test_the_list_never_asks_the_network_and_available_does(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    run("install", "--from", ZH)
    server.offer(
        {"link": "/a"}, {"link": "/b", "package_version": "1.9"}, {"link": "/c", "from_code": "fr"}, {"link": "/d", "from_code": "ja"}
    )
    capsys.readouterr()
    assert run("list") == 0 and server.requests == []
    capsys.readouterr()
    assert run("list", "--available") == 0 and [path for path, _ in server.requests] == ["/index.json"]
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert rows == [["ja", "0.1", f"{server.url}/d"], ["zh", "1.9", f"{server.url}/b"], ["zh", "0.1", "installed", f"{server.url}/a"]]


# From files


def test_an_installed_package_is_what_argos_and_the_auditor_find(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {name for name in tree(tmp_path) if not name.startswith("argos")}
    assert run("install", "--from", ZH, "--from", JA) == 0
    said = capsys.readouterr()
    assert f"installed {TOP} (zh to English, version 0.1, 1.6 MB) in {folder / TOP}" in said.err and said.out == ""
    assert {name for name in tree(tmp_path) if not name.startswith("argos")} == before
    assert {p.name for p in folder.iterdir()} == {TOP, "translate-ja_en-0_1-test-only"} and list(folder.parent.iterdir()) == [folder]
    chosen = best(installed([folder]), "zh")
    assert chosen and chosen.path == folder / TOP
    script = "from argostranslate import package; print(sorted(p.from_code for p in package.get_installed_packages()))"
    home = {"HOME": str(tmp_path / "home"), "ARGOS_PACKAGES_DIR": str(folder), "ORT_DISABLE_TELEMETRY": "1"}
    assert subprocess.run([sys.executable, "-c", script], env=home, capture_output=True, text=True, check=True).stdout == "['ja', 'zh']\n"


def test_the_same_version_again_is_said_and_is_no_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("install", "--from", ZH)
    before = tree(folder)
    capsys.readouterr()
    assert run("install", "zh", "--from", ZH) == 0
    assert f"{TOP} 0.1 is installed already" in capsys.readouterr().err
    assert tree(folder) == before


def test_another_version_takes_the_place_of_the_old_one(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("install", "--from", ZH, "--from", JA)
    assert run("install", "--from", written(tmp_path / "new", version("0.2"))) == 0
    assert f"in place of {TOP}" in capsys.readouterr().err
    assert {p.name for p in folder.iterdir()} == {"translate-zh_en-0_2", "translate-ja_en-0_1-test-only"}
    assert run("install", "--from", written(tmp_path / "same-folder", package(folder="translate-zh_en-0_2", package_version="0.3"))) == 0
    assert [(p.name, p.version) for p in installed([folder]).packages] == [
        ("translate-ja_en-0_1-test-only", "0.1"),
        ("translate-zh_en-0_2", "0.3"),
    ]


def test_a_broken_package_is_mended_by_installing_it_again(folder: Path) -> None:
    run("install", "--from", ZH)
    whole = tree(folder)
    (folder / TOP / "model" / "model.bin").unlink()
    assert run("install", "--from", ZH) == 0
    assert tree(folder) == whole


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"notes.txt": "mine"}, "is there and is no package; move it away"),
        ({"metadata.json": '{"from_code": "ja", "to_code": "en"}', "model/model.bin": "x", "bpe.model": "x"}, "is a package from ja to en"),
    ],
)
def test_what_is_in_the_way_and_is_not_an_older_package_is_left_alone(
    files: dict[str, str], reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in files.items():
        (folder / TOP / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / TOP / name).write_text(text)
    before = tree(folder.parent)
    assert run("install", "--from", ZH) == 2
    assert reason in capsys.readouterr().err
    assert {k: v for k, v in tree(folder.parent).items() if k in before} == before and len(tree(folder.parent)) == len(before)


def test_a_language_given_with_a_file_is_a_promise(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "zh", "--from", JA) == 2
    assert "it translates ja to en; wanted is zh or zt to en" in capsys.readouterr().err
    assert not folder.parent.exists()


@pytest.mark.parametrize("name", ["zh-CN", "ZH", "zh-Hant"])
def test_a_language_may_be_written_as_a_tag(name: str, folder: Path) -> None:
    assert run("install", name, "--from", ZH) == 0


def test_a_package_for_traditional_chinese_serves_chinese(folder: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "zt", package(folder="translate-zt_en-1_0", from_code="zt", package_version="1.0"))
    assert run("install", "zh", "--from", file) == 0
    assert (found := best(installed([folder]), "zh")) and found.source == "zt"
    assert run("install", "--from", ZH) == 0
    assert {p.source for p in installed([folder]).packages} == {"zh", "zt"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["install"], "name the languages, such as: auditor models install ja zh; or a file"),
        (["install", "fr"], "'fr' is no language with a model here; use ja, zh, zt"),
        (["install", "../zh"], "is no language with a model here"),
        (["remove"], "the following arguments are required: LANG|PACKAGE"),
        ([], "the following arguments are required: list|install|remove"),
        (["remove", "zh"], "zh: there is no such language or package to remove; no package is installed"),
    ],
)
def test_wrong_usage_is_one_clear_line(arguments: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1


def test_two_installs_at_the_same_time_both_end_well(folder: Path) -> None:
    command = [sys.executable, "-m", "auditor", "models", "install", "--from"]
    running = [subprocess.Popen([*command, file], stderr=subprocess.PIPE, text=True) for file in (ZH, ZH, JA)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    assert {p.name for p in folder.iterdir()} == {TOP, "translate-ja_en-0_1-test-only"} and list(folder.parent.iterdir()) == [folder]


def test_what_a_killed_install_left_is_cleared_away_a_day_later_and_a_running_one_is_not(folder: Path) -> None:
    for name, age in (("killed", 90_000), ("running", 600), ("inside", 90_000)):
        path = folder / f".auditor-staging-{name}" if name == "inside" else folder.parent / f".auditor-staging-{name}"
        path.mkdir(parents=True)
        os.utime(path, (time.time() - age,) * 2)
    assert run("install", "--from", ZH) == 0
    assert {p.name for p in folder.parent.iterdir()} == {"packages", ".auditor-staging-running"}
    assert {p.name for p in folder.iterdir()} == {TOP}


def test_a_packages_folder_that_is_a_link_is_used_where_it_points_to(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "disk" / "packages").mkdir(parents=True)
    folder.parent.mkdir()
    folder.symlink_to(tmp_path / "disk" / "packages")
    assert run("install", "--from", ZH) == 0
    assert list((tmp_path / "disk").iterdir()) == [tmp_path / "disk" / "packages"] and (tmp_path / "disk" / "packages" / TOP).is_dir()


# From an index


def test_the_newest_package_of_the_language_is_fetched_and_installed(
    folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files |= {"/new": File(version("0.10")), "/ja": File(REAL["ja"].read_bytes())}
    server.offer(
        {"link": "/zh.argosmodel", "package_version": "0.9"},
        {"link": "/new", "package_version": "0.10"},
        {"link": "/from-english", "from_code": "en", "to_code": "zh", "package_version": "9.0"},
        {"link": "/traditional", "from_code": "zt", "package_version": "9.0"},
        {"link": "/ja", "from_code": "ja"},
    )
    assert run("install", "zh", "ja", "zh") == 0
    assert [path for path, _ in server.requests] == ["/index.json", "/new", "/ja"]
    assert {p.name for p in folder.iterdir()} == {"translate-zh_en-0_10", "translate-ja_en-0_1-test-only"}
    assert list((tmp_path / "cache" / "downloads").iterdir()) == []
    capsys.readouterr()
    assert run("install", "zh") == 0
    assert "is installed already and is the newest" in capsys.readouterr().err and server.requests[-1][0] == "/index.json"


def test_with_the_cache_off_a_download_leaves_nothing(
    folder: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITOR_CACHE", "off")
    assert run("install", "zh") == 0
    assert {p.name for p in tmp_path.iterdir()} == {"argos"}


def test_a_download_that_breaks_goes_on_where_it_was(folder: Path, server: Server) -> None:
    server.files["/zh.argosmodel"].cut_after = [400_000, 300_000]
    assert run("install", "zh") == 0
    assert [asked for _, asked in server.requests[1:]] == ["", "bytes=400000-", "bytes=700000-"]
    assert (folder / TOP).is_dir()


def test_a_download_that_stays_broken_goes_on_at_the_next_start(
    folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files["/zh.argosmodel"].cut_after = [400_000, 0, 0, 0, 0]
    assert run("install", "zh") == 2
    said = capsys.readouterr().err
    assert f"{server.url}/zh.argosmodel cannot be reached" in said and "auditor models install --from FILE.argosmodel" in said
    assert sorted(p.stat().st_size for p in (tmp_path / "cache" / "downloads").iterdir())[-1] == 400_000 and not folder.exists()
    server.requests.clear()
    assert run("install", "zh") == 0
    assert [asked for _, asked in server.requests[1:]] == ["bytes=400000-"]
    assert list((tmp_path / "cache" / "downloads").iterdir()) == []


def test_a_file_that_changed_meanwhile_is_not_joined_with_the_old_half(folder: Path, server: Server) -> None:
    file = server.files["/zh.argosmodel"]
    file.cut_after = [400_000, 0, 0, 0, 0]
    assert run("install", "zh") == 2
    server.files["/zh.argosmodel"] = File(package(), etag='"two"')
    server.requests.clear()
    assert run("install", "zh") == 0
    assert [asked for _, asked in server.requests[1:]] == ["bytes=400000-"], "asked for the rest, given the whole of another"
    assert (folder / TOP).is_dir()


@pytest.mark.parametrize(
    "answers",
    [
        {"Content-Range": "bytes 100000-1368124/1368125"},
        {"Content-Range": "lines 1-2"},
        {"ETag": '"another"'},
        {"Content-Type": "multipart/byteranges"},
    ],
    ids=["another place", "no range", "another file", "several parts"],
)
def test_a_server_that_answers_ranges_wrongly_is_asked_for_the_whole(answers: dict[str, str], folder: Path, server: Server) -> None:
    data = REAL["zh"].read_bytes()
    file = server.files["/zh.argosmodel"]
    file.cut_after = [400_000]

    def change() -> None:
        asked = len([1 for path, _ in server.requests if path == "/zh.argosmodel"])
        file.ranges, file.status = False, 206 if asked == 2 else 200
        file.headers = answers if asked == 2 else {}
        file.data = data

    file.on_request = change
    assert run("install", "zh") == 0
    assert [asked for _, asked in server.requests[1:]] == ["", "bytes=400000-", ""]


CANNOT_RESUME = {"no ranges": File(b"", ranges=False), "no tag": File(b"", etag=""), "weak tag": File(b"", etag='W/"weak"')}


@pytest.mark.parametrize("name", CANNOT_RESUME)
def test_a_server_that_cannot_resume_is_asked_for_the_whole_again(name: str, folder: Path, server: Server) -> None:
    file = CANNOT_RESUME[name]
    file.data, file.cut_after = REAL["zh"].read_bytes(), [400_000]
    server.files["/zh.argosmodel"] = file
    assert run("install", "zh") == 0
    assert (folder / TOP).is_dir()


def test_a_server_with_dates_instead_of_tags_can_resume(folder: Path, server: Server) -> None:
    file = server.files["/zh.argosmodel"]
    file.etag, file.headers, file.cut_after = "", {"Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}, [400_000]
    assert run("install", "zh") == 0
    assert [asked for _, asked in server.requests[1:]] == ["", "bytes=400000-"]


def test_half_an_answer_of_unknown_length_is_noticed_and_thrown_away(
    folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files["/zh.argosmodel"] = File(REAL["zh"].read_bytes(), headers={"Transfer-Encoding": "identity"}, cut_after=[400_000])
    assert run("install", "zh") == 2
    assert "cannot be fetched" in capsys.readouterr().err
    assert not folder.exists()


def test_what_was_fetched_whole_and_is_bad_is_thrown_away(
    folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files["/zh.argosmodel"].data = b"<html>Please sign in</html>"
    assert run("install", "zh") == 2
    assert "it is no zip file or a damaged one" in capsys.readouterr().err
    assert list((tmp_path / "cache" / "downloads").iterdir()) == [] and not folder.exists()


def test_a_package_of_another_language_than_the_index_says_is_refused(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files["/zh.argosmodel"].data = REAL["ja"].read_bytes()
    assert run("install", "zh") == 2
    assert "it translates ja to en; wanted is zh to en" in capsys.readouterr().err and not folder.exists()


def test_what_is_in_the_way_here_does_not_cost_the_download(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / TOP).mkdir(parents=True)
    (folder / TOP / "notes.txt").write_text("mine")
    assert run("install", "zh") == 2
    assert "is there and is no package; move it away" in capsys.readouterr().err
    (folder / TOP / "notes.txt").unlink()
    (folder / TOP).rmdir()
    assert run("install", "zh") == 0
    assert server.requests[-1] == ("/zh.argosmodel", f"bytes={len(REAL['zh'].read_bytes())}-"), "nothing was left to fetch"


def test_a_second_command_that_fetches_the_same_is_told_to_wait(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    second: list[int] = []
    server.files["/zh.argosmodel"].on_request = lambda: second.append(
        subprocess.run(
            [sys.executable, "-m", "auditor", "models", "install", "zh"], capture_output=True, text=True, check=False
        ).stderr.count("another process is fetching")
    )
    assert run("install", "zh") == 0
    assert second == [1] and (folder / TOP).is_dir()


def test_several_links_are_tried_in_turn(folder: Path, server: Server) -> None:
    server.files |= {"/busy": File(b"", status=503), "/bad": File(b"bad")}
    links = [f"{server.url}/{name}" for name in ("gone", "busy", "bad", "zh.argosmodel")]
    server.offer({"links": ["ipfs://Qm", "ftp://example.com/x", "http://example.com/x", 5, None, "https://a b", *links]})
    assert run("install", "zh") == 0
    assert [path for path, _ in server.requests[1:]] == ["/gone", "/busy", "/bad", "/zh.argosmodel"]


def test_a_redirect_to_an_address_that_is_not_https_is_not_followed(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files["/zh.argosmodel"] = File(b"", status=302, headers={"Location": "http://example.com/zh.argosmodel"})
    assert run("install", "zh") == 2
    assert "http://example.com/zh.argosmodel is not https" in capsys.readouterr().err


def test_a_compressed_answer_is_not_taken_for_the_file(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.files["/zh.argosmodel"].headers = {"Content-Encoding": "gzip"}
    assert run("install", "zh") == 2
    assert "in another encoding than it has" in capsys.readouterr().err


def test_an_enormous_file_is_not_fetched(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.files["/zh.argosmodel"].headers = {"Content-Length": str(10**12)}
    assert run("install", "zh") == 2
    assert "has 1000000000000 bytes, more than any package" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (File(b"<html>sign in</html>"), "answered something that is no JSON"),
        (File(b"[" * 100_000), "answered something that is no JSON"),
        (File(b"{}"), "is no Argos index, or an empty one"),
        (File(b'[3, null, "x", {}, {"from_code": "zh"}, {"from_code": "zh", "to_code": "en", "links": "x"}]'), "is no Argos index"),
        (File(b"[" + b" " * 11_000_000 + b"]"), "answered more than 10000000 bytes"),
        (File(b"", status=500), "answered 500 Internal Server Error"),
        (None, "answered 404 Not Found"),
    ],
)
def test_an_index_that_is_none_is_named(
    answer: File | None, reason: str, folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.files = {"/index.json": answer} if answer else {}
    assert run("install", "zh") == 2
    err = capsys.readouterr().err
    assert reason in err and f"{server.url}/index.json" in err and "Traceback" not in err
    assert tree(tmp_path) == {}


def test_a_hostile_index_makes_no_paths_and_no_terminal_obeys_it(
    folder: Path, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "/../../../../evil\x1b[2J"
    server.offer(
        {"links": [f"{server.url}{evil}"], "from_code": "../zh"},
        {"links": [f"{server.url}{evil}"], "package_version": "9.9", "code": "../../evil"},
        {"links": [f"{server.url}/../../../../gone"], "package_version": "../../../evil", "code": "../../evil"},
    )
    assert run("install", "zh") == 2
    err = capsys.readouterr().err
    assert "\x1b" not in err and "answered 404" in err
    assert set(tree(tmp_path)) <= {"cache", "cache/downloads"}


INDEXES: dict[str, tuple[dict[str, str], str]] = {
    "variable": ({"ARGOS_PACKAGE_INDEX": "https://mirror.example/argos"}, "https://mirror.example/argos/index.json"),
    "settings.json": ({"XDG_CONFIG_HOME": "{tmp}/chosen"}, "https://chosen.example/index.json"),
    "broken settings.json": ({"XDG_CONFIG_HOME": "{tmp}/broken"}, "the settings of Argos Translate cannot be read"),
}


@pytest.mark.parametrize("name", INDEXES)
def test_the_index_is_the_one_that_argos_is_set_to(name: str, tmp_path: Path) -> None:
    for folder, text in (("chosen", '{"ARGOS_PACKAGE_INDEX": "https://chosen.example/"}'), ("broken", "[]")):
        (tmp_path / folder / "argos-translate").mkdir(parents=True)
        (tmp_path / folder / "argos-translate" / "settings.json").write_text(text)
    variables, expected = INDEXES[name]
    environment = {"HOME": str(tmp_path), "NO_PROXY": "*"} | {key: value.format(tmp=tmp_path) for key, value in variables.items()}
    script = (
        "import os\nfrom auditor.errors import ModelError\nfrom auditor.models.index import address\n"
        "try:\n    print(address(os.environ))\nexcept ModelError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(expected)


def test_without_any_setting_the_index_is_argos_own(tmp_path: Path) -> None:
    script = (
        "import os\nfrom auditor.models.index import address\nfrom argostranslate import settings\n"
        "print(address(os.environ) == settings.remote_package_index)"
    )
    done = subprocess.run([sys.executable, "-c", script], env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_a_language_that_the_index_lacks_is_named(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "ja") == 2
    assert f"the index at {server.url}/index.json has no package from ja to English" in capsys.readouterr().err


def test_behind_a_firewall_the_message_says_what_to_do_by_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:  # bound and not listening: connections are refused
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"http://user:secret@127.0.0.1:{taken.getsockname()[1]}/")
        assert run("install", "zh", "ja") == 2
    err = capsys.readouterr().err
    for part in ("/index.json cannot be reached", "Connection refused", "HTTPS_PROXY", "SSL_CERT_FILE", 'from_code "zh"', "--from FILE"):
        assert part in err
    assert "secret" not in err and len(err.splitlines()) <= 6


def test_a_download_behind_a_firewall_names_the_links(folder: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.offer({"links": ["https://127.0.0.1:9/zh.argosmodel", "https://[::1]:9/zh.argosmodel"]})
    assert run("install", "zh") == 2
    err = capsys.readouterr().err
    assert err.count("https://127.0.0.1:9/zh.argosmodel") == 3  # fetching, why not, by hand
    assert "download the file from\n    https://127.0.0.1:9/zh.argosmodel\n    https://[::1]:9/zh.argosmodel\n" in err


def test_proxy_variables_are_respected(folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://localhost/behind")
    monkeypatch.setenv("HTTP_PROXY", server.url)
    server.files["http://localhost/behind/index.json"] = server.files["/index.json"]
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert run("install", "zh") == 0
    assert server.requests[0][0] == "http://localhost/behind/index.json"


def test_ctrl_c_leaves_the_half_file_for_the_next_time_and_nothing_else(folder: Path, server: Server, tmp_path: Path) -> None:
    file = server.files["/zh.argosmodel"]
    whole, asked = file.data, threading.Event()
    file.headers, file.data = {"Content-Length": str(len(whole))}, whole[:400_000]  # the rest never comes: the command waits for it
    file.on_request = asked.set
    command = [sys.executable, "-m", "auditor", "models", "install", "zh"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert asked.wait(60)
    downloads = tmp_path / "cache" / "downloads"
    for _ in range(300):
        if any(p.stat().st_size for p in downloads.glob("*.part")):
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "a download goes on where it was" in said and "Traceback" not in said
    assert sorted(p.suffix for p in downloads.iterdir()) == [".json", ".part"] and not folder.parent.exists()
    file.data, file.headers, file.on_request = whole, {}, lambda: None
    server.requests.clear()
    assert run("install", "zh") == 0
    assert server.requests[1][1].startswith("bytes=")


def test_addresses_are_shown_without_passwords_and_control_characters() -> None:
    assert shown("https://me:secret@example.com/a?b=c") == "https://example.com/a?b=c"
    assert shown("https://example.com/\x1b[2J@x") == "https://example.com/?[2J@x"


# Removing


def test_removing_a_language_removes_its_packages_and_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("install", "--from", ZH, "--from", JA)
    assert run("remove", "zh") == 0
    assert f"removed {folder / TOP}" in capsys.readouterr().err
    assert [p.name for p in folder.iterdir()] == ["translate-ja_en-0_1-test-only"] and list(folder.parent.iterdir()) == [folder]
    assert run("remove", "zh") == 2
    assert "zh: there is no such language or package to remove; installed: translate-ja_en-0_1-test-only" in capsys.readouterr().err
    assert run("remove", "translate-ja_en-0_1-test-only") == 0
    assert list(folder.iterdir()) == []


def test_a_linked_package_is_unlinked_and_what_it_points_to_stays(folder: Path, tmp_path: Path) -> None:
    run("install", "--from", ZH)
    elsewhere = tmp_path / "elsewhere"
    (folder / TOP).rename(elsewhere)
    (folder / TOP).symlink_to(elsewhere)
    before = tree(elsewhere)
    assert run("remove", "zh") == 0
    assert tree(elsewhere) == before and list(folder.iterdir()) == []


def test_links_inside_a_package_are_not_followed(folder: Path, tmp_path: Path) -> None:
    run("install", "--from", ZH)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    (folder / TOP / "link").symlink_to(mine)
    assert run("remove", "zh") == 0
    assert (mine / "letter.txt").read_text() == "dear"


@pytest.mark.parametrize("name", ["../mine", "..", ".", "/", "", "notes", "mine"])
def test_nothing_but_packages_is_removed(name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "argos" / "mine").mkdir(parents=True)
    (folder / "mine").mkdir(parents=True)
    (folder / "mine" / "letter.txt").write_text("dear")
    (folder / "notes").write_text("notes")
    before = tree(tmp_path)
    assert run("remove", name) == 2
    assert tree(tmp_path) == before
    assert "Traceback" not in capsys.readouterr().err


def test_a_broken_package_is_removed_by_its_name(folder: Path) -> None:
    run("install", "--from", ZH)
    (folder / TOP / "metadata.json").write_text("{")
    assert run("remove", TOP) == 0
    assert list(folder.iterdir()) == []


def test_the_command_never_loads_what_has_telemetry() -> None:
    script = (
        "import sys; sys.argv[1:] = []\n"
        "from auditor.cli import main\n"
        f"main(['models', 'install', '--from', {ZH!r}]); main(['models', 'list'])\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('onnxruntime', 'minisbd', 'argostranslate')], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.rstrip().endswith("[]")
