"""Bad input gets one clear line that says what, where and what to do; never a traceback, never a hang."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from auditor.cli import main
from auditor.corpus.batch import audit_line
from auditor.session import Session

EN = "The ministry approved the export of missiles on Tuesday.\nThe opposition objected to the plan.\n"
ZH = "该部周二批准了导弹出口。\n反对党对该计划表示反对。\n"
JA = "同省は火曜日、ミサイルの輸出を承認した。\n野党はこの計画に反対した。\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


TEXTS = [
    # what is wrong, bytes of the zh file, words the error must hold
    ("empty", b"", ["zh translation", "empty"]),
    ("white space only", b" \n\n ", ["zh translation", "empty"]),
    ("nothing but characters without a width", "\u200b \ufeff\n\u2060".encode(), ["zh translation", "empty"]),
    ("latin-1 bytes", "该部\n".encode() + b"caf\xe9 au lait\n", ["zh.txt, line 2", "0xE9", "offset 10", "UTF-8"]),
    ("UTF-8 cut by a stray byte", b"\xff" + ZH.encode("utf-8"), ["zh.txt, line 1", "0xFF", "UTF-8"]),
    ("10 MB", ("该部周二批准了导弹出口。" * 300_000).encode(), ["zh translation", "characters", "limit"]),
    ("20 MB", b"x" * 20_000_000, ["zh.txt", "bytes", "split"]),
    ("a NUL byte", "该部周二\x00批准了。".encode(), ["U+0000", "line 1, column 5"]),
    ("an escape code", "该部周二批准了。\n\x1b[31m红色".encode(), ["U+001B", "line 2, column 1"]),
    ("Japanese sent as Chinese", JA.encode(), ["zh translation", "Chinese", "Japanese"]),
    ("untranslated English", EN.encode(), ["zh translation", "Chinese", "English"]),
]


@pytest.mark.parametrize(("what", "content", "words"), TEXTS, ids=[t[0] for t in TEXTS])
def test_a_translation_that_cannot_be_audited_is_refused_in_one_clear_line(
    what: str, content: bytes, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "audit", write(tmp_path, "en.txt", EN), "--zh", write(tmp_path, "zh.txt", content))
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert all(word in err for word in words), err


USAGE = [
    (["audit"], "SOURCE"),
    (["audit", "{en}"], "--zh FILE"),
    (["audit", "{en}", "--zh", "nowhere.txt"], "nowhere.txt: No such file"),
    (["audit", "{en}", "--zh", "{zh}", "-o", "/nonexistent/report.json"], "/nonexistent: there is no such folder"),
    (["audit", "{en}", "--zh", "{zh}", "-o", "/"], "/ is a folder"),
    (["audit", "{en}", "--translation", "zh"], "LANG=FILE"),
    (["audit", "{en}", "--translation", "xx={zh}"], "'xx'"),
    (["audit", "{en}", "--zh", "{zh}", "--translation", "zh={zh}"], "both given"),
    (["audit", "{en}", "--zh", "{zh}", "--back-translation", "ja={en}"], "no ja translation"),
    (["audit", "{en}", "--zh", "{zh}", "--back-translation", "zh={one}"], "has 1 lines and the translation has 2"),
    (["audit", "-", "--zh", "-"], "standard input"),
    (["audit", "{en}", "--zh", "{zh}", "--zh", "{zh}"], "twice"),
    (["audit", "{en}", "--zh", "{zh}", "-o", "{en}"], "is one of the texts"),
    (["audit", "{en}", "--zh", "{zh}", "-o", "{zh}"], "is one of the texts"),
    (["batch", "-", "-o", "{out}"], "give files"),
    (["batch", "{en}", "-o", "-"], "give files"),
    (["audit", "{en}", "--zh", "{zh}", "--engine", "magic"], "magic"),
    (["audit", "{en}", "--zh", "{zh}", "--glossary", "{zh}"], "line 1"),
    (["batch", "{en}"], "-o"),
    (["batch", "nowhere.jsonl", "-o", "{out}"], "nowhere.jsonl"),
    (["batch", "{en}", "-o", "{en}"], "input"),
    (["batch", "{en}", "-o", "{out}", "--workers", "0"], "workers"),
    (["inspect", "--lang", "tlh", "{en}"], "'tlh'"),
    (["sing"], "sing"),
]


@pytest.mark.parametrize(("arguments", "word"), USAGE, ids=[" ".join(a) for a, _ in USAGE])
def test_a_wrong_command_says_what_is_wrong(arguments: list[str], word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "en": write(tmp_path, "en.txt", EN),
        "zh": write(tmp_path, "zh.txt", ZH),
        "one": write(tmp_path, "one.txt", "Only one line."),
        "out": str(tmp_path / "out.jsonl"),
    }
    code, out, err = run(capsys, *(a.format(**files) for a in arguments))
    assert code == 2
    assert out == ""
    assert word in err and err.count("\n") == 1, err


LINES = [
    # a batch line, its error code, a word of its message
    ("{not json", "bad_input", "not JSON"),
    ("[1, 2]", "bad_input", "object"),
    ('{"id": "a"}', "bad_input", "source"),
    ('{"id": "a", "source": {"lang": "en", "text": 3}}', "bad_input", "translations"),
    ('{"id": "a", "source": {"lang": "en", "text": 3}, "translations": [{"lang": "zh", "text": "x"}]}', "bad_input", "source.text"),
    ('{"id": "a", "source": {"lang": "en", "text": "A"}, "translations": [{"lang": "zh"}]}', "bad_input", "translations[0].text"),
    ('{"id": "a", "source": {"lang": "fr", "text": "Bonjour"}, "translations": [{"lang": "zh", "text": "你好"}]}', "wrong_language", "fr"),
    (
        '{"id": "a", "source": {"lang": "en", "text": "A \\ud800 b"}, "translations": [{"lang": "zh", "text": "你好"}]}',
        "bad_encoding",
        "U+D800",
    ),
    ('{"id": "\\udfff", "source": {"lang": "en", "text": ""}, "translations": [{"lang": "zh", "text": "你好"}]}', "bad_input", "empty"),
    ("[" * 100_000, "bad_input", "not JSON"),
]


@pytest.mark.parametrize(("line", "code", "word"), LINES, ids=[w for _, _, w in LINES])
def test_a_bad_batch_line_becomes_an_error_in_its_place(line: str, code: str, word: str, session: Session) -> None:
    answer = audit_line(line, "auto", session)
    answer.text.encode()
    error = json.loads(answer.text)["error"]
    assert answer.failed
    assert error["code"] == code
    assert word in error["message"]


def test_a_line_of_100000_characters_is_audited_in_seconds(session: Session) -> None:
    english, chinese = "The minister approved the plan, " * 3200, "部长批准了该计划，" * 11_200
    line = json.dumps(
        {"id": "long", "source": {"lang": "en", "text": english}, "translations": [{"lang": "zh", "text": chinese}]}, ensure_ascii=False
    )
    begun = time.perf_counter()
    report = json.loads(audit_line(line, "auto", session).text)
    assert "error" not in report
    assert time.perf_counter() - begun < 60


def test_bidirectional_controls_are_a_finding_and_no_error(session: Session) -> None:
    line = json.dumps(
        {"id": "b", "source": {"lang": "en", "text": EN}, "translations": [{"lang": "zh", "text": ZH.replace("导弹", "\u202e导弹\u202c")}]}
    )
    report = json.loads(audit_line(line, "auto", session).text)
    assert any(f["type"] == "hidden_characters" for f in report["findings"])


@pytest.mark.parametrize(
    ("side", "english", "chinese"),
    [
        ("source", EN.replace("Tuesday", "\u202eTuesday\u202c"), ZH),
        ("source", EN + "It cost 5\u200b00 dollars.\n", ZH + "它花了500美元。\n"),
        ("target", EN + "It cost 500 dollars.\n", ZH + "它花了5\u200b00美元。\n"),
    ],
)
def test_hidden_characters_of_either_side_are_named(side: str, english: str, chinese: str, session: Session) -> None:
    line = json.dumps({"id": "b", "source": {"lang": "en", "text": english}, "translations": [{"lang": "zh", "text": chinese}]})
    found = [f for f in json.loads(audit_line(line, "auto", session).text)["findings"] if f["type"] == "hidden_characters"]
    assert len(found) == 1
    assert found[0][side]["text"] in "\u202e\u200b"


SHORT = [
    ("zh", "該社は月曜日、従業員12人に賃金を支払ったと発表した。", "Japanese"),
    ("ja", "该公司周一向12名工人支付了工资，部长没有辞职。", "Chinese"),
]


@pytest.mark.parametrize(("lang", "text", "looks"), SHORT)
def test_one_sentence_of_another_language_is_enough_to_be_refused(lang: str, text: str, looks: str, session: Session) -> None:
    english = "The company said on Monday it had paid wages to 12 workers."
    line = json.dumps({"id": "b", "source": {"lang": "en", "text": english}, "translations": [{"lang": lang, "text": text}]})
    assert looks in json.loads(audit_line(line, "auto", session).text)["error"]["message"]


def test_chinese_in_the_place_of_the_english_is_refused(session: Session) -> None:
    text = "该公司周一向12名工人支付了工资。"
    line = json.dumps({"id": "b", "source": {"lang": "en", "text": text}, "translations": [{"lang": "zh", "text": text}]})
    assert "the source text should be English" in json.loads(audit_line(line, "auto", session).text)["error"]["message"]


def test_a_headline_in_kanji_alone_is_japanese(session: Session) -> None:
    line = json.dumps(
        {
            "id": "b",
            "source": {"lang": "en", "text": "Tokyo snap election"},
            "translations": [{"lang": "ja", "text": "東京都議会解散総選挙実施決定"}],
        }
    )
    assert "error" not in json.loads(audit_line(line, "auto", session).text)


def test_a_sentence_left_in_english_is_a_finding(session: Session) -> None:
    english = EN + "The ministry declined to comment on the matter on Friday.\n"
    chinese = ZH + "The ministry declined to comment on the matter on Friday.\n"
    line = json.dumps({"id": "b", "source": {"lang": "en", "text": english}, "translations": [{"lang": "zh", "text": chinese}]})
    report = json.loads(audit_line(line, "auto", session).text)
    assert any(f["type"] == "untranslated" and f["severity"] == "major" for f in report["findings"])


def test_a_report_of_an_unknown_ending_is_refused_unless_the_format_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    en, zh = write(tmp_path, "a.en.txt", EN), write(tmp_path, "a.zh.txt", ZH)
    for ending in ("docx", "tsv", "md"):
        code, _, told = run(capsys, "audit", en, "--zh", zh, "-o", str(tmp_path / f"r.{ending}"))
        assert code == 2 and f".{ending}" in told and ".xlsx" in told and "--format" in told
        assert not (tmp_path / f"r.{ending}").exists()
    for name, more in (("r.docx", ("--format", "json")), ("report", ())):
        assert run(capsys, "audit", en, "--zh", zh, "-o", str(tmp_path / name), *more)[0] == 0
        assert json.loads((tmp_path / name).read_text())["translations"]


def test_errors_of_a_text_name_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    en = write(tmp_path, "a.en.txt", EN)
    bad = {"empty": b"", "nul": "该部\0周二批准了导弹出口。".encode(), "long": ("该部批准了。" * 200_000).encode(), "english": EN.encode()}
    for name, raw in bad.items():
        code, _, told = run(capsys, "audit", en, "--zh", write(tmp_path, f"{name}.txt", raw))
        assert code == 2 and f"{name}.txt: the zh translation" in told, name
    code, _, told = run(capsys, "audit", write(tmp_path, "none.txt", ""), "--zh", write(tmp_path, "a.zh.txt", ZH))
    assert code == 2 and "none.txt: the source text is empty" in told


def test_a_bilingual_file_of_other_languages_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unit = '<trans-unit id="1"><source>{}</source><target>{}</target></trans-unit>'
    frame = '<xliff version="1.2"><file original="a" source-language="{}" target-language="{}" datatype="x"><body>{}</body></file></xliff>'
    back = write(tmp_path, "back.xlf", frame.format("zh-CN", "en-US", unit.format("该部周二批准了导弹出口。", "The ministry approved it.")))
    german = write(tmp_path, "german.xlf", frame.format("en", "de-DE", unit.format("The ministry approved it.", "Das Amt stimmte zu.")))
    code, _, told = run(capsys, "audit", back)
    assert code == 2 and "back.xlf: it is translated from zh; the auditor needs English as the source" in told
    code, _, told = run(capsys, "audit", german)
    assert code == 2 and "german.xlf: language 'de' is not known" in told
