"""The LibreTranslate engine: against a real server with the test models, and against one that misbehaves."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from auditor.demo import sample, samples_folder
from auditor.engines import Engines
from auditor.errors import EngineError, UsageError
from auditor.intake import Submission
from auditor.session import Session
from auditor.settings import Settings, load
from auditor.translate.cache import Cache
from auditor.translate.libretranslate import BATCH_TEXTS, LibreTranslate
from tests.libretranslate_server import (
    LANGUAGES,
    NO_PROXY_THERE,
    Behaviour,
    Exchange,
    Real,
    free_port,
    libretranslate,
    misbehaving,
    need_libretranslate,
    translation,
)

KEY = "sesame-0123"
TEXTS = ["潜艇在基尔建造。", "GDP增长了3%。", "他去了吗？"]
ENGLISH = tuple(f"EN {text}" for text in TEXTS)


def engine(url: str, key: str = KEY, timeout: float = 2.0, pause: float = 0.01, rest: float = 60.0) -> LibreTranslate:
    return LibreTranslate(url, key, timeout, pause=pause, rest=rest)


def sentences(lang: str) -> list[str]:
    text = (samples_folder() / f"article.{lang}.txt").read_text(encoding="utf-8")
    return [s.strip() for line in text.splitlines() for s in re.findall(r"[^。]+。?[”」]?", line) if s.strip()]


# ---- a real server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    need_libretranslate()
    with libretranslate(tmp_path_factory.mktemp("libretranslate")) as running:
        yield running


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """A server that wants a key, takes ten texts at a time and no text beyond 60 characters."""
    need_libretranslate()
    options = ("--require-api-key-origin", "nobody", "--batch-limit", "10", "--char-limit", "60")
    with libretranslate(tmp_path_factory.mktemp("guarded"), *options, keys=[(KEY, 100_000), ("poor", 8)]) as running:
        yield running


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_a_real_server_back_translates_an_article(server: Real, lang: str) -> None:
    made = engine(server.url, timeout=30).translate(lang, sentences(lang))
    assert made.problem == ""
    said = " ".join(english or "" for english in made.english).split()
    known = (samples_folder() / f"back.{lang}.txt").read_text(encoding="utf-8").split()
    assert len(set(said) & set(known)) > 0.8 * len(set(known))


def test_a_real_servers_english_is_not_bent_to_the_look_of_the_text(server: Real) -> None:
    texts = [s for s in sentences("zh") if (re.search("[A-Z]", s) and not re.search("[a-z]", s)) or s.endswith(("。", "？"))]
    made = engine(server.url, timeout=30).translate("zh", texts)
    assert len(texts) > 20
    assert not [e for e in made.english if e is None or e.isupper() or re.search("[。？]", e) or "\n" in e]


def test_a_second_try_of_a_real_server_gives_other_english(server: Real) -> None:
    lt, texts = engine(server.url, timeout=30), sentences("zh")[:5]
    first, second = lt.translate("zh", texts), lt.translate("zh", texts, "second")
    assert second.problem == "" and None not in second.english
    assert sum(a != b for a, b in zip(first.english, second.english, strict=True)) >= 4


def test_a_real_server_says_its_version_and_what_it_cannot_translate(server: Real) -> None:
    lt = engine(server.url, timeout=30)
    assert re.fullmatch(r"1\.9\.\d+", lt.version)
    assert lt.model("zh") == server.url.removeprefix("http://")
    assert "does not translate ko to English; 1 of 1 texts" in lt.translate("ko", ["안녕하세요"]).problem


def test_the_real_server_never_went_to_the_network(server: Real) -> None:
    engine(server.url, timeout=30).translate("ja", sentences("ja")[:3])
    log = server.log.read_text(encoding="utf-8")
    assert not re.search("Traceback|Cannot update|ownload|Errno", log), log


@pytest.mark.parametrize("key", ["", "wrong-key-77"])
def test_a_real_server_that_wants_a_key_is_named_and_the_key_is_not(guarded: Real, key: str) -> None:
    made = engine(guarded.url, key, timeout=30).translate("zh", TEXTS)
    assert made.english == (None,) * 3
    assert "key" in made.problem and "3 of 3 texts were not back-translated" in made.problem
    assert not key or key not in made.problem


def test_the_limits_of_a_real_server_cost_only_what_is_beyond_them(guarded: Real) -> None:
    texts = [*[s for s in sentences("zh") if len(s) < 50][:24], "长" * 100]
    made = engine(guarded.url, timeout=30).translate("zh", texts)
    assert [i for i, english in enumerate(made.english) if english is None] == [24]
    assert "takes no text longer than 60 characters; 1 of 25 texts" in made.problem


def test_a_real_server_that_asks_to_slow_down_keeps_what_it_gave(guarded: Real) -> None:
    texts = [s for s in sentences("zh") if len(s) < 50][:24]
    made = engine(guarded.url, "poor", timeout=30, pause=0.01).translate("zh", texts)
    given = [english for english in made.english if english]
    assert 0 < len(given) < 24
    assert "answered 429: Slowdown" in made.problem and f"{24 - len(given)} of 24" in made.problem


# ---- a server that misbehaves


def slow(exchange: Exchange) -> None:
    time.sleep(2)


def dripping(exchange: Exchange) -> None:
    """A header that never ends, a letter now and then."""
    out = exchange.handler.wfile
    out.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        out.write(b"a")
        time.sleep(0.05)


def dripping_body(exchange: Exchange) -> None:
    handler = exchange.handler
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        time.sleep(0.05)


def dropped(exchange: Exchange) -> None:
    exchange.handler.close_connection = True


def cut(exchange: Exchange) -> None:
    exchange.handler.close_connection = True
    exchange.answer(b'{"translatedText": ["EN', Content_Length="500")


def huge(exchange: Exchange) -> None:
    exchange.answer(b'{"translatedText": ["' + b"a" * 3_000_000 + b'"]}')


def says(value: object, status: int = 200) -> Behaviour:
    return lambda exchange: exchange.answer(value, status)


def once(first: Behaviour) -> Behaviour:
    """That behaviour at the first request, order at the others."""
    return lambda exchange: first(exchange) if exchange.number == 1 else exchange.translate()


NEVER: dict[str, tuple[Behaviour, str]] = {
    "hangs": (slow, "did not answer within 0.3 s"),
    "drips headers": (dripping, "did not answer within 0.3 s"),
    "drips a body": (dripping_body, "did not answer within 0.3 s"),
    "drops connections": (dropped, "broke off its answer (3 tries)"),
    "breaks off half way": (cut, "broke off its answer (3 tries)"),
    "floods": (huge, "gave an answer of more than"),
    "speaks HTML": (says(b"<html>It works!</html>"), "gave an answer that is not JSON"),
    "speaks Latin-1": (says('{"translatedText": ["é"]}'.encode("latin-1")), "gave an answer that is not JSON"),
    "nests deeply": (says(b"[" * 200_000), "gave an answer that is not JSON"),
    "gives a list": (says(["EN"]), "gave an answer that is no translation"),
    "gives no list": (says({"translatedText": {"0": "EN"}}), "gave an answer that is no translation"),
    "gives too few": (says({"translatedText": []}), "gave another number of translations than it was asked for"),
    "gives too many": (says({"translatedText": ["EN"] * 99}), "gave another number of translations than it was asked for"),
    "stumbles": (says({"error": "out of memory"}, 500), "answered 500: out of memory (3 tries)"),
    "is overloaded": (says(b"Bad gateway", 502), "answered 502 (3 tries)"),
    "asks to slow down": (says({"error": "Slowdown: 1 per minute"}, 429), "answered 429: Slowdown: 1 per minute (5 tries)"),
    "refuses the key": (says({"error": f"Invalid key {KEY}"}, 403), "refused the key (answered 403: Invalid key ***)"),
    "knows no translating": (says({"error": "not found"}, 404), "answered 404: not found"),
    "dislikes all texts": (says({"error": "bad\nrequest"}, 400), "answered 400: bad request"),
}


@pytest.mark.parametrize("name", NEVER)
def test_a_server_that_never_answers_well_costs_little_time_and_the_report_says_why(name: str, caplog: pytest.LogCaptureFixture) -> None:
    behaviour, reason = NEVER[name]
    texts = [f"第{i}句话。" for i in range(57)]
    with misbehaving(behaviour) as server, caplog.at_level(logging.DEBUG):
        lt = engine(server.url, timeout=0.3 if "0.3 s" in reason else 3.0)
        begun = time.monotonic()
        made = lt.translate("zh", texts)
        assert time.monotonic() - begun < 10
        sent = len(server.sent())
        again = lt.translate("ja", ["これは文です。"])
        assert len(server.sent()) == sent, "a server in trouble is left alone"
    assert made.english == (None,) * 57
    assert made.problem == f"LibreTranslate at {server.url[7:]} {reason}; 57 of 57 texts were not back-translated" or (
        name == "floods" and reason in made.problem
    )
    assert again.english == (None,) and "1 of 1 texts" in again.problem
    assert sent <= 30
    assert KEY not in caplog.text + made.problem + again.problem + repr(lt)


RECOVERS: dict[str, Behaviour] = {
    "500": says({"error": "busy"}, 500),
    "429": says({"error": "slow down"}, 429),
    "dropped": dropped,
    "cut": cut,
    "hung once": slow,
    "half a list": lambda e: e.answer({"translatedText": translation(e.body)["translatedText"][:1]}),
    "one string for all": says({"translatedText": "EN all of it"}),
    "not JSON": says(b"oops"),
}


@pytest.mark.parametrize("trouble", RECOVERS)
def test_trouble_that_passes_costs_nothing(trouble: str) -> None:
    with misbehaving(once(RECOVERS[trouble])) as server:
        made = engine(server.url, timeout=1).translate("zh", TEXTS)
    assert (made.english, made.problem) == (ENGLISH, "")


@pytest.mark.parametrize("header", ["1", lambda: formatdate(time.time() + 2, usegmt=True)], ids=["seconds", "date"])
def test_a_server_that_names_a_pause_is_given_it(header: object) -> None:
    times: list[float] = []

    def behave(exchange: Exchange) -> None:
        times.append(time.monotonic())
        if exchange.number > 1:
            return exchange.translate()
        return exchange.answer({"error": "later"}, 429, Retry_After=header() if callable(header) else header)

    with misbehaving(behave) as server:
        made = engine(server.url, timeout=3).translate("zh", TEXTS)
    assert made.problem == "" and len(times) == 2
    assert 0.9 < times[1] - times[0] < 10


def test_a_server_that_names_a_long_pause_is_not_waited_for() -> None:
    with misbehaving(lambda e: e.answer({"error": "later"}, 503, Retry_After="3600")) as server:
        begun = time.monotonic()
        made = engine(server.url).translate("zh", TEXTS)
        assert time.monotonic() - begun < 5
    assert made.english == (None,) * 3 and "answered 503: later" in made.problem


@pytest.mark.parametrize("status", [400, 413, 500])
def test_one_text_that_a_server_refuses_costs_the_others_nothing(status: int) -> None:
    texts = [f"第{i}句话。" for i in range(60)]

    def behave(exchange: Exchange) -> None:
        if any("第31句" in text for text in exchange.body["q"]):
            return exchange.answer({"error": "this text is too much"}, status)
        return exchange.translate()

    with misbehaving(behave) as server:
        made = engine(server.url).translate("zh", texts)
    assert [i for i, english in enumerate(made.english) if english is None] == [31]
    assert f"answered {status}: this text is too much" in made.problem and "1 of 60 texts were" in made.problem


@pytest.mark.parametrize("item", [None, 7, ["EN"], "half a \ud83d character"])
def test_an_item_that_is_no_text_is_left_out_and_its_neighbours_are_kept(item: object) -> None:
    def behave(exchange: Exchange) -> None:
        answer = translation(exchange.body)
        answer["translatedText"][1] = item
        exchange.answer(answer)

    with misbehaving(behave) as server:
        made = engine(server.url).translate("zh", TEXTS)
    assert made.english == (ENGLISH[0], None, ENGLISH[2])
    assert "gave an answer that is no text; 1 of 3 texts" in made.problem


def test_several_reasons_are_named_the_commonest_first() -> None:
    def behave(exchange: Exchange) -> None:
        if any("坏" in text for text in exchange.body["q"]):
            return exchange.answer({"error": "bad word"}, 400)
        return exchange.translate()

    with misbehaving(behave, settings=lambda e: e.answer({"charLimit": 20})) as server:
        made = engine(server.url).translate("zh", ["长" * 30, "坏", "坏坏", *TEXTS])
    assert made.english == (None, None, None, *ENGLISH)
    reasons = "answered 400: bad word and takes no text longer than 20 characters"
    assert made.problem == f"LibreTranslate at {server.url[7:]} {reasons}; 3 of 6 texts were not back-translated"


def test_a_slow_server_is_asked_for_less_at_a_time_and_gives_everything() -> None:
    def behave(exchange: Exchange) -> None:
        time.sleep(0.04 * len(exchange.body["q"]))
        exchange.translate()

    texts = [f"第{i}句话。" for i in range(40)]
    with misbehaving(behave) as server:
        made = engine(server.url, timeout=0.7).translate("zh", texts)
        sizes = [len(request.body["q"]) for request in server.sent()]
    assert made.problem == ""
    assert sizes[0] == BATCH_TEXTS and sizes.count(BATCH_TEXTS) == 1, "what was too much once is not tried again"


def test_a_document_never_waits_longer_than_the_bound() -> None:
    def behave(exchange: Exchange) -> None:
        time.sleep(0.25)
        exchange.translate()

    with misbehaving(behave, settings=lambda e: e.answer({"batchLimit": 1})) as server:
        lt = engine(server.url)
        lt.bound = lambda texts: 0.6  # type: ignore[method-assign]
        begun = time.monotonic()
        made = lt.translate("zh", TEXTS * 4)
        assert time.monotonic() - begun < 2
    assert made.english[0] == ENGLISH[0] and made.english[-1] is None
    assert "was too slow for the whole text" in made.problem
    assert engine(server.url, timeout=30).bound(57) == 177


def test_a_server_that_is_down_is_left_alone_and_asked_again_after_its_rest() -> None:
    down = threading.Event()
    down.set()
    with misbehaving(lambda e: e.answer({"error": "down"}, 503) if down.is_set() else e.translate()) as server:
        lt = engine(server.url, rest=0.3)
        assert "answered 503: down" in lt.translate("zh", [f"第{i}句。" for i in range(30)]).problem
        down.clear()
        assert "answered 503: down" in lt.translate("zh", TEXTS).problem
        time.sleep(0.35)
        assert lt.translate("zh", TEXTS).english == ENGLISH


def test_where_nobody_listens_an_audit_goes_on_at_once() -> None:
    lt = engine(f"http://127.0.0.1:{free_port()}")
    begun = time.monotonic()
    assert lt.version == ""
    made = lt.translate("zh", TEXTS)
    assert time.monotonic() - begun < 8
    assert made.english == (None,) * 3
    assert made.problem.endswith(" could not be reached (3 tries); 3 of 3 texts were not back-translated")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_text_and_key_are_not_sent_on_to_another_host(status: int) -> None:
    with misbehaving() as elsewhere:
        target = f"{elsewhere.url}/translate?from=here"
        with misbehaving(lambda e: e.answer({}, status, Location=target), languages=says(LANGUAGES)) as server:
            made = engine(server.url).translate("zh", TEXTS)
        assert elsewhere.requests == []
    assert made.english == (None,) * 3
    assert f"sends requests elsewhere ({status}: {elsewhere.url[7:]}), which is not followed" in made.problem


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, NO_PROXY_THERE)
    with misbehaving() as server:
        assert engine(server.url).translate("zh", TEXTS).english == ENGLISH


def test_the_key_travels_in_the_body_only_and_not_to_pages_that_need_none() -> None:
    with misbehaving() as server:
        engine(server.url).translate("zh", TEXTS)
        assert {request.body.get("api_key") for request in server.sent()} == {KEY}
        assert {request.path for request in server.requests} == {"/languages", "/frontend/settings", "/spec", "/translate"}
        assert KEY not in "".join(str(request.handler.headers) for request in server.requests)
    with misbehaving() as server:
        engine(server.url, key="").translate("zh", TEXTS)
        assert "api_key" not in server.sent()[0].body


def test_credentials_in_the_address_are_used_and_never_shown() -> None:
    with misbehaving(says({"error": "no"}, 401)) as server:
        host = server.url.removeprefix("http://")
        lt = engine(f"http://editor:{KEY}@{host}/translate/")
        made = lt.translate("zh", TEXTS)
        assert server.sent()[0].handler.headers["Authorization"].startswith("Basic ")
    assert lt.model("zh") == host
    assert KEY not in made.problem and "refused" in made.problem


CODES = {
    "now": (["en", "zh-Hans", "zh-Hant"], "zh-Hans", "潜艇"),
    "older": (["en", "zh", "zt"], "zh", "潜艇"),
    "traditional only": (["en", "zh-Hant"], "zh-Hant", "潛艇"),
    "traditional only, older": (["en", "zt"], "zt", "潛艇"),
    "another spelling": (["en", "ZH-CN"], "ZH-CN", "潜艇"),
}


@pytest.mark.parametrize("server_of", CODES)
def test_chinese_is_asked_for_by_the_name_and_in_the_script_that_the_server_has(server_of: str) -> None:
    codes, expected, text = CODES[server_of]
    with misbehaving(languages=says([{"code": code, "name": code, "targets": ["en"]} for code in codes])) as server:
        engine(server.url).translate("zh", ["潜艇"])
        body = server.sent()[0].body
    assert (body["source"], body["target"], body["format"]) == (expected, "en", "text")
    assert body["q"][0].startswith(text)


@pytest.mark.parametrize(
    "languages", [says(b"x", 404), says({"error": "no"}), says(b"<html>"), says([]), says([7, {"name": "Chinese"}])], ids=range(5)
)
def test_a_server_that_does_not_say_what_it_knows_is_asked_all_the_same(languages: Behaviour) -> None:
    silent = says(b"", 404)
    with misbehaving(languages=languages, settings=silent, spec=silent) as server:
        lt = engine(server.url)
        assert lt.version == ""
        assert lt.translate("zh", TEXTS).english == ENGLISH
        assert server.sent()[0].body["source"] == "zh"


def test_a_server_without_an_english_side_is_not_sent_the_text() -> None:
    with misbehaving(languages=says([{"code": "zh", "targets": ["fr"]}, {"code": "en", "targets": ["fr"]}])) as server:
        made = engine(server.url).translate("zh", TEXTS)
        assert server.sent() == []
    assert "does not translate zh to English; 3 of 3 texts" in made.problem


def test_what_is_remembered_of_one_server_version_and_language_is_not_used_for_another() -> None:
    prints = []
    for version in ("1.0", "2.0"):
        with misbehaving(spec=says({"info": {"version": version}})) as server:
            lt = engine(server.url)
            prints += [lt.fingerprint(lang).removeprefix(server.url[7:]) for lang in ("zh", "ja", "zh")]
    assert prints[0] == prints[2] and len(set(prints)) == 4


def test_the_version_is_asked_once() -> None:
    with misbehaving() as server:
        lt = engine(server.url)
        assert [lt.version, lt.version, lt.translate("zh", TEXTS).problem, lt.version] == ["1.0-test", "1.0-test", "", "1.0-test"]
        assert len(server.sent("/spec")) == len(server.sent("/languages")) == 1


def test_blank_texts_are_not_sent_and_line_breaks_are_no_sentences() -> None:
    with misbehaving() as server:
        lt = engine(server.url)
        assert lt.translate("zh", ["", " \n\u3000"]).english == ("", "")
        assert server.requests == []
        assert lt.translate("zh", ["一\n二", "  "]).english == ("EN 一 二", "")


def test_a_second_try_takes_the_first_other_wording() -> None:
    with misbehaving() as server:
        assert engine(server.url).translate("zh", TEXTS, "second").english == tuple(f"OTHER {text}" for text in TEXTS)


def test_a_server_without_other_wordings_gives_its_only_one_at_a_second_try() -> None:
    def behave(exchange: Exchange) -> None:
        if "alternatives" in exchange.body:
            return exchange.answer({"error": "alternatives parameter must be <= 0"}, 400)
        return exchange.translate()

    with misbehaving(behave) as server:
        lt = engine(server.url)
        for _ in range(2):
            made = lt.translate("zh", TEXTS, "second")
            assert (made.english, made.problem) == (ENGLISH, "")
        assert sum("alternatives" in request.body for request in server.sent()) == 1


def test_a_server_that_joins_lines_is_sent_texts_as_they_are() -> None:
    def behave(exchange: Exchange) -> None:
        exchange.answer({"translatedText": ["EN " + text.replace("\n", " ") for text in exchange.body["q"]]})

    with misbehaving(behave) as server:
        lt = engine(server.url)
        assert lt.translate("zh", TEXTS).english == ENGLISH
        assert lt.translate("zh", TEXTS).english == ENGLISH
        assert [request.body["q"] == TEXTS for request in server.sent()] == [False, True, True]


def test_an_audit_inside_an_event_loop_works() -> None:
    async def inside(url: str) -> tuple[str | None, ...]:
        return engine(url).translate("zh", TEXTS).english

    with misbehaving() as server:
        assert asyncio.run(inside(server.url)) == ENGLISH


# ---- audits


@pytest.fixture(scope="module")
def auditor() -> Session:
    return Session(Settings())


def audited(auditor: Session, url: str, monkeypatch: pytest.MonkeyPatch, text: Submission) -> dict[str, Any]:
    """A report, made with a server of which this process knows nothing yet."""
    monkeypatch.setattr(auditor, "engines", Engines(Settings(libretranslate_url=url, libretranslate_timeout=20)))
    return auditor.audit_json(text)


def test_an_audit_by_a_real_server_names_it_and_hears_it_as_a_witness(
    server: Real, auditor: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = audited(auditor, server.url, monkeypatch, sample("drifted"))
    for version in report["translations"]:
        known = report["run"]["engines"][version["lang"]]
        assert (known["name"], known["version"], known["model"]) == ("libretranslate", "1.9.6", server.url.removeprefix("http://"))
        tally = version["back_translation"]
        assert tally["healthy"] > 50 and (tally["missing"], tally["problem"]) == (0, None)
    assert any("back_translation" in finding["witnesses"] for finding in report["findings"])


def test_an_audit_whose_server_fails_half_way_keeps_what_came_and_counts_the_rest(
    auditor: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def behave(exchange: Exchange) -> None:
        return exchange.translate() if exchange.number == 1 else exchange.answer({"error": "out of memory"}, 500)

    monkeypatch.setattr(auditor, "_cache", Cache(tmp_path / "memory.sqlite", 10))
    text = sample("faithful")
    text = replace(text, translations=text.translations[:1])
    with misbehaving(behave) as server:
        tally = audited(auditor, server.url, monkeypatch, text)["translations"][0]["back_translation"]
        assert 0 < tally["missing"] < tally["segments"]
        assert f"answered 500: out of memory (3 tries); {tally['missing']} of {tally['segments']} texts" in tally["problem"]
        server.behaviours.clear()
        server.requests.clear()
        again = audited(auditor, server.url, monkeypatch, text)["translations"][0]["back_translation"]
        assert (again["missing"], again["problem"]) == (0, None)
        asked = [passage for request in server.sent() if "alternatives" not in request.body for passage in request.body["q"]]
        assert len(asked) == tally["missing"], "what came is remembered, the rest is asked for again"


# ---- settings


def test_the_server_is_set_in_the_environment_and_its_key_is_not_shown() -> None:
    address = {
        "AUDITOR_LIBRETRANSLATE_URL": "https://lt.example/base/",
        "AUDITOR_LIBRETRANSLATE_KEY": KEY,
        "AUDITOR_LIBRETRANSLATE_TIMEOUT": "7",
    }
    settings = load(address)
    assert (settings.libretranslate_url, settings.libretranslate_key, settings.libretranslate_timeout) == (
        "https://lt.example/base",
        KEY,
        7,
    )
    assert KEY not in repr(settings)
    assert LibreTranslate(settings.libretranslate_url).model("zh") == "lt.example/base"


@pytest.mark.parametrize(
    "url", ["localhost:5000", "ftp://host", "http://", "http://host:99999", "http://ho st", "http://host:0", "http://a\x00b"]
)
def test_an_address_that_is_none_is_refused_by_name(url: str) -> None:
    with pytest.raises(UsageError, match="AUDITOR_LIBRETRANSLATE_URL"):
        load({"AUDITOR_LIBRETRANSLATE_URL": url})
    with pytest.raises(EngineError, match="looks like http://localhost:5000"):
        LibreTranslate(url)


def test_the_server_of_these_tests_needs_no_package_of_the_auditor() -> None:
    lock = (Path(__file__).parent.parent / "requirements-libretranslate.lock").read_text(encoding="utf-8")
    assert "libretranslate==" in lock and "--hash=sha256:" in lock
    assert "http" not in lock
