"""Argos Translate's models, run by CTranslate2 directly: a document's sentences in one call, in no need of a network.

Argos' own `translate` cuts sentences with a model that it downloads, and goes one sentence at a time. Here the segments are the
auditor's; CTranslate2 sorts them by length and translates them in batches. Only Argos' tokenizers and packages are used.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from auditor.errors import EngineError
from auditor.translate.base import Decoding, Translated
from auditor.translate.packages import Package

BATCH_TOKENS = 2048
"""Tokens that a batch holds, padding counted: large enough to keep the cores busy, small enough for any machine's memory."""
LONGEST = 180
"""Tokens of a text translated in one piece: translators are trained on sentences, and lose the end of longer ones."""
_MOST_ENGLISH = 256  # tokens of one piece's English; reaching them shows as a length or a loop

_CLAUSES = "。！？!?；;：:，、,"  # where a text that is too long is cut, best first


@dataclass(frozen=True, slots=True)
class Search:
    """How English is searched for. The penalties hold repetition down: loops are what small models are known for."""

    beam_size: int
    repetition_penalty: float
    no_repeat_ngram_size: int = 0


SEARCHES: Mapping[Decoding, Search] = {"first": Search(4, 1.1), "second": Search(1, 1.3, 4)}


@dataclass(frozen=True, slots=True)
class _Model:
    translator: Any  # ctranslate2.Translator
    tokenizer: Any  # argostranslate.tokenizer.Tokenizer
    prefix: str


class Argos:
    """The engine (see `auditor.translate.base.Engine`) of the packages given, by language; each is loaded at its first use.

    int8 on a CPU, float16 on CUDA where there is one. `searches` are beam size and penalties of the first and the second try.
    """

    name = "argos"
    independent = True

    def __init__(self, packages: Mapping[str, Package], threads: int, searches: Mapping[Decoding, Search] = SEARCHES) -> None:
        self.packages = dict(packages)
        self.threads = threads
        self.searches = searches
        self._models: dict[str, _Model] = {}

    @property
    def version(self) -> str:
        """Of Argos Translate and of CTranslate2, which does the work."""
        return f"{metadata.version('argos-translate-lt')}+ctranslate2-{metadata.version('ctranslate2')}"

    def model(self, lang: str) -> str:
        """The package's name and version."""
        package = self._package(lang)
        return package.name if package.version.replace(".", "_") in package.name else f"{package.name} {package.version}"

    def fingerprint(self, lang: str) -> str:
        """Versions, the model's file (another package may be put in its place) and how English is searched for."""
        file = (self._package(lang).path / "model" / "model.bin").stat()
        return f"{self.version} {self.model(lang)} {file.st_size} {file.st_mtime_ns} {self.searches}"

    def translate(self, lang: str, texts: Sequence[str], decoding: Decoding = "first") -> Translated:
        """English of each text (simplified characters for zh), in order. Raises EngineError when the package cannot be used."""
        model = self._load(lang)
        whole = [_one_line(self._written(lang, text)) for text in texts]
        pieces = [_pieces(text, model.tokenizer.encode) for text in whole]
        tokens = [model.tokenizer.encode(piece) for text in pieces for piece in text]
        english = iter(self._decoded(model, tokens, self.searches[decoding]))
        return Translated(tuple(" ".join(filter(None, (next(english) for _ in text))) for text in pieces))

    def _package(self, lang: str) -> Package:
        if lang not in self.packages:
            raise EngineError(f"no Argos model translates {lang} to English; install one with: auditor models install {lang}")
        return self.packages[lang]

    def _load(self, lang: str) -> _Model:
        if lang not in self._models:
            package = self._package(lang)
            os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # should an Argos import onnxruntime, it is mute
            try:
                import ctranslate2
                from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

                device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
                translator = ctranslate2.Translator(
                    str(package.path / "model"),
                    device=device,
                    compute_type="float16" if device == "cuda" else "int8",
                    inter_threads=1,
                    intra_threads=self.threads,
                )
                pieces, codes = package.path / "sentencepiece.model", package.path / "bpe.model"
                tokenizer = SentencePieceTokenizer(pieces) if pieces.exists() else BPETokenizer(codes, package.source, package.target)
                tokenizer.encode("一")
            except (RuntimeError, ValueError, OSError, ImportError) as error:
                raise EngineError(
                    f"the Argos package at {package.path} cannot be loaded ({_line(error)}); "
                    f"remove it with: auditor models remove {package.name}, and install it again"
                ) from error
            self._models[lang] = _Model(translator, tokenizer, package.target_prefix)
        return self._models[lang]

    def _decoded(self, model: _Model, tokens: Sequence[list[str]], search: Search) -> list[str]:
        wanted = [i for i, pieces in enumerate(tokens) if pieces]
        english = [""] * len(tokens)
        if not wanted:
            return english
        results = model.translator.translate_batch(
            [tokens[i] for i in wanted],
            target_prefix=[[model.prefix]] * len(wanted) if model.prefix else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=_MOST_ENGLISH,
            replace_unknowns=True,
            beam_size=search.beam_size,
            repetition_penalty=search.repetition_penalty,
            no_repeat_ngram_size=search.no_repeat_ngram_size,
        )
        for i, result in zip(wanted, results, strict=True):
            said = list(result.hypotheses[0])
            english[i] = model.tokenizer.decode(said[1:] if model.prefix and said[:1] == [model.prefix] else said).strip()
        return english

    def _written(self, lang: str, text: str) -> str:
        """The text in the characters its model knows: a package for traditional Chinese alone ("zt") is given those."""
        if self._package(lang).source != "zt":
            return text
        import opencc

        return str(opencc.OpenCC("s2t").convert(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _pieces(text: str, encode: Any) -> list[str]:
    """The text in pieces that a model can hold, cut after the best mark near the middle; itself when it is short enough."""
    if len(encode(text)) <= LONGEST or len(text) < 2:
        return [text]
    at = _cut(text)
    return _pieces(text[:at].strip(), encode) + _pieces(text[at:].strip(), encode)


def _cut(text: str) -> int:
    """Where to cut: after the mark nearest the middle, in the middle half of the text; between words, or anywhere, without one."""
    middle, reach = len(text) // 2, max(1, len(text) // 4)
    for marks in (_CLAUSES[:5], _CLAUSES[5:], " "):
        found = [i + 1 for i in range(middle - reach, min(middle + reach, len(text) - 1)) if text[i] in marks]
        if found:
            return min(found, key=lambda i: abs(i - middle))
    return middle


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
