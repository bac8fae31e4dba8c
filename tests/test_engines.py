"""Back-translation engines in an audit: the real small models of tests/models, and engines that misbehave."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import opencc
import pytest

from auditor.demo import sample, samples_folder
from auditor.encoder import Encoder
from auditor.engines import Engines
from auditor.errors import EngineError, UsageError
from auditor.intake import Submission, Translation
from auditor.report import to_json
from auditor.session import Session
from auditor.settings import Settings
from auditor.translate import argos
from auditor.translate.argos import LONGEST, Argos
from auditor.translate.backs import back_translate
from auditor.translate.base import Decoding, Translated
from auditor.translate.packages import best, installed

MODELS = Path(__file__).parent / "models"
MODEL_NAMES = {"zh": "translate-zh_en-0_1-test-only", "ja": "translate-ja_en-0_1-test-only"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both test models, installed from their files as a user would."""
    found: Path = tmp_path_factory.mktemp("argos") / "packages"
    files = [x for package in sorted(MODELS.glob("*.argosmodel")) for x in ("--from", str(package))]
    environment = os.environ | {"ARGOS_PACKAGES_DIR": str(found)}
    subprocess.run([sys.executable, "-m", "auditor", "models", "install", *files], env=environment, check=True, capture_output=True)
    return found


@pytest.fixture(scope="module")
def with_models(folder: Path) -> Session:
    return Session(Settings(package_folders=(folder,)))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def english_of(folder: Path, lang: str, texts: Sequence[str]) -> tuple[str | None, ...]:
    package = best(installed((folder,)), lang)
    assert package is not None
    return Argos({lang: package}, threads=1).translate(lang, texts).english


def back_translations(report: dict[str, Any], lang: str) -> list[str]:
    translation = next(t for t in report["translations"] if t["lang"] == lang)
    return [p["back_translation"] for p in translation["passages"] if p["target"]]


def test_the_report_names_engine_and_model_of_each_language(with_models: Session) -> None:
    report = with_models.audit_json(sample("faithful"))
    for translation in report["translations"]:
        engine = report["run"]["engines"][translation["lang"]]
        assert (translation["engine"], engine["name"], engine["model"]) == ("argos", "argos", MODEL_NAMES[translation["lang"]])
        assert engine["version"].startswith("1.")
        tally = translation["back_translation"]
        assert tally["segments"] == tally["healthy"] > 50
        assert translation["scores"]["chrf"] > 50
    assert report["summary"]["findings"]["critical"] == 0


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_the_models_english_is_what_stands_there(with_models: Session, lang: str) -> None:
    said = " ".join(back_translations(with_models.audit_json(sample("faithful")), lang)).split()
    line_by_line = (samples_folder() / f"back.{lang}.txt").read_text(encoding="utf-8").split()
    assert len(set(said) & set(line_by_line)) > 0.9 * len(set(line_by_line))


def test_a_model_is_a_witness_of_what_drifted(with_models: Session) -> None:
    findings = with_models.audit_json(sample("drifted"))["findings"]
    assert any("back_translation" in f["witnesses"] for f in findings)


def test_auto_takes_a_model_where_there_is_one_and_the_gloss_elsewhere(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "translate-zh_en-0_1-test-only").symlink_to(folder / "translate-zh_en-0_1-test-only")
    engines = Engines(Settings(package_folders=(tmp_path,)))
    assert [engines.choose("auto", lang).name for lang in ("zh", "ja")] == ["argos", "gloss"]
    assert engines.choose("gloss", "zh").name == "gloss"


def test_auto_takes_a_configured_server_before_the_gloss(folder: Path) -> None:
    server = "http://127.0.0.1:9"
    assert Engines(Settings(libretranslate_url=server)).choose("auto", "ja").name == "libretranslate"
    assert Engines(Settings(libretranslate_url=server, package_folders=(folder,))).choose("auto", "ja").name == "argos"


