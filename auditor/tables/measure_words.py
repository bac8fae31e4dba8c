"""Measures the word lexica and the gloss on two line-aligned texts, such as NTREX-128's.

    python -m auditor.tables.measure_words newstest2019-src.eng.txt newstest2019-ref.zho-CN.txt zh

Prints how many English content words the target's words explain (and how many those of a line that is no translation of it, seven lines
further on: chance), how many target words explain something, chrF of the gloss against the English, and the speed of both.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from auditor.lang.base import language
from auditor.lang.lexical import LexicalMatch, explain
from auditor.model import Word

_AWAY = 7


def share(matches: list[LexicalMatch], side: str) -> str:
    """Explained words of a side, plain and weighted."""
    links = [link for match in matches for link in getattr(match, side)]
    plain = sum(link.by is not None for link in links) / max(len(links), 1)
    weighted = sum(link.weight for link in links if link.by is not None) / max(sum(link.weight for link in links), 1e-9)
    return f"{plain:.1%} of {len(links)} words, weighted {weighted:.1%}"


def main() -> None:
    """Read, measure, print."""
    parser = argparse.ArgumentParser(description="Measures lexical explanation and the gloss on line-aligned texts.")
    parser.add_argument("english", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("lang")
    given = parser.parse_args()
    english = given.english.read_text(encoding="utf-8").splitlines()
    target = given.target.read_text(encoding="utf-8").splitlines()
    spoken, en = language(given.lang), language("en")
    pairs: list[tuple[tuple[Word, ...], tuple[Word, ...]]] = [
        (en.words(en.fold(s).text), spoken.words(spoken.fold(t).text)) for s, t in zip(english, target, strict=True)
    ]
    matches = [explain(s, t) for s, t in pairs]
    start = time.process_time()
    matches = [explain(s, t) for s, t in pairs]
    print(f"explain: {1000 * (time.process_time() - start) / len(pairs):.2f} ms a pair")
    print("source explained:", share(matches, "source"))
    print("target explains:", share(matches, "target"))
    print("by chance:", share([explain(s, pairs[(i + _AWAY) % len(pairs)][1]) for i, (s, _) in enumerate(pairs)], "source"))
    _measure_gloss(given.lang, english, target)


def _measure_gloss(lang: str, english: list[str], target: list[str]) -> None:
    from sacrebleu import corpus_chrf

    from auditor.translate.gloss import gloss

    for line in target:
        gloss(lang, line)
    gloss.cache_clear()
    start = time.process_time()
    said = [gloss(lang, line) for line in target]
    print(f"gloss: {len(target) / (time.process_time() - start):.0f} lines a second once warm, {corpus_chrf(said, [english])}")


if __name__ == "__main__":
    main()
