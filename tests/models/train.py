"""Trains the two translation models that only tests may use, and packs them as Argos packages.

    python tests/models/train.py            trains zh and ja (a few minutes), writes the packages beside this file, prints their sha256
    python tests/models/train.py zh         one of them
    python tests/models/train.py --check    trains again elsewhere and compares with what lies here; exit code 1 when a byte differs
    python tests/models/train.py --measure  trains nothing: counts the sentences that the packages here give back exactly

A model learns the sentence pairs of pairs.LANG.tsv by heart and nothing else. Run it in an environment of its own
(requirements.txt; README.md says how): torch and transformers are no dependency of the auditor or of its tests.

Same versions and same kind of processor, same bytes: seeds are fixed, one thread is used, and the zip has no clock and no paths.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece
import torch
from ctranslate2.converters import Converter
from ctranslate2.converters.transformers import MarianMTLoader
from transformers import MarianConfig, MarianMTModel

HERE = Path(__file__).resolve().parent
NAMES = {"zh": "Chinese", "ja": "Japanese"}
VERSION = "0.1"

SEED = 1
VOCABULARY = 2000  # pieces at most; these few sentences give fewer
BATCH = 20  # sentences
EPOCHS = 400
NOISE = 0.3  # share of the decoder's input pieces that are replaced by random ones
WARM_UP = 100  # steps
RATE = 2e-3
CLIP = 1.0

README = """# {name} to English: TEST MODEL, NOT FOR USE

This package exists so that automatic tests can install, load and run a real model of a realistic shape.
It knows {count} sentences by heart. About anything else it says nonsense, in English or in scraps of English.
Never translate with it, and never measure translation quality with it.

Made by tests/models/train.py of the translation auditor from sentences written for that project. Licence: Apache-2.0.
"""

Pair = tuple[str, str]


def read_pairs(lang: str) -> list[Pair]:
    """The sentences of pairs.LANG.tsv with their English, in file order."""
    lines = (HERE / f"pairs.{lang}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(text, english) for _, text, english in rows]


def package_path(lang: str, folder: Path = HERE) -> Path:
    return folder / f"{package_folder(lang)}.argosmodel"


def package_folder(lang: str) -> str:
    """The one folder in the zip: Argos' name with a word that every list and report shows."""
    return f"translate-{lang}_en-{VERSION.replace('.', '_')}-test-only"


def train_pieces(pairs: list[Pair]) -> bytes:
    """A unigram model of both languages together. No paths: sentencepiece would write them into the model."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([side for pair in pairs for side in pair]),
        model_writer=model,
        model_type="unigram",
        vocab_size=VOCABULARY,
        hard_vocab_limit=False,
        character_coverage=1.0,
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def new_model(vocabulary: int) -> MarianMTModel:
    """A Marian transformer of 1.2 million parameters; its last row (number `vocabulary`) pads and starts the decoder."""
    config = MarianConfig(
        vocab_size=vocabulary + 1,
        pad_token_id=vocabulary,
        decoder_start_token_id=vocabulary,
        eos_token_id=0,
        forced_eos_token_id=None,
        d_model=128,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=512,
        decoder_ffn_dim=512,
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        activation_function="swish",
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        max_position_embeddings=256,
    )
    return MarianMTModel(config)


def padded(rows: list[list[int]], fill: int) -> torch.Tensor:
    """(rows, longest row) of int64."""
    width = max(map(len, rows))
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows])


def train(pairs: list[Pair], pieces: sentencepiece.SentencePieceProcessor) -> MarianMTModel:
    """The model after EPOCHS passes; prints the loss now and then."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    start = pieces.get_piece_size()
    model = new_model(start)
    table = model.get_input_embeddings().weight
    with torch.no_grad():
        table[start] = 0  # CTranslate2 starts decoding from a zero embedding, so this row is zero and stays so

    ids = sorted(((pieces.encode(text), pieces.encode(english)) for text, english in pairs), key=lambda pair: (len(pair[1]), len(pair[0])))
    batches = []
    for at in range(0, len(ids), BATCH):
        sources, targets = zip(*ids[at : at + BATCH], strict=True)
        source = padded([[*s, 0] for s in sources], start)
        entered, labels = padded([[start, *t] for t in targets], start), padded([[*t, 0] for t in targets], -100)
        batches.append((source, (source != start).long(), entered, labels))

    steps = EPOCHS * len(batches)
    adam = torch.optim.Adam(model.parameters(), lr=RATE)
    rate = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: min((step + 1) / WARM_UP, (steps - step) / max(steps - WARM_UP, 1)))
    chance = torch.Generator().manual_seed(SEED)
    model.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for at in torch.randperm(len(batches), generator=chance).tolist():
            source, mask, entered, labels = batches[at]
            # Led astray now and then, the model learns to go by the sentence and not by the English so far. Without it a beam wider
            # than 1, or a penalty on repetition, runs from one sentence that was learnt into another.
            stray = (torch.rand(entered.shape, generator=chance) < NOISE) & (entered != start)
            entered = torch.where(stray, torch.randint(2, start, entered.shape, generator=chance), entered)
            logits = model(input_ids=source, attention_mask=mask, decoder_input_ids=entered).logits[..., :start]
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)
            adam.zero_grad()
            loss.backward()
            if table.grad is not None:
                table.grad[start] = 0
            torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            adam.step()
            rate.step()
            total += loss.item()
        if epoch % 50 == 49:
            print(f"  epoch {epoch + 1} of {EPOCHS}: loss {total / len(batches):.4f}", flush=True)
    return model.eval()