def test_an_audit_goes_on_without_its_server_and_says_what_is_missing() -> None:
    settings = Settings(libretranslate_url="http://127.0.0.1:9", libretranslate_timeout=1)
    report = Session(settings).audit_json(sample("drifted"))
    tally = report["translations"][0]["back_translation"]
    assert report["translations"][0]["engine"] == "libretranslate"
    assert tally["missing"] == tally["segments"]
    assert "127.0.0.1:9" in tally["problem"]
    assert report["summary"]["findings"]["critical"] > 0


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("argos", EngineError, "auditor models install zh"),
        ("libretranslate", EngineError, "AUDITOR_LIBRETRANSLATE_URL"),
        ("babelfish", UsageError, "auto, argos, libretranslate, gloss"),
    ],
)
def test_an_engine_that_cannot_be_had_says_what_to_do(name: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        Engines(Settings()).choose(name, "zh")


def test_traditional_text_is_folded_for_a_model_that_knows_simplified_only(with_models: Session) -> None:
    hans = sample("faithful")
    text = hans.translations[0].text
    hant = Submission("hant", "en", hans.source, (Translation("zh", opencc.OpenCC("s2t").convert(text)),))
    expected = back_translations(with_models.audit_json(hans), "zh")
    found = back_translations(with_models.audit_json(hant), "zh")
    assert sum(a == b for a, b in zip(found, expected, strict=True)) > 0.9 * len(expected)


def test_supplied_english_wins_for_its_language(with_models: Session) -> None:
    plain = sample("faithful")
    zh, ja = plain.translations
    back = (samples_folder() / "back.zh.txt").read_text(encoding="utf-8")
    report = with_models.audit_json(Submission("s", "en", plain.source, (Translation("zh", zh.text, back), ja)))
    assert [t["engine"] for t in report["translations"]] == ["supplied", "argos"]


def test_a_document_is_translated_in_one_call_by_a_model_loaded_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctranslate2

    made: list[str] = []
    sizes: list[int] = []

    class Counting(ctranslate2.Translator):  # type: ignore[misc]
        def __init__(self, path: str, **settings: Any) -> None:
            made.append(path)
            super().__init__(path, **settings)

        def translate_batch(self, source: list[list[str]], **settings: Any) -> Any:
            sizes.append(len(source))
            return super().translate_batch(source, **settings)

    monkeypatch.setattr(ctranslate2, "Translator", Counting)
    session = Session(Settings(package_folders=(folder,)))
    session.audit(sample("faithful"))
    session.audit(sample("faithful"))
    assert len(made) == 2
    assert len([n for n in sizes if n > 50]) == 4  # two languages, two audits; the rest are second tries of single sentences
    assert sum(sizes) < 1.1 * sum(n for n in sizes if n > 50)


def test_an_audit_with_a_model_never_touches_the_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an audit wanted the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse, raising=True)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    report = Session(Settings(package_folders=(folder,))).audit_json(sample("faithful"))
    assert report["translations"][0]["engine"] == "argos"


