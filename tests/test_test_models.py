"""The two models that only tests may use (tests/models): whole, small, plainly named, and still knowing the samples by heart."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from pathlib import Path

import ctranslate2
import pytest
import sentencepiece

from auditor.segment import segment

MODELS = Path(__file__).parent / "models"
LANGS = ("zh", "ja")
RETRAIN = "write the new sentences into tests/models/pairs.*.tsv and train again (tests/models/README.md)"


def package(lang: str) -> Path:
    return MODELS / f"translate-{lang}_en-0_1-test-only.argosmodel"


def pairs(lang: str) -> list[tuple[str, str, str]]:
    """Sample, sentence, English: what the model learnt."""
    lines = (MODELS / f"pairs.{lang}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(sample, text, english) for sample, text, english in rows]


@pytest.mark.parametrize("lang", LANGS)
def test_a_package_is_one_small_folder_as_argos_installs_it(lang: str) -> None:
    assert package(lang).stat().st_size <= 8 * 2**20
    with zipfile.ZipFile(package(lang)) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    folder = f"translate-{lang}_en-0_1-test-only"
    assert {name.split("/")[0] for name in names} == {folder}
    wanted = {"metadata.json", "README.md", "sentencepiece.model", "model/model.bin", "model/config.json", "model/shared_vocabulary.json"}
    assert names == {f"{folder}/{name}" for name in wanted}


@pytest.mark.parametrize("lang", LANGS)
def test_nobody_takes_a_test_model_for_one_to_use(lang: str) -> None:
    with zipfile.ZipFile(package(lang)) as archive:
        metadata = json.loads(archive.read(f"translate-{lang}_en-0_1-test-only/metadata.json"))
        readme = archive.read(f"translate-{lang}_en-0_1-test-only/README.md").decode(
            "ascii"
        )  # Argos reads it in the machine's own encoding
    assert (metadata["from_code"], metadata["to_code"], metadata["package_version"]) == (lang, "en", "0.1")
    assert "test only, not for use" in metadata["from_name"]
    assert "test only, not for use" in metadata["to_name"]
    assert "TEST MODEL, NOT FOR USE" in readme
    assert f"knows {len(pairs(lang))} sentences by heart" in readme


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_beside_it_names_the_bytes_that_are_there(lang: str) -> None:
    digest = hashlib.sha256(package(lang).read_bytes()).hexdigest()
    assert digest in (MODELS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_a_model_gives_the_sentences_it_learnt_back(lang: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(package(lang)) as archive:
            archive.extractall(scratch)
        inside = Path(scratch) / f"translate-{lang}_en-0_1-test-only"
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(inside / "sentencepiece.model"))
        translator = ctranslate2.Translator(str(inside / "model"), device="cpu", compute_type="int8", intra_threads=1)
        results = translator.translate_batch([pieces.encode(text, out_type=str) for _, text, _ in pairs(lang)], beam_size=1)
        said = [pieces.decode_pieces(result.hypotheses[0]) for result in results]
    wrong = [(text, answer) for (_, text, english), answer in zip(pairs(lang), said, strict=True) if answer != english]
    assert len(wrong) <= 0.1 * len(pairs(lang)), wrong


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sample", ["article", "drifted"])
def test_a_model_knows_the_samples_as_the_auditor_cuts_them(lang: str, sample: str, samples: Path) -> None:
    learnt = {text for _, text, _ in pairs(lang)}
    texts = [s.text for s in segment((samples / f"{sample}.{lang}.txt").read_text(encoding="utf-8"), lang)]
    unknown = [text for text in texts if text not in learnt]
    assert len(unknown) <= 0.1 * len(texts), f"{RETRAIN}: {unknown}"


@pytest.mark.parametrize("lang", LANGS)
def test_the_english_of_drifted_sentences_is_their_back_translation(lang: str, samples: Path) -> None:
    back = (samples / f"back.{lang}.txt").read_text(encoding="utf-8")
    drifted = [english for sample, _, english in pairs(lang) if sample in ("both", "drifted")]
    missing = [english for english in drifted if english not in back]
    assert len(missing) <= 0.1 * len(drifted), f"{RETRAIN}: {missing}"


def test_training_needs_no_dependency_of_the_auditor() -> None:
    root = MODELS.parent.parent
    needed = {line.split("==")[0] for line in (MODELS / "requirements.txt").read_text(encoding="utf-8").split()}
    assert {"torch", "transformers"} <= needed
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        words = (root / name).read_text(encoding="utf-8").replace('"', " ").replace("=", " ").replace(">", " ").split()
        assert not {"torch", "transformers"} & set(words), name