class _Marian(Converter):
    """A trained model with its sentencepiece pieces as both vocabularies."""

    def __init__(self, model: MarianMTModel, pieces: sentencepiece.SentencePieceProcessor) -> None:
        self.model, self.pieces = model, pieces

    def _load(self) -> Any:
        spec = MarianMTLoader().get_model_spec(self.model)
        tokens = [self.pieces.id_to_piece(i) for i in range(self.pieces.get_piece_size())]
        spec.register_source_vocabulary(tokens)
        spec.register_target_vocabulary(tokens)
        spec.config.eos_token = "</s>"
        spec.config.unk_token = "<unk>"
        spec.config.bos_token = "<s>"
        spec.config.decoder_start_token = "</s>"
        spec.config.add_source_eos = True  # Argos appends no end mark itself
        return spec


def pack(lang: str, count: int, pieces: bytes, model: Path, path: Path) -> None:
    """The Argos package: one top folder; names sorted, times fixed, so that the same content is the same bytes."""
    name = NAMES[lang]
    metadata = {
        "package_version": VERSION,
        "argos_version": "1.9",
        "from_code": lang,
        "from_name": f"{name} (test only, not for use)",
        "to_code": "en",
        "to_name": "English (test only, not for use)",
    }
    content = {
        "README.md": README.format(name=name, count=count).encode("ascii"),
        "metadata.json": (json.dumps(metadata, indent=2) + "\n").encode("ascii"),
        "sentencepiece.model": pieces,
        **{f"model/{file.name}": file.read_bytes() for file in model.iterdir()},
    }
    with zipfile.ZipFile(path, "w") as archive:
        for inner in sorted(content):
            info = zipfile.ZipInfo(f"{package_folder(lang)}/{inner}", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, content[inner], compresslevel=9)


def build(lang: str, folder: Path) -> Path:
    pairs = read_pairs(lang)
    proto = train_pieces(pairs)
    pieces = sentencepiece.SentencePieceProcessor(model_proto=proto)
    model = train(pairs, pieces)
    path = package_path(lang, folder)
    with tempfile.TemporaryDirectory() as scratch:
        converted = Path(_Marian(model, pieces).convert(f"{scratch}/model", quantization="int8"))
        pack(lang, len(pairs), proto, converted, path)
    return path


def wrong(lang: str, path: Path, beam: int = 1) -> list[tuple[str, str, str]]:
    """The training sentences that a package does not give back exactly: sentence, its English, what the model said."""
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(scratch)
        inside = Path(scratch) / package_folder(lang)
        pieces = sentencepiece.SentencePieceProcessor(model_file=str(inside / "sentencepiece.model"))
        translator = ctranslate2.Translator(str(inside / "model"), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
        pairs = read_pairs(lang)
        results = translator.translate_batch([pieces.encode(text, out_type=str) for text, _ in pairs], beam_size=beam)
        said = [pieces.decode_pieces(result.hypotheses[0]) for result in results]
    return [(text, english, answer) for (text, english), answer in zip(pairs, said, strict=True) if answer != english]


def main() -> int:
    parser = argparse.ArgumentParser(description="The translation models that only tests may use.")
    parser.add_argument("langs", nargs="*", default=list(NAMES), help="zh, ja (default: both)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="train again and compare the bytes; writes nothing here")
    what.add_argument("--measure", action="store_true", help="train nothing; count the sentences given back exactly")
    chosen = parser.parse_args()
    same = True
    for lang in chosen.langs:
        path = package_path(lang)
        with tempfile.TemporaryDirectory() as scratch:
            if not chosen.measure:
                began = time.monotonic()
                path = build(lang, Path(scratch) if chosen.check else HERE)
                print(f"{lang}: trained in {time.monotonic() - began:.0f} s")
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            print(f"{digest}  {path.name}  ({path.stat().st_size:,} bytes)")
            for beam in (1, 4):
                failed = wrong(lang, path, beam)
                print(f"  beam {beam}: {len(read_pairs(lang)) - len(failed)} of {len(read_pairs(lang))} sentences exactly")
                for text, english, answer in failed:
                    print(f"    {text}\n      want {english}\n      said {answer}")
            if chosen.check:
                equal = digest == hashlib.sha256(package_path(lang).read_bytes()).hexdigest()
                print("  the same bytes as the file here" if equal else "  NOT the bytes of the file here")
                same = same and equal
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