def test_a_home_that_cannot_be_written_is_no_obstacle(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = {name: str(tmp_path / "file" / "x") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    files = [str(samples_folder() / name) for name in ("article.en.txt", "article.zh.txt")]
    command = [sys.executable, "-m", "auditor", "audit", files[0], "--zh", files[1], "--engine", "argos", "--format", "json"]
    environment = {k: v for k, v in os.environ.items() if k != "AUDITOR_CACHE"} | home | {"ARGOS_PACKAGES_DIR": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout)
    assert report["run"]["engines"]["zh"]["model"] == MODEL_NAMES["zh"]


def test_what_the_model_knows_nothing_of_is_no_evidence(with_models: Session) -> None:
    english = [
        "The choir sang in the old chapel.",
        "Rain fell all night on the vineyards.",
        "My sister repairs violins for a living.",
        "The bakery sold out of rye bread before noon.",
        "Children flew kites above the dunes.",
    ]
    chinese = [
        "合唱团在古老的小教堂里演唱。",
        "雨整夜落在葡萄园上。",
        "我妹妹以修小提琴为生。",
        "面包店的黑麦面包中午前就卖光了。",
        "孩子们在沙丘上放风筝。",
    ]
    report = with_models.audit_json(Submission("songs", "en", "\n".join(english), (Translation("zh", "\n".join(chinese)),)))
    tally = report["translations"][0]["back_translation"]
    assert tally["healthy"] == 0
    assert sum(tally["suspect"].values()) == 5
    assert report["translations"][0]["scores"]["chrf"] is None
    assert {p["back_translation_health"] for p in report["translations"][0]["passages"]} == {"suspect"}
    assert not any("back_translation" in f["witnesses"] for f in report["findings"])


def test_a_text_longer_than_a_model_can_hold_is_cut_at_its_clauses(folder: Path) -> None:
    lines = (samples_folder() / "article.zh.txt").read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line.endswith("。")][:12]
    text = "".join(s[:-1] + "；" for s in sentences)
    package = best(installed((folder,)), "zh")
    assert package is not None
    engine = Argos({"zh": package}, threads=1)
    encode = engine._load("zh").tokenizer.encode
    pieces = argos._pieces(text, encode)
    assert len(pieces) > 2
    assert "".join(pieces) == text
    assert all(len(encode(p)) <= LONGEST for p in pieces)
    assert all(p[-1] in "。；，、：” " for p in pieces)
    (english,) = engine.translate("zh", [text]).english
    assert english is not None
    assert len(english.split()) > 100


@pytest.mark.parametrize("text", ["", " ", "\n", "……", "😀", "A", "一" * 3000])
def test_odd_texts_are_answered_one_for_one(folder: Path, text: str) -> None:
    assert len(english_of(folder, "zh", [text, "一", text])) == 3


def test_a_broken_model_is_named_with_what_to_do(folder: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(folder / "translate-zh_en-0_1-test-only", tmp_path / "translate-zh_en-0_1-test-only")
    (tmp_path / "translate-zh_en-0_1-test-only" / "model" / "model.bin").write_bytes(b"broken")
    with pytest.raises(EngineError, match=r"cannot be loaded.*auditor models remove translate-zh_en-0_1-test-only"):
        english_of(tmp_path, "zh", ["一"])


def test_a_second_audit_with_one_sentence_changed_translates_one_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Argos.translate

    def counting(self: Argos, lang: str, texts: Sequence[str], decoding: Decoding = "first") -> Translated:
        asked.extend(texts)
        return real(self, lang, texts, decoding)

    monkeypatch.setattr(Argos, "translate", counting)
    settings = Settings(package_folders=(folder,), cache=tmp_path / "memory.sqlite")
    first = sample("faithful")
    Session(settings).audit(first)
    before = len(asked)
    zh, ja = first.translations
    changed = zh.text.replace("三艘", "四艘", 1)
    assert changed != zh.text
    again = Submission("again", "en", first.source, (Translation("zh", changed), ja))
    report = Session(settings).audit_json(again)
    assert len(asked) == before + 1
    fresh = Session(Settings(package_folders=(folder,))).audit_json(again)
    del report["run"], fresh["run"]
    assert report == fresh


def test_a_model_put_in_anothers_place_is_not_mistaken_for_it(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    import shutil

    copy = tmp_path / "translate-zh_en-0_1-test-only"
    shutil.copytree(folder / copy.name, copy)
    package = best(installed((tmp_path,)), "zh")
    assert package is not None
    before = Argos({"zh": package}, threads=1).fingerprint("zh")
    os.utime(copy / "model" / "model.bin", ns=(1, 1))
    assert Argos({"zh": package}, threads=1).fingerprint("zh") != before


PASSAGES = {0: "政府宣布明年将关闭三座工厂，工会表示反对。", 1: "大雨淹没了港口的两条街道。", 2: "法院周五驳回了上诉。"}
GOOD = {
    PASSAGES[0]: "The government announced it will close three factories next year; the union objected.",
    PASSAGES[1]: "Heavy rain flooded two streets of the port.",
    PASSAGES[2]: "The court rejected the appeal on Friday.",
}
LOOP = "(laughter) (applause) (applause) (applause) (applause) (applause) (applause)"


class Scripted:
    """An engine whose faults are known."""

    name, version, independent = "scripted", "1", True

    def __init__(self, say: Callable[[str, Decoding], str | None]) -> None:
        self.say = say
        self.asked: list[tuple[str, Decoding]] = []

    def model(self, lang: str) -> str:
        return "none"

    def fingerprint(self, lang: str) -> str:
        return "none"

    def translate(self, lang: str, texts: Sequence[str], decoding: Decoding = "first") -> Translated:
        self.asked += [(text, decoding) for text in texts]
        english = tuple(self.say(text, decoding) for text in texts)
        return Translated(english, "the server went away" if None in english else "")


FAULTS = [
    ("loop", LOOP),
    ("script", "The government 宣布明年将关闭三座工厂"),
    ("length", "Go."),
    ("empty", ""),
    ("meaning", "My cat enjoys the warm sunshine on the kitchen window every single morning."),
]


@pytest.mark.parametrize(("reason", "bad"), FAULTS)
def test_an_unhealthy_sentence_is_tried_once_more_and_then_heard(reason: str, bad: str, encoder: Encoder) -> None:
    engine = Scripted(lambda text, decoding: bad if text == PASSAGES[0] and decoding == "first" else GOOD[text])
    backs = back_translate(engine, "zh", PASSAGES, encoder).english
    assert {b.health for b in backs.values()} == {"ok"}
    assert backs[0].text == GOOD[PASSAGES[0]]
    assert engine.asked[3:] == [(PASSAGES[0], "second")]


@pytest.mark.parametrize(("reason", "bad"), FAULTS)
def test_what_stays_unhealthy_is_suspect_and_says_why(reason: str, bad: str, encoder: Encoder) -> None:
    engine = Scripted(lambda text, decoding: bad if text == PASSAGES[0] else GOOD[text])
    backs = back_translate(engine, "zh", PASSAGES, encoder).english
    assert (backs[0].text, backs[0].health, backs[0].reason) == (bad, "suspect", reason)
    assert [backs[i].health for i in (1, 2)] == ["ok", "ok"]
    assert len(engine.asked) == 4


def test_what_was_not_back_translated_is_counted_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Scripted(lambda text, decoding: {PASSAGES[0]: LOOP, PASSAGES[1]: None}.get(text, GOOD[text]))
    session = Session(Settings())
    monkeypatch.setattr(session.engines, "choose", lambda name, lang: engine)
    submission = Submission("s", "en", "\n".join(GOOD.values()), (Translation("zh", "\n".join(PASSAGES.values())),))
    report, run = session.audit(submission)
    translation = to_json(report, run)["translations"][0]
    assert translation["back_translation"] == {
        "segments": 3,
        "healthy": 1,
        "suspect": {"loop": 1},
        "missing": 1,
        "problem": "the server went away",
    }
    assert [p["back_translation_health"] for p in translation["passages"]] == ["suspect", None, "ok"]
    assert [p["back_translation_reason"] for p in translation["passages"]] == ["loop", None, None]
    from auditor.formats import FORMATS

    for form in ("text", "html"):
        page = FORMATS[form](report, run)
        assert "1 of 3 segments suspect (loop 1)" in page
        assert "1 of 3 segments not back-translated: the server went away" in " ".join(page.split())


def test_a_server_in_trouble_is_not_asked_again(encoder: Encoder) -> None:
    engine = Scripted(lambda text, decoding: {PASSAGES[0]: LOOP, PASSAGES[1]: None}.get(text, GOOD[text]))
    back_translate(engine, "zh", PASSAGES, encoder)
    assert {decoding for _, decoding in engine.asked} == {"first"}


def test_failures_are_not_remembered(tmp_path: Path, encoder: Encoder) -> None:
    from auditor.translate.cache import Cache

    cache = Cache(tmp_path / "memory.sqlite", 10)
    back_translate(Scripted(lambda text, decoding: None), "zh", PASSAGES, encoder, cache)
    engine = Scripted(lambda text, decoding: GOOD[text])
    assert len(back_translate(engine, "zh", PASSAGES, encoder, cache).english) == 3
    assert len(engine.asked) == 3
