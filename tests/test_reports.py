"""Reports: the contract's JSON, a page that is safe whatever the texts contain, and text for a terminal."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest

from auditor.audit import _names
from auditor.demo import sample
from auditor.formats import html_report, text_report
from auditor.intake import Submission, Translation
from auditor.model import Drift
from auditor.report import Report, Run, from_json, to_json
from auditor.session import Session
from auditor.settings import Settings

CATEGORIES = {"figure", "name", "claim", "tone", "omission", "addition", "terminology"}
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7*7 }} javascript:alert(3)'


@pytest.fixture(scope="module")
def audited(session: Session) -> tuple[Report, Run]:
    return session.audit(sample("drifted"))


def test_every_span_of_the_json_quotes_the_text_it_points_into(audited: tuple[Report, Run]) -> None:
    report, run = audited
    value = json.loads(json.dumps(to_json(report, run)))
    texts = {"en": report.source} | {t.lang: t.text for t in report.translations}
    for finding in value["findings"]:
        for side, lang in (("source", "en"), ("target", finding["lang"])):
            span = finding[side]
            assert span is None or texts[lang][span["start"] : span["end"]] == span["text"]


def test_the_json_has_what_the_contract_says(audited: tuple[Report, Run]) -> None:
    value: Any = json.loads(json.dumps(to_json(*audited)))
    assert value["schema_version"] == "1"
    assert {"auditor", "signature", "engines", "seconds"} <= set(value["run"])
    assert {"lang", "sha256", "characters"} <= set(value["source"])
    for translation in value["translations"]:
        assert {"lang", "script", "sha256", "engine", "scores", "passages"} <= set(translation)
        assert {"similarity", "chrf", "bleu", "mqm"} == set(translation["scores"])
        covered = [p["target"] for p in translation["passages"] if p["target"]]
        assert all(0 <= p["start"] < p["end"] for p in covered)
    ids = [f["id"] for f in value["findings"]]
    assert len(set(ids)) == len(ids)
    for finding in value["findings"]:
        assert finding["category"] in CATEGORIES
        assert finding["severity"] in {"critical", "major", "minor"}
        assert 0 <= finding["confidence"] <= 1
        assert finding["agreement"] in {"zh only", "ja only", "both"}
        assert finding["id"].startswith(f"{finding['lang']}-{finding['category']}-")
    assert value["summary"]["verdict"] == "drifted"


def test_a_stored_report_is_read_back_whole_and_makes_the_same_page(audited: tuple[Report, Run]) -> None:
    report, run = audited
    value = json.loads(json.dumps(to_json(report, run)))
    again = from_json(value, report.source, {t.lang: t.text for t in report.translations})
    assert to_json(*again) == value
    assert html_report(*again) == html_report(report, run)
    assert text_report(*again) == text_report(report, run)


def test_the_same_input_gives_the_same_report_byte_for_byte(audited: tuple[Report, Run]) -> None:
    again, run = Session(Settings()).audit(sample("drifted"))
    first, second = to_json(*audited), to_json(again, run)
    for value in (first, second):
        value.pop("run")
    assert json.dumps(first) == json.dumps(second)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_hostile_texts_do_nothing_in_the_page(session: Session) -> None:
    english = f"The plant employs 120 people.\n{HOSTILE}\nThe court rejected the appeal."
    chinese = f"该厂雇用530人。\n{HOSTILE}\n法院驳回了上诉。\u202e"
    report, run = session.audit(Submission(HOSTILE, "en", english, (Translation("zh", chinese),)))
    page = html_report(report, run)
    seen = _Tags()
    seen.feed(page)
    assert not seen.tags & {"script", "img", "iframe", "object", "link", "form"}
    assert not {name for name in seen.attributes if name.startswith("on")} | (seen.attributes & {"src"})
    assert "49" not in page.split("{{ 7*7 }}")[0][-20:]
    assert "<U+202E>" not in page and "&lt;U+202E&gt;" in page


def test_the_page_stands_alone_and_marks_every_finding(audited: tuple[Report, Run]) -> None:
    report, run = audited
    page = html_report(report, run)
    assert "http://" not in page and "https://" not in page
    for finding in report.findings:
        assert f'id="{finding.id}"' in page
    assert "gloss" in page


def test_the_terminal_shows_control_characters_instead_of_obeying_them(session: Session) -> None:
    report, run = session.audit(Submission("x", "en", "The plant employs 120 people.", (Translation("zh", "该厂雇用\u202e530人。"),)))
    assert "\u202e" not in text_report(report, run)


def test_two_drifts_whose_short_names_are_one_have_two_names() -> None:
    drifts = [Drift("omission", "omission", "major", 1.0, None, None, "left out", "accuracy/omission", key=f"{n}") for n in range(30_000)]
    names = _names(drifts)
    assert len(set(names)) == len(names)
    long = [n for n in names if len(n) > len("omission-123456")]
    assert 2 <= len(long) < 200
    assert _names(drifts[:10]) == names[:10]
