"""The shipped samples and their key agree: what the key says was planted is there, once, and nothing else differs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from auditor.model import CATEGORIES

SAMPLES = Path(__file__).parent.parent / "samples"
LANGUAGES = ("zh", "ja")
FIELDS = {"id", "category", "type", "english", "faithful", "drifted", "agreement", "note"}


def text(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


KEY: dict[str, list[dict[str, Any]]] = json.loads(text("key.json"))
ENTRIES = [pytest.param(lang, entry, id=entry["id"]) for lang in LANGUAGES for entry in KEY[lang]]


@pytest.mark.parametrize(("lang", "entry"), ENTRIES)
def test_every_quote_stands_once_in_its_file(lang: str, entry: dict[str, Any]) -> None:
    assert set(entry) == FIELDS
    assert entry["category"] in CATEGORIES
    assert (entry["faithful"] is None) == (entry["english"] is None) == (entry["category"] == "addition")
    assert (entry["drifted"] is None) == (entry["category"] == "omission")
    for field, name in (("english", "article.en.txt"), ("faithful", f"article.{lang}.txt"), ("drifted", f"drifted.{lang}.txt")):
        if entry[field] is not None:
            assert text(name).count(entry[field]) == 1, f"{field} of {entry['id']} in {name}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drifted_version_differs_by_the_key_and_nothing_else(lang: str) -> None:
    faithful, drifted = text(f"article.{lang}.txt"), text(f"drifted.{lang}.txt")
    for entry in KEY[lang]:
        if entry["faithful"] is None:
            drifted = drifted.replace(entry["drifted"], "")
        else:
            faithful = faithful.replace(entry["faithful"], entry["drifted"] or "")
    assert faithful == drifted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_category_is_planted(lang: str) -> None:
    assert len(KEY[lang]) >= 18
    assert {entry["category"] for entry in KEY[lang]} == set(CATEGORIES)
    assert len({entry["id"] for entry in KEY[lang]}) == len(KEY[lang])


def test_some_drifts_are_the_same_in_both_languages() -> None:
    planted = {lang: {(e["category"], e["english"]) for e in KEY[lang] if e["agreement"] == "both"} for lang in LANGUAGES}
    assert planted["zh"] == planted["ja"]
    assert len(planted["zh"]) >= 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_has_its_back_translation(lang: str) -> None:
    drifted, back = text(f"drifted.{lang}.txt").splitlines(), text(f"back.{lang}.txt").splitlines()
    assert len(back) == len(drifted) == len(text("article.en.txt").splitlines())
    assert all(line.strip() and line.isprintable() for line in back)
    assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", "".join(back))


def test_the_article_has_forty_to_sixty_sentences() -> None:
    headline, *paragraphs = text("article.en.txt").splitlines()
    assert not headline.endswith(".")
    sentences = [s for p in paragraphs for s in re.findall(r"[^.?!]+(?:[.?!]+(?=\d)[^.?!]+)*[.?!]+”?", p)]
    assert 40 <= len(sentences) <= 60
    assert min(len(re.findall(r"[.?!]”?(?:\s|$)", p)) for p in paragraphs) == 1


def test_the_glossary_terms_are_those_of_the_article() -> None:
    header, *rows = [line.split(",") for line in text("glossary.csv").splitlines()]
    assert header == ["source", "zh", "ja", "note"]
    assert 6 <= len(rows) <= 10
    for source, zh, ja, _ in rows:
        assert source in text("article.en.txt")
        assert all(rendering in text("article.zh.txt") for rendering in zh.split("|"))
        assert all(rendering in text("article.ja.txt") for rendering in ja.split("|"))
