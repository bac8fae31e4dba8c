"""Memory of long runs: nothing that is remembered grows without end, and the processes of a batch stay as they are."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

import auditor
from auditor import scores
from auditor.encoder import _REMEMBERED
from auditor.evaluation import many
from auditor.reading import _SENTENCES

WORDS, SENTENCES = 4096, 8192
"""The most that is remembered of words and of sentences by any one memory; larger ones cost hundreds of megabytes, save 3 % of the time."""


def test_every_memory_has_a_bound_that_keeps_a_worker_small() -> None:
    for module in pkgutil.walk_packages(auditor.__path__, "auditor."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.unfreeze()  # a test that served has frozen them
    sizes = {}
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and str(found.__module__).startswith("auditor."):
            sizes[f"{found.__module__}.{found.__qualname__}"] = found.cache_parameters()["maxsize"]
    bounded = {name: most for name, most in sizes.items() if most is not None}  # the others are tables, read once
    sentences = (
        "auditor.scores._statistics",
        "auditor.scores.passage_chrf",
        "auditor.translate.gloss.gloss",
        "auditor.reading.Reading._facts",
    )
    assert len(bounded) > 60
    assert {name: most for name, most in bounded.items() if most > (SENTENCES if name in sentences else WORDS)} == {}
    assert max(_REMEMBERED, _SENTENCES) <= SENTENCES


def test_the_library_that_scores_forgets_sentences_too() -> None:
    from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

    for number in range(800):
        scores.document_scores([f"the mill sold {number} sheets"], [f"the mill bought {number} sheets"])
    assert Tokenizer13a.__call__.cache_info().currsize <= 1026


def test_the_articles_are_the_same_in_every_run_and_no_sentence_comes_twice() -> None:
    made = list(many.articles(200))
    assert made == list(many.articles(200))
    assert all("\n" not in article["source"]["text"] for article in many.articles(20, 1))
    for lang in ("source", "translations"):
        texts = [(a[lang] if lang == "source" else a[lang][0])["text"] for a in made]
        lines = [line for text in texts for line in text.split("\n")]
        assert len(lines) == 600 and len(set(lines)) > 595


@pytest.mark.parametrize("form", ["jsonl", "folders", "parquet"])
def test_the_command_measures_a_batch_that_goes_on(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert many.main(["6", "--form", form, "--done", "4" if form == "jsonl" else "0", "--tables"]) == 0
    told = capsys.readouterr().out
    assert f"6 articles ({form}, sentences: 3)" in told and "the process that writes: " in told and "workers together, 1: " in told


def test_a_batch_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="nowhere"):
        many.watch([*many._BATCH, str(tmp_path / "nowhere.jsonl"), "-o", str(tmp_path / "out.jsonl")])
