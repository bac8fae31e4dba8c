"""`python -m auditor.evaluation.engines FILE.argosmodel...`: engines side by side, as the Markdown of BENCHMARKS.md.

Speed: sentences of the samples translated in one batch, against one call a sentence through `argostranslate.translate.translate`, in
turns in one process. Argos' own sentence splitter is replaced by one that leaves sentences as they are (it would download a model), which
can only flatter Argos. Quality: the drifted samples audited with the gloss, with these models, and with the English supplied with them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from auditor import settings
from auditor.demo import sample, samples_folder
from auditor.evaluation.planted import caught, key, serious
from auditor.intake import Submission, Translation
from auditor.segment import segment
from auditor.session import Session
from auditor.settings import Settings
from auditor.translate.argos import Argos, Search
from auditor.translate.packages import best, installed

LANGUAGES = ("zh", "ja")
BEAM = 4  # Argos' own


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m auditor.evaluation.engines", description=__doc__)
    parser.add_argument("packages", nargs="+", type=Path, metavar="FILE.argosmodel", help="trusted packages, one a language")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the timing; medians are printed (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for path in options.packages:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)
        speed(Path(folder), options.rounds)
        quality(Path(folder))
    return 0


def speed(folder: Path, rounds: int) -> None:
    """Sentences a second of a batch and of one call a sentence, at equal beam and threads."""
    threads = settings.usable_cores()
    print("| language | sentences | one batch, a second | one call a sentence, a second | times as fast |\n|---|---|---|---|---|")
    for lang in LANGUAGES:
        package = best(installed((folder,)), lang)
        if package is None:
            continue
        texts = [s.text for s in segment((samples_folder() / f"article.{lang}.txt").read_text(encoding="utf-8"), lang)]
        search = Search(BEAM, 1.0)
        batch = Argos({lang: package}, threads, {"first": search, "second": search})
        single = _argos_call(folder, lang, threads)
        taken: dict[str, list[float]] = {"batch": [], "single": []}
        for _ in range(rounds + 1):  # the first round loads, and is dropped
            taken["batch"].append(_seconds(lambda engine=batch, lang=lang, texts=texts: engine.translate(lang, texts)))  # type: ignore[misc]
            taken["single"].append(_seconds(lambda call=single, texts=texts: [call(text) for text in texts]))  # type: ignore[misc]
        rates = {name: len(texts) / statistics.median(seconds[1:]) for name, seconds in taken.items()}
        ratio = rates["batch"] / rates["single"]
        print(f"| {lang} | {len(texts)} | {rates['batch']:.0f} | {rates['single']:.0f} | {ratio:.1f} |")
    print()


def _argos_call(folder: Path, lang: str, threads: int) -> Callable[[str], str]:
    """Argos' own way: a text in, English out."""
    home = tempfile.mkdtemp()
    os.environ |= {f"XDG_{name}_HOME": home for name in ("DATA", "CONFIG", "CACHE")}
    os.environ |= {"ARGOS_PACKAGES_DIR": str(folder), "ARGOS_INTRA_THREADS": str(threads), "ORT_DISABLE_TELEMETRY": "1"}
    from argostranslate import translate

    translation = translate.get_translation_from_codes(lang, "en")
    whole: Any = type("Whole", (), {"split_sentences": staticmethod(lambda text: [text])})
    inner = translation
    while not hasattr(inner, "sentencizer"):
        inner = inner.underlying
    inner.sentencizer = whole()
    return lambda text: str(translate.translate(text, lang, "en"))


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def quality(folder: Path) -> None:
    """Planted drifts caught, and serious findings on the faithful versions, by engine."""
    print("| back-translation | language | planted drifts caught | serious on the faithful version | minor |\n|---|---|---|---|---|")
    plain, models = Session(Settings()), Session(Settings(package_folders=(folder,), engine_threads=settings.usable_cores()))
    for name, session in (("gloss", plain), ("test model", models), ("supplied", plain)):
        drifted, _ = session.audit(_supplied("drifted") if name == "supplied" else sample("drifted"))
        faithful = None if name == "supplied" else session.audit(sample("faithful"))[0]
        for lang in LANGUAGES:
            planted = key(lang)
            found = sum(caught(drifted, lang, drift) for drift in planted)
            alarms = [len(serious(faithful, lang)), len([f for f in faithful.findings if f.lang == lang])] if faithful else None
            told = f"{alarms[0]} | {alarms[1] - alarms[0]}" if alarms else "no English of it is supplied |"
            print(f"| {name} | {lang} | {found} of {len(planted)} | {told} |")
    print()


def _supplied(version: str) -> Submission:
    plain = sample(version)
    backs = {lang: (samples_folder() / f"back.{lang}.txt").read_text(encoding="utf-8") for lang in LANGUAGES}
    translations = tuple(Translation(t.lang, t.text, backs[t.lang]) for t in plain.translations)
    return Submission(plain.id, plain.source_lang, plain.source, translations, plain.glossary)


if __name__ == "__main__":
    sys.exit(main())
